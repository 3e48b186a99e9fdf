"""The benchmarks' runner: it measures every job by every engine, tells what failed, and writes the page. No times."""

import json
import platform
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import run
from benchmarks.measuring import page, processes, running, sizes
from benchmarks.measuring.charts import charts
from benchmarks.measuring.child import WORK
from benchmarks.measuring.plan import COLD, COLD_JOB, JOB_NAMES, JOBS, REAL
from benchmarks.measuring.processes import Failed
from benchmarks.measuring.results import Case, Measurement, Results, Run
from benchmarks.measuring.sizes import Size
from benchmarks.measuring.writing import figures, seconds, times
from benchmarks.measuring.yardsticks import Asked, yardsticks
from sosei_graph.errors import SoseiError
from sosei_graph.languages import LANGS, Text
from sosei_graph.workspace import Workspace, packaged_root
from tests.conftest import REIJI

ROOT = Path(__file__).parent.parent
TINY, SMALL = "1k", "2k"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """例示市's workspace in the place of a corpus: pySHACL takes minutes for the smallest real one."""
    folder = tmp_path_factory.mktemp("corpora")
    shutil.copytree(REIJI, folder / TINY)
    (folder / TINY / "sosei.toml").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def measured(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command has written: every job measured once; the questions, which want more, on a corpus."""
    folder = tmp_path_factory.mktemp("measured")
    places = ["--repeats", "1", "--corpora", str(corpora), "--output", str(folder)]
    jobs = ",".join(name for name in JOB_NAMES if name != "questions")
    for asked in (["--sizes", TINY, "--only", jobs], ["--sizes", SMALL, "--only", "questions", "--add"]):
        command = [sys.executable, "benchmarks/run.py", *asked, *places]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def results(measured: Path) -> Results:
    return Results.read(measured / "results.json")


# The one command


def test_every_engine_does_every_job(results: Results) -> None:
    """Those of the [bench] extra where they are installed; each with seconds, CPU seconds and memory of its own."""
    corpora = {job.name: SMALL if job.name == "questions" else TINY for job in JOBS}
    expected = {
        (job.name, engine, corpora[job.name]) for job in JOBS for engine in job.engines(Size.of(TINY))
    }
    expected |= {(COLD_JOB, name, REAL) for name in COLD}
    assert {each.key for each in results.measurements} == expected
    assert {("closure", "owlrl", TINY), ("validate", "pyshacl", TINY), ("load", "rdflib", TINY)} <= expected
    for module, engine in (("pyshacl_turbo", "pyshacl-turbo"), ("shifty", "pyshifty")):
        assert (("validate", engine, TINY) in expected) == (find_spec(module) is not None)
    for each in results.measurements:
        assert not each.failed
        assert each.wall > 0
        assert each.cpu > 0
        assert each.peak_mb > 1


def test_engines_do_the_same_job(results: Results) -> None:
    """All load as many statements, and all validators find as much."""
    for job, fact in (("load", "statements"), ("disk", "statements"), ("validate", "results")):
        found = [each.facts[fact] for each in results.measurements if each.job == job]
        assert len(found) > 1
        assert all(each == found[0] for each in found), job
    assert results.corpora[TINY]["statements"] == next(
        each.facts["statements"] for each in results.measurements if each.job == "load"
    )


def test_a_changed_document_is_loaded_and_validated(results: Results) -> None:
    update = results.of("update", TINY)
    document = results.of("document", TINY)
    assert update is not None
    assert document is not None
    assert set(update.facts["steps"]) == {"open", "validate"}
    assert update.facts["results"] == document.facts["results"]


def test_the_corpus_is_left_as_it_was(measured: Path, corpora: Path) -> None:
    """Though a document of it is changed: in a copy."""
    assert measured.is_dir()
    for path in (REIJI / "data").glob("*.ttl"):
        assert (corpora / TINY / "data" / path.name).read_bytes() == path.read_bytes()


def test_the_page_has_tables_and_charts_in_both_languages(measured: Path, results: Results) -> None:
    text = (measured / page.PAGE).read_text(encoding="utf-8")
    images = re.findall(r"!\[(.+?)\]\((.+?)\)", text)
    assert len(images) == len(LANGS) * len(charts(results)) == 8
    for about, name in images:
        assert about
        assert ET.parse(measured / name).getroot().tag.endswith("svg")  # noqa: S314 - our own chart
    assert {Path(name).name for _, name in images} == {path.name for path in (measured / "img").iterdir()}
    for job in JOBS:
        assert job.title.ja in text
        assert job.title.en in text


def test_no_names_of_machines_or_folders_are_told(measured: Path, corpora: Path) -> None:
    for name in (page.PAGE, "results.json"):
        text = (measured / name).read_text(encoding="utf-8")
        assert str(corpora) not in text
        assert str(ROOT) not in text
        assert not re.search(rf"\b{re.escape(platform.node() or 'no name')}\b", text)


def test_the_page_is_made_anew_from_the_results(measured: Path, tmp_path: Path) -> None:
    """The same bytes, charts too."""
    shutil.copy(measured / "results.json", tmp_path)
    assert run.main(["--render", "--output", str(tmp_path)]) == 0
    for path in (measured / page.PAGE, *(measured / "img").iterdir()):
        assert (tmp_path / path.relative_to(measured)).read_bytes() == path.read_bytes()


def test_questions_are_measured_beside_the_bare_engine(results: Results) -> None:
    """Each for everything, and again with its parameters."""
    found = results.of("questions", SMALL)
    assert found is not None
    asked = [Asked(*each) for each in found.facts["questions"]]
    names = {path.stem for path in Workspace.find(packaged_root()).queries()}
    assert {each.question for each in asked if not each.parameters} == names
    assert len(asked) > len(names)
    assert all(each.ours > 0 and each.raw > 0 for each in asked)


def test_the_page_in_the_docs_is_that_of_the_results_that_are_kept() -> None:
    """And its charts are there; neither stands without the other."""
    places = run.Places.at(None)
    kept = places.pages / page.PAGE
    assert places.results.is_file() == kept.is_file()
    if kept.is_file():
        results = Results.read(places.results)
        assert page.page(results, charts(results), page.notes_in(run.NOTES)) == kept.read_text(
            encoding="utf-8"
        )
        for name in re.findall(r"\]\((img/.+?)\)", kept.read_text(encoding="utf-8")):
            assert (places.pages / name).is_file()


def test_more_can_be_measured_later(measured: Path, tmp_path: Path) -> None:
    """What was measured before stays; a corpus that is not there is made, and told of."""
    shutil.copy(measured / "results.json", tmp_path)
    before = Results.read(tmp_path / "results.json")
    given = ["--sizes", SMALL, "--only", "export", "--repeats", "2", "--add", "--output", str(tmp_path)]
    assert run.main([*given, "--corpora", str(tmp_path / "corpora")]) == 0
    after = Results.read(tmp_path / "results.json")
    assert list(after.corpora) == [TINY, SMALL]
    assert after.corpora[SMALL]["seed"] == sizes.SEED
    assert after.measurements[: len(before.measurements)] == before.measurements
    export = after.of("export", SMALL)
    assert export is not None
    assert len({each.facts["sha256"] for each in export.runs}) == 1
    assert len(export.runs) == 2


def test_there_is_work_for_everything_that_is_planned() -> None:
    planned = {("prepare", "ours")} | {(job.start, "ours") for job in JOBS if job.start}
    planned |= {(job.name, engine) for job in JOBS for engine in ("ours", *(peer.name for peer in job.peers))}
    assert set(WORK) == planned


# Bad usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sizes", "10x", "--output", "x"], "not a size: 10x"),
        (["--sizes", "0k", "--output", "x"], "not a size: 0k"),
        (["--only", "nothing", "--output", "x"], "not a job: nothing"),
        (["--only", "load"], "a part only"),
        (["--sizes", "10k"], "a part only"),
        (["--render", "--output", "nowhere"], "cannot be read"),
    ],
)
def test_bad_usage_is_said_in_a_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(arguments) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1


def test_results_of_another_machine_are_not_added_to(measured: Path, tmp_path: Path) -> None:
    told = json.loads((measured / "results.json").read_text(encoding="utf-8"))
    told["machine"]["cpu"] = "abacus"
    (tmp_path / "results.json").write_text(json.dumps(told), encoding="utf-8")
    assert run.main(["--sizes", TINY, "--add", "--output", str(tmp_path)]) == 2
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8")) == told


def test_notes_that_are_none_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    path.write_text('[load-raw]\nja = "…"\n', encoding="utf-8")
    with pytest.raises(SoseiError, match="notes"):
        page.notes_in(path)


# Processes


def test_memory_is_that_of_the_process_alone(tmp_path: Path) -> None:
    """However large the one that starts it: the system would pass its peak on."""
    large = bytearray(200 * 2**20)
    peak = processes.measure_command(("-c", "pass"), tmp_path, 60).peak_mb
    assert peak < 100 < len(large) / 2**20


def test_memory_and_time_of_the_children_of_a_process_count(tmp_path: Path) -> None:
    work = "x = bytearray(150 * 2**20); sum(range(3_000_000))"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    alone = processes.measure_command(("-c", "pass"), tmp_path, 60)
    with_child = processes.measure_command(("-c", code), tmp_path, 60)
    assert with_child.peak_mb > 150
    assert with_child.cpu > alone.cpu


def test_a_job_that_fails_says_why_in_a_line() -> None:
    with pytest.raises(Failed, match=r"^[^\n]*nowhere: no such folder[^\n]*$"):
        processes.measure(Case("load", "ours", "nowhere", "nowhere"), 60)


def test_a_command_that_is_not_known_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="sosei"):
        processes.measure_command(("-m", "sosei_graph", "nothing"), tmp_path, 60)


def test_a_package_that_changes_meanwhile_is_told(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An edited module lets a store on disk be loaded anew, say: the figures would be of two states of the code."""
    digests = iter(("before", "after"))
    monkeypatch.setattr(running, "code_digest", lambda: next(digests))
    given = ["--sizes", TINY, "--only", "document", "--repeats", "1", "--corpora", str(corpora)]
    assert run.main([*given, "--output", str(tmp_path)]) == 1
    assert "the package was changed" in capsys.readouterr().err


def test_what_fails_is_told_and_the_rest_measured(corpora: Path, tmp_path: Path) -> None:
    """Here a document without a name to change; the exit code says that something is missing."""
    shutil.copytree(corpora / TINY, tmp_path / TINY)
    for path in (tmp_path / TINY / "data").glob("reiji-*.ttl"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("rdfs:label", "  rdfs:label "), encoding="utf-8"
        )
    given = ["--sizes", TINY, "--only", "document,update", "--repeats", "1"]
    assert run.main([*given, "--corpora", str(tmp_path), "--output", str(tmp_path / "out")]) == 1
    results = Results.read(tmp_path / "out" / "results.json")
    assert results.of("document", TINY) is not None
    (failed,) = (each for each in results.measurements if each.job == "update")
    assert "no label to change" in failed.failed
    assert "計れませんでした" in (tmp_path / "out" / page.PAGE).read_text(encoding="utf-8")


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="longer than"):
        processes.measure_command(("-c", "import time; time.sleep(60)"), tmp_path, 0.5)


