"""What the axioms of an ontology come to: for each property and class, all that a statement with it says besides.

The rules of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules, tables 5,
7 and 9) that have one statement about things as their premise can be followed to the end without looking at any data:
`scm-sco`, `scm-eqc1` and `cax-sco` through the classes; `scm-spo`, `scm-eqp1`, `prp-spo1`, `prp-inv` and `prp-symp`
through the properties; `prp-dom` and `prp-rng` from these to those. Only `prp-trp` joins statements.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from sosei_graph.vocab import PREFIXES

Node = ox.NamedNode | ox.BlankNode
Subjects = ox.NamedNode | ox.BlankNode | ox.Triple
#: A property, and whether subject and object have changed places.
Turned = tuple[Node, bool]

Names = frozenset[ox.NamedNode]
"""What statements are known by: their properties; those with `rdf:type` by that and by their classes."""

_Key = TypeVar("_Key")


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


TYPE = _term("rdf:type")
SUBCLASS, SUBPROPERTY = _term("rdfs:subClassOf"), _term("rdfs:subPropertyOf")
_DOMAIN, _RANGE = _term("rdfs:domain"), _term("rdfs:range")
_SAME_CLASS, _SAME_PROPERTY = _term("owl:equivalentClass"), _term("owl:equivalentProperty")
_INVERSE = _term("owl:inverseOf")
_SYMMETRIC, _TRANSITIVE = _term("owl:SymmetricProperty"), _term("owl:TransitiveProperty")

#: Patterns of statements, as predicate and object, that are axioms.
PATTERNS: tuple[tuple[ox.NamedNode, ox.NamedNode | None], ...] = (
    *((each, None) for each in (SUBCLASS, SUBPROPERTY, _DOMAIN, _RANGE)),
    *((each, None) for each in (_SAME_CLASS, _SAME_PROPERTY, _INVERSE)),
    (TYPE, _SYMMETRIC),
    (TYPE, _TRANSITIVE),
)


@dataclass(frozen=True)
class Axioms:
    """The axioms followed to the end. Every mapping has only keys with something to say.

    `superclasses` and `superproperties` leave out what takes no step; `also` has for a property what a statement with
    it says with others (or with itself turned); `of_subject` and `of_object` have the classes of what stands there.
    """

    superclasses: Mapping[Node, frozenset[Node]]
    superproperties: Mapping[Node, frozenset[Node]]
    also: Mapping[Node, frozenset[Turned]]
    of_subject: Mapping[Node, frozenset[Node]]
    of_object: Mapping[Node, frozenset[Node]]
    transitive: frozenset[Node]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> "Axioms":
        """What the axioms among the triples come to."""
        found = _Stated(triples)
        upper = followed(found.subclasses)
        says = followed(found.steps)
        also = {
            name: frozenset(turned for turned in reached if turned != (name, False))
            for (name, is_turned), reached in says.items()
            if not is_turned
        }
        return cls(
            {node: reached for node, reached in upper.items() if reached},
            {node: reached for node, reached in followed(found.subproperties).items() if reached},
            {name: reached for name, reached in also.items() if reached},
            dict(_classes(found, also, upper, of_object=False)),
            dict(_classes(found, also, upper, of_object=True)),
            frozenset(found.transitive),
        )

    @property
    def about_axioms(self) -> frozenset[Node]:
        """Those of `rdf:type`, `rdfs:subClassOf` and `rdfs:subPropertyOf` that axioms say something about."""
        told = {*self.also, *self.of_subject, *self.of_object}
        return frozenset(told & {TYPE, SUBCLASS, SUBPROPERTY})

    def consequences(self, triple: ox.Triple) -> Iterator[ox.Triple]:
        """All that one statement comes to, but for transitive properties."""
        subject, predicate, thing = triple.subject, triple.predicate, triple.object
        for name, turned in self.also.get(predicate, ()):
            if not isinstance(name, ox.NamedNode):
                continue
            if not turned:
                yield ox.Triple(subject, name, thing)
            elif isinstance(thing, Node):
                yield ox.Triple(thing, name, subject)
        classes = set(self.of_subject.get(predicate, ()))
        if predicate == TYPE and isinstance(thing, Node):
            classes |= self.superclasses.get(thing, frozenset())
        yield from (ox.Triple(subject, TYPE, each) for each in classes if isinstance(each, ox.NamedNode))
        if isinstance(thing, Node):
            kinds = self.of_object.get(predicate, ())
            yield from (ox.Triple(thing, TYPE, each) for each in kinds if isinstance(each, ox.NamedNode))

    def reach(self, names: Iterable[ox.NamedNode]) -> Names:
        """The names of statements with these names and of all that may follow from such."""
        reached: set[Node] = set()
        for name in names:
            reached |= {name, *(other for other, _ in self.also.get(name, ()))}
            classes = {*self.of_subject.get(name, ()), *self.of_object.get(name, ())}
            classes |= self.superclasses.get(name, frozenset())
            reached |= {TYPE, *classes} if classes else classes
        return frozenset(each for each in reached if isinstance(each, ox.NamedNode))

    def sources_of_properties(self) -> dict[Node, list[Turned]]:
        """For each property that follows from others, these."""
        return _reversed(
            (other, (name, turned)) for name, reached in self.also.items() for other, turned in reached
        )

    def sources_of_classes(self) -> dict[Node, "Members"]:
        """For each class, whose instances or whose subjects and objects are its members."""
        found: dict[Node, Members] = defaultdict(lambda: Members([], [], []))
        for lower, upper in self.superclasses.items():
            for each in upper - {lower}:
                found[each].instances_of.append(lower)
        for name, classes in self.of_subject.items():
            for each in classes:
                found[each].subjects_of.append(name)
        for name, classes in self.of_object.items():
            for each in classes:
                found[each].objects_of.append(name)
        return dict(found)


@dataclass(frozen=True)
class Members:
    """Where the members of a class are found."""

    instances_of: list[Node]
    subjects_of: list[Node]
    objects_of: list[Node]


class _Stated:
    """The axioms step by step, as they are stated."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.subclasses: dict[Node, set[Node]] = defaultdict(set)
        self.subproperties: dict[Node, set[Node]] = defaultdict(set)
        self.steps: dict[Turned, set[Turned]] = defaultdict(set)
        self.domains: dict[Node, set[Node]] = defaultdict(set)
        self.ranges: dict[Node, set[Node]] = defaultdict(set)
        self.transitive: set[Node] = set()
        readers: dict[ox.NamedNode, Callable[[Node, Node], None]] = {
            SUBCLASS: lambda one, other: self.subclasses[one].add(other),
            SUBPROPERTY: self._subproperty,
            _SAME_CLASS: self._same_class,
            _SAME_PROPERTY: self._same_property,
            _INVERSE: self._inverse,
            _DOMAIN: lambda name, each: self.domains[name].add(each),
            _RANGE: lambda name, each: self.ranges[name].add(each),
            TYPE: self._kind,
        }
        for triple in triples:
            one, other = triple.subject, triple.object
            if isinstance(one, Node) and isinstance(other, Node) and triple.predicate in readers:
                readers[triple.predicate](one, other)

    def _same_class(self, one: Node, other: Node) -> None:
        self.subclasses[one].add(other)
        self.subclasses[other].add(one)

    def _same_property(self, one: Node, other: Node) -> None:
        self._subproperty(one, other)
        self._subproperty(other, one)

    def _subproperty(self, lower: Node, upper: Node) -> None:
        self.subproperties[lower].add(upper)
        self._step(lower, (upper, False))

    def _inverse(self, one: Node, other: Node) -> None:
        self._step(one, (other, True))
        self._step(other, (one, True))

    def _kind(self, name: Node, kind: Node) -> None:
        if kind == _SYMMETRIC:
            self._step(name, (name, True))
        elif kind == _TRANSITIVE:
            self.transitive.add(name)

    def _step(self, name: Node, step: Turned) -> None:
        """From a statement with the property to another one, and the same from the statement turned round."""
        self.steps[name, False].add(step)
        self.steps[name, True].add((step[0], not step[1]))


