"""Periods: fiscal and calendar years, months, days, ranges, and times that only a plan knows."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["fiscal", "calendar", "month", "date", "range", "duration", "plan-start", "unknown"]


@dataclass(frozen=True)
class Period:
    """A year, a month, a day, a range, or a time that only the plan knows.

    - `fiscal`, `calendar`, `month`, `date`: `start` and `end` are their first and last day. 年度末 and 現在 of a day
      are a `date`. A calendar or fiscal year without `start` is a mere `（暦年）`, which says how to count.
    - `range`: from the start of `first` to the end of `last`; `years` where the text counts them and counts right.
    - `duration`: `years` only (`５年間`). `plan-start`: 計画開始時点. `unknown`: 現状値, 直近.

    `nth` is the year of the plan (`3年目`); `cumulative` is true of `2023～27年度累計`; `words` are the words around it
    that are no time (`実績`, `目標`, `増加分`).
    """

    kind: Kind
    start: dt.date | None = None
    end: dt.date | None = None
    first: "Period | None" = None
    last: "Period | None" = None
    years: int | None = None
    nth: int | None = None
    cumulative: bool = False
    approximate: bool = False
    words: tuple[str, ...] = ()
    printed: str = field(default="", compare=False)

    def iri(self) -> str | None:
        """The local IRI of a whole year: `fy/2026`, `cy/2024`; None of everything else."""
        if self.start is None or self.kind not in ("fiscal", "calendar"):
            return None
        return f"{'fy' if self.kind == 'fiscal' else 'cy'}/{self.start.year}"


@dataclass(frozen=True)
class FoundPeriod:
    """A period and its place in the text, `end` not included."""

    start: int
    end: int
    period: Period


def fiscal_year(year: int) -> Period:
    """The Japanese fiscal year that begins on 1 April of a year."""
    return Period("fiscal", dt.date(year, 4, 1), dt.date(year + 1, 3, 31))


def calendar_year(year: int) -> Period:
    """The calendar year."""
    return Period("calendar", dt.date(year, 1, 1), dt.date(year, 12, 31))
