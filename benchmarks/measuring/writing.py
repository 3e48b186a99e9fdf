"""Figures as people read them."""

from math import floor, log10

from sosei_graph.languages import Text


def seconds(value: float) -> Text:
    """Three figures, below a second in milliseconds."""
    if value < 1:
        return Text(f"{figures(value * 1000)} ミリ秒", f"{figures(value * 1000)} ms")
    return Text(f"{figures(value)} 秒", f"{figures(value)} s")


def figures(value: float) -> str:
    """Three figures: 0.0123, 1.23, 12.3, 123, 1,234."""
    if value <= 0:
        return "0"
    digits = max(0, 2 - floor(log10(value)))
    return f"{value:,.{digits}f}"


def times(value: float) -> str:
    """How many times: 0.98, 1.23, 12.3, 123."""
    return figures(value) if value >= 1 else f"{value:.2f}"


def limit(value: float) -> Text:
    """Seconds that are asked for, as they were written: 100 ms, 3 s."""
    if value < 1:
        return Text(f"{value * 1000:g} ミリ秒", f"{value * 1000:g} ms")
    return Text(f"{value:g} 秒", f"{value:g} s")


def whole(value: float) -> str:
    """A whole number with commas."""
    return f"{value:,.0f}"
