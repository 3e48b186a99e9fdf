"""Comparing: precision and recall of a draft against a reviewed graph."""

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.ingest.comparing import Comparison, compare
from sosei_graph.ingest.matching import View, match
from sosei_graph.workspace import Workspace
from tests.command_line import JAPANESE, ok, sosei
from tests.ingest.documents import KPI_TABLE
from tests.ingest.drafts import ingested, quads_of, things_of


@pytest.fixture
def draft(reiji: Workspace, tmp_path: Path) -> Path:
    """The draft of a fictional report."""
    return ingested(KPI_TABLE, reiji, tmp_path, city="99201").written[0]


@pytest.fixture
def against(draft: Path) -> Callable[..., Comparison]:
    """Compares the draft with itself after changes, as if that were the reviewed graph."""

    def run(*changes: tuple[str, str]) -> Comparison:
        text = draft.read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        reviewed = draft.with_name("reviewed.ttl")
        reviewed.write_text(text)
        return compare(View.of(quads_of(draft)), View.of(quads_of(reviewed)))

    return run


def test_a_graph_agrees_with_itself(against: Callable[..., Comparison]) -> None:
    """Every kind of fact that is there has a row, all of them full."""
    rows = against().rows
    assert {"basic goals", "KPIs", "baselines", "actuals", "targets", "units of values"} <= {
        row.kind.en for row in rows
    }
    assert {(row.precision, row.recall) for row in rows} == {(1.0, 1.0)}


def test_other_numbers_of_the_same_things_change_nothing_but_the_iris(
    against: Callable[..., Comparison],
) -> None:
    """Things are told by what is printed and where: IRIs that are counted otherwise are a row of their own."""
    found = against(("/kpi/1-", "/kpi/7-"), ("/goal/1>", "/goal/7>"))
    assert {row.kind.en for row in found.rows if row.precision != 1.0} == {"IRIs"}
    assert found.row("KPIs").recall == 1.0


def test_a_wrong_number_costs_precision_and_recall(against: Callable[..., Comparison]) -> None:
    """One of five baselines is another number: four of five are right, and four of five were found."""
    found = against(("numericValue -113.0", "numericValue 113.0"), ('"▲113人"', '"113人"'))
    row = found.row("baselines")
    assert (row.precision, row.recall) == (0.8, 0.8)
    assert found.row("actuals").precision == 1.0
    assert len(row.wrong) == len(row.missed) == 1


def test_a_missing_value_costs_recall_only(reiji: Workspace, tmp_path: Path) -> None:
    """What the draft does not have is missed, and what it has is still right."""
    full = things_of(ingested(KPI_TABLE, reiji, tmp_path, city="99201"))
    part = View({iri: thing for iri, thing in full.things.items() if not iri.endswith("kpi/2-2/target")})
    row = compare(part, full).row("targets")
    assert (row.precision, row.recall) == (1.0, 0.8)


def test_other_plans_are_counted_apart(draft: Path) -> None:
    """Elements of a plan that the document only mentions leave those of its own plan at 100 %."""
    own = View.of(quads_of(draft))
    mentioned = """
        @base <https://w3id.org/sosei/> . @prefix sosei: <https://w3id.org/sosei/ns#> .
        <id/plan/99201/comprehensive-plan> a sosei:ComprehensivePlan .
        <id/plan/99201/comprehensive-plan/goal/1> a sosei:BasicGoal ;
            sosei:directPartOf <id/plan/99201/comprehensive-plan> ."""
    quads = [*quads_of(draft), *ox.parse(mentioned, ox.RdfFormat.TURTLE)]
    found = compare(own, View.of(quads))
    goals = {row.part.en: row.recall for row in found.rows if row.kind.en == "basic goals"}
    assert goals == {"例示市総合戦略": 1.0, "Other plans, mentioned": 0.0}
    assert found.row("basic goals").recall == pytest.approx(2 / 3)
    assert [part.en for part in found.parts] == ["The document", "例示市総合戦略", "Other plans, mentioned"]


def test_a_plan_that_was_not_read_is_no_other_plan(draft: Path) -> None:
    """What the document states by the reviewed graph stays its own, though the draft has nothing of it."""
    reviewed = View.of(quads_of(draft))
    plan = next(thing.iri for thing in reviewed.sort("plan"))
    unread = View({iri: thing for iri, thing in reviewed.things.items() if not iri.startswith(plan)})
    assert {row.part.ja for row in compare(unread, reviewed).rows} == {"文書", "例示市総合戦略"}


def test_what_nothing_was_printed_for_does_not_count(against: Callable[..., Comparison]) -> None:
    """A value that is only said not to have been found is neither right nor wrong."""
    found = against(("absence:not-implemented", "absence:not-found"))
    assert found.row("actuals").precision == 0.8
    assert found.row("actuals").recall == 1.0


def test_a_value_at_the_wrong_indicator_is_wrong(against: Callable[..., Comparison]) -> None:
    """The right number at the wrong place is no agreement."""
    link = "sosei:hasActual <id/plan/99201/comprehensive-strategy/kpi/{}/actual>"
    one, two = link.format("1-2"), link.format("2-1")
    found = against((one, "<swapped>"), (two, one), ("<swapped>", two))
    assert found.row("actuals").precision == 0.6


def test_things_are_matched_across_renderings(reiji: Workspace, tmp_path: Path) -> None:
    """Of another text only the names tell: all indicators are found again, none of them twice."""
    one = things_of(ingested(KPI_TABLE, reiji, tmp_path, "one.docx", city="99201"))
    two = things_of(ingested(KPI_TABLE, reiji, tmp_path, "two.pdf", city="99201"))
    same = match(one, two)
    kpis = [thing.iri for thing in one.sort("indicator")]
    assert [same.get(iri) for iri in kpis] == kpis
    assert len(set(same.values())) == len(same)


def test_many_things_are_matched_like_few(monkeypatch: pytest.MonkeyPatch, draft: Path) -> None:
    """Where not all pairs are looked at, the same things are found to be the same."""
    view = View.of(quads_of(draft))
    few = match(view, view)
    monkeypatch.setattr("sosei_graph.ingest.matching._FEW_PAIRS", 0)
    assert match(view, view) == few


def test_the_table_in_both_languages(reiji: Workspace, draft: Path, tmp_path: Path) -> None:
    """`--compare` shows the table and writes nothing."""
    reviewed = tmp_path / "reviewed.ttl"
    reviewed.write_text(draft.read_text())
    draft.unlink()
    arguments = (
        "ingest",
        tmp_path / "shiryo.docx",
        "--compare",
        reviewed,
        "--city",
        "99201",
        "--workspace",
        reiji.root,
    )
    assert "Precision" in ok(sosei(*arguments))
    japanese = ok(sosei(*arguments, env=JAPANESE))
    assert "適合率" in japanese
    assert "基準値" in japanese
    assert not draft.exists()
    bindings = json.loads(ok(sosei(*arguments, "--format", "json")))["results"]["bindings"]
    row = next(each for each in bindings if each["kind"]["value"] == "targets")
    assert (row["drafted"]["value"], row["recall"]["value"]) == ("5", "1.000")
    assert row["part"]["value"] == "例示市総合戦略"
    assert "例示市総合戦略,targets,5,5,5,100.0%,100.0%" in ok(sosei(*arguments, "--format", "csv"))
