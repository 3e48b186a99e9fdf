"""Tables whose columns only white space keeps apart, with rules between their rows or without any line.

Columns are told by the white space that runs through all their lines, rows by rules or by the space between them
(`banding`). Only what can be read in one way is a table: entries aligned in each column, figures in at least one, and
nothing that could be two entries in one cell. Everything else stays lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from sosei_graph.ingest.document import Box
from sosei_graph.ingest.reading.banding import OVERLAP, Entries, Level, Row, is_figure, rows_of
from sosei_graph.ingest.reading.layout import Run, box_around, lines, rows, stand_apart
from sosei_graph.ingest.reading.ruling import Ruled, Slot
from sosei_graph.ingest.reading.tearing import Cells

#: All in widths of a letter. White space between columns in most lines, and at least in every line.
_WIDE = 0.9
_LEAST = 0.25
#: More than this inside an entry is a column that was not told apart.
_INNER = 1.5
#: Lines further from each other, from middle to middle, belong to different things.
_FURTHEST = 4.0
_ASTRAY = 0.7
_LEAST_COLUMNS = 3

_YEAR = re.compile(r"[0-9０-９]{4}\s*(?:年|[(（]|$)|[0-9０-９]{1,2}\s*年度")

Gutter = tuple[float, float]


def aligned_tables(texts: Sequence[Run], rules: Sequence[Box]) -> tuple[list[tuple[Ruled, Cells]], list[Run]]:
    """The tables among the lines of a page, and the runs that are in none. `rules` are its horizontal lines."""
    tables: list[tuple[Ruled, Cells]] = []
    taken: set[int] = set()
    for stretch in _stretches([row for row in rows(texts) if not row[0].upright]):
        for table, held in _tables_of(stretch, rules):
            tables.append(table)
            taken |= {id(run) for level in held for run in level.runs}
    return tables, [run for run in texts if id(run) not in taken]


def _stretches(found: Sequence[Sequence[Run]]) -> Iterator[list[Sequence[Run]]]:
    """Lines below each other through which white space runs, around one that has three entries."""
    end = 0
    for seed, row in enumerate(found):
        if seed < end or len(_columns([row])) < _LEAST_COLUMNS - 1:
            continue
        start, last = seed, seed + 1
        while last < len(found) and _goes_on(found[start:last], found[last - 1], found[last]):
            last += 1
        while start > end and _goes_on(found[start:last], found[start - 1], found[start]):
            start -= 1
        stretch = list(found[start:last])
        while len(stretch) > 1 and _is_apart(stretch[0], stretch[1]):
            del stretch[0]
        yield stretch
        end = last


def _columns(stretch: Sequence[Sequence[Run]]) -> list[Gutter]:
    """The white space between the columns of lines: wide, or wide in most lines that have both columns beside it."""
    texts = [run for row in stretch for run in row]
    size = _size(texts)
    gutters = _gutters(texts, size)
    levels = [_level(row, gutters) for row in stretch]
    kept = []
    for column, (left, right) in enumerate(gutters):
        gaps = [
            level.entries[column + 1][0].x0 - level.entries[column][-1].x1
            for level in levels
            if column in level.entries and column + 1 in level.entries
        ]
        wide = sum(gap >= _WIDE * size for gap in gaps)
        if right - left >= _WIDE * size or (wide and wide >= 0.6 * len(gaps)):
            kept.append((left, right))
    return kept


def _goes_on(stretch: Sequence[Sequence[Run]], above: Sequence[Run], below: Sequence[Run]) -> bool:
    """Whether one of two lines that follow each other belongs to a stretch with the other: no column is lost."""
    size = _size([*above, *below])
    if _middle(below) - _middle(above) > _FURTHEST * size:
        return False
    row = below if above in stretch else above
    left = _gutters([run for each in (*stretch, row) for run in each], size)
    return all(
        any(_overlap(gutter, other) >= _LEAST * size for other in left) for gutter in _columns(stretch)
    )


def _is_apart(above: Sequence[Run], below: Sequence[Run]) -> bool:
    """Whether it is a line of one entry above the others: a heading, or the end of a paragraph."""
    return not _columns([above]) and _middle(below) - _middle(above) > OVERLAP * _size(below)


def _overlap(one: Gutter, other: Gutter) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _middle(row: Sequence[Run]) -> float:
    box = box_around(run.box for run in row)
    return (box.top + box.bottom) / 2


def _size(texts: Iterable[Run]) -> float:
    return max(1.0, median(glyph.size for run in texts for glyph in run.glyphs))


def _gutters(texts: Sequence[Run], size: float) -> list[Gutter]:
    """The white space that runs through all of them."""
    inked = sorted((glyph.x0, glyph.x1) for run in texts for glyph in run.glyphs if not glyph.text.isspace())
    found, reach = [], inked[0][1]
    for start, end in inked[1:]:
        if start - reach >= _LEAST * size:
            found.append((reach, start))
        reach = max(reach, end)
    return found


def _tables_of(
    stretch: Sequence[Sequence[Run]], rules: Sequence[Box]
) -> Iterator[tuple[tuple[Ruled, Cells], list[Level]]]:
    if len(stretch) < 2:
        return
    texts = [run for row in stretch for run in row]
    size = _size(texts)
    gutters = _columns(stretch)
    if len(gutters) + 1 < _LEAST_COLUMNS:
        return
    levels = [_level(row, gutters) for row in stretch]
    figures = _columns_of_figures(levels, len(gutters) + 1)
    if not figures or any(_holds_two_entries(level, size) for level in levels):
        return
    for part in rows_of(levels, _across(rules, box_around(run.box for run in texts)), figures, size):
        if _is_table(part, figures, len(gutters) + 1, size):
            yield _table(part, len(gutters) + 1), [level for row in part for level in row]


def _level(row: Sequence[Run], gutters: Sequence[Gutter]) -> Level:
    entries: Entries = {}
    for run in row:
        for glyph in run.glyphs:
            column = sum(glyph.middle[0] > (left + right) / 2 for left, right in gutters)
            if not glyph.text.isspace():
                entries.setdefault(column, []).append(glyph)
    seen = {column: sorted(held, key=lambda glyph: glyph.x0) for column, held in entries.items()}
    return Level(_middle(row), seen, tuple(row))


def _holds_two_entries(level: Level, size: float) -> bool:
    for held in level.entries.values():
        gaps = [after.x0 - before.x1 for before, after in pairwise(held)]
        if max(gaps, default=0) >= _INNER * size and not stand_apart(held):
            return True
    return False


def _columns_of_figures(levels: Sequence[Level], count: int) -> frozenset[int]:
    """The columns, but for the first, whose entries below the first line are figures in general."""
    found = set()
    for column in range(1, count):
        entries = [level.text(column) for level in levels if column in level.entries]
        if sum(is_figure(entry) for entry in entries) >= 0.3 * len(entries) > 0:
            found.add(column)
    return frozenset(found)


def _across(rules: Sequence[Box], hull: Box) -> list[float]:
    """The heights of the rules that go over most of the width, which may be drawn in pieces."""
    by_height: dict[int, list[Box]] = {}
    for rule in rules:
        by_height.setdefault(round(rule.top / 2), []).append(rule)
    found = []
    for pieces in by_height.values():
        covered, reach = 0.0, hull.x0
        for piece in sorted(pieces, key=lambda piece: piece.x0):
            covered += max(0.0, min(piece.x1, hull.x1) - max(piece.x0, reach))
            reach = max(reach, piece.x1)
        if covered >= 0.8 * hull.width:
            found.append(pieces[0].top)
    return sorted(found)


def _is_table(part: Sequence[Row], figures: frozenset[int], count: int, size: float) -> bool:
    """Whether rows are a head with all its columns, and below it named entries that stand in line."""
    if len(part) < 2 or {column for level in part[0] for column in level.entries} != set(range(count)):
        return False
    body = part[1:]
    if any(is_figure(_first(row, 0)) for row in part) or not all(_first(row, 0) for row in body):
        return False
    if any(is_figure(head) and not _YEAR.match(head) for head in (_first(part[0], each) for each in figures)):
        return False  # the head stands elsewhere
    entries = [_first(row, column) for row in body for column in figures]
    if sum(is_figure(entry) for entry in entries) < 0.6 * len(entries):
        return False
    return all(_in_line(body, column, size) for column in range(count))


def _first(row: Row, column: int) -> str:
    return next((level.text(column) for level in row if column in level.entries), "")


def _in_line(body: Sequence[Row], column: int, size: float) -> bool:
    """Whether the entries of a column begin, end, or have their middles below each other."""
    boxes = [
        box_around(glyph for level in row for glyph in level.entries.get(column, ()))
        for row in body
        if any(column in level.entries for level in row)
    ]
    for sides in (
        [box.x0 for box in boxes],
        [box.x1 for box in boxes],
        [(box.x0 + box.x1) / 2 for box in boxes],
    ):
        if all(abs(side - median(sides)) <= _ASTRAY * size for side in sides):
            return True
    return not boxes


def _table(part: Sequence[Row], count: int) -> tuple[Ruled, Cells]:
    glyphs = [glyph for row in part for level in row for held in level.entries.values() for glyph in held]
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    hull = box_around(inked)
    cells: Cells = []
    for column in range(count):
        own = [
            glyph
            for row in part
            for level in row
            for glyph in level.entries.get(column, ())
            if glyph.text.strip()
        ]
        width = box_around(own)
        for number, row in enumerate(part):
            held = [glyph for level in row for glyph in level.entries.get(column, ())]
            inside = box_around(glyph for level in row for each in level.entries.values() for glyph in each)
            slot = Slot(number, column, 1, 1, Box(width.x0, inside.top, width.x1, inside.bottom))
            cells.append((slot, lines(held)))
    cells.sort(key=lambda cell: (cell[0].row, cell[0].column))
    return Ruled(hull, tuple(slot for slot, _ in cells), drawn=False), cells
