"""Which kind of value each column and each row of a table holds: what heads and first cells tell together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sosei_graph.ingest.extracting.indicators.grids import Row, Section, Slot, at_of
from sosei_graph.ingest.extracting.indicators.heads import Head, kind_of_row
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.records import ValueKind
from sosei_graph.text.dates import read_period


def settled(section: Section) -> Section:
    """現状値 beside 基準値 is the latest; 指標値 beside 目標年月 is the target; 数値目標 beside 指標 holds values."""
    columns = dict(section.columns)
    kinds = [head.kind for head in columns.values() if head.role == "value" and not head.now]
    if "baseline" in kinds:
        for column, head in columns.items():
            if head.role == "value" and head.kind == "baseline" and head.now:
                columns[column] = replace(head, kind="actual")
    plain = [at for at, head in columns.items() if head.role == "value" and head.is_year and not head.period]
    aims = [head for head in columns.values() if head.kind == "target"]
    if len(plain) == 1 and [head.role for head in aims] == ["when"] and not columns[plain[0]].rows:
        columns[plain[0]] = replace(columns[plain[0]], kind="target")
    for column in section.of("kind"):
        if not any(kind_of_row(slot.words.text) for row in section.rows if (slot := at_of(row, column))):
            columns[column] = Head("group")
    names = [column for column, head in columns.items() if head.role == "name"]
    for column in names if len(names) > 1 else ():
        texts = [slot.words.text for row in section.rows if (slot := at_of(row, column)) and slot.words]
        if texts and all(is_value(text) for text in texts):
            columns[column] = Head("value", "target" if columns[column].numeric else None)
    return replace(section, columns=columns)


def times(section: Section, row: Row) -> dict[int, Slot]:
    """The times in a row that holds nothing else: those of the values in the row above."""
    number = max((slot.row for slot in row if slot), default=0)
    slots = {
        column: slot
        for column in section.of("value")
        if (slot := at_of(row, column)) and slot.words and slot.row == number
    }
    periods = [read_period(slot.words.text) for slot in slots.values()]
    return slots if slots and all(period and period.start for period in periods) else {}


def row_kinds(section: Section, rows: Sequence[Row]) -> list[ValueKind | None]:
    """The kinds that rows tell: by a cell that says 目標 or 実績, or by 上段 and 下段 of the head."""
    told = next((head.rows for head in section.columns.values() if head.rows), ())
    if told and len(rows) == len(told):
        return list(told)
    kinds: list[ValueKind | None] = []
    for row in rows:
        beside = [slot for column, slot in enumerate(row) if slot and column not in section.of("value")]
        kinds.append(next((kind for slot in beside if (kind := kind_of_row(slot.words.text))), None))
    return kinds


def goes_by_years(section: Section) -> bool:
    """Whether the years without a kind are those of a report: two or more, rising, up to a target or to the present."""
    words = section.head_words
    own = {(words[at].start, words[at].end) if at in words else (at, at): at for at in section.of("value")}
    heads = [section.columns[column] for column in sorted(own.values())]
    years = [head.period.start for head in heads if head.kind is None and head.period and head.period.start]
    targets = [
        head.period.start for head in heads if head.kind == "target" and head.period and head.period.start
    ]
    rising = all(one < two for one, two in pairwise(years))
    if len(years) < 2 or not rising or not all(years[-1] <= target for target in targets):
        return False
    return bool(targets) or (any(head.kind == "baseline" for head in heads) and _is_open(section))


def _is_open(section: Section) -> bool:
    """Whether the last year without a kind has no figures yet: what is aimed at in a year would stand there."""
    last = max(at for at in section.of("value") if section.columns[at].is_year)
    texts = [slot.words.text for row in section.rows if (slot := at_of(row, last)) and slot.words]
    return not any(re.search(r"[0-9０-９]", text) for text in texts)
