"""What a workspace has to push: its named graphs, each with a digest of what it is made from."""

import hashlib
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from sosei_graph.building import open_store
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace


class Source:
    """The named graphs of a workspace: what is asserted, with `inferred` also the vocabulary and what follows."""

    def __init__(self, workspace: Workspace, *, inferred: bool) -> None:
        self.workspace = workspace
        ontology = workspace.graph_name(workspace.ontology())
        files = {workspace.graph_name(path): path for path in (*workspace.schemes(), *workspace.data())}
        #: Every graph that the workspace has, pushed now or not.
        self.known = {*files, ontology, workspace.inferred_graph}
        if inferred:
            files[ontology] = workspace.ontology()
        # Before anything is loaded: a file that changes meanwhile is sent again the next time.
        self.digests = {name: _of_bytes(path.read_bytes(), workspace.base) for name, path in files.items()}
        if inferred:
            self.digests[workspace.inferred_graph] = _of_triples(self.triples(workspace.inferred_graph))

    def triples(self, graph: str) -> list[ox.Triple]:
        """The triples of a graph."""
        return [quad.triple for quad in self._store.quads([graph])]

    @cached_property
    def _store(self) -> Store:
        # Opened only where there is something to send.
        return open_store(self.workspace)


def _of_bytes(content: bytes, base: str) -> str:
    """The digest of a file as it is read with a base."""
    return "sha256:" + hashlib.sha256(base.encode() + b"\n" + content).hexdigest()


def _of_triples(triples: Iterable[ox.Triple]) -> str:
    """The digest of a set of triples, in whatever order they come: the sum of those of each."""
    total = sum(int.from_bytes(hashlib.sha256(str(triple).encode()).digest()) for triple in triples)
    return f"sha256-sum:{total % 2**256:064x}"
