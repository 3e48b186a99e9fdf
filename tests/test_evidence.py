"""Evidence re-read in the sources (trace)."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.evidence import Failure, read_source, sources_folder, trace
from sosei_graph.evidence.standing import figure_stands, mark_stands
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace
from tests.helpers_reiji import SOURCE, document_turtle, load, write_workspace

BASE = "https://w3id.org/sosei/"
DOC = f"{BASE}id/doc/reiji-strategy"
STRATEGY = f"{BASE}id/plan/99201/strategy"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return write_workspace(tmp_path)


def sources_of(workspace: Workspace) -> Path:
    return sources_folder(workspace)


def edited(workspace: Workspace, old: str, new: str) -> Store:
    """The graph after a change in the document's data file."""
    path = workspace.root / "data" / "reiji-strategy.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load(workspace)


def complaint(run: Callable[[], object]) -> SoseiError:
    with pytest.raises(SoseiError) as caught:
        run()
    assert "\n" not in caught.value.line("ja")
    return caught.value


def test_every_span_holds(workspace: Workspace) -> None:
    """A name and a figure that are broken over two lines stand in their spans."""
    report = trace(load(workspace), sources_of(workspace))
    assert report.ok
    assert report.passed == report.total == 9
    assert report.documents == (DOC,)
    assert report.statements == 9
    assert report.summary("en") == "9 of 9 spans hold (1 documents, 9 names and figures compared)"
    assert "9件のうち9件" in report.summary("ja")


def test_a_result_shows_the_text_and_what_was_read_from_it(workspace: Workspace) -> None:
    """Results stand in the order of the text."""
    report = trace(load(workspace), sources_of(workspace))
    assert [result.start for result in report.results] == sorted(result.start for result in report.results)
    (figure,) = [result for result in report.results if result.text == "▲1,1\n13人"]
    assert figure.things == (f"{STRATEGY}/kpi/1-1/baseline",)
    assert SOURCE[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    ("old", "new", "thing", "said"),
    [
        (
            'statedValue "▲1,113人"',
            'statedValue "1,113人"',
            "kpi/1-1/baseline",
            "the value “1,113人” is not there",
        ),
        (
            'statedValue "535万件"',
            'statedValue "35万件"',
            "kpi/1-2/baseline",
            "the value “35万件” is not there",
        ),
        ('statedValue "535万件"', 'statedValue "535"', "kpi/1-2/baseline", "the value “535” is not there"),
        (
            'statedPeriod "2026年度"',
            'statedPeriod "2027年度"',
            "kpi/1-1/target",
            "the period “2027年度” is not",
        ),
        ('statedName "来訪者数"', 'statedName "来場者数"', "kpi/1-1", "the name “来場者数” is not there"),
        ('notation "①"', 'notation "②"', "goal/1", "the mark “②” is not there"),
        (
            "numericValue -1113.0",
            "numericValue 1113.0",
            "kpi/1-1/baseline",
            "the number 1113 is not what “▲1,113人”",
        ),
        (
            "numericValue 5350000.0",
            "numericValue 535.0",
            "kpi/1-2/baseline",
            "the number 535 is not what “535万件”",
        ),
    ],
)
def test_what_does_not_stand_in_its_span_is_a_failure(
    workspace: Workspace, old: str, new: str, thing: str, said: str
) -> None:
    """One failure that names the node and the spans and shows what stands there; its spans do not hold."""
    report = trace(edited(workspace, old, new), sources_of(workspace))
    (failure,) = report.failures
    assert failure.thing == f"{STRATEGY}/{thing}"
    assert said in failure.message.en
    assert failure.found
    assert {result.evidence for result in report.results if not result.ok} == set(failure.evidence)
    assert report.passed == report.total - len(failure.evidence)
    assert not report.ok


def test_a_value_that_is_no_figure_is_not_computed_with(workspace: Workspace) -> None:
    """What cannot be read for certain as a number is not held against the number."""
    source = SOURCE.replace("535万件", "おおむね535万件")
    root = workspace.root / "other"
    other = write_workspace(root, source=source)
    path = root / "data" / "reiji-strategy.ttl"
    path.write_text(document_turtle(source).replace('"535万件"', '"むね535万件"'), encoding="utf-8")
    report = trace(load(other), sources_of(other))
    # The span is 535万件 alone, so the value does not stand there; the number is no second failure.
    assert [failure.message.en for failure in report.failures] == ["the value “むね535万件” is not there"]


