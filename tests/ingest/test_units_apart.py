"""Units printed away from the figure: kept with their place, and held against the number."""

from pathlib import Path

import pytest

import sosei_graph
from sosei_graph.evidence import trace
from sosei_graph.ingest.accepting import accept
from sosei_graph.ingest.matching import Thing
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace
from tests.ingest.blocks import Document, Grid, Heading, Paragraph
from tests.ingest.drafts import ingested, things_of

#: Where the unit of a table stands.
HEADS: dict[str, tuple[tuple[str, ...], ...]] = {
    "a column of units": (
        ("指標名", "単位", "基準値（R1）", "目標値（R6）"),
        ("宿泊した人の数", "千人", "1,234", "1,500"),
    ),
    "the heads of values": (
        ("指標名", "基準値（千人）", "目標値（千人）"),
        ("宿泊した人の数", "1,234", "1,500"),
    ),
    "the head of names": (
        ("指標名（単位：千人）", "基準値（R1）", "目標値（R6）"),
        ("宿泊した人の数", "1,234", "1,500"),
    ),
    "behind the name": (
        ("指標名", "基準値（R1）", "目標値（R6）"),
        ("宿泊した人の数（千人）", "1,234", "1,500"),
    ),
}


def paper(rows: tuple[tuple[str, ...], ...]) -> Document:
    title = Heading("例示市総合戦略 取組状況報告書")
    return Document((title, Paragraph("基本目標１ ひとの流れをつくる"), Grid(rows, (160, 90, 110, 110))))


def test_a_unit_above_the_table_is_kept_where_it_is_printed(reiji: Workspace, tmp_path: Path) -> None:
    title = Heading("例示市総合戦略 取組状況報告書")
    grid = Grid(
        (("指標名", "基準値（R1）", "目標値（R6）"), ("宿泊した人の数", "1,234", "1,500")), (160, 110, 110)
    )
    captioned = Document(
        (title, Paragraph("基本目標１ ひとの流れをつくる"), Paragraph("（単位：千人）"), grid)
    )
    outcome = ingested(captioned, reiji, tmp_path, "shiryo.html", city="99201")
    assert sorted(said(value) for value in things_of(outcome).sort("value")) == [
        ("1,234", "千人", "1234000.0"),
        ("1,500", "千人", "1500000.0"),
    ]


def said(thing: Thing) -> tuple[str, str, str]:
    return thing.one("statedValue"), thing.one("statedUnit"), thing.one("numericValue")


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".html", ".txt"])
@pytest.mark.parametrize("place", HEADS)
def test_a_unit_is_kept_where_it_is_printed(
    place: str, ending: str, reiji: Workspace, tmp_path: Path
) -> None:
    """The number has the scale of 千人, which stands beside the figure with evidence that `trace` finds again."""
    outcome = ingested(paper(HEADS[place]), reiji, tmp_path, f"shiryo{ending}", city="99201")
    values = things_of(outcome).sort("value")
    assert sorted(said(value) for value in values) == [
        ("1,234", "千人", "1234000.0"),
        ("1,500", "千人", "1500000.0"),
    ]
    assert not [each for each in outcome.findings if each.shape_name in ("stated-figure", "stated-unit")]


def test_the_evidence_of_a_unit_holds_after_acceptance(reiji: Workspace, tmp_path: Path) -> None:
    outcome = ingested(paper(HEADS["a column of units"]), reiji, tmp_path, city="99201")
    accept(open_for_drafts(reiji), outcome.written[0])
    workspace = Workspace.find(reiji.root)
    report = trace(Store.load(workspace), workspace.root / "sources")
    assert [failure for failure in report.failures if "shiryo" in str(failure)] == []
    broken = workspace.root / "data" / "shiryo.ttl"
    broken.write_text(broken.read_text().replace('statedUnit "千人"', 'statedUnit "万人"', 1))
    report = trace(Store.load(Workspace.find(reiji.root)), workspace.root / "sources")
    assert any("万人" in str(failure) for failure in report.failures)


def test_questions_print_the_unit_behind_the_figure(reiji: Workspace, tmp_path: Path) -> None:
    """A reader of a table of answers sees no 1,234 without its 千人."""
    outcome = ingested(paper(HEADS["a column of units"]), reiji, tmp_path, city="99201")
    accept(open_for_drafts(reiji), outcome.written[0])
    answers = sosei_graph.query("kpis", workspace=Workspace.find(reiji.root), lang="ja")
    rows = [[cell.text for cell in row] for row in answers.rows]
    assert [row for row in rows if "1,234千人" in row and "1,500千人" in row]


def test_a_figure_with_its_own_unit_has_none_apart(reiji: Workspace, tmp_path: Path) -> None:
    rows = (
        ("指標名", "単位", "基準値（R1）", "目標値（R6）"),
        ("宿泊した人の数", "人", "1,234人", "1,500"),
    )
    outcome = ingested(paper(rows), reiji, tmp_path, "shiryo.html", city="99201")
    values = things_of(outcome).sort("value")
    assert sorted(said(value) for value in values) == [("1,234人", "", "1234.0"), ("1,500", "人", "1500.0")]
