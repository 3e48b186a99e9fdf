"""Council material: the real one against its reviewed graph, a fictional meeting in many forms and formats."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting.council import extract
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Passage
from sosei_graph.store.memory import Store
from tests.ingest.councils import (
    AGENDA,
    BUS,
    CARE,
    CARE_ANSWER,
    FARM,
    JOBS,
    JOBS_ANSWER,
    OPINIONS,
    OVER_PAGES,
    STEPS,
    TABLE,
    found,
    meeting,
    passages_hold,
    text,
    told,
)
from tests.ingest.documents import write
from tests.test_data import values

MEETING = "https://w3id.org/sosei/id/meeting/01213/strategy-council/2024-2"
MILESTONES = "https://w3id.org/sosei/id/plan/01213/comprehensive-strategy-3/milestone/"


# The real material.


@pytest.fixture(scope="module")
def real(sources: Path) -> Findings:
    return extract(read(sources / "tomakomai-strategy-council.txt"))


def span(passage: Passage | None) -> str:
    assert passage is not None
    return f"{passage.spans[0].start},{passage.spans[-1].end}"


def graph_spans(store: Store, iri: str) -> set[str]:
    rows = values(store, f"SELECT ?e WHERE {{ <{iri}> sosei:evidence ?e }}")
    return {evidence.split("char=")[1] for (evidence,) in rows}


def test_meeting_of_the_real_material(real: Findings, real_store: Store) -> None:
    """Name, number, day, room and council stand where the graph has them."""
    held = meeting(real)
    spans = {span(each) for each in (held.name, held.held, held.place)}
    assert spans <= graph_spans(real_store, MEETING)
    rows = values(real_store, f"SELECT ?n ?day WHERE {{ <{MEETING}> sosei:ordinal ?n ; sosei:heldOn ?day }}")
    assert [(str(held.number), held.held_on)] == rows
    council = values(real_store, f"SELECT ?n WHERE {{ <{MEETING}> sosei:heldBy/sosei:statedName ?n }}")
    assert held.council is not None
    assert [(held.council.text,)] == council


def test_agenda_of_the_real_material(real: Findings, real_store: Store) -> None:
    """The three items, exactly, though the first takes two lines."""
    pattern = f"?i sosei:agendaOf <{MEETING}> ; sosei:ordinal ?n ; sosei:statedName ?name"
    rows = values(real_store, f"SELECT ?name WHERE {{ {pattern} }} ORDER BY ?n")
    assert [item.text for item in meeting(real).agenda] == [name for (name,) in rows]


def test_opinions_of_the_real_material_are_those_of_the_graph(real: Findings, real_store: Store) -> None:
    """Nine opinions in their categories, and for each the response, all at the same places."""
    rows = values(
        real_store,
        f"""
        SELECT ?n ?category ?opinion ?response ?r ?place WHERE {{
          ?opinion sosei:raisedAt <{MEETING}> ; sosei:ordinal ?n ; sosei:statedCategory ?category .
          ?response sosei:respondsTo ?opinion ; sosei:ordinal ?r ; sosei:statedPlace ?place .
        }} ORDER BY ?n
        """,
    )
    assert len(rows) == 9
    opinions = meeting(real).opinions
    assert [str(each.ordinal) for each in opinions] == [row[0] for row in rows]
    for each, (_, category, opinion, response, number, place) in zip(opinions, rows, strict=True):
        [answer] = each.responses
        assert each.category is not None
        assert each.category.text == category
        assert span(each.passage) in graph_spans(real_store, opinion)
        assert span(answer.passage) in graph_spans(real_store, response)
        assert (str(answer.ordinal), answer.pages) == (number, (place,))


def test_responses_told_by_their_wording_are_doubtful(real: Findings) -> None:
    """The columns are lost: where a category has several opinions, only the wording tells where the response begins."""
    confidence = {
        each.responses[0].ordinal: each.responses[0].doubt.confidence for each in meeting(real).opinions
    }
    assert confidence == {1: 0.7, 2: 0.9, 3: 0.7, 4: 0.9, 5: 0.9, 6: 0.9, 7: 0.9}


def test_schedule_of_the_real_material(real: Findings, real_store: Store) -> None:
    """What each meeting deals with, with its day or month; the column of meetings, which is torn off, is listed."""
    rows = values(
        real_store,
        f"""
        SELECT ?m ?start ?end WHERE {{
          ?m a sosei:Milestone ; dcterms:isPartOf ?council ; sosei:period ?p .
          FILTER(STRSTARTS(STR(?m), "{MILESTONES}council-")) ?p sosei:startDate ?start ; sosei:endDate ?end
        }} ORDER BY ?m
        """,
    )
    wanted = {(end, first, last) for m, first, last in rows for end in graph_spans(real_store, m)}
    steps = {
        (span(each.name), str(each.when.period.start), str(each.when.period.end))
        for each in meeting(real).milestones
        if each.when and each.when.period
    }
    names = {entry[0] for entry in wanted}
    assert len([step for step in steps if step[0] in names]) == len(rows) == 8
    assert {step for step in steps if step[0] in names} <= wanted
    assert any(
        "【第１回】" in each.passage.text and "市議会提出" in each.passage.text for each in real.unread
    )


def test_steps_of_other_bodies_in_the_real_material_are_listed(real: Findings) -> None:
    """The state's and the prefecture's column says nothing of the city's plan."""
    steps = {each.name.text for each in meeting(real).milestones}
    assert "完成版の公表" in steps
    assert not {name for name in steps if "北海道" in name or "次期戦略" in name or "意見照会" in name}
    assert any("北海道創生協議会" in each.passage.text for each in real.unread)


