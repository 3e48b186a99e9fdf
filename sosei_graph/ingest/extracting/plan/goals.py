"""The basic goals of a regional revitalization plan: listed in its aims, else named beside its KPIs."""

import re
from collections.abc import Iterator, Sequence

from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.mentions import ENDS_OPEN, number_of
from sosei_graph.ingest.extracting.indicators import Found
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.marks import BEGINS_ENTRY
from sosei_graph.ingest.records import Element
from sosei_graph.text import fold

_GOAL = re.compile(
    r"^\s*[・･○●◯◎■◆]?\s*[【〔(（]?基本目標\s*(?P<sign>[①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ])\s*[】〕)）]?\s*[:：]?\s*(?P<title>(?!及び|並びに|基本目標)[^\s、，,・～〜].*)$"
)
_LONGEST = 70


def read_goals(aims: Sequence[Line], found: Sequence[Found], source: Source) -> list[Element]:
    """The basic goals in order; none where their numbers do not go from one without a gap."""
    listed = _numbered(_entries(aims))
    goals = listed or _numbered(group for each in found for group in each.groups)
    return [
        Element("BasicGoal", source.passage(title), number, source.passage(sign))
        for number, (sign, title) in sorted(goals.items())
    ]


def _entries(lines: Sequence[Line]) -> Iterator[Wording]:
    """The lines that name a goal, each with the lines that its sentence goes on in."""
    at = 0
    while at < len(lines):
        entry = lines[at].words
        at += 1
        if _GOAL.match(entry.text):
            while at < len(lines) and (lines[at].joined or _goes_on(entry, lines[at])):
                entry = join([entry, lines[at].words])
                at += 1
            yield entry


def _goes_on(entry: Wording, line: Line) -> bool:
    """Whether a goal ends in the middle of its sentence, and the line can be the rest of it."""
    begins = BEGINS_ENTRY.match(line.words.text) or _GOAL.match(line.words.text) or line.parted
    return ENDS_OPEN.search(entry.text) is not None and not begins and "。" not in line.words.text


def _numbered(entries: Iterator[Wording]) -> dict[int, tuple[Wording, Wording]]:
    """Number → sign and title of goals; none where one number has two titles, or a number is missing."""
    goals: dict[int, tuple[Wording, Wording]] = {}
    for words in entries:
        found = _GOAL.match(words.text)
        number = number_of(found["sign"]) if found else None
        if found is None or number is None or "。" in words.text or len(found["title"]) > _LONGEST:
            continue
        sign, title = words.cut(*found.span("sign")), words.cut(*found.span("title"))
        known = goals.setdefault(number, (sign, title))
        if fold(known[1].text) != fold(title.text):
            return {}
    return goals if sorted(goals) == list(range(1, len(goals) + 1)) else {}
