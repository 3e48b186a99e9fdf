"""Everything that is measured, in one command: the package beside other engines, and the page that tells of it.

    python benchmarks/run.py                                   # all sizes: hours, and a quiet machine
    python benchmarks/run.py --sizes 10k,100k --only load,questions --output DIR
    python benchmarks/run.py --sizes 10m --add                 # one size more into what was measured before
    python benchmarks/run.py --render                          # the page once more, from the figures that are kept

Writes docs/performance.md, docs/img/performance-*.svg and benchmarks/results.json; with `--output` all of them there.
Needs `pip install ".[bench]"`. Linux and macOS.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measuring import page
from benchmarks.measuring.machine import machine, versions
from benchmarks.measuring.plan import JOB_NAMES
from benchmarks.measuring.results import Results
from benchmarks.measuring.running import Runner, Settings
from benchmarks.measuring.sizes import sizes_of
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / "benchmarks" / "notes.toml"
SIZES = "10k,30k,100k,1m,10m"


@dataclass(frozen=True)
class Places:
    """Where the results and the page are kept."""

    results: Path
    pages: Path

    @classmethod
    def at(cls, folder: Path | None) -> "Places":
        """All in one folder; by default where the project keeps them."""
        if folder is None:
            return cls(ROOT / "benchmarks" / "results.json", ROOT / "docs")
        return cls(folder / "results.json", folder)


def main(arguments: list[str] | None = None) -> int:
    """The command line: 0, or 1 where something could not be measured, or 2 for bad input."""
    given = _parser().parse_args(arguments)
    try:
        return _run(given)
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return error.exit_code


def _run(given: argparse.Namespace) -> int:
    places = Places.at(given.output)
    failures: list[str] = []
    if given.render:
        results = Results.read(places.results)
    else:
        settings = _settings(given)
        results = _start(given, places.results)
        runner = Runner(settings, results, lambda: results.write(places.results), _tell)
        runner.run()
        failures = runner.failures
        results.write(places.results)
    for path in page.write(results, places.pages, NOTES):
        _tell(f"wrote {path}")
    for failure in failures:
        _tell(f"not measured: {failure}")
    return 1 if failures else 0


def _settings(given: argparse.Namespace) -> Settings:
    jobs = given.only.split(",") if given.only else list(JOB_NAMES)
    if unknown := sorted(set(jobs) - set(JOB_NAMES)):
        raise SoseiError(
            Text(f"「{unknown[0]}」は計れません", f"not a job: {unknown[0]}"),
            where="--only",
            hint=Text(f"計れるもの: {', '.join(JOB_NAMES)}", f"jobs: {', '.join(JOB_NAMES)}"),
        )
    if (given.only or given.sizes != SIZES) and not (given.output or given.add):
        raise SoseiError(
            Text("一部だけの計測です", "this measures a part only, and would take the place of the whole"),
            hint=Text(
                "--output DIR か --add を付けてください",
                "give --output DIR to write it elsewhere, or --add to keep what else was measured",
            ),
        )
    return Settings(
        sizes_of(given.sizes), frozenset(jobs), given.corpora, given.repeats, given.patience, given.enough
    )


def _start(given: argparse.Namespace, kept: Path) -> Results:
    """What to add to: the figures that are kept, if they are of this machine and these versions; else nothing."""
    here = Results(machine(), versions())
    if not given.add or not kept.is_file():
        return here
    before = Results.read(kept)
    if (before.machine, before.versions) != (here.machine, here.versions):
        raise SoseiError(
            Text(
                "別の計算機か別の版での計測結果です",
                "what was measured before is of another machine or of other versions",
            ),
            where=str(kept),
            hint=Text("--add なしで、すべて計り直してください", "measure all of it again, without --add"),
        )
    return before


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Measures the package beside other engines; writes the page on its performance."
    )
    add = parser.add_argument
    add("--sizes", default=SIZES, metavar="LIST", help=f"sizes of the corpus (default: {SIZES})")
    add("--only", metavar="LIST", help=f"some jobs alone, of {','.join(JOB_NAMES)}")
    add("--repeats", type=int, default=3, metavar="N", help="runs of each (default: 3)")
    add("--enough", type=float, default=300, metavar="S", help="no more runs of what took so long (300)")
    add(
        "--patience", type=float, default=7200, metavar="S", help="end a process after so many seconds (7200)"
    )
    add(
        "--corpora",
        type=Path,
        default=Path(tempfile.gettempdir()) / "sosei-corpora",
        metavar="DIR",
        help="where corpora are, or are made, one folder a size: DIR/10k (default: in the folder for temporary files)",
    )
    add("--output", type=Path, metavar="DIR", help="write results, page and charts there")
    add("--add", action="store_true", help="keep what else was measured before, on this machine")
    add(
        "--render", action="store_true", help="measure nothing: write the page from the results that are kept"
    )
    return parser


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
