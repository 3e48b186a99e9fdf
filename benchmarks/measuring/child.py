"""One measurement in this process: a case in JSON on standard input, what was timed in JSON on standard output.

echo '{"job": "load", "peer": "ours", "folder": "…", "scratch": "…"}' | python -m benchmarks.measuring.child
"""

import json
import os
import sys
from collections.abc import Callable

from benchmarks.measuring import jobs, peers, prepared
from benchmarks.measuring.clock import Clock
from benchmarks.measuring.results import Case, Facts

_Work = Callable[[Case, Clock], Facts]

#: What is run for a job by an engine; `plan` says what that is in words.
WORK: dict[tuple[str, str], _Work] = {
    ("prepare", "ours"): prepared.prepare,
    ("keep-on-disk", "ours"): jobs.keep_on_disk,
    ("load", "ours"): jobs.load,
    ("load", "pyoxigraph"): peers.load_trig,
    ("load", "pyoxigraph-files"): peers.load_files,
    ("load", "rdflib"): peers.load_rdflib,
    ("disk", "ours"): jobs.load_on_disk,
    ("disk", "pyoxigraph"): peers.load_trig_on_disk,
    ("reason", "ours"): jobs.reason,
    ("closure", "ours"): jobs.reason_beside,
    ("closure", "owlrl"): peers.reason_owlrl,
    ("closure", "reasonable"): peers.reason_reasonable,
    ("validate", "ours"): jobs.validate,
    ("validate", "pyshacl"): peers.validate_pyshacl,
    ("validate", "pyshacl-turbo"): peers.validate_turbo,
    ("validate", "pyshifty"): peers.validate_shifty,
    ("document", "ours"): jobs.validate_document,
    ("update", "ours"): jobs.update,
    ("export", "ours"): jobs.export_turtle,
    ("export", "pyoxigraph"): peers.export_dump,
    ("export", "rdflib"): peers.export_rdflib,
    ("questions", "ours"): jobs.ask,
}


def main() -> None:
    """Does the work and tells of it."""
    # Whatever an engine prints is not the reply.
    reply = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    case = Case(**json.load(sys.stdin))
    clock = Clock()
    facts = WORK[case.job, case.peer](case, clock)
    told = {"wall": clock.wall, "cpu": clock.cpu, "facts": {**facts, **_steps(clock)}}
    with os.fdopen(reply, "w", encoding="utf-8") as stream:
        json.dump(told, stream)
        stream.flush()
        # Taking a store of millions apart is nobody's time.
        os._exit(0)


def _steps(clock: Clock) -> Facts:
    return (
        {"steps": {name: round(seconds, 4) for name, seconds in clock.steps.items()}} if clock.steps else {}
    )


if __name__ == "__main__":
    main()
