"""Council material as councils print it: heads, results of public comments, times of schedules and whose they are."""

from pathlib import Path

import pytest

from sosei_graph.ingest.records import Findings, Plan
from tests.ingest.councils import found, meeting
from tests.ingest.extracted import plain

HEAD = "第２回例示市総合戦略推進会議　次第\n日時　令和６年８月５日（月）\n場所　例示市役所\n"


def agenda(findings: Findings) -> list[str]:
    return [passage.text for passage in meeting(findings).agenda]


def names(findings: Findings) -> tuple[str, str | None, str | None]:
    """Meeting, council and place."""
    held = meeting(findings)
    return (
        held.name.text,
        held.council.text if held.council else None,
        held.place.text if held.place else None,
    )


def steps(findings: Findings) -> list[tuple[str, str, str | None, str | None]]:
    """Name, time as printed, first and last day."""
    return [
        (
            step.name.text,
            step.when.printed.text if step.when else "",
            str(step.when.period.start) if step.when and step.when.period else None,
            str(step.when.period.end) if step.when and step.when.period else None,
        )
        for step in meeting(findings).milestones
    ]


def reasons(findings: Findings) -> list[str]:
    return [each.reason.en for each in findings.unread]


# Heads.


def test_text_that_has_lost_its_line_ends(tmp_path: Path) -> None:
    """What stands before the first label is the meeting; the place ends where the agenda begins."""
    body = (
        "第２回 見本町総合戦略推進本部会議 議事録（要旨） 日 時 令和６年６月29日 "
        "場 所 見本町役場 ３階委員会室 １．開会 ２．副町長あいさつ ３．協議事項 ① 見本町人口ビジョンについて "
        "② 見本町総合戦略について ４．質疑応答 ５．閉会 "
        "<副町長あいさつ> これから数回の会議を予定している。皆様の知恵を借りたい。"
    )
    findings = found(body, tmp_path)
    assert names(findings) == (
        "第２回 見本町総合戦略推進本部会議",
        "見本町総合戦略推進本部会議",
        "見本町役場 ３階委員会室",
    )
    assert agenda(findings) == ["見本町人口ビジョンについて", "見本町総合戦略について"]


def test_letters_of_labels_that_stood_below_each_other_are_no_name(tmp_path: Path) -> None:
    body = (
        "会 会 議 議 録 名 令和６年度 第１回見本町庁舎整備審議会 開 催 日 時 令和６年１月26日 開 催 場 所 見本町役場 "
        "本館 出 席 委 員 例示 太郎 （１）会議の公開等について 議 題 （３）基本構想について "
        "①基本構想の策定に係る経過について"
    )
    findings = found(body, tmp_path)
    assert names(findings)[:2] == ("令和６年度 第１回見本町庁舎整備審議会", "見本町庁舎整備審議会")
    assert agenda(findings) == []  # its first items stand elsewhere


def test_rules_of_a_table_are_no_words(tmp_path: Path) -> None:
    body = (
        "第２回例示市懇談会会議録\n日時 |\n令和６年３月20日 |\n場所 |\n例示会館 |\n会議次第 |\n"
        "1 開 会 2 議 題 (1)予算について(2)検証について 3 閉 会 |\n"
    )
    findings = found(body, tmp_path)
    assert names(findings)[2] == "例示会館"
    held = meeting(findings).held
    assert held
    assert held.text == "令和６年３月20日"
    assert agenda(findings) == ["予算について", "検証について"]


def test_council_above_the_number_belongs_to_the_title(tmp_path: Path) -> None:
    findings = found("見本町総合戦略推進会議\n令和６年度第２回会議資料\n\n令和６年11月13日（水）\n", tmp_path)
    assert findings.title
    assert findings.title.text == "見本町総合戦略推進会議 令和６年度第２回会議資料"
    assert names(findings)[:2] == ("令和６年度第２回会議", "見本町総合戦略推進会議")


def test_meeting_held_with_another_has_the_first_council(tmp_path: Path) -> None:
    findings = found(
        "審議会等名称　総合計画審議会第７回評価部会・第５回策定部会\n開催日時　令和６年４月28日\n", tmp_path
    )
    assert names(findings)[1] == "総合計画審議会評価部会"


