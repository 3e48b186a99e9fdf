"""The printed lines of council material, with their indents and the blank lines before them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sosei_graph.ingest.document import Cell
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.repair import RepairedLine
from sosei_graph.ingest.sentences import display_width

#: A sign at the head of an entry of a list; signs that fonts draw as bullets stand in the private use area.
BULLET = re.compile(r"\s*(?P<sign>[・･○●◯〇◎■□◆◇▶►➢✓•‣◦▪●－–\ue000-\uf8ff\uf06c-]|[-*](?=\s))\s*")
ARROW = re.compile(r"\s*(?:⇒|→|➡|➔|⇨|＝＞|=>|▷)\s*")
#: The number of a page that stands alone in its document.
_PAGE_NUMBER = re.compile(r"[-－―–]\s*[0-9０-９]{1,3}\s*[-－―–]")
_ENDED = re.compile(r"[。？！?!」』)）】]$")


@dataclass(frozen=True)
class Row:
    """A printed line: `whole` with the spaces before it, `words` without; `gap` blank lines stand before it.

    A vertical caption is one row.
    """

    words: Wording
    whole: Wording
    gap: int = 0
    caption: bool = False

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.words.text

    @property
    def indent(self) -> int:
        """The columns of white space before the words."""
        return display_width(self.whole.text[: len(self.whole.text) - len(self.whole.text.lstrip())])


def free_rows(source: Source) -> list[Row]:
    """The lines that stand in no table."""
    rows = list[Row]()
    chain = list[RepairedLine]()
    text = source.repaired.text
    lines = [
        line
        for line in source.repaired.lines
        if not _in_table(line, source) and not _PAGE_NUMBER.fullmatch(text[line.start : line.end].strip())
    ]
    for at, line in enumerate(lines):
        chain.append(line)
        following = lines[at + 1] if at + 1 < len(lines) else None
        if following is None or not _same_caption(line, following, source):
            before = lines[at - len(chain)] if at >= len(chain) else None
            rows.append(_row(chain, before, source))
            chain = []
    return rows


def _in_table(line: RepairedLine, source: Source) -> bool:
    at = bisect_right(source.tables, line.start, key=lambda table: table[0]) - 1
    return at >= 0 and line.start < source.tables[at][1]


def _same_caption(one: RepairedLine, two: RepairedLine, source: Source) -> bool:
    text = source.repaired.text
    single = len(text[one.start : one.end].strip()) == 1 == len(text[two.start : two.end].strip())
    return single and not text[one.end : two.start]


def _row(chain: Sequence[RepairedLine], before: RepairedLine | None, source: Source) -> Row:
    text, first = source.repaired.text, chain[0]
    parts = [Wording(text[line.start : line.end], tuple(range(line.start, line.end))) for line in chain]
    between = source.reading.text[before.canonical.end : first.canonical.start] if before else ""
    gap = max(0, between.count("\n") - 1)
    if len(chain) == 1:
        return Row(parts[0].cut(0), parts[0], gap)
    whole = join((part.cut(0) for part in parts), "")
    return Row(whole, whole, gap, caption=True)


def usual_gap(rows: Iterable[Row]) -> int:
    """How many blank lines stand between lines that follow each other: some texts have one after every line."""
    counts = Counter(row.gap for row in rows)
    return counts.most_common(1)[0][0] if counts else 0


def cell_lines(cell: Cell, source: Source) -> list[Wording]:
    """The printed lines of a cell."""
    lines = list[Wording]()
    for span in cell.spans:
        start, end = source.repaired.within(span)
        at = start
        for line in source.repaired.text[start:end].splitlines(keepends=True):
            lines.append(Wording(line, tuple(range(at, at + len(line)))).cut(0))
            at += len(line)
    return [line for line in lines if line]


@dataclass(frozen=True)
class Point:
    """An entry of a list: its words without the sign, the number of its mark if it has one."""

    words: Wording
    number: int | None = None
    marked: bool = False


def points(lines: Sequence[Wording]) -> list[Point]:
    """The entries that lines hold; lines without signs are one."""
    if not lines:
        return []
    lines = [part for line in lines for part in _parted(line)]
    starts = _bullets(lines) or _numbers(lines)
    if not starts:
        return [Point(join(lines))]
    bounds: list[Start] = [*starts, (len(lines), 0, None)]
    found = list[Point]()
    for (first, rest, number), (last, _, _) in pairwise(bounds):
        found.append(Point(join([lines[first].cut(rest), *lines[first + 1 : last]]), number, marked=True))
    return [point for point in found if point.words]


def _parted(line: Wording) -> list[Wording]:
    """A line cut before the signs of entries that follow the end of a sentence in it."""
    cuts = [found.end() for found in re.finditer(r"[。？?]\s*(?=[・･○●①-⑳])", line.text)]
    return [part for one, two in pairwise([0, *cuts, len(line)]) if (part := line.cut(one, two))]


Start = tuple[int, int, int | None]


def _bullets(lines: Sequence[Wording]) -> list[Start]:
    """Where entries with the sign of the first line begin; a `・` within a word that was broken is none."""
    first = BULLET.match(lines[0].text)
    if first is None:
        return []
    widest = max(display_width(line.text) for line in lines)
    starts: list[Start] = [(0, first.end(), None)]
    for at in range(1, len(lines)):
        found = BULLET.match(lines[at].text)
        before = lines[at - 1].text
        if found and found["sign"] == first["sign"] and ends(before, widest):
            starts.append((at, found.end(), None))
    return starts


def ends(line: str, widest: int) -> bool:
    """Whether a line ends an entry: with the end of a sentence, or short of the right edge."""
    return bool(_ENDED.search(line)) or display_width(line) < 0.85 * widest


def _numbers(lines: Sequence[Wording]) -> list[Start]:
    """Where entries with marks (①, (1), 1.) begin that are numbered from 1."""
    starts = list[Start]()
    style = ""
    for at, line in enumerate(lines):
        for mark in read_marks(line.text):
            if mark.tight or (starts and mark.style != style) or mark.numbers != (len(starts) + 1,):
                continue
            if at == 0 or starts:
                style = mark.style
                starts.append((at, mark.rest, mark.numbers[-1]))
            break
        if not starts:
            return []
    return starts if len(starts) > 1 else []
