"""Fresh processes: each measurement has memory, imports and caches of its own, and is accounted for by the system."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.measuring.results import Case, Run

ROOT = Path(__file__).resolve().parent.parent.parent
_LAUNCHER = Path(__file__).resolve().with_name("launcher.py")
_CHILD = (sys.executable, "-m", "benchmarks.measuring.child")
#: ru_maxrss: kilobytes, on macOS bytes.
_A_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10
_SAID = 2_000


class Failed(Exception):  # noqa: N818 - what is said of a measurement: it failed
    """A process that did not do its work; the message says why in one line."""


@dataclass(frozen=True)
class Ended:
    """What a process that has ended wrote and used."""

    code: int
    output: bytes
    said: str
    wall: float
    cpu: float
    peak_mb: float


def measure(case: Case, patience: float) -> Run:
    """The case in a process of its own; `Failed` where it raises, is killed, or takes longer than the seconds given."""
    ended = run(_CHILD, ROOT, json.dumps(asdict(case)).encode(), patience)
    if ended.code:
        raise Failed(_why(ended))
    told = json.loads(ended.output)
    return Run(round(told["wall"], 5), round(told["cpu"], 4), round(ended.peak_mb, 1), told["facts"])


def measure_command(arguments: Sequence[str], folder: Path, patience: float) -> Run:
    """A command from its start to its end, with a new Python; 1, which says that there are findings, is fine."""
    ended = run((sys.executable, *arguments), folder, b"", patience)
    if ended.code not in (0, 1):
        raise Failed(_why(ended))
    return Run(round(ended.wall, 5), round(ended.cpu, 4), round(ended.peak_mb, 1))


def code_digest() -> str:
    """SHA-256 of what is measured: figures of two states of it are no figures."""
    paths = sorted((ROOT / "sosei_graph").rglob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def compile_modules() -> None:
    """Compiles what is measured, as an installation does; the first run would else do it."""
    folders = (str(ROOT / "sosei_graph"), str(ROOT / "benchmarks"))
    run((sys.executable, "-m", "compileall", "-q", *folders), ROOT, b"", 600)


def run(command: Sequence[str], folder: Path, sent: bytes, patience: float) -> Ended:
    """Runs it to its end, and asks the system what it used, with the processes that it has waited for."""
    with tempfile.TemporaryDirectory() as place:
        usage, said = Path(place) / "usage", Path(place) / "said"
        with said.open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 - commands of ours
                (sys.executable, "-I", "-S", str(_LAUNCHER), str(usage), *command),
                cwd=folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
            try:
                output, _ = process.communicate(sent, patience)
            except BaseException as error:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                if isinstance(error, subprocess.TimeoutExpired):
                    raise Failed(f"took longer than {patience:.0f} s") from None
                raise
        if not usage.is_file():
            raise Failed("was not started")
        code, wall, cpu, peak = map(float, usage.read_text(encoding="ascii").split())
        words = said.read_bytes()[-_SAID:].decode("utf-8", "replace")
    return Ended(int(code), output, words, wall, cpu, peak / _A_MEGABYTE)


def _environment() -> dict[str, str]:
    """That of a user: compiled modules are kept, and this checkout is what is imported."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def _why(ended: Ended) -> str:
    lines = [line.strip() for line in ended.said.splitlines() if line.strip()]
    if ended.code < 0:
        return f"ended by {signal.Signals(-ended.code).name}"
    return lines[-1] if lines else f"ended with code {ended.code}"
