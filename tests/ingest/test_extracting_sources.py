"""What the extractors find in the real sources, held against the graphs that people have reviewed."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import drafts, plan, progress, strategy
from sosei_graph.ingest.extracting.recognise import recognise
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Indicator, Value
from sosei_graph.text import fold
from tests.ingest.extracted import (
    SOSEI,
    elements,
    indicators,
    named,
    of_class,
    passages,
    plain,
    printed,
    reviewed,
    said,
    titled,
)

FAMILIES = {
    "takaoka-regional-revitalization-plan": "plan",
    "takaoka-himi-agreement": "agreement",
    "kanazawa-strategy-progress": "progress",
    "tomakomai-strategy-council": "council",
    "hitachi-strategy-outline": "strategy",
}
TERMS = {"baseline": "hasBaseline", "actual": "hasActual", "target": "hasTarget"}


@pytest.mark.parametrize("document", FAMILIES)
def test_family_is_told_with_the_words_that_decide(document: str, sources: Path) -> None:
    reading = read(sources / f"{document}.txt")
    recognised = recognise(reading)
    assert recognised.family == FAMILIES[document]
    assert recognised.words
    assert all(plain(words.text) == said(words, reading) for words in recognised.words)


def number(value: Value) -> str:
    """The number of a value as the graph writes it, or what stands for it."""
    if value.figure is None:
        return value.absence or value.words or ""
    return str(float(value.figure.number)) if value.figure.number is not None else ""


def stated(document: str, class_name: str, part_of: str) -> dict[str, set[tuple[str, ...]]]:
    """Of each reviewed indicator the kind, print, meaning and year of its values."""
    graph = reviewed(document)
    found = {}
    for node in of_class(graph, class_name, part_of):
        values: set[tuple[str, ...]] = set()
        for kind, term in TERMS.items():
            for value in graph.objects(node, SOSEI[term]):
                absence = graph.value(value, SOSEI.absenceReason)
                words = graph.value(value, SOSEI.qualitativeValue)
                amount = graph.value(value, SOSEI.numericValue)
                meaning = (
                    str(float(str(amount)))
                    if amount is not None
                    else str(words or absence).rsplit("/", 1)[-1]
                )
                year = str(graph.value(value, SOSEI.period)).rsplit("/id/", 1)[-1]
                if printed(graph, value, "statedValue"):
                    values.add((kind, printed(graph, value, "statedValue"), meaning, year))
        found[fold(printed(graph, node, "statedName"))] = values
    return found


def read_values(indicator: Indicator, plan_start: str = "") -> set[tuple[str, ...]]:
    """The same of an extracted indicator."""
    return {
        (
            value.kind,
            value.printed.text,
            number(value),
            (value.when.period.iri() or plan_start) if value.when and value.when.period else "",
        )
        for value in indicator.values
    }


@pytest.fixture(scope="module")
def takaoka(sources: Path) -> Findings:
    return plan.extract(read(sources / "takaoka-regional-revitalization-plan.txt"))


@pytest.fixture(scope="module")
def kanazawa(sources: Path) -> Findings:
    return progress.extract(read(sources / "kanazawa-strategy-progress.txt"))


@pytest.fixture(scope="module")
def hitachi(sources: Path) -> Findings:
    return strategy.extract(read(sources / "hitachi-strategy-outline.txt"))


def test_takaoka_has_all_kpis_and_no_other(takaoka: Findings) -> None:
    """Fourteen KPIs with baseline and target, wrapped names put together, each at the goal that its row names."""
    wanted = stated(
        "takaoka-regional-revitalization-plan", "KeyPerformanceIndicator", "16202/regional-revitalization-2"
    )
    start = "plan/16202/regional-revitalization-2/start"
    assert {fold(each.name.text): read_values(each, start) for each in indicators(takaoka)} == wanted
    assert [len(goal.indicators) for goal in elements(takaoka, "BasicGoal")] == [2, 4, 3, 5]
    assert not takaoka.unread


def test_takaoka_has_its_elements(takaoka: Findings) -> None:
    graph = reviewed("takaoka-regional-revitalization-plan")
    for kind in ("Principle", "BasicGoal", "Project", "Initiative"):
        nodes = of_class(graph, kind, "16202/regional-revitalization-2")
        ours = titled(elements(takaoka, kind))
        assert ours == named(graph, nodes), kind


def test_takaoka_has_its_particulars(takaoka: Findings) -> None:
    (found,) = takaoka.plans
    assert (found.name.text, found.edition, found.stage) == (
        "第２期高岡市まち・ひと・しごと創生推進計画",
        2,
        None,
    )
    assert [(each.name.text, each.code) for each in found.adopted_by] == [("高岡市", "16202")]
    assert found.period
    assert found.period.period
    assert (str(found.period.period.start), str(found.period.period.end)) == ("2025-04-01", "2027-03-31")


def test_kanazawa_has_all_values_and_no_other(kanazawa: Findings) -> None:
    wanted: dict[str, set[tuple[str, ...]]] = {}
    for class_name in ("NumericTarget", "KeyPerformanceIndicator", "ReferenceIndicator"):
        wanted |= stated("kanazawa-strategy-progress", class_name, "17201/comprehensive-strategy-2")
        ours = [each for each in indicators(kanazawa) if each.kind == class_name]
        assert len(ours) == len(
            of_class(reviewed("kanazawa-strategy-progress"), class_name, "17201/comprehensive-strategy-2")
        )
    assert {fold(each.name.text): read_values(each) for each in indicators(kanazawa)} == wanted
    assert not kanazawa.unread


def test_kanazawa_has_what_was_done_under_each_measure(kanazawa: Findings) -> None:
    graph = reviewed("kanazawa-strategy-progress")
    nodes = of_class(graph, "Measure", "17201/comprehensive-strategy-2")
    measures = elements(kanazawa, "Measure")
    assert titled(measures) == named(graph, nodes)
    assert [len(goal.parts) for goal in elements(kanazawa, "BasicGoal")] == [3, 4, 4, 5]
    done = [sum(part.kind == "Activity" for part in goal.walk()) for goal in elements(kanazawa, "BasicGoal")]
    assert done == [7, 7, 6, 8]
    assert [len(each.parts) for each in measures[:3]] == [3, 1, 3]


def test_kanazawa_has_its_particulars(kanazawa: Findings) -> None:
    (found,) = kanazawa.plans
    assert (found.edition, kanazawa.issued) == (2, "2024-10")
    assert [each.code for each in kanazawa.publisher] == ["17201"]
    assert found.period
    assert found.period.period
    assert (str(found.period.period.start), str(found.period.period.end)) == ("2020-04-01", "2024-03-31")


@pytest.mark.parametrize("kind", ["BasicGoal", "CrossCuttingGoal", "Direction", "NumericTarget"])
def test_hitachi_has_its_elements(kind: str, hitachi: Findings) -> None:
    graph = reviewed("hitachi-strategy-outline")
    nodes = of_class(graph, kind, "08202/comprehensive-strategy-2")
    wanted = sorted(named(graph, nodes))
    if kind == "NumericTarget":
        ours = sorted(("", plain(each.name.text)) for each in indicators(hitachi))
    else:
        ours = sorted(titled(elements(hitachi, kind)))
    assert ours == wanted


def test_hitachi_has_its_measures(hitachi: Findings) -> None:
    """36 measures with titles below 13 directions, and 13 written as sentences below a cross-cutting goal."""
    graph = reviewed("hitachi-strategy-outline")
    nodes = of_class(graph, "Measure", "08202/comprehensive-strategy-2")
    with_titles = [node for node in nodes if printed(graph, node, "statedName")]
    measures = elements(hitachi, "Measure")
    ours = [each for each in measures if each.doubt.confidence == 1]
    assert sorted(titled(ours)) == sorted(named(graph, with_titles))
    assert len(measures) == len(nodes)
    counts = [
        [len(part.parts) for part in goal.parts]
        for goal in elements(hitachi, "BasicGoal", "CrossCuttingGoal")
    ]
    assert counts == [[2, 2, 3, 3, 3], [4, 2, 3], [4, 2, 2], [5, 1], [3, 2, 5, 2, 1], [0, 0], [0, 0]]


def test_tomakomai_has_the_draft_and_the_strategy_before(sources: Path) -> None:
    """Goals and measures of the third strategy, though its columns are mixed up; all actions of the second."""
    plans, _ = drafts.find_plans(Source(read(sources / "tomakomai-strategy-council.txt")))
    third, vision, second = plans
    assert (vision.kind, vision.edition, vision.stage) == ("PopulationVision", 3, "draft")
    assert (third.edition, third.stage, second.edition) == (3, "draft", 2)
    graph = reviewed("tomakomai-strategy-council")
    for kind, found in (("BasicGoal", third), ("Measure", third), ("Initiative", second)):
        nodes = of_class(graph, kind, f"01213/comprehensive-strategy-{found.edition}")
        assert sorted(titled(elements(found, kind))) == sorted(named(graph, nodes)), kind
    assert [sum(part.kind == "Measure" for part in goal.parts) for goal in third.elements] == [3, 3, 3, 3]
    assert [sum(part.kind == "Direction" for part in goal.parts) for goal in third.elements] == [3, 2, 2, 3]
    assert [each.name.text for each in indicators(third)][2:6] == [
        "出生者数（人口想定ﾍﾞｰｽで試算）",
        "子育て環境や支援の満足度",
        "転入者数（定住人口数）",
        "観光入込客数（交流人口数）",
    ]


@pytest.mark.parametrize("name", ["takaoka", "kanazawa", "hitachi"])
def test_passages_say_what_their_places_say(name: str, request: pytest.FixtureRequest, sources: Path) -> None:
    """Every passage is what stands in the canonical text at its spans, but for damage that was repaired."""
    findings: Findings = request.getfixturevalue(name)
    document = next(each for each in FAMILIES if each.startswith(name))
    reading = read(sources / f"{document}.txt")
    for passage in passages(findings):
        assert said(passage, reading) == plain(passage.text)
