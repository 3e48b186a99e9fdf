"""`sosei export`: the graph in another format."""

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text


@command(
    "export",
    details=Text(
        "形式はファイル名の拡張子で決まります。.nq と .trig は名前付きグラフを保ちます。既定では、述べられた"
        "事実と語彙集（SKOS）だけを書き出します。.csv と .xlsx には指標の値などの表が、.graphml には計画と連携の"
        "ネットワーク（Gephi などで開けます）が入ります。",
        "The format follows the file's name. .nq and .trig keep the named graphs. By default only what is "
        "asserted is written: the data and the concept schemes. .csv and .xlsx hold tables: the indicators' "
        "values and more. .graphml holds the network of plans and cooperation, for Gephi and the like.",
    ),
    example="sosei export sosei.jsonld\nsosei export everything.nq --inferred",
)
@argument(
    "file",
    help=Text(
        "書き出し先: .ttl .trig .nt .nq .jsonld .rdf .csv .xlsx .graphml",
        "target: .ttl .trig .nt .nq .jsonld .rdf .csv .xlsx .graphml",
    ),
)
@option(
    "--inferred",
    is_flag=True,
    help=Text("推論された事実とオントロジーも含める", "add the vocabulary and what follows by reasoning"),
)
def export_command(session: Session, file: str, inferred: bool) -> int:
    """Write the file and say how much is in it."""
    from sosei_graph.exporting import export

    count = export(session.store, path_of(file), inferred=inferred, lang=session.lang)
    session.tell(
        Text("{file}: {count} 件を書き出しました", "{file}: {count} written").fill(
            file=file, count=f"{count:,}"
        )
    )
    return 0
