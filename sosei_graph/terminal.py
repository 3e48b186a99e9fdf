"""The blocks of a view laid out for a terminal, by rich: colours, rules, columns that fit the width."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sosei_graph.blocks import Block, Grid, Note, clean, one_line
from sosei_graph.wrapping import breaks, longest_word, width_of

_STYLES = {
    "plain": "",
    "heading": "bold",
    "faint": "dim",
    "good": "green",
    "warning": "yellow",
    "bad": "bold red",
}

#: A column narrower than this is no longer read but spelled out; then each row is told line by line.
_NARROWEST = 10
_GAP = 2


class _Wrapped(Text):
    """Text that breaks where Japanese allows it; rich itself only knows spaces."""

    def wrap(  # noqa: PLR0913 - the signature is rich's
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The text's lines, none wider than `width`."""
        if no_wrap or width < 2:
            return super().wrap(
                console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap
            )
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs(tab_size)
            lines.extend(line.divide(breaks(line.plain, width)))
        for line in lines:
            line.rstrip()
        if justify:
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines


def lay_out(blocks: Sequence[Block], stream: TextIO, width: int | None = None) -> None:
    """Print the blocks on a terminal; `NO_COLOR` and `COLUMNS` are respected."""
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    for block in map(_clean, blocks):
        for renderable in _renderables(block, console.width):
            console.print(renderable)


def _clean(block: Block) -> Block:
    if isinstance(block, Note):
        return replace(block, text=clean(block.text))
    rows = tuple(tuple(map(one_line, row)) for row in block.rows)
    return replace(block, rows=rows, head=tuple(map(one_line, block.head)))


@contextmanager
def spinner(what: str, stream: TextIO) -> Iterator[None]:
    """A line that moves as long as the work goes on, gone when it is done."""
    with Console(file=stream, highlight=False).status(what):
        yield


@contextmanager
def bar(what: str, stream: TextIO) -> Iterator[Callable[[int, int], None]]:
    """A bar to be told how many of how many are done, with how many a second and the time left; gone in the end."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    class Rate(ProgressColumn):
        """How many are done in a second; nothing before that is known."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeLeft())
    console = Console(file=stream, highlight=False)
    # Without a thread that refreshes it: a process with several threads cannot be forked, and forks do the work.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        task = progress.add_task(what, total=None)
        progress.refresh()
        yield lambda done, total: progress.update(task, completed=done, total=total, refresh=True)


def _renderables(block: Block, width: int) -> Iterator[RenderableType]:
    if isinstance(block, Note):
        yield Padding(_Wrapped(block.text, _STYLES[block.style]), (0, 0, 0, block.indent))
    elif block.head and block.rows and sum(_widths(block)) + _frame(block) > width:
        constant, grid = _split(block)
        if constant.rows:
            yield _table(constant)
        if widths := _fitting(grid, width):
            yield _table(_thinned(grid), widths)
        else:
            yield from _records(grid)
    elif block.rows:
        yield Padding(_table(block), (0, 0, 0, block.indent))


def _widths(grid: Grid) -> list[int]:
    """What each column needs so that no cell breaks."""
    return [max(map(width_of, column)) for column in zip(*(grid.head, *grid.rows), strict=True)]


def _frame(grid: Grid) -> int:
    """What a table takes beside its columns: the gap after each, and the box between and around them."""
    return len(grid.head) * (_GAP + 1) + 1


def _fitting(grid: Grid, width: int) -> list[int]:
    """The width of each column in a table that fits, no word broken; none where there is no such table."""
    widths = _widths(grid)
    least = [
        max(min(full, _NARROWEST), *(longest_word(cell) for cell in column))
        for full, column in zip(widths, zip(*(grid.head, *grid.rows), strict=True), strict=True)
    ]
    excess = sum(widths) + _frame(grid) - width
    while excess > 0:
        spare = [place for place, each in enumerate(widths) if each > least[place]]
        if not spare:
            return []
        widths[max(spare, key=widths.__getitem__)] -= 1
        excess -= 1
    return widths


def _split(grid: Grid) -> tuple[Grid, Grid]:
    """What is the same in every row, to be told once, and the columns that differ."""
    columns = list(zip(*grid.rows, strict=True))
    same = [
        place
        for place, column in enumerate(columns)
        if len(column) > 1 and column[0] and len(set(column)) == 1
    ]
    rest = [place for place in range(len(columns)) if place not in same]
    if not rest:
        return Grid(()), grid
    constant = Grid(tuple((grid.head[place], columns[place][0]) for place in same))
    rows = tuple(tuple(row[place] for place in rest) for row in grid.rows)
    right = frozenset(rest.index(place) for place in grid.right if place in rest)
    return constant, Grid(rows, tuple(grid.head[place] for place in rest), right)


def _thinned(grid: Grid) -> Grid:
    """The grid without the values in its leading columns that repeat those of the row above."""
    thin = [grid.rows[0]]
    for above, row in pairwise(grid.rows):
        same = next((place for place, (a, b) in enumerate(zip(above, row, strict=True)) if a != b), 0)
        thin.append(("",) * same + row[same:])
    return replace(grid, rows=tuple(thin))


def _table(grid: Grid, widths: Sequence[int | None] = ()) -> Table:
    table = Table(
        box=SIMPLE_HEAD if grid.head else None,
        show_header=bool(grid.head),
        pad_edge=False,
        padding=(0, _GAP, 0, 0),
    )
    count = len(grid.rows[0])
    for place, width in zip(range(count), widths or [None] * count, strict=True):
        title = _Wrapped(grid.head[place], "bold") if grid.head else ""
        justify: JustifyMethod = "right" if place in grid.right else "left"
        table.add_column(title, justify=justify, overflow="fold", width=width)
    for row in grid.rows:
        table.add_row(*map(_Wrapped, row))
    return table


def _records(grid: Grid) -> Iterator[RenderableType]:
    """Each row as lines of title and value, for a table with too many columns."""
    for row in grid.rows:
        record = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
        record.add_column(style="dim", no_wrap=True)
        record.add_column(overflow="fold")
        for title, cell in zip(grid.head, row, strict=True):
            if cell:
                record.add_row(title, _Wrapped(cell))
        yield Padding(record, (1, 0, 0, 0))
