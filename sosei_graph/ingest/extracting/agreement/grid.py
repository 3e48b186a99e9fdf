"""The annex as a table, and which of its columns is whose.

Read are three columns (取組の内容 | A市の役割 | B市の役割) and more with fields and names before them; heads of two
or three rows (役割分担 over 甲 | 乙); roles of all parties in one column (役割分担及び費用負担).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.document import Table
from sosei_graph.ingest.extracting.agreement.labels import read_label
from sosei_graph.ingest.extracting.agreement.parties import SYMBOLS, Parties, Party
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Government
from sosei_graph.languages import Text

_OLD_NEW = re.compile(r"(?:改正|変更)(?:前|後)|^[新旧]$|現行|改正案")
_NAMES_CONTENT = re.compile("内容|概要")
_NAME_ENDS = re.compile(rf"[市町村区県都府道]$|^[{SYMBOLS}]$")


@dataclass(frozen=True)
class Slot:
    """A cell; a merged one is the same object in every place that it covers."""

    words: Wording
    row: int
    column: int
    width: int = 1
    height: int = 1


Row = tuple[Slot | None, ...]


@dataclass(frozen=True)
class Grid:
    """A table in its place. `notes` say how sure its cells are."""

    start: int
    end: int
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class RoleHead:
    """The head of a role's column: the parties that it names, or the government that is none of the agreement's."""

    parties: tuple[Party, ...]
    known: bool = True


@dataclass
class Columns:
    """What the columns of a table hold."""

    first_row: int
    roles: dict[int, RoleHead]
    content: int | None = None
    names: list[int] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)
    joint: int | None = None
    content_names: bool = False
    """Whether short words in the column of contents are names: its head is 連携する取組, say, and not 取組の内容."""
    head: tuple[str, ...] = ()

    @property
    def left(self) -> set[int]:
        """The columns that are no roles."""
        return {*self.names, *self.fields, *([] if self.content is None else [self.content])}


def grid_of(table: Table, source: Source, start: int, end: int) -> Grid:
    """The table with its words."""
    slots = {
        id(cell): Slot(source.cell(cell), cell.row, cell.column, cell.column_span, cell.row_span)
        for cell in table.cells
    }
    rows = tuple(tuple(slots[id(cell)] if cell else None for cell in row) for row in table.rows())
    return Grid(start, end, rows)


def is_old_and_new(grid: Grid) -> bool:
    """Whether a table sets an old wording beside a new one."""
    return any(
        sum(bool(slot and _OLD_NEW.search(slot.words.folded) and len(slot.words) < 12) for slot in row) >= 2
        for row in grid.rows[:2]
    )


def find_columns(grid: Grid, parties: Parties, source: Source) -> Columns | None:
    """The columns after the head, which takes one to three of the first rows; None where no head tells the roles."""
    joint: Columns | None = None
    for first in range(min(3, len(grid.rows))):
        for depth in (1, 2, 3):
            rows = grid.rows[first : first + depth]
            if len(rows) < depth or len(grid.rows) <= first + depth:
                break
            columns = columns_of([_head(rows, at) for at in range(grid.width)], parties, source)
            if columns is None:
                continue
            columns = replace(columns, first_row=first + depth)
            if columns.roles:
                return columns
            joint = joint or columns
    return joint


def _head(rows: Sequence[Row], column: int) -> list[Wording]:
    slots = [row[column] for row in rows if column < len(row)]
    return [slot.words for slot in dict.fromkeys(slots) if slot and slot.words]


def columns_of(heads: Sequence[Sequence[Wording]], parties: Parties, source: Source) -> Columns | None:
    """What columns hold, by the words over each, from above; None where they do not tell contents and roles."""
    columns = Columns(0, {}, head=tuple("".join(part.folded for part in head) for head in heads))
    left, contents = list[int](), list[int]()
    for at, head in enumerate(heads):
        role = _role_head(head, parties, source)
        label = read_label(head[-1].folded) if head else None
        if role is not None:
            columns.roles[at] = role
        elif label is None or label.kind in ("role", "other", "cost"):
            if label is None and head and not any(_is_text(part) for part in head) and at == 0:
                left.append(at)
        elif label.kind == "content":
            contents.append(at)
        elif label.kind == "roles":
            columns.joint = at
        else:
            (columns.fields if label.kind == "field" else left).append(at)
    columns.names = left
    _tell_contents(columns, contents)
    whole = [head for head in columns.roles.values() if parties.all and set(head.parties) >= set(parties.all)]
    told = len(columns.roles) >= 2 or columns.joint is not None or bool(whole)
    return columns if columns.content is not None and told else None


def _tell_contents(columns: Columns, contents: list[int]) -> None:
    """Which column holds the contents: 取組内容 beside 連携する取組, which are names; of names the innermost."""
    own = [at for at in contents if _NAMES_CONTENT.search(columns.head[at])] or contents[:1]
    columns.names = sorted([*columns.names, *(at for at in contents if at not in own)])
    if not own and (columns.names or columns.fields):
        own = [(columns.names or columns.fields).pop()]
    if own:
        columns.content = own[0]
        columns.content_names = _NAMES_CONTENT.search(columns.head[own[0]]) is None


def _is_text(words: Wording) -> bool:
    return "。" in words.text or len(words.folded) > 20


def _role_head(head: Sequence[Wording], parties: Parties, source: Source) -> RoleHead | None:
    """The party that a head names: `甲の役割`, or `甲` below 役割分担."""
    if not head:
        return None
    label = read_label(head[-1].folded)
    over = [read_label(part.folded) for part in head[:-1]]
    who = label.who if label and label.kind == "role" else ""
    if not who and any(each and each.kind == "roles" for each in over):
        who = head[-1].folded
    if not who and len(head) == 1:
        named = parties.named(head[0].folded)
        return RoleHead(named, known=parties.known) if named else None
    if not who:
        return None
    named = parties.named(who)
    if named:
        return RoleHead(named, known=parties.known)
    if not _NAME_ENDS.search(who):
        return None
    found = source.governments(head[-1])
    code = found[0].code if len(found) == 1 else None
    start = head[-1].folded.find(who)
    name = (
        head[-1].cut_folded(found[0].start, found[0].end)
        if len(found) == 1
        else head[-1].cut_folded(start, start + len(who))
    )
    return RoleHead((Party((Government(source.passage(name), code),)),), known=False)
