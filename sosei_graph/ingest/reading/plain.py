"""Plain text: the file is its own canonical text; lines, pages (form feeds) and tables of tabs are found in it."""

import re
from collections.abc import Iterator, Sequence

from sosei_graph.ingest.document import Cell, Line, Page, Table
from sosei_graph.ingest.mending import mended
from sosei_graph.ingest.reading.composing import Composer
from sosei_graph.ingest.records import Span

#: The line ends of printed lines; nothing else ends one, so that a file's offsets are counted as editors count them.
_LINE_END = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029\x85]")
_ROW_END = re.compile(r"\r\n|[\n\r\f\v]")


def compose(text: str) -> Composer:
    """The text with its lines, its pages and the tables that are written with tabs."""
    composer = Composer()
    composer.pages += _pages(text)
    rows = list(spans_between(text, _ROW_END))
    composer.tables += _tables(text, rows, composer.pages)
    composer.lines += lines_of(text, composer.pages, composer.tables)
    composer.adopt(text)
    return composer


def _pages(text: str) -> list[Page]:
    """Form feeds end pages; a text without any has none."""
    if "\f" not in text.rstrip("\f"):
        return []
    pages: list[Page] = []
    start = 0
    for end in [*(match.end() for match in re.finditer("\f", text)), len(text)]:
        if text[start:end].strip() or end < len(text):
            pages.append(Page(len(pages) + 1, start, end))
        start = end
    return pages


def spans_between(text: str, ends: re.Pattern[str]) -> Iterator[Span]:
    """What stands between line ends, blank or not."""
    start = 0
    for match in ends.finditer(text):
        yield Span(start, match.start())
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def lines_of(text: str, pages: Sequence[Page], tables: Sequence[Table]) -> Iterator[Line]:
    """The lines that are not blank; in a table, those of its cells."""
    ends = [page.end for page in pages]
    cells = sorted((table.start, table) for table in tables)
    page = at = 0
    for span in spans_between(text, _LINE_END):
        if not text[span.start : span.end].strip():
            continue
        while page < len(ends) and span.start >= ends[page]:
            page += 1
        number = pages[page].number if page < len(pages) else None
        while at < len(cells) and cells[at][1].end <= span.start:
            at += 1
        if at < len(cells) and cells[at][0] <= span.start:
            yield from (
                Line(part.start, part.end, number) for part in _fields(text, span) if part.start < part.end
            )
        else:
            yield Line(span.start, span.end, number)


def _fields(text: str, row: Span) -> list[Span]:
    fields, start = [], row.start
    for field in text[row.start : row.end].split("\t"):
        fields.append(Span(start, start + len(field)))
        start += len(field) + 1
    return fields


def _tables(text: str, rows: Sequence[Span], pages: Sequence[Page]) -> list[Table]:
    """Stretches of lines with the same number of tabs, two lines at least: no prose has that."""
    tables, begin = [], 0
    counts = [text.count("\t", row.start, row.end) for row in rows]
    for index in range(1, len(rows) + 1):
        if index < len(rows) and counts[index] == counts[begin]:
            continue
        if counts[begin] and index - begin >= 2:
            tables.append(_table(text, rows[begin:index], pages))
        begin = index
    return tables


def _table(text: str, rows: Sequence[Span], pages: Sequence[Page]) -> Table:
    cells = []
    for number, row in enumerate(rows):
        for column, field in enumerate(_fields(text, row)):
            lines = [
                Span(field.start + part.start, field.start + part.end)
                for part in spans_between(text[field.start : field.end], _LINE_END)
            ]
            spans = tuple(trimmed(text, part) for part in lines if text[part.start : part.end].strip())
            words = mended("\n".join(text[span.start : span.end] for span in spans))
            cells.append(Cell(number, column, 1, 1, spans, words))
    page = next((page.number for page in pages if page.start <= rows[0].start < page.end), None)
    return Table(page, tuple(cells), rows[0].start, rows[-1].end, ruled=False)


def trimmed(text: str, span: Span) -> Span:
    """A span without the white space at its ends."""
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.start + len(part.rstrip())))
