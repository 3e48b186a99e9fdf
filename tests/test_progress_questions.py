"""The two questions that judge progress: one yardstick, told in the answer, and what it makes of the documents."""

import re

import pytest

from sosei_graph.store.memory import Store
from sosei_graph.vocab import BASE, NS
from tests.questions.graphs import HERE, Term, as_csv, reasoned
from tests.test_questions import CONVENTIONS, QUESTIONS

LATE = {f"{BASE}scheme/progress/{name}" for name in ("behind", "cumulative-behind", "not-maintained")}
NUMBERS = f"""
SELECT ?indicator ?period {{
  ?indicator <{NS}hasActual> ?value .
  ?value <{NS}numericValue> ?number ; <{NS}period> ?period .
  ?period <{NS}endDate> ?end .
}}
ORDER BY ?end
"""

Row = dict[str, Term | None]


def rows(store: Store, name: str) -> list[Row]:
    """The rows of a question without parameters, each term by the name of its column."""
    found = store.select(QUESTIONS[name].text)
    return [dict(zip(found.variables, row, strict=True)) for row in found]


def late_by_progress(store: Store) -> list[Row]:
    """What `kpi-progress` says is behind, less what a later number of the same indicator has overtaken."""
    latest = {str(indicator): str(period) for indicator, period in store.select(NUMBERS)}
    return [
        row
        for row in rows(store, "kpi-progress")
        if getattr(row["status"], "value", "") in LATE
        and latest.get(str(row["indicator"]), str(row["actualPeriod"])) == str(row["actualPeriod"])
    ]


def table(found: list[Row]) -> str:
    return as_csv(list(row.values()) for row in found)


@pytest.mark.parametrize("folder", ["kpi-progress", "kpis-behind"])
def test_what_is_behind_is_so_in_the_table_of_progress(folder: str) -> None:
    """`kpis-behind` has the rows of `kpi-progress` that are behind, of the latest number of each indicator."""
    store = reasoned(HERE / folder)
    assert table(rows(store, "kpis-behind")) == table(late_by_progress(store))
    assert {getattr(row["status"], "value", "") for row in rows(store, "kpis-behind")} == LATE


def test_what_is_behind_in_the_documents_is_so_in_the_table_of_progress(real_store: Store) -> None:
    """The same over the project's own documents."""
    assert table(rows(real_store, "kpis-behind")) == table(late_by_progress(real_store))


def test_both_judge_in_the_same_words() -> None:
    """From the kinds of indicators to the pace, the two queries read the same."""
    judged = [
        re.findall(r"^  VALUES \(\?kind .*? AS \?pace\)$", QUESTIONS[name].text, re.MULTILINE | re.DOTALL)
        for name in sorted(CONVENTIONS)
    ]
    assert len(judged[0]) == 1
    assert judged[0] == judged[1]


def test_every_status_has_a_row() -> None:
    """No status of the scheme is left untried, and no row is without one."""
    store = reasoned(HERE / "kpi-progress")
    known = {
        str(status) for (status,) in store.select(f"SELECT ?status {{ ?status a <{NS}ProgressStatus> }}")
    }
    assert {str(row["status"]) for row in rows(store, "kpi-progress")} == known


def test_a_convention_is_told_as_such() -> None:
    """The answer itself says that the yardstick is ours, and which it is."""
    for name in CONVENTIONS:
        note = QUESTIONS[name].note
        assert note is not None
        assert "このグラフの取り決め" in note.ja
        assert "70％" in note.ja
        assert "a convention of this graph" in note.en
        assert "70 %" in note.en


@pytest.mark.parametrize(
    ("indicator", "year", "judged"),
    [
        ("numeric-target/1-1", "2022", ("-62", "-93", "behind")),
        ("numeric-target/1-1", "2023", (None, None, "no-actual")),
        ("numeric-target/2-1", "2023", (None, None, "no-actual")),
        ("numeric-target/3-1", "2023", ("27", "33", "behind")),
        ("numeric-target/3-2", "2021", (None, None, "not-numeric")),
        ("numeric-target/4-1", "2023", ("89", "107", "on-track")),
        ("reference/2-1", "2023", ("-95", "-114", "behind")),
        ("kpi/1-1", "2023", ("106", "127", "achieved")),
        ("kpi/1-2", "2023", ("62", "74", "on-track")),
        ("kpi/1-3", "2023", (None, None, "no-baseline")),
        ("kpi/2-2", "2023", ("55", "69", "cumulative-behind")),
        ("kpi/2-3", "2023", ("158", "197", "achieved")),
        ("kpi/3-1", "2023", ("13", "16", "behind")),
        ("kpi/3-4", "2023", ("87", "104", "cumulative-on-track")),
    ],
)
def test_the_progress_of_kanazawa(
    real_store: Store, indicator: str, year: str, judged: tuple[str | None, str | None, str]
) -> None:
    """What the city's progress report comes to, by hand: baseline FY2018, target FY2024."""
    of = f"{BASE}id/plan/17201/comprehensive-strategy-2/{indicator}"
    found = [
        tuple(getattr(row[name], "value", None) for name in ("attainment", "pace", "status"))
        for row in rows(real_store, "kpi-progress")
        if getattr(row["indicator"], "value", "") == of
        and getattr(row["actualPeriod"], "value", "") == f"{BASE}id/fy/{year}"
    ]
    assert found == [(*judged[:2], f"{BASE}scheme/progress/{judged[2]}")]
