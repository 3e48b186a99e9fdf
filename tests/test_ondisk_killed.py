"""A process that is killed while it loads leaves a store that opens, and each document as it was or as it is."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.building import open_store
from sosei_graph.store.loading import digest_of, sources
from sosei_graph.store.memory import MARK, Store
from sosei_graph.workspace import Workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system has no SIGKILL")

LOAD = """
import sys, time
from pathlib import Path
from sosei_graph.store.ondisk import DiskStore
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.workspace import Workspace

root, store = map(Path, sys.argv[1:])
workspace = Workspace(root, root / "build", store=store)
print("ready", flush=True)
sys.stdin.readline()
start = time.perf_counter()
infer(DiskStore.load(workspace))
print(time.perf_counter() - start, flush=True)
"""
MOMENTS = 20


def load(workspace: Workspace, *, kill_after: float | None = None) -> float:
    """Loads in another process and returns how long that took; or kills it so many seconds after it began."""
    command = [sys.executable, "-c", LOAD, str(workspace.root), str(workspace.store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        if kill_after is None:
            return float(process.stdout.readline())
        time.sleep(kill_after)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return kill_after


def states(workspace: Workspace) -> dict[str, dict[str, set[ox.Triple]]]:
    """Graph → digest of its file → its statements, as the files are now."""
    store = Store.load(workspace)
    return {
        source.graph: {digest_of(source.data()): {quad.triple for quad in store.quads([source.graph])}}
        for source in sources(workspace)
    }


def stored(workspace: Workspace) -> Iterator[tuple[str, str, set[ox.Triple]]]:
    """Each graph of a file on disk with the digest that is noted of it."""
    store = ox.Store.read_only(str(workspace.store))
    for name in store.named_graphs():
        graph, mark, digest = str(name.value).rpartition(MARK)
        if mark and not graph.endswith(("/graph/", "/graph/inferred")):
            quads = store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            yield graph, digest, {quad.triple for quad in quads}


def moments(seed: int, total: float) -> Iterator[float]:
    """Moments spread over the whole of a load and a little beyond, none of them twice the same."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    for number in range(MOMENTS):
        yield total * 1.1 * (number + chance.random()) / MOMENTS


@pytest.fixture
def workspace(reiji: Workspace) -> Workspace:
    return replace(reiji, store=reiji.root.parent / "store")


def edit(workspace: Workspace, number: int) -> None:
    """Another statement in every document, of another number each time, and more of them than fit in one write."""
    for path in (*workspace.documents(), *workspace.reference()):
        if not path.is_relative_to(workspace.root):
            continue
        text = path.read_text(encoding="utf-8").partition("# edited\n")[0]
        added = "".join(
            f"<id/doc/{path.stem}> <http://example.org/edited> {number * 1000 + each} .\n"
            for each in range(500)
        )
        path.write_text(f"{text}# edited\n{added}", encoding="utf-8")


def test_killed_update_leaves_every_document_old_or_new(workspace: Workspace) -> None:
    """At 20 random moments of 20 updates of all documents the process is killed: nothing is half written."""
    edit(workspace, 0)
    load(workspace)
    known = states(workspace)
    edit(workspace, 1)
    total = load(workspace)
    for graph, state in states(workspace).items():
        known[graph] |= state
    between = set()
    for number, moment in enumerate(moments(seed=1, total=total), start=2):
        edit(workspace, number)
        new = states(workspace)
        load(workspace, kill_after=moment)
        found = {graph: digest for graph, digest, _ in stored(workspace)}
        for graph, digest, triples in stored(workspace):
            assert triples == (known[graph] | new[graph])[digest]
        assert set(found) == set(new)
        between.add(sum(found[graph] in state for graph, state in new.items()))
        if number % 2:
            # What the next run makes of it is what is in memory, inferred facts included.
            assert set(open_store(workspace).ox) == set(open_store(replace(workspace, store=None)).ox)
        known = {graph: known[graph] | state for graph, state in new.items()}
    # Some were killed before anything was written, some between two documents or after the last.
    assert len(between) > 1
    assert set(open_store(workspace).ox) == set(open_store(replace(workspace, store=None)).ox)


def test_killed_first_load_leaves_nothing_or_everything(workspace: Workspace) -> None:
    """At 20 random moments of a first load the process is killed: the store is not there, or it is whole."""
    total = load(workspace)
    expected = set(open_store(workspace).ox)
    assert workspace.store
    whole = 0
    for moment in moments(seed=2, total=total):
        for path in workspace.store.parent.glob("store*"):
            remove(path)
        load(workspace, kill_after=moment)
        if workspace.store.exists():
            whole += 1
            assert set(ox.Store.read_only(str(workspace.store))) == expected
    assert whole < MOMENTS
    assert set(open_store(workspace).ox) == expected
    assert not list(workspace.store.parent.glob("store.[op]*"))


def test_killed_rebuild_leaves_the_old_store(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two renames that put a new store in the place of an old one, either can be found again."""
    expected = set(open_store(workspace).ox)
    assert workspace.store
    workspace.store.rename(workspace.store.with_name("store.old"))
    workspace.store.with_name("store.partial").mkdir()
    monkeypatch.setattr(
        "sosei_graph.store.ondisk.DiskStore._load_anew", lambda *_: pytest.fail("loaded anew")
    )
    assert set(open_store(workspace).ox) == expected


def remove(path: Path) -> None:
    if path.is_dir():
        for each in path.iterdir():
            remove(each)
        path.rmdir()
    else:
        path.unlink()
