"""`sosei cite`: the evidence for a text of a source, to paste into a data file."""

import click

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.session import Session
from sosei_graph.cli.trace import SOURCES
from sosei_graph.languages import Text


@command(
    "cite",
    needs_graph=False,
    details=Text(
        "改行・空白・全角と半角の違いは無視して探します。見つかったすべての箇所を出力します。",
        "Line breaks, spaces and widths do not matter. Every place where the text stands is printed.",
    ),
    example='sosei cite takaoka-himi-agreement "主体的に" --sources sources',
)
@argument(
    "document",
    help=Text("文書の名前（ID）、IRI、またはテキストファイル", "a document's slug, its IRI, or a text file"),
)
@argument("text", help=Text("探す文字列", "the text to find"))
@option("--sources", metavar="DIR", envvar="SOSEI_SOURCES", help=SOURCES)
def cite_command(session: Session, document: str, text: str, sources: str | None) -> int:
    """Print the Turtle of each place, and on standard error what is around it."""
    from sosei_graph.evidence import cite

    for citation in cite(session.workspace, document, text, path_of(sources) if sources else None):
        around = " ".join(f"{citation.before}【{citation.text}】{citation.after}".split())
        session.tell(Text(f"{citation.line} 行目: {around}", f"line {citation.line}: {around}"))
        click.echo(citation.turtle())
    return 0
