"""`sosei push` against real servers: what arrives, what is not sent again, what an interruption leaves."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.remote import Login, Server, push, pushing, source
from sosei_graph.remote.manifest import graph_of
from sosei_graph.workspace import Workspace
from tests.command_line import complaint, ok, sosei
from tests.remote.servers import IMPATIENT, SparqlServer

THEMES = "https://w3id.org/sosei/graph/curation/themes"
STRATEGY = "https://w3id.org/sosei/graph/reiji-strategy"
DIGEST = ox.NamedNode("http://purl.org/dc/terms/identifier")
FOREIGN = "https://example.jp/graph/other"
FOREIGN_TRIPLE = ox.Triple(
    ox.NamedNode("https://example.jp/a"), ox.NamedNode("https://example.jp/p"), ox.Literal("x")
)


def assert_same(server: SparqlServer, workspace: Workspace) -> None:
    """The server has every graph of the workspace, triple for triple."""
    store = open_store(workspace)
    for graph in store.graphs():
        assert server.triples(graph) == {quad.triple for quad in store.quads([graph])}, graph


def test_every_graph_arrives_once(server: SparqlServer, tiny: Workspace) -> None:
    """The first push sends all graphs; the second finds them there and sends nothing."""
    first = push(server.server(), tiny, inferred=True)
    assert set(first.sent) == set(open_store(tiny).graphs())
    assert (first.unchanged, first.different, first.left) == ([], [], [])
    assert_same(server, tiny)
    second = push(server.server(), tiny, inferred=True)
    assert second.unchanged == first.sent
    assert (second.sent, second.triples, second.outdated) == ([], 0, False)


def test_what_is_inferred_is_sent_when_asked_for(server: SparqlServer, tiny: Workspace) -> None:
    """By default the server gets what is asserted: data and concept schemes."""
    result = push(server.server(), tiny)
    computed = {tiny.inferred_graph, tiny.graph_name(tiny.ontology())}
    assert set(result.sent) == set(open_store(tiny).graphs()) - computed
    added = push(server.server(), tiny, inferred=True)
    assert set(added.sent) == computed


def test_only_what_changed_is_sent_again(server: SparqlServer, tiny: Workspace) -> None:
    """One document changes: one graph is sent, and the inferred facts there are known to be of before."""
    push(server.server(), tiny, inferred=True)
    document = tiny.root / "data" / "reiji-strategy.ttl"
    document.write_text(
        document.read_text(encoding="utf-8").replace("attractive", "interesting"), encoding="utf-8"
    )
    result = push(server.server(), tiny)
    assert result.sent == [STRATEGY]
    assert result.outdated
    again = push(server.server(), tiny)
    assert (again.sent, again.outdated) == ([], True)
    push(server.server(), tiny, inferred=True)
    assert_same(server, tiny)


def test_a_manifest_in_halves_is_made_whole(server: SparqlServer, tiny: Workspace) -> None:
    """A failure left a part of what was noted of an earlier state: one push later all is noted again."""
    push(server.server(), tiny)
    noted = server.triples(graph_of(tiny.base))
    half = [each for each in noted if each.subject != ox.NamedNode(STRATEGY)]
    of_before = ox.Triple(ox.NamedNode(STRATEGY), DIGEST, ox.Literal("sha256:of-before"))
    server.put(graph_of(tiny.base), [*half, of_before])
    assert push(server.server(), tiny).sent == [STRATEGY]
    assert not push(server.server(), tiny).sent
    assert server.triples(graph_of(tiny.base)) == noted


def test_a_second_push_loads_nothing(
    server: SparqlServer, tiny: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether something has to be sent is told by the files, without loading and reasoning."""
    push(server.server(), tiny, inferred=True)
    monkeypatch.delattr(source, "open_store")
    assert not push(server.server(), tiny, inferred=True).sent


def test_a_graph_that_lost_a_part_is_sent_again(server: SparqlServer, tiny: Workspace) -> None:
    """What a failure of the server, or somebody else, has left of a graph is noticed and made whole."""
    push(server.server(), tiny)
    triples = [quad.triple for quad in open_store(tiny).quads([STRATEGY])]
    server.put(STRATEGY, triples[:-3])
    assert push(server.server(), tiny).sent == [STRATEGY]
    assert server.triples(STRATEGY) == set(triples)


