"""Indicators in a goal's lines: with values, or by name only, each with where it stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate

from sosei_graph.ingest.extracting.goals.labels import LabelKind
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.stretches import Stretch, begins, stretches
from sosei_graph.ingest.extracting.indicators.lines import read_line, read_lines, starts_with_key
from sosei_graph.ingest.extracting.indicators.naming import cleaned, is_figure, is_name
from sosei_graph.ingest.extracting.indicators.rows import Manner, Yield
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import (
    DatedPeriod,
    Doubt,
    Indicator,
    IndicatorKind,
    Unread,
    Value,
    ValueKind,
)
from sosei_graph.languages import Text
from sosei_graph.text.cells import read_cell
from sosei_graph.text.dates import find_periods
from sosei_graph.text.figures import find_figures

SHARED = Text(
    "並列された名称です。後ろの語がこの指標にもかかるか確かめてください",
    "one of several names in a row: check whether the words after the last belong to it too",
)
NOT_READ = Text("指標と値の組として読めません", "it cannot be read as an indicator with its values")
CUT = Text(
    "行の折り返しのため、指標の範囲が決まりません",
    "the lines are wrapped, and where the indicator ends is not certain",
)

_KINDS: dict[LabelKind, IndicatorKind] = {
    "targets": "NumericTarget",
    "kpi": "KeyPerformanceIndicator",
    "reference": "ReferenceIndicator",
}
_ARROW = re.compile(r"\S\s*[→⇒➡➔]\s*\S")
#: An arrow with a figure after it.
_ARROWED = re.compile(r"\S\s*(?:[(（][^()（）]{1,12}[)）])?\s*[→⇒➡➔]\s*[^\s→]{0,4}[0-9０-９]")
_NOTE = re.compile(r"^\s*[※＊*]\s*")
_BETWEEN = re.compile(r"[、，](?![^（(「『]*[)）」』])")
_TAIL = re.compile(
    r"\s*(?:以上|以下|未満|程度|増|減|増加|減少|維持)?\s*(?:[(（][^()（）]*[)）])?\s*[)）]?\s*"
)
_KPI = re.compile(r"^\s*[・○●◎■【\[(（]*\s*(?:KPI|ＫＰＩ|重要業績評価指標)")
_RATING = re.compile(
    r"^\s*[・○●◎■【\[(（]*(?:評価|達成状況|進捗状況|達成度|進捗度|自己評価|判定)[】\])）]*\s*[:：]\s*(?P<rating>[^\s:：。]{1,16})\s*$"
)
#: The answer whose share is counted, in a row of several: `「住みよい」、「住み続けたい」と答えた人の割合`.
_QUOTED = re.compile(r"「[^「」]*」")
_MOST_NAME = 45
_MOST_WORDS = 100


@dataclass(frozen=True)
class Placed:
    """An indicator, and the numbers of the lines (of the goal's lines) at which it stands.

    `groups` is what stands beside it in its table, folded.
    """

    line: int
    indicator: Indicator
    section: LabelKind | None
    last: int = -1
    groups: tuple[str, ...] = ()

    @property
    def lines(self) -> range:
        """All of its lines."""
        return range(self.line, max(self.line, self.last) + 1)


@dataclass
class _Pages:
    """The numbers of pages, which stand on lines of their own."""

    text: str

    def without(self, words: Wording) -> Wording:
        """The words without the number of the page at their end, where those of other pages show that it is one."""
        found = re.search(r"\s+([0-9]{1,3})$", words.text)
        if found is None:
            return words
        places, greatest, least = self._around
        before, after = bisect_left(places, words.start), bisect_right(places, words.end)
        fits = before > 0 and after < len(places) and greatest[before - 1] < int(found[1]) < least[after]
        return words.cut(0, found.start()) if fits else words

    @cached_property
    def _around(self) -> tuple[list[int], list[int], list[int]]:
        """The places of the numbers, the greatest number up to each, and the least from each."""
        alone = [
            (each.start(), int(each[1])) for each in re.finditer(r"(?m)^[ \t]*([0-9]{1,3})[ \t]*$", self.text)
        ]
        numbers = [number for _, number in alone]
        least = list(accumulate(reversed(numbers), min))[::-1]
        return [place for place, _ in alone], list(accumulate(numbers, max)), least


@dataclass
class _Reader:
    """Reads the entries of a list one after the other."""

    source: Source
    manner: Manner
    placed: list[Placed] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @cached_property
    def pages(self) -> _Pages:
        """The numbers of the document's pages."""
        return _Pages(self.source.repaired.text)

    def read(self, entries: Sequence[Stretch]) -> None:
        """Takes in all entries."""
        at = 0
        while at < len(entries):
            at += self._entry(entries, at)

    def _entry(self, entries: Sequence[Stretch], at: int) -> int:
        """Takes in the entry at a place, and says how many entries it took."""
        entry = entries[at]
        if self.placed and (rated := _rated(entry.words(), self.placed[-1], entry.first, self.source)):
            self.placed[-1] = rated
            return 1
        if self.placed and (note := _note(entry.words(), self.placed[-1], entry.first, self.source)):
            self.placed[-1] = note
            return 1
        kind = _KINDS.get(entry.section) if entry.section else None
        kind = "KeyPerformanceIndicator" if kind and _KPI.match(entry.words().text) else kind
        manner = replace(self.manner, kind=kind or self.manner.kind)
        if count := self._line(entry, kind, manner):
            if count < len(entry.parts):
                rest = replace(entry, parts=entry.parts[count:], first=entry.first + count, labelled=False)
                self.read([rest])
            return 1
        if taken := self._block(entries, at, manner):
            return taken
        self._rest(entry, kind)
        return 1

    def _line(self, entry: Stretch, kind: IndicatorKind | None, manner: Manner) -> int:
        """The entry as an indicator with its values: of as many of its lines as make one, and how many they are."""
        single: ValueKind | None = "target" if kind and not entry.example else None
        for count in range(len(entry.parts), 0, -1):
            read = read_line(entry.words(count), self.source, manner, single=single)
            if read is None or not read.found or not _is_safe(read.found[0].indicator, single):
                continue
            if entry.is_cut_at(count):
                self.unread.append(self.source.unread([entry.words()], CUT))
                return len(entry.parts)
            self._keep(read, entry, entry.first + count - 1)
            return count
        return 0

    def _block(self, entries: Sequence[Stretch], at: int, manner: Manner) -> int:
        """A name with its values labelled in the entries below: how many entries it takes."""
        near = [entry.words() for entry in entries[at : at + 6] if entry.section == entries[at].section]
        if len(near) < 2 or entries[at].labelled:
            return 0
        block = read_lines(near, 0, self.source, manner)
        if block is None:
            return 0
        self._keep(block[0], entries[at], entries[at + block[1] - 1].last)
        return block[1]

    def _keep(self, read: Yield, entry: Stretch, last: int) -> None:
        self.placed += [Placed(entry.first, found.indicator, entry.section, last) for found in read.found]
        self.unread += read.unread

    def _rest(self, entry: Stretch, kind: IndicatorKind | None) -> None:
        """An entry without values that can be read: a name, something unread, or nothing of ours."""
        words = entry.words()
        if "。" in words.text or len(words) > _MOST_WORDS:
            return
        if _ARROWED.search(words.text) or (kind is not None and _ARROW.search(words.text)):
            self.unread.append(self.source.unread([words], NOT_READ))
        elif (
            kind is not None and not entry.tabled and (names := _names(entry, kind, self.source, self.pages))
        ):
            self.placed += [Placed(entry.first, each, entry.section, entry.last) for each in names]
        elif kind is not None and (
            _holds_value(words.text) or starts_with_key(words) or self._is_entry(words)
        ):
            self.unread.append(self.source.unread([words], NOT_READ))

    def _is_entry(self, words: Wording) -> bool:
        """Whether words are an entry of a list with a figure in it."""
        return begins(words) and _holds_figure(self.pages.without(words))


def read_targets(
    lines: Sequence[Line], source: Source, manner: Manner, apart: frozenset[int]
) -> tuple[list[Placed], list[Unread]]:
    """The indicators in lines. `apart` are the lines that are titles of measures."""
    reader = _Reader(source, manner)
    reader.read(list(stretches(lines, apart)))
    return reader.placed, reader.unread


def _is_safe(indicator: Indicator, single: ValueKind | None) -> bool:
    """Whether a lone value is no page number or other stray one: it has a unit, a time, or is no whole number."""
    if single is None or len(indicator.values) != 1:
        return True
    value = indicator.values[0]
    figure = value.figure
    if figure is None:
        return value.when is not None
    whole = figure.number is not None and figure.number == figure.number.to_integral_value()
    return bool(figure.unit or value.when or figure.scale or not whole)


def _holds_value(text: str) -> bool:
    """Whether words end with a figure that counts something."""
    found = [each for each in find_figures(text) if each.figure.unit and _TAIL.fullmatch(text, each.end)]
    return bool(found) and len(text) < 80 and "。" not in text


def _names(entry: Stretch, kind: IndicatorKind, source: Source, pages: _Pages) -> list[Indicator]:
    """Indicators without values: a list with bullets, or names in a row beside the label."""
    words = entry.words()
    if words.text.endswith("、") or not (entry.labelled or begins(words)):
        return []
    words, mark = cleaned(pages.without(words))
    parts = _parts(words) if entry.labelled else [words]
    if any(not _is_name(part) for part in parts):
        return []
    found = []
    tail = parts[-1].cut(last.end()) if (last := _QUOTED.match(parts[-1].text)) else Wording()
    for at, part in enumerate(parts):
        quoted = _QUOTED.fullmatch(part.text) and at < len(parts) - 1
        doubt = Doubt(0.5, (SHARED,)) if quoted else Doubt()
        name = join([part, tail]) if quoted else part
        notation = source.passage(mark) if mark and len(parts) == 1 else None
        found.append(Indicator(kind, source.passage(name), notation, doubt=doubt))
    return found


def _is_name(words: Wording) -> bool:
    text = words.text
    if len(text) > _MOST_NAME or not is_name(text):
        return False
    return not (_holds_value(text) or _holds_figure(words) or is_value(text) or starts_with_key(words))


def _holds_figure(words: Wording) -> bool:
    """Whether a figure stands apart within words, or any number after them."""
    before, *pieces = words.text.split() or [""]
    figures = [each for each in pieces if is_figure(each)]
    told = any(not re.fullmatch(r"[0-9０-９]+", each) for each in figures)
    return not is_value(before) and bool(figures) and (told or figures[-1] is pieces[-1])


def _parts(words: Wording) -> list[Wording]:
    bounds = [0, *(place for found in _BETWEEN.finditer(words.text) for place in found.span()), len(words)]
    return [
        part for start, end in zip(bounds[::2], bounds[1::2], strict=True) if (part := words.cut(start, end))
    ]


def _rated(words: Wording, last: Placed, line: int, source: Source) -> Placed | None:
    """`評価：概ね順調` below an indicator."""
    found = _RATING.match(words.text)
    if found is None or line - last.lines[-1] > 2 or last.indicator.rating:
        return None
    rating = source.passage(words.cut(*found.span("rating")))
    return replace(last, indicator=replace(last.indicator, rating=rating))


def _note(words: Wording, last: Placed, line: int, source: Source) -> Placed | None:
    """`※ R5確定値は12月頃公開予定` below an indicator: its actual value of that year is not known yet."""
    found = _NOTE.match(words.text)
    if found is None or line - last.line > 2:
        return None
    rest = words.cut(found.end())
    entry = read_cell(rest.text)
    periods = find_periods(rest.text)
    if (
        entry.absence is None
        or not periods
        or not any(value.kind == "actual" for value in last.indicator.values)
    ):
        return None
    start, end = periods[0].start, periods[0].end
    for word in periods[0].period.words:
        end -= len(word) if rest.text.endswith(word, start, end) else 0
    when = DatedPeriod(source.passage(rest.cut(start, end)), periods[0].period)
    reason = rest.cut(periods[0].end)
    reason = reason.cut(len(reason.text) - len(reason.text.lstrip("はのに：:、")))
    value = Value("actual", source.passage(reason), absence=entry.absence, when=when)
    return replace(last, indicator=replace(last.indicator, values=(*last.indicator.values, value)))
