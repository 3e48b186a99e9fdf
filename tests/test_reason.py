"""What follows from the graph, held against owlrl as the reference."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, Dataset, Graph, URIRef

from sosei_graph.errors import SoseiError
from sosei_graph.reason import OWL_RL, infer
from sosei_graph.store import Store
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


def test_every_rule_agrees_with_owlrl(reiji: Workspace) -> None:
    """Each kind of axiom that the rules know gives what owlrl gives, also where one feeds another."""
    graph = ox.NamedNode(f"{BASE}graph/toy")
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in ox.parse(TOY, ox.RdfFormat.TURTLE)]
    store = Store(reiji, quads)
    infer(store)
    assert about_things(facts(store.dataset())) == about_things(closed_by_owlrl(store, [graph.value]))


def about_things(found: Triples) -> Triples:
    """The facts without those about the schema itself that say nothing about a thing."""
    schema = {RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.equivalentProperty}
    return {
        (s, p, o) for s, p, o in found if s != o and p not in schema and o not in (OWL.Class, RDF.Property)
    }


@pytest.mark.parametrize("rule", OWL_RL)
def test_every_rule_is_needed(rule: str, reiji: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any one of the rules, something that follows is missed."""
    graph = ox.NamedNode(f"{BASE}graph/toy")
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in ox.parse(TOY, ox.RdfFormat.TURTLE)]
    store = Store(reiji, quads)
    everything = infer(store)
    monkeypatch.delitem(OWL_RL, rule)
    assert infer(store) < everything


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
