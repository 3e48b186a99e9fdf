"""Canonical text written piece by piece, with what stands where in it: for formats that say what their parts are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.document import CELL_BREAK, CELL_END, PAGE_END, Box, Cell, Line, Page, Table
from sosei_graph.ingest.mending import mended
from sosei_graph.ingest.records import Span
from sosei_graph.languages import Text

#: More places than a table of any document has; a damaged file can claim billions.
MOST_PLACES = 1_000_000

#: Line ends of every kind would break the lines of the canonical text, and half of a surrogate pair is in no UTF-8.
_UNPRINTABLE = {
    **{number: None for number in range(32) if number not in (9, 10)},
    **dict.fromkeys([0x7F, *range(0x80, 0xA0), 0x200B, 0xFEFF]),
    **dict.fromkeys([0x85, 0x2028, 0x2029], "\n"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}

#: Text that is struck out is shown only to say that it no longer holds.
STRUCK_OUT = Text("取り消し線の引かれた文字を除きました", "text that is struck out was left out")


def printable(text: str) -> str:
    r"""The text without control characters, with `\\n` as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNPRINTABLE)


@dataclass(frozen=True)
class Printed:
    """A line as it is printed, with its box and the size of its font where the format knows them."""

    text: str
    box: Box | None = None
    size: float | None = None


@dataclass(frozen=True)
class CellText:
    """A cell before it is written: its place, its lines, and its text if that is not simply all lines."""

    row: int
    column: int
    lines: tuple[Printed, ...]
    row_span: int = 1
    column_span: int = 1
    joined: str | None = None


def cell(row: int, column: int, text: str, row_span: int = 1, column_span: int = 1) -> CellText:
    """A cell of a text with line ends; a tab in it is white space, for it would end the cell."""
    parts = (part.replace("\t", " ").strip() for part in printable(text).split("\n"))
    return CellText(row, column, tuple(Printed(part) for part in parts if part), row_span, column_span)


@dataclass
class Composer:
    """Writes the canonical text. The parts are those of a `Reading`."""

    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    outline: list[tuple[int, Span]] = field(default_factory=list)
    torn: list[Span] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def text(self) -> str:
        """What is written so far."""
        return "".join(self._parts)

    def adopt(self, text: str) -> None:
        """Takes a text as it is for the whole canonical text: of files that are their own."""
        self._parts, self._length = [text], len(text)

    def paragraph(self, text: str, level: int | None = None) -> None:
        """A paragraph, whose own line ends stay; nothing if it is blank. `level` makes it a heading."""
        parts = [part.rstrip() for part in printable(text).split("\n")]
        spans = [self.line(Printed(part)) for part in parts if part]
        if level is not None and spans:
            self.outline.append((level, Span(spans[0].start, spans[-1].end)))

    def line(self, line: Printed) -> Span:
        """A printed line, and where it stands."""
        return self._line(line, "\n")

    def table(self, cells: Sequence[CellText], *, ruled: bool = True, box: Box | None = None) -> None:
        """A table, row by row; one without any text is none. The cells must not overlap."""
        if not any(each.lines for each in cells):
            return
        start, done = self._length, []
        by_row: dict[int, list[CellText]] = {}
        for each in cells:
            by_row.setdefault(each.row, []).append(each)
        for row in range(max(by_row) + 1):
            done += self._row(sorted(by_row.get(row, []), key=lambda each: each.column))
        self.tables.append(Table(self._page_number, tuple(done), start, self._length - 1, box, ruled))

    def torn_row(self, lines: Sequence[Printed]) -> None:
        """The lines of a row that a page end takes out of its table."""
        spans = [self.line(line) for line in lines]
        if spans:
            self.torn.append(Span(spans[0].start, spans[-1].end))

    def begin_page(self, width: float | None = None, height: float | None = None) -> None:
        """From here on it is a new page (or sheet)."""
        self.end_page()
        self.pages.append(Page(len(self.pages) + 1, self._length, self._length, width, height))

    def end_page(self) -> None:
        """The page that was begun last ends here, if one was."""
        if self.pages and self.pages[-1].end == self.pages[-1].start:
            self._write(PAGE_END)
            last = self.pages[-1]
            self.pages[-1] = Page(last.number, last.start, self._length, last.width, last.height)

    @property
    def _page_number(self) -> int | None:
        return self.pages[-1].number if self.pages else None

    def _row(self, cells: list[CellText]) -> list[Cell]:
        done, column = [], 0
        for each in cells:
            # A tab a column, so that the text alone still says which column a cell stands in.
            self._write(CELL_END * (each.column - column))
            column = each.column
            spans = []
            for index, line in enumerate(each.lines):
                self._write(CELL_BREAK if index else "")
                spans.append(self._line(line, ""))
            text = mended("\n".join(line.text for line in each.lines) if each.joined is None else each.joined)
            done.append(Cell(each.row, column, each.row_span, each.column_span, tuple(spans), text))
        self._write("\n")
        return done

    def _line(self, line: Printed, end: str) -> Span:
        start = self._length
        self._write(line.text)
        span = Span(start, self._length)
        if line.text.strip():
            self.lines.append(Line(start, span.end, self._page_number, line.box, line.size))
        self._write(end)
        return span

    def _write(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
