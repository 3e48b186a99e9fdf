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
from sosei_graph.ingest.records import Span, ValueKind

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
            tuple(slots[id(slot)] if (slot := at_of(row, column)) else None for row in self.rows)
            for column in range(self.width)
        )
        return Grid(self.start, self.end, tuple(columns))

    def above_heads(self) -> "Grid":
        """The rows above the first head, without the columns that only tables below it have."""
        last = next((row for row in range(len(self.rows)) if _head(self, row)), len(self.rows))
        rows = self.rows[:last]
        columns = [
            column
            for column in range(self.width)
            if not column or any(at_of(row, column) is not at_of(row, column - 1) for row in rows)
        ]
        return Grid(self.start, self.end, tuple(tuple(at_of(row, each) for each in columns) for row in rows))


@dataclass
class Section:
    """Rows with one head. `columns` are the heads by column, `above` the heading rows over them.

    `caption` is the unit that the line above the table gives for all of it.
    """

    columns: dict[int, Head]
    head_words: dict[int, Wording]
    rows: list[Row] = field(default_factory=list)
    above: tuple[Wording, ...] = ()
    caption: Wording = field(default_factory=Wording)

    def of(self, role: str) -> list[int]:
        """The columns of a role, from the left."""
        return sorted(column for column, head in self.columns.items() if head.role == role)


def at_of(row: Row, column: int) -> Slot | None:
    """The cell of a column in a row; None where there is none."""
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


def sections(grid: Grid, before: Section | None = None) -> Iterator[Section]:
    """The tables of indicators in a grid: each with its head, the rows below, the headings above.

    `before` is the table on the page before that the grid goes on with.
    """
    row, current = 0, before
    above = before.above if before else ()
    while row < len(grid.rows):
        is_new = not _continues(current, grid.rows[row], row) and not _dates_again(current, grid.rows[row])
        head = _head(grid, row) if is_new else None
        if head is not None:
            if current:
                yield current
            depth, current = head
            current.above = above
            row += depth
            continue
        if is_new and current and _is_other_head(current, grid.rows[row]):
            # What stands below belongs to columns that are not known: no column of the table above is one of them.
            yield current
            current = Section({}, {}, [], above)
        heading = _heading(grid.rows[row])
        if heading:
            above = (heading,)
            if current and current.rows:
                yield current
                current = Section(current.columns, current.head_words, [], above, current.caption)
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
    return any((slot := at_of(row, column)) and slot.words and slot.row < number for column in names)


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
    top = _section(grid.rows[first : first + 1], grid.width)
    depth = next((each for each in range(1, depth) if _dates_again(top, grid.rows[first + each])), depth)
    for taken in range(depth, 0, -1):
        section = _section(grid.rows[first : first + taken], grid.width)
        if section is not None:
            return taken, section
    return None


def _dates_again(section: Section | None, row: Row) -> bool:
    """Whether a row has times below values whose heads are dated, beside words of a name: what goes on of a row."""
    values = section.of("value") if section else []
    names = section.of("name") if section else []
    if section is None or not all(section.columns[at].period for at in values):
        return False
    times = [slot for at in values if (slot := at_of(row, at)) and slot.words]
    named = [slot for at in names if (slot := at_of(row, at)) and slot.words]
    is_dated = all((head := read_head(slot.words.text)) and head.is_year for slot in times)
    return bool(times and named) and is_dated and not any(read_head(slot.words.text) for slot in named)


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


def _is_other_head(section: Section, row: Row) -> bool:
    """Whether a row is the head of another table: it names values, and no value stands in it.

    Times alone below values are those of the values.
    """
    heads = {
        column: head
        for column, slot in enumerate(row)
        if slot and slot.words and (head := read_head(slot.words.text)) and head.role == "value"
    }
    if len(heads) < 2 or not _is_head_row(row):
        return False
    return any(head.kind for head in heads.values()) or not set(heads) <= set(section.of("value"))


def _section(rows: Sequence[Row], width: int) -> Section | None:
    columns: dict[int, Head] = {}
    words: dict[int, Wording] = {}
    for column in range(width):
        slots = list({id(slot): slot for row in rows if (slot := at_of(row, column)) and slot.words}.values())
        stack = _stack(slots)
        parts = [slot.words for slot in slots]
        head = merged(stack[1]) if stack else merged(parts)
        if parts:
            words[column] = join(parts, "")
        if head is not None:
            columns[column] = replace(head, stack=stack[0]) if stack else head
    section = Section(columns, words)
    return section if section.of("value") and _has_name(section, rows[-1], width) else None


def _stack(slots: Sequence[Slot]) -> tuple[tuple[ValueKind | None, ...], list[Wording]] | None:
    """The kinds of values below each other that a column's heads tell (現状 over 目標), and the heads of values.

    None stands for what is no value (a rating). A head over several columns is that of all of them and none of these.
    """
    heads = [(slot, head) for slot in slots if (head := read_head(slot.words.text))]
    stacked = [
        (slot, head)
        for slot, head in heads
        if slot.width == slots[-1].width
        and (head.role in ("rating", "rate") or (head.role == "value" and head.kind))
    ]
    kinds = tuple(head.kind for _, head in stacked)
    if len(set(kinds)) < 2:
        return None
    gone = {id(slot) for slot, head in stacked if head.kind is None}
    return kinds, [slot.words for slot in slots if id(slot) not in gone]


def unknown_head(grid: Grid) -> list[Wording]:
    """The heads of a table that names indicators and a kind of value, and of which some are not known."""
    for row in grid.rows[:_MOST_HEAD_ROWS]:
        words = [slot.words for slot in {id(slot): slot for slot in row if slot and slot.words}.values()]
        heads = [head for each in words if (head := read_head(each.text))]
        if any(head.role == "name" for head in heads) and any(head.kind for head in heads):
            return words
    return []


def merged(parts: Sequence[Wording], *, strict: bool = False) -> Head | None:
    """What heads above each other say together: 実績値 over R5, 目標 over （人）. `strict`: all of them are heads."""
    if not parts:
        return None
    heads = [head for part in parts if (head := read_head(part.text))]
    whole = read_head("".join(part.text for part in parts))
    if whole is not None and (len(heads) < len(parts) or any(_is_cut(part) for part in parts)):
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


def _is_cut(part: Wording) -> bool:
    """Whether a line ends or begins within brackets: `現状値（計画` over `開始時点）`."""
    return part.folded.count("(") != part.folded.count(")")


def _has_name(section: Section, last: Row, width: int) -> bool:
    """Whether a column holds names: one that says so, or one without a head to the left of all values."""
    if section.of("name"):
        return True
    first = min(section.of("value"))
    left = [column for column in range(min(first, width)) if column not in section.columns]
    grouped = [column for column in section.of("group") if column < first]
    slots = {id(slot) for column in left if (slot := at_of(last, column))}
    if len(left) == 1 or (len(slots) == 1 and all(at_of(last, column) for column in left)):
        section.columns[left[0]] = Head("name")
        return True
    if not left and grouped:
        section.columns[grouped[-1]] = Head("name")
        return True
    return False
