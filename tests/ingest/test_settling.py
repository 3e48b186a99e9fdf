"""A plan that another document describes: its goals and indicators are known by name, and only added to."""

from pathlib import Path

from sosei_graph.building import build
from sosei_graph.ingest.accepting import accept
from sosei_graph.ingest.ingesting import Outcome, ingest
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.store.memory import Store
from sosei_graph.vocab import BASE
from sosei_graph.workspace import Workspace
from tests.ingest.drafts import things_of

PLAN = f"{BASE}id/plan/99201/strategy-1"
#: A report on the strategy of the workspace: its first two indicators in the other order, one that is new.
REPORT = """第１期例示市総合戦略 取組状況報告書

基本目標１　働く場をふやす

指標名	基準値	実績値（2025年度）	目標値（2027年度）
空き店舗の数	▲１件	3件	集計中
創業の件数（累計）	２件	6件	10件
新しく数える店の数	１件	3件	５件
"""


def taken_in(text: str, workspace: Workspace, folder: Path) -> Outcome:
    path = folder / "report-2025.txt"
    path.write_text(text, encoding="utf-8")
    outcome = ingest([path], workspace, family="progress", city="99201")[0]
    assert outcome.error is None
    return outcome


def test_a_report_adds_to_the_indicators_of_that_name(reiji: Workspace, tmp_path: Path) -> None:
    """The actuals stand at the indicators that bear the names, whatever their place in the report."""
    view = things_of(taken_in(REPORT, reiji, tmp_path))
    assert view.things[f"{PLAN}/kpi/1-1"].one("hasActual") == f"{PLAN}/kpi/1-1/actual/fy2025"
    assert view.things[f"{PLAN}/kpi/1-1/actual/fy2025"].one("numericValue") == "6.0"
    assert view.things[f"{PLAN}/kpi/1-2/actual/fy2025"].one("numericValue") == "3.0"


def test_what_is_described_already_is_not_described_again(reiji: Workspace, tmp_path: Path) -> None:
    """Plan, goals, indicators and their values of the strategy keep their own file; here are only their places."""
    view = things_of(taken_in(REPORT, reiji, tmp_path))
    for iri in (PLAN, f"{PLAN}/goal/1", f"{PLAN}/kpi/1-1", f"{PLAN}/kpi/1-1/target/fy2027"):
        assert not view.things[iri].kind
        assert view.things[iri].spans


def test_an_indicator_of_another_name_is_another_indicator(reiji: Workspace, tmp_path: Path) -> None:
    """The third one in the report has no namesake: it gets an IRI that no other has."""
    view = things_of(taken_in(REPORT, reiji, tmp_path))
    new = next(thing for thing in view.sort("indicator"))
    assert new.one("statedName") == "新しく数える店の数"
    assert new.iri == f"{PLAN}/kpi/1-3"
    swapped = REPORT.replace("空き店舗の数", "まったく別の指標")
    other = things_of(taken_in(swapped, reiji, tmp_path))
    assert f"{PLAN}/kpi/1-1--report-2025" in other.things
    assert not other.things[f"{PLAN}/kpi/1-1"].kind


def test_a_value_that_two_documents_give_otherwise_is_kept_and_told(reiji: Workspace, tmp_path: Path) -> None:
    """A restated baseline is a value of its own, beside the one of the strategy."""
    outcome = taken_in(REPORT.replace("２件", "４件"), reiji, tmp_path)
    view = things_of(outcome)
    own = f"{PLAN}/kpi/1-1/baseline--report-2025"
    assert view.things[own].one("numericValue") == "4.0"
    assert own in view.things[f"{PLAN}/kpi/1-1"].all("hasBaseline")
    assert [(each.sign, each.iri) for each in outcome.differences] == [("≠", f"{PLAN}/kpi/1-1/baseline")]


def test_the_graph_of_both_documents_holds(reiji: Workspace, tmp_path: Path) -> None:
    """Accepted, the report's actuals are values of the strategy's indicators; taken in again, nothing differs."""
    outcome = taken_in(REPORT, reiji, tmp_path)
    accept(open_for_drafts(reiji), outcome.written[0])
    assert build(reiji).report.conforms
    rows = Store.load(reiji).select(
        "SELECT ?number WHERE { ?kpi sosei:hasActual/sosei:numericValue ?number ; sosei:ordinal 1 ;"
        " sosei:statedName '創業の件数（累計）' }"
    )
    assert [getattr(row[0], "value", "") for row in rows] == ["6"]
    assert taken_in(REPORT, reiji, tmp_path).differences == ()


def test_differences_are_told_in_the_words_of_the_domain(reiji: Workspace, tmp_path: Path) -> None:
    """Properties, years and units have names, and a new indicator is told once, with all its values."""
    first = taken_in(REPORT.replace("新しく数える店の数\t１件\t3件\t５件\n", ""), reiji, tmp_path)
    data = accept(open_for_drafts(reiji), first.written[0]).data
    text = data.read_text().replace("fy:2025", "fy:2024").replace("unit:case", "unit:person")
    data.write_text(text)
    told = taken_in(REPORT, reiji, tmp_path).differences
    assert {(each.sign, each.what.ja, each.message.en) for each in told if each.sign == "≠"} == {
        ("≠", "時期", "reviewed “FY2024”, now read “FY2025”"),
        ("≠", "単位", "reviewed “person”, now read “case”"),
    }
    assert [each.name.ja for each in told if each.sign == "+"] == ["新しく数える店の数"]
    assert not any("/" in text for each in told for text in (each.message.ja, each.name.ja))
