"""The command `sosei` itself: finds the commands, turns what goes wrong into one line and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn, cast

import click

from sosei_graph import __version__
from sosei_graph.blocks import clean
from sosei_graph.cli.arguments import decoded
from sosei_graph.cli.bilingual import Group, Option, language, write_section
from sosei_graph.cli.complaints import complaint
from sosei_graph.cli.session import Session
from sosei_graph.cli.summaries import SUMMARIES
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

INTERRUPTED = 130
CLOSED_PIPE = 141

_COMMANDS = Text("コマンド", "Commands")


class Root(Group):
    """The group of all commands. A command's module is imported when the command is chosen."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of the commands in the order of the help page."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name."""
        if cmd_name not in SUMMARIES:
            return None
        module = import_module(f"sosei_graph.cli.{cmd_name}")
        return cast(click.Command, getattr(module, f"{cmd_name}_command"))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; an unknown one is an error that suggests what may be meant."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            raise _unknown(ctx, args[0])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with one line each, without importing them."""
        lang = language(ctx)
        write_section(ctx, formatter, _COMMANDS, [(name, text.in_(lang)) for name, text in SUMMARIES.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands first: they are what a reader looks for."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that goes away (`| head`) ends it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would fail once more when the interpreter closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return CLOSED_PIPE
        return result

    def main(  # type: ignore[override] # click's overloads promise a value when not standalone; we always leave
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run the command line and leave with its exit code. `ahead` may be a store that is being opened."""
        arguments = list(sys.argv[1:] if args is None else args)
        session = Session.of(arguments)
        session.ahead = extra.pop("ahead", None)
        _open_closed()
        _use_utf8()
        try:
            arguments = decoded(arguments)
            read = Session.of(arguments)
            session.folder, session.store_folder = read.folder, read.store_folder
            code = super().main(arguments, prog_name, obj=session, **{**extra, "standalone_mode": False})
        except click.Abort:
            sys.exit(INTERRUPTED)
        except (SoseiError, click.ClickException, OSError) as error:
            click.echo(clean(complaint(error).line(session.lang)), err=True)
            sys.exit(2)
        sys.exit(code)


def _unknown(context: click.Context, name: str) -> SoseiError:
    """An unknown command: it may be a question's name, or mistyped."""
    from difflib import get_close_matches

    questions = {
        path.stem: f"query {path.stem}" for path in context.ensure_object(Session).workspace.queries()
    }
    known = {**questions, **{command: command for command in SUMMARIES}}
    near = [name] if name in known else get_close_matches(name, known, n=3)
    meant = ", ".join(f"{context.command_path} {known[each]}" for each in near)
    return SoseiError(
        Text(f"コマンド「{name}」はありません", f"there is no command {name}"),
        where=context.command_path,
        hint=Text(f"もしかして: {meant}", f"did you mean: {meant}")
        if near
        else Text(f"使い方: {context.command_path} --help", f"see {context.command_path} --help"),
    )


def _open_closed() -> None:
    """Streams that the caller has closed (`>&-`) lead nowhere: what would be written there is not wanted."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open until the end
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the end


def _use_utf8() -> None:
    """In a pipe or a file results are UTF-8 on every system; a terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                # A file's name that is no text comes out as the bytes that it is.
                stream.reconfigure(encoding="utf-8", errors="surrogateescape")


@click.command(
    cls=Root,
    name="sosei",
    summary=Text(
        "市町村の計画・KPI・連携協約を一つの知識グラフとして扱う",
        "Japanese municipal plans, their KPIs and cooperation agreements as one knowledge graph",
    ),
    details=Text(
        "終了コード: 0 正常、1 指摘あり、2 入力または使い方の誤り。",
        "Exit codes: 0 fine, 1 findings, 2 bad input or usage.",
    ),
    example="sosei build\nsosei query agreement-roles --city 高岡市",
    invoke_without_command=True,
)
@click.version_option(
    __version__,
    message="%(prog)s %(version)s",
    cls=Option,
    help=Text("版を表示する", "show the version"),
)
@click.pass_context
def root(context: click.Context) -> int:
    """Without a command, say what there is."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0
