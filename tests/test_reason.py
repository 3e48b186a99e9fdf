"""What follows from the graph, held against owlrl as the reference."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, Dataset, Graph, URIRef

from sosei_graph.errors import SoseiError
from sosei_graph.reasoning.axioms import PATTERNS
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace

BASE = "https://w3id.org/sosei/"
Triples = set[tuple[URIRef, URIRef, URIRef]]


def facts(graph: Graph | Dataset) -> Triples:
    """The facts about things of our own that either reasoner may infer.

    Left out are owlrl's axiomatic additions, which say nothing: that everything is itself, a Thing or a Resource.
    """
    empty = {OWL.Thing, RDFS.Resource, OWL.NamedIndividual}
    return {
        (s, p, o)
        for s, p, o in graph.triples((None, None, None))
        if isinstance(s, URIRef)
        and isinstance(p, URIRef)
        and isinstance(o, URIRef)
        and str(s).startswith((f"{BASE}id/", f"{BASE}scheme/"))
        and p not in (OWL.sameAs, OWL.differentFrom)
        and not (p == RDF.type and o in empty)
    }


def closed_by_owlrl(store: Store, graphs: list[str]) -> Triples:
    import owlrl

    graph = Graph()
    text = b"".join(f"{quad.triple} .\n".encode() for quad in store.quads(graphs))
    graph.parse(data=text, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return facts(graph)


def without_own_rules(workspace: Workspace, tmp_path: Path) -> Workspace:
    """The workspace with the ontology's axioms alone: owlrl knows nothing of our CONSTRUCT rules."""
    import shutil

    root = tmp_path / "axioms"
    shutil.copytree(workspace.root / "data", root / "data")
    (root / "ontology").mkdir()
    shutil.copy(workspace.ontology(), root / "ontology")
    shutil.copytree(workspace.schemes()[0].parent, root / "ontology" / "schemes")
    return Workspace.find(root)


def test_same_entailments_as_owlrl(reiji: Workspace, tmp_path: Path) -> None:
    """Over 例示市's documents, both reasoners find the same facts."""
    store = Store.load(without_own_rules(reiji, tmp_path))
    shared = [
        name for name in store.graphs() if not name.endswith(("governments", "calendar", "scheme/sdgs"))
    ]
    for graph in set(store.graphs()) - set(shared):
        store.ox.remove_graph(ox.NamedNode(graph))
    infer(store)
    assert facts(store.dataset()) == closed_by_owlrl(store, shared)


def test_real_documents_entail_the_same_as_owlrl(real_workspace: Workspace, tmp_path: Path) -> None:
    """Over the project's own documents, both reasoners find the same facts."""
    store = Store.load(without_own_rules(real_workspace, tmp_path))
    # owlrl needs minutes for the reference tables, in which no axiom fires that does not fire in the documents.
    shared = [
        name for name in store.graphs() if not name.endswith(("governments", "calendar", "scheme/sdgs"))
    ]
    for graph in set(store.graphs()) - set(shared):
        store.ox.remove_graph(ox.NamedNode(graph))
    infer(store)
    found = facts(store.dataset())
    assert len(found) > 3000
    assert found == closed_by_owlrl(store, shared)


TOY = """
@prefix : <https://w3id.org/sosei/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C owl:equivalentClass :D .
:p rdfs:subPropertyOf :q ; rdfs:domain :A ; rdfs:range :E . :q owl:equivalentProperty :r .
:t a owl:TransitiveProperty ; owl:inverseOf :u . :s a owl:SymmetricProperty .
:p2 rdfs:subPropertyOf :p .
:x :p2 :y . :y :t :z . :z :t :w . :y :s :x . :x :p "text" .
"""


TOY_GRAPH = ox.NamedNode(f"{BASE}graph/toy")


def toy_store(workspace: Workspace, text: str, without: ox.Triple | None = None) -> Store:
    triples = (quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE))
    kept = (each for each in triples if each != without)
    return Store(workspace, [ox.Quad(each.subject, each.predicate, each.object, TOY_GRAPH) for each in kept])


def test_every_rule_agrees_with_owlrl(reiji: Workspace) -> None:
    """Each kind of axiom that the rules know gives what owlrl gives, also where one feeds another."""
    store = toy_store(reiji, TOY)
    infer(store)
    assert about_things(facts(store.dataset())) == about_things(closed_by_owlrl(store, [TOY_GRAPH.value]))


def about_things(found: Triples) -> Triples:
    """The facts without those about the schema itself that say nothing about a thing."""
    schema = {RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.equivalentProperty}
    return {
        (s, p, o) for s, p, o in found if s != o and p not in schema and o not in (OWL.Class, RDF.Property)
    }


def is_axiom(triple: ox.Triple) -> bool:
    return any(triple.predicate == name and kind in {None, triple.object} for name, kind in PATTERNS)


