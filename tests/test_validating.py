"""Validation of a workspace: what is found, where it stands, and the forms of the report."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.validation.checks import read_check
from sosei_graph.validation.findings import FailOn, Finding, Report, Severity
from sosei_graph.validation.report_formats import (
    report_html,
    report_json,
    report_junit,
    report_sarif,
    report_text,
    report_turtle,
    shown_value,
)
from sosei_graph.validation.results import CHECK
from sosei_graph.validation.shacl import Shapes
from sosei_graph.validation.validating import validate
from sosei_graph.vocab import BASE, NS
from sosei_graph.workspace import Workspace

Edit = Callable[[str, str, str], Workspace]
SH = "http://www.w3.org/ns/shacl#"
STRATEGY = "data/reiji-strategy.ttl"
GOAL = f"{BASE}id/plan/99201/strategy-1/goal/1"

#: Shapes as another city may write them: without names, nested, without a message.
OWN_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sosei: <https://w3id.org/sosei/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/shape/Goal> a sh:NodeShape ;
    sh:targetClass sosei:Goal ;
    sh:property [ sh:path ( sosei:directPartOf [ sh:inversePath sosei:adoptedBy ] ) ; sh:minCount 1 ;
        sh:severity sh:Warning ; sh:message "採用がありません。"@ja, "Not adopted."@en ] ;
    sh:property [ sh:path sosei:openEnded ; sh:minCount 1 ] .
"""


def run(workspace: Workspace, *files: str) -> Report:
    store = Store.load(workspace)
    return validate(workspace, store, [workspace.root / file for file in files] or None)


def of(report: Report, shape: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.shape_name == shape]


def finding(**said: object) -> Finding:
    """A finding of which only what matters to a test is said."""
    fixed: dict[str, object] = {
        "severity": "violation",
        "focus": f"{BASE}id/x",
        "path": f"{NS}unit",
        "value": "",
        "shape": f"{BASE}shape/NumericValueHasUnit",
        "message": Text("単位がありません。", "The unit is missing."),
        "file": "data/x.ttl",
        "line": 12,
        "label": Text("例<示>", "Example"),
        "graph": f"{BASE}graph/x",
        "component": f"{SH}MinCountConstraintComponent",
    }
    return Finding(**{**fixed, **said})  # type: ignore[arg-type]


# What is found


def test_a_finding_says_where_and_what(edited: Edit) -> None:
    """File and line of the block, graph, name in both languages, path, severity and shape."""
    workspace = edited(STRATEGY, 'rdfs:label "働く場をふやす"@ja, "More places', 'rdfs:label "More places')
    (found,) = of(run(workspace), "JapaneseLabel")
    text = (workspace.root / STRATEGY).read_text(encoding="utf-8")
    line = text.splitlines().index("<id/plan/99201/strategy-1/goal/1>") + 1
    assert (found.focus, found.file, found.line) == (GOAL, STRATEGY, line)
    assert found.graph == f"{BASE}graph/reiji-strategy"
    assert found.path == "http://www.w3.org/2000/01/rdf-schema#label"
    assert found.severity == "violation"
    assert found.label.en == "More places to work"
    assert found.label.ja == "More places to work", "a name in the other language is better than none"
    assert found.component == f"{SH}SPARQLConstraintComponent"


def test_placeholders_are_filled_in_each_language(reiji: Workspace) -> None:
    """A value that is a node is called by its name in the language of the message."""
    (found,) = of(run(reiji), "AbsenceExplained")
    assert "集計中" in found.message.ja
    assert "Not yet counted" in found.message.en


def test_what_conforms_may_have_warnings(reiji: Workspace, edited: Edit) -> None:
    """Only what is wrong makes a workspace not conform."""
    report = run(reiji)
    assert report.conforms
    assert report.counts["warning"]
    assert not report.exceeds("violation")
    assert report.exceeds("warning")
    assert not report.exceeds("never")
    broken = run(edited(STRATEGY, "    sosei:adoptedBy gov:99201 ;\n", ""))
    assert not broken.conforms
    assert [found.shape_name for found in broken.findings if found.severity == "violation"] == [
        "PlanAdoptedBy"
    ]


def test_the_gravest_stand_first_and_the_order_is_fixed(reiji: Workspace) -> None:
    severities = [found.severity for found in run(reiji).findings]
    assert severities == sorted(severities, key=["violation", "warning", "info"].index)
    assert run(reiji) == run(reiji)


def test_reasoning_changes_nothing_for_the_shapes(reiji: Workspace) -> None:
    """Shapes see what is asserted: a rule must neither hide a gap nor make one."""
    store = Store.load(reiji)
    before = [found for found in validate(reiji, store).findings if not found.shape.startswith(CHECK)]
    infer(store)
    after = [found for found in validate(reiji, store).findings if not found.shape.startswith(CHECK)]
    assert before == after


def test_a_file_alone_is_judged_with_what_it_refers_to(reiji: Workspace) -> None:
    """Files narrow the report, and change nothing in what is said of them."""
    whole = [found for found in run(reiji).findings if found.file == STRATEGY]
    alone = run(reiji, STRATEGY)
    assert alone.files == (STRATEGY,)
    assert list(alone.findings) == [found for found in whole if not found.shape.startswith(CHECK)]


