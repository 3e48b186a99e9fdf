"""What a document gets to know of the rest of the graph: the facts about what it refers to, and of where that stands.

A document is judged together with these facts, whose digest says whether a judgement still holds.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import pyoxigraph as ox

from sosei_graph.store.memory import Store
from sosei_graph.validation.figures import UNIT
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.targets import SUBCLASS, TYPE, Term
from sosei_graph.vocab import NS, PREFIXES

_SKOS = PREFIXES["skos"]
_UP = frozenset(
    {
        ox.NamedNode(NS + name)
        for name in (
            *("memberOfArea", "inPrefecture", "directPartOf", "indicatorOf", "planPeriod", "stage"),
            *("contractingParty", "evidence"),
        )
    }
    | {ox.NamedNode(PREFIXES["oa"] + "hasSource")}
)
"""From a node to those it stands in or rests on."""

_TOLD = (
    _UP
    | {TYPE, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.NamedNode(f"{_SKOS}prefLabel")}
    | {ox.NamedNode(PREFIXES["dcterms"] + "issued")}
    | {ox.NamedNode(NS + name) for name in ("startDate", "endDate", "signedOn", "states")}
)
"""What a document gets to know of the nodes of other files."""

_NAME = ox.NamedNode(f"{_SKOS}prefLabel")
_PRINTED = frozenset({ox.NamedNode(f"{_SKOS}notation"), ox.NamedNode(f"{_SKOS}altLabel"), _NAME})
_MEMBER = ox.NamedNode(NS + "memberOfArea")
_AREA = ox.NamedNode(NS + "CooperationArea")

Forms = dict[Term, tuple[str, ...]]
"""How each unit is printed."""


@dataclass(frozen=True)
class Needs:
    """What a document refers to: nodes that it does not describe, its areas, the units of its figures."""

    nodes: tuple[str, ...]
    areas: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """What the rest of the graph tells a document. Plain data: it can be sent to another process or machine."""

    triples: tuple[ox.Triple, ...]
    forms: tuple[tuple[str, tuple[str, ...]], ...] = ()


def needs_of(graph: Graph, described: set[Term]) -> Needs:
    """What a document refers to; `graph` has its own statements alone."""
    node = ox.NamedNode
    named: set[Term] = set()
    for column in graph.columns.values():
        named.update(column)
        named.update([value for values in column.values() for value in values if type(value) is node])
    outside = (term.value for term in named - described if type(term) is node)
    areas = (area.value for area in graph.inverse(TYPE).get(_AREA, ()) if isinstance(area, node))
    units = {unit for values in graph.column(UNIT).values() for unit in values}
    return Needs(
        tuple(sorted(outside)),
        tuple(sorted(areas)),
        tuple(sorted(unit.value for unit in units if isinstance(unit, node))),
    )


@dataclass(frozen=True)
class Basis:
    """What a context comes from: the digest of its facts, the graphs that tell them, and nodes beyond the needs."""

    digest: str
    graphs: tuple[str, ...]
    beyond: tuple[str, ...]


@dataclass(frozen=True)
class _Facts:
    """What is told of a node, and where that stands."""

    node: str
    quads: tuple[ox.Quad, ...]
    up: tuple[str, ...] = ()

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...]:
        """What is told."""
        return tuple(quad.triple for quad in self.quads)

    @cached_property
    def digest(self) -> bytes:
        """Of all that is told, and of which graph tells it."""
        return sha256("\n".join((self.node, *sorted(map(str, self.quads)))).encode()).digest()

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The graphs that tell it."""
        names = (quad.graph_name for quad in self.quads)
        return frozenset(name.value for name in names if isinstance(name, ox.NamedNode))


