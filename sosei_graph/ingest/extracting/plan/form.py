"""The national form of a regional revitalization plan: its numbered sections, and the parts of what 5 sets out.

Sections: 1 name, 2 who made it, 3 area, 4 aims (with 【数値目標】), 5 projects, 6 or 7 period. Below 5-2 stand
the parts of each measure (①事業の名称, ②事業の内容 …), 5-3-1 and 5-3-2 are projects besides.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sosei_graph.ingest.extracting.goals.lines import Line, read_lines
from sosei_graph.ingest.extracting.source import Source

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("name", r"地域再生計画の名称"),
    ("makers", r"地域再生計画の(?:作成|申請)主体の名称"),
    ("area", r"地域再生計画の区域"),
    ("aims", r"地域再生計画の目標"),
    ("projects", r"地域再生(?:を図るために行う|計画に記載する)事業"),
    ("period", r"(?:地域再生計画の)?計画期間"),
    ("rest", r"(?:目標の達成状況に係る|地域再生計画の実施が|構造改革特別区域|関連する(?:施策|計画))"),
)
_END = (
    r"(?:事業主体|実施主体|事業区分|事業が先導的|事業の実施状況に関する|地方版総合戦略における|寄附の金額|事業の評価|評価の方法"
    r"|交付対象事業|事業費|申請時点|寄附を行う法人|事業(?:実施)?期間|その他必要な)"
)
#: What heads the parts of a measure in 5-2. `name` and `content` are read, the others end them.
_PARTS: tuple[tuple[str, str], ...] = (
    ("name", r"事業の?名称?(?:及び内容)?(?=\s|[:：]|$)"),
    ("content", r"事業の(?:目的[・及び]*)?(?:内容|概要)"),
    ("end", _END),
)
_NUMBER = r"[0-9０-９]{1,2}"
_DASH = r"\s*[-－‐―−ー–]\s*"
_NOT_IN_PROSE = r"(?![をにはがのと」』])"


def _either(named: Sequence[tuple[str, str]]) -> str:
    return "(?:" + "|".join(f"(?P<{key}>{pattern})" for key, pattern in named) + ")"


#: A number, which may stand on a line of its own, and the words of a heading; the text may follow on its line.
_HEADING = re.compile(
    rf"(?<!\S)(?P<number>{_NUMBER})\s*[.．、]?\s*{_either(_HEADINGS)}{_NOT_IN_PROSE}\s*[:：]?"
)
_PART = re.compile(
    rf"(?:[①-⑳]|(?m:^)[ \t　]*(?:[(（]\s*{_NUMBER}\s*[)）]|{_NUMBER}\s*[.．、)）]))[ \t　]*"
    rf"{_either(_PARTS)}{_NOT_IN_PROSE}[ \t　]*[:：]?"
)
#: The titles that the form gives; what stands below them may be glued to them.
_OTHERS = r"その他の事業|地域再生基本方針に基づく支援措置|支援措置によらない独自の取組"
_OTHER = re.compile(
    rf"(?m:^)[ \t　]*(?P<mark>[5５]{_DASH}[3３](?:{_DASH}{_NUMBER})?)[.．]?[ \t　]*"
    rf"(?P<title>{_OTHERS}|(?![のにをはが及])[^\n。]{{2,40}}?(?=[ \t　]*(?m:$)))"
)


@dataclass(frozen=True)
class Part:
    """A part of section 5: its lines. Of 5-3-1 and the like, `heading` is the line with mark and title."""

    key: str
    lines: tuple[Line, ...]
    heading: tuple[tuple[int, int], tuple[int, int]] | None = None


@dataclass(frozen=True)
class Form:
    """The sections of a plan by their keys, as lines, and the parts of its section 5 in their order."""

    sections: dict[str, tuple[Line, ...]]
    parts: tuple[Part, ...]

    def of(self, key: str) -> tuple[Line, ...]:
        """The lines of a section; none of one that is not there."""
        return self.sections.get(key, ())


def read_form(source: Source) -> Form:
    """The form of a document; a heading may have its text on its own line, or the whole document be one line."""
    text = source.repaired.text
    places: dict[str, tuple[int, int]] = {}
    headings = [each for each in _HEADING.finditer(text) if each.lastgroup]
    bounds = [*(heading.start() for heading in headings), len(text)]
    for heading, end in zip(headings, bounds[1:], strict=True):
        places.setdefault(_key(heading, _HEADINGS), (heading.end(), end))
    lines = _Lines([line for line in read_lines(source, lambda _: False) if line.words])
    sections = {key: tuple(lines.between(*bounds)) for key, bounds in places.items()}
    start, end = places.get("projects", (len(text), len(text)))
    return Form(sections, tuple(_parts(text, lines, start, end)))


def _key(found: re.Match[str], named: Sequence[tuple[str, str]]) -> str:
    return next(key for key, _ in named if found[key])


def _parts(text: str, lines: "_Lines", start: int, end: int) -> Iterator[Part]:
    """The parts of section 5, each up to the next. Where 5-2 has none that is read, it is a part as a whole."""
    others = list(_OTHER.finditer(text, start, end))
    first = others[0].start() if others else end
    parts = list(_PART.finditer(text, start, first))
    if all(part["end"] for part in parts):
        yield Part("content", tuple(lines.between(start, first)))
    headings = [*parts, *others]
    bounds = [*(heading.start() for heading in headings), end]
    for heading, until in zip(headings, bounds[1:], strict=True):
        inside = tuple(lines.between(heading.end(), until))
        if heading.re is _OTHER:
            yield Part("other", inside, (heading.span("mark"), heading.span("title")))
        else:
            yield Part(_key(heading, _PARTS), inside)


@dataclass(frozen=True)
class _Lines:
    """The lines of a document in their order."""

    all: Sequence[Line]

    @cached_property
    def _ends(self) -> list[int]:
        return [line.words.end for line in self.all]

    def between(self, start: int, end: int) -> Iterator[Line]:
        """The lines, or parts of lines, from one place to another."""
        for line in self.all[bisect_right(self._ends, start) :]:
            words = line.words
            if words.start >= end:
                return
            first = next((at for at, place in enumerate(words.places) if place >= start), len(words))
            last = next((at for at, place in enumerate(words.places) if place >= end), len(words))
            if first < last and (part := words.cut(first, last)):
                yield replace(line, words=part)
