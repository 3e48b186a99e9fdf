"""Whether what was read stands in a span as it was printed."""

import re
import unicodedata
from collections.abc import Iterable

from sosei_graph.text import squeeze

#: Between the characters of a figure a line may end, and nothing else may stand.
_GAP = r"(?:[^\S\n\f]*[\n\f]\s*)?"
_MINUS = "▲△"
_DASHES = "-－−"
_SCALES = "兆億万千百"
_POINTS = ",，.．"


def text_stands(stated: str, span: str) -> bool:
    """Whether a name or a period stands in the span, white space left out of account."""
    return squeeze(stated) in squeeze(span)


def pieces_stand(stated: str, spans: Iterable[str]) -> bool:
    """Whether a name or a period stands in pieces: in several spans, one after the other, each wholly part of it.

    So it is where the columns of a page interleave, or where a table is divided by the end of a page.
    """
    rest = squeeze(stated)
    for span in spans:
        piece = squeeze(span)
        if piece and rest.startswith(piece):
            rest = rest[len(piece) :]
    return not rest


def mark_stands(mark: str, span: str) -> bool:
    """Whether a printed mark stands in the span; of a composed one (`3(1)`) its last part.

    Widths do not count (`1` is printed `１`), but `①` is another mark, and so is the `1` of `11`.
    """
    last = re.split(r"(?=[(（])", mark)[-1]
    return any(_in_one_width(part, span) for part in (mark, last))


def _in_one_width(mark: str, span: str) -> bool:
    pattern = r"\s*".join(re.escape(letter) for letter in squeeze(narrowed(mark)))
    before = r"(?<![0-9])" if pattern[:1].isdecimal() else ""
    after = r"(?![0-9])" if pattern[-1:].isdecimal() else ""
    return re.search(before + pattern + after, narrowed(span)) is not None


def narrowed(text: str) -> str:
    """Full and half width forms as their usual ones; no other compatibility form changes."""
    return "".join(
        unicodedata.normalize("NFKC", letter)
        if unicodedata.decomposition(letter).startswith(("<wide>", "<narrow>"))
        else letter
        for letter in text
    )


def figure_stands(stated: str, span: str) -> bool:
    """Whether a printed value stands in the span in one piece, no digit, sign or scale left behind."""
    pattern = ""
    for before, letter in zip(" " + stated, stated, strict=False):
        if letter.isspace():
            pattern += r"\s*"
        else:
            pattern += ("" if before.isspace() else _GAP) + re.escape(letter)
    return any(
        _starts_here(stated, span[: found.start()]) and _ends_here(stated, span[found.end() :])
        for found in re.finditer(pattern, span)
    )


def _starts_here(stated: str, before: str) -> bool:
    if not stated[:1].isdigit():
        return True
    if re.search(rf"[\d][{_POINTS}]?\Z", before) or before.rstrip()[-1:] in tuple(_MINUS):
        return False
    # A dash is a minus unless it joins two things, as in a range.
    return not re.search(rf"(?<!\w)[{_DASHES}]\Z", before)


def _ends_here(stated: str, after: str) -> bool:
    return not stated[-1:].isdigit() or not re.match(rf"[{_POINTS}]?\d|[{_SCALES}]", after)
