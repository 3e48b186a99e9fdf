"""The tool that turns reviewed lists of omitted numbers into Turtle."""

import csv
import hashlib
from pathlib import Path

import pytest

from sosei_graph import files
from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.evidence import measure_coverage, trace
from sosei_graph.evidence.coverage import LONGEST
from sosei_graph.formatting import format_files
from sosei_graph.validation.validating import validate
from sosei_graph.workspace import Workspace
from tools import omissions as tool

STRATEGY = "data/reiji-strategy.ttl"
TITLE = "第１期"


@pytest.fixture
def paged(reiji: Workspace) -> Workspace:
    """例示市's workspace with a page number that nothing explains at the end of the strategy's source."""
    source = reiji.root / "sources" / "reiji-strategy.txt"
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    with source.open("a", encoding="utf-8", newline="") as file:
        file.write("\n- 3/4 -\n")
    after = hashlib.sha256(source.read_bytes()).hexdigest()
    data = reiji.root / STRATEGY
    data.write_text(data.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return reiji


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """The folder of the lists."""
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder


def loaded(workspace: Workspace) -> tool.Lists:
    return tool.load(workspace, workspace.root / "sources")


def text_of(workspace: Workspace) -> str:
    return (workspace.root / "sources" / "reiji-strategy.txt").read_bytes().decode("utf-8")


def drafted(workspace: Workspace, lists: Path) -> list[dict[str, str]]:
    """The rows of the draft for the strategy, which is written."""
    files.write_all(tool.draft(loaded(workspace), lists))
    with (lists / "reiji-strategy.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(lists: Path, *rows: tuple[object, ...]) -> None:
    """A list for the strategy."""
    lines = ["start,end,reason", *(",".join(map(str, row)) for row in rows)]
    (lists / "reiji-strategy.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def written(workspace: Workspace, lists: Path) -> str:
    """The Turtle of the lists, put into its place."""
    path = workspace.root / tool.NAME
    path.parent.mkdir(exist_ok=True)
    text = tool.turtle(loaded(workspace), lists)
    files.write(path, text)
    return text


def refused(workspace: Workspace, lists: Path) -> str:
    with pytest.raises(SoseiError) as caught:
        tool.turtle(loaded(workspace), lists)
    return caught.value.line("en")


def test_a_draft_lists_the_numbers_that_nothing_explains(paged: Workspace, lists: Path) -> None:
    """With the place, for a person to fill in the reason; a document without such numbers has no list."""
    rows = drafted(paged, lists)
    assert [(row["number"], row["reason"], row["line"]) for row in rows] == [("3", "", "12"), ("4", "", "12")]
    assert rows[0]["around"].endswith("- 【3】/4 - ")
    assert [path.name for path in lists.iterdir()] == ["reiji-strategy.csv"]


def test_a_second_draft_keeps_what_was_decided(paged: Workspace, lists: Path) -> None:
    """A span with its reason stays, and the numbers in it are not listed again."""
    start = text_of(paged).index("3/4")
    listed(lists, (start, start + 3, "page-number"), (start, start + 1, ""))
    assert [(row["start"], row["end"], row["reason"]) for row in drafted(paged, lists)] == [
        (str(start), str(start + 3), "page-number")
    ]


def test_what_is_written_explains_the_numbers(paged: Workspace, lists: Path) -> None:
    """One node a document and reason, in canonical order, that validates and can be traced."""
    start = text_of(paged).index("3/4")
    listed(lists, (start, start + 3, "page-number"))
    text = written(paged, lists)
    assert "<id/omission/reiji-strategy/page-number>\n    a sosei:Omission ;" in text
    assert '"ページ番号（第１期例示市総合戦略）"@ja, "Page number (Reiji City strategy, 1st term)"@en' in text
    assert format_files(paged, [paged.root / tool.NAME], check=True) == ()
    store, sources = open_store(paged), paged.root / "sources"
    assert measure_coverage(store, sources).ok
    assert trace(store, sources).ok
    assert not [each for each in validate(paged, store).findings if "omission" in each.file]


def test_a_draft_begins_with_what_was_written(paged: Workspace, lists: Path) -> None:
    """The lists themselves need not be kept."""
    start = text_of(paged).index("3/4")
    listed(lists, (start, start + 3, "page-number"))
    text = written(paged, lists)
    (lists / "reiji-strategy.csv").unlink()
    assert [row["reason"] for row in drafted(paged, lists)] == ["page-number"]
    assert tool.turtle(loaded(paged), lists) == text


def test_a_span_that_the_document_describes_is_not_described_again(paged: Workspace, lists: Path) -> None:
    """An IRI has its type in one file only; the span is used all the same."""
    place = text_of(paged).index("計画期間") + 5
    data = paged.root / STRATEGY
    text = data.read_text(encoding="utf-8")
    assert f"char={place},{place + 23}>\n    a sosei:Evidence" in text
    # Without its dates, the years of the period are no facts.
    for old, new in (("2025年４月１日から2028年３月31日まで", "から"), ("2028-03-31", "2029-05-30")):
        text = text.replace(f'"{old}"', f'"{new}"')
    data.write_text(text, encoding="utf-8")
    listed(lists, (place, place + 23, "repeated"))
    turtle = written(paged, lists)
    assert f"sosei:evidence <id/doc/reiji-strategy#char={place},{place + 23}>" in turtle
    assert "sosei:Evidence" not in turtle
    open_store(paged)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((180, 99999, "page-number"), "reiji-strategy.csv:2: 180,99999 is not a span of the text"),
        ((5, 5, "page-number"), "5,5 is not a span"),
        ((0, 2, "page"), "no such reason “page”"),
        ((0, 2, ""), "no such reason “”"),
        ((0, 3, "page-number"), f"nothing to omit: “{TITLE}” is read as a fact"),
        ((3, 6, "page-number"), "nothing to omit: “例示市” has no number"),
        (("a", 6, "page-number"), "reiji-strategy.csv:2: start and end have to be whole numbers"),
    ],
)
def test_a_row_that_cannot_be_right_is_told(
    row: tuple[object, ...], said: str, paged: Workspace, lists: Path
) -> None:
    """With the line of the list; nothing is written."""
    listed(lists, row)
    assert said in refused(paged, lists)


def test_all_faults_of_the_lists_are_told_together(paged: Workspace, lists: Path) -> None:
    """A place that stands twice is one of them."""
    start = text_of(paged).index("3/4")
    good = (start, start + 3, "page-number")
    listed(lists, good, good, (0, LONGEST + 1, "page-number"))
    said = refused(paged, lists)
    assert "reiji-strategy.csv:3: stands twice" in said
    assert "reiji-strategy.csv:4: " in said


def test_a_list_has_to_be_of_a_document(paged: Workspace, lists: Path) -> None:
    """Its name is that of the source, and its columns are the three that are needed."""
    assert "there is no list" in refused(paged, lists)
    (lists / "nothing.csv").write_text("start,end,reason\n", encoding="utf-8")
    assert "nothing.csv: no document of that name" in refused(paged, lists)
    (lists / "nothing.csv").rename(lists / "reiji-strategy.csv").write_text("start,end\n", encoding="utf-8")
    assert "no column reason" in refused(paged, lists)
    (lists / "reiji-strategy.csv").write_bytes("start,end,reason\n0,2,頁\n".encode("shift_jis"))
    assert "reiji-strategy.csv:2: this is no UTF-8 text" in refused(paged, lists)


def test_the_tool_says_how_it_is_called(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Bad usage and bad input are exit code 2 and one line."""
    assert tool.main([]) == 2
    assert "usage: python tools/omissions.py (draft|write) FOLDER" in capsys.readouterr().err
    assert tool.main(["write", str(tmp_path), str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
