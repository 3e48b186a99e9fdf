"""Sentences that go on over the end of a line: told by full lines, the way a printer breaks them."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sosei_graph.ingest.document import Line, Reading
from sosei_graph.ingest.marks import BEGINS_ENTRY

_ENDS = re.compile(r"[。．！？!?:：」』】〕〉》;；]$|[.．]{3}$|…$")
_BEGINS = re.compile(
    r"[【〔〈《「『<]|第[0-9０-９一二三四五六七八九十]+[章節編部条項]|[0-9０-９]{1,2}[\s　]|[#|>]"
)
_COLUMNS = re.compile(r"\S(?: {3,}|　{2,}|\t)\S")
#: Columns of a display: a line of prose has more than these, and a full one lacks at most these to the longest.
_LEAST_WIDTH = 40
_SLACK = 4
_LEAST_FULL = 3
_NEIGHBOURS = 12


def is_latin(letter: str) -> bool:
    """Whether it is a letter of a Latin word, which a line end parts from the next."""
    return letter.isascii() and letter.isalpha()


def display_width(text: str) -> int:
    """The columns that a text takes on a display: two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def goes_on(reading: Reading, lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines of which the second continues the sentence of the first."""
    widths = [_width(reading, line) for line in lines]
    # Text of some documents has a blank line after every line.
    gap = 2 if _is_double_spaced(reading, lines) else 1
    headings = [span.start for _, span in reading.outline]
    for index, (before, after) in enumerate(pairwise(lines)):
        if not widths[index] or not widths[index + 1]:
            continue
        if _is_between(headings, before, after) or not _may_join(reading, before, after):
            continue
        if before.box and after.box:
            joins = _is_full_box(lines, index)
        else:
            near = [width for width in widths[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1] if width]
            joins = (
                _follows(reading, before, after, gap)
                and max(_LEAST_WIDTH, max(near) - _SLACK) <= widths[index]
            )
        if joins:
            yield before, after


def _is_full(width: int, near: Sequence[int]) -> bool:
    """Whether a line reaches the right edge, which several lines near it show."""
    edge = max(_LEAST_WIDTH, max(near) - _SLACK)
    return width >= edge and sum(other >= edge for other in near) >= _LEAST_FULL


def _width(reading: Reading, line: Line) -> int:
    """The width of a line of prose; 0 for a blank line or one with columns."""
    text = reading.text[line.start : line.end]
    return 0 if _COLUMNS.search(text.strip()) else display_width(text.rstrip())


def _is_between(headings: Sequence[int], before: Line, after: Line) -> bool:
    """Whether either line is a heading."""
    low = bisect_left(headings, before.start)
    return low < len(headings) and headings[low] <= after.start


def _may_join(reading: Reading, before: Line, after: Line) -> bool:
    one = reading.text[before.start : before.end].strip()
    two = reading.text[after.start : after.end].strip()
    if _ENDS.search(one) or _BEGINS.match(two) or BEGINS_ENTRY.match(two):
        return False
    if one[-1] in ")）" and not "ぁ" <= two[0] <= "ん":
        return False
    return not (one[-1].isdigit() and two[0].isdigit())


def _is_double_spaced(reading: Reading, lines: Sequence[Line]) -> bool:
    gaps = [reading.text.count("\n", one.end, two.start) for one, two in pairwise(lines)]
    return len(gaps) >= 5 and sum(gap == 2 for gap in gaps) > 0.6 * len(gaps)


def _follows(reading: Reading, before: Line, after: Line, gap: int) -> bool:
    """Whether a line follows another as closely as the lines of this text do, or over the end of a page."""
    between = reading.text[before.end : after.start]
    return between.count("\n") <= gap or "\f" in between


def _is_full_box(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of a PDF reaches the right edge of its column and the next one begins at the left edge."""
    before, after = lines[index], lines[index + 1]
    if not (before.box and after.box) or before.page != after.page:
        return False
    size = before.size or before.box.height
    column = [
        line.box
        for line in lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
        if line.box
        and line.page == before.page
        and line.box.x0 < before.box.x1
        and line.box.x1 > before.box.x0
    ]
    edge = max(box.x1 for box in column)
    apart = after.box.top - before.box.top
    same_size = abs((after.size or size) - size) < 0.1 * size
    long = before.box.width > 15 * size
    closely = 0.5 * size < apart < 2.6 * size
    return (
        long
        and same_size
        and closely
        and before.box.x1 > edge - 1.2 * size
        and after.box.x0 < before.box.x0 + 3 * size
    )
