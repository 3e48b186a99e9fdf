"""What views are made of, and their form in a pipe.

In a pipe blocks become plain text at once: no colours, no rules, a row is one line and nothing is cut. On a
terminal `sosei_graph.terminal` lays them out, with rich, which takes time to import.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sosei_graph.wrapping import width_of

Style = Literal["plain", "heading", "faint", "good", "warning", "bad"]


@dataclass(frozen=True)
class Note:
    """A line of text."""

    text: str
    style: Style = "plain"
    indent: int = 0


@dataclass(frozen=True)
class Grid:
    """Rows and columns. `right` are the places of columns whose cells end at the same place: numbers."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    indent: int = 0


Block = Note | Grid


#: What would steer a terminal, or turn the order of letters around → a sign that stands for it.
_UNPRINTABLE = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "␡",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
}


def clean(text: str) -> str:
    """The text without control characters other than line breaks and tabs: a label must not steer a terminal."""
    return text.translate(_UNPRINTABLE)


def one_line(text: str) -> str:
    """The text on one line, clean."""
    return clean(" ".join(text.split()))


def plain(blocks: Sequence[Block]) -> str:
    """The blocks as text without colours: a row of a grid is one line, its columns two spaces apart."""
    lines = [line for block in blocks for line in _plain_lines(block)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _plain_lines(block: Block) -> list[str]:
    if isinstance(block, Note):
        return [f"{'':{block.indent}}{line}" for line in map(clean, block.text.splitlines() or [""])]
    rows = [[*map(one_line, row)] for row in ((block.head, *block.rows) if block.head else block.rows)]
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    return [f"{'':{block.indent}}" + "  ".join(_padded(row, widths, block.right)) for row in rows]


def _padded(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        padding = " " * (width - width_of(cell))
        yield padding + cell if place in right else cell + padding
