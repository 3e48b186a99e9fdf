"""Which lines are about which goal.

A document that runs on has a goal's lines below its heading. Slides repeat the goal on every page (`〈2/5〉`), often
below what it is the heading of; there a page belongs to the goal that it names. Where text of several columns was mixed
up, blocks that are as many as the goals belong to these in their order.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.goals.labels import LabelKind, read_label
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.mentions import Goal, Mention
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.text import fold

_CHAPTER = re.compile(r"^\s*第\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[編章部](?![のをにはが])")
_AFTER = re.compile(
    r"(?:推進体制|進行管理|進捗管理|(?:計画|戦略)の(?:推進|進行|進捗|検証|評価)|PDCA|ＰＤＣＡ|資料編|参考資料|用語(?:集|解説)|策定(?:経過|経緯|体制)|人口ビジョン"
    r"|今後のスケジュール|委員名簿|横断的な視点)"
)


@dataclass
class Scope:
    """The lines of a goal. `sure` is False where they were told by their order only."""

    goal: Goal
    lines: list[Line] = field(default_factory=list)
    slides: bool = False
    by_order: bool = False


def find_scopes(lines: Sequence[Line], goals: Sequence[Goal]) -> list[Scope]:
    """The lines of each goal, in the order of the goals."""
    if sum(line.counter is not None for line in lines) >= 3:
        return _slides(lines, goals)
    running = _running(lines, goals)
    return _blocks(lines, goals, running) or running


def _headings(goals: Iterable[Goal], lines: Sequence[Line]) -> dict[int, Goal]:
    """The lines that are headings of goals."""
    found: dict[int, Goal] = {}
    for goal in goals:
        for mention in goal.mentions:
            if not mention.listed and not lines[mention.line].contents and names(goal, mention):
                found[mention.line] = goal
    return found


def names(goal: Goal, mention: Mention) -> bool:
    """Whether a place names the goal by its title, or by the beginning of it."""
    title = fold(goal.title.text)
    return any(
        (text := fold(words.text)) and (text.startswith(title) or (len(text) >= 8 and title.startswith(text)))
        for words in mention.titles
    )


def _running(lines: Sequence[Line], goals: Sequence[Goal]) -> list[Scope]:
    headings = _headings(goals, lines)
    scopes = {id(goal): Scope(goal) for goal in goals}
    current: Goal | None = None
    for line in lines:
        if line.number in headings:
            current = headings[line.number]
        elif _CHAPTER.match(line.words.text) or _is_after(line):
            current = None
        elif current is not None and not line.contents:
            scopes[id(current)].lines.append(line)
    return list(scopes.values())


def _is_after(line: Line) -> bool:
    """Whether a heading begins what comes after the goals."""
    marks = read_marks(line.words.text)
    if not marks or marks[0].style not in ("1", "1.", "第章", "第節", "第編", "I", "I.", "1-1"):
        return False
    return len(line.words) < 30 and _AFTER.search(line.words.text) is not None


def _slides(lines: Sequence[Line], goals: Sequence[Goal]) -> list[Scope]:
    """Pages by the goal that each names."""
    scopes = {id(goal): Scope(goal, slides=True) for goal in goals}
    strong = _told(lines, goals, [line.chunk for line in lines])
    weak = _told(lines, goals, [line.weak for line in lines])
    for line in lines:
        told = strong[line.chunk] if len(strong[line.chunk]) == 1 else weak[line.weak]
        if len(told) == 1:
            scopes[next(iter(told))].lines.append(line)
    return list(scopes.values())


def _told(lines: Sequence[Line], goals: Sequence[Goal], pages: Sequence[int]) -> dict[int, set[int]]:
    """For each page the goals whose titles stand on it; lone numbers (基本目標２) are references."""
    told: dict[int, set[int]] = {page: set() for page in pages}
    titles = {fold(goal.title.text): goal for goal in goals}
    headings = _headings(goals, lines)
    for goal in goals:
        for mention in goal.mentions:
            if mention.provisional and not mention.listed:
                headings[mention.line] = goal
            if mention.listed:
                told[pages[mention.line]].add(id(goal))
    for line, page in zip(lines, pages, strict=True):
        named = headings.get(line.number) or titles.get(
            fold(re.sub(r"[(（]仮置き[)）]", "", line.words.text))
        )
        if named is not None and not line.contents:
            told[page].add(id(named))
    return told


def _blocks(lines: Sequence[Line], goals: Sequence[Goal], running: Sequence[Scope]) -> list[Scope]:
    """Blocks in the order of the goals, where running text gives a goal two blocks and another none."""
    for kind in ("direction", "targets"):
        starts = _label_starts(lines, kind)
        counts = [
            sum(read_label_kind(line) == kind for line in scope.lines)
            for scope in running
            if not scope.goal.is_cross_cutting
        ]
        if len(starts) == len(counts) >= 2 and max(counts) > 1 and min(counts) == 0:
            return _by_order(lines, goals, starts)
        if len(starts) == len(counts) >= 2 and sum(counts) < len(counts):
            return _by_order(lines, goals, starts)
    return []


def _label_starts(lines: Sequence[Line], kind: LabelKind) -> list[int]:
    return [line.number for line in lines if read_label_kind(line) == kind and not line.contents]


def read_label_kind(line: Line) -> LabelKind | None:
    """The kind of the label in brackets that a line begins or ends with."""
    found = re.search(r"(【[^【】]{2,20}】)\s*$", line.words.text)
    label = read_label(line.words) or (read_label(line.words.cut(found.start())) if found else None)
    return label.kind if label and not label.bare else None


def _by_order(lines: Sequence[Line], goals: Sequence[Goal], starts: Sequence[int]) -> list[Scope]:
    plain = [goal for goal in goals if not goal.is_cross_cutting]
    headings = _headings(goals, lines)
    scopes = []
    for goal, start, end in zip(plain, starts, [*starts[1:], len(lines)], strict=True):
        inside = [line for line in lines[start:end] if line.number not in headings]
        stop = next(
            (at for at, line in enumerate(inside) if _CHAPTER.match(line.words.text) or _is_section(line)),
            None,
        )
        scopes.append(Scope(goal, inside[:stop], by_order=True))
    return scopes


def _is_section(line: Line) -> bool:
    return re.match(r"^\s*[0０][0-9０-９]\s*[｜|]", line.words.text) is not None


def counted(lines: Sequence[Line]) -> Counter[LabelKind]:
    """How often each label stands in lines."""
    return Counter(kind for line in lines if (kind := read_label_kind(line)))
