"""`sosei trace`: the evidence, re-read in the sources."""

from pathlib import Path

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
        "一つの物事を指定すると、その箇所の文も表示します。一致しないと終了コードは 1 です。\n"
        "--coverage では逆に、原文のすべての数字について、事実の根拠か、対象外とした理由があるかを調べます。"
        "どちらもない数字を行と文字の位置で示し、終了コードは 1 になります。文書を一つ指定することもできます。",
        "Checks the digests of documents and spans, and that names, figures and periods stand in their "
        "spans. For one thing the spans are shown. The exit code is 1 when something does not match.\n"
        "With --coverage it goes the other way: every number that stands in the sources, or in that of one "
        "document, has to be evidence of a fact or to be omitted for a reason. Those that are neither are "
        "listed by line and column, and the exit code is 1.",
    ),
    example="sosei trace --sources sources\nsosei trace 16202/kpi/3-2 --sources sources\n"
    "sosei trace --coverage --sources sources",
)
@argument(
    "thing", required=False, help=Text("IRI、CURIE、コード、または名称", "an IRI, CURIE, code or label")
)
@option("--sources", metavar="DIR", envvar="SOSEI_SOURCES", help=SOURCES)
@option(
    "--coverage",
    is_flag=True,
    help=Text("原文の数字がすべて説明されているか調べる", "look for numbers of the sources without a fact"),
)
def trace_command(session: Session, thing: str | None, sources: str | None, coverage: bool) -> int:
    """Re-read the evidence of everything, or of one thing; or see what the evidence leaves out."""
    from sosei_graph.console import busy, show, trace_view
    from sosei_graph.evidence import sources_folder, trace
    from sosei_graph.names import resolve

    folder = sources_folder(session.workspace, path_of(sources) if sources else None)
    if coverage:
        return _coverage(session, thing, folder)
    with busy(Text("原文と照合しています", "comparing with the sources"), session.lang):
        report = trace(session.store, folder, resolve(session.store, thing) if thing else None)
    show(trace_view(report, session.store, session.lang, spans=thing is not None))
    return 0 if report.ok else 1


def _coverage(session: Session, document: str | None, folder: Path) -> int:
    from sosei_graph.console import busy, show
    from sosei_graph.coverage_view import coverage_view
    from sosei_graph.evidence import measure_coverage
    from sosei_graph.names import resolve

    with busy(Text("原文の数字を調べています", "looking at the numbers in the sources"), session.lang):
        iri = resolve(session.store, document, "document") if document else None
        report = measure_coverage(session.store, folder, iri)
    show(coverage_view(report, session.store, session.lang))
    return 0 if report.ok else 1
