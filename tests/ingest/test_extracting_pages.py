"""Tables of indicators in PDFs that go on over pages."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import progress
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings
from tests.ingest.blocks import Document, Grid, Heading, PageBreak, Paragraph
from tests.ingest.documents import write
from tests.ingest.extracted import indicators

HEADS = ("指標名", "基準値（R1）", "目標値（R6）")
WIDTHS = (240, 110, 110)


def pdf(tmp_path: Path, *blocks: Grid | PageBreak | Paragraph) -> Findings:
    """What is read of a PDF with a running head and page numbers."""
    head = (Heading("例示市総合戦略 進捗状況報告書"), Paragraph("基本目標１ 産業を育てる"))
    document = Document((*head, *blocks), running_head="例示市総合戦略 資料編")
    return progress.extract(read(write(document, tmp_path / "report.pdf")))


def test_a_table_goes_on_over_pages_without_its_head(tmp_path: Path) -> None:
    rows = tuple((f"第{number}分野の取組の数", f"{number}件", f"{number + 100}件") for number in range(1, 81))
    findings = pdf(tmp_path, Grid((HEADS, *rows), WIDTHS))
    assert [
        (each.name.text, *(value.printed.text for value in each.values)) for each in indicators(findings)
    ] == list(rows)
    assert not findings.unread
    assert findings.title
    assert findings.title.text == "例示市総合戦略 進捗状況報告書"


@pytest.mark.parametrize("rest", [("の続き", "", ""), ("", "7件", "9件")])
def test_a_row_that_the_end_of_a_page_cuts_is_not_read(rest: tuple[str, str, str], tmp_path: Path) -> None:
    """A name without values, or values without a name, at the head of a page: what they belong to is not told."""
    upper = Grid((HEADS, ("創業の数", "3件", "5件"), ("新しく始めた取組", "4件", "8件")), WIDTHS)
    lower = Grid((rest, ("来街者の数", "1人", "2人")), WIDTHS)
    findings = pdf(tmp_path, upper, PageBreak(), lower)
    assert {each.name.text for each in indicators(findings)} == {"創業の数", "来街者の数"}
    assert any("新しく始めた取組" in each.passage.text for each in findings.unread)


@pytest.mark.parametrize("between", [None, "注 上の表は速報値である"])
def test_another_table_on_the_next_page_is_not_taken_for_its_rest(
    between: str | None, tmp_path: Path
) -> None:
    upper = Grid((HEADS, ("創業の数", "3件", "5件")), WIDTHS)
    first = ("来街者の数", "1人", "2人") if between else ("町名", "男", "女")
    lower = Grid((first, ("本町", "10人", "20人")), WIDTHS)
    text = (Paragraph(between),) if between else ()
    findings = pdf(tmp_path, upper, PageBreak(), *text, lower)
    assert {each.name.text for each in indicators(findings)} == {"創業の数"}
