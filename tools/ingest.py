"""Writes the tables of docs/ingest.md: how well the sources of the project's own documents are read, and what is not.

    python tools/ingest.py SOURCES

SOURCES is the folder of the texts that the project's documents were read from.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.ingest.comparing import Comparison, Row
from sosei_graph.ingest.ingesting import compare_file
from sosei_graph.languages import Text
from sosei_graph.tables import in_markdown
from sosei_graph.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "ingest.md"

#: What stands above it in the page is written by hand.
MARK = "<!-- Below: tools/ingest.py -->"
HEADS = (
    (
        "| 事実の種類 / Kind of fact | 下書き / Drafted | 確認済み / Reviewed "
        "| 一致 / Agree | 適合率 / Precision | 再現率 / Recall |"
    ),
    "| --- | --: | --: | --: | --: | --: |",
)

#: What is not read of each source, and why; checked by hand against the table below it.
NOTES = {
    "hitachi-strategy-outline": Text(
        "戦略の目標・方向・施策と指標の例は、すべて読み取ります。足りないのは、文章で書かれた基本的視点、検証"
        "や現状の数（文章と図の中）、人口ビジョンの目標です。総合計画の大綱との対応表は、テキストでは列が崩れ"
        "ているので読みません。",
        "Goals, directions, measures and the examples of indicators of the strategy are all read. Missing are "
        "principles written as prose, figures of the present state (in text and drawings) and the goals of "
        "the population vision. The matrix with the comprehensive plan has lost its columns in the text, so "
        "it is not read.",
    ),
    "kanazawa-strategy-progress": Text(
        "目標・施策・実施内容・指標とその値は、すべて読み取ります。足りないのは、文章と図の中にある人口ビジョ"
        "ンの目標と推計です。",
        "Goals, measures, what was done, indicators and their values are all read. Missing are goals and "
        "projections of the population vision, in text and drawings.",
    ),
    "takaoka-himi-agreement": Text(
        "項目・役割・連携の相手・記名まで、すべて読み取ります。",
        "All of it is read: items, roles, partners, signatures.",
    ),
    "takaoka-regional-revitalization-plan": Text(
        "目標・事業・取組・KPI とその値は、すべて読み取ります。足りないのは、文章の中の人口の推移など（現"
        "況の指標）です。",
        "Goals, projects, initiatives, KPIs and their values are all read. Missing are figures on population "
        "in running text (context indicators).",
    ),
    "tomakomai-strategy-council": Text(
        "会議・意見・対応方針・目標・施策は、すべて読み取ります。一致しない名称は、下書きが印刷のとおりの文を、"
        "確認済みのデータが編集者の短い名前を持つものです。段組みと縦書きが混じったスライドなので、第２期の取組"
        "は見出しの下に分かれず、IRI も編集者のものと違います。人口ビジョンの値は文章と図の中にあり、ほとんど読"
        "めません。",
        "The meeting, opinions, responses, goals and measures are all read. Where names do not agree, the draft "
        "has the sentence as printed and the reviewed graph a short name that its editors chose. On slides "
        "whose columns and vertical captions interleave, the actions of the second strategy are not sorted "
        "below their headings, and their IRIs are not the editors'. The values of the population vision stand "
        "in text and drawings, and hardly any is read.",
    ),
}


def documents(workspace: Workspace, sources: Path) -> list[tuple[Path, Path]]:
    """The reviewed graphs whose source is in the folder, each with its source."""
    found = ((path, sources / f"{path.stem}.txt") for path in workspace.documents())
    return [(graph, source) for graph, source in found if source.exists()]


def page(workspace: Workspace, sources: Path) -> str:
    """The page as Markdown: what was written by hand, and a table of each source."""
    by_hand, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    lines = [by_hand + MARK, ""]
    for graph, source in documents(workspace, sources):
        note = NOTES[source.stem]
        lines += [f"### {source.stem}", "", note.ja, "", note.en, ""]
        comparison = compare_file(source, graph, workspace)
        for part in comparison.parts:
            heading = f"{in_markdown(part.ja)} / {in_markdown(part.en)}"
            lines += [f"**{heading}**", "", *_part(comparison, part), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _part(comparison: Comparison, part: Text) -> list[str]:
    """A table; where the draft has nothing at all, only what the reviewed graph has."""
    rows = [row for row in comparison.rows if row.part == part]
    if any(row.drafted for row in rows):
        return [*HEADS, *_rows(rows)]
    counts = [(row.kind, f"{len(row.reviewed):,}") for row in rows]
    ja = "、".join(f"{in_markdown(kind.ja)} {count}" for kind, count in counts)
    en = ", ".join(f"{in_markdown(kind.en)} {count}" for kind, count in counts)
    return [f"下書きにはありません。確認済み: {ja}。", "", f"Nothing in the draft. Reviewed: {en}."]


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        kind = f"{in_markdown(row.kind.ja)} / {in_markdown(row.kind.en)}"
        counts = (len(claims) for claims in (row.drafted, row.reviewed, row.agreed))
        shares = ("－" if share is None else f"{share:.1%}" for share in (row.precision, row.recall))
        yield f"| {kind} | {' | '.join(f'{count:,}' for count in counts)} | {' | '.join(shares)} |"


def main(arguments: list[str]) -> int:
    """Writes the page."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python tools/ingest.py SOURCES\n")
        return 2
    try:
        files.write_all({PAGE: page(Workspace.find(ROOT), Path(arguments[0]))})
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
