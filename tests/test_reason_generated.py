"""Reasoning over generated ontologies and data: the same as owlrl, and the same again after every change."""

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei_graph.reasoning.facts import Facts
from sosei_graph.reasoning.reasoner import correct, infer
from sosei_graph.reasoning.rules import Rule
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace
from tests.test_reason import BASE, about_things, closed_by_owlrl, facts

GRAPHS = tuple(ox.NamedNode(f"{BASE}graph/{name}") for name in ("one", "two"))


def named(*names: str) -> st.SearchStrategy[ox.NamedNode]:
    return st.sampled_from([ox.NamedNode(f"{BASE}id/{name}") for name in names])


def term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


THINGS, CLASSES = named("x1", "x2", "x3", "x4"), named("A", "B", "C", "D")
LINKS, VALUES = named("p1", "p2", "p3", "p4"), named("v1", "v2")
#: What only rules make.
MADE = named("m1", "m2", "m3")
TEXTS = st.just(ox.Literal("text"))


def triples(
    subject: st.SearchStrategy[ox.NamedNode], predicate: str | st.SearchStrategy[ox.NamedNode], thing: object
) -> st.SearchStrategy[ox.Triple]:
    predicates = st.just(term(predicate)) if isinstance(predicate, str) else predicate
    things = thing if isinstance(thing, st.SearchStrategy) else st.just(thing)
    return st.builds(ox.Triple, subject, predicates, things)


AXIOMS = st.one_of(
    triples(CLASSES, "rdfs:subClassOf", CLASSES),
    triples(CLASSES, "owl:equivalentClass", CLASSES),
    triples(LINKS, "rdfs:subPropertyOf", LINKS),
    triples(VALUES, "rdfs:subPropertyOf", VALUES),
    triples(LINKS, "owl:equivalentProperty", LINKS),
    triples(LINKS, "owl:inverseOf", LINKS),
    triples(LINKS | VALUES, "rdfs:domain", CLASSES),
    triples(LINKS, "rdfs:range", CLASSES),
    triples(LINKS, "rdf:type", term("owl:TransitiveProperty")),
    triples(LINKS, "rdf:type", term("owl:SymmetricProperty")),
)
DATA = st.one_of(
    triples(THINGS, LINKS, THINGS), triples(THINGS, "rdf:type", CLASSES), triples(THINGS, VALUES, TEXTS)
)


def store_of(*quads: ox.Quad) -> Store:
    """A store of a workspace without rules of its own."""
    return Store(Workspace(Path("nowhere"), Path("nowhere")), quads)


def in_graphs(found: st.SearchStrategy[ox.Triple]) -> st.SearchStrategy[ox.Quad]:
    graphs = st.sampled_from(GRAPHS)
    return st.builds(
        lambda each, graph: ox.Quad(each.subject, each.predicate, each.object, graph), found, graphs
    )


@given(st.sets(in_graphs(AXIOMS), max_size=12), st.sets(in_graphs(DATA), max_size=10))
@settings(max_examples=60, deadline=None)
def test_same_facts_as_owlrl(axioms: set[ox.Quad], data: set[ox.Quad]) -> None:
    """Whatever the axioms, in whichever graphs they and the data stand, the facts are those that owlrl finds."""
    store = store_of(*axioms, *data)
    count = infer(store)
    names = [graph.value for graph in GRAPHS]
    assert about_things(facts(store.dataset())) == about_things(closed_by_owlrl(store, names))
    assert count == len(set(store.ox)) - len(axioms | data)
    assert infer(store) == count


PREFIX = f"PREFIX : <{BASE}id/> "
RULES = [
    Rule(PREFIX + text, f"{number}.rq")
    for number, text in enumerate(
        (
            # Results that nobody reads, one with a way of several steps, one of a count.
            "CONSTRUCT { ?x :m1 ?y } WHERE { ?x :p1 ?z . ?z :p2 ?y }",
            "CONSTRUCT { ?x :m1 ?kind } WHERE { VALUES ?kind { :A :B } ?x a ?kind }",
            "CONSTRUCT { ?x a :M } WHERE { ?x :p1/:p2* ?y }",
            "CONSTRUCT { ?x :m3 :x1 } WHERE { SELECT ?x WHERE { ?x :p1 ?y } GROUP BY ?x HAVING(COUNT(?y) > 1) }",
            # Those that read what others make, or they themselves; one that makes what axioms have facts for.
            "CONSTRUCT { ?x :m2 ?y } WHERE { ?x :m1 ?y . ?y a :A }",
            "CONSTRUCT { ?x :m1 ?y } WHERE { ?x :m1 ?z . ?z :m1 ?y }",
            "CONSTRUCT { ?x :m3 ?y } WHERE { ?x a :M ; :p3 ?y }",
            "CONSTRUCT { ?x :p2 ?y } WHERE { ?x :m1 ?y }",
            # Those for which something must be missing.
            "CONSTRUCT { ?x :m2 ?y } WHERE { ?x :p3 ?y FILTER NOT EXISTS { ?x :m2 ?any } }",
            "CONSTRUCT { ?x :m3 ?y } WHERE { ?x :p4 ?y MINUS { ?x :m1 ?y } }",
            "CONSTRUCT { ?x :m3 ?y ; :m1 ?y } WHERE { ?x :p4 ?y ; a :B . OPTIONAL { ?x :m2 ?z } FILTER(!BOUND(?z)) }",
            # Those that may read anything.
            "CONSTRUCT { ?x :m2 ?x } WHERE { ?x a ?kind }",
            "CONSTRUCT { ?x :m3 ?y } WHERE { ?x :p2* ?y . ?x :p3 ?z }",
            "CONSTRUCT { ?x :m1 ?y } WHERE { ?x ?p ?y . ?x a :C }",
        )
    )
]
AXIOMS_OF_MADE = st.one_of(
    triples(MADE, "rdfs:domain", CLASSES),
    triples(MADE, "rdfs:range", CLASSES),
    triples(MADE, "rdfs:subPropertyOf", LINKS),
    triples(named("M"), "rdfs:subClassOf", CLASSES),
)
DATA_AS_MADE = triples(THINGS, MADE, THINGS) | triples(THINGS, "rdf:type", named("M"))
QUADS = st.sets(in_graphs(DATA | DATA_AS_MADE), max_size=10)


@given(
    st.sets(in_graphs(AXIOMS | AXIOMS_OF_MADE), max_size=8),
    st.lists(st.sampled_from(RULES), max_size=3, unique=True),
    st.lists(QUADS, min_size=2, max_size=4),
)
@settings(max_examples=500, deadline=None)
def test_facts_after_a_change_are_those_found_anew(
    axioms: set[ox.Quad], rules: list[Rule], states: list[set[ox.Quad]]
) -> None:
    """However the data change, following what changed comes to the same as finding everything anew."""
    store = store_of(*axioms, *states[0])
    correct(Facts(store), rules)
    for before, after in pairwise(states):
        for quad in before - after:
            store.ox.remove(quad)
        store.ox.extend(after - before)
        correct(Facts(store), rules, {quad.triple for quad in before ^ after})
        anew = store_of(*axioms, *after)
        correct(Facts(anew), rules)
        assert set(store.ox) == set(anew.ox)
