"""The answer to a question as a table: plain data, and its forms as CSV, TSV, JSON, Markdown, Excel and Turtle.

Printing on a terminal is elsewhere. Every function here is pure but `to_xlsx`, which writes a file.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Lang, Text
from sosei_graph.turtle import canonical

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Form = Literal["select", "ask", "construct"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{_XSD}string"
#: Types a spreadsheet may take as numbers. Years of type xsd:gYear and the like stay text.
NUMERIC = frozenset(
    _XSD + name
    for name in (
        "integer",
        "decimal",
        "double",
        "float",
        "int",
        "long",
        "short",
        "nonNegativeInteger",
        "positiveInteger",
    )
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?")
_NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_ILLEGAL_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What Markdown would read as a mark, a link, a tag, a cell's end or, before a name, as a character's name.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
_NO_ROWS = Text("該当なし", "no rows")


@dataclass(frozen=True)
class Column:
    """A column: the variable's name and what a reader sees above it."""

    name: str
    title: str


class Cell(NamedTuple):
    """A value: the RDF term (None where the row has none) and the text that stands for it."""

    term: Term | None
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column. An ASK has one cell; a CONSTRUCT has subject, predicate, object.

    `empty` says what it means if there are no rows, `note` what has to be known of the rows. Both are for
    readers: they are no part of CSV, TSV and JSON.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    form: Form = "select"
    empty: str = ""
    note: str = ""


def to_csv(table: Table) -> str:
    """Comma-separated values (RFC 4180) with the titles in the first line; safe to open in a spreadsheet."""
    return _delimited(table, ",")


def to_tsv(table: Table) -> str:
    """Tab-separated values, titles in the first line; tabs and line breaks in a value become spaces."""
    return _delimited(table, "\t")


def _delimited(table: Table, delimiter: str) -> str:
    import csv

    line_ends = (r"[\t\r\n]+", " ") if delimiter == "\t" else (r"\r\n?", "\n")
    out = io.StringIO()
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    writer = csv.writer(
        out,
        delimiter=delimiter,
        quoting=quoting,
        quotechar=None if delimiter == "\t" else '"',
        lineterminator="\n",
    )
    rows = [[_unarmed(column.title) for column in table.columns]]
    rows += [[_unarmed(cell.text) for cell in row] for row in table.rows]
    for row in rows:
        writer.writerow([re.sub(*line_ends, text) for text in row])
    return out.getvalue()