def span(text: str) -> str:
    start = SOURCE.index(text)
    return f"{start},{start + len(text)}"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_wrong_digest_is_a_failure_of_the_span(workspace: Workspace) -> None:
    """The text there is not the one recorded: it is shown, and what was read from it is not told again."""
    report = trace(edited(workspace, digest("535万件"), "0" * 64), sources_of(workspace))
    (failure,) = report.failures
    assert failure.thing == f"{DOC}#char={span('535万件')}"
    assert failure.found == "535万件"


def test_a_span_outside_the_text_is_a_failure(workspace: Workspace) -> None:
    """The end lies behind the last character."""
    old = span("535万件")
    new = f"{old.split(',')[0]},99999"
    path = workspace.root / "data" / "reiji-strategy.ttl"
    text = path.read_text(encoding="utf-8").replace(f"#char={old}", f"#char={new}")
    text = text.replace(f'"char={old}"', f'"char={new}"')
    path.write_text(text, encoding="utf-8")
    (failure,) = trace(load(workspace), sources_of(workspace)).failures
    assert f"inside the text of {len(SOURCE)} characters" in failure.message.en


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f'"char={span("535万件")}"', '"char=0,4"'),
        (
            f"#char={span('535万件')}> a sosei:Evidence ; oa:hasSource doc:reiji-strategy ;",
            f"#char={span('535万件')}> a sosei:Evidence ;",
        ),
    ],
)
def test_evidence_that_contradicts_its_iri_is_a_failure(workspace: Workspace, old: str, new: str) -> None:
    """The selector and the source say the same as the IRI."""
    (failure,) = trace(edited(workspace, old, new), sources_of(workspace)).failures
    assert "its source or selector" in failure.message.en


def test_evidence_that_nobody_described_is_a_failure(workspace: Workspace) -> None:
    """A node points at a span that has no digest."""
    store = edited(workspace, f"#char={span('来訪者数')}> .", "#char=1,3> .")
    report = trace(store, sources_of(workspace))
    failure = next(failure for failure in report.failures if failure.thing == f"{DOC}#char=1,3")
    assert "nothing describes this evidence" in failure.message.en
    assert failure.found == SOURCE[1:3]
    assert f"{STRATEGY}/kpi/1-1" in failure.nodes


def test_evidence_without_a_digest_is_a_failure(workspace: Workspace) -> None:
    """It is described, and yet the text it was read from is not recorded."""
    store = edited(workspace, f' ; sosei:digest "{digest("535万件")}"', "")
    (failure,) = trace(store, sources_of(workspace)).failures
    assert "it has no digest" in failure.message.en


def test_a_changed_file_is_read_all_the_same(workspace: Workspace) -> None:
    """The file is told once, then the spans that changed, with their nodes and what stands there now."""
    path = workspace.root / "sources" / "reiji-strategy.txt"
    path.write_bytes(SOURCE.replace("535", "536").encode())
    report = trace(load(workspace), sources_of(workspace))
    file, place = report.failures
    assert file.thing == DOC
    assert digest(SOURCE)[:12] in file.message.ja
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] in file.message.en
    assert place.thing == f"{DOC}#char={span('535万件')}"
    assert place.nodes == (f"{STRATEGY}/kpi/1-2/baseline",)
    assert place.found == "536万件"
    assert (report.passed, report.total, report.ok) == (8, 9, False)
    assert [result.text for result in report.results if not result.ok] == ["536万件"]


def test_a_file_that_changed_elsewhere_keeps_its_spans(workspace: Workspace) -> None:
    """All of them hold, and the run fails for the file."""
    path = workspace.root / "sources" / "reiji-strategy.txt"
    path.write_bytes(SOURCE.replace("600万件", "601万件").encode())
    report = trace(load(workspace), sources_of(workspace))
    assert [failure.thing for failure in report.failures] == [DOC]
    assert (report.passed, report.total, report.ok) == (9, 9, False)


