"""Results kept from one validation to the next: used while they hold, never trusted further."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sosei_graph.store.memory import Store
from sosei_graph.validation.context import Context
from sosei_graph.validation.findings import Report
from sosei_graph.validation.judging import Judge, Placed, Reading
from sosei_graph.validation.validating import validate
from sosei_graph.workspace import Workspace

STRATEGY = "data/reiji-strategy.ttl"
AGREEMENT = "data/reiji-agreement.ttl"
Judged = Callable[[Workspace], tuple[Report, list[str]]]


@pytest.fixture
def built(reiji: Workspace) -> Workspace:
    """A workspace with a build folder, where results are kept."""
    reiji.build_dir.mkdir()
    return reiji


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judged:
    """Validates, and says which documents were judged for it."""
    seen: list[str] = []
    judge = Judge.judge

    def noted(self: Judge, reading: Reading, context: Context) -> tuple[Placed, ...]:
        seen.append(reading.document.shown)
        return judge(self, reading, context)

    monkeypatch.setattr(Judge, "judge", noted)
    # In one process: what a forked one sees is not seen here.
    monkeypatch.setattr("sosei_graph.processes.can_fork", lambda: False)

    def run(workspace: Workspace) -> tuple[Report, list[str]]:
        seen.clear()
        report = validate(workspace, Store.load(workspace))
        return report, sorted(seen)

    return run


def kept(workspace: Workspace) -> list[Path]:
    return sorted((workspace.build_dir / "cache" / "validation").glob("*.kept"))


def change(workspace: Workspace, name: str, old: str, new: str) -> None:
    path = workspace.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_unchanged_documents_are_not_judged_again(built: Workspace, judged: Judged) -> None:
    first, all_documents = judged(built)
    assert STRATEGY in all_documents
    assert judged(built) == (first, [])
    assert first.findings


def test_without_a_build_folder_nothing_is_kept(reiji: Workspace, judged: Judged) -> None:
    """Who only validates finds no new folder afterwards."""
    judged(reiji)
    assert not reiji.build_dir.exists()
    assert STRATEGY in judged(reiji)[1]


def test_a_changed_document_alone_is_judged(built: Workspace, judged: Judged) -> None:
    judged(built)
    change(built, STRATEGY, 'rdfs:label "働く場をふやす"@ja, ', "rdfs:label ")
    report, seen = judged(built)
    assert seen == [STRATEGY]
    assert "JapaneseLabel" in {finding.shape_name for finding in report.findings}


def test_what_a_document_refers_to_counts(built: Workspace, judged: Judged) -> None:
    """A government that is gone is missed in the documents that name it, though no byte of them has changed."""
    before, _ = judged(built)
    change(built, "data/governments.ttl", "gov:99201", "gov:99209")
    report, seen = judged(built)
    assert {STRATEGY, AGREEMENT} <= set(seen)
    missed = {finding.file for finding in report.findings if finding.severity == "violation"}
    assert {STRATEGY, AGREEMENT} <= missed
    assert not before.counts["violation"]


def test_a_deleted_document_is_missed_by_those_that_refer_to_it(built: Workspace, judged: Judged) -> None:
    extra = built.root / "data" / "extra.ttl"
    extra.write_text(
        "@base <https://w3id.org/sosei/> .\n@prefix sosei: <https://w3id.org/sosei/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<id/thing/1> a sosei:Activity ; rdfs:label "例"@ja, "x"@en ;\n'
        "    sosei:carriesOut <id/plan/99201/strategy-1/goal/1> .\n",
        encoding="utf-8",
    )
    first, _ = judged(built)
    (built.root / STRATEGY).unlink()
    report, seen = judged(built)
    assert "data/extra.ttl" in seen
    assert STRATEGY not in report.files
    assert len(kept(built)) == len(report.files)
    assert first != report
    fresh = Workspace.find(built.root)
    fresh_report = validate(Workspace(fresh.root, built.root / "elsewhere"), Store.load(fresh))
    assert report == fresh_report


def test_another_shape_means_judging_everything_again(built: Workspace, judged: Judged) -> None:
    _, all_documents = judged(built)
    (built.root / "shapes").mkdir()
    (built.root / "shapes" / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix sosei: <https://w3id.org/sosei/ns#> .\n"
        "<https://example.org/S> a sh:NodeShape ; sh:targetClass sosei:Goal ;\n"
        '    sh:property [ sh:path sosei:openEnded ; sh:minCount 1 ; sh:message "ない。"@ja, "None."@en ] .\n',
        encoding="utf-8",
    )
    report, seen = judged(built)
    assert seen == all_documents
    assert "S" in {finding.shape_name for finding in report.findings}


@pytest.mark.parametrize("content", [b"", b"x" * 200, b"{}", bytes(32) + b"\x78\x9c"])
def test_a_damaged_or_foreign_file_is_replaced(built: Workspace, judged: Judged, content: bytes) -> None:
    first, all_documents = judged(built)
    for path in kept(built):
        path.write_bytes(content)
    assert judged(built) == (first, all_documents)
    assert judged(built) == (first, [])


def test_without_its_state_what_is_kept_still_holds(built: Workspace, judged: Judged) -> None:
    """The state only saves looking up all facts again."""
    first, _ = judged(built)
    for content in (None, b"", b"{}"):
        state = built.build_dir / "cache" / "validation" / "state"
        state.unlink()
        if content is not None:
            state.write_bytes(content)
        assert judged(built) == (first, [])


EXTRA = """@base <https://w3id.org/sosei/> .
@prefix sosei: <https://w3id.org/sosei/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ACTIVITY = '<id/thing/1> a sosei:Activity ; rdfs:label "例"@ja, "x"@en ; sosei:carriesOut <id/thing/2> .\n'
UNIT = '<scheme/unit/person> skos:altLabel "名様" .\n'
SERVED = (
    '<id/thing/2> a sosei:Initiative ; rdfs:label "二"@ja, "two"@en ; sosei:directPartOf <id/thing/3> .\n'
)
WHOLE = '<id/thing/3> a sosei:BasicGoal ; rdfs:label "三"@ja, "three"@en .\n'
MEMBER = "<id/gov/99201> sosei:memberOfArea <id/area/reiji> .\n"
#: What stands in further files, step by step: each refers to others, and facts move from one to another.
STEPS: tuple[dict[str, str], ...] = (
    {"a": ACTIVITY},
    {"a": ACTIVITY, "b": SERVED},
    {"a": ACTIVITY, "b": SERVED, "c": WHOLE},
    {"a": ACTIVITY, "c": SERVED + WHOLE},
    {"a": ACTIVITY, "c": WHOLE, "b": SERVED},
    {"a": ACTIVITY, "b": SERVED.replace("sosei:Initiative", "sosei:Survey"), "c": WHOLE},
    {"a": ACTIVITY, "b": SERVED, "c": UNIT},
    {"a": ACTIVITY, "b": SERVED, "c": MEMBER + WHOLE},
    {"b": SERVED + ACTIVITY, "c": WHOLE + UNIT},
    {"a": ACTIVITY},
)


