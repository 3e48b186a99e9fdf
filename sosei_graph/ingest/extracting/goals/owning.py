"""To which goal and which measure an indicator belongs."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sosei_graph.ingest.extracting.goals.elements import Node, without_pages
from sosei_graph.ingest.extracting.goals.labels import read_label
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.scopes import Scope, counted, names
from sosei_graph.ingest.extracting.goals.targets import Placed
from sosei_graph.ingest.extracting.indicators import Found, Tables
from sosei_graph.ingest.records import Indicator
from sosei_graph.text import fold

#: The place of an indicator that a table names the goal of, and that stands below none of its lines.
_NOWHERE = 10**6
#: The shortest words beside an indicator that name a measure by a part of its title.
_TELLING = 5


@dataclass(frozen=True)
class _Owner:
    start: int
    scope: int
    line: int


class Owners:
    """The goals by the places of their lines and by what tables call them."""

    def __init__(self, scopes: Sequence[Scope], lines: Sequence[Line]) -> None:
        self.every = [line.words.start for line in lines]
        owners = [
            _Owner(line.words.start, at, number)
            for at, scope in enumerate(scopes)
            for number, line in enumerate(without_pages(scope.lines))
        ]
        owners += [
            _Owner(lines[mention.line].words.start, at, -1)
            for at, scope in enumerate(scopes)
            for mention in scope.goal.mentions
            if not mention.listed and not lines[mention.line].contents and names(scope.goal, mention)
        ]
        self.owners = sorted(owners, key=lambda owner: owner.start)
        self.starts = [owner.start for owner in self.owners]
        self.titles = {fold(scope.goal.title.text): at for at, scope in enumerate(scopes)}
        self.numbers = {
            f"{word}{scope.goal.number}": at
            for at, scope in enumerate(scopes)
            for word in (scope.goal.word, "基本目標")
            if word and not scope.goal.is_cross_cutting
        }

    def place(self, tables: Tables) -> dict[int, list[Placed]]:
        """The indicators of tables by the number of their goal's scope; those of no goal are left out."""
        found: dict[int, list[Placed]] = {}
        for each in tables.read.found:
            told = {owner for group in each.groups for owner in self._told(group.text)}
            near = self._near(each.start)
            groups = tuple(fold(group.text) for group in each.groups)
            if len(told) == 1:
                scope = next(iter(told))
                line = near.line if near and near.scope == scope else _NOWHERE
            elif near is not None:
                scope, line = near.scope, near.line
            else:
                continue
            found.setdefault(scope, []).append(Placed(line, each.indicator, None, groups=groups))
        return found

    def _told(self, text: str) -> list[int]:
        """The goals that words name, by number or title."""
        plain = unicodedata.normalize("NFKC", "".join(text.split()))
        by_number = [at for key, at in self.numbers.items() if re.match(rf"{re.escape(key)}(?!\d)", plain)]
        return by_number or [at for title, at in self.titles.items() if title in fold(text)]

    def _near(self, start: int) -> _Owner | None:
        """The goal's line right above a place, if no line of something else stands between."""
        at = bisect_right(self.starts, start) - 1
        last = bisect_right(self.every, start) - 1
        if at < 0 or (last >= 0 and self.owners[at].start < self.every[last]):
            return None
        return self.owners[at]


def loose(tables: Tables, placed: dict[int, list[Placed]]) -> list[Found]:
    """The indicators of tables that belong to no goal."""
    inside = {id(each.indicator) for group in placed.values() for each in group}
    return [each for each in tables.read.found if id(each.indicator) not in inside]


def owned(
    placed: Sequence[Placed], measures: Sequence[Node], lines: Sequence[Line]
) -> dict[int, list[Indicator]]:
    """Indicators by the measure (its identity) that they stand below; 0 for those of the goal itself.

    One list of KPIs after all measures of a goal is of the goal, one after each measure is of that.
    """
    placed = [_labelled(each, measures, lines) for each in sorted(placed, key=lambda each: each.line)]
    last = max((node.line for node in measures), default=-1)
    ours = [each for each in placed if each.indicator.kind == "KeyPerformanceIndicator"]
    several = counted(lines)["kpi"] > 1 or len({_above(measures, each.line) for each in ours}) > 1
    found: dict[int, list[Indicator]] = {}
    for each in placed:
        owner = 0
        at = _above(measures, each.line)
        if (named := _named(each, measures)) is not None:
            owner = id(named)
        elif (
            each.indicator.kind == "KeyPerformanceIndicator"
            and at >= 0
            and each.line < _NOWHERE
            and (len(measures) == 1 or several or measures[at].line != last)
        ):
            owner = id(measures[at])
        found.setdefault(owner, []).append(each.indicator)
    return found


def _named(each: Placed, measures: Sequence[Node]) -> Node | None:
    """The measure that stands beside the indicator in its table."""
    titles = [(fold(node.title.text), node) for node in measures]
    found = [
        node
        for title, node in titles
        if any(len(title) >= _TELLING and title in group for group in each.groups)
    ]
    return found[0] if len(found) == 1 else None


def _labelled(each: Placed, measures: Sequence[Node], lines: Sequence[Line]) -> Placed:
    """The indicator of a table with the kind that the label over it tells; a measure between ends the label."""
    if each.section is not None or each.line >= len(lines):
        return each
    above = [node.line for node in measures if node.line <= each.line]
    kinds = [
        label.kind
        for line in lines[max(above, default=-1) + 1 : each.line + 1]
        if (label := read_label(line.words))
    ]
    indicator = each.indicator
    if kinds and kinds[-1] == "targets" and indicator.kind == "KeyPerformanceIndicator":
        indicator = replace(indicator, kind="NumericTarget")
    return replace(each, section=kinds[-1] if kinds else None, indicator=indicator)


def _above(measures: Sequence[Node], line: int) -> int:
    return max((at for at, node in enumerate(measures) if node.line <= line), default=-1)
