"""Strategies, reports and plans of fictional municipalities: every layout of a document gives the same facts."""

from pathlib import Path

import pytest

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting import plan, progress, strategy
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Element, Findings, Indicator
from tests.ingest.extracted import elements, indicators, passages, plain, said
from tests.ingest.plans import ALTERNATING, GIFT_PLAN, STRATEGY, STRATEGY_FOUND, YEARLY_PLAN, written

LAYOUTS = ("pdf", "docx", "html", "md", "txt", "layout.txt", "rows", "cells")


def printed(found: tuple[Indicator, ...]) -> dict[str, tuple[str, ...]]:
    return {each.name.text: tuple(value.printed.text for value in each.values) for each in found}


def tree(goal: Element) -> dict[str, dict[str, tuple[str, ...]]]:
    """Indicators by measure, those of the goal itself under `""`."""
    measures = {part.name.text: printed(part.indicators) for part in goal.parts if part.kind == "Measure"}
    return {"": printed(goal.indicators), **measures}


def text_of(tmp_path: Path, text: str) -> Reading:
    path = tmp_path / "document.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_strategy_reads_the_same_in_every_layout(layout: str, tmp_path: Path) -> None:
    """Goals, measures and all values with kind and year, whether cells are ruled, kept apart by spaces or lost."""
    reading = read(written(STRATEGY, tmp_path, layout))
    findings = strategy.extract(reading)
    assert {goal.name.text: tree(goal) for goal in elements(findings, "BasicGoal")} == STRATEGY_FOUND
    years = {
        (value.kind, value.when.period.iri() if value.when and value.when.period else None)
        for each in indicators(findings)
        for value in each.values
    }
    assert years == {("baseline", "fy/2018"), ("target", "fy/2024")}
    kinds = {each.kind for goal in elements(findings, "BasicGoal") for each in goal.indicators}
    assert kinds == {"NumericTarget"}
    assert len(elements(findings, "Direction")) == 3
    assert not findings.unread
    assert all(said(passage, reading) == plain(passage.text) for passage in passages(findings))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_strategy_has_its_particulars_in_every_layout(layout: str, tmp_path: Path) -> None:
    findings = strategy.extract(read(written(STRATEGY, tmp_path, layout)))
    (found,) = findings.plans
    assert (found.name.text, found.edition) == ("第２期例示市まち・ひと・しごと創生総合戦略", 2)
    assert findings.issued == "2020-03"
    assert found.period
    assert found.period.period
    assert (str(found.period.period.start), str(found.period.period.end)) == ("2020-04-01", "2025-03-31")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_increases_by_year_are_no_amounts(layout: str, tmp_path: Path) -> None:
    """増加分 of a year is a change: 100人 is no number of guests, and the total is told from the years."""
    findings = plan.extract(read(written(YEARLY_PLAN, tmp_path, layout)))
    found = {each.name.text: each.values for each in indicators(findings)}
    assert set(found) == {"町内の宿泊者数", "体験プログラムの数"}
    values = found["町内の宿泊者数"]
    assert [(value.kind, value.printed.text) for value in values] == [
        ("baseline", "4,200人"),
        ("target", "100人"),
        ("target", "300人"),
        ("target", "400人"),
    ]
    figures = [value.figure for value in values if value.figure]
    assert [figure.change for figure in figures] == [None, "増加分", "増加分", "増加分"]
    assert [figure.cumulative for figure in figures] == [False, False, False, True]
    assert [value.when.printed.text if value.when else None for value in values] == [
        "事業開始前（現時点）",
        "令和３年度",
        "令和４年度",
        None,
    ]
    assert [each.code for each in findings.publisher] == ["16323"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_of_target_and_actual_alternate(layout: str, tmp_path: Path) -> None:
    """目標 and 実績 below each other, the unit in a column, what is not counted yet, the village's rating."""
    findings = progress.extract(read(written(ALTERNATING, tmp_path, layout)))
    found = {each.name.text: each for each in indicators(findings)}
    assert set(found) == {"村営住宅に入居した世帯の数", "健康診断を受けた人の割合", "直売所の売上額"}
    homes = found["村営住宅に入居した世帯の数"]
    assert [(value.kind, value.printed.text) for value in homes.values] == [
        ("target", "2"),
        ("target", "4"),
        ("target", "6"),
        ("actual", "1"),
        ("actual", "4"),
        ("actual", "集計中"),
    ]
    assert homes.values[5].absence == "not-yet-counted"
    assert homes.unit
    assert homes.unit.text == "世帯"
    assert homes.rating
    assert homes.rating.text == "Ｂ"
    sales = [value.figure.number for value in found["直売所の売上額"].values if value.figure]
    assert sales == [1000000, 1200000, 1500000, 980000, 1050000, 1100000]
    assert [len(goal.indicators) for goal in elements(findings, "BasicGoal")] == [2, 1]


LINES = {
    "・観光客の数 1,204人（H30）→1,500人（R6）": ("観光客の数", "1,204人", "1,500人"),
    "・観光客の数：基準 1,204人（R1）→ 目標 1,500人（R6）": ("観光客の数", "1,204人", "1,500人"),
    "○観光客の数： 1,204人（平成30年度） ⇒ 1,500人（令和６年度）": ("観光客の数", "1,204人", "1,500人"),
    "・観光客の数 現状値（H30）：1,204人 目標値（R6）：1,500人": ("観光客の数", "1,204人", "1,500人"),
    "・観光客の数（1,204人 → 1,500人）": ("観光客の数", "1,204人", "1,500人"),
    "・観光客の数\n　現状値：1,204人（H30）\n　目標値：1,500人（R6）": ("観光客の数", "1,204人", "1,500人"),
    "KPI① 観光客の数 【基準値】1,204人（H30） 【目標値】1,500人（R6）": ("観光客の数", "1,204人", "1,500人"),
    "・認証した品目の数： － 件/年 → 10件/年": ("認証した品目の数", "－ 件/年", "10件/年"),
    "・施設の整備 未整備（H30）→整備（R6）": ("施設の整備", "未整備", "整備"),
    "・観光客の数 1,204人（H30）→1,5\n00人（R6）": ("観光客の数", "1,204人", "1,500人"),
}


@pytest.mark.parametrize("line", LINES)
def test_indicator_in_a_line(line: str, tmp_path: Path) -> None:
    """Arrows, labels, brackets, values below the name, a line that ends in the middle of a number."""
    text = (
        f"例示市総合戦略\n\n基本目標１ 人が行き交うまちをつくる\n\n【数値目標】\n{line}\n\n【基本的方向】\n"
    )
    (found,) = indicators(strategy.extract(text_of(tmp_path, text)))
    assert (found.name.text, *(value.printed.text for value in found.values)) == LINES[line]
    assert [value.kind for value in found.values] == ["baseline", "target"]


NOT_READ = (
    "・いちごの生産額：２億396万円 → ４億3,0000万円",
    "・観光客の数 1,204人（H30）→1,300人（R4）→1,500人（R6）→1,600人（R8）→",
)


@pytest.mark.parametrize("line", NOT_READ)
def test_what_cannot_be_read_is_listed(line: str, tmp_path: Path) -> None:
    """A misprinted figure, a row of values that goes on: no value, but a passage with a reason."""
    text = f"例示市総合戦略\n\n基本目標１ 人が行き交うまちをつくる\n\n【数値目標】\n{line}\n"
    findings = strategy.extract(text_of(tmp_path, text))
    assert not [value for each in indicators(findings) for value in each.values]
    assert [plain(each.passage.text) for each in findings.unread] == [plain(line)]


def test_interim_value_of_a_strategy_is_not_guessed(tmp_path: Path) -> None:
    """The second of three values is an actual one in a report; in a strategy it may be an interim target."""
    text = "例示市総合戦略\n\n基本目標１ まちをつくる\n【数値目標】\n・観光客の数 10人（H30）→15人（R4）→20人（R6）\n"
    reading = text_of(tmp_path, text)
    (in_report,) = indicators(progress.extract(reading))
    assert [value.kind for value in in_report.values] == ["baseline", "actual", "target"]
    findings = strategy.extract(reading)
    (in_strategy,) = indicators(findings)
    assert [value.kind for value in in_strategy.values] == ["baseline", "target"]
    assert [each.passage.text for each in findings.unread] == ["15人（R4）"]


def test_page_number_is_no_value(tmp_path: Path) -> None:
    """A number at the end of a name that counts nothing is no target."""
    text = "例示市総合戦略\n\n基本目標１ まちをつくる\n【数値目標】\n・観光客の数\n・新規の求人数 27\n"
    found = list(indicators(strategy.extract(text_of(tmp_path, text))))
    assert all(not each.values for each in found)


HEADS = (
    """<html><body><h1>例示市総合戦略 進捗状況</h1><h2>基本目標１ しごとをつくる</h2>{table}</body></html>"""
)


def table(tmp_path: Path, rows: str) -> Findings:
    path = tmp_path / "table.html"
    path.write_text(HEADS.format(table=f"<table>{rows}</table>"), encoding="utf-8")
    return progress.extract(read(path))


def short(findings: Findings) -> list[tuple[str, list[tuple[str, str, str | None]]]]:
    return [
        (
            each.name.text,
            [
                (value.kind, value.printed.text, value.when.printed.text if value.when else None)
                for value in each.values
            ],
        )
        for each in indicators(findings)
    ]


def test_heads_over_heads_tell_kind_and_year(tmp_path: Path) -> None:
    """実績値 over R3 and R4; a cell over both years belongs to neither for certain."""
    findings = table(
        tmp_path,
        "<tr><th rowspan=2>指標</th><th rowspan=2>基準値(H30)</th>"
        "<th colspan=2>実績値</th><th rowspan=2>目標値(R6)</th></tr>"
        "<tr><th>R3</th><th>R4</th></tr>"
        "<tr><td>創業件数（件）</td><td>12</td><td>20</td><td>31</td><td>60</td></tr>"
        "<tr><td>出荷額（億円）</td><td>835</td><td colspan=2>840</td><td>900</td></tr>",
    )
    assert short(findings) == [
        (
            "創業件数",
            [
                ("baseline", "12", "H30"),
                ("actual", "20", "R3"),
                ("actual", "31", "R4"),
                ("target", "60", "R6"),
            ],
        ),
        ("出荷額", [("baseline", "835", "H30"), ("target", "900", "R6")]),
    ]
    assert [each.passage.text for each in findings.unread] == ["840"]
    yen = next(
        value.figure for each in indicators(findings) if each.name.text == "出荷額" for value in each.values
    )
    assert yen
    assert yen.number == 83500000000


def test_years_in_a_column_beside_the_values(tmp_path: Path) -> None:
    findings = table(
        tmp_path,
        "<tr><th rowspan=2>指標</th><th colspan=2>基準値</th><th colspan=2>目標値</th></tr>"
        "<tr><th>数値</th><th>年度</th><th>数値</th><th>年度</th></tr>"
        "<tr><td>観光客の数</td><td>35.2万人</td><td>H30</td><td>40万人</td><td>R6</td></tr>",
    )
    assert short(findings) == [("観光客の数", [("baseline", "35.2万人", "H30"), ("target", "40万人", "R6")])]


def test_table_that_lies_on_its_side(tmp_path: Path) -> None:
    findings = table(
        tmp_path,
        "<tr><th>指標</th><td colspan=2>移住の相談件数</td></tr><tr><th>現状値</th><td>120件</td><td>R1年度</td></tr>"
        "<tr><th>目標値</th><td>240件</td><td>R6年度</td></tr>",
    )
    assert short(findings) == [
        ("移住の相談件数", [("baseline", "120件", "R1年度"), ("target", "240件", "R6年度")])
    ]


def test_several_indicators_in_one_row_line_by_line(tmp_path: Path) -> None:
    findings = table(
        tmp_path,
        "<tr><th>KPI</th><th>現状値</th><th>目標値</th></tr>"
        "<tr><td>・空き家の登録件数<br>・お試し住宅の利用組数</td><td>15件<br>8組</td><td>40件<br>20組</td></tr>",
    )
    assert short(findings) == [
        ("空き家の登録件数", [("baseline", "15件", None), ("target", "40件", None)]),
        ("お試し住宅の利用組数", [("baseline", "8組", None), ("target", "20組", None)]),
    ]


def test_years_without_a_kind_are_not_guessed(tmp_path: Path) -> None:
    """Without a baseline or target beside them, R2 to R4 can be either."""
    findings = table(
        tmp_path,
        "<tr><th>指標名</th><th>R2</th><th>R3</th><th>R4</th></tr>"
        "<tr><td>転入者の数</td><td>100人</td><td>110人</td><td>120人</td></tr>",
    )
    assert short(findings) == [("転入者の数", [])]
    assert [each.passage.text for each in findings.unread] == ["100人 110人 120人"]


def test_present_value_beside_a_baseline_is_the_latest(tmp_path: Path) -> None:
    findings = table(
        tmp_path,
        "<tr><th>指標名</th><th>基準値(H30)</th><th>現状値(R4)</th><th>目標値(R6)</th><th>評価</th></tr>"
        "<tr><td>図書館の利用者数</td><td>9,000人</td><td>9,500人</td><td>10,000人</td><td>順調</td></tr>",
    )
    assert [kind for kind, _, _ in short(findings)[0][1]] == ["baseline", "actual", "target"]
    (found,) = indicators(findings)
    assert found.rating
    assert found.rating.text == "順調"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_plan_ties_its_kpis_to_goals_and_lists_its_projects(layout: str, tmp_path: Path) -> None:
    """ア and 基本目標１ stand in cells over two rows; a project's initiatives stand below 【具体的な事業】."""
    reading = read(written(GIFT_PLAN, tmp_path, layout))
    findings = plan.extract(reading)
    goals = {goal.name.text: printed(goal.indicators) for goal in elements(findings, "BasicGoal")}
    assert goals == {
        "仕事をつくり、働く人をふやす": {
            "新しく雇われた人の数": ("120人", "150人"),
            "起業した件数（累計）": ("８件", "40件"),
        },
        "子どもを育てやすいまちをつくる": {
            "合計特殊出生率": ("1.38", "1.50"),
            "待機児童の数": ("０人", "０人"),
        },
    }
    projects = {
        each.notation.text: [part.name.text for part in each.parts]
        for each in elements(findings, "Project")
        if each.notation
    }
    assert projects == {
        "ア": ["企業の見学会の開催", "起業を支える窓口の設置"],
        "イ": ["子育てを支える拠点の整備"],
    }
    (found,) = findings.plans
    assert (found.edition, [each.code for each in found.adopted_by]) == (3, ["16204"])
    assert found.period
    assert found.period.period is None, "the day of approval is not known"
    assert all(said(passage, reading) == plain(passage.text) for passage in passages(findings))
