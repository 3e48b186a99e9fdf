"""Figures and periods printed as officers write them; what is printed can be read again.

>>> print_figure(Figure("", Decimal(-1234), unit="人"), Style(width="full"))
'▲１，２３４人'
>>> print_period(fiscal_year(2019), "kanji")
'令和元年度'
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sosei_graph.text.eras import LETTERS, era_year
from sosei_graph.text.figure import Figure
from sosei_graph.text.numbers import SCALES
from sosei_graph.text.periods import Period

Width = Literal["half", "full", "mixed"]
YearForm = Literal["kanji", "letter", "west", "both"]

_FULL = str.maketrans("0123456789,.%-~()/", "０１２３４５６７８９，．％－～（）／")


@dataclass(frozen=True)
class Style:
    """How figures are printed.

    `mixed` is the rule of official documents: one digit full width, several half width. `minus` is `▲`, `△` or `－`.
    """

    width: Width = "half"
    commas: bool = True
    minus: str = "▲"


def print_figure(figure: Figure, style: Style | None = None) -> str:
    """The figure as it would stand in a cell. Its scale is printed where the number has one."""
    style = style or Style()
    before = "".join((f"{figure.basis}:" if figure.basis else "", _label(figure.label)))
    before += figure.per if figure.per == "年" else ""
    before += (figure.counting or "") + ("約" if figure.approximate else "")
    after = f"/{figure.per}" if figure.per and figure.per != "年" else ""
    after += "(累計)" if figure.cumulative else ""
    return before + _in_width(_amounts(figure, style) + after, style.width)


def _label(label: str | None) -> str:
    """男性 is parted from its figure, a mark (①) is not."""
    return f"{label}:" if label and label[-1].isalpha() else label or ""


def _amounts(figure: Figure, style: Style) -> str:
    unit = figure.unit or ""
    if figure.number is not None:
        sign = "+" if figure.sign == "+" else ""
        return sign + _number(figure.number, figure.scale, style) + unit
    low, high = figure.low, figure.high
    if low is not None and high is not None and not figure.low_open and not figure.high_open:
        return f"{_number(low, figure.scale, style)}{unit}~{_number(high, figure.scale, style)}{unit}"
    said = ""
    if low is not None:
        said += _number(low, figure.scale, style) + unit + ("超" if figure.low_open else "以上")
    if high is not None:
        said += _number(high, figure.scale, style) + unit + ("未満" if figure.high_open else "以下")
    return said


def _number(number: Decimal, scale: tuple[str, ...], style: Style) -> str:
    sign, rest = (style.minus if number < 0 else ""), abs(number)
    if not scale:
        return sign + _plain(rest, style)
    said = ""
    for each in scale[:-1]:
        whole, rest = divmod(rest, SCALES.get(each, 1))
        said += _plain(whole, style) + each
    return sign + said + _plain(rest / SCALES.get(scale[-1], 1), style) + scale[-1]


def _plain(number: Decimal, style: Style) -> str:
    return f"{number:,f}" if style.commas else f"{number:f}"


def _in_width(text: str, width: Width) -> str:
    if width == "full":
        return text.translate(_FULL)
    digits = [letter for letter in text if letter.isdigit()]
    return text.translate(_FULL) if width == "mixed" and len(digits) == 1 else text


def print_period(period: Period, form: YearForm = "kanji", width: Width = "half") -> str:
    """The period as officers write it; ValueError for one that no form is customary for.

    `kanji`: 令和6年度, `letter`: R6年度, `west`: 2024年度, `both`: 令和6年度（2024年度）.
    """
    if period.kind == "range" and period.first and period.last:
        return f"{print_period(period.first, form, width)}～{print_period(period.last, form, width)}"
    if period.kind == "plan-start":
        return "計画開始時点"
    if period.kind == "duration" and period.years:
        return _in_width(f"{period.years}年間", width)
    if period.start is None or period.end is None:
        raise ValueError(f"no customary form for {period}")
    unit = "年度" if period.kind == "fiscal" else "年"
    west = f"{period.start.year}{unit}"
    # The fiscal year 2019 is 令和元年度, and the calendar year 令和元年: the era at the end of the year counts.
    day = dt.date(period.start.year, 12, 31) if period.kind in ("fiscal", "calendar") else period.end
    said = west if form == "west" else _era(day, unit, letter=form == "letter")
    if form == "both":
        said += f"（{west}）"
    if period.kind in ("month", "date"):
        said += f"{period.start.month}月"
    return _in_width(said + (f"{period.start.day}日" if period.kind == "date" else ""), width)


def _era(day: dt.date, unit: str, *, letter: bool) -> str:
    era, number = era_year(day)
    return f"{LETTERS[era] if letter else era}{'元' if number == 1 and not letter else number}{unit}"
