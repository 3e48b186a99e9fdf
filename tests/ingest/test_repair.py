"""Damage is repaired where it is certain and only there, and every character still knows its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.mending import edits, mended, radical_folded
from sosei_graph.ingest.reading import plain, read
from sosei_graph.ingest.records import Span
from sosei_graph.ingest.repair import Repaired, repair
from tests.ingest.documents import PLAN, write


def reading_of(text: str) -> Reading:
    """A plain text as it is read, without a file."""
    found = plain.compose(text)
    parts = (tuple(found.pages), tuple(found.lines), tuple(found.tables))
    return Reading(Path("text.txt"), "plain", text, "", *parts)


def repaired(text: str) -> Repaired:
    return repair(reading_of(text))


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("⺠間と⼈⼝、⻭⽌め、⻑期", "民間と人口、歯止め、長期"),
        ("重重要要業業績績評評価価指指標標", "重要業績評価指標"),
        ("重重重要要要業業業績績績", "重要業績"),
        ("(K((KKPPPIII)))", "(KPI)"),
        ("重重要要業業績績評評価価指指標標(K((KKPPPIII)))", "重要業績評価指標(KPI)"),
        ("22002266年年度度目目標標", "2026年度目標"),
        ("目 標 値", "目標値"),
        ("目　標　値", "目標値"),
        ("基 準 値 目 標 値", "基準値 目標値"),
        ("**基本目標１**　しごと", "基本目標１　しごと"),
    ],
)
def test_certain_damage_is_repaired(damaged: str, whole: str) -> None:
    assert mended(damaged) == whole


@pytest.mark.parametrize(
    "real",
    [
        "人人、々、11人、1,100、2200、ーー、……――、いいえ、ますます",
        "1122334455",
        "AABBCC",
        "男 女 計",
        "令和　年　月　日",
        "ア イ ウ",
        "国 県 市 町",
        "山 口 市",
        "１ ２ ３",
        "5 * 3 ** 2",
        "⺘と⺡は部首である",
    ],
)
def test_what_may_be_real_stays(real: str) -> None:
    assert mended(real) == real


def test_a_spaced_name_that_the_document_also_writes_together_is_one_word() -> None:
    assert "例示市長" in repaired("例 示 市 長\n上記のとおり例示市長が定める。").text
    assert "例 示 市 長" in repaired("例 示 市 長\n").text


def test_a_vertical_caption_is_joined_and_entries_of_a_list_are_not() -> None:
    assert "企業誘致\n" in repaired("企\n業\n誘\n致\n\n立地を支援する。\n").text
    for entries in ("ア\nイ\nウ\n", "男\n女\n計\n", "○\n△\n×\n", "1\n2\n3\n"):
        assert repaired(entries).text == entries


_FULL = "本町は県の北部に位置し、三方を山に囲まれた盆地に集落が点在する農業の町であり、人口"


def test_sentences_go_on_over_full_lines_and_end_at_short_ones() -> None:
    text = f"{_FULL}\n{_FULL}\n{_FULL}\nは減った。\n１ 名称\n見本町\n"
    assert repaired(text).text == f"{_FULL * 3}は減った。\n１ 名称\n見本町\n"


def test_an_entry_of_a_list_begins_a_line_of_its_own() -> None:
    text = f"{_FULL}\n・{_FULL}\n(1){_FULL}\n① {_FULL}\n"
    assert repaired(text).text == text


def test_text_with_a_blank_line_after_every_line_is_joined_too() -> None:
    text = "\n\n".join([*([_FULL] * 4), "は減った。", "１ 名称", "見本町"])
    assert repaired(text).text.split("\n\n")[0] == _FULL * 4 + "は減った。"


@pytest.mark.parametrize("ending", [".pdf", ".layout.txt"])
def test_running_heads_and_page_numbers_are_dropped_and_listed(tmp_path: Path, ending: str) -> None:
    result = repair(read(write(PLAN, tmp_path / f"plan{ending}")))
    assert "- 2 -" not in result.text
    assert [dropped.kind for dropped in result.dropped].count("page number") == 3
    # The first running head stays: it may be the only place that names the document.
    assert [dropped.kind for dropped in result.dropped].count("running head") == 2


def test_a_figure_at_the_foot_of_one_page_is_no_page_number() -> None:
    assert repaired("転入者数\n120\n\f出生数\n60\n\f死亡数\n95\n\f").dropped == ()


def test_page_numbers_of_a_text_without_pages_are_dropped_only_with_their_marks() -> None:
    text = "一\n- 1 -\n二\n- 2 -\n三\n- 3 -\n四\n"
    assert [each.kind for each in repaired(text).dropped] == ["page number"] * 3
    assert repaired(text.replace("- ", "").replace(" -", "")).dropped == ()


def test_a_passage_has_no_line_ends_and_its_spans_show_the_damage() -> None:
    text = "例\n重重要要業業績績の\n⼈口\n"
    result = repaired(text)
    start = result.text.index("重要")
    passage = result.passage(start, result.text.index("人口") + 2)
    assert passage.text == "重要業績の人口"
    assert [text[span.start : span.end] for span in passage.spans] == ["重重要要業業績績の\n⼈口"]


def test_a_passage_over_a_page_leaves_out_what_was_dropped_between() -> None:
    text = f"{_FULL}\n{_FULL}\n{_FULL}\n- 1 -\n\fは減った。\n- 2 -\n\f次の頁\n- 3 -\n"
    result = repaired(text)
    at = result.text.index("人口は減った")
    passage = result.passage(at, at + 6)
    assert passage.text == "人口は減った"
    assert [text[span.start : span.end] for span in passage.spans] == ["人口", "は減った"]


def test_lines_of_the_repaired_text_are_those_of_the_page() -> None:
    text = f"{_FULL}\r\n{_FULL}\r\n{_FULL}\r\nは⼈。\r\n"
    result = repaired(text)
    assert [result.text[line.start : line.end] for line in result.lines] == [_FULL] * 3 + ["は人。"]
    assert [text[line.canonical.start : line.canonical.end] for line in result.lines] == [_FULL] * 3 + [
        "は⼈。"
    ]


def test_passages_of_cells_are_what_stands_in_them(tmp_path: Path) -> None:
    reading = read(write(PLAN, tmp_path / "plan.pdf"))
    result = repair(reading)
    for cell in reading.tables[0].cells:
        assert result.passage_at(cell.spans).text == cell.text.replace("\n", "")


_pieces = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\f",
            "\t",
            " ",
            "　",
            "重重要要業業績績",
            "目 標 値",
            "⼈",
            "⺠",
            "**a**",
            "企\n業\n誘\n致\n",
        ),
        *(
            _FULL,
            "は減った。",
            "12",
            "- 1 -",
            "(K((KKPPPIII)))",
            "ab",
            "々",
            "・",
            "例示市\t見本町\n役割\t負担\n",
        ),
    ]
)
_texts = st.lists(_pieces | st.text(max_size=5), max_size=30).map("".join)


@given(_texts)
def test_every_character_stands_where_its_place_says(text: str) -> None:
    """Up to the repairs: a radical becomes its kanji, and of a word printed three times each third is a letter."""
    result = repaired(text)
    places = [result.place(at) for at in range(len(result.text))]
    assert places == sorted(set(places))
    printed = {edit.start: text[edit.start : edit.end] for edit in result.edits if edit.kind == "overprint"}
    for letter, place in zip(result.text, places, strict=True):
        there = text[place]
        within = next((word for start, word in printed.items() if start <= place < start + len(word)), "")
        same = letter in (there, radical_folded(there)) or (letter == " " and there.isspace())
        assert same or letter in within


@given(_texts, st.floats(0, 1), st.floats(0, 1))
def test_a_passage_is_made_again_from_its_spans(text: str, one: float, two: float) -> None:
    result = repaired(text)
    start, end = sorted((int(one * len(result.text)), int(two * len(result.text))))
    passage = result.passage(start, end)
    assert not {"\n", "\r", "\f", "\u2028"} & set(passage.text)
    squeezed = "".join(result.text[start:end].split())
    assert "".join(passage.text.split()) == squeezed
    for before, after in zip(passage.spans, passage.spans[1:], strict=False):
        assert before.end <= after.start
    inside = [
        at
        for at in range(len(result.text))
        if any(span.start <= result.place(at) < span.end for span in passage.spans)
    ]
    assert "".join("".join(result.text[at] for at in inside).split()) == squeezed


@given(_texts)
def test_mending_twice_changes_nothing_more(text: str) -> None:
    for line in text.splitlines():
        once = mended(line)
        assert all(edit.kind in ("overprint", "spaced", "emphasis") for edit in edits(once))


def test_a_place_of_the_canonical_text_is_found_in_the_repaired_one() -> None:
    result = repaired("重重要要業業績績と人口\n")
    start, end = result.within(Span(9, 11))
    assert result.text[start:end] == "人口"
