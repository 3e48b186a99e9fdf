"""SPARQL servers on loopback for the tests, each a process that can be killed and started again."""

import shutil
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests

from sosei_graph.remote import Login, Patience, Server
from sosei_graph.remote.client import Client
from sosei_graph.remote.graphstore import GraphStore
from sosei_graph.remote.service import Service

#: A server that is away stays away in a test: no long waiting for it.
IMPATIENT = Patience(timeout=60, tries=2, pause=0.05)
_STARTING = 90
VIRTUOSO_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000
"""


def free_port() -> int:
    with socket.socket() as waiting:
        waiting.bind(("127.0.0.1", 0))
        port: int = waiting.getsockname()[1]
        return port


class SparqlServer(ABC):
    """A server with its data in a folder. `graphs` and `queries` are its two addresses."""

    graphs: str
    queries: str
    login: Login | None = None
    _process: subprocess.Popen[bytes] | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http = free_port()

    @abstractmethod
    def command(self) -> list[str]:
        """What starts it."""

    def start(self) -> None:
        """Starts it and waits until it answers. It ends with the tests, however they end."""
        outliving = shutil.which("setpriv")
        prefix = [outliving, "--pdeathsig", "KILL"] if outliving else []
        with (self.folder / "output.txt").open("ab") as output:
            self._process = subprocess.Popen(
                [*prefix, *self.command()],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        give_up = time.monotonic() + _STARTING
        while not self._answers():
            said = (self.folder / "output.txt").read_text(errors="replace")[-2000:]
            assert self._process.poll() is None, f"the server ended: {said}"
            assert time.monotonic() < give_up, f"the server does not answer: {said}"
            time.sleep(0.1)

    def kill(self) -> None:
        """Ends it at once, as a failure of the machine would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def server(self) -> Server:
        """Where to push, and as whom."""
        return Server(self.graphs, login=self.login, patience=IMPATIENT)

    def clear(self) -> None:
        """Removes every graph that a test has brought there."""
        with Client(self.login) as client:
            store, service = GraphStore(client, self.graphs), Service(client, self.queries)
            rows = service.select(
                "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(REGEX(STR(?g), '^https:')) }"
            )
            for (graph,) in rows:
                assert isinstance(graph, ox.NamedNode)
                store.delete(graph.value)

    def put(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Replaces a graph behind the back of whoever pushed it."""
        with Client(self.login) as client:
            GraphStore(client, self.graphs).replace(graph, list(triples))

    def triples(self, graph: str) -> set[ox.Triple]:
        """The triples of a graph, as the server tells them."""
        with Client(self.login) as client:
            service = Service(client, self.queries)
            rows = service.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return {ox.Triple(*row) for row in rows}  # type: ignore[arg-type]  # what stands in a graph

    def _answers(self) -> bool:
        try:
            return requests.get(self.queries, params={"query": "ASK {}"}, timeout=5).ok
        except requests.RequestException:
            return False


class Oxigraph(SparqlServer):
    """Oxigraph, of its package for Python."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.graphs = f"http://127.0.0.1:{self.http}/store"
        self.queries = f"http://127.0.0.1:{self.http}/query"
        program = shutil.which("oxigraph", path=Path(sys.executable).parent) or shutil.which("oxigraph")
        assert program, 'no oxigraph: pip install ".[test]"'
        self._program = program

    def command(self) -> list[str]:
        return [self._program, "serve", "--location", "data", "--bind", f"127.0.0.1:{self.http}"]


class Virtuoso(SparqlServer):
    """Virtuoso, of the system's package, which returns at most 1,000 rows at once here."""

    login = Login("dba", "dba")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.graphs = f"http://127.0.0.1:{self.http}/sparql-graph-crud-auth"
        self.queries = f"http://127.0.0.1:{self.http}/sparql"
        program = shutil.which("virtuoso-t")
        if program is None:
            pytest.skip("no virtuoso-t: apt-get install virtuoso-opensource-7-bin")
        self._program = program

    def command(self) -> list[str]:
        settings = VIRTUOSO_SETTINGS.format(sql=free_port(), http=self.http)
        (self.folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        return [self._program, "+foreground", "+configfile", "virtuoso.ini"]


SERVERS: dict[str, type[SparqlServer]] = {"oxigraph": Oxigraph, "virtuoso": Virtuoso}
