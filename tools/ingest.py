"""Writes the tables of docs/ingest.md: how well the sources of the project's own documents are read.

    python tools/ingest.py SOURCES

SOURCES is the folder of the texts that the project's documents were read from.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.ingest.comparing import Comparison
from sosei_graph.ingest.ingesting import compare_file
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


def documents(workspace: Workspace, sources: Path) -> list[tuple[Path, Path]]:
    """The reviewed graphs whose source is in the folder, each with its source."""
    found = ((path, sources / f"{path.stem}.txt") for path in workspace.documents())
    return [(graph, source) for graph, source in found if source.exists()]


def page(workspace: Workspace, sources: Path) -> str:
    """The page as Markdown: what was written by hand, and a table of each source."""
    by_hand, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    lines = [by_hand + MARK, ""]
    for graph, source in documents(workspace, sources):
        lines += [f"### {source.stem}", "", *HEADS, *_rows(compare_file(source, graph, workspace)), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(comparison: Comparison) -> Iterator[str]:
    for row in comparison.rows:
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
