"""To which family a document belongs, with the words that decided.

    >>> recognise(source).family            # doctest: +SKIP
    'progress'

Titles weigh most, what only the documents of a family bear adds up. A document that is as much of another kind
(an ordinance, minutes of an assembly), or has next to nothing of any family, is of none.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.council.signs import signs_in
from sosei_graph.ingest.extracting.signs import (
    NAMES_STRATEGY,
    OTHER_PLAN,
    REPORTS,
    SIGNS,
    TAG,
    Kind,
    Sign,
    titles,
)
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import FAMILIES, Family, Passage


@dataclass(frozen=True)
class Recognised:
    """A family, None where nothing decides; `words` are what decided, `others` the families that fit nearly as well.

    Of a document of no family `others` names the one that it is most like, if it is like any.
    """

    family: Family | None
    words: tuple[Passage, ...] = ()
    others: tuple[Family, ...] = ()


_NEAR = 2
_HEAD_ROWS = 2
_LEAST = 4
#: Of longer lines the beginning is read: text that has lost its line ends has all of its head there.
_LONGEST = 400


def recognise(document: Source | Reading) -> Recognised:
    """The family of a document."""
    source = document if isinstance(document, Source) else Source(document)
    scores, words = defaultdict[Kind, int](int), defaultdict[Kind, list[Passage]](list)
    lines = list(_lines(source))
    for kind, weight, found in _Document([*lines, *_heads(source)], list(titles(lines))).found():
        scores[kind] += weight
        words[kind].append(source.passage(found))
    ranked = sorted(FAMILIES, key=lambda family: -scores[family])
    best = ranked[0]
    if scores[best] < _LEAST or scores[None] >= scores[best]:
        return Recognised(None, tuple(words[best]), (best,) if scores[best] > 1 else ())
    near = tuple(family for family in ranked[1:] if scores[family] + _NEAR >= scores[best])
    return Recognised(best, tuple(words[best]), near)


@dataclass(frozen=True)
class _Document:
    """The lines of a document, its titles, and what they make of the signs of others."""

    lines: Sequence[Wording]
    titles: Sequence[Wording]

    @property
    def bears_tag(self) -> bool:
        """Whether it is a paper handed out at a meeting, whose name then is no title of it."""
        return self._titled(TAG)

    @property
    def reports(self) -> bool:
        """Whether it is about a plan that its title names."""
        return self._titled(REPORTS)

    @property
    def may_be_strategy(self) -> bool:
        """Whether it names a strategy, and is not titled as a plan of another kind."""
        if self._titled(OTHER_PLAN) and not self._titled(NAMES_STRATEGY):
            return False
        return any(NAMES_STRATEGY.search(line.folded) for line in self.lines)

    def _titled(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(title.folded) for title in self.titles)

    def found(self) -> Iterator[tuple[Kind, int, Wording]]:
        """Each sign once, where it weighs most."""
        for kind, pattern, title, body in self._signs():
            in_title, in_body = _first(self.titles, pattern), _first(self.lines, pattern) if body else None
            if in_title and title >= max(body, 1):
                yield kind, title, in_title
            elif in_body:
                yield kind, body, in_body
        yield from (("council", weight, words) for weight, words in signs_in(self.lines))

    def _signs(self) -> Iterator[Sign]:
        may_be_strategy, reports, bears_tag = self.may_be_strategy, self.reports, self.bears_tag
        for sign in SIGNS:
            if sign.kind == "council" and bears_tag:
                yield sign._replace(title=min(sign.title, 2))
            elif sign.kind == "strategy" and reports:
                yield sign._replace(title=0, body=min(sign.body, 1))
            elif sign.kind != "strategy" or may_be_strategy:
                yield sign


def _first(lines: Sequence[Wording], pattern: re.Pattern[str]) -> Wording | None:
    found = ((line, pattern.search(line.folded)) for line in lines)
    return next((line.cut_folded(*match.span()) for line, match in found if match), None)


def _heads(source: Source) -> Iterator[Wording]:
    """The first rows of tables, each as the one line that it is to a reader."""
    for _, _, table in source.tables:
        for row in table.rows()[:_HEAD_ROWS]:
            cells = {id(cell): cell for cell in row if cell is not None}
            yield join((source.cell(cell) for cell in cells.values()), " ")


def _lines(source: Source) -> Iterator[Wording]:
    for line in source.repaired.lines:
        words = source.wording(line.start, line.end)
        if words:
            yield words.cut(0, min(len(words), _LONGEST))
