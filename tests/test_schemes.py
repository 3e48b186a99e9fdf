"""The concept schemes: complete in both languages, closed, and the UN's goals under their own IRIs."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

FOLDER = Path(__file__).parent.parent / "ontology" / "schemes"
SCHEME = "https://w3id.org/sosei/scheme/"
NS = Namespace("https://w3id.org/sosei/ns#")
SDG = Namespace("http://metadata.un.org/sdg/")

# file → the scheme's local name and the class of its concepts (the SDGs have two and are tested on their own)
SCHEMES = {
    "absence-reasons": ("absence", "AbsenceReason"),
    "bases": ("basis", "Basis"),
    "comparable-indicators": ("indicator", "ComparableIndicator"),
    "directions": ("direction", "DirectionOfChange"),
    "indicator-kinds": ("indicatorkind", "IndicatorKind"),
    "omission-reasons": ("omission", "OmissionReason"),
    "progress-statuses": ("progress", "ProgressStatus"),
    "roles": ("role", "Role"),
    "stages": ("stage", "Stage"),
    "strengths": ("strength", "Strength"),
    "themes": ("theme", "PolicyTheme"),
    "units": ("unit", "Unit"),
    "year-bases": ("yearbasis", "YearBasis"),
}
FILES = [*SCHEMES, "sdgs"]

# What data, rules and shapes refer to by name: a scheme may grow, these may not vanish.
NAMES = {
    "absence": "not-implemented not-yet-counted blank-mark not-stated not-applicable other-document "
    "not-yet-set illegible not-found",
    "basis": "stated curated derived",
    "direction": "increase decrease maintain",
    "indicatorkind": "kpi numeric-target",
    "omission": "page-number",
    "progress": "achieved on-track behind maintained not-maintained cumulative-on-track cumulative-behind no-actual",
    "role": "lead partner cooperating",
    "stage": "outline draft proposal adopted",
    "strength": "primary related",
    "yearbasis": "calendar fiscal",
    "unit": "person case percent permille person-per-hectare time yen project company place household "
    "group school",
    "theme": "work industry employment startup tourism agriculture digital-industry traditional-industry "
    "people-flow migration related-population city-promotion university "
    "family marriage childcare education child-population work-life-balance "
    "community public-transport compact-city housing health-care welfare disaster environment culture-sports "
    "inter-city community-life administration "
    "diversity women older-people foreign-residents participation "
    "new-era digital sdgs human-resources",
    "indicator": "total-fertility-rate population net-migration births child-population ageing-rate "
    "waiting-children after-school-children tourists startups website-views related-population density "
    "public-transport-gap cooperation-projects",
}

GOALS = {
    1: ("貧困をなくそう", "No Poverty"),
    2: ("飢餓をゼロに", "Zero Hunger"),
    3: ("すべての人に健康と福祉を", "Good Health and Well-being"),
    4: ("質の高い教育をみんなに", "Quality Education"),
    5: ("ジェンダー平等を実現しよう", "Gender Equality"),
    6: ("安全な水とトイレを世界中に", "Clean Water and Sanitation"),
    7: ("エネルギーをみんなに そしてクリーンに", "Affordable and Clean Energy"),
    8: ("働きがいも経済成長も", "Decent Work and Economic Growth"),
    9: ("産業と技術革新の基盤をつくろう", "Industry, Innovation and Infrastructure"),
    10: ("人や国の不平等をなくそう", "Reduced Inequalities"),
    11: ("住み続けられるまちづくりを", "Sustainable Cities and Communities"),
    12: ("つくる責任 つかう責任", "Responsible Consumption and Production"),
    13: ("気候変動に具体的な対策を", "Climate Action"),
    14: ("海の豊かさを守ろう", "Life Below Water"),
    15: ("陸の豊かさも守ろう", "Life on Land"),
    16: ("平和と公正をすべての人に", "Peace, Justice and Strong Institutions"),
    17: ("パートナーシップで目標を達成しよう", "Partnerships for the Goals"),
}
# goal → how many numbered targets, and how many with letters (means of implementation)
TARGETS = {
    1: (5, 2),
    2: (5, 3),
    3: (9, 4),
    4: (7, 3),
    5: (6, 3),
    6: (6, 2),
    7: (3, 2),
    8: (10, 2),
    9: (5, 3),
    10: (7, 3),
    11: (7, 3),
    12: (8, 3),
    13: (3, 2),
    14: (7, 3),
    15: (9, 3),
    16: (10, 2),
    17: (19, 0),
}


def graph_of(stem: str) -> Graph:
    return Graph().parse(FOLDER / f"{stem}.ttl", format="turtle")


def concepts(graph: Graph) -> set[URIRef]:
    return {node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}


def languages(graph: Graph, node: URIRef, predicate: URIRef) -> list[str]:
    return sorted(
        str(value.language) for value in graph.objects(node, predicate) if isinstance(value, Literal)
    )


def target_numbers() -> set[str]:
    numbered = {f"{goal}.{number}" for goal, (count, _) in TARGETS.items() for number in range(1, count + 1)}
    return numbered | {
        f"{goal}.{letter}" for goal, (_, count) in TARGETS.items() for letter in "abcd"[:count]
    }


def test_every_file_of_the_folder_is_checked() -> None:
    """A scheme file that is added is added here too."""
    assert sorted(path.stem for path in FOLDER.glob("*.ttl")) == sorted(FILES)


@pytest.mark.parametrize("stem", FILES)
def test_both_parsers_read_the_same_triples(stem: str) -> None:
    """A file means the same to rdflib and to Oxigraph, and has no blank nodes."""
    graph = graph_of(stem)
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    read = ox.parse(path=FOLDER / f"{stem}.ttl", format=ox.RdfFormat.TURTLE)
    assert len(graph) == len({str(triple) for triple in read}) > 0


@pytest.mark.parametrize("stem", FILES)
def test_a_file_holds_one_scheme(stem: str) -> None:
    """A scheme has a title and a description in both languages and a licence."""
    graph = graph_of(stem)
    scheme = URIRef(SCHEME + SCHEMES.get(stem, ("sdg", ""))[0])
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    for predicate in (DCTERMS.title, DCTERMS.description, RDFS.label):
        assert languages(graph, scheme, predicate) == ["en", "ja"]
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(scheme, DCTERMS.license) == licence


@pytest.mark.parametrize("stem", FILES)
def test_concepts_stand_in_their_scheme(stem: str) -> None:
    """A concept is a top concept or has one broader concept of the same scheme, on a way up to a top."""
    graph = graph_of(stem)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    everything = concepts(graph)
    tops = set(graph.subjects(SKOS.topConceptOf, scheme))
    assert tops == set(graph.objects(scheme, SKOS.hasTopConcept))
    assert tops
    assert tops <= everything
    for concept in everything:
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        broader = list(graph.objects(concept, SKOS.broader))
        assert len(broader) == (0 if concept in tops else 1), concept
        assert set(broader) <= everything - {concept}
        assert tops & set(graph.transitive_objects(concept, SKOS.broader)), concept


@pytest.mark.parametrize("stem", FILES)
def test_a_label_means_one_concept(stem: str) -> None:
    """Within a scheme no label, other name or mark leads to two concepts, and no name is given twice."""
    graph = graph_of(stem)
    names = Counter(
        (str(name), name.language)
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for name in graph.objects(None, predicate)
        if isinstance(name, Literal)
    )
    assert [name for name, count in names.items() if count > 1] == []
    marks = Counter(str(mark) for mark in graph.objects(None, SKOS.notation))
    assert [mark for mark, count in marks.items() if count > 1] == []
    for concept in concepts(graph):
        assert languages(graph, concept, SKOS.prefLabel) == ["en", "ja"]


@pytest.mark.parametrize("stem", SCHEMES)
def test_concepts_of_our_own_are_defined(stem: str) -> None:
    """A concept of this project has its scheme's class and a definition in both languages."""
    graph = graph_of(stem)
    name, kind = SCHEMES[stem]
    for concept in concepts(graph):
        assert str(concept).startswith(f"{SCHEME}{name}/")
        assert set(graph.objects(concept, RDF.type)) == {SKOS.Concept, NS[kind]}
        assert languages(graph, concept, SKOS.definition) == ["en", "ja"]


