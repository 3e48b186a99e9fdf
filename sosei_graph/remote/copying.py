"""The graph of a server that computes in its own way, fetched: the questions are then answered here."""

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from sosei_graph.remote import failures, manifest
from sosei_graph.remote.names import keep_classes
from sosei_graph.remote.store import RemoteStore
from sosei_graph.store.memory import Rows, Store

#: Triples that are fetched at most: half a minute.
LARGEST = 300_000


def copied(store: RemoteStore, progress: Callable[[int, int], None] | None = None) -> Store | None:
    """The graph of a server that does not follow the standard, fetched once.

    None where the server follows it, or where the graph is too large to be fetched: then the server has to answer.
    `progress` hears how many triples are here, of how many.
    """
    if store.follows_the_standard():
        return None
    if store.copy is None:
        sizes = manifest.sizes(store.service.over(()), store.graphs())
        total = sum(sizes.values())
        if total > LARGEST:
            return None
        copy = Store(store.workspace)
        keep_classes(copy)
        for graph, size in sizes.items():
            rows = store.service.over([graph]).select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
            if len(set(rows)) != size:
                raise failures.cut_short(store.service.url)
            copy.ox.extend(_quads(rows, ox.NamedNode(graph)))
            if progress:
                progress(len(copy.ox), total)
        store.copy = copy
    return store.copy


def _quads(rows: Rows, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for subject, predicate, value in rows:
        if (
            isinstance(subject, ox.NamedNode | ox.BlankNode)
            and isinstance(predicate, ox.NamedNode)
            and value is not None
        ):
            yield ox.Quad(subject, predicate, value, graph)
