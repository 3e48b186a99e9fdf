"""The times of a schedule: months and days as printed, and the years that its order gives them."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.text import fold
from sosei_graph.text.dates import read_period
from sosei_graph.text.periods import Period

ERA = (
    r"(?:令和|平成|[RH]\.?)\s*(?:元|\d{1,2})\s*年度?(?:\s*[(（]\s*20\d\d\s*年度?\s*[)）])?"
    r"|20\d\d\s*年度?(?:\s*[(（][^)）]{2,8}[)）])?"
)
_DAY_OF_WEEK = r"\s*[(（][月火水木金土日・祝]{1,3}[)）]"
_WEEKDAY = rf"(?:{_DAY_OF_WEEK})?"
#: A day that is not set yet: `3月xx日(x)`.
_NO_DAY = r"[xXｘＸ○〇●◯＊*]{1,2}\s*日(?:\s*[(（][^)）\d]?[)）])?"
#: `11/13(水)`, or `11/13` with a step after it.
_SLASHED = rf"\d{{1,2}}[/／]\d{{1,2}}(?:{_DAY_OF_WEEK}|(?=\s+\S))"
_WITHIN = rf"(?:\d{{1,2}}\s*日{_WEEKDAY}|{_NO_DAY}|上旬|中旬|下旬|初旬|末|頃|中)"
_MONTH = rf"(?:\d{{1,2}}\s*月(?!間)(?:\s*{_WITHIN})?|{_SLASHED})"
#: `R6.11`, `Ｒ６．11．13`, `2024/11/13`.
_DIGITS = rf"(?:[RHＲＨ][.．]?\d{{1,2}}|20\d\d)[.．/／]\d{{1,2}}(?:[.．/／]\d{{1,2}}(?!\d){_WEEKDAY}|(?![\d.．/／])月?)"
_TO = r"\s*[~～〜∼\-－‐]\s*"
#: A time at the head of a line: a month, a day or a range of them, with or without its year, or a season.
WHEN = re.compile(
    rf"{_DIGITS}|(?P<year>{ERA})?\s*(?:(?P<one>{_MONTH}|\d{{1,2}}(?={_TO}\d{{1,2}}\s*月))"
    rf"(?:{_TO}(?P<next>翌)?(?:{ERA})?\s*(?P<two>{_MONTH}|\d{{1,2}}\s*日))?"
    r"|(?P<season>(?:春|夏|秋|冬|年度?[初末]|年内|年明け)(?:[~～〜](?:春|夏|秋|冬))?頃?))(?:以降|頃|ごろ|予定|まで)?"
)
_YEAR_LINE = re.compile(rf"(?P<year>{ERA})\s*")


_OTHERS = re.compile(
    r"(?:国|内閣府|[都道府]?県|北海道|東京都|大阪府|京都府|道|府|都)(?:[・、/と及び]*(?:国|[都道府]?県|北海道|道|府|都|関係機関))*(?:の(?:動き|動向|予定|取組))?"
)


@dataclass
class Step:
    """A step with the time printed beside it; `year` is what is printed over it, `today` says that it is the meeting.

    Steps that are `chained` stand in the order of the schedule; one that `is_apart` stands in a column of its own.
    """

    words: Wording
    when: Wording = field(default_factory=Wording)
    year: str = ""
    today: bool = False
    track: Wording = field(default_factory=Wording)
    chained: bool = True
    period: Period | None = None
    by_order: bool = False
    is_apart: bool = False

    @property
    def is_of_others(self) -> bool:
        """Whether it may be a step of another government than the one whose schedule it is."""
        return self.is_apart or bool(_OTHERS.fullmatch(self.track.folded))


def _plain(text: str) -> str:
    """A time with 年, 月 and 日 instead of points and slashes: `R6.11.13` → `R6年11月13日`."""
    folded = fold(text).upper()
    folded = re.sub(
        r"^([RH]\.?\d{1,2}|20\d\d)[./](\d{1,2})(?:[./](\d{1,2}))?月?",
        lambda found: f"{found[1]}年{found[2]}月" + (f"{found[3]}日" if found[3] else ""),
        folded,
    )
    return re.sub(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", r"\1月\2日", folded)


def _year(text: str) -> int | None:
    """The calendar year that a text prints, of a fiscal year that in which it begins; None without one."""
    text = _plain(text)
    found = re.match(rf"\s*{ERA}", text)
    period = read_period(found[0].strip()) if found else None
    return period.start.year if period and period.start else None


def printed_over(text: str) -> str:
    """The year that a text begins with, as printed."""
    return text.strip() if _year(text) and is_year_only(text) else ""


def is_year_only(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return bool(_YEAR_LINE.fullmatch(text.strip()))


TODAY = re.compile(r"[(（](?:本日|今回|本会議)[)）]|本日|今回")


def date_steps(steps: Sequence[Step], held: str | None) -> None:
    """Reads the times: with their years where printed, else by the order of a schedule one of whose rows is known."""
    rows = list[list[Step]]()
    for step in steps:
        if step.chained and rows and rows[-1][0].chained and rows[-1][0].when.start == step.when.start:
            rows[-1].append(step)
        else:
            rows.append([step])
    chain = [row[0] for row in rows if row[0].chained]
    years = _years(chain, held)
    for row in rows:
        first = row[0]
        year, by_order = (
            years.get(id(first), (None, False)) if first.chained else (_printed_year(first), False)
        )
        for step in row:
            step.period = _period(step.when.text, year)
            step.by_order = by_order and step.period is not None


def _printed_year(step: Step) -> int | None:
    own = _of_month(_year(step.when.text), step.when.text, step.when.text)
    if own is None and step.year and not step.chained:
        return _of_month(_year(step.year), step.year, step.when.text)
    return own


def _of_month(year: int | None, printed: str, text: str) -> int | None:
    """The calendar year of a month of the year printed: a month to March of a fiscal year is in the next one."""
    month = _month(text)
    if year is None or month is None:
        return year
    found = re.match(rf"\s*{ERA}", _plain(printed))
    return year + 1 if found and "年度" in found[0] and month <= 3 else year


def _month(text: str) -> int | None:
    found = re.search(r"(\d{1,2})\s*(?:月|[~～〜∼\-－‐])", _plain(text))
    month = int(found[1]) if found else 0
    return month if 1 <= month <= 12 else None


def _years(chain: Sequence[Step], held: str | None) -> dict[int, tuple[int | None, bool]]:
    """The year of each row and whether it follows from the order; none for a schedule without a known row."""
    known: list[int | None] = []
    for step in chain:
        year = _printed_year(step)
        if year is None and step.year:
            year = _of_month(_year(step.year), step.year, step.when.text)
        if year is None and held and (step.today or _is_day(step.when.text, held)):
            year = int(held[:4])
        known.append(year)
    result = dict[int, tuple[int | None, bool]]()
    for at, step in enumerate(chain):
        if known[at] is not None:
            result[id(step)] = (known[at], False)
            continue
        result[id(step)] = (_from(chain, known, at), True)
    return result


def _from(chain: Sequence[Step], known: Sequence[int | None], at: int) -> int | None:
    """The year by the nearest known row: one later for each time that the months begin anew on the way."""
    anchors = [place for place, year in enumerate(known) if year is not None]
    months = [_month(step.when.text) for step in chain]
    if not anchors or None in months:
        return None
    anchor = min(anchors, key=lambda place: abs(place - at))
    low, high = sorted((anchor, at))
    turns = sum((months[place + 1] or 0) < (months[place] or 0) for place in range(low, high))
    back = any(0 < (months[place] or 0) - (months[place + 1] or 0) < 6 for place in range(low, high))
    year = known[anchor]
    if back or year is None:  # not in the order of time
        return None
    return year + turns if at > anchor else year - turns


def _is_day(text: str, held: str) -> bool:
    found = re.search(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日", _plain(text))
    return (
        bool(found) and (int(found[1]), int(found[2])) == (int(held[5:7]), int(held[8:10]))
        if found
        else False
    )


def _period(text: str, year: int | None) -> Period | None:
    """The time, with the year put before it where it prints none; None of one that is not exact (冬頃)."""
    plain = _plain(re.sub(r"[(（].*$", "", text) if TODAY.search(text) else text)
    whole = read_period(plain)
    if whole is not None:
        return whole
    found = WHEN.fullmatch(plain) or WHEN.match(plain)
    if found is None or year is None or not found["one"]:
        return None
    month = _month(found["one"] + "月" if "月" not in found["one"] else found["one"])
    one = found["one"] if "月" in found["one"] else found["one"] + "月"
    first = _in_year(one, year)
    if not found["two"]:
        exact = re.fullmatch(r"\d{1,2}月(?:\d{1,2}日(?:\([^)]*\))?|[上中下]旬|[中末])?", one)
        return first if exact and not re.search(_TO, plain) else None
    two = found["two"] if "月" in found["two"] else f"{month}月{found['two']}"
    later = (_month(two) or 0) < (month or 0) or bool(found["next"])
    second = _in_year(two, year + later)
    if first is None or second is None or not (first.start and second.end) or second.end <= first.start:
        return None
    about = first.approximate or second.approximate
    return Period("range", first.start, second.end, first=first, last=second, approximate=about)


#: The days of a third of a month, and of `中`, which is the month.
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "中": (1, 31)}


def _in_year(printed: str, year: int) -> Period | None:
    """A month, a day or a third of a month in a year."""
    part = re.fullmatch(r"(\d{1,2})月([上中下]旬|中)", printed)
    if part is None or not 1 <= int(part[1]) <= 12:
        return read_period(f"{year}年{printed}") if part is None else None
    month, (first, last) = int(part[1]), _PARTS[part[2]]
    return Period("range", date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))
