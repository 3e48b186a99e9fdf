"""What tells council material by its form: the labels of minutes, tables of opinions, turns of speakers, schedules."""

import re
from collections.abc import Iterator, Sequence

from sosei_graph.ingest.extracting.council.comments import comments_invited
from sosei_graph.ingest.extracting.council.labels import LONGEST, kinds_of
from sosei_graph.ingest.extracting.council.meeting import LABEL
from sosei_graph.ingest.extracting.council.times import WHEN
from sosei_graph.ingest.extracting.council.turns import read_label
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.text import fold

_HEAD_LINES = 80
_LEAST_LABELS = 3
_MANY_LABELS = 5
_LEAST_TURNS = 4
_LEAST_TIMES = 3
#: What other labels of minutes are on.
_SUBJECTS = (
    ("attendance", re.compile(r"出席|欠席|参加")),
    ("audience", re.compile(r"傍聴")),
    ("access", re.compile(r"公開")),
)
_SCHEDULE = re.compile(r"(?:スケジュール|日程|工程表?|策定経過|策定の経過|検討経過)(?:[(（].{1,6}[)）])?$")


def signs_in(lines: Sequence[Wording]) -> Iterator[tuple[int, Wording]]:
    """What lines have of the form of council material, with what it weighs."""
    yield from _labels(lines)
    if (invited := comments_invited(lines)) is not None:
        yield 4, invited
    yield from _opinions(lines)
    yield from _turns(lines)
    yield from _schedule(lines)


def _labels(lines: Sequence[Wording]) -> Iterator[tuple[int, Wording]]:
    """When and where, who was there, what was on the agenda."""
    found = dict[str, Wording]()
    for line in lines[:_HEAD_LINES]:
        for label in LABEL.finditer(line.text):
            if label.start() > 0 and len(line.text) < 60:
                continue
            kind = label.lastgroup or ""
            if kind == "other":
                kind = next((name for name, pattern in _SUBJECTS if pattern.search(fold(label[0]))), "")
            if kind:
                found.setdefault(kind, line.cut(*label.span()))
    if len(found) >= _LEAST_LABELS and {"date", "place"} & found.keys():
        yield (6 if len(found) >= _MANY_LABELS else 4), next(iter(found.values()))


def _opinions(lines: Sequence[Wording]) -> Iterator[tuple[int, Wording]]:
    """The heads of a table of opinions and what answers them."""
    for line in lines:
        heads = [line.cut(*found.span()) for found in re.finditer(r"[^\s|｜]+", line.text[: LONGEST * 6])]
        if 1 < len(heads) <= 8 and len(line.folded) <= LONGEST * 3:
            kinds = kinds_of(heads)
            if "opinion" in kinds and "response" in kinds and kinds.count(None) <= len(kinds) // 2:
                yield 5, line
                return


def _turns(lines: Sequence[Wording]) -> Iterator[tuple[int, Wording]]:
    """Speakers in turn: members, those who preside, the office."""
    found = [(part, line) for line in lines if (part := _speaker(line))]
    if len(found) >= _LEAST_TURNS and len({part for part, _ in found}) > 1:
        yield 3, found[0][1].cut(0, min(len(found[0][1]), 12))


def _speaker(line: Wording) -> str | None:
    label = read_label(line.cut(0, min(len(line), 40)))
    if label is None or not label[1] or label[0] == "response":
        return None
    return label[0]


def _schedule(lines: Sequence[Wording]) -> Iterator[tuple[int, Wording]]:
    """A heading of a schedule, and times below it."""
    for at, line in enumerate(lines):
        if len(line.folded) < 40 and _SCHEDULE.search(line.folded):
            times = [each for each in lines[at + 1 : at + 40] if WHEN.match(each.text.strip())]
            if len(times) >= _LEAST_TIMES:
                yield 3, line
                return
