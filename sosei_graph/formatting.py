"""Turtle files into canonical order."""

import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.integrity import TurtleFile, read
from sosei_graph.languages import Text
from sosei_graph.turtle import canonical, first_lost_comment, head_comment
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

DECIMAL = PREFIXES["xsd"] + "decimal"


def format_files(
    workspace: Workspace, paths: Sequence[Path] = (), *, check: bool = False
) -> tuple[Path, ...]:
    """Rewrites files into canonical order and returns those that were not in it; with `check` nothing is written.

    Without paths, every Turtle file of the workspace's own. A file is rewritten only if all of them can be.
    """
    chosen = paths or own_turtle(workspace)
    wanted = {path: canonical_text(path, workspace) for path in chosen}
    changed = {path: text for path, text in wanted.items() if path.read_bytes() != text.encode()}
    if not check:
        files.write_all(changed)
    return tuple(changed)


def own_turtle(workspace: Workspace) -> tuple[Path, ...]:
    """The Turtle files in the workspace's four folders, sorted."""
    folders = (workspace.root / name for name in ("ontology", "data", "shapes", "queries"))
    return tuple(sorted(path for folder in folders for path in folder.rglob("*.ttl")))


def canonical_text(path: Path, workspace: Workspace) -> str:
    """What the file would hold in canonical order. A comment below its head would be lost, and is an error."""
    shown = workspace.short(path)
    file = read(path, workspace.base, shown)
    if lost := first_lost_comment(file.text):
        raise SoseiError(
            Text("この注釈は並べ替えると失われます", "this comment would be lost"),
            where=f"{shown}:{lost}",
            hint=Text(
                "ファイルの先頭に移すか rdfs:comment にしてください",
                "move it to the head of the file, or make it an rdfs:comment",
            ),
        )
    text = canonical(file.quads, PREFIXES | file.prefixes, file.declared_base, head_comment(file.text))
    if not _same_graph(text, file):
        raise AssertionError(f"{shown}: the canonical text is not the same graph")
    return text


def _same_graph(text: str, file: TurtleFile) -> bool:
    """Whether the text reads back as the triples of the file: a formatter must not be able to lose one."""
    written, read_back = ox.Dataset(), ox.Dataset()
    for dataset, quads in (
        (written, file.quads),
        (read_back, ox.parse(text, ox.RdfFormat.TURTLE, base_iri=file.base)),
    ):
        for quad in quads:
            dataset.add(ox.Quad(quad.subject, quad.predicate, _with_point(quad.object)))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return written == read_back


def _with_point(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple":
    """A decimal as the canonical form writes it."""
    if (
        isinstance(term, ox.Literal)
        and term.datatype.value == DECIMAL
        and re.fullmatch(r"[+-]?[0-9]+", term.value)
    ):
        return ox.Literal(f"{term.value}.0", datatype=term.datatype)
    return term
