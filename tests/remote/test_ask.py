"""`sosei query --endpoint` against real servers: the answer is the one that the workspace gives."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph import queries
from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.remote import (
    RemoteStore,
    Server,
    ask,
    ask_file,
    asking,
    connect,
    copied,
    copying,
    names,
    push,
)
from sosei_graph.remote.client import Client
from sosei_graph.remote.graphstore import GraphStore
from sosei_graph.remote.service import Service
from sosei_graph.store.memory import Store
from sosei_graph.tables import Table
from sosei_graph.workspace import Workspace
from tests.command_line import ENGLISH, complaint, ok, sosei
from tests.questions.graphs import HERE, WORKSPACE, reasoned
from tests.remote.servers import IMPATIENT, SparqlServer, Virtuoso
from tests.test_questions import QUESTIONS, cases

CITY = {"city": "例示市"}
ASKED = {
    name: [(case.lang, case.parameters) for case in cases() if case.question == name] for name in QUESTIONS
}


@pytest.fixture(scope="module")
def local() -> Store:
    """The reasoned graph of 例示市."""
    return open_store(Workspace.find(Path(__file__).parent.parent / "fixtures" / "reiji"))


@pytest.fixture(scope="module")
def pushed(running: SparqlServer, local: Store) -> SparqlServer:
    """A server with the graph of 例示市, not to be changed."""
    running.clear()
    push(running.server(), local.workspace, inferred=True)
    return running


@pytest.fixture(scope="module")
def there(pushed: SparqlServer, local: Store) -> Iterator[RemoteStore]:
    """The graph on the server."""
    with connect(Server(pushed.queries, patience=IMPATIENT), local.workspace) as store:
        yield store


def test_every_question_has_the_answer_of_the_workspace(there: RemoteStore, local: Store) -> None:
    """Title, columns, terms and labels of each question of the catalogue are the same, row for row."""
    for question in queries.catalogue(local.workspace):
        assert ask(there, question, "ja") == queries.ask(local, question, "ja"), question.name


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("kpi-progress", {"year": "2025"}),
        ("goals-side-by-side", {"plan": "plan/99201/strategy-1"}),
        ("indicators-without-values", {"plan": "plan/99201/strategy-1"}),
        ("schedule", CITY),
        ("theme", {"theme": "theme:childcare", **CITY}),
    ],
)
def test_a_question_with_parameters(
    there: RemoteStore, local: Store, question: str, values: dict[str, str]
) -> None:
    """Narrowed, too, the answer is that of the workspace; Virtuoso itself loses rows of these, or fails."""
    assert ask(there, question, "ja", **values) == queries.ask(local, question, "ja", **values)


@pytest.mark.parametrize("running", ["virtuoso"], indirect=True)
def test_a_large_graph_is_not_fetched(
    pushed: SparqlServer, local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Virtuoso itself then answers, and the command says what that is worth."""
    monkeypatch.setattr(copying, "LARGEST", 0)
    with connect(Server(pushed.queries), local.workspace) as store:
        for name, values in (("plans", {}), ("documents", {}), ("agreement-roles", CITY)):
            assert ask(store, name, "ja", **values) == queries.ask(local, name, "ja", **values)
        assert store.copy is None
    answered = sosei("query", "plans", "--workspace", local.workspace.root, "--endpoint", pushed.queries)
    assert "rows may be missing" in answered.stderr
    assert ok(answered) == ok(sosei("query", "plans", "--workspace", local.workspace.root))


def test_a_graph_is_fetched_from_where_it_is_computed_otherwise(pushed: SparqlServer, local: Store) -> None:
    """Virtuoso loses rows where a parameter is given: its graph comes here, once, and with every triple."""
    progress: list[tuple[int, int]] = []
    with connect(Server(pushed.queries), local.workspace) as store:
        copy = copied(store, lambda *numbers: progress.append(numbers))
        assert (copy is not None) == isinstance(pushed, Virtuoso)
        assert copied(store) is copy
    if copy:
        assert {*copy.ox} >= {*local.ox}
        assert progress[-1][1] == len(local.ox)


def test_graphs_of_others_are_not_asked(server: SparqlServer, reiji: Workspace) -> None:
    """Somebody else's plan on the same server is no answer to our question, whatever it says of ours."""
    push(server.server(), reiji, inferred=True)
    here = open_store(reiji)
    expected = [queries.ask(here, name, "ja", **values) for name, values in (("plans", {}), ("kpis", CITY))]
    assert expected[0].rows
    inferred = [quad.triple for quad in here.quads([reiji.inferred_graph])]
    theirs = [
        ox.Triple(ox.NamedNode(str(each.subject)[1:-1] + "-2"), each.predicate, each.object)
        for each in inferred
    ]
    for brought in ([], [*theirs, *inferred]):
        server.put("https://example.jp/graph/other", brought)
        with connect(Server(server.queries), reiji) as store:
            assert store.service.alone == (not brought and not isinstance(server, Virtuoso))
            answers = [ask(store, name, "ja", **values) for name, values in (("plans", {}), ("kpis", CITY))]
        assert answers == expected


