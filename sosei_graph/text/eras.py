"""Years of the Japanese eras. When an era began is taken from the library japanera."""

import datetime as dt
from functools import cache

#: How an era is printed: in kanji and as one Latin letter.
LETTERS = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
ERAS = tuple(LETTERS)
_BY_LETTER = {letter: era for era, letter in LETTERS.items()}

#: Years that a plan can speak of; an era year beyond them is a misprint.
FIRST_YEAR, LAST_YEAR = 1868, 2100

#: Plans made before an era ended count on in it: 平成32年度 is the fiscal year 2020. None was counted on before.
_COUNTED_ON = "平成"


@cache
def _limits() -> dict[str, tuple[int, int]]:
    from japanera import ERA_DATA_GENERAL  # type: ignore[import-untyped, unused-ignore]

    known = {era.kanji: era for era in ERA_DATA_GENERAL if era.kanji in LETTERS}
    limits = {}
    for name, era in known.items():
        open_end = era.until is None or name == _COUNTED_ON
        limits[name] = (era.since.year, LAST_YEAR if open_end else era.until.year)
    return limits


def western_year(era: str, number: int) -> int | None:
    """The year that an era year is, None where there is none: `("令和", 1)` is 2019, `("H", 32)` is 2020.

    `era` is the name in kanji or its letter. The Heisei era is counted on after its end, as plans printed before
    it do; 昭和65年 is not a year.
    """
    first, last = _limits()[_BY_LETTER.get(era, era)]
    year = first + number - 1
    return year if number >= 1 and FIRST_YEAR <= year <= last else None


def era_year(day: dt.date) -> tuple[str, int]:
    """The era of a day, from Meiji on, and its year in it: 2019-05-01 is `("令和", 1)`.

    Raises ValueError for a day before the first era.
    """
    from japanera import EraDate  # type: ignore[import-untyped, unused-ignore]

    era = EraDate.from_date(day).era
    if era.kanji not in LETTERS:
        raise ValueError(f"no era of the modern calendar on {day}")
    return str(era.kanji), int(era.calc_relative_year(day))
