"""What follows from the graph: OWL 2 RL over the ontology's axioms, and the CONSTRUCT rules of the workspace.

The one place where the reasoning engine is chosen. Here it is SPARQL on the store itself: what the axioms come to
(`axioms`) makes one query for each property and each class, which finds at once all that is missing there (`closure`);
then `ontology/rules/*.rq`, and what follows from their results, to a fixpoint. Where a store knows what has changed
since, only that is followed (`updating`). owlrl is the reference: it finds the same facts about the same things.
Results go to `graph/inferred`, and only what is not asserted.
"""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from sosei_graph.reasoning.axioms import PATTERNS, Axioms
from sosei_graph.reasoning.closure import Closure, closed
from sosei_graph.reasoning.facts import Facts, Part
from sosei_graph.reasoning.rules import Rule, made_by, rules_of
from sosei_graph.reasoning.updating import update
from sosei_graph.store.memory import Store

#: So many facts are written at a time: a transaction is held in memory.
_CHUNK = 100_000


def infer(store: Store) -> int:
    """Fills the graph of inferred facts and returns how many there are.

    What it held before is compared with what follows now, and only the difference is written. A store on disk that
    knows that nothing has changed is left alone.
    """
    facts = Facts(store)
    if not store.is_reasoned():
        rules = rules_of(store.workspace)
        with store.reasoning():
            correct(facts, rules, store.touched())
    ((count,),) = store.select(f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {facts.graph} {{ ?s ?p ?o }} }}")
    return int(count.value) if count else 0


def correct(facts: Facts, rules: Sequence[Rule], touched: Iterable[ox.Triple] | None = None) -> bool:
    """Makes the facts those that follow; whether it took no more than to follow the statements that were `touched`."""
    axioms = Axioms.of(_axioms_in(facts, asserted=True))
    if touched is not None and update(facts, axioms, rules, touched):
        return True
    _Reasoner(facts, axioms).run(rules)
    return False


def _axioms_in(facts: Facts, *, asserted: bool) -> Iterator[ox.Triple]:
    for predicate, kind in PATTERNS:
        for quad in facts.store.ox.quads_for_pattern(None, predicate, kind, None):
            if not asserted or quad.graph_name != facts.graph:
                yield quad.triple


class _Reasoner:
    """Finds everything anew."""

    def __init__(self, facts: Facts, axioms: Axioms) -> None:
        self._facts = facts
        self._axioms = axioms

    def run(self, rules: Sequence[Rule]) -> None:
        """The axioms over what is asserted, then the rules, until neither finds anything new."""
        closure = Closure(self._facts.store.ox, self._axioms, besides=self._facts.graph)
        self._replace(closure.parts())
        self._follow(closure.beyond)
        self._follow_axioms()
        done: set[ox.Triple] = set()
        while new := [
            fact for rule in rules for fact in self._facts.add(made_by(rule, self._facts.store, done))
        ]:
            self._follow(new)
            self._follow_axioms()

    def _replace(self, parts: Iterable[tuple[Part, set[ox.Triple]]]) -> None:
        """Makes the graph hold these facts and no others."""
        stored = self._facts.parts()
        added: list[ox.Triple] = []
        for part, facts in parts:
            before = self._facts.of(part) if part in stored else set()
            stored.discard(part)
            self._facts.change(before - facts, ())
            added += facts - before
            if len(added) > _CHUNK:
                self._facts.change((), added)
                added = []
        for part in stored:
            self._facts.change(self._facts.of(part), ())
        self._facts.change((), added)

    def _follow(self, facts: Iterable[ox.Triple]) -> None:
        """Adds what follows by the axioms from facts that are new in the graph."""
        new = list(facts)
        self._facts.add(new)
        while new:
            found = [each for fact in new for each in self._axioms.consequences(fact)]
            for name in {each.predicate for each in (*new, *found)} & self._axioms.transitive:
                stored = self._facts.store.ox.quads_for_pattern(None, name, None, None)
                pairs = {(each.subject, each.object) for each in stored}
                pairs |= {(each.subject, each.object) for each in found if each.predicate == name}
                found += [ox.Triple(one, name, other) for one, other in closed(pairs)]
            new = self._facts.add(found)

    def _follow_axioms(self) -> None:
        """Where axioms have been inferred (by a rule, or from axioms about axioms), looks at everything anew."""
        while (axioms := Axioms.of(_axioms_in(self._facts, asserted=False))) != self._axioms:
            self._axioms = axioms
            closure = Closure(self._facts.store.ox, axioms)
            for _, facts in closure.parts():
                self._facts.change((), facts)
            self._follow(closure.beyond)
