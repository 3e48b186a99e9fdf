"""The annex as text whose columns are kept apart by spaces, follow each other cell by cell, or are interleaved.

A text that can be put back into columns in one way only becomes a grid; the rest is listed as not read.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.grid import Columns, Grid, Slot, columns_of
from sosei_graph.ingest.extracting.agreement.labels import read_label
from sosei_graph.ingest.extracting.agreement.parties import Parties
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join

_WIDE_GAP = re.compile(r"\s{2,}|　+|\t")
_ANY_GAP = re.compile(r"\s+")
_STOP = re.compile(
    r"^[-‐－–]\d{1,3}[-‐－–]$|証するため|附則|^別表|^備考|^(?:令和|平成).{1,8}年.{0,4}月.{0,4}日"
)
_MOST_HEADS = 6
_LONGEST_HEAD = 24


@dataclass(frozen=True)
class Piece:
    """A piece of a line between gaps: its words, and the columns of a display where it begins and ends."""

    words: Wording
    start: int
    end: int


@dataclass
class TextTable:
    """A table in text: its grid, or None and the words that could not be put back into columns."""

    start: int
    end: int
    columns: Columns
    grid: Grid | None = None
    words: list[Wording] = field(default_factory=list)


def find_text_tables(source: Source, parties: Parties) -> list[TextTable]:
    """The tables in the lines that stand in no table of the reading."""
    lines = _free_lines(source)
    tables = list[TextTable]()
    at = 0
    while at < len(lines):
        found = _head_at(lines, at, parties, source)
        if found is None:
            at += 1
            continue
        way, columns, heads, first = found
        last = _end_of_body(lines, first, parties, source)
        body = lines[first:last]
        tables.append(_table(way, columns, heads, (lines[at], body), source))
        at = max(last, first)
    return tables


def _free_lines(source: Source) -> list[Wording]:
    """The printed lines outside of tables, with the spaces before them."""
    text = source.repaired.text
    lines = list[Wording]()
    for line in source.repaired.lines:
        if not any(start <= line.start < end for start, end, _ in source.tables):
            lines.append(Wording(text[line.start : line.end], tuple(range(line.start, line.end))))
    return lines


def _pieces(line: Wording, gap: re.Pattern[str]) -> list[Piece]:
    """The pieces of a line between gaps; the space after a mark (１　医療) is none."""
    pieces = list[Piece]()
    spans = list[tuple[int, int]]()
    for found in gap.finditer(line.text):
        words = line.text[spans[-1][1] if spans else 0 : found.start()].strip()
        marks = read_marks(f"{words} 。") if len(found[0]) == 1 else ()
        if not marks or marks[0].rest <= len(words):
            spans.append(found.span())
    bounds = [0, *(place for span in spans for place in span), len(line.text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if line.text[start:end].strip():
            before = _width(line.text[:start])
            pieces.append(Piece(line.cut(start, end), before, before + _width(line.text[start:end])))
    return pieces


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


Head = tuple[str, Columns, list[Piece], int]


def _head_at(lines: Sequence[Wording], at: int, parties: Parties, source: Source) -> Head | None:
    """The head of a table that begins in a line: how its columns are set, and where its body begins."""
    for way, gap in (("apart", _WIDE_GAP), ("mixed", _ANY_GAP)):
        pieces = _pieces(lines[at], gap)
        if not _may_be_head(pieces):
            continue
        if columns := columns_of([[each.words] for each in pieces], parties, source):
            return (way, columns, pieces, at + 1) if columns.roles else None
    heads = list[Piece]()
    for line in lines[at : at + _MOST_HEADS]:
        if read_label(line.folded) is None:
            break
        heads.append(Piece(line.cut(0), 0, 0))
    if _may_be_head(heads) and (columns := columns_of([[each.words] for each in heads], parties, source)):
        return ("stacked", columns, heads, at + len(heads)) if columns.roles else None
    return None


def _may_be_head(pieces: Sequence[Piece]) -> bool:
    """Whether the pieces of a line are heads, two of them of roles: a line of text has no heads drawn around it."""
    labels = [read_label(piece.words.folded) for piece in pieces if len(piece.words.folded) <= _LONGEST_HEAD]
    roles = [label for label in labels if label and label.kind == "role"]
    return 3 <= len(pieces) == len(labels) <= _MOST_HEADS and len(roles) >= 2


def _end_of_body(lines: Sequence[Wording], first: int, parties: Parties, source: Source) -> int:
    for at in range(first, len(lines)):
        text = lines[at].folded
        marks = read_marks(lines[at].text)
        words = lines[at].cut(marks[0].rest) if marks else Wording()
        heading = bool(words) and "。" not in text and len(_pieces(words, _WIDE_GAP)) == 1 and len(text) < 40
        opened = at > first and not lines[at - 1].folded.endswith("。")
        if _STOP.search(text) or (heading and not opened) or _head_at(lines, at, parties, source):
            return at
    return len(lines)


def _table(
    way: str,
    columns: Columns,
    heads: Sequence[Piece],
    lines: tuple[Wording, Sequence[Wording]],
    source: Source,
) -> TextTable:
    head, body = lines
    end = body[-1].end if body else heads[-1].words.end
    table = TextTable(head.start, end, columns, None, [line.cut(0) for line in body])
    if way == "apart":
        rows = _rows_apart(columns, heads, body, source)
    elif way == "mixed":
        rows = _rows_mixed(columns, body), (remarks.INTERLEAVED,)
    else:
        rows = _rows_stacked(columns, body), (remarks.BY_SENTENCES,)
    if rows[0]:
        slots = [
            tuple(Slot(words, at, column) for column, words in enumerate(row))
            for at, row in enumerate(rows[0])
        ]
        table.grid = Grid(table.start, end, tuple(slots), rows[1])
    return table


Cells = list[list[Wording]]


def _rows_mixed(columns: Columns, body: Sequence[Wording]) -> Cells:
    """Rows of lines that hold a piece of each column that has not ended; nothing if one line does not fit."""
    width = len(columns.head)
    rows: Cells = []
    row: list[list[Wording]] = [[] for _ in range(width)]
    for line in body:
        unfinished = [at for at in range(width) if not row[at] or not row[at][-1].text.endswith("。")]
        pieces = _pieces(line, _ANY_GAP)
        if len(pieces) != len(unfinished):
            return []
        for at, piece in zip(unfinished, pieces, strict=True):
            row[at].append(piece.words)
        if all(part and part[-1].text.endswith("。") for part in row):
            rows.append([join(part) for part in row])
            row = [[] for _ in range(width)]
    return rows if not any(row) else []


def _rows_stacked(columns: Columns, body: Sequence[Wording]) -> Cells:
    """Rows of cells that follow each other: names take one line without 。, other cells go on to a 。 at a line end."""
    names = {*columns.names, *columns.fields}
    rows: Cells = []
    row = list[Wording]()
    lines = list(body)
    while lines:
        if len(row) in names:
            if "。" in lines[0].text or len(lines[0].folded) > 40:
                return []
            row.append(lines.pop(0).cut(0))
        else:
            size = next((at for at, line in enumerate(lines, 1) if line.text.rstrip().endswith("。")), 0)
            if not size:
                return []
            row.append(join(line.cut(0) for line in lines[:size]))
            del lines[:size]
        if len(row) == len(columns.head):
            rows.append(row)
            row = []
    return rows if not row else []


def _rows_apart(
    columns: Columns, heads: Sequence[Piece], body: Sequence[Wording], source: Source
) -> tuple[Cells, tuple[remarks.Text, ...]]:
    """Rows of lines whose pieces stand below each other, parted by blank lines or by the ends of their sentences."""
    placed = _placed(heads, body)
    if placed is None:
        return [], ()
    groups = list[list[list[Wording]]]()
    for at, cells in enumerate(placed):
        if at == 0 or source.parted(body[at - 1].cut(0), body[at].cut(0)):
            groups.append([])
        groups[-1].append(cells)
    if len(groups) > 1 and all(
        len(group) == 1 for group in groups
    ):  # a blank line after every line parts nothing
        groups = [[cells for group in groups for cells in group]]
    rows: Cells = []
    notes = set[remarks.Text]()
    for group in groups:
        found = _split_at_marks(group, columns) or _split(group, columns)
        if not found:
            return [], ()
        notes |= {remarks.BY_SENTENCES} if len(found) > 1 else set()
        rows += found
    return rows, tuple(notes)


def _placed(heads: Sequence[Piece], body: Sequence[Wording]) -> list[list[Wording]] | None:
    """For each line its words in each column; None where a piece runs from one column into the next."""
    lines = [_pieces(line, _WIDE_GAP) for line in body]
    bounds = [0]
    for before, head in pairwise(heads):
        starts = [piece.start for line in lines for piece in line if before.end <= piece.start <= head.start]
        bounds.append(min(starts, default=head.start))
    placed = list[list[Wording]]()
    for line in lines:
        cells = [Wording() for _ in heads]
        for piece in line:
            at = max(place for place, bound in enumerate(bounds) if bound <= piece.start)
            if (at + 1 < len(bounds) and piece.end > bounds[at + 1]) or cells[at]:
                return None
            cells[at] = piece.words
        placed.append(cells)
    return placed


def _split_at_marks(group: Sequence[Sequence[Wording]], columns: Columns) -> Cells:
    """The rows of lines whose names have marks; a row without contents and roles is a heading. Else nothing."""
    at = min(columns.names, default=None)
    told = sorted(place for place in {columns.content, *columns.roles} if place is not None and place != at)
    starts = [number for number, cells in enumerate(group) if at is not None and read_marks(cells[at].text)]
    if not starts or starts[0] != 0:
        return []
    rows = [
        [join(cells[place] for cells in group[start:stop]) for place in range(len(group[0]))]
        for start, stop in pairwise([*starts, len(group)])
    ]
    whole = [[row[place].text.endswith("。") for place in told] for row in rows]
    empty = [not any(row[place] for place in told) for row in rows]
    return rows if all(all(ends) or none for ends, none in zip(whole, empty, strict=True)) else []


def _split(group: Sequence[Sequence[Wording]], columns: Columns) -> Cells:
    """The rows of lines that no blank line parts: as many as each column has ends of sentences at the ends of lines."""
    told = sorted({columns.content, *columns.roles} - {None}, key=lambda at: at or 0)
    ends = {
        at: [n for n, cells in enumerate(group) if at is not None and cells[at].text.endswith("。")]
        for at in told
    }
    counts = {len(each) for each in ends.values()}
    last = {
        at: max((n for n, cells in enumerate(group) if at is not None and cells[at]), default=-1)
        for at in told
    }
    if len(counts) != 1 or any(not ends[at] or ends[at][-1] != last[at] for at in told):
        return []
    rows: Cells = []
    for number in range(counts.pop()):
        row = list[Wording]()
        for at in range(len(group[0])):
            guide = ends.get(at, ends[columns.content])
            first = guide[number - 1] + 1 if number else 0
            stop = guide[number] + 1 if at in ends or number + 1 < len(guide) else len(group)
            row.append(join(cells[at] for cells in group[first:stop]))
        rows.append(row)
    return rows
