"""Markdown (CommonMark with tables): the file is its own canonical text; its marks tell headings and tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sosei_graph.ingest.document import Cell, Table
from sosei_graph.ingest.mending import mended
from sosei_graph.ingest.reading import plain
from sosei_graph.ingest.reading.composing import Composer
from sosei_graph.ingest.records import Span

_ROW_END = re.compile(r"\r\n|[\n\r]")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+")
_CLOSING_MARK = re.compile(r"\s+#+\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def compose(text: str) -> Composer:
    """The text with its lines, its headings and its tables, those of pipes and those of tabs."""
    composer = plain.compose(text)
    rows = list(plain.spans_between(text, _ROW_END))
    tokens = MarkdownIt("commonmark").enable("table").parse(_ROW_END.sub("\n", text))
    tables = list(_tables(text, rows, tokens))
    composer.outline += _headings(text, rows, tokens)
    known = [each for each in composer.tables if not any(_meet(each, other) for other in tables)]
    composer.tables[:] = sorted((*tables, *known), key=lambda table: table.start)
    return composer


def _meet(one: Table, other: Table) -> bool:
    return one.start < other.end and other.start < one.end


def _headings(text: str, rows: Sequence[Span], tokens: Sequence[Token]) -> Iterator[tuple[int, Span]]:
    for token in tokens:
        if token.type == "heading_open" and token.map and token.map[0] < len(rows):
            row = rows[token.map[0]]
            line = text[row.start : row.end]
            mark = _HEADING_MARK.match(line)
            closing = _CLOSING_MARK.search(line)
            start = row.start + (mark.end() if mark else 0)
            end = row.start + (closing.start() if closing and mark else len(line))
            if start < end:
                yield int(token.tag[1:]), plain.trimmed(text, Span(start, end))


def _tables(text: str, rows: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Table]:
    for token in tokens:
        if token.type == "table_open" and token.map:
            first, last = token.map
            lines = rows[first:last]
            if len(lines) < 2:
                continue
            body = [lines[0], *lines[2:]]  # the second one is the line of dashes
            cells = [cell for number, row in enumerate(body) for cell in _cells(text, number, row)]
            width = sum(cell.row == 0 for cell in cells)
            kept = tuple(cell for cell in cells if cell.column < width)
            yield Table(None, kept, lines[0].start, lines[-1].end)


def _cells(text: str, number: int, row: Span) -> Iterator[Cell]:
    line = text[row.start : row.end]
    bounds = [match.start() for match in _PIPE.finditer(line)]
    inner = line.strip()
    if not inner.startswith("|"):
        bounds.insert(0, -1)
    if not inner.endswith("|") or inner.endswith("\\|"):
        bounds.append(len(line))
    for column, (start, end) in enumerate(pairwise(bounds)):
        spans = tuple(_parts(text, Span(row.start + start + 1, row.start + end)))
        words = "\n".join(text[span.start : span.end].replace("\\|", "|") for span in spans)
        yield Cell(number, column, 1, 1, spans, mended(words))


def _parts(text: str, field: Span) -> Iterator[Span]:
    inside = text[field.start : field.end]
    for part in plain.spans_between(inside, _BREAK):
        span = plain.trimmed(text, Span(field.start + part.start, field.start + part.end))
        if span.start < span.end:
            yield span
