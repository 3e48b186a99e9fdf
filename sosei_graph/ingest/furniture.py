"""What belongs to the page and not to the text: running heads and page numbers.

Both are told only by their repetition over pages; a number that stands alone at the foot of one page stays.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sosei_graph.ingest.document import Line, Reading

_DASHES = "-‐-―−－ー–—~〜～・"
_NUMBER = re.compile(
    rf"(?P<mark>[{_DASHES}(（\[<〈]*|p\.?|page|頁|第)\s*(?P<number>[0-9]{{1,4}})\s*"
    rf"(?P<end>[{_DASHES})）\]>〉]*|ページ|頁|/\s*[0-9]{{1,4}}(?:\s*(?:ページ|頁))?)",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\S(?: {3,}|　{2,}|\t)\S")
#: Running heads stand among this many lines at the head or the foot of a page.
_OUTERMOST = 2
_LONGEST_HEAD = 60


def page_numbers(reading: Reading, lines: Sequence[Line]) -> list[Line]:
    """The lines that are page numbers: they count up with the pages, or, where no pages are known, with each other."""
    if len(reading.pages) < 2:
        return _counted_marks(reading, lines)
    groups: dict[int, list[Line]] = defaultdict(list)
    for page, outer in _outermost(reading, lines):
        for line in outer:
            match = _numbered(reading, line)
            if match:
                groups[int(match["number"]) - page].append(line)
    best = max(groups.values(), key=len, default=[])
    least = 2 if len(reading.pages) < 6 else 3
    return best if len({line.page for line in best}) >= least else []


def _counted_marks(reading: Reading, lines: Sequence[Line]) -> list[Line]:
    """`- 3 -`, `4/12`, `5ページ`: three at least, and each at most two further than the one before."""
    found: list[tuple[int, Line]] = []
    for line in lines:
        match = _numbered(reading, line)
        if match and (match["mark"].strip() or match["end"].strip()) and not _is_list_mark(match):
            found.append((int(match["number"]), line))
    steps = [two[0] - one[0] for one, two in pairwise(found)]
    return [line for _, line in found] if len(found) >= 3 and all(0 < step <= 2 for step in steps) else []


def _is_list_mark(match: re.Match[str]) -> bool:
    """`(3)` alone on a line is rather the mark of an entry than a page number."""
    return match["mark"].strip() in ("(", "（") or (
        not match["mark"].strip() and match["end"].strip() in (")", "）")
    )


def _numbered(reading: Reading, line: Line) -> re.Match[str] | None:
    text = reading.text[line.start : line.end].strip()
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", text)) if len(text) <= 16 else None


def running_heads(reading: Reading, lines: Sequence[Line]) -> list[Line]:
    """The lines that stand at the head or foot of several pages in the same place, from the second time on.

    The first one stays: on slides it is the heading of what follows.
    """
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for _, outer in _outermost(reading, lines):
        for line in outer:
            text = reading.text[line.start : line.end].strip()
            if not text or len(text) > _LONGEST_HEAD or _COLUMNS.search(text):
                continue
            place = round(line.box.top / 6) if line.box else None
            groups[("".join(text.split()), place)].append(line)
    least = max(2, min(3, len(reading.pages) // 2))
    return [
        line for group in groups.values() if len({line.page for line in group}) >= least for line in group[1:]
    ]


def _outermost(reading: Reading, lines: Sequence[Line]) -> Iterable[tuple[int, list[Line]]]:
    """The first and last lines of each page; `lines` stand in order."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.page is not None and reading.text[line.start : line.end].strip():
            by_page[line.page].append(line)
    for page, found in by_page.items():
        placed = all(line.box for line in found)
        ordered = sorted(found, key=lambda line: line.box.top if line.box else 0) if placed else found
        unique = {line.start: line for line in (*ordered[:_OUTERMOST], *ordered[-_OUTERMOST:])}
        yield page, list(unique.values())
