"""Tomakomai's council material: the meeting, the draft, and the strategy before it, held against the source."""

from sosei_graph.store.memory import Store
from tests.test_data import values

BASE = "https://w3id.org/sosei/"
THIRD = f"{BASE}id/plan/01213/comprehensive-strategy-3"
SECOND = f"{BASE}id/plan/01213/comprehensive-strategy-2"
VISION = f"{BASE}id/plan/01213/population-vision-3"
MEETING = f"{BASE}id/meeting/01213/strategy-council/2024-2"


def tails(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with what follows the last slash of each IRI."""
    return [tuple(cell.rsplit("/", 1)[-1] for cell in row) for row in rows]


def test_meeting(real_store: Store) -> None:
    """13 November 2024, three items on the agenda."""
    rows = values(
        real_store,
        f"""
        SELECT ?day (COUNT(DISTINCT ?item) AS ?items) WHERE {{
          <{MEETING}> sosei:heldOn ?day . ?item sosei:agendaOf <{MEETING}>
        }} GROUP BY ?day
        """,
    )
    assert rows == [("2024-11-13", "3")]


def test_nine_opinions_in_seven_categories(real_store: Store) -> None:
    """The opinions by their printed category, each answered by one of seven responses."""
    rows = values(
        real_store,
        f"""
        SELECT ?category (COUNT(DISTINCT ?opinion) AS ?n) (COUNT(DISTINCT ?response) AS ?answers) WHERE {{
          ?opinion a sosei:Opinion ; sosei:raisedAt <{MEETING}> ; sosei:statedCategory ?category .
          ?response sosei:respondsTo ?opinion .
        }} GROUP BY ?category ORDER BY ?category
        """,
    )
    counts = {category: (int(n), int(answers)) for category, n, answers in rows}
    assert counts == {
        "企業誘致": (2, 1),
        "子育て支援": (1, 1),
        "結婚支援": (2, 1),
        "魅力の周知": (1, 1),
        "住みやすさ": (1, 1),
        "税外収入の確保": (1, 1),
        "ＫＰＩの設定": (1, 1),
    }


def test_responses_name_what_they_change_and_where(real_store: Store) -> None:
    """Three on page 10, two on page 11, two on the whole; one sets an indicator."""
    rows = values(
        real_store,
        f"""
        SELECT ?place ?response ?what WHERE {{
          ?opinion sosei:raisedAt <{MEETING}> . ?response sosei:respondsTo ?opinion ;
            sosei:statedPlace ?place ; sosei:concerns ?what .
        }}
        """,
    )
    places = {response: place for place, response, _ in rows}
    assert sorted(places.values()) == ["P10"] * 3 + ["P11"] * 2 + ["全体"] * 2
    changed = {what.removeprefix(f"{THIRD}/") for _, _, what in rows}
    assert {"goal/2", "goal/4", "measure/1-1", "measure/2-1", "measure/2-2", "measure/2-3"} <= changed
    assert THIRD in changed
    assert any(what.startswith("numeric-target/4-") for what in changed)


def test_draft_has_four_goals_and_twelve_measures(real_store: Store) -> None:
    """Three measures a goal; eight indicators by name alone."""
    rows = values(
        real_store,
        f"""
        SELECT ?goal (COUNT(DISTINCT ?measure) AS ?measures) (COUNT(DISTINCT ?indicator) AS ?indicators) WHERE {{
          ?goal a sosei:BasicGoal ; sosei:directPartOf <{THIRD}> .
          ?measure a sosei:Measure ; sosei:partOf ?goal ; sosei:gist ?gist .
          ?indicator a sosei:NumericTarget ; sosei:indicatorOf ?goal ;
            sosei:absenceReason <{BASE}scheme/absence/not-yet-set> .
        }} GROUP BY ?goal ORDER BY ?goal
        """,
    )
    assert [(int(measures), int(indicators)) for _, measures, indicators in rows] == [(3, 2)] * 4


def test_what_the_draft_carries_on(real_store: Store) -> None:
    """Goal by goal the actions of the second strategy; ④ by none, ⑪ not to be told from the text."""
    rows = tails(
        values(
            real_store,
            f"""
            SELECT ?goal ?action WHERE {{ ?goal sosei:partOf <{THIRD}> ; sosei:continues ?action }}
            """,
        )
    )
    carried: dict[str, set[int]] = {}
    for goal, action in rows:
        carried.setdefault(goal, set()).add(int(action))
    assert carried == {
        "1": {1, 2, 3, 15, 16},
        "2": {5, 6, 7, 8, 12},
        "3": {9, 10, 14},
        "4": {13, 17, 18, 19},
    }
    rows = tails(
        values(
            real_store,
            f"""
            SELECT ?action ?reason WHERE {{
              ?action a sosei:Initiative ; sosei:partOf <{SECOND}> ; sosei:absenceReason ?reason
            }}
            """,
        )
    )
    assert set(rows) == {("4", "not-applicable"), ("11", "illegible")}


def test_second_strategy_has_19_actions_and_four_headings(real_store: Store) -> None:
    """The actions ① to ⑲ with their marks."""
    rows = values(
        real_store,
        f"""
        SELECT ?mark ?ordinal WHERE {{
          ?action a sosei:Initiative ; sosei:partOf <{SECOND}> ; skos:notation ?mark ; sosei:ordinal ?ordinal .
        }} ORDER BY ?ordinal
        """,
    )
    assert [mark for mark, _ in rows] == list("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲")
    headings = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a sosei:Programme ; sosei:directPartOf <{SECOND}> }}"
    assert values(real_store, headings) == [("4",)]


def test_population_vision(real_store: Store) -> None:
    """Present, projected and intended population; fertility 1.41 to 1.80 and migration -1.1 % to 1 %."""
    rows = values(
        real_store,
        f"""
        SELECT ?kind ?stated ?number WHERE {{
          ?indicator sosei:indicatorOf <{VISION}> ; sosei:hasValue ?value .
          ?value a ?kind ; sosei:statedValue ?stated ; sosei:numericValue ?number .
          FILTER(?kind IN (sosei:BaselineValue, sosei:ActualValue, sosei:ProjectedValue, sosei:TargetValue))
        }}
        """,
    )
    found = {(kind.rsplit("#", 1)[1], stated, number) for kind, stated, number in rows}
    assert {
        ("ActualValue", "165,758人", "165758"),
        ("ProjectedValue", "149,921", "149921"),
        ("ProjectedValue", "125,654", "125654"),
        ("TargetValue", "15万人", "150000"),
        ("TargetValue", "13万人", "130000"),
        ("BaselineValue", "1.41", "1.41"),
        ("TargetValue", "1.80", "1.8"),
        ("BaselineValue", "-1.1％", "-1.1"),
        ("TargetValue", "1％", "1"),
    } <= found


def test_schedule(real_store: Store) -> None:
    """Four meetings of the council, two submissions to the assembly, the public comment and the publication."""
    rows = values(
        real_store,
        f"""
        SELECT DISTINCT ?milestone ?start ?label WHERE {{
          ?milestone a sosei:Milestone ; sosei:milestoneOf <{THIRD}> ; sosei:period ?period ; rdfs:label ?label .
          ?period sosei:startDate ?start FILTER(LANG(?label) = "ja")
        }} ORDER BY ?start
        """,
    )
    days = [start for _, start, _ in rows]
    assert {"2024-09-20", "2024-11-13", "2025-04-01"} <= set(days)
    assert sum("市議会" in label for _, _, label in rows) == 2
    assert sum("パブリックコメント" in label for _, _, label in rows) >= 1
