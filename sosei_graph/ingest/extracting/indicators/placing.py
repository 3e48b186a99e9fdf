"""Pieces of lines that spaces keep apart, and the columns that they stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from sosei_graph.ingest.extracting.indicators.naming import ends_in_figure
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.indicators.wrapped import display_width
from sosei_graph.ingest.extracting.wording import Wording

#: Columns of a display that a full-width space takes.
_ONE_SPACE = 2
_GAP = re.compile(r" {2,}|　+|\t")


@dataclass(frozen=True)
class Piece:
    """A piece of a line between gaps, with the columns of a display where it begins and ends."""

    words: Wording
    left: int
    right: int
    line: int = 0


def pieces_of(line: Wording, number: int = 0) -> list[Piece]:
    """The pieces of a printed line, which still has the spaces before it."""
    found, text = [], line.text
    bounds = [0, *(place for gap in _GAP.finditer(text) for place in gap.span()), len(text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if text[start:end].strip():
            words = line.cut(start, end)
            before = display_width(text[: start + len(text[start:end]) - len(text[start:end].lstrip())])
            found.append(Piece(words, before, before + display_width(words.text), number))
    return found


def _column_of(piece: Piece, strips: Sequence[tuple[int, int]]) -> int:
    """The column of a piece: the one that it covers most of, else the nearest."""

    def closeness(at: int) -> tuple[int, int]:
        left, right = strips[at]
        overlap = min(right, piece.right) - max(left, piece.left)
        return overlap, -abs((left + right) - (piece.left + piece.right))

    return max(range(len(strips)), key=closeness)


def placed(
    line: Sequence[Piece], strips: Sequence[tuple[int, int]], roles: Sequence[str]
) -> list[tuple[int, int, Wording]]:
    """The pieces of a line in their columns: in order where it holds a name and a value for each, else by place."""
    ordered = in_order(line, roles)
    return [
        (each.line, at if ordered else _column_of(each, strips), each.words) for at, each in enumerate(line)
    ]


def in_order(line: Sequence[Piece], roles: Sequence[str]) -> bool:
    """Whether a line holds a name and a value for each column, so that their order tells the columns."""
    if len(line) != len(roles) or roles[0] != "name" or any(role != "value" for role in roles[1:]):
        return False
    return [is_value(piece.words.text) for piece in line] == [False, *[True] * (len(line) - 1)]


def crosses(line: Sequence[Piece], values: int) -> bool:
    """Whether a piece goes from before the first column of values into it."""
    return any(piece.left < values - 2 and piece.right > values + 6 for piece in line)


def placeable(
    body: Sequence[Piece], roles: Sequence[str], lefts: Sequence[int]
) -> tuple[list[Piece], list[list[Wording]]]:
    """The pieces that have a column, and the lines with figures of which it is not certain which columns they have.

    Where spaces only part the cells, the order of the cells tells their columns, in lines that have them all.
    `lefts` are where the heads of the columns begin.
    """
    values = next(left for left, role in zip(lefts, roles, strict=True) if role == "value")
    lines = [list(line) for _, line in groupby(body, lambda piece: piece.line)]
    by_order = _go_by_order(lines, roles, values)
    kept: list[Piece] = []
    left: list[list[Wording]] = []
    for line in lines:
        first = line[0].words.text
        holds = line[0].left < values and not is_value(first) and ends_in_figure(first)
        partly = not in_order(line, roles) and any(is_value(piece.words.text) for piece in line)
        if holds or (partly and (by_order or crosses(line, values))):
            left.append([piece.words for piece in line])
        else:
            kept += line
    return kept, left


def _go_by_order(lines: Sequence[Sequence[Piece]], roles: Sequence[str], values: int) -> bool:
    """Whether cells do not stand below their heads: names reach below those of values, or one space parts all cells."""
    full = [line for line in lines if in_order(line, roles)]
    if any(line[0].right > values for line in full):
        return True
    gaps = [after.left - before.right for line in lines for before, after in pairwise(line)]
    return bool(gaps) and max(gaps) <= _ONE_SPACE
