"""Tables of indicators: heads of one to four rows, then a row (or two) for each indicator.

A grid may hold several tables one below the other, each with its head, and rows that are a heading for those below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.document import Cell as PageCell
from sosei_graph.ingest.document import Table
from sosei_graph.ingest.extracting.indicators.heads import Head, read_head
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import Span

_MOST_HEAD_ROWS = 4


@dataclass(frozen=True)
class Slot:
    """A cell; a merged one is the same object in every place that it covers."""

    words: Wording
    row: int
    column: int
    height: int = 1
    width: int = 1
    lines: tuple[Wording, ...] = ()


Row = Sequence[Slot | None]


@dataclass(frozen=True)
class Grid:
    """A table in its place in the repaired text."""

    start: int
    end: int
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(row) for row in self.rows), default=0)

    def turned(self) -> "Grid":
        """Its rows as columns: for tables whose heads stand at the left."""
        slots = {id(slot): _turned(slot) for row in self.rows for slot in row if slot}
        columns = (
            tuple(slots[id(slot)] if (slot := _at(row, column)) else None for row in self.rows)
            for column in range(self.width)
        )
        return Grid(self.start, self.end, tuple(columns))


@dataclass
class Section:
    """Rows with one head. `columns` are the heads by column, `above` the heading rows over them."""

    columns: dict[int, Head]
    head_words: dict[int, Wording]
    rows: list[Row] = field(default_factory=list)
    above: tuple[Wording, ...] = ()

    def of(self, role: str) -> list[int]:
        """The columns of a role, from the left."""
        return sorted(column for column, head in self.columns.items() if head.role == role)


def _at(row: Row, column: int) -> Slot | None:
    return row[column] if column < len(row) else None


def _turned(slot: Slot) -> Slot:
    return replace(slot, row=slot.column, column=slot.row, height=slot.width, width=slot.height)


def grid_of(table: Table, source: Source) -> Grid:
    """A table of the reading with its words."""
    slots = {id(cell): _slot(cell, source) for cell in table.cells}
    rows = tuple(tuple(slots[id(cell)] if cell else None for cell in row) for row in table.rows())
    start, end = source.repaired.within(Span(table.start, table.end))
    return Grid(start, end, rows)


def _slot(cell: PageCell, source: Source) -> Slot:
    lines = tuple(words for span in cell.spans if (words := source.at(span)))
    return Slot(join(lines), cell.row, cell.column, cell.row_span, cell.column_span, lines)


def sections(grid: Grid) -> Iterator[Section]:
    """The tables of indicators in a grid: each with its head, the rows below, the headings above."""
    row, current = 0, None
    above: tuple[Wording, ...] = ()
    while row < len(grid.rows):
        head = None if _continues(current, grid.rows[row], row) else _head(grid, row)
        if head is not None:
            if current:
                yield current
            depth, current = head
            current.above = above
            row += depth
            continue
        heading = _heading(grid.rows[row])
        if heading:
            above = (heading,)
            if current and current.rows:
                yield current
                current = Section(current.columns, current.head_words, [], above)
            elif current:
                current.above = above
        elif current and any(slot and slot.words for slot in grid.rows[row]):
            current.rows.append(grid.rows[row])
        row += 1
    if current:
        yield current


def _continues(section: Section | None, row: Row, number: int) -> bool:
    """Whether a row belongs to the indicator above: the cell of its name is merged with that."""
    names = section.of("name") if section and section.rows else []
    return any((slot := _at(row, column)) and slot.words and slot.row < number for column in names)


def _heading(row: Row) -> Wording | None:
    """The words of a row that is one merged cell."""
    slots = list({id(slot): slot for slot in row if slot and slot.words}.values())
    if len(slots) == 1 and slots[0].width == len(row) > 1 and slots[0].height == 1:
        return slots[0].words
    return None


def _head(grid: Grid, first: int) -> tuple[int, Section] | None:
    """The head that begins in a row, and how many rows it takes."""
    depth = 0
    while (
        depth < _MOST_HEAD_ROWS and first + depth < len(grid.rows) and _is_head_row(grid.rows[first + depth])
    ):
        depth += 1
    for taken in range(depth, 0, -1):
        section = _section(grid.rows[first : first + taken], grid.width)
        if section is not None:
            return taken, section
    return None


def _is_head_row(row: Row) -> bool:
    """Whether every cell with words is a head, one of them of values or names at least."""
    slots = [slot for slot in row if slot and slot.words]
    heads = [read_head(slot.words.text) for slot in slots]
    known = [head for head in heads if head is not None]
    if not known or any(is_value(slot.words.text) for slot in slots):
        return False
    unknown = len({id(slot) for slot, head in zip(slots, heads, strict=True) if head is None})
    telling = sum(head.role in ("value", "name", "rating") for head in known)
    return telling >= 1 and unknown <= len({id(slot) for slot in slots}) // 3


def _section(rows: Sequence[Row], width: int) -> Section | None:
    columns: dict[int, Head] = {}
    words: dict[int, Wording] = {}
    for column in range(width):
        slots = {id(slot): slot for row in rows if (slot := _at(row, column)) and slot.words}
        parts = [slot.words for slot in slots.values()]
        head = merged(parts)
        if parts:
            words[column] = join(parts, "")
        if head is not None:
            columns[column] = head
    section = Section(columns, words)
    return section if section.of("value") and _has_name(section, width) else None


def merged(parts: Sequence[Wording], *, strict: bool = False) -> Head | None:
    """What heads above each other say together: 実績値 over R5, 目標 over （人）. `strict`: all of them are heads."""
    if not parts:
        return None
    heads = [head for part in parts if (head := read_head(part.text))]
    whole = read_head("".join(part.text for part in parts))
    if len(heads) < len(parts) and whole is not None:
        return whole
    if not heads or (strict and len(heads) < len(parts)):
        return None
    last = heads[-1]
    values = [head for head in heads if head.role == "value"]
    kinds = {head.kind for head in values if head.kind}
    if last.role == "when" and last.kind is None and len(kinds) == 1:
        return replace(last, kind=next(iter(kinds)))
    if not values or last.role in ("rating", "rate", "other", "group", "when"):
        return last
    dated = next((head for head in reversed(values) if head.period is not None), values[-1])
    kind = values[-1].kind or (next(iter(kinds)) if len(kinds) == 1 else None)
    unit = next((head.unit for head in reversed(heads) if head.unit), None)
    return replace(dated, kind=kind, unit=unit, now=any(head.now for head in values))


def _has_name(section: Section, width: int) -> bool:
    """Whether a column holds names: one that says so, or one without a head to the left of all values."""
    if section.of("name"):
        return True
    first = min(section.of("value"))
    left = [column for column in range(min(first, width)) if column not in section.columns]
    grouped = [column for column in section.of("group") if column < first]
    if len(left) == 1:
        section.columns[left[0]] = Head("name")
        return True
    if not left and grouped:
        section.columns[grouped[-1]] = Head("name")
        return True
    return False
