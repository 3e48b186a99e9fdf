"""Lines of reports of fictional municipalities: what is a row, a name or a title, and what is none."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import strategy
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings
from tests.ingest.extracted import indicators
from tests.ingest.reports import GOAL, extract, said


@pytest.mark.parametrize(
    "line",
    [
        "期待値 4,356 4,278 4,300\n実績値 4,292",
        "① 融資の件数 件 292 283 ― ―\n② 商店会の数 件\n③ 相談の件数 463 456",
        "① 企業誘致件数 3件 令和５年度 15件（累計） 令和11年度\n② 起業の件数 1件 令和５年度 5件 令和11年度",
    ],
)
def test_rows_of_lost_columns_are_no_names(line: str, tmp_path: Path) -> None:
    """A line with several values at its end names neither an indicator nor a measure."""
    findings = extract(tmp_path, f"{GOAL}\n{line}\n", "report.txt")
    assert not list(indicators(findings))
    assert not findings.plans[0].elements[0].parts


def test_values_below_a_table_do_not_belong_to_the_line_above_it(tmp_path: Path) -> None:
    text = (
        "例示市総合戦略 評価シート\n指標名 区分 R2 R3 R4\n来街者数 目標 90人 92人 94人\n実績 96人 延べ98人\n"
    )
    found = indicators(extract(tmp_path, text, "report.txt"))
    assert {each.name.text for each in found} == {"来街者数"}


def test_the_office_beside_a_value_is_no_unit(tmp_path: Path) -> None:
    text = (
        f"{GOAL}\n指標名 基準値 目標値 所管課\n（R1）（R6）\n出生率 0.90 1.40 市民課\n婚姻数 300 150 市民課\n"
    )
    figures = [
        value.figure for each in indicators(extract(tmp_path, text, "report.txt")) for value in each.values
    ]
    assert all(figure is None or figure.unit is None for figure in figures)


def test_what_stands_in_a_row_is_no_part_of_the_title_above_it(tmp_path: Path) -> None:
    text = (
        "例示市総合戦略 進捗状況評価票\n\n基本目標１ 産業を育てる\n\n具体的な施策 ① 市内企業の経営支援\n\n"
        "主担当課 経済観光課\n\n指標名 創業件数\n\n・商店街の活性化に向けた取組を支援します。\n"
    )
    goal = extract(tmp_path, text, "report.txt").plans[0].elements[0]
    assert (goal.name.text, [part.name.text for part in goal.parts]) == (
        "産業を育てる",
        ["市内企業の経営支援"],
    )


def test_a_name_does_not_take_in_the_row_above(tmp_path: Path) -> None:
    text = (
        "例示市総合戦略 進捗管理表\n基本目標１ 産業を育てる\n数値目標\n施策１ 農業の振興\n"
        "新規就農者数 3人\n4人 8人 12人 16人 20人\n5人 7人 14人 15人\n農地集積率 35.2％\n"
    )
    found = {each.name.text for each in indicators(extract(tmp_path, text, "report.txt"))}
    assert not any("8人" in name for name in found)


def test_the_title_of_a_goal_ends_before_a_measure(tmp_path: Path) -> None:
    text = (
        "例示市総合戦略\n\n基本目標３ 結婚・出産・子育ての希望をかなえ、だれもが安心して暮らせる地域をみんなでつくる\n"
        "具体的施策① 子育て支援の充実\n\n"
    )
    (goal,) = extract(tmp_path, text, "plan.txt").plans[0].elements
    assert goal.name.text == "結婚・出産・子育ての希望をかなえ、だれもが安心して暮らせる地域をみんなでつくる"
    assert [part.name.text for part in goal.parts] == ["子育て支援の充実"]


def test_a_lone_value_with_another_in_brackets_is_read_as_two(tmp_path: Path) -> None:
    text = f"{GOAL}\n重要業績評価指標（KPI）\n①　創業セミナーの開催　年３回（５年間で10回）\n②　企業立地件数　３件\n"
    found = {
        each.name.text: [said(value)[:2] for value in each.values]
        for each in indicators(extract(tmp_path, text, "report.txt"))
    }
    assert found["創業セミナーの開催"] == [("target", "年３回"), ("target", "５年間で10回")]


def test_an_indicator_with_an_arrow_that_is_not_read_is_listed(tmp_path: Path) -> None:
    text = f"{GOAL}\nKPI\n・外国人宿泊者数　▲12.3％（R5／R元比）→ 前年度を上回る\n"
    findings = extract(tmp_path, text, "report.txt")
    assert any("外国人宿泊者数" in each.passage.text for each in findings.unread)


def strategy_of(tmp_path: Path, body: str) -> Findings:
    path = tmp_path / "strategy.txt"
    path.write_text(f"第３期例示市総合戦略\n例示市\n{body}", encoding="utf-8")
    return strategy.extract(read(path))


def figures(findings: Findings) -> dict[str, tuple[str, ...]]:
    return {
        each.name.text: tuple(value.printed.text for value in each.values) for each in indicators(findings)
    }


TABLE = (
    "指標            基準値（R5）        目標値（R11）\n"
    "新規創業件数    12件                60件\n"
    "企業誘致件数    2社                 5社\n"
)


def test_a_heading_below_the_table_of_a_label_is_no_indicator(tmp_path: Path) -> None:
    """数値目標 is the label of the table right below it; what follows the table is no list of targets."""
    findings = strategy_of(
        tmp_path,
        f"基本目標１　しごとをつくる\n数値目標\n{TABLE}（１）就労の支援\n基本目標２　ひとを呼ぶ\n"
        "数値目標\n・移住者数\n・観光客数\n",
    )
    assert figures(findings) == {
        "新規創業件数": ("12件", "60件"),
        "企業誘致件数": ("2社", "5社"),
        "移住者数": (),
        "観光客数": (),
    }


@pytest.mark.parametrize("heading", ["施策１　農業の振興", "基本的方向１　農業の振興"])
def test_a_table_ends_at_a_heading_that_says_what_it_is(heading: str, tmp_path: Path) -> None:
    """施策１ … below the last row is no second line of its name."""
    table = "指標            基準値（R5）        目標値（R11）\n農業産出額      62億円              65億円\n"
    findings = strategy_of(tmp_path, f"基本目標１　しごとをつくる\n数値目標\n{table}{heading}\n")
    assert figures(findings) == {"農業産出額": ("62億円", "65億円")}
    assert not findings.unread


def test_values_that_lost_the_spaces_before_them_stand_below_their_heads(tmp_path: Path) -> None:
    """The middle line of a wrapped name, as text of a PDF has it: the values begin the line."""
    table = (
        "指標                            基準値（R5）        目標値（R11）\n"
        "移住者数（市の支援制度を利\n88人                120人\n用した者に限る）\n"
    )
    findings = strategy_of(tmp_path, f"基本目標１　ひとを呼ぶ\n数値目標\n{table}")
    assert figures(findings) == {"移住者数（市の支援制度を利用した者に限る）": ("88人", "120人")}
    kinds = [value.kind for each in indicators(findings) for value in each.values]
    assert kinds == ["baseline", "target"]


def test_values_without_a_place_below_their_heads_are_not_given_to_columns(tmp_path: Path) -> None:
    """Nearer to each other than the columns are, they may be anything."""
    table = (
        "指標                            基準値（R5）        目標値（R11）\n"
        "移住者数（市の支援制度を利\n88人  120人\n用した者に限る）\n"
    )
    assert not figures(strategy_of(tmp_path, f"基本目標１　ひとを呼ぶ\n数値目標\n{table}"))


@pytest.mark.parametrize("note", ["※1", "＊２", "（注1）", " ※", "（※）"])
def test_the_mark_of_a_footnote_is_no_part_of_a_name(note: str, tmp_path: Path) -> None:
    table = TABLE.replace("新規創業件数    ", f"新規創業件数{note}   ")
    findings = strategy_of(tmp_path, f"基本目標１　しごとをつくる\n{table}{note.strip()} 登記のあるもの。\n")
    assert set(figures(findings)) == {"新規創業件数", "企業誘致件数"}


@pytest.mark.parametrize("cells", ["12件                60件", "12件\n60件"])
def test_a_line_with_a_mark_is_no_part_of_the_name_above(cells: str, tmp_path: Path) -> None:
    """A heading right below the last row, which is as wide as the names, is not the rest of its name."""
    head = (
        "指標            基準値（R5）        目標値（R11）" if "\n" not in cells else "指標\n基準値\n目標値"
    )
    between = "    " if "\n" not in cells else "\n"
    findings = strategy_of(
        tmp_path, f"基本目標１　しごとをつくる\n{head}\n新規創業件数{between}{cells}\n（１）就労の支援\n"
    )
    assert figures(findings) == {"新規創業件数": ("12件", "60件")}


@pytest.mark.parametrize(
    "table",
    [
        "指標\n基準値（R5）\n目標値（R11）\n起業者数（市の制度を利用した者に限る。）\n14人\n100人\n創業件数\n3件\n5件\n",
        (
            "指標                            基準値（R5）    目標値（R11）\n"
            "起業者数（市の制度を利用した    14人            100人\n者に限る。）\n"
            "創業件数                        3件             5件\n"
        ),
    ],
)
def test_a_sentence_in_brackets_ends_no_table(table: str, tmp_path: Path) -> None:
    """A name may say in brackets what is counted, with a full stop in them."""
    findings = strategy_of(tmp_path, f"基本目標１　しごとをつくる\n数値目標\n{table}")
    assert figures(findings) == {
        "起業者数（市の制度を利用した者に限る。）": ("14人", "100人"),
        "創業件数": ("3件", "5件"),
    }
