"""Click with help in two languages: texts are `Text`, and the session says which one is shown."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from sosei_graph.cli.session import Session
from sosei_graph.cli.summaries import SUMMARIES
from sosei_graph.errors import SoseiError
from sosei_graph.languages import LANGS, Lang, Text
from sosei_graph.wrapping import width_of, wrap

Function = Callable[..., int]
Rows = Sequence[tuple[str, str]]

_USAGE = Text("使い方", "Usage")
_ARGUMENTS = Text("引数", "Arguments")
_OPTIONS = Text("オプション", "Options")
_EXAMPLE = Text("例", "Example")
_HELP = Text("この説明を表示する", "show this help")
_LANG = Text("表示の言語（既定: 環境のロケール）", "language of what is shown (default: the locale's)")
_WORKSPACE = Text(
    "作業フォルダー（既定: 上位を含め sosei.toml のあるフォルダー、なければ同梱のもの）",
    "workspace (default: the nearest folder upward with a sosei.toml, else the package's own)",
)
_STORE = Text(
    "グラフを置くフォルダー（既定: sosei.toml の store、なければメモリー上）。変わったファイルだけを読み込みます",
    "folder that keeps the graph on disk; only files that changed are loaded again "
    "(default: store of sosei.toml, else in memory)",
)


def language(context: click.Context) -> Lang:
    """The language of the call that the context belongs to."""
    return (context.find_object(Session) or Session.of(())).lang


class HelpFormatter(click.HelpFormatter):
    """Click's help page, with East Asian widths and line breaks."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, each wrapped to the page."""
        for paragraph in text.splitlines():
            for line in wrap(paragraph, self.width - self.current_indent):
                self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(self, rows: Rows, col_max: int = 30, col_spacing: int = 2) -> None:  # type: ignore[override]
        """Write terms and what they mean side by side; a long term has its line for itself."""
        terms = [width_of(term) for term, _ in rows if width_of(term) <= col_max]
        column = self.current_indent + max(terms, default=0) + col_spacing
        for term, meaning in rows:
            lines = wrap(meaning, self.width - column)
            head = f"{'':{self.current_indent}}{term}"
            if width_of(head) + col_spacing > column:
                self.write(f"{head}\n")
                head = ""
            for line in lines:
                self.write(f"{head}{'':{column - width_of(head)}}{line}".rstrip() + "\n")
                head = ""


class _Context(click.Context):
    formatter_class = HelpFormatter


class Option(click.Option):
    """An option whose help is a `Text`."""

    def __init__(self, declarations: Sequence[str] | None = None, *, help: Text, **attributes: Any) -> None:  # noqa: A002 - click's name
        super().__init__(declarations, **attributes)
        self.text = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line of the help page."""
        record = super().get_help_record(ctx)
        return record and (record[0], self.text.in_(language(ctx)))


class Argument(click.Argument):
    """An argument whose help is a `Text`."""

    def __init__(self, declarations: Sequence[str], *, help: Text, **attributes: Any) -> None:  # noqa: A002 - click's name
        super().__init__(declarations, **attributes)
        self.text = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """The argument's line of the help page."""
        return self.make_metavar(ctx), self.text.in_(language(ctx))


class Command(click.Command):
    """A command with `--lang`, `--workspace` and `--store` (the session has read them), and bilingual help.

    One that does without the graph says `needs_graph=False` and has no `--store`.
    """

    context_class = _Context

    def __init__(
        self, name: str | None, *, summary: Text, details: Text | None = None, **attributes: Any
    ) -> None:
        self.example: str = attributes.pop("example", "")
        needs_graph = attributes.pop("needs_graph", True)
        super().__init__(name, **attributes)
        self.summary = summary
        self.details = details
        self.context_settings = {
            "allow_extra_args": True,
            "help_option_names": ["-h", "--help"],
            **self.context_settings,
        }
        self.params += [
            Option(["--lang"], type=click.Choice(LANGS), expose_value=False, help=_LANG),
            Option(["--workspace"], metavar="DIR", expose_value=False, help=_WORKSPACE),
        ]
        if needs_graph:
            self.params.append(Option(["--store"], metavar="DIR", expose_value=False, help=_STORE))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse what is left over."""
        rest = super().parse_args(ctx, args)
        if ctx.args and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            extra = " ".join(ctx.args)
            raise SoseiError(
                Text(f"余分な引数があります: {extra}", f"one argument too many: {extra}"),
                where=ctx.command_path,
                hint=Text(f"使い方: {ctx.command_path} --help", f"see {ctx.command_path} --help"),
            )
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line: how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write(f"{_USAGE.in_(language(ctx))}: {ctx.command_path} {pieces}\n")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, then the details."""
        for text in (self.summary, self.details):
            if text is not None:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(text.in_(language(ctx)))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The arguments that have a help text."""
        rows = [param.get_help_record(ctx) for param in self.params if isinstance(param, Argument)]
        write_section(ctx, formatter, _ARGUMENTS, rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, those of every command at the end."""
        records = [param.get_help_record(ctx) for param in self.params if isinstance(param, Option)]
        rows = [record for record in records if record]
        write_section(ctx, formatter, _OPTIONS, [*rows, ("-h, --help", _HELP.in_(language(ctx)))])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """An example to copy."""
        if self.example:
            with formatter.section(_EXAMPLE.in_(language(ctx))):
                formatter.write_text(self.example)


class Group(Command, click.Group):
    """A command with commands below it."""


def write_section(ctx: click.Context, formatter: click.HelpFormatter, heading: Text, rows: Rows) -> None:
    """Write a heading with terms and meanings below it, if there are any."""
    if rows:
        with formatter.section(heading.in_(language(ctx))):
            formatter.write_dl(rows)


def option(*declarations: str, help: Text, **attributes: Any) -> Callable[[Function], Function]:  # noqa: A002 - click's name
    """`click.option` with a bilingual help text."""
    return click.option(*declarations, cls=Option, help=help, **attributes)


def argument(*declarations: str, help: Text, **attributes: Any) -> Callable[[Function], Function]:  # noqa: A002 - click's name
    """`click.argument` with a bilingual help text."""
    return click.argument(*declarations, cls=Argument, help=help, **attributes)


def command(name: str, *, kind: type[Command] = Command, **attributes: Any) -> Callable[[Function], Command]:
    """A command of that name; its function gets the `Session` first and returns the exit code."""

    def decorate(function: Function) -> Command:
        attributes.setdefault("summary", SUMMARIES[name])
        return click.command(name, cls=kind, **attributes)(click.pass_obj(function))

    return decorate