def test_draft_in_the_real_material(real: Findings) -> None:
    """The draft with its four goals, the population vision, and the strategy before with its nineteen actions."""
    plans = [(plan.kind, plan.edition, len(plan.elements), plan.is_only_named) for plan in real.plans]
    assert plans == [
        ("ComprehensiveStrategy", 3, 4, False),
        ("PopulationVision", 3, 0, False),
        ("ComprehensiveStrategy", 2, 19, True),
    ]


# The same meeting as tables in several formats.


@pytest.mark.parametrize("name", ["council.pdf", "council.docx", "council.html", "council.xlsx"])
def test_table_of_opinions(name: str, tmp_path: Path) -> None:
    """Five columns with merged cells: a response over two rows answers both opinions, － is no response."""
    reading = read(write(TABLE, tmp_path / name))
    findings = extract(reading)
    opinions = meeting(findings).opinions
    assert [
        (
            each.category.text if each.category else None,
            each.passage.text,
            each.responses[0].passage.text if each.responses else None,
            each.responses[0].pages if each.responses else (),
        )
        for each in opinions
    ] == OPINIONS
    assert [each.ordinal for opinion in opinions for each in opinion.responses] == [1, 1, 2]
    assert passages_hold(findings, reading)


@pytest.mark.parametrize("name", ["council.pdf", "council.docx", "council.html", "council.layout.txt"])
def test_head_and_schedule(name: str, tmp_path: Path) -> None:
    """Labels with their values, the agenda, and a schedule whose years follow from the row of today."""
    held = meeting(extract(read(write(TABLE, tmp_path / name))))
    assert held.council is not None
    assert held.place is not None
    assert (held.name.text, held.council.text) == ("第３回例示市総合戦略推進会議", "例示市総合戦略推進会議")
    assert (held.number, held.held_on, held.place.text.split()) == (
        3,
        "2024-11-20",
        ["例示市役所３階", "大会議室"],
    )
    assert [item.text for item in held.agenda] == AGENDA
    assert [
        (each.name.text, str(each.when.period.start), str(each.when.period.end))
        for each in held.milestones
        if each.when and each.when.period
    ] == STEPS
    assert [each.doubt.confidence for each in held.milestones] == [0.8, 1.0, 0.8, 0.8]


