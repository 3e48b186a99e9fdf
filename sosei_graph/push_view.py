"""What a push did, for a person."""

from sosei_graph.blocks import Block, Grid, Note
from sosei_graph.languages import Lang, Text
from sosei_graph.remote.pushing import PushResult

_LISTED = 10
_DONE = Text("サーバーのグラフは作業フォルダーと同じです", "The graph on the server is that of the workspace")
_NEARLY = Text("作業フォルダーのグラフはサーバーにあります", "The graphs of the workspace are on the server")
_NOT_DONE = Text(
    "サーバーのグラフは作業フォルダーと一致しません", "The graph on the server is not that of the workspace"
)
_COUNTS = {
    "sent": Text("送ったグラフ", "graphs sent"),
    "triples": Text("送ったトリプル", "triples sent"),
    "unchanged": Text("変わりのないグラフ", "graphs unchanged"),
    "deleted": Text("削除したグラフ", "graphs deleted"),
}
_LEFT = Text(
    "作業フォルダーにもうないグラフが残っています（--delete で削除します）",
    "Graphs that the workspace no longer has are still there (--delete removes them)",
)
_OUTDATED = Text(
    "推論された事実は前の状態のままです（--inferred で新しくなります）",
    "The inferred facts there are of an earlier state (--inferred renews them)",
)
_DIFFERENT = Text(
    "{graph}: {sent} トリプルを送りましたが、サーバーには {counted} しかありません",
    "{graph}: {sent} triples were sent, and the server has {counted}",
)


def push_view(result: PushResult, lang: Lang) -> list[Block]:
    """How much was sent, what was not, and what is left to do."""
    numbers = {
        "sent": len(result.sent),
        "triples": result.triples,
        "unchanged": len(result.unchanged),
        "deleted": len(result.deleted),
    }
    rows = tuple((_COUNTS[name].in_(lang), f"{number:,}") for name, number in numbers.items())
    headline = _NOT_DONE if result.different else _NEARLY if result.left or result.outdated else _DONE
    blocks: list[Block] = [
        Note(headline.in_(lang), "bad" if result.different else "heading"),
        Grid(rows, right=frozenset({1}), indent=2),
    ]
    for each in result.different:
        said = _DIFFERENT.fill(graph=each.graph, sent=f"{each.sent:,}", counted=f"{each.counted:,}")
        blocks.append(Note(said.in_(lang), "bad", indent=2))
    if result.left:
        blocks.append(Note(_LEFT.in_(lang), "warning"))
        blocks += [Note(graph, indent=2) for graph in result.left[:_LISTED]]
        blocks += [Note("…", indent=2)] if len(result.left) > _LISTED else []
    return [*blocks, Note(_OUTDATED.in_(lang), "warning")] if result.outdated else blocks
