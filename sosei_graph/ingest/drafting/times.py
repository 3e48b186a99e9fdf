"""Periods as nodes: whole years are those of the calendar, all others belong to the plan that speaks of them."""

import datetime as dt
import re
from dataclasses import dataclass, field

from sosei_graph.ingest.facts import Notebook, date, node, string, term
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import DatedPeriod
from sosei_graph.languages import Text
from sosei_graph.text.dates import Period

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: The first and the last day of a period.
Days = tuple[dt.date, dt.date]
#: A time before the plan or project began (事業開始前), which is not its first day.
_BEFORE = re.compile(r"開始前")
_NOT_FOUND = Text("時期（取り込みでは見つからず）", "Time (not found when the document was read in)")


@dataclass
class Times:
    """The periods of a plan, an agreement or a meeting: `base` is its IRI, `start` the first day of its period."""

    base: str
    notes: Notebook
    known: Known
    start: dt.date | None = None
    start_stated: DatedPeriod | None = None
    _made: dict[str, str] = field(default_factory=dict)

    def iri(self, when: DatedPeriod | None) -> str:
        """The node of a period; where none was found, one that says so."""
        if when is None:
            return self._node("period/not-found", "sosei:Period", _NOT_FOUND, None, None)
        period = when.period
        year = period.iri() if period else None
        if year and self.known.is_described(f"{self.known.base}id/{year}"):
            return f"{self.known.base}id/{year}"
        if period is None or period.start is None or period.end is None:
            return self._undated(when)
        days = (period.start, period.end)
        if period.kind == "date" or period.start == period.end:
            name = f"period/{period.end.isoformat()}"
            return self._node(name, "sosei:PointInTime", _day(period.end), (period.end, period.end), when)
        if period.approximate:
            return self._undated(when)
        return self._node(f"period/{key_of(period)}", "sosei:Period", _span(*days), days, when)

    def _undated(self, when: DatedPeriod) -> str:
        period = when.period
        printed = "".join(when.printed.text.split())
        if period is not None and period.kind == "plan-start" and not _BEFORE.search(printed):
            return self._start(when)
        label = Text(f"{printed}（年月日の記載なし）", f"{printed} (dates not stated)")
        name = f"period/{_safe(printed)}"
        return self._node(name, "sosei:Period", label, None, when)

    def _start(self, when: DatedPeriod) -> str:
        name = Text("計画開始時点", "Start of the plan")
        days = (self.start, self.start) if self.start else None
        iri = self._node("start", "sosei:PointInTime", name, days, when)
        if self.start and self.start_stated:
            self.notes.say(iri, "sosei:startDate", date(self.start.isoformat()), self.start_stated.printed)
        return iri

    def _node(self, name: str, kind: str, label: Text, days: Days | None, when: DatedPeriod | None) -> str:
        """The node of a period: `days` are its first and last one where they are known."""
        iri = self._made.get(name)
        if iri is None:
            iri = self._made[name] = self.notes.free(f"{self.base}/{name}")
            self.notes.begin(iri, kind, label, when.printed if when else None)
            if days:
                self.notes.say(iri, "sosei:startDate", date(days[0].isoformat()))
                self.notes.say(iri, "sosei:endDate", date(days[1].isoformat()))
            else:
                reason = "absence:not-stated" if when else "absence:not-found"
                self.notes.say(iri, "sosei:absenceReason", term(reason))
            if when:
                self.notes.say(iri, "sosei:statedPeriod", string(when.printed.text), when.printed)
        return iri

    def point(self, subject: str, when: DatedPeriod | None, predicate: str = "sosei:period") -> str:
        """Says when something is: the node of the period, and what was printed."""
        iri = self.iri(when)
        self.notes.say(subject, predicate, node(iri))
        if when is not None:
            self.notes.say(subject, "sosei:statedPeriod", string(when.printed.text), when.printed)
        return iri


def key_of(period: Period | None) -> str:
    """`fy2026`, `cy2024`, `2024-10`, `2024-09-30`, `fy2023-2027`; empty for a time without dates."""
    if period is None or period.start is None or period.end is None:
        return ""
    if year := period.iri():
        return year.replace("/", "")
    if period.kind == "month":
        return f"{period.start:%Y-%m}"
    if period.kind == "date" or period.start == period.end:
        return period.end.isoformat()
    if period.first and period.last and period.first.kind == period.last.kind in ("fiscal", "calendar"):
        short = "fy" if period.first.kind == "fiscal" else "cy"
        last = period.last.start.year if period.last.start else period.end.year
        return f"{short}{period.start.year}-{last}"
    return f"{period.start.isoformat()}--{period.end.isoformat()}"


def _day(day: dt.date) -> Text:
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def _span(start: dt.date, end: dt.date) -> Text:
    first, last = _day(start), _day(end)
    return Text(f"{first.ja}から{last.ja}まで", f"{first.en} to {last.en}")


def plan_period_label(start: dt.date, end: dt.date) -> Text:
    """What a plan's period is called."""
    first, last = _day(start), _day(end)
    return Text(f"計画期間（{first.ja}～{last.ja}）", f"Plan period ({first.en} to {last.en})")


def _safe(printed: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in printed).strip("-") or "unknown"
