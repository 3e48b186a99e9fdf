"""The graph on disk: the same as in memory, and brought up to date by as little as changed."""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import sosei_graph
from sosei_graph import queries
from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.names import resolve
from sosei_graph.reasoning import reasoner
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store import ondisk
from sosei_graph.store.memory import MARK, Store
from sosei_graph.store.ondisk import DiskStore
from sosei_graph.workspace import Workspace, packaged_root
from tests.command_line import contents

STRATEGY = "data/reiji-strategy.ttl"
QUESTIONS = sorted(path.stem for path in Workspace(packaged_root(), Path("build")).queries())

Edit = Callable[[str, str, str], Workspace]


def kept(workspace: Workspace) -> Workspace:
    """The workspace with a store beside it."""
    return replace(workspace, store=workspace.root.parent / "store")


def in_memory(workspace: Workspace) -> Store:
    store = Store.load(workspace)
    infer(store)
    return store


@pytest.fixture
def disk(reiji: Workspace) -> Workspace:
    """例示市's workspace with its graph on disk, complete."""
    workspace = kept(reiji)
    open_store(workspace)
    return workspace


@pytest.fixture(scope="module")
def real_disk(real_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The project's own documents on disk."""
    return open_store(replace(real_workspace, store=tmp_path_factory.mktemp("disk") / "store"))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The graphs that are written while the test runs, and `anew` for a load of everything."""
    graphs: list[str] = []
    replace_graph, load_anew = DiskStore._replace, DiskStore._load_anew

    def noting(self: DiskStore, graph: str, *rest: object) -> None:
        graphs.append(graph.rpartition("/graph/")[2])
        replace_graph(self, graph, *rest)  # type: ignore[arg-type]

    def noting_all(self: DiskStore, found: object) -> None:
        graphs.append("anew")
        load_anew(self, found)  # type: ignore[arg-type]

    monkeypatch.setattr(DiskStore, "_replace", noting)
    monkeypatch.setattr(DiskStore, "_load_anew", noting_all)
    return graphs


# The same as in memory


def test_disk_holds_what_memory_holds(disk: Workspace, reiji: Workspace) -> None:
    """Graph by graph the same statements, those that were inferred included, and the same names of graphs."""
    stored, loaded = open_store(disk), in_memory(reiji)
    assert set(stored.ox) == set(loaded.ox)
    assert stored.graphs() == loaded.graphs()


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_the_same_answer(name: str, real_disk: Store, real_store: Store) -> None:
    """A question over the real documents is answered alike from disk and from memory."""
    question = queries.find(real_store.workspace, name)
    assert queries.ask(real_disk, question, "ja") == queries.ask(real_store, question, "ja")


def test_build_writes_the_same_files(reiji: Workspace) -> None:
    """`build/` does not tell where the graph was kept meanwhile."""
    sosei_graph.build(reiji)
    expected = contents(reiji.build_dir)
    shutil.rmtree(reiji.build_dir)
    first = sosei_graph.build(kept(reiji))
    assert contents(reiji.build_dir) == expected
    again = sosei_graph.build(kept(reiji))
    assert contents(reiji.build_dir) == expected
    assert (first.asserted, first.inferred, first.counts) == (again.asserted, again.inferred, again.counts)


def test_notes_are_no_part_of_the_graph(disk: Workspace) -> None:
    """What the store notes for itself no pattern of a query finds, in no graph."""
    store = open_store(disk)
    found = [
        *store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"),
        *store.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o }"),
        *store.select("SELECT DISTINCT ?o WHERE { ?s ?p ?o }"),
    ]
    assert any(MARK in str(graph) for graph in store.ox.named_graphs())
    assert not [term for (term,) in found if MARK in str(term)]
    assert not [quad for quad in store.ox if MARK in str(quad)]


def test_things_are_found_by_name(real_disk: Store) -> None:
    """Names and codes mean the same in a store on disk."""
    assert resolve(real_disk, "高岡市") == "https://w3id.org/sosei/id/gov/16202"


# What is loaded


def test_unchanged_store_is_only_opened(disk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file has changed, nothing is loaded or inferred, and nothing can be written."""
    monkeypatch.setattr(reasoner, "correct", lambda *_: pytest.fail("reasoned again"))
    monkeypatch.setattr(ondisk, "check_files", lambda *_: pytest.fail("checked again"))
    store = open_store(disk)
    with pytest.raises(RuntimeError, match="read-write"):
        store.ox.update("CREATE GRAPH <http://example.org/>")


def test_changed_document_is_the_only_one_written(disk: Workspace, edited: Edit, written: list[str]) -> None:
    """One edit is one document's transaction, of the statements that differ; what follows is corrected."""
    edited(STRATEGY, '"子どもと暮らす"@ja', '"子どもと生きる"@ja')
    loaded = DiskStore.load(disk)
    assert written == ["reiji-strategy"]
    assert loaded.touched() is not None
    assert {str(triple.object) for triple in loaded.touched() or ()} == {
        '"子どもと暮らす"@ja',
        '"子どもと生きる"@ja',
    }
    infer(loaded)
    assert set(loaded.ox) == set(in_memory(disk).ox)


def test_comment_is_no_change_of_the_graph(disk: Workspace, edited: Edit, written: list[str]) -> None:
    """A file that says the same in other words is noted, and nothing has to be inferred."""
    edited(STRATEGY, "sosei:edition 1 ;", "sosei:edition 1 ; # the first")
    loaded = DiskStore.load(disk)
    assert written == ["reiji-strategy"]
    assert loaded.is_reasoned()
    del loaded
    open_store(disk)
    assert written == ["reiji-strategy"]


def test_new_and_vanished_documents(disk: Workspace, written: list[str]) -> None:
    """A document that is gone leaves no trace, and one that comes is loaded alone."""
    path = disk.root / "data" / "reiji-agreement.ttl"
    text = path.read_bytes()
    path.unlink()
    store = open_store(disk)
    assert set(store.ox) == set(in_memory(disk).ox)
    assert not [graph for graph in store.graphs() if graph.endswith("reiji-agreement")]
    del store
    path.write_bytes(text)
    assert set(open_store(disk).ox) == set(in_memory(disk).ox)
    assert written == ["reiji-agreement"] * 2


def test_blank_nodes_are_replaced_as_well(disk: Workspace) -> None:
    """Blank nodes of a changed file are those that a load anew would give it."""
    path = disk.root / STRATEGY
    text = path.read_text(encoding="utf-8")
    for note in ('"one"@en', '"two"@en', '"two"@en, [ rdfs:label "three"@en ]'):
        added = f"\ndoc:reiji-strategy rdfs:seeAlso [ rdfs:label {note.partition(',')[0]} ] .\n"
        path.write_text(text + added, encoding="utf-8")
        assert set(open_store(disk).ox) == set(in_memory(disk).ox)


def test_changed_rule_is_applied_without_loading(
    disk: Workspace, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another set of rules means other inferred facts, and no file is loaded again."""
    monkeypatch.setattr(Workspace, "rules", lambda _: ())
    assert set(open_store(disk).ox) == set(in_memory(disk).ox)
    assert written == []


def test_changed_scheme_and_vocabulary(reiji: Workspace, written: list[str]) -> None:
    """A changed scheme is replaced like a document; a changed vocabulary has every file checked again."""
    ontology = reiji.root / "ontology"
    shutil.copytree(packaged_root() / "ontology", ontology)
    workspace = kept(reiji)
    open_store(workspace)
    written.clear()
    scheme = ontology / "schemes" / "roles.ttl"
    scheme.write_text(
        scheme.read_text(encoding="utf-8").replace('"Lead"@en', '"Leader"@en'), encoding="utf-8"
    )
    open_store(workspace)
    vocabulary = ontology / "sosei.ttl"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(f"{text}\nsosei:Goal rdfs:subClassOf sosei:Programme .\n", encoding="utf-8")
    assert set(open_store(workspace).ox) == set(in_memory(workspace).ox)
    assert written == ["scheme/roles", "ontology"]
    vocabulary.write_text(text.replace("sosei:adoptedBy", "sosei:acceptedBy"), encoding="utf-8")
    with pytest.raises(SoseiError, match=r"reiji-strategy\.ttl:\d+: .*adoptedBy is not a term"):
        open_store(workspace)


@pytest.mark.parametrize("changed", ["_loaded_by", "base"])
def test_other_engine_or_base_loads_everything_anew(
    changed: str, disk: Workspace, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version loaded, or with another base, is not mixed with what this one loads."""
    if changed == "base":
        disk = replace(disk, base="https://city.example.jp/")
    else:
        monkeypatch.setattr(ondisk, "_LOADERS", (*ondisk._LOADERS, "errors"))
    assert set(open_store(disk).ox) == set(in_memory(disk).ox)
    assert written == ["anew"]
    assert sorted(path.name for path in disk.root.parent.iterdir()) == ["reiji", "store", "store.lock"]


# Faults


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sosei:adoptedBy", "sosei:adoptdBy", r"reiji-strategy\.ttl:\d+: .*did you mean sosei:adoptedBy"),
        ("rdfs:label", "rdfs:label ;", r"reiji-strategy\.ttl:\d+: not valid Turtle"),
        (
            "sosei:adoptedBy gov:99201",
            "sosei:adoptedBy gov:99201 . doc:reiji-agreement a sosei:Document . doc:x sosei:states gov:99201",
            r"reiji-strategy\.ttl:\d+: .*is described in data/reiji-agreement\.ttl:\d+ already",
        ),
    ],
)
def test_fault_leaves_the_store_as_it_was(
    old: str, new: str, said: str, disk: Workspace, edited: Edit
) -> None:
    """Every changed file is checked before any is written, also against those that have not changed."""
    before = set(open_store(disk).ox)
    path = disk.root / "data" / "governments.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"例示市"@ja', '"新例示市"@ja'), encoding="utf-8")
    edited(STRATEGY, old, new)
    with pytest.raises(SoseiError, match=said):
        open_store(disk)
    edited(STRATEGY, new, old)
    path.write_text(text, encoding="utf-8")
    assert set(open_store(disk).ox) == before


