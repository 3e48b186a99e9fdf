"""`sosei format`: Turtle files into canonical order."""

import click

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text


@command(
    "format",
    needs_graph=False,
    details=Text(
        "ファイルを指定しなければ、作業フォルダーのすべての Turtle ファイルが対象です。書き換えたファイルの"
        "名前を出力します。--check では何も書き換えず、標準の順序でないファイルがあれば終了コードは 1 です。",
        "Without files, every Turtle file of the workspace. Prints the names of the files it rewrote. With "
        "--check nothing is written, and the exit code is 1 when a file is not in canonical order.",
    ),
    example="sosei format\nsosei format --check data/my-plan.ttl",
)
@argument("files", nargs=-1, metavar="[FILE]...", help=Text("整える Turtle ファイル", "the Turtle files"))
@option("--check", is_flag=True, help=Text("書き換えずに調べる", "write nothing, only look"))
def format_command(session: Session, files: tuple[str, ...], check: bool) -> int:
    """Rewrite, or with `check` name, the files that are not in canonical order."""
    from sosei_graph.formatting import format_files

    changed = format_files(session.workspace, [path_of(file) for file in files], check=check)
    for path in changed:
        click.echo(session.workspace.short(path))
    return 1 if check and changed else 0
