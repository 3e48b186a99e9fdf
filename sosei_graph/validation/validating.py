"""Validation: the shapes document by document, then the checks across documents.

Each file is held against the shapes together with what it refers to (governments, periods, concepts, plan
elements of other files: their types, names and the facts that shapes compare) and with the subclass axioms of
the vocabulary; never with inferred facts. Findings are about the nodes that the file describes. A file that was
judged before, by the same shapes and with the same facts about what it refers to, is not judged again.
"""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.integrity import read, read_bytes
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.validation.checks import run_checks
from sosei_graph.validation.context import References, subclass_axioms
from sosei_graph.validation.documents import Files
from sosei_graph.validation.findings import Finding, Report
from sosei_graph.validation.judging import Judge, Placed
from sosei_graph.validation.keeping import Keeping
from sosei_graph.validation.places import Places, PlacesOutside
from sosei_graph.validation.results import filled
from sosei_graph.validation.working import Progress, Spread, Work
from sosei_graph.workspace import Workspace

__all__ = ["Finding", "Report", "judge_of", "validate"]

#: With more bytes of documents than these, the checks are worth processes of their own.
_LARGE = 4 * 2**20


def validate(
    workspace: Workspace,
    store: Store,
    files: Sequence[Path] | None = None,
    progress: Progress | None = None,
    elsewhere: Spread | None = None,
) -> Report:
    """The report on a workspace, or on some files, which may lie outside it.

    `store` holds the workspace's graphs. Without `files` the checks across documents (`queries/check/`) run
    too. `progress` is told of the documents. `elsewhere` judges documents on other machines: it gets what
    `processes.spread` gets, all of which can be pickled. Errors: `SoseiError` for a file that cannot be read.
    """
    places, known = Places(workspace, store), Files(workspace, store)
    paths = known.own() if files is None else known.chosen(files)
    documents = [known.document(path) for path in paths]
    judge = judge_of(workspace, store)
    keeping = Keeping(_folder(workspace), f"{judge.digest()} {workspace.base}")
    work = Work(judge, References(store), keeping, known.digests, elsewhere)
    done = work.on(documents, progress or (lambda _done, _all: None))
    findings = []
    for path, document in zip(paths, documents, strict=True):
        named = (
            places if known.has(path) else PlacesOutside(workspace, store, read(path, workspace.base).quads)
        )
        findings += [finding_of(placed, named, path) for placed in done[document.shown].placed]
    if files is None:
        work.settle(done)
        is_large = sum(len(document.data) for document in documents) > _LARGE
        findings += run_checks(workspace, store, places, is_large=is_large)
    return Report.of(findings, (workspace.short(path) for path in paths))


def judge_of(workspace: Workspace, store: Store) -> Judge:
    """What judges the documents of a workspace, one at a time: it can be pickled."""
    shapes = tuple(
        (workspace.short(path), read_bytes(path, workspace.short(path))) for path in workspace.shapes()
    )
    classes = sorted((_iri(axiom.subject), _iri(axiom.object)) for axiom in subclass_axioms(store))
    return Judge(shapes, tuple(classes))


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _folder(workspace: Workspace) -> Path | None:
    """Where results are kept: with the graph on disk, or in the build folder if something was built there."""
    if workspace.store is not None:
        return workspace.store.with_name(f"{workspace.store.name}.validation")
    return workspace.build_dir / "cache" / "validation" if workspace.build_dir.is_dir() else None


def finding_of(placed: Placed, places: Places, path: Path) -> Finding:
    """A result on a node that a file describes, as a reader wants it: with its place, and names for terms."""
    result = placed.result
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
        places.short(path),
        placed.line,
        places.name(result.focus),
        places.graph(path),
        result.component,
    )
