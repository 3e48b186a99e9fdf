"""The graph in a folder on disk (RocksDB), brought up to date file by file.

A first load is written beside the folder and takes its place when it is complete. After that each file that changed is
one transaction, which touches the statements that changed and nothing else. What the store holds it notes in the same
transactions, where no query finds it: as names of graphs without statements, `<graph of the file>#sha256=<digest>`.
The note on the graph of inferred facts says that they follow from the others; whatever changes these takes it away.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.integrity import Vocabulary, described_twice
from sosei_graph.languages import Text
from sosei_graph.store.loading import Checked, Source, check_described_once, check_files, digest_of, sources
from sosei_graph.store.locking import Lock
from sosei_graph.store.memory import MARK, Store
from sosei_graph.store.transaction import Transaction
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
#: The modules and packages that decide what of a file is loaded, and what follows from it.
_LOADERS = ("integrity", "store/loading", "store/ondisk", "store/transaction", "workspace")
_REASONERS = ("reasoning",)
#: So many statements are written at a time: a transaction is held in memory.
_CHUNK = 50_000
#: Of more changes than these, everything is followed anew.
_MANY = 50_000


class DiskStore(Store):
    """The named graphs of a workspace, in the folder that it names for them."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        super().__init__(workspace)
        folder = folder.absolute()
        self._folder = folder
        self._place = folder
        """Where `ox` lies: a new store is not in its place before it is complete."""
        self._touched: set[ox.Triple] | None = None
        # Before anything is made beside it.
        self._is_there()
        files.make_folder(folder.parent)
        self._lock = Lock(_beside(folder, "lock"))
        self._loader = f"{workspace.base}graph/"
        """What is noted of this name is by what the files were loaded."""
        self._loaded_by = _digest_of_modules(_LOADERS, workspace.base)
        rules = (path.read_text(encoding="utf-8", errors="replace") for path in workspace.rules())
        self._reasoned_by = _digest_of_modules(_REASONERS, *rules)

    @classmethod
    def load(cls, workspace: Workspace) -> "DiskStore":
        """Brings the store up to date with the files of the workspace; `infer` then completes it.

        Everything that is not as it was is checked before anything is written. A fault is a `SoseiError` and leaves the
        store as it was; the end of the process, at whatever moment, leaves each file as it was or as it is.
        """
        if workspace.store is None:
            raise ValueError("the workspace names no folder for a store")
        store = cls(workspace, workspace.store)
        found = sources(workspace)
        digests = {source.graph: digest_of(source.data()) for source in found}
        store.digests = digests
        store._lock.share()
        if store._is_there():
            store.ox = store._opened(ox.Store.read_only)
            if store._notes() == digests | store._own_notes():
                return store
            store._close()
        store._lock.own()
        store._bring_up_to_date(found, digests)
        return store

    # What a reasoner asks and does

    def is_reasoned(self) -> bool:
        """Whether the inferred facts are noted as those that follow from the other graphs by the rules of today."""
        return self._notes().get(self.workspace.inferred_graph) == self._reasoned_by

    def touched(self) -> set[ox.Triple] | None:
        """The statements that came or went since the inferred facts were right; None if that is not known."""
        return self._touched

    @contextmanager
    def reasoning(self) -> Iterator[None]:
        """Around the work on inferred facts; after it the store is complete, and open for reading only."""
        inferred = self.workspace.inferred_graph
        start, end = Transaction(), Transaction()
        with self._whole_or_gone():
            self._note(start, inferred, None)
            start.commit(self.ox)
            yield
            end.make(f"{inferred}{MARK}{self._reasoned_by}")
            end.commit(self.ox)
        self._settle()

    def change(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        """Takes quads out and puts others in, in portions."""
        for quad in removed:
            self.ox.remove(quad)
        waiting = iter(added)
        while portion := list(islice(waiting, _CHUNK)):
            if self._place == self._folder:
                self.ox.extend(portion)
            else:
                self.ox.bulk_extend(portion)

    # Notes

    def _notes(self) -> dict[str, str]:
        """Graph → what is noted of it."""
        parts = (graph.value.rpartition(MARK) for graph in self.ox.named_graphs())
        return {graph: digest for graph, mark, digest in parts if mark}

    def _own_notes(self) -> dict[str, str]:
        """Those of a complete store that are not about a file."""
        return {self._loader: self._loaded_by, self.workspace.inferred_graph: self._reasoned_by}

    def _note(self, transaction: Transaction, graph: str, digest: str | None) -> None:
        """Puts a note in the place of an earlier one."""
        if before := self._notes().get(graph):
            transaction.drop(f"{graph}{MARK}{before}")
        if digest is not None:
            transaction.make(f"{graph}{MARK}{digest}")

    # Loading

    def _bring_up_to_date(self, found: Sequence[Source], digests: Mapping[str, str]) -> None:
        self._recover()
        if self._is_there():
            self.ox = self._opened(ox.Store)
            if self._notes().get(self._loader) == self._loaded_by:
                self._update(found, digests)
                if self.is_reasoned():
                    self._settle()
                return
            self._close()
        self._load_anew(found)

    def _load_anew(self, found: Sequence[Source]) -> None:
        checked = check_files(found, Vocabulary.of(found[0].read().quads))
        check_described_once(checked)
        self._place = _beside(self._folder, "partial")
        with self._whole_or_gone():
            self.ox = self._opened(ox.Store)
            self.ox.bulk_extend(chain.from_iterable(file.quads() for file in checked))
            notes = Transaction()
            for file in checked:
                notes.make(f"{file.source.graph}{MARK}{file.digest}")
            notes.make(f"{self._loader}{MARK}{self._loaded_by}")
            notes.commit(self.ox)

    def _update(self, found: Sequence[Source], digests: Mapping[str, str]) -> None:
        notes = self._notes()
        self._touched = set() if self.is_reasoned() else None
        stale = [source for source in found if notes.get(source.graph) != digests[source.graph]]
        # What the vocabulary no longer declares may be used in any file.
        suspect = found if found[0] in stale else stale
        checked = check_files(suspect, Vocabulary.of(found[0].read().quads))
        changed = [file for file in checked if file.digest != notes.get(file.source.graph)]
        check_described_once(changed)
        self._check_described_here(found, changed)
        for graph in notes.keys() - digests.keys() - self._own_notes().keys():
            self._replace(graph, ())
        for file in changed:
            self._replace(file.source.graph, file.quads(), file.digest)

    def _check_described_here(self, found: Sequence[Source], changed: Sequence[Checked]) -> None:
        """The same as `check_described_once`, of what changed against what is in the store."""
        stored = {source.graph: source for source in found if source.describes}
        for file in changed:
            stored.pop(file.source.graph, None)
        for file in changed:
            for iri in file.described:
                for quad in self.ox.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, None):
                    graph = quad.graph_name
                    if isinstance(graph, ox.NamedNode) and (other := stored.get(graph.value)):
                        first, second = sorted((file.source, other), key=found.index)
                        raise described_twice(ox.NamedNode(iri), second.read(), first.read())

    def _replace(self, graph: str, quads: Iterable[ox.Quad], digest: str | None = None) -> None:
        """Makes the graph consist of these quads, and notes it, in one transaction."""
        # In a store of its own a number is written as it will be in this one.
        staged = ox.Store()
        staged.extend(quads)
        now, before = set(staged), set(self.ox.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        transaction = Transaction()
        transaction.change(before - now, now - before)
        if not now:
            transaction.drop(graph)
        if now != before:
            self._note(transaction, self.workspace.inferred_graph, None)
            self._touch(now ^ before)
        self._note(transaction, graph, digest)
        transaction.commit(self.ox)

    def _touch(self, quads: set[ox.Quad]) -> None:
        if self._touched is not None:
            self._touched |= {quad.triple for quad in quads}
            if len(self._touched) > _MANY:
                self._touched = None

    # The folder

    def _is_there(self) -> bool:
        """Whether there is a store in the folder; a folder of something else is an error."""
        if not self._folder.exists() or (self._folder.is_dir() and not any(self._folder.iterdir())):
            return False
        if not (self._folder / "CURRENT").is_file():
            raise self._foreign()
        return True

    def _opened(self, way: Callable[[str], ox.Store]) -> ox.Store:
        try:
            store = way(str(self._place))
        except (OSError, ValueError, RuntimeError) as error:
            raise self._failed(error) from error
        if self._place == self._folder and not any(MARK in graph.value for graph in store.named_graphs()):
            raise self._foreign()
        return store

    def _foreign(self) -> SoseiError:
        return SoseiError(
            Text("別のものが入っているフォルダーです", "the folder holds something else"),
            where=str(self._folder),
            hint=Text("--store に別の場所を指定してください", "give another place with --store"),
        )

    def _close(self) -> None:
        self.ox = ox.Store()

    @contextmanager
    def _whole_or_gone(self) -> Iterator[None]:
        """Around work on the store: where it fails, a new one that is not in its place yet leaves nothing behind."""
        try:
            yield
        except BaseException:
            if self._place != self._folder:
                self._close()
                shutil.rmtree(self._place, ignore_errors=True)
            raise

    def _failed(self, error: Exception) -> SoseiError:
        """What the engine says, and what to do."""
        said = " ".join(str(error).split())
        full = "No space left" in said
        return SoseiError(
            Text(f"グラフの保存先を開けません: {said}", f"the store cannot be opened: {said}"),
            where=str(self._folder),
            hint=Text("空きを作ってもう一度実行してください", "make room and try again")
            if full
            else Text("消せば、次の実行で作り直します", "delete it, and the next run makes it anew"),
        )

    def _recover(self) -> None:
        """Puts in order what a process left that was ended while it loaded."""
        old = _beside(self._folder, "old")
        if old.exists() and not self._folder.exists():
            old.rename(self._folder)
        for path in (old, _beside(self._folder, "partial")):
            shutil.rmtree(path, ignore_errors=True)

    def _settle(self) -> None:
        """Closes the store, puts a new one in its place, and opens it for reading."""
        self.ox.flush()
        self._close()
        if self._place != self._folder:
            old = _beside(self._folder, "old")
            if self._folder.exists():
                self._folder.rename(old)
            self._place.rename(self._folder)
            shutil.rmtree(old, ignore_errors=True)
            self._place = self._folder
        self._lock.share()
        self.ox = self._opened(ox.Store.read_only)


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(f"{folder.name}.{ending}")


def _digest_of_modules(names: Iterable[str], *others: str) -> str:
    package = Path(__file__).parent.parent
    modules = [
        path for name in names for path in (package / f"{name}.py", *sorted((package / name).glob("*.py")))
    ]
    code = "".join(path.read_text(encoding="utf-8") for path in modules if path.exists())
    return digest_of("\0".join((ox.__version__, code, *others)).encode())
