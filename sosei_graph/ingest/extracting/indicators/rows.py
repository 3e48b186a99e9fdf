"""From the rows of a table with a head to indicators with their values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.grids import Row, Section, Slot, at_of
from sosei_graph.ingest.extracting.indicators.heads import (
    folded,
    is_unit,
    tells_row,
)
from sosei_graph.ingest.extracting.indicators.kinds import goes_by_years, row_kinds, settled, times
from sosei_graph.ingest.extracting.indicators.legend import Entry, sign_of
from sosei_graph.ingest.extracting.indicators.naming import cleaned, is_name
from sosei_graph.ingest.extracting.indicators.values import (
    NO_KIND,
    Cell,
    in_order,
    is_value,
    label_of,
    read_values,
    unit_in,
)
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import DatedPeriod, Indicator, IndicatorKind, Unread, Value, ValueKind
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period
from sosei_graph.text.units import may_be_scaled

UNLABELLED = Text(
    "一つの指標に行が二つあり、どちらが何の値か分かりません",
    "two rows for one indicator, and not told what each holds",
)
MERGED = Text("複数の欄にまたがる値です", "the value stands in a cell over several columns or rows")
NO_NAME = Text("値の行に指標の名称がありません", "a row of values without the name of an indicator")

#: What stands in the place of a rating where there is none.
_BLANK = re.compile(r"[-－―—–‐−ー/／\\＼…\s]+")


@dataclass(frozen=True)
class Found:
    """An indicator in its place; `groups` is what stands beside or over it (ア, 基本目標①), the outermost first."""

    start: int
    end: int
    indicator: Indicator
    groups: tuple[Wording, ...] = ()


@dataclass
class Yield:
    """What was read of a table or of lines."""

    found: list[Found] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, other: "Yield") -> None:
        """Takes in what was read elsewhere."""
        self.found += other.found
        self.unread += other.unread


@dataclass(frozen=True)
class Manner:
    """How a document is to be read: the kind of its indicators, what years without a kind are, what signs stand for."""

    kind: IndicatorKind = "KeyPerformanceIndicator"
    yearly: ValueKind | None = None
    unit: str | None = None
    legend: Mapping[str, Entry] = field(default_factory=dict)


def read_section(section: Section, source: Source, manner: Manner) -> Yield:
    """All indicators of a table."""
    section = settled(section)
    result = Yield()
    for rows in _by_indicator(section):
        result.add(_indicators(section, rows, source, manner))
    return result


def _by_indicator(section: Section) -> Iterator[list[Row]]:
    """The rows of each indicator: those that share the cell of its name, or have none of their own."""
    rows: list[Row] = []
    last: tuple[int, ...] = ()
    for row in section.rows:
        slots = tuple(
            id(slot) for column in section.of("name") if (slot := at_of(row, column)) and slot.words
        )
        if slots and slots != last and rows and not _goes_with(section, rows, row):
            yield rows
            rows = []
        last = slots or last
        rows.append(row)
    if rows:
        yield rows


def _goes_with(section: Section, rows: Sequence[Row], row: Row) -> bool:
    """Whether a row belongs to the indicator of the rows before it.

    It has a kind of value in place of a name (実績値), or it repeats the name and holds values of another kind.
    """
    if tells_row(_name(section, row).text):
        return True
    if _name(section, row).folded != _name(section, rows[0]).folded:
        return False
    kinds = row_kinds(section, [*rows, row])
    return None not in kinds and kinds[-1] not in kinds[:-1]


def _name(section: Section, row: Row) -> Wording:
    """The words of the name's cells; a number among them is none of them."""
    slots = {id(slot): slot for column in section.of("name") if (slot := at_of(row, column)) and slot.words}
    parts = [slot.words for slot in slots.values()]
    words = [part for part in parts if not re.fullmatch(r"[\d０-９.．\-－()（）①-⑳]{1,5}", part.text)]
    return join(words or parts, " ")


