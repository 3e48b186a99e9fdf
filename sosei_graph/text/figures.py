"""Figures as officers print them: the number, what it counts, and everything that changes what it says.

    >>> figure = read_figure("年間約1億2,000万円以上")
    >>> figure.low, figure.unit, figure.approximate, figure.per
    (Decimal('120000000'), '円', True, '年')
    >>> read_figure("1割5分") is None
    True

Nothing is computed: `20％増` is 20 with `change`, and no value of anything; `９人（延べ243日）` are two figures.
"""

from sosei_graph.text.cells import Entry, read_cell
from sosei_graph.text.figure import Figure, FoundFigure
from sosei_graph.text.figure_reader import find_figures, read_figure, read_figures
from sosei_graph.text.printing import Style, print_figure

__all__ = [
    "Entry",
    "Figure",
    "FoundFigure",
    "Style",
    "find_figures",
    "print_figure",
    "read_cell",
    "read_figure",
    "read_figures",
]