def test_label_whose_letters_stand_in_two_lines(tmp_path: Path) -> None:
    """The plan before the number of a meeting is no part of the name of its council."""
    body = (
        "第３次計画第４期基本計画第１回総合計画審議会議事録\n日\n時：令和６年７月６日\n場\n所：例示市役所\n"
    )
    findings = found(body, tmp_path)
    assert names(findings)[1:] == ("総合計画審議会", "例示市役所")
    held = meeting(findings).held
    assert held
    assert held.text == "令和６年７月６日"


def test_number_with_a_point_before_a_word_that_counts(tmp_path: Path) -> None:
    body = f"{HEAD}議題\n1. 諮問\n2. 次期計画について\n3. 資料について\n"
    assert agenda(found(body, tmp_path)) == ["諮問", "次期計画について", "資料について"]


def test_bare_word_and_path_of_a_page_are_no_names(tmp_path: Path) -> None:
    assert names(found("例示計画の検討\n有識者\n会議\n幹事会\n", tmp_path))[0] == ""
    findings = found("庁 > 研究会 > 見本町有識者会議（第９回）\n日時　令和６年３月25日\n", tmp_path)
    assert findings.title
    assert findings.title.text == "見本町有識者会議（第９回）"


def test_greeting_of_the_chair_is_no_opinion(tmp_path: Path) -> None:
    body = f"{HEAD}１．会長あいさつ\n（会長）\nよい計画にしたいと思う。\n２．議事\n（委員）\n道を広げてほしい。\n"
    assert [plain(each.passage.text) for each in meeting(found(body, tmp_path)).opinions] == [
        "道を広げてほしい。"
    ]


# Results of public comments.

COMMENTS = """\
例示市行動計画（案）に対する意見募集の結果
募集期間
令和６年１月12日（金）～２月10日（土）
意見提出者数
８人
案件
１ 例示市行動計画（案）
"""


def test_numbered_opinions_with_answers_below_their_labels(tmp_path: Path) -> None:
    body = (
        f"{COMMENTS}\n意見１\n病児保育について\n内容\n場所を増やしてほしい。\n近くにないと困る。\n市の考え方\n検討します。\n\n"
        "意見２\n内容\n木を増やしてほしい。\n市の考え方\n参考とします。\n"
    )
    opinions = meeting(found(body, tmp_path)).opinions
    assert [
        (
            each.category.text if each.category else None,
            plain(each.passage.text),
            [answer.passage.text for answer in each.responses],
        )
        for each in opinions
    ] == [
        ("病児保育について", "場所を増やしてほしい。近くにないと困る。", ["検討します。"]),
        (None, "木を増やしてほしい。", ["参考とします。"]),
    ]


def test_results_of_public_comments_have_no_meeting(tmp_path: Path) -> None:
    """The time in which opinions were invited is no day of a meeting, and what they were invited on no agenda."""
    findings = found(COMMENTS.replace("に対する", "\nに対する"), tmp_path)
    held = meeting(findings)
    assert (held.name.text, held.held_on, held.agenda) == ("", None, ())
    assert findings.title
    assert findings.title.text == "例示市行動計画（案）に対する意見募集の結果"
    told = reasons(findings)
    assert any("public comments" in reason for reason in told)
    assert any("no opinion with its answer" in reason for reason in told)


# Times.


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("８月上旬", "2024-08-01", "2024-08-10"),
        ("９月中旬", "2024-09-11", "2024-09-20"),
        ("２月下旬", "2025-02-21", "2025-02-28"),
        ("10月中", "2024-10-01", "2024-10-31"),
        ("10月末", "2024-10-31", "2024-10-31"),
        ("12月中旬～１月上旬", "2024-12-11", "2025-01-10"),
        ("R6.11", "2024-11-01", "2024-11-30"),
        ("Ｒ７．２．10", "2025-02-10", "2025-02-10"),
        ("2025/3/31", "2025-03-31", "2025-03-31"),
        ("8/28(水)", "2024-08-28", "2024-08-28"),
        ("令和７年３月", "2025-03-01", "2025-03-31"),
        ("10月頃", None, None),
        ("10月xx日(x)", None, None),
    ],
)
def test_time_of_a_step(printed: str, first: str | None, last: str | None, tmp_path: Path) -> None:
    body = f"{HEAD}今後のスケジュール\n８月５日　骨子の協議\n{printed}　素案の協議\n"
    assert steps(found(body, tmp_path))[1] == ("素案の協議", printed, first, last)


