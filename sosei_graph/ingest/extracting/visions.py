"""The draft of a population vision (人口ビジョン) that material for a council sets out beside that of a strategy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.particulars import edition_of, stage_of
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import DatedPeriod, Doubt, Indicator, Plan
from sosei_graph.languages import Text
from sosei_graph.text.dates import Period, find_periods

DRAWN = Text(
    "人口ビジョンの図や説明から読み取りました。名前と対象を確かめてください",
    "read in the part on the population vision: check its name and what it is of",
)
_STAGE = r"[(（](?:骨子|素案|原案|案)[)）]"
#: The heading of the part on one of the plans.
_HEADING = re.compile(
    rf"(?P<name>人口ビジョン|総合戦略)(?:{_STAGE})?案?(?:の(?:概要|骨子|素案|全体像|構成))?$"
)
_NAME = re.compile(
    r"第\s*[0-9０-９一二三四五六七八九]{1,2}\s*[期次]\s*(?:[^\s、。「」（）()]{2,8}[市町村区県])?人口ビジョン"
)
_PERIOD_LINES = 6
_LEAST_YEARS = 15
#: What is to be done with a figure is no part of its name.
_TO_BE_DONE = re.compile(r"を(?:引き?上げ|引き?下げ|増や|減ら|維持|改善|向上)(?:る|す|させる|する)?$")
_GOES_ON = re.compile(r"[のとや・]$")


@dataclass(frozen=True)
class Split:
    """The indicators outside of goals: those of the strategy, and the vision with its own, if one is set out."""

    strategy: tuple[Indicator, ...]
    vision: Plan | None = None


def split_off(
    indicators: Sequence[Indicator], lines: Sequence[Line], strategy: Plan, source: Source
) -> Split:
    """The vision with the indicators that stand in its part; without a heading of one all are the strategy's."""
    heads = [(line, found["name"]) for line in lines if (found := _HEADING.search(line.words.folded))]
    own = [line for line, name in heads if name == "人口ビジョン" and "総合戦略" not in line.words.text]
    if not own:
        return Split(tuple(indicators))
    kept, others = list[Indicator](), list[Indicator]()
    for each in indicators:
        place = source.repaired.within(each.name.spans[0])[0]
        above = [line for line, _ in heads if line.words.start < place]
        (others if above and above[-1] in own else kept).append(each)
    name = _name(lines, strategy) or _in(own[0].words)
    vision = Plan(
        "PopulationVision",
        source.passage(name),
        strategy.adopted_by,
        edition_of(name.text),
        stage_of(own[0].words.text),
        _period(lines, own, source),
        indicators=tuple(_renamed(each, lines, source) for each in others),
    )
    return Split(tuple(kept), vision)


def _in(heading: Wording) -> Wording:
    start = heading.text.index("人口ビジョン")
    return heading.cut(start, start + len("人口ビジョン"))


def _name(lines: Sequence[Line], strategy: Plan) -> Wording | None:
    """The name with the edition of the strategy that is drafted with it."""
    found = ((line.words, match) for line in lines for match in _NAME.finditer(line.words.text))
    names = (words.cut(*match.span()) for words, match in found)
    return next((name for name in names if edition_of(name.text) == strategy.edition), None)


def _period(lines: Sequence[Line], own: Sequence[Line], source: Source) -> DatedPeriod | None:
    """The years below the heading: a vision looks further ahead than a strategy."""
    for heading in own:
        below = [line.words for line in lines[heading.number + 1 : heading.number + 1 + _PERIOD_LINES]]
        if not any("期間" in words.text for words in below):
            continue
        for words in below:
            for found in find_periods(words.text):
                if _is_long(found.period):
                    return DatedPeriod(source.passage(words.cut(found.start, found.end)), found.period)
    return None


def _is_long(period: Period) -> bool:
    start, end = period.start, period.end
    return period.kind == "range" and bool(start and end and end.year - start.year >= _LEAST_YEARS)


def _renamed(indicator: Indicator, lines: Sequence[Line], source: Source) -> Indicator:
    """The target with its whole name: a line may begin in the middle of it, and end with what is to be done."""
    start, end = source.repaired.within(indicator.name.spans[0])
    words = source.wording(start, end)
    at = next((at for at, line in enumerate(lines) if line.words.start <= start < line.words.end), 0)
    before = lines[at - 1].words if at and not lines[at].parted else Wording()
    if _GOES_ON.search(before.text):
        parts = list(re.finditer(r"[＋+、]", before.text))
        words = join([before.cut(parts[-1].end() if parts else 0), words])
    if found := _TO_BE_DONE.search(words.text):
        words = words.cut(0, found.start())
    doubt = Doubt(min(indicator.doubt.confidence, 0.6), (*indicator.doubt.remarks, DRAWN))
    return replace(indicator, kind="NumericTarget", name=source.passage(words), doubt=doubt)
