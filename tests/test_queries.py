"""The questions of a workspace, their parameters, and a user's own SPARQL."""

import datetime as dt
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph import processes, queries
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.queries import Value, ask, ask_file, catalogue, find, headers
from sosei_graph.queries.headers import Parameter
from sosei_graph.queries.parameters import term
from sosei_graph.store.memory import Store
from sosei_graph.tables import Table
from sosei_graph.workspace import Workspace
from tests.helpers_reiji import load, write_workspace

XSD = "http://www.w3.org/2001/XMLSchema#"
FY = "https://w3id.org/sosei/id/fy/"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return write_workspace(tmp_path_factory.mktemp("queries"))


@pytest.fixture(scope="module")
def store(workspace: Workspace) -> Store:
    return load(workspace)


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table.rows]


def complaint(run: Callable[[], object]) -> SoseiError:
    with pytest.raises(SoseiError) as caught:
        run()
    assert "\n" not in caught.value.line("ja")
    return caught.value


# The catalogue and the heads of its files


def test_the_catalogue_lists_every_question(workspace: Workspace) -> None:
    """A question knows its name, title, tags, parameters and columns."""
    questions = {question.name: question for question in catalogue(workspace)}
    kpis = questions["kpis"]
    assert "plans" in questions
    assert kpis.title == Text("ＫＰＩの一覧", "KPIs")
    assert kpis.tags == ("kpi",)
    assert [parameter.name for parameter in kpis.parameters] == ["city", "cumulative"]
    assert kpis.columns["kpi"] == Text("指標", "Indicator")


def test_an_unknown_question_suggests_the_nearest(workspace: Workspace) -> None:
    """The name kpi is nearly kpis."""
    assert "did you mean: kpis" in complaint(lambda: find(workspace, "kpi")).line("en")
    assert "一覧" in complaint(lambda: find(workspace, "zzz")).line("ja")


def test_a_question_is_found_without_reading_the_others(tmp_path: Path) -> None:
    """A broken file beside it does not stop a question."""
    own_copy = write_workspace(tmp_path)
    (own_copy.root / "queries" / "broken.rq").write_text("SELECT", encoding="utf-8")
    assert find(own_copy, "kpis").name == "kpis"


HEAD = "#+ title: {ja: 題, en: Title}\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("SELECT * {}", 1, "there is no “#+” head"),
        ("#+ title: {ja: 題}\nSELECT * {}", 1, "title needs ja and en"),
        ("#+ tags: [a]\nSELECT * {}", 1, "title needs ja and en"),
        (HEAD + "#+ tags: a\n", 2, "tags has to be a list"),
        (HEAD + "#+ tag: [a]\n", 2, "the head has no key tag"),
        (HEAD + "#+ columns: {a: x}\n", 1, "a needs ja and en"),
        (HEAD + "#+ columns:\n#+   a: x\n", 3, "a needs ja and en"),
        (HEAD + "#+ columns: x\n", 2, "columns has to be"),
        (HEAD + "#+ note: x\n", 2, "note needs ja and en"),
        (HEAD + "#+ parameters:\n#+   p: {type: citty, ja: 市, en: City}\n", 3, "the type citty is unknown"),
        (HEAD + "#+ parameters:\n#+   lang: {type: text, ja: 市, en: City}\n", 3, "lang is not well formed"),
        (HEAD + "#+ parameters:\n#+   p: text\n", 3, "p is not well formed"),
        (HEAD + "#+ severity: bad\n", 2, "the severity bad is unknown"),
        (HEAD + "#+ columns: {a: [}\n", 2, "not valid YAML"),
        ("# a comment\n#+ - a\n", 2, "the head is no “key: value”"),
    ],
)
def test_a_faulty_head_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    """The file, the line in it and what is wrong, in one line."""
    path = tmp_path / "q.rq"
    path.write_text(text, encoding="utf-8")
    error = complaint(lambda: queries.read(path, "q.rq"))
    assert error.where == f"q.rq:{line}"
    assert said in error.line("en")


def test_the_head_of_a_check_has_severity_and_message() -> None:
    """A check is a query file like any other, with two keys more."""
    head = HEAD + '#+ severity: warning\n#+ message: {ja: "{?a} がない", en: "no {?a}"}\nSELECT * {}'
    check = headers.parse(head, "check", "check.rq")
    assert check.severity == "warning"
    assert check.message == Text("{?a} がない", "no {?a}")


