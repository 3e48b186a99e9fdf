"""A reading as extractors take it: its repaired lines and cells as wordings that point at the canonical text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sosei_graph.ingest.document import Cell, Reading, Table
from sosei_graph.ingest.extracting.wording import Wording, join, passage
from sosei_graph.ingest.governments import find_governments, is_listed
from sosei_graph.ingest.records import Passage, Span, Unread
from sosei_graph.ingest.repair import Repaired, repair
from sosei_graph.languages import Text
from sosei_graph.text import fold

#: The sign of a heading in Markdown.
_HASHES = re.compile(r"#{1,6}\s+")


#: Where a text that has lost its line ends had one: before an article, an annex or a mark in brackets.
_LOST_END = re.compile(
    r"\s(?=第\s?[0-9０-９]{1,2}\s?条[\s(（]|別表第?[0-9０-９]*[\s(（]|[(（][0-9０-９ア-ンa-z]{1,2}[)）]|附\s?則\s)"
)
_FAR_TOO_LONG = 300


@dataclass(frozen=True)
class Named:
    """The name of a government in a text; `code` is None where it could be of several."""

    start: int
    end: int
    code: str | None


@dataclass(frozen=True)
class Source:
    """A reading with its repairs. All places are those of the repaired text."""

    reading: Reading

    @cached_property
    def repaired(self) -> Repaired:
        """The repaired view of the reading."""
        return repair(self.reading)

    @cached_property
    def lines(self) -> tuple[Wording, ...]:
        """The paragraphs, or lines where a sentence does not go on, in order and without blank ones."""
        lines = (piece for place in self.repaired.paragraphs() for piece in _unfolded(self.wording(*place)))
        if self.reading.media_type != "markdown":
            return tuple(lines)
        return tuple(line.cut(found.end() if (found := _HASHES.match(line.text)) else 0) for line in lines)

    def wording(self, start: int, end: int) -> Wording:
        """A stretch of the repaired text, its lines joined."""
        text = self.repaired.text[start:end]
        parts, at = list[Wording](), start
        for line in text.splitlines(keepends=True):
            parts.append(Wording(line, tuple(range(at, at + len(line)))).cut(0))
            at += len(line)
        return join(parts)

    def at(self, span: Span) -> Wording:
        """What stands in a span of the canonical text."""
        return self.wording(*self.repaired.within(span))

    def cell(self, cell: Cell) -> Wording:
        """The words of a cell."""
        return join(self.at(span) for span in cell.spans)

    @cached_property
    def tables(self) -> tuple[tuple[int, int, Table], ...]:
        """The tables in the order of the document, with their places."""
        placed = ((*self.repaired.within(Span(each.start, each.end)), each) for each in self.reading.tables)
        return tuple(sorted(placed, key=lambda each: each[:2]))

    def governments(self, words: Wording) -> list[Named]:
        """The governments that words name, by places in their folded text.

        A name that its own surroundings do not decide (府中市) is decided by the document as a whole; one that only
        one municipality bears is its name wherever it is named as one, but for wards, which many cities have. Of
        a town that is no more (南秋田郡昭和町) the name is as long as what tells it from the others of that name.
        """
        named = []
        for each in find_governments(words.text):
            alone = len(each.candidates) == 1 and each.name[-1] != "区"
            alone = alone and (len(each.name) > 2 or is_listed(words.text, each))
            code = each.code or self._decided.get(each.name) or (each.candidates[0] if alone else None)
            start, end = words.folded_places(each.start, each.end)
            if each.candidates:
                named.append(Named(max(start, end - len(fold(each.name))), end, code))
            else:
                named.append(Named(start, end, None))
        return named

    @cached_property
    def _decided(self) -> dict[str, str]:
        codes = dict[str, set[str]]()
        for each in find_governments(self.repaired.text):
            if each.code:
                codes.setdefault(each.name, set()).add(each.code)
        return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}

    def page_of(self, place: int) -> int | None:
        """The page that a place stands on."""
        return self.reading.page_of(self.repaired.place(place))

    def parted(self, before: Wording, after: Wording) -> bool:
        """Whether a blank line stands between two lines."""
        return self.repaired.text[before.end : after.start].count("\n") > 1

    def passage(self, wording: Wording) -> Passage:
        """The wording as a passage of the document."""
        return passage(wording, self.repaired)

    def unread(self, wordings: Iterable[Wording], reason: Text) -> Unread:
        """Words that could not be read, and why."""
        return Unread(self.passage(join(wordings, " ")), reason)


def _unfolded(line: Wording) -> list[Wording]:
    """The lines of a document that was put into one: text that was copied from a viewer."""
    starts = [found.end() for found in _LOST_END.finditer(line.text)] if len(line) > _FAR_TOO_LONG else []
    if sum(line.text.startswith("第", start) for start in starts) < 2:
        return [line]
    return [part for start, end in pairwise([0, *starts, len(line)]) if (part := line.cut(start, end))]
