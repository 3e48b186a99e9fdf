"""Indicators with their values, in tables and lines of every layout.

>>> found = find_indicators(source, manner)             # doctest: +SKIP
>>> [each.indicator.name.text for each in found.found]  # doctest: +SKIP
['新規創業件数（累計）', '市内の従業者数']
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.indicators import columns, stream, stream_heads
from sosei_graph.ingest.extracting.indicators.grids import Grid, Section, grid_of, sections
from sosei_graph.ingest.extracting.indicators.rows import Found, Manner, Yield, read_section
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording

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
    return [
        Wording(text[line.start : line.end], tuple(range(line.start, line.end)))
        for line in source.repaired.lines
        if text[line.start : line.end].strip() and not any(start <= line.start < end for start, end in tables)
    ]


def find_tables(source: Source, manner: Manner, ends: Callable[[Wording], bool] = lambda _: False) -> Tables:
    """All indicators in tables. `ends` tells lines that no table goes over, such as headings of goals."""
    tables = Tables()
    for start, end, table in source.tables:
        found = list(_sections(grid_of(table, source)))
        if found:
            tables.places.append((start, end))
        for section in found:
            tables.read.add(read_section(section, source, manner))
    _in_text(printed_lines(source), source, manner, ends, tables)
    return tables


def _sections(grid: Grid) -> list[Section]:
    """The tables in a grid, or in its columns where the heads stand at the left."""
    found = [section for section in sections(grid) if section.rows]
    return found or [section for section in sections(grid.turned()) if section.rows and grid.width <= 4]


def _in_text(
    lines: Sequence[Wording],
    source: Source,
    manner: Manner,
    ends: Callable[[Wording], bool],
    tables: Tables,
) -> None:
    at = 0
    while at < len(lines):
        apart = columns.find_head(lines, at)
        if apart is not None:
            stacked, after = columns.read_columns(lines, apart, source, ends)
        else:
            plain = [line.cut(0) for line in lines[at : at + 40]]
            head = stream_heads.find_head(plain, 0)
            below = range(at + 1, at + (head[1] if head else 0))
            if head is None or any(columns.find_head(lines, each) for each in below):
                at += 1
                continue
            rest = [line.cut(0) for line in lines[at:]]
            stacked, taken = stream.read_stream(rest, head, source, ends)
            after = at + taken
        if stacked.section.rows or stacked.unread:
            tables.places.append((stacked.start, stacked.end))
            tables.read.add(read_section(stacked.section, source, manner))
            tables.read.unread += stacked.unread
        at = max(after, at + 1)
