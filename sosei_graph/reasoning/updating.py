"""Inferred facts kept true while a few of the statements that they follow from come and go.

As the axioms are followed to the end, a fact rests on statements one step away: to see whether it still does, or does
now, is a handful of look-ups, whatever the size of the graph. Transitive properties are followed anew, as far as the
statements reach that hang together with those that changed. Of the rules, those are asked again that can be concerned.
What they make counts among the statements that facts rest on. It is known by its property or class, so none of these
may be one that the axioms have facts for as well; where one is, or an axiom has changed, everything is found anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyoxigraph as ox

from sosei_graph.reasoning.axioms import (
    PATTERNS,
    SUBCLASS,
    SUBPROPERTY,
    TYPE,
    Axioms,
    Members,
    Names,
    Node,
    Turned,
    names_of,
)
from sosei_graph.reasoning.closure import closed
from sosei_graph.reasoning.facts import Facts, Part
from sosei_graph.reasoning.rules import Reach, Rule, concerned, made_by

_SCHEMA = {SUBCLASS, SUBPROPERTY}


def update(facts: Facts, axioms: Axioms, rules: Sequence[Rule], touched: Iterable[ox.Triple]) -> bool:
    """Corrects the facts, right before statements were `touched` (came or went); False if that is not possible."""
    touched = set(touched)
    reaches = [reach for rule in rules if (reach := Reach.of(rule, axioms))]
    made: Names = frozenset().union(*(each.makes for each in reaches))
    if len(reaches) < len(rules) or not _can_follow(axioms, made, touched):
        return False
    work = _Update(facts, axioms, made)
    work.follow(touched)
    # Not of what has changed by now: facts that rest on a rule's earlier results may be what these rested on.
    names = axioms.reach(name for each in touched for name in names_of(each))
    independent, bound = concerned(reaches, names)
    work.ask_once(independent)
    work.ask_all(bound)
    return True


def _can_follow(axioms: Axioms, made: Names, touched: Iterable[ox.Triple]) -> bool:
    follows = {*axioms.sources_of_properties(), *axioms.sources_of_classes(), *axioms.transitive}
    schema = {TYPE, *(term for pattern in PATTERNS for term in pattern)}
    changed = {(each.predicate, kind) for each in touched for kind in (None, each.object)}
    return not (axioms.about_axioms or made & (follows | schema) or changed & {*PATTERNS})


class _Update:
    def __init__(self, facts: Facts, axioms: Axioms, made: Names) -> None:
        self._facts = facts
        self._find = facts.store.ox.quads_for_pattern
        self._axioms = axioms
        self._made = made
        self._sources = axioms.sources_of_properties()
        self._members = axioms.sources_of_classes()

    def follow(self, touched: Iterable[ox.Triple]) -> None:
        """Corrects what follows by the axioms from statements that came or went."""
        changed = set(touched)
        for name in self._axioms.transitive:
            if isinstance(name, ox.NamedNode) and (ends := set(self._ends(name, changed))):
                changed |= self._regrow(name, ends)
        possible = {fact for each in changed for fact in (each, *self._axioms.consequences(each))}
        removed, added = set(), set()
        for fact in filter(self._is_simple, possible):
            stored = fact in self._facts
            follows = not self._facts.is_asserted(fact) and self._rests(fact)
            if stored and not follows:
                removed.add(fact)
            elif follows and not stored:
                added.add(fact)
        self._facts.change(removed, added)

    def ask_once(self, rules: Sequence[Reach]) -> None:
        """Rules that have nothing to do with any results: only the difference to the earlier ones is written."""
        before = self._made_before(rules)
        found = {fact for each in rules for fact in made_by(each.rule, self._facts.store)}
        now = {fact for fact in found if not self._facts.is_asserted(fact)}
        self._facts.change(before - now, now - before)
        self.follow(before ^ now)

    def ask_all(self, rules: Sequence[Reach]) -> None:
        """Rules that may read what they make: their results are taken away, and found anew to a fixpoint."""
        before = self._made_before(rules)
        self._facts.change(before, ())
        self.follow(before)
        done: set[ox.Triple] = set()
        while new := [
            fact for each in rules for fact in self._facts.add(made_by(each.rule, self._facts.store, done))
        ]:
            self.follow(new)

    def _made_before(self, rules: Iterable[Reach]) -> set[ox.Triple]:
        names = {name for each in rules for name in each.makes}
        parts = {Part(name) for name in names} | {Part(TYPE, name) for name in names}
        return {fact for part in parts for fact in self._facts.of(part)}

    def _is_simple(self, fact: ox.Triple) -> bool:
        """Whether it is a fact that follows, if at all, from one statement by the axioms."""
        if fact.predicate == TYPE:
            return fact.object not in self._made
        return fact.predicate not in {*self._made, *self._axioms.transitive, *_SCHEMA}

    def _rests(self, fact: ox.Triple) -> bool:
        """Whether there is a statement that it follows from."""
        node, thing = fact.subject, fact.object
        patterns: list[tuple[Any, Any, Any]]
        if fact.predicate == TYPE:
            members = self._members.get(thing, Members([], [], []))  # type: ignore[arg-type] # any term may be asked for
            patterns = [
                *((node, TYPE, each) for each in members.instances_of),
                *((node, each, None) for each in members.subjects_of),
                *((None, each, node) for each in members.objects_of),
            ]
        else:
            sources = self._sources.get(fact.predicate, [])
            patterns = [(thing, other, node) if turned else (node, other, thing) for other, turned in sources]
        return any(next(self._statements(*pattern), None) is not None for pattern in patterns)

    def _statements(self, subject: Any, predicate: Any, thing: Any) -> Iterator[ox.Quad]:
        """The statements of a pattern that facts rest on: asserted, made by rules, or of transitive properties."""
        if not isinstance(predicate, ox.NamedNode) or isinstance(subject, ox.Literal):
            return
        for quad in self._find(subject, predicate, thing, None):
            name = quad.object if predicate == TYPE else predicate
            if quad.graph_name != self._facts.graph or name in self._made or name in self._axioms.transitive:
                yield quad

    # Transitive properties

    def _ends(self, name: ox.NamedNode, touched: Iterable[ox.Triple]) -> Iterator[Node]:
        """The ends of those statements that say something with the property."""
        for each in touched:
            if name in {each.predicate, *(other for other, _ in self._axioms.also.get(each.predicate, ()))}:
                yield from (end for end in (each.subject, each.object) if isinstance(end, Node))

    def _regrow(self, name: ox.NamedNode, ends: set[Node]) -> set[ox.Triple]:
        """Follows the property anew from these ends on, both ways; the facts that have come or gone."""
        pairs, seen, waiting = set(), set(ends), list(ends)
        while waiting:
            for pair in self._pairs_at(name, waiting.pop()):
                pairs.add(pair)
                new = {end for end in pair if isinstance(end, Node)} - seen
                seen |= new
                waiting += new
        grown = {ox.Triple(one, name, other) for one, other in closed(pairs)}
        now = {fact for fact in grown if not self._facts.is_asserted(fact)}
        before = {quad.triple for node in seen for quad in self._find(node, name, None, self._facts.graph)}
        self._facts.change(before - now, now - before)
        return before ^ now

    def _pairs_at(self, name: ox.NamedNode, node: Node) -> Iterator[tuple[Any, Any]]:
        """The pairs with this end that the property follows for in one step."""
        steps: list[Turned] = [(name, False), *self._sources.get(name, [])]
        for other, turned in steps:
            for quad in (*self._statements(node, other, None), *self._statements(None, other, node)):
                grown = quad.graph_name == self._facts.graph and other in self._axioms.transitive
                if not grown and not turned:
                    yield quad.subject, quad.object
                elif not grown and isinstance(quad.object, Node):
                    yield quad.object, quad.subject
