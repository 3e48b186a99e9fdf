"""Tables of indicators that go on over pages, without their heads on the next one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.ingest.document import Table
from sosei_graph.ingest.extracting.indicators.grids import Grid, Row, Section, at_of
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording

#: Points by which the edges of a table on two pages may differ.
_EDGE = 3.0


@dataclass(frozen=True)
class Before:
    """The last table that was read: where it stands in the repaired text, and its last section."""

    table: Table
    end: int
    section: Section

    def goes_on(self, table: Table, start: int, grid: Grid, source: Source) -> bool:
        """Whether a table at the head of the next page has the columns of this one, and begins with a row of values."""
        if not (table.box and self.table.box and table.page and self.table.page) or not grid.rows:
            return False
        edges = (table.box.x0 - self.table.box.x0, table.box.x1 - self.table.box.x1)
        follows = table.page == self.table.page + 1 and not source.repaired.text[self.end : start].strip()
        alike = table.width == self.table.width and all(abs(edge) < _EDGE for edge in edges)
        return follows and alike and _fits(grid.rows[0], self.section)


def _fits(row: Row, section: Section) -> bool:
    """Whether a row has words for a name, and nothing but values where values belong."""
    values = [slot.words for at in section.of("value") if (slot := at_of(row, at)) and slot.words]
    names = [slot.words for at in section.of("name") if (slot := at_of(row, at)) and slot.words]
    return all(is_value(words.text) for words in values) and not any(is_value(words.text) for words in names)


def torn(before: Sequence[Row], after: Sequence[Row], section: Section) -> list[Wording]:
    """The words of the row that the end of a page cuts in two: one of the rows beside it has no values or no name.

    Where a name or a value goes on is not told there.
    """
    if not before or not after:
        return []
    whole = all(_has(section.of("value"), row) for row in (before[-1], after[0]))
    if whole and _has(section.of("name"), after[0]):
        return []
    slots = {id(slot): slot for row in (before[-1], after[0]) for slot in row if slot and slot.words}
    return [slot.words for slot in slots.values()]


def _has(columns: Sequence[int], row: Row) -> bool:
    return any((slot := at_of(row, at)) and slot.words for at in columns)
