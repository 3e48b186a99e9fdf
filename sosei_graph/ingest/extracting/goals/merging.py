"""Indicators that a document states in more than one place: as one, if they agree."""

from collections.abc import Sequence
from dataclasses import replace

from sosei_graph.ingest.records import Indicator, Value
from sosei_graph.text import fold
from sosei_graph.text.periods import Period


def merged(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Indicators that are stated twice as one; two of one name whose values differ are two."""
    result: list[Indicator] = []
    named: dict[str, list[int]] = {}
    for each in indicators:
        places = named.setdefault(fold(each.name.text), [])
        at = next((at for at in places if agree(result[at], each)), None)
        if at is None:
            places.append(len(result))
            result.append(each)
        else:
            result[at] = _both(result[at], each)
    return result


def agree(one: Indicator, two: Indicator) -> bool:
    """Whether two indicators have one name, and values of one kind and time are the same."""
    if fold(one.name.text) != fold(two.name.text):
        return False
    return all(
        _same(first, second) or (_time(first) != _time(second) and None not in (_time(first), _time(second)))
        for first in one.values
        for second in two.values
        if first.kind == second.kind
    )


def _time(value: Value) -> Period | None:
    return value.when.period if value.when else None


def _both(one: Indicator, two: Indicator) -> Indicator:
    more, less = (two, one) if len(two.values) > len(one.values) else (one, two)
    more = more if more.unit else replace(more, unit=less.unit)
    extra = [value for value in less.values if not any(_same(value, other) for other in more.values)]
    return replace(more, values=(*more.values, *extra), rating=more.rating or less.rating)


def _same(one: Value, two: Value) -> bool:
    alike = _said(one, two) == _said(two, one)
    times = _time(one), _time(two)
    return one.kind == two.kind and alike and (times[0] == times[1] or None in times)


def _said(value: Value, other: Value) -> tuple[object, ...]:
    """What a value says; its unit only where the other has one too."""
    figure = value.figure
    if figure and other.figure and not (figure.unit and other.figure.unit) and not figure.scale:
        figure = replace(figure, unit=None, per=None)
    return figure, value.absence, value.words
