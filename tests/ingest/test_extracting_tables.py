"""Tables of indicators as reports of fictional municipalities draw them: no value gets a kind that is not told."""

from pathlib import Path

import pytest

from sosei_graph.ingest.records import Findings
from tests.ingest.extracted import indicators
from tests.ingest.reports import GOAL, Rows, extract, html, only, said, table


def test_heads_below_each_other_tell_the_kinds_of_cells_below_each_other(tmp_path: Path) -> None:
    """現状 over 目標 in one column: the upper value is where the plan stands, the lower one what it aims at."""
    found = table(
        tmp_path,
        [
            [("指標名", 2, 1), ("単位", 2, 1), "現状", "令和３年度", "令和４年度"],
            ["目標", "実績", "実績"],
            [("創業件数", 2, 1), ("件", 2, 1), "12", "14", "―"],
            ["20", "", ""],
        ],
    )
    assert found == {
        "創業件数": [
            ("baseline", "12", ""),
            ("actual", "14", "fy/2021"),
            ("actual", "―", "fy/2022"),
            ("target", "20", ""),
        ]
    }


def test_a_rating_below_an_actual_value_is_no_value(tmp_path: Path) -> None:
    rows: Rows = [[("指標名", 2, 1), "実績値（R4）"], ["評価"], [("来街者数", 2, 1), "1,200人"], ["3"]]
    findings = extract(tmp_path, html(rows))
    assert [said(value) for value in only(findings).values] == [("actual", "1,200人", "fy/2022")]
    assert not findings.unread


def test_one_value_below_two_kinds_is_not_read(tmp_path: Path) -> None:
    """Heads tell two kinds of values and a row has one: which of them it is, nobody knows."""
    rows: Rows = [[("指標名", 2, 1), "現状"], ["目標"], ["創業件数", "12件"]]
    findings = extract(tmp_path, html(rows))
    assert not only(findings).values
    assert [each.passage.text for each in findings.unread] == ["12件"]


@pytest.mark.parametrize("kind", ["期待値", "達成率", "評価"])
def test_a_row_of_another_kind_is_no_indicator(kind: str, tmp_path: Path) -> None:
    """Rows that say 期待値 and 実績値 in place of a name are those of the indicator above."""
    rows: Rows = [
        ["指標名", "現状値\nR1", "R2", "R3", "目標値\nR6"],
        ["農業産出額（億円）", "", "", "", ""],
        [kind, "40", "41", "42", "45"],
        ["実績値", "40", "39", "", ""],
    ]
    assert table(tmp_path, rows) == {
        "農業産出額": [("baseline", "40", "fy/2019"), ("actual", "39", "fy/2020")]
    }


def test_rows_of_kinds_without_a_name_above_are_listed(tmp_path: Path) -> None:
    rows: Rows = [
        ["", "令和２年度", "令和３年度", "単位"],
        ["計画", "16人", "16人", "人"],
        ["実績", "25人", "", ""],
    ]
    findings = extract(tmp_path, html(rows))
    assert not list(indicators(findings))
    assert any("16人" in each.passage.text for each in findings.unread)


def test_a_table_right_below_another_is_read_by_its_own_head(tmp_path: Path) -> None:
    """Two tables that touch are one grid in a PDF, whose columns are cut where those of either begin."""
    upper: Rows = [
        [("指標名", 1, 2), ("基準値（H26）", 1, 2), ("目標値（H31）", 1, 2)],
        [("出生数", 1, 2), ("90人", 1, 2), ("140人", 1, 2)],
    ]
    lower: Rows = [
        ["", "策定時", "H27", ("H28", 1, 2), "H29"],
        ["出生数", "90人", "93人", ("111人", 1, 2), ""],
    ]
    assert table(tmp_path, [*upper, *lower])["出生数"] == [
        ("baseline", "90人", ""),
        ("actual", "93人", "fy/2015"),
        ("actual", "111人", "fy/2016"),
        ("target", "140人", "fy/2019"),
    ]


def test_values_below_a_head_that_is_not_known_get_no_kind_of_the_table_above(tmp_path: Path) -> None:
    rows: Rows = [
        ["指標名", "基準値（H26）", "目標値（H31）", "備考"],
        ["出生数", "90人", "140人", ""],
        ["H27", "H28", "H29", "H30"],
        ["93人", "111人", "100人", "98人"],
    ]
    findings = extract(tmp_path, html(rows))
    assert [said(value)[1] for value in only(findings).values] == ["90人", "140人"]
    assert any("111人" in each.passage.text for each in findings.unread)


