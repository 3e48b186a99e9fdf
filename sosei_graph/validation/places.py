"""Where a finding stands: file, line, graph and name of a node."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.integrity import read_text
from sosei_graph.languages import Text
from sosei_graph.locate import lines_of_blocks
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL = PREFIXES["rdfs"] + "label"


@dataclass(frozen=True)
class Place:
    """File relative to the workspace, line from 1 (0: no file), IRI of the named graph."""

    file: str = ""
    line: int = 0
    graph: str = ""


class Places:
    """Finds nodes again in the files of a workspace; reads a file when a finding first needs a line of it."""

    def __init__(self, workspace: Workspace, store: Store) -> None:
        self._workspace = workspace
        self._store = store
        self._lines: dict[Path, dict[str, int]] = {}

    def in_file(self, iri: str, path: Path) -> Place:
        """The place of a node that this file describes; line 1 where no block begins with the node."""
        if path not in self._lines:
            self._lines[path] = lines_of_blocks(
                read_text(path, self._workspace.short(path)), self._workspace.base
            )
        line = self._lines[path].get(iri, 1)
        return Place(self._workspace.short(path), line, self._workspace.graph_name(path))

    def short(self, path: Path) -> str:
        """How a message names a file."""
        return self._workspace.short(path)

    def graph(self, path: Path) -> str:
        """The named graph of a file."""
        return self._workspace.graph_name(path)

    def of(self, iri: str) -> Place:
        """The place of a node wherever it is described; an empty one where it is not."""
        typed = self._store.ox.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, None)
        graphs = sorted(
            {quad.graph_name.value for quad in typed if isinstance(quad.graph_name, ox.NamedNode)}
        )
        return next(
            (self.in_file(iri, self._paths[graph]) for graph in graphs if graph in self._paths), Place()
        )

    def name(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Text:
        """What a reader calls a term: the text of a literal, the label of a node, else the end of its IRI."""
        if isinstance(term, ox.Literal):
            return Text(term.value, term.value)
        if not isinstance(term, ox.NamedNode):
            return Text("", "")
        return Text(self._store.label(term.value, "ja"), self._store.label(term.value, "en"))

    @cached_property
    def _paths(self) -> dict[str, Path]:
        paths = (*self._workspace.data(), *self._workspace.schemes(), self._workspace.ontology())
        return {self._workspace.graph_name(path): path for path in paths}


class PlacesOutside(Places):
    """Places in a file that is no part of the graph, such as a draft: it names its things itself."""

    def __init__(self, workspace: Workspace, store: Store, triples: Iterable[ox.Triple | ox.Quad]) -> None:
        super().__init__(workspace, store)
        self._named: dict[str, dict[str, str]] = defaultdict(dict)
        for triple in triples:
            if (
                triple.predicate.value == _LABEL
                and isinstance(triple.subject, ox.NamedNode)
                and isinstance(triple.object, ox.Literal)
            ):
                self._named[triple.subject.value][triple.object.language or ""] = triple.object.value

    def name(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Text:
        """The label that the file gives, else that of the graph."""
        named = self._named.get(term.value) if isinstance(term, ox.NamedNode) else None
        if not named:
            return super().name(term)
        own = named.get("ja") or named.get("en") or ""
        return Text(own, named.get("en", own))
