"""Kanazawa's progress report: its figures, copied here once more by hand, and its structure."""

import pytest

from sosei_graph.store.memory import Store
from tests.test_data import values

STRATEGY = "https://w3id.org/sosei/id/plan/17201/comprehensive-strategy-2"
VISION = "https://w3id.org/sosei/id/plan/17201/population-vision"
BASE = "https://w3id.org/sosei/"

# Baseline (FY2018), actual (FY2023 but for the two noted), target (FY2024): as printed, and as numbers.
FIGURES = {
    "numeric-target/1-1": (("1.48", "1.48"), ("1.35", "1.35"), ("1.69", "1.69")),
    "numeric-target/2-1": (("約2,000人", "2000"), None, ("1,800人", "1800")),
    "reference/2-1": (("2,756人", "2756"), ("3,018人", "3018"), ("2,481人", "2481")),
    "numeric-target/3-1": (("1,045万人", "10450000"), ("1,057万人", "10570000"), ("1,089万人", "10890000")),
    "numeric-target/4-1": (("80事業", "80"), ("97事業", "97"), ("99事業", "99")),
    "kpi/1-1": (("9,410件", "9410"), ("20,618件", "20618"), ("20,000件", "20000")),
    "kpi/1-2": (("5,050人", "5050"), ("5,369人", "5369"), ("5,565人", "5565")),
    "kpi/1-3": (None, ("57人", "57"), ("120人", "120")),
    "kpi/1-4": (("40社", "40"), ("73社", "73"), ("70社", "70")),
    "kpi/2-1": (("42人", "42"), ("166人", "166"), ("150人", "150")),
    "kpi/2-2": (("6,420人", "6420"), ("17,342人", "17342"), ("31,500人", "31500")),
    "kpi/2-3": (None, ("284人", "284"), ("180人", "180")),
    "kpi/2-4": (("276件", "276"), ("34,339件", "34339"), ("15,300件", "15300")),
    "kpi/3-1": (("331万人", "3310000"), ("335万人", "3350000"), ("361万人", "3610000")),
    "kpi/3-2": (("142品", "142"), ("160品", "160"), ("157品", "157")),
    "kpi/3-3": (("48件", "48"), ("72件", "72"), ("72件", "72")),
    "kpi/3-4": (("80件", "80"), ("106件", "106"), ("110件", "110")),
    "kpi/4-1": (("63,284人", "63284"), ("298,521人", "298521"), ("100,000人", "100000")),
    "kpi/4-2": (("5件", "5"), ("35件", "35"), ("10件", "10")),
    "kpi/4-3": (("875人", "875"), ("1,510人", "1510"), ("1,515人", "1515")),
    "kpi/4-4": (("1団体", "1"), ("5団体", "5"), ("7団体", "7")),
}
ACTUAL = {"numeric-target/1-1": "id/fy/2022"}


def figures(store: Store, indicator: str, kind: str) -> list[tuple[str, ...]]:
    """Printed form, number and period of the values that have a number."""
    return values(
        store,
        f"""
        SELECT ?stated ?number ?period WHERE {{
          <{STRATEGY}/{indicator}> sosei:{kind} ?value .
          ?value sosei:statedValue ?stated ; sosei:numericValue ?number ; sosei:period ?period .
        }}
        """,
    )


@pytest.mark.parametrize("indicator", FIGURES)
def test_indicator_has_the_figures_of_the_report(indicator: str, real_store: Store) -> None:
    """Baseline of H30, actual of R5 (fertility: R4) and target of R6, as printed and as numbers."""
    years = ("id/fy/2018", ACTUAL.get(indicator, "id/fy/2023"), "id/fy/2024")
    for kind, stated, year in zip(
        ("hasBaseline", "hasActual", "hasTarget"), FIGURES[indicator], years, strict=True
    ):
        wanted = [(*stated, BASE + year)] if stated else []
        assert figures(real_store, f"{indicator}", kind) == wanted


def test_facility_is_told_in_words(real_store: Store) -> None:
    """未整備 → 供用開始 → 整備 has no numbers."""
    rows = values(
        real_store,
        f"""
        SELECT ?words ?period WHERE {{
          <{STRATEGY}/numeric-target/3-2> sosei:hasValue ?value .
          ?value sosei:qualitativeValue ?words ; sosei:period ?period .
          FILTER NOT EXISTS {{ ?value sosei:numericValue ?number }}
        }} ORDER BY ?period
        """,
    )
    assert rows == [
        ("未整備", f"{BASE}id/fy/2018"),
        ("供用開始", f"{BASE}id/fy/2021"),
        ("整備", f"{BASE}id/fy/2024"),
    ]


