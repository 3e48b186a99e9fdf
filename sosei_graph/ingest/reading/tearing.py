"""Rows that a page end tears: the name of an entry goes on overleaf, so that what stands here is not all of it.

A torn row is taken out of its table and stands as lines: half a name beside its figures would be another name. It is
told as torn, so that what it holds is listed and not lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.ingest.reading.composing import Printed
from sosei_graph.ingest.reading.layout import PrintedRow
from sosei_graph.ingest.reading.ruling import Ruled, Slot

Cells = list[tuple[Slot, list[PrintedRow]]]


@dataclass(frozen=True)
class TornRow:
    """The lines of a row that goes on overleaf, cell by cell."""

    lines: tuple[PrintedRow, ...]


Part = PrintedRow | TornRow | tuple[Ruled, Cells]

#: A page number or a running head may stand between the two parts of a table.
_MOST_BETWEEN = 1
_LONGEST_BETWEEN = 40
#: What is free at the end of a full line, in letters.
_ROOM = 1.6
#: By which part of itself the size of letters may differ in one cell.
_SAME = 0.1


def without_torn_row(before: Sequence[Part], after: Sequence[Part]) -> list[Part]:
    """The parts of a page, with the last row of its last table as lines if it goes on on the page after it."""
    parts = list(before)
    at = _outermost_table(parts[::-1])
    if at is None or not after:
        return parts
    at = len(parts) - 1 - at
    table = parts[at]
    assert isinstance(table, tuple)  # noqa: S101
    last = max((slot.row for slot, _ in table[1]), default=0)
    row = [(slot, lines) for slot, lines in table[1] if slot.row == last]
    if last == 0 or not _goes_on(row, table[0], after):
        return parts
    kept = [(slot, lines) for slot, lines in table[1] if slot.row < last]
    torn = TornRow(tuple(line for _, lines in row for line in lines))
    ruled = Ruled(table[0].box, tuple(slot for slot, _ in kept), table[0].drawn)
    return [*parts[:at], (ruled, kept), torn, *parts[at + 1 :]]


def _outermost_table(parts: Sequence[Part]) -> int | None:
    """The place of a table with no text before it that is more than furniture of the page."""
    for at, part in enumerate(parts[: _MOST_BETWEEN + 1]):
        if isinstance(part, tuple):
            return at
        if isinstance(part, TornRow) or len(part.text) > _LONGEST_BETWEEN:
            return None
    return None


def _goes_on(row: Cells, table: Ruled, after: Sequence[Part]) -> bool:
    full = {slot.column for slot, lines in row if lines and _is_full(slot, lines[-1])}
    if not table.drawn:
        return 0 in full and _may_go_on(row, after)
    at = _outermost_table(after)
    if at is None:
        return False
    following = after[at]
    assert isinstance(following, tuple)  # noqa: S101
    filled = {slot.column for slot, lines in row if lines}
    firsts = {slot.row for slot, _ in following[1]}
    for number in sorted(firsts)[:3]:  # below a head that is printed again
        there = {slot.column for slot, lines in following[1] if slot.row == number and lines}
        if there & filled and there & filled <= full and not filled <= there:
            return True
    return False


def _may_go_on(row: Cells, after: Sequence[Part]) -> bool:
    """Whether the name of a row without borders may go on overleaf: in a table, or in a line set as the name is."""
    slot, (name, *_) = next((slot, lines) for slot, lines in row if slot.column == 0 and lines)
    size = name.size or 0.0
    for part in after[: _MOST_BETWEEN + 1]:
        if not isinstance(part, PrintedRow) or part.box is None or part.size is None:
            return True
        if abs(part.size - size) <= _SAME * size and abs(part.box.x0 - slot.box.x0) <= size:
            return True
    return False


def _is_full(slot: Slot, line: Printed) -> bool:
    """Whether a line takes the width of its cell, without as much on its right as it leaves on its left."""
    size = line.size or 0.0
    if line.box is None:
        return False
    margin = min(max(0.0, line.box.x0 - slot.box.x0), size)
    return line.box.x1 + margin + _ROOM * size > slot.box.x1
