"""The files that are validated: which, and what of them is judged."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.integrity import Vocabulary, check, read, read_bytes
from sosei_graph.store.memory import Store
from sosei_graph.validation.judging import Document
from sosei_graph.workspace import Workspace, packaged_root

_PACKAGED_LISTS = frozenset({"governments.ttl", "calendar.ttl"})


class Files:
    """The files of a workspace and the graphs that they were loaded into."""

    def __init__(self, workspace: Workspace, store: Store) -> None:
        self._workspace, self._store = workspace, store
        paths = (*workspace.data(), *workspace.schemes())
        self._graphs = {path: workspace.graph_name(path) for path in paths}

    def chosen(self, files: Sequence[Path]) -> list[Path]:
        """The workspace's own paths of some files, so that their graphs are found however the user spelled them."""
        known = {path.resolve(): path for path in self._graphs}
        return [known.get(path.resolve(), path) for path in files]

    def has(self, path: Path) -> bool:
        """Whether a file is part of the graph."""
        return path in self._graphs

    def own(self) -> list[Path]:
        """What is looked at by default: the workspace's own files.

        Not so the lists of all governments and years while they are the package's: they would take longer than all
        documents together, and a test of the package validates them.
        """
        workspace = self._workspace
        own = [path for path in workspace.reference() if path.is_relative_to(workspace.root)]
        reference = [path for path in own if path.name not in _PACKAGED_LISTS or not _is_packaged(path)]
        return [*reference, *workspace.documents(), *workspace.curation()]

    def document(self, path: Path) -> Document:
        """A file of a graph as it was loaded; any other file is checked."""
        workspace, store = self._workspace, self._store
        shown = workspace.short(path)
        document = Document(shown, read_bytes(path, shown), workspace.base)
        graph = self._graphs.get(path)
        if graph is None:
            file = read(path, workspace.base, shown)
            check(file, Vocabulary.of(store.quads([workspace.graph_name(workspace.ontology())])))
        elif store.digests.get(graph, document.digest) != document.digest:
            # The file was changed since: what is validated is what was loaded.
            loaded = (quad.triple for quad in store.quads([graph]))
            statements = ox.serialize(loaded, format=ox.RdfFormat.N_TRIPLES) or b""
            return Document(shown, statements, workspace.base, document.data)
        return document

    def digests(self) -> dict[str, str]:
        """The digest of the file of each graph, as it was loaded."""
        ontology = self._workspace.ontology()
        graphs = self._graphs | {ontology: self._workspace.graph_name(ontology)}
        known = self._store.digests
        return {graph: known.get(graph) or self._digest(path) for path, graph in graphs.items()}

    def _digest(self, path: Path) -> str:
        shown = self._workspace.short(path)
        return Document(shown, read_bytes(path, shown), "").digest


def _is_packaged(path: Path) -> bool:
    """Whether a reference file is the package's own, byte for byte."""
    return path.read_bytes() == (packaged_root() / "data" / path.name).read_bytes()
