"""Tables of indicators in layout text, whose columns are kept apart by spaces.

A column is a strip of the page that no gap interrupts: pieces of lines that stand above each other belong together. A
row is a line with values, and the lines of wrapped words around it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.indicators.grids import Section, Slot, merged
from sosei_graph.ingest.extracting.indicators.heads import Head, read_head
from sosei_graph.ingest.extracting.indicators.leftover import is_row
from sosei_graph.ingest.extracting.indicators.placing import (
    Piece,
    crosses,
    in_order,
    pieces_of,
    placeable,
    placed,
)
from sosei_graph.ingest.extracting.indicators.stream import INCOMPLETE, WRAPPED, Stacked
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.indicators.wrapped import Around, names
from sosei_graph.ingest.extracting.indicators.wrapped_values import readings
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join

#: A sentence ends here, and no remark in brackets.
_SENTENCE = re.compile(r"。(?![)）」』])")
_MOST_HEAD_LINES = 5
#: Columns of a display that a column of names takes at least.
_LEAST_NAME = 10
#: Columns whose pieces on lines of their own belong to a row, and are no rows.
_VALUED = ("value", "when", "unit", "rate", "rating")


@dataclass
class _Row:
    """A line with values, with what belongs to it of other lines."""

    line: int
    cells: dict[int, list[Wording]] = field(default_factory=dict)
    broken: list[Wording] = field(default_factory=list)
    split: bool = False


Columns = list[tuple[int, int, Head | None, list[Piece]]]


def find_head(lines: Sequence[Wording], at: int) -> tuple[Columns, int] | None:
    """The columns of a head that begins in a line, and the number of the line after it."""
    best = None
    pieces: list[Piece] = []
    for end in range(at, min(len(lines), at + _MOST_HEAD_LINES)):
        here = pieces_of(lines[end], end)
        if end == at and len(here) < 2 and not _may_begin(lines, at):
            return None
        if any(_is_body(piece.words) or len(piece.words) > 30 for piece in here):
            break
        pieces += here
        columns = _columns(pieces)
        if _is_head(columns):
            best = columns, end + 1
    return best


def _is_body(words: Wording) -> bool:
    """Whether words are a value, and no head or part of one (令和３年度増加 of 令和３年度増加分)."""
    return is_value(words.text) and read_head(words.text) is None


def _may_begin(lines: Sequence[Wording], at: int) -> bool:
    """Whether the first of several lines of a head stands here alone: 目標値 over the year."""
    head = read_head(lines[at].text)
    alone = head is not None and head.role == "value"
    return alone and at + 1 < len(lines) and len(pieces_of(lines[at + 1])) >= 2


def _columns(pieces: Sequence[Piece]) -> Columns:
    """The pieces in strips: those that stand above each other together."""
    strips: list[tuple[int, int, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda each: each.left):
        if strips and piece.left < strips[-1][1]:
            left, right, inside = strips[-1]
            strips[-1] = left, max(right, piece.right), [*inside, piece]
        else:
            strips.append((piece.left, piece.right, [piece]))
    return [
        (left, right, merged([piece.words for piece in _down(inside)], strict=True), inside)
        for left, right, inside in strips
    ]


def _down(pieces: Sequence[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda each: each.line)


def _is_head(columns: Columns) -> bool:
    heads = [head for _, _, head, _ in columns if head]
    roles = [head.role for head in heads]
    unknown = len(columns) - len(heads)
    if "name" not in roles:
        return unknown == 0 and _is_nameless(columns, heads)
    return "value" in roles and len(columns) >= 2 and unknown <= len(columns) // 3


def _is_nameless(columns: Columns, heads: Sequence[Head]) -> bool:
    """Whether heads are those of values only, with room for names at their left."""
    kinds = {head.kind for head in heads}
    only = len(heads) >= 2 and all(head.role == "value" for head in heads)
    return only and bool(kinds & {"baseline", "target"}) and columns[0][0] >= _LEAST_NAME


def read_columns(
    lines: Sequence[Wording],
    head: tuple[Columns, int],
    source: Source,
    ends: Callable[[Wording], bool],
) -> tuple[Stacked, int]:
    """The table below a head, and the number of the line after it."""
    columns, first = head
    if not any(each and each.role == "name" for _, _, each, _ in columns):
        columns = [(0, columns[0][0] - 2, Head("name"), []), *columns]
    end = _end(lines, columns, first, ends, source)
    below = [_indented(pieces_of(lines[number], number), columns) for number in range(first, end)]
    body = [piece for pieces in below for piece in pieces]
    body, unplaced = placeable(body, _roles(columns), [left for left, _, _, _ in columns])
    strips = _strips(columns, body)
    rows, rest = _rows(columns, strips, body)
    section = Section(
        {at: head for at, (_, _, head, _) in enumerate(columns) if head},
        {at: join([piece.words for piece in inside], "") for at, (_, _, _, inside) in enumerate(columns)},
    )
    start = min(piece.words.start for _, _, _, inside in columns for piece in inside)
    stacked = Stacked(start, start, section)
    blocks = _blocks(section, rows)
    stacked.unread += [source.unread(words, INCOMPLETE) for words in unplaced]
    stacked.unread += [source.unread(row.broken, INCOMPLETE) for row in rows if row.broken]
    for block, words in zip(blocks, _names(section, blocks, rest), strict=True):
        if words is None or any(row.split for row in block):
            parts = [part for row in block for cells in row.cells.values() for part in cells]
            stacked.unread.append(source.unread(parts, WRAPPED))
        else:
            section.rows += _slots(section, rows, block, words, len(columns))
    _carry_groups(section, rows, rest)
    used = [slot.words.end for row in section.rows for slot in row if slot]
    used += [words.end for line in unplaced for words in line]
    used += [part.end for row in rows for parts in row.cells.values() for part in parts]
    stacked.end = max([*used, *(piece.words.end for _, _, _, inside in columns for piece in inside)])
    return stacked, end


def _indented(pieces: list[Piece], columns: Columns) -> list[Piece]:
    """The pieces of a line of values only that has lost the spaces before it, below their heads.

    One value for each column of values must stand there, as far from each other as the columns are.
    """
    bounds = [(left, right) for left, right, head, _ in columns if head and head.role == "value"]
    roles = [head.role if head else "other" for _, _, head, _ in columns]
    if roles != ["name", *["value"] * len(pieces)] or not pieces or pieces[0].left > 0:
        return pieces
    if bounds[0][0] < _LEAST_NAME or not all(is_value(piece.words.text) for piece in pieces):
        return pieces
    for by in range(bounds[0][0] - pieces[0].right + 1, bounds[0][1]):
        moved = [replace(piece, left=piece.left + by, right=piece.right + by) for piece in pieces]
        if all(
            left <= piece.left and piece.left < right
            for piece, (left, right) in zip(moved, bounds, strict=True)
        ):
            return moved
    return pieces


def _end(
    lines: Sequence[Wording], columns: Columns, first: int, ends: Callable[[Wording], bool], source: Source
) -> int:
    """The first line below the head that is no part of the table: running text, a heading, another head."""
    values = [left for left, _, head, _ in columns if head and head.role == "value"]
    roles = _roles(columns)
    usual = 1
    for number in range(first, len(lines)):
        pieces = pieces_of(lines[number], number)
        text = lines[number].text
        gap = source.repaired.text.count("\n", lines[number - 1].end, lines[number].start)
        usual = gap if number == first else usual
        apart = crosses(pieces, values[0]) and not in_order(pieces, roles) and not is_row(lines[number])
        if apart or ends(lines[number]) or re.match(r"\s*(?:[※＊*]|注[:：)）]|【)", text):
            return number
        if len(pieces) == 1 and (_is_heading(pieces[0].words) or _SENTENCE.search(text) or gap > usual):
            return number
        if len(pieces) >= 2 and find_head(lines, number):
            return number
        usual = max(usual, gap) if len(pieces) >= 2 else usual
    return len(lines)


def _is_heading(words: Wording) -> bool:
    marks = read_marks(words.text)
    style = marks[0].style if marks else ""
    return (
        style in ("1", "1.", "1-1", "1.1", "第章", "第節")
        and not marks[0].tight
        and marks[0].rest < len(words)
    )


def _roles(columns: Columns) -> list[str]:
    return [head.role if head else "other" for _, _, head, _ in columns]


def _strips(columns: Columns, body: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where each column begins and ends, head and body together."""
    bounds = [(left, right) for left, right, _, _ in columns]
    for _ in range(2):
        for piece in body:
            touched = [
                at for at, (left, right) in enumerate(bounds) if piece.left < right and piece.right > left
            ]
            if len(touched) == 1:
                left, right = bounds[touched[0]]
                bounds[touched[0]] = min(left, piece.left), max(right, piece.right)
    return bounds