def test_schedule_without_a_known_row_has_no_years(tmp_path: Path) -> None:
    held = meeting(
        found("見本町推進会議\n今後のスケジュール\n９月　骨子の協議\n12月　素案の協議\n", tmp_path)
    )
    assert [(each.name.text, each.when and each.when.period) for each in held.milestones] == [
        ("骨子の協議", None),
        ("素案の協議", None),
    ]


def test_opinion_that_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    """The rest of a row on the next page is joined to it, and said to be."""
    findings = extract(read(write(OVER_PAGES, tmp_path / "council.pdf")))
    assert told(findings) == [("子育て", CARE, [CARE_ANSWER]), ("交通", BUS, [])]
    assert meeting(findings).opinions[0].doubt.confidence == 0.8


# Text.


def test_columns_kept_apart_by_spaces(tmp_path: Path) -> None:
    """Numbers tell where the rows of layout text begin."""
    body = text(
        "No.  区分      意見                            市の考え方",
        "1    しごと    周辺の地区にも仕事をつくる      施策に追加し、空き家の活用",
        "               べきではないか。                と合わせて取り組む。",
        "2    子育て    病児保育の場所が足りない        実施箇所を増やすことを",
        "               と感じる。                      検討する。",
    )
    assert told(found(body, tmp_path)) == [
        (
            "しごと",
            "周辺の地区にも仕事をつくるべきではないか。",
            ["施策に追加し、空き家の活用と合わせて取り組む。"],
        ),
        ("子育て", "病児保育の場所が足りないと感じる。", ["実施箇所を増やすことを検討する。"]),
    ]


def test_columns_whose_rows_cannot_be_told_are_listed(tmp_path: Path) -> None:
    """No numbers, no blank lines, and sentences that end beside each other within a row: nothing is guessed."""
    body = text(
        "意見                            市の考え方",
        "仕事が足りない。                企業を招く。",
        "若者が出ていく。                就職を助ける。",
        "バスが減った。                  便を見直す。",
    )
    findings = found(body, tmp_path)
    assert meeting(findings).opinions == ()
    [unread] = [each for each in findings.unread if "バスが減った" in each.passage.text]
    assert "一通り" in unread.reason.ja


def test_cells_one_after_the_other(tmp_path: Path) -> None:
    """The heads stand in one line, a row is a category, paragraphs and a page; the wording parts them."""
    body = text(
        "区分 委員の意見 市の対応方針 該当箇所", "しごと", f"・{JOBS}", f"・{FARM}", f"・{JOBS_ANSWER}", "P12",
        "子育て", f"・{CARE}", f"・{CARE_ANSWER.split('（', maxsplit=1)[0]}", "P18",
    )  # fmt: skip
    findings = found(body, tmp_path)
    assert told(findings) == [
        ("しごと", JOBS, [JOBS_ANSWER]),
        ("しごと", FARM, [JOBS_ANSWER]),
        ("子育て", CARE, ["病児保育の実施箇所を増やすことを検討する。"]),
    ]
    assert meeting(findings).opinions[0].responses[0].doubt.confidence == 0.7


def test_cells_that_fit_in_two_ways_are_listed(tmp_path: Path) -> None:
    """Three paragraphs that do not sound like an opinion or an answer: which of them answers is not told."""
    lines = ("・町の資料館は古い。", "・展示は十年変わらない。", "・休館の日が多い。")
    findings = found(text("区分 意見 対応 頁", "文化", *lines, "P20"), tmp_path)
    assert meeting(findings).opinions == ()
    [unread] = [each for each in findings.unread if "資料館" in each.passage.text]
    assert "休館の日が多い" in unread.passage.text


# Paragraphs.

TURNS = {
    "brackets": f"【Ａ委員】\n{JOBS}\n【事務局】\n{JOBS_ANSWER}\n【Ｂ委員】\n{BUS}\n",
    "colons": f"Ａ委員：{JOBS}\n事務局：{JOBS_ANSWER}\nＢ委員：{BUS}\n",
    "circles": f"○Ａ委員　{JOBS}\n○事務局　{JOBS_ANSWER}\n○Ｂ委員　{BUS}\n",
    "spaces": f"Ａ委員　{JOBS}\n事務局　{JOBS_ANSWER}\nＢ委員　{BUS}\n",
    "lines": f"（Ａ委員）\n{JOBS}\n（事務局）\n{JOBS_ANSWER}\n（Ｂ委員）\n{BUS}\n",
}