# Asking


def test_a_question_without_parameters_is_about_everything(store: Store) -> None:
    """Labels stand for IRIs, numbers as they are, はい and いいえ for booleans."""
    table = ask(store, "kpis", "ja")
    assert table.title == "ＫＰＩの一覧"
    assert [column.title for column in table.columns] == ["指標", "基準値", "累計"]
    assert texts(table) == [("来訪者数", "-1113", "いいえ"), ("利用件数（累計）", "5350000", "はい")]


def test_an_answer_speaks_the_language_asked_for(store: Store) -> None:
    """Titles, labels and booleans are in English."""
    table = ask(store, find(store.workspace, "kpis"), "en")
    assert [column.title for column in table.columns] == ["Indicator", "Baseline", "Cumulative"]
    assert texts(table)[1] == ("Uses", "5350000", "yes")


@pytest.mark.parametrize("city", ["例示市", "99201", "reiji"])
def test_a_parameter_narrows_the_answer(store: Store, city: str) -> None:
    """A city goes by any of its names."""
    assert len(ask(store, "kpis", "ja", city=city).rows) == 2
    assert ask(store, "kpis", "ja", city="見本市").rows == ()


def test_what_is_not_given_is_not_restricted(store: Store) -> None:
    """None is what a command line hands over for an option that is not there."""
    assert len(ask(store, "kpis", "ja", city=None, cumulative=True).rows) == 1


def test_an_unknown_parameter_lists_those_that_exist(store: Store) -> None:
    """The name cty is nearly city."""
    line = complaint(lambda: ask(store, "kpis", "ja", cty="例示市")).line("en")
    assert "there is no parameter cty" in line
    assert "did you mean city? known: city (City), cumulative (Cumulative)" in line


def test_an_unknown_name_is_told_with_its_parameter(store: Store) -> None:
    """Which option was at fault, and the nearest name."""
    line = complaint(lambda: ask(store, "kpis", "ja", city="例事市")).line("ja")
    assert line.startswith("city: ")
    assert "例示市 gov:99201" in line


def test_a_default_stands_in_for_what_is_not_given(store: Store) -> None:
    """A default of the head is used unless a value is given."""
    text = find(store.workspace, "kpis").text.replace(
        "ja: 累計, en: Cumulative}", "ja: 累, en: C, default: yes}", 1
    )
    question = headers.parse(text, "kpis", "kpis.rq")
    assert len(ask(store, question, "ja").rows) == 1
    assert len(ask(store, question, "ja", cumulative="いいえ").rows) == 1


def test_a_value_is_never_read_as_sparql(store: Store) -> None:
    """Quotes and braces in a value are characters of the value."""
    text = HEAD + "#+ parameters:\n#+   x: {type: text, ja: 文字, en: Text}\nSELECT ?x {\n# PARAMETERS\n}"
    question = headers.parse(text, "q", "q.rq")
    value = '") } } SELECT * { ?s ?p "\n# PARAMETERS\n'
    assert texts(ask(store, question, "ja", x=value)) == [(value,)]


