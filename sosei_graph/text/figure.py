"""The value object of a printed figure."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sosei_graph.text.numbers import SCALES
from sosei_graph.text.printed import printed
from sosei_graph.text.units import has_thousandths, may_be_scaled, read_unit

_DIGITS = re.compile(r"\d[\d,.]*(?![\d.,]|[万億千百兆])")


@dataclass(frozen=True)
class Figure:
    """One figure of a document. Either `number` is given, or `low`, `high` or both.

    - `number`, `low`, `high` have scale and sign in them: `▲1.5万人` is -15000. `low` and `high` are bounds (以上 以下
      未満 超) or the ends of a range; `low_open`, `high_open`: the end itself does not belong (超, 未満).
    - `unit` is as printed, its widths folded (`m2`, `%`, `人/ha`), None where none is printed. `scale` are the scales
      as printed (`("億", "万")`; a last part without one is `""`), which are no part of the unit.
    - `per` is the time a rate is for: 年 of `年40人` and `40組/年`, 月, 日, 週.
    - `change`: the words that make it the change of something and not an amount (`増`, `前年比`, `+` before ％).
    - `counting` is 延べ or 実; `basis` what it is as of (`R5.9.1時点`), for `dates.read_period`; `label` what tells it
      apart in its cell (`男性`, `①`); `words` all else around it (`見込`, `維持`, `参加`).

    Two figures are equal when they say the same, whatever widths they are printed in.
    """

    printed: str = field(compare=False)
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None
    scale: tuple[str, ...] = ()
    sign: str | None = field(default=None, compare=False)
    approximate: bool = False
    cumulative: bool = False
    per: str | None = None
    change: str | None = None
    counting: str | None = None
    basis: str | None = None
    label: str | None = None
    words: tuple[str, ...] = ()

    @property
    def per_year(self) -> bool:
        """Whether it is so much in each year."""
        return self.per == "年"

    @property
    def is_amount(self) -> bool:
        """Whether it is a number for itself: no bound, range or change."""
        return self.number is not None and self.change is None

    def in_unit(self, unit: str) -> "Figure | None":
        """The figure read in a unit that is printed elsewhere (`千円` at the head of its column).

        A unit of its own is kept. None where both could count (a scale of its own under a scaled unit), where both
        are for a time, and where the unit may begin with a scale that is not known.
        """
        if self.unit is not None:
            return self
        unit = printed(unit).text
        read = read_unit(unit)
        if read is None:
            return None if may_be_scaled(unit) else replace(self, unit=unit)
        if not read.scale and any(
            has_thousandths(read.unit, digits) for digits in _DIGITS.findall(printed(self.printed).text)
        ):
            return None
        if (read.scale and self.scale) or (read.per and self.per not in (None, read.per)):
            return None
        times = SCALES.get(read.scale, 1)
        number, low, high = (
            None if value is None else value * times for value in (self.number, self.low, self.high)
        )
        figure = replace(self, number=number, low=low, high=high, unit=read.unit, per=read.per or self.per)
        return replace(figure, scale=(read.scale,)) if read.scale else figure


@dataclass(frozen=True)
class FoundFigure:
    """A figure and its place in the text, `end` not included."""

    start: int
    end: int
    figure: Figure
