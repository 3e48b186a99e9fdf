"""Goals with their numeric targets, directions, measures and what was done, as strategies and reports set them out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.extracting.goals.elements import (
    UNLABELLED,
    Node,
    find_activities,
    find_nodes,
    find_prose_directions,
    without_pages,
)
from sosei_graph.ingest.extracting.goals.labels import read_label
from sosei_graph.ingest.extracting.goals.lines import Line, read_lines
from sosei_graph.ingest.extracting.goals.marked import entry_of
from sosei_graph.ingest.extracting.goals.mentions import find_goals, grouped_goals, is_heading, numbered_goals
from sosei_graph.ingest.extracting.goals.merging import merged
from sosei_graph.ingest.extracting.goals.owning import Owners, loose, owned
from sosei_graph.ingest.extracting.goals.scopes import Scope, find_scopes
from sosei_graph.ingest.extracting.goals.targets import Placed, read_targets
from sosei_graph.ingest.extracting.indicators import Manner, Tables, find_tables
from sosei_graph.ingest.extracting.indicators.lines import read_line
from sosei_graph.ingest.extracting.indicators.naming import is_row
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Doubt, Element, ElementKind, Indicator, Unread
from sosei_graph.languages import Text
from sosei_graph.text import fold

NO_WORD = Text("基本目標であると示す語がありません", "no word says that it is a basic goal")

__all__ = ["Outline", "find_goals", "read_goals"]


@dataclass
class Outline:
    """The goals of a document, the indicators that belong to none, and what could not be read."""

    elements: list[Element] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_goals(source: Source, manner: Manner, *, activities: bool = False) -> Outline:
    """The goals of a document with all that stands below them."""
    tables = find_tables(source, manner, _ends_table)
    lines = read_lines(source, tables.holds)
    goals = find_goals(lines)
    goals = grouped_goals(goals, [group for each in tables.read.found for group in each.groups])
    goals = goals or numbered_goals(lines, lambda line: _has_indicator(line, source, tables))
    scopes = find_scopes(lines, goals)
    outline = Outline(unread=list(tables.read.unread))
    outline.indicators += _outside(lines, scopes, source, manner)
    placed = Owners(scopes, lines).place(tables)
    builder = _Builder(source, manner, outline, activities=activities)
    outline.elements += [builder.goal(scope, placed.get(at, [])) for at, scope in enumerate(scopes)]
    outline.indicators += [each.indicator for each in loose(tables, placed)]
    own = (each for top in outline.elements for element in top.walk() for each in element.indicators)
    outline.unread += tables.lost([*own, *outline.indicators], outline.unread, source)
    return outline


def _ends_table(words: Wording) -> bool:
    """Whether a line is a goal, a measure that says so (施策１ …) or a label, over which no table goes."""
    label = read_label(words)
    return (label is not None and not label.bare) or is_heading(words) or _is_named(words)


def _is_named(words: Wording) -> bool:
    entry = entry_of(words, 0)
    return entry is not None and entry.kind is not None and bool(entry.title) and not is_row(entry.title.text)


def _has_indicator(line: Line, source: Source, tables: Tables) -> bool:
    """Whether a line is an indicator with values, or a table of indicators follows it."""
    if any(0 <= start - line.words.end < 4 for start, _ in tables.places):
        return True
    return read_line(line.words, source, Manner()) is not None


def _outside(
    lines: Sequence[Line], scopes: Sequence[Scope], source: Source, manner: Manner
) -> list[Indicator]:
    """Indicators in lines that belong to no goal: those with two values at least."""
    taken = {line.number for scope in scopes for line in scope.lines}
    taken |= {mention.line for scope in scopes for mention in scope.goal.mentions}
    rest = [line for line in without_pages(lines) if line.number not in taken and not line.contents]
    placed, _ = read_targets(rest, source, manner, frozenset())
    titles = {fold(scope.goal.title.text) for scope in scopes}
    found = [each.indicator for each in placed if len(each.indicator.values) >= 2]
    return [each for each in merged(found) if fold(each.name.text) not in titles]


@dataclass
class _Builder:
    """Puts goals together."""

    source: Source
    manner: Manner
    outline: Outline
    activities: bool = False
    style: str | None = None
    indicators: dict[int, list[Indicator]] = field(default_factory=dict)
    done: dict[int, list[Element]] = field(default_factory=dict)

    def goal(self, scope: Scope, from_tables: Sequence[Placed]) -> Element:
        """A goal with all that stands in its lines and in the tables that belong to it."""
        lines = without_pages(scope.lines)
        nodes = self._nodes(scope, lines)
        flat = [node for top in nodes for node in top.walk()]
        placed, unread = read_targets(lines, self.source, self.manner, frozenset(node.line for node in flat))
        self.outline.unread += unread
        measures = [node for node in flat if node.kind in ("Measure", "Project") and node.line >= 0]
        self.indicators = owned([*placed, *from_tables], measures, lines)
        self.done = self._done(lines, measures) if self.activities else {}
        kind: ElementKind = "CrossCuttingGoal" if scope.goal.is_cross_cutting else "BasicGoal"
        passage = self.source.passage
        return Element(
            kind if scope.goal.word else "Goal",
            passage(scope.goal.title),
            scope.goal.number,
            passage(scope.goal.notation),
            tuple(merged(self.indicators.get(0, []))),
            tuple(_ordered([self._element(node) for node in nodes])),
            Doubt() if scope.goal.word else Doubt(0.6, (NO_WORD,)),
        )

    def _nodes(self, scope: Scope, lines: Sequence[Line]) -> list[Node]:
        """Directions and measures; lines with indicators are none of these."""
        first, _ = read_targets(lines, self.source, self.manner, frozenset())
        taken = frozenset(number for each in first if each.indicator.values for number in each.lines)
        nodes = find_nodes(scope, taken, self.style)
        measures = [node for node in nodes if node.kind == "Measure" and UNLABELLED in node.doubt.remarks]
        self.style = measures[0].style if measures else self.style
        if any(node.kind == "Direction" for top in nodes for node in top.walk()):
            return nodes
        return [*find_prose_directions(lines), *nodes]

    def _done(self, lines: Sequence[Line], measures: Sequence[Node]) -> dict[int, list[Element]]:
        """What was done, by the measure that it stands below."""
        found: dict[int, list[Element]] = {}
        for line, words in find_activities(lines):
            above = [node for node in measures if node.line < line]
            if above:
                group = found.setdefault(id(above[-1]), [])
                group.append(Element("Activity", self.source.passage(words), len(group) + 1))
        return found

    def _element(self, node: Node) -> Element:
        passage = self.source.passage
        parts = _ordered([self._element(part) for part in node.parts])
        return Element(
            node.kind,
            passage(node.title),
            node.number,
            passage(node.notation) if node.notation else None,
            tuple(merged(self.indicators.get(id(node), []))),
            (*parts, *self.done.get(id(node), [])),
            node.doubt,
        )


def _ordered(elements: Sequence[Element]) -> list[Element]:
    """Siblings by their numbers, and their places among each other as ordinals."""
    result = []
    for kind in dict.fromkeys(each.kind for each in elements):
        same = sorted((each for each in elements if each.kind == kind), key=lambda each: each.ordinal)
        result += [replace(each, ordinal=at) for at, each in enumerate(same, 1)]
    return result
