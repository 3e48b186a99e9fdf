"""Yearly columns of the old form: whether 平成30年度（３年目） holds an amount or an increase.

The form asks for increases (増加分) and their total (ＫＰＩ増加分の累計), and many plans leave the word out at the
years. What a row holds is told by its own figures: increases add up to the total; amounts end at baseline and total
together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sosei_graph.ingest.extracting.indicators import Found
from sosei_graph.ingest.extracting.indicators.values import CHANGE
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.records import Doubt, Indicator, Unread, Value
from sosei_graph.languages import Text
from sosei_graph.text import fold

NOT_TOLD = Text(
    "各年度の値が増加分なのかその年度の値なのか決まりません",
    "it is not certain whether the value of each year is an increase or an amount",
)
WORD = "増加分"


@dataclass(frozen=True)
class _Row:
    """The values of an indicator by what they are."""

    indicator: Indicator

    @property
    def years(self) -> list[Value]:
        """The figures of years that no word makes increases: two at least, or a year that is counted (３年目)."""
        found = [
            value
            for value in self.indicator.values
            if value.kind == "target" and value.figure and not value.figure.change and value.when
        ]
        counted = any(value.when and value.when.period and value.when.period.nth for value in found)
        return found if counted or len(found) > 1 else []

    @property
    def total(self) -> Decimal | None:
        """The total of the increases."""
        figures = [value.figure for value in self.indicator.values if value.figure]
        return next((each.number for each in figures if each.change and each.cumulative), None)

    @property
    def baseline(self) -> Decimal | None:
        """The amount before the first year."""
        return next(
            (
                value.figure.number
                for value in self.indicator.values
                if value.kind == "baseline" and value.figure
            ),
            None,
        )

    def holds_amounts(self) -> bool | None:
        """Whether the years hold amounts (False: increases); None where their figures do not tell."""
        numbers = [value.figure.number for value in self.years if value.figure]
        known = [number for number in numbers if number is not None]
        if self.total is None or len(known) < len(numbers):
            return None
        if self.baseline is not None and known[-1] - self.baseline == self.total:
            return True
        return False if sum(known) == self.total else None


def told_apart(found: Sequence[Found], source: Source) -> tuple[list[Found], list[Unread]]:
    """Indicators whose yearly values are told to be amounts or increases, and those of which neither is certain."""
    if WORD not in fold(source.repaired.text):
        return list(found), []
    result: list[Found] = []
    unread: list[Unread] = []
    for each in _continued(found):
        row = _Row(each.indicator)
        years = row.years
        amounts = row.holds_amounts() if years else True
        if amounts is None:
            unread += [Unread(value.printed, NOT_TOLD) for value in years]
        values = tuple(
            value if amounts or value not in years else _increase(value)
            for value in each.indicator.values
            if amounts is not None or value not in years
        )
        result.append(replace(each, indicator=replace(each.indicator, values=values)))
    return result, unread


def _increase(value: Value) -> Value:
    figure = replace(value.figure, change=WORD) if value.figure else None
    return replace(value, figure=figure, doubt=Doubt(value.doubt.confidence, (CHANGE,)))


def _continued(found: Sequence[Found]) -> list[Found]:
    """Indicators whose years go on in a second row of heads, each as one."""
    result: list[Found] = []
    for each in found:
        before = next(
            (at for at, known in enumerate(result) if _goes_on(known.indicator, each.indicator)), None
        )
        if before is None:
            result.append(each)
            continue
        one = result[before]
        values = (*one.indicator.values, *each.indicator.values)
        result[before] = replace(one, end=each.end, indicator=replace(one.indicator, values=values))
    return result


def _goes_on(one: Indicator, two: Indicator) -> bool:
    """Whether the second has the years after those of the first, and no baseline of its own."""
    if fold(one.name.text) != fold(two.name.text) or any(value.kind != "target" for value in two.values):
        return False
    ends = [value.when.period.end for value in one.values if value.when and value.when.period]
    starts = [value.when.period.start for value in two.values if value.when and value.when.period]
    last = max((end for end in ends if end), default=None)
    return _Row(one).total is None and last is not None and all(start and start > last for start in starts)
