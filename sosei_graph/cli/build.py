"""`sosei build`: the main job."""

from sosei_graph.cli.bilingual import command
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text


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
    example="sosei build\nsosei build --workspace my-city --lang ja\nsosei build --store graph",
)
def build_command(session: Session) -> int:
    """Build the workspace and print the summary."""
    from sosei_graph.building import build
    from sosei_graph.console import build_view, busy, show

    session.tell_what_is_not_used()
    with busy(Text("グラフを作っています", "building the graph"), session.lang):
        result = build(session.workspace)
    show(build_view(result, session.workspace, session.lang))
    if folder := session.workspace.store:
        session.tell(Text(f"グラフの保存先: {folder}", f"The graph is kept in {folder}"))
    return 0 if result.report.conforms else 1
