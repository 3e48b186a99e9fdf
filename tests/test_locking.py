"""One writer or many readers."""

import subprocess
import sys
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.store.locking import Lock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system has no such locks")


def test_many_read_at_a_time(tmp_path: Path) -> None:
    """A lock for reading leaves others to read."""
    first, second = Lock(tmp_path / "store.lock"), Lock(tmp_path / "store.lock")
    first.share(patience=0)
    second.share(patience=0)


def test_who_writes_is_alone(tmp_path: Path) -> None:
    """Readers keep a writer out, and a writer keeps readers out, with a line that names the store."""
    first, second = Lock(tmp_path / "store.lock"), Lock(tmp_path / "store.lock")
    first.share(patience=0)
    with pytest.raises(SoseiError, match=r"store: another process is using it"):
        second.own(patience=0)
    first.own(patience=0)
    with pytest.raises(SoseiError, match=r"store: another process is using it"):
        second.share(patience=0)
    first.share(patience=0)
    second.share(patience=0)


def test_lock_ends_with_its_process(tmp_path: Path) -> None:
    """A writer that was killed keeps nobody out; until then, whoever has patience waits."""
    code = (
        "import sys, time; from pathlib import Path; from sosei_graph.store.locking import Lock\n"
        "lock = Lock(Path(sys.argv[1])); lock.own(); print('locked', flush=True); time.sleep(60)"
    )
    path = tmp_path / "store.lock"
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"locked\n"
        lock = Lock(path)
        with pytest.raises(SoseiError, match="another process is using it"):
            lock.share(patience=0.1)
        process.kill()
    lock.own(patience=5)
