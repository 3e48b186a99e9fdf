"""The main job: load, reason, validate, write `build/`, and say what was found."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sosei_graph import built, files
from sosei_graph.built import MANIFEST, STORE
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.vocab import NS
from sosei_graph.workspace import Workspace

if TYPE_CHECKING:
    from sosei_graph.validation.validating import Report
    from sosei_graph.validation.working import Spread

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


def build(
    workspace: Workspace | None = None,
    progress: Callable[[int, int], None] | None = None,
    elsewhere: "Spread | None" = None,
) -> BuildResult:
    """Builds the graph of a workspace into its `build/` folder.

    The files there (`sosei.ttl`, `sosei.nq`, the validation report, a manifest) depend on the workspace's files
    alone, byte for byte. Bad input raises `SoseiError` and leaves an earlier build as it was; findings do not stop
    a build. `progress` is told how many documents of how many have been validated. `elsewhere` is where documents are
    validated if not here: `Spark.spread`.
    """
    from sosei_graph.exporting import exported_graphs, nquads, turtle
    from sosei_graph.validation.report_formats import report_text, report_turtle
    from sosei_graph.validation.validating import validate

    workspace = workspace or Workspace.find()
    clock = _Clock()
    # Of what is read below, not of what may stand there by the time it is written.
    inputs = built.inputs(workspace)
    with clock.step("load"):
        files.make_folder(workspace.build_dir)
        store = _loaded(workspace)
    with clock.step("reason"):
        inferred = infer(store)
    with clock.step("validate"):
        report = validate(workspace, store, progress=progress, elsewhere=elsewhere)
    with clock.step("write"):
        _, document = turtle(store, exported_graphs(store, inferred=False))
        contents: dict[str, files.Content] = {
            "sosei.ttl": document,
            STORE: nquads(store, store.graphs()),
            "validation.ja.txt": report_text(report, "ja"),
            "validation.en.txt": report_text(report, "en"),
            "validation.ttl": report_turtle(report),
        }
        paths = tuple(workspace.build_dir / name for name in (*contents, MANIFEST))
        files.write_all(dict(zip(paths, _with_manifest(inputs, contents), strict=True)))
    asserted = len(store.ox) - inferred
    return BuildResult(_counts(store), asserted, inferred, report, clock.seconds, paths)


def open_store(workspace: Workspace | None = None) -> Store:
    """The reasoned graph of a workspace: from its build where that is of these very files, else loaded anew.

    A workspace that keeps its graph on disk has it brought up to date there.
    """
    workspace = workspace or Workspace.find()
    if (digest := built.expected(workspace)) and (graph := built.load(workspace, digest)):
        return Store.of(workspace, graph)
    store = _loaded(workspace)
    infer(store)
    return store


def _loaded(workspace: Workspace) -> Store:
    """The files of the workspace in a store, in memory or where it keeps one on disk."""
    if workspace.store is None:
        return Store.load(workspace)
    from sosei_graph.store.ondisk import DiskStore

    return DiskStore.load(workspace)


def _with_manifest(inputs: dict[str, str], contents: dict[str, files.Content]) -> Iterator[files.Content]:
    """The contents, and after them what tells their digests; each has to be used up before the next."""
    outputs: dict[str, str] = {}

    def digested(name: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for portion in files.portions(contents[name]):
            digest.update(portion)
            yield portion
        outputs[name] = digest.hexdigest()

    def manifest() -> Iterator[bytes]:
        told = {"inputs": inputs, "outputs": outputs}
        yield (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    yield from map(digested, contents)
    yield manifest()


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
