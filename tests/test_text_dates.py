"""Years, days and periods as documents print them."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.text.dates import (
    Kind,
    Period,
    calendar_year,
    find_periods,
    fiscal_year,
    print_period,
    read_period,
)
from sosei_graph.text.eras import era_year, western_year
from sosei_graph.text.printing import Width, YearForm
from tests.helpers_text import CELLS


@pytest.mark.parametrize(
    ("printed", "iri"),
    [
        *(
            (printed, "fy/2018")
            for printed in ("H30", "平成30年度", "㍻30年度", "2018年度", "FY2018", "H30年度", "平成３０年度")
        ),
        *(
            (printed, "fy/2023")
            for printed in (
                "R5",
                "Ｒ５",
                "（R5年度）",
                "令和５年度",
                "令和五年度",
                "R5(2023)",
                "R5(2023)年度",
            )
        ),
        *(
            (printed, "fy/2024")
            for printed in (
                "2024(R6)年度",
                "令和６年度（2024年度）",
                "令和６（2024）年度",
                "2024（令和６）年度",
            )
        ),
        *(
            (printed, "cy/2014")
            for printed in ("平成26(2014)年", "平成26年（2014年）", "2014年", "西暦2014年", "H26年")
        ),
        ("Ｒ11", "fy/2029"),
        ("202７年度", "fy/2027"),
        ("令和元年度", "fy/2019"),
        ("平成31年度", "fy/2019"),
        ("平成32年度", "fy/2020"),
        ("H32", "fy/2020"),
        ("令和元年", "cy/2019"),
        ("令和42年（2060年）", "cy/2060"),
        ("R5（暦年）", "cy/2023"),
        ("H27国勢調査", "cy/2015"),
        ("平成30年時点", "cy/2018"),
        ("令和５年度実績", "fy/2023"),
        ("目標値（R6）", "fy/2024"),
        ("計画最終年度（令和元年度）", "fy/2019"),
        ("令和5年度（2023年）", "fy/2023"),
        ("令和５年度（R6.3末時点）", "fy/2023"),
        ("令和5年度中", "fy/2023"),
        ("H31/R1", "fy/2019"),
        ("平成31年度・令和元年度", "fy/2019"),
        ("平成35年度", "fy/2023"),
        ("R5暦年", "cy/2023"),
        ("2023暦年", "cy/2023"),
        ("令和5年度（初年度）", "fy/2023"),
    ],
)
def test_a_year_has_the_iri_of_its_kind(printed: str, iri: str) -> None:
    """年度 is the fiscal year, 年 the calendar year; a bare year is the fiscal one."""
    period = read_period(printed)
    assert period is not None
    assert period.iri() == iri
    assert period.printed == printed


def test_what_a_bare_year_is_can_be_told() -> None:
    """Where a document counts in calendar years, H30 is one; 年度 stays what it says."""
    bare, fiscal = read_period("H30", default_fiscal=False), read_period("H30年度", default_fiscal=False)
    assert bare == calendar_year(2018)
    assert fiscal == fiscal_year(2018)


def test_a_year_of_two_digits_needs_its_era() -> None:
    """21年 is 2009, 2039 or 2021, as the document has it."""
    assert read_period("(21年)") is None
    assert read_period("(21年)", era="平成") == calendar_year(2009)
    assert read_period("21年度", era="令和") == fiscal_year(2039)
    assert read_period("21年度", era="西暦") == fiscal_year(2021)


@pytest.mark.parametrize(
    ("printed", "kind", "start", "end"),
    [
        ("R6.3.31", "date", "2024-03-31", "2024-03-31"),
        ("（R5.9.1時点）", "date", "2023-09-01", "2023-09-01"),
        ("令和６年３月31日現在", "date", "2024-03-31", "2024-03-31"),
        ("令和 8 年 1 月 19 日", "date", "2026-01-19", "2026-01-19"),
        ("平成二十八年十月三日", "date", "2016-10-03", "2016-10-03"),
        ("令和７年（2025年）４月１日", "date", "2025-04-01", "2025-04-01"),
        ("令和６年11月13日（水）", "date", "2024-11-13", "2024-11-13"),
        ("2024/3/31", "date", "2024-03-31", "2024-03-31"),
        ("2024-03-31", "date", "2024-03-31", "2024-03-31"),
        ("2024年度末", "date", "2025-03-31", "2025-03-31"),
        ("令和5年末", "date", "2023-12-31", "2023-12-31"),
        ("R5.9末", "date", "2023-09-30", "2023-09-30"),
        ("R6年2月", "month", "2024-02-01", "2024-02-29"),
        ("H30.10", "month", "2018-10-01", "2018-10-31"),
        ("H30.10月", "month", "2018-10-01", "2018-10-31"),
        ("R5.12月末", "date", "2023-12-31", "2023-12-31"),
        ("令和6年2月末日", "date", "2024-02-29", "2024-02-29"),
        ("平成31年4月30日", "date", "2019-04-30", "2019-04-30"),
        ("令和元年5月1日", "date", "2019-05-01", "2019-05-01"),
        ("H30∼R4", "range", "2018-04-01", "2023-03-31"),
        ("H29-31", "range", "2017-04-01", "2020-03-31"),
        ("R5-9年度", "range", "2023-04-01", "2028-03-31"),
        ("2020-24", "range", "2020-04-01", "2025-03-31"),
        ("令和６年４月～９月", "range", "2024-04-01", "2024-09-30"),
        ("令和６年２月から９月末まで", "range", "2024-02-01", "2024-09-30"),
        ("令和６年11月13日～15日", "range", "2024-11-13", "2024-11-15"),
        ("令和６年11月13日～12月２日", "range", "2024-11-13", "2024-12-02"),
        ("令和６年10月～７年３月", "range", "2024-10-01", "2025-03-31"),
        ("R2～R6", "range", "2020-04-01", "2025-03-31"),
        ("R2～6", "range", "2020-04-01", "2025-03-31"),
        ("H27-R1", "range", "2015-04-01", "2020-03-31"),
        ("令和７～11年度", "range", "2025-04-01", "2030-03-31"),
        ("令和７年度～令和11年度", "range", "2025-04-01", "2030-03-31"),
        ("令和２（2020）年度から令和６（2024）年度までの５年間", "range", "2020-04-01", "2025-03-31"),
        ("令和２年度から５年間", "range", "2020-04-01", "2025-03-31"),
        ("2020（R2）～24年度", "range", "2020-04-01", "2025-03-31"),
        ("2023～27年度累計", "range", "2023-04-01", "2028-03-31"),
        ("平成27（2015年）～令和2年（2020年）", "range", "2015-01-01", "2020-12-31"),
        ("2025年４月１日から 2027年３月 31日まで", "range", "2025-04-01", "2027-03-31"),
    ],
)
def test_days_months_and_ranges(printed: str, kind: Kind, start: str, end: str) -> None:
    """From the first day to the last."""
    period = read_period(printed)
    assert period is not None
    assert (period.kind, str(period.start), str(period.end)) == (kind, start, end)
    assert period.iri() is None


def test_the_ends_of_a_range_are_periods() -> None:
    """令和７～11年度 runs from one fiscal year to another."""
    period = read_period("令和７～11年度")
    assert period is not None
    assert (period.first, period.last) == (fiscal_year(2025), fiscal_year(2029))


def test_what_is_said_of_a_period_is_kept() -> None:
    """The year of the plan, a sum, a count of years and words around a year."""
    assert read_period("平成30年度(3年目)") == Period(**{**vars(fiscal_year(2018)), "nth": 3})
    summed, counted = read_period("2023～27年度累計"), read_period("令和2年度～令和5年度（4年間）")
    assert summed is not None
    assert summed.cumulative
    assert counted is not None
    assert counted.years == 4
    increment = read_period("2023年度増加分１年目")
    assert increment is not None
    assert (increment.words, increment.nth) == (("増加分",), 1)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("計画開始時点", "plan-start"),
        ("事業開始前(現時点)", "plan-start"),
        ("（暦年）", "calendar"),
        ("現状値", "unknown"),
        ("３年目", "unknown"),
        ("５年間", "duration"),
    ],
)
def test_times_without_a_year(printed: str, kind: Kind) -> None:
    """What only the plan can date has its kind and no dates."""
    period = read_period(printed)
    assert period is not None
    assert (period.kind, period.start, period.iri()) == (kind, None, None)


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "平成26(2015)年",
            "令和5年（2023年度）",
            "令和2年度～令和5年度（5年間）",
            "令和2(2020)～6(2025)年度",
            "R6～R2",
        ),
        *(
            "令和５年度（R6.9末時点）",
            "令和2年度～令和6年度（2020年度～2023年度）",
            "H29/H30",
            "令和6年10月～３月",
            "令和６年２月13日～30日",
            "令和６年２月～15日",
        ),
        *("2024-25", "2024-12", "R5-9", "令和5年度～10人", "令和５年第１四半期", "令和5年度後期"),
        *("昭和65年", "令和６年２月30日", "H30.13", "令和0年", "令和99年度", "3024年"),
        *(
            "R5末",
            "令和6年度上半期",
            "2020年代",
            "令和7年度～",
            "R6以降",
            "2020、2022年度",
            "R5/6",
            "2024.3",
            "1,985年",
        ),
        *("", "21年", "100人", "AR5", "H", "第2期", "12月頃", "９月20日", "2024.3人"),
    ],
)
def test_contradictions_and_doubtful_periods_are_not_read(printed: str) -> None:
    """Two writings that do not agree, days that are none, parts of years and open ends give nothing."""
    assert read_period(printed) is None


def test_periods_of_a_sentence() -> None:
    """Periods are found with their places; numbers that could be years are none."""
    text = (
        "令和５年度の値は2024年4月1日現在で、R2～R6の累計。表2024、2,024人、2040年 2.07、"
        "H2ブロック、SR5、第2020-24号。"
    )
    found = find_periods(text)
    stated = ["令和５年度", "2024年4月1日現在", "R2～R6の累計", "2040年"]
    assert [text[each.start : each.end] for each in found] == stated
    assert [each.period.printed for each in found] == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("令和６年度第２回会議", "令和６年度"),
        ("令和５年度前期基本計画", "令和５年度"),
        ("令和５年度中学校", "令和５年度"),
        ("H29/H30", "H29 H30"),
        ("令和５年度５～10人", "令和５年度"),
        ("R2～6人", "R2"),
        ("R2～6の累計", "R2～6の累計"),
        ("令和６年４月～９月に", "令和６年４月～９月"),
        ("令和６年11月13日～15人", "令和６年11月13日"),
        ("令和６年第１四半期", ""),
    ],
)
def test_what_follows_a_year_does_not_change_it(text: str, stated: str) -> None:
    """第２回 is no part of a year; digits that count something are no year at the end of a range."""
    assert " ".join(text[each.start : each.end] for each in find_periods(text)) == stated


@pytest.mark.parametrize(
    "text", ["令和　年　月　日", "令和７年　月　日", "令和６年２月30日", "平成26(2015)年"]
)
def test_a_blank_or_impossible_date_is_not_found_in_part(text: str) -> None:
    """Of a date that is not filled in, or cannot be, no year is left over."""
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("era", "number", "year"),
    [
        ("令和", 1, 2019),
        ("R", 6, 2024),
        ("平成", 32, 2020),
        ("昭和", 64, 1989),
        ("昭和", 65, None),
        ("令和", 0, None),
    ],
)
def test_years_of_eras(era: str, number: int, year: int | None) -> None:
    """Heisei is counted on after its end, as plans of its time do; Showa is not."""
    assert western_year(era, number) == year


def test_the_era_of_a_day() -> None:
    """The first of May 2019 is in Reiwa, the day before is not."""
    assert era_year(dt.date(2019, 5, 1)) == ("令和", 1)
    assert era_year(dt.date(2019, 4, 30)) == ("平成", 31)


@pytest.mark.parametrize(
    ("year", "fiscal", "calendar"), [(2019, "令和元年度", "令和元年"), (1989, "平成元年度", "平成元年")]
)
def test_a_year_in_which_an_era_begins_is_its_first(year: int, fiscal: str, calendar: str) -> None:
    """Officers write 令和元年度 of the whole fiscal year 2019."""
    assert print_period(fiscal_year(year)) == fiscal
    assert print_period(calendar_year(year)) == calendar


YEARS = st.integers(1927, 2099)
FORMS = st.sampled_from(["kanji", "letter", "west", "both"])
WIDTHS = st.sampled_from(["half", "full", "mixed"])
DAYS = st.dates(dt.date(1927, 1, 1), dt.date(2099, 12, 31))


@given(YEARS, FORMS, WIDTHS)
def test_a_year_that_is_printed_is_read_as_it_was(year: int, form: YearForm, width: Width) -> None:
    """In every form that officers write, in every width."""
    for period in (fiscal_year(year), calendar_year(year)):
        printed = print_period(period, form, width)
        read = read_period(printed)
        assert read == period
        assert print_period(read, form, width) == printed


@given(DAYS, FORMS, WIDTHS)
def test_a_day_that_is_printed_is_read_as_it_was(day: dt.date, form: YearForm, width: Width) -> None:
    """A day is itself in the era it lies in."""
    period = Period("date", day, day)
    assert read_period(print_period(period, form, width)) == period


@given(YEARS, st.integers(1, 20), FORMS, WIDTHS)
def test_a_range_that_is_printed_is_read_as_it_was(
    year: int, more: int, form: YearForm, width: Width
) -> None:
    """A plan's period runs over the change of an era too."""
    first, last = fiscal_year(min(year, 2079)), fiscal_year(min(year, 2079) + more)
    period = Period("range", first.start, last.end, first=first, last=last)
    assert read_period(print_period(period, form, width)) == period


@given(CELLS | st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is printed, periods stand where they are found, and a period never ends before it begins."""
    found = find_periods(text)
    assert all(text[each.start : each.end] == each.period.printed for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    read = read_period(text)
    for period in [each.period for each in found] + ([read] if read else []):
        assert period.start is None or (period.end is not None and period.start <= period.end)