AXIOMS = [quad.triple for quad in ox.parse(TOY, ox.RdfFormat.TURTLE) if is_axiom(quad.triple)]


def test_toy_has_every_kind_of_axiom() -> None:
    """A kind of axiom that is added to the reasoner has to be added here."""
    assert {(each.predicate, each.object) for each in AXIOMS} >= {each for each in PATTERNS if each[1]}
    assert {each.predicate for each in AXIOMS} >= {name for name, _ in PATTERNS}


@pytest.mark.parametrize("axiom", AXIOMS, ids=lambda axiom: str(axiom.predicate.value).rpartition("#")[2])
def test_every_axiom_is_followed(axiom: ox.Triple, reiji: Workspace) -> None:
    """Without any one of the axioms, something that follows is missed."""
    assert infer(toy_store(reiji, TOY, without=axiom)) < infer(toy_store(reiji, TOY))


def test_class_expressions_and_inverse_expressions_do_no_harm(reiji: Workspace) -> None:
    """Axioms about blank nodes (restrictions, inverses without a name) are followed between the names around them."""
    text = """
    @prefix : <https://w3id.org/sosei/id/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :A rdfs:subClassOf [ a owl:Restriction ; rdfs:subClassOf :B ] .
    [ owl:inverseOf :p ] rdfs:subPropertyOf :q .
    [] a owl:TransitiveProperty .
    :x a :A ; :p :y .
    """
    store = toy_store(reiji, text)
    infer(store)
    assert store.ask("ASK { <https://w3id.org/sosei/id/x> a <https://w3id.org/sosei/id/B> }")
    assert store.ask(
        "ASK { <https://w3id.org/sosei/id/y> <https://w3id.org/sosei/id/q> <https://w3id.org/sosei/id/x> }"
    )


def test_axioms_about_rdf_type_are_followed(reiji: Workspace) -> None:
    """A property below rdf:type gives things classes, with all that these bring, and axioms can follow from axioms."""
    text = """
    @prefix : <https://w3id.org/sosei/id/> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :kind rdfs:subPropertyOf rdf:type . :below rdfs:subPropertyOf rdfs:subClassOf .
    rdf:type rdfs:subPropertyOf :is . :x :kind :A . :A :below :B . :B rdfs:subClassOf :C .
    """
    store = toy_store(reiji, text)
    infer(store)
    found = {quad.object for quad in store.ox.quads_for_pattern(ox.NamedNode(f"{BASE}id/x"), None, None)}
    assert found == {ox.NamedNode(f"{BASE}id/{name}") for name in "ABC"}
    assert about_things(facts(store.dataset())) == about_things(closed_by_owlrl(store, [TOY_GRAPH.value]))


def test_inferred_facts_are_kept_apart(reiji_store: Store) -> None:
    """What is asserted is not repeated among what is inferred."""
    inferred = list(reiji_store.quads([reiji_store.workspace.inferred_graph]))
    asserted = {quad.triple for quad in reiji_store.ox} - {quad.triple for quad in inferred}
    assert inferred
    assert len(asserted) + len(inferred) == len({quad.triple for quad in reiji_store.ox})


def test_lead_city_is_inferred_from_the_role(reiji_store: Store) -> None:
    """The city whose assignment has the role of lead is the item's lead city."""
    rows = reiji_store.select("SELECT ?city WHERE { ?item sosei:leadCity ?city }")
    assert [str(row[0]) for row in rows] == [f"<{BASE}id/gov/99201>"]


def test_broken_rule_is_one_line(reiji: Workspace) -> None:
    """A rule that does not parse is an error of its file."""
    rules = reiji.root / "ontology" / "rules"
    rules.mkdir(parents=True)
    (reiji.root / "ontology" / "sosei.ttl").write_bytes(
        Workspace.find(Path(__file__).parent.parent).ontology().read_bytes()
    )
    (rules / "broken.rq").write_text("CONSTRUCT { ?a } WHERE", encoding="utf-8")
    store = Store.load(reiji)
    with pytest.raises(SoseiError, match=r"broken\.rq: the rule cannot be read"):
        infer(store)


def test_rule_that_makes_blank_nodes_is_one_line(reiji: Workspace) -> None:
    """Each round would make new ones: such a rule is refused, instead of reasoning without end."""
    rules = reiji.root / "ontology" / "rules"
    rules.mkdir(parents=True)
    (reiji.root / "ontology" / "sosei.ttl").write_bytes(
        Workspace.find(Path(__file__).parent.parent).ontology().read_bytes()
    )
    (rules / "endless.rq").write_text(
        "CONSTRUCT { ?plan rdfs:seeAlso [] } WHERE { ?plan a sosei:ComprehensiveStrategy }", encoding="utf-8"
    )
    with pytest.raises(SoseiError, match=r"endless\.rq: a rule cannot make blank nodes"):
        infer(Store.load(reiji))
