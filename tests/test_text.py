"""Japanese text: names compared, white space, figures as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.text import fold, parse_number, squeeze, widths_folded

FULL_WIDTH = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市ＨＰ", "市hp"),
        ("Takaoka City", "takaokacity"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("例示市\n　総合戦略", "例示市総合戦略"),
        ("⼈⼝", "人口"),
    ],
)
def test_fold_makes_writings_of_one_name_equal(one: str, other: str) -> None:
    """Widths, case, white space and Kangxi radicals do not tell two names apart."""
    assert fold(one) == fold(other)


def test_fold_keeps_different_names_apart() -> None:
    """例示市 and 例示町 stay two names, and so do a voiced and an unvoiced sound."""
    assert fold("例示市") != fold("例示町")
    assert fold("カイ") != fold("ガイ")


@given(st.text())
def test_fold_of_a_folded_text_is_the_same(text: str) -> None:
    """Folding twice changes nothing more."""
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_squeeze_takes_white_space_and_nothing_else(text: str) -> None:
    """What is left are the other characters, in order."""
    assert squeeze(text) == "".join(character for character in text if not character.isspace())


@given(st.text(alphabet=st.sampled_from("ｶﾞﾟパ①㌔ Ａa\n\u3000e\u0301市")))
def test_every_folded_character_knows_its_place(text: str) -> None:
    """The places never go back, lie in the text, and end with its length."""
    folded, places = widths_folded(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)
    assert all(0 <= place < len(text) for place in places[:-1])


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("▲113人", "-113"),
        ("△3,583⼈", "-3583"),
        ("－１１３", "-113"),
        ("０人", "0"),
        ("535万件", "5350000"),
        ("1,045万人", "10450000"),
        ("43万2千人", "432000"),
        ("1億2,000万円", "120000000"),
        ("5,000千円", "5000000"),
        ("120百万円", "120000000"),
        ("約2,000人", "2000"),
        ("38人／ha", "38"),
        ("19.7％", "19.7"),
        ("1．48", "1.48"),
        ("10㎡", "10"),
        ("3か所", "3"),
        ("1,3\n41人", "1341"),
    ],
)
def test_a_printed_figure_is_read(printed: str, number: str) -> None:
    """Widths, commas, signs, scales, 約 and the unit after the figure are understood."""
    assert parse_number(printed) == Decimal(number)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "未実施",
        "－",
        "▲",
        "①",
        "10以上",
        "1割減",
        "2年半",
        "9人（延べ243日）",
        "５年間で６人",
        "0.5～1.0",
        "1/2",
        "3.5.1",
        "1,34人",
        "627件 987件",
        "53 68",
        "2024-01-01",
        "令和６年",
        "202７年度",
        "2万50000",
        "16万人以上",
        "3人を維持",
        "113人減",
        "三人",
        "¥100",
        "A4",
    ],
)
def test_a_figure_that_could_mean_something_else_is_not_read(printed: str) -> None:
    """Bounds, ranges, two figures, list marks and dates give no number rather than a wrong one."""
    assert parse_number(printed) is None


@given(st.integers(min_value=-(10**9), max_value=10**9), st.sampled_from(["人", "件", "％", "か所", ""]))
def test_any_whole_number_is_read_as_documents_print_it(number: int, unit: str) -> None:
    """With commas and ▲, in half and in full width, the number comes back."""
    printed = f"{'▲' if number < 0 else ''}{abs(number):,}{unit}"
    assert parse_number(printed) == number
    assert parse_number(printed.translate(FULL_WIDTH)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_scales_add_up(high: int, low: int) -> None:
    """N万M is N times ten thousand and M."""
    assert parse_number(f"{high}万{low}人") == high * 10_000 + low


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever a cell holds, there is a number or None."""
    number = parse_number(text)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    "printed",
    [
        "1,0000",
        "1,000000",
        "10\n20",
        "535\n600",
        "10数人",
        "1万5",
        "20人台",
        "10代",
        "5人累計",
        "10人見込",
        "100人規模",
    ],
)
def test_doubtful_figures_are_not_read(printed: str) -> None:
    """What could be two figures, or no exact one, gives nothing rather than a wrong number."""
    assert parse_number(printed) is None


def test_figure_broken_in_its_grouping_is_read() -> None:
    """A line break inside thousands groups is one figure still."""
    assert parse_number("1,3\n41人") == 1341