def said(call: Callable[[], Table]) -> Table | str:
    """The answer, or the line that says why there is none."""
    try:
        return call()
    except SoseiError as error:
        return error.line("ja")


@pytest.mark.parametrize("city", ["例示市", "例示", "99201", "gov:99201", "れいじし"])
def test_names_are_looked_up_on_the_server(there: RemoteStore, local: Store, city: str) -> None:
    """A city is understood there as here: by its name, part of it, its code, its CURIE, its reading."""
    assert said(lambda: ask(there, "kpis", "en", city=city)) == said(
        lambda: queries.ask(local, "kpis", "en", city=city)
    )


@pytest.mark.parametrize("plan", ["plan/99201/strategy-1", "第１期例示市総合戦略", "nothing of this name"])
def test_of_many_things_only_exact_names_are_fetched(
    there: RemoteStore, local: Store, plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are too many names to fetch them all, the exact ones and the ends of IRIs still work."""
    monkeypatch.setattr(names, "_MANY", 0)
    if plan.startswith("nothing"):
        with pytest.raises(SoseiError, match="there is no plan by the name"):
            ask(there, "kpis", "en", plan=plan)
    else:
        assert ask(there, "kpis", "en", plan=plan) == queries.ask(local, "kpis", "en", plan=plan)


def test_own_queries(there: RemoteStore, local: Store) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE of a user, with the project's prefixes; SERVICE is refused."""
    for text in (
        "SELECT ?plan ?label { ?plan a sosei:Plan ; rdfs:label ?label } ORDER BY ?plan STR(?label)",
        "ASK { ?plan a sosei:Plan }",
        "ASK { ?plan a sosei:Nothing }",
        "CONSTRUCT { ?plan rdfs:label ?label } WHERE { ?plan a sosei:Plan ; rdfs:label ?label }",
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/sosei/graph/reiji-strategy> WHERE { ?s ?p ?o }",
    ):
        assert ask_file(there, text, "ja") == queries.ask_file(local, text, "ja"), text
    with pytest.raises(SoseiError, match="SERVICE is refused"):
        ask_file(there, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "ja")
    with pytest.raises(SoseiError, match="refuses it"):
        ask_file(there, "SELECT ?s WHERE { ?s ?p }", "ja")


def test_all_rows_arrive(there: RemoteStore, local: Store) -> None:
    """Virtuoso leaves out what comes after its largest number of rows, and says nothing of it."""
    text = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p STR(?o)"
    here = local.select(text)
    assert len(here) > 5000
    rows = there.service.select(text)
    assert set(rows) == set(here)
    assert len(rows) == len(here)


def test_the_union_is_asked_where_the_graphs_are_many(
    pushed: SparqlServer, local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many graphs to name them all: the default graph of the server is asked, if it is their union."""
    monkeypatch.setattr(asking, "_LISTED", 1)
    with connect(Server(pushed.queries), local.workspace) as store:
        assert not store.service.graphs
        assert ask(store, "kpis", "ja") == queries.ask(local, "kpis", "ja")


def test_the_command_asks_the_server(pushed: SparqlServer, local: Store) -> None:
    """The command line prints the same as without a server, whatever the format."""
    for arguments in (
        ["agreement-roles"],
        ["kpis", "--city", "例示市", "--format", "csv"],
        ["absent", "--format", "json"],
    ):
        command: list[str | Path] = ["query", *arguments, "--workspace", local.workspace.root]
        here, there = sosei(*command), sosei(*command, "--endpoint", pushed.queries)
        assert ok(there) == ok(here)
        assert isinstance(pushed, Virtuoso) == ("SPARQL 1.1" in there.stderr)


def test_a_server_without_our_graphs(server: SparqlServer, reiji: Workspace) -> None:
    """Nothing was pushed: one line says what to do. Without the inferred facts the command warns."""
    command: list[str | Path] = ["query", "kpis", "--workspace", reiji.root, "--endpoint", server.queries]
    assert "run sosei push first" in complaint(sosei(*command, env=ENGLISH))
    push(server.server(), reiji)
    assert "no inferred facts" in sosei(*command, env=ENGLISH).stderr


def test_each_question_over_its_own_graph(oxigraph: SparqlServer) -> None:
    """Tiny graphs with distractors tell a wrong answer from a right one, with and without parameters."""
    with Client(patience=IMPATIENT) as client:
        graphs, service = GraphStore(client, oxigraph.graphs), Service(client, oxigraph.queries)
        brought: set[str] = set()
        for name in sorted(QUESTIONS):
            here = reasoned(HERE / name)
            for graph in here.graphs():
                if graph not in brought or graph.endswith(("/common", "/graph", "/inferred")):
                    graphs.replace(graph, [quad.triple for quad in here.quads([graph])])
                    brought.add(graph)
            service.graphs = here.graphs()
            there = RemoteStore(WORKSPACE, service, here.graphs())
            for lang, values in [("ja", {}), *ASKED[name]]:
                answer = ask(there, QUESTIONS[name], lang, **values)
                assert answer == queries.ask(here, QUESTIONS[name], lang, **values), (name, values)