def literal(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("year", "2026", ox.NamedNode(f"{FY}2026")),
        ("year", 2026, ox.NamedNode(f"{FY}2026")),
        ("year", "２０２６年度", ox.NamedNode(f"{FY}2026")),
        ("year", "令和8年度", ox.NamedNode(f"{FY}2026")),
        ("year", "R8", ox.NamedNode(f"{FY}2026")),
        ("year", "令和元年", ox.NamedNode(f"{FY}2019")),
        ("year", "H30", ox.NamedNode(f"{FY}2018")),
        ("year", "fy:2026", ox.NamedNode(f"{FY}2026")),
        ("year", f"{FY}2026", ox.NamedNode(f"{FY}2026")),
        ("date", "2026-04-01", literal("2026-04-01", "date")),
        ("date", "2026/4/1", literal("2026-04-01", "date")),
        ("date", "令和8年4月1日", literal("2026-04-01", "date")),
        ("date", dt.date(2026, 4, 1), literal("2026-04-01", "date")),
        ("date", dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC), literal("2026-04-01", "date")),
        ("integer", "１，２００", literal("1200", "integer")),
        ("integer", -3, literal("-3", "integer")),
        ("boolean", "はい", literal("true", "boolean")),
        ("boolean", False, literal("false", "boolean")),
        ("text", "観光", ox.Literal("観光")),
    ],
)
def test_a_value_becomes_a_term_of_its_type(store: Store, kind: str, value: Value, expected: object) -> None:
    """Years and dates are read in both calendars, figures in both widths."""
    assert term(store, Parameter("p", kind, Text("例", "P")), value) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("year", "来年"),
        ("year", "26"),
        ("year", "99999"),
        ("year", ""),
        ("date", "2026-02-30"),
        ("date", "令和8年"),
        ("date", "明日"),
        ("integer", "1.5"),
        ("integer", True),
        ("integer", "十"),
        ("boolean", "たぶん"),
    ],
)
def test_an_ill_typed_value_is_told_with_an_example(store: Store, kind: str, value: Value) -> None:
    """The parameter by both its names, what was given, and what would do."""
    parameter = Parameter("when", kind, Text("時", "When"))
    error = complaint(lambda: term(store, parameter, value))
    assert "when (When) cannot be" in error.line("en")
    assert "（例: " in error.line("ja")


# A user's own SPARQL


def test_a_select_of_ones_own_is_a_table(store: Store, tmp_path: Path) -> None:
    """From a file; the prefixes of the project are known and labels stand for IRIs."""
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?plan { ?plan a sosei:Plan }", encoding="utf-8")
    table = ask_file(store, path, "en")
    assert table.title == "mine"
    assert texts(table) == [("Reiji strategy",)]


def test_an_ask_has_one_cell(store: Store) -> None:
    """The answer is yes or no in the language."""
    table = ask_file(store, "ASK { ?plan a sosei:Plan }", "ja")
    assert (table.form, texts(table)) == ("ask", [("はい",)])


@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s sosei:adoptedBy ?o }", "DESCRIBE <https://w3id.org/x>"]
)
def test_triples_are_rows_of_three(store: Store, query: str) -> None:
    """CONSTRUCT and DESCRIBE give subject, predicate and object."""
    table = ask_file(store, query, "ja")
    assert table.form == "construct"
    assert [column.title for column in table.columns] == ["主語", "述語", "目的語"]


def test_a_query_of_ones_own_may_have_a_head(store: Store, tmp_path: Path) -> None:
    """Then it takes parameters and has titles like the project's questions."""
    path = tmp_path / "mine.rq"
    path.write_text(find(store.workspace, "kpis").text, encoding="utf-8")
    table = ask_file(store, path, "en", city="Reiji", cumulative="no")
    assert (table.title, texts(table)) == ("KPIs", [("Visitors", "-1113", "no")])


def test_the_language_is_bound_where_it_is_used(store: Store) -> None:
    """?lang is there for labels that are put together inside a query, and does not show up elsewhere."""
    text = "SELECT * {\n# PARAMETERS\n?plan a sosei:Plan"
    assert [column.name for column in ask_file(store, text + "}", "en").columns] == ["plan"]
    labels = text.replace("*", "?label") + " ; rdfs:label ?label FILTER(LANG(?label) = ?lang) }"
    assert texts(ask_file(store, labels, "en")) == [("Reiji strategy",)]


def test_parameters_need_a_head(store: Store) -> None:
    """Without one nobody can know their types."""
    assert "no parameter city" in complaint(lambda: ask_file(store, "ASK {}", "ja", city="例示市")).line("en")


