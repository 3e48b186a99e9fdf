"""What is a number in a text, and which numbers a fact carries."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.evidence.carrying import Carried
from sosei_graph.evidence.numerals import numerals

XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(value: str, kind: str = "string", language: str | None = None) -> ox.Literal:
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,045万人（H30）→1,089万人（R6）", ["1,045", "30", "1,089", "6"]),
        ("１，０４５人、9.0%、１．５倍", ["１，０４５", "9.0", "１．５"]),
        ("2018(平成30)年、202７年度", ["2018", "30", "202７"]),
        ("（R5.9.1時点）", ["5", "9", "1"]),
        ("５－３－１、1/4、8～10月", ["５", "３", "１", "1", "4", "8", "10"]),
        ("2020,2021年、1,2,3", ["2020", "2021", "1", "2", "3"]),
        ("１．第３期（素案）", ["１", "３"]),
        ("▲1,1\n13人", ["1", "1", "13"]),
        ("①②⑳、❶、⑴、Ⅱ、10㎡", ["①", "②", "⑳", "❶", "⑴", "Ⅱ", "10"]),
        ("Society5.0、A2007", ["5.0", "2007"]),
        ("一体、四季、三谷、〇、万が一", []),
        ("", []),
    ],
)
def test_numbers_of_a_text(text: str, found: list[str]) -> None:
    """Commas of thousands and one point belong to a number; kanji numerals are words, and 〇 is a mark."""
    assert [each.text for each in numerals(text)] == found
    assert all(text[each.start : each.end] == each.text for each in numerals(text))


def test_digits_are_counted_without_commas_and_points() -> None:
    """A sign such as ⑲ is one."""
    assert [each.digits for each in numerals("1,045、１．５、⑲")] == [4, 2, 1]


@given(st.text(alphabet="0123456789０９,.，．①⑳Ⅱ万千 \n人", max_size=30))
def test_no_digit_is_lost(text: str) -> None:
    """Every digit is in exactly one number, in the order of the text."""
    places = [place for each in numerals(text) for place in range(each.start, each.end)]
    assert places == sorted(set(places))
    digits = [place for place, letter in enumerate(text) if letter.isdecimal() or letter in "①⑳Ⅱ"]
    assert set(digits) <= set(places)
    assert sum(each.digits for each in numerals(text)) == len(digits)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("535万件", [{535, 5350000}]),
        ("43万2千人", [{43, 432000}, {2, 432000}]),
        ("1,000,000千円", [{1000000, 1000000000}]),
        ("１割減", [{1, 10, Decimal("0.1")}]),
        ("70％", [{70, Decimal("0.7")}]),
        ("⑤", [{5}]),
        ("7人8千円", [{7}, {8, 8000}]),
    ],
)
def test_what_a_number_can_mean(printed: str, meant: list[set[Decimal]]) -> None:
    """Scales, tenths and per cent belong to it, units do not."""
    assert [set(each.amounts) for each in numerals(printed)] == meant


@pytest.mark.parametrize(
    ("held", "printed", "has"),
    [
        (literal("535万件"), "535", True),
        (literal("１，０４５人"), "1,045人", True),
        (literal("H30"), "平成30年度", True),
        (literal("第２期の計画", language="ja"), "第2期", True),
        (literal("5350000.0", "decimal"), "535万件", True),
        (literal("5350000.0", "decimal"), "535人", False),
        (literal("-113", "decimal"), "▲113人", True),
        (literal("0.7", "decimal"), "達成度70％以上", True),
        (literal("70", "decimal"), "約７割", True),
        (literal("432000", "decimal"), "43万2千人", True),
        (literal("3", "integer"), "③", True),
        (literal("①"), "①", True),
        (literal("1"), "①", False),
        (literal("①"), "１", False),
        (literal("1"), "11", False),
        (literal("2026-01-19", "date"), "令和8年1月19日", True),
        (literal("2026-01-19", "date"), "令和 8 年 1 月 19 日", True),
        (literal("2026-01-19", "date"), "各1通、19人", False),
        (literal("2016-10-03", "date"), "平成28年10月3日", True),
        (literal("2026-01-19", "date"), "令和7年", False),
        (literal("2026", "gYear"), "2026年", True),
        (literal("true", "boolean"), "1", False),
        (literal("INF", "double"), "1", False),
        (literal("1st term, 2026", language="en"), "2026", False),
    ],
)
def test_a_fact_has_the_number_of_its_literal(held: ox.Literal, printed: str, has: bool) -> None:
    """As printed, as an amount or as a part of a date; English is our wording, and its digits are not the source's."""
    assert all(Carried([held]).has(each) for each in numerals(printed)) is has


@pytest.mark.parametrize(
    ("held", "span", "places"),
    [
        ("▲1,113人", "計 ▲1,1\n13人", [(2, 10)]),
        ("１，１１３人", "1,1\n   13 人", [(0, 11)]),
        ("1113人", "1 113\n2人", []),
        ("13人", "1\n13人", [(2, 5)]),
        ("113人", "1\n1113人", []),
        ("魅力あるまち", "1\n2", []),
    ],
)
def test_the_end_of_a_line_may_divide_a_number(held: str, span: str, places: list[tuple[int, int]]) -> None:
    """A space may not, and no digit is left behind."""
    assert Carried([literal(held)]).divided(span) == places
