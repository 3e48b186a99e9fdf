"""Tables of indicators whose columns are lost: cells that follow each other in lines, or stand in one line.

What is left is the order of the columns, which the head tells, and that a value is no name: so a row ends where as many
values have been read as the head has columns for them. A row that lacks one, or in which more than one reading is
possible, is listed as not read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.indicators.grids import Section, Slot
from sosei_graph.ingest.extracting.indicators.heads import Head, folded, is_unit, read_head
from sosei_graph.ingest.extracting.indicators.leftover import is_row
from sosei_graph.ingest.extracting.indicators.stream_heads import find_head, pieces_of
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.indicators.wrapped import Around, names
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import Unread
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period

WRAPPED = Text(
    "指標の名称の範囲が決まりません（行の折り返し）",
    "where the name of the indicator begins or ends is not certain",
)
INCOMPLETE = Text(
    "値の数が見出しの欄の数と合いません", "there are not as many values as the head has columns"
)

#: More lines than stand anywhere between two rows.
_FAR = 10**6
_ONE = (
    r"(?:[ア-ン]|[①-⑳]|[Ⅰ-Ⅻ]|[(（][0-9０-９ア-ン]{1,2}[)）]"
    r"|(?:基本)?(?:目標|施策|方針|戦略|プロジェクト)\s*(?:[①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ]))"
)
_SIGN = re.compile(rf"{_ONE}(?:\s*[、，,・]\s*(?:{_ONE}|[0-9０-９]{{1,2}}))*")
_TITLED = re.compile(r"基本目標\s*(?:[①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ])\s*[:：]?\s*\S")
_END = re.compile(r"^(?:[※＊*（(]?注|※|【|■|◆|▼|＜|<|出典|資料[:：])|。(?![)）」』])")
_RATINGS = re.compile(
    r"[A-ESＡ-ＥＳ][+＋-]?|[◎○〇△▲×●☆★－-]|[^\d\s]{0,6}(?:達成|順調|遅れ|改善|悪化|維持|横ばい|良好|未達|上昇|低下)[^\d\s]{0,6}|[↑↓→↗↘]"
)
_PAGE = re.compile(r"[-－‐ ]*[0-9０-９]{1,3}[-－‐ ]*")
_TIME = re.compile(r"[(（][^()（）]{2,14}[)）]")
#: What stands at the end of a name and not at the beginning of a value: （累計）, (暦年).
_OF_NAME = re.compile(r"[(（][^()（）0-9０-９]{1,8}[)）]")


@dataclass
class Stacked:
    """A table of lost columns: what could be put together, and what could not."""

    start: int
    end: int
    section: Section
    unread: list[Unread] = field(default_factory=list)


@dataclass
class _Body:
    rows: list[Around] = field(default_factory=list)
    cells: list[list[Wording]] = field(default_factory=list)
    groups: list[dict[int, Wording]] = field(default_factory=list)
    lines: list[Wording] = field(default_factory=list)
    unread: list[list[Wording]] = field(default_factory=list)
    more: dict[int, list[dict[int, Wording]]] = field(default_factory=dict)
    near: int = _FAR


def read_stream(
    lines: Sequence[Wording],
    head: tuple[list[tuple[Head, Wording]], int],
    source: Source,
    ends: Callable[[Wording], bool],
) -> tuple[Stacked, int]:
    """The table below a head, and the number of the line after it. `ends` tells lines that no table holds."""
    heads, first = head
    body = _Body()
    reader = _Reader([each for each, _ in heads], body)
    at = first
    gap = _gap(lines, first, source) if first < len(lines) else 1
    while at < len(lines) and not _stops(lines, at, reader, ends):
        here = _gap(lines, at, source)
        if here > gap and not reader.pending:
            reader.part()
        gap = max(gap, here) if reader.is_row(lines[at]) and not body.rows else gap
        reader.line(lines[at])
        at += 1
    reader.finish()
    section = _section(heads, body, source)
    begin = min(words.start for _, words in heads if words)
    taken = [words.end for row in body.cells for words in row] + [words.end for _, words in heads]
    stacked = Stacked(begin, max(taken), section, [source.unread(each, INCOMPLETE) for each in body.unread])
    if (
        not body.rows
        and not body.unread
        and any(re.search(r"[0-9０-９]", line.text) for line in body.lines[:12])
    ):
        stacked.unread.append(source.unread(body.lines[:12], INCOMPLETE))
    for row, words in zip(body.rows, _named(body), strict=True):
        if words is None:
            parts = [*row.before, row.own, *body.cells[body.rows.index(row)]]
            stacked.unread.append(source.unread([part for part in parts if part], WRAPPED))
    return stacked, at


def _gap(lines: Sequence[Wording], at: int, source: Source) -> int:
    """How many line ends stand before a line."""
    return source.repaired.text.count("\n", lines[at - 1].end, lines[at].start) if at else 1


def _stops(lines: Sequence[Wording], at: int, reader: "_Reader", ends: Callable[[Wording], bool]) -> bool:
    line = lines[at]
    if reader.is_row(line) or reader.is_sign(line):
        return False
    if _END.search(line.text) or ends(line) or find_head(lines, at):
        return True
    marks = read_marks(line.text)
    numbered = (
        bool(marks) and marks[0].style in ("1", "1.", "第章", "第節", "1-1", "第条") and not marks[0].tight
    )
    return numbered and marks[0].rest < len(line.text) and not is_value(line.text)


@dataclass
class _Reader:
    heads: Sequence[Head]
    body: _Body
    pending: list[Wording] = field(default_factory=list)
    fragments: list[Wording] = field(default_factory=list)
    group: dict[int, Wording] = field(default_factory=dict)
    below: bool = False
    near: int = _FAR
    by_cells: bool = False

    def __post_init__(self) -> None:
        name = next(at for at, head in enumerate(self.heads) if head.role == "name")
        self.columns = [
            at
            for at, head in enumerate(self.heads)
            if at > name and head.role not in ("group", "name", "other", "number")
        ]
        self.leading = [
            at for at, head in enumerate(self.heads) if at < name and head.role in ("group", "number")
        ]
        self.trailing = [at for at, head in enumerate(self.heads) if at > name and head.role == "group"]

    def part(self) -> None:
        """Takes note that a wide gap comes here: what follows is no part of the row before."""
        self.near = min(self.near, len(self.fragments))

    def is_sign(self, line: Wording) -> bool:
        """Whether a line is the mark of a group and nothing else, or a group of a known kind with its title."""
        grouped = self.leading or self.trailing
        text = line.text.strip()
        return bool(grouped) and (_SIGN.fullmatch(text) or _TITLED.match(text)) is not None

    def is_row(self, line: Wording) -> bool:
        """Whether a line ends with all values of a row."""
        if not self.pending and self._begins_below(line):
            return True
        return _suffix(self._peeled(line)[1], [self.heads[at] for at in self.columns]) is not None

    def line(self, line: Wording) -> None:
        """Takes a line: a row, values of one, a mark of a group, or a part of a name."""
        if self.is_sign(line):
            self._sign(line)
            return
        lead, line, trail = self._peeled(line)
        if lead:
            self._sign(lead)
        self._cells(line)
        if trail:
            self._sign(trail)

    def _peeled(self, line: Wording) -> tuple[Wording | None, Wording, Wording | None]:
        """A line without the marks of groups before and behind it: `ア 名称 120人 150人 基本目標１`."""
        pieces = pieces_of(line)
        lead = trail = None
        if self.leading and len(pieces) > 1 and _SIGN.fullmatch(pieces[0].text):
            lead, pieces = pieces[0], pieces[1:]
        while self.trailing and len(pieces) > 1 and self._is_trailing(pieces[-1]):
            trail, pieces = join([pieces[-1], trail or Wording()], " "), pieces[:-1]
        return lead, join(pieces, " ") if lead or trail else line, trail

    def _cells(self, line: Wording) -> None:
        """Takes a line without marks of groups."""
        if self._times(line):
            return
        if not self.pending:
            self.below = self._begins_below(line)
        wanted = [self.heads[at] for at in self.wanted]
        if not self.pending and (row := _suffix(line, wanted)) and not (row[0] and self.below):
            self.by_cells = len(wanted) == 1
            self._row(*row)
            return
        values = _suffix(line, wanted[len(self.pending) :], part=True)
        if values is not None and not values[0]:
            self.by_cells = len(values[1]) == 1
            self.pending += values[1]
            if len(self.pending) == len(wanted):
                self._row(Wording(), self.pending)
            return
        if self.pending:
            self._give_up()
            self._cells(line)
            return
        if not self.fragments and is_row(line):  # It lacks values, and is no part of the next name.
            self.body.unread.append([line])
            self.part()
            return
        self.fragments.append(line)

    def _times(self, line: Wording) -> bool:
        """Takes a line of times in brackets below values: they belong to the values above them, never to a name.

        One below a whole line of values belongs to one of these, and it is not told to which.
        """
        pieces = pieces_of(line)
        cells = self.pending or ([] if self.fragments or not self.body.cells else self.body.cells[-1])
        if not cells or not all(_is_time(piece.text) for piece in pieces):
            return False
        for at, piece in zip(range(len(cells) - len(pieces), len(cells)), pieces, strict=True):
            longer = join([cells[at], piece], "") if at >= 0 else piece
            if is_value(longer.text) and (len(pieces) == len(cells) or self.by_cells):
                cells[at] = longer
        return True

    @property
    def wanted(self) -> list[int]:
        """The columns of the row that is read: one of 実績 below 目標 has no unit and no rating of its own."""
        return [at for at in self.columns if not self.below or self.heads[at].role in ("kind", "value")]

    def _begins_below(self, line: Wording) -> bool:
        """Whether a line begins a row of another kind (実績 below 目標) of the indicator before."""
        kinds = [at for at, column in enumerate(self.columns) if self.heads[column].role == "kind"]
        first = pieces_of(line)[0]
        if not kinds or not self.body.rows or self.fragments or not _may_fill(first.text, Head("kind")):
            return False
        return all(self.body.cells[-1][at].folded != first.folded for at in kinds)

    def _row(self, own: Wording, cells: list[Wording]) -> None:
        if self.below:
            more = self.body.more.setdefault(len(self.body.rows) - 1, [])
            more.append(dict(zip(self.wanted, cells, strict=True)))
            self.pending, self.below = [], False
            return
        self.body.rows.append(Around(own, self.fragments, self.near))
        self.body.cells.append(list(cells))
        self.body.groups.append(dict(self.group))
        self.fragments, self.pending, self.near = [], [], _FAR

    def _sign(self, line: Wording) -> None:
        """A mark before the names begins a new group; one after the values belongs to the group that is open."""
        words = line.cut(0)
        is_lead = bool(self.leading) and not (self.trailing and self._like_trailing(words))
        if is_lead:
            self.group = {self.leading[0]: words}
            return
        if self.trailing:
            column = self.trailing[0]
            self.group[column] = words
            lead = self.group.get(self.leading[0]) if self.leading else None
            for groups in reversed(self.body.groups):
                if column in groups or (self.leading and groups.get(self.leading[0]) != lead):
                    break
                groups[column] = words

    def _is_trailing(self, piece: Wording) -> bool:
        return _SIGN.fullmatch(piece.text) is not None and self._like_trailing(piece)

    def _like_trailing(self, words: Wording) -> bool:
        return len(words.text) > 3 or not self.leading

    def _give_up(self) -> None:
        if not self.fragments and len(self.pending) == 1 and _PAGE.fullmatch(self.pending[0].text):
            self.pending = []
            return
        self.body.unread.append([*self.fragments, *self.pending])
        self.fragments, self.pending, self.near = [], [], _FAR

    def finish(self) -> None:
        """Ends the table."""
        if self.pending:
            self._give_up()
        self.body.lines, self.body.near = self.fragments, self.near


def _named(body: _Body) -> list[Wording | None]:
    return names(body.rows, body.lines, body.near)


def _section(heads: Sequence[tuple[Head, Wording]], body: _Body, source: Source) -> Section:
    """The rows whose names are certain, as rows of a table."""
    del source
    columns = dict(enumerate(head for head, _ in heads))
    section = Section(columns, dict(enumerate(words for _, words in heads)))
    reader = _Reader([head for head, _ in heads], _Body())
    name = next(at for at, head in columns.items() if head.role == "name")
    for number, (words, cells, groups) in enumerate(zip(_named(body), body.cells, body.groups, strict=True)):
        if words is None:
            continue
        row: list[Slot | None] = [None] * len(heads)
        row[name] = Slot(words, number, name)
        for column, cell in [*zip(reader.columns, cells, strict=True), *groups.items()]:
            row[column] = Slot(cell, number, column)
        section.rows.append(row)
        for further in body.more.get(number, []):
            below: list[Slot | None] = [None] * len(heads)
            below[name] = row[name]
            for column, cell in further.items():
                below[column] = Slot(cell, number, column)
            section.rows.append(below)
    return section


def _suffix(
    line: Wording, columns: Sequence[Head], *, part: bool = False
) -> tuple[Wording, list[Wording]] | None:
    """The cells at the end of a line, one for each column, and what stands before them.

    None where the line does not end so, or does in two ways. `part`: the line may hold the first columns only.
    """
    pieces = pieces_of(line)
    found = [
        (split, cells)
        for count in (range(len(columns), 0, -1) if part else (len(columns),))
        for split, cells in _splits(pieces, columns[:count])
        if not split or not is_value(pieces[split - 1].text)
    ]
    if part:
        found = [each for each in found if each[0] == 0]
    if not found:
        return None
    least = min(found, key=lambda each: sum(len(cell) for cell in each[1]))
    if any(other[0] != least[0] for other in found) and not part:
        found = [each for each in found if _is_natural(each, pieces)]
        if len(found) != 1:
            return None
        least = found[0]
    split, cells = least
    own = join(pieces[:split], " ") if split else Wording()
    if own:
        own = (
            line.cut(0, line.text.rfind(pieces[split - 1].text) + len(pieces[split - 1].text))
            if split == 1
            else own
        )
    return own, [join(cell, " ") for cell in cells]


def _is_time(text: str) -> bool:
    period = read_period(text[1:-1]) if _TIME.fullmatch(text) else None
    return period is not None and period.start is not None


def _is_natural(found: tuple[int, list[list[Wording]]], pieces: Sequence[Wording]) -> bool:
    """Whether what stands before the cells can be a name: its last piece has no digits."""
    return found[0] == 0 or not re.search(r"[0-9０-９]", pieces[found[0] - 1].text)


def _splits(pieces: Sequence[Wording], columns: Sequence[Head]) -> Iterator[tuple[int, list[list[Wording]]]]:
    """All ways in which pieces at the end fill the columns, each with at most three."""
    if not columns:
        yield len(pieces), []
        return
    for count in (1, 2, 3):
        if count > len(pieces):
            return
        cell = list(pieces[len(pieces) - count :])
        if count > 1 and _OF_NAME.fullmatch(cell[0].text):
            return
        if _may_fill(join(cell, " ").text, columns[-1]):
            for split, cells in _splits(pieces[: len(pieces) - count], columns[:-1]):
                yield split, [*cells, cell]


def _may_fill(text: str, head: Head) -> bool:
    """Whether words can stand in a column."""
    match head.role:
        case "value" | "rate":
            return is_value(text)
        case "unit":
            return is_unit(folded(text))
        case "rating":
            return _RATINGS.fullmatch(text) is not None
        case "kind":
            kind = read_head(text)
            return kind is not None and kind.role == "value" and kind.period is None
        case "when":
            return read_period(text) is not None
    return False
