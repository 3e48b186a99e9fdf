"""The canonical text as a reader reads it: damage repaired, page furniture left out, sentences in one piece.

The repaired text is the canonical text with edits, so that every one of its characters knows its place there, and
what is found in it can be shown in the document as it stands. Damage is repaired only where it is certain; what may
be real text stays. Lines are joined into sentences only where a line is full and its sentence goes on.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from sosei_graph.ingest.captions import captions
from sosei_graph.ingest.document import Box, Line, Reading
from sosei_graph.ingest.furniture import page_numbers, running_heads
from sosei_graph.ingest.mending import Edit, edits, is_spread_word
from sosei_graph.ingest.records import Passage, Span
from sosei_graph.ingest.sentences import goes_on, is_latin

_BYTE_ORDER_MARK = "\ufeff"

Furniture = Literal["running head", "page number"]


@dataclass(frozen=True)
class Dropped:
    """A line that belongs to the page and not to the text."""

    kind: Furniture
    line: Line


@dataclass(frozen=True)
class RepairedLine:
    """A printed line: `start` and `end` in the repaired text, `canonical` where it stands in the canonical text.

    Lines that were joined follow each other without a line end between.
    """

    start: int
    end: int
    canonical: Span
    page: int | None = None
    box: Box | None = None
    size: float | None = None


class Repaired:
    """The repaired view of a reading.

    `text` is what is read; `lines` are the printed lines in it, without running heads and page numbers, which are
    `dropped`; `edits` are all repairs, by their places in the canonical text.
    """

    def __init__(self, reading: Reading, repairs: Sequence[Edit], dropped: Sequence[Dropped]) -> None:
        self.reading = reading
        self.edits = tuple(repairs)
        self.dropped = tuple(dropped)
        self.text, self._starts, self._ends = _traced(reading.text, self.edits)
        self.lines = tuple(self._lines())

    def place(self, offset: int) -> int:
        """Where in the canonical text a character of the repaired text comes from."""
        return self._starts[offset] if offset < len(self._starts) else len(self.reading.text)

    def within(self, span: Span) -> tuple[int, int]:
        """The part of the repaired text that comes from a span of the canonical text."""
        return bisect_left(self._starts, span.start), max(
            bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        )

    def passage(self, start: int, end: int) -> Passage:
        """What stands from `start` to `end` of the repaired text, without white space at its ends.

        The spans take in what repairs left out inside the passage (doubled characters, line ends), but no dropped line.
        """
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Passage(in_one_line(self.text[start:end]), tuple(self._spans(start, end)))

    def passage_at(self, spans: Iterable[Span]) -> Passage:
        """What stands in spans of the canonical text, such as those of a cell."""
        parts = [self.passage(*self.within(span)) for span in spans]
        text = in_one_line("\n".join(part.text for part in parts if part.text))
        return Passage(text, tuple(span for part in parts for span in part.spans))

    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of each stretch of the repaired text that is one line in it, blank ones left out."""
        found, at = [], 0
        for line in self.text.splitlines(keepends=True):
            whole = line.rstrip()
            if whole.strip():
                found.append((at, at + len(whole)))
            at += len(line)
        return found

    def _spans(self, start: int, end: int) -> list[Span]:
        spans: list[Span] = []
        for index in range(start, end):
            first, last = self._starts[index], self._ends[index]
            if spans and not self._drops_between(spans[-1].end, first):
                spans[-1] = Span(spans[-1].start, last)
            else:
                spans.append(Span(first, last))
        return spans

    def _drops_between(self, start: int, end: int) -> bool:
        if start >= end:
            return False
        return any(start <= dropped.line.start < end for dropped in self._dropped_near(start, end))

    def _dropped_near(self, start: int, end: int) -> Sequence[Dropped]:
        low = bisect_left(self.dropped, start, key=lambda dropped: dropped.line.start)
        high = bisect_left(self.dropped, end, key=lambda dropped: dropped.line.start)
        return self.dropped[low:high]

    def _lines(self) -> Iterable[RepairedLine]:
        gone = {dropped.line.start for dropped in self.dropped}
        for line in self.reading.lines:
            if line.start not in gone:
                span = Span(line.start, line.end)
                start, end = self.within(span)
                if start < end:
                    yield RepairedLine(start, end, span, line.page, line.box, line.size)