def test_what_is_not_known_says_why(real_store: Store) -> None:
    """未実施 is no zero, the fertility of R5 is still being counted, and one actual value is not told."""
    rows = values(
        real_store,
        f"""
        SELECT DISTINCT ?indicator ?reason WHERE {{
          ?indicator sosei:indicatorOf/sosei:partOf? <{STRATEGY}> ; sosei:hasValue ?value .
          ?value sosei:absenceReason ?reason
          FILTER NOT EXISTS {{ ?value sosei:numericValue ?number }}
        }}
        """,
    )
    short = {(node.removeprefix(f"{STRATEGY}/"), reason.rsplit("/", 1)[1]) for node, reason in rows}
    assert short == {
        ("kpi/1-3", "not-implemented"),
        ("kpi/2-3", "not-implemented"),
        ("numeric-target/1-1", "not-yet-counted"),
        ("numeric-target/2-1", "not-stated"),
    }


def test_totals_of_several_years_say_which(real_store: Store) -> None:
    """Four KPIs count R2 to R6 together; six are running totals."""
    rows = values(
        real_store,
        f"""
        SELECT DISTINCT ?indicator ?start ?end WHERE {{
          ?indicator sosei:indicatorOf/sosei:partOf? <{STRATEGY}> ; sosei:cumulative true .
          OPTIONAL {{ ?indicator sosei:countedOver [ sosei:startDate ?start ; sosei:endDate ?end ] }}
        }}
        """,
    )
    over = {node.removeprefix(f"{STRATEGY}/"): (start, end) for node, start, end in rows}
    assert {node for node, span in over.items() if span == ("2020-04-01", "2025-03-31")} == {
        "kpi/2-1",
        "kpi/2-2",
        "kpi/2-3",
        "kpi/4-2",
    }
    assert {node for node, span in over.items() if span == ("", "")} == {
        "kpi/1-1",
        "kpi/1-4",
        "kpi/3-2",
        "kpi/3-3",
        "kpi/3-4",
        "kpi/4-4",
    }


def test_measures_and_activities_stand_under_their_goals(real_store: Store) -> None:
    """3, 4, 4 and 5 headings, and 7, 7, 6 and 8 bullets of FY2023 below them."""
    rows = values(
        real_store,
        f"""
        SELECT ?goal (COUNT(DISTINCT ?measure) AS ?measures) (COUNT(DISTINCT ?activity) AS ?activities) WHERE {{
          ?goal a sosei:BasicGoal ; sosei:directPartOf <{STRATEGY}> .
          ?measure a sosei:Measure ; sosei:partOf ?goal .
          ?activity a sosei:Activity ; sosei:carriesOut ?measure ; sosei:period <{BASE}id/fy/2023> .
        }} GROUP BY ?goal ORDER BY ?goal
        """,
    )
    assert [(int(measures), int(activities)) for _, measures, activities in rows] == [
        (3, 7),
        (4, 7),
        (4, 6),
        (5, 8),
    ]


def test_population_vision(real_store: Store) -> None:
    """The national estimate and the city's goal for 2060, 85,000 apart, and the fertility goal for 2040."""
    rows = values(
        real_store,
        f"""
        SELECT ?kind ?stated ?number ?period WHERE {{
          ?indicator sosei:indicatorOf <{VISION}> ; sosei:hasValue ?value .
          ?value a ?kind ; sosei:statedValue ?stated ; sosei:numericValue ?number ; sosei:period ?period .
          FILTER(?kind IN (sosei:ProjectedValue, sosei:TargetValue))
        }} ORDER BY ?period ?number
        """,
    )
    assert [(kind.rsplit("#", 1)[1], *rest) for kind, *rest in rows] == [
        ("TargetValue", "2.07", "2.07", f"{BASE}id/cy/2040"),
        ("ProjectedValue", "34万7千人", "347000", f"{BASE}id/cy/2060"),
        ("TargetValue", "43万2千人", "432000", f"{BASE}id/cy/2060"),
    ]


def test_strategy_ends_early_and_says_why(real_store: Store) -> None:
    """R2 to R5, because the national strategy of December 2022 brought the third one forward."""
    rows = values(
        real_store,
        f"""
        SELECT ?start ?end ?on WHERE {{
          <{STRATEGY}> sosei:planPeriod ?period . ?period sosei:startDate ?start ; sosei:endDate ?end .
          ?reason a sosei:StatedReason ; sosei:reasonFor ?period ; sosei:restsOn ?on .
        }}
        """,
    )
    assert rows == [("2020-04-01", "2024-03-31", f"{BASE}id/plan/jp/digital-garden-city-strategy")]


def test_sdg_framework_has_five_directions(real_store: Store) -> None:
    """The city's own framework, on which the strategy rests."""
    rows = values(
        real_store,
        f"""
        SELECT (COUNT(DISTINCT ?direction) AS ?n) WHERE {{
          ?direction a sosei:Direction ; sosei:directPartOf <{BASE}id/plan/17201/kanazawa-sdgs> .
          <{STRATEGY}> sosei:restsOn <{BASE}id/plan/17201/kanazawa-sdgs> .
        }}
        """,
    )
    assert rows == [("5",)]
