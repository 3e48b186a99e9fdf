"""The draft of a strategy in material for a council, and the actions of the strategy before that it carries on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sosei_graph.ingest.extracting.goals import read_goals
from sosei_graph.ingest.extracting.goals.lines import Line, read_lines
from sosei_graph.ingest.extracting.goals.marked import Entry, entry_of, split
from sosei_graph.ingest.extracting.goals.mentions import find_goals
from sosei_graph.ingest.extracting.indicators import Manner
from sosei_graph.ingest.extracting.particulars import edition_of, publisher, stage_of, strategy_names
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.strategy import strategy_plan
from sosei_graph.ingest.extracting.visions import split_off
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Doubt, Element, Plan, Unread
from sosei_graph.languages import Text
from sosei_graph.text import fold

COLLECTED = Text(
    "文書に散らばった番号から集めました",
    "collected by their numbers, which stand scattered over the document",
)
SCHEDULED = Text(
    "日程の見出しや内容に名前のある計画です。この計画の日程か確かめてください",
    "named in the schedule: check whether it is the plan that the schedule is of",
)
_LOOKS_BACK = r"(?:検証|評価|実績|進捗|達成|取組状況|総括)"

_BEFORE = re.compile(
    r"^\s*[【〔■◆●]*\s*第\s*[0-9０-９一二三四五六七八九]{1,2}\s*[期次]\s*(?:の)?\s*総合戦略(?:の)?(?:取組|取り組み|施策|事業|との関連)\s*[】〕]?\s*$"
)
_DRAFT = re.compile(r"総合戦略\s*[（(「]?\s*(?:の)?\s*(?:骨子|素案|原案)")
_NOTE = re.compile(r"\s*[※＊].*$")
_LEAST = 4


def find_plans(source: Source) -> tuple[tuple[Plan, ...], tuple[Unread, ...]]:
    """The strategy whose draft the material holds, the population vision beside it, and the strategy before it."""
    outline = read_goals(source, Manner("KeyPerformanceIndicator"))
    plan = strategy_plan(source, outline, latest=True) if outline.elements else None
    if plan is None:
        return (), tuple(outline.unread)
    lines = read_lines(source, lambda _: False)
    split = split_off(plan.indicators, lines, plan, source)
    plan = replace(plan, stage=_stage(lines) or plan.stage, indicators=split.strategy)
    plans = (plan, split.vision, _before(lines, plan, source))
    return tuple(each for each in plans if each), tuple(outline.unread)


def scheduled_plan(source: Source, places: Sequence[Wording]) -> Plan | None:
    """The strategy that a schedule is of: the only or latest one that its heading, its steps or a title names.

    A step that looks back on a strategy (第２期総合戦略の検証) says nothing of whose schedule it is.
    """
    ahead = [words.folded for words in places if words]
    named = [
        each.words
        for each in strategy_names(source)
        if any(re.search(rf"{re.escape(each.words.folded)}(?!の?{_LOOKS_BACK})", words) for words in ahead)
    ]
    if not named:
        return None
    words = max(named, key=lambda each: edition_of(each.text) or 0)
    edition = edition_of(words.text)
    if edition is None and len({each.folded for each in named}) > 1:
        return None
    return Plan(
        "ComprehensiveStrategy",
        source.passage(words),
        publisher(source, words),
        edition,
        doubt=Doubt(0.6, (SCHEDULED,)),
        is_only_named=True,
    )


def _stage(lines: Sequence[Line]) -> str | None:
    """The stage that the heading nearest before the first goal tells."""
    goals = find_goals(lines)
    first = min((mention.line for goal in goals for mention in goal.mentions if mention.titles), default=0)
    stages = [stage_of(line.words.text) for line in lines[:first] if _DRAFT.search(line.words.text)]
    known = [stage for stage in stages if stage]
    return known[-1] if known else None


def _before(lines: Sequence[Line], plan: Plan, source: Source) -> Plan | None:
    """The earlier strategy, where its numbered actions are all there once each."""
    labels = [line for line in lines if _BEFORE.match(line.words.text)]
    if not labels:
        return None
    edition = edition_of(labels[0].words.text)
    taken = {fold(part.name.text) for element in plan.elements for part in element.walk()}
    first = min((line.number for line in lines if line.weak == labels[0].weak), default=0)
    last = max(line.number for line in lines if line.weak == labels[-1].weak)
    found: dict[int, Entry] = {}
    for line in lines[first : last + 1]:
        for words in split(line):
            entry = entry_of(words, line.number)
            if entry is None or entry.style != "①" or fold(entry.title.text) in taken:
                continue
            if entry.number in found:
                return None
            found[entry.number] = entry
    if len(found) < _LEAST or sorted(found) != list(range(1, len(found) + 1)):
        return None
    name = labels[0].words
    end = name.text.index("総合戦略") + len("総合戦略")
    actions = tuple(_action(found[number], source) for number in sorted(found))
    return Plan(
        "ComprehensiveStrategy",
        source.passage(name.cut(0, end)),
        plan.adopted_by,
        edition,
        elements=actions,
        doubt=Doubt(0.8, (COLLECTED,)),
        is_only_named=True,
    )


def _action(entry: Entry, source: Source) -> Element:
    note = _NOTE.search(entry.title.text)
    title = entry.title.cut(0, note.start()) if note else entry.title
    return Element("Initiative", source.passage(title), entry.number, source.passage(entry.notation))
