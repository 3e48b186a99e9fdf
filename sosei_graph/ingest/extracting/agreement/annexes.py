"""All items of an agreement: from its tables, from tables in text, and from its clauses."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.clauses import ClauseReader
from sosei_graph.ingest.extracting.agreement.columns import find_text_tables
from sosei_graph.ingest.extracting.agreement.entries import Heading
from sosei_graph.ingest.extracting.agreement.grid import Columns, Grid, find_columns, grid_of, is_old_and_new
from sosei_graph.ingest.extracting.agreement.labelled import LabelledReader, label_column
from sosei_graph.ingest.extracting.agreement.labels import read_label
from sosei_graph.ingest.extracting.agreement.parties import Parties, symbols_only
from sosei_graph.ingest.extracting.agreement.rows import Annex, RowReader, heading_of
from sosei_graph.ingest.extracting.agreement.signing import DATE, closing
from sosei_graph.ingest.extracting.headings import Section, read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join

_CAPTION = re.compile(r"\([^()。]{1,40}\)")
_LISTED = re.compile(r"^(?P<name>[^()。]+)\((?P<annex>別表(?:第?\d+)?)\)$")


@dataclass(frozen=True)
class Block:
    """A table that holds items; `columns` is None where its rows are labelled, in the column `labels`."""

    grid: Grid
    columns: Columns | None
    labels: int | None = None
    goes_on: bool = False


def read_annexes(source: Source, parties: Parties) -> Annex:
    """The items, in the order of the document, and what could not be read of them."""
    annex = Annex()
    parties = parties if parties.all else symbols_only(source.lines, source)
    blocks, taken = _blocks(source, parties, annex)
    lines = [line for line in source.lines if not any(start <= line.start < end for start, end in taken)]
    bodies = _bodies(lines)
    captions = {lines[at + 1].start: lines[at] for at in range(len(lines)) if _is_caption(lines, at)}
    for body in bodies:
        ClauseReader(body, parties, source, annex, captions).read()
    places = _Places(bodies, parties, source)
    running: RowReader | None = None
    for block in blocks:
        if block.goes_on and running is not None:
            running.grid, running.columns = block.grid, block.columns or running.columns
        else:
            above = places.above(block.grid.start)
            running = RowReader(block.grid, block.columns or Columns(0, {}), above, parties, source, annex)
        if block.labels is not None:
            LabelledReader(running, block.labels).read()
        else:
            running.read()
    annex.entries.sort(key=lambda entry: entry.start)
    if not any(entry.roles for entry in annex.entries):
        annex.entries.clear()  # nothing here is an agreement's item
    return annex


def _blocks(source: Source, parties: Parties, annex: Annex) -> tuple[list[Block], list[tuple[int, int]]]:
    """The tables with items, and all stretches of the text that tables take."""
    blocks, taken = list[Block](), list[tuple[int, int]]()
    for start, end, table in source.tables:
        grid = grid_of(table, source, start, end)
        if is_old_and_new(grid):
            annex.unread.append(source.unread([_first_row(grid)], remarks.OLD_AND_NEW))
            taken.append((start, end))
            continue
        if (block := _block(grid, blocks[-1] if blocks else None, parties, source)) is not None:
            blocks.append(block)
            taken.append((start, end))
    for text in find_text_tables(source, parties):
        taken.append((text.start, text.end))
        if text.grid is None and text.words:
            annex.unread.append(source.unread(text.words, remarks.COLUMNS_UNREAD))
        elif text.grid is not None:
            blocks.append(Block(text.grid, text.columns))
    return sorted(blocks, key=lambda block: block.grid.start), taken


def _block(grid: Grid, before: Block | None, parties: Parties, source: Source) -> Block | None:
    columns = find_columns(grid, parties, source)
    follows = before is not None and not source.repaired.text[before.grid.end : grid.start].strip()
    same = before is not None and before.grid.width == grid.width
    if columns is not None:
        again = follows and same and before is not None and before.columns is not None
        return Block(grid, columns, goes_on=again and before.columns.head == columns.head)  # type: ignore[union-attr]
    if (labels := label_column(grid, parties)) is not None:
        return Block(grid, None, labels)
    if follows and same and before is not None and before.columns is not None:
        return Block(grid, replace(before.columns, first_row=0), goes_on=True)
    return None


def _first_row(grid: Grid) -> Wording:
    return join((slot.words for slot in dict.fromkeys(grid.rows[0]) if slot), " ")


def _bodies(lines: Sequence[Wording]) -> list[list[Wording]]:
    """The lines up to the signatures and those after them, whose marks have nothing to do with each other."""
    end = closing(lines)
    parts = [lines] if end is None else [lines[:end], lines[end + 1 :]]
    return [[line for at, line in enumerate(part) if not _is_caption(part, at)] for part in parts]


def _is_caption(lines: Sequence[Wording], at: int) -> bool:
    """Whether a line is the heading of the article that follows it: （費用負担）."""
    if at + 1 >= len(lines) or not _CAPTION.fullmatch(lines[at].folded):
        return False
    marks = read_marks(lines[at + 1].text)
    return bool(marks) and marks[0].style == "第条"


class _Places:
    """The headings over a place of the document."""

    def __init__(self, bodies: Sequence[Sequence[Wording]], parties: Parties, source: Source) -> None:
        self.source = source
        self.readers = [ClauseReader(body, parties, source, Annex()) for body in bodies]
        self.listed = {
            found["annex"]: words.group(found, "name")
            for body in bodies
            for words in (heading_of(line).name for line in body)
            if (found := _LISTED.match(words.folded))
        }
        self.tables = list[int]()

    def above(self, place: int) -> tuple[Heading, ...]:
        """The headings over a table that begins at a place."""
        earlier, self.tables = self.tables, [*self.tables, place]
        number = 0
        for at, reader in enumerate(self.readers):
            if reader.lines and reader.lines[0].start < place:
                number = at
        reader = self.readers[number]
        line = bisect_right([each.start for each in reader.lines], place) - 1
        if line < 0:
            return ()
        section = _section_of(reader.root, line)
        path = [each for each in (*section.above(), section) if each.mark is not None]
        headings = [heading for each in path if (heading := self._heading(reader, each, line))]
        named = any(reader.lines[line].start in heading.name.places for heading in headings)
        return (*headings, *([] if named else self._unmarked(reader, section, line, earlier)))

    def _heading(self, reader: ClauseReader, section: Section, line: int) -> Heading | None:
        heading = reader.heading(section, line)
        if not heading.name and section.mark is not None and section.mark.style == "別表":
            name = self.listed.get(heading.mark.folded.split("(")[0])
            return replace(heading, name=name) if name else None
        return heading if heading.name else None

    def _unmarked(
        self, reader: ClauseReader, section: Section, line: int, earlier: Sequence[int]
    ) -> list[Heading]:
        """The heading without a mark right over a table: after another table, or where there is no other heading."""
        words = reader.lines[line]
        text = words.folded
        if line not in section.own or "。" in text or len(text) > 40 or read_label(text) or DATE.search(text):
            return []
        first = reader.lines[section.own[0]].start
        after_table = any(first <= place <= words.start or place < words.start for place in earlier[-1:])
        if section.mark is not None and section.mark.style != "別表" and not after_table:
            return []
        return [] if text.startswith("(") or text.endswith(("長", "市", "町", "村")) else [Heading(words)]


def _section_of(root: Section, line: int) -> Section:
    """The section that a line belongs to."""
    owner = root
    for section in root.walk():
        if section.line == line or line in section.own:
            owner = section
    return owner
