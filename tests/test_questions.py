"""Every question and check over a tiny graph with a distractor in it, and what holds for all of them."""

import csv
import re
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
import yaml
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from sosei_graph.blocks import plain
from sosei_graph.console import table_view
from sosei_graph.languages import Lang
from sosei_graph.queries import Question, ask, ask_file, read
from sosei_graph.queries.headers import parse
from sosei_graph.store.memory import Store
from sosei_graph.vocab import NS, PREFIXES
from tests.questions.graphs import HERE, WORKSPACE, Term, as_csv, reasoned

QUESTIONS = {path.stem: read(path) for path in WORKSPACE.queries()}
CHECKS = {path.stem: read(path) for path in WORKSPACE.checks()}
EVERY = [*QUESTIONS.values(), *CHECKS.values()]
#: The questions whose note tells a yardstick of ours instead of a judgement (tests/test_progress_questions.py).
CONVENTIONS = {"kpi-progress", "kpis-behind"}

every_question = pytest.mark.parametrize("name", sorted(QUESTIONS))
every_check = pytest.mark.parametrize("name", sorted(CHECKS))
every_query = pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)


class Case(NamedTuple):
    """A question asked with parameters, and its rows as CSV without a head."""

    question: str
    parameters: dict[str, str]
    lang: Lang
    rows: str


