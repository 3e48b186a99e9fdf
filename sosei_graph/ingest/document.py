r"""A document as it was read: its canonical text, and where in it the pages, lines, tables and headings stand.

Everything refers to the canonical text by code points, and nothing is kept twice: a cell's words are spans of it. The
same file always gives the same canonical text, so that evidence can point into it (RFC 5147).

How the text is written: a paragraph or printed line ends with `\\n`. A row of a table is one such line, with `\\t`
between its cells and U+2028 (LINE SEPARATOR) between the lines inside a cell, so that a text split at `\\n` has whole
rows, and one split by `str.splitlines` has printed lines. A page ends with `\\f`. A plain text or Markdown file is its
own canonical text, character for character.
"""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from sosei_graph.ingest.records import Span
from sosei_graph.languages import Text

#: Between the lines inside a cell; white space to every pattern, and a line end to `str.splitlines`.
CELL_BREAK = "\u2028"
CELL_END = "\t"
PAGE_END = "\f"

MediaType = Literal["pdf", "docx", "xlsx", "html", "markdown", "plain"]


@dataclass(frozen=True)
class Box:
    """Where something is printed: points from the upper left corner of the page as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left to the right edge, in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From the upper to the lower edge, in points."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Line:
    """A printed line, or a line inside a cell: never more than one cell. `end` is before its line end.

    `size` is the size of the font in points, where the format knows it. `page` counts from 1.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    size: float | None = None


@dataclass(frozen=True)
class Cell:
    r"""A cell with the parts of the canonical text that stand in it; merged cells stand once, where they begin.

    `text` has its lines joined where a word goes on and a `\\n` where the cell itself begins a new one.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True)
class Table:
    """A table. `ruled` tables are drawn or declared as such; others were told by tabs or aligned columns.

    `start` and `end` are those of the canonical text that the table takes; nothing else stands between them.
    """

    page: int | None
    cells: tuple[Cell, ...]
    start: int
    end: int
    box: Box | None = None
    ruled: bool = True

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def rows(self) -> list[list[Cell | None]]:
        """The grid, row by row: a merged cell stands in every place that it covers, None where there is no cell."""
        grid: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                grid[row][cell.column : cell.column + cell.column_span] = [cell] * cell.column_span
        return grid


@dataclass(frozen=True)
class Page:
    """A page, slide or sheet; `width` and `height` in points, where the format knows them."""

    number: int
    start: int
    end: int
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True)
class Reading:
    """What was read of a file. `original_sha256` is of its bytes, `sha256` of the canonical text in UTF-8.

    `outline` are the headings that the format itself marks as such (styles of DOCX, `<h1>`, `#`), with their levels
    from 1. `warnings` say what could not be read, and on which page. `torn` are the rows that a page end
    cuts in two: they follow their table as lines.
    """

    path: Path
    media_type: MediaType
    text: str
    original_sha256: str
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    outline: tuple[tuple[int, Span], ...] = ()
    warnings: tuple[Text, ...] = field(default=())
    torn: tuple[Span, ...] = field(default=())

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the canonical text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def at(self, span: Span) -> str:
        """The characters of the canonical text in a span."""
        return self.text[span.start : span.end]

    def page_of(self, offset: int) -> int | None:
        """The number of the page that a place of the canonical text stands on; None if the format has no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[index].number if index >= 0 else None
