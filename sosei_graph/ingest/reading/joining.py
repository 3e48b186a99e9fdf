"""The lines of a cell as one text: joined where the cell had no room for more, and only there."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sosei_graph.ingest.document import Box
from sosei_graph.ingest.marks import BEGINS_ENTRY
from sosei_graph.ingest.reading.layout import PrintedRow, is_wide


def joined(lines: Sequence[PrintedRow], box: Box | None) -> str:
    """The text of a cell. A line end stays where there was room for more, before an entry, and between digits."""
    if not lines:
        return ""
    words = [squeezed(line) for line in lines]
    parts = [words[0]]
    margin = _margin(lines, box)
    for (before, after), (word, following) in zip(pairwise(lines), pairwise(words), strict=True):
        parts += [_between(before, after, margin, (word, following)), following]
    return "".join(parts)


def squeezed(line: PrintedRow) -> str:
    """The line's text without the spaces of letters that are spread over the width."""
    return "".join(line.text.split()) if line.spread else line.text


def _between(before: PrintedRow, after: PrintedRow, room: float | None, words: tuple[str, str]) -> str:
    one, two = words
    if before.upright and after.upright:
        return ""
    goes_on = before.upright is after.upright and before.box is not None and room is not None
    if not goes_on or BEGINS_ENTRY.match(two) or (one[-1].isdigit() and two[0].isdigit()):
        return "\n"
    size = before.size or 0.0
    needed = size * (1.0 if is_wide(two[0]) else 0.5 * len(re.match(r"[!-~]*", two)[0] or " "))  # type: ignore[index]
    if before.box is None or room is None or before.box.width + needed <= room:
        return "\n"
    return " " if _is_latin(one[-1]) and _is_latin(two[0]) else ""


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def _margin(lines: Sequence[PrintedRow], box: Box | None) -> float | None:
    """The width that a line can have: the cell's, without as much on both sides as its widest line leaves on one."""
    boxes = [line.box for line in lines if line.box is not None]
    if box is None or not boxes:
        return None
    free = min(min(each.x0 - box.x0, box.x1 - each.x1) for each in boxes)
    return box.width - 2 * max(0.0, free) + 0.3
