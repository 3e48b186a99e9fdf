"""The built graph is loaded before the command is read: the answers are those of the files, whatever stands there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sosei_graph.building import build
from sosei_graph.cli.ahead import Ahead
from sosei_graph.workspace import Workspace
from tests.command_line import ROOT
from tests.helpers_reiji import write_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace that has been built."""
    workspace = Workspace.find(write_workspace(tmp_path).root)
    build(workspace)
    return workspace


def asked(workspace: Workspace, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`sosei` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sosei_graph", *arguments, "--workspace", str(workspace.root), "--lang", "en"],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize(
    "arguments",
    [("query", "plans"), ("query", "-", "--memory", "500"), ("show", "Reiji City"), ("query", "./mine.rq")],
)
def test_what_asks_of_a_built_workspace_has_its_graph_ahead(
    workspace: Workspace, arguments: tuple[str, ...]
) -> None:
    """For questions of every kind; the store is the one that was built."""
    ahead = Ahead.of([*arguments, "--workspace", str(workspace.root)])
    assert ahead
    graph = ahead.store(workspace)
    assert graph is not None
    assert len(graph) == len((workspace.build_dir / "sosei.nq").read_bytes().splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("build",),
        ("query",),
        ("query", "--format", "csv"),
        ("query", "plans", "--help"),
        ("query", "plans", "--endpoint", "http://127.0.0.1:9/"),
        ("query", "plans", "--endpoint=http://127.0.0.1:9/"),
        ("query", "plans", "--store", "there"),
    ],
)
def test_nothing_is_loaded_for_what_does_not_ask_it(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    """Lists, help, servers and stores on disk have no use for it."""
    assert Ahead.of([*arguments, "--workspace", str(workspace.root)]) is None


def test_only_a_build_of_these_files_is_loaded(workspace: Workspace) -> None:
    """Not after a file has changed, nor if the graph is not the one that the manifest tells of."""
    arguments = ["query", "plans", f"--workspace={workspace.root}"]
    (workspace.build_dir / "sosei.nq").write_bytes(b"")
    ahead = Ahead.of(arguments)
    assert ahead
    assert ahead.store(workspace) is None
    document = workspace.documents()[0]
    document.write_bytes(document.read_bytes() + b"\n")
    assert Ahead.of(arguments) is None


def test_a_graph_of_another_workspace_is_not_used(workspace: Workspace, tmp_path: Path) -> None:
    """Should the arguments be read differently in the end."""
    ahead = Ahead.of(["query", "plans", "--workspace", str(workspace.root)])
    assert ahead
    assert ahead.store(Workspace(tmp_path, tmp_path / "build")) is None


def test_answers_are_the_same_with_and_without_a_build(workspace: Workspace) -> None:
    """Built, changed and broken: rows, errors and exit codes are those of the files."""
    built = asked(workspace, "query", "plans", "--format", "csv")
    assert (built.returncode, built.stderr) == (0, b"")
    document = workspace.documents()[0]
    before = document.read_bytes()
    document.write_bytes(before + b"\n")
    changed = asked(workspace, "query", "plans", "--format", "csv")
    assert (changed.returncode, changed.stdout) == (0, built.stdout)
    document.write_bytes(before + b"nonsense")
    broken = asked(workspace, "query", "plans", "--format", "csv")
    assert (broken.returncode, broken.stdout) == (2, b"")
    assert broken.stderr.count(b"\n") == 1


def test_a_query_of_ones_own_has_its_limits_on_a_built_workspace(workspace: Workspace) -> None:
    """It runs in a process of its own, and for that nothing else may run here any more."""
    endless = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(6))
    query = f"SELECT (COUNT(*) AS ?n) {{ {endless} }}".encode()
    late = asked(workspace, "query", "-", "--timeout", "0.5", "--memory", "500", stdin=query)
    assert late.returncode == 2
    assert late.stderr.startswith(b"query: stopped: no answer within 0.5 s")
