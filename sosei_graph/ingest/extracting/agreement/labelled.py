"""Tables whose rows are labelled one below the other: 取組名, 取組の内容, 甲の役割, 乙の役割, or 役割分担 for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.entries import Entry, Heading, RawRole, says_nothing
from sosei_graph.ingest.extracting.agreement.grid import Grid, Row, Slot
from sosei_graph.ingest.extracting.agreement.joint import split_roles
from sosei_graph.ingest.extracting.agreement.labels import Label, read_label
from sosei_graph.ingest.extracting.agreement.parties import Parties
from sosei_graph.ingest.extracting.agreement.rows import RowReader, heading_of, path_of
from sosei_graph.ingest.extracting.wording import Wording, join


def label_column(grid: Grid, parties: Parties) -> int | None:
    """The column whose cells label the rows."""
    for at in range(grid.width - 1):
        kinds = [label.kind for row in grid.rows if (label := _row_label(row, at, parties))]
        if kinds.count("role") >= 2 or ("content" in kinds and ("role" in kinds or "roles" in kinds)):
            return at
    return None


def _row_label(row: Row, at: int, parties: Parties) -> Label | None:
    slot = row[at] if at < len(row) else None
    if slot is None or not slot.words or slot.column + slot.width != at + 1:
        return None
    label = read_label(slot.words.folded)
    before = row[at - 1] if at else None
    over = read_label(before.words.folded) if before and before.words else None
    if label is None and over is not None and over.kind == "roles" and parties.named(slot.words.folded):
        return Label("role", slot.words.folded)
    if label is None or (label.kind == "role" and not parties.named(label.who)):
        return None
    return None if label.kind == "other" else label


@dataclass
class LabelledReader:
    """Reads the rows of one table; the labels stand in the column `at`, names of items before it or in rows."""

    reader: RowReader
    at: int
    named: dict[str, Wording] = field(default_factory=dict)
    left: list[Slot] = field(default_factory=list)
    entry: Entry | None = None
    label: Label | None = None
    words: list[Wording] = field(default_factory=list)

    def read(self) -> None:
        """Adds the items of the table to the annex."""
        for row in self.reader.grid.rows:
            text = join(slot.words for slot in dict.fromkeys(row[self.at + 1 :]) if slot and slot.words)
            label = _row_label(row, self.at, self.reader.parties)
            if label is None:
                self._unlabelled(row, text)
                continue
            self._close()
            if label.kind in ("name", "field"):
                self._name(row[self.at], text)
                continue
            self._begin(label, row)
            self.label, self.words = label, [text]
        self._close()

    def _unlabelled(self, row: Row, text: Wording) -> None:
        """A row that goes on with the one above it, or is a heading."""
        slots = [slot for slot in dict.fromkeys(row) if slot and slot.words]
        if self.label is not None and text and all(slot.column > self.at for slot in slots):
            self.words.append(text)
            return
        self._close()
        if len(slots) == 1 and "。" not in slots[0].words.text:
            self.reader.titles.append(slots[0].words)
            self.entry = None
        elif slots:
            words = [slot.words for slot in slots]
            self.reader.annex.unread.append(self.reader.source.unread(words, remarks.ROW_UNREAD))

    def _name(self, slot: Slot | None, text: Wording) -> None:
        """A row that names what the rows below it are of: 項目, 取組名. One further out ends those further in."""
        key = slot.words.folded if slot else ""
        if key in self.named:
            for inner in list(self.named)[list(self.named).index(key) :]:
                del self.named[inner]
        if text:
            self.named[key] = text
        self.entry = None

    def _begin(self, label: Label, row: Row) -> None:
        """The item that a labelled row is of: a new one where its name or its content is."""
        cells = (slot for slot in dict.fromkeys(row[: self.at]) if slot and slot.words)
        left = [slot for slot in cells if not read_label(slot.words.folded)]
        if left and _texts(left) != _texts(self.left):
            self.left, self.entry = left, None
        if self.entry is None or (label.kind == "content" and (self.entry.content or self.entry.roles)):
            names = (*self.named.values(), *(slot.words for slot in self.left))
            path = (*self.reader.above, *path_of(self.reader.titles), *map(heading_of, names))
            own = path[-1] if path else Heading(Wording())
            self.entry = Entry(path[:-1], own.name, own.mark)
            self.reader.annex.entries.append(self.entry)

    def _close(self) -> None:
        """Takes the words of a label into the item."""
        label, text = self.label, join(self.words)
        self.label, self.words = None, []
        if self.entry is None or label is None or not text:
            return
        if label.kind != "role" and says_nothing(text):
            return
        parties = self.reader.parties
        if label.kind == "content":
            self.entry.content = text
        elif label.kind == "role":
            named = parties.named(label.who)
            self.entry.roles.append(RawRole(named, text, shared=len(named) > 1, known=parties.known))
        elif label.kind == "roles":
            roles = split_roles(text, parties)
            self.entry.roles += roles
            self.entry.remarks += [remarks.JOINT_CELL] if roles else []
            self.entry.confidence = min(self.entry.confidence, 0.8)
            if not roles:
                self.reader.annex.unread.append(self.reader.source.unread([text], remarks.ROLE_UNREAD))


def _texts(slots: Sequence[Slot]) -> list[str]:
    return [slot.words.folded for slot in slots]
