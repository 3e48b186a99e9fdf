"""What follows from the graph: OWL 2 RL over the ontology's axioms, and the CONSTRUCT rules of the workspace.

The one place where the reasoning engine is chosen. Here it is SPARQL on the store itself: the rules of OWL 2 RL
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules, tables 5, 7 and 9) that an
ontology in this vocabulary's profile can fire, and `ontology/rules/*.rq`, all to a fixpoint. owlrl is the reference:
it finds the same facts about the same things. Results go to `graph/inferred`, and only what is not asserted.
"""

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read_text
from sosei_graph.languages import Text
from sosei_graph.store import Store

# Named after the rules of the specification.
OWL_RL = {
    "scm-sco": "CONSTRUCT { ?a rdfs:subClassOf ?c } WHERE { ?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?c }",
    "scm-spo": "CONSTRUCT { ?a rdfs:subPropertyOf ?c } WHERE { ?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?c }",
    "scm-eqc1": "CONSTRUCT { ?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a } WHERE { ?a owl:equivalentClass ?b }",
    "scm-eqp1": "CONSTRUCT { ?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?a } "
    "WHERE { ?a owl:equivalentProperty ?b }",
    "prp-spo1": "CONSTRUCT { ?s ?q ?o } WHERE { ?p rdfs:subPropertyOf ?q . ?s ?p ?o }",
    "prp-inv": "CONSTRUCT { ?o ?q ?s } WHERE { { ?p owl:inverseOf ?q } UNION { ?q owl:inverseOf ?p } ?s ?p ?o "
    "FILTER(!isLiteral(?o)) }",
    "prp-symp": "CONSTRUCT { ?o ?p ?s } WHERE { ?p a owl:SymmetricProperty . ?s ?p ?o FILTER(!isLiteral(?o)) }",
    "prp-trp": "CONSTRUCT { ?s ?p ?z } WHERE { ?p a owl:TransitiveProperty . ?s ?p ?o . ?o ?p ?z }",
    "prp-dom": "CONSTRUCT { ?s a ?c } WHERE { ?p rdfs:domain ?c . ?s ?p ?o }",
    "prp-rng": "CONSTRUCT { ?o a ?c } WHERE { ?p rdfs:range ?c . ?s ?p ?o FILTER(!isLiteral(?o)) }",
    "cax-sco": "CONSTRUCT { ?s a ?b } WHERE { ?a rdfs:subClassOf ?b . ?s a ?a }",
}


def infer(store: Store) -> int:
    """Fills the graph of inferred facts anew and returns how many there are."""
    graph = ox.NamedNode(store.workspace.inferred_graph)
    store.ox.clear_graph(graph)
    known = {quad.triple for quad in store.ox}
    rules = [*OWL_RL.values(), *_own_rules(store)]
    asserted = len(known)
    before = -1
    while len(known) > before:
        before = len(known)
        for rule in rules:
            new = set(store.construct(rule)) - known
            known |= new
            store.ox.extend(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in new)
    return len(known) - asserted


def _own_rules(store: Store) -> list[str]:
    """The workspace's CONSTRUCT rules, each tried once so that a broken one is an error of its file."""
    rules = []
    for path in store.workspace.rules():
        shown = store.workspace.short(path)
        rule = read_text(path, shown)
        try:
            store.construct(rule)
        except (SyntaxError, TypeError) as error:
            raise SoseiError(
                Text(
                    f"規則を読めません: {error}", f"the rule cannot be read: {' '.join(str(error).split())}"
                ),
                where=shown,
                hint=Text("CONSTRUCT の問い合わせにしてください", "it has to be a CONSTRUCT query"),
            ) from error
        rules.append(rule)
    return rules
