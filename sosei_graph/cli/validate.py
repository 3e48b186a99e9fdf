"""`sosei validate`: the findings, as a person or a program wants them."""

from typing import TYPE_CHECKING

import click

from sosei_graph.cli.arguments import path_of
from sosei_graph.cli.bilingual import argument, command, option
from sosei_graph.cli.output import deliver
from sosei_graph.cli.session import Session
from sosei_graph.languages import Lang, Text

if TYPE_CHECKING:
    from sosei_graph.store.memory import Store
    from sosei_graph.validation.findings import FailOn, Report

FORMATS = ("text", "html", "json", "turtle", "sarif", "junit")
LEVELS = ("violation", "warning", "never")


@command(
    "validate",
    details=Text(
        "ファイルを指定しなければ、作業フォルダーのすべての文書を検証し、文書にまたがる検査も行います。",
        "Without files, every document of the workspace is checked, also against one another.",
    ),
    example="sosei validate\nsosei validate --format html --output report.html --fail-on warning",
)
@argument("files", nargs=-1, metavar="[FILE]...", help=Text("検証する Turtle ファイル", "the Turtle files"))
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    metavar="FORMAT",
    help=Text(f"{', '.join(FORMATS)}（既定: text）", f"{', '.join(FORMATS)} (default: text)"),
)
@option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="violation",
    metavar="LEVEL",
    help=Text(
        f"この重大さから終了コードを 1 にする: {', '.join(LEVELS)}（既定: violation）",
        f"the exit code is 1 from this severity on: {', '.join(LEVELS)} (default: violation)",
    ),
)
@option(
    "-o", "--output", metavar="FILE", help=Text("標準出力ではなくファイルに書く", "write to a file instead")
)
def validate_command(
    session: Session, files: tuple[str, ...], form: str, fail_on: "FailOn", output: str | None
) -> int:
    """Check, and write the report."""
    from sosei_graph.console import counting
    from sosei_graph.validation.validating import validate

    session.tell_what_is_not_used()
    with counting(Text("検証しています", "validating"), session.lang) as progress:
        paths = [path_of(file) for file in files] or None
        store = (
            session.store if paths is None or session.workspace.documents() else _without_documents(session)
        )
        report = validate(session.workspace, store, paths, progress)
    deliver(_text(report, form, session.lang, fail_on), output)
    return 1 if report.exceeds(fail_on) else 0


def _without_documents(session: Session) -> "Store":
    """What a first draft is held against in a workspace that has no document yet."""
    from sosei_graph.ingest.opening import open_for_drafts

    return open_for_drafts(session.workspace)


def _text(report: "Report", form: str, lang: Lang, fail_on: "FailOn") -> str:
    from sosei_graph.validation import report_formats

    match form:
        case "html":
            return report_formats.report_html(report)
        case "json":
            return report_formats.report_json(report)
        case "turtle":
            return report_formats.report_turtle(report)
        case "sarif":
            return report_formats.report_sarif(report, lang)
        case "junit":
            return report_formats.report_junit(report, lang, fail_on)
        case _:
            return report_formats.report_text(report, lang)
