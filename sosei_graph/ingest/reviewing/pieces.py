"""The canonical text cut up for the page: sheets of lines and tables, their words in pieces that know their facts.

Every character that leaves ink is shown once, in its place.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sosei_graph.ingest.document import CELL_BREAK, Cell, Reading, Table
from sosei_graph.ingest.records import Span

#: How many lines of a text without pages are laid out together.
_LINES_A_SHEET = 80


@dataclass(frozen=True)
class Piece:
    """Characters of the canonical text from `start` that belong to the same entries; `text` has no line end."""

    start: int
    text: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextLine:
    """A line with its number on the page (or in the text, where it has no pages), from 1."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class GridCell:
    """A cell with the lines in it."""

    row_span: int
    column_span: int
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A table, row by row; merged cells stand once."""

    rows: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """A page, or a stretch of a text without pages (`page` is None)."""

    page: int | None
    start: int
    end: int
    blocks: tuple[TextLine | Grid, ...]


class Pieces:
    """The pieces of a reading, given the places of each entry by its id."""

    def __init__(self, reading: Reading, places: Mapping[str, Sequence[Span]]) -> None:
        self.reading = reading
        self._cuts, self._entries = _swept(places)
        self._line_ends = [found.start() for found in re.finditer("\n", reading.text)]

    def sheets(self) -> Iterator[Sheet]:
        """The whole text, page by page."""
        for page, start, end in self._stretches():
            yield Sheet(page, start, end, tuple(self._blocks(start, end)))

    def line_number(self, offset: int) -> int:
        """The number of the line on its page that a character stands in; a row of a table is one line."""
        return (
            bisect_left(self._line_ends, offset) - bisect_left(self._line_ends, self._page_start(offset)) + 1
        )

    def within(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a stretch without line ends."""
        text = self.reading.text
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        for one, two in pairwise((start, *inner, end)):
            if one < two:
                at = bisect_right(self._cuts, one) - 1
                yield Piece(one, text[one:two], self._entries[at] if at >= 0 else ())

    def _page_start(self, offset: int) -> int:
        pages = self.reading.pages
        at = bisect_right(pages, offset, key=lambda page: page.start) - 1
        return pages[at].start if at >= 0 else 0

    def _stretches(self) -> Iterator[tuple[int | None, int, int]]:
        pages = self.reading.pages
        starts = [page.start for page in pages]
        # What stands before the first page or after the last belongs to none; between pages there are only page ends.
        edges = [*starts, len(self.reading.text)]
        if not pages or self.reading.text[: starts[0]].strip():
            yield from self._unpaged(edges[0])
        for page, (start, end) in zip(pages, pairwise(edges), strict=True):
            yield page.number, start, end

    def _unpaged(self, end: int) -> Iterator[tuple[None, int, int]]:
        tables = [(table.start, table.end) for table in self.reading.tables]
        ends = [
            at + 1
            for at in self._line_ends
            if at < end and not any(one <= at < two - 1 for one, two in tables)
        ]
        starts = [0, *(at for at in ends[_LINES_A_SHEET - 1 :: _LINES_A_SHEET] if at < end)]
        for start, stop in pairwise((*starts, end)):
            yield None, start, stop

    def _blocks(self, start: int, end: int) -> Iterator[TextLine | Grid]:
        at = start
        for table in self.reading.tables:
            if start <= table.start and table.end <= end and at <= table.start and self._is_whole(table):
                yield from self._lines(at, table.start)
                yield self._grid(table)
                at = table.end
        yield from self._lines(at, end)

    def _lines(self, start: int, end: int) -> Iterator[TextLine]:
        text = self.reading.text
        number = self.line_number(start)
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            whole = text[start:stop].rstrip("\r\f\n")
            yield TextLine(number, tuple(self.within(start, start + len(whole))))
            number += 1
            start = stop + 1

    def _is_whole(self, table: Table) -> bool:
        """Whether the cells hold all ink of the table, each character once, so that a grid shows all of it."""
        if self.reading.media_type in ("plain", "markdown"):
            return False  # they are compared with the file as it stands
        at = table.start
        for span in sorted(span for cell in table.cells for span in cell.spans):
            if span.start < at or self.reading.text[at : span.start].strip():
                return False
            at = span.end
        return at <= table.end and not self.reading.text[at : table.end].strip()

    def _grid(self, table: Table) -> Grid:
        rows: list[list[GridCell]] = [[] for _ in range(table.height)]
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            rows[cell.row].append(GridCell(cell.row_span, cell.column_span, tuple(self._cell_lines(cell))))
        return Grid(tuple(map(tuple, rows)))

    def _cell_lines(self, cell: Cell) -> Iterator[tuple[Piece, ...]]:
        text = self.reading.text
        for span in cell.spans:
            start = span.start
            for line in text[span.start : span.end].replace("\n", CELL_BREAK).split(CELL_BREAK):
                yield tuple(self.within(start, start + len(line)))
                start += len(line) + 1


def _swept(places: Mapping[str, Sequence[Span]]) -> tuple[list[int], list[tuple[str, ...]]]:
    """Where the set of entries changes, and the set from there on."""
    begins: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for entry, spans in places.items():
        for span in spans:
            if span.start < span.end:
                begins.setdefault(span.start, []).append(entry)
                ends.setdefault(span.end, []).append(entry)
    order = {entry: number for number, entry in enumerate(places)}
    cuts = sorted({*begins, *ends})
    held: dict[str, int] = {}
    sets = []
    for cut in cuts:
        for entry in ends.get(cut, ()):
            held[entry] -= 1
            if not held[entry]:
                del held[entry]
        for entry in begins.get(cut, ()):
            held[entry] = held.get(entry, 0) + 1
        sets.append(tuple(sorted(held, key=order.__getitem__)))
    return cuts, sets