def _classes(
    found: _Stated,
    also: Mapping[Node, frozenset[Turned]],
    upper: Mapping[Node, frozenset[Node]],
    *,
    of_object: bool,
) -> Iterator[tuple[Node, frozenset[Node]]]:
    """For each property the classes of its subjects, or of its objects, with all their superclasses."""
    for name in {*also, *found.domains, *found.ranges}:
        classes: set[Node] = set()
        for other, turned in {(name, False), *also.get(name, ())}:
            classes |= (found.ranges if turned != of_object else found.domains).get(other, set())
        if classes:
            yield name, frozenset(classes).union(*(upper.get(each, ()) for each in classes))


def followed(steps: Mapping[_Key, set[_Key]]) -> dict[_Key, frozenset[_Key]]:
    """What is reached from each key in one step or more."""
    reached: dict[_Key, frozenset[_Key]] = {}
    for key in steps:
        seen: set[_Key] = set()
        waiting = [key]
        while waiting:
            new = steps.get(waiting.pop(), set()) - seen
            seen |= new
            waiting.extend(new)
        reached[key] = frozenset(seen)
    return reached


def _reversed(pairs: Iterable[tuple[Node, Turned]]) -> dict[Node, list[Turned]]:
    found: dict[Node, list[Turned]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def names_of(triple: ox.Triple) -> Iterator[ox.NamedNode]:
    """What a statement is known by."""
    yield triple.predicate
    if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
        yield triple.object
