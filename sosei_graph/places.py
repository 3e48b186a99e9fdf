"""Where a finding stands: file, line, graph and name of a node."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

from sosei_graph.integrity import read_text
from sosei_graph.languages import Text
from sosei_graph.store import Store
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_BLOCK = re.compile(r"^(?:<([^>\s]*)>|([\w-]*):([^\s;,]*))(?=\s|$)", re.MULTILINE)
_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_BASE = re.compile(r"^\s*@?base\s+<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_NAMES = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("rdfs", "label"),
        ("skos", "prefLabel"),
        ("dcterms", "title"),
        ("sosei", "statedName"),
    )
)


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
            self._lines[path] = _lines_of_blocks(
                read_text(path, self._workspace.short(path)), self._workspace.base
            )
        line = self._lines[path].get(iri, 1)
        return Place(self._workspace.short(path), line, self._workspace.graph_name(path))

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
        found: dict[str, str] = {}
        for said in _NAMES:
            for literal in self._literals(term, said):
                found.setdefault(literal.language or "", literal.value)
        tail = term.value.rstrip("/").rsplit("/", 1)[-1]
        other = found.get("", tail)
        ja = found.get("ja") or found.get("en") or other
        return Text(ja, found.get("en") or ja)

    def _literals(self, node: ox.NamedNode, said: ox.NamedNode) -> Iterable[ox.Literal]:
        terms = {quad.object for quad in self._store.ox.quads_for_pattern(node, said, None, None)}
        return sorted((term for term in terms if isinstance(term, ox.Literal)), key=str)

    @cached_property
    def _paths(self) -> dict[str, Path]:
        paths = (*self._workspace.data(), *self._workspace.schemes(), self._workspace.ontology())
        return {self._workspace.graph_name(path): path for path in paths}


def _lines_of_blocks(text: str, base: str) -> dict[str, int]:
    """The line, from 1, on which the block of each subject begins: one pass over a Turtle file."""
    prefixes = dict(_PREFIX.findall(text))
    base = next(iter(_BASE.findall(text)), base)
    lines: dict[str, int] = {}
    line, place = 1, 0
    for found in _BLOCK.finditer(text):
        line += text.count("\n", place, found.start())
        place = found.start()
        iri = urljoin(base, found[1]) if found[2] is None else f"{prefixes.get(found[2], '')}{found[3]}"
        lines.setdefault(iri, line)
    return lines
