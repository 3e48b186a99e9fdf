"""The project's own data: what the documents state, counted, and held against their sources."""

from pathlib import Path

import pytest

from sosei_graph.evidence import measure_coverage, trace
from sosei_graph.store.memory import Store
from sosei_graph.text import squeeze

PLAN = "https://w3id.org/sosei/id/plan/16202/regional-revitalization-2"


def values(store: Store, query: str) -> list[tuple[str, ...]]:
    return [tuple("" if term is None else term.value for term in row) for row in store.select(query)]


TAKAOKA, HIMI = "takaoka-regional-revitalization-plan", "takaoka-himi-agreement"
KANAZAWA, TOMAKOMAI = "kanazawa-strategy-progress", "tomakomai-strategy-council"
HITACHI = "hitachi-strategy-outline"


@pytest.mark.parametrize(
    ("document", "name", "count"),
    [
        (TAKAOKA, "KeyPerformanceIndicator", 14),
        (TAKAOKA, "Principle", 3),
        (TAKAOKA, "BasicGoal", 4),
        (TAKAOKA, "Project", 4),
        (TAKAOKA, "Initiative", 8),
        (HIMI, "CooperationPillar", 3),
        (HIMI, "CooperationField", 5),
        (HIMI, "CooperationItem", 15),
        (HIMI, "Signature", 2),
        (HIMI, "UnnamedParty", 1),
        (KANAZAWA, "BasicGoal", 4),
        (KANAZAWA, "KeyPerformanceIndicator", 16),
        (KANAZAWA, "ReferenceIndicator", 1),
        (KANAZAWA, "Measure", 16),
        (KANAZAWA, "Activity", 28),
        (TOMAKOMAI, "BasicGoal", 4),
        (TOMAKOMAI, "Measure", 12),
        (TOMAKOMAI, "Opinion", 9),
        (TOMAKOMAI, "Response", 7),
        (TOMAKOMAI, "Initiative", 19),
        (HITACHI, "CrossCuttingGoal", 3),
        (HITACHI, "Chapter", 6),
    ],
)
def test_documents_have_as_many_things_as_their_sources(
    document: str, name: str, count: int, real_store: Store
) -> None:
    """The graph holds each thing that a source lists, once."""
    source = f"sosei:evidence/oa:hasSource <https://w3id.org/sosei/id/doc/{document}>"
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a sosei:{name} ; {source} }}"
    assert values(real_store, query) == [(str(count),)]


@pytest.mark.parametrize(("name", "count"), [("Municipality", 1741), ("Prefecture", 47)])
def test_all_governments_are_known(name: str, count: int, real_store: Store) -> None:
    """The official list, whole."""
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a sosei:{name} }}"
    assert values(real_store, query) == [(str(count),)]


# The table of section 4 of the plan, copied here once more by hand.
KPIS = {
    "1-1": ("▲113人", "-113", "０人", "0"),
    "1-2": ("535万件", "5350000", "600万件", "6000000"),
    "2-1": ("０人", "0", "０人", "0"),
    "2-2": ("104,754件", "104754", "114,000件", "114000"),
    "2-3": ("1,341人", "1341", "1,563人", "1563"),
    "2-4": ("10,617人", "10617", "10,617人", "10617"),
    "3-1": ("627件", "627", "987件", "987"),
    "3-2": ("351万人", "3510000", "385万人", "3850000"),
    "3-3": ("０件", "0", "12件", "12"),
    "4-1": ("38人／ha", "38", "40人／ha", "40"),
    "4-2": ("9.0%", "9", "6.6%", "6.6"),
    "4-3": ("19.7％", "19.7", "30.0％", "30"),
    "4-4": ("20,311人", "20311", "30,000人", "30000"),
    "4-5": ("53回", "53", "68回", "68"),
}


@pytest.mark.parametrize("kpi", KPIS)
def test_kpi_has_the_figures_of_the_plan(kpi: str, real_store: Store) -> None:
    """Each KPI has both its figures as printed and as numbers, and stands under its project and goal."""
    [row] = values(
        real_store,
        f"""
        SELECT ?baseline ?baselineNumber ?target ?targetNumber ?project ?goal WHERE {{
          BIND(<{PLAN}/kpi/{kpi}> AS ?kpi)
          ?kpi sosei:hasBaseline [ sosei:statedValue ?baseline ; sosei:numericValue ?baselineNumber ] ;
            sosei:hasTarget [ sosei:statedValue ?target ; sosei:numericValue ?targetNumber ;
              sosei:period <https://w3id.org/sosei/id/fy/2026> ] ;
            sosei:indicatorOf ?project, ?goal .
          ?project a sosei:Project . ?goal a sosei:BasicGoal .
        }}
        """,
    )
    number = int(kpi[0])
    assert row == (*KPIS[kpi], f"{PLAN}/project/{'abcd'[number - 1]}", f"{PLAN}/goal/{number}")


