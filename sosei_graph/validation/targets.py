"""Which nodes a shape looks at (SHACL section 2.1.3), with the classes of the vocabulary."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from sosei_graph.vocab import PREFIXES

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Targets = Mapping[str, tuple[Term, ...]]
"""For each of `TARGETS` the classes, properties or nodes that a shape names."""


@dataclass
class Classes:
    """Which classes stand below a class, by the ontology's subclass axioms."""

    axioms: tuple[ox.Triple, ...]
    _below: dict[Term, set[Term]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[Term, frozenset[Term]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for axiom in self.axioms:
            if not isinstance(axiom.object, ox.Triple) and not isinstance(axiom.subject, ox.Triple):
                self._below[axiom.object].add(axiom.subject)

    def below(self, cls: Term) -> frozenset[Term]:
        """The class itself and all that stand below it."""
        if cls in self._known:
            return self._known[cls]
        found: set[Term] = set()
        waiting = [cls]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._below.get(current, ()))
        self._known[cls] = frozenset(found)
        return self._known[cls]
