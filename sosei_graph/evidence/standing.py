"""Whether what was read stands in a span as it was printed."""

import re
from decimal import Decimal

from sosei_graph.text import parse_number, squeeze

#: Between the characters of a figure a line may end, and nothing else may stand.
_GAP = r"(?:[^\S\n\f]*[\n\f]\s*)?"
_MINUS = "▲△"
_DASHES = "-－−"
_SCALES = "兆億万千百"
_POINTS = ",，.．"


def text_stands(stated: str, span: str) -> bool:
    """Whether a name or a period stands in the span, white space left out of account."""
    return squeeze(stated) in squeeze(span)


def mark_stands(mark: str, span: str) -> bool:
    """Whether a printed mark stands in the span; of a composed one (`3(1)`) its last part."""
    return text_stands(mark, span) or text_stands(re.split(r"(?=[(（])", mark)[-1], span)


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


def number_agrees(number: Decimal, stated: str) -> bool:
    """Whether a number is what a printed value says; True where the print cannot be read for certain."""
    read = parse_number(stated)
    return read is None or read == number
