"""From the words of a cell to the values of an indicator."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sosei_graph.ingest.extracting.indicators.heads import PER_TIME, Head, folded, is_unit
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import CERTAIN, DatedPeriod, Doubt, Unread, Value, ValueKind
from sosei_graph.languages import Text
from sosei_graph.text.cells import Entry, read_cell
from sosei_graph.text.dates import find_periods, read_period
from sosei_graph.text.figure import Figure

NO_FIGURE = Text("値として読めません", "it cannot be read as a value")
NO_KIND = Text(
    "基準値、実績値、目標値のどれか分かりません",
    "it is not told whether it is a baseline, an actual or a target",
)
SEVERAL = Text("一つの欄に値が二つ以上あります", "there is more than one value in one cell")
UNIT_TWICE = Text(
    "単位の桁（千、万など）が見出しと欄の両方にあります",
    "both the head and the cell have a scale (thousand, ten thousand)",
)
CHANGE = Text("増加分の値です", "it is an increase, no amount")

_ARROW = re.compile(r"[→⇒➡➔]")
_MARKS = re.compile(r"^(?:[*＊※]+\s*)+|(?:[*＊※]+\d{0,2}|[(（]?[※＊*注]\d{1,2}[)）]?)$")
_BRACKET = re.compile(r"[(（〔\[]([^()（）〔〕\[\]]*)[)）〕\]]$")
_TIME_FIRST = re.compile(r"(?P<time>[^\s:：]{2,12})[:：]\s*(?=\S)")
#: A label has its mark, or a figure after it: 現状維持 is a value.
_LABEL = re.compile(
    r"^[【〔\[(（]?(?P<label>基準値?|現状値?|現況値?|当初値?|策定時|実績値?|最新値?|目標値?|数値目標)"
    # 現状維持, 基準値以上 and 実績を上回る are values in words.
    r"(?:[】〕\])）]\s*[:：]?\s*|\s*[:：]\s*|\s+(?![以を維よ達比程並と超未])|(?=[約▲△±\-－−―ー0-9０-９]))"
)
_LABELS: dict[str, ValueKind] = {"実": "actual", "最": "actual", "目": "target", "数": "target"}


@dataclass(frozen=True)
class Cell:
    """The words of a cell under a head, and the unit that is printed elsewhere."""

    words: Wording
    head: Head
    when: DatedPeriod | None = None
    unit: str | None = None


def label_of(words: Wording) -> tuple[ValueKind, int] | None:
    """The kind that a value names itself (`目標値：1,300人`), and where the value begins."""
    found = _LABEL.match(words.text)
    if found is None or found.end() == len(words.text):
        return None
    return _LABELS.get(found["label"][0], "baseline"), found.end()


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Whether a text is a value and nothing else: figures, a mark for none, or words that are known as a value."""
    return _entry(text, None).content not in ("empty", "unread")


def _entry(text: str, unit: str | None) -> Entry:
    per = PER_TIME.search(unit) if unit else None
    plain = PER_TIME.sub("", unit) if unit else None
    entry = read_cell(text, unit=plain)
    if entry.content == "unread" and (bare := _MARKS.sub("", text).strip()) not in ("", text):
        entry = read_cell(bare, unit=plain)
    return _counted_in(entry, per[1]) if per else entry


def _counted_in(entry: Entry, time: str) -> Entry:
    """The entry with the time that the unit printed elsewhere counts in, for figures without a unit of their own."""
    own = [figure.unit for figure in read_cell(entry.printed).figures] or [None] * len(entry.found)
    found = tuple(
        each if unit or each.figure.per else replace(each, figure=replace(each.figure, per=time))
        for each, unit in zip(entry.found, own, strict=True)
    )
    return replace(entry, found=found)


def read_values(cell: Cell, source: Source) -> tuple[tuple[Value, ...], Unread | None]:
    """The values of a cell, and the cell itself where it is not empty and none could be read."""
    words = cell.words.cut(0)
    if not words:
        return (), None
    kind = cell.head.kind
    if labelled := label_of(words):
        kind, words = labelled[0], words.cut(labelled[1])
    if kind is None:
        return (), source.unread([words], NO_KIND)
    words, when = _dated(words, source)
    when = when or cell.when
    entry = _entry(words.text, cell.unit)
    if len(entry.found) > 1 and (_ARROW.search(words.text) or _alike(entry.figures)):
        return (), source.unread([words], SEVERAL)
    if entry.found:
        return _figures(entry, words, kind, replace(cell, when=when), source)
    if entry.absence is None and entry.words is None:
        twice = cell.unit is not None and bool(_entry(words.text, None).found)
        return (), source.unread([words], UNIT_TWICE if twice else NO_FIGURE)
    value = Value(kind, source.passage(words), absence=entry.absence, words=entry.words, when=when)
    return (value,), None


