"""The lines of a document in which goals and measures are looked for: no indicators' tables, no contents."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.text import fold

#: The dots of a table of contents, and the page after them.
LEADERS = re.compile(r"(?:[.．…‥・･]\s?){4,}\s*[-－]?\s*[0-9０-９]*\s*[-－]?\s*$|…{2,}|[.．]{6,}")
#: The sign of a heading in Markdown.
_HASHES = re.compile(r"#{1,6}\s+")
_CONTENTS = re.compile(r"目\s*次|もくじ|CONTENTS")
_NUMBER = re.compile(r"\s*[-－]?\s*[0-9０-９]{1,3}\s*[-－]?\s*$")
_COUNTER = re.compile(
    r"\s*[〈<＜(（]\s*(?P<page>[0-9０-９]{1,2})\s*[/／]\s*(?P<pages>[0-9０-９]{1,2})\s*[〉>＞)）]\s*$"
)


@dataclass(frozen=True)
class Line:
    """A printed line. `chunk` counts the pages, or what is kept apart like pages, `weak` the parts of these.

    `joined`: it goes on with the sentence of the line before. `parted`: a blank line stands before it. `tabled`: a
    table of indicators stands before it. `counter` is a `〈2/5〉` at its end, which the words are without.
    """

    words: Wording
    number: int
    chunk: int
    weak: int
    joined: bool = False
    parted: bool = False
    tabled: bool = False
    counter: tuple[int, int] | None = None
    contents: bool = False


@dataclass
class _Contents:
    """A table of contents: from its heading to the page's end, or to the first of its entries that comes again."""

    open: bool = False
    seen: set[str] = field(default_factory=set)

    def takes(self, text: str) -> bool:
        """Whether a line belongs to it."""
        if _CONTENTS.match(text) and len(text) < 12:
            self.open = True
            return True
        entry = fold(_NUMBER.sub("", LEADERS.sub("", text)))
        if self.open and entry in self.seen and not LEADERS.search(text):
            self.open = False
        if self.open:
            self.seen.add(entry)
        return self.open or LEADERS.search(text) is not None


def read_lines(source: Source, taken: Callable[[int], bool]) -> list[Line]:
    """The lines that stand in no table of indicators (`taken` tells the places that do)."""
    text = source.repaired.text
    printed = [line for line in source.repaired.lines if text[line.start : line.end].strip()]
    usual = _usual_gap(text, [(line.start, line.end) for line in printed])
    found: list[Line] = []
    chunk = weak = 0
    end, tabled = 0, False
    contents = _Contents()
    for line in printed:
        between = text[end : line.start]
        gap = between.count("\n")
        joined = bool(found) and gap == 0 and "\f" not in between and end > 0
        strong = _is_page_end(source, end, line.start, gap, usual)
        if strong:
            chunk, contents = chunk + 1, _Contents()
        if strong or (text[line.start : line.start + 1] == " " and usual == 1):
            weak += 1
        end = line.end
        if taken(line.start):
            tabled = True
            continue
        words = _unhashed(source.wording(line.start, line.end), source)
        counter = _COUNTER.search(words.text)
        pages = (int(counter["page"]), int(counter["pages"])) if counter else None
        words = words.cut(0, counter.start()) if counter else words
        inside = contents.takes(words.text)
        found.append(
            Line(words, len(found), chunk, weak, joined, gap > usual, tabled, pages, contents=inside)
        )
        tabled = False
    return found


def _unhashed(words: Wording, source: Source) -> Wording:
    """The words without the sign of a heading in Markdown."""
    hashes = _HASHES.match(words.text) if source.reading.media_type == "markdown" else None
    return words.cut(hashes.end()) if hashes else words


def _usual_gap(text: str, lines: list[tuple[int, int]]) -> int:
    """How many line ends stand between the lines of this text."""
    gaps = [text.count("\n", one[1], two[0]) for one, two in pairwise(lines)]
    if len(gaps) < 5:
        return 1
    return 2 if sum(gap == 2 for gap in gaps) > 0.6 * len(gaps) else 1


def _is_page_end(source: Source, end: int, start: int, gap: int, usual: int) -> bool:
    if source.reading.pages:
        return end > 0 and source.page_of(max(end - 1, 0)) != source.page_of(start)
    return gap >= 2 * usual + 2
