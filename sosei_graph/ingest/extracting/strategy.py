"""Comprehensive strategies (総合戦略) and their outlines and drafts: goals, directions, measures, targets, KPIs."""

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.cover import title
from sosei_graph.ingest.extracting.goals import Outline, read_goals
from sosei_graph.ingest.extracting.indicators import Manner
from sosei_graph.ingest.extracting.particulars import (
    Named,
    edition_of,
    first_words,
    issued,
    plan_period,
    publisher,
    stage_of,
    strategy_names,
    titles,
)
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Doubt, Findings, Plan
from sosei_graph.languages import Text

NO_NAME = Text("計画の名称が見つかりません", "the name of the plan was not found")
NO_GOALS = Text("基本目標が見つかりません", "no basic goals were found")


def extract(reading: Reading) -> Findings:
    """What a strategy says."""
    source = Source(reading)
    outline = read_goals(source, Manner("KeyPerformanceIndicator"))
    return findings(source, outline)


def findings(source: Source, outline: Outline) -> Findings:
    """The findings of a document that sets out one strategy."""
    head = titles(source)
    plan = strategy_plan(source, outline) or _nameless(source, outline, head)
    unread = list(outline.unread)
    if not outline.elements:
        unread.append(source.unread([head or first_words(source)], NO_GOALS))
    named = title(source)
    return Findings(
        "strategy",
        source.passage(named) if named else None,
        plan.adopted_by if plan else publisher(source, head),
        issued(source),
        (plan,) if plan else (),
        unread=tuple(unread),
    )


def strategy_plan(source: Source, outline: Outline, *, latest: bool = False) -> Plan | None:
    """The strategy with its goals; None where the document names none.

    `latest`: of the strategies that the document names, the last one (material on a draft compares it with others).
    """
    head = titles(source)
    named = strategy_names(source)
    if latest:
        named = sorted(named, key=lambda each: -(each.edition or 0))
    words = named[0].words if latest and named else _own(named, head)
    if words is None:
        return None
    stage = stage_of(head.text) or stage_of(words.text)
    return Plan(
        "ComprehensiveStrategy",
        source.passage(words),
        publisher(source, words, head),
        edition_of(words.text) or edition_of(head.text),
        stage,
        plan_period(source, "総合戦略"),
        tuple(outline.elements),
        tuple(outline.indicators),
    )


def _nameless(source: Source, outline: Outline, head: Wording) -> Plan | None:
    """What was found in a document that names no strategy: an excerpt, or a plan of another name."""
    if not (outline.elements or outline.indicators):
        return None
    words = title(source) or head or first_words(source)
    return Plan(
        "ComprehensiveStrategy",
        source.passage(words),
        publisher(source, head),
        elements=tuple(outline.elements),
        indicators=tuple(outline.indicators),
        doubt=Doubt(0.3, (NO_NAME,)),
    )


def _own(named: list[Named], head: Wording) -> Wording | None:
    """The name that the document bears at its head, else the most telling one."""
    inside = [each.words for each in named if head and head.start <= each.words.start < head.end]
    if inside:
        return inside[0]
    return named[0].words if named else None
