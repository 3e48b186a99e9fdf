"""`sosei push`: the graph to a SPARQL server."""

from typing import Any

from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.limits import Amount
from sosei_graph.cli.remote import USER_HELP, WAIT, login_of, patience_of
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text


@command(
    "push",
    details=Text(
        "Graph Store Protocol（SPARQL 1.1）で、名前付きグラフを一つずつ送ります。何を送ったかはサーバー側の"
        "小さなグラフに記録するので、変わっていないグラフは送らず、途中で止まっても続きから送れます。"
        "サーバー側で数えた件数が合わないグラフは送り直し、それでも合わなければ終了コードは 1 です。",
        "Sends one named graph at a time by the Graph Store Protocol of SPARQL 1.1. What has been sent is noted "
        "in a small graph on the server: graphs that have not changed are not sent again, and a push that was "
        "interrupted goes on where it stopped. A graph of which the server counts another number of triples is "
        "sent again; if that does not help, the exit code is 1.",
    ),
    example="sosei push http://localhost:7878/store --inferred\n"
    "sosei push https://example.jp/sparql-graph-crud-auth --user dba",
)
@argument(
    "url",
    help=Text(
        "グラフストアのアドレス（Oxigraph は …/store、Virtuoso は …/sparql-graph-crud-auth、Fuseki は …/data）",
        "address of the graph store (Oxigraph: …/store, Virtuoso: …/sparql-graph-crud-auth, Fuseki: …/data)",
    ),
)
@option(
    "--inferred",
    is_flag=True,
    help=Text("推論された事実とオントロジーも送る", "add the vocabulary and what follows by reasoning"),
)
@option(
    "--delete",
    is_flag=True,
    help=Text(
        "以前に送ったグラフのうち、作業フォルダーにもうないものを削除する",
        "delete graphs of an earlier push that the workspace no longer has",
    ),
)
@option("--user", metavar="NAME", envvar="SOSEI_USER", help=USER_HELP)
@option(
    "--endpoint",
    metavar="URL",
    help=Text(
        "問い合わせのアドレス（グラフストアのアドレスから分からない場合）",
        "address for queries, where it does not follow from that of the graph store",
    ),
)
@option(
    "--timeout",
    type=Amount(),
    metavar="SECONDS",
    help=Text(
        f"サーバーの応答を一度に何秒まで待つか（既定: {WAIT:g}、0 は無制限）",
        f"wait so many seconds for each answer of the server (default: {WAIT:g}; 0: any)",
    ),
)
def push_command(session: Session, url: str, timeout: float | None, **choices: Any) -> int:
    """Push, and say what was done."""
    from sosei_graph.console import counting, show
    from sosei_graph.push_view import push_view
    from sosei_graph.remote import Server, push

    session.tell_what_is_not_used()
    login = login_of(choices.pop("user"), session.lang)
    server = Server(url, choices.pop("endpoint"), login, patience_of(timeout))
    with counting(Text("送っています", "pushing"), session.lang) as progress:
        result = push(server, session.workspace, progress=progress, **choices)
    show(push_view(result, session.lang))
    return 1 if result.different else 0
