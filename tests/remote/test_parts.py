"""Where a FROM belongs in a query, and which address goes with which."""

import pyoxigraph as ox
import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.remote import dataset
from sosei_graph.remote.addresses import checked, query_address

GRAPH = "https://example.jp/g"
CLAUSE = f"\nFROM <{GRAPH}>\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SELECT ?x ", "WHERE { ?x a ?y }"),
        ("SELECT ?where ", "{ ?where ?p ?o }"),
        ("SELECT (EXISTS { ?a ?b ?c } AS ?z) ", "{ ?x a <http://e/#WHERE{> . }"),
        ("# SELECT {\nPREFIX where: <http://e/{}> SELECT * ", "WHERE { ?s where:WHERE '{' }"),
        ("ASK", "{ ?s ?p ?o }"),
        ("CONSTRUCT { ?a ?b ?c } ", "WHERE { ?a ?b ?c }"),
        ("CONSTRUCT { ?a ?b '}' } ", "{ ?a ?b ?c }"),
        ("CONSTRUCT ", "WHERE { ?a ?b ?c }"),
        ("DESCRIBE <http://e/x>", ""),
        ("DESCRIBE ?x ", "{ ?x a ?y }"),
    ],
)
def test_a_from_stands_before_the_pattern(before: str, after: str) -> None:
    """Whatever is selected, and whatever names, strings and comments look like."""
    query = before + after
    assert dataset.about(query, [GRAPH]) == before + CLAUSE + after
    assert dataset.about(query, []) == query
    assert not dataset.has_dataset(query)


def test_a_from_of_its_own_is_left_alone() -> None:
    """Who says which graphs a query is about knows why."""
    for query in (
        "SELECT * FROM <http://e/g> { ?s ?p ?o }",
        "ASK from named <http://e/g> { GRAPH ?g { ?s ?p ?o } }",
    ):
        assert dataset.has_dataset(query)
        assert dataset.about(query, [GRAPH]) == query


def test_a_page_of_a_query_is_a_query() -> None:
    """Pages keep the order, ask the same graphs, and together have all rows."""
    store = ox.Store()
    one, p, graph = ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.NamedNode(GRAPH)
    store.extend(ox.Quad(one, p, ox.Literal(number), graph) for number in range(10))
    query = "PREFIX e: <http://e/>\nSELECT ?o ?s WHERE { ?s e:p ?o } ORDER BY ?o # the end"

    def first_column(text: str) -> list[str]:
        found = store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return [getattr(row[0], "value", "") for row in found]

    rows = [first_column(dataset.page(query, ["o", "s"], [GRAPH], 4, start)) for start in (0, 4, 8)]
    assert [row for part in rows for row in part] == [str(number) for number in range(10)]
    assert first_column(dataset.counted(query, [GRAPH])) == ["10"]


def test_a_select_distinct_is_known() -> None:
    """Rows that a server repeats are dropped only where the query asks for different ones."""
    assert dataset.is_distinct("PREFIX distinct: <http://e/>\nselect\n DISTINCT ?s { ?s ?p ?o }")
    assert not dataset.is_distinct("SELECT ?s { { SELECT DISTINCT ?s { ?s ?p ?o } } }")


def test_prefixes_are_declared_once() -> None:
    """The project's prefixes are known; one that the query declares keeps its meaning."""
    query = dataset.with_prefixes("PREFIX sosei: <http://e/>\nSELECT * { ?s sosei:a rdfs:b, skos:c }")
    assert query.count("PREFIX sosei:") == 1
    assert "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>" in query


@pytest.mark.parametrize(
    ("graphs", "queries"),
    [
        ("http://h:7878/store", "http://h:7878/query"),
        ("http://h:8890/sparql-graph-crud-auth", "http://h:8890/sparql-auth"),
        ("http://h:8890/sparql-graph-crud", "http://h:8890/sparql"),
        ("https://h/ds/data", "https://h/ds/sparql"),
        ("https://h/repositories/r/rdf-graphs/service", "https://h/repositories/r"),
        ("https://h:8182/sparql/gsp/", "https://h:8182/sparql"),
        ("https://h/anything", "https://h/anything"),
    ],
)
def test_queries_go_where_the_server_takes_them(graphs: str, queries: str) -> None:
    """The usual servers have both addresses side by side."""
    assert query_address(graphs) == queries


@pytest.mark.parametrize(
    "url", ["", "h/store", "ftp://h/store", "http://", "http://h:port/", "http://u:p@h/", "http://u@h/"]
)
def test_what_is_no_address(url: str) -> None:
    """Refused before anything is sent."""
    with pytest.raises(SoseiError):
        checked(url)
