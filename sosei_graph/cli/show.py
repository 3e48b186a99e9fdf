"""`sosei show`: everything known of a thing, or how it is connected with another."""

from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text


@command(
    "show",
    details=Text(
        "事実ごとに、どの文書・編集者の判断・推論によるものかを示し、根拠となる箇所を挙げます。--to を付けると、"
        "二つのものがどうつながっているかを、最短の道筋で示します。",
        "Each fact says whether a document, an editor's judgement or a rule states it, and the places of "
        "evidence are listed. With --to, the shortest ways from one thing to another are told.",
    ),
    example="sosei show 高岡市\nsosei show 16202/kpi/3-2 --lang ja\nsosei show 高岡市 --to 氷見市",
)
@argument("thing", help=Text("IRI、CURIE、コード、または名称", "an IRI, CURIE, code or label"))
@option(
    "--to",
    "other",
    metavar="OTHER",
    help=Text(
        "これとのつながりを示す（IRI、コード、名称など）", "tell how the thing is connected with this one"
    ),
)
@option(
    "--all", "everything", is_flag=True, help=Text("長い並びも省略しない", "leave nothing out of long lists")
)
def show_command(session: Session, thing: str, other: str | None, everything: bool) -> int:
    """Print the description of a thing, or how two are connected."""
    from sosei_graph.console import description_view, show
    from sosei_graph.describe import LIMIT, describe
    from sosei_graph.names import resolve

    iri = resolve(session.store, thing)
    if other is not None:
        return _show_connection(session, iri, resolve(session.store, other), everything)
    described = describe(session.store, iri, session.lang, None if everything else LIMIT)
    show(description_view(described, session.lang))
    return 0


def _show_connection(session: Session, start: str, end: str, everything: bool) -> int:
    from sosei_graph.console import connection_view, show
    from sosei_graph.network import LIMIT, MOST, connect

    connection = connect(session.store, start, end, session.lang, MOST if everything else LIMIT)
    show(connection_view(connection, session.lang))
    return 0