def cases() -> list[Case]:
    """What the `cases.yaml` of each folder says."""
    return [
        Case(path.parent.name, entry["parameters"], entry.get("lang", "ja"), entry["rows"])
        for path in sorted(HERE.glob("*/cases.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def expected(folder: Path) -> str:
    """The expected rows, in which `{today}` stands for the day that it is in Japan."""
    text = (folder / "expected.csv").read_text(encoding="utf-8")
    return text.replace("{today}", datetime.now(timezone(timedelta(hours=9))).date().isoformat())


def answer(case: Case) -> str:
    table = ask(reasoned(HERE / case.question), QUESTIONS[case.question], case.lang, **case.parameters)
    return as_csv([cell.term for cell in row] for row in table.rows)


def body(question: Question) -> str:
    """The query without its head and comments other than `# PARAMETERS`."""
    lines = question.text.splitlines()
    return "\n".join(line for line in lines if line.strip()[:1] != "#" or line.strip() == "# PARAMETERS")


def group_around(text: str, place: int) -> str:
    """The innermost `{…}` of the text in which a place stands."""
    depth, start = 0, place
    while depth >= 0:
        start -= 1
        depth += {"}": 1, "{": -1}.get(text[start], 0)
    return text[start : closing(text, start) + 1]


def closing(text: str, opening: int) -> int:
    """Where the brace at `opening` is closed."""
    depth = 0
    for place in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise AssertionError("a brace is not closed")


def test_each_query_has_a_folder() -> None:
    """A question or check without a tiny graph fails, and so does a folder whose query is gone."""
    folders = {path.parent.relative_to(HERE).as_posix() for path in HERE.rglob("graph.ttl")}
    assert folders == {*QUESTIONS, *(f"check/{name}" for name in CHECKS)}


def test_the_named_questions_exist() -> None:
    """The questions that users rely on by name are there."""
    named = """
        plans goals-side-by-side goal-tree kpis kpi-progress kpis-behind targets-equal-baseline
        compare-indicator indicators-without-values goals-without-indicators sdg-coverage sdg-gaps
        agreement-roles leads items-without-lead third-cities agreement-behind agreement-gaps
        agreement-history cooperation-pairs theme theme-matrix opinions opinion-effects continued-actions
        population-goals fertility-goals in-force evaluation absent documents evidence
    """
    assert set(named.split()) <= set(QUESTIONS)


@every_question
def test_a_question_answers(name: str) -> None:
    """Without parameters a question returns exactly the expected rows, in their order."""
    table = ask(reasoned(HERE / name), QUESTIONS[name], "ja")
    rows = [[cell.term for cell in row] for row in table.rows]
    assert as_csv(rows, [column.name for column in table.columns]) == expected(HERE / name)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.question}-{case.parameters}")
def test_a_parameter_narrows(case: Case) -> None:
    """With parameters a question returns the rows they leave, in the language asked for."""
    assert answer(case) == case.rows


@every_question
def test_every_parameter_is_tried(name: str) -> None:
    """Each parameter of a question stands in one of its cases."""
    tried = {parameter for case in cases() if case.question == name for parameter in case.parameters}
    assert tried == {parameter.name for parameter in QUESTIONS[name].parameters}


@every_check
def test_a_check_finds(name: str) -> None:
    """A check returns exactly the offenders of its tiny graph."""
    rows = reasoned(HERE / "check" / name).select(CHECKS[name].text)
    assert as_csv(rows, rows.variables) == expected(HERE / "check" / name)
    assert len(rows) > 0


@cache
def prepared(text: str) -> Query:
    """The query as rdflib reads it (a third of a second), with no prefixes but those the file declares."""
    return prepareQuery(text)


def in_rdflib(term: Term) -> Node:
    """An Oxigraph term as rdflib has it."""
    if isinstance(term, ox.Literal):
        datatype = None if term.language else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype)
    return BNode(term.value) if isinstance(term, ox.BlankNode) else URIRef(str(term)[1:-1])


@cache
def as_one_graph(folder: Path) -> Graph:
    """A tiny graph as another engine has it: all in one default graph, the ontology's axioms left out."""
    graph = Graph()
    for quad in reasoned(folder).ox:
        axiom = str(quad.subject).startswith(f"<{NS}") and quad.predicate.value != str(RDF.type)
        if not axiom:
            graph.add((in_rdflib(quad.subject), in_rdflib(quad.predicate), in_rdflib(quad.object)))
    return graph


@every_query
def test_another_engine_agrees(question: Question) -> None:
    """The query gives the same rows on rdflib, with everything in one default graph and no parameters."""
    folder = HERE / "check" / question.name if question.severity else HERE / question.name
    found = as_one_graph(folder).query(prepared(question.text))
    names = [str(variable) for variable in found.vars or ()]
    rows = [[None if term is None else Plain(str(term)) for term in row] for row in found]  # type: ignore[union-attr]
    assert as_csv(rows, names) == expected(folder)


class Plain(NamedTuple):
    """A term of rdflib, with its text where an Oxigraph term has it."""

    value: str


@every_query
def test_a_head_is_complete(question: Question) -> None:
    """Title, description, tags, and a title for each column, all in both languages."""
    selected = [str(variable) for variable in prepared(question.text).algebra.PV]
    assert list(question.columns) == selected
    texts = [question.title, question.description, *question.columns.values()]
    texts += [parameter.label for parameter in question.parameters]
    texts += [text for text in (question.empty, question.note) if text]
    for text in texts:
        assert text.ja
        assert text.en
        assert text.en.isascii(), "the English text has Japanese characters"
    assert question.tags
    assert question.description != question.title


def test_judgement_is_told_as_such() -> None:
    """A question whose rows rest on `data/curation/` says so in the answer itself, and no other does."""
    rest_on_judgement = """
        agreement-behind agreement-gaps sdg-coverage sdg-gaps theme theme-matrix goals-side-by-side
        compare-indicator population-goals fertility-goals continued-actions
    """
    notes = {question.name: question.note for question in EVERY if question.note}
    assert set(notes) - CONVENTIONS == set(rest_on_judgement.split())
    for name, note in notes.items():
        assert ("編集者の判断" in note.ja) == (name not in CONVENTIONS)
        assert ("editors' judgement" in note.en) == (name not in CONVENTIONS)


def test_a_head_says_what_an_answer_means() -> None:
    """`empty` and `note` come with the answer in its language, `example` with the parameter."""
    text = """
#+ title: {ja: 題, en: Title}
#+ empty: {ja: 無, en: none}
#+ note: {ja: 注, en: mind}
#+ parameters: {p: {type: text, ja: 文, en: Text, example: x}}
SELECT ?a {}"""
    question, store = parse(text, "q", "q.rq"), reasoned(HERE / "plans")
    assert question.parameters[0].example == "x"
    asked = (ask(store, question, "ja"), ask_file(store, text, "en"), ask(store, "plans", "en"))
    assert [(each.empty, each.note) for each in asked] == [("無", "注"), ("none", "mind"), ("", "")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_empty_answer_says_what_it_means(real_store: Store, lang: Lang) -> None:
    """No actual values, no plan, a party where a third city is asked for: no answer is “none” alone."""
    asked = [
        ("kpis-behind", {"city": "高岡市"}),
        ("agreement-gaps", {"city": "氷見市"}),
        ("third-cities", {"city": "高岡市"}),
    ]
    for name, parameters in asked:
        table = ask(real_store, name, lang, **parameters)
        assert table.rows == ()
        told = QUESTIONS[name].empty
        assert told is not None
        assert f": {told.in_(lang)}\n" in plain(table_view(table, lang))


@every_query
def test_a_query_needs_no_prefixes_from_outside(question: Question) -> None:
    """Every prefix is declared in the file, none is declared in vain, and each as everywhere else."""
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", question.text, re.MULTILINE))
    assert prepared(question.text).algebra
    rest = re.sub(r"^PREFIX .*$|<[^>\s]*>|\"[^\"]*\"", "", body(question), flags=re.MULTILINE)
    assert set(declared) == set(re.findall(r"\b(\w+):\w", rest))
    assert declared.items() <= PREFIXES.items()


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-04-01T14:59:59Z", "2026-04-01"),
        ("2026-04-01T15:00:00Z", "2026-04-02"),
        ("2026-04-30T15:00:00Z", "2026-05-01"),
        ("2026-12-31T14:00:00Z", "2026-12-31"),
        ("2026-12-31T23:59:59Z", "2027-01-01"),
        ("2027-02-28T15:00:00Z", "2027-03-01"),
        ("2028-02-28T15:00:00Z", "2028-02-29"),
        ("2028-02-29T15:00:00Z", "2028-03-01"),
    ],
)
def test_today_is_that_of_japan(now: str, day: str) -> None:
    """What is in force today is asked in Japan, where the day begins at 15:00 of the day before in UTC."""
    text = QUESTIONS["in-force"].text.replace("NOW()", f'"{now}"^^xsd:dateTime')
    assert {row[0].text for row in ask_file(reasoned(HERE / "in-force"), text, "ja").rows} == {day}


