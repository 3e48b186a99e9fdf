"""KPIs of regional revitalization plans: yearly columns, signs with a legend, aims in lines, cells without columns."""

from collections import Counter
from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import plan
from sosei_graph.ingest.extracting.goals import merging, stretches
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.targets import CUT
from sosei_graph.ingest.extracting.indicators.rows import NO_NAME
from sosei_graph.ingest.extracting.plan.aims import NOT_READ
from sosei_graph.ingest.extracting.plan.increases import NOT_TOLD
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Indicator, Passage, Value
from sosei_graph.workspace import Workspace
from tests.ingest.blocks import Document, Entry, Grid, Paragraph
from tests.ingest.drafts import drafted
from tests.ingest.extracted import indicators
from tests.ingest.plans import written

LAYOUTS = ("pdf", "docx", "html", "md", "txt", "layout.txt", "rows", "cells")
BEFORE = "事業開始前（現時点）"
TOTAL = "ＫＰＩ増加分の累計"


def plan_of(*blocks: Paragraph | Grid) -> Document:
    head = (
        "地域再生計画",
        "１ 地域再生計画の名称",
        "見本の計画",
        "２ 地域再生計画の作成主体の名称",
        "富山県魚津市",
    )
    tail = ("５ 地域再生を図るために行う事業", "５－１ 全体の概要", "６ 計画期間", "平成29年度～平成33年度")
    aims = ("４ 地域再生計画の目標", "【数値目標】")
    return Document((*map(Paragraph, (*head, *aims)), *blocks, *map(Paragraph, tail)))


def table(*rows: tuple[Entry, ...]) -> Grid:
    return Grid(rows, (110.0, *(80.0 for _ in rows[0][1:])))


def text_of(tmp_path: Path, aims: str) -> Findings:
    path = tmp_path / "plan.txt"
    path.write_text(
        f"地域再生計画\n１ 地域再生計画の名称\n見本の計画\n４ 地域再生計画の目標\n{aims}\n"
        "５ 地域再生を図るために行う事業\n５－１ 全体の概要\n６ 計画期間\n令和７年度～令和11年度\n",
        encoding="utf-8",
    )
    return plan.extract(read(path))


def found_in(document: Document, layout: str, tmp_path: Path) -> tuple[dict[str, Indicator], Findings]:
    findings = plan.extract(read(written(document, tmp_path, layout)))
    return {each.name.text: each for each in indicators(findings)}, findings


def told(value: Value) -> tuple[str, str | None, str | None]:
    """Print, number, and the word that makes it a change."""
    figure = value.figure
    return (
        value.printed.text,
        str(figure.number) if figure else value.absence,
        figure.change if figure else None,
    )


