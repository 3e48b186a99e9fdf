"""What follows from a store by axioms and is missing in it: found by one query a property and one a class.

The axioms have been followed to the end (`axioms`), so a query that unites all that a fact can follow from finds it
in one step; and as it leaves out what is there already, what it brings is seldom much.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import pyoxigraph as ox

from sosei_graph.reasoning.axioms import SUBCLASS, SUBPROPERTY, TYPE, Axioms, Members, Node, Turned, followed
from sosei_graph.reasoning.facts import Part, rows_of

Pair = tuple[Any, Any]
"""Subject and object of a statement."""


class Closure:
    """What follows from the store's graphs, all or `besides` one, and is missing in them."""

    def __init__(self, store: ox.Store, axioms: Axioms, besides: ox.NamedNode | None = None) -> None:
        self._store = store
        self._axioms = axioms
        self._besides = besides
        self.beyond: list[ox.Triple] = []
        """Once `parts` has ended, what they leave to look into: statements of axioms about `rdf:type` and the like."""

    def parts(self) -> Iterator[tuple[Part, set[ox.Triple]]]:
        """Each part with what is missing in it."""
        for part, triples in chain(self._properties(), self._schema(), self._classes()):
            if part.predicate in self._axioms.about_axioms:
                self.beyond += triples
            yield part, triples

    def _properties(self) -> Iterator[tuple[Part, set[ox.Triple]]]:
        sources = self._axioms.sources_of_properties()
        transitive = set(_named(self._axioms.transitive))
        grown = {name: self._grown(name, sources.get(name, [])) for name in transitive}
        others = set(_named(sources)) - transitive
        found = grown | {name: self._spread(name, sources[name], grown) for name in others}
        for name, pairs in found.items():
            if name in (TYPE, SUBCLASS, SUBPROPERTY):
                self.beyond += _triples(name, pairs)
            else:
                yield Part(name), _triples(name, pairs)

    def _grown(self, name: ox.NamedNode, sources: Iterable[Turned]) -> set[Pair]:
        """What is missing of a transitive property."""
        known = self._pairs(name)
        return closed(known | self._missing_pairs(name, sources)) - known

    def _spread(
        self, name: ox.NamedNode, sources: Iterable[Turned], grown: Mapping[ox.NamedNode, set[Pair]]
    ) -> set[Pair]:
        """What is missing of a property, also of what transitive ones have grown to."""
        named = [(other, turned) for other, turned in sources if isinstance(other, ox.NamedNode)]
        more = {pair for other, turned in named for pair in _turned(grown.get(other, ()), turned=turned)}
        return self._missing_pairs(name, sources) | (more and more - self._pairs(name))

    def _schema(self) -> Iterator[tuple[Part, set[ox.Triple]]]:
        for predicate, upper in (
            (SUBCLASS, self._axioms.superclasses),
            (SUBPROPERTY, self._axioms.superproperties),
        ):
            pairs = {(one, other) for one, reached in upper.items() for other in reached}
            named = {pair for pair in pairs if all(isinstance(each, ox.NamedNode) for each in pair)}
            yield Part(predicate), _triples(predicate, named - self._pairs(predicate))

    def _classes(self) -> Iterator[tuple[Part, set[ox.Triple]]]:
        for kind, members in self._axioms.sources_of_classes().items():
            if isinstance(kind, ox.NamedNode):
                missing = self._missing_members(kind, members)
                yield Part(TYPE, kind), {ox.Triple(each, TYPE, kind) for each in missing}

    def _missing_pairs(self, name: ox.NamedNode, sources: Iterable[Turned]) -> set[Pair]:
        found = [
            f"{{ ?y {other} ?x FILTER(!isLiteral(?x)) }}" if turned else f"{{ ?x {other} ?y }}"
            for other, turned in sources
            if isinstance(other, ox.NamedNode)
        ]
        return {(x, y) for x, y in self._missing("?x ?y", found, f"?x {name} ?y")}

    def _missing_members(self, kind: ox.NamedNode, members: Members) -> set[Any]:
        found = [
            *(f"{{ ?x {TYPE} {each} }}" for each in _named(members.instances_of)),
            *(f"{{ ?x {each} ?y }}" for each in _named(members.subjects_of)),
            *(f"{{ ?y {each} ?x FILTER(!isLiteral(?x)) }}" for each in _named(members.objects_of)),
        ]
        return {x for (x,) in self._missing("?x", found, f"?x {TYPE} {kind}")}

    def _missing(self, variables: str, found: list[str], known: str) -> Iterable[Iterable[Any]]:
        if not found:
            return ()
        first, second = self._where(" UNION ".join(found), "?g"), self._where(known, "?h")
        return rows_of(self._store, f"SELECT DISTINCT {variables} WHERE {{ {first} MINUS {{ {second} }} }}")

    def _pairs(self, name: ox.NamedNode) -> set[Pair]:
        where = self._where(f"?x {name} ?y", "?g")
        return {(x, y) for x, y in rows_of(self._store, f"SELECT ?x ?y WHERE {{ {where} }}")}

    def _where(self, pattern: str, graph: str) -> str:
        if self._besides is None:
            return pattern
        return f"GRAPH {graph} {{ {pattern} }} FILTER({graph} != {self._besides})"


def closed(pairs: Iterable[Pair]) -> set[Pair]:
    """The transitive closure of the pairs."""
    steps: dict[Any, set[Any]] = defaultdict(set)
    for one, other in pairs:
        steps[one].add(other)
    return {(one, other) for one, reached in followed(steps).items() for other in reached}


def _turned(pairs: Iterable[Pair], *, turned: bool) -> Iterator[Pair]:
    for one, other in pairs:
        if not turned:
            yield one, other
        elif isinstance(other, Node):
            yield other, one


def _named(nodes: Iterable[Node]) -> Iterator[ox.NamedNode]:
    return (each for each in nodes if isinstance(each, ox.NamedNode))


def _triples(predicate: ox.NamedNode, pairs: Iterable[Pair]) -> set[ox.Triple]:
    return {ox.Triple(one, predicate, other) for one, other in pairs}
