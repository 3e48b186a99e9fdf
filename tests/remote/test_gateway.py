"""What gateways do on the way: passwords, limits, redirects, restarts. Each fault is one line in two languages."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.remote import Login, Patience, PushResult, Server, connect, push
from sosei_graph.workspace import Workspace
from tests.command_line import ROOT, complaint, sosei
from tests.remote.gateway import RESET, Answer, Gateway
from tests.remote.servers import SparqlServer, free_port

QUICK = Patience(timeout=30, tries=3, pause=0.01)
Push = Callable[..., PushResult]


@pytest.fixture
def push_through(gateway: Gateway, tiny: Workspace) -> Push:
    """Pushes 例示市 through the gateway."""

    def run(login: Login | None = None, patience: Patience = QUICK) -> PushResult:
        server = Server(f"{gateway.address}/store", login=login, patience=patience)
        return push(server, tiny)

    return run


def said(call: Callable[[], object]) -> str:
    """What a call says in one line of each language."""
    with pytest.raises(SoseiError) as raised:
        call()
    lines = raised.value.line("ja"), raised.value.line("en")
    assert all("\n" not in line for line in lines)
    assert lines[0] != lines[1]
    return lines[1]


@pytest.mark.parametrize(
    "fault", [Answer(502), Answer(503, {"Retry-After": "0"}), RESET], ids=["502", "503", "reset"]
)
def test_what_passes_is_tried_again(
    gateway: Gateway, oxigraph: SparqlServer, tiny: Workspace, push_through: Push, fault: Answer
) -> None:
    """A gateway without a server behind it for a moment, or a broken connection, costs nothing but time."""
    gateway.answers.extend([fault, fault])
    result = push_through()
    graph = f"{tiny.base}graph/reiji-strategy"
    assert graph in result.sent
    assert oxigraph.triples(graph) == {quad.triple for quad in open_store(tiny).quads([graph])}


def test_what_does_not_pass_is_told(gateway: Gateway, push_through: Push) -> None:
    """A server that stays away, an error of its own in a page, a failure to answer in time."""
    gateway.answers.extend([Answer(503)] * 3)
    assert "the server failed (503)" in said(push_through)
    page = b"<html><head><title>500</title><style>p { }</style></head><body><p>Disk\nfull</p></body></html>"
    gateway.answers.append(Answer(500, body=page))
    assert "the server failed (500) (the server: Disk full)" in said(push_through)
    gateway.answers.append(Answer(200, delay=1))
    impatient = Patience(timeout=0.2)
    assert "no answer within 0.2 s" in said(lambda: push_through(patience=impatient))
    gateway.answers.append(Answer(200, body=b"{}", stall=1))
    assert "no answer within 0.2 s" in said(lambda: push_through(patience=impatient))
    gateway.answers.append(Answer(500, body=b"\x1b[31mred\x07"))
    assert said(push_through).endswith("(the server: [31mred)")
    gateway.answers.append(
        Answer(500, body=b"Error The estimated execution time 500 (sec) exceeds the limit")
    )
    assert "MaxQueryCostEstimationTime" in said(push_through)


def test_a_password_is_sent_when_it_is_asked_for(gateway: Gateway, push_through: Push) -> None:
    """Basic authentication, in UTF-8, after the server has asked for it."""
    gateway.login = "利用者:合言葉"
    assert "asks for a user and a password (401)" in said(push_through)
    assert "the user or the password is wrong (401)" in said(lambda: push_through(Login("利用者", "違う")))
    gateway.seen.clear()
    assert push_through(Login("利用者", "合言葉")).sent
    assert ["authorization" in seen.headers for seen in gateway.seen[:3]] == [False, True, True]


def test_a_digest_of_the_password_where_that_is_asked_for(gateway: Gateway, push_through: Push) -> None:
    """Digest authentication with a user of any name; the password itself is never sent."""
    gateway.login, gateway.challenge = "利用者:合言葉", 'Digest realm="test", nonce="n", qop="auth"'
    assert "the user or the password is wrong (401)" in said(lambda: push_through(Login("利用者", "違う")))
    assert push_through(Login("利用者", "合言葉")).sent
    assert not any(seen.headers.get("authorization", "").startswith("Basic") for seen in gateway.seen)


@pytest.mark.parametrize("challenge", ["Bearer", "Negotiate", 'Digest realm="t", nonce="n", algorithm=X'])
def test_a_password_is_not_sent_where_something_else_is_asked_for(
    gateway: Gateway, push_through: Push, challenge: str
) -> None:
    """A login that is not known is told, and nobody gets the password."""
    gateway.login, gateway.challenge = "user:secret", challenge
    assert "asks for another login" in said(lambda: push_through(Login("user", "secret")))
    assert not any("authorization" in seen.headers for seen in gateway.seen)


def test_a_proxy_does_not_see_what_goes_to_this_machine(
    oxigraph: SparqlServer, tiny: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy of the environment is for other machines; one that is not there is told without its password."""
    monkeypatch.setenv("http_proxy", f"http://user:secret@127.0.0.1:{free_port()}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert push(oxigraph.server(), tiny).sent
    line = said(lambda: push(Server("http://server.invalid/store", patience=QUICK), tiny))
    assert "no connection through the proxy" in line
    assert "secret" not in line


def test_a_server_without_tls(gateway: Gateway, tiny: Workspace) -> None:
    """https:// where http:// is spoken."""
    address = gateway.address.replace("http:", "https:")
    assert "no connection to the server" in said(
        lambda: push(Server(f"{address}/store", patience=QUICK), tiny)
    )
    assert not gateway.seen


def test_a_request_that_is_too_large_goes_in_parts(
    gateway: Gateway, oxigraph: SparqlServer, tiny: Workspace, push_through: Push
) -> None:
    """413 halves what is sent until the gateway lets it through; what cannot be halved is told."""
    gateway.limit = 20_000
    push_through()
    graph = f"{tiny.base}graph/reiji-strategy"
    assert oxigraph.triples(graph) == {quad.triple for quad in open_store(tiny).quads([graph])}
    assert any(seen.size > gateway.limit for seen in gateway.seen)
    oxigraph.clear()
    gateway.limit = 10
    assert "too large for the server (413)" in said(push_through)


def test_a_push_that_was_killed_is_done_again(
    gateway: Gateway, oxigraph: SparqlServer, tiny: Workspace
) -> None:
    """The command ends in the middle, between two graphs: the next one brings what is missing."""
    gateway.hold_at = 8
    command = [sys.executable, "-m", "sosei_graph", "push", f"{gateway.address}/store"]
    with subprocess.Popen([*command, "--workspace", str(tiny.root)], cwd=ROOT) as process:
        try:
            assert gateway.held.wait(60)
        finally:
            process.kill()
            gateway.released.set()
    arrived = [seen for seen in gateway.seen if seen.method == "PUT"]
    result = push(oxigraph.server(), tiny)
    assert 0 < len(arrived) < len(result.sent)
    for graph in result.sent:
        assert oxigraph.triples(graph) == {quad.triple for quad in open_store(tiny).quads([graph])}


def test_a_redirect_is_told_and_not_followed(gateway: Gateway, push_through: Push) -> None:
    """A PUT that is sent elsewhere would arrive there as another request."""
    gateway.answers.append(Answer(301, {"Location": "https://example.jp/store"}))
    assert "give https://example.jp/store instead" in said(push_through)
    gateway.answers.append(Answer(307, {"Location": "/there/\x07"}))
    assert f"give {gateway.address}/there/ instead" in said(lambda: push_through(Login("user", "secret")))
    assert len(gateway.seen) == 2


def test_an_address_without_a_graph_store(oxigraph: SparqlServer, tiny: Workspace) -> None:
    """The address of the server alone, of its queries, of nothing."""
    root = oxigraph.graphs.removesuffix("/store")
    for address in (root, f"{root}/nothing"):
        line = complaint(sosei("push", address, "--workspace", tiny.root))
        assert line.startswith(f"{address}: there is no graph store at this address")
        assert "Virtuoso …/sparql-graph-crud-auth" in line
    line = complaint(sosei("query", "kpis", "--workspace", tiny.root, "--endpoint", oxigraph.graphs))
    assert "there is no place for SPARQL queries at this address" in line
    line = complaint(sosei("push", "localhost:7878", "--workspace", tiny.root))
    assert "one that begins with http:// or https://" in line


def test_nobody_listens(tiny: Workspace) -> None:
    """A server that was never there is not waited for."""
    address = f"http://127.0.0.1:{free_port()}/store"
    line = complaint(sosei("push", address, "--workspace", tiny.root, "--lang", "ja"))
    assert "サーバーにつながりません: Connection refused" in line


@pytest.mark.parametrize("body", [b'{"head": {"vars": ["graph"]}, "results": {"bindings": [', b"<html>", b""])
def test_an_answer_that_broke_off(gateway: Gateway, tiny: Workspace, body: bytes) -> None:
    """A server that runs out of time sends what it has, as if all were well."""
    gateway.answers.append(Answer(200, {"Content-Type": "application/sparql-results+json"}, body))
    address = f"{gateway.address}/query"
    assert "no complete SPARQL result" in said(lambda: connect(Server(address, patience=QUICK), tiny))


def test_an_answer_that_the_server_cut(gateway: Gateway, tiny: Workspace, push_through: Push) -> None:
    """Rows that a server leaves out at its time limit are missed, not overlooked."""
    push_through()
    with connect(f"{gateway.address}/query", tiny) as store:
        body = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
        gateway.answers.append(Answer(200, {"X-SQL-State": "S1TAT"}, body))
        assert "only a part of the answer" in said(lambda: store.select("SELECT ?s { ?s ?p ?o }"))
        gateway.answers.append(Answer(200, {"X-SPARQL-MaxRows": "1"}, b""))
        assert "only a part of the answer" in said(
            lambda: store.construct("CONSTRUCT WHERE { ?s a sosei:Plan }")
        )