@pytest.mark.parametrize("stem", SCHEMES)
def test_names_that_others_use_are_there(stem: str) -> None:
    """The names that data, rules and shapes build on exist."""
    name, _ = SCHEMES[stem]
    have = {str(concept).removeprefix(f"{SCHEME}{name}/") for concept in concepts(graph_of(stem))}
    assert set(NAMES[name].split()) <= have


def test_a_printed_unit_leads_to_one_unit() -> None:
    """A symbol as printed, in any of its spellings, names exactly one unit."""
    graph = graph_of("units")
    spellings: dict[str, set[object]] = {}
    for predicate in (SKOS.notation, SKOS.altLabel, SKOS.prefLabel):
        for unit, symbol in graph.subject_objects(predicate):
            spellings.setdefault(str(symbol), set()).add(unit)
    assert [symbol for symbol, units in spellings.items() if len(units) > 1] == []
    for spelling, name in {
        "箇所": "place",
        "ヶ所": "place",
        "カ所": "place",
        "か所": "place",
        "%": "percent",
    }.items():
        assert spellings[spelling] == {URIRef(f"{SCHEME}unit/{name}")}
    assert spellings["人／ha"] == spellings["人/ha"] == {URIRef(f"{SCHEME}unit/person-per-hectare")}


def test_themes_follow_the_national_strategy() -> None:
    """The six top themes are the national strategy's four basic and two cross-cutting goals, in order."""
    graph = graph_of("themes")
    tops = sorted(
        graph.objects(URIRef(f"{SCHEME}theme"), SKOS.hasTopConcept), key=lambda top: marks(graph, top)
    )
    names = ["work", "people-flow", "family", "community", "diversity", "new-era"]
    assert [str(top).rsplit("/", 1)[1] for top in tops] == names
    assert all(list(graph.subjects(SKOS.broader, top)) for top in tops)


