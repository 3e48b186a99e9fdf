"""What a name can mean: the things of some classes, with the names that they go by."""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import product

import pyoxigraph as ox

from sosei_graph.store.memory import Store, Term
from sosei_graph.text import fold
from sosei_graph.vocab import NS, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
#: The properties whose values name a thing.
NAMES = tuple(
    ox.NamedNode(iri)
    for iri in (
        PREFIXES["rdfs"] + "label",
        PREFIXES["skos"] + "prefLabel",
        PREFIXES["skos"] + "altLabel",
        f"{NS}kana",
    )
)


class Scope:
    """What can be meant: the instances of some classes, or, without classes, everything that has a type."""

    def __init__(self, store: Store, classes: tuple[str, ...] = ()) -> None:
        self.store = store
        self.classes = classes

    @cached_property
    def _subclasses(self) -> frozenset[ox.NamedNode]:
        pending, seen = [ox.NamedNode(NS + name) for name in self.classes], set[ox.NamedNode]()
        while pending:
            node = pending.pop()
            if node not in seen:
                seen.add(node)
                pending += subjects(self.store, _SUBCLASS, node)
        return frozenset(seen)

    @cached_property
    def members(self) -> frozenset[str]:
        """The IRIs of all that can be meant; without classes there can be millions."""
        classes = self._subclasses or (None,)
        return frozenset(node.value for each in classes for node in subjects(self.store, _TYPE, each))

    def __contains__(self, iri: str) -> bool:
        # One thing is looked up: there are thousands of governments.
        types = self.store.ox.quads_for_pattern(ox.NamedNode(iri), _TYPE, None)
        return any(not self.classes or quad.object in self._subclasses for quad in types)

    @cached_property
    def folded(self) -> tuple[tuple[str, str], ...]:
        """Every name as it is compared, with the IRI of what has it; without classes also of what has no type."""
        folded = cache(fold)
        # Without classes one pass over all names costs less than a look-up for each thing.
        things: Iterable[ox.NamedNode | None] = map(ox.NamedNode, self.members) if self.classes else (None,)
        found = (
            (quad.object.value, quad.subject.value)
            for thing, predicate in product(things, NAMES)
            for quad in self.store.ox.quads_for_pattern(thing, predicate, None)
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        )
        return tuple((folded(name), iri) for name, iri in found)

    def named(self, names: Iterable[str]) -> Iterator[str]:
        """What has one of the names to the letter: looked up, not searched for."""
        found = set()
        for name in names:
            literals = (ox.Literal(name, language="ja"), ox.Literal(name, language="en"), ox.Literal(name))
            for predicate, literal in product(NAMES, literals):
                found |= {node.value for node in subjects(self.store, predicate, literal)}
        return (iri for iri in sorted(found) if iri in self)


def subjects(store: Store, predicate: ox.NamedNode, value: Term | None) -> list[ox.NamedNode]:
    """What has the property with that value, or with any."""
    quads = store.ox.quads_for_pattern(None, predicate, value)
    return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]


def instances(store: Store, classes: Iterable[str]) -> frozenset[str]:
    """The IRIs of everything in these classes of the vocabulary (local names), subclasses included."""
    return Scope(store, tuple(classes)).members
