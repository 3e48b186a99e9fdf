"""Results: to standard output, or to a file that is written whole or not at all."""

from typing import TYPE_CHECKING

import click

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.session import Session
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

if TYPE_CHECKING:
    from sosei_graph.tables import Table

#: Format of a table → the file endings that ask for it.
FORMATS = {
    "table": (".txt",),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "json": (".json", ".srj"),
    "markdown": (".md",),
    "xlsx": (".xlsx",),
    "turtle": (".ttl",),
}


def deliver(text: str, output: str | None) -> None:
    """Print the text, or write it to the file."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        from sosei_graph import files

        files.write(path_of(output), text)


def deliver_table(session: Session, table: "Table", form: str, output: str | None) -> int:
    """Print a table in the format, or write it to the file. Returns the exit code."""
    if form == "table" and output is None:
        from sosei_graph.console import show, table_view

        show(table_view(table, session.lang))
    elif form == "xlsx":
        _write_workbook(table, output)
    else:
        deliver(_text(session, table, form, to_file=output is not None), output)
    return 0


def chosen_format(form: str | None, output: str | None) -> str:
    """The format asked for, else the one that the file's ending asks for, else a table to read."""
    if form or not output:
        return form or "table"
    suffix = path_of(output).suffix.lower()
    known = {ending: name for name, endings in FORMATS.items() for ending in endings}
    if suffix not in known:
        listed = " ".join(known)
        raise SoseiError(
            Text("この拡張子からは形式が分かりません", "no format goes by this file ending"),
            where=output,
            hint=Text(
                f"使えるもの: {listed}。または --format を指定してください",
                f"one of: {listed}; or give --format",
            ),
        )
    return known[suffix]


def _text(session: Session, table: "Table", form: str, *, to_file: bool) -> str:
    from sosei_graph import tables
    from sosei_graph.blocks import plain
    from sosei_graph.console import table_view
    from sosei_graph.vocab import PREFIXES

    match form:
        case "csv":
            # Spreadsheets take a CSV file for the system's legacy encoding unless it begins with this mark.
            return ("\ufeff" if to_file else "") + tables.to_csv(table)
        case "tsv":
            return tables.to_tsv(table)
        case "json":
            return tables.to_json(table)
        case "markdown":
            return tables.to_markdown(table, session.lang)
        case "turtle":
            return tables.to_turtle(table, PREFIXES, session.workspace.base)
        case _:
            return plain(table_view(table, session.lang))


def _write_workbook(table: "Table", output: str | None) -> None:
    from sosei_graph.tables import to_xlsx

    if output is None:
        raise SoseiError(
            Text("xlsx は書き出し先のファイルが必要です", "xlsx needs a file to write to"),
            where="sosei query",
            hint=Text("例: --output answer.xlsx", "such as --output answer.xlsx"),
        )
    to_xlsx(table, path_of(output))