def test_a_file_from_elsewhere_is_judged_in_the_workspace(reiji: Workspace, tmp_path: Path) -> None:
    """A draft outside the workspace may refer to its governments and plans."""
    draft = tmp_path / "draft.ttl"
    draft.write_text(
        "@base <https://w3id.org/sosei/> .\n@prefix sosei: <https://w3id.org/sosei/ns#> .\n"
        "<id/plan/99201/strategy-1/goal/9> a sosei:BasicGoal ;\n"
        "    sosei:directPartOf <id/plan/99201/strategy-1> .\n",
        encoding="utf-8",
    )
    found = {result.shape_name for result in validate(reiji, Store.load(reiji), [draft]).findings}
    assert {"JapaneseLabel", "EvidenceGiven"} <= found
    assert "ElementStandsInPlan" not in found


def test_a_file_that_cannot_be_read_is_one_line(reiji: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SoseiError, match=r"nothing\.ttl"):
        validate(reiji, Store.load(reiji), [tmp_path / "nothing.ttl"])


def test_the_project_itself_has_nothing_wrong(real_workspace: Workspace) -> None:
    report = run(real_workspace)
    assert report.files
    assert report.conforms, report_text(report, "en")


@pytest.mark.parametrize("name", ["governments.ttl", "calendar.ttl"])
def test_the_lists_of_the_package_are_sound(real_workspace: Workspace, name: str) -> None:
    """They are left out of a build for the time they take; this is where they are validated."""
    assert not run(real_workspace, f"data/{name}").findings
    assert f"data/{name}" not in run(real_workspace).files


# Shapes of other people


@pytest.fixture
def own_shapes(reiji: Workspace) -> Workspace:
    (reiji.root / "shapes").mkdir()
    (reiji.root / "shapes" / "own.ttl").write_text(OWN_SHAPES, encoding="utf-8")
    return reiji


def test_shapes_without_names_count_for_the_named_one_around_them(own_shapes: Workspace) -> None:
    """A result of a nested shape keeps its severity, message and path."""
    own = [found for found in run(own_shapes).findings if found.shape == "https://example.org/shape/Goal"]
    adopted, *_ = [found for found in own if found.severity == "warning"]
    assert adopted.message == Text("採用がありません。", "Not adopted.")
    assert adopted.path == f"<{NS}directPartOf>/^<{NS}adoptedBy>"


def test_a_shape_without_a_message_has_that_of_the_engine(own_shapes: Workspace) -> None:
    open_ended, *_ = [found for found in run(own_shapes).findings if found.path == f"{NS}openEnded"]
    assert open_ended.message.en
    assert open_ended.severity == "violation"


# The engine


def test_every_query_of_our_shapes_runs_once_for_all(real_workspace: Workspace) -> None:
    """One that fell back to pySHACL would take minutes on a large document."""
    shapes = Shapes.read(real_workspace.shapes())
    asking = {triple.subject for triple in shapes.triples if triple.predicate.value == f"{SH}sparql"}
    assert {ox.NamedNode(constraint.shape) for constraint in shapes.constraints} == asking


def test_importing_validation_imports_no_engine() -> None:
    """The command line starts fast: rdflib and pySHACL are imported when something is validated."""
    engines = "'rdflib' in sys.modules or 'pyshacl' in sys.modules"
    code = f"import sys, sosei_graph.validation.validating; sys.exit({engines})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The checks across documents


@pytest.fixture
def with_check(reiji: Workspace) -> Workspace:
    folder = reiji.root / "queries" / "check"
    folder.mkdir(parents=True)
    (folder / "goals.rq").write_text(
        "#+ title: {ja: 目標, en: Goals}\n#+ severity: warning\n"
        "#+ message: {ja: '目標 {?focus}: {?value}', en: 'goal {?focus}: {?value}'}\n"
        f"SELECT ?focus ?value WHERE {{ ?focus a <{NS}BasicGoal> ; <{NS}ordinal> ?value }}\n",
        encoding="utf-8",
    )
    return reiji


def test_each_row_of_a_check_is_a_finding(with_check: Workspace) -> None:
    """It stands where its focus is described, in the words of the check's head."""
    found = next(
        result for result in run(with_check).findings if result.focus == GOAL and "check" in result.shape
    )
    assert found.shape == f"{CHECK}goals"
    assert found.severity == "warning"
    assert found.message == Text("目標 働く場をふやす: 1", "goal More places to work: 1")
    assert found.where.startswith(f"{STRATEGY}:")


def test_checks_run_only_over_everything(with_check: Workspace) -> None:
    assert not [found for found in run(with_check, STRATEGY).findings if found.shape.startswith(CHECK)]


