"""Tables of indicators that go on over pages, without their heads on the next one or with them, and the rows between.

A row that the end of a page cuts in two is read by neither of its halves: it is listed with both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.document import Table
from sosei_graph.ingest.extracting.indicators.grids import Grid, Row, Section, at_of, sections
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Span, Unread
from sosei_graph.languages import Text

TORN = Text(
    "ページの境で二つに切れた行です",
    "a row that the end of a page cuts in two: where its parts end is not told",
)

#: Points by which the edges of a table on two pages may differ.
_EDGE = 3.0
#: With what a value goes on that began in the line above.
_WITHIN = re.compile(r"[(（〔]|以[上下内]|未満|程度")


@dataclass(frozen=True)
class Before:
    """The last table that was read, and its last section; `end` is that of its torn row where it has one."""

    table: Table
    end: int
    section: Section
    torn: tuple[Wording, ...]


@dataclass
class Pages:
    """The tables of a document in their order: each is held against the one on the page before."""

    source: Source
    unread: list[Unread] = field(default_factory=list)
    before: Before | None = None

    def going_on(self, table: Table, start: int, grid: Grid) -> list[Section]:
        """The sections of a table that goes on with the one before, without a head of its own; else none."""
        before = self.before
        if before is None or not self._follows(before, table, start) or not grid.rows:
            return []
        section = before.section
        is_cut = bool(before.torn) or _begins_within(grid.rows[0], section)
        if not any(_fits(row, section) for row in grid.rows[: 2 if is_cut else 1]):
            return []
        here = list(sections(grid, replace(section, rows=[])))
        return here if here and here[0].rows else []

    def take(self, table: Table, place: tuple[int, int], here: Sequence[Section]) -> int:
        """Takes in a table with its sections, and gives its end: that of its torn row where it has one."""
        start, end = place
        before = self.before
        follows = before is not None and bool(here) and self._follows(before, table, start)
        self._cut(here[0] if follows else None)
        torn = self.torn_row(end)
        if here:
            end = max([end, *(words.end for words in torn)])
            self.before = Before(table, end, here[-1], torn)
        return end

    def finish(self) -> None:
        """Ends the document: nothing follows its last table."""
        self._cut(None)

    def torn_row(self, end: int) -> tuple[Wording, ...]:
        """The lines of the row that a page end takes out of the table that ends at a place."""
        reading, repaired = self.source.reading, self.source.repaired
        for span in reading.torn:
            start, _ = repaired.within(span)
            if start >= end and not repaired.text[end:start].strip():
                lines = (line for line in reading.lines if span.start <= line.start < span.end)
                return tuple(self.source.at(Span(line.start, line.end)) for line in lines)
        return ()

    def _follows(self, before: Before, table: Table, start: int) -> bool:
        """Whether a table stands at the head of the next page with the columns of the one before."""
        if not (table.box and before.table.box and table.page and before.table.page):
            return False
        edges = (table.box.x0 - before.table.box.x0, table.box.x1 - before.table.box.x1)
        follows = (
            table.page == before.table.page + 1 and not self.source.repaired.text[before.end : start].strip()
        )
        return follows and table.width == before.table.width and all(abs(edge) < _EDGE for edge in edges)

    def _cut(self, after: Section | None) -> None:
        """Lists the row between the table before and the section after it, and takes its halves out of both."""
        before, self.before = self.before, None
        if before is None:
            return
        words = list(before.torn)
        above = before.section
        if after is not None and before.torn and after.rows and _is_rest(after.rows[0], after):
            words += _words(after.rows.pop(0))
        elif after is not None and not before.torn and _is_torn(above, after):
            words += [*_words(above.rows.pop()), *_words(after.rows.pop(0))]
        if words:
            self.unread.append(self.source.unread(words, TORN))


def _fits(row: Row, section: Section) -> bool:
    """Whether a row has words for a name, and nothing but values where values belong."""
    values = [slot.words for at in section.of("value") if (slot := at_of(row, at)) and slot.words]
    names = [slot.words for at in section.of("name") if (slot := at_of(row, at)) and slot.words]
    return all(is_value(words.text) for words in values) and not any(is_value(words.text) for words in names)


def _begins_within(row: Row, section: Section) -> bool:
    """Whether the value of a row goes on here: with its time in brackets, or 以上."""
    cells = (slot.words.text for at in section.of("value") if (slot := at_of(row, at)))
    return any(_WITHIN.match(text) and not is_value(text) for text in cells)


def _is_torn(above: Section, below: Section) -> bool:
    """Whether the last row on a page and the first on the next are one: one of them has no values or no name.

    Below a head that is printed again they are where all other rows have values.
    """
    if not above.rows or not below.rows:
        return False
    last, first = above.rows[-1], below.rows[0]
    if _begins_within(first, below):
        return True
    values = [_has(above.of("value"), last), _has(below.of("value"), first)]
    if above.columns is below.columns:
        return not (all(values) and _has(below.of("name"), first))
    same = {at: words.folded for at, words in above.head_words.items()} == {
        at: words.folded for at, words in below.head_words.items()
    }
    others = [*above.rows[:-1], *below.rows[1:]]
    usual = bool(others) and all(_has(above.of("value"), row) for row in others)
    return same and usual and any(values) and not all(values)


def _is_rest(row: Row, section: Section) -> bool:
    """Whether a row lacks its name or one of its values, or holds something else in their place."""
    has_all = _has(section.of("name"), row) and all(_has([at], row) for at in section.of("value"))
    return not has_all or not _fits(row, section)


def _words(row: Row) -> list[Wording]:
    return [slot.words for slot in {id(slot): slot for slot in row if slot and slot.words}.values()]


def _has(columns: Sequence[int], row: Row) -> bool:
    return any((slot := at_of(row, at)) and slot.words for at in columns)
