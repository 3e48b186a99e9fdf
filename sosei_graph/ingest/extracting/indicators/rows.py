"""From the rows of a table with a head to indicators with their values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.grids import Row, Section, Slot
from sosei_graph.ingest.extracting.indicators.heads import Head, folded, is_unit, read_head
from sosei_graph.ingest.extracting.indicators.naming import cleaned, is_name
from sosei_graph.ingest.extracting.indicators.values import Cell, in_order, is_value, read_values, unit_in
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import DatedPeriod, Indicator, IndicatorKind, Unread, Value, ValueKind
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period

UNLABELLED = Text(
    "一つの指標に行が二つあり、どちらが何の値か分かりません",
    "two rows for one indicator, and not told what each holds",
)
MERGED = Text("複数の欄にまたがる値です", "the value stands in a cell over several columns or rows")
NO_NAME = Text("値の行に指標の名称がありません", "a row of values without the name of an indicator")


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
    """How a document is to be read: the kind of its indicators, and what years without a kind are."""

    kind: IndicatorKind = "KeyPerformanceIndicator"
    yearly: ValueKind | None = None
    unit: str | None = None


def read_section(section: Section, source: Source, manner: Manner) -> Yield:
    """All indicators of a table."""
    section = _settled(section)
    result = Yield()
    for rows in _by_indicator(section):
        result.add(_indicators(section, rows, source, manner))
    return result


def _settled(section: Section) -> Section:
    """現状値 beside 基準値 is the latest; 数値目標 beside 指標 holds values."""
    columns = dict(section.columns)
    kinds = [head.kind for head in columns.values() if head.role == "value" and not head.now]
    if "baseline" in kinds:
        for column, head in columns.items():
            if head.role == "value" and head.kind == "baseline" and head.now:
                columns[column] = replace(head, kind="actual")
    names = [column for column, head in columns.items() if head.role == "name"]
    for column in names if len(names) > 1 else ():
        texts = [slot.words.text for row in section.rows if (slot := _at(row, column)) and slot.words]
        if texts and all(is_value(text) for text in texts):
            columns[column] = Head("value", "target" if columns[column].numeric else None)
    return Section(columns, section.head_words, section.rows, section.above)


def _at(row: Row, column: int) -> Slot | None:
    return row[column] if column < len(row) else None


def _by_indicator(section: Section) -> Iterator[list[Row]]:
    """The rows of each indicator: those that share the cell of its name, or have none of their own."""
    rows: list[Row] = []
    last: tuple[int, ...] = ()
    for row in section.rows:
        slots = tuple(id(slot) for column in section.of("name") if (slot := _at(row, column)) and slot.words)
        if slots and slots != last and rows and not _repeats(section, rows, row):
            yield rows
            rows = []
        last = slots or last
        rows.append(row)
    if rows:
        yield rows


def _repeats(section: Section, rows: Sequence[Row], row: Row) -> bool:
    """Whether a row repeats the name of the rows before it, and holds values of another kind (目標, then 実績)."""
    if _name(section, row).folded != _name(section, rows[0]).folded:
        return False
    kinds = _row_kinds(section, [*rows, row])
    return None not in kinds and kinds[-1] not in kinds[:-1]


def _name(section: Section, row: Row) -> Wording:
    """The words of the name's cells; a number among them is none of them."""
    slots = {id(slot): slot for column in section.of("name") if (slot := _at(row, column)) and slot.words}
    parts = [slot.words for slot in slots.values()]
    words = [part for part in parts if not re.fullmatch(r"[\d０-９.．\-－()（）①-⑳]{1,5}", part.text)]
    return join(words or parts, " ")


def _indicators(section: Section, rows: list[Row], source: Source, manner: Manner) -> Yield:
    """The indicator of its rows; several, where its cells list several line by line."""
    if not _name(section, rows[0]):
        cells = [slot.words for slot in rows[0] if slot and is_value(slot.words.text)]
        return Yield(unread=[source.unread(cells, NO_NAME)] if cells else [])
    listed = _listed(section, rows[0]) if len(rows) == 1 else []
    result = Yield()
    for each in [[row] for row in listed] or [rows]:
        result.add(_One(section, each, source, manner).read())
    return result


