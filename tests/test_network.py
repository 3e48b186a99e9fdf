"""Networks: who works with whom, what hangs on what, what can be counted, and how two things are connected."""

import re
from itertools import combinations
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from sosei_graph.network import (
    cooperation_network,
    item_network,
    measure,
    plan_graph,
)
from sosei_graph.network.cooperation import weight
from sosei_graph.network.links import FURTHER_LINKS, NODE_KINDS, PLAN_LINKS, ROLES, link_label
from sosei_graph.store.memory import Store
from sosei_graph.vocab import NS, PREFIXES, TERMS
from sosei_graph.workspace import Workspace
from tests.helpers_reiji import load, write_workspace

ID = "https://w3id.org/sosei/id/"
GRAPH = "https://w3id.org/sosei/graph/"
REIJI, RINSETSU, ENPO = (f"{ID}gov/9920{number}" for number in (1, 2, 3))
STRATEGY = f"{ID}plan/99201/strategy-1"
PACT = f"{ID}agreement/99201-99202/2025-04-01"
TAKAOKA, HIMI, TONAMI, OYABE, NANTO, IMIZU = (
    f"{ID}gov/{code}" for code in (16202, 16205, 16208, 16209, 16210, 16211)
)
PLAN = f"{ID}plan/16202/regional-revitalization-2"
AGREEMENT = f"{ID}agreement/16202-16205/2026-01-19"
UNNAMED = f"{AGREEMENT}/item/1-4/party/related-organizations"


def small(workspace: Workspace, **graphs: str) -> Store:
    """A store of a few Turtle statements in named graphs; `curation_x` stands for `curation/x`."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    head += f"@base <{ID}> .\n@prefix : <{ID}> .\n"
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(GRAPH + name.replace("_", "/")))
        for name, text in graphs.items()
        for quad in ox.parse(head + text, ox.RdfFormat.TURTLE)
    ]
    return Store(workspace, quads)


def roles(*cells: str, agreement: str = "pact") -> str:
    """Turtle of an agreement from cells `item party role named…`."""
    text = f":{agreement} a sosei:Agreement .\n"
    for number, (item, party, role, *named) in enumerate(cell.split() for cell in cells):
        text += f":{item} sosei:partOf :{agreement} .\n:{agreement}{number} sosei:onItem :{item} ; "
        text += f"sosei:assignee :{party} ; sosei:role role:{role} .\n"
        text += "".join(f":{agreement}{number} sosei:cooperatesWith :{each} .\n" for each in named)
    return text


def ties(graph: "nx.Graph[str]") -> dict[tuple[str, str], tuple[int, int]]:
    """What the edges weigh and how many items they stand for."""
    return {
        (one.removeprefix(ID), other.removeprefix(ID)): (edge["weight"], len(edge["items"]))
        for one, other, edge in graph.edges(data=True)
    }


def edges(graph: "nx.Graph[str]") -> set[tuple[str, str, str]]:
    found = graph.edges(data=True)
    return {(one.removeprefix(ID), other.removeprefix(ID), edge["kind"]) for one, other, edge in found}


# Cooperation


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("lead", "partner", 3),
        ("partner", "lead", 3),
        ("lead", "lead", 2),
        ("partner", "partner", 2),
        ("lead", "cooperating", 1),
        ("cooperating", "cooperating", 1),
        ("partner", None, 1),
    ],
)
def test_an_item_weighs_by_the_two_roles(one: str, other: str | None, expected: int) -> None:
    assert weight(one, other) == expected


def test_a_third_city_is_tied_to_those_who_name_it(reiji_store: Store) -> None:
    """Only 隣接市's role names 遠方市: the lead, whose role does not, is not tied to it."""
    graph = cooperation_network(reiji_store)
    assert ties(graph) == {("gov/99201", "gov/99202"): (3, 1), ("gov/99202", "gov/99203"): (1, 1)}
    assert graph.edges[REIJI, RINSETSU]["items"] == (f"{PACT}/item/1-1",)
    assert graph.nodes[ENPO] == {"kind": "government", "label_ja": "遠方市", "label_en": "Enpo City"}


