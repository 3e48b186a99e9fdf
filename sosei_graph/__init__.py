"""sosei-graph: Japanese municipal plans, KPIs and inter-city agreements as one knowledge graph.

Each command of `sosei` is one function here, with the same name:

    >>> import sosei_graph
    >>> graph = sosei_graph.open()                       # the reasoned graph of a workspace
    >>> sosei_graph.query("leads", city="高岡市")          # a question of the catalogue, as a table
    >>> sosei_graph.show("16202/kpi/3-2")                # everything known of a thing
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosei_graph.languages import Lang, preferred
from sosei_graph.workspace import Workspace

if TYPE_CHECKING:
    from sosei_graph.building import BuildResult
    from sosei_graph.describe import Description
    from sosei_graph.evidence import Citation, CoverageReport, TraceReport
    from sosei_graph.ingest.ingesting import Outcome
    from sosei_graph.queries.limits import Limits
    from sosei_graph.queries.parameters import Value
    from sosei_graph.remote import Login, PushResult
    from sosei_graph.store.memory import Store
    from sosei_graph.tables import Table
    from sosei_graph.validation.validating import Report

__version__ = "0.1.0"
__all__ = [
    "Workspace",
    "build",
    "cite",
    "coverage",
    "export",
    "format",
    "ingest",
    "open",
    "push",
    "query",
    "show",
    "trace",
    "validate",
]


def build(workspace: Workspace | None = None) -> "BuildResult":
    """Load, reason, validate and write `build/`: see `sosei_graph.building.build`."""
    from sosei_graph.building import build as build_workspace

    return build_workspace(workspace)


def open(workspace: Workspace | str | Path | None = None) -> "Store":  # noqa: A001 - the name of the command
    """The reasoned graph of a workspace (a `Workspace`, its folder, or the default one)."""
    from sosei_graph.building import open_store

    return open_store(workspace if isinstance(workspace, Workspace) else Workspace.find(workspace))


def validate(workspace: Workspace | None = None, files: Sequence[Path] = ()) -> "Report":
    """The SHACL report of a workspace, or of some of its files."""
    from sosei_graph.validation.validating import validate as run

    store = open(workspace)
    return run(store.workspace, store, files or None)


def query(
    name: str | Path,
    workspace: Workspace | None = None,
    *,
    lang: Lang | None = None,
    limits: "Limits | None" = None,
    **parameters: "Value",
) -> "Table":
    """The answer to a question of the catalogue, or to the query in a file (a `Path`).

    Parameters are names, codes, IRIs or plain values; `limits` are the seconds and megabytes that it may take.
    """
    from sosei_graph import queries

    store = open(workspace)
    if isinstance(name, Path):
        return queries.ask_file(store, name, lang or preferred(), limits, **parameters)
    return queries.ask(store, queries.find(store.workspace, name), lang or preferred(), limits, **parameters)


def show(thing: str, workspace: Workspace | None = None, *, lang: Lang | None = None) -> "Description":
    """Everything known of an IRI, CURIE, code or label."""
    from sosei_graph.describe import describe
    from sosei_graph.names import resolve

    store = open(workspace)
    return describe(store, resolve(store, thing), lang or preferred())


def trace(
    thing: str | None = None, workspace: Workspace | None = None, *, sources: Path | None = None
) -> "TraceReport":
    """Re-reads every span of evidence (or those of one thing) in the source files."""
    from sosei_graph import evidence
    from sosei_graph.names import resolve

    store = open(workspace)
    iri = resolve(store, thing) if thing else None
    return evidence.trace(store, evidence.sources_folder(store.workspace, sources), iri)


def coverage(
    document: str | None = None, workspace: Workspace | None = None, *, sources: Path | None = None
) -> "CoverageReport":
    """What stands behind each number of the sources, or of one document's: `sosei trace --coverage`."""
    from sosei_graph import evidence
    from sosei_graph.names import resolve

    store = open(workspace)
    iri = resolve(store, document, "document") if document else None
    return evidence.measure_coverage(store, evidence.sources_folder(store.workspace, sources), iri)


def cite(
    document: str, text: str, workspace: Workspace | None = None, *, sources: Path | None = None
) -> "list[Citation]":
    """Every place where the text stands in the source of a document, with the Turtle of its evidence."""
    from sosei_graph import evidence

    workspace = workspace or Workspace.find()
    return evidence.cite(workspace, document, text, sources)


def format(  # noqa: A001 - the name of the command
    files: Sequence[Path] = (), workspace: Workspace | None = None, *, check: bool = False
) -> tuple[Path, ...]:
    """Turtle files into canonical order; returns those that were not in it."""
    from sosei_graph.formatting import format_files

    return format_files(workspace or Workspace.find(), files, check=check)


def ingest(files: Sequence[Path | str], workspace: Workspace | None = None, **wishes: Any) -> "list[Outcome]":
    """Drafts of the documents in files and folders: see `sosei_graph.ingest.ingesting.ingest`."""
    from sosei_graph.ingest.ingesting import ingest as run

    return run(files, workspace, **wishes)


def export(
    path: Path, workspace: Workspace | None = None, *, inferred: bool = False, lang: Lang | None = None
) -> int:
    """Writes the graph to a file whose name says the format; returns the number of statements or rows."""
    from sosei_graph.exporting import export as export_store

    return export_store(open(workspace), path, inferred=inferred, lang=lang or preferred())


def push(
    url: str,
    workspace: Workspace | None = None,
    *,
    inferred: bool = False,
    delete: bool = False,
    login: "Login | None" = None,
) -> "PushResult":
    """Brings the graph to the graph store of a SPARQL server: see `sosei_graph.remote.push`."""
    from sosei_graph import remote

    return remote.push(remote.Server(url, login=login), workspace, inferred=inferred, delete=delete)
