"""Indicators with their values, in tables and lines of every layout.

>>> found = find_indicators(source, manner)             # doctest: +SKIP
>>> [each.indicator.name.text for each in found.found]  # doctest: +SKIP
['新規創業件数（累計）', '市内の従業者数']
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.document import Table
from sosei_graph.ingest.extracting.indicators import columns, stream, stream_heads
from sosei_graph.ingest.extracting.indicators.grids import Grid, Section, grid_of, sections, unknown_head
from sosei_graph.ingest.extracting.indicators.legend import find_legend
from sosei_graph.ingest.extracting.indicators.pages import Before, torn
from sosei_graph.ingest.extracting.indicators.rows import Found, Manner, Yield, read_section
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.languages import Text

UNKNOWN_HEAD = Text("見出しの欄に読み取れないものがある表です", "a table with heads that could not be read")

__all__ = ["Found", "Manner", "Tables", "Yield", "find_tables", "printed_lines"]


@dataclass
class Tables:
    """The indicators of all tables, and the stretches of the repaired text that the tables take."""

    read: Yield = field(default_factory=Yield)
    places: list[tuple[int, int]] = field(default_factory=list)

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
    found: list[Section] = []
    before: Before | None = None
    for start, end, table in source.tables:
        grid = grid_of(table, source)
        here = _going_on(before, (table, start), grid, source, tables) or _sections(grid)
        if here:
            tables.places.append((start, end))
            before = Before(table, end, here[-1])
        elif head := unknown_head(grid):
            tables.read.unread.append(source.unread(head, UNKNOWN_HEAD))
        found += here
    for section in found:
        tables.read.add(read_section(section, source, manner))
    _in_text(printed_lines(source), source, manner, ends, tables)
    return tables


def _going_on(
    before: Before | None, placed: tuple[Table, int], grid: Grid, source: Source, tables: Tables
) -> list[Section]:
    """The sections of a table that goes on with the one on the page before; a row that the page cuts is not read."""
    if before is None or not before.goes_on(*placed, grid, source):
        return []
    above = before.section
    here = list(sections(grid, Section(above.columns, above.head_words, [], above.above)))
    if here and (words := torn(above.rows, here[0].rows, above)):
        tables.read.unread.append(source.unread(words, stream.WRAPPED))
        del above.rows[-1], here[0].rows[0]
    return here


def _sections(grid: Grid) -> list[Section]:
    """The tables in a grid, or in its columns where the heads stand at the left."""
    found = [section for section in sections(grid) if section.rows]
    upper = grid.above_heads() if found else grid
    turned = [section for section in sections(upper.turned()) if section.rows] if upper.width <= 4 else []
    return [*turned, *found]


def _in_text(
    lines: Sequence[Wording],
    source: Source,
    manner: Manner,
    ends: Callable[[Wording], bool],
    tables: Tables,
) -> None:
    at = 0
    plain = [line.cut(0) for line in lines]
    while at < len(lines):
        apart = columns.find_head(lines, at)
        if apart is not None:
            stacked, after = columns.read_columns(lines, apart, source, ends)
        else:
            head = stream_heads.find_head(plain[at : at + 40], 0)
            below = range(at + 1, at + (head[1] if head else 0))
            if head is None or any(columns.find_head(lines, each) for each in below):
                at += 1
                continue
            stacked, taken = stream.read_stream(plain[at:], head, source, ends)
            after = at + taken
        if stacked.section.rows or stacked.unread:
            tables.places.append((stacked.start, stacked.end))
            tables.read.add(read_section(stacked.section, source, manner))
            tables.read.unread += stacked.unread
        at = max(after, at + 1)
