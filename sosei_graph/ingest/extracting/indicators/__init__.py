"""Indicators with their values, in tables and lines of every layout.

>>> found = find_indicators(source, manner)             # doctest: +SKIP
>>> [each.indicator.name.text for each in found.found]  # doctest: +SKIP
['新規創業件数（累計）', '市内の従業者数']
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.extracting.indicators import columns, stream, stream_heads
from sosei_graph.ingest.extracting.indicators.grids import Grid, Section, grid_of, sections, unknown_head
from sosei_graph.ingest.extracting.indicators.leftover import Leftover, is_row, rows_after
from sosei_graph.ingest.extracting.indicators.legend import find_legend
from sosei_graph.ingest.extracting.indicators.pages import Pages
from sosei_graph.ingest.extracting.indicators.rows import Found, Manner, Yield, read_section
from sosei_graph.ingest.extracting.indicators.unit_captions import with_caption
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Indicator, Unread
from sosei_graph.languages import Text

UNKNOWN_HEAD = Text("見出しの欄に読み取れないものがある表です", "a table with heads that could not be read")

__all__ = ["Found", "Manner", "Tables", "Yield", "find_tables", "printed_lines"]


@dataclass
class Tables:
    """The indicators of all tables, and the stretches of the repaired text that the tables take."""

    read: Yield = field(default_factory=Yield)
    places: list[tuple[int, int]] = field(default_factory=list)
    left: Leftover = field(default_factory=Leftover)

    def lost(self, indicators: Iterable[Indicator], unread: Iterable[Unread], source: Source) -> list[Unread]:
        """The figures in tables that came to nothing: neither in these, nor in what was read of the tables."""
        found = [*(each.indicator for each in self.read.found), *indicators]
        return list(self.left.listed(found, [*self.read.unread, *unread], source))

    def holds(self, place: int) -> bool:
        """Whether a place stands in a table of indicators."""
        return any(start <= place < end for start, end in self.places)


def printed_lines(source: Source) -> list[Wording]:
    """The printed lines outside of the tables of the reading, with the spaces before them."""
    text = source.repaired.text
    tables = [(start, end) for start, end, _ in source.tables]
    starts = [start for start, _ in tables]
    found = []
    for line in source.repaired.lines:
        at = bisect_right(starts, line.start)
        inside = at > 0 and line.start < tables[at - 1][1]
        if text[line.start : line.end].strip() and not inside:
            found.append(Wording(text[line.start : line.end], tuple(range(line.start, line.end))))
    return found


def find_tables(source: Source, manner: Manner, ends: Callable[[Wording], bool] = lambda _: False) -> Tables:
    """All indicators in tables. `ends` tells lines that no table goes over, such as headings of goals."""
    tables = Tables()
    manner = replace(manner, legend=find_legend(source))
    grids = _in_grids(source, tables)
    for grid, here in grids:
        for section in here:
            tables.read.unread += with_caption(section, grid.start, source)
            tables.read.add(read_section(section, source, manner))
        tables.left.take_grid(grid, here)
    _in_text(_Lines(printed_lines(source), source, manner, ends, tables))
    return tables


def _in_grids(source: Source, tables: Tables) -> list[tuple[Grid, list[Section]]]:
    """The tables of the reading that hold indicators, with their sections."""
    found = []
    pages = Pages(source)
    for start, end, table in source.tables:
        grid = grid_of(table, source)
        here = pages.going_on(table, start, grid) or _sections(grid)
        if not here and pages.torn_row(end):  # Below its head it had no other row.
            here = list(sections(grid))
        last = pages.take(table, (start, end), here)
        if here:
            tables.places.append((start, last))
            found.append((grid, here))
        elif head := unknown_head(grid):
            tables.read.unread.append(source.unread(head, UNKNOWN_HEAD))
    pages.finish()
    tables.read.unread += pages.unread
    return found


def _sections(grid: Grid) -> list[Section]:
    """The tables in a grid, or in its columns where the heads stand at the left."""
    found = [section for section in sections(grid) if section.rows]
    upper = grid.above_heads() if found else grid
    turned = [section for section in sections(upper.turned()) if section.rows] if upper.width <= 4 else []
    return [*turned, *found]


@dataclass(frozen=True)
class _Lines:
    """Printed lines, and how tables in them are read."""

    lines: list[Wording]
    source: Source
    manner: Manner
    ends: Callable[[Wording], bool]
    tables: Tables

    def take(self, stacked: stream.Stacked, first: int, after: int) -> int:
        """Takes in a table that was read of the lines from `first` to `after`; gives the number of the line after it.

        Where it was broken off, the rows below it belong to no list of another kind.
        """
        stop = rows_after(self.lines, after, self.source, self.ends)
        below = self.lines[first:stop]
        rows = [line for line in below if is_row(line)]
        if stacked.section.rows or stacked.unread or rows:
            end = max([stacked.end, *(line.end for line in rows)])
            self.tables.places.append((stacked.start, end))
            self.tables.read.unread += with_caption(stacked.section, stacked.start, self.source)
            self.tables.read.add(read_section(stacked.section, self.source, self.manner))
            self.tables.read.unread += stacked.unread
            self.tables.left.take_lines(below, stacked.section)
        return stop


def _in_text(reader: _Lines) -> None:
    at, lines = 0, reader.lines
    plain = [line.cut(0) for line in lines]
    while at < len(lines):
        apart = columns.find_head(lines, at)
        if apart is not None:
            stacked, after = columns.read_columns(lines, apart, reader.source, reader.ends)
            first = apart[1]
        else:
            head = stream_heads.find_head(plain[at : at + 40], 0)
            below = range(at + 1, at + (head[1] if head else 0))
            if head is None or any(columns.find_head(lines, each) for each in below):
                at += 1
                continue
            stacked, taken = stream.read_stream(plain[at:], head, reader.source, reader.ends)
            first, after = at + head[1], at + taken
        at = max(reader.take(stacked, first, after), at + 1)