def test_ties_add_up_over_items(reiji: Workspace) -> None:
    """An item counts once however often the two name each other; a party may be tied to nobody."""
    store = small(
        reiji,
        a=roles("i10 a lead b", "i10 b partner a", "i2 a partner", "i2 b partner", "i3 c lead c"),
    )
    graph = cooperation_network(store)
    assert ties(graph) == {("a", "b"): (5, 2)}
    assert graph.edges[f"{ID}a", f"{ID}b"]["items"] == (f"{ID}i2", f"{ID}i10")
    assert list(graph) == [f"{ID}a", f"{ID}b", f"{ID}c"]


def test_who_has_two_roles_counts_with_the_weightier(reiji: Workspace) -> None:
    store = small(reiji, a=roles("i a cooperating b", "i a lead b", "i b partner"))
    assert ties(cooperation_network(store)) == {("a", "b"): (3, 1)}
    assert edges(item_network(store)) == {("a", "i", "lead"), ("b", "i", "partner")}


def test_networks_narrow_to_an_agreement(reiji: Workspace) -> None:
    """Another agreement's items are left out."""
    store = small(reiji, a=roles("i a lead b", "i b partner"), b=roles("j a lead c", agreement="other"))
    assert set(ties(cooperation_network(store))) == {("a", "b"), ("a", "c")}
    assert set(ties(cooperation_network(store, f"{ID}other"))) == {("a", "c")}
    assert edges(item_network(store, f"{ID}pact")) == {("a", "i", "lead"), ("b", "i", "partner")}


def test_roles_lead_from_a_party_to_the_item(reiji: Workspace) -> None:
    """Who is only named is led to from the item; the two sides of the graph are marked."""
    store = small(reiji, a=roles("i a lead b", "i a lead who"))
    graph = item_network(store)
    assert edges(graph) == {("a", "i", "lead"), ("i", "b", "cooperatesWith"), ("i", "who", "cooperatesWith")}
    assert [graph.nodes[f"{ID}{name}"]["bipartite"] for name in ("a", "i", "who")] == [0, 1, 0]
    assert nx.is_bipartite(graph)


def test_takaoka_and_himi(real_store: Store) -> None:
    """The agreement of 2026: 12 items with lead and partner, 2 without a lead, one that both lead."""
    graph = cooperation_network(real_store, AGREEMENT)
    assert graph.edges[TAKAOKA, HIMI]["weight"] == 12 * 3 + 2 * 2 + 1 * 2
    assert len(graph.edges[TAKAOKA, HIMI]["items"]) == 15
    thirds = {IMIZU: 6, OYABE: 2, TONAMI: 1, NANTO: 1, UNNAMED: 1}
    for city in (TAKAOKA, HIMI):
        assert {third: graph.edges[city, third]["weight"] for third in thirds} == thirds
    assert graph.number_of_edges() == 1 + 2 * len(thirds)
    assert graph.nodes[UNNAMED]["kind"] == "unnamed-party"


# Plans


def test_plan_graph_of_reiji(reiji_store: Store) -> None:
    """Everything that hangs together, each link once, from the subject of its property to the object."""
    short = {REIJI: "reiji", RINSETSU: "rinsetsu", f"{ID}area/reiji": "area"}
    names = {**short, STRATEGY: "plan", PACT: "pact"}

    def name(iri: str) -> str:
        return names.get(iri) or iri.removeprefix(f"{STRATEGY}/").removeprefix(f"{PACT}/")

    graph = plan_graph(reiji_store)
    assert {(name(a), kind, name(b)) for a, b, kind in graph.edges(keys=True)} == {
        ("plan", "adoptedBy", "reiji"),
        ("goal/1", "directPartOf", "plan"),
        ("goal/2", "directPartOf", "plan"),
        ("kpi/1-1", "indicatorOf", "goal/1"),
        ("kpi/1-2", "indicatorOf", "goal/1"),
        ("kpi/2-1", "indicatorOf", "goal/2"),
        ("item/1-1", "directPartOf", "field/1"),
        ("field/1", "directPartOf", "pillar/1"),
        ("pillar/1", "directPartOf", "pact"),
        ("pact", "contractingParty", "reiji"),
        ("pact", "contractingParty", "rinsetsu"),
        ("pact", "concerns", "area"),
    }
    assert graph.nodes[f"{STRATEGY}/goal/1"]["kind"] == "goal"
    assert {edge["basis"] for *_, edge in graph.edges(data=True)} == {"stated"}


