"""Directions, measures and what was done, in a goal's lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.extracting.goals.labels import Label, LabelKind, read_label, table_head
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.marked import Entry, entries, entry_of, runs
from sosei_graph.ingest.extracting.goals.scopes import Scope
from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.naming import is_row
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import Doubt, ElementKind
from sosei_graph.languages import Text

UNLABELLED = Text("施策であると示す見出しがありません", "no heading says that it is a measure")
PROSE = Text("題名がなく、文で書かれています", "it has no title, but is written as a sentence")
BY_ORDER = Text("並び順だけから目標に結び付けました", "it was assigned to its goal by its order only")

_PAGE = re.compile(r"[-－‐\s]*[0-9０-９]{1,3}[-－‐\s]*")
_LONGEST_TITLE = 60
_OPEN = re.compile(r"[、をにでとがはもへの]$")
_BULLET_ONLY = re.compile(r"^\s*(?:[-*+]\s+)?[・･○●◯◎〇□■◆]\s*")


@dataclass
class Node:
    """An element that is being put together; `line` is the number of its line in the goal's lines."""

    kind: ElementKind
    title: Wording
    notation: Wording
    number: int
    line: int
    style: str = ""
    doubt: Doubt = field(default_factory=Doubt)
    parts: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """The element and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def without_pages(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that are a page's number and nothing else."""
    return [line for line in lines if line.words and not _PAGE.fullmatch(line.words.text)]


def find_nodes(scope: Scope, taken: frozenset[int], style: str | None = None) -> list[Node]:
    """The directions and measures of a goal. `taken` are the lines of indicators, which are none of these.

    `style` is how the measures of the goals before are marked: one of that style alone is a measure too.
    """
    lines = [blank(line) if at in taken else line for at, line in enumerate(without_pages(scope.lines))]
    heads = [at for at, line in enumerate(lines) if table_head(line.words)[:2] == ["direction", "measures"]]
    if heads:
        return _overview(lines, heads)
    if scope.slides:
        return _by_pages(lines)
    found = _labelled(lines)
    measures = [node for top in found for node in top.walk() if node.kind in ("Measure", "Project")]
    if not measures:
        found += _unlabelled(lines, found, style, by_order=scope.by_order)
    return found


def blank(line: Line) -> Line:
    """The line without its words, so that its number stays."""
    return replace(line, words=Wording(), parted=True, joined=False)


def _node(entry: Entry, kind: ElementKind, *remarks: Text) -> Node:
    notes = (*remarks, *((PROSE,) if entry.prose else ()))
    doubt = Doubt(0.8, notes) if notes else Doubt()
    return Node(kind, entry.title, entry.notation, entry.number, entry.line, entry.style, doubt)


def _overview(lines: Sequence[Line], heads: Sequence[int]) -> list[Node]:
    """The table of directions and measures (基本的方向 | 具体的施策): all of them, with their whole titles."""
    nodes: list[Node] = []
    for head in heads:
        end = next((at for at in range(head + 1, len(lines)) if _ends_table(lines, at, head)), len(lines))
        found = entries(lines[head + 1 : end])
        style = found[0].style if found else ""
        for entry in found:
            if entry.style == style:
                nodes.append(_node(entry, "Direction"))
            elif nodes:
                nodes[-1].parts.append(_node(entry, "Measure"))
    for node in [each for top in nodes for each in top.walk()]:
        node.line = -1
    return nodes


def _ends_table(lines: Sequence[Line], at: int, head: int) -> bool:
    line = lines[at]
    return bool(line.counter) or line.weak != lines[head].weak or read_label(line.words) is not None


def _by_pages(lines: Sequence[Line]) -> list[Node]:
    """Pages whose directions stand above or below their measures: as many runs of measures as directions."""
    directions: list[Node] = []
    for page in dict.fromkeys(line.weak for line in lines):
        offset = next(at for at, line in enumerate(lines) if line.weak == page)
        inside = [line for line in lines if line.weak == page]
        found = entries(inside)
        upper = [entry for entry in found if entry.style == "(1)" or entry.kind == "Direction"]
        lower = [run for style in {each.style for each in found} - {"(1)"} for run in runs(found, style)]
        lower = [run for run in lower if run[0].kind != "Direction"]
        lower.sort(key=lambda run: run[0].line)
        known = {(node.number, node.title.folded) for node in directions}
        fresh = [
            _node(entry, "Direction") for entry in upper if (entry.number, entry.title.folded) not in known
        ]
        for node in fresh:
            node.line += offset
        if len(lower) == len(fresh) == len(upper):
            for node, run in zip(fresh, lower, strict=True):
                node.parts = [_node(entry, "Measure") for entry in run]
                for part in node.parts:
                    part.line += offset
        directions += fresh
    return directions


@dataclass
class _State:
    nodes: list[Node] = field(default_factory=list)
    section: LabelKind | None = None
    direction: Node | None = None
    style: str | None = None
    above: str | None = None
    closed: bool = False

    @property
    def siblings(self) -> list[Node]:
        return self.direction.parts if self.direction else self.nodes

    @property
    def measures(self) -> list[Node]:
        return [node for node in self.siblings if node.kind in ("Measure", "Project")]