@every_query
def test_rows_are_ordered(question: Question) -> None:
    """The rows come in an order; STR of an absent value is an error there, which rdflib cannot sort."""
    order = body(question).rpartition("}")[2]
    assert "ORDER BY" in order
    assert not re.search(r"(?<!COALESCE\()STR\(", order)


@every_query
def test_a_query_names_no_graph(question: Question) -> None:
    """No GRAPH, FROM or SERVICE: the query asks for the union of what it is given."""
    assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", body(question))


@every_question
def test_parameters_reach_the_query(name: str) -> None:
    """`# PARAMETERS` opens a group, and each parameter's variable occurs in the group it opens."""
    text = body(QUESTIONS[name])
    places = [found.start() for found in re.finditer(r"^\s*# PARAMETERS$", text, re.MULTILINE)]
    for place in places:
        assert text[:place].rstrip().endswith("{")
    groups = [group_around(text, place) for place in places]
    for parameter in QUESTIONS[name].parameters:
        assert any(re.search(rf"\?{parameter.name}\b", group) for group in groups), parameter.name
    if "?lang" in text:
        assert any("?lang" in group for group in groups)


@every_check
def test_a_check_says_what_is_wrong(name: str) -> None:
    """A check has a severity and a message whose places are filled from its columns."""
    check = CHECKS[name]
    assert check.severity in {"violation", "warning", "info"}
    assert check.message is not None
    assert "focus" in check.columns
    for text in (check.message.ja, check.message.en):
        assert set(re.findall(r"\{\?(\w+)\}", text)) <= set(check.columns)
    assert not check.parameters


def test_expected_rows_are_csv() -> None:
    """Every `expected.csv` has as many cells in each row as it has columns."""
    for path in HERE.rglob("expected.csv"):
        head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        assert all(len(row) == len(head) for row in rows), path


@pytest.mark.parametrize(
    ("name", "parameters", "rows"),
    [
        ("agreement-roles", {}, 40),
        ("agreement-roles", {"city": "高岡市"}, 15),
        ("agreement-roles", {"city": "16205"}, 15),
        ("leads", {}, 13),
        ("items-without-lead", {}, 2),
        ("third-cities", {}, 4),
        ("kpis", {"city": "高岡市"}, 14),
        ("targets-equal-baseline", {"city": "高岡市"}, 2),
        ("agreement-history", {}, 3),
    ],
)
def test_the_real_documents_answer(
    real_store: Store, name: str, parameters: dict[str, str], rows: int
) -> None:
    """Over the project's own documents, the questions return as many rows as the documents have facts."""
    assert len(ask(real_store, name, "ja", **parameters).rows) == rows


def test_third_cities_of_takaoka_and_himi(real_store: Store) -> None:
    """The agreement of Takaoka and Himi names four cities that are not party to it: Imizu in six items."""
    rows = ask(real_store, "third-cities", "ja").rows
    named = [(city.text, items.text) for city, items, _which, _agreement in rows]
    assert named == [("射水市", "6"), ("小矢部市", "2"), ("砺波市", "1"), ("南砺市", "1")]


@every_check
def test_the_real_documents_pass(real_store: Store, name: str) -> None:
    """No check finds anything in the project's own documents."""
    assert list(real_store.select(CHECKS[name].text)) == []
