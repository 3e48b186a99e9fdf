"""The unit of a whole table, which stands in the line above it: `（単位：百万円）`."""

import re
from dataclasses import replace

from sosei_graph.ingest.extracting.indicators.grids import Row, Section, at_of
from sosei_graph.ingest.extracting.indicators.heads import folded, is_unit
from sosei_graph.ingest.extracting.indicators.values import unit_in
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Unread
from sosei_graph.languages import Text

SEVERAL = Text(
    "表の上に単位が二つ以上あり、どの指標の単位か分かりません",
    "several units stand above the table, and not told which is that of this indicator",
)

_CAPTION = re.compile(r"(?:^|[(\[【〔])単位(?:[:は]|(?=[^0-9]))(?P<units>[^()\[\]【】〔〕]{1,30})[)\]】〕]?$")
_BETWEEN = re.compile(r"[、,・／]|又は|または|及び")


def with_caption(section: Section, start: int, source: Source) -> list[Unread]:
    """Gives a section the unit above its table. Where there are several, rows without their own are not read."""
    line = _line_above(start, source)
    found = _CAPTION.search(folded(line.text))
    if found is None:
        return []
    if is_unit(found["units"]):
        place = line.folded.find(found["units"])
        section.caption = (
            line.cut_folded(place, place + len(found["units"])) if place >= 0 else section.caption
        )
        for column in section.of("name"):
            head = section.columns[column]
            section.columns[column] = replace(head, unit=head.unit or found["units"])
        return []
    units = _BETWEEN.split(found["units"])
    if len(units) < 2 or not all(is_unit(unit) for unit in units):
        return []
    bare = [row for row in section.rows if not _has_unit(section, row)]
    section.rows = [row for row in section.rows if not any(row is each for each in bare)]
    places = [[slot.words for slot in row if slot and slot.words] for row in bare]
    return [source.unread(words, SEVERAL) for words in places if words]


def _line_above(start: int, source: Source) -> Wording:
    """The printed line right above a place."""
    before = source.repaired.text[:start].rstrip(" 　\n")
    return source.wording(max(before.rfind("\n"), before.rfind("\f")) + 1, len(before))


def _has_unit(section: Section, row: Row) -> bool:
    """Whether a row has a unit of its own: in its column, behind the name or beside a value."""
    named = [slot.words for at in section.of("name") if (slot := at_of(row, at))]
    told = [slot for at in section.of("unit") if (slot := at_of(row, at)) and slot.words]
    values = [slot.words.folded for at in section.of("value") if (slot := at_of(row, at)) and slot.words]
    return (
        bool(told)
        or any(unit_in(words) for words in named)
        or all(re.search(r"\d[^\d.,]", each) for each in values)
    )
