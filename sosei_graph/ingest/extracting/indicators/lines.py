"""Indicators in one line or a few: a name and its values with arrows, labels or neither.

Read are `名称 1,234人（R1）→ 1,300人（R6）`, with an actual value between the two; `名称：現状値 10件 目標値 20件`;
`名称 35件（R6）`; and the same over several lines (the name, then 現状値 …, then 目標値 …).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sosei_graph.ingest.extracting.indicators.heads import Head, read_head
from sosei_graph.ingest.extracting.indicators.naming import cleaned, is_name
from sosei_graph.ingest.extracting.indicators.rows import Found, Manner, Yield
from sosei_graph.ingest.extracting.indicators.values import (
    Cell,
    in_order,
    is_value,
    label_of,
    read_values,
    unit_in,
)
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import (
    CERTAIN,
    DatedPeriod,
    Doubt,
    Indicator,
    IndicatorKind,
    Unread,
    Value,
    ValueKind,
)
from sosei_graph.languages import Text
from sosei_graph.text.cells import read_cell
from sosei_graph.text.dates import read_period

ORDER = Text("目標値の年度が基準値の年度より前です", "the target is for an earlier year than the baseline")
MIDDLE = Text(
    "三つの値のうち中央が実績値か中間目標か分かりません",
    "the second of three values may be an actual or an interim target",
)
SPLIT = Text("指標の名称と値の境が決まりません", "where the name ends and the value begins is not certain")

_ARROW = re.compile(r"\s*(?:[→⇒➡➔⟶➜⟹➝]|[-=－ー―]{1,2}[>＞])\s*")
_BULLETS = re.compile(r"^(?:[-*+]\s+)?(?:[・･○●◯◎■□◆◇▼▽▶►➢✓※＊•‣◦]\s*)*")
_LABELLED = re.compile(r"^【(?P<label>[^【】]{1,24})】\s*[:：]?\s*")
_KEY = re.compile(
    r"(?:(?<=\s)|(?<=[:：、，,)）】])|^)[【〔\[(（]?(?P<key>(?:(?:令和|平成|[RHＲＨ])\s?[0-9０-９元]{1,2}\s?(?:年度?)?\s?(?:の)?)?"
    r"(?:基準値?|現状値?|現況値?|当初値?|策定時|実績値?|最新値?|直近値?|目標値?|最終目標値?)(?![^\s:：(（】〕\])）0-9０-９▲△約])"
    r"\s*(?:[(（][^()（）]{2,16}[)）])?)[】〕\])）]?\s*[:：=＝]?\s*"
)
_BRACKETED = re.compile(r"(?P<name>[^→⇒➡➔]{2,}?)\s*[(（](?P<inside>[^→⇒➡➔]*[→⇒➡➔].*)[)）]")
_LONGEST_VALUE = 30
#: A value with another one in brackets: 年３回（５年間で10回）.
_WITH_BRACKET = re.compile(r"[^\s()（）]+\s*[(（][^()（）]+[)）]")
_REFERENCE = re.compile(r"参考")
_TIME_FIRST = re.compile(r"(?P<time>[^\s:：]{2,12})[:：]\s*")
#: A time before a value (`R1：10件`), which is no part of the name.
_TIME_LAST = re.compile(r"[\s:：]+(?P<time>[^\s:：]{2,12})$")


@dataclass(frozen=True)
class Part:
    """A piece of a line with a value: what kind it is, if it says so itself."""

    words: Wording
    kind: ValueKind | None = None
    when: DatedPeriod | None = None


def label(words: Wording) -> tuple[Wording, Wording]:
    """The label in 【】 at the head of a line, and the rest."""
    found = _LABELLED.match(words.text)
    return (words.cut(*found.span("label")), words.cut(found.end())) if found else (Wording(), words)


def unbulleted(words: Wording) -> Wording:
    """The line without its bullets."""
    found = _BULLETS.match(words.text)
    return words.cut(found.end()) if found else words


def read_line(
    words: Wording, source: Source, manner: Manner, *, single: ValueKind | None = None
) -> Yield | None:
    """The indicator of a line; None where the line is none for certain.

    `single`: what the only value of a line without label or arrow is (that of 【数値目標】 is a target).
    """
    words = unbulleted(words)
    if "。" in words.text or len(words) > 160:
        return None
    parts = _by_arrows(words) or _by_keys(words, source) or (_single(words, single) if single else None)
    if parts is None:
        return None
    return _indicator(parts[0], parts[1], words, source, manner)


def _by_arrows(words: Wording) -> tuple[Wording, list[Part]] | None:
    if (bracket := _BRACKETED.fullmatch(words.text)) and (inner := _bracketed(words, bracket)):
        return inner
    bounds = [0, *(place for found in _ARROW.finditer(words.text) for place in found.span()), len(words)]
    pieces = [words.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    if len(pieces) < 2 or not all(pieces):
        return None
    split = split_name(pieces[0])
    if split is None and len(pieces) == 2 and _is_only_target(pieces):
        return pieces[0], [Part(pieces[1], "target")]
    if split is None or not all(len(piece) <= _LONGEST_VALUE and _is_bare(piece) for piece in pieces[1:]):
        return None
    name, first = split
    parts = [_part(piece) for piece in (first, *pieces[1:])]
    return name, _kinds(parts)


def _is_only_target(pieces: Sequence[Wording]) -> bool:
    """Whether an arrow leads from a name to its target, without a baseline: `転入者数 ⇒ 500人`."""
    name, value = pieces
    plain = _is_name(name) and not re.search(r"[0-9０-９－―ー-]\s*\S{0,4}$", name.text.rstrip(")）"))
    return plain and _is_bare(value) and ":" not in name.folded


def _bracketed(words: Wording, found: re.Match[str]) -> tuple[Wording, list[Part]] | None:
    """`名称（1,234人 → 1,300人）`."""
    name, inside = words.cut(*found.span("name")), words.cut(*found.span("inside"))
    bounds = [0, *(place for arrow in _ARROW.finditer(inside.text) for place in arrow.span()), len(inside)]
    pieces = [inside.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    if len(pieces) < 2 or not all(piece and _is_part(piece) for piece in pieces) or not _is_name(name):
        return None
    return name, _kinds([_part(piece) for piece in pieces])


def _kinds(parts: list[Part]) -> list[Part]:
    """A row of values that goes from the baseline to the target."""
    first, last = parts[0], parts[-1]
    parts[0] = replace(first, kind=first.kind or "baseline")
    parts[-1] = replace(last, kind=last.kind or "target")
    return parts


def _is_part(words: Wording) -> bool:
    """Whether words are one value, with its label and time."""
    part = _part(words)
    bare = re.sub(r"\s*[(（][^()（）]*[)）]$", "", part.words.text)
    if (time := _TIME_FIRST.match(bare)) and read_period(time["time"]) is not None:
        bare = bare[time.end() :]
    return is_value(part.words.text) or (bool(bare) and is_value(bare))


def _part(words: Wording) -> Part:
    if labelled := label_of(words):
        return Part(words.cut(labelled[1]), labelled[0])
    return Part(words)


def split_name(words: Wording) -> tuple[Wording, Wording] | None:
    """A name and the value after it; None where there are none for certain.

    The value begins after a colon or white space, and what stands before it is no value.
    """
    text = words.text
    starts = [found.end() for found in re.finditer(r"[:：]\s*|\s+|(?<=[)）」』】])(?=[約0-9０-９▲△])", text)]
    for start in reversed(starts):
        value = words.cut(start)
        if not value or not _is_bare(value):
            continue
        begin = min([each for each in starts if each < start and _is_bare(words.cut(each))], default=start)
        name = words.cut(0, begin)
        name = name.cut(0, len(name.text.rstrip(":： 　")))
        if (time := _TIME_LAST.search(name.text)) and read_period(time["time"]) is not None:
            name, begin = name.cut(0, time.start()), time.start("time")
        return (name, words.cut(begin)) if _is_name(name) else None
    return None


def _is_bare(words: Wording) -> bool:
    """Whether words are a value without a word before it that may as well belong to the name."""
    if not _is_part(words) or _ARROW.search(words.text):
        return False
    entry = read_cell(_part(words).words.text)
    return all(figure.label is None for figure in entry.figures)


def _is_name(words: Wording) -> bool:
    text = words.text.strip()
    head = read_head(text)
    told = head is not None and head.role in ("value", "name", "unit", "number", "when")
    return is_name(text) and not told and not is_value(text) and read_period(text) is None


def _by_keys(words: Wording, source: Source) -> tuple[Wording, list[Part]] | None:
    """`名称 現状値（R1） 10件 目標値（R6） 20件`."""
    keys = list(_KEY.finditer(words.text))
    if not keys:
        return None
    name = words.cut(0, keys[0].start())
    name = name.cut(0, len(name.text.rstrip(":：、，, 　")))
    ends = [found.start() for found in keys[1:]] + [len(words)]
    parts = []
    for found, end in zip(keys, ends, strict=True):
        value = words.cut(found.end(), end)
        value = value.cut(0, len(value.text.rstrip("、，,/／ 　")))
        head = read_head(found["key"])
        if head is None or head.kind is None or not value or not _is_part(value):
            return None
        parts.append(Part(value, head.kind, _time(words.cut(*found.span("key")), head, source)))
    return (name, parts) if not name or is_name(name.text) else None


def _time(key: Wording, head: Head, source: Source) -> DatedPeriod | None:
    if not head.when:
        return None
    start = key.folded.find(head.when)
    place = key.cut_folded(start, start + len(head.when)) if start >= 0 else key
    return DatedPeriod(source.passage(place), head.period)


def _single(words: Wording, kind: ValueKind) -> tuple[Wording, list[Part]] | None:
    """A name and its only value; columns of a table side by side are none."""
    split = split_name(words)
    if split is None or re.search(r"\S {3,}\S|　{2}", words.text):
        return None
    if len(read_cell(split[1].text).found) > 1 and not _WITH_BRACKET.fullmatch(split[1].text):
        return None
    return split[0], [Part(split[1], kind)]


def _indicator(
    name: Wording, parts: Sequence[Part], words: Wording, source: Source, manner: Manner
) -> Yield | None:
    if not name:
        return None
    name, mark = cleaned(name)
    tag, name = label(name)
    kind: IndicatorKind = (
        "ReferenceIndicator" if _REFERENCE.search(tag.text or name.text[:4]) else manner.kind
    )
    unit = unit_in(name)
    values: list[Value] = []
    unread: list[Unread] = []
    for at, part in enumerate(parts):
        read, left = _values(part, at, len(parts), source, replace(manner, unit=unit[1] if unit else None))
        apart = source.passage(unit[0]) if unit else None
        values += [replace(value, unit=apart) if value.figure else value for value in read]
        unread += [left] if left else []
    indicator = Indicator(
        kind,
        source.passage(name),
        source.passage(mark) if mark else None,
        source.passage(unit[0]) if unit else None,
        tuple(in_order(values)),
        _doubt(values),
    )
    return Yield([Found(words.start, words.end, indicator)], unread)


def _values(
    part: Part, at: int, count: int, source: Source, manner: Manner
) -> tuple[tuple[Value, ...], Unread | None]:
    kind = part.kind or (manner.yearly if 0 < at < count - 1 else None)
    if kind is None:
        return (), source.unread([part.words], MIDDLE)
    return read_values(Cell(part.words, Head("value", kind), part.when, manner.unit), source)


def _doubt(values: Sequence[Value]) -> Doubt:
    starts = {
        value.kind: value.when.period.start
        for value in values
        if value.when and value.when.period and value.when.period.start
    }
    baseline, target = starts.get("baseline"), starts.get("target")
    return Doubt(0.5, (ORDER,)) if baseline and target and target < baseline else CERTAIN


def read_lines(lines: Sequence[Wording], at: int, source: Source, manner: Manner) -> tuple[Yield, int] | None:
    """An indicator whose name is a line and whose values are labelled in the lines below; and the line after it."""
    end = at + 1
    while end < len(lines) and end - at <= 4 and starts_with_key(lines[end]):
        end += 1
    if (
        end == at + 1
        or not _is_name(unbulleted(lines[at]))
        or starts_with_key(lines[at])
        or "。" in lines[at].text
    ):
        return None
    name = unbulleted(lines[at])
    if source.repaired.text[lines[at].end : lines[at + 1].start].strip():
        return None  # A table stands between them.
    parts: list[Part] = []
    for line in lines[at + 1 : end]:
        read = _by_keys(unbulleted(line), source)
        if read is None or read[0]:
            return None
        parts += read[1]
    tag, rest = label(name)
    if not rest and tag:
        return None
    found = _indicator(name, parts, name, source, manner)
    return (found, end) if found else None


def starts_with_key(line: Wording) -> bool:
    """Whether a line begins with what its value is: `現状値：10件`."""
    found = _KEY.search(unbulleted(line).text)
    return found is not None and found.start() == 0