def test_range_of_months_that_is_about_so_is_about_so(tmp_path: Path) -> None:
    body = f"{HEAD}今後のスケジュール\n８月５日　骨子の協議\n11～12月頃　公聴会\n"
    when = meeting(found(body, tmp_path)).milestones[1].when
    assert when
    assert when.period
    assert when.period.approximate


def test_hours_and_times_of_another_column_are_no_entries(tmp_path: Path) -> None:
    """The weekday and the hours below a day are of its time; what follows a bracketed time is of another column."""
    body = f"{HEAD}今後のスケジュール\n10月21日\n（月） 第２回会議\n18:30-20:30\n・調査について\n（10月～12月）\n調査\n"
    assert [step[:2] for step in steps(found(body, tmp_path))] == [
        ("第２回会議", "10月21日"),
        ("調査について", "10月21日"),
    ]


def test_month_of_the_paper_is_no_time_of_its_steps(tmp_path: Path) -> None:
    """Below the title stands when the paper was made; what its interleaved columns say is listed, not read."""
    body = (
        "例示計画策定スケジュール（案）\n令和６年７月\n有識者\n時期\n・方針の決定\n7/30\n8/6\n内容\n9\n月\n"
    )
    findings = found(body, tmp_path)
    assert steps(findings) == []
    assert any("interleaved" in reason for reason in reasons(findings))


# Whose plan.


def only(plans: tuple[Plan, ...]) -> Plan:
    (plan,) = plans
    return plan


def test_schedule_is_of_the_strategy_that_it_names(tmp_path: Path) -> None:
    """The latest one; a step that looks back on an earlier one does not count."""
    title = "第３期例示市総合戦略策定スケジュール"
    body = f"{HEAD}{title}\n８月５日　第２期例示市総合戦略の検証\n11月　第３期例示市総合戦略の素案\n"
    plan = only(found(body, tmp_path).plans)
    assert (plan.name.text, plan.edition, plan.is_only_named) == ("第３期例示市総合戦略", 3, True)
    assert plan.doubt.confidence == 0.6
    back = (
        f"{HEAD.replace('総合戦略', '計画')}スケジュール\n８月５日　第２期例示市総合戦略の検証\n11月　素案\n"
    )
    assert found(back, tmp_path).plans == ()


DRAFT = f"""\
{HEAD}
議題　第３期人口ビジョン及び総合戦略（素案）について

１．人口ビジョン（素案）の概要

計画期間

令和７年（2025年）～令和42年（2060年）

移動をゼロにし＋若い世代の
転入を引き上げ（-1.1％⇒1.0％）

２．第３期例示市総合戦略（素案）の概要

就業率（60％⇒65％）

基本目標１ 働く場をつくる
【数値目標】「住みよい」、「住み続けたい」と答えた人の割合

基本目標２ 人の流れをつくる
【数値目標】 転入者数
"""


def test_population_vision_set_out_beside_a_strategy(tmp_path: Path) -> None:
    """It has its own edition, stage and years, and the targets in its part; their names are whole and without verb."""
    strategy, vision = found(DRAFT, tmp_path).plans
    assert [(each.name.text, each.kind) for each in strategy.indicators] == [
        ("就業率", "KeyPerformanceIndicator")
    ]
    assert (vision.kind, vision.name.text, vision.edition, vision.stage) == (
        "PopulationVision",
        "第３期人口ビジョン",
        3,
        "draft",
    )
    assert vision.period
    assert vision.period.printed.text == "令和７年（2025年）～令和42年（2060年）"
    assert [(each.name.text, each.kind) for each in vision.indicators] == [
        ("若い世代の転入", "NumericTarget")
    ]
    assert vision.indicators[0].doubt.confidence == 0.6
    assert not vision.is_only_named


def test_words_after_quoted_answers_belong_to_all_of_them(tmp_path: Path) -> None:
    goal = found(DRAFT, tmp_path).plans[0].elements[0]
    assert [each.name.text for each in goal.indicators] == [
        "「住みよい」と答えた人の割合",
        "「住み続けたい」と答えた人の割合",
    ]
