"""Marks at the beginning of lines, and the sections that they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.ingest.extracting.headings import Section, outline, read_bullet, read_marks
from sosei_graph.ingest.extracting.numerals import READINGS


def marks(line: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(mark.style, mark.numbers) for mark in read_marks(line)]


@pytest.mark.parametrize(
    ("line", "style", "numbers", "words"),
    [
        ("第１条　この協約は", "第条", (1,), "この協約は"),
        ("第三条の二（役割）", "第条", (3, 2), "（役割）"),
        ("第３章　施策の展開", "第章", (3,), "施策の展開"),
        ("別表第１（第３条関係）", "別表", (1,), "（第３条関係）"),
        ("別表（第３条関係）", "別表", (0,), "（第３条関係）"),
        ("附 則", "附則", (0,), ""),
        ("１　医療", "1", (1,), "医療"),
        ("2 福祉の充実", "1", (2,), "福祉の充実"),
        ("3．観光", "1.", (3,), "観光"),
        ("4、防災", "1.", (4,), "防災"),
        ("（５）移住の促進", "(1)", (5,), "移住の促進"),
        ("( 6 ) 移住の促進", "(1)", (6,), "移住の促進"),
        ("⑺ 子育て", "(1)", (7,), "子育て"),
        ("⑫環境", "①", (12,), "環境"),
        ("㉑ 環境", "①", (21,), "環境"),
        ("ア　救急医療", "ア", (1,), "救急医療"),
        ("(ｲ) 健診", "(ア)", (2,), "健診"),
        ("c 農業", "a", (3,), "農業"),
        ("（ｂ）役割分担", "(a)", (2,), "役割分担"),
        ("ⅱ　乙の役割", "i", (2,), "乙の役割"),
        ("Ⅳ 推進体制", "I", (4,), "推進体制"),
        ("二 基本方針", "一", (2,), "基本方針"),
        ("1-2 しごとづくり", "1-1", (1, 2), "しごとづくり"),
        ("4.1.3 体制", "1.1.1", (4, 1, 3), "体制"),
        ("基本目標２ 人の流れをつくる", "基本目標1", (2,), "人の流れをつくる"),
        ("基本目標Ⅱ　人の流れ", "基本目標1", (2,), "人の流れ"),
        ("施策③ 住まい", "施策1", (3,), "住まい"),
        ("(1)がん対策の推進", "(1)", (1,), "がん対策の推進"),
        ("(3)にぎわいづくり", "(1)", (3,), "にぎわいづくり"),
        ("　（２）　結びつきの強化", "(1)", (2,), "結びつきの強化"),
    ],
)
def test_mark_is_read_with_its_style_number_and_words(
    line: str, style: str, numbers: tuple[int, ...], words: str
) -> None:
    mark = read_marks(line)[0]
    assert (mark.style, mark.numbers, line[mark.rest :]) == (style, numbers, words)
    assert mark.printed in line


@pytest.mark.parametrize(
    "line",
    [
        "(1)に掲げる取組の実施",
        "（２）の役割を担う",
        "第１条第２項の規定により",
        "第２条に規定する目的",
        "別表に掲げるとおり",
        "２通を作成し、",
        "3 箇所の診療所",
        "26日に締結した",
        "20 年度までに",
        "１市３町の連携",
        "1,200人の参加",
        "1.5倍に増やす",
        "目標2,000人",
        "アートの振興",
        "イベントを開く。",
        "a市",
        "圏域の経済",
        "",
    ],
)
def test_quantity_reference_or_word_is_no_mark(line: str) -> None:
    assert read_marks(line) == ()


def test_mark_without_a_gap_is_tight() -> None:
    """`1医療` may be a mark or not: the outline takes it only where it fits."""
    assert [read_marks(line)[0].tight for line in ("1医療", "ア医療", "1 医療", "(1)医療")] == [
        True,
        True,
        False,
        False,
    ]


def test_sign_with_two_readings_has_both() -> None:
    """`i` is roman one or the ninth letter; イ the second of アイウ or the first of イロハ."""
    assert marks("i 甲の役割") == [("i", (1,)), ("a", (9,))]
    assert marks("イ 甲の役割") == [("ア", (2,)), ("イ", (1,))]


@given(
    st.sampled_from(sorted(READINGS)),
    st.integers(1, 20),
    st.sampled_from(["{} ", "{}　", "({}) ", "（{}）", "{}．"]),
)
def test_every_sign_is_read_back(style: str, number: int, form: str) -> None:
    """A sign printed as a mark is read as the style and number that it was printed for."""
    sign = next((sign for sign, each in READINGS[style].items() if each == number))
    bracket = {"{} ": "", "{}　": "", "({}) ": "()", "（{}）": "()", "{}．": "."}[form]
    expected = f"({style})" if bracket == "()" else style + bracket
    assert (expected, (number,)) in marks(form.format(sign) + "圏域")


def test_bullet_is_no_mark() -> None:
    assert read_bullet("・観光の振興") == 1
    assert read_bullet("　○ 観光") == 3
    assert read_bullet("観光") is None
    assert read_marks("・観光の振興") == ()


def tree(text: str) -> list[str]:
    """Each section as its mark, indented by its depth; `!` where its number does not follow."""
    lines = text.split()

    def shown(section: Section, depth: int) -> list[str]:
        own = (
            []
            if section.mark is None
            else [" " * (depth - 1) + section.mark.printed + "!" * (not section.regular)]
        )
        return [*own, *(line for part in section.parts for line in shown(part, depth + 1))]

    return shown(outline([line.replace("_", " ") for line in lines]), 0)


def test_marks_nest_by_their_order() -> None:
    """A first mark of a new style begins a level; one that goes on ends all below it."""
    text = "第1条_目的 第2条_方針 2_前項 第3条_取組 (1)_経済 a_産業 (a)_内容 (b)_役割 i_甲 ii_乙"
    text += " b_観光 (a)_内容 (2)_機能 第4条_費用"
    assert tree(text) == [
        "第1条",
        "第2条",
        " 2",
        "第3条",
        " (1)",
        "  a",
        "   (a)",
        "   (b)",
        "    i",
        "    ii",
        "  b",
        "   (a)",
        " (2)",
        "第4条",
    ]


def test_annex_ends_the_articles_and_begins_anew() -> None:
    text = "第3条_取組 (1)_経済 別表第１ １_医療 (1)_救急 ２_福祉 別表第２ １_交通 附則"
    assert tree(text) == ["第3条", " (1)", "別表第１", " １", "  (1)", " ２", "別表第２", " １", "附則"]


def test_letters_go_on_as_letters_and_romans_as_romans() -> None:
    """After h comes the letter i; below a clause, i is the first roman numeral."""
    assert tree("a_一 b_二 i_甲 ii_乙 c_三")[:5] == ["a", "b", " i", " ii", "c"]
    letters = " ".join(f"{letter}_項目" for letter in "abcdefghij")
    assert tree(letters) == list("abcdefghij")


def test_tight_mark_out_of_place_is_a_word() -> None:
    """`3地区` after nothing is text; `2福祉` after `1医療` is a heading."""
    assert tree("3地区の病院") == []
    assert tree("1医療 2福祉") == ["1", "2"]


def test_gap_in_the_numbers_is_shown() -> None:
    assert tree("(1)_経済 (3)_生活") == ["(1)", "(3)!"]


def test_row_that_begins_again_stands_beside_the_first() -> None:
    """Under headings without marks the numbers begin again."""
    assert tree("1_産業 2_観光 1_医療") == ["1", "2", "1"]


def test_lines_without_marks_belong_to_the_section_over_them() -> None:
    root = outline(["前文", "1 医療", "病院を支える。", "2 福祉"])
    assert root.own == [0]
    assert [part.own for part in root.parts] == [[2], []]


@given(st.lists(st.text("(1)２第条アaiⅠ①. 　別表x人", max_size=8), max_size=12))
def test_every_line_stands_in_one_section(lines: list[str]) -> None:
    """No line is lost or stands twice, whatever the marks are."""
    sections = list(outline(lines).walk())
    placed = [line for section in sections for line in (section.line, *section.own) if line is not None]
    assert sorted(placed) == list(range(len(lines)))
