"""Which lines of a table without cell borders are one row: told by rules, or by the white space between rows.

A cell of two lines beside a cell of one has its lines nearer to each other than to the next row, or above and below
the middle of that one. Where neither tells, there is no answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sosei_graph.ingest.reading.glyphs import Glyph
from sosei_graph.ingest.reading.layout import Run

#: In widths of a letter: lines whose middles are nearer overlap; rows are this much further apart than lines.
OVERLAP = 0.95
_FURTHER = 0.3
#: What is left free at the end of a line that is full, at most.
_ROOM = 1.6
_FIGURE = re.compile(r"(?:約|およそ)?[▲△−－+＋\-]?\s*[0-9０-９]|[-‐-―－ー−]+$|[…*＊/／]+$")


def is_figure(text: str) -> bool:
    """Whether it begins as a figure does, or is the mark of a missing one."""
    return bool(_FIGURE.match(text))


#: What stands in each column of a line.
Entries = dict[int, list[Glyph]]


@dataclass(frozen=True)
class Level:
    """A line across the table: its middle, what stands in each column, and the runs that it is made of."""

    middle: float
    entries: Entries
    runs: tuple[Run, ...]

    def text(self, column: int) -> str:
        """The characters of an entry."""
        return "".join(glyph.text for glyph in self.entries.get(column, ())).strip()


Row = list[Level]


def rows_of(
    levels: Sequence[Level], rules: Sequence[float], figures: frozenset[int], size: float
) -> Iterator[list[Row]]:
    """The rows of each table; a line of one entry between rows is a heading, and ends a table.

    Nothing comes where the lines can be shared out in more than one way. `figures` are the columns of figures.
    """
    found: list[Row] = []
    width = _name_width(levels)
    for region in _regions(levels, rules):
        bounded = bool(rules) and rules[0] < region[0].middle and region[-1].middle < rules[-1]
        alone = bounded and not _is_several(region, figures) and not _may_be_two(region, width, size)
        rows = [region] if alone else _banded(region, figures, (width, size))
        if rows is None:
            yield from _parts(found)
            found = []
        else:
            found += rows
    yield from _parts(found)


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        if len(_columns(row)) < 2:
            yield part
            part = []
        else:
            part.append(row)
    yield part


def _regions(levels: Sequence[Level], rules: Sequence[float]) -> Iterator[Row]:
    region: Row = []
    for level in levels:
        if region and any(region[-1].middle < rule <= level.middle for rule in rules):
            yield region
            region = []
        region.append(level)
    yield region


def _columns(row: Row) -> set[int]:
    return {column for level in row for column in level.entries}


def _is_several(row: Row, figures: frozenset[int]) -> bool:
    """Whether lines hold more than one figure of a column: they are several rows."""
    return any(sum(is_figure(level.text(column)) for level in row) > 1 for column in figures)


def _banded(levels: Row, figures: frozenset[int], widths: tuple[float, float]) -> list[Row] | None:
    """The rows that the white space tells apart, or None. `widths` are those of the names and of a letter."""
    width, size = widths
    bands: list[Row] = [[levels[0]]]
    for above, below in pairwise(levels):
        if below.middle - above.middle < OVERLAP * size:
            bands[-1].append(below)
        else:
            bands.append([below])
    found: list[Row] = []
    for part in _between_headings(bands, width, size):
        rows = part if _is_certain(part, figures, size) else _joined(part, size)
        if rows is None or not _is_certain(rows, figures, size):
            return None
        if any(_may_be_two(row, width, size) for row in rows):
            return None
        found += rows
    return found


def _name_width(levels: Sequence[Level]) -> float:
    """How wide the names are that stand beside something else: about the room that they have."""
    return max(
        (_width(level) for level in levels if 0 in level.entries and len(level.entries) > 1), default=0.0
    )


def _width(level: Level) -> float:
    inked = [glyph for glyph in level.entries[0] if not glyph.text.isspace()]
    return max(glyph.x1 for glyph in inked) - min(glyph.x0 for glyph in inked)


def _is_full(level: Level, width: float, size: float) -> bool:
    """Whether a name may go on in the next line: there was no room for more."""
    return _width(level) > width - _ROOM * size


def _between_headings(bands: Sequence[Row], width: float, size: float) -> Iterator[list[Row]]:
    """The bands between those that are a heading for certain: words alone, below a name that had room for more."""
    part: list[Row] = []
    for band in bands:
        named = [level for above in part[-1:] for level in above if 0 in level.entries]
        alone = _columns(band) == {0} and len(band) == 1 and not _is_full(band[0], width, size)
        if alone and (not part or (named and not _is_full(named[-1], width, size))):
            yield from ([part] if part else [])
            yield [band]
            part = []
        else:
            part.append(band)
    if part:
        yield part


def _is_certain(rows: Sequence[Row], figures: frozenset[int], size: float) -> bool:
    """Whether each row has a name, and one figure at most in a column; a line of a name alone stands off."""
    if len(rows) == 1 and _columns(rows[0]) == {0}:
        return True
    for row in rows:
        if 0 not in _columns(row) or _is_several(row, figures) or _hangs_below(row):
            return False
    gaps = [(below[0].middle - above[-1].middle, below) for above, below in pairwise(rows)]
    usual = min((gap for gap, row in gaps if _columns(row) != {0}), default=0.0)
    return all(gap > usual + _FURTHER * size for gap, row in gaps if _columns(row) == {0})


def _hangs_below(row: Row) -> bool:
    """Whether a line of the name alone stands above the line of the figures: it may be a heading of its own."""
    return len(row) == 2 and set(row[0].entries) == {0} and 0 in row[1].entries and len(row[1].entries) > 1


def _may_be_two(row: Row, width: float, size: float) -> bool:
    """Whether a name goes on below although there was room for it: that line may be anything."""
    names = [level for level in row if 0 in level.entries]
    return any(not _is_full(level, width, size) for level in names[:-1])


def _joined(bands: Sequence[Row], size: float) -> list[Row] | None:
    """Bands nearer to each other than rows are, in one; None if the distances are all alike."""
    gaps = [below[0].middle - above[-1].middle for above, below in pairwise(bands)]
    steps = sorted(gaps)
    jumps = [(after - before, before) for before, after in pairwise(steps)]
    if not jumps or max(jumps)[0] < _FURTHER * size:
        return None
    nearest = max(jumps)[1]
    rows: list[Row] = [list(bands[0])]
    for gap, band in zip(gaps, bands[1:], strict=True):
        if gap <= nearest:
            rows[-1] += band
        else:
            rows.append(list(band))
    return rows
