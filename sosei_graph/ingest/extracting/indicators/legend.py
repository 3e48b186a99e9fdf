"""Indicators that a table calls by a sign only (ＫＰＩ①), whose names and units are listed before it.

ＫＰＩ①　観光入込客数　単位　千人
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import widths_folded

_SIGN = r"(?:KPI|ＫＰＩ)[ \t　]*(?P<sign>[①-⑳]|[(（]?[0-9０-９]{1,2}[)）]?)"
#: Between the parts of an entry: white space, or the line between cells of Markdown.
_GAP = r"[\s|｜]"
_ENTRY = re.compile(
    rf"{_SIGN}{_GAP}*[:：]?{_GAP}+(?P<name>(?:(?!KPI|ＫＰＩ|単位)[^。|｜]){{1,90}}?){_GAP}*[(（]?単位{_GAP}*[:：]?{_GAP}*(?P<unit>[^\s()（）|｜]{{1,10}})[)）]?"
)
#: The rest of a name that is wrapped around its unit.
_REST = re.compile(r"[^。0-9０-９]{0,60}")
_PARTING = " \t\n\f\r　|｜\u2028-:"
_CALLED = re.compile(r"KPI(?P<sign>[①-⑳]|\(?[0-9]{1,2}\)?)")
_NONE = re.compile(r"[-－―ー‐−–]+")
#: What may stand below the last entry; other words may be the rest of its name.
_HEAD = re.compile(
    r"[\s|｜]*(?:$|KPI|ＫＰＩ|【|※|事業開始|申請時|[(（]?現時点|[0-9０-９]|令和|平成|[^\n]*(?:年度|増加分))"
)


@dataclass(frozen=True)
class Entry:
    """The name of an indicator, nothing where the list has a dash for it, and its unit where it has one."""

    name: Wording
    unit: Wording | None = None


def find_legend(source: Source) -> dict[str, Entry]:
    """What signs stand for; none that the document lists twice, or whose name may go on below."""
    entries: dict[str, Entry] = {}
    twice: set[str] = set()
    for found, rest in _found(source.repaired.text):
        sign = widths_folded(found["sign"])[0]
        name = source.wording(*found.span("name"))
        name = join([name, source.wording(*rest)]) if rest else name
        unit = source.wording(*found.span("unit"))
        if sign in entries or rest is None:
            twice.add(sign)
        is_none = _NONE.fullmatch(name.text) is not None
        entries[sign] = Entry(Wording() if is_none else name, None if _NONE.fullmatch(unit.text) else unit)
    return {sign: entry for sign, entry in entries.items() if sign not in twice}


def _found(text: str) -> Iterator[tuple[re.Match[str], tuple[int, int] | None]]:
    """The entries, and where the rest of the name stands between one and the next; None where it is not certain."""
    entries = list(_ENTRY.finditer(text))
    for found, after in zip_longest(entries, entries[1:]):
        if after is None:
            yield found, (found.end(), found.end()) if _HEAD.match(text, found.end()) else None
        else:
            between = text[found.end() : after.start()]
            place = (found.end(), after.start()) if between.strip(_PARTING) else (found.end(), found.end())
            yield found, place if _REST.fullmatch(between) else None


def sign_of(name: Wording) -> str | None:
    """The sign that a name is and nothing else."""
    found = _CALLED.fullmatch(name.folded)
    return found["sign"] if found else None
