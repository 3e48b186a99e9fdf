"""Named graphs of a server, written by the SPARQL 1.1 Graph Store HTTP Protocol."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from sosei_graph.languages import Text
from sosei_graph.remote import failures
from sosei_graph.remote.addresses import EXAMPLES
from sosei_graph.remote.client import ABSENT, Client

#: Triples that go in one request: some megabytes, so that neither side has to hold a large graph as text.
CHUNK = 50_000
#: What is sent are N-Triples, which are Turtle too; every server takes that.
_TURTLE = {"Content-Type": "text/turtle"}
_WHAT = Text("グラフストア", "graph store")


class GraphStore:
    """The graph store at an address. `graph` is the name of a named graph."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url
        self.absent = failures.nothing_there(url, _WHAT, EXAMPLES)

    def check(self, graph: str) -> None:
        """Asks for a graph, there or not. A place for queries refuses that; Virtuoso's never answers to a PUT."""
        turtle = {"Accept": "text/turtle"}
        try:
            reply = self._client.send("GET", self._url, params={"graph": graph}, headers=turtle)
        except failures.RefusedError as error:
            raise self.absent from error
        if reply.status not in ABSENT and "html" in reply.headers.get("content-type", ""):
            raise self.absent

    def replace(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Makes the graph consist of these triples. When it is interrupted a part of them may stand there."""
        if not triples:
            self.delete(graph)
            return
        method = "PUT"
        for chunk in _chunks(triples):
            self._send(method, graph, chunk)
            method = "POST"

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Adds triples to the graph."""
        for chunk in _chunks(triples):
            self._send("POST", graph, chunk)

    def delete(self, graph: str) -> None:
        """Removes the graph; it need not be there."""
        self._client.send("DELETE", self._url, params={"graph": graph})

    def _send(self, method: str, graph: str, triples: Sequence[ox.Triple]) -> None:
        """One request, or several smaller ones where the server finds it too large."""
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        try:
            reply = self._client.send(method, self._url, params={"graph": graph}, data=body, headers=_TURTLE)
        except failures.TooLargeError:
            if len(triples) == 1 or _has_blank_nodes(triples):
                raise
            half = len(triples) // 2
            self._send(method, graph, triples[:half])
            self._send("POST", graph, triples[half:])
        else:
            if reply.status in ABSENT:
                raise self.absent


def _chunks(triples: Sequence[ox.Triple]) -> Iterator[Sequence[ox.Triple]]:
    # A blank node is the same within one request only.
    size = CHUNK if len(triples) > CHUNK and not _has_blank_nodes(triples) else max(1, len(triples))
    return (triples[start : start + size] for start in range(0, len(triples), size))


def _has_blank_nodes(triples: Sequence[ox.Triple]) -> bool:
    return any(
        isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
        for triple in triples
    )
