"""The graph in memory."""

import socket

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF

from sosei_graph.errors import SoseiError
from sosei_graph.store.memory import Store, bind
from sosei_graph.vocab import SOSEI

GOALS = """
SELECT DISTINCT ?goal WHERE {
  # PARAMETERS
  ?goal a sosei:Goal ; rdfs:label ?name .
}
ORDER BY ?goal
"""


def test_each_file_is_a_named_graph(reiji_store: Store) -> None:
    """A document's facts stand in the graph that is named after its file."""
    graphs = reiji_store.graphs()
    assert "https://w3id.org/sosei/graph/reiji-strategy" in graphs
    assert "https://w3id.org/sosei/graph/inferred" in graphs
    assert "https://w3id.org/sosei/graph/ontology" in graphs
    assert "https://w3id.org/sosei/graph/scheme/roles" in graphs


def test_query_sees_all_graphs_at_once(reiji_store: Store) -> None:
    """A query joins facts of a document with reference data and what was inferred."""
    rows = reiji_store.select(GOALS)
    assert [str(row[0]) for row in rows] == [
        "<https://w3id.org/sosei/id/plan/99201/strategy-1/goal/1>",
        "<https://w3id.org/sosei/id/plan/99201/strategy-1/goal/2>",
    ]


def test_parameter_narrows_the_answer(reiji_store: Store) -> None:
    """A bound variable leaves the rows that have this very term."""
    rows = reiji_store.select(GOALS, name=ox.Literal("子どもと暮らす", language="ja"))
    assert len(rows) == 1


def test_parameter_cannot_become_sparql(reiji_store: Store) -> None:
    """A value that looks like SPARQL stays a value."""
    attack = ox.Literal('x" } UNION { ?goal ?p ?o } #\n', language="ja")
    assert len(reiji_store.select(GOALS, name=attack)) == 0


def test_query_without_a_place_for_parameters_is_refused() -> None:
    """Binding a query that has no `# PARAMETERS` line is an error, not a silent nothing."""
    with pytest.raises(SoseiError, match="takes no parameters"):
        bind("SELECT * WHERE { ?s ?p ?o }", {"s": ox.NamedNode("http://example.org/")})


def test_windows_line_ends_keep_the_place_of_parameters(reiji_store: Store) -> None:
    """A query file saved with CRLF binds its parameters as any other."""
    query = GOALS.replace("\n", "\r\n")
    assert len(reiji_store.select(query, name=ox.Literal("子どもと暮らす", language="ja"))) == 1


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <{}> {{ ?x ?y ?z }}",
        "?s a sosei:Plan.SERVICE<{}>{{ ?x ?y ?z }}",
        "SERVICE SILENT <{}> {{ ?x ?y ?z }}",
    ],
)
def test_no_query_of_a_workspace_uses_the_network(call: str, reiji_store: Store) -> None:
    """Rules, checks and questions that call SERVICE are refused before the engine sees them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(SoseiError, match="SERVICE is refused"):
            reiji_store.select(f"SELECT * WHERE {{ {call.format(address)} }}")
        with pytest.raises(TimeoutError):
            server.accept()


def test_label_falls_back_to_the_other_language_and_to_the_name(reiji_store: Store) -> None:
    """A thing without a label in the language shows the other one, and without any the end of its IRI."""
    assert reiji_store.label("https://w3id.org/sosei/id/gov/99201", "en") == "Reiji City"
    assert reiji_store.label("http://example.org/id/nobody", "ja") == "nobody"


def test_dataset_is_rdflib_with_the_same_graphs(reiji_store: Store) -> None:
    """The rdflib form has every graph and answers rdflib's own look-ups."""
    dataset = reiji_store.dataset()
    assert len(list(dataset.subjects(RDF.type, SOSEI.KeyPerformanceIndicator))) == 3
    assert {str(graph.identifier) for graph in dataset.graphs()} >= set(reiji_store.graphs())
    assert len(dataset) == len({quad.triple for quad in reiji_store.ox})
