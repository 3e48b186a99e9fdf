"""Workspaces: where everything is found."""

from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.workspace import Workspace, packaged_root


def test_nearest_settings_file_upward_makes_the_workspace(
    reiji: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below a folder with a sosei.toml, that folder is the workspace."""
    (reiji.root / "sosei.toml").write_text('sources = "sources"\n', encoding="utf-8")
    monkeypatch.chdir(reiji.root / "data")
    found = Workspace.find()
    assert found.root == reiji.root
    assert found.sources == reiji.root / "sources"
    assert found.build_dir == reiji.root / "build"


def test_without_settings_the_packaged_workspace_builds_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packaged workspace may be read-only, so its build goes to the current folder."""
    monkeypatch.chdir(tmp_path)
    found = Workspace.find()
    assert found.root == packaged_root()
    assert found.build_dir == tmp_path / "build"


def test_what_a_workspace_lacks_comes_from_the_package(reiji: Workspace) -> None:
    """A city's workspace needs only data/: vocabulary, shapes, questions and governments are the package's."""
    (reiji.root / "data" / "governments.ttl").unlink()
    assert reiji.ontology() == packaged_root() / "ontology" / "sosei.ttl"
    assert reiji.queries()[0].parent == packaged_root() / "queries"
    assert packaged_root() / "data" / "governments.ttl" in reiji.reference()
    assert reiji.root / "data" / "calendar.ttl" in reiji.reference()
    assert [path.name for path in reiji.documents()] == ["reiji-agreement.ttl", "reiji-strategy.ttl"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("base = 3", "the setting base is unknown or not a string"),
        ('titel = "x"', "known settings: base, sources"),
        ('base = "city"', "an http.* IRI that ends with /"),
        ('base = "https://city.example.jp/a b/"', "an http.* IRI that ends with /"),
        ("base = ", "the settings cannot be read"),
    ],
)
def test_faulty_settings_are_one_line(settings: str, said: str, tmp_path: Path) -> None:
    """A setting that is unknown or ill-typed is named with the file."""
    (tmp_path / "sosei.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(SoseiError, match=rf"sosei\.toml: .*{said}"):
        Workspace.find(tmp_path)


def test_own_files_stand_beside_those_of_the_package(reiji: Workspace) -> None:
    """A shape, question or rule of the workspace's own adds to the package's, or replaces the one of its name."""
    for name in ("shapes/mine.ttl", "shapes/plan.ttl", "queries/mine.rq", "ontology/rules/mine.rq"):
        (reiji.root / name).parent.mkdir(parents=True, exist_ok=True)
        (reiji.root / name).write_text("", encoding="utf-8")
    shapes = {path.name: path for path in reiji.shapes()}
    assert shapes["mine.ttl"] == reiji.root / "shapes" / "mine.ttl"
    assert shapes["plan.ttl"] == reiji.root / "shapes" / "plan.ttl"
    assert shapes["goal.ttl"] == packaged_root() / "shapes" / "goal.ttl"
    assert {"mine.rq", "kpis.rq"} <= {path.name for path in reiji.queries()}
    assert {"mine.rq", "lead-city.rq"} <= {path.name for path in reiji.rules()}
    assert reiji.ontology() == packaged_root() / "ontology" / "sosei.ttl"


def test_missing_folder_is_one_line(tmp_path: Path) -> None:
    """A workspace that is not there is an error."""
    with pytest.raises(SoseiError, match="no such folder"):
        Workspace.find(tmp_path / "nowhere")


def test_base_of_a_publisher_names_the_graphs(reiji: Workspace) -> None:
    """One setting changes the base of the graphs' names."""
    (reiji.root / "sosei.toml").write_text('base = "https://data.example.jp/"\n', encoding="utf-8")
    workspace = Workspace.find(reiji.root)
    assert workspace.graph_name(workspace.documents()[0]) == "https://data.example.jp/graph/reiji-agreement"