# Yardsticks


def made(**seconds_of: float) -> Results:
    """Results with these seconds (and CPU seconds), by job, engine and size: `load_rdflib_1m=31`."""
    results = Results({}, {})
    for size, statements in (("10k", 31_000), ("1m", 1_000_000), ("10m", 10_000_000)):
        results.put_corpus(size, {"statements": statements, "whole": statements})
    for name, spent in seconds_of.items():
        job, engine, size = name.replace("pyoxigraph_files", "pyoxigraph-files").rsplit("_", 2)
        facts = {"sha256": "0", "results": {}, "questions": [["kpis", "", 9, spent, spent / 2]]}
        results.put(Measurement(job, engine, size, "2026-01-01", [Run(spent, spent, 10, facts)]))
    return results


@pytest.mark.parametrize(
    ("name", "fine", "missed"),
    [
        ("load-raw", {"load_ours_1m": 5.2, "load_pyoxigraph_1m": 4}, {"load_ours_1m": 5.3}),
        ("load-rdflib", {"load_ours_1m": 4, "load_rdflib_1m": 32}, {"load_rdflib_1m": 31}),
        ("reason", {"reason_ours_1m": 10}, {"reason_ours_1m": 10.1}),
        ("reason-owlrl", {"closure_ours_10k": 0.1, "closure_owlrl_10k": 10}, {"closure_owlrl_10k": 9.9}),
        ("validate", {"validate_ours_1m": 15}, {"validate_ours_1m": 15.1}),
        ("validate-document", {"document_ours_1m": 0.9}, {"document_ours_1m": 1.1}),
        ("questions-1m", {"questions_ours_1m": 0.1}, {"questions_ours_1m": 0.11}),
        ("questions-10m", {"questions_ours_10m": 1}, {"questions_ours_10m": 1.1}),
        ("export", {"export_ours_1m": 3}, {"export_ours_1m": 3.1}),
        ("cold-help", {"cold_help_real": 0.1}, {"cold_help_real": 0.11}),
        ("cold-question", {"cold_question_real": 0.25}, {"cold_question_real": 0.26}),
        ("cold-build", {"cold_build_real": 3}, {"cold_build_real": 3.1}),
        ("growth", {"reason_ours_1m": 1, "reason_ours_10m": 13}, {"reason_ours_10m": 13.1}),
    ],
)
def test_a_yardstick_is_met_or_missed(name: str, fine: dict[str, float], missed: dict[str, float]) -> None:
    """At the limit it is met, beyond it missed."""
    met = {row.name: row.met for row in yardsticks(made(**fine))}
    assert met[name]
    assert not {row.name: row.met for row in yardsticks(made(**{**fine, **missed}))}[name]