def _labelled(lines: Sequence[Line]) -> list[Node]:
    """Elements below the labels that say what they are."""
    state = _State()
    by_line: dict[int, list[Entry]] = {}
    for entry in _titled(entries(lines)):
        by_line.setdefault(entry.line, []).append(entry)
    for at, line in enumerate(lines):
        label = _label(line)
        if label is not None:
            state.section, state.closed = label, False
            continue
        for entry in by_line.get(at, []):
            _take(state, entry)
    return state.nodes


def _titled(found: Sequence[Entry]) -> list[Entry]:
    """The entries without those that are rows of a table whose columns are lost, and no titles."""
    return [entry for entry in found if not is_row(entry.title.text)]


def _label(line: Line) -> LabelKind | None:
    label = read_label(line.words)
    if label is not None:
        return label.kind
    first = line.words.text.split()[:1]
    if len(line.words) <= 24 and first and len(line.words.text.split()) == 2:
        kind = read_label(line.words.cut(0, len(first[0])))
        return kind.kind if kind and kind.kind == "measures" else None
    return None


def _take(state: _State, entry: Entry) -> None:
    kind = entry.kind
    if kind is None:
        kind = _kind(state, entry)
    if kind == "Direction":
        if not any(node.kind == "Direction" and node.number == entry.number for node in state.nodes):
            state.direction = None
            node = _node(entry, "Direction")
            state.nodes.append(node)
            state.above = entry.style
            state.direction = node if entry.kind == "Direction" or state.section != "direction" else None
            state.closed = False
    elif kind in ("Measure", "Project"):
        _add_measure(state, entry, kind)


def _kind(state: _State, entry: Entry) -> ElementKind | None:
    if state.section in ("measures", "done"):
        if state.style is None:
            state.style = entry.style
        return "Measure" if entry.style == state.style else None
    if state.section == "direction" and not entry.prose:
        return "Direction" if state.above in (None, entry.style) and state.style != entry.style else None
    measures = state.measures
    if (
        measures
        and entry.style == state.style
        and entry.number == measures[-1].number + 1
        and not entry.prose
    ):
        return "Measure"
    return None


def _add_measure(state: _State, entry: Entry, kind: ElementKind) -> None:
    """A measure after the ones before it; a new row of them without a heading over it is something else."""
    measures = state.measures
    state.style = state.style or entry.style
    if any(
        node.number == entry.number and node.notation.folded == entry.notation.folded for node in measures
    ):
        same = next(node for node in measures if node.number == entry.number)
        state.closed = state.closed or same.title.folded != entry.title.folded
        return
    if not state.closed:
        state.siblings.append(_node(entry, kind))


def _unlabelled(
    lines: Sequence[Line], known: Sequence[Node], usual: str | None, *, by_order: bool
) -> list[Node]:
    """The first row of marked titles, where no label says what they are."""
    taken = {node.line for top in known for node in top.walk()}
    found = [entry for entry in _titled(entries(lines)) if entry.line not in taken]
    for style in dict.fromkeys(entry.style for entry in found):
        least = 1 if style == usual else 2
        first = next((run for run in runs(found, style) if len(run) >= least and run[0].number == 1), [])
        if first and not any(entry.prose or len(entry.title) > _LONGEST_TITLE for entry in first):
            remarks = (UNLABELLED, BY_ORDER) if by_order else (UNLABELLED,)
            return [_node(entry, "Measure", *remarks) for entry in first]
    return []


def find_prose_directions(lines: Sequence[Line]) -> list[Node]:
    """The entries with bullets below 【基本的方向】, which have no titles."""
    found: list[Node] = []
    inside = False
    at = 0
    while at < len(lines):
        line = lines[at]
        label = read_label(line.words) or _at_end(line)
        if label is not None:
            inside = label.kind == "direction"
        elif inside and (bullet := _BULLET_ONLY.match(line.words.text)):
            words, at = _whole(lines, at, bullet.end())
            found.append(Node("Direction", words, Wording(), len(found) + 1, at, doubt=Doubt(0.8, (PROSE,))))
        elif inside and any(not mark.tight for mark in read_marks(line.words.text)):
            inside = False
        at += 1
    return found


def _at_end(line: Line) -> Label | None:
    found = re.search(r"(【[^【】]{2,20}】)\s*$", line.words.text)
    return read_label(line.words.cut(found.start())) if found else None


def _whole(lines: Sequence[Line], at: int, start: int) -> tuple[Wording, int]:
    """An entry with the lines that go on, and the number of its last line."""
    parts = [lines[at].words.cut(start)]
    last = at
    for number in range(at + 1, min(len(lines), at + 8)):
        line = lines[number]
        goes_on = line.joined or _OPEN.search(parts[-1].text) is not None
        if _starts(line) or (line.parted and not goes_on):
            break
        parts.append(line.words)
        last = number
    return join(parts), last


def _starts(line: Line) -> bool:
    if _BULLET_ONLY.match(line.words.text):
        return True
    return (
        read_bullet(line.words.text) is not None
        or entry_of(line.words, 0) is not None
        or bool(read_label(line.words))
    )


def find_activities(lines: Sequence[Line]) -> list[tuple[int, Wording]]:
    """What was done: entries with bullets below labels of what was done, each with the number of its first line."""
    found: list[tuple[int, Wording]] = []
    section: LabelKind | None = None
    for at, line in enumerate(lines):
        label = _label(line)
        if label is not None:
            section = label
        elif section == "done" and (bullet := read_bullet(line.words.text)) is not None:
            words, _ = _whole(lines, at, bullet)
            found.append((at, words))
    return found
