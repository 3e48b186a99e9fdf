"""`sosei build`: the main job."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sosei_graph.cli.bilingual import command, option
from sosei_graph.cli.session import Session
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

if TYPE_CHECKING:
    from sosei_graph.validation.working import Spread

_MASTER = "local[*]"


@command(
    "build",
    details=Text(
        "作業フォルダーの文書・語彙・規則を読み込み、推論し、検証して、グラフ（sosei.ttl、sosei.nq）と"
        "検証報告を build/ に書き出します。データに違反があれば終了コードは 1 です。入力に誤りがあれば、"
        "前回の build/ はそのまま残ります。--store を指定するとグラフをディスク上に保ち、次からは変わった"
        "ファイルだけを読み込みます。メモリーに収まらないグラフに向いています。",
        "Reads the workspace's documents, vocabulary and rules, reasons, validates, and writes the graph "
        "(sosei.ttl, sosei.nq) and the validation report to build/. The exit code is 1 when the data have a "
        "violation. Bad input leaves the previous build/ as it was. With --store the graph is kept on disk, and from "
        "the second time on only files that changed are loaded: for graphs that memory does not hold.",
    ),
    example="sosei build\nsosei build --workspace my-city --lang ja\nsosei build --store graph\n"
    "sosei build --executor spark --master spark://host:7077",
)
@option(
    "--executor",
    type=click.Choice(["local", "spark"]),
    default="local",
    help=Text(
        "文書を検証する場所。spark は Apache Spark（[spark] と Java が要ります）",
        "where documents are validated; spark is Apache Spark (needs [spark] and Java)",
    ),
)
@option(
    "--master",
    metavar="URL",
    help=Text(f"Spark のマスター（既定: {_MASTER}）", f"master of Spark (default: {_MASTER})"),
)
def build_command(session: Session, executor: str, master: str | None) -> int:
    """Build the workspace and print the summary."""
    from sosei_graph.building import build
    from sosei_graph.console import build_view, counting, show

    session.tell_what_is_not_used()
    with (
        _executor(executor, master) as elsewhere,
        counting(Text("グラフを作っています", "building the graph"), session.lang) as progress,
    ):
        result = build(session.workspace, progress, elsewhere)
    show(build_view(result, session.workspace, session.lang))
    if folder := session.workspace.store:
        session.tell(Text(f"グラフの保存先: {folder}", f"The graph is kept in {folder}"))
    return 0 if result.report.conforms else 1


@contextmanager
def _executor(name: str, master: str | None) -> "Iterator[Spread | None]":
    if name == "local":
        if master is not None:
            raise SoseiError(
                Text("--master は --executor spark とともに使います", "--master goes with --executor spark")
            )
        yield None
        return
    from sosei_graph.spark import spark

    with spark(master or _MASTER) as there:
        yield there.spread
