"""Indicators that the aims of a plan state in lines, as plans for roads and sewage do, and aims that were not read."""

import re
from collections.abc import Sequence

from sosei_graph.ingest.extracting.goals.labels import read_label
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.targets import CUT, read_targets
from sosei_graph.ingest.extracting.indicators import Found, Manner, Tables, Yield
from sosei_graph.ingest.extracting.indicators.heads import Head
from sosei_graph.ingest.extracting.indicators.lines import read_line
from sosei_graph.ingest.extracting.indicators.naming import cleaned
from sosei_graph.ingest.extracting.indicators.values import Cell, read_values
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Indicator, Value, ValueKind
from sosei_graph.languages import Text

NOT_READ = Text(
    "【数値目標】の下の表や行を指標として読めません",
    "what stands under 数値目標 cannot be read as indicators",
)
#: Years without a kind are those of targets.
MANNER = Manner("KeyPerformanceIndicator", "target")

_LABEL = re.compile(r"(?:[0-9０-９]\s*[-－‐―−ー–]\s*[0-9０-９]\s*)?[【〔]?\s*数値目標\s*[】〕]?")
_HEADING = re.compile(r"[(（]\s*目標\s*[0-9０-９①-⑳]{1,2}\s*[)）]")
#: With what a heading of an aim ends that does not go on.
_CLOSED = re.compile(r"(?:[化進増加大少減善保持備上成消短縮築援興]|づくり)\s*$")
_FROM_TO = re.compile(
    r"(?:^|[(（])(?P<name>[^（）()、。:：\s]{3,40})を\s*(?P<baseline>[^、。をに]{1,24}?)\s*から\s*(?P<target>[^、。を]{1,24}?)"
    r"\s*(?:に|へ|まで)?\s*(?:向上|増加|上昇|拡大|減少|削減|低減|短縮|縮減|引き?上げ|改善)(?:させる|する)?[)）]?$"
)
_LEAST_NAME = 4
#: So many lines are shown of what was not read.
_SHOWN = 12


def in_aims(lines: Sequence[Line], tables: Tables, source: Source) -> Yield:
    """The indicators in lines: `観光客 20万人（平成26年）→ 22万人`, `（目標１）普及率を70％から80％に向上`."""
    result = Yield()
    rest = [line for line in lines if not tables.holds(line.words.start)]
    placed, _ = read_targets(rest, source, MANNER, frozenset())
    for each in placed:
        if len(each.indicator.values) > 1:
            _keep(each.indicator, [rest[number] for number in each.lines], source, result)
    for line in rest:
        if found := _from_to(line.words, source):
            result.found.append(Found(line.words.start, line.words.end, found))
    if not (tables.read.found or tables.read.unread or result.found or result.unread):
        result.unread += [source.unread(below, NOT_READ)] if (below := _below_label(lines)) else []
    return result


def _keep(indicator: Indicator, taken: Sequence[Line], source: Source, result: Yield) -> None:
    """Takes an indicator of several lines in, where its name is certain: a heading may stand before it."""
    if all(line.joined for line in taken[1:]):
        result.found.append(Found(taken[0].words.start, taken[-1].words.end, indicator))
        return
    heading, last = taken[0].words, taken[-1].words
    own = read_line(last, source, MANNER) if len(taken) == 2 and _is_heading(heading) else None
    found = own.found[0].indicator if own and own.found else None
    if own and found and len(found.values) > 1 and len(found.name.text) >= _LEAST_NAME:
        result.add(own)
    else:
        result.unread.append(source.unread([line.words for line in taken], CUT))


def _is_heading(words: Wording) -> bool:
    return _HEADING.match(words.text) is not None and _CLOSED.search(words.text) is not None


def _from_to(words: Wording, source: Source) -> Indicator | None:
    """An aim in words: `（目標１）汚水処理人口普及率を78.4％から93.9％に向上`."""
    name, mark = cleaned(words)
    found = _FROM_TO.search(name.text)
    if found is None:
        return None
    values: list[Value] = []
    kinds: tuple[ValueKind, ...] = ("baseline", "target")
    for kind in kinds:
        read, _ = read_values(Cell(name.cut(*found.span(kind)), Head("value", kind)), source)
        values += [value for value in read if value.figure and value.figure.is_amount]
    units = {value.figure.unit for value in values if value.figure}
    if len(values) != len(kinds) or len(units) != 1 or None in units:
        return None
    notation = source.passage(mark) if mark else None
    return Indicator(
        MANNER.kind, source.passage(name.cut(*found.span("name"))), notation, values=tuple(values)
    )


def _below_label(lines: Sequence[Line]) -> list[Wording]:
    """The first lines below 【数値目標】."""
    at = next((at for at, line in enumerate(lines) if _LABEL.fullmatch(line.words.text)), len(lines))
    return [line.words for line in lines[at + 1 : at + 1 + _SHOWN] if read_label(line.words) is None]
