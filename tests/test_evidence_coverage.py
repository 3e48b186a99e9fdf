"""Every number of a source: read as a fact, omitted for a reason, or listed as unexplained."""

from collections.abc import Callable
from pathlib import Path

import pytest

import sosei_graph
from sosei_graph.building import open_store
from sosei_graph.coverage_view import share
from sosei_graph.errors import SoseiError
from sosei_graph.evidence import CoverageReport, Number, measure_coverage
from sosei_graph.evidence.coverage import LONGEST
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace
from tests.command_line import JAPANESE, complaint, sosei
from tests.helpers_reiji import PREFIXES, SOURCE, load, sha256, write_workspace
from tools import coverage as tool

ROOT = Path(__file__).parent.parent
BASE = "https://w3id.org/sosei/"
DOC = f"{BASE}id/doc/reiji-strategy"
STRATEGY = f"{BASE}id/plan/99201/strategy"
REASON = f"{BASE}scheme/omission/page-number"

#: What the small vocabulary of the fictional workspace lacks for omissions.
OMISSIONS = """
sosei:Omission a owl:Class ; rdfs:label "対象外"@ja, "omission"@en .
sosei:OmissionReason a owl:Class ; rdfs:label "理由"@ja, "reason"@en .
sosei:omissionReason a owl:ObjectProperty ; rdfs:label "理由"@ja, "reason"@en .
"""
REASONS = """
<scheme/omission/page-number> a sosei:OmissionReason ; skos:prefLabel "ページ番号"@ja, "Page number"@en .
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return made(tmp_path)


def made(folder: Path, source: str = SOURCE) -> Workspace:
    """The fictional workspace with the terms for omissions."""
    workspace = write_workspace(folder, source=source)
    for name, more in (("ontology/sosei.ttl", OMISSIONS), ("ontology/schemes/all.ttl", REASONS)):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return workspace


def add(workspace: Workspace, node: str, piece: str, source: str = SOURCE) -> None:
    """Gives a node, told in Turtle, the place of a piece of the source as evidence, in a file of its own."""
    start = source.index(piece)
    place = f"{start},{start + len(piece)}"
    selector = f"<id/doc/reiji-strategy/selector/char-{place.replace(',', '-')}>"
    path = workspace.root / "data" / "curation" / "more.ttl"
    path.write_text(
        f"{PREFIXES}{node} ; sosei:evidence <id/doc/reiji-strategy#char={place}> .\n"
        f"<id/doc/reiji-strategy#char={place}> a sosei:Evidence ; oa:hasSource doc:reiji-strategy ;\n"
        f'    oa:hasSelector {selector} ; sosei:digest "{sha256(piece)}" .\n'
        f'{selector} a oa:FragmentSelector ; rdf:value "char={place}" .\n',
        encoding="utf-8",
    )


def omit(workspace: Workspace, piece: str, source: str = SOURCE) -> None:
    add(
        workspace,
        "<id/omission/reiji-strategy/page-number> a sosei:Omission ; "
        "sosei:omissionReason <scheme/omission/page-number>",
        piece,
        source,
    )


def edit(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.root / "data" / "reiji-strategy.ttl"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def measured(workspace: Workspace) -> CoverageReport:
    return measure_coverage(load(workspace), workspace.root / "sources")


def numbers(workspace: Workspace) -> dict[str, Number]:
    """The numbers of the source by their text; the `1` that stands twice is the last one."""
    (source,) = measured(workspace).sources
    return {number.text: number for number in source.numbers}


def kinds(workspace: Workspace) -> dict[str, str]:
    return {text: number.kind for text, number in numbers(workspace).items()}


def test_a_number_in_no_span_is_listed_with_its_place(workspace: Workspace) -> None:
    """Line and column count from 1, and what is around it is told."""
    report = measured(workspace)
    assert not report.ok
    (source,) = report.sources
    (number,) = source.of("unexplained")
    assert (number.text, number.line, number.column) == ("600", 9, 16)
    assert SOURCE[number.start : number.end] == "600"
    assert number.before.endswith("535万件 ")
    assert number.after == "万件\n"
    assert number.nodes == ()


def test_a_figure_is_a_number_that_its_node_carries(workspace: Workspace) -> None:
    """A value, a year, a mark, and the parts of a figure that is broken over two lines."""
    found = numbers(workspace)
    assert {text for text, number in found.items() if number.kind == "figure"} == {
        *("①", "2026", "1", "13", "12.5", "535")
    }
    assert found["13"].nodes == (f"{STRATEGY}/kpi/1-1/baseline",)
    assert found["2026"].nodes == (f"{STRATEGY}/kpi/1-1/target",)
    assert found["①"].nodes == (f"{STRATEGY}/goal/1",)


def test_digits_and_numbers_are_counted_by_kind(workspace: Workspace) -> None:
    """Commas and points are no digits; the whole is the sum of its kinds."""
    report = measured(workspace)
    (source,) = report.sources
    assert (source.document, source.file) == (DOC, "reiji-strategy.txt")
    assert (source.digits(), source.digits("figure"), source.digits("unexplained")) == (18, 15, 3)
    assert (source.count(), source.count("figure"), source.count("unexplained")) == (8, 7, 1)
    assert (report.digits(), report.count("figure", "unexplained")) == (18, 8)
    assert measured(workspace) == report


def test_a_number_in_the_span_of_a_fact_counts(workspace: Workspace) -> None:
    """Where the fact does not carry it, it is in evidence and no figure."""
    add(workspace, '<id/note> rdfs:label "覚え"@ja', "535万件 600万件")
    assert kinds(workspace)["600"] == "evidence"
    assert measured(workspace).ok
    add(workspace, '<id/note> rdfs:label "600万件の覚え"@ja', "535万件 600万件")
    assert kinds(workspace)["600"] == "figure"


def test_a_span_that_is_taken_away_leaves_its_number_unexplained(workspace: Workspace) -> None:
    """Nothing else stands for it."""
    start = SOURCE.index("535万件")
    edit(workspace, f" ; sosei:evidence <id/doc/reiji-strategy#char={start},{start + 5}> .", " .")
    assert kinds(workspace)["535"] == "unexplained"


def test_a_span_that_does_not_hold_is_no_evidence(workspace: Workspace) -> None:
    """Where the digest is another one, nobody knows what was read there."""
    edit(workspace, sha256("535万件"), sha256("536万件"))
    assert kinds(workspace)["535"] == "unexplained"


def test_an_omission_explains_a_number(workspace: Workspace) -> None:
    """It says why no fact was read from it."""
    omit(workspace, "600万件")
    number = numbers(workspace)["600"]
    assert (number.kind, number.reasons) == ("omitted", (REASON,))
    assert number.nodes == (f"{BASE}id/omission/reiji-strategy/page-number",)
    (source,) = measured(workspace).sources
    assert source.omissions() == {REASON: (number,)}
    assert measured(workspace).ok


def test_an_omission_takes_no_figure_away(workspace: Workspace) -> None:
    """A number that is a fact is one, whatever else is said of it; one in evidence alone is omitted."""
    omit(workspace, "535万件 600万件")
    assert (kinds(workspace)["535"], kinds(workspace)["600"]) == ("figure", "omitted")
    edit(workspace, 'sosei:statedValue "535万件" ; sosei:numericValue 5350000.0', 'sosei:statedValue "万件"')
    assert kinds(workspace)["535"] == "omitted"


@pytest.mark.parametrize("kind", ["fact", "omission"])
def test_a_long_passage_explains_nothing(kind: str, tmp_path: Path) -> None:
    """A span of more than a sentence would be evidence for everything in it; the number is listed and says so."""
    for length in (LONGEST, LONGEST + 1):
        piece = "参考77" + "。" * (length - 4)
        source = f"{SOURCE}{piece}\n"
        workspace = made(tmp_path / str(length), source)
        if kind == "fact":
            add(workspace, '<id/note> rdfs:label "参考77"@ja', piece, source)
        else:
            omit(workspace, piece, source)
        number = numbers(workspace)["77"]
        assert (number.kind == "unexplained") is (length > LONGEST)
        assert number.only_in_a_long_passage is (length > LONGEST)
        assert len(number.nodes) == 1


def test_a_document_is_measured_alone(reiji: Workspace) -> None:
    """Then the sources of the others need not be there."""
    store = open_store(reiji)
    sources = reiji.root / "sources"
    assert [each.file for each in measure_coverage(store, sources).sources] == [
        "reiji-agreement.txt",
        "reiji-strategy.txt",
    ]
    (sources / "reiji-agreement.txt").unlink()
    (source,) = measure_coverage(store, sources, DOC).sources
    assert source.file == "reiji-strategy.txt"
    assert {number.text for number in source.of("figure")} >= {"１", "2025", "2027", "10", "０"}


def without_the_folder(store: Store, sources: Path) -> CoverageReport:
    return measure_coverage(store, sources / "nowhere")


def without_a_file(store: Store, sources: Path) -> CoverageReport:
    (sources / "reiji-strategy.txt").unlink()
    return measure_coverage(store, sources)


def with_another_text(store: Store, sources: Path) -> CoverageReport:
    (sources / "reiji-strategy.txt").write_text(f"1{SOURCE}", encoding="utf-8")
    return measure_coverage(store, sources)


def without_a_source(store: Store, sources: Path) -> CoverageReport:
    return measure_coverage(store, sources, STRATEGY)


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (without_the_folder, "nowhere: there is no such folder"),
        (without_a_file, "source files are missing: reiji-strategy.txt"),
        (with_another_text, "not the source files recorded: reiji-strategy.txt"),
        (without_a_source, "plan/99201/strategy: the document has no file name"),
    ],
)
def test_what_cannot_be_measured_is_an_error(
    run: Callable[[Store, Path], CoverageReport], said: str, workspace: Workspace
) -> None:
    """Places in another text say nothing; the line tells what to do."""
    with pytest.raises(SoseiError) as caught:
        run(load(workspace), workspace.root / "sources")
    assert said in caught.value.line("en")


def test_the_share_is_rounded_down() -> None:
    """100.0% means that nothing is left."""
    assert [share(*each) for each in ((0, 0), (3, 3), (9999, 10000), (2, 3))] == [
        *("100.0%", "100.0%", "99.9%", "66.6%")
    ]


def test_the_command_lists_what_is_unexplained(workspace: Workspace) -> None:
    """A table of the sources, the numbers with line and column, and the exit code of a finding."""
    asked = ("trace", "--coverage", "--workspace", workspace.root)
    result = sosei(*asked)
    assert result.exit_code == 1
    assert (
        "reiji-strategy.txt  digits    18       15            0        0            3      83.3%"
        in result.stdout
    )
    assert "  reiji-strategy.txt:9:16  600  利用件数（累計） 535万件 【600】万件" in result.stdout
    assert result.stdout.endswith("1 number is unexplained\n")
    page = sosei(*asked, env=JAPANESE).stdout
    assert "原文の数字の対応" in page
    assert page.endswith("説明のない数字が1個あります\n")


def test_the_command_is_content_when_all_is_explained(workspace: Workspace) -> None:
    """The omissions are told by their reason."""
    omit(workspace, "600万件")
    asked = ("trace", "reiji-strategy", "--coverage", "--workspace", workspace.root)
    result = sosei(*asked)
    assert result.exit_code == 0
    assert "reiji-strategy.txt  Page number               3        1" in result.stdout
    assert result.stdout.endswith("every number is explained\n")
    assert "ページ番号" in sosei(*asked, env=JAPANESE).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--sources", "nowhere"), "nowhere"), (("goal/1",), "goal/1"), (("幻の計画",), "幻の計画")],
)
def test_the_command_refuses_bad_input(arguments: tuple[str, ...], said: str, workspace: Workspace) -> None:
    """Only a document has numbers of its own."""
    assert said in complaint(sosei("trace", "--coverage", *arguments, "--workspace", workspace.root))


def test_python_has_the_same(workspace: Workspace) -> None:
    """As every command, it is a function."""
    assert sosei_graph.coverage("reiji-strategy", workspace) == measured(workspace)
    assert sosei_graph.coverage(workspace=workspace) == measured(workspace)


def test_the_page_tells_places_and_no_sentences(workspace: Workspace) -> None:
    """Numbers by line, with at most twelve characters around, and nothing that Markdown would read."""
    omit(workspace, "600万件")
    store = load(workspace)
    text = tool.page(measure_coverage(store, workspace.root / "sources"), store)
    assert "| reiji-strategy.txt | 字数 / digits | 18 | 15 | 0 | 3 | 0 | 100.0% |" in text
    assert "### reiji-strategy.txt: ページ番号 / Page number" in text
    assert "| 9 | 600 | 535万件 【600】万件 |" in text
    assert "ありません。 / None." in text
    assert tool.AROUND * 2 == 12


def test_the_page_of_the_documents_is_in_step(real_store: Store, sources: Path) -> None:
    """docs/coverage.md is what tools/coverage.py writes."""
    written = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert tool.page(measure_coverage(real_store, sources), real_store) == written, "run tools/coverage.py"