def _indicators(section: Section, rows: list[Row], source: Source, manner: Manner) -> Yield:
    """The indicator of its rows; several, where its cells list several line by line."""
    if not _name(section, rows[0]):
        slots = {id(slot): slot for row in rows for slot in row if slot and is_value(slot.words.text)}
        cells = [slot.words for slot in slots.values()]
        return Yield(unread=[source.unread(cells, NO_NAME)] if cells else [])
    listed = _listed(section, rows[0]) if len(rows) == 1 else []
    result = Yield()
    for each in [[row] for row in listed] or [rows]:
        result.add(_One(section, each, source, manner).read())
    return result


def _listed(section: Section, row: Row) -> list[Row]:
    """The rows in a row whose name's cell is a list: `・A` and `・B`, and as many lines in each cell of values."""
    slot = at_of(row, section.of("name")[-1])
    if slot is None or len(slot.lines) < 2 or not all(_begins(line) for line in slot.lines):
        return []
    count = len(slot.lines)
    values = [cell for column in section.of("value") if (cell := at_of(row, column)) and cell.words]
    if any(len(cell.lines) != count for cell in values):
        return []
    return [
        [
            replace(cell, words=cell.lines[at], lines=(cell.lines[at],))
            if cell and len(cell.lines) == count
            else cell
            for cell in row
        ]
        for at in range(count)
    ]


def _begins(line: Wording) -> bool:
    return read_bullet(line.text) is not None or bool(read_marks(line.text))


