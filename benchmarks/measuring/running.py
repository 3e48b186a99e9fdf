"""A run: for each corpus every job, the engines in turn, and the figures kept after each job."""

import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from benchmarks.measuring import sizes
from benchmarks.measuring.plan import COLD_JOB, JOBS, REAL, Job
from benchmarks.measuring.processes import Failed, code_digest, compile_modules, measure, measure_command
from benchmarks.measuring.results import Case, Measurement, Results, Run
from benchmarks.measuring.sizes import Size

#: How often questions are repeated within their process.
_ASKED = 5
#: `build` goes before the question, which has one to read then.
_COLD_COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("-m", "sosei_graph", "build"),
    "question": ("-m", "sosei_graph", "query", "agreement-roles"),
    "help": ("-m", "sosei_graph", "--help"),
    "python": ("-c", "pass"),
}


@dataclass(frozen=True)
class Settings:
    """What to measure and how often."""

    sizes: Sequence[Size]
    jobs: Collection[str]
    corpora: Path
    repeats: int = 3
    patience: float = 7200.0
    """Seconds after which a process is ended."""
    enough: float = 300.0
    """Seconds after which a measurement is not repeated."""


class Runner:
    """Measures, and puts into the results what it finds."""

    def __init__(
        self, settings: Settings, results: Results, keep: Callable[[], None], tell: Callable[[str], None]
    ) -> None:
        """`keep` is called after each job, `tell` with a line about each process."""
        self._settings, self._results, self._keep, self._tell = settings, results, keep, tell
        self.failures: list[str] = []

    def run(self) -> None:
        """Everything that is asked for."""
        compile_modules()
        code = code_digest()
        if COLD_JOB in self._settings.jobs:
            with _folder() as folder:
                self._cold(folder)
            self._keep()
        jobs = [job for job in JOBS if job.name in self._settings.jobs]
        for size in self._settings.sizes if jobs else ():
            with _folder() as scratch:
                self._size(size, jobs, scratch)
        if code_digest() != code:
            self._failed("all", "ours", "", Failed("the package was changed while it was measured"))

    def _size(self, size: Size, jobs: Sequence[Job], scratch: Path) -> None:
        corpus = sizes.corpus_at(self._settings.corpora, size)
        case = Case("prepare", "ours", str(corpus), str(scratch))
        try:
            told = measure(case, self._settings.patience).facts
        except Failed as error:
            self._failed("prepare", "ours", size.label, error)
            return
        self._results.put_corpus(size.label, {**sizes.told_of(corpus), **told})
        for job in jobs:
            self._job(job, size, case)
            self._keep()

    def _job(self, job: Job, size: Size, case: Case) -> None:
        engines = job.engines(size)
        if not engines:
            return
        if job.start:
            try:
                measure(replace(case, job=job.start), self._settings.patience)
            except Failed as error:
                self._failed(job.name, "ours", size.label, error)
                return
        repeats = self._settings.repeats
        # Questions are repeated in one process, or each process would have to load the graph for some seconds of them.
        within, times = (min(_ASKED, repeats), 1) if job.name == "questions" else (1, repeats)

        def one(engine: str) -> Run:
            asked = replace(case, job=job.name, peer=engine, repeats=within)
            return measure(asked, self._settings.patience)

        # Who is first changes, so that a noisy neighbour disturbs all of them.
        firsts = (turn % len(engines) for turn in range(times))
        turns = [(*engines[first:], *engines[:first]) for first in firsts]
        self._in_turn(job.name, size.label, turns, one)

    def _cold(self, folder: Path) -> None:
        """The commands on the project's own documents; a first round is not counted."""

        def one(name: str) -> Run:
            if name == "build":
                shutil.rmtree(folder / "build", ignore_errors=True)
            return measure_command(_COLD_COMMANDS[name], folder, self._settings.patience)

        try:
            for name in _COLD_COMMANDS:
                one(name)
        except Failed as error:
            self._failed(COLD_JOB, "", REAL, error)
            return
        # They are short: three are asked for, nine are run.
        self._in_turn(COLD_JOB, REAL, [tuple(_COLD_COMMANDS)] * self._settings.repeats**2, one)

    def _in_turn(
        self, job: str, size: str, turns: Sequence[Sequence[str]], one: Callable[[str], Run]
    ) -> None:
        """Each engine once in every turn; what has taken long, or has failed, does not take part in the next."""
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        found = {each: Measurement(job, each, size, today) for each in turns[0]}
        spent = dict.fromkeys(found, 0.0)
        for engine in chain.from_iterable(turns):
            measured = found[engine]
            if measured.failed or spent[engine] > self._settings.enough:
                continue
            start = time.monotonic()
            try:
                run = one(engine)
            except Failed as error:
                measured.failed = str(error)
                self._failed(job, engine, size, error)
                continue
            spent[engine] += time.monotonic() - start
            measured.runs.append(run)
            told = f"{run.wall:9.3f} s {run.cpu:9.3f} CPU s {run.peak_mb:7.0f} MB"
            self._tell(f"{size:>5} {job:9} {engine:16} {told}")
        for measured in found.values():
            self._results.put(measured)

    def _failed(self, job: str, engine: str, size: str, error: Failed) -> None:
        line = f"{size} {job} {engine}: {error}".strip()
        self.failures.append(line)
        self._tell(line)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sosei-benchmark-") as place:
        yield Path(place)
