"""Pieces of lines that spaces keep apart, and the columns that they stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.indicators.wrapped import display_width
from sosei_graph.ingest.extracting.wording import Wording

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
    full = len(line) == len(strips) and roles[0] == "name" and all(role == "value" for role in roles[1:])
    in_order = full and [is_value(piece.words.text) for piece in line] == [False, *[True] * (len(line) - 1)]
    return [
        (each.line, at if in_order else _column_of(each, strips), each.words) for at, each in enumerate(line)
    ]