def test_a_table_with_heads_at_the_left_is_read_above_another(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        [
            [("数値目標", 1, 1), ("従業者数", 1, 2)],
            ["基準値（R3）", ("23,456人", 1, 2)],
            ["目標値（R11）", ("24,000人", 1, 2)],
            ["ＫＰＩ", "現状値（R5）", "目標値（R11）"],
            ["創業件数", "3件", "15件"],
        ],
    )
    assert found["従業者数"] == [("baseline", "23,456人", "fy/2021"), ("target", "24,000人", "fy/2029")]
    assert found["創業件数"] == [("baseline", "3件", "fy/2023"), ("target", "15件", "fy/2029")]


def test_a_table_with_heads_that_are_not_known_is_listed(tmp_path: Path) -> None:
    rows: Rows = [["指標名", "甲", "乙", "丙", "実績値"], ["出生数", "1", "2", "3", "4人"]]
    findings = extract(tmp_path, html(rows))
    assert any("実績値" in each.passage.text for each in findings.unread)


def test_a_time_before_a_value_is_no_part_of_what_was_printed(tmp_path: Path) -> None:
    rows: Rows = [["指標", "基準値", "目標値（R6）"], ["事業所数", "（R1） 28,317", "29,500"]]
    assert table(tmp_path, rows)["事業所数"] == [
        ("baseline", "28,317", "fy/2019"),
        ("target", "29,500", "fy/2024"),
    ]


def test_two_figures_that_nothing_tells_apart_are_not_one_value(tmp_path: Path) -> None:
    """`98件 121件` in a cell may be those of two columns; `９人（延べ243日）` are two figures of one."""
    rows: Rows = [
        ["指標名", "現状値（R5）", "目標値（R11）"],
        ["相談件数", "98件 121件", "150件"],
        ["派遣した人数", "９人（延べ243日）", "10人"],
    ]
    found = table(tmp_path, rows)
    assert found["相談件数"] == [("target", "150件", "fy/2029")]
    assert [printed for _, printed, _ in found["派遣した人数"]] == ["９人", "延べ243日", "10人"]


def test_a_word_for_the_start_beside_several_years_is_no_kind_of_theirs(tmp_path: Path) -> None:
    rows: Rows = [
        ["成果指標", "区分", "平成12年", "平成13年実績", "平成15年9月30日現在"],
        ["講座の数", "当初", "3件", "4件", "5件"],
    ]
    assert table(tmp_path, rows)["講座の数"] == [("actual", "4件", "cy/2001")]


def test_a_unit_of_so_much_a_year_is_read(tmp_path: Path) -> None:
    rows: Rows = [["指標名", "単位", "基準値（R1）", "目標値（R6）"], ["火災件数", "件/年", "27", "25"]]
    found = only(extract(tmp_path, html(rows)))
    assert found.unit
    assert found.unit.text == "件/年"
    assert [(value.figure.unit, value.figure.per) for value in found.values if value.figure] == [
        ("件", "年")
    ] * 2


def test_a_number_over_several_indicators_marks_none_of_them(tmp_path: Path) -> None:
    rows: Rows = [
        ["No", "事業名", "指標", "指標値", "単位", "目標年月", "本事業終了後における実績値"],
        [("1", 2, 1), ("誘致事業", 2, 1), "雇用した人数", "42", "人", "R6.3", "15"],
        ["見学施設の数", "3", "件", "R6.3", "2"],
    ]
    found = list(indicators(extract(tmp_path, html(rows))))
    assert [each.notation for each in found] == [None, None]
    assert [[said(value)[:2] for value in each.values] for each in found] == [
        [("target", "42"), ("actual", "15")],
        [("target", "3"), ("actual", "2")],
    ]


def test_a_dash_in_place_of_a_rating_is_none(tmp_path: Path) -> None:
    rows: Rows = [
        ["指標名", "実績値（R5）", "目標値（R6）", "評価（Ａ～Ｄ）"],
        ["創業件数", "21件", "20件", "Ａ"],
        ["出生数", "集計中", "90人", "―"],
    ]
    found = list(indicators(extract(tmp_path, html(rows))))
    assert [each.rating.text if each.rating else None for each in found] == ["Ａ", None]


def test_a_head_that_says_numeric_target_tells_the_kind_of_indicators(tmp_path: Path) -> None:
    rows: Rows = [["数値目標", "基準値（R1）", "目標値（R6）"], ["出生数", "90人", "100人"]]
    assert only(extract(tmp_path, html(rows))).kind == "NumericTarget"


def test_two_rows_without_kinds_are_both_not_read(tmp_path: Path) -> None:
    """Targets above and actuals below, and nothing says so: the upper row is no more certain than the lower one."""
    rows: Rows = [
        ["KPI", "現状値（H30）", "R2", "R3", "目標値（R6）"],
        [("創業件数", 2, 1), ("3件", 2, 1), "4件", "8件", ("20件", 2, 1)],
        ["5件", "7件"],
    ]
    findings = extract(tmp_path, html(rows))
    assert [said(value)[:2] for value in only(findings).values] == [("baseline", "3件"), ("target", "20件")]
    assert [each.passage.text for each in findings.unread] == ["4件 8件", "5件 7件"]


