"""The five real documents: what is drafted of them, held against the graphs that people reviewed.

The figures are floors. A value may be missing; what is there has to be right.
"""

from functools import cache
from pathlib import Path

import pytest

from sosei_graph.evidence import trace
from sosei_graph.ingest.accepting import accept
from sosei_graph.ingest.comparing import Comparison
from sosei_graph.ingest.ingesting import compare_file, ingest
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace, packaged_root

ROOT = packaged_root()


@cache
def compared(source: Path) -> Comparison:
    return compare_file(source, ROOT / "data" / f"{source.stem}.ttl", Workspace(ROOT, ROOT / "build"))


#: Document → kinds of fact of which everything drafted is right and at least this share of what is reviewed is there.
FLOORS = {
    "takaoka-himi-agreement": {
        "parties": 1.0,
        "agreements": 1.0,
        "changed agreements": 1.0,
        "pillars": 1.0,
        "fields": 1.0,
        "items": 1.0,
        "roles": 1.0,
        "partners in roles": 1.0,
        "signatures": 1.0,
        "IRIs": 1.0,
    },
    "takaoka-regional-revitalization-plan": {
        "basic goals": 1.0,
        "projects": 1.0,
        "initiatives": 1.0,
        "KPIs": 1.0,
        "baselines": 1.0,
        "targets": 1.0,
        "periods of values": 0.5,
        "units of values": 0.8,
        "plan periods": 1.0,
    },
    "kanazawa-strategy-progress": {
        "basic goals": 1.0,
        "measures": 1.0,
        "activities": 1.0,
        "numeric targets": 0.7,
        "KPIs": 1.0,
        "baselines": 1.0,
        "actuals": 1.0,
        "targets": 0.9,
        "periods of values": 0.9,
        "units of values": 0.9,
    },
    "hitachi-strategy-outline": {
        "basic goals": 0.5,
        "cross-cutting goals": 1.0,
        "directions": 0.9,
        "measures": 0.8,
        "numeric targets": 0.8,
    },
    "tomakomai-strategy-council": {
        "meetings": 1.0,
        "agenda items": 1.0,
        "opinions": 1.0,
        "categories of opinions": 1.0,
        "responses": 1.0,
        "answers to opinions": 1.0,
    },
}


@pytest.mark.parametrize("document", FLOORS)
def test_what_is_read_is_right(document: str, sources: Path) -> None:
    """Of the kinds named nothing is wrong, and no less is found than before."""
    found = compared(sources / f"{document}.txt")
    for kind, floor in FLOORS[document].items():
        row = found.row(kind)
        assert row.precision == 1.0, (kind, row.wrong)
        assert row.recall is not None
        assert row.recall >= floor, (kind, row.missed)


def test_reviewed_graphs_are_not_contradicted(
    sources: Path, real_workspace: Workspace, tmp_path: Path
) -> None:
    """No number, unit or role that was reviewed is read otherwise."""
    outcomes = ingest([sources], real_workspace, output=tmp_path)
    told = [
        (outcome.slug, each)
        for outcome in outcomes
        for each in outcome.differences
        if each.sign == "≠" and each.property in ("numericValue", "unit", "role", "signedOn", "absenceReason")
    ]
    assert len(outcomes) == 5
    assert told == []


def test_the_agreement_is_accepted_as_it_was_drafted(sources: Path, tmp_path: Path) -> None:
    """Into a workspace that knows the area of the two cities, with no change at all; every span holds."""
    root = tmp_path / "city"
    (root / "data").mkdir(parents=True)
    (root / "sources").mkdir()
    (root / "sosei.toml").write_text('sources = "sources"\n')
    workspace = Workspace.find(root)
    outcome = ingest([sources / "takaoka-himi-agreement.txt"], workspace)[0]
    assert outcome.counts["violation"] == 0
    accept(open_for_drafts(workspace), outcome.written[0])
    assert trace(Store.load(workspace), root / "sources").ok
