"""`sosei query`: each question of the workspace is a command of its own, with its parameters as options."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import Command, Group, Option, command, write_section
from sosei_graph.cli.limits import asked_limits, limit_options, own_limits
from sosei_graph.cli.output import FORMATS, chosen_format, deliver_table
from sosei_graph.cli.remote import ask_there, asked_server, endpoint_options
from sosei_graph.cli.session import Session
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

if TYPE_CHECKING:
    from sosei_graph.queries import Limits, Question
    from sosei_graph.tables import Table

_Answer = Callable[[Session, dict[str, str | None], "Limits | None"], "Table"]

#: A value of each type of parameter, for the example in a question's help.
EXAMPLES = {
    "agreement": "agreement/16202-16205/2026-01-19",
    "area": "area:toyama-gosei",
    "boolean": "true",
    "date": "2026-04-01",
    "document": "doc:takaoka-himi-agreement",
    "element": "goal/1",
    "government": "高岡市",
    "indicator": "indicator:population",
    "integer": "10",
    "item": "item/3-1-4",
    "plan": "plan/16202/regional-revitalization-2",
    "sdg": "11.2",
    "text": "観光",
    "theme": "theme:childcare",
    "year": "2026",
}
_OWN = Text("自分で書いた SPARQL に答える", "answer a SPARQL query of your own")
_QUESTIONS = Text("質問", "Questions")
_COLUMNS = {
    "name": Text("名前", "Name"),
    "title": Text("質問", "Question"),
    "parameters": Text("パラメーター", "Parameters"),
}


class Questions(Group):
    """The group of all questions; any other name is that of a file with a query, or `-`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the questions."""
        return [path.stem for path in ctx.ensure_object(Session).workspace.queries()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The question of that name, or the query in that file or on standard input."""
        from sosei_graph import queries

        path = path_of(cmd_name)
        if cmd_name == "-":
            return _own_command(_standard_input(), "-")
        if cmd_name not in self.list_commands(ctx) and (path.suffix == ".rq" or path.is_file()):
            return _own_command(path, cmd_name)
        question = queries.find(ctx.ensure_object(Session).workspace, cmd_name)
        usual = None if queries.is_packaged(question) else own_limits()
        return _command(
            cmd_name,
            question,
            lambda session, values, limits: queries.ask(
                session.store, question, session.lang, limits or usual, **values
            ),
            asked=question,
            params=limit_options(hidden=usual is None),
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The questions with their titles, then the options."""
        from sosei_graph import queries

        session = ctx.ensure_object(Session)
        rows = [(each.name, each.title.in_(session.lang)) for each in queries.catalogue(session.workspace)]
        write_section(ctx, formatter, _QUESTIONS, rows)
        super().format_options(ctx, formatter)


def _own_command(source: Path | str, name: str) -> Command:
    """A user's own query: a file, or the text that came on standard input."""
    from sosei_graph import queries
    from sosei_graph.integrity import read_text
    from sosei_graph.queries import headers

    text = read_text(source) if isinstance(source, Path) else source
    question = headers.parse(text, Path(name).stem, name) if headers.has_head(text) else None
    return _command(
        name,
        question,
        lambda session, values, limits: queries.ask_file(
            session.store, source, session.lang, limits or own_limits(), **values
        ),
        asked=source,
        params=limit_options(),
    )


def _command(
    name: str,
    question: "Question | None",
    answer: "_Answer",
    *,
    asked: "Question | Path | str",
    params: list[click.Parameter],
) -> Command:
    """A command with an option for each parameter of the question; `asked` is what a server is asked."""

    @click.pass_context
    def run(context: click.Context, /, form: str | None, output: str | None, **values: str | None) -> int:
        outer = (
            context.parent.params if context.parent else {}
        )  # `sosei query --format csv NAME` works as well
        session = context.ensure_object(Session)
        output = output or outer.get("output")
        form = chosen_format(form or outer.get("form"), output)
        limits = asked_limits(session, values, outer)
        server = asked_server(values, outer, session.lang)
        table = (
            ask_there(session, server, asked, values, limits) if server else answer(session, values, limits)
        )
        return deliver_table(session, table, form, output)

    options = [
        Option([f"--{each.name}", each.name], metavar=each.type.upper(), help=each.label)
        for each in (question.parameters if question else ())
    ]
    return Command(
        name,
        summary=question.title if question else _OWN,
        details=question.description if question else None,
        example=f"sosei query {name}{_first_parameter(question)}",
        params=[*options, *_output_options(), *params, *endpoint_options()],
        callback=run,
    )


def _first_parameter(question: "Question | None") -> str:
    """The parameter that the example of a question's help shows."""
    # A city is what most people narrow a question by.
    shown = sorted(question.parameters if question else (), key=lambda each: each.type != "government")[:1]
    return "".join(f" --{each.name} {each.example or EXAMPLES[each.type]}" for each in shown)


def _output_options() -> list[click.Parameter]:
    names = ", ".join(FORMATS)
    return [
        Option(
            ["--format", "form"],
            type=click.Choice(list(FORMATS)),
            metavar="FORMAT",
            help=Text(
                f"{names}（既定: 書き出し先の拡張子による。なければ table）",
                f"{names} (default: as the name of --output says, else table)",
            ),
        ),
        Option(
            ["-o", "--output"],
            metavar="FILE",
            help=Text("標準出力ではなくファイルに書く（xlsx では必須）", "write to a file (xlsx needs one)"),
        ),
    ]


def _standard_input() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        raise SoseiError(
            Text(f"UTF-8 ではない文字があります（{byte}）", f"not UTF-8: byte {byte}"), where="-"
        ) from error


@command(
    "query",
    kind=Questions,
    details=Text(
        "質問の名前、SPARQL のファイル、または -（標準入力）を指定します。指定しなければ一覧を表示します。"
        "質問ごとのパラメーターは「sosei query 名前 --help」で分かります。",
        "Takes the name of a question, a file with SPARQL, or - (standard input); without one it lists the "
        "questions. “sosei query NAME --help” tells a question's parameters.",
    ),
    example=(
        "sosei query agreement-roles --city 高岡市\n"
        "sosei query kpis --format xlsx -o kpis.xlsx\n"
        "sosei query my-question.rq --format csv"
    ),
    params=[*_output_options(), *limit_options(), *endpoint_options()],
    subcommand_metavar="[NAME | FILE.rq | -] [--PARAM VALUE]...",
    invoke_without_command=True,
)
def query_command(session: Session, form: str | None, output: str | None, **_: float | str | None) -> int:
    """List the questions, unless one was asked."""
    if click.get_current_context().invoked_subcommand is not None:
        return 0
    return deliver_table(session, _list(session), chosen_format(form, output), output)


def _list(session: Session) -> "Table":
    """The questions as a table."""
    import pyoxigraph as ox

    from sosei_graph import queries
    from sosei_graph.tables import Cell, Column, Table

    rows = [
        (
            each.name,
            each.title.in_(session.lang),
            " ".join(f"--{parameter.name}" for parameter in each.parameters),
        )
        for each in queries.catalogue(session.workspace)
    ]
    return Table(
        _QUESTIONS.in_(session.lang),
        tuple(Column(name, title.in_(session.lang)) for name, title in _COLUMNS.items()),
        tuple(tuple(Cell(ox.Literal(text), text) for text in row) for row in rows),
    )
