"""The graph of a workspace brought to a server, one named graph at a time, as far as it is not there yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from sosei_graph.remote import manifest
from sosei_graph.remote.addresses import query_address
from sosei_graph.remote.client import Client
from sosei_graph.remote.graphstore import GraphStore
from sosei_graph.remote.manifest import Entry
from sosei_graph.remote.server import Server
from sosei_graph.remote.service import Service
from sosei_graph.remote.source import Source
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

#: Graphs, and triples in them, that are counted and noted together: what an interruption costs at most.
_GRAPHS = 50
_TRIPLES = 200_000
_NUMBERS = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float"))
_BOOLEANS = {"true": 1.0, "1": 1.0, "false": 0.0, "0": 0.0}
#: How many graphs are done, of how many that are to be sent.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Different:
    """A graph of which the server counts another number of triples than it was sent, again and again."""

    graph: str
    sent: int
    counted: int


@dataclass
class PushResult:
    """What was done, by the names of the graphs.

    `left` are graphs of an earlier push that the workspace has no longer; `outdated` says that the inferred facts on
    the server are of an earlier state, because this push was not asked to renew them. `triples` were sent.
    """

    sent: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    different: list[Different] = field(default_factory=list)
    triples: int = 0
    outdated: bool = False


def push(
    server: Server | str,
    workspace: Workspace | None = None,
    *,
    inferred: bool = False,
    delete: bool = False,
    progress: Progress | None = None,
) -> PushResult:
    """Brings the named graphs of a workspace to a server, those that are not there yet as they are here.

    Each graph is replaced as a whole and counted; a manifest on the server says what has arrived, so that a push that
    was interrupted goes on where it stopped. Graphs that no push has brought there are never touched. `inferred`
    brings the vocabulary and what follows by reasoning too, which the questions need; `delete` removes graphs of an
    earlier push that the workspace no longer has.
    """
    server = Server(server) if isinstance(server, str) else server
    source = Source(workspace or Workspace.find(), inferred=inferred)
    with Client(server.login, server.patience) as client:
        store = GraphStore(client, server.url)
        service = Service(client, server.queries or query_address(server.url))
        if not server.queries:
            # Who gave one address hears of that one.
            service.absent = store.absent
        return _Push(source, store, service).run(progress or (lambda _done, _all: None), delete=delete)


class _Push:
    """One push: it compares, sends, counts what has arrived, and notes it on the server."""

    def __init__(self, source: Source, store: GraphStore, service: Service) -> None:
        self._source = source
        self._base = source.workspace.base
        self._store = store
        self._service = service
        self._waiting: dict[str, int] = {}
        self._result = PushResult()

    def run(self, progress: Progress, *, delete: bool) -> PushResult:
        """Brings the server to the state of the source."""
        noted = manifest.read(self._service, self._base)
        gone = sorted(set(noted) - self._source.known)
        changed = self._changed(noted)
        self._result.unchanged = [name for name in self._source.digests if name not in set(changed)]
        if delete:
            for name in gone:
                self._store.delete(name)
                self._result.deleted.append(name)
        else:
            self._result.left = gone
        self._forget(noted, {*changed, *self._result.deleted})
        for done, name in enumerate(changed):
            progress(done, len(changed))
            self._send(name)
        self._settle()
        progress(len(changed), len(changed))
        inferred = self._source.workspace.inferred_graph
        stands = inferred in noted and inferred not in self._source.digests
        self._result.outdated = stands and noted[inferred].digest != self._source.inferred_digest
        return self._result

    def _changed(self, noted: dict[str, Entry]) -> list[str]:
        """The graphs to send: not noted so, or no longer of the size that was noted."""
        same = [name for name, digest in self._source.digests.items() if _digest(noted.get(name)) == digest]
        counted = manifest.sizes(self._service, same)
        whole = {name for name in same if counted.get(name, 0) == noted[name].triples}
        return [name for name in self._source.digests if name not in whole]

    def _forget(self, noted: dict[str, Entry], names: set[str]) -> None:
        """Until a graph has arrived as a whole the server must not seem to hold it."""
        if names:
            self._store.check(manifest.graph_of(self._base))
            # Written even if none of them is noted: what stands there may be in halves.
            kept = {name: entry for name, entry in noted.items() if name not in names}
            manifest.write(self._store, self._base, kept)

    def _send(self, name: str) -> None:
        triples = self._source.triples(name)
        self._store.replace(name, triples)
        self._result.triples += len(triples)
        self._waiting[name] = len(triples)
        if len(self._waiting) >= _GRAPHS or sum(self._waiting.values()) >= _TRIPLES:
            self._settle()

    def _settle(self) -> None:
        """Counts what has arrived, sends again what has not as a whole, and notes the rest."""
        counted = manifest.sizes(self._service, list(self._waiting))
        arrived: dict[str, Entry] = {}
        for name, sent in self._waiting.items():
            count = counted.get(name, 0)
            if count != sent:
                count = self._again(name, count)
            if count >= 0:
                arrived[name] = Entry(self._source.digests[name], count)
        manifest.add(self._store, self._base, arrived)
        self._result.sent += arrived
        self._waiting.clear()

    def _again(self, name: str, count: int) -> int:
        """The size at which a graph can be left, after another try; -1 where there is none."""
        triples = self._source.triples(name)
        if count == _values(triples):
            return count
        self._store.replace(name, triples)
        count = manifest.sizes(self._service, [name]).get(name, 0)
        if count in (len(triples), _values(triples)):
            return count
        self._result.different.append(Different(name, len(triples), count))
        return -1


def _digest(entry: Entry | None) -> str:
    return entry.digest if entry else ""


def _values(triples: Sequence[ox.Triple]) -> int:
    """How many triples there are to a server that keeps values: Virtuoso has one number for 1, 1.0, 01 and true."""
    return len({(triple.subject, triple.predicate, _value(triple.object)) for triple in triples})


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
    if not isinstance(term, ox.Literal):
        return term
    if term.datatype.value == PREFIXES["xsd"] + "boolean":
        return _BOOLEANS.get(term.value, term)
    if term.datatype.value not in _NUMBERS:
        return term
    try:
        return float(term.value)
    except ValueError:
        return term
