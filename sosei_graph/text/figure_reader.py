"""Reads printed figures from left to right: what stands before the amount, the amount, what follows it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NoReturn

from sosei_graph.text import figure_forms as forms
from sosei_graph.text.dates import Period, find_periods, period_at
from sosei_graph.text.figure import Figure, FoundFigure
from sosei_graph.text.figure_forms import DoubtfulError
from sosei_graph.text.numbers import parse_number
from sosei_graph.text.printed import Printed, printed
from sosei_graph.text.units import doing_at, has_thousandths, read_unit, time_at, unit_at

_POINTS = ("ポイント", "%ポイント", "pt")
#: Units of a change in themselves when a plus stands before the figure.
_SHARES = ("%", "割", "‰", *_POINTS)


@dataclass
class _Reader:
    """Reads figures from left to right; a reading that fails raises DoubtfulError."""

    text: Printed
    place: int = 0
    known_units: bool = False
    found: list[FoundFigure] = field(default_factory=list)
    divided: bool = False
    """Whether a stroke stands between figures: `50人/100人` is half of them, or two values."""

    def at(self, letters: str | tuple[str, ...]) -> bool:
        return self.place < len(self.text.text) and self.text.text.startswith(letters, self.place)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text.text, self.place)
        if found is not None:
            self.place = found.end()
        return found

    def series(self, closing: str = "") -> None:
        """All figures up to the end, or to the closing bracket."""
        while True:
            begin = self.place
            separator = self.take(forms.SEPARATOR)
            parted = separator is not None or begin in self.text.gaps
            at_end = self.place == len(self.text.text)
            if separator is not None and (begin == 0 or at_end) and re.search("[,/]", separator[0]):
                raise DoubtfulError  # `12,` and `,345人` are parts of a number
            if at_end or (closing and self.at(closing)):
                return
            self.divided |= separator is not None and "/" in separator[0]
            if self.found and not parted and self.at(tuple("0123456789▲△+-−±~〜")):
                raise DoubtfulError
            if len(self.found) == 1 and parted and self._dated():
                return
            self.figure()

    def _dated(self) -> bool:
        """Whether the only figure is followed by nothing but its period, parted by white space: `1.48 H30`."""
        read = period_at(self.text, self.place)
        only = self.found[0]
        if read is None or read[1] != len(self.text.text) or only.figure.basis is not None:
            return False
        stated = self.text.text[self.place : read[1]]
        if not re.search(r"年|[SHR]\.?\d", stated):
            return False
        figure = forms.with_basis(only.figure, stated, cumulative=read[0].cumulative)
        self.place = read[1]
        self.found = [replace(only, figure=figure)]
        return True

    def figure(self) -> None:
        """One figure with its brackets, which may hold further figures."""
        start = self.place
        figure = self._core(self._prefixed(Figure(printed="")))
        end = self.place
        inside: list[tuple[int, int]] = []
        while bracket := forms.BRACKETED.match(self.text.text, self.place):
            more = _bracketed(figure, bracket[1])
            if more is None:
                inside.append(bracket.span())
            else:
                figure, end = self._suffixed(more, bracket.end()), self.place
            self.place = max(self.place, bracket.end())
        self._keep(start, end, figure)
        self._read_inside(inside, figure)

    def core(self) -> FoundFigure:
        """One figure without brackets."""
        start = self.place
        figure = self._core(self._prefixed(Figure(printed="")))
        self._keep(start, self.place, figure)
        return self.found[-1]

    def _read_inside(self, brackets: list[tuple[int, int]], outer: Figure) -> None:
        after = self.place
        for start, end in brackets:
            self.place = start + 1
            count = len(self.found)
            self.figure()
            self.series(closing=self.text.text[end - 1])
            if self.place != end - 1 or any(each.figure.unit is None for each in self.found[count:]):
                raise DoubtfulError
            self.found[count:] = [_beside(each, outer) for each in self.found[count:]]
        self.place = after

    def _keep(self, start: int, end: int, figure: Figure) -> None:
        first, last = self.text.span(start, end)
        stated = replace(figure, printed=self.text.original[first:last])
        self.found.append(FoundFigure(first, last, stated))

    def _prefixed(self, figure: Figure) -> Figure:
        if found := self.take(forms.MARK):
            figure = replace(figure, label=found[0].rstrip(":"))
        while not forms.AMOUNT.match(self.text.text, self.place) or self._at_span():
            before = self.place
            figure = self._prefix(figure)
            if self.place == before:
                raise DoubtfulError
            self.take(re.compile(":"))
        return figure

    def _at_span(self) -> bool:
        """Whether the digits here belong to words before the amount (`5年間で`, `2024年度`)."""
        text = self.text.text
        return (
            any(pattern.match(text, self.place) for pattern, _ in forms.PREFIXES) or self._basis() is not None
        )

    def _prefix(self, figure: Figure) -> Figure:
        for pattern, change in forms.PREFIXES:
            if found := self.take(pattern):
                return change(figure, found)
        if read := self._basis():
            period, end = read
            stated = self.text.text[self.place : end]
            self.place = end
            self.take(re.compile(r"[:はので ]"))
            return forms.with_basis(figure, stated, cumulative=period.cumulative)
        if bracket := forms.BRACKETED.match(self.text.text, self.place):
            self.place = bracket.end()
            return _bracketed(figure, bracket[1]) or _doubt()
        if found := self.take(forms.LABEL):
            if figure.label and figure.label[-1].isalpha():
                raise DoubtfulError
            return replace(figure, label=(figure.label or "") + found[0].rstrip(": "))
        return figure

    def _basis(self) -> tuple[Period, int] | None:
        """The period that is printed before the amount it belongs to, and where it ends."""
        read = period_at(self.text, self.place)
        if read is None:
            return None
        end = read[1]
        stated, after = self.text.text[self.place : end], self.text.text[end : end + 1]
        certain = re.search(r"年|[SHR]\.?\d", stated) or after == ":"
        return read if certain and after and after not in forms.CLOSE + forms.OPEN + "、,~〜-" else None

    def _core(self, figure: Figure) -> Figure:
        figure = self._amount(figure)
        if to := self.take(forms.TO):
            return self._suffixed(self._range(figure, hyphen=bool(to["hyphen"])), self.place)
        figure = self._suffixed(figure, self.place)
        return self._closed(figure) if figure.low is not None and figure.high is None else figure

    def _amount(self, figure: Figure) -> Figure:
        begin = self.place
        found = self.take(forms.AMOUNT)
        if found is None:
            raise DoubtfulError
        sign, digits = found["sign"], found["digits"]
        if sign in ("-", "−") and found.start("digits") in self.text.gaps:
            raise DoubtfulError  # a bullet, or a minus
        zero = digits == "ゼロ"
        unit = self._unit(decimal="." in digits, known=self.known_units or zero)
        counted = digits + ("人" if unit else "")  # 1万5 is doubtful, 1万5人 is not
        number = Decimal(0) if zero else parse_number(sign.replace("±", "") + counted)
        odd_sign = (sign == "±" and number) or (zero and sign)
        if re.match(r"0\d", digits):
            raise DoubtfulError  # the rest of a number that a line break divides
        if has_thousandths(unit, digits):
            raise DoubtfulError
        if number is None or odd_sign or (figure.unit and unit):
            raise DoubtfulError
        if begin and self.text.text[begin - 1] == "第" and unit != "位":
            raise DoubtfulError
        self.place += len(unit)
        scale = () if zero else tuple(scale for scale in forms.SCALES_OF.findall(digits))
        figure = replace(figure, number=number, unit=unit or figure.unit, sign=sign or None)
        figure = replace(figure, scale=scale if any(scale) else ())
        if unit and (word := doing_at(self.text.text, self.place)):
            self.place += len(word)
            figure = replace(figure, words=(*figure.words, word))
        is_change = (sign == "+" and unit in _SHARES) or (sign and unit in _POINTS)
        return replace(figure, change="・".join(filter(None, (figure.change, sign)))) if is_change else figure

    def _unit(self, *, decimal: bool, known: bool) -> str:
        text = self.text.text
        unit = unit_at(text, self.place, known=known, stop=self.text.gap_after(self.place))
        if unit == "台" and decimal:
            raise DoubtfulError  # 1.5台 is 1.5 to 1.6
        # 21年 is a year or a time, 79.5年 is a time.
        return "年" if decimal and not unit and re.compile("年(?![度間目])").match(text, self.place) else unit

    def _range(self, first: Figure, *, hyphen: bool) -> Figure:
        last = self._amount(replace(first, number=None, unit=None, scale=()))
        unlike = first.unit is not None and first.unit != last.unit
        unscaled = bool(last.scale) and first.unit is None and first.scale != last.scale
        if (
            unlike
            or unscaled
            or first.number is None
            or last.number is None
            or not first.number < last.number
        ):
            raise DoubtfulError
        if hyphen and (last.unit is None or first.number < 0 or last.number < 0):
            raise DoubtfulError
        if last.unit is None and first.number >= 1900 and last.number <= 2100:
            raise DoubtfulError  # years
        return replace(last, number=None, low=first.number, high=last.number)

    def _closed(self, lower: Figure) -> Figure:
        """`10人以上20人未満`, `10件以上、20件未満`: one interval."""
        begin = self.place
        parted = self.take(forms.AND)
        if parted is None:
            return lower
        upper = self._suffixed(self._amount(Figure(printed="")), self.place)
        if upper.high is None and parted[0]:
            self.place = begin
            return lower
        if upper.high is None or lower.low is None or not lower.low < upper.high:
            raise DoubtfulError
        if lower.unit not in (None, upper.unit):
            raise DoubtfulError
        return replace(lower, high=upper.high, high_open=upper.high_open, unit=upper.unit)

    def _suffixed(self, figure: Figure, place: int) -> Figure:
        self.place = place
        while True:
            if figure.per is None and (found := time_at(self.text.text, self.place)):
                self.place = found.end()
                figure = forms.per_time(figure, found)
                continue
            for pattern, change in forms.SUFFIXES:
                if found := self.take(pattern):
                    figure = change(figure, found)
                    break
            else:
                return figure


def _beside(each: FoundFigure, outer: Figure) -> FoundFigure:
    """A figure in brackets: with a sign it is the change of the one before them, in per cent a share of it."""
    figure = each.figure
    if figure.sign in ("+", "▲", "△", "-", "−") and outer.sign is None and not figure.change:
        return replace(each, figure=replace(figure, change=figure.sign))
    if figure.unit in _SHARES and outer.unit not in (None, *_SHARES) and not (figure.label or figure.change):
        return replace(each, figure=replace(figure, label="割合"))
    return each


def _doubt() -> NoReturn:
    raise DoubtfulError


def _bracketed(figure: Figure, inside: str) -> Figure | None:
    """What a bracket says of the figure before it; None where it may hold a figure of its own."""
    for pattern, change in forms.BRACKETS:
        if found := pattern.fullmatch(inside):
            return change(figure, found)
    unit = inside.removeprefix("単位").lstrip(":")
    if figure.unit is None and read_unit(unit) and (scaled := figure.in_unit(unit)):
        return scaled
    read = period_at(printed(inside), 0)
    if read is not None and read[1] == len(inside):
        return forms.with_basis(figure, inside, cumulative=read[0].cumulative)
    if figure.unit in (None, "人") and forms.OF_POPULATION.fullmatch(inside):
        return replace(figure, unit=inside)
    if forms.YEAR_WITHOUT_ERA.fullmatch(inside):
        return forms.with_basis(figure, inside, cumulative=False)
    return replace(figure, words=(*figure.words, inside)) if forms.REMARK.fullmatch(inside) else None


def read_figures(text: str, *, unit: str | None = None) -> tuple[FoundFigure, ...]:
    """All figures that a text consists of, and nothing besides them; () where any part of it is not certain.

    Several figures are told apart by their units, labels or periods: `53 68` may as well be one broken number. A
    bare `2024` may be a year. `unit`: the unit that is printed elsewhere for them (`千円` at the head of a column).
    """
    reader = _Reader(printed(text))
    try:
        reader.series()
    except DoubtfulError:
        return ()
    found = sorted(reader.found, key=lambda each: each.start)
    if len(found) > 1 and not all(_is_told_apart(each.figure, divided=reader.divided) for each in found):
        return ()
    if unit is not None:
        return _in_unit(found, unit)
    return () if any(_may_be_year(each.figure) for each in found) else tuple(found)


def _is_told_apart(figure: Figure, *, divided: bool) -> bool:
    """Whether a figure beside others says which of them it is."""
    return bool(figure.basis or figure.label or (figure.unit and not divided))


def _in_unit(found: Sequence[FoundFigure], unit: str) -> tuple[FoundFigure, ...]:
    read = [(each, each.figure.in_unit(unit)) for each in found]
    sure = tuple(replace(each, figure=figure) for each, figure in read if figure is not None)
    return sure if len(sure) == len(found) else ()


def _may_be_year(figure: Figure) -> bool:
    said = figure.unit or figure.label or figure.basis or figure.per or figure.scale or figure.sign
    bare = re.search(r"(?<![\d,.])[12]\d{3}(?![\d,.])", printed(figure.printed).text)
    return figure.number is not None and not said and bare is not None and 1900 <= figure.number <= 2100


def read_figure(text: str, *, unit: str | None = None) -> Figure | None:
    """The one figure that a text states; None where there is none, where there are several, or in doubt.

    `unit`: the unit that is printed elsewhere for it (`千円` at the head of its column).
    """
    found = read_figures(text, unit=unit)
    return found[0].figure if len(found) == 1 else None


_START = re.compile(r"(?<![\dA-Za-z.,第月時/~〜\-−])(?=[▲△約年延累前対\d]|(?<![㐀-鿿])[\-−]\d)")
_SENTENCE_GOES_ON = re.compile(r"[A-Za-z0-9㐀-鿿ァ-ヺ々\-~〜/%]")


def find_figures(text: str) -> list[FoundFigure]:
    """The figures with a unit in a running text, in its order. Years and dates are none of them."""
    ready = printed(text)
    dates = [place for period in find_periods(text) for place in (period.start, period.end)]
    found: list[FoundFigure] = []
    place = 0
    while candidate := _START.search(ready.text, place):
        place = candidate.start() + 1
        if bisect_right(dates, ready.places[candidate.start()]) % 2:
            continue  # within a period
        reader = _Reader(ready, candidate.start(), known_units=True)
        figure = _one(reader)
        if figure is None or figure.figure.unit is None:
            continue
        found.append(figure)
        place = reader.place
    return found


def _one(reader: _Reader) -> FoundFigure | None:
    try:
        figure = reader.core()
    except DoubtfulError:
        return None
    goes_on = _SENTENCE_GOES_ON.match(reader.text.text, reader.place)
    return None if goes_on and reader.place not in reader.text.gaps else figure
