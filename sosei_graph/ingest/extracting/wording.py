"""Wording: words of a document, repaired and joined, that know where each of their characters stands.

Extractors cut and join wordings as they please; a passage made of one still points at the canonical text. Places are
those of the repaired text.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sosei_graph.ingest.records import Passage
from sosei_graph.ingest.repair import Repaired
from sosei_graph.text import widths_folded

#: The place of a character that stands nowhere: a space put between two joined parts.
NOWHERE = -1


@dataclass(frozen=True)
class Wording:
    """Words with, for each of their characters, its place in the repaired text (`NOWHERE` for joints)."""

    text: str = ""
    places: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    @property
    def start(self) -> int:
        """The first place; `NOWHERE` of nothing."""
        return min((place for place in self.places if place != NOWHERE), default=NOWHERE)

    @property
    def end(self) -> int:
        """The place after the last one."""
        return max(self.places, default=NOWHERE) + 1

    def cut(self, start: int, end: int | None = None) -> "Wording":
        """The characters from `start` to `end` (not included) of the text, without white space at either end."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Wording(self.text[start:end], self.places[start:end])

    @cached_property
    def _folding(self) -> tuple[str, list[int]]:
        return widths_folded(self.text)

    @property
    def folded(self) -> str:
        """The text for matching: widths folded, no white space."""
        return self._folding[0]

    def cut_folded(self, start: int, end: int) -> "Wording":
        """The part whose folded text is `folded[start:end]`."""
        places = self._folding[1]
        return self.cut(places[start], places[end - 1] + 1 if end > start else places[start])

    def folded_places(self, start: int, end: int) -> tuple[int, int]:
        """Where in the folded text a part of the text stands."""
        places = self._folding[1]
        return bisect_left(places, start), bisect_left(places, end)

    def group(self, found: re.Match[str], name: str | int = 0) -> "Wording":
        """The part that a group of a match in the folded text takes."""
        return self.cut_folded(*found.span(name)) if found.span(name) != (-1, -1) else Wording()


def join(parts: Iterable[Wording], between: str | None = None) -> Wording:
    """The parts one after the other, with `between` between them; by default a space between Latin words only."""
    text, places = "", list[int]()
    for part in parts:
        if not part:
            continue
        joint = between if between is not None else " " if _apart(text[-1:], part.text[0]) else ""
        if text:
            text += joint
            places += [NOWHERE] * len(joint)
        text += part.text
        places += part.places
    return Wording(text, tuple(places))


def _apart(before: str, after: str) -> bool:
    return bool(before) and all(
        letter.isalnum() and unicodedata.east_asian_width(letter) == "Na" for letter in before + after
    )


def passage(wording: Wording, repaired: Repaired) -> Passage:
    """The wording as a passage: its parts that follow each other, or are parted by white space only, are one span."""
    runs = list[tuple[int, int]]()
    for place in wording.places:
        if place == NOWHERE:
            continue
        if runs and place >= runs[-1][1] and not repaired.text[runs[-1][1] : place].strip():
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    spans = (span for run in runs for span in repaired.passage(*run).spans)
    return Passage(re.sub(r"\s*[\n\f\u2028]\s*", "", wording.text).replace("\t", " "), tuple(spans))
