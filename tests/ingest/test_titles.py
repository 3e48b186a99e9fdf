"""Titles of documents: what stands on a cover, without days, marks of papers and what follows it; else nothing."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from rdflib.namespace import DCTERMS

from sosei_graph.ingest.extracting import extract, progress
from sosei_graph.ingest.reading import read
from sosei_graph.text import fold
from tests.ingest.extracted import reviewed

BODY = "基本目標１ 産業を育てる\n本文が続きます。\n"


def title(tmp_path: Path, head: str) -> str | None:
    path = tmp_path / "document.txt"
    path.write_text(f"{head}\n{BODY}", encoding="utf-8")
    found = progress.extract(read(path)).title
    return found.text if found else None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("第 ２ 次\n例示版総合戦略\n取組状況\n令和６年10月\n例 示 市", "第 ２ 次 例示版総合戦略 取組状況"),
        (
            "例示市まち・ひと・しごと創生\n総合戦略\n（案）\n令和７年３月",
            "例示市まち・ひと・しごと創生 総合戦略 （案）",
        ),
        ("高岡市\n地方創生総合戦略\n平成28年２月24日", "高岡市 地方創生総合戦略"),
        ("資料１\n第２期例示市総合戦略 骨子\nはじめに", "第２期例示市総合戦略 骨子"),
        ("第２期例示市総合戦略 骨子\n資料１", "第２期例示市総合戦略 骨子"),
        ("資料2-7\n例示市総合戦略 令和５年度実績評価シート", "例示市総合戦略 令和５年度実績評価シート"),
        (
            "令和６年度第１回例示市総合戦略推進会議 資料３\n総合戦略の進捗状況について",
            "総合戦略の進捗状況について",
        ),
        ("総合戦略の評価方法（案）\n１ 評価方法について", "総合戦略の評価方法（案）"),
        ("例示市総合計画\n数値目標の考え方について\n企画課", "例示市総合計画 数値目標の考え方について"),
        (
            "例示市総合戦略評価票（対象：令和５年度）\n主担当課 商工課",
            "例示市総合戦略評価票（対象：令和５年度）",
        ),
    ],
)
def test_title_is_what_the_cover_calls_the_document(head: str, expected: str, tmp_path: Path) -> None:
    assert title(tmp_path, head) == expected


@pytest.mark.parametrize(
    "head",
    [
        "第10章\n評価指標の設定と進行管理",
        "例示市の政策評価の結果を公表します",
        "令和６年度第１回例示市総合戦略推進会議 資料３",
        "１ 総合戦略の進捗状況",
        "指標名 基準値 目標値",
    ],
)
def test_title_is_none_where_no_line_is_one(head: str, tmp_path: Path) -> None:
    assert title(tmp_path, head) is None


def test_title_ends_where_a_table_begins(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(
        "<p>例示村総合戦略の取組状況について</p><table><tr><td>指標名</td><td>実績</td></tr></table>",
        encoding="utf-8",
    )
    found = progress.extract(read(path)).title
    assert found
    assert found.text == "例示村総合戦略の取組状況について"


def test_title_is_not_the_name_of_a_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "令和５年度評価"
    sheet["A1"] = "例示町総合戦略 効果検証結果"
    book.save(tmp_path / "report.xlsx")
    found = progress.extract(read(tmp_path / "report.xlsx")).title
    assert found
    assert found.text == "例示町総合戦略 効果検証結果"


def test_day_that_something_stands_at_is_no_day_of_issue(tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text(f"例示市総合戦略\n令和６年９月30日現在\n令和６年12月\n{BODY}", encoding="utf-8")
    assert progress.extract(read(path)).issued == "2024-12"


@pytest.mark.parametrize(
    "stem",
    [
        "hitachi-strategy-outline",
        "kanazawa-strategy-progress",
        "takaoka-himi-agreement",
        "takaoka-regional-revitalization-plan",
        "tomakomai-strategy-council",
    ],
)
def test_titles_of_the_sources_are_those_that_people_gave_them(stem: str, sources: Path) -> None:
    found = extract(read(sources / f"{stem}.txt")).findings.title
    assert found
    assert fold(found.text) in {fold(str(given)) for given in reviewed(stem).objects(None, DCTERMS.title)}
