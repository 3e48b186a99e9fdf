"""`sosei trace`: the evidence, re-read in the sources."""

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.session import Session
from sosei_graph.languages import Text

SOURCES = Text(
    "原文のフォルダー（既定: 環境変数 SOSEI_SOURCES、sosei.toml の sources）",
    "folder of the sources (default: the variable SOSEI_SOURCES, sources of sosei.toml)",
)


@command(
    "trace",
    details=Text(
        "文書と箇所のハッシュ値、そして名称・数値・時期が原文のその箇所にあることを確かめます。"
        "一つの物事を指定すると、その箇所の文も表示します。一致しないと終了コードは 1 です。",
        "Checks the digests of documents and spans, and that names, figures and periods stand in their "
        "spans. For one thing the spans are shown. The exit code is 1 when something does not match.",
    ),
    example="sosei trace --sources sources\nsosei trace kpi/3-2 --sources sources",
)
@argument(
    "thing", required=False, help=Text("IRI、CURIE、コード、または名称", "an IRI, CURIE, code or label")
)
@option("--sources", metavar="DIR", envvar="SOSEI_SOURCES", help=SOURCES)
def trace_command(session: Session, thing: str | None, sources: str | None) -> int:
    """Re-read the evidence of everything, or of one thing."""
    from sosei_graph.console import busy, show, trace_view
    from sosei_graph.evidence import sources_folder, trace
    from sosei_graph.names import resolve

    folder = sources_folder(session.workspace, path_of(sources) if sources else None)
    with busy(Text("原文と照合しています", "comparing with the sources"), session.lang):
        report = trace(session.store, folder, resolve(session.store, thing) if thing else None)
    show(trace_view(report, session.store, session.lang, spans=thing is not None))
    return 0 if report.ok else 1