def test_a_push_goes_on_where_a_failure_stopped_it(
    server: SparqlServer, tiny: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server dies in the middle. What had arrived stays, the rest follows, and the end is the same."""
    monkeypatch.setattr(pushing, "_GRAPHS", 2)

    def die_in_the_middle(done: int, total: int) -> None:
        if done == total // 2:
            server.kill()

    with pytest.raises(SoseiError, match="no connection"):
        push(server.server(), tiny, inferred=True, progress=die_in_the_middle)
    server.start()
    result = push(server.server(), tiny, inferred=True)
    assert 0 < len(result.sent) < len(result.sent) + len(result.unchanged) == len(open_store(tiny).graphs())
    assert_same(server, tiny)


def test_graphs_that_are_gone_are_deleted_when_asked_for(server: SparqlServer, tiny: Workspace) -> None:
    """A document leaves the workspace: its graph stays until `delete`; what others put there stays anyway."""
    push(server.server(), tiny)
    server.put(FOREIGN, [FOREIGN_TRIPLE])
    (tiny.root / "data" / "curation" / "themes.ttl").unlink()
    kept = push(server.server(), tiny)
    assert (kept.left, kept.deleted) == ([THEMES], [])
    assert server.triples(THEMES)
    removed = push(server.server(), tiny, delete=True)
    assert (removed.left, removed.deleted) == ([], [THEMES])
    assert not server.triples(THEMES)
    assert server.triples(FOREIGN) == {FOREIGN_TRIPLE}
    assert not push(server.server(), tiny, delete=True).deleted


def test_numbers_of_one_value_may_become_one(server: SparqlServer, tiny: Workspace) -> None:
    """Virtuoso keeps 2, 2.0 and 02 as one number: that is no loss, and it is not sent for ever."""
    note = tiny.root / "data" / "curation" / "note.ttl"
    note.write_text(
        "<https://example.jp/a> <https://w3id.org/sosei/ns#numericValue> 2, 2.0, "
        '"02"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        encoding="utf-8",
    )
    result = push(server.server(), tiny)
    assert not result.different
    assert not push(server.server(), tiny).sent
    assert len(server.triples(f"{tiny.base}graph/curation/note")) in (1, 2)


def test_the_manifest_names_what_was_pushed(server: SparqlServer, tiny: Workspace) -> None:
    """The server says in a graph of its own which graphs it got, of what digest and size."""
    result = push(server.server(), tiny)
    named = server.triples(graph_of(tiny.base))
    assert {triple.subject.value for triple in named if isinstance(triple.subject, ox.NamedNode)} == set(
        result.sent
    )
    assert len(named) == 2 * len(result.sent)


def test_a_large_graph_goes_in_parts(
    server: SparqlServer, tiny: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No request holds more than a part of a graph, and the parts make the whole."""
    monkeypatch.setattr("sosei_graph.remote.graphstore.CHUNK", 50)
    push(server.server(), tiny, inferred=True)
    assert_same(server, tiny)


def test_the_command_says_what_it_did(server: SparqlServer, tiny: Workspace) -> None:
    """The numbers a person wants to know, and what is left to do."""
    arguments: list[str | Path] = ["push", server.graphs, "--workspace", tiny.root]
    login = {"SOSEI_USER": server.login.user, "SOSEI_PASSWORD": server.login.password} if server.login else {}
    english = ok(sosei(*arguments, "--inferred", env={"LC_ALL": "C", **login}))
    assert "The graph on the server is that of the workspace" in english
    assert "graphs unchanged" in english
    (tiny.root / "data" / "curation" / "themes.ttl").unlink()
    japanese = ok(sosei(*arguments, "--lang", "ja", env=login))
    assert THEMES in japanese
    assert "--delete" in japanese
    assert "--inferred" in japanese
    assert "作業フォルダーと同じです" not in japanese


@pytest.mark.parametrize("place", ["sparql", "sparql-auth", ""])
@pytest.mark.parametrize("running", ["virtuoso"], indirect=True)
def test_a_place_for_queries_is_no_graph_store(server: SparqlServer, tiny: Workspace, place: str) -> None:
    """Virtuoso never answers to a PUT there."""
    address = Server(f"{server.graphs.rpartition('/')[0]}/{place}", login=server.login, patience=IMPATIENT)
    with pytest.raises(SoseiError, match="there is no graph store at this address"):
        push(address, tiny)


@pytest.mark.parametrize("running", ["virtuoso"], indirect=True)
def test_a_wrong_password_is_one_line(server: SparqlServer, tiny: Workspace) -> None:
    """Who may not write is told so, in one line that does not show the password."""
    arguments: list[str | Path] = ["push", server.graphs, "--workspace", tiny.root, "--user", "dba"]
    said = complaint(sosei(*arguments, env={"LC_ALL": "C", "SOSEI_PASSWORD": "tajnost"}))
    assert "the user or the password is wrong (401)" in said
    assert "tajnost" not in said + repr(Login("dba", "tajnost"))
    with pytest.raises(SoseiError, match="asks for a user"):
        push(Server(server.graphs, patience=IMPATIENT), tiny)
    with pytest.raises(SoseiError, match="not allowed"):
        push(Server(server.graphs.removesuffix("-auth"), patience=IMPATIENT), tiny)


def test_a_password_comes_from_the_environment(tiny: Workspace) -> None:
    """Without a terminal to ask on, the variable has to be there; an address with a password is refused."""
    said = complaint(sosei("push", "http://127.0.0.1:1/store", "--user", "dba", "--workspace", tiny.root))
    assert "SOSEI_PASSWORD" in said
    said = complaint(sosei("push", "http://dba:tajnost@127.0.0.1/store", "--workspace", tiny.root))
    assert "tajnost" not in said
