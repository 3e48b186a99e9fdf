"""No figure of a table of indicators is lost in silence: it is read, or it is listed with its place."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import progress
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings
from tests.ingest.extracted import indicators

TOP = "例示市総合戦略 進捗状況報告書\n基本目標１ 産業を育てる\n\n"


def found(tmp_path: Path, text: str, kind: str = "txt") -> Findings:
    path = tmp_path / f"report.{kind}"
    path.write_text(text, encoding="utf-8")
    return progress.extract(read(path))


def rows(findings: Findings) -> list[tuple[str, ...]]:
    return [(each.name.text, *(value.printed.text for value in each.values)) for each in indicators(findings)]


def unread(findings: Findings) -> list[str]:
    return [" ".join(each.passage.text.split()) for each in findings.unread]


FERTILITY = ("合計特殊出生率", "1.42", "1.60")
WORKERS = ("市内の従業者数", "21,340人", "21,500人")
ADVICE = ("移住相談件数", "10件", "20件")


@pytest.mark.parametrize("blank", ["", "\n"])
def test_cells_that_one_full_width_space_parts_are_read_in_their_order(blank: str, tmp_path: Path) -> None:
    """Names reach below the heads of values: the places of the cells tell nothing, their number does."""
    table = "指標　基準値　目標値\n" + blank + "\n".join("　".join(row) for row in (FERTILITY, WORKERS))
    findings = found(tmp_path, TOP + table + "\n")
    assert rows(findings) == [FERTILITY, WORKERS]
    assert not findings.unread


@pytest.mark.parametrize(
    ("head", "row"),
    [("指標名　　基準値　　目標値", "新規就農者数　3人"), ("指標名　基準値　目標値", "就農者　3人")],
)
def test_a_row_that_lacks_a_cell_is_listed_where_only_the_order_tells_the_columns(
    head: str, row: str, tmp_path: Path
) -> None:
    text = "\n".join((TOP + head, row, *("　".join(each) for each in (WORKERS, ADVICE)), ""))
    findings = found(tmp_path, text)
    assert rows(findings) == [WORKERS, ADVICE]
    assert unread(findings) == [" ".join(row.split())]


LAYOUTS = {
    "one space": "指標 基準値 目標値\n合計特殊出生率 1.42 1.60\n{row}\n市内の従業者数 21,340人 21,500人\n",
    "full-width": "指標　基準値　目標値\n合計特殊出生率　1.42　1.60\n{row}\n市内の従業者数　21,340人　21,500人\n",
    "columns": (
        "指標名                     基準値      目標値\n合計特殊出生率             1.42        1.60\n"
        "{row}\n市内の従業者数             21,340人    21,500人\n"
    ),
}


@pytest.mark.parametrize("layout", list(LAYOUTS))
@pytest.mark.parametrize("row", ["宿泊した人の割合 18.5％", "市内で泊まった観光客の割合 18.5％"])
def test_a_figure_beside_a_name_is_no_part_of_the_next_name(layout: str, row: str, tmp_path: Path) -> None:
    findings = found(tmp_path, TOP + LAYOUTS[layout].format(row=row))
    assert rows(findings) == [FERTILITY, WORKERS]
    assert unread(findings) == [row]


def test_a_name_with_a_figure_in_its_cell_is_listed(tmp_path: Path) -> None:
    """Two columns were read as one: a table of a web page, or columns near each other."""
    table = "<table><tr><th>指標名<th>基準値<th>目標値<tr><td>若者の定着率 20.5％<td>1.42<td>1.60</table>"
    findings = found(
        tmp_path, f"<h1>例示市総合戦略 進捗状況報告書</h1><h2>基本目標１ 産業を育てる</h2>{table}", "html"
    )
    assert rows(findings) == []
    assert unread(findings) == ["若者の定着率 20.5％ 1.42 1.60"]


def test_rows_below_a_table_that_was_broken_off_are_listed(tmp_path: Path) -> None:
    """No list of another kind takes them: what their figures are, only the head that was left says."""
    text = (
        "【数値目標】\n区分      指標名              基準値      目標値\n"
        "産業      創業の件数          12件        60件\n"
        "区分の列から始まる長い名称の事業の数 18.5％ 25.0％\n市内に泊まった人の割合 20.5％\n\n取組の内容\n"
    )
    findings = found(tmp_path, TOP + text)
    assert rows(findings) == [("創業の件数", "12件", "60件")]
    assert unread(findings) == [
        "区分の列から始まる長い名称の事業の数 18.5％ 25.0％",
        "市内に泊まった人の割合 20.5％",
    ]


def test_a_column_of_figures_without_a_head_is_listed_row_by_row(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>No.<th>指標名<th>基準値（R1）<th>目標値（R6）<th>達成率<th>"
        "<tr><td>1<td>創業の件数<td>12件<td>60件<td>20％<td>35件<tr><td>2<td>来街者数<td>5人<td>9人<td>10％<td></table>"
    )
    findings = found(
        tmp_path, f"<h1>例示市総合戦略 進捗状況報告書</h1><h2>基本目標１ 産業を育てる</h2>{table}", "html"
    )
    assert rows(findings) == [("創業の件数", "12件", "60件"), ("来街者数", "5人", "9人")]
    assert [each.split()[-1] for each in unread(findings)] == ["35件"]


def test_what_is_no_figure_of_an_indicator_is_not_listed(tmp_path: Path) -> None:
    """Page numbers, years of heads, marks of a list, numbers of names, notes: nothing of them was left unread."""
    text = (
        "指標名                      現状値        目標値\n                            （R5）        （R11）\n"
        "(1) 65歳以上の参加者数      1,200人       1,500人\n(2) 第3次産業の事業所数     80か所        95か所\n"
        "※ 2) は令和5年 80か所 の調査による\n\n- 3 -\n"
    )
    findings = found(tmp_path, TOP + text)
    assert rows(findings) == [
        ("65歳以上の参加者数", "1,200人", "1,500人"),
        ("第3次産業の事業所数", "80か所", "95か所"),
    ]
    assert not findings.unread


def test_an_entry_of_a_list_with_figures_is_listed_and_no_name(tmp_path: Path) -> None:
    entries = (
        "新規創業件数 現状 12件 から 60件へ",
        "若者の定着率 20.5％ を 25％ に引き上げる",
        "市内の従業者数 21,340",
        "来街者数 120 150",
        "転出者数 90",
    )
    findings = found(tmp_path, TOP + "【数値目標】\n" + "".join(f"・{each}\n" for each in entries))
    assert rows(findings) == []
    assert unread(findings) == [f"・{each}" for each in entries]


def test_entries_below_a_table_that_tell_their_values_themselves_are_read_and_not_listed(
    tmp_path: Path,
) -> None:
    text = "指標 基準値 目標値\n合計特殊出生率 1.42 1.60\n・来街者数 120人 → 150人\n転入者数 10人（R1）→ 12人（R6）\n"
    findings = found(tmp_path, TOP + text)
    assert rows(findings) == [FERTILITY, ("来街者数", "120人", "150人"), ("転入者数", "10人", "12人")]
    assert not findings.unread
