"""The main job: load, reason, validate, write `build/`, and say what was found."""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.vocab import NS
from sosei_graph.workspace import Workspace

if TYPE_CHECKING:
    from sosei_graph.validation.validating import Report

MANIFEST = "manifest.json"
STORE = "sosei.nq"

#: What the summary counts, by class. Subclasses count too: reasoning has given every thing its superclasses.
COUNTED = (
    "Document",
    "Plan",
    "Goal",
    "KeyPerformanceIndicator",
    "IndicatorValue",
    "Agreement",
    "CooperationItem",
    "RoleAssignment",
    "Alignment",
    "Evidence",
)


@dataclass(frozen=True)
class BuildResult:
    """What was built: things by class, statements, findings, seconds by step, and the files written."""

    counts: dict[str, int]
    asserted: int
    inferred: int
    report: "Report"
    seconds: dict[str, float] = field(compare=False)
    written: tuple[Path, ...] = ()


class _Clock:
    """Seconds by step, in the order in which the steps ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def build(workspace: Workspace | None = None) -> BuildResult:
    """Builds the graph of a workspace into its `build/` folder.

    The files there (`sosei.ttl`, `sosei.nq`, the validation report, a manifest) depend on the workspace's files
    alone, byte for byte. Bad input raises `SoseiError` and leaves an earlier build as it was; findings do not stop
    a build.
    """
    from sosei_graph.exporting import dataset_triples, exported_graphs, turtle
    from sosei_graph.formats import RDF
    from sosei_graph.validation.report_formats import report_text, report_turtle
    from sosei_graph.validation.validating import validate

    workspace = workspace or Workspace.find()
    clock = _Clock()
    # Of what is read below, not of what may stand there by the time it is written.
    inputs = _input_digests(workspace)
    with clock.step("load"):
        files.make_folder(workspace.build_dir)
        store = _loaded(workspace)
    with clock.step("reason"):
        inferred = infer(store)
    with clock.step("validate"):
        report = validate(workspace, store)
    with clock.step("write"):
        triples = dataset_triples(store, exported_graphs(store, inferred=False), RDF[".ttl"])
        contents: dict[str, str | bytes] = {
            "sosei.ttl": turtle(triples, workspace.base),
            STORE: _nquads(store),
            "validation.ja.txt": report_text(report, "ja"),
            "validation.en.txt": report_text(report, "en"),
            "validation.ttl": report_turtle(report),
        }
        contents[MANIFEST] = _manifest(inputs, contents)
        paths = {workspace.build_dir / name: content for name, content in contents.items()}
        files.write_all(paths)
    asserted = len(store.ox) - inferred
    return BuildResult(_counts(store), asserted, inferred, report, clock.seconds, tuple(paths))


def open_store(workspace: Workspace | None = None) -> Store:
    """The reasoned graph of a workspace: from its build where that is of these very files, else loaded anew.

    A workspace that keeps its graph on disk has it brought up to date there.
    """
    workspace = workspace or Workspace.find()
    built = workspace.build_dir / STORE
    if workspace.store is None and _is_fresh(workspace):
        store = Store(workspace)
        store.ox.bulk_load(path=str(built), format=ox.RdfFormat.N_QUADS)
        return store
    store = _loaded(workspace)
    infer(store)
    return store


def _loaded(workspace: Workspace) -> Store:
    """The files of the workspace in a store, in memory or where it keeps one on disk."""
    if workspace.store is None:
        return Store.load(workspace)
    from sosei_graph.store.ondisk import DiskStore

    return DiskStore.load(workspace)


def _is_fresh(workspace: Workspace) -> bool:
    manifest = workspace.build_dir / MANIFEST
    try:
        recorded = json.loads(manifest.read_text(encoding="utf-8"))
        built = (workspace.build_dir / STORE).read_bytes()
        return bool(
            recorded["inputs"] == _input_digests(workspace) and recorded["outputs"][STORE] == _digest(built)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _manifest(inputs: dict[str, str], contents: dict[str, str | bytes]) -> str:
    outputs = {
        name: _digest(content.encode() if isinstance(content, str) else content)
        for name, content in contents.items()
    }
    manifest = {"inputs": inputs, "outputs": outputs}
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _input_digests(workspace: Workspace) -> dict[str, str]:
    digests = {workspace.short(path): _digest(path.read_bytes()) for path in workspace.inputs()}
    # What the package makes of the same files can change with its own version and with the base.
    return digests | {"": _digest(f"{_engine_digest()} {workspace.base}".encode())}


def _engine_digest() -> str:
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    return _digest(ox.__version__.encode() + b"".join(path.read_bytes() for path in modules))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _nquads(store: Store) -> bytes:
    lines = (store.ox.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def _counts(store: Store) -> dict[str, int]:
    """How many things of each counted class there are; of plans and agreements, those that a document sets out."""
    found = store.select(
        """
        SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {
          ?thing a ?class .
          OPTIONAL { ?document sosei:states ?thing }
          FILTER(BOUND(?document) || ?class NOT IN (sosei:Plan, sosei:Agreement))
        }
        GROUP BY ?class
        """
    )
    counts = {row[0].value: int(row[1].value) for row in found if row[0] and row[1]}
    return {name: counts.get(NS + name, 0) for name in COUNTED}
