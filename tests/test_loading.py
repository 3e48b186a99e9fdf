"""Files on their way into a store: checked on all cores, then loaded as they were checked."""

from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import Vocabulary, read
from sosei_graph.store import loading
from sosei_graph.store.loading import check_files, sources
from sosei_graph.store.memory import Store, quads_of
from sosei_graph.workspace import Workspace

STRATEGY = "data/reiji-strategy.ttl"


def test_loaded_is_what_the_files_say(reiji: Workspace, real_workspace: Workspace) -> None:
    """Each statement of each file stands in the graph of its file, and nothing else does."""
    for workspace in (reiji, real_workspace):
        files = [read(each.path, workspace.base, each.shown) for each in sources(workspace)]
        assert set(Store.load(workspace).ox) == set(Store(workspace, quads_of(workspace, files)).ox)


def test_fault_is_told_the_same_from_another_process(
    edited: Callable[[str, str, str], Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many files are checked by several processes, a fault is the same line as ever."""
    workspace = edited(STRATEGY, "sosei:adoptedBy", "sosei:adoptdBy")
    told = set()
    for least in (0, 10**9):
        monkeypatch.setattr(loading, "_WORTH_SPREADING", least)
        with pytest.raises(SoseiError, match=r"data/reiji-strategy\.ttl:\d+: .*adoptdBy") as caught:
            Store.load(workspace)
        told.add(str(caught.value))
    assert len(told) == 1


def test_file_that_changes_between_check_and_load_is_refused(reiji: Workspace) -> None:
    """What was not checked is not loaded."""
    files = sources(reiji)
    checked = check_files(files, Vocabulary.of(files[0].read().quads))
    path = reiji.root / STRATEGY
    path.write_text(path.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    strategy = next(each for each in checked if each.source.path == path)
    with pytest.raises(SoseiError, match=r"data/reiji-strategy\.ttl: the file was changed while it was read"):
        list(strategy.quads())


def test_byte_order_mark_is_no_part_of_a_file(reiji: Workspace) -> None:
    """A file that an editor saved with a byte order mark is loaded as the same file without."""
    before = set(Store.load(reiji).ox)
    path: Path = reiji.root / STRATEGY
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert set(Store.load(reiji).ox) == before


@pytest.mark.parametrize("number", ["2.00", "+2.0", '"02.0"^^xsd:decimal'])
def test_number_is_kept_as_the_engine_writes_it(
    number: str, edited: Callable[[str, str, str], Workspace]
) -> None:
    """However a number is written in the file, its value is the same in the graph."""
    store = Store.load(edited(STRATEGY, "sosei:numericValue 2.0", f"sosei:numericValue {number}"))
    assert store.ask("ASK { ?value sosei:numericValue 2.0 }")