def test_described_in_a_file_before_is_told_in_the_order_of_files(disk: Workspace, edited: Edit) -> None:
    """Of two files that describe a thing the later one is at fault, whichever of them has changed."""
    edited(
        "data/reiji-agreement.ttl", "a sosei:", "a sosei:Goal .\n<id/plan/99201/strategy-1/goal/1> a sosei:"
    )
    told = []
    for load in (DiskStore.load, Store.load):
        with pytest.raises(SoseiError, match="is described in") as caught:
            load(disk)
        told.append(str(caught.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("folder", ["data", "sosei.toml"])
def test_folder_of_something_else_is_left_alone(folder: str, reiji: Workspace) -> None:
    """A place that holds other files is refused before anything is written there."""
    (reiji.root / "sosei.toml").write_text("", encoding="utf-8")
    before = sorted(reiji.root.rglob("*"))
    with pytest.raises(SoseiError, match=f"{folder}: the folder holds something else"):
        open_store(replace(reiji, store=reiji.root / folder))
    assert sorted(reiji.root.rglob("*")) == before
    assert not list(reiji.root.parent.glob("*.lock"))


@pytest.mark.parametrize("folder", ["/", "."])
def test_folder_without_a_name_of_its_own_is_one_line(folder: str, reiji: Workspace) -> None:
    """`--store /` and `--store .` name folders that hold something else."""
    with pytest.raises(SoseiError, match="the folder holds something else"):
        open_store(replace(reiji, store=Path(folder)))


def test_store_that_cannot_be_written_is_read(disk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no lock can be made (a read-only medium), what has not changed can still be asked."""
    expected = set(open_store(disk).ox)
    open_file = os.open

    def refuse(path: str, flags: int, *rest: int) -> int:
        if flags & (os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return open_file(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    assert set(open_store(disk).ox) == expected
    assert disk.store
    disk.store.with_name("store.lock").unlink()
    assert set(open_store(disk).ox) == expected


@pytest.mark.parametrize("fails", ["ondisk.DiskStore._note", "transaction.Transaction.commit"])
def test_first_load_that_fails_leaves_nothing(
    fails: str, reiji: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk in the middle of a first load: no half of a store goes on filling it."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    workspace = kept(reiji)
    monkeypatch.setattr(f"sosei_graph.store.{fails}", full)
    with pytest.raises(OSError, match="No space left"):
        open_store(workspace)
    assert [path.name for path in reiji.root.parent.glob("store*")] == ["store.lock"]
    monkeypatch.undo()
    assert set(open_store(workspace).ox) == set(in_memory(reiji).ox)


def test_store_of_another_program_is_left_alone(reiji: Workspace) -> None:
    """A store without our notes is somebody else's."""
    workspace = kept(reiji)
    other = ox.Store(str(workspace.store))
    other.update("INSERT DATA { <http://example.org/> <http://example.org/> 1 }")
    other.flush()
    del other
    with pytest.raises(SoseiError, match="the folder holds something else"):
        open_store(workspace)
    assert len(ox.Store.read_only(str(workspace.store))) == 1


def test_damaged_store_is_one_line(disk: Workspace) -> None:
    """A store that the engine cannot open says what to do."""
    assert disk.store
    (disk.store / "CURRENT").write_text("MANIFEST-999999\n", encoding="utf-8")
    with pytest.raises(SoseiError, match=r"the store cannot be opened: .* \(delete it, and the next run"):
        open_store(disk)
    shutil.rmtree(disk.store)
    assert len(open_store(disk).select("SELECT ?k WHERE { ?k a sosei:KeyPerformanceIndicator }")) == 3


def test_store_in_use_is_not_written(disk: Workspace, edited: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody reads, a changed file waits."""
    monkeypatch.setattr("sosei_graph.store.locking._PATIENCE", 0.1)
    reader = open_store(disk)
    assert len(open_store(disk).ox) == len(reader.ox)
    edited(STRATEGY, '"子どもと暮らす"@ja', '"子どもと生きる"@ja')
    with pytest.raises(SoseiError, match="another process is using it"):
        open_store(disk)
    del reader
    assert set(open_store(disk).ox) == set(in_memory(disk).ox)
