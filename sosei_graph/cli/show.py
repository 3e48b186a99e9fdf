"""`sosei show`: everything known of a thing."""

from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text


@command(
    "show",
    details=Text(
        "事実ごとに、どの文書・編集者の判断・推論によるものかを示し、根拠となる箇所を挙げます。",
        "Each fact says whether a document, an editor's judgement or a rule states it, and the places of "
        "evidence are listed.",
    ),
    example="sosei show 高岡市\nsosei show 16202\nsosei show kpi/3-2 --lang ja",
)
@argument("thing", help=Text("IRI、CURIE、コード、または名称", "an IRI, CURIE, code or label"))
@option(
    "--all", "everything", is_flag=True, help=Text("長い並びも省略しない", "leave nothing out of long lists")
)
def show_command(session: Session, thing: str, everything: bool) -> int:
    """Print the description of a thing."""
    from sosei_graph.console import description_view, show
    from sosei_graph.describe import LIMIT, describe
    from sosei_graph.names import resolve

    iri = resolve(session.store, thing)
    described = describe(session.store, iri, session.lang, None if everything else LIMIT)
    show(description_view(described, session.lang))
    return 0
