"""The rows of an annex as items, below the headings over the table and those that stand in rows of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.entries import Entry, Heading, RawRole, says_nothing
from sosei_graph.ingest.extracting.agreement.grid import Columns, Grid, RoleHead, Row, Slot
from sosei_graph.ingest.extracting.agreement.joint import split_roles
from sosei_graph.ingest.extracting.agreement.parties import Parties
from sosei_graph.ingest.extracting.headings import outline, read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import Unread

_SAME = re.compile(r"(?:同左|同右|同上|左に同じ|右に同じ|上に同じ|甲に同じ|乙に同じ|[〃″])。?")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSED = ("。", "」", "）", ")", "】")


@dataclass
class Annex:
    """What tables and clauses gave: items, and what could not be read of them."""

    entries: list[Entry] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass
class RowReader:
    """Reads the rows of one table. `above` are the headings over it."""

    grid: Grid
    columns: Columns
    above: tuple[Heading, ...]
    parties: Parties
    source: Source
    annex: Annex
    titles: list[Wording] = field(default_factory=list)
    fields: dict[int, Heading] = field(default_factory=dict)
    over: dict[int, Heading] = field(default_factory=dict)
    last: Entry | None = None
    content: Slot | None = None

    def read(self) -> None:
        """Adds the items of the table to the annex."""
        for row in self.grid.rows[self.columns.first_row :]:
            if not any(slot and slot.words for slot in row) or self._repeats_head(row):
                continue
            if (title := self._title(row)) is not None:
                if not any(title.folded == each.folded for each in self.titles[-3:]):
                    self.titles.append(title)
            elif self.last is not None and self._belongs_to_last(row):
                self._append(self.last, row)
            else:
                self._add(row)

    def _slot(self, row: Row, at: int | None) -> Slot | None:
        return row[at] if at is not None and at < len(row) else None

    def _repeats_head(self, row: Row) -> bool:
        pairs = [
            (slot.words.folded, self.columns.head[at]) for at, slot in enumerate(row) if slot and slot.words
        ]
        return all(text in head for text, head in pairs)

    def _title(self, row: Row) -> Wording | None:
        """The heading that a row holds alone: one cell over several columns, or a marked one before empty cells."""
        slots = [slot for slot in dict.fromkeys(row) if slot and slot.words]
        texts = {slot.words.folded for slot in slots}
        if len(texts) != 1 or "。" in slots[0].words.text or len(slots[0].words.folded) > 60:
            return None
        slot = slots[0]
        if len(slots) == self.grid.width:
            return slot.words  # a cell over the whole width, printed again in every column
        role = min(self._role_columns(), default=len(row))
        over_roles = slot.width > 1 and slot.column == 0 and slot.column + slot.width > role
        marked = slot.column == 0 and bool(read_marks(slot.words.text))
        return slot.words if over_roles or marked else None

    def _belongs_to_last(self, row: Row) -> bool:
        content = self._slot(row, self.columns.content)
        return (content is not None and content is self.content) or self._goes_on(row, content)

    def _goes_on(self, row: Row, content: Slot | None) -> bool:
        """Whether a row is the rest of the one before, cut by a page end: what it adds to has no end, and only that."""
        words = [slot.words for slot in row if slot and slot.words]
        if self.last is None or (content and content.words and read_marks(content.words.text)):
            return False
        if not self._on_next_page(words[0]):
            return False
        texts = self._texts_of_last()
        added = [texts[at] for at, slot in enumerate(row) if slot and slot.words and at in texts]
        return bool(added) and all(text and not text.text.endswith(_CLOSED) for text in added)

    def _on_next_page(self, words: Wording) -> bool:
        """Whether words stand on the page after the one that the last item begins on."""
        assert self.last is not None  # noqa: S101
        pages = [self.source.page_of(place) for place in (self.last.start, words.start)]
        return pages[0] is not None and pages[1] is not None and pages[1] > pages[0]

    def _texts_of_last(self) -> dict[int, Wording]:
        assert self.last is not None  # noqa: S101
        texts = dict[int, Wording]()
        if self.columns.content is not None:
            texts[self.columns.content] = self.last.content
        for at, head in self.columns.roles.items():
            role = next((each for each in self.last.roles if set(head.parties) <= set(each.parties)), None)
            texts[at] = role.words if role else Wording()
        return texts

    def _role_columns(self) -> list[int]:
        return sorted(self.columns.roles) or ([self.columns.joint] if self.columns.joint is not None else [])

    def _append(self, entry: Entry, row: Row) -> None:
        """Adds what a further row holds of the same item."""
        content = self._slot(row, self.columns.content)
        if content is not None and content is not self.content:
            named = entry.name is not entry.content
            entry.content = join([entry.content, content.words])
            entry.name = entry.name if named else entry.content
        for at, head in self.columns.roles.items():
            slot = self._slot(row, at)
            if slot is None or not slot.words or any(slot.words is role.words for role in entry.roles):
                continue
            place = next((n for n, role in enumerate(entry.roles) if role.parties == head.parties), None)
            if place is None:
                self._add_role(entry, slot, head)
            else:
                words = join([entry.roles[place].words, slot.words])
                entry.roles[place] = replace(entry.roles[place], words=words)

    def _add(self, row: Row) -> None:
        """A row as a new item; one without content or with nothing but a name could not be read."""
        content = self._slot(row, self.columns.content)
        words = [slot.words for slot in dict.fromkeys(row) if slot and slot.words]
        if content is None or not content.words:
            self.annex.unread.append(self.source.unread(words, remarks.ROW_UNREAD))
            return
        entry = self._entry(row, content)
        if not entry.roles:
            self.annex.unread.append(self.source.unread(words, remarks.NO_ROLES))
            if "。" not in content.words.text:
                return
        self.annex.entries.append(entry)
        self.last, self.content = entry, content

    def _entry(self, row: Row, content: Slot) -> Entry:
        slots = [self._slot(row, at) for at in self.columns.names]
        named = [slot for slot in dict.fromkeys(slots) if slot and slot.words and slot is not content]
        # A name merged over the contents of several items, or printed beside each, is the heading of all of them.
        names = [
            slot.words
            for slot in named
            if slot.height <= content.height and slot.words.folded not in self._repeated[slot.column]
        ]
        over = [self._over(slot) for slot in named if slot.words not in names[-1:]]
        own = heading_of(names[-1]) if names else heading_of(content.words)
        headings = (*self.above, *path_of(self.titles), *self._fields(row), *over)
        entry = Entry(headings, own.name, own.mark, content.words if names else self._prose(own.name))
        if self.grid.notes:
            entry.remarks, entry.confidence = list(self.grid.notes), 0.7
        for at, head in sorted(self.columns.roles.items()):
            slot = self._slot(row, at)
            if slot is not None and slot.words:
                self._add_role(entry, slot, head)
        joint = None if self.columns.roles else self._slot(row, self.columns.joint)
        if joint is not None and (roles := split_roles(joint.words, self.parties)):
            entry.roles += roles
            entry.remarks.append(remarks.JOINT_CELL)
            entry.confidence = min(entry.confidence, 0.8)
        return entry

    def _over(self, slot: Slot) -> Heading:
        """The heading in a column of names; one that is printed again is the same."""
        heading = heading_of(slot.words)
        if (before := self.over.get(slot.column)) and before.name.folded == heading.name.folded:
            return before
        self.over[slot.column] = heading
        return heading

    @cached_property
    def _repeated(self) -> dict[int, set[str]]:
        """The names in each column of names that stand in several rows, one below the other."""
        found = dict[int, set[str]]()
        for at in self.columns.names:
            slots = [self._slot(row, at) for row in self.grid.rows[self.columns.first_row :]]
            texts = [(slot.row, slot.words.folded) for slot in slots if slot and slot.words]
            found[at] = {one[1] for one, two in pairwise(texts) if one[1] == two[1] and one[0] != two[0]}
        return found

    def _prose(self, words: Wording) -> Wording:
        """The content of an item without a name: none where a column of names holds nothing else."""
        return Wording() if self.columns.content_names and "。" not in words.text else words

    def _fields(self, row: Row) -> list[Heading]:
        """The fields that a row stands in; an empty cell is of the field above."""
        for at in self.columns.fields:
            if (slot := self._slot(row, at)) and slot.words:
                heading = heading_of(slot.words)
                if at in self.fields and self.fields[at].name.folded == heading.name.folded:
                    continue  # printed again beside each of its items, or on the next page
                self.fields[at] = heading
                for later in self.columns.fields[self.columns.fields.index(at) + 1 :]:
                    self.fields.pop(later, None)
        return [self.fields[at] for at in self.columns.fields if at in self.fields]

    def _add_role(self, entry: Entry, slot: Slot, head: RoleHead) -> None:
        """The role in a cell; one that reaches over the columns of several parties is shared by them."""
        same = next((at for at, role in enumerate(entry.roles) if role.words is slot.words), None)
        if same is not None:
            parties = (*entry.roles[same].parties, *head.parties)
            entry.roles[same] = replace(entry.roles[same], parties=parties, shared=True)
            return
        if not (_LETTER.search(slot.words.text) or says_nothing(slot.words)):
            self.annex.unread.append(self.source.unread([slot.words], remarks.ROLE_UNREAD))
            return
        if _SAME.fullmatch(slot.words.folded):
            self.annex.unread.append(self.source.unread([slot.words], remarks.SAME_AS))
            return
        entry.roles.append(RawRole(head.parties, slot.words, shared=len(head.parties) > 1, known=head.known))


def heading_of(words: Wording) -> Heading:
    """A heading with its mark apart."""
    marks = read_marks(words.text)
    if not marks:
        return Heading(words)
    return Heading(words.cut(marks[0].rest), words.cut(0, marks[0].rest), marks[0])


def path_of(titles: Sequence[Wording]) -> tuple[Heading, ...]:
    """The headings that the last of a row of headings stands below, and itself."""
    if not titles:
        return ()
    sections = [each for each in outline([title.text for title in titles]).walk() if each.line is not None]
    last = max(sections, key=lambda each: each.line or 0, default=None)
    if last is None or last.line != len(titles) - 1:
        return (heading_of(titles[-1]),)
    return tuple(heading_of(titles[each.line]) for each in (*last.above(), last) if each.line is not None)
