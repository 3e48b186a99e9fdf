"""What was measured: runs, the measurements that they make, and the small file that keeps them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

_FORMAT = 1
Facts = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What one process has to do: a job, by whom, on which corpus; `scratch` is for what it needs and writes."""

    job: str
    peer: str
    folder: str
    scratch: str
    repeats: int = 1
    """How often a job repeats what it measures in one process (questions do)."""


@dataclass(frozen=True)
class Run:
    """One process: seconds of what was timed, CPU seconds of it in all processes, and the largest process in MB."""

    wall: float
    cpu: float
    peak_mb: float
    facts: Facts = field(default_factory=dict)


@dataclass
class Measurement:
    """The runs of one job by one engine on one corpus, or why it has none."""

    job: str
    peer: str
    size: str
    date: str
    runs: list[Run] = field(default_factory=list)
    failed: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What is measured."""
        return (self.job, self.peer, self.size)

    @property
    def wall(self) -> float:
        """Median seconds."""
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median CPU seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def peak_mb(self) -> float:
        """The most that a process had."""
        return max(run.peak_mb for run in self.runs)

    @property
    def facts(self) -> Facts:
        """What the last run says besides."""
        return self.runs[-1].facts


@dataclass
class Results:
    """The measurements of a machine, and what its corpora hold."""

    machine: dict[str, str]
    versions: dict[str, str]
    corpora: dict[str, dict[str, Any]] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)

    def of(self, job: str, size: str, peer: str = "ours") -> Measurement | None:
        """A measurement that has runs."""
        found = (each for each in self.measurements if each.key == (job, peer, size) and each.runs)
        return next(found, None)

    def by_size(self, job: str, peer: str = "ours") -> Iterator[tuple[int, Measurement]]:
        """Statements of the corpus → measurement, in the order of the corpora."""
        for size, told in self.corpora.items():
            if found := self.of(job, size, peer):
                yield told["statements"], found

    def put(self, measurement: Measurement) -> None:
        """In the place of an earlier one of the same, or at the end."""
        for place, each in enumerate(self.measurements):
            if each.key == measurement.key:
                self.measurements[place] = measurement
                return
        self.measurements.append(measurement)

    def put_corpus(self, size: str, told: Mapping[str, Any]) -> None:
        """What a corpus holds; the corpora stay in the order of their statements."""
        corpora = {**self.corpora, size: dict(told)}
        self.corpora = dict(sorted(corpora.items(), key=lambda item: int(item[1]["statements"])))

    def write(self, path: Path) -> None:
        """As JSON with a line for each measurement."""
        head = {
            "format": _FORMAT,
            "machine": self.machine,
            "versions": self.versions,
            "corpora": self.corpora,
        }
        lines = ",\n".join(_line(asdict(each)) for each in self.measurements)
        body = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
        files.make_folder(path.parent)
        files.write(path, f'{body},\n "measurements": [\n{lines}\n]}}\n')

    @classmethod
    def read(cls, path: Path) -> "Results":
        """What `write` wrote; a file that is not there, or something else, is an error."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if told["format"] != _FORMAT:
                raise ValueError(told["format"])
            measurements = [_measurement(each) for each in told["measurements"]]
            return cls(told["machine"], told["versions"], told["corpora"], measurements)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SoseiError(
                Text("計測結果のファイルが読めません", "the file of results cannot be read"),
                where=str(path),
                hint=Text("benchmarks/run.py で計り直してください", "measure again with benchmarks/run.py"),
            ) from error


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


def _measurement(told: dict[str, Any]) -> Measurement:
    runs = [Run(**run) for run in told.pop("runs")]
    return Measurement(**told, runs=runs)


def ratio(one: Measurement | None, other: Measurement | None) -> float | None:
    """How many times as long the one takes as the other."""
    if one is None or other is None or not other.wall:
        return None
    return one.wall / other.wall


def dates(measurements: Iterable[Measurement]) -> tuple[str, str]:
    """The first and the last day of measuring."""
    found = sorted(each.date for each in measurements)
    return (found[0], found[-1]) if found else ("", "")