def _listed(section: Section, row: Row) -> list[Row]:
    """The rows in a row whose name's cell is a list: `・A` and `・B`, and as many lines in each cell of values."""
    slot = _at(row, section.of("name")[-1])
    if slot is None or len(slot.lines) < 2 or not all(_begins(line) for line in slot.lines):
        return []
    count = len(slot.lines)
    values = [cell for column in section.of("value") if (cell := _at(row, column)) and cell.words]
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
        if unit_words is not None and name.start <= unit_words.start and unit_words.end <= name.end:
            name = _without_bracket(name)
        if not is_name(name.text):
            return Yield(unread=[self.source.unread(places, NO_NAME)])
        values, unread = self._values(unit or self.manner.unit)
        number = next(iter(self._slots("number")), None)
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
        slots = {id(slot): slot for at in self.section.of(role) if (slot := _at(row, at)) and slot.words}
        return list(slots.values())

    def _kind(self, name: Wording) -> IndicatorKind:
        if re.match(r"[【(（\[]?参考", name.text):
            return "ReferenceIndicator"
        words = self.section.head_words
        heads = "".join(words[at].folded for at in self.section.of("name") if at in words)
        return "KeyPerformanceIndicator" if re.search("KPI|重要業績", heads) else self.manner.kind

    def _unit(self, name: Wording) -> tuple[Wording | None, str | None]:
        """The unit of the column of units, of the name's brackets, or of the head."""
        for slot in self._slots("unit"):
            if is_unit(folded(slot.words.text)):
                return slot.words, folded(slot.words.text)
        if inside := unit_in(name):
            return inside
        heads = (self.section.columns[at].unit for at in self.section.of("name"))
        return None, next((unit for unit in heads if unit), None)

    def _rating(self) -> Wording | None:
        """The document's own rating; without one its rate of achievement. Of several none is the one."""
        for role in ("rating", "rate"):
            slots = self._slots(role)
            if len(slots) == 1 and len(self.section.of(role)) == 1:
                return slots[0].words if len(slots[0].words) <= 20 else None
        return None

    def _values(self, unit: str | None) -> tuple[list[Value], list[Unread]]:
        values: list[Value] = []
        unread: list[Unread] = []
        kinds = _row_kinds(self.section, self.rows)
        for number, row in enumerate(self.rows):
            if number and _times(self.section, row):
                continue
            own = {at: slot for at in self.section.of("value") if (slot := self._own(number, at))}
            if number and kinds[number] is None and own:
                unread.append(self.source.unread([slot.words for slot in own.values()], UNLABELLED))
                continue
            below = _times(self.section, self.rows[number + 1]) if number + 1 < len(self.rows) else {}
            for at, slot in own.items():
                read, left = self._cell(row, at, slot, (kinds[number], unit))
                values += [self._timed(value, below.get(at)) for value in read]
                unread += [left] if left else []
        return values, unread

    def _own(self, number: int, at: int) -> Slot | None:
        """The cell of a row that begins there: none that is merged with the row above or the column before."""
        row = self.rows[number]
        slot = _at(row, at)
        if slot is None or not slot.words or (number and _at(self.rows[number - 1], at) is slot):
            return None
        return None if slot.column != at and _at(row, at - 1) is slot else slot

    def _timed(self, value: Value, time: Slot | None) -> Value:
        if time is None or value.when is not None:
            return value
        when = DatedPeriod(self.source.passage(time.words), read_period(time.words.text))
        return replace(value, when=when)

    def _cell(
        self, row: Row, at: int, slot: Slot, told: tuple[ValueKind | None, str | None]
    ) -> tuple[tuple[Value, ...], Unread | None]:
        """The values of one cell. A cell over several columns of values belongs to none of them for certain."""
        head = self.section.columns[at]
        across = [
            each for each in range(slot.column, slot.column + slot.width) if each in self.section.of("value")
        ]
        if len(across) > 1:
            return (), self.source.unread([slot.words], MERGED)
        by_row, unit = told
        kind = head.kind or by_row or (self.manner.yearly if _goes_by_years(self.section) else None)
        if head.kind == "target" and by_row == "actual":
            kind = None
        cell = Cell(slot.words, replace(head, kind=kind), self._when(row, at, kind), head.unit or unit)
        return read_values(cell, self.source)

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
            slot = _at(row, other)
            if self.section.columns[other].kind == kind and slot and slot.words:
                return DatedPeriod(self.source.passage(slot.words), read_period(slot.words.text))
        return None


def _without_bracket(name: Wording) -> Wording:
    """The name without the unit in brackets at its end."""
    found = re.search(r"[(（\[［〔【][^(（\[［〔【]*$", name.text)
    return name.cut(0, found.start()) if found and found.start() else name


def _times(section: Section, row: Row) -> dict[int, Slot]:
    """The times in a row that holds nothing else: those of the values in the row above."""
    number = max((slot.row for slot in row if slot), default=0)
    slots = {
        column: slot
        for column in section.of("value")
        if (slot := _at(row, column)) and slot.words and slot.row == number
    }
    periods = [read_period(slot.words.text) for slot in slots.values()]
    return slots if slots and all(period and period.start for period in periods) else {}


def _row_kinds(section: Section, rows: Sequence[Row]) -> list[ValueKind | None]:
    """The kinds that rows tell: by a cell that says 目標 or 実績, or by 上段 and 下段 of the head."""
    told = next((head.rows for head in section.columns.values() if head.rows), ())
    if told and len(rows) == len(told):
        return list(told)
    kinds: list[ValueKind | None] = []
    for row in rows:
        heads = [
            head
            for column, slot in enumerate(row)
            if slot and column not in section.of("name") and column not in section.of("value")
            if (head := read_head(slot.words.text)) and head.role == "value" and head.period is None
        ]
        kinds.append(heads[0].kind if heads else None)
    return kinds


def _goes_by_years(section: Section) -> bool:
    """Whether the years without a kind are those of a report: two or more, rising, between baseline and target."""
    heads = [section.columns[column] for column in section.of("value")]
    years = [head.period.start for head in heads if head.kind is None and head.period and head.period.start]
    targets = [
        head.period.start for head in heads if head.kind == "target" and head.period and head.period.start
    ]
    rising = all(one < two for one, two in pairwise(years))
    between = any(head.kind in ("baseline", "target") for head in heads)
    return len(years) >= 2 and rising and between and all(years[-1] <= target for target in targets)
