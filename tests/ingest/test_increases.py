"""Increases by year, as plans of the national form give them: never taken for levels, from the draft to the answers."""

from pathlib import Path

import sosei_graph
from sosei_graph.ingest.accepting import accept
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.workspace import Workspace
from tests.ingest.drafts import ingested, things_of
from tests.ingest.plans import YEARLY_PLAN


def test_an_increase_says_so_and_has_no_number(reiji: Workspace, tmp_path: Path) -> None:
    view = things_of(ingested(YEARLY_PLAN, reiji, tmp_path))
    targets = [thing for thing in view.sort("value") if thing.kind.endswith("TargetValue")]
    assert targets
    assert {thing.one("increase") for thing in targets} == {"true"}
    assert not [thing for thing in targets if thing.one("numericValue")]
    baselines = [thing for thing in view.sort("value") if thing.kind.endswith("BaselineValue")]
    assert all(thing.one("numericValue") and not thing.one("increase") for thing in baselines)


def test_answers_show_an_increase_with_a_plus(tmp_path: Path) -> None:
    (tmp_path / "sosei.toml").touch()
    town = Workspace.find(tmp_path)
    outcome = ingested(YEARLY_PLAN, town, tmp_path)
    accept(open_for_drafts(town), outcome.written[0])
    answers = sosei_graph.query("kpis", workspace=Workspace.find(tmp_path), lang="ja")
    rows = [[cell.text for cell in row] for row in answers.rows]
    assert {"4,200人", "+100人"} <= {text for row in rows for text in row}
    assert "100人" not in {text for row in rows for text in row}