def _rows(
    columns: Columns, strips: Sequence[tuple[int, int]], body: Sequence[Piece]
) -> tuple[list[_Row], list[tuple[int, int, Wording]]]:
    """The lines with values, and the pieces of other columns that stand on lines of their own."""
    roles = _roles(columns)
    places = [
        each
        for _, line in groupby(body, lambda piece: piece.line)
        for each in placed(list(line), strips, roles)
    ]
    with_values = sorted(
        {line for line, at, words in places if roles[at] == "value" and is_value(words.text)}
    )
    rows = {line: _Row(line) for line in with_values}
    rest = []
    loose: dict[int, list[tuple[int, Wording]]] = {}
    for line, column, words in places:
        if roles[column] in _VALUED:
            loose.setdefault(column, []).append((line, words))
        elif line in rows:
            rows[line].cells.setdefault(column, []).append(words)
        else:
            rest.append((line, column, words))
    for column, pieces in loose.items():
        _fill(list(rows.values()), column, pieces, valued=roles[column] == "value")
    _tell_split(list(rows.values()), [at for at, role in enumerate(roles) if role == "value"])
    for row in rows.values():  # A kind between the lines of values may be that of either.
        row.split |= any(roles[column] == "kind" and column not in row.cells for _, column, _ in rest)
    return list(rows.values()), rest