def _unarmed(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula (CSV injection)."""
    risky = len(text) > 1 and text[0] in "=+-@\t\r＝＋－＠" and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def to_json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON: the terms themselves, not the labels shown for them."""
    if table.form == "ask":
        answer = table.rows[0][0].term
        return _json({"head": {}, "boolean": isinstance(answer, ox.Literal) and answer.value == "true"})
    names = [column.name for column in table.columns]
    bindings = [
        {name: _json_term(cell.term) for name, cell in zip(names, row, strict=True) if cell.term is not None}
        for row in table.rows
    ]
    return _json({"head": {"vars": names}, "results": {"bindings": bindings}})


def _json(document: object) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    described: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        described["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        described["datatype"] = term.datatype.value
    return described


def to_markdown(table: Table, lang: Lang) -> str:
    """A table of GitHub Flavored Markdown, and below it what has to be known of the rows.

    Columns of numbers are set to the right. A table without rows is the sentence that says what this means.
    """
    note = f"\n{in_markdown(table.note)}\n" if table.note else ""
    if not table.rows:
        meaning = f": {table.empty}" if table.empty else ""
        return in_markdown(_NO_ROWS.in_(lang) + meaning) + f"\n{note}"
    right = numeric_columns(table)
    rule = ["--:" if place in right else "---" for place in range(len(table.columns))]
    rows = [[in_markdown(column.title) for column in table.columns], rule]
    rows += [[in_markdown(cell.text) for cell in row] for row in table.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + note


def in_markdown(text: str) -> str:
    """The text for a line of Markdown: nothing in it is a mark, and line breaks stay."""
    return re.sub(r"\s*[\r\n]+\s*", "<br>", _MARKDOWN.sub(r"\\\g<0>", text.strip()))


def numeric_columns(table: Table) -> frozenset[int]:
    """The places of the columns that hold numbers and nothing else."""

    def numeric(place: int) -> bool:
        terms = [row[place].term for row in table.rows if row[place].term is not None]
        return bool(terms) and all(
            isinstance(term, ox.Literal) and term.datatype.value in NUMERIC for term in terms
        )

    return frozenset(place for place in range(len(table.columns)) if numeric(place))


def to_turtle(table: Table, prefixes: Mapping[str, str], base: str | None = None) -> str:
    """The triples of a CONSTRUCT as canonical Turtle."""
    if table.form != "construct":
        raise SoseiError(
            Text("Turtle にできるのは CONSTRUCT の結果だけです", "only the result of a CONSTRUCT is Turtle"),
            hint=Text("csv か json を選んでください", "choose csv or json"),
        )
    return canonical([_triple(row) for row in table.rows], prefixes, base)


def _triple(row: tuple[Cell, ...]) -> ox.Triple:
    subject, predicate, value = (cell.term for cell in row)
    if (
        not isinstance(subject, ox.NamedNode | ox.BlankNode)
        or not isinstance(predicate, ox.NamedNode)
        or not value
    ):
        raise ValueError(f"not a triple: {row}")
    return ox.Triple(subject, predicate, value)


def to_xlsx(table: Table, path: Path) -> None:
    """An Excel workbook with the table as its one sheet: see `to_workbook`."""
    to_workbook([table], path)


def to_workbook(tables: Sequence[Table], path: Path) -> None:
    """An Excel workbook, one sheet a table: a fixed header, a filter, numbers as numbers, the rest as text.

    Needs openpyxl (`pip install "sosei-graph[excel]"`); `SoseiError` when it is missing.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise SoseiError(
            Text("Excel の書き出しには openpyxl が必要です", "writing Excel files needs openpyxl"),
            hint=Text('pip install "sosei-graph[excel]"', 'pip install "sosei-graph[excel]"'),
        ) from error
    from sosei_graph import files

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for table in tables:
        _fill(book.create_sheet(_sheet_name(table.title)), table)
    content = io.BytesIO()
    book.save(content)
    files.write(path, content.getvalue())


def _fill(sheet: "Worksheet", table: Table) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from sosei_graph.wrapping import width_of

    header = tuple(Cell(None, column.title) for column in table.columns)
    for number, row in enumerate((header, *table.rows), start=1):
        for place, cell in enumerate(row, start=1):
            value = _sheet_value(cell)
            target = sheet.cell(number, place, value)
            if isinstance(value, str):
                target.data_type = "s"  # openpyxl would take a text that starts with = for a formula
    for place, column in enumerate(table.columns, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        texts = [column.title, *(row[place - 1].text for row in table.rows)]
        sheet.column_dimensions[get_column_letter(place)].width = min(60, 2 + max(map(width_of, texts)))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    # Printed under the page, so that the rows stay rows. There & begins a code.
    if table.note and sheet.oddFooter is not None:
        sheet.oddFooter.left.text = table.note.replace("&", "&&")


def _sheet_value(cell: Cell) -> str | int | Decimal | date | None:
    term = cell.term
    if isinstance(term, ox.Literal) and term.datatype.value in NUMERIC and _NUMERAL.fullmatch(term.value):
        number = Decimal(term.value)
        return int(number) if number == number.to_integral_value() else number
    if isinstance(term, ox.Literal) and term.datatype.value == f"{_XSD}date":
        try:
            return date.fromisoformat(term.value)
        except ValueError:
            return cell.text
    return _ILLEGAL_IN_XML.sub("", cell.text) or None


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "sosei"
