"""What a document says of itself and of its plan: names, who adopted it, edition, stage and period."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sosei_graph.ingest.extracting.cover import head_lines
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.numerals import READINGS
from sosei_graph.ingest.extracting.source import Named as NamedGovernment
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import DatedPeriod, Government
from sosei_graph.text import fold, widths_folded
from sosei_graph.text.dates import Period, find_periods, read_period

#: Stages of plans as documents print them, the local names of the scheme.
STAGES = (("骨子", "outline"), ("素案", "draft"), ("原案", "proposal"))
_EDITION = re.compile(r"第\s*(?P<n>[0-9０-９]{1,2}|[一二三四五六七八九十])\s*[期次]")
_NAME = re.compile(
    r"(?:第\s*[0-9０-９一二三四五六七八九]{1,2}\s*[期次]\s*)?[^\s、。，．・：:「」『』【】（）()｜|〜～]{0,14}?"
    r"(?:まち\s*[・･]\s*ひと\s*[・･]\s*しごと\s*(?:創生)?\s*)?(?:地方創生\s*|デジタル田園都市(?:国家)?構想\s*)?(?:総合戦略|創生戦略|地方版総合戦略)"
    r"(?P<nick>\s*[「『][^「」『』]{2,20}[」』])?(?!推進(?!期間)|会議|策定|検討|本部|審議|有識者|評価|検証|委員|の策定)"
)
_FOREIGN = re.compile(
    r"^(?:国|県|府|都|道|政府|本|現行|次期|新たな|新|前|当該|各|同)?(?:の|版)?(?:まち・ひと・しごと創生|地方版|デジタル田園都市国家構想)?総合戦略$"
)
_PERIOD_HEAD = re.compile(r"(?:計画|推進|対象|戦略|実施|取組|事業実施|総合戦略)(?:の)?期間")
#: A name with the kind of municipality in it, or 例示版.
_PLACED = re.compile(r"[㐀-鿿ぁ-んァ-ヶ](?:[市町村区県](?!域|場|長)|版総合戦略)")
_ENDS_TITLE = re.compile(r"^\s*(?:目\s*次|もくじ|はじめに|【|〔|基本目標)|[→⇒|｜]|[:：]\s*\S")
_MOST_WORDS = 40
_RANGE_YEARS = (2, 12)


@dataclass(frozen=True)
class Named:
    """A name of a plan in its place."""

    words: Wording
    edition: int | None
    stage: str | None


def edition_of(text: str) -> int | None:
    """The number of `第２期`, `第三次`."""
    found = _EDITION.search(text)
    if found is None:
        return None
    plain = widths_folded(found["n"])[0]
    return int(plain) if plain.isdigit() else READINGS["一"].get(plain)


def stage_of(text: str) -> str | None:
    """The stage that words tell: 骨子, 素案, 原案."""
    found = {stage for word, stage in STAGES if word in text}
    return next(iter(found)) if len(found) == 1 else None


def titles(source: Source) -> Wording:
    """The words at the head of the document, up to its first sentence, heading or table, at most five lines."""
    parts: list[Wording] = []
    heads = {fold(source.reading.text[each.line.start : each.line.end]) for each in source.repaired.dropped}
    for line in head_lines(source):
        text = line.text
        if fold(text) in heads:
            continue
        if len(parts) >= 5 or len(line) > 60 or "。" in text or _ENDS_TITLE.search(text):
            break
        if parts and (marks := read_marks(text)) and not marks[0].tight and not _EDITION.match(text):
            break
        parts.append(line)
    return join(parts, " ") if parts else Wording()


def first_words(source: Source) -> Wording:
    """What a document begins with, where it has no title."""
    line = next(head_lines(source), next(iter(source.lines), Wording()))
    return line.cut(0, min(len(line), _MOST_WORDS))


def strategy_names(source: Source) -> list[Named]:
    """The names of strategies that the document bears or is about, the most telling first.

    A name of its own has an edition or a municipality in it (第２期例示市総合戦略); 国の総合戦略 is none.
    """
    weight: Counter[str] = Counter()
    first: dict[str, Wording] = {}
    for words in [titles(source), *source.lines]:
        for found in _NAME.finditer(words.text):
            name = words.cut(found.start(), found.end("nick") if found["nick"] else found.end())
            key = fold(name.text)
            if _FOREIGN.match(key) or len(name.text) > 45:
                continue
            first.setdefault(key, name)
            weight[key] += 1
    telling = [key for key in first if edition_of(first[key].text) or _has_place(first[key], source)]
    joint = {key for key in telling if "ビジョン" in key}
    ordered = sorted(
        telling,
        key=lambda key: (
            key in joint,
            -weight[key] * (2 if _has_place(first[key], source) else 1),
            first[key].start,
        ),
    )
    return [Named(first[key], edition_of(first[key].text), None) for key in ordered]


def _has_place(words: Wording, source: Source) -> bool:
    return bool(source.governments(words)) or _PLACED.search(words.text) is not None


def publisher(source: Source, *places: Wording) -> tuple[Government, ...]:
    """The municipality that the given words name, else the one that the document names most.

    One that they name and that could be several (府中市) stays open; another one is never put in its place.
    """
    for words in places:
        if named := source.governments(words):
            return (_government(_whose(named), words, source),)
    counts: Counter[str] = Counter()
    where: dict[str, Government] = {}
    for words in source.lines:
        for each in source.governments(words):
            if each.code is None or len(each.code) == 5:
                key = each.code or words.folded[each.start : each.end]
                counts[key] += 1
                where.setdefault(key, _government(each, words, source))
    most = counts.most_common(2)
    if not most or (len(most) == 2 and most[0][1] < 2 * most[1][1]):
        return ()
    return (where[most[0][0]],)


def _whose(named: Sequence[NamedGovernment]) -> NamedGovernment:
    """The first of the governments that a title names; a prefecture only where it is not that of the one city."""
    first = named[0]
    inside = [each for each in named if each.code and len(each.code) == 5 and each.code[:2] == first.code]
    return inside[0] if len(inside) == 1 else first


def _government(named: NamedGovernment, words: Wording, source: Source) -> Government:
    return Government(source.passage(words.cut_folded(named.start, named.end)), named.code)


def plan_period(source: Source, about: str = "") -> DatedPeriod | None:
    """The period under or beside a heading of it; with `about`, one near whose heading these words stand."""
    lines = list(source.lines)
    best: tuple[int, DatedPeriod] | None = None
    for at, line in enumerate(lines):
        head = _PERIOD_HEAD.search(line.text)
        if head is None or len(line) > 120 or (head.start() > 14 and "。" in line.text[: head.start()]):
            continue
        for below, words in enumerate(lines[at : at + 4]):
            found = _range_in(words, source)
            if found is None:
                continue
            near = " ".join(each.text for each in lines[max(0, at - 3) : at + 1])
            score = (2 if about and about in near else 0) - (below + len(head[0]) == 0)
            if best is None or score > best[0]:
                best = score, found
            break
    return best[1] if best else None


def _range_in(words: Wording, source: Source) -> DatedPeriod | None:
    """The range of years in words that is as long as a plan's."""
    for found in find_periods(words.text):
        period = found.period
        if period.kind == "range" and period.start and period.end:
            years = (period.end - period.start).days / 365.25
            if _RANGE_YEARS[0] - 0.6 <= years <= _RANGE_YEARS[1]:
                return DatedPeriod(source.passage(words.cut(found.start, found.end)), period)
    return None


def dated(words: Wording, source: Source) -> DatedPeriod:
    """Words that are a period as a whole, or hold one range."""
    period: Period | None = read_period(words.text)
    if period is None:
        ranges = [found.period for found in find_periods(words.text) if found.period.kind == "range"]
        period = ranges[0] if len(ranges) == 1 else None
    return DatedPeriod(source.passage(words), period)


def issued(source: Source) -> str | None:
    """The month or day that stands by itself at the head of the document, as an ISO date or year and month."""
    for line in islice(head_lines(source), 12):
        period = read_period(line.text)
        if period is None or period.start is None or re.search("現在|時点", line.text):
            continue
        if period.kind == "date":
            return period.start.isoformat()
        if period.kind == "month":
            return f"{period.start:%Y-%m}"
    return None


def same(one: Sequence[Wording], two: Sequence[Wording]) -> bool:
    """Whether two lists of words say the same."""
    return [fold(words.text) for words in one] == [fold(words.text) for words in two]
