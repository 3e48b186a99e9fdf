"""Japanese text: matching names, spaces that documents scatter, and figures as they are printed.

Documents mix full and half width (`202７年度`), break names over lines and print figures in many ways
(`▲113人`, `535万件`, `43万2千人`). Only what is certain is read: a figure that could mean two is None.
"""

from sosei_graph.text.matching import fold, squeeze, widths_folded
from sosei_graph.text.numbers import parse_number

__all__ = ["fold", "parse_number", "squeeze", "widths_folded"]