@dataclass(frozen=True)
class _One:
    """The rows of one indicator below a head."""

    section: Section
    rows: Sequence[Row]
    source: Source
    manner: Manner

    def read(self) -> Yield:
        """The indicator, or why there is none."""
        places = [slot.words for row in self.rows for slot in row if slot and slot.words]
        name, mark = cleaned(_name(self.section, self.rows[0]))
        unit_words, unit = self._unit(name)
        if listed := self.manner.legend.get(sign_of(name) or ""):
            if not listed.name:
                return Yield()
            mark, name = name, listed.name
            unit_words, unit = listed.unit, folded(listed.unit.text) if listed.unit else unit
        elif sign_of(name):
            return Yield(unread=[self.source.unread(places, NO_NAME)])
        if unit_words is not None and name.start <= unit_words.start and unit_words.end <= name.end:
            name = _without_bracket(name)
        if not is_name(name.text) or tells_row(name.text):
            return Yield(unread=[self.source.unread(places, NO_NAME)])
        values, unread = self._values((unit_words, unit or self.manner.unit))
        number = next((slot for slot in self._slots("number") if slot.height <= len(self.rows)), None)
        rating = self._rating()
        notation = number.words if number else mark
        passage = self.source.passage
        indicator = Indicator(
            self._kind(name),
            passage(name),
            passage(notation) if notation else None,
            passage(unit_words) if unit_words else None,
            tuple(in_order(values)),
            rating=passage(rating) if rating else None,
        )
        start, end = min(each.start for each in places), max(each.end for each in places)
        groups = (*self.section.above, *(slot.words for slot in self._slots("group")))
        return Yield([Found(start, end, indicator, groups)], unread)

    def _slots(self, role: str) -> list[Slot]:
        """The cells of a role in the first row, merged ones once."""
        row = self.rows[0]
        slots = {id(slot): slot for at in self.section.of(role) if (slot := at_of(row, at)) and slot.words}
        return list(slots.values())

    def _kind(self, name: Wording) -> IndicatorKind:
        if re.match(r"[【(（\[]?参考", name.text):
            return "ReferenceIndicator"
        words = self.section.head_words
        heads = "".join(words[at].folded for at in self.section.of("name") if at in words)
        if re.search("KPI|重要業績", heads):
            return "KeyPerformanceIndicator"
        return "NumericTarget" if "数値目標" in heads else self.manner.kind

    def _unit(self, name: Wording) -> tuple[Wording | None, str | None]:
        """The unit of the column of units, of the name's brackets, or of the head."""
        for slot in self._slots("unit"):
            unit = folded(slot.words.text)
            if is_unit(unit) or may_be_scaled(unit):
                return slot.words, unit
        if inside := unit_in(name):
            return inside
        names = self.section.of("name")
        heads = (self.section.columns[at].unit for at in names)
        return self._unit_at(names), next((unit for unit in heads if unit), None)

    def _unit_at(self, columns: Sequence[int]) -> Wording | None:
        """Where the unit stands in the heads of columns."""
        for at in columns:
            unit, words = self.section.columns[at].unit, self.section.head_words.get(at)
            start = words.folded.find(unit) if unit and words else -1
            if unit and words and start >= 0:
                return words.cut_folded(start, start + len(unit))
            if unit and folded(self.section.caption.text) == unit:
                return self.section.caption
        return None

    def _rating(self) -> Wording | None:
        """The document's own rating; without one its rate of achievement. Of several none is the one."""
        for role in ("rating", "rate"):
            slots = self._slots(role)
            if (
                len(slots) == 1
                and len(self.section.of(role)) == 1
                and not _BLANK.fullmatch(slots[0].words.text)
            ):
                return slots[0].words if len(slots[0].words) <= 20 else None
        return None

    def _values(self, unit: tuple[Wording | None, str | None]) -> tuple[list[Value], list[Unread]]:
        values: list[Value] = []
        unread: list[Unread] = []
        kinds = row_kinds(self.section, self.rows)
        stacked = self._stacked()
        alone = self._is_alone(kinds)
        for number, row in enumerate(self.rows):
            if number and times(self.section, row):
                continue
            own = {at: slot for at in self.section.of("value") if (slot := self._own(number, at))}
            if number and kinds[number] is None:
                unknown = [slot.words for slot in own.values() if id(slot) not in stacked]
                unread += [self.source.unread(unknown, UNLABELLED)] if unknown else []
                own = {at: slot for at, slot in own.items() if id(slot) in stacked}
            below = times(self.section, self.rows[number + 1]) if number + 1 < len(self.rows) else {}
            nameless: list[Wording] = []
            for at, slot in own.items():
                kind = (
                    stacked[id(slot)]
                    if id(slot) in stacked
                    else self._kind_at(at, kinds[number], alone=alone)
                )
                if id(slot) in stacked and kind is None:
                    continue
                if kind is None and label_of(slot.words) is None:
                    nameless.append(slot.words)
                    continue
                read, left = self._cell(row, at, slot, (kind, unit))
                values += [self._timed(value, below.get(at)) for value in read]
                unread += [left] if left else []
            unread += [self.source.unread(nameless, NO_KIND)] if nameless else []
        return values, unread

    def _stacked(self) -> dict[int, ValueKind | None]:
        """The kinds of cells below each other in columns whose heads stand so too, by the cells' identity."""
        found: dict[int, ValueKind | None] = {}
        for at in self.section.of("value") if len(self.rows) > 1 else ():
            stack = self.section.columns[at].stack
            slots = list({id(slot): slot for row in self.rows if (slot := at_of(row, at))}.values())
            filled = [slot for slot in slots if slot.words]
            for cells in (slots, filled):
                if stack and len(cells) == len(stack):
                    found |= {id(slot): kind for slot, kind in zip(cells, stack, strict=True)}
                    break
        return found

    def _is_alone(self, kinds: Sequence[ValueKind | None]) -> bool:
        """Whether nothing stands beside the first row that could be its counterpart: a row of values, a lost kind."""
        values = self.section.of("value")
        others = [
            number
            for number, row in enumerate(self.rows[1:], 1)
            if kinds[number] is None and not times(self.section, row)
            if any(self._own(number, at) for at in values)
        ]
        return not others and not self.section.of("kind")

    def _kind_at(self, at: int, by_row: ValueKind | None, *, alone: bool) -> ValueKind | None:
        """The kind of the values of a column in a row; None where it is not told, or told in two ways."""
        head = self.section.columns[at]
        told = {kind for kind in head.stack if kind}
        years = [each for each in self.section.of("value") if self.section.columns[each].is_year]
        if len(told) > 1 or (head.kind == "target" and by_row == "actual"):
            return None
        if head.is_year and by_row == "baseline" and len(years) > 1:
            return None  # A baseline is of one time.
        return head.kind or by_row or (self._yearly() if alone else None)

    def _yearly(self) -> ValueKind | None:
        """What years without a kind hold: what the document's form sets for them, in a report what is behind it."""
        is_report = self.manner.yearly == "actual"
        return self.manner.yearly if not is_report or goes_by_years(self.section) else None

    def _own(self, number: int, at: int) -> Slot | None:
        """The cell of a row that begins there: none that is merged with the row above or the column before."""
        row = self.rows[number]
        slot = at_of(row, at)
        if slot is None or not slot.words or (number and at_of(self.rows[number - 1], at) is slot):
            return None
        return None if slot.column != at and at_of(row, at - 1) is slot else slot

    def _timed(self, value: Value, time: Slot | None) -> Value:
        if time is None or value.when is not None:
            return value
        when = DatedPeriod(self.source.passage(time.words), read_period(time.words.text))
        return replace(value, when=when)

    def _cell(
        self, row: Row, at: int, slot: Slot, told: tuple[ValueKind | None, tuple[Wording | None, str | None]]
    ) -> tuple[tuple[Value, ...], Unread | None]:
        """The values of one cell. A cell over several columns of values belongs to none of them for certain."""
        head = self.section.columns[at]
        words = self.section.head_words
        across = {
            (words[each].start, words[each].end) if each in words else (each, each)
            for each in range(slot.column, slot.column + slot.width)
            if each in self.section.of("value")
        }
        if len(across) > 1:
            return (), self.source.unread([slot.words], MERGED)
        kind, (place, unit) = told
        apart = len(slot.lines) > 1 and not is_value(slot.words.text)
        cell = Cell(
            join(slot.lines, " ") if apart else slot.words,
            replace(head, kind=kind),
            self._when(row, at, kind),
            head.unit or unit,
        )
        values, left = read_values(cell, self.source)
        place = self._unit_at([at]) if head.unit else place
        away = self.source.passage(place) if place else None
        return tuple(replace(value, unit=away) if value.figure else value for value in values), left

    def _when(self, row: Row, at: int, kind: ValueKind | None) -> DatedPeriod | None:
        """The time of a value: of its head, or of the column of times beside it."""
        head = self.section.columns[at]
        if head.when and at in self.section.head_words:
            words = self.section.head_words[at]
            start = words.folded.find(head.when)
            if start >= 0:
                place = words.cut_folded(start, start + len(head.when))
                return DatedPeriod(self.source.passage(place), head.period)
        for other in self.section.of("when"):
            slot = at_of(row, other)
            told = self.section.columns[other].kind
            if (told == kind or (told is None and self._beside(other) == at)) and slot and slot.words:
                return DatedPeriod(self.source.passage(slot.words), read_period(slot.words.text))
        return None

    def _beside(self, time: int) -> int | None:
        """The column of values that a column of times without a kind belongs to: the one before it, or after it."""
        columns = sorted([*self.section.of("value"), *self.section.of("when")])
        step = -1 if self.section.columns[columns[0]].role == "value" else 1
        return time + step if time + step in self.section.of("value") else None


def _without_bracket(name: Wording) -> Wording:
    """The name without the unit in brackets at its end."""
    found = re.search(r"[(（\[［〔【][^(（\[［〔【]*$", name.text)
    return name.cut(0, found.start()) if found and found.start() else name