def test_a_plan_graph_of_another_vocabulary(tmp_path: Path) -> None:
    """A workspace whose vocabulary lacks most of the links has a graph of those that it has."""
    graph = plan_graph(load(write_workspace(tmp_path)))
    theme = "https://w3id.org/sosei/scheme/theme/childcare"
    edge = graph.edges[f"{ID}plan/99201/strategy/goal/1", theme, "hasTheme"]
    assert edge == {"kind": "hasTheme", "weight": 1, "basis": "curated"}


def test_part_of_is_followed_where_a_file_states_it(reiji: Workspace) -> None:
    """What follows from `directPartOf` is no link of its own."""
    typed = ":p a sosei:Plan . :g a sosei:Goal . :m a sosei:Measure .\n"
    store = small(
        reiji,
        a=typed + ":g sosei:partOf :p ; sosei:directPartOf :p . :m sosei:partOf :g .",
        inferred=":m sosei:partOf :p . :g sosei:partOf :p .",
    )
    assert edges(plan_graph(store)) == {("g", "p", "directPartOf"), ("m", "g", "partOf")}


def test_links_say_what_they_rest_on(reiji: Workspace) -> None:
    """A link that follows from an alignment rests on what the alignment rests on."""
    align = ":a{n} sosei:alignedElement :g ; sosei:alignedTo {to} ; sosei:basis basis:{basis} .\n"
    store = small(
        reiji,
        doc=":g a sosei:Goal ; sosei:directPartOf :p . :p a sosei:Plan .\n"
        + align.format(n=1, to="theme:a", basis="stated")
        + "sdg:11 a sosei:SustainableDevelopmentGoal . sdg:11.2 skos:broader sdg:11 .\n"
        + "theme:a a sosei:PolicyTheme . theme:b a sosei:PolicyTheme .",
        curation_x=align.format(n=2, to="theme:a", basis="curated")
        + align.format(n=3, to="sdg:11.2", basis="curated"),
        inferred=":g sosei:hasTheme theme:a, theme:b ; sosei:contributesToSDG sdg:11 .",
    )
    found = plan_graph(store).out_edges(f"{ID}g", data=True)
    assert {target.rsplit("/", 1)[-1]: edge["basis"] for _, target, edge in found} == {
        "p": "stated",
        "a": "stated",
        "11": "curated",
        "b": "derived",
    }


def test_plan_of_takaoka(real_store: Store) -> None:
    """14 KPIs, each of a goal and of a project; projects ア to エ carry out the goals, one initiative the vision."""
    graph = plan_graph(real_store)
    kinds = [data["kind"] for iri, data in graph.nodes(data=True) if iri.startswith(f"{PLAN}/")]
    assert [kinds.count(kind) for kind in ("goal", "project", "initiative")] == [4, 4, 8]
    kpis = [iri for iri in graph if iri.startswith(f"{PLAN}/kpi/")]
    assert len(kpis) == 14
    for kpi in kpis:
        measured = [target for _, target, kind in graph.out_edges(kpi, keys=True) if kind == "indicatorOf"]
        assert sorted(graph.nodes[target]["kind"] for target in measured) == ["goal", "project"]
    carried = [
        (source.removeprefix(f"{PLAN}/"), target.removeprefix(f"{PLAN}/"))
        for source, target, kind in graph.edges(keys=True)
        if kind == "carriesOut" and source.startswith(f"{PLAN}/")
    ]
    pairs = [(f"project/{mark}", f"goal/{number}") for mark, number in zip("abcd", "1234", strict=True)]
    assert sorted(carried) == [("initiative/d-2", f"{ID}plan/toyama-gosei/cooperation-vision"), *pairs]


def test_links_are_terms_of_the_vocabulary(real_store: Store) -> None:
    """A property or class that the vocabulary gives up would silently be followed no more."""
    named = [kind.iri.removeprefix(NS) for kind in (*PLAN_LINKS, *FURTHER_LINKS) if kind.iri.startswith(NS)]
    assert set(named) | set(NODE_KINDS) <= set(TERMS)
    kinds = [kind.name for kind in (*PLAN_LINKS, *FURTHER_LINKS)]
    for kind in (*kinds, *ROLES):
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", link_label(real_store, kind, "ja"))
        assert re.fullmatch(r"[A-Za-z -]+", link_label(real_store, kind, "en"))


