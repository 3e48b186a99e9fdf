"""Writes docs/coverage.md: for every number of the sources, whether a fact was read from it, and if not, why.

    python tools/coverage.py SOURCES

SOURCES is the folder of the source documents (default: the variable SOSEI_SOURCES, the workspace's settings). What
is counted, and how, is said in `sosei_graph.evidence.coverage`; `sosei trace --coverage` shows the same figures.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sosei_graph import files
from sosei_graph.building import open_store
from sosei_graph.coverage_view import COLUMNS, around, reason_of, source_rows
from sosei_graph.errors import SoseiError
from sosei_graph.evidence import CoverageReport, Number, SourceCoverage, measure_coverage, sources_folder
from sosei_graph.evidence.coverage import LONGEST
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"

#: Sentences of a source are not copied: of what is around a number this much is shown on either side.
AROUND = 6

HEAD = f"""\
# 数字の対応 / Coverage

原文にある数字の一つ一つについて、どの事実の根拠になっているか、なっていなければなぜ読み取らなかったかを数えた表です。
数字とは、全角・半角の数字の並び（桁区切りと小数点を含む）と、①などの一字の数です。一体・四季・三谷のような漢数字は
語の一部なので数えず、万・千・割は前の数字に付くものとして読みます。

- **事実の数字**: 根拠の箇所の中にあり、その箇所から読み取ったものが、値・時期・名称・記号・日付などにその数を持つ。
- **根拠の中**: 事実の根拠の箇所の中にあるが、その数そのものは記録していない。
- **対象外**: 編集者が、事実として読み取らない理由を記した（`sosei:Omission`）。
- **説明なし**: そのいずれでもない。{LONGEST} 字を超える箇所は、どの数字の根拠ともみなさない。

二つ以上に当てはまる数字は、事実の数字、対象外、根拠の中の順で、先のものに数えます。
「字数」は数字の文字の数、「個数」はひと続きの数の数です。この表は `tools/coverage.py` が書き出し、
同じ数を `sosei trace --coverage` で確かめられます。

Every number that stands in a source, counted by what stands behind it: the fact it is evidence of, or the reason why no
fact was read from it. A number is a run of digits of any width with its commas and point, or one sign such as ①. Kanji
numerals inside words (一体, 四季, 三谷) are not counted; the scales 万, 千 and 割 belong to the digits before them.

- **Figures**: in a span of evidence, and what was read from there has this very number as its value, period, name,
  mark, date or the like.
- **In evidence**: in the span of a fact that does not record the number itself.
- **Omitted**: an editor has said why it is not read as a fact (`sosei:Omission`).
- **Unexplained**: none of these. A span of more than {LONGEST} characters counts as evidence for no number.

Where more than one holds, a number is a figure rather than omitted, and omitted rather than in evidence.
“Digits” are characters, “numbers” are runs of them. `tools/coverage.py` writes this page; `sosei trace --coverage`
shows the same counts.
"""
BY_SOURCE = Text("文書ごとの数", "By source")
UNEXPLAINED = Text("説明のない数字", "Unexplained numbers")
OMITTED = Text("対象外とした数字", "Omitted numbers")
IN_EVIDENCE = Text("根拠の中にあるが、記録していない数字", "Numbers in evidence that are not recorded")
NONE = Text("ありません。", "None.")
LINE, NUMBER, PLACE = Text("行", "Line"), Text("数字", "Number"), Text("前後", "Around")


def page(report: CoverageReport, store: Store) -> str:
    """The page as Markdown, both languages side by side; it depends on the report and the labels alone."""
    head = [_both(title) for title in COLUMNS]
    rows = [[_both(cell) for cell in row] for row in source_rows(report)]
    lines = [HEAD, f"## {_both(BY_SOURCE)}", "", *_table(head, rows, right=range(2, len(head))), ""]
    lines += _section(UNEXPLAINED, ((each, each.of("unexplained")) for each in report.sources))
    lines += _omissions(report, store)
    lines += _section(IN_EVIDENCE, ((each, each.of("evidence")) for each in report.sources))
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(title: Text, parts: Iterable[tuple[SourceCoverage, Sequence[Number]]]) -> Iterator[str]:
    """The numbers of one kind, a table a source."""
    yield from (f"## {_both(title)}", "")
    listed = [(source, numbers) for source, numbers in parts if numbers]
    for source, numbers in listed:
        yield from (f"### {source.file}", "", *_places(numbers), "")
    if not listed:
        yield from (_both(NONE), "")


def _omissions(report: CoverageReport, store: Store) -> Iterator[str]:
    """The omitted numbers, a table a source and reason."""
    yield from (f"## {_both(OMITTED)}", "")
    for source in report.sources:
        for reason, numbers in source.omissions().items():
            name = _both(Text(reason_of(store, reason, "ja"), reason_of(store, reason, "en")))
            yield from (f"### {source.file}: {name}", "", *_places(numbers), "")
    if not report.count("omitted"):
        yield from (_both(NONE), "")


def _places(numbers: Sequence[Number]) -> list[str]:
    """The line of each number, the number, and a few characters around it."""
    rows = []
    for number in numbers:
        before, after = around(number, AROUND)
        rows.append([str(number.line), _plain(number.text), _plain(f"{before}【{number.text}】{after}")])
    return _table([_both(title) for title in (LINE, NUMBER, PLACE)], rows, right=range(1))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int]) -> list[str]:
    ends = set(right)
    rule = ["--:" if place in ends else "---" for place in range(len(head))]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def _both(text: Text) -> str:
    return text.ja if text.ja == text.en else f"{text.ja} / {text.en}"


def _plain(text: str) -> str:
    """Text in which nothing is Markdown."""
    return re.sub(r"([\\`*_~\[\]<>|#&!])", r"\\\1", " ".join(text.split()))


def main(arguments: list[str]) -> int:
    """Measures with the sources in the folder that is named, and writes the page; 2 means bad input or usage."""
    if len(arguments) > 1:
        sys.stderr.write("usage: python tools/coverage.py [SOURCES]\n")
        return 2
    given = next(iter(arguments), os.environ.get("SOSEI_SOURCES"))
    try:
        workspace = Workspace.find(ROOT)
        store = open_store(workspace)
        report = measure_coverage(store, sources_folder(workspace, Path(given) if given else None))
        files.make_folder(PAGE.parent)
        files.write(PAGE, page(report, store))
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
