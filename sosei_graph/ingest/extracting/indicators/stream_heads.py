"""The head of a table whose columns are lost: its words in order, each of one or more pieces of lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.indicators.heads import Head, read_head
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.wording import Wording, join

_MOST_HEAD_LINES = 16
_MOST_PIECES = 5
_GAP = re.compile(r"\s+")


def find_head(lines: Sequence[Wording], at: int) -> tuple[list[tuple[Head, Wording]], int] | None:
    """The heads that begin in a line, in order with their words, and the number of the line after them."""
    marks = read_marks(lines[at].text)
    if re.fullmatch(r"【[^【】]*】", lines[at].text.strip()) or (marks and not marks[0].tight):
        return None
    best = None
    row = _HeadRow()
    for end in range(at, min(len(lines), at + _MOST_HEAD_LINES)):
        line = lines[end]
        if len(line) > 90 or "。" in line.text:
            break
        pieces = pieces_of(line)
        if not row.date(pieces):
            for piece in pieces:
                row.add(piece)
        heads = row.heads
        if heads is not None and _is_head(heads):
            named = any(head.role == "name" for head, _ in heads)
            best = heads if named else [(Head("name"), Wording()), *heads], end + 1
        elif not row.is_open or (best and any(is_value(piece.text) for piece in pieces)):
            break
    return best


def pieces_of(line: Wording) -> list[Wording]:
    """The pieces of a line between white space."""
    bounds = [0, *(place for found in _GAP.finditer(line.text) for place in found.span()), len(line.text)]
    return [line.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if start < end]


def _is_head(heads: Sequence[tuple[Head, Wording]]) -> bool:
    roles = [head.role for head, _ in heads]
    if roles.count("name") == 0:
        return _is_nameless(heads)
    return "value" in roles and roles.count("name") == 1 and roles.index("name") < roles.index("value")


def _is_nameless(heads: Sequence[tuple[Head, Wording]]) -> bool:
    """Whether heads are those of values only: the names stand in a first column without a head, or above."""
    kinds = {head.kind for head, _ in heads}
    return (
        len(heads) >= 2
        and all(head.role == "value" for head, _ in heads)
        and bool(kinds & {"baseline", "target"})
    )


@dataclass
class _HeadRow:
    """Pieces read as heads, each head of as many pieces as read best."""

    pieces: list[Wording] = field(default_factory=list)
    best: list[tuple[int, list[tuple[Head, Wording]]] | None] = field(default_factory=lambda: [(0, [])])

    @property
    def heads(self) -> list[tuple[Head, Wording]] | None:
        """The heads; None where a piece is left over."""
        whole = self.best[-1]
        return whole[1] if whole else None

    @property
    def is_open(self) -> bool:
        """Whether further pieces could still make heads of those that are left over."""
        return any(each is not None for each in self.best[-_MOST_PIECES:])

    def date(self, pieces: Sequence[Wording]) -> bool:
        """Takes in a line of times, one for each value before it: `（R5） （R11）` below 現状値 and 目標値."""
        heads = self.heads or []
        values = [at for at, (head, _) in enumerate(heads) if head.role == "value"]
        times = [read_head(piece.text) for piece in pieces]
        undated = all(heads[at][0].period is None for at in values)
        if (
            len(values) != len(pieces)
            or len(values) < 2
            or not undated
            or not all(t and t.is_year for t in times)
        ):
            return False
        both = [join([heads[at][1], piece], "") for at, piece in zip(values, pieces, strict=True)]
        read = [read_head(words.text) for words in both]
        if not all(read):
            return False
        dated = dict(zip(values, zip(read, both, strict=True), strict=True))
        whole = [dated.get(at, each) for at, each in enumerate(heads)]
        self.pieces += pieces
        self.best += [None] * (len(pieces) - 1) + [(0, [(head, words) for head, words in whole if head])]
        return True

    def add(self, piece: Wording) -> None:
        """Takes in the next piece."""
        self.pieces.append(piece)
        end = len(self.pieces)
        found: tuple[int, list[tuple[Head, Wording]]] | None = None
        for start in range(max(0, end - _MOST_PIECES), end):
            before = self.best[start]
            if before is None:
                continue
            words = join(self.pieces[start:end], "")
            head = read_head(words.text)
            if head is None or _are_two(self.pieces[start:end]):
                continue
            cost = before[0] + 2 + (head.role == "other") - (head.period is not None and end - start > 1)
            if found is None or cost < found[0]:
                found = cost, [*before[1], (head, words)]
        self.best.append(found)


def _are_two(pieces: Sequence[Wording]) -> bool:
    """Whether pieces are heads of their own, such as `ＫＰＩ` and `現状値`; a kind and its year are one.

    A year and increases (ＫＰＩ増加分の累計) are two.
    """
    heads = [head for piece in pieces if piece.text[0] not in "(（〔" and (head := read_head(piece.text))]
    if len(heads) < 2:
        return False
    years = [head for head in heads if head.is_year]
    kinds = [
        head
        for head in heads
        if head.role == "value" and head.kind and head.period is None and not head.change
    ]
    return not (len(heads) == 2 and len(years) == 1 and len(kinds) == 1)