def test_questions_are_held_against_the_bare_engine() -> None:
    (row,) = (row for row in yardsticks(made(questions_ours_1m=0.01)) if row.name == "questions-raw")
    assert not row.met
    assert "2.00" in row.measured.en


def test_an_export_that_differs_is_missed() -> None:
    results = made(export_ours_1m=1)
    export = results.of("export", "1m")
    assert export is not None
    export.runs.append(Run(1, 1, 1, {"sha256": "1"}))
    (row,) = yardsticks(results)
    assert not row.met


def test_there_are_no_rows_for_what_was_not_measured() -> None:
    assert yardsticks(made()) == []
    assert [
        row.name for row in yardsticks(made(load_ours_1m=1, validate_ours_10k=1, reason_ours_10m=1))
    ] == []


def test_a_note_is_printed_for_what_is_missed_alone(measured: Path) -> None:
    results = made(reason_ours_1m=11, validate_ours_1m=1)
    results.machine = Results.read(measured / "results.json").machine
    notes = {"reason": Text("規則が多い", "many rules"), "validate": Text("速い", "quick")}
    text = page.page(results, [], notes)
    assert "- **100 万文の推論**：規則が多い" in text
    assert "- **Reason over 1 M statements**: many rules" in text
    assert "quick" not in text
    assert text.count("**missed**") == text.count("**未達**") == 1