@pytest.mark.parametrize(
    ("query", "where", "said"),
    [
        ("SELECT ?s {\n?s ?p }", "query:2", "not valid SPARQL near “?s ?p }”"),
        ("SELECT ?s {", "query:1", "not valid SPARQL near “SELECT ?s {”"),
        ("SELECT ?s { ?s a ?o\n\n", "query:1", "not valid SPARQL near “SELECT ?s { ?s a ?o”"),
        (
            "SELECT ?s {\n ?s a soseii:Plan }",
            "query:2",
            "the prefix soseii: is not declared (did you mean sosei: ?",
        ),
        ("SELECT ?s { ?s a :Plan }", "query:1", "the prefix : is not declared"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "query:1", "this is no SELECT, ASK or CONSTRUCT query"),
        ("# only a comment", "query:1", "this is no SELECT, ASK or CONSTRUCT query"),
        ("", "query:1", "this is no SELECT, ASK or CONSTRUCT query"),
    ],
)
def test_a_query_that_cannot_be_read_is_one_line(store: Store, query: str, where: str, said: str) -> None:
    """Where it is and what is wrong, without the engine's list of everything it hoped for."""
    error = complaint(lambda: ask_file(store, query, "ja"))
    assert error.where == where
    assert said in error.line("en")
    assert len(error.line("en")) < 300


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * {SERVICESILENT<http://127.0.0.1:9/>{?s ?p ?o}}",
        "PREFIX p: <https://w3id.org/sosei/ns#Plan> SELECT * { ?s a p:.SERVICE<http://127.0.0.1:9/>{?x ?y ?z} }",
        "SELECT * { ?s ?p 'a' # it's\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """a"b""" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
        "SELECT * { ?s ?p 'a\\'' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # a\rSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { BIND(1 AS ?a) FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * { ?s <http://x/\\u0041#> ?o SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX service: <http://x/> SELECT * { service:x { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_however_it_is_written(store: Store, query: str) -> None:
    """A query never reaches out to the network."""
    assert "SERVICE is refused" in complaint(lambda: ask_file(store, query, "ja")).line("en")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <x>' } # SERVICE",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT ?service { ?service <http://example.org/service#SERVICE> ?o }",
        "PREFIX ex: <http://example.org/service/> SELECT * { ?s ex:service 'x'@en-service }",
    ],
)
def test_the_word_service_elsewhere_is_no_matter(store: Store, query: str) -> None:
    """In strings, comments, IRIs, variables and local names it is a word like any other."""
    assert ask_file(store, query, "ja").rows == ()


def test_a_query_file_must_exist_and_be_utf8(store: Store, tmp_path: Path) -> None:
    """Otherwise it is one line with the file."""
    assert "nope.rq" in complaint(lambda: ask_file(store, tmp_path / "nope.rq", "ja")).line("ja")
    path = tmp_path / "sjis.rq"
    path.write_bytes("# 例示\nASK {}".encode("shift_jis"))
    assert "UTF-8" in complaint(lambda: ask_file(store, path, "ja")).line("ja")


@pytest.fixture
def mixed(tmp_path: Path) -> Store:
    """A store whose values are numbers beside strings, which the engine cannot put in an order."""
    store = load(write_workspace(tmp_path))
    thing, graph = ox.NamedNode("http://example.org/p"), ox.NamedNode("http://example.org/g")
    for number in range(2000):
        value = ox.Literal(number * 7919 % 2000) if number % 2 else ox.Literal(str(number * 7919 % 2000))
        store.ox.add(ox.Quad(ox.NamedNode(f"http://example.org/{number}"), thing, value, graph))
    return store


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_query_that_brings_the_engine_down_is_an_error(mixed: Store) -> None:
    """The engine aborts its process on it; ours goes on and says what to do."""
    error = complaint(lambda: ask_file(mixed, "SELECT ?o { ?s <http://example.org/p> ?o } ORDER BY ?o", "ja"))
    assert "the engine broke down on this query" in error.line("en")
    assert "STR(?x)" in error.line("ja")
    assert (
        len(ask_file(mixed, "SELECT ?o { ?s <http://example.org/p> ?o } ORDER BY STR(?o)", "ja").rows) == 2000
    )


def test_a_query_runs_in_place_beside_other_threads(store: Store) -> None:
    """A fork would copy locks that other threads hold."""
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    try:
        assert not processes.can_fork()
        assert texts(ask_file(store, "ASK {}", "en")) == [("yes",)]
        assert "not valid SPARQL" in complaint(lambda: ask_file(store, "ASK {", "en")).line("en")
    finally:
        gate.set()
        thread.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
@pytest.mark.usefixtures("no_process_is_left")
def test_an_interruption_ends_the_query_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C kills the process of the query; none is left behind."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fdopen", interrupted)
    with pytest.raises(KeyboardInterrupt):
        processes.apart(lambda: b"")
