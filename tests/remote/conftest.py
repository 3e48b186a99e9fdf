"""Two real SPARQL servers, and a gateway that misbehaves before one of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sosei_graph.workspace import Workspace
from tests.helpers_reiji import write_workspace
from tests.remote.gateway import Gateway
from tests.remote.servers import SERVERS, Oxigraph, SparqlServer


@pytest.fixture(scope="session", params=SERVERS)
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SparqlServer]:
    """A SPARQL server on loopback."""
    server = SERVERS[request.param](tmp_path_factory.mktemp(request.param))
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def server(running: SparqlServer) -> SparqlServer:
    """A SPARQL server on loopback without a graph of ours."""
    running.clear()
    return running


@pytest.fixture(scope="session")
def running_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparqlServer]:
    """An Oxigraph server of its own, for what does not depend on the server."""
    server = Oxigraph(tmp_path_factory.mktemp("behind"))
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def oxigraph(running_oxigraph: SparqlServer) -> SparqlServer:
    """An Oxigraph server without a graph of ours."""
    running_oxigraph.clear()
    return running_oxigraph


@pytest.fixture
def gateway(oxigraph: SparqlServer) -> Iterator[Gateway]:
    """A gateway before an Oxigraph server, which passes everything on until it is told otherwise."""
    with Gateway(oxigraph.http) as gateway:
        yield gateway


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    """A workspace of 例示市 that brings a small vocabulary of its own: a handful of graphs."""
    return write_workspace(tmp_path / "tiny")
