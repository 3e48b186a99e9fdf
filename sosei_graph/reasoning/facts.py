"""The graph of inferred facts, part by part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from sosei_graph.reasoning.axioms import TYPE
from sosei_graph.store.memory import Store

#: Of more facts than these it is quicker to read what there is than to look each up.
_MANY = 500


@dataclass(frozen=True)
class Part:
    """Statements with one property; of those with `rdf:type`, the ones with one class."""

    predicate: ox.NamedNode
    kind: Any = None

    @classmethod
    def of(cls, triple: ox.Triple) -> "Part":
        """The part that a statement belongs to."""
        return cls(triple.predicate, triple.object if triple.predicate == TYPE else None)


class Facts:
    """The inferred facts of a store. `graph` is theirs; what stands in any other is asserted."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.graph = ox.NamedNode(store.workspace.inferred_graph)

    def __contains__(self, fact: ox.Triple) -> bool:
        return self._quad(fact) in self.store.ox

    def change(self, removed: Iterable[ox.Triple], added: Iterable[ox.Triple]) -> None:
        """Takes facts out, and puts others in."""
        self.store.change(map(self._quad, removed), map(self._quad, added))

    def add(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """Adds those of the triples that stand in no graph, and returns them."""
        by_part: dict[Part, set[ox.Triple]] = defaultdict(set)
        for each in triples:
            by_part[Part.of(each)].add(each)
        new = [each for part, found in by_part.items() for each in found - self._standing(part, found)]
        self.change((), new)
        return new

    def is_asserted(self, fact: ox.Triple) -> bool:
        """Whether it stands in another graph than this."""
        quads = self.store.ox.quads_for_pattern(fact.subject, fact.predicate, fact.object, None)
        return any(quad.graph_name != self.graph for quad in quads)

    def parts(self) -> set[Part]:
        """The parts that hold something."""
        predicates, kinds = self._rows("DISTINCT ?p", "?s ?p ?o"), self._rows("DISTINCT ?c", f"?s {TYPE} ?c")
        return {Part(each) for (each,) in predicates if each != TYPE} | {
            Part(TYPE, each) for (each,) in kinds
        }

    def of(self, part: Part) -> set[ox.Triple]:
        """The facts of a part."""
        if part.kind is None:
            pairs = self._rows("?s ?o", f"?s {part.predicate} ?o")
            return {ox.Triple(one, part.predicate, other) for one, other in pairs}
        if isinstance(part.kind, ox.NamedNode):
            return {ox.Triple(one, TYPE, part.kind) for (one,) in self._rows("?s", f"?s {TYPE} {part.kind}")}
        return {quad.triple for quad in self.store.ox.quads_for_pattern(None, TYPE, part.kind, self.graph)}

    def _standing(self, part: Part, triples: set[ox.Triple]) -> set[ox.Triple]:
        """Those of the part's triples that stand in some graph, and perhaps others of it."""
        find = self.store.ox.quads_for_pattern
        if len(triples) > _MANY:
            return {quad.triple for quad in find(None, part.predicate, part.kind, None)}
        return {each for each in triples if next(find(each.subject, each.predicate, each.object, None), None)}

    def _rows(self, variables: str, pattern: str) -> Iterable[Iterable[Any]]:
        return rows_of(self.store.ox, f"SELECT {variables} WHERE {{ GRAPH {self.graph} {{ {pattern} }} }}")

    def _quad(self, fact: ox.Triple) -> ox.Quad:
        return ox.Quad(fact.subject, fact.predicate, fact.object, self.graph)


def rows_of(store: ox.Store, query: str) -> Iterable[Iterable[Any]]:
    """The rows of a SELECT over all graphs."""
    found = store.query(query, use_default_graph_as_union=True)
    return found if isinstance(found, ox.QuerySolutions) else ()
