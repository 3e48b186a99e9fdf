"""Validation: the shapes document by document, then the checks across documents.

Each file is held against the shapes together with what it refers to (governments, periods, concepts, plan
elements of other files: their types, names and the facts that shapes compare) and with the subclass axioms of
the vocabulary; never with inferred facts. Findings are about the nodes that the file describes.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.integrity import Vocabulary, check, read
from sosei_graph.languages import Text
from sosei_graph.processes import spread
from sosei_graph.store.memory import Store
from sosei_graph.validation.checks import run_checks
from sosei_graph.validation.figures import figure_results
from sosei_graph.validation.findings import Finding, Report
from sosei_graph.validation.places import Places
from sosei_graph.validation.shacl import Result, Shapes, filled
from sosei_graph.validation.targets import SUBCLASS, TYPE, Classes
from sosei_graph.vocab import NS, PREFIXES
from sosei_graph.workspace import Workspace, packaged_root

__all__ = ["Finding", "Report", "validate"]

_UP = frozenset(
    {
        NS + name
        for name in (
            *("memberOfArea", "inPrefecture", "directPartOf", "indicatorOf", "planPeriod", "stage"),
            *("contractingParty", "evidence"),
        )
    }
    | {PREFIXES["oa"] + "hasSource"}
)
"""From a node to those it stands in or rests on."""

_TOLD = (
    _UP
    | {TYPE.value, PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "issued"}
    | {NS + name for name in ("startDate", "endDate", "signedOn", "states")}
)
"""What a document gets to know of the nodes of other files."""

_PACKAGED_LISTS = frozenset({"governments.ttl", "calendar.ttl"})
_MEMBER = ox.NamedNode(NS + "memberOfArea")
_AREA = ox.NamedNode(NS + "CooperationArea")


def validate(workspace: Workspace, store: Store, files: Sequence[Path] | None = None) -> Report:
    """The report on a workspace, or on some files, which may lie outside it.

    `store` holds the workspace's graphs. Without `files` the checks across documents (`queries/check/`) run
    too. Errors: `SoseiError` for a file that cannot be read.
    """
    places = Places(workspace, store)
    paths = _own_files(workspace) if files is None else [_known(workspace, path) for path in files]
    shapes = Shapes(workspace.shapes(), workspace.short)
    classes = Classes(subclass_axioms(store))

    def findings_in(path: Path) -> list[Finding]:
        triples = _triples(workspace, store, path)
        results = [*document_results(shapes, classes, store, triples), *figure_results(store, triples)]
        return [_finding(result, places, path) for result in results]

    by_file = spread(findings_in, paths, [path.stat().st_size if path.exists() else 0 for path in paths])
    findings = [finding for found in by_file for finding in found]
    if files is None:
        findings += run_checks(workspace, store, places)
    return Report.of(findings, (workspace.short(path) for path in paths))


def document_results(
    shapes: Shapes, classes: Classes, store: Store, triples: Sequence[ox.Triple]
) -> list[Result]:
    """What the shapes find in a document's asserted triples; `store` knows what the document refers to."""
    return shapes.results(triples, context_of(store, triples), classes)


def subclass_axioms(store: Store) -> tuple[ox.Triple, ...]:
    """The subclass axioms of the vocabulary between named classes."""
    ontology = ox.NamedNode(store.workspace.graph_name(store.workspace.ontology()))
    return tuple(
        quad.triple
        for quad in store.ox.quads_for_pattern(None, SUBCLASS, None, ontology)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    )


def _own_files(workspace: Workspace) -> list[Path]:
    """What is looked at by default: the workspace's own files.

    Not so the lists of all governments and years while they are the package's: they would take longer than all
    documents together, and a test of the package validates them.
    """
    own = [path for path in workspace.reference() if path.is_relative_to(workspace.root)]
    reference = [path for path in own if path.name not in _PACKAGED_LISTS or not _is_packaged(path)]
    return [*reference, *workspace.documents(), *workspace.curation()]


def _is_packaged(path: Path) -> bool:
    """Whether a reference file is the package's own, byte for byte."""
    return path.read_bytes() == (packaged_root() / "data" / path.name).read_bytes()


def _known(workspace: Workspace, path: Path) -> Path:
    """The workspace's own path of a file, so that its graph is found however the user spelled it."""
    same = (known for known in (*workspace.data(), *workspace.schemes()) if known.resolve() == path.resolve())
    return next(same, path)


def _triples(workspace: Workspace, store: Store, path: Path) -> list[ox.Triple]:
    graph = ox.NamedNode(workspace.graph_name(path))
    if path in (*workspace.data(), *workspace.schemes()):
        return [quad.triple for quad in store.ox.quads_for_pattern(None, None, None, graph)]
    file = read(path, workspace.base, workspace.short(path))
    check(file, Vocabulary.of(store.quads([workspace.graph_name(workspace.ontology())])))
    return [quad.triple for quad in file.quads]


def context_of(store: Store, triples: Sequence[ox.Triple]) -> Iterator[ox.Triple]:
    """What is told elsewhere of the nodes that the triples refer to, and of those that they stand in."""
    inferred = ox.NamedNode(store.workspace.inferred_graph)
    described = {triple.subject for triple in triples if triple.predicate == TYPE}
    seen: set[object] = set(described)
    waiting = [
        node for triple in triples for node in (triple.subject, triple.object) if node not in described
    ]
    while waiting:
        node = waiting.pop()
        if node in seen or not isinstance(node, ox.NamedNode):
            continue
        seen.add(node)
        for quad in store.ox.quads_for_pattern(node, None, None, None):
            if quad.graph_name == inferred or quad.predicate.value not in _TOLD:
                continue
            yield quad.triple
            if quad.predicate.value in _UP:
                waiting.append(quad.object)
    for triple in triples:
        if triple.predicate == TYPE and triple.object == _AREA:
            members = store.ox.quads_for_pattern(None, _MEMBER, triple.subject, None)
            yield from (quad.triple for quad in members if quad.graph_name != inferred)


def _finding(result: Result, places: Places, path: Path) -> Finding:
    place = places.in_file(result.focus.value, path)
    names = {name: places.name(term) for name, term in result.bindings}
    message = Text(
        filled(result.message.ja, {name: text.ja for name, text in names.items()}),
        filled(result.message.en, {name: text.en for name, text in names.items()}),
    )
    return Finding(
        result.severity,
        result.focus.value,
        result.path,
        str(result.value) if result.value else "",
        result.shape,
        message,
        place.file,
        place.line,
        places.name(result.focus),
        place.graph,
        result.component,
    )
