"""What the package does: the jobs that are measured, one a process. Only the block under the clock counts."""

import shutil
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from benchmarks.measuring import prepared
from benchmarks.measuring.clock import Clock
from benchmarks.measuring.results import Case, Facts
from sosei_graph.exporting import export
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.validation.findings import Report
from sosei_graph.workspace import Workspace

_CHANGED = "changed"


def load(case: Case, clock: Clock) -> Facts:
    """The files of the workspace, checked, into a store in memory."""
    workspace = Workspace.find(case.folder)
    with clock.timed():
        store = Store.load(workspace)
    return {"statements": len(store.ox)}


def load_on_disk(case: Case, clock: Clock) -> Facts:
    """The same into a new store on disk."""
    from sosei_graph.store.ondisk import DiskStore

    folder = Path(case.scratch) / "ours"
    shutil.rmtree(folder, ignore_errors=True)
    workspace = replace(Workspace.find(case.folder), store=folder)
    with clock.timed():
        store = DiskStore.load(workspace)
    return {"statements": len(store.ox)}


def reason(case: Case, clock: Clock) -> Facts:
    """Everything that follows, over the whole workspace."""
    store = prepared.asserted(case)
    with clock.timed():
        inferred = infer(store)
    return {"inferred": inferred}


def reason_beside(case: Case, clock: Clock) -> Facts:
    """The same over what the peers get."""
    store = prepared.whole(case)
    with clock.timed():
        inferred = infer(store)
    return {"inferred": inferred}


def validate(case: Case, clock: Clock) -> Facts:
    """The report on the workspace in both languages and as Turtle: shapes, and checks across documents."""
    from sosei_graph.validation.report_formats import report_text, report_turtle
    from sosei_graph.validation.validating import validate as run

    store = prepared.reasoned(case)
    with clock.timed():
        report = run(store.workspace, store)
        for lang in ("ja", "en"):
            report_text(report, lang)
        report_turtle(report)
    return _findings(report)


def validate_document(case: Case, clock: Clock) -> Facts:
    """The report on one document, in a store that is open."""
    from sosei_graph.validation.validating import validate as run

    store = prepared.reasoned(case)
    path = prepared.largest_document(store.workspace)
    with clock.timed():
        report = run(store.workspace, store, [path])
    return {**_findings(report), "document_kb": round(path.stat().st_size / 1000, 1)}


def keep_on_disk(case: Case, _clock: Clock) -> Facts:
    """Makes what `update` starts from: a copy of the corpus and its complete store on disk. Not timed."""
    from sosei_graph.building import open_store

    folder = Path(case.scratch) / _CHANGED
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(case.folder, folder, copy_function=_link)
    store = open_store(replace(Workspace.find(folder), store=folder / "store"))
    return {"statements": len(store.ox)}


def update(case: Case, clock: Clock) -> Facts:
    """One document is changed: the store on disk is brought up to date, what follows too, the document validated."""
    from sosei_graph.building import open_store
    from sosei_graph.validation.validating import validate as run

    folder = Path(case.scratch) / _CHANGED
    workspace = replace(Workspace.find(folder), store=folder / "store")
    path = prepared.largest_document(workspace)
    prepared.change(path)
    with clock.timed("open"):
        store = open_store(workspace)
    with clock.timed("validate"):
        report = run(workspace, store, [path])
    return _findings(report)


def export_turtle(case: Case, clock: Clock) -> Facts:
    """Canonical Turtle; its digest tells whether it is the same each time."""
    store = prepared.reasoned(case)
    path = Path(case.scratch) / "ours.ttl"
    with clock.timed():
        export(store, path)
    written = path.read_bytes()
    path.unlink()
    return {"sha256": sha256(written).hexdigest(), "mb": round(len(written) / 1e6, 1)}


def ask(case: Case, clock: Clock) -> Facts:
    """Every question, beside the bare engine on the same query."""
    from benchmarks.questions import measure

    store = prepared.reasoned(case)
    with clock.timed():
        rows = measure(store, case.repeats)
    asked = [[each.question, each.parameters, each.rows, each.ours, each.raw] for each in rows]
    return {"questions": asked}


def _findings(report: Report) -> Facts:
    """How many there are of each severity, those of the shapes apart from those of the checks across documents."""
    return {"results": dict(sorted(Counter(each.severity for each in report.findings).items()))}


def _link(source: str, target: str) -> None:
    """The same file under another name, where the file system can; else a copy."""
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
