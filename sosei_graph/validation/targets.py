"""Which nodes of a document a shape looks at (SHACL section 2.1.3), with the classes of the vocabulary."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from sosei_graph.vocab import PREFIXES

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Targets = Mapping[str, tuple[ox.NamedNode, ...]]
"""For each of `TARGETS` the classes, properties or nodes that a shape names."""


@dataclass
class Classes:
    """Which classes stand below a class, by the ontology's subclass axioms."""

    axioms: tuple[ox.Triple, ...]
    _below: dict[Term, set[Term]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for axiom in self.axioms:
            if isinstance(axiom.object, ox.NamedNode) and not isinstance(axiom.subject, ox.Triple):
                self._below[axiom.object].add(axiom.subject)

    def below(self, cls: Term) -> set[Term]:
        """The class itself and all that stand below it."""
        found, waiting = set(), [cls]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._below.get(current, ()))
        return found


class Index:
    """The nodes a document describes, by what makes them a target (section 2.1.3)."""

    def __init__(self, triples: list[ox.Triple], classes: Classes, described: set[ox.NamedNode]) -> None:
        self._classes = classes
        self._described = described
        self._by: dict[str, dict[Term, set[Term]]] = {name: defaultdict(set) for name in TARGETS}
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue
            if predicate == TYPE:
                self._by["targetClass"][value].add(subject)
            self._by["targetSubjectsOf"][predicate].add(subject)
            self._by["targetObjectsOf"][predicate].add(value)

    def focus_nodes(self, targets: Targets) -> set[ox.NamedNode]:
        """The nodes that the document describes and that one of the target declarations selects."""
        found: set[Term] = set(targets["targetNode"])
        for cls in targets["targetClass"]:
            for below in self._classes.below(cls):
                found |= self._by["targetClass"].get(below, set())
        for name in ("targetSubjectsOf", "targetObjectsOf"):
            for predicate in targets[name]:
                found |= self._by[name].get(predicate, set())
        return self._described.intersection(found)
