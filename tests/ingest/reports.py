"""Progress reports of a fictional city as HTML or text, and what is read of them."""

from pathlib import Path

from sosei_graph.ingest.extracting import progress
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Indicator, Value
from tests.ingest.extracted import indicators

#: A cell is its words, or its words with the rows and columns that it spans.
Cell = str | tuple[str, int, int]
Rows = list[list[Cell]]
Said = tuple[str, str, str]

GOAL = "例示市総合戦略 進捗状況\n基本目標１ 産業を育てる"


def html(*tables: Rows) -> str:
    """A page with tables below a goal."""
    return "\n".join([*(f"<p>{line}</p>" for line in GOAL.split("\n")), *map(_table, tables)])


def _table(rows: Rows) -> str:
    lines = ("".join(map(_cell, row)) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(cell: Cell) -> str:
    words, height, width = (cell, 1, 1) if isinstance(cell, str) else cell
    inside = words.replace("\n", "<br>")
    return f'<td rowspan="{height}" colspan="{width}">{inside}</td>'


def extract(tmp_path: Path, content: str, name: str = "report.html") -> Findings:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return progress.extract(read(path))


def said(value: Value) -> Said:
    when = value.when.period if value.when else None
    return value.kind, value.printed.text, (when.iri() or "") if when else ""


def table(tmp_path: Path, *tables: Rows) -> dict[str, list[Said]]:
    """What is read of tables: the values of each indicator by its name."""
    found = indicators(extract(tmp_path, html(*tables)))
    return {each.name.text: [said(value) for value in each.values] for each in found}


def only(findings: Findings) -> Indicator:
    (found,) = indicators(findings)
    return found