def test_a_failure_says_where_it_is(workspace: Workspace) -> None:
    """Document, characters, label and short IRI: several nodes may share a label."""
    store = edited(workspace, "numericValue 5350000.0", "numericValue 535.0")
    (failure,) = trace(store, sources_of(workspace)).failures
    node = "利用件数の基準値 (plan/99201/strategy/kpi/1-2/baseline)"
    assert failure.where(store, "ja") == f"doc:reiji-strategy char={span('535万件')}: {node}"
    assert failure.found == "535万件"


def test_a_failure_of_a_span_names_some_of_its_nodes(workspace: Workspace) -> None:
    """A span of four nodes names three and counts the rest; a document's failure names the document."""
    place = span("例示市総合戦略")
    store = load(workspace)
    nodes = tuple(f"{STRATEGY}/kpi/1-{number}" for number in (1, 2, 3, 4))
    failure = Failure(f"{DOC}#char={place}", (f"{DOC}#char={place}",), Text("", ""), "", nodes)
    assert failure.where(store, "en").startswith(f"doc:reiji-strategy char={place}: Visitors (plan/99201/")
    assert failure.where(store, "en").endswith(", 1 more")
    assert Failure(DOC, (), Text("", "")).where(store, "en") == "Reiji strategy, text (doc:reiji-strategy)"


@pytest.mark.parametrize(
    ("fact", "node"),
    [
        ('sosei:statedValue "535万件"', "kpi/1-2/baseline"),
        ('sosei:statedPeriod "2026年度"', "kpi/1-1/target"),
        ('sosei:statedName "来訪者数"', "kpi/1-1"),
    ],
)
def test_what_was_printed_needs_evidence(workspace: Workspace, fact: str, node: str) -> None:
    """A node that says what was printed and points nowhere is a failure, in its document's file."""
    path = workspace.root / "data" / "reiji-strategy.ttl"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = [
        f"{line.partition(' ; sosei:evidence')[0]} ." if fact in line and "a sosei:" in line else line
        for line in lines
    ]
    assert changed != lines
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    store = load(workspace)
    for thing in (None, f"{STRATEGY}/{node}", DOC):
        (failure,) = trace(store, sources_of(workspace), thing).failures
        assert failure.thing == f"{STRATEGY}/{node}"
        assert "has no evidence" in failure.message.en
        assert failure.where(store, "ja").startswith("doc:reiji-strategy: ")


def test_the_fixture_holds(reiji: Workspace) -> None:
    """Every span of 例示市's two documents; the mark 1 is printed in full width."""
    report = trace(load(reiji), reiji.root / "sources")
    assert report.failures == ()
    assert report.total == 20


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('signatoryName "例示 太郎"', 'signatoryName "例示 次郎"', "the name of the signatory “例示 次郎”"),
        ('signatoryTitle "例示市長"', 'signatoryTitle "例示町長"', "the title of the signatory “例示町長”"),
        (
            'signatoryName "例示 太郎" ;',
            'signatoryName "例示 太郎" ;\n    sosei:signatoryAddress "例示町１" ;',
            "the address of the signatory “例示町１”",
        ),
    ],
)
def test_a_signatory_stands_in_the_span(reiji: Workspace, old: str, new: str, said: str) -> None:
    """Name, title and address are looked for like other names."""
    path = reiji.root / "data" / "reiji-agreement.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (failure,) = trace(load(reiji), reiji.root / "sources").failures
    assert f"{said} is not there" in failure.message.en
    assert failure.found == "例示市長 例示 太郎"


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_the_byte_order_mark_count(tmp_path: Path, change: Callable[[str], str]) -> None:
    """Nothing is translated on reading: offsets are those of the file as it is."""
    source = change(SOURCE)
    workspace = write_workspace(tmp_path, source=SOURCE)
    (workspace.root / "sources" / "reiji-strategy.txt").write_bytes(source.encode())
    assert trace(load(workspace), sources_of(workspace)).passed < 9
    text = document_turtle("\ufeff" + SOURCE) if source[0] == "\ufeff" else ""
    if text:
        (workspace.root / "data" / "reiji-strategy.ttl").write_text(text, encoding="utf-8")
        assert trace(load(workspace), sources_of(workspace)).ok
    assert read_source(workspace.root / "sources" / "reiji-strategy.txt").text == source