def test_every_note_is_about_a_yardstick() -> None:
    """One of another name would never be printed."""
    everything = {
        f"{job.name}_{engine}_{size}": 1.0
        for job in JOBS
        for engine in ("ours", *(p.name for p in job.peers))
        for size in ("10k", "1m", "10m")
    }
    cold = {f"cold_{name}_real": 1.0 for name in COLD}
    known = {row.name for row in yardsticks(made(**everything, **cold))}
    assert len(known) == 14
    assert set(page.notes_in(run.NOTES)) <= known


# Figures


def test_figures_are_three() -> None:
    assert [figures(value) for value in (0.01234, 1.234, 12.34, 123.4, 1234.5, 0)] == [
        "0.0123",
        "1.23",
        "12.3",
        "123",
        "1,234",
        "0",
    ]
    assert seconds(0.0456) == Text("45.6 ミリ秒", "45.6 ms")
    assert seconds(3.456) == Text("3.46 秒", "3.46 s")
    assert (times(0.9), times(150)) == ("0.90", "150")


def test_sizes_are_written_as_they_are_read() -> None:
    assert [size.label for size in sizes.sizes_of("1m,10k,100K")] == ["10k", "100k", "1m"]
    assert Size.of("10k").title == Text("1万", "10 k")
    assert Size.of("10m").title == Text("1000万", "10 M")
