"""Tables in text: columns kept apart by wide gaps, as in the layout text of a PDF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.grid import Area, Grid, Headed
from sosei_graph.ingest.extracting.council.labels import is_of_opinions, is_of_steps, is_of_turns, kinds_of
from sosei_graph.ingest.extracting.council.lines import Row
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.sentences import display_width
from sosei_graph.languages import Text

_WIDE = re.compile(r"[ \t]{2,}|　+")


@dataclass(frozen=True)
class Piece:
    """Words between gaps with the columns of a display where they begin and end."""

    words: Wording
    start: int
    end: int


@dataclass
class TextTable:
    """A table in lines `first` to `last` (not included), or the words that could not be put back into columns."""

    first: int
    last: int
    table: Headed | None
    words: list[Wording]


def pieces(row: Row, gap: re.Pattern[str] = _WIDE) -> list[Piece]:
    """The pieces of a line."""
    if row.caption:
        return [Piece(row.words, 0, 2)]
    text = row.whole.text
    bounds = [0, *(place for found in gap.finditer(text) for place in found.span()), len(text)]
    return [
        Piece(
            row.whole.cut(start, end),
            display_width(text[:start]),
            display_width(text[:start]) + display_width(text[start:end].rstrip()),
        )
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        if text[start:end].strip()
    ]


def find_tables(rows: Sequence[Row], source: Source) -> list[TextTable]:
    """The tables whose heads stand in one line with wide gaps between."""
    found = list[TextTable]()
    at = 0
    while at < len(rows):
        told = _heads(rows, at)
        if told is None:
            at += 1
            continue
        heads, first = told
        last = _end(rows, first, heads)
        found.append(_table(rows, (at, first, last), heads, source))
        at = max(last, first)
    return found


def _heads(rows: Sequence[Row], at: int) -> tuple[list[Piece], int] | None:
    """The heads that begin in a line, which may be wrapped over up to three, and where the body begins."""
    heads = pieces(rows[at])
    if len(heads) < 2:
        return None
    for first in range(at + 1, at + 4):
        kinds = kinds_of([piece.words for piece in heads])
        if not is_of_turns(kinds) and None not in kinds and (is_of_opinions(kinds) or is_of_steps(kinds)):
            return heads, first
        more = _wrapped(heads, pieces(rows[first])) if first < len(rows) and not rows[first].gap else None
        if more is None:
            known = not is_of_turns(kinds) and (is_of_opinions(kinds) or is_of_steps(kinds))
            return (heads, first) if known else None
        heads = more
    return None


def _wrapped(heads: Sequence[Piece], rest: Sequence[Piece]) -> list[Piece] | None:
    """Heads with what stands below them in the next line; None where that is no rest of heads."""
    joined = list(heads)
    for piece in rest:
        under = [at for at, head in enumerate(heads) if abs(head.start - piece.start) <= 1]
        if (
            not under
            or len(piece.words.folded) > len(heads[under[0]].words.folded)
            or "。" in piece.words.text
        ):
            return None
        head = joined[under[0]]
        joined[under[0]] = Piece(join([head.words, piece.words]), head.start, head.end)
    return joined


_LOOKS = re.compile(r"(?:意見|質問|質疑|指摘).*\s{2}.*(?:対応|回答|考え方|方針|見解)")


def looks_like_heads(row: Row) -> bool:
    """Whether a line may be the heads of a table of opinions, though they could not be read."""
    return len(pieces(row)) > 1 and "。" not in row.text and bool(_LOOKS.search(row.whole.text.strip()))


def _end(rows: Sequence[Row], first: int, heads: Sequence[Piece]) -> int:
    """The first line below that belongs to no column, or is the head of a table."""
    opened = False
    for at in range(first, len(rows)):
        own = pieces(rows[at])
        kinds = kinds_of([piece.words for piece in own])
        repeated = len(own) == len(heads) and [piece.words.folded for piece in own] == [
            piece.words.folded for piece in heads
        ]
        if not repeated and len(own) > 1 and (is_of_opinions(kinds) or is_of_steps(kinds)):
            return at
        over = [piece for piece in own if any(piece.start < head.start < piece.end for head in heads[1:])]
        if len(own) == 1 and over and not repeated:
            return at
        alone = len(own) == 1 and own[0].start <= heads[0].start
        if alone and opened and rows[at].gap > 0 and read_marks(rows[at].text):
            return at
        opened = opened or len(own) > 1
    return len(rows)


def _table(
    rows: Sequence[Row], lines: tuple[int, int, int], heads: Sequence[Piece], source: Source
) -> TextTable:
    at, first, last = lines
    body = [row for row in rows[first:last] if not _repeats(row, heads)]
    words = [row.words for row in body]
    placed = _placed(heads, body)
    made = TextTable(at, last, None, words)
    if placed is None:
        return made
    kinds = kinds_of([head.words for head in heads])
    split = _rows(placed, body, kinds)
    if split is None:
        return made
    groups, notes = split
    areas = [[_area(group, column) for column in range(len(heads))] for group in groups]
    start, end = rows[at].words.start, rows[last - 1].words.end
    grid = Grid(start, end, list(areas), source.page_of(start), notes, ruled=False)
    made.table = Headed(kinds, [head.words for head in heads], grid)
    return made


def _repeats(row: Row, heads: Sequence[Piece]) -> bool:
    own = pieces(row)
    return [piece.words.folded for piece in own] == [head.words.folded for head in heads]


Placed = list[list[Wording]]


def _placed(heads: Sequence[Piece], body: Sequence[Row]) -> Placed | None:
    """For each line its words in each column; None where a piece runs from one column into the next."""
    lines = [pieces(row) for row in body]
    bounds = [0]
    for before, head in pairwise(heads):
        starts = [piece.start for line in lines for piece in line if before.end <= piece.start <= head.start]
        bounds.append(min(starts, default=head.start))
    placed: Placed = []
    for line in lines:
        cells = [Wording() for _ in heads]
        for piece in line:
            at = max(place for place, bound in enumerate(bounds) if bound <= piece.start)
            if (at + 1 < len(bounds) and piece.end > bounds[at + 1]) or cells[at]:
                return None
            cells[at] = piece.words
        placed.append(cells)
    return placed


def _rows(
    placed: Placed, body: Sequence[Row], kinds: Sequence[str | None]
) -> tuple[list[Placed], list[Text]] | None:
    """The lines of each row: told by a column that has one line a row, by blank lines, or by ends of sentences."""
    for key in ("number", "when"):
        if key in kinds:
            column = kinds.index(key)
            starts = [at for at, cells in enumerate(placed) if cells[column]]
            if starts and starts[0] == 0 and (key != "number" or _counts(placed, column, starts)):
                return _cut(placed, starts), []
    starts = [at for at, row in enumerate(body) if at == 0 or row.gap > 0]
    if 1 < len(starts) < len(body) or len(body) == 1:
        return _cut(placed, starts), []
    return _by_sentences(placed, kinds)


def _counts(placed: Placed, column: int, starts: Sequence[int]) -> bool:
    numbers = [re.sub(r"\D", "", placed[at][column].folded) for at in starts]
    return all(numbers) and all(int(two) == int(one) + 1 for one, two in pairwise(numbers))


def _cut(placed: Placed, starts: Sequence[int]) -> list[Placed]:
    return [placed[one:two] for one, two in pairwise([*starts, len(placed)])]


def _by_sentences(placed: Placed, kinds: Sequence[str | None]) -> tuple[list[Placed], list[Text]] | None:
    """Rows of one sentence in each column, each begun where the longer of the two before it has ended."""
    columns = [at for at, kind in enumerate(kinds) if kind in ("opinion", "response")]
    if len(columns) != 2:
        return None
    ends = [
        [at for at, cells in enumerate(placed) if cells[column].text.endswith("。")] for column in columns
    ]
    if not ends[0] or len(ends[0]) != len(ends[1]):
        return None
    bounds = list[int]()
    for number in range(len(ends[0]) - 1):
        last = max(end[number] for end in ends)
        following = [placed[last + 1][column] if last + 1 < len(placed) else Wording() for column in columns]
        rests = [placed[end[number] + 1 : last + 1] for end in ends]
        blank = [
            not any(cells[column] for cells in rest) for rest, column in zip(rests, columns, strict=True)
        ]
        if not all(following) or not all(blank) or not any(rests):
            return None
        bounds.append(last + 1)
    return _cut(placed, [0, *bounds]), [remarks.BY_SENTENCES] if bounds else []


def _area(group: Placed, column: int) -> Area | None:
    lines = tuple(cells[column] for cells in group if cells[column])
    return Area(lines) if lines else None
