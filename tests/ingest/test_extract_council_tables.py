"""Council material: tables of opinions, minutes and schedules in the forms that cities use."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting.council import extract
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Milestone
from tests.ingest.blocks import Block, Document, Grid, Heading, Merged
from tests.ingest.councils import (
    BUS,
    CARE,
    CARE_ANSWER,
    FARM,
    HEADS,
    JOBS,
    JOBS_ANSWER,
    ROWS,
    TABLE,
    found,
    head,
    meeting,
    text,
    told,
)
from tests.ingest.documents import write

RULED = ["council.pdf", "council.docx"]


def read_of(folder: Path, name: str, *blocks: Block) -> Findings:
    return extract(read(write(Document(tuple(blocks)), folder / name)))


@pytest.mark.parametrize("name", RULED)
def test_response_to_several_opinions_in_one_cell(name: str, tmp_path: Path) -> None:
    """Entries in one cell are opinions of their own; the cell beside answers all of them, with a doubt."""
    grid = Grid(
        (("委員意見", "対応"), (f"・{JOBS}\n・{FARM}", f"・{JOBS_ANSWER}\n・{CARE_ANSWER}")), (220, 220)
    )
    opinions = meeting(read_of(tmp_path, name, *head(), grid)).opinions
    assert [each.passage.text for each in opinions] == [JOBS, FARM]
    [first], [second] = (each.responses for each in opinions)
    assert first == second
    assert first.doubt.confidence == 0.8


@pytest.mark.parametrize("name", RULED)
def test_numbers_in_both_cells_pair_them(name: str, tmp_path: Path) -> None:
    rows = (("意見", "回答"), (f"①{CARE}\n②{BUS}", "①実施箇所を増やす。\n②運転手の確保を支援する。"))
    findings = read_of(tmp_path, name, *head(), Grid(rows, (220, 220)))
    assert told(findings) == [(None, CARE, ["実施箇所を増やす。"]), (None, BUS, ["運転手の確保を支援する。"])]
    assert [each.responses[0].doubt.confidence for each in meeting(findings).opinions] == [1.0, 1.0]


@pytest.mark.parametrize("name", RULED)
def test_rows_that_hold_a_heading(name: str, tmp_path: Path) -> None:
    """A row of one merged cell is the category of those below; names of members and pages have columns of their own."""
    rows = (
        ("番号", "委員名", "該当箇所", "意見・質問等の内容", "回答（市の考え方）", "対応区分"),
        (Merged("基本目標１ しごとをつくる", columns=6), None, None, None, None, None),
        ("1", "甲野委員", "素案P10", JOBS, JOBS_ANSWER, "修正"),
        (Merged("基本目標２ 子どもを育てる", columns=6), None, None, None, None, None),
        ("2", "乙山委員", "素案P18", CARE, "実施箇所を増やす。", "記載済み"),
    )
    findings = read_of(
        tmp_path,
        name,
        Heading("見本町総合計画審議会における意見への対応"),
        Grid(rows, (30, 50, 50, 140, 140, 50)),
    )
    assert told(findings) == [
        ("基本目標１ しごとをつくる", JOBS, [JOBS_ANSWER]),
        ("基本目標２ 子どもを育てる", CARE, ["実施箇所を増やす。"]),
    ]
    assert [each.by.text for each in meeting(findings).opinions if each.by] == ["甲野委員", "乙山委員"]
    assert [each.responses[0].pages for each in meeting(findings).opinions] == [("素案P10",), ("素案P18",)]
    assert meeting(findings).name.text == "見本町総合計画審議会"


@pytest.mark.parametrize("name", [*RULED, "council.layout.txt"])
def test_minutes_in_a_table(name: str, tmp_path: Path) -> None:
    """Who speaks and what is said: the office is answered for, not heard; labels of the head stand in a table too."""
    label = Grid(
        (
            ("会議の名称", "令和６年度第１回見本町総合戦略推進会議"),
            ("開催日時", "令和６年７月５日（金）10時から"),
            ("開催場所", "見本町役場２階"),
            ("議題", "（１）総合戦略の検証について（２）骨子について"),
        ),
        (120, 320),
    )
    said = Grid(
        (
            ("発言者", "発言内容"),
            ("会長", "事務局から説明をお願いする。"),
            ("事務局", "（資料１により説明）"),
            ("Ａ委員", CARE),
            ("事務局", "実施箇所を増やす。"),
            ("Ｂ委員", BUS),
        ),
        (80, 360),
    )
    findings = read_of(tmp_path, name, label, said)
    assert told(findings) == [(None, CARE, ["実施箇所を増やす。"]), (None, BUS, [])]
    held = meeting(findings)
    assert (held.name.text, held.number, held.held_on) == (
        "令和６年度第１回見本町総合戦略推進会議",
        1,
        "2024-07-05",
    )
    assert held.place is not None
    assert held.place.text == "見本町役場２階"


def test_blank_response_in_text_may_be_a_merged_cell(tmp_path: Path) -> None:
    """Text does not show that a cell goes over two rows: no response is made up, and the reviewer is asked."""
    opinions = meeting(extract(read(write(TABLE, tmp_path / "council.layout.txt")))).opinions
    assert [(each.passage.text, len(each.responses), each.doubt.confidence) for each in opinions] == [
        (JOBS, 1, 1.0),
        (FARM, 0, 0.8),
        (CARE, 1, 1.0),
        (BUS, 0, 1.0),
    ]


def test_table_whose_lines_run_into_the_next_column_is_listed(tmp_path: Path) -> None:
    findings = found(text("特記   意見      対応", "とても長い言葉が続いて隣の列に入る", "終わり"), tmp_path)
    assert meeting(findings).opinions == ()
    assert any("とても長い言葉" in each.passage.text for each in findings.unread)


def test_response_without_an_opinion_is_listed(tmp_path: Path) -> None:
    findings = read_of(
        tmp_path, "council.docx", *head(), Grid((HEADS, ("1", "交通", "", CARE_ANSWER, "")), (1, 1, 1, 1, 1))
    )
    assert meeting(findings).opinions == ()
    assert CARE_ANSWER in [each.passage.text for each in findings.unread]


def test_cell_that_points_at_another(tmp_path: Path) -> None:
    """同上 is kept as printed, with a doubt: what it points at is not copied."""
    rows = (HEADS, *ROWS[2:3], ("4", "交通", BUS, "同上", ""))
    opinions = meeting(read_of(tmp_path, "council.docx", *head(), Grid(rows, (1, 1, 1, 1, 1)))).opinions
    assert (opinions[1].responses[0].passage.text, opinions[1].responses[0].doubt.confidence) == ("同上", 0.5)


# Schedules.


def steps(milestones: tuple[Milestone, ...]) -> list[tuple[str | None, str, str | None]]:
    return [
        (
            each.track.text if each.track else None,
            each.name.text,
            str(each.when.period.start) if each.when and each.when.period else None,
        )
        for each in milestones
    ]


@pytest.mark.parametrize("name", RULED)
@pytest.mark.parametrize(("first", "second"), [("令和６年", "令和７年"), ("令和６年度", None)])
def test_schedule_with_columns_of_years_and_bodies(
    name: str, first: str, second: str | None, tmp_path: Path
) -> None:
    """A column for each body, and a year or fiscal year over the months: February of FY2024 is in 2025."""
    rows = (
        ("年", "月", "推進会議", "市議会"),
        (Merged(first, rows=2 if second else 3), "７月", "骨子の協議", ""),
        (None, "12月", "素案の協議", "素案の報告"),
        (second, "２月", "原案の協議", ""),
    )
    findings = read_of(tmp_path, name, Heading("策定スケジュール"), Grid(rows, (60, 50, 140, 140)))
    assert steps(meeting(findings).milestones) == [
        ("推進会議", "骨子の協議", "2024-07-01"),
        ("推進会議", "素案の協議", "2024-12-01"),
        ("市議会", "素案の報告", "2024-12-01"),
        ("推進会議", "原案の協議", "2025-02-01"),
    ]


def test_schedule_whose_columns_are_months(tmp_path: Path) -> None:
    """A sign marks the step that the row names; words in a cell are a step of the row; what is drawn says nothing."""
    rows = (
        ("項目", "４月", "５月", "６月"),
        ("骨子の作成", "●", "", ""),
        ("推進会議", "", "第１回", "→"),
    )
    found_steps = steps(
        meeting(read_of(tmp_path, "council.docx", Heading("工程表"), Grid(rows, (1, 1, 1, 1)))).milestones
    )
    assert found_steps == [(None, "骨子の作成", None), ("推進会議", "第１回", None)]


def test_schedule_in_lines(tmp_path: Path) -> None:
    """Years printed over the months, a range into the next year, and the first ten days of a month."""
    lines = (
        "策定の経過",
        "令和５年",
        "９月～翌１月 アンケートの実施",
        "令和６年",
        "３月上旬 骨子の報告",
        "５月 公表",
    )
    assert steps(meeting(found("\n".join(lines), tmp_path)).milestones) == [
        (None, "アンケートの実施", "2023-09-01"),
        (None, "骨子の報告", "2024-03-01"),
        (None, "公表", "2024-05-01"),
    ]


def test_schedule_as_a_list(tmp_path: Path) -> None:
    lines = (
        "○今後の予定",
        "・令和７年１月　第２回会議",
        "・２月　パブリックコメント",
        "※公表は令和７年４月１日を予定しています。",
    )
    assert steps(meeting(found(text(*lines), tmp_path)).milestones) == [
        (None, "第２回会議", "2025-01-01"),
        (None, "パブリックコメント", "2025-02-01"),
        (None, "公表", "2025-04-01"),
    ]


def test_steps_of_the_state_are_listed(tmp_path: Path) -> None:
    """A column for the state beside the council's."""
    rows = (
        ("時期", "推進会議", "国・県"),
        ("令和６年７月", "骨子の協議", "基本方針の決定"),
        ("８月", "素案の協議", "－"),
    )
    findings = read_of(tmp_path, "council.docx", Heading("今後の日程"), Grid(rows, (1, 1, 1)))
    assert steps(meeting(findings).milestones) == [
        ("推進会議", "骨子の協議", "2024-07-01"),
        ("推進会議", "素案の協議", "2024-08-01"),
    ]
    assert any("基本方針の決定" in each.passage.text for each in findings.unread)