def marks(graph: Graph, node: object) -> str:
    assert isinstance(node, URIRef)
    return str(graph.value(node, SKOS.notation))


def test_stages_have_an_order() -> None:
    """A plan goes from outline over draft and proposal to adoption."""
    graph = graph_of("stages")
    order = sorted(graph.subject_objects(NS.ordinal), key=lambda pair: int(str(pair[1])))
    assert [str(stage).rsplit("/", 1)[1] for stage, _ in order] == ["outline", "draft", "proposal", "adopted"]


def test_goals_are_the_united_nations_own() -> None:
    """The 17 goals have the UN's IRIs and their official short names."""
    graph = graph_of("sdgs")
    goals = set(graph.subjects(RDF.type, NS.SustainableDevelopmentGoal))
    assert goals == {SDG[str(number)] for number in range(1, 18)}
    for number, (ja, en) in GOALS.items():
        labels = set(graph.objects(SDG[str(number)], SKOS.prefLabel))
        assert labels == {Literal(ja, lang="ja"), Literal(en, lang="en")}


def test_targets_are_the_united_nations_own() -> None:
    """The 169 targets have the UN's IRIs, stand below their goals and carry their number."""
    graph = graph_of("sdgs")
    targets = set(graph.subjects(RDF.type, NS.SustainableDevelopmentTarget))
    assert len(target_numbers()) == 169
    assert targets == {SDG[number] for number in target_numbers()}
    for number in target_numbers():
        assert graph.value(SDG[number], SKOS.broader) == SDG[number.split(".")[0]]
        assert graph.value(SDG[number], SKOS.notation) == Literal(number)


def test_targets_are_short() -> None:
    """A target is named in a few words, so that it fits a table."""
    graph = graph_of("sdgs")
    for number in target_numbers():
        labels = {label.language: str(label) for label in graph.objects(SDG[number], SKOS.prefLabel)}  # type: ignore[attr-defined]
        assert 2 <= len(labels["en"].split()) <= 10
        assert 5 <= len(labels["ja"]) <= 30
