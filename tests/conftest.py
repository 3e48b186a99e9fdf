"""Shared parts: the fictional workspace of 例示市, and the real one that comes with the project."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sosei_graph.building import open_store
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace, packaged_root

# The same examples at every run: what fails here fails for everybody.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

HERE = Path(__file__).parent
REIJI = HERE / "fixtures" / "reiji"


@pytest.fixture
def reiji(tmp_path: Path) -> Workspace:
    """A fresh copy of 例示市's workspace: a strategy, an agreement and their sources."""
    shutil.copytree(REIJI, tmp_path / "reiji")
    return Workspace.find(tmp_path / "reiji")


@pytest.fixture
def reiji_store(reiji: Workspace) -> Store:
    """The reasoned graph of 例示市."""
    return open_store(reiji)


@pytest.fixture
def edited(reiji: Workspace) -> Callable[[str, str, str], Workspace]:
    """Replaces the first occurrence of a text in a file of 例示市's workspace."""

    def edit(name: str, old: str, new: str) -> Workspace:
        path = reiji.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return reiji

    return edit


@pytest.fixture
def no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every process that the test forked has ended and been waited for; servers of other tests may run beside."""
    forked: list[int] = []
    fork = os.fork

    def noted() -> int:
        process = fork()
        forked.append(process)
        return process

    monkeypatch.setattr(os, "fork", noted)
    yield
    assert forked
    for process in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@pytest.fixture(scope="session")
def real_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The project's own workspace, with a build folder of its own."""
    return Workspace(packaged_root(), tmp_path_factory.mktemp("real") / "build")


@pytest.fixture(scope="session")
def real_store(real_workspace: Workspace) -> Store:
    """The reasoned graph of the project's own documents."""
    return open_store(real_workspace)


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the real source documents, which are not part of the project."""
    folder = Path(os.environ.get("SOSEI_SOURCES", HERE.parent.parent / "shared" / "sources"))
    if not folder.is_dir():
        pytest.skip("the source documents are absent: set SOSEI_SOURCES to their folder")
    return folder