def _alike(figures: Sequence[Figure]) -> bool:
    """Whether nothing tells two figures apart: `98件 121件` are rather those of two columns."""
    told = {
        (each.unit, each.label, each.basis, each.per, each.cumulative, each.counting, each.change, each.words)
        for each in figures
    }
    return len(told) < len(figures)


def _dated(words: Wording, source: Source) -> tuple[Wording, DatedPeriod | None]:
    """A cell without the time in brackets at its end or before a colon: `未整備（H30）`, `H30：未整備`."""
    if (first := _TIME_FIRST.match(words.text)) and (period := read_period(first["time"])) and period.start:
        when = DatedPeriod(source.passage(words.cut(*first.span("time"))), period)
        return words.cut(first.end()), when
    found = _BRACKET.search(words.text)
    if found is None or found.start() == 0:
        return words, None
    start, end = found.span(1)
    period = read_period(found[1])
    if period is None and (dated := find_periods(found[1])) and dated[0].start == 0 and len(dated) == 1:
        # （H28 経済センサス）: the time and where the value is from
        after = found[1][dated[0].end :]
        if after[:1].isspace() and not re.search(r"[0-9０-９]", after):
            period, end = dated[0].period, start + dated[0].end
    if period is None or (period.start is None and period.kind != "plan-start"):
        return words, None
    return words.cut(0, found.start()), DatedPeriod(source.passage(words.cut(start, end)), period)


def _figures(
    entry: Entry, words: Wording, kind: ValueKind, cell: Cell, source: Source
) -> tuple[tuple[Value, ...], Unread | None]:
    doubt = Doubt(0.8, (SEVERAL,)) if len(entry.found) > 1 else CERTAIN
    values = []
    for found in entry.found:
        part = words.cut(found.start, found.end)
        figure, when = found.figure, cell.when
        if figure.basis is not None:
            part, inner = _basis(part, figure, source)
            when = inner or when
        if cell.head.change and figure.change is None:
            figure = replace(figure, change=cell.head.change, cumulative=figure.cumulative or cell.head.total)
            doubt = Doubt(1.0, (CHANGE,))
        values.append(Value(kind, source.passage(part), figure=figure, when=when, doubt=doubt))
    return tuple(values), None


def _basis(part: Wording, figure: Figure, source: Source) -> tuple[Wording, DatedPeriod | None]:
    """A figure's words without its time, and the time: `R5:1,234人`, `1,234人（R5）`."""
    period = read_period(figure.basis or "")
    bracket = _BRACKET.search(part.text)
    if period is None and (bracket is None or folded(bracket[1]) != figure.basis):
        return part, None
    if bracket is not None and read_period(bracket[1]) == period:
        when = source.passage(part.cut(bracket.start(1), bracket.end(1)))
        return part.cut(0, bracket.start()), DatedPeriod(when, period)
    start = part.folded.find(figure.basis or "")
    if start < 0:
        return part, None
    end = start + len(figure.basis or "")
    when = source.passage(part.cut_folded(start, end))
    before, after = part.cut_folded(0, start), part.cut_folded(end, len(part.folded))
    rest = before if re.search(r"[0-9０-９]", before.text) else after
    rest = rest.cut(len(rest.text) - len(rest.text.lstrip(")）]〕】:：はので 　")))
    return (rest or part), DatedPeriod(when, period)


def unit_in(words: Wording) -> tuple[Wording, str] | None:
    """The unit in brackets at the end of words, as words and as text: `新規就農者数（人）`, `歳入（単位：千円）`."""
    found = re.search(
        r"[(（\[［〔【]\s*(?:単位\s*[:：]?\s*)?([^()（）\[\]［］〔〕【】:：]{1,14})[)）\]］〕】]\s*$",
        words.text,
    )
    if found is None or not is_unit(folded(found[1])):
        return None
    return words.cut(found.start(1), found.end(1)), folded(found[1])


def in_order(values: Sequence[Value]) -> Iterator[Value]:
    """Values without repetitions of one and the same passage."""
    seen = set()
    for value in values:
        key = (value.kind, value.printed.spans)
        if key not in seen:
            seen.add(key)
            yield value