@pytest.mark.parametrize(
    ("last", "expected"),
    [("7件", [("baseline", "3件")]), ("", [("baseline", "3件"), ("actual", "4件")])],
)
def test_years_without_a_target_are_actual_values_where_the_last_is_open(
    last: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Years without a target may be what is aimed at in each: one that is not over yet tells that they are not."""
    rows: Rows = [["KPI", "基準値（H30）", "R2", "R3"], ["創業件数", "3件", "4件", last]]
    assert [said(value)[:2] for value in only(extract(tmp_path, html(rows))).values] == expected


def test_a_year_gets_no_kind_where_the_cell_for_kinds_is_blank(tmp_path: Path) -> None:
    rows: Rows = [
        ["区分", "指標名", "基準値（R1）", "R2", "R3", "目標値（R6）"],
        ["目標値", "創業件数", "3件", "4件", "8件", "20件"],
        ["", "出生数", "90人", "91人", "92人", "95人"],
    ]
    found = table(tmp_path, rows)
    assert [kind for kind, _, _ in found["創業件数"]] == ["baseline", "target", "target", "target"]
    assert [kind for kind, _, _ in found["出生数"]] == ["baseline", "target"]


def test_a_column_for_kinds_that_holds_none_is_one_of_groups(tmp_path: Path) -> None:
    rows: Rows = [["区分", "指標名", "R2", "R3", "目標値（R6）"], ["産業", "創業件数", "4件", "8件", "20件"]]
    assert [kind for kind, _, _ in table(tmp_path, rows)["創業件数"]] == ["actual", "actual", "target"]


def test_a_column_of_times_belongs_to_the_values_before_it(tmp_path: Path) -> None:
    rows: Rows = [
        ["指標", "基準値", "年度", "目標値（R6）"],
        ["従業者数", "23,456人", "H28", "23,500人"],
        ["創業者数", "25人", "H30", "30人"],
    ]
    assert table(tmp_path, rows)["創業者数"] == [
        ("baseline", "25人", "fy/2018"),
        ("target", "30人", "fy/2024"),
    ]


def test_lines_of_a_cell_with_a_label_each_are_values_of_their_own(tmp_path: Path) -> None:
    rows: Rows = [
        ["指標", "基準値（R5）", "目標値（R11）"],
        ["健康寿命", "男性：79.8歳\n女性：84.1歳", "男性：80.5歳\n女性：85.0歳"],
    ]
    assert [printed for _, printed, _ in table(tmp_path, rows)["健康寿命"]] == [
        *("男性：79.8歳", "女性：84.1歳"),
        *("男性：80.5歳", "女性：85.0歳"),
    ]


def test_a_time_is_printed_without_the_kind_behind_it(tmp_path: Path) -> None:
    rows: Rows = [["指標", "R5\n（基準）", "R11\n（目標）"], ["従業者数", "23人", "25人"]]
    values = only(extract(tmp_path, html(rows))).values
    assert [value.when.printed.text for value in values if value.when] == ["R5", "R11"]


CAPTIONED: Rows = [["指標名", "基準値（R1）", "目標値（R6）"], ["農業産出額", "1,200", "1,300"]]


def scaled(findings: Findings) -> list[tuple[str, int | None]]:
    figures = [value.figure for each in indicators(findings) for value in each.values]
    return [
        (figure.unit or "", int(figure.number)) for figure in figures if figure and figure.number is not None
    ]


@pytest.mark.parametrize("caption", ["（単位：百万円）", "単位：百万円", "数値目標（単位　百万円）"])
@pytest.mark.parametrize("layout", ["html", "columns", "cells"])
def test_the_unit_above_a_table_is_that_of_its_values(caption: str, layout: str, tmp_path: Path) -> None:
    """1,200 below 単位：百万円 is never 1,200 yen, or 1,200 of nothing."""
    if layout == "html":
        findings = extract(tmp_path, html(CAPTIONED).replace("<table>", f"<p>{caption}</p><table>"))
    else:
        apart = "      " if layout == "columns" else "\n"
        rows = "\n".join(apart.join(map(str, row)) for row in CAPTIONED)
        findings = extract(tmp_path, f"{GOAL}\n{caption}\n{rows}\n", "report.txt")
    assert scaled(findings) == [("円", 1_200_000_000), ("円", 1_300_000_000)]


def test_of_several_units_above_a_table_none_is_chosen(tmp_path: Path) -> None:
    rows: Rows = [*CAPTIONED, ["来街者数（人）", "900", "950"], ["就農者数", "8人", "9人"]]
    findings = extract(tmp_path, html(rows).replace("<table>", "<p>（単位：百万円、人）</p><table>"))
    assert [each.name.text for each in indicators(findings)] == ["来街者数", "就農者数"]
    assert [each.passage.text for each in findings.unread] == ["農業産出額 1,200 1,300"]
