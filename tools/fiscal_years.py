"""Writes data/calendar.ttl: the fiscal and calendar years 1985 to 2075 with their Japanese eras.

    python tools/fiscal_years.py > data/calendar.ttl

Eras come from the library japanera, which only this script needs. Years to come are counted in the present
era.
"""

import datetime as dt
import sys
from collections.abc import Iterator

import pyoxigraph as ox

from sosei_graph.turtle import canonical
from sosei_graph.vocab import BASE, PREFIXES

YEARS = range(1985, 2076)

HEAD = """\
# Fiscal years (1 April to 31 March) and calendar years from 1985 to 2075, written by tools/fiscal_years.py.
# 会計年度（４月１日から翌年３月31日まで）と暦年。元号の変わる年は、年度は年末の元号（2019年度は令和元年度）、
# 暦年は両方の元号（平成31年・令和元年）で示し、先の年は今の元号で数える。
"""

A = ox.NamedNode(f"{PREFIXES['rdf']}type")
LABEL = ox.NamedNode(f"{PREFIXES['rdfs']}label")
SOSEI = PREFIXES["sosei"]
DATE = ox.NamedNode(f"{PREFIXES['xsd']}date")


def era_year(date: dt.date) -> str:
    """The year of the era on a day, as written officially: `令和8年`, `平成元年`."""
    from japanera import EraDate  # type: ignore[import-not-found, import-untyped, unused-ignore]

    era = EraDate.from_date(date).era
    number = era.calc_relative_year(date)
    return f"{era.kanji}{'元' if number == 1 else number}年"


def fiscal_label(year: int) -> str:
    """`令和8年度（2026年度）`, with the era of the last day of the year in which it begins."""
    return f"{era_year(dt.date(year, 12, 31))}度（{year}年度）"


def calendar_label(year: int) -> str:
    """`令和8年（2026年）`; a year in which the era changed carries both."""
    eras = dict.fromkeys((era_year(dt.date(year, 1, 1)), era_year(dt.date(year, 12, 31))))
    return f"{'・'.join(eras)}（{year}年）"


def triples(year: int) -> Iterator[ox.Triple]:
    """The fiscal year and the calendar year of one number."""
    fiscal = ox.NamedNode(f"{PREFIXES['fy']}{year}")
    yield ox.Triple(fiscal, A, ox.NamedNode(f"{SOSEI}FiscalYear"))
    yield ox.Triple(fiscal, LABEL, ox.Literal(fiscal_label(year), language="ja"))
    yield ox.Triple(fiscal, LABEL, ox.Literal(f"FY{year}", language="en"))
    yield from _dates(fiscal, dt.date(year, 4, 1), dt.date(year + 1, 3, 31))
    calendar = ox.NamedNode(f"{PREFIXES['cy']}{year}")
    yield ox.Triple(calendar, A, ox.NamedNode(f"{SOSEI}CalendarYear"))
    yield ox.Triple(calendar, LABEL, ox.Literal(calendar_label(year), language="ja"))
    yield ox.Triple(calendar, LABEL, ox.Literal(str(year), language="en"))
    yield from _dates(calendar, dt.date(year, 1, 1), dt.date(year, 12, 31))


def _dates(node: ox.NamedNode, start: dt.date, end: dt.date) -> Iterator[ox.Triple]:
    for name, date in (("startDate", start), ("endDate", end)):
        yield ox.Triple(node, ox.NamedNode(SOSEI + name), ox.Literal(date.isoformat(), datatype=DATE))


if __name__ == "__main__":
    facts = [fact for number in YEARS for fact in triples(number)]
    sys.stdout.buffer.write(canonical(facts, PREFIXES, BASE, HEAD).encode())
