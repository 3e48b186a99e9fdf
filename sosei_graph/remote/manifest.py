"""What a server holds of us: a small named graph with the digest and the size of every graph that was pushed.

<…/graph/takaoka-himi-agreement>
    dcterms:identifier "sha256:…" ;
    void:triples 1148 .
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.remote.graphstore import GraphStore
from sosei_graph.remote.service import Service
from sosei_graph.vocab import PREFIXES

_DIGEST = ox.NamedNode(PREFIXES["dcterms"] + "identifier")
_TRIPLES = ox.NamedNode(PREFIXES["void"] + "triples")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
#: Rows a request: less than any server's limit.
_PAGE = 2000
#: Graphs that are counted in a request.
_COUNTED = 500


@dataclass(frozen=True)
class Entry:
    """A graph as it was pushed: the digest of what it was made from, and how many triples the server counts."""

    digest: str
    triples: int


def graph_of(base: str) -> str:
    """The name of the manifest; no document's graph can have it."""
    return f"{base}graph/push/manifest"


def read(service: Service, base: str) -> dict[str, Entry]:
    """The entries by the name of the graph; none where nothing was pushed. A graph with two has none."""
    found: dict[str, Entry] = {}
    doubtful: set[str] = set()
    last = ""
    while True:
        rows = service.select(_question(graph_of(base), last)).rows
        for graph, digest, triples in rows:
            last = graph.value if isinstance(graph, ox.NamedNode) else last
            if last in found:
                doubtful.add(last)
            if (
                isinstance(digest, ox.Literal)
                and isinstance(triples, ox.Literal)
                and triples.value.isdecimal()
            ):
                found[last] = Entry(digest.value, int(triples.value))
        if len(rows) < _PAGE:
            return {name: entry for name, entry in found.items() if name not in doubtful}


def write(store: GraphStore, base: str, entries: Mapping[str, Entry]) -> None:
    """Makes the manifest say exactly this."""
    store.replace(graph_of(base), _described(entries))


def add(store: GraphStore, base: str, entries: Mapping[str, Entry]) -> None:
    """Notes more graphs."""
    store.add(graph_of(base), _described(entries))


def sizes(service: Service, graphs: Sequence[str]) -> dict[str, int]:
    """How many triples the server counts in each of the graphs; those without any are left out."""
    counted: dict[str, int] = {}
    for start in range(0, len(graphs), _COUNTED):
        listed = " ".join(f"<{graph}>" for graph in graphs[start : start + _COUNTED])
        # Not FILTER(?graph IN …), for which Oxigraph goes through every triple of everybody.
        query = f"""SELECT ?graph (COUNT(*) AS ?n)
            WHERE {{ VALUES ?graph {{ {listed} }} GRAPH ?graph {{ ?s ?p ?o }} }}
            GROUP BY ?graph"""
        for graph, number in service.select(query):
            if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal):
                counted[graph.value] = int(number.value)
    return counted


def _question(graph: str, last: str) -> str:
    """One portion of the entries: those behind the last name. Not OFFSET: Virtuoso refuses large ones."""
    return f"""SELECT ?graph ?digest ?triples
        WHERE {{
          GRAPH <{graph}> {{ ?graph {_DIGEST} ?digest ; {_TRIPLES} ?triples }}
          FILTER(STR(?graph) > {ox.Literal(last)})
        }}
        ORDER BY STR(?graph) LIMIT {_PAGE}"""


def _described(entries: Mapping[str, Entry]) -> list[ox.Triple]:
    described = []
    for name, entry in entries.items():
        graph = ox.NamedNode(name)
        described.append(ox.Triple(graph, _DIGEST, ox.Literal(entry.digest)))
        described.append(ox.Triple(graph, _TRIPLES, ox.Literal(str(entry.triples), datatype=_INTEGER)))
    return described
