"""docs/ingest.md is what its tool writes, and what it says of figures holds."""

from pathlib import Path

import pytest

from sosei_graph.ingest.ingesting import compare_file
from sosei_graph.workspace import Workspace
from tools import ingest as tool

WORKSPACE = Workspace.find(tool.ROOT)


def test_the_page_is_what_the_tool_writes(sources: Path) -> None:
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(WORKSPACE, sources), "run tools/ingest.py"


@pytest.mark.parametrize(
    ("document", "kinds"),
    [
        ("takaoka-regional-revitalization-plan", ("KPIs", "baselines", "targets", "basic goals", "projects")),
        ("kanazawa-strategy-progress", ("KPIs", "baselines", "actuals", "measures", "activities")),
        ("takaoka-himi-agreement", ("fields", "items", "roles", "partners in roles", "signatures")),
        ("hitachi-strategy-outline", ("cross-cutting goals",)),
        ("tomakomai-strategy-council", ("basic goals", "measures", "opinions", "responses")),
    ],
)
def test_what_the_form_promises_is_read_whole(document: str, kinds: tuple[str, ...], sources: Path) -> None:
    """All of it, and nothing else."""
    found = compare_file(sources / f"{document}.txt", WORKSPACE.root / "data" / f"{document}.ttl", WORKSPACE)
    for kind in kinds:
        row = found.row(kind)
        assert (row.wrong, row.missed) == ([], []), f"{kind}: {row.wrong} {row.missed}"


def test_no_figure_is_wrong(sources: Path) -> None:
    """Values that are drafted are those that people reviewed, in every source."""
    for graph, source in tool.documents(WORKSPACE, sources):
        found = compare_file(source, graph, WORKSPACE)
        for row in found.rows:
            if row.kind.en in {"baselines", "actuals", "targets", "projections", "units of values"}:
                assert row.wrong == [], f"{source.name}: {row.kind.en}"


def test_usage_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([]) == 2
    assert capsys.readouterr().err == "usage: python tools/ingest.py SOURCES\n"
