"""Years, days and periods as documents print them: eras, fiscal and calendar years, ranges.

    >>> read_period("令和６年度").iri()
    'fy/2024'
    >>> read_period("平成26(2015)年") is None  # the two do not agree
    True

A Japanese fiscal year runs from 1 April to 31 March. Only what is certain is read: a year of two digits without an
era (`21年`) needs the era, and two writings of a year that do not agree give nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from sosei_graph.text import date_forms as forms
from sosei_graph.text.date_parts import agreed_unit, agreed_year, first_of, in_month, numeral, same_kind
from sosei_graph.text.eras import western_year
from sosei_graph.text.periods import FoundPeriod, Kind, Period, calendar_year, fiscal_year
from sosei_graph.text.printed import Printed, printed
from sosei_graph.text.printing import print_period

__all__ = [
    "FoundPeriod",
    "Kind",
    "Period",
    "calendar_year",
    "find_periods",
    "fiscal_year",
    "print_period",
    "read_period",
]


_HYPHENS = "-−–—―‐"


@dataclass
class _Reader:
    """Reads from left to right in one text; every method moves on only when it succeeds."""

    text: Printed
    place: int
    default: Kind
    era: str | None = None
    counting: str = "西暦"
    """The era of the year read last: what the short year at the end of a range is counted in."""

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text.text, self.place)
        if found and found.end() > self.place:
            self.place = found.end()
            return found
        return None

    def period(self) -> Period | None:
        """The period that begins here, with what belongs to it."""
        begin = self.place
        first = self._single()
        if first is None:
            return None
        period: Period | None = self._range(first, begin) or first
        try:
            while period is not None and (more := self._follower(period)) is not None:
                period = more
        except _ContradictionError:
            self.place = begin
            return None
        return period

    def _single(self) -> Period | None:
        begin = self.place
        found = self.take(forms.YEAR)
        if found is None:
            return self._without_era(self.era) if self.era else None
        year, unit = agreed_year(found), agreed_unit(found)
        period = None
        if year is not None and unit != "doubtful":
            self.counting = found["era"].rstrip(".") if found["era"] else "西暦"
            unit = "年度" if found["fy"] else unit
            period = self._day(year, unit, dotted=bool(found["era"])) or self._whole(year, unit)
        if period is None:
            self.place = begin
        return period and self._again(period)

    def _again(self, period: Period) -> Period:
        """`H31/R1`: the year is printed once more; another year after a stroke is another time."""
        begin = self.place
        if not (self.take(forms.ALSO) and self._single() == period):
            self.place = begin
        return period

    def _without_era(self, era: str, century: int = 2000) -> Period | None:
        """A year printed without its era or century: `21年`, the `6` of `R2～6`, the `27年度` of `2023～27年度`."""
        begin = self.place
        found = self.take(forms.SHORT_YEAR)
        if found is None:
            return None
        unit = agreed_unit(found)
        if era != "西暦":
            year = western_year(era, numeral(found["number"]))
        else:
            year = century + int(found["number"]) if re.fullmatch(r"\d\d", found["number"]) else None
        certain = unit or forms.AFTER_BARE_YEAR.match(self.text.text, self.place)
        if year is None or not certain or (found["west"] and int(found["west"]) != year):
            self.place = begin
            return None
        return self._day(year, unit, dotted=False) or self._whole(year, unit)

    def _day(self, year: int, unit: str | None, *, dotted: bool) -> Period | None:
        if unit == "年度":
            return None
        begin = self.place
        found = self.take(forms.DAY_AFTER) or (self.take(forms.DOTTED_MONTH) if dotted else None)
        if found is None:
            return None
        named = found.groupdict()
        month = numeral(first_of(named, "month", "only_month", "digit_month", "kanji_month"))
        day = numeral(first_of(named, "day", "digit_day", "kanji_day"))
        period = in_month(year, month, day, at_end=bool(named["month_end"]))
        self.place = self.place if period else begin
        return period

    def _whole(self, year: int, unit: str | None) -> Period | None:
        kind = "fiscal" if unit == "年度" else "calendar" if unit == "年" else self.default
        rest = self.text.text[self.place : self.place + 8]
        if forms.PART_OF_YEAR.match(rest) or forms.NO_WHOLE_YEAR[unit].match(rest):
            return None
        whole = fiscal_year(year) if kind == "fiscal" else calendar_year(year)
        if unit and self.take(forms.YEAR_END):
            return Period("date", whole.end, whole.end)
        return whole

    def _range(self, first: Period, begin: int) -> Period | None:
        middle = self.place
        if counted := self._from_on(first):
            return counted
        to = self.take(forms.TO)
        if to is None:
            return None
        after = self.place
        century = first.start.year // 100 * 100 if first.start else 0
        last = self._single() or self._later_in_year(first) or self._without_era(self.counting, century)
        if last is not None:
            first = same_kind(first, last, self.text.text[begin:middle])
            last = same_kind(last, first, self.text.text[after : self.place])
        doubtful = to[0] in _HYPHENS and self._may_be_one_time(
            first, last, self.text.text[after : self.place]
        )
        if doubtful or not (last and first.start and last.end) or not first.start < last.end != first.end:
            self.place = middle
            return None
        self.take(forms.UNTIL)
        return Period("range", first.start, last.end, first=first, last=last)

    def _may_be_one_time(self, first: Period, last: Period | None, bare: str) -> bool:
        """Whether `2024-25` or `R5-9` may be one year or a month of it; `R5-9年度` is none."""
        if last is None or not re.fullmatch(r"\d\d?", bare):
            return False
        following = first.end and last.start and (last.start - first.end).days == 1
        return int(bare) <= 12 or (self.counting == "西暦" and bool(following))

    def _later_in_year(self, first: Period) -> Period | None:
        """`９月` after `令和６年４月～`."""
        if first.kind not in ("month", "date") or first.start is None:
            return None
        begin = self.place
        found = self.take(forms.LATER)
        if found is None or not (found["later_month"] or first.kind == "date"):
            self.place = begin
            return None
        month, day = found["later_month"] or str(first.start.month), found["later_day"]
        last = in_month(first.start.year, int(month), int(day or 0), at_end=bool(found["end"]))
        self.place = self.place if last else begin
        return last

    def _from_on(self, first: Period) -> Period | None:
        """`令和２年度から５年間`: the last year is counted."""
        begin = self.place
        found = self.take(forms.COUNT) if self.take(forms.FROM) else None
        if found is None or not found[0].endswith("間") or first.start is None or not first.iri():
            self.place = begin
            return None
        year = first.start.year + int(found[1]) - 1
        last = fiscal_year(year) if first.kind == "fiscal" else calendar_year(year)
        return Period("range", first.start, last.end, first=first, last=last, years=int(found[1]))

    def _follower(self, period: Period) -> Period | None:
        """The period with the word or bracket that follows it; None at the end of what belongs to it."""
        if found := forms.BRACKETED.match(self.text.text, self.place):
            more = _with_bracket(period, found[1])
            self.place = found.end() if more else self.place
            return more
        if period.kind == "range" and (found := self.take(forms.COUNT)):
            return _counted(period, found)
        for pattern, change in _FOLLOWERS:
            if found := self.take(pattern):
                return change(period, found)
        return None


class _ContradictionError(ValueError):
    """Two parts of one printed period that cannot both be right."""


def _as_calendar(period: Period, _: re.Match[str] | None = None) -> Period:
    return calendar_year(period.start.year) if period.kind == "fiscal" and period.start else period


def _with_words(period: Period, found: re.Match[str]) -> Period:
    return replace(period, words=(*period.words, found[0].removeprefix("の")))


def _counted(period: Period, found: re.Match[str]) -> Period:
    """The range with its years counted; the count of any number of years must be right."""
    years = int(found[1])
    if period.start and period.end and abs(((period.end - period.start).days + 1) / 365.25 - years) < 0.1:
        return replace(period, years=years)
    raise _ContradictionError


#: What can follow a period or stand in brackets after it, and what it says of it.
_FOLLOWERS: tuple[tuple[re.Pattern[str], Callable[[Period, re.Match[str]], Period]], ...] = (
    (forms.AT, lambda period, _: period),
    (forms.WITHIN, lambda period, _: period),
    (forms.ABOUT, lambda period, _: replace(period, approximate=True)),
    (forms.CENSUS, _as_calendar),
    (forms.SUM, lambda period, _: replace(period, cumulative=True)),
    (forms.NTH, lambda period, found: replace(period, nth=int(found[1]))),
    (forms.UNTIL, _with_words),
    (forms.ROLE, _with_words),
)


def _with_bracket(period: Period, inside: str) -> Period | None:
    """What a bracket after a period says of it; None for a bracket that says something else."""
    if basis := forms.YEAR_BASIS.get(inside):
        if period.start is None or period.kind not in ("fiscal", "calendar"):
            raise _ContradictionError
        return fiscal_year(period.start.year) if basis == "fiscal" else calendar_year(period.start.year)
    if period.kind == "range":
        return _with_bracket_on_range(period, inside)
    if period.kind == "date" and forms.WEEKDAY.fullmatch(inside):
        return period
    return _worded(period, inside)


def _worded(period: Period, inside: str) -> Period | None:
    changes = (
        change(period, found) for pattern, change in _FOLLOWERS if (found := pattern.fullmatch(inside))
    )
    within = read_period(inside)
    if within and within.kind in ("date", "month") and _is_part(within, period):
        return replace(period, words=(*period.words, inside))  # 令和５年度（R6.3末時点）
    return next(changes, None)


def _is_part(inner: Period, outer: Period) -> bool:
    days = (outer.start, inner.start, inner.end, outer.end)
    return outer.iri() is not None and all(days) and list(days) == sorted(days)  # type: ignore[type-var]


def _with_bracket_on_range(period: Period, inside: str) -> Period | None:
    if found := forms.COUNT.fullmatch(inside.removesuffix("累計")):
        return replace(_counted(period, found), cumulative=period.cumulative or inside.endswith("累計"))
    gloss = read_period(inside)
    if gloss is None or gloss.kind != "range":
        return _worded(period, inside)
    if (gloss.start, gloss.end) != (period.start, period.end):
        raise _ContradictionError
    return period


def read_period(text: str, *, default_fiscal: bool = True, era: str | None = None) -> Period | None:
    """The period that a text states, and nothing besides it; None where that is not certain.

    `default_fiscal`: whether a year with neither 年度 nor 年 (`H30`) is the fiscal year. `era` (`平成`, `令和`, or
    `西暦` for 20xx) is for years printed without one (`21年`), where the document says which is meant.
    """
    ready = printed(text)
    whole = ready.text
    while (found := forms.BRACKETED.fullmatch(whole)) is not None:
        ready = printed(found[1])
        whole = ready.text
    special = _without_year(whole)
    if special is not None:
        return replace(special, printed=text)
    default: Kind = "fiscal" if default_fiscal else "calendar"
    reader = _Reader(ready, 0, default, era)
    words = []
    while found := reader.take(forms.LEAD):
        words.append(found[0].rstrip(":は"))
    opened = bool(words) and reader.take(re.compile(r"[(\[]")) is not None
    period = reader.period()
    if opened and not reader.take(re.compile(r"[)\]]")):
        return None
    if period is None or reader.place != len(whole):
        return None
    return replace(period, printed=text, words=(*words, *period.words))


def period_at(ready: Printed, place: int, *, default_fiscal: bool = True) -> tuple[Period, int] | None:
    """The period that begins at a place of a text made ready, and where it ends; None where none begins."""
    reader = _Reader(ready, place, "fiscal" if default_fiscal else "calendar")
    period = reader.period()
    return None if period is None else (period, reader.place)


def _without_year(whole: str) -> Period | None:
    if whole in forms.YEAR_BASIS:
        return Period("fiscal" if forms.YEAR_BASIS[whole] == "fiscal" else "calendar")
    if forms.PLAN_START.fullmatch(whole):
        return Period("plan-start")
    if forms.ROLE.fullmatch(whole):
        return Period("unknown", words=(whole,))
    if found := forms.DURATION.fullmatch(whole):
        return Period("duration", years=int(found[1]))
    if found := forms.NTH.fullmatch(whole):
        return Period("unknown", nth=int(found[1]))
    return None


_CANDIDATE = re.compile(rf"FY|{forms.ERA}|{forms.WEST}")


def find_periods(text: str, *, default_fiscal: bool = True) -> list[FoundPeriod]:
    """The periods of a running text in its order, none within another.

    Found are years with an era, or with 年度, 年 or 西暦, days, and ranges of them; a bare `2024` can be any number.
    """
    ready = printed(text)
    found: list[FoundPeriod] = []
    place = 0
    default: Kind = "fiscal" if default_fiscal else "calendar"
    while candidate := _CANDIDATE.search(ready.text, place):
        reader = _Reader(ready, candidate.start(), default)
        period = reader.period()
        stated, after = (
            ready.text[candidate.start() : reader.place],
            ready.text[reader.place : reader.place + 1],
        )
        if period is None or not _is_certain(stated, after):
            place = candidate.end()
            continue
        start, end = ready.span(candidate.start(), reader.place)
        found.append(FoundPeriod(start, end, replace(period, printed=text[start:end])))
        place = reader.place
    return found


def _is_certain(stated: str, after: str) -> bool:
    """Whether a piece of running text can be nothing but a time: not `2024`, `2024-2025` or `H2` of `H2ブロック`."""
    if "年" in stated or stated.startswith("FY"):
        return True
    return re.search(r"[SHR]\.?(?:\d|元)", stated) is not None and not re.match(r"[A-Za-zァ-ヺ\-]", after)