class References:
    """The graph as others see it: what it tells of a node is looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store.ox
        self._inferred = ox.NamedNode(store.workspace.inferred_graph)
        self._known: dict[str, _Facts] = {}
        self._members: dict[str, _Facts] = {}
        self._forms: dict[str, _Facts] = {}

    def context(self, needs: Needs, described: AbstractSet[str]) -> Context:
        """What a document that describes these things, by their IRIs, gets to know."""
        triples = [triple for facts in self._reached(needs, described) for triple in facts.triples]
        members = (triple for area in needs.areas for triple in self._members_of(area).triples)
        forms = tuple((unit, self._forms_of(unit)) for unit in needs.units)
        return Context((*triples, *members), forms)

    def basis(self, needs: Needs) -> Basis:
        """Of everything that the context may hold; its digest changes with any of it."""
        # What the document itself describes is not left out: its own digest tells of that.
        reached = list(self._reached(needs, frozenset()))
        about = [*map(self._members_of, needs.areas), *map(self._printed, needs.units)]
        found, graphs = sha256(), set[str]()
        for facts in (*reached, *about):
            found.update(facts.digest)
            graphs |= facts.graphs
        beyond = (facts.node for facts in reached[len(needs.nodes) :])
        return Basis(found.hexdigest(), tuple(sorted(graphs)), tuple(beyond))

    def touched(self, graphs: Iterable[str]) -> set[str]:
        """The nodes about which these graphs may tell something."""
        quads = [
            quad
            for graph in graphs
            for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        ]
        areas = {quad.object for quad in quads if quad.predicate == _MEMBER}
        nodes = {quad.subject for quad in quads} | areas
        return {node.value for node in nodes if isinstance(node, ox.NamedNode)}

    def _reached(self, needs: Needs, described: AbstractSet[str]) -> Iterator[_Facts]:
        """The facts about what is referred to, then about what that stands in, and so on, in a fixed order."""
        seen = {*described, *needs.nodes}
        waiting = list(needs.nodes)
        for node in waiting:
            facts = self._known.get(node) or self._facts(node)
            yield facts
            for above in facts.up:
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)

    def _facts(self, node: str) -> _Facts:
        quads = self._store.quads_for_pattern(ox.NamedNode(node), None, None, None)
        told = [quad for quad in quads if quad.predicate in _TOLD and quad.graph_name != self._inferred]
        up = {quad.object for quad in told if quad.predicate in _UP}
        nodes = sorted(each.value for each in up if isinstance(each, ox.NamedNode))
        facts = self._known[node] = _Facts(node, tuple(told), tuple(nodes))
        return facts

    def _members_of(self, area: str) -> _Facts:
        if area not in self._members:
            quads = self._store.quads_for_pattern(None, _MEMBER, ox.NamedNode(area), None)
            told = tuple(quad for quad in quads if quad.graph_name != self._inferred)
            self._members[area] = _Facts(area, told)
        return self._members[area]

    def _forms_of(self, unit: str) -> tuple[str, ...]:
        """How a unit is printed: its symbols, and then its Japanese name as well (`3キロメートル`)."""
        texts = [
            (quad.predicate, quad.object)
            for quad in self._printed(unit).quads
            if isinstance(quad.object, ox.Literal)
        ]
        forms = {text.value for predicate, text in texts if predicate != _NAME}
        names = {text.value for predicate, text in texts if predicate == _NAME and text.language == "ja"}
        return tuple(sorted(forms | names)) if forms else ()

    def _printed(self, unit: str) -> _Facts:
        """What says how a unit is printed."""
        if unit not in self._forms:
            quads = self._store.quads_for_pattern(ox.NamedNode(unit), None, None, None)
            told = tuple(quad for quad in quads if quad.predicate in _PRINTED)
            self._forms[unit] = _Facts(unit, told)
        return self._forms[unit]


def subclass_axioms(store: Store) -> tuple[ox.Triple, ...]:
    """The subclass axioms of the vocabulary between named classes."""
    ontology = ox.NamedNode(store.workspace.graph_name(store.workspace.ontology()))
    return tuple(
        quad.triple
        for quad in store.ox.quads_for_pattern(None, SUBCLASS, None, ontology)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    )
