"""Figures printed as officers write them, and read again."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.text import units
from sosei_graph.text.figures import Figure, Style, print_figure, read_figure
from sosei_graph.text.numbers import SCALES

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=1) | st.integers(-(10**9), 10**9).map(
    Decimal
)
UNITS = st.sampled_from(["人", "件", "%", "か所", "人/ha", "t-CO2", "m2", "ポイント", "世帯"])
STYLES = st.builds(
    Style,
    width=st.sampled_from(["half", "full", "mixed"]),
    commas=st.booleans(),
    minus=st.sampled_from(["▲", "△", "－"]),
)
FIGURES = st.builds(
    Figure,
    printed=st.just(""),
    number=NUMBERS,
    unit=UNITS,
    approximate=st.booleans(),
    cumulative=st.booleans(),
    per=st.sampled_from([None, "年", "日"]),
    counting=st.sampled_from([None, "延べ"]),
    basis=st.sampled_from([None, "R5", "令和6年度"]),
).filter(lambda figure: figure.unit != "ポイント" or (figure.number or 0) >= 0)


def test_one_digit_is_full_width_and_several_are_half() -> None:
    """The rule of official documents."""
    one, two = Figure("", Decimal(5), unit="人"), Figure("", Decimal(12), unit="人")
    assert [print_figure(each, Style(width="mixed")) for each in (one, two)] == ["５人", "12人"]


@given(FIGURES, STYLES)
def test_a_figure_that_is_printed_is_read_as_it_was(figure: Figure, style: Style) -> None:
    """In every width, with commas or without, with each minus."""
    assert read_figure(print_figure(figure, style)) == figure


@given(st.integers(1, 9999), st.integers(0, 9999), st.sampled_from(["万", "億"]), STYLES)
def test_scales_come_back_as_printed(high: int, low: int, scale: str, style: Style) -> None:
    """535万件 is printed again as 535万件, and 1億2,000万円 as that."""
    printed = print_figure(
        Figure(
            "",
            Decimal(high * 10_000 + low) * (10_000 if scale == "億" else 1),
            unit="円",
            scale=(scale, "万" if scale == "億" else ""),
        ),
        style,
    )
    figure = read_figure(printed)
    assert figure is not None
    assert print_figure(figure, style) == printed


@given(st.integers(0, 10**6), st.sampled_from(sorted(units.UNITS)), STYLES)
def test_every_unit_comes_back(number: int, unit: str, style: Style) -> None:
    """Behind the figure and at the head of its column; a time that it is for is told apart."""
    figure = read_figure(print_figure(Figure("", Decimal(number), unit=unit), style))
    assert figure is not None
    assert figure.number == number
    assert "/".join(filter(None, (figure.unit, figure.per))) == unit
    assert read_figure(print_figure(Figure("", Decimal(number)), style), unit=unit) == figure


@given(st.decimals(0, 9999, places=1), st.sampled_from(sorted(SCALES)), UNITS, STYLES)
def test_every_scale_counts_the_same_in_the_cell_and_at_its_head(
    number: Decimal, scale: str, unit: str, style: Style
) -> None:
    """12.3億円 is 12.3 below 億円."""
    bare = print_figure(Figure("", number), style)
    figure = read_figure(f"{bare}{scale}{unit}")
    assert figure is not None
    assert figure.number == number * SCALES[scale]
    assert read_figure(bare, unit=f"{scale}{unit}") == figure


@given(st.integers(0, 10**6), st.integers(1, 10**6), UNITS, STYLES)
def test_intervals_come_back(low: int, more: int, unit: str, style: Style) -> None:
    """Ranges and bounds are read as they were printed."""
    first, last = Decimal(low), Decimal(low + more)
    for figure in (
        Figure("", low=first, high=last, unit=unit),
        Figure("", low=first, high=last, high_open=True, unit=unit),
        Figure("", low=first, unit=unit),
        Figure("", high=last, high_open=True, unit=unit),
    ):
        assert read_figure(print_figure(figure, style)) == figure
