"""Names that are wrapped over lines around the line of their values: which line belongs to which name.

A printer sets the values beside the first line of a name, its last one, or its middle. Which of these it is holds for
a whole table, and every line of a name but its last is full. A table that fits only one way is read; what fits two
ways is not.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.indicators.naming import ends_in_figure
from sosei_graph.ingest.extracting.wording import Wording, join

#: Columns of a display that a full line may lack: a character that must not begin a line, or a Latin word.
_SLACK = 4
#: Marks that need no space behind them.
_TIGHT = ("①", "❶", "(1)")


@dataclass
class Around:
    """A line of values: the part of a name on it, and the lines of names before it, down from the values before.

    Only the first `near` of these lines can belong to the row before: a wide gap comes after them.
    """

    own: Wording
    before: list[Wording]
    near: int = 10**6


def display_width(text: str) -> int:
    """The columns that a text takes on a display."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def begins_entry(line: Wording) -> bool:
    """Whether a line has a mark of its own: the next heading or name, and never the rest of a name."""
    marks = [mark for mark in read_marks(line.text) if not mark.tight or mark.style in _TIGHT]
    return bool(marks) and marks[0].rest < len(line.text)


Names = list[list[Wording]]


def names(
    rows: Sequence[Around], after: Sequence[Wording], near: int = 10**6, *, sure: bool = True
) -> list[Wording | None]:
    """The name of each row, None where it is not certain. `after` are the lines below the last row.

    `sure`: whether every line of values is a row for certain; else only names on their own lines are.
    """
    after = list(takewhile(lambda line: not begins_entry(line), after))
    gaps = [row.before for row in rows] + [list(after[:near])]
    nears = [row.near for row in rows] + [near]
    if not sure:
        return [_alone(rows, gaps, at) for at in range(len(rows))]
    ways = [way for way in (_below(rows, gaps), _above(rows, gaps, nears), _middle(rows, gaps, nears)) if way]
    widest = max((display_width(part.text) for gap in gaps for part in gap), default=0)
    widest = max([widest, *(display_width(row.own.text) for row in rows)], default=0)
    fitting = [way for way in ways if _fits(way, widest)]
    if not fitting:
        return [_alone(rows, gaps, at) for at in range(len(rows))]
    joined = [[join(parts) for parts in way] for way in fitting]
    first = joined[0]
    return [
        name if all(way[at].text == name.text for way in joined) else None for at, name in enumerate(first)
    ]


def _alone(rows: Sequence[Around], gaps: Sequence[Sequence[Wording]], at: int) -> Wording | None:
    """The name of a row that stands on its line as a whole: no other line is near."""
    return rows[at].own if rows[at].own and not gaps[at] and not gaps[at + 1] else None


def _below(rows: Sequence[Around], gaps: Sequence[Sequence[Wording]]) -> Names:
    """Values beside or below the last line of the name."""
    return [] if gaps[-1] else [[*gaps[at], *_own(row)] for at, row in enumerate(rows)]


def _above(rows: Sequence[Around], gaps: Sequence[Sequence[Wording]], nears: Sequence[int]) -> Names:
    """Values beside the first line of the name."""
    if gaps[0] or not all(row.own for row in rows):
        return []
    if any(len(gap) > near for gap, near in zip(gaps[1:], nears[1:], strict=True)):
        return []
    return [[*_own(row), *gaps[at + 1]] for at, row in enumerate(rows)]


def _middle(rows: Sequence[Around], gaps: Sequence[Sequence[Wording]], nears: Sequence[int]) -> Names:
    """Values in the middle: as many lines of the name above them as below."""
    found: Names = []
    head = len(gaps[0])
    for at, row in enumerate(rows):
        below = list(gaps[at + 1])
        if len(below) < head or head > nears[at + 1]:
            return []
        above = list(gaps[at])[len(gaps[at]) - head :] if head else []
        found.append([*above, *_own(row), *below[:head]])
        head = len(below) - head
    return found if head == 0 else []


def _own(row: Around) -> list[Wording]:
    return [row.own] if row.own else []


def _fits(way: Names, widest: int) -> bool:
    """Whether every name has words, no figures and one mark, and all of its lines but the last are full."""
    if any(ends_in_figure(part.text) for parts in way for part in parts):
        return False
    return (
        all(parts for parts in way)
        and all(display_width(part.text) >= widest - _SLACK for parts in way for part in parts[:-1])
        and not any(begins_entry(part) for parts in way for part in parts[1:])
    )
