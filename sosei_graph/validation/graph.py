"""A document with what it refers to, by predicate: what the quick engine looks into.

For each predicate a column from subjects to their values. That is all that constraints ask for, and it is filled at a
cost that a million statements bear.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from sosei_graph.validation.literals import PLAIN, Literals
from sosei_graph.validation.targets import SUBCLASS, TARGETS, TYPE, Classes, Targets, Term

Column = dict[Term, list[Term]]
_NOTHING: Column = {}
#: From this many values on a list is not searched for a value before it is added.
_LONG = 16


class Graph:
    """Statements by predicate, with the subclass axioms of the vocabulary."""

    def __init__(self, classes: Classes, literals: Literals) -> None:
        self.classes = classes
        self.columns: dict[Term, Column] = {}
        self.has_others = False
        """Whether it has blank nodes, or what is no term of RDF 1.1."""
        self.unsure: set[Term] = set()
        """Predicates with a value that only the reference engine can judge."""
        self.cache: dict[Any, Any] = {}
        """What constraints have worked out about this graph."""
        self._literals = literals
        self._inverse: dict[Term, Column] = {}

    def add(  # noqa: C901 - one loop, kept flat for the time it takes
        self, statements: Iterable[ox.Quad] | Iterable[ox.Triple]
    ) -> None:
        """Adds statements; what is in the graph already does not count twice."""
        # A million statements pass through this loop: what it does for each is kept to a handful of look-ups.
        columns, literal, node, known = self.columns, ox.Literal, ox.NamedNode, self._literals.look_up
        crowded: dict[tuple[Term, Term], list[Term]] = {}
        for statement in statements:
            subject, predicate, value = statement.subject, statement.predicate, statement.object
            if type(value) is literal:
                if value.datatype not in PLAIN:
                    value, sure = known(value)
                    if not sure:
                        self.unsure.add(predicate)
            elif type(value) is not node:
                self.has_others = True
            column = columns.get(predicate)
            if column is None:
                column = columns[predicate] = {}
            values = column.get(subject)  # type: ignore[arg-type] # no syntax has a triple for a subject
            if values is None:
                column[subject] = [value]  # type: ignore[index,list-item]
                if type(subject) is not node:
                    self.has_others = True
            elif len(values) >= _LONG:
                values.append(value)  # type: ignore[arg-type]
                crowded[predicate, subject] = values  # type: ignore[index]
            elif value not in values:
                values.append(value)  # type: ignore[arg-type]
        for values in crowded.values():
            values[:] = dict.fromkeys(values)
        self._inverse.clear()

    def clear(self) -> None:
        """Takes everything out."""
        self.columns.clear()
        self.unsure.clear()
        self.cache.clear()
        self._inverse.clear()

    def column(self, predicate: Term) -> Column:
        """From each subject to its values of a predicate."""
        if predicate == SUBCLASS:
            return self._subclasses()
        return self.columns.get(predicate, _NOTHING)

    def inverse(self, predicate: Term) -> Column:
        """From each value of a predicate to the subjects that have it."""
        found = self._inverse.get(predicate)
        if found is None:
            found = self._inverse[predicate] = {}
            for subject, values in self.column(predicate).items():
                for value in values:
                    found.setdefault(value, []).append(subject)
        return found

    def below(self, cls: Term) -> frozenset[Term]:
        """The class and all that stand below it, by the vocabulary and by what the graph itself says."""
        return self._classes().below(cls)

    def predicates(self) -> set[Term]:
        """Every predicate of the graph."""
        return {*self.columns, SUBCLASS}

    def quads(self, predicates: Iterable[Term]) -> list[ox.Quad]:
        """The statements with one of these predicates, as quads of the default graph."""
        return [
            ox.Quad(subject, predicate, value)  # type: ignore[arg-type]
            for predicate in predicates
            for subject, values in self.column(predicate).items()
            for value in values
        ]

    def triples(self) -> list[ox.Triple]:
        """All statements."""
        return [quad.triple for quad in self.quads(self.predicates())]

    def described(self) -> set[Term]:
        """The things with an IRI that have a type."""
        return {node for node in self.columns.get(TYPE, _NOTHING) if isinstance(node, ox.NamedNode)}

    def targeted(self, targets: Targets) -> set[Term]:
        """The nodes that one of the target declarations selects."""
        key = tuple(targets[name] for name in TARGETS)
        if key not in self.cache:
            self.cache[key] = self._targeted(targets)
        found: set[Term] = self.cache[key]
        return found

    def _targeted(self, targets: Targets) -> set[Term]:
        found: set[Term] = set(targets["targetNode"])
        if targets["targetClass"]:
            members = self._members()
            for cls in targets["targetClass"]:
                for below in self.below(cls):
                    found.update(members.get(below, ()))
        for predicate in targets["targetSubjectsOf"]:
            found.update(self.column(predicate))
        for predicate in targets["targetObjectsOf"]:
            found.update(self.inverse(predicate))
        return found

    def _members(self) -> Column:
        return self.inverse(TYPE)

    def _classes(self) -> Classes:
        if SUBCLASS not in self.columns:
            return self.classes
        if "classes" not in self.cache:
            self.cache["classes"] = Classes((*self.classes.axioms, *self._own_axioms()))
        known: Classes = self.cache["classes"]
        return known

    def _own_axioms(self) -> Iterator[ox.Triple]:
        for subject, values in self.columns.get(SUBCLASS, _NOTHING).items():
            for value in values:
                yield ox.Triple(subject, SUBCLASS, value)  # type: ignore[arg-type]

    def _subclasses(self) -> Column:
        if "subclasses" not in self.cache:
            column: Column = {}
            for axiom in self._classes().axioms:
                values = column.setdefault(axiom.subject, [])  # type: ignore[arg-type]
                if axiom.object not in values:
                    values.append(axiom.object)  # type: ignore[arg-type]
            self.cache["subclasses"] = column
        found: Column = self.cache["subclasses"]
        return found
