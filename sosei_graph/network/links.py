"""What a network is made of: the properties that are followed as links, and what kinds of things they tie.

A link is a property between two things of which a reader would say that one has to do with the other. What nearly
everything shares (a unit, a fiscal year, a stage) is no link: it would bring everything within two steps of
everything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.languages import Lang, Text
from sosei_graph.store.memory import Store
from sosei_graph.turtle import natural
from sosei_graph.vocab import NS, PREFIXES

if TYPE_CHECKING:
    import networkx as nx

#: Source, target, kind.
Edge = tuple[str, str, str]

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")

#: The roles of an agreement; an edge of that kind leads from the party to the item.
ROLES = ("lead", "partner", "cooperating")
#: From the item to a party that a role names and that has no role of its own in it (関係機関).
NAMED = "cooperatesWith"
#: Between two parties, without a direction: what they have in common in all items.
COOPERATION = "cooperation"


@dataclass(frozen=True)
class LinkKind:
    """A property that is followed.

    `rank` orders ways of one length: roles come first, then how plans are built, then how agreements hang together.
    `general`: the property stands above exact ones, and is followed only where a file itself states it.
    """

    iri: str
    rank: int = 1
    general: bool = False

    @property
    def name(self) -> str:
        """What edges call it: the property's local name."""
        return self.iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _sosei(names: str, rank: int = 1, *, general: bool = False) -> tuple[LinkKind, ...]:
    return tuple(LinkKind(NS + name, rank, general) for name in names.split())


#: The links of the plan graph, each from the subject of its property to the object.
PLAN_LINKS = (
    *_sosei("directPartOf carriesOut continues indicatorOf supportsItem adoptedBy detailedIn succeeds"),
    *_sosei("partOf", general=True),
    LinkKind(PREFIXES["prov"] + "wasRevisionOf"),
    *_sosei("contributesToSDG hasTheme comparableAs"),
    *_sosei("contractingParty amends replacesAnnexOf concerns", 2),
)
#: What else is followed between two things: values, documents, deliberation, evaluation, areas.
FURTHER_LINKS = (
    *_sosei("hasBaseline hasActual hasTarget hasProjection states onItem signs onBehalfOf restsOn reasonFor"),
    *_sosei("raisedAt respondsTo agendaOf heldBy milestoneOf evaluates evaluator summarizes"),
    *_sosei("usesSpecialMeasure donationEstimate memberOfArea inPrefecture"),
    *_sosei("hasValue", general=True),
    LinkKind(PREFIXES["dcterms"] + "isPartOf"),
    LinkKind(PREFIXES["prov"] + "wasAssociatedWith"),
    LinkKind(PREFIXES["skos"] + "broader"),
)
RANKS = {
    **{kind.name: kind.rank for kind in (*PLAN_LINKS, *FURTHER_LINKS)},
    **dict.fromkeys(ROLES, 0),
    NAMED: 1,
}
#: Properties that the vocabulary takes from elsewhere and does not label.
_BORROWED = {
    "wasRevisionOf": Text("改訂元", "revision of"),
    "isPartOf": Text("属する先", "part of"),
    "wasAssociatedWith": Text("関わった主体", "associated with"),
    "broader": Text("上位の概念", "broader"),
}
#: Class → what nodes of it are called; the first that fits counts.
NODE_KINDS = {
    "LocalGovernment": "government",
    "NationalGovernment": "government",
    "UnnamedParty": "unnamed-party",
    "CooperationArea": "area",
    "Agreement": "agreement",
    "CooperationPillar": "pillar",
    "CooperationField": "field",
    "CooperationItem": "item",
    "Plan": "plan",
    "Goal": "goal",
    "Direction": "direction",
    "Measure": "measure",
    "Programme": "programme",
    "Project": "project",
    "Initiative": "initiative",
    "PlanElement": "element",
    "Indicator": "indicator",
    "SustainableDevelopmentGoal": "sdg",
    "SustainableDevelopmentTarget": "sdg-target",
    "PolicyTheme": "theme",
    "ComparableIndicator": "comparable-indicator",
}
#: What many things share, so that a way over it says little: in a city, everything meets.
HUBS = frozenset({"government", "area", "sdg", "sdg-target", "theme", "comparable-indicator"})
#: Of a node in none of these classes: a value, a document, a meeting.
OTHER = "other"


def node_kind(store: Store, iri: str) -> str:
    """What kind of thing it is, in one of the words of `NODE_KINDS`, else `OTHER`."""
    types = store.ox.quads_for_pattern(ox.NamedNode(iri), _TYPE, None)
    names = {quad.object.value.removeprefix(NS) for quad in types if isinstance(quad.object, ox.NamedNode)}
    return next((kind for name, kind in NODE_KINDS.items() if name in names), OTHER)


def link_label(store: Store, kind: str, lang: Lang) -> str:
    """The vocabulary's label of a kind of link: that of the property, or of the role."""
    if kind in _BORROWED:
        return _BORROWED[kind].in_(lang)
    if kind in ROLES:
        label = store.label(PREFIXES["role"] + kind, lang)
        return label.lower() if lang == "en" else label  # it stands inside a line, as those of properties do
    return store.label(NS + kind, lang)


def add_nodes(graph: "nx.Graph[str]", store: Store, iris: Iterable[str]) -> None:
    """Add the things as nodes in the order of their IRIs, each with its labels and kind."""
    for iri in sorted(set(iris), key=natural):
        labels = {f"label_{lang}": store.label(iri, lang) for lang in ("ja", "en")}
        graph.add_node(iri, kind=node_kind(store, iri), **labels)


def in_order(edges: Iterable[Edge], nodes: Iterable[str]) -> list[Edge]:
    """The edges in the order of their ends among the nodes; it makes every network the same each time."""
    places = {iri: place for place, iri in enumerate(nodes)}
    return sorted(edges, key=lambda edge: (places[edge[0]], places[edge[1]], edge[2]))