@pytest.mark.parametrize(
    "head", ["", "#+ severity: grave\n#+ message: {ja: a, en: b}\n", "#+ message: [\n", "#+ severity: info\n"]
)
def test_a_check_without_a_proper_head_is_bad_input(tmp_path: Path, head: str) -> None:
    path = tmp_path / "x.rq"
    path.write_text(f"{head}SELECT ?focus WHERE {{ ?focus ?p ?o }}\n", encoding="utf-8")
    with pytest.raises(SoseiError, match=r"x\.rq"):
        read_check(path)


def test_every_check_has_a_proper_head(real_workspace: Workspace) -> None:
    assert all(read_check(path).message.ja for path in real_workspace.checks())


# The forms of a report

SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
REPORT = Report.of(
    [finding(severity=severity, line=line) for line, severity in enumerate(SEVERITIES, 1)], ["data/x.ttl"]
)
EMPTY = Report((), ("data/x.ttl",))


def test_the_text_has_a_line_a_finding_and_ends_with_the_counts() -> None:
    lines = report_text(REPORT, "ja").splitlines()
    assert "data/x.ttl:1: 「例<示>」: 単位がありません。 [NumericValueHasUnit]" in lines
    assert lines[-1] == "違反 1件、注意 1件、参考 1件（1 ファイル）"
    assert report_text(REPORT, "en").splitlines()[-1] == "Violations 1, warnings 1, notes 1 (1 files)"
    assert "指摘はありません。" in report_text(EMPTY, "ja")


def test_the_text_shows_a_value_that_the_message_does_not() -> None:
    told = Report.of([finding(value='"abc \\"d\\""', message=Text("値が違います。", "A wrong value."))])
    assert '値が違います。（値: abc "d"）' in report_text(told, "ja")
    assert 'A wrong value. (value: abc "d")' in report_text(told, "en")


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ('"５"', "５"),
        ('"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', "1.5"),
        ('"a\\nb"@ja', "a\nb"),
        (f"<{BASE}id/gov/16202>", "id/gov/16202"),
        ("", ""),
    ],
)
def test_a_term_is_shown_as_people_read_it(term: str, shown: str) -> None:
    assert shown_value(term) == shown


def test_the_turtle_is_a_shacl_report() -> None:
    """One result a finding, with all that SHACL demands; any result means that data do not conform."""
    store = ox.Store()
    store.load(report_turtle(REPORT).encode(), format=ox.RdfFormat.TURTLE)
    query = f"""PREFIX sh: <{SH}> SELECT ?severity WHERE {{
        ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?result .
        ?result a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultSeverity ?severity ;
            sh:sourceConstraintComponent ?component ; sh:sourceShape ?shape ; sh:resultPath <{NS}unit> }}"""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    severities = [row["severity"].value.removeprefix(SH).lower() for row in rows]
    assert sorted(severities) == sorted(SEVERITIES)
    assert "sh:conforms true" in report_turtle(EMPTY)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("^<urn:a>", "[ sh:inversePath <urn:a> ]"),
        ("<urn:a>/<urn:b>*", "( <urn:a> [ sh:zeroOrMorePath <urn:b> ] )"),
        ("(<urn:a>|<urn:b>)+", "[ sh:oneOrMorePath [ sh:alternativePath ( <urn:a> <urn:b> ) ] ]"),
        ("<urn:a>?", "[ sh:zeroOrOnePath <urn:a> ]"),
    ],
)  # fmt: skip
def test_a_path_is_written_as_shacl_writes_it(path: str, written: str) -> None:
    assert f"sh:resultPath {written} ;" in report_turtle(Report.of([finding(path=path)]))


def test_the_json_holds_everything() -> None:
    told = json.loads(report_json(REPORT))
    assert told["conforms"] is False
    assert told["counts"] == {"violation": 1, "warning": 1, "info": 1}
    assert told["findings"][0]["message"] == {"ja": "単位がありません。", "en": "The unit is missing."}


def test_the_sarif_names_rule_level_and_line() -> None:
    (told,) = json.loads(report_sarif(REPORT, "en"))["runs"]
    assert [result["level"] for result in told["results"]] == ["error", "warning", "note"]
    place = told["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "data/x.ttl"}, "region": {"startLine": 1}}
    assert {rule["id"] for rule in told["tool"]["driver"]["rules"]} == {"NumericValueHasUnit"}


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", 1), ("warning", 2), ("never", 0)])
def test_the_junit_fails_on_what_it_is_told(fail_on: FailOn, failures: int) -> None:
    suites = ET.fromstring(report_junit(REPORT, "ja", fail_on))  # noqa: S314 - our own
    (suite,) = suites
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == (
        "data/x.ttl",
        "3",
        str(failures),
    )
    assert len(suite.findall("testcase/failure")) == failures


def test_the_junit_of_a_sound_file_has_one_test_that_passes() -> None:
    suites = ET.fromstring(report_junit(EMPTY))  # noqa: S314 - our own
    assert [len(case) for case in suites.iter("testcase")] == [0]


def test_the_page_is_japanese_first_and_escapes_names() -> None:
    page = report_html(REPORT)
    assert '<html lang="ja">' in page
    assert "例&lt;示&gt;" in page
    assert page.index("単位がありません。") < page.index("The unit is missing.")
    assert "指摘はありません。" in report_html(EMPTY)