@pytest.mark.parametrize("form", TURNS)
def test_turns_of_speakers(form: str, tmp_path: Path) -> None:
    """The office's turn right after a member's is its answer, with a doubt; who speaks is kept."""
    opinions = meeting(found(text("議事", TURNS[form]), tmp_path)).opinions
    assert [(each.by.text if each.by else None, each.passage.text) for each in opinions] == [
        ("Ａ委員", JOBS),
        ("Ｂ委員", BUS),
    ]
    [answer] = opinions[0].responses
    assert (answer.passage.text, answer.doubt.confidence) == (JOBS_ANSWER, 0.7)
    assert opinions[1].responses == ()


def test_office_that_explains_answers_nobody(tmp_path: Path) -> None:
    """A turn of the office after the chair's call is no answer, and the chair's call no opinion."""
    body = text(
        "会長：事務局から説明をお願いします。", f"事務局：{JOBS_ANSWER}", "会長：ご意見はありますか。"
    )
    assert meeting(found(body, tmp_path)).opinions == ()


LABELLED = {
    "brackets": f"【意見】\n{CARE}\n【回答】\n{CARE_ANSWER}\n【意見】\n{BUS}\n",
    "own line": f"1 [お寄せいただいた意見]\n{CARE}\n[市の考え方]\n{CARE_ANSWER}\n2 [お寄せいただいた意見]\n{BUS}\n",
    "letters": f"Ｑ：{CARE}\nＡ：{CARE_ANSWER}\nＱ：{BUS}\n",
    "arrow": f"主な意見\n・{CARE}\n⇒{CARE_ANSWER}\n・{BUS}\n",
    "arrow of the office": f"・委員：{CARE}\n⇒ 事務局：{CARE_ANSWER}\n・委員：{BUS}\n",
}


@pytest.mark.parametrize("form", LABELLED)
def test_labels_and_arrows(form: str, tmp_path: Path) -> None:
    """A label or an arrow says that it answers what stands before it: there is no doubt."""
    findings = found(text("質疑", LABELLED[form]), tmp_path)
    assert [(words, answers) for _, words, answers in told(findings)] == [(CARE, [CARE_ANSWER]), (BUS, [])]
    [answer] = meeting(findings).opinions[0].responses
    assert (answer.doubt.confidence, answer.pages) == (1.0, ("素案P18",))


def test_list_of_opinions_below_headings(tmp_path: Path) -> None:
    """Entries without answers, below headings in brackets; the list ends where something else begins."""
    lists = ("２ 委員からの主な意見", "＜しごと＞", f"・{JOBS}", f"・{FARM}", "＜交通＞", f"・{BUS}")
    body = text(*lists, "３ 次回の日程", "・１月に開く。")
    assert told(found(body, tmp_path)) == [("しごと", JOBS, []), ("しごと", FARM, []), ("交通", BUS, [])]


def test_answer_before_any_opinion_is_listed(tmp_path: Path) -> None:
    findings = found(text(f"【回答】\n{CARE_ANSWER}\n"), tmp_path)
    assert meeting(findings).opinions == ()
    assert CARE_ANSWER in [each.passage.text for each in findings.unread]


def test_names_of_those_present_are_no_opinions(tmp_path: Path) -> None:
    body = text("出席者", "委員：例示太郎、見本花子", "事務局：企画課長、企画係長", "【委員】委員10名")
    assert meeting(found(body, tmp_path)).opinions == ()


def test_text_without_a_meeting_says_so(tmp_path: Path) -> None:
    """A name is not made up of the first line."""
    findings = found("今後の進め方\n素案を直す。\n", tmp_path)
    assert meeting(findings).name.text == ""
    assert len(findings.unread) == 2