INCREASES = plan_of(
    table(
        ("", BEFORE, "平成29年度（１年目）", "平成30年度（２年目）", "平成31年度（３年目）"),
        ("広場の利用者数", "5,000人", "400人", "400人", "400人"),
        ("店の数", "０店", "１店", "１店", "１店"),
        ("", "平成32年度（４年目）", "平成33年度（５年目）", TOTAL, ""),
        ("広場の利用者数", "400人", "400人", "2,000人", ""),
        ("店の数", "１店", "２店", "６店", ""),
    )
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_years_that_add_up_to_the_total_are_increases(layout: str, tmp_path: Path) -> None:
    """No word makes 400人 of a year an increase, but five of them are the total; the years go on below."""
    found, findings = found_in(INCREASES, layout, tmp_path)
    assert [told(value) for value in found["広場の利用者数"].values] == [
        ("5,000人", "5000", None),
        *[("400人", "400", "増加分")] * 5,
        ("2,000人", "2000", "増加分"),
    ]
    years = [value.when.period.iri() for value in found["店の数"].values if value.when and value.when.period]
    assert years == [None, "fy/2017", "fy/2018", "fy/2019", "fy/2020", "fy/2021"]
    assert [value.figure.cumulative for value in found["店の数"].values if value.figure] == [
        *[False] * 6,
        True,
    ]
    assert len(found) == 2
    assert not findings.unread


def yearly(*cells: str) -> Document:
    return plan_of(
        table(("", BEFORE, "平成29年度（１年目）", "平成30年度（２年目）", TOTAL), ("客の数", *cells))
    )


def test_years_that_end_at_baseline_and_total_are_amounts(tmp_path: Path) -> None:
    """100, then 120 and 150, with a total of 50: they are amounts."""
    found, _ = found_in(yearly("100人", "120人", "150人", "50人"), "html", tmp_path)
    assert [told(value)[1:] for value in found["客の数"].values] == [
        ("100", None),
        ("120", None),
        ("150", None),
        ("50", "増加分"),
    ]


@pytest.mark.parametrize(
    "cells", [("100人", "20人", "30人", "60人"), ("100人", "20人", "約30人以上", "50人")]
)
def test_years_that_fit_neither_are_listed(cells: tuple[str, ...], tmp_path: Path) -> None:
    """20 and 30 are not 60, nor does 30 lie 60 above 100: what they are is not certain."""
    found, findings = found_in(yearly(*cells), "html", tmp_path)
    assert [value.printed.text for value in found["客の数"].values] == [cells[0], cells[3]]
    assert [(each.passage.text, each.reason) for each in findings.unread] == [
        (cells[1], NOT_TOLD),
        (cells[2], NOT_TOLD),
    ]


def test_years_without_any_increase_in_the_plan_are_amounts(tmp_path: Path) -> None:
    """Where the plan does not speak of increases, a year holds its target."""
    grid = table(
        ("", BEFORE, "平成29年度（１年目）", "平成30年度（２年目）"), ("客の数", "０人", "20人", "30人")
    )
    found, findings = found_in(plan_of(grid), "html", tmp_path)
    assert [told(value)[1:] for value in found["客の数"].values] == [("0", None), ("20", None), ("30", None)]
    assert not findings.unread


LEGEND = plan_of(
    table(
        ("ＫＰＩ①", "森を訪れる人の数", "単位", "千人"),
        ("ＫＰＩ②", "働く人の数", "単位", "人"),
        ("ＫＰＩ③", "－", "単位", "－"),
    ),
    table(
        ("", BEFORE, "2020年度増加分 １年目", "2021年度増加分 ２年目", TOTAL),
        ("ＫＰＩ①", "950.00", "10.00", "20.00", "30.00"),
        ("ＫＰＩ②", "0.00", "2.00", "－", "2.00"),
        ("ＫＰＩ③", "－", "－", "－", "－"),
    ),
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_signs_stand_for_the_names_and_units_of_a_list(layout: str, tmp_path: Path) -> None:
    """ＫＰＩ① is named before the table with its unit, 千人; a dash in the list is no indicator."""
    found, findings = found_in(LEGEND, layout, tmp_path)
    assert set(found) == {"森を訪れる人の数", "働く人の数"}
    visitors = found["森を訪れる人の数"]
    assert [told(value)[1:] for value in visitors.values] == [
        ("950000.00", None),
        ("10000.00", "増加分"),
        ("20000.00", "増加分"),
        ("30000.00", "増加分"),
    ]
    assert {value.figure.unit for value in visitors.values if value.figure} == {"人"}
    assert (visitors.notation and visitors.notation.text, visitors.unit and visitors.unit.text) == (
        "ＫＰＩ①",
        "千人",
    )
    assert [told(value)[1] for value in found["働く人の数"].values] == ["0.00", "2.00", "blank-mark", "2.00"]
    assert not findings.unread


UNSURE = (
    "",
    "ＫＰＩ① 森を訪れる人の数 単位 人\nＫＰＩ① 森で働く人の数 単位 人\n",
    "ＫＰＩ① 森を訪れる人の数のうち 単位 人\n町の外から来た人の数\n",
)


@pytest.mark.parametrize("listed", UNSURE)
def test_a_sign_without_a_certain_name_is_listed(listed: str, tmp_path: Path) -> None:
    """No list, one that names the sign twice, or a name that may go on below it: 10.00 of what is not known."""
    table = "ＫＰＩ\n現状値（計画開始時点）\n目標値（2029年度）\nＫＰＩ①\n10.00\n12.00"
    findings = text_of(tmp_path, f"{listed}{table}")
    assert not list(indicators(findings))
    assert [(each.passage.text, each.reason) for each in findings.unread] == [
        ("ＫＰＩ① 10.00 12.00", NO_NAME)
    ]


HEAD = "ＫＰＩ\n現状値（計画開始時点）\n目標値（2029年度）\n"
CELLS = {
    "働く人の数\n20人\n（2019年度）\n120人\n（2024年度）\n魚の水揚げ額\n85億円\n（R1）\n90億円\n（R6）": [
        ("働く人の数", [("20人", "fy/2019"), ("120人", "fy/2024")]),
        ("魚の水揚げ額", [("85億円", "fy/2019"), ("90億円", "fy/2024")]),
    ],
    "働く人の数 20人 120人\n（R1） （R6）\n魚の水揚げ額 85億円 90億円": [
        ("働く人の数", [("20人", "fy/2019"), ("120人", "fy/2024")]),
        ("魚の水揚げ額", [("85億円", None), ("90億円", "fy/2029")]),
    ],
    "働く人の数 20人 120人\n（令和元年度）\n魚の水揚げ額 85億円 90億円": [
        ("働く人の数", [("20人", None), ("120人", "fy/2029")]),
        ("魚の水揚げ額", [("85億円", None), ("90億円", "fy/2029")]),
    ],
    "働く人の数\n20人\n2025～2029年度累計で300人\n魚の水揚げ額\n85億円\n90億円": [
        ("働く人の数", [("20人", None), ("300人", None)]),
        ("魚の水揚げ額", [("85億円", None), ("90億円", "fy/2029")]),
    ],
    "待つ子どもの数\n０人\n現状維持\n魚の水揚げ額\n85億円\n90億円": [
        ("待つ子どもの数", [("０人", None), ("現状維持", "fy/2029")]),
        ("魚の水揚げ額", [("85億円", None), ("90億円", "fy/2029")]),
    ],
}


@pytest.mark.parametrize("cells", CELLS)
def test_cells_on_lines_of_their_own(cells: str, tmp_path: Path) -> None:
    """Times below the values are theirs, of one below two it is not told whose; 現状維持 is no baseline."""
    found = list(indicators(text_of(tmp_path, HEAD + cells)))
    assert [
        (
            each.name.text,
            [
                (value.printed.text, value.when and value.when.period and value.when.period.iri())
                for value in each.values
            ],
        )
        for each in found
    ] == CELLS[cells]
    assert [[value.kind for value in each.values] for each in found] == [["baseline", "target"]] * 2


def test_a_row_after_a_broken_one_is_read(tmp_path: Path) -> None:
    """A row that lacks a value ends where the next whole row begins: neither is a part of the other's name."""
    rows = "働く人の数\n20人\n生まれた子どもの数 10人 12人\n町に住みたい人の割合\n50％\n60％"
    findings = text_of(tmp_path, HEAD + rows)
    found = {each.name.text: [value.printed.text for value in each.values] for each in indicators(findings)}
    assert found == {"生まれた子どもの数": ["10人", "12人"], "町に住みたい人の割合": ["50％", "60％"]}
    assert [each.passage.text for each in findings.unread] == ["働く人の数 20人"]


def test_rows_that_are_not_told_apart_make_no_name(tmp_path: Path) -> None:
    """Words with the values of other rows in them are no name."""
    rows = "ア 働く人の数 10人 12人 仕事をつくる\nイ 訪れる人の数 50人 80人 人を呼ぶ\n町に住みたい人の割合 50％ 60％"
    findings = text_of(tmp_path, "事業\n" + HEAD + "基本目標\n" + rows)
    assert all("10人" not in each.name.text for each in indicators(findings))
    assert findings.unread


def test_a_head_that_is_cut_within_brackets_keeps_its_time(tmp_path: Path) -> None:
    """現状値（計画 over 開始時点） is one head, though each line of it is one, too."""
    layout = (
        "ＫＰＩ                        現状値（計画      目標値（2029\n"
        "                              開始時点）        年度）\n"
        "働く人の数                    20人              30人\n"
        "訪れる人の数                  50人              80人\n"
    )
    (first, *_) = indicators(text_of(tmp_path, layout))
    assert [value.when and value.when.printed.text for value in first.values] == ["計画開始時点", "2029年度"]


def test_a_group_holds_below_a_row_that_is_not_read(tmp_path: Path) -> None:
    """A line may belong to the name above it or below it; the goal of these rows is that of the row after them."""
    layout = (
        "・基本目標１ 仕事をつくる\n・基本目標２ 人を呼ぶ\n"
        "ＫＰＩ                  現状値   目標値（R11）   基本目標\n"
        "働く人の数              20人     30人            基本目標１\n"
        "町の外から移り住んだ    50人     80人            基本目標２\n"
        "若い世代の人の割合と\n"
        "子どもを育てる家の数    60人     90人\n"
        "訪れる人の数            70人     95人\n"
    )
    findings = text_of(tmp_path, layout)
    (found,) = findings.plans
    assert len(findings.unread) == 2
    assert [[each.name.text for each in goal.indicators] for goal in found.elements] == [
        ["働く人の数"],
        ["訪れる人の数"],
    ]


def test_values_that_stand_askew_are_taken_in_their_order(tmp_path: Path) -> None:
    """A line with a name and a value for each column needs no columns that stand above each other."""
    layout = (
        f"　　　　　　　　　　　{BEFORE}　　2025年度増加分　　2026年度増加分　　{TOTAL}\n"
        "働く人の数　　100人　　　１人　　　２人　　　３人\n"
        "訪れる人の数　　　　　　　　　1,000人　　10人　　－　　10人\n"
    )
    found = {
        each.name.text: [told(value)[1] for value in each.values]
        for each in indicators(text_of(tmp_path, layout))
    }
    assert found == {"働く人の数": ["100", "1", "2", "3"], "訪れる人の数": ["1000", "10", "blank-mark", "10"]}


AIMS = {
    "（目標１）汚水処理人口普及率を78.4％から93.9％に向上": ("汚水処理人口普及率", "78.4％", "93.9％"),
    "（目標２）水をきれいにする（普及率を７０％（平成26年度末）から８０％（平成31年度末）に向上）": (
        "普及率",
        "７０％",
        "８０％",
    ),
    "（目標３）間伐の面積（平成26年 150ha → 平成31年 200ha）": ("間伐の面積", "150ha", "200ha"),
    "（目標４）観光の振興\n　　　訪れる人の数　1,200千人（平成26年度）→1,300千人（平成31年度）": (
        *("訪れる人の数", "1,200千人", "1,300千人"),
    ),
}


@pytest.mark.parametrize("aim", AIMS)
def test_aims_in_lines_are_read(aim: str, tmp_path: Path) -> None:
    """From baseline to target with an arrow or in words, below a heading or in its brackets."""
    (found,) = indicators(text_of(tmp_path, f"人口が減っている。\n{aim}\n"))
    assert (found.name.text, *(value.printed.text for value in found.values)) == AIMS[aim]
    assert [value.kind for value in found.values] == ["baseline", "target"]


@pytest.mark.parametrize(
    "aim",
    [
        "・訪れる人の\n多い町の数　12→13件",
        "（目標１）人口を12人から15％に増加",
        "人口は100人から90人に減少した。",
    ],
)
def test_aims_that_are_not_certain_are_none(aim: str, tmp_path: Path) -> None:
    """A line that may be a heading or the first of a name; two units; a sentence on what was."""
    findings = text_of(tmp_path, f"{aim}\n")
    assert not list(indicators(findings))
    assert [each.reason for each in findings.unread] == ([CUT] if "→" in aim else [])


def test_figures_that_are_not_read_are_listed(tmp_path: Path) -> None:
    """Columns of years in a row of KPIs: of a table that is not read the reviewer is told."""
    rows = "【数値目標】\nＫＰＩ 働く人の数 訪れる人の数\n申請時 12人 45人 平成28年３月\n初年度 15人 60人 平成29年３月"
    findings = text_of(tmp_path, rows)
    assert not list(indicators(findings))
    (unread,) = findings.unread
    assert unread.reason == NOT_READ
    assert "申請時 12人 45人" in unread.passage.text


def test_a_time_before_the_project_is_not_its_first_day(reiji: Workspace, tmp_path: Path) -> None:
    """事業開始前（現時点） has no date; 計画開始時点 is the day on which the plan begins."""
    reading = read(written(yearly("100人", "20人", "30人", "50人"), tmp_path, "txt"))
    facts = drafted(reading, plan.extract(reading), reiji).notes.facts
    node = next(
        fact.subject
        for fact in facts
        if fact.predicate.endswith("statedPeriod")
        and fact.object.value == BEFORE
        and "/period/" in fact.subject
    )
    said = {fact.predicate.rsplit("#", 1)[-1] for fact in facts if fact.subject == node}
    assert "absenceReason" in said
    assert "startDate" not in said


def test_a_long_list_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """How an entry begins is looked at once a line, and only indicators of one name are held against each other."""
    styles, pairs = Counter[str](), Counter[str]()
    style = stretches._style

    def counted(words: Wording) -> str | None:
        styles[words.text] += 1
        return style(words)

    def never(one: Indicator, two: Indicator) -> bool:
        pairs[one.name.text + two.name.text] += 1
        return False

    monkeypatch.setattr(stretches, "_style", counted)
    monkeypatch.setattr(merging, "agree", never)
    texts = ["【数値目標】", *(f"{number}人の町の数" for number in range(50))]
    lines = [
        Line(Wording(text, tuple(range(len(text)))), number, 0, 0, parted=True)
        for number, text in enumerate(texts)
    ]
    assert len(list(stretches.stretches(lines, frozenset()))) == 50
    assert max(styles.values()) <= 2
    assert (
        len(merging.merged([Indicator("KeyPerformanceIndicator", Passage(text, ())) for text in texts])) == 51
    )
    assert not pairs
