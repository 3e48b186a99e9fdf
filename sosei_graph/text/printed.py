"""Printed text made ready for reading: widths folded, white space gone, every character knows its place."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

#: Raised and lowered digits of units (m², km³, CO₂); every other number sign is a mark and is read as it stands.
_IN_UNITS = {"m²": "2", "m³": "3", "O₂": "2"}
#: Signs that fonts put for the wave dash of a range.
_WAVES = {"∼": "~", "˜": "~", "∽": "~"}
#: A digit, or an era and its year: `1.48 H30`.
_BEGINS_NUMBER = re.compile("[0-9]|[SHR][0-9元]")
_GROUP_BROKEN = re.compile(r"(?<=,\d)\n(?=\d\d(?!\d))|(?<=,\d\d)\n(?=\d(?!\d))|(?<=\d,)\n(?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Printed:
    """A text in compatibility form without white space.

    A blank is left where white space parts two numbers, but not where a line break divides a thousands group
    (`1,3` / `41`). `places` has the place in the original of every character, and at the
    end the length of the original; before the characters in `gaps` the original has white space.
    """

    text: str
    places: tuple[int, ...]
    gaps: frozenset[int]
    original: str

    def gap_after(self, place: int) -> int:
        """The first place after this one with white space before it; at last the end of the text."""
        index = bisect_right(self._breaks, place)
        return self._breaks[index] if index < len(self._breaks) else len(self.text)

    @cached_property
    def _breaks(self) -> list[int]:
        return sorted(self.gaps)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places in the original of characters `start` to `end`, white space at the end left out."""
        first, last = self.places[start], self.places[end]
        while last > first and self.original[last - 1].isspace():
            last -= 1
        return first, last


def printed(original: str) -> Printed:
    """The text as it is read. List marks (`①`) and fractions (`½`) stay: folded, they would become numbers."""
    pieces: list[tuple[str, int]] = []
    for start, end in pairwise(_starts(original)):
        pieces += [(letter, start) for letter in _folded(original[start:end], pieces)]
    pieces = _joined(pieces)
    letters: list[str] = []
    places: list[int] = []
    gaps: set[int] = set()
    for index, (letter, place) in enumerate(pieces):
        if letter.isspace():
            gaps.add(len(letters))
            after = "".join(piece for piece, _ in pieces[index + 1 : index + 3])
            if not (letters and _in_number(letters[-1]) and _BEGINS_NUMBER.match(after)):
                continue
        letters.append(" " if letter.isspace() else letter)
        places.append(place)
    return Printed("".join(letters), (*places, len(original)), frozenset(gaps), original)


def _starts(text: str) -> list[int]:
    starts = [place for place, letter in enumerate(text) if place == 0 or not _is_mark(letter)]
    return [*starts, len(text)]


def _is_mark(letter: str) -> bool:
    return letter > "\x7f" and (letter in "ﾞﾟ" or unicodedata.combining(letter) != 0)


def _folded(cluster: str, before: list[tuple[str, int]]) -> str:
    if cluster.isascii():
        return cluster
    unit = before[-1][0] + cluster if before else cluster
    return _IN_UNITS.get(unit) or _compatible(cluster)


@lru_cache(maxsize=4096)
def _compatible(cluster: str) -> str:
    if any(unicodedata.category(letter) == "No" for letter in cluster):
        return cluster
    return unicodedata.normalize("NFKC", _WAVES.get(cluster, cluster))


def _joined(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    text = "".join(letter for letter, _ in pieces)
    breaks = {found.start() for found in _GROUP_BROKEN.finditer(text)}
    return [piece for index, piece in enumerate(pieces) if index not in breaks] if breaks else pieces


def _in_number(letter: str) -> bool:
    return letter in ",." or (letter.isascii() and letter.isdigit())
