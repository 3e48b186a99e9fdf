"""Writes docs/validation.md: what validation has to say of the project's own data, in both languages.

    python tools/validation.py

Violations and warnings stand there one by one, by shape; notes are counted by shape and document. No line numbers:
the page changes when the findings do.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from sosei_graph import files
from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.tables import in_markdown
from sosei_graph.validation.findings import SEVERITIES, Finding, Report
from sosei_graph.validation.report_formats import SEVERITY_NAMES, full_message, summary
from sosei_graph.validation.validating import validate
from sosei_graph.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"

TITLE = Text("検証の結果", "What validation says")
INTRO = Text(
    "このプロジェクトのデータに対する `sosei validate` の指摘の一覧です。`tools/validation.py` が書き出しました。"
    "違反は直すもの、注意は足りないものや確かめるもの、参考は知っておくものです。文書そのものに書かれていないことも"
    "注意や参考として残ります。行番号の付いた全文は `sosei validate` で得られます。",
    "What `sosei validate` reports on the data of this project. Written by `tools/validation.py`. Violations are "
    "wrong, warnings are missing or have to be checked, notes are worth knowing. What the documents themselves do "
    "not say remains as a warning or a note. `sosei validate` prints everything with line numbers.",
)
BY_FILE = Text("ファイルごとの数", "By file")
FILE, SUBJECT, MESSAGE = Text("ファイル", "File"), Text("対象", "Subject"), Text("指摘", "Finding")
SHAPE, NUMBER, EXAMPLE = Text("規則", "Shape"), Text("数", "Number"), Text("例", "Example")
TOTAL = Text("合計", "Total")
NOTHING = Text("指摘はありません。", "There is nothing to report.")


def page(report: Report) -> str:
    """The page as Markdown; it depends on the findings alone."""
    lines = [f"# {_both(TITLE)}", "", INTRO.ja, "", INTRO.en, "", f"**{_both(summary(report))}**", ""]
    lines += _by_file(report)
    for severity in SEVERITIES:
        found = sorted(
            (finding for finding in report.findings if finding.severity == severity),
            key=lambda finding: (
                finding.shape_name,
                finding.file,
                finding.label.ja,
                finding.focus,
                finding.message.ja,
            ),
        )
        lines += [f"## {_both(SEVERITY_NAMES[severity])}", ""]
        lines += _counted(found) if severity == "info" else _one_by_one(found)
    return "\n".join(lines).rstrip("\n") + "\n"


def _by_file(report: Report) -> Iterator[str]:
    """How many findings of each severity every file has."""
    names = sorted({*report.files, *(finding.file for finding in report.findings)} - {""})
    rows = [
        [_file(name), *(str(_count(report.findings, severity, name)) for severity in SEVERITIES)]
        for name in names
    ]
    rows.append([_both(TOTAL), *(str(report.counts[severity]) for severity in SEVERITIES)])
    head = [_both(FILE), *(_both(SEVERITY_NAMES[severity]) for severity in SEVERITIES)]
    yield from (f"## {_both(BY_FILE)}", "", *_table(head, rows, right={1, 2, 3}), "")


def _count(findings: Iterable[Finding], severity: str, name: str) -> int:
    return sum(finding.severity == severity and finding.file == name for finding in findings)


def _one_by_one(found: Sequence[Finding]) -> Iterator[str]:
    """Every finding, a table a shape."""
    for shape, members in groupby(found, key=lambda finding: finding.shape_name):
        listed = list(members)
        rows = [[_file(each.file), _lines(each.label), _lines(full_message(each))] for each in listed]
        yield from (f"### `{shape}` ({len(listed)})", "")
        yield from (*_table([_both(FILE), _both(SUBJECT), _both(MESSAGE)], rows), "")
    if not found:
        yield from (_both(NOTHING), "")


def _counted(found: Sequence[Finding]) -> Iterator[str]:
    """How many findings a shape has in a file, with the first of them."""
    rows = []
    for (shape, name), members in groupby(found, key=lambda finding: (finding.shape_name, finding.file)):
        listed = list(members)
        first = listed[0]
        ja = f"「{first.label.ja}」: {full_message(first).ja}"
        en = f"“{first.label.en}”: {full_message(first).en}"
        rows.append([f"`{shape}`", _file(name), str(len(listed)), _lines(Text(ja, en))])
    if rows:
        yield from _table([_both(SHAPE), _both(FILE), _both(NUMBER), _both(EXAMPLE)], rows, right={2})
    else:
        yield _both(NOTHING)
    yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    ends = set(right)
    rule = ["--:" if place in ends else "---" for place in range(len(head))]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def _file(name: str) -> str:
    return f"[{in_markdown(name)}](../{name})" if (ROOT / name).is_file() else in_markdown(name)


def _lines(text: Text) -> str:
    """Both languages, one below the other."""
    ja, en = in_markdown(text.ja), in_markdown(text.en)
    return ja if ja == en else f"{ja}<br>{en}"


def _both(text: Text) -> str:
    return text.ja if text.ja == text.en else f"{text.ja} / {text.en}"


def main(arguments: list[str]) -> int:
    """Validates the project's data and writes the page; 2 means bad input or usage."""
    if arguments:
        sys.stderr.write("usage: python tools/validation.py\n")
        return 2
    try:
        workspace = Workspace.find(ROOT)
        report = validate(workspace, open_store(workspace))
        files.make_folder(PAGE.parent)
        files.write(PAGE, page(report))
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