def repair(reading: Reading) -> Repaired:
    r"""The repaired view of what was read.

    >>> repaired = repair(read(Path("plan.pdf")))                               # doctest: +SKIP
    >>> at = repaired.text.index("合計特殊出生率")                                # doctest: +SKIP
    >>> repaired.passage(at, at + 7)    # the spans show `合計特\n殊出⽣率` as it stands   # doctest: +SKIP
    """
    dropped = _furniture(reading)
    gone = {each.line.start for each in dropped}
    kept = [line for line in reading.lines if line.start not in gone]
    found = [Edit("dropped", each.line.start, each.line.end) for each in dropped]
    found += _line_ends(reading.text)
    if reading.text.startswith(_BYTE_ORDER_MARK):
        found.append(Edit("line end", 0, 1))
    found += _mends(reading, kept)
    flow = _outside_tables(reading, kept)
    chains = captions(reading, flow)
    in_caption = {line.start for chain in chains for line in chain}
    found += [Edit("caption", one.end, two.start) for chain in chains for one, two in pairwise(chain)]
    rest = [line for line in flow if line.start not in in_caption]
    if reading.media_type in ("pdf", "plain", "markdown"):
        found += _joins(reading, rest)
    return Repaired(reading, _apart(found), dropped)


def in_one_line(text: str) -> str:
    """The text without line ends: nothing stands for them between Japanese letters, a space between Latin words."""
    parts = [part.strip() for part in text.splitlines()]
    parts = [part for part in parts if part]
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        apart = (is_latin(joined[-1]) and is_latin(part[0])) or (joined[-1].isdigit() and part[0].isdigit())
        joined += (" " if apart else "") + part
    return joined.replace("\t", " ")


def _furniture(reading: Reading) -> list[Dropped]:
    inside = _in_tables(reading)
    lines = [line for line in reading.lines if not inside(line)]
    numbers = {line.start: Dropped("page number", line) for line in page_numbers(reading, lines)}
    rest = [line for line in lines if line.start not in numbers]
    heads = {line.start: Dropped("running head", line) for line in running_heads(reading, rest)}
    return [dropped for _, dropped in sorted({**heads, **numbers}.items())]


def _in_tables(reading: Reading):  # type: ignore[no-untyped-def]
    starts = [table.start for table in reading.tables]

    def inside(line: Line) -> bool:
        at = bisect_right(starts, line.start) - 1
        return at >= 0 and line.start < reading.tables[at].end

    return inside


def _outside_tables(reading: Reading, lines: Sequence[Line]) -> list[Line]:
    inside = _in_tables(reading)
    return [line for line in lines if not inside(line)]


def _line_ends(text: str) -> list[Edit]:
    found, at = [], text.find("\r\n")
    while at >= 0:
        found.append(Edit("line end", at, at + 1))
        at = text.find("\r\n", at + 2)
    return found


def _mends(reading: Reading, lines: Sequence[Line]) -> list[Edit]:
    text = reading.text

    def known(word: str) -> bool:
        # Two letters beside each other happen; three that the document itself writes together are a word.
        return is_spread_word(word) or (len(word) >= 3 and word in text)

    found = []
    for line in lines:
        for edit in edits(text[line.start : line.end], known):
            kept = tuple((letter, line.start + one, line.start + two) for letter, one, two in edit.kept)
            found.append(replace(edit, start=line.start + edit.start, end=line.start + edit.end, kept=kept))
    return found


def _joins(reading: Reading, lines: Sequence[Line]) -> list[Edit]:
    text = reading.text
    found = []
    for before, after in goes_on(reading, lines):
        start = before.start + len(text[before.start : before.end].rstrip())
        end = after.end - len(text[after.start : after.end].lstrip())
        apart = is_latin(text[start - 1]) and is_latin(text[end])
        kept = ((" ", start, start + 1),) if apart else ()
        found.append(Edit("joined", start, end, kept))
    return found


def _apart(found: Sequence[Edit]) -> list[Edit]:
    """The edits in order, without those that an earlier or larger one covers."""
    kept: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _traced(text: str, repairs: Sequence[Edit]) -> tuple[str, list[int], list[int]]:
    """The text after its edits, and for each of its characters where it starts and ends in the text before."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for edit in (*repairs, Edit("line end", len(text), len(text))):
        parts.append(text[at : edit.start])
        starts += range(at, edit.start)
        ends += range(at + 1, edit.start + 1)
        for letter, start, end in edit.kept:
            parts.append(letter)
            starts.append(start)
            ends.append(end)
        at = edit.end
    return "".join(parts), starts, ends
