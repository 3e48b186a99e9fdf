"""Where drafts wait, and the graph that they are held against."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.store.loading import Source
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace


def drafts_folder(workspace: Workspace) -> Path:
    """Where drafts wait: `data/drafts/` of the workspace, of the current folder where that is the package's."""
    return Path("data/drafts") if workspace.is_packaged else workspace.root / "data" / "drafts"


def open_for_drafts(workspace: Workspace) -> Store:
    """The graph that drafts are held against; a workspace may have no document yet."""
    if workspace.documents():
        return Store.load(replace(workspace, store=None))
    store = Store(workspace)
    for path in (workspace.ontology(), *workspace.schemes(), *workspace.reference()):
        source = Source(path, workspace.short(path), workspace.graph_name(path), workspace.base)
        store.ox.bulk_extend(_quads(source))
    return store


def _quads(source: Source) -> list[ox.Quad]:
    graph = ox.NamedNode(source.graph)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in source.read().quads]
