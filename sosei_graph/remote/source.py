"""What a workspace has to push: its named graphs, each with a digest of what it is made from."""

import hashlib
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import reasoning
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
        # Before anything is loaded: a file that changes meanwhile is sent again the next time.
        self.digests = {name: _of_bytes(path.read_bytes(), workspace.base) for name, path in files.items()}
        self.inferred_digest = self._of_what_it_follows_from()
        if inferred:
            self.digests[ontology] = _of_bytes(workspace.ontology().read_bytes(), workspace.base)
            self.digests[workspace.inferred_graph] = self.inferred_digest

    def triples(self, graph: str) -> list[ox.Triple]:
        """The triples of a graph."""
        return [quad.triple for quad in self._store.quads([graph])]

    @cached_property
    def _store(self) -> Store:
        # Opened only where there is something to send.
        return open_store(self.workspace)

    def _of_what_it_follows_from(self) -> str:
        """The digest of facts, vocabulary, rules and the modules that compute with them; nothing is loaded for it."""
        modules = sorted(Path(reasoning.__file__).parent.glob("*.py"))
        rest = (self.workspace.ontology(), *self.workspace.rules(), *modules)
        parts = [f"{name} {digest}" for name, digest in sorted(self.digests.items())]
        parts += [_of_bytes(path.read_bytes(), "") for path in rest]
        return _of_bytes("\n".join(parts).encode(), self.workspace.base)


def _of_bytes(content: bytes, base: str) -> str:
    """The digest of a file as it is read with a base."""
    return "sha256:" + hashlib.sha256(base.encode() + b"\n" + content).hexdigest()