def test_roles_of_the_agreement(real_store: Store) -> None:
    """Thirty party roles; Takaoka leads 13 items, Himi one with it; two items have no lead."""
    party = "?a sosei:assignee ?city ; sosei:onItem ?item ; sosei:role ?role . ?agreement sosei:contractingParty ?city"
    rows = values(real_store, f"SELECT DISTINCT ?item ?city ?role WHERE {{ {party} }}")
    assert len(rows) == 30
    leads = [(item, city) for item, city, role in rows if role.endswith("/lead")]
    assert len({item for item, city in leads if city.endswith("/16202")}) == 13
    assert [item.rsplit("/", 1)[1] for item, city in leads if city.endswith("/16205")] == ["3-1-2"]
    without = {item for item, _, _ in rows} - {item for item, _ in leads}
    assert {item.rsplit("/", 1)[1] for item in without} == {"1-4", "2-3"}


def test_third_cities_cooperate_where_the_agreement_names_them(real_store: Store) -> None:
    """Imizu is named in six items, Oyabe in two, Tonami and Nanto in one each."""
    rows = values(
        real_store,
        "SELECT ?name (COUNT(DISTINCT ?item) AS ?n) WHERE { ?item sosei:cooperatingCity ?city . "
        '?city rdfs:label ?name FILTER(LANG(?name) = "ja") } GROUP BY ?name',
    )
    assert {name: int(count) for name, count in rows} == {
        "射水市": 6,
        "小矢部市": 2,
        "砺波市": 1,
        "南砺市": 1,
    }


def test_every_span_stands_in_its_source(real_store: Store, sources: Path) -> None:
    """Every evidence span, digest and printed figure is found again in the source documents."""
    report = trace(real_store, sources)
    assert report.failures == ()
    assert report.total > 200


def test_curated_judgement_is_apart_from_what_documents_state(real_store: Store) -> None:
    """Judgements stand in the graphs of curation and say why; what a document states, in the document's graph."""
    rows = values(
        real_store,
        """
        SELECT DISTINCT ?graph ?basis WHERE {
          GRAPH ?graph { ?alignment a sosei:Alignment ; sosei:basis ?basis ; sosei:rationale ?why }
        }
        """,
    )
    where = {(graph.split("/graph/", 1)[1].split("/")[0], basis.rsplit("/", 1)[1]) for graph, basis in rows}
    assert {place for place, basis in where if basis == "curated"} == {"curation"}
    assert {place for place, basis in where if basis == "stated"} == {HITACHI}
    assert {basis for _, basis in where} == {"curated", "stated"}


@pytest.mark.parametrize("document", [TAKAOKA, HIMI, KANAZAWA, TOMAKOMAI, HITACHI])
def test_everything_that_can_be_compared_has_a_theme(document: str, real_store: Store) -> None:
    """What belongs to the plans, agreements and meetings that a document sets out has a theme, each goal an SDG."""
    query = """
        SELECT DISTINCT ?thing WHERE {{
          VALUES ?kind {{ {kinds} }}
          <https://w3id.org/sosei/id/doc/{document}> sosei:states ?stated .
          ?thing a ?kind ; sosei:partOf|sosei:raisedAt|sosei:indicatorOf|(sosei:indicatorOf/sosei:partOf) ?stated .
          FILTER NOT EXISTS {{ ?thing sosei:{link} ?theme }}
        }}
    """
    kinds = "sosei:Goal sosei:Measure sosei:Project sosei:NumericTarget sosei:KeyPerformanceIndicator"
    kinds += " sosei:CooperationItem sosei:Opinion"
    assert values(real_store, query.format(kinds=kinds, document=document, link="hasTheme")) == []
    assert (
        values(real_store, query.format(kinds="sosei:Goal", document=document, link="contributesToSDG")) == []
    )


@pytest.mark.parametrize("document", [TAKAOKA, HIMI, KANAZAWA, TOMAKOMAI, HITACHI])
def test_numbers_of_a_source_are_read_or_left_out_for_a_reason(
    document: str, real_store: Store, sources: Path
) -> None:
    """No number stands in a source that is neither evidence of a fact nor listed as left out."""
    [found] = measure_coverage(real_store, sources, f"https://w3id.org/sosei/id/doc/{document}").sources
    assert [number for number in found.numbers if number.kind == "unexplained"] == []


def test_narrowest_span_of_a_value_holds_its_figure(real_store: Store, sources: Path) -> None:
    """Of the spans of a value the narrowest is the figure itself, so that tables can point at it."""
    rows = values(
        real_store,
        """
        SELECT ?value ?stated ?file ?place WHERE {
          ?value sosei:statedValue ?stated ; sosei:evidence ?span .
          ?span oa:hasSource/sosei:fileName ?file .
          BIND(STRAFTER(STR(?span), "#char=") AS ?place)
        }
        """,
    )
    spans: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for value, stated, file, place in rows:
        start, end = map(int, place.split(","))
        spans.setdefault((value, stated, file), []).append((start, end))
    assert len(spans) > 50
    texts = {file: (sources / file).read_bytes().decode("utf-8") for _, _, file in spans}
    for (value, stated, file), places in spans.items():
        start, end = min(places, key=lambda place: place[1] - place[0])
        assert squeeze(stated) in squeeze(texts[file][start:end]), value
