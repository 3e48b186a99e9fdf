"""Tables of council material: their cells with the lines in them, and what their columns hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sosei_graph.ingest.document import Table
from sosei_graph.ingest.extracting.council.labels import Kind, is_of_opinions, is_of_steps, kinds_of
from sosei_graph.ingest.extracting.council.lines import cell_lines
from sosei_graph.ingest.extracting.council.times import WHEN
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.languages import Text

_MOST_HEADS = 3


@dataclass(frozen=True, eq=False)
class Area:
    """A cell with its lines; a merged one is the same object in every place that it covers."""

    lines: tuple[Wording, ...]
    width: int = 1

    @cached_property
    def words(self) -> Wording:
        """The lines as one."""
        return join(self.lines)


Cells = Sequence[Area | None]
NO_AREA = Area(())


@dataclass
class Grid:
    """A table: rows of cells, and remarks on how sure they are. `page` is None where the format has none.

    Merged cells of a table that is not `ruled` stand in their first row only.
    """

    start: int
    end: int
    rows: list[Cells]
    page: int | None = None
    notes: list[Text] = field(default_factory=list)
    ruled: bool = True

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass
class Headed:
    """A table below its head: the kinds of the columns, the heads, and the rows below."""

    kinds: list[Kind | None]
    heads: list[Wording]
    grid: Grid

    def at(self, row: Cells, kind: Kind) -> Area:
        """The cell of a kind in a row."""
        place = self.kinds.index(kind) if kind in self.kinds else -1
        return (row[place] if 0 <= place < len(row) else None) or NO_AREA

    def all_at(self, row: Cells, kind: Kind) -> list[Area]:
        """The cells of all columns of a kind in a row, without the empty ones."""
        cells = [row[at] for at, each in enumerate(self.kinds) if each == kind and at < len(row)]
        return [cell for cell in dict.fromkeys(cells) if cell and cell.lines]


def grid_of(table: Table, start: int, end: int, source: Source) -> Grid:
    """A table of the document."""
    areas = {
        id(cell): Area(tuple(cell_lines(cell, source)), cell.column_span)
        for row in table.rows()
        for cell in row
        if cell
    }
    rows: list[Cells] = [[areas[id(cell)] if cell else None for cell in row] for row in table.rows()]
    return Grid(start, end, rows, table.page, ruled=table.ruled)


def headed(grid: Grid) -> Headed | None:
    """The table with its head, which takes one or two of the first rows; None where no head is known."""
    for first in range(min(_MOST_HEADS, len(grid.rows))):
        for depth in (1, 2):
            rows = grid.rows[first : first + depth]
            if len(rows) < depth:
                continue
            heads = [_head(rows, at) for at in range(grid.width)]
            kinds = kinds_of(heads)
            below = Grid(grid.start, grid.end, grid.rows[first + depth :], grid.page, grid.notes, grid.ruled)
            table = Headed(kinds, heads, below)
            if is_of_opinions(kinds) or is_of_steps(kinds) or _has_times(table):
                return table
    return None


def _has_times(table: Headed) -> bool:
    """Whether most cells of a column of times are months or days: the heads beside it need not be known."""
    if "when" not in table.kinds or "opinion" in table.kinds or len(table.kinds) < 2:
        return False
    times = [table.all_at(row, "when") for row in table.grid.rows]
    told = [any(WHEN.match(area.words.text.strip()) for area in cells) for cells in times if cells]
    return len(told) > 1 and sum(told) > 0.6 * len(told)


def _head(rows: Sequence[Cells], column: int) -> Wording:
    """The words over a column; of a head in two rows the lower ones, which are its own."""
    areas = [row[column] for row in rows if column < len(row)]
    own = [area for area in dict.fromkeys(areas) if area and area.lines]
    return own[-1].words if own else Wording()


def repeats(row: Cells, table: Headed) -> bool:
    """Whether a row is the head again, as on the next page."""
    pairs = [
        (area.words.folded, table.heads[at].folded)
        for at, area in enumerate(row)
        if area and area.lines and at < len(table.heads)
    ]
    return bool(pairs) and all(text == head for text, head in pairs)


def below(grid: Grid, above: Headed) -> Headed | None:
    """A table without a head that goes on from one on the page before: as wide, on the next page."""
    if grid.page is None or above.grid.page is None or grid.page != above.grid.page + 1:
        return None
    if grid.width != len(above.kinds):
        return None
    return Headed(above.kinds, above.heads, grid)