def _tell_split(rows: Sequence[_Row], values: Sequence[int]) -> None:
    """Marks lines below each other that both lack values: they may be one row whose cells have several lines."""
    for one, two in pairwise(rows):
        if two.line - one.line <= 1 and not _is_full(one, values) and not _is_full(two, values):
            one.split = two.split = True


def _is_full(row: _Row, values: Sequence[int]) -> bool:
    return all(row.cells.get(at) for at in values)


def _fill(rows: Sequence[_Row], column: int, pieces: Sequence[tuple[int, Wording]], *, valued: bool) -> None:
    """Gives the pieces of a column to its rows: a value may go on in the line below, or begin in the one above.

    What fits in two ways, or in none, is no value of any row: it is kept as `broken`.
    """
    own = [[words for line, words in pieces if line == row.line] for row in rows]
    bounds = [-1, *(row.line for row in rows), 10**9]
    gaps = [[words for line, words in pieces if low < line < high] for low, high in pairwise(bounds)]
    if not valued:
        for row, words in zip(rows, own, strict=True):
            row.cells.update({column: words} if words else {})
        return
    for row, ways in zip(rows, readings(own, gaps), strict=True):
        if len(ways) == 1:
            (parts,) = ways.values()
            row.cells.update({column: list(parts)} if parts else {})
        else:
            at = rows.index(row)
            row.broken += [*gaps[at], *own[at], *gaps[at + 1]]


def _blocks(section: Section, rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows of each indicator: one, or one for each kind where a column tells kinds (目標, 実績)."""
    kinds = section.of("kind")
    blocks: list[list[_Row]] = []
    seen: set[str] = set()
    for row in rows:
        kind = join(row.cells.get(kinds[0], [])).folded if kinds else ""
        if blocks and kind and kind not in seen:
            blocks[-1].append(row)
        else:
            blocks.append([row])
            seen = set()
        seen.add(kind)
    return blocks


def _slots(
    section: Section, rows: Sequence[_Row], block: Sequence[_Row], name: Wording, width: int
) -> list[list[Slot | None]]:
    """The rows of an indicator as rows of a table."""
    column = section.of("name")[0]
    shared = Slot(name, rows.index(block[0]), column, len(block))
    found = []
    for row in block:
        slots: list[Slot | None] = [None] * width
        for at, parts in row.cells.items():
            slots[at] = Slot(join(parts, "" if at in section.of("value") else " "), rows.index(row), at)
        slots[column] = shared
        found.append(slots)
    return found


def _names(
    section: Section, blocks: Sequence[Sequence[_Row]], rest: Sequence[tuple[int, int, Wording]]
) -> list[Wording | None]:
    name = section.of("name")[0]
    fragments = [(line, words) for line, column, words in rest if column == name]
    around = []
    before = -1
    for block in blocks:
        first, last = block[0].line, block[-1].line
        own = [(row.line, words) for row in block for words in row.cells.get(name, [])]
        own += [(line, words) for line, words in fragments if first < line < last]
        own.sort(key=lambda each: each[0])
        above = [words for line, words in fragments if before < line < first]
        around.append(Around(join([words for _, words in own], ""), above))
        before = last
    after = [words for line, words in fragments if line > before]
    sure = not any(row.split for block in blocks for row in block)
    return names(around, after, sure=sure) if blocks else []


def _carry_groups(section: Section, rows: Sequence[_Row], rest: Sequence[tuple[int, int, Wording]]) -> None:
    """Groups that stand beside a row hold for the rows below it until the next; their wrapped lines go on below."""
    for column in section.of("group"):
        starts = [(row.line, row.cells[column]) for row in rows if column in row.cells]
        for (line, parts), (until, _) in pairwise([*starts, (10**9, [])]):
            more = [words for other, at, words in rest if at == column and line < other < until]
            whole = Slot(join([*parts, *more]), 0, column)
            section.rows = [
                [
                    whole if at == column and line <= rows[_number(row)].line < until else slot
                    for at, slot in enumerate(row)
                ]
                for row in section.rows
            ]


def _number(row: Sequence[Slot | None]) -> int:
    """Which of the lines with values a row is."""
    return max(slot.row for slot in row if slot)
