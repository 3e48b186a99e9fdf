"""The charts: Vega-Lite specifications, turned into SVG by vl-convert (one wheel that needs nothing else).

The bytes depend on the figures alone. Colours follow what the reader's system prefers, light or dark.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Any

from benchmarks.measuring.plan import JOBS, Job
from benchmarks.measuring.results import Measurement, Results, ratio
from benchmarks.measuring.sizes import Size
from benchmarks.measuring.writing import times
from benchmarks.measuring.yardsticks import GROWING
from sosei_graph.languages import LANGS, Lang, Text

_FONT = "system-ui, 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif"
_TEXT, _MUTED, _GRID, _GROUND = "#1f2328", "#59636e", "#d1d9e0", "#ffffff"
_SERIES = ("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989")
#: Light → dark.
_DARK = {
    _TEXT: "#f0f6fc",
    _MUTED: "#9198a1",
    _GRID: "#3d444d",
    _GROUND: "#0d1117",
    **dict(zip(_SERIES, ("#4493f8", "#f0883e", "#3fb950", "#ab7df8", "#db61a2"), strict=True)),
}
_WIDTH, _HEIGHT, _LINE = 430, 260, 15
_ROOM = {"left": 64, "right": 206, "top": 60, "bottom": 48}
_STATEMENTS = Text("文の数", "statements")
_SECONDS_EACH = Text("100 万文あたりの秒数", "seconds for a million statements")
_SECONDS = Text("秒", "seconds")
_RIGHT = Text("1 より右は sosei-graph より遅い", "to the right of 1: slower than sosei-graph")
_MEGABYTES = Text("最大のプロセスのメモリー（MB）", "memory of the largest process (MB)")


@dataclass(frozen=True)
class Series:
    """A line: its name, and for so many statements so much."""

    name: Text
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    """A chart in both languages; `spec` makes its specification."""

    name: str
    title: Text
    about: Text
    specs: Mapping[Lang, dict[str, Any]]

    def files(self) -> Iterator[tuple[str, str]]:
        """File name → SVG, one for each language."""
        for lang in LANGS:
            yield f"performance-{self.name}-{lang}.svg", _svg(self.specs[lang], self.title.in_(lang))


def charts(results: Results) -> list[Chart]:
    """Those that there are figures for."""
    found = (_growth(results), _change(results), _memory(results), _beside(results))
    return [chart for chart in found if chart]


def _growth(results: Results) -> Chart | None:
    def each(statements: int, found: Measurement) -> float:
        return found.wall / statements * 1e6

    return _lines(
        "growth",
        Text("規模と時間", "Time and size"),
        _SECONDS_EACH,
        _series(results, GROWING, each),
        Text(
            "横軸は文の数、縦軸は 100 万文あたりの秒数。水平な線は、時間が文の数に比例することを示す。",
            "Statements against seconds for a million of them: a level line is time in proportion to size.",
        ),
    )


def _change(results: Results) -> Chart | None:
    return _lines(
        "change",
        Text("1 つの文書が変わったとき", "When one document has changed"),
        _SECONDS,
        _series(results, ("update", "document"), lambda _, found: found.wall),
        Text(
            "横軸はグラフ全体の文の数、縦軸は 1 つの文書の変更にかかる秒数。",
            "Statements of the whole graph against seconds that one changed document takes.",
        ),
    )


def _memory(results: Results) -> Chart | None:
    return _lines(
        "memory",
        Text("規模とメモリー", "Memory and size"),
        _MEGABYTES,
        _series(results, GROWING, lambda _, found: found.peak_mb),
        Text(
            "横軸は文の数、縦軸は最大のプロセスのメモリー。",
            "Statements against the memory of the largest process.",
        ),
    )


def _series(results: Results, names: Sequence[str], value: Any) -> list[Series]:
    titles = {job.name: job.title for job in JOBS}
    found = [
        Series(titles[name], [(n, value(n, each)) for n, each in results.by_size(name)]) for name in names
    ]
    return [series for series in found if series.points]


def _lines(name: str, title: Text, measure: Text, series: Sequence[Series], about: Text) -> Chart | None:
    """Lines on two logarithmic scales, each named at its end."""
    if not series:
        return None
    specs = {lang: _line_spec(series, title, measure, lang) for lang in LANGS}
    return Chart(name, title, about, specs)


def _line_spec(series: Sequence[Series], title: Text, measure: Text, lang: Lang) -> dict[str, Any]:
    across = _domain([x for each in series for x, _ in each.points])
    up = _domain([y for each in series for _, y in each.points])
    rows = [{"name": each.name.in_(lang), "x": x, "y": y} for each in series for x, y in sorted(each.points)]
    places = _apart([_HEIGHT * (1 - _share(max(each.points)[1], up)) for each in series])
    names = [
        {"name": each.name.in_(lang), "x": _WIDTH * _share(max(each.points)[0], across), "y": place}
        for each, place in zip(series, places, strict=True)
    ]
    colour = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": [row["name"] for row in names], "range": list(_SERIES)},
        "legend": None,
    }
    x = _scale("x", across, _decades(across), _STATEMENTS.in_(lang), lang)
    y = _scale("y", up, _ticks(up), "", lang)
    at_end = {"field": "name", "type": "nominal"}
    return {
        **_frame((title.in_(lang), measure.in_(lang)), _WIDTH, _HEIGHT),
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "line", "point": {"size": 36}, "strokeWidth": 2},
                "encoding": {"x": x, "y": y, "color": colour},
            },
            {
                "data": {"values": names},
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 9, "fontSize": 12},
                "encoding": {
                    "x": {"field": "x", "type": "quantitative", "scale": None},
                    "y": {"field": "y", "type": "quantitative", "scale": None},
                    "text": at_end,
                    "color": colour,
                },
            },
        ],
    }


def _beside(results: Results) -> Chart | None:
    """How many times as long the others take: bars on a logarithmic scale from ours, which is 1."""
    title = Text(
        "ほかのエンジンの時間（sosei-graph を 1 として）", "Time of other engines (sosei-graph is 1)"
    )
    about = Text(
        "同じ仕事にかかる時間の比。1 より右は sosei-graph より遅く、左は速い。",
        "Ratio of the time for the same job: to the right of 1 slower than sosei-graph, to the left quicker.",
    )
    specs = {}
    for lang in LANGS:
        bars = [_bar(job, peer, *found, lang) for job, peer, found in _compared(results)]
        if not bars:
            return None
        specs[lang] = _bar_spec(bars, title.in_(lang), lang)
    return Chart("beside", title, about, specs)


def _compared(results: Results) -> Iterator[tuple[Job, str, tuple[str, float]]]:
    """Job and peer → the largest corpus that both were measured on, and the ratio there."""
    for job in JOBS:
        for peer in job.peers:
            found = [
                (size, value)
                for size in results.corpora
                if (value := ratio(results.of(job.name, size, peer.name), results.of(job.name, size)))
            ]
            if found:
                yield job, peer.name, found[-1]


def _bar(job: Job, peer: str, size: str, value: float, lang: Lang) -> dict[str, Any]:
    colon, comma = ("：", "、{}文") if lang == "ja" else (": ", ", {}")
    # That others get another graph is told below the chart.
    title = job.title.in_(lang).partition("（ほか")[0].partition(" (the")[0]
    at = comma.format(Size.of(size).title.in_(lang))
    return {
        "name": f"{title}{colon}{job.title_of(peer).in_(lang)}{at}",
        "value": value,
        "text": f"{times(value)} {'倍' if lang == 'ja' else '×'}",
        "slower": value >= 1,
    }


def _bar_spec(bars: Sequence[dict[str, Any]], title: str, lang: Lang) -> dict[str, Any]:
    low, high = min(1.0, *(bar["value"] for bar in bars)), max(1.0, *(bar["value"] for bar in bars))
    domain = (low / (5 if low < 1 else 1.5), high * 4)
    x = _scale("value", domain, _decades(domain), "", lang)
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "scale": {"paddingInner": 0.35}}
    colour = {
        "condition": {"test": "datum.slower", "value": _SERIES[0]},
        "value": _SERIES[1],
    }

    def text(slower: str, align: str, shift: int) -> dict[str, Any]:
        return {
            "transform": [{"filter": f"{slower}datum.slower"}],
            "mark": {"type": "text", "align": align, "dx": shift, "fontSize": 12, "color": _TEXT},
            "encoding": {"x": x, "y": y, "text": {"field": "text"}},
        }

    height = 26 * len(bars)
    return {
        **_frame((title, _RIGHT.in_(lang)), 330, height, {"left": 370, "right": 24, "top": 62, "bottom": 32}),
        "data": {"values": list(bars)},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"x": x, "x2": {"datum": 1}, "y": y, "color": colour}},
            {"mark": {"type": "rule", "color": _MUTED}, "encoding": {"x": {**_without_field(x), "datum": 1}}},
            text("", "left", 5),
            text("!", "right", -5),
        ],
    }


def _without_field(scale: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in scale.items() if name != "field"}


def _frame(
    titles: tuple[str, str], width: int, height: int, room: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """What all charts share; the second title says what is measured.

    Room for words is set, not measured: the fonts of a machine change nothing.
    """
    places = dict(room or _ROOM)
    axis = {
        "labelColor": _MUTED,
        "titleColor": _TEXT,
        "gridColor": _GRID,
        "domainColor": _GRID,
        "tickColor": _GRID,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 400,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": places,
        "autosize": {"type": "none"},
        "background": _GROUND,
        "title": {
            "text": titles[0],
            "subtitle": titles[1],
            "anchor": "start",
            "frame": "group",
            "dx": 16 - places["left"],
            "color": _TEXT,
            "subtitleColor": _MUTED,
            "fontSize": 14,
            "subtitleFontSize": 12,
            "subtitlePadding": 5,
            "offset": 12,
        },
        "config": {"font": _FONT, "axis": axis, "view": {"stroke": None}},
    }


def _scale(
    field: str, domain: tuple[float, float], ticks: Sequence[float], title: str, lang: Lang
) -> dict[str, Any]:
    words = " : ".join(f"datum.value == {tick!r} ? '{_written(tick, lang)}'" for tick in ticks)
    return {
        "field": field,
        "type": "quantitative",
        "title": title or None,
        "scale": {"type": "log", "domain": list(domain), "nice": False},
        "axis": {"values": list(ticks), "labelExpr": f"{words} : ''", "grid": True},
    }


def _written(value: float, lang: Lang) -> str:
    """A tick: 1000万, 10 M."""
    if value >= 1e4 and lang == "ja":
        return f"{value / 1e4:,.0f}万"
    for least, unit in ((1e6, "M"), (1e4, "k")):
        if value >= least:
            return f"{value / (1e6 if unit == 'M' else 1e3):,.0f} {unit}"
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _domain(values: Sequence[float]) -> tuple[float, float]:
    """A little more than the values need, and never less than a decade."""
    low, high = min(values) / 1.5, max(values) * 1.5
    middle = (low * high) ** 0.5
    return (min(low, middle / 3.2), max(high, middle * 3.2))


def _decades(domain: tuple[float, float]) -> list[float]:
    steps = range(floor(log10(domain[0])), floor(log10(domain[1])) + 1)
    return [10.0**step for step in steps if domain[0] <= 10.0**step <= domain[1]]


def _ticks(domain: tuple[float, float]) -> list[float]:
    """Powers of ten, and what lies between where there are few."""
    decades = range(floor(log10(domain[0])), floor(log10(domain[1])) + 1)
    parts = (1, 2, 5) if len(decades) <= 4 else (1,)
    ticks = [float(f"{part}e{decade}") for decade in decades for part in parts]
    return [tick for tick in ticks if domain[0] <= tick <= domain[1]]


def _share(value: float, domain: tuple[float, float]) -> float:
    """Where a value lies on a logarithmic scale, from 0 to 1."""
    low, high = map(log10, domain)
    return (log10(value) - low) / (high - low)


def _apart(places: Sequence[float]) -> list[float]:
    """The places of names in their order, moved until none covers another."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for _ in range(50):
        for upper, lower in pairwise(order):
            if (missing := _LINE - (moved[lower] - moved[upper])) > 0:
                moved[upper] -= missing / 2
                moved[lower] += missing / 2
    return [round(place, 1) for place in moved]


def _svg(spec: dict[str, Any], title: str) -> str:
    from vl_convert import vegalite_to_svg

    svg = vegalite_to_svg(spec)
    rules = "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in _DARK.items()
    )
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return re.sub(r"(<svg[^>]*>)", rf"\1<title>{title}</title>{style}", svg, count=1) + "\n"
