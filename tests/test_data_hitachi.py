"""Hitachi's outline: goals, directions, measures, what was verified, and the matrix that lost its columns."""

from collections import Counter

from sosei_graph.store.memory import Store
from tests.test_data import values

BASE = "https://w3id.org/sosei/"
SECOND = f"{BASE}id/plan/08202/comprehensive-strategy-2"
FIRST = f"{BASE}id/plan/08202/comprehensive-strategy-1"
CHAPTERS = f"{BASE}id/plan/08202/comprehensive-plan/chapter"


def numbers(rows: list[tuple[str, ...]]) -> list[tuple[int, ...]]:
    """The counts after the first column."""
    return [tuple(int(cell) for cell in row[1:]) for row in rows]


def test_basic_goals_with_directions_measures_and_examples(real_store: Store) -> None:
    """13 directions, 36 measures (13, 9, 8, 6) that say what they are to do, and 3, 3, 3, 2 example indicators."""
    rows = values(
        real_store,
        f"""
        SELECT ?goal (COUNT(DISTINCT ?direction) AS ?directions) (COUNT(DISTINCT ?measure) AS ?measures)
          (COUNT(DISTINCT ?indicator) AS ?indicators) WHERE {{
          ?goal a sosei:BasicGoal ; sosei:directPartOf <{SECOND}> .
          ?direction a sosei:Direction ; sosei:directPartOf ?goal .
          ?measure a sosei:Measure ; sosei:directPartOf ?direction ; sosei:gist ?gist .
          ?indicator a sosei:NumericTarget ; sosei:indicatorOf ?goal ; sosei:givenAsExample true .
        }} GROUP BY ?goal ORDER BY ?goal
        """,
    )
    assert numbers(rows) == [(5, 13, 3), (3, 9, 3), (3, 8, 3), (2, 6, 2)]


def test_cross_cutting_goals_and_the_goals_their_measures_serve(real_store: Store) -> None:
    """The first has 13 measures under five headings; each names the basic goal it serves, the last one all four."""
    rows = values(
        real_store,
        f"""
        SELECT ?measure ?served WHERE {{
          <{SECOND}/cross-cutting-goal/1> a sosei:CrossCuttingGoal .
          ?measure a sosei:Measure ; sosei:partOf <{SECOND}/cross-cutting-goal/1> ; sosei:carriesOut ?served .
        }}
        """,
    )
    served: dict[str, set[str]] = {}
    for measure, goal in rows:
        served.setdefault(measure.rsplit("/", 1)[1], set()).add(goal.rsplit("/", 1)[1])
    assert len(served) == 13
    assert Counter(tuple(sorted(goals)) for goals in served.values()) == {
        ("1",): 3,
        ("2",): 4,
        ("1", "2"): 1,
        ("4",): 2,
        ("3",): 2,
        ("1", "2", "3", "4"): 1,
    }
    goals = (
        f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ ?g a sosei:CrossCuttingGoal ; sosei:directPartOf <{SECOND}> }}"
    )
    assert values(real_store, goals) == [("3",)]


def test_tentative_parts_are_marked(real_store: Store) -> None:
    """The second and third cross-cutting goals are 仮置き."""
    rows = values(real_store, "SELECT ?g { ?g a sosei:CrossCuttingGoal ; sosei:tentative true } ORDER BY ?g")
    assert rows == [(f"{SECOND}/cross-cutting-goal/2",), (f"{SECOND}/cross-cutting-goal/3",)]


def test_verification_of_the_first_strategy(real_store: Store) -> None:
    """9 of 13 numeric targets and 60 of 77 KPIs on track, from 70 %; one goal's KPIs at about 30 %."""
    rows = values(
        real_store,
        f"""
        SELECT ?kind ?onTrack ?total ?share ?printed WHERE {{
          ?summary sosei:summarizes <{FIRST}> ; sosei:countedKind ?kind ; sosei:onTrackShare ?quantity .
          ?quantity sosei:numericValue ?share ; sosei:statedValue ?printed ; sosei:approximate true .
          OPTIONAL {{ ?summary sosei:onTrackCount ?onTrack ; sosei:totalCount ?total }}
        }}
        """,
    )
    assert {(kind.rsplit("/", 1)[1], *rest) for kind, *rest in rows} == {
        ("numeric-target", "9", "13", "70", "約７割"),
        ("kpi", "60", "77", "80", "約８割"),
        ("kpi", "", "", "30", "約３割"),
    }
    method = values(
        real_store,
        f"""
        SELECT ?threshold ?from ?to ?at WHERE {{
          ?scheme sosei:evaluates <{FIRST}> ; sosei:threshold ?threshold ; sosei:baselinePeriod ?from ;
            sosei:targetPeriod ?to ; sosei:assessedPeriod ?at .
        }}
        """,
    )
    assert method == [("0.7", f"{BASE}id/fy/2014", f"{BASE}id/fy/2019", f"{BASE}id/fy/2018")]


def test_population(real_store: Store) -> None:
    """182,241 intended and 178,658 counted in 2018, 3,583 short; 140,000 intended for 2040."""
    rows = values(
        real_store,
        """
        SELECT DISTINCT ?stated ?number WHERE {
          ?value sosei:statedValue ?stated ; sosei:numericValue ?number ; a sosei:IndicatorValue ;
            sosei:evidence/oa:hasSource <https://w3id.org/sosei/id/doc/hitachi-strategy-outline> .
        }
        """,
    )
    found = {number for _, number in rows}
    assert {"182241", "178658", "-3583", "140000"} <= found


def test_matrix_is_told_as_far_as_the_text_shows_it(real_store: Store) -> None:
    """Chapter 6 relates to goals 1 to 3 and strongly to 4; of the others' marks the columns are lost."""
    rows = values(
        real_store,
        f"""
        SELECT ?chapter ?goal ?strength ?reason WHERE {{
          ?alignment sosei:alignedElement ?chapter ; sosei:basis <{BASE}scheme/basis/stated> ;
            sosei:strength ?strength .
          ?chapter a sosei:Chapter .
          OPTIONAL {{ ?alignment sosei:alignedTo ?goal }}
          OPTIONAL {{ ?alignment sosei:absenceReason ?reason }}
        }}
        """,
    )
    short = [tuple(cell.rsplit("/", 1)[-1] for cell in row) for row in rows]
    assert sorted(row for row in short if row[0] == "6") == [
        ("6", "1", "related", ""),
        ("6", "2", "related", ""),
        ("6", "3", "related", ""),
        ("6", "4", "primary", ""),
    ]
    lost = Counter((chapter, strength) for chapter, goal, strength, reason in short if reason == "illegible")
    assert lost == {
        ("1", "primary"): 1,
        ("1", "related"): 1,
        ("2", "primary"): 1,
        ("2", "related"): 1,
        ("3", "primary"): 1,
        ("3", "related"): 1,
        ("4", "primary"): 1,
        ("4", "related"): 1,
        ("5", "related"): 1,
    }
    assert all(not goal for chapter, goal, _, _ in short if chapter != "6")
