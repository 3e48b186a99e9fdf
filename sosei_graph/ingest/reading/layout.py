"""Printed characters in the order in which they are read: runs, lines, columns of text, vertical writing.

Nothing here knows where the characters come from; all lengths are points on the page as shown.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from sosei_graph.ingest.document import Box
from sosei_graph.ingest.reading.composing import Printed
from sosei_graph.ingest.reading.glyphs import Glyph


@dataclass(frozen=True)
class PrintedRow(Printed):
    """A printed line with how its characters stand.

    `upright` is written from above to below; the letters of `spread` stand apart at one distance (均等割付).
    """

    upright: bool = False
    spread: bool = False


@dataclass(frozen=True)
class Run:
    """Characters that follow each other without a gap, in one direction."""

    glyphs: tuple[Glyph, ...]
    box: Box
    upright: bool = False


@lru_cache(maxsize=8192)
def is_wide(text: str) -> bool:
    """Whether a character takes a full square, as Japanese ones do."""
    return unicodedata.east_asian_width(text) in "WFA"


@lru_cache(maxsize=8192)
def is_japanese_letter(text: str) -> bool:
    """Whether it is a kanji, a kana or the sound mark `ー`."""
    return (
        text in "ー々〆ヶ"
        or "ぁ" <= text <= "ヺ"
        or "\u2e80" <= text <= "\u9fff"
        or "\uf900" <= text <= "\ufaff"
    )


def box_around(boxes: Iterable[Box | Glyph]) -> Box:
    """The smallest box around all of them."""
    known = list(boxes)
    return Box(
        min(box.x0 for box in known),
        min(box.top for box in known),
        max(box.x1 for box in known),
        max(box.bottom for box in known),
    )


def runs(glyphs: Sequence[Glyph]) -> list[Run]:
    """The characters in runs, in the order of the file; spaces that stand alone are left out."""
    found: list[Run] = []
    current: list[Glyph] = []
    down = False
    for glyph in glyphs:
        if current:
            goes_on_down = (down or len(current) == 1) and _follows_below(current[-1], glyph)
            if not down and _follows(current[-1], glyph):
                current.append(glyph)
                continue
            if goes_on_down:
                down = True
                current.append(glyph)
                continue
            found += _run(current, upright=down)
        current, down = [glyph], False
    return found + (_run(current, upright=down) if current else [])


def _run(glyphs: list[Glyph], *, upright: bool) -> list[Run]:
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return [Run(tuple(glyphs), box_around(seen), upright)] if seen else []


def _follows(before: Glyph, after: Glyph) -> bool:
    """Whether a character stands to the right of another on the same line, without a wide gap."""
    if before.turn or after.turn:
        return False
    size = max(before.size, after.size, 1.0)
    gap = after.x0 - before.x1
    return _beside(before, after) and -0.6 * size < gap < 0.9 * size and after.x0 > before.x0 - 0.05 * size


def _beside(one: Glyph | Run, other: Glyph | Run) -> bool:
    """Whether two stand on one line: at least half of the smaller one's height is shared."""
    a = one.box if isinstance(one, Run) else one
    b = other.box if isinstance(other, Run) else other
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared >= 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _follows_below(before: Glyph, after: Glyph) -> bool:
    """Whether a letter stands right below another: vertical writing, or a caption one character a line."""
    if before.turn or after.turn or not (is_japanese_letter(before.text) and is_japanese_letter(after.text)):
        return False
    size = max(before.size, after.size, 1.0)
    aligned = abs(before.middle[0] - after.middle[0]) < 0.2 * size
    return aligned and 0.6 * size < after.middle[1] - before.middle[1] < 1.9 * size


def lines(glyphs: Sequence[Glyph]) -> list[PrintedRow]:
    """All printed lines of a region (a cell, a column of text) from above; vertical writing from the right."""
    if not glyphs:
        return []
    level = [glyph for glyph in glyphs if glyph.turn == 0]
    return [line for row in rows(runs(level)) for line in row_lines(row)] + turned_lines(glyphs)


