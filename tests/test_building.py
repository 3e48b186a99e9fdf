"""The main job, on 例示市's workspace and on the real one."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

import sosei_graph
from sosei_graph.building import open_store
from sosei_graph.built import STORE
from sosei_graph.errors import SoseiError
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace

FILES = {"sosei.ttl", STORE, "validation.ja.txt", "validation.en.txt", "validation.ttl", "manifest.json"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_build_counts_and_writes(reiji: Workspace) -> None:
    """A build says what it found and leaves the graph and the report in build/."""
    result = sosei_graph.build(reiji)
    assert result.counts["Document"] == 2
    assert result.counts["Plan"] == 1
    assert result.counts["Goal"] == 2
    assert result.counts["KeyPerformanceIndicator"] == 3
    assert result.counts["CooperationItem"] == 1
    assert result.counts["RoleAssignment"] == 3
    assert set(contents(reiji.build_dir)) == FILES
    assert list(result.seconds) == ["load", "reason", "validate", "write"]


def test_same_input_gives_the_same_bytes(reiji: Workspace) -> None:
    """Two builds of the same files are equal byte for byte."""
    sosei_graph.build(reiji)
    first = contents(reiji.build_dir)
    shutil.rmtree(reiji.build_dir)
    sosei_graph.build(reiji)
    assert contents(reiji.build_dir) == first


def test_failed_build_leaves_the_earlier_one(
    reiji: Workspace, edited: Callable[[str, str, str], Workspace]
) -> None:
    """Bad input stops a build before anything of an earlier build is touched."""
    sosei_graph.build(reiji)
    before = contents(reiji.build_dir)
    edited("data/reiji-strategy.ttl", "sosei:adoptedBy", "sosei:adoptdBy")
    with pytest.raises(SoseiError):
        sosei_graph.build(reiji)
    assert contents(reiji.build_dir) == before


def test_file_in_place_of_the_build_folder_is_one_line(reiji: Workspace) -> None:
    """A build folder that cannot be made is an error with its path."""
    reiji.build_dir.write_text("in the way", encoding="utf-8")
    with pytest.raises(SoseiError, match="build: the folder cannot be made"):
        sosei_graph.build(reiji)


def test_fresh_build_is_reused(reiji: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph whose files have not changed is read from its build, and is the same graph."""
    loaded = set(open_store(reiji).ox)
    sosei_graph.build(reiji)
    monkeypatch.setattr(Store, "load", lambda _: pytest.fail("loaded anew"))
    assert set(open_store(reiji).ox) == loaded


def test_stale_build_is_not_used(reiji: Workspace, edited: Callable[[str, str, str], Workspace]) -> None:
    """After a file has changed, the graph is that of the file, not of the build."""
    sosei_graph.build(reiji)
    edited("data/governments.ttl", '"例示市"@ja', '"新例示市"@ja')
    assert open_store(reiji).label("https://w3id.org/sosei/id/gov/99201", "ja") == "新例示市"


def test_change_during_a_build_makes_it_stale(reiji: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was edited while the build ran is not taken for what was built."""
    path = reiji.root / "data" / "governments.ttl"

    def infer_slowly(_: Store) -> int:
        path.write_text(path.read_text(encoding="utf-8").replace("例示市", "新例示市"), encoding="utf-8")
        return 0

    monkeypatch.setattr("sosei_graph.building.infer", infer_slowly)
    sosei_graph.build(reiji)
    monkeypatch.undo()
    assert open_store(reiji).label("https://w3id.org/sosei/id/gov/99201", "ja") == "新例示市"


def test_damaged_build_is_not_used(reiji: Workspace) -> None:
    """A build whose files were cut short is ignored."""
    sosei_graph.build(reiji)
    dump = reiji.build_dir / STORE
    dump.write_bytes(dump.read_bytes()[:1000])
    assert len(open_store(reiji).select("SELECT ?k WHERE { ?k a sosei:KeyPerformanceIndicator }")) == 3


def test_turtle_of_the_build_describes_itself(reiji: Workspace) -> None:
    """`sosei.ttl` is a DCAT dataset with licence, publisher, sources and the count of its own triples."""
    sosei_graph.build(reiji)
    graph = Graph().parse(reiji.build_dir / "sosei.ttl", format="turtle")
    rows = list(
        graph.query(
            """
            PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
            PREFIX void: <http://rdfs.org/ns/void#>
            SELECT ?license ?publisher ?triples (COUNT(?source) AS ?sources) WHERE {
              ?dataset a dcat:Dataset ; dcterms:license ?license ; dcterms:publisher ?publisher ;
                void:triples ?triples ; dcterms:source ?source .
            } GROUP BY ?license ?publisher ?triples
            """
        )
    )
    assert [(int(row.triples), int(row.sources)) for row in rows] == [(len(graph), 2)]  # type: ignore[union-attr]


def test_quads_of_the_build_keep_the_graphs(reiji: Workspace) -> None:
    """`sosei.nq` has every named graph, the inferred one included."""
    sosei_graph.build(reiji)
    dataset = Dataset()
    dataset.parse(reiji.build_dir / STORE, format="nquads")
    names = {
        str(graph.identifier).removeprefix("https://w3id.org/sosei/graph/") for graph in dataset.graphs()
    }
    assert names >= {"reiji-strategy", "reiji-agreement", "inferred", "ontology"}


def test_manifest_names_no_place_of_the_machine(reiji: Workspace) -> None:
    """The manifest's file names are relative, so that the same workspace elsewhere gives the same bytes."""
    sosei_graph.build(reiji)
    manifest = json.loads((reiji.build_dir / "manifest.json").read_text(encoding="utf-8"))
    assert not [name for name in manifest["inputs"] if name.startswith("/")]