def test_whatever_comes_and_goes_the_results_are_those_of_a_first_validation(
    built: Workspace, judged: Judged
) -> None:
    judged_now = documents = 0
    for step in (*STEPS, *reversed(STEPS)):
        for name in "abc":
            path = built.root / "data" / f"{name}.ttl"
            path.unlink(missing_ok=True)
            if name in step:
                path.write_text(EXTRA + step[name], encoding="utf-8")
        report, seen = judged(built)
        elsewhere = Workspace(built.root, built.root / "elsewhere", built.base)
        assert report == validate(elsewhere, Store.load(elsewhere)), step
        judged_now += len(seen)
        documents += len(report.files)
    assert judged_now < documents


def test_one_wrong_bit_is_noticed(built: Workspace, judged: Judged) -> None:
    first, _ = judged(built)
    for path in kept(built):
        data = bytearray(path.read_bytes())
        data[-5] ^= 1
        path.write_bytes(data)
    report, seen = judged(built)
    assert report == first
    assert STRATEGY in seen


def test_a_folder_that_takes_nothing_is_no_fault(built: Workspace, judged: Judged) -> None:
    (built.build_dir / "cache").write_text("a file in its place", encoding="utf-8")
    first, _ = judged(built)
    assert first.findings
    assert judged(built)[0] == first


def test_a_store_on_disk_has_the_results_beside_it(built: Workspace) -> None:
    workspace = Workspace(built.root, built.build_dir, built.base, store=built.root / "graph")
    first = validate(workspace, Store.load(workspace))
    assert (built.root / "graph.validation").is_dir()
    assert validate(workspace, Store.load(workspace)) == first


def test_a_file_that_changed_since_it_was_loaded(built: Workspace, judged: Judged) -> None:
    """What is validated is what was loaded, and nothing of it is kept for the new bytes."""
    store = Store.load(built)
    first = validate(built, store)
    change(built, STRATEGY, 'rdfs:label "働く場をふやす"@ja, ', "rdfs:label ")
    again = validate(built, store)
    assert {(each.focus, each.shape) for each in again.findings} == {
        (each.focus, each.shape) for each in first.findings
    }
    report, seen = judged(built)
    assert seen == [STRATEGY]
    assert "JapaneseLabel" in {finding.shape_name for finding in report.findings}
