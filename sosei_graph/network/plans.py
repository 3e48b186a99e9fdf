"""Plans, goals, measures, indicators, SDGs, themes and cooperation items, and what ties them: a directed graph."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.network.links import FURTHER_LINKS, OTHER, PLAN_LINKS, Edge, LinkKind, add_nodes, in_order
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx as nx

_QUERY = """
SELECT DISTINCT ?source ?property ?target ?graph ?basis
WHERE {
  {
    VALUES ?property { EXACT }
    GRAPH ?graph { ?source ?property ?target }
  } UNION {
    # PARAMETERS
    VALUES ?property { GENERAL }
    GRAPH ?graph { ?source ?property ?target }
    FILTER(?graph != ?inferred)
  } UNION {
    ?alignment sosei:alignedElement ?source ;
      sosei:alignedTo/skos:broader? ?target ;
      sosei:basis ?basis .
  }
  FILTER(isIRI(?source) && isIRI(?target) && ?source != ?target)
}
"""
#: What a link can rest on, the firmest first: the concepts of the scheme `basis`.
BASES = ("stated", "curated", "derived")


def plan_graph(store: Store) -> "nx.MultiDiGraph[str]":
    """The links between plans, their elements and indicators, SDGs, themes, agreements and governments.

    Made from one SPARQL query. Nodes are IRIs with `label_ja`, `label_en` and `kind` (a word of `NODE_KINDS`). Edges
    lead from the subject of their property to its object, with `kind` (the property's local name, also the edge's
    key), `weight` 1, and `basis`: stated (by a document or reference data), curated (an editor's judgement) or
    derived (by a rule). What has no link is no node.
    """
    graph = _graph(store, PLAN_LINKS)
    graph.remove_nodes_from([iri for iri in graph if graph.nodes[iri]["kind"] == OTHER])
    graph.remove_nodes_from([iri for iri, degree in graph.degree if not degree])
    return graph


def linked_graph(store: Store) -> "nx.MultiDiGraph[str]":
    """The plan graph with values, documents, deliberation, evaluation and areas: all that links are followed to."""
    return _graph(store, (*PLAN_LINKS, *FURTHER_LINKS))


def _graph(store: Store, kinds: Sequence[LinkKind]) -> "nx.MultiDiGraph[str]":
    import networkx as nx

    edges = _edges(store, kinds)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    add_nodes(graph, store, (end for source, target, _ in edges for end in (source, target)))
    for source, target, kind in in_order(edges, graph):
        basis = edges[source, target, kind]
        graph.add_edge(source, target, key=kind, kind=kind, weight=1, basis=basis)
    return graph


def _edges(store: Store, kinds: Sequence[LinkKind]) -> dict[Edge, str]:
    """Each link with its basis."""
    names = {kind.iri: kind.name for kind in kinds}
    graphs: dict[Edge, set[str]] = {}
    judged: dict[tuple[str, str], set[str]] = {}
    inferred = ox.NamedNode(store.workspace.inferred_graph)
    for row in store.select(_query(kinds), inferred=inferred):
        source, link, target, graph, basis = ("" if term is None else term.value for term in row)
        if link:
            graphs.setdefault((source, target, names[link]), set()).add(graph)
        else:
            judged.setdefault((source, target), set()).add(basis.removeprefix(PREFIXES["basis"]))
    general = {kind.name for kind in kinds if kind.general}
    exact = {(source, target) for source, target, kind in graphs if kind not in general}
    return {
        (source, target, kind): _basis(store, said, judged.get((source, target), ()))
        for (source, target, kind), said in graphs.items()
        if kind not in general or (source, target) not in exact
    }


def _query(kinds: Iterable[LinkKind]) -> str:
    exact, general = (
        " ".join(f"<{kind.iri}>" for kind in kinds if kind.general == wanted) for wanted in (False, True)
    )
    return _QUERY.replace("EXACT", exact).replace("GENERAL", general)


def _basis(store: Store, graphs: set[str], alignments: Iterable[str]) -> str:
    """The firmest thing that a link rests on: who states it, else the alignment that it follows from."""
    found = {basis for basis in alignments if basis in BASES}
    curation = f"{store.workspace.base}graph/curation/"
    for graph in graphs - {store.workspace.inferred_graph}:
        found.add("curated" if graph.startswith(curation) else "stated")
    return min(found or {"derived"}, key=BASES.index)
