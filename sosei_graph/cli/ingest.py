"""`sosei ingest`: documents to drafts, drafts to data, and how well a document was read."""

from pathlib import Path
from typing import Any

import click

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.output import FORMATS, deliver_table
from sosei_graph.cli.session import Session
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

FAMILIES = ("plan", "agreement", "strategy", "progress", "council")
_KINDS = Text(
    "文書の種類（省略すると文書から判断）: plan 地域再生計画、agreement 連携協約、strategy 総合戦略、"
    "progress 取組状況報告、council 会議資料",
    "kind of document (default: told from it): plan (regional revitalization), agreement, strategy, progress, council",
)
_TABLES = tuple(name for name in FORMATS if name not in ("xlsx", "turtle"))


@command(
    "ingest",
    needs_graph=False,
    details=Text(
        "文書ごとに、下書き（.ttl）、根拠の位置が指す本文（.txt）、確認用のページ（.html）、対応付けの提案"
        "（.suggestions.ttl、あれば）を書き出します。フォルダーを指定すると、中の文書をすべて取り込みます。"
        "読めない文書があっても他は続け、最後に終了コード 2 で終わります。下書きはグラフには入りません。"
        "確かめて直したら --accept で data/ に移します。確認済みのデータがある文書では、違いを表示するだけで、"
        "確認済みのほうを残します。\n"
        "--compare では何も書き出さず、確認済みのデータと比べた適合率と再現率を表示します。",
        "For each document writes a draft (.ttl), the text that its evidence points into (.txt), a review page (.html) "
        "and, where there are any, suggested alignments (.suggestions.ttl). All documents of a folder are taken. One "
        "that cannot be read does not stop the others; the exit code is then 2. Drafts are no part of the graph: check "
        "and mend them, then move them to data/ with --accept. Where a document has reviewed data, differences are "
        "shown and what was reviewed stays.\n"
        "With --compare nothing is written: precision and recall against reviewed data are shown.",
    ),
    example="sosei ingest plan.pdf\nsosei ingest documents/ -o drafts\nsosei ingest --accept data/drafts/plan.ttl\n"
    "sosei ingest plan.pdf --compare data/plan.ttl",
)
@argument(
    "files",
    nargs=-1,
    metavar="[FILE]...",
    help=Text("文書、または文書のフォルダー", "documents, or folders of them"),
)
@option(
    "-o",
    "--output",
    metavar="DIR",
    help=Text(
        "下書きを書き出すフォルダー（既定: data/drafts/）", "folder for the drafts (default: data/drafts/)"
    ),
)
@option("--kind", type=click.Choice(FAMILIES), metavar="KIND", help=_KINDS)
@option(
    "--document",
    metavar="SLUG",
    help=Text(
        "文書の名前（IRI の一部。既定: ファイル名）",
        "name of the document in IRIs (default: that of the file)",
    ),
)
@option(
    "--city",
    metavar="CITY",
    help=Text(
        "文書から分からないときの自治体（コードか名前）",
        "the government, where the document does not tell (code or name)",
    ),
)
@option(
    "--quote",
    is_flag=True,
    help=Text("文章も引用する（自分の文書に限る）", "quote prose as well (of documents of your own)"),
)
@option(
    "--compare",
    metavar="GRAPH",
    help=Text(
        "確認済みの Turtle と比べる（文書は一つ）", "compare with a reviewed Turtle file (one document)"
    ),
)
@option(
    "--format",
    "form",
    type=click.Choice(_TABLES),
    default="table",
    metavar="FORMAT",
    help=Text(
        f"--compare の形式: {', '.join(_TABLES)}（既定: table）",
        f"format for --compare: {', '.join(_TABLES)} (default: table)",
    ),
)
@option(
    "--accept",
    metavar="DRAFT",
    multiple=True,
    help=Text(
        "下書きか提案を data/ に移す（複数可）", "move a draft or suggestions to data/ (may be repeated)"
    ),
)
def ingest_command(session: Session, files: tuple[str, ...], accept: tuple[str, ...], **choices: Any) -> int:
    """Ingest, accept or compare."""
    compare, form = choices.pop("compare"), choices.pop("form")
    if accept and (files or compare):
        raise _usage(
            Text("--accept は文書の取り込みと同時には使えません", "--accept does not go with documents")
        )
    if accept:
        return _accept(session, [path_of(draft) for draft in accept])
    if not files:
        raise _usage(Text("文書を指定してください", "give a document"))
    paths = [path_of(file) for file in files]
    if compare:
        if len(paths) != 1:
            raise _usage(Text("--compare は文書一つと使います", "--compare goes with one document"))
        return _compare(session, paths[0], path_of(compare), form, choices)
    return _ingest(session, paths, choices)


def _usage(message: Text) -> SoseiError:
    return SoseiError(
        message, where="sosei ingest", hint=Text("使い方: sosei ingest --help", "see sosei ingest --help")
    )


def _wishes(session: Session, choices: dict[str, Any]) -> dict[str, Any]:
    return {
        "family": choices["kind"],
        "document": choices["document"],
        "city": choices["city"],
        "quote": choices["quote"],
        "lang": session.lang,
    }


def _ingest(session: Session, paths: list[Path], choices: dict[str, Any]) -> int:
    from sosei_graph.console import counting, show
    from sosei_graph.ingest.ingesting import ingest
    from sosei_graph.ingest_view import outcomes_view

    output = choices["output"]
    session.tell_what_is_not_used()
    with counting(Text("取り込んでいます", "ingesting"), session.lang) as progress:
        outcomes = ingest(
            paths,
            session.workspace,
            output=path_of(output) if output else None,
            progress=progress,
            **_wishes(session, choices),
        )
    show(outcomes_view(outcomes, session.workspace, session.lang))
    failed = [outcome.error for outcome in outcomes if outcome.error]
    for error in failed:
        session.tell(Text(error.line("ja"), error.line("en")))
    return 2 if failed else 0


def _accept(session: Session, drafts: list[Path]) -> int:
    from sosei_graph.console import show
    from sosei_graph.ingest.accepting import accept
    from sosei_graph.ingest.opening import open_for_drafts
    from sosei_graph.ingest_view import accepted_view, build_next_view

    for draft in drafts:
        accepted = accept(open_for_drafts(session.workspace), draft)
        show(accepted_view(accepted, session.workspace, session.lang))
    show(build_next_view(session.lang))
    return 0


def _compare(session: Session, document: Path, graph: Path, form: str, choices: dict[str, Any]) -> int:
    from sosei_graph.ingest.ingesting import compare_file

    comparison = compare_file(document, graph, session.workspace, **_wishes(session, choices))
    title = Text("{document} の読み取り: {graph} との比較", "How {document} was read: compared with {graph}")
    shown = title.fill(document=document.name, graph=graph.name).in_(session.lang)
    return deliver_table(session, comparison.table(shown, session.lang), form, None)