def test_a_missing_file_is_told_by_its_name(workspace: Workspace) -> None:
    """Nothing can be checked without it."""
    (workspace.root / "sources" / "reiji-strategy.txt").unlink()
    assert "reiji-strategy.txt" in complaint(lambda: trace(load(workspace), sources_of(workspace))).line("ja")


def test_a_missing_folder_is_told(workspace: Workspace) -> None:
    """The folder given, or the one of the settings; without either, how to give it."""
    store = load(workspace)
    assert "none" in complaint(lambda: trace(store, workspace.root / "none")).line("ja")
    assert "none" in complaint(lambda: sources_folder(workspace, workspace.root / "none")).line("en")
    unset = Workspace(workspace.root, workspace.build_dir)
    assert "--sources" in complaint(lambda: sources_folder(unset)).line("en")


def test_a_file_name_must_not_lead_out_of_the_folder(workspace: Workspace) -> None:
    """Data that names another folder's file is a failure of the document, and nothing is read."""
    report = trace(edited(workspace, '"reiji-strategy.txt"', '"../sosei.toml"'), sources_of(workspace))
    assert [failure.thing for failure in report.failures] == [DOC]
    assert report.passed == 0


def test_one_thing_is_traced_with_what_it_contains(workspace: Workspace) -> None:
    """A KPI with its values; a document with all its spans; one span alone."""
    store, folder = load(workspace), sources_of(workspace)
    kpi = trace(store, folder, f"{STRATEGY}/kpi/1-1")
    assert {result.text for result in kpi.results} == {
        "来訪者数",
        "▲1,1\n13人",
        "12.5万人",
        "目標値（2026年度）",
    }
    assert trace(store, folder, DOC).total == 9
    assert trace(store, folder, f"{DOC}#char={span('535万件')}").total == 1


def test_a_thing_without_evidence_is_told(workspace: Workspace) -> None:
    """A government is reference data."""
    error = complaint(lambda: trace(load(workspace), sources_of(workspace), f"{BASE}id/gov/99201"))
    assert "gov:99201: no evidence is recorded" in error.line("en")


@pytest.mark.parametrize(
    ("stated", "text", "stands"),
    [
        ("9件", "49件", False),
        ("9件", "1,009件", False),
        ("9件", "0.9件", False),
        ("53", "53回", True),
        ("53", "53万", False),
        ("53", "53.5", False),
        ("53", "530", False),
        ("113人", "▲113人", False),
        ("113人", "▲ 113人", False),
        ("113人", "計 -113人", False),
        ("20人", "10-20人", True),
        ("113人", "▲113人 113人", True),
        ("1,341人", "1,3\n 41人", True),
        ("1,341人", "1,3 41人", False),
        ("13人", "1 3人", False),
        ("約 2,000人", "約2,000人", True),
        ("０人", "０人", True),
        ("0人", "０人", False),
        ("未実施", "未実\n施", True),
        ("未実施", "実施", False),
    ],
)
def test_a_figure_stands_in_one_piece(stated: str, text: str, stands: bool) -> None:
    """No digit, sign or scale is left behind; only a line may end inside it."""
    assert figure_stands(stated, text) is stands


def test_a_composed_mark_stands_by_its_last_part() -> None:
    """The field 3(1) is printed as (1) below the heading 3."""
    assert mark_stands("3(1)", "(1) 移動の足")
    assert not mark_stands("3(2)", "(1) 移動の足")


@pytest.mark.parametrize(
    ("mark", "text", "stands"),
    [
        ("1", "１　経済", True),
        ("Ａ２００７", "A2007", True),
        ("５－３－２", "5-3-\n2", True),
        ("ｱ", "ア", True),
        ("1", "11 経済", False),
        ("1", "① 経済", False),
        ("①", "１ 経済", False),
    ],
)
def test_the_width_of_a_mark_does_not_count(mark: str, text: str, stands: bool) -> None:
    """Whether it was typed in full or half width; a circled figure is another mark."""
    assert mark_stands(mark, text) is stands
