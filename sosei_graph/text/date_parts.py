"""The parts of a printed time, one by one: numbers, days of a month, years and units that must agree."""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from sosei_graph.text.eras import FIRST_YEAR, LAST_YEAR, western_year
from sosei_graph.text.periods import Period, calendar_year, fiscal_year


def numeral(number: str) -> int:
    """The number of `6`, 元 or 二十八, 0 of nothing."""
    if not number or number.isascii():
        return int(number or 0)
    if number == "元":
        return 1
    tens, ten, ones = number.rpartition("十")
    return (_digits(tens) or 1) * (10 if ten else 0) + _digits(ones)


def in_month(year: int, month: int, day: int, *, at_end: bool) -> Period | None:
    """A day, with 0 for the day a month or its end; None where there is no such day."""
    try:
        first = dt.date(year, month, day or 1)
    except ValueError:
        return None
    last = first.replace(day=calendar.monthrange(year, month)[1])
    if day:
        return Period("date", first, first)
    return Period("date", last, last) if at_end else Period("month", first, last)


def first_of(named: Mapping[str, str | None], *names: str) -> str:
    """The first of the named groups that matched, `""` where none did."""
    return next((value for name in names if (value := named.get(name))), "")


def _digits(kanji: str) -> int:
    return int("".join(str(int(unicodedata.numeric(letter))) for letter in kanji) or 0)


def agreed_unit(found: re.Match[str]) -> str | None:
    """年度 or 年, printed once or more; a bracket may gloss `令和5年度` as `(2023年)`, but not the other way."""
    units = [
        unit[-2:].replace("暦年", "年") for unit in (found["unit1"], found["unit2"], found["unit3"]) if unit
    ]
    if len(set(units)) > 1 and (units[0] != "年度" or found["unit3"]):
        return "doubtful"
    return units[0] if units else None


def agreed_year(found: re.Match[str]) -> int | None:
    """The year that one or two writings give; None where they differ or there is no such year."""
    years: set[int | None] = set()
    for era, number, west in (("era", "number", "west"), ("era2", "number2", "west2")):
        if found[era]:
            years.add(western_year(found[era].rstrip("."), numeral(found[number])))
        elif found[west]:
            years.add(int(found[west]))
    year = years.pop()
    return year if not years and year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def same_kind(period: Period, other: Period, text: str) -> Period:
    """`2023` of `2023～27年度`: a year without 年度 or 年 counts as the other end of its range does."""
    whole = ("fiscal", "calendar")
    bare = re.search(r"[\d)元]$", text) and "年" not in text
    if bare and period.kind in whole and other.kind in whole and period.kind != other.kind and period.start:
        return fiscal_year(period.start.year) if other.kind == "fiscal" else calendar_year(period.start.year)
    return period