def row_lines(row: Sequence[Run]) -> list[PrintedRow]:
    """What a row says: one line, or the columns of vertical writing from the right."""
    return [printed([run]) for run in reversed(row)] if row[0].upright else [printed(row)]


def turned_lines(glyphs: Sequence[Glyph]) -> list[PrintedRow]:
    """The lines that are printed turned by quarters of a circle, each quarter by itself."""
    found: list[PrintedRow] = []
    for turn in (1, 2, 3):
        level = [_turned_back(glyph) for glyph in glyphs if glyph.turn == turn]
        found += [replace(line, box=_turned(line.box, turn) if line.box else None) for line in lines(level)]
    return found


def _turned_back(glyph: Glyph) -> Glyph:
    box = _turned(Box(glyph.x0, glyph.top, glyph.x1, glyph.bottom), 4 - glyph.turn)
    return Glyph(glyph.text, box.x0, box.top, box.x1, box.bottom, glyph.size)


def _turned(box: Box, turn: int) -> Box:
    """A box turned clockwise around the origin by quarters."""
    for _ in range(turn % 4):
        box = Box(-box.bottom, box.x0, -box.top, box.x1)
    return box


def rows(found: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand beside each other, from above; in a row from the left. Vertical writing has its own rows."""
    grouped: list[list[Run]] = []
    for upright in (False, True):
        level = [run for run in found if run.upright is upright]
        part: list[list[Run]] = []
        leads: list[Run] = []  # the highest run of each row tells what is beside it
        for run in sorted(level, key=lambda run: (run.box.top + run.box.bottom) / 2):
            near = range(len(leads) - 1, max(-1, len(leads) - 6), -1)
            place = next((at for at in near if _beside(leads[at], run)), None)
            if place is None:
                part.append([run])
                leads.append(run)
            else:
                part[place].append(run)
                leads[place] = max(leads[place], run, key=lambda each: each.box.height)
        grouped += part
    for row in grouped:
        row.sort(key=lambda run: run.box.x0)
    grouped.sort(key=lambda row: min(run.box.top for run in row))
    return grouped


def printed(row: Sequence[Run]) -> PrintedRow:
    """A row of runs as one line: gaps become spaces, more for wider ones."""
    glyphs = [glyph for run in row for glyph in run.glyphs]
    if not row[0].upright:
        glyphs.sort(key=lambda glyph: glyph.x0)  # stable: what a font places oddly stays in order
    parts = [glyphs[0].text]
    for before, after in pairwise(glyphs):
        if not row[0].upright:
            parts.append(_gap(before, after))
        parts.append(after.text)
    size = median(glyph.size for glyph in glyphs)
    text = "".join(parts).strip()
    return PrintedRow(text, box_around(run.box for run in row), size, row[0].upright, stand_apart(glyphs))


def _gap(before: Glyph, after: Glyph) -> str:
    """The spaces that a gap comes to: none where letters are set as usual."""
    size = max(before.size, after.size, 1.0)
    gap = (after.x0 - before.x1) / size
    if before.text.isspace() or after.text.isspace():
        return " " * min(60, round(gap / 0.5)) if gap > 1.5 else ""
    if _is_raised_digit(before, after):
        return " "
    least = 0.5 if is_wide(before.text) or is_wide(after.text) else 0.2
    if gap < least:
        return ""
    return " " if gap < 1.8 else " " * min(60, max(2, round(gap / 0.5)))


def _is_raised_digit(before: Glyph, after: Glyph) -> bool:
    """Whether a small raised digit follows a digit: the mark of a note, which would change the number."""
    small = after.size < 0.75 * before.size or after.bottom - after.top < 0.75 * (before.bottom - before.top)
    return (
        before.text.isdigit()
        and after.text.isdigit()
        and small
        and after.bottom < before.bottom - 0.1 * before.size
    )


def stand_apart(glyphs: Sequence[Glyph]) -> bool:
    """Whether Japanese letters stand apart at one distance, as names are spread over the width of a cell."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(seen) < 2 or not all(is_japanese_letter(glyph.text) for glyph in seen):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairwise(seen)]
    size = median(glyph.size for glyph in seen)
    return min(gaps) > 0.3 * size and max(gaps) - min(gaps) < 0.15 * size + 0.02 * max(gaps)


Item = tuple[Box, object]


def in_order(texts: Sequence[Run], others: Sequence[Item], emit: Callable[[object], None]) -> None:
    """Gives `emit` the rows of the page (lists of runs) and the other things (tables) as they are read.

    Columns of running text are read one after the other; columns of short entries are rows of a list, and stay rows.
    """
    if others:
        _around_things(texts, others, emit)
        return
    found = rows(texts)
    at = 0
    while at < len(found):
        end, gutter = _columns(found, at)
        if gutter is None:
            emit(found[at])
            at += 1
            continue
        inside = [run for row in found[at:end] for run in row]
        in_order([run for run in inside if run.box.x1 <= gutter], [], emit)
        in_order([run for run in inside if run.box.x1 > gutter], [], emit)
        at = end


def _around_things(texts: Sequence[Run], others: Sequence[Item], emit: Callable[[object], None]) -> None:
    """What stands above the uppermost thing, to its left, the thing, to its right, and then what is below."""
    box, thing = min(others, key=lambda item: (item[0].top, item[0].x0))
    rest = [item for item in others if item[1] is not thing]
    beside = [item for item in rest if item[0].top < box.bottom - 1]
    left_things = [item for item in beside if item[0].x1 <= box.x0 + 1]
    right_things = [item for item in beside if item not in left_things]
    below_things = [item for item in rest if item not in beside]
    above = [run for run in texts if (run.box.top + run.box.bottom) / 2 < box.top]
    below = [run for run in texts if (run.box.top + run.box.bottom) / 2 > max(box.top, box.bottom)]
    taken = {id(run) for run in (*above, *below)}
    level = [run for run in texts if id(run) not in taken]
    left = [run for run in level if run.box.x0 < box.x0]
    right = [run for run in level if run.box.x0 >= box.x0]
    in_order(above, [], emit)
    in_order(left, left_things, emit)
    emit(thing)
    in_order(right, right_things, emit)
    in_order(below, below_things, emit)


_LEAST_ROWS = 3


def _columns(found: Sequence[Sequence[Run]], at: int) -> tuple[int, float | None]:
    """Whether two columns of running text begin at a row: where they end, and the middle of the gap between."""
    if len(found[at]) < 2:
        return at, None
    best: tuple[int, float | None] = (at, None)
    size = median(run.glyphs[0].size for run in found[at])
    for before, after in pairwise(found[at]):
        low, high = before.box.x1, after.box.x0
        end = at
        for row in found[at:]:
            across = [run for run in row if run.box.x0 < high and run.box.x1 > low]
            if across:
                new_low = max((run.box.x1 for run in across if run.box.x0 < low), default=low)
                new_high = min((run.box.x0 for run in across if run.box.x0 >= low), default=high)
                if new_high - new_low < size or new_low >= new_high:
                    break
                low, high = new_low, new_high
            end += 1
        gutter = (low + high) / 2
        if high - low >= size and end > best[0] and _is_running_text(found[at:end], gutter):
            best = (end, gutter)
    return best


def _is_running_text(found: Sequence[Sequence[Run]], gutter: float) -> bool:
    """Whether on both sides of the gap most lines fill their column."""
    for left in (True, False):
        sides = [[run for run in row if (run.box.x1 <= gutter) is left] for row in found]
        spans = [box_around(run.box for run in side) for side in sides if side]
        if len(spans) < _LEAST_ROWS:
            return False
        whole = box_around(spans)
        size = median(run.glyphs[0].size for side in sides for run in side)
        if whole.width < 10 * size:
            return False
        # What is printed counts, and not the space between entries of a list.
        inked = [sum(run.box.width for run in side) for side in sides if side]
        full = sum(width > 0.75 * whole.width for width in inked)
        if full < 0.6 * len(spans):
            return False
    return True
