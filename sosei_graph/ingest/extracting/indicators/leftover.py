"""Figures that stand in a table of indicators and came to nothing: each is listed, so that none is lost in silence."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.indicators.grids import Grid, Section
from sosei_graph.ingest.extracting.indicators.naming import ends_in_figure, is_figure
from sosei_graph.ingest.extracting.indicators.stream_heads import pieces_of
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Indicator, Passage, Unread
from sosei_graph.languages import Text

LEFT = Text(
    "指標の表の中の数値ですが、読み取れませんでした", "a figure in a table of indicators that was not read"
)

_MARK = re.compile(r"[(（]?[0-9０-９]{1,2}[)）.．、]?")
_PAGE = re.compile(r"[-－‐―ー\s]*[0-9０-９]{1,3}[-－‐―ー\s]*")
#: An entry of a list, which may tell the kinds of its values itself.
_LISTED = re.compile(r"[→⇒➡➔]|(?:基準|現状|現況|実績|目標)値|^\s*[・･○●◯◎■□◆◇▼▽▶►➢✓•‣◦]")
_NOTE = re.compile(r"。|^\s*(?:[※＊*]|注[:：)）０-９0-9])")
#: Columns that hold no values of indicators; what stands in them is no figure that was left.
_OF_OTHERS = ("number", "group", "kind", "unit", "when", "rating", "rate", "other")
_LONGEST_ROW = 80
_Place = tuple[int, int]


@dataclass
class Leftover:
    """What could be a figure in tables of indicators, row by row: those that nothing covers in the end are listed."""

    rows: list[tuple[Wording, list[Wording]]] = field(default_factory=list)
    others: set[_Place] = field(default_factory=set)

    def take_grid(self, grid: Grid, found: Sequence[Section]) -> None:
        """The cells of a table below its first head."""
        first = min((words.start for each in found for words in _cells(each)), default=None)
        if first is None:
            return
        self._note(found)
        for row in grid.rows:
            words = [slot.words for slot in {id(slot): slot for slot in row if slot and slot.words}.values()]
            names = min((at for each in found for at in each.of("name")), default=0)
            marks = {_place(slot.words) for slot in row[:names] if slot}
            values = [
                each
                for each in words
                if each.start >= first and _place(each) not in marks and is_figure(each.text)
            ]
            self._add(words[0] if words else Wording(), values)

    def take_lines(self, lines: Sequence[Wording], section: Section) -> None:
        """The pieces of lines that were read as a table."""
        self._note([section])
        for line in lines:
            if _NOTE.search(line.text) or _PAGE.fullmatch(line.text.strip()):
                continue
            pieces = pieces_of(line)
            marked = len(pieces) > 1 and _MARK.fullmatch(pieces[0].text) is not None
            self._add(line.cut(0), [each for each in pieces[marked:] if is_figure(each.text)])

    def _note(self, found: Sequence[Section]) -> None:
        """Takes note of the cells that hold something else than values."""
        for section in found:
            self.others |= {
                _place(slot.words)
                for row in section.rows
                for at, slot in enumerate(row)
                if slot
                and (head := section.columns.get(at))
                and (head.role in _OF_OTHERS or None in head.stack)
            }

    def _add(self, head: Wording, figures: list[Wording]) -> None:
        if figures:
            self.rows.append((head, figures))

    def listed(
        self, indicators: Iterable[Indicator], unread: Iterable[Unread], source: Source
    ) -> Iterator[Unread]:
        """The rows with figures that are neither read nor listed in all that was found in a document."""
        text = source.reading.text
        told = [passage for each in indicators for passage in _passages(each)]
        covered = _digits([*told, *(each.passage for each in unread)], text)
        for head, figures in self.rows:
            left = [
                each
                for each in figures
                if not any(start <= each.start and each.end <= end for start, end in self.others)
                and _digits([source.passage(each)], text).isdisjoint(covered)
            ]
            if left:
                inside = any(head.start <= each.start and each.end <= head.end for each in left)
                yield source.unread([head] if inside else [head, *left], LEFT)


def rows_after(lines: Sequence[Wording], at: int, source: Source, ends: Callable[[Wording], bool]) -> int:
    """The number of the line after the rows that go on below a table that was broken off."""
    end = at
    while 0 < end < len(lines) and is_row(lines[end]) and not ends(lines[end]):
        if source.repaired.text.count("\n", lines[end - 1].end, lines[end].start) > 2:
            break
        end += 1
    return end


def is_row(line: Wording) -> bool:
    """Whether a line is a name with a figure at its end: neither prose nor an entry of a list or of contents."""
    text = line.text
    is_listed = _NOTE.search(text) or _LISTED.search(text)
    return len(text) <= _LONGEST_ROW and not is_listed and ends_in_figure(text)


def _cells(section: Section) -> Iterator[Wording]:
    return (slot.words for row in section.rows for slot in row if slot and slot.words)


def _place(words: Wording) -> _Place:
    return words.start, words.end


def _passages(indicator: Indicator) -> Iterator[Passage]:
    own = (indicator.name, indicator.notation, indicator.unit, indicator.rating)
    yield from (each for each in own if each)
    for value in indicator.values:
        yield value.printed
        if value.when:
            yield value.when.printed


def _digits(passages: Iterable[Passage], text: str) -> set[int]:
    """Where the digits of passages stand in the canonical text."""
    places = (at for each in passages for span in each.spans for at in range(span.start, span.end))
    return {at for at in places if text[at].isdigit()}