# Measures


def bridge(weight: int = 1) -> "nx.Graph[str]":
    """Two triangles, 1 2 3 and 10 20 30, tied by 3 and 10."""
    graph: nx.Graph[str] = nx.Graph()
    for triangle in (("n1", "n2", "n3"), ("n10", "n20", "n30")):
        graph.add_edges_from(combinations(triangle, 2), weight=2)
    graph.add_edge("n3", "n10", weight=weight)
    return graph


def test_two_groups_and_their_bridge() -> None:
    """Between the triangles every path leads over the bridge: 3 × 2 of the 10 pairs of others, for each end."""
    measures = measure(bridge())
    found = {node.iri: (node.degree, node.weighted_degree, node.betweenness) for node in measures.nodes}
    assert found == {
        "n1": (2, 4, 0),
        "n2": (2, 4, 0),
        "n3": (3, 5, 0.6),
        "n10": (3, 5, 0.6),
        "n20": (2, 4, 0),
        "n30": (2, 4, 0),
    }
    assert [group.members for group in measures.communities] == [("n1", "n2", "n3"), ("n10", "n20", "n30")]
    assert [node.community for node in measures.nodes] == [1, 1, 1, 2, 2, 2]


def test_communities_go_by_weight() -> None:
    """A bridge weightier than the rest makes a group of its own, second because of its IRIs."""
    found = [group.members for group in measure(bridge(10)).communities]
    assert found == [("n1", "n2"), ("n3", "n10"), ("n20", "n30")]


def test_equals_stand_in_the_order_of_their_iris() -> None:
    """Numbers in an IRI count as numbers; the order in which a graph was made does not matter."""
    measures = measure(bridge())
    expected = ["n3", "n10", "n1", "n2", "n20", "n30"]
    for table in (measures.by_degree(), measures.by_weighted_degree(), measures.by_betweenness()):
        assert [node.iri for node in table] == expected
    turned: nx.Graph[str] = nx.Graph()
    for one, other, edge in reversed(list(bridge().edges(data=True))):
        turned.add_edge(other, one, **edge)
    assert measure(turned) == measures


def test_directed_and_parallel_links_are_read_as_one_tie() -> None:
    """A thing that points at another twice, and at itself, has one tie, as weighty as the two links."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight=1)
    graph.add_edge("b", "a", weight=1)
    graph.add_edge("a", "a", weight=1)
    assert [(node.degree, node.weighted_degree) for node in measure(graph).nodes] == [(1, 2), (1, 2)]


def test_what_is_slow_can_be_left_out() -> None:
    measures = measure(bridge(), betweenness=False, communities=False)
    assert {(node.betweenness, node.community) for node in measures.nodes} == {(None, None)}
    assert measures.communities == ()


@pytest.mark.parametrize("names", ["", "ab"])
def test_networks_without_ties_have_measures(names: str) -> None:
    """Nobody, or people who know nobody."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    measures = measure(graph)
    assert [(node.degree, node.betweenness) for node in measures.nodes] == [(0, 0)] * len(names)
    assert [group.members for group in measures.communities] == [(name,) for name in names]


def test_measures_of_takaoka_and_himi(real_store: Store) -> None:
    """Both are tied to all; each stands on half of the shortest paths between two of the other five."""
    measures = measure(cooperation_network(real_store, AGREEMENT))
    first, second, third, *_ = measures.by_weighted_degree()
    weighty = 42 + 6 + 2 + 1 + 1 + 1
    assert [(node.iri, node.degree, node.weighted_degree) for node in (first, second, third)] == [
        (TAKAOKA, 6, weighty),
        (HIMI, 6, weighty),
        (IMIZU, 2, 12),
    ]
    assert [node.betweenness for node in (first, second, third)] == [pytest.approx(10 / 2 / 15)] * 2 + [0]
    (community,) = measures.communities
    assert len(community.members) == 7
