"""Questions, checks, rules and shapes have none of the traps of `tests/query_traps.py`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import SH, Graph

from tests.query_kinds import Kinds
from tests.query_traps import Trap, traps

ROOT = Path(__file__).parent.parent

#: File, rule, what stands there → why it does no harm. An entry that nothing needs any more fails.
HARMLESS: dict[tuple[str, str, str], str] = {}


@dataclass(frozen=True)
class Query:
    """A query with its file and the line that it begins in; `shape` if SHACL runs it."""

    file: str
    line: int
    text: str
    shape: bool = False


@cache
def kinds() -> Kinds:
    return Kinds(ROOT / "ontology" / "sosei.ttl", ROOT / "shapes")


def of_files(folder: str) -> Iterator[Query]:
    for path in sorted((ROOT / folder).glob("*.rq")):
        yield Query(path.relative_to(ROOT).as_posix(), 1, path.read_text(encoding="utf-8"))


def of_shapes() -> Iterator[Query]:
    """The `sh:select` of each constraint, with the prefixes that it names."""
    prefixes = Graph().parse(ROOT / "shapes" / "prefixes.ttl")
    declared = [
        f"PREFIX {prefixes.value(entry, SH.prefix)}: <{prefixes.value(entry, SH.namespace)}>"
        for entry in prefixes.objects(None, SH.declare)
    ]
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        for query in sorted(map(str, set(Graph().parse(path).objects(None, SH.select)))):
            line = text.count("\n", 0, text.index(query)) + 1
            yield Query(f"shapes/{path.name}", line, f"{' '.join(declared)} {query}", shape=True)


QUERIES = [*of_files("queries"), *of_files("queries/check"), *of_files("ontology/rules")]
SHAPES = list(of_shapes())


def found(query: Query) -> list[Trap]:
    """The traps of a query, in the lines of its file."""
    # Shapes are asked of one document's graph, where a triple stands once, and of the few focus nodes that their
    # patterns do not settle (`validation.asking`), for which those in an EXISTS have to stand together.
    harmless = ("repeat", "count", "exists") if query.shape else ()
    return [
        Trap(trap.line + query.line - 1, trap.rule, trap.what)
        for trap in traps(query.text, kinds())
        if trap.rule not in harmless
    ]


@pytest.mark.parametrize("query", [*QUERIES, *SHAPES], ids=lambda query: f"{query.file}:{query.line}")
def test_a_query_has_no_trap(query: Query) -> None:
    """What each rule is about stands in `tests/query_traps.py`."""
    harmless = {(rule, what) for file, rule, what in HARMLESS if file == query.file}
    traps = [trap for trap in found(query) if (trap.rule, trap.what) not in harmless]
    assert not traps, "\n".join(f"{query.file}:{trap.line}: {trap.rule}: {trap.what}" for trap in traps)


def test_what_is_harmless_is_still_there() -> None:
    """An exception goes with what it was made for."""
    found_there = {(query.file, trap.rule, trap.what) for query in QUERIES for trap in found(query)}
    assert set(HARMLESS) <= found_there


def test_there_are_queries_of_every_kind() -> None:
    """A folder that moved would have no traps either."""
    folders = {Path(query.file).parent.as_posix() for query in (*QUERIES, *SHAPES)}
    assert folders == {"queries", "queries/check", "ontology/rules", "shapes"}


@pytest.mark.parametrize("folder", ["sosei_graph", "tools"])
def test_parameters_are_never_initial_bindings(folder: str) -> None:
    """Engines differ in what they make of rdflib's initBindings; `store.bind` writes VALUES."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        named = [call.lineno for call in calls if any(each.arg == "initBindings" for each in call.keywords)]
        assert not named, f"{path}: initBindings in lines {named}"


# The rules themselves

HEAD = "PREFIX sosei: <https://w3id.org/sosei/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


def rules(query: str) -> list[tuple[int, str, str]]:
    return [(trap.line, trap.rule, trap.what) for trap in traps(HEAD + query, kinds())]


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("?a sosei:hasValue ?b . ?b sosei:unit ?c", "hasValue, unit"),
        ("?a sosei:hasValue ?b ; sosei:unit ?c", "hasValue, unit"),
        ("?a sosei:hasValue/sosei:unit ?c", "hasValue, unit"),
        ("?a (sosei:hasValue/sosei:unit) ?c", "hasValue, unit"),
        ("?a sosei:hasValue ?b OPTIONAL { ?b sosei:unit ?c }", "hasValue, unit"),
        ("{ ?a sosei:hasValue ?b } UNION { ?a sosei:unit ?b }", "hasValue, unit"),
        ("?a sosei:partOf*/rdfs:subClassOf* ?b . ?b a sosei:Plan", "partOf, type"),
        ("?a ?p ?b . ?b ?q ?c", "?p, ?q"),
        ("SELECT ?a { ?a sosei:hasValue ?b }", "a sub-select"),
    ],
)
@pytest.mark.parametrize(
    "keyword", ["FILTER NOT EXISTS", "FILTER EXISTS", "FILTER(?x || NOT EXISTS", "BIND(EXISTS"]
)
def test_several_patterns_in_exists_are_a_trap(keyword: str, inside: str, what: str) -> None:
    """However the EXISTS and its patterns are written, with the line of the keyword."""
    end = {"FILTER(": ")", "BIND(EX": " AS ?y)"}.get(keyword[:7], "")
    query = f"SELECT DISTINCT ?a {{\n?a a ?x # EXISTS\n{keyword} {{ {inside} }}{end} }}"
    assert rules(query) == [(4, "exists", what)]


@pytest.mark.parametrize(
    "inside",
    [
        "?a sosei:hasValue ?b",
        "?a sosei:hasValue|sosei:unit ?b",
        "?a (sosei:hasValue/sosei:unit)* ?b",
        "?a ^sosei:partOf+ ?b FILTER(STRLEN(STR(?b)) > 3)",
        "?a a/rdfs:subClassOf* sosei:Plan",
        "?a sosei:hasValue ?b FILTER EXISTS { ?b sosei:unit ?c }",
        "VALUES ?p { sosei:hasValue } ?a ?p ?b",
    ],
)
def test_one_pattern_in_exists_is_none(inside: str) -> None:
    """It is looked up; so is one in an EXISTS of its own."""
    assert rules(f"SELECT DISTINCT ?a {{ ?a a ?x FILTER NOT EXISTS {{ {inside} }} }}") == []
    assert rules("SELECT DISTINCT ?a { ?a a ?x MINUS { ?a sosei:hasValue ?b . ?b sosei:unit ?c } }") == []


@pytest.mark.parametrize(
    ("before", "part", "what"),
    [
        ("OPTIONAL { ?a sosei:unit ?u }", "OPTIONAL { ?u rdfs:label ?l }", "?u"),
        (
            "OPTIONAL { ?a sosei:unit ?u }",
            "OPTIONAL { { ?u rdfs:label ?l } UNION { ?u rdfs:comment ?l } }",
            "?u",
        ),
        ("OPTIONAL { ?a sosei:unit ?u } FILTER(BOUND(?u))", "OPTIONAL { ?u rdfs:label ?l }", "?u"),
        ("OPTIONAL { ?a sosei:unit ?u }", "MINUS { ?u rdfs:label ?l }", "?u"),
        ("{ ?a sosei:unit ?u } UNION { ?a sosei:period ?p }", "OPTIONAL { ?p rdfs:label ?l }", "?p"),
        ("VALUES (?u ?v) { (UNDEF 1) (sosei:Plan 2) }", "OPTIONAL { ?u rdfs:label ?l }", "?u"),
        ("BIND(IRI(STR(?a)) AS ?u)", "OPTIONAL { ?u rdfs:label ?l }", "?u"),
        (
            "OPTIONAL { ?a sosei:unit ?o } BIND(IF(?o = 1, ?o, ?a) AS ?u)",
            "OPTIONAL { ?u rdfs:label ?l }",
            "?u",
        ),
        (
            "{ SELECT DISTINCT ?b ?u { ?b a ?x OPTIONAL { ?b sosei:unit ?u } } }",
            "OPTIONAL { ?u rdfs:label ?l }",
            "?u",
        ),
        (
            "{ SELECT ?b (MIN(?v) AS ?u) { ?b sosei:unit ?v } GROUP BY ?b }",
            "OPTIONAL { ?u rdfs:label ?l }",
            "?u",
        ),
    ],
)
def test_to_join_on_what_may_be_unbound_is_a_trap(before: str, part: str, what: str) -> None:
    """Every row is compared with every other: no variable tells which belong together."""
    assert rules(f"SELECT DISTINCT ?a {{ ?a a ?k {before}\n{part} }}") == [(3, "unbound", what)]


@pytest.mark.parametrize(
    "pattern",
    [
        "OPTIONAL { ?a sosei:unit ?u OPTIONAL { ?u rdfs:label ?l } }",
        "OPTIONAL { ?a sosei:unit ?u } OPTIONAL { ?a sosei:period ?u }",
        "OPTIONAL { ?a sosei:unit ?o } BIND(COALESCE(?o, ?a) AS ?u) OPTIONAL { ?u rdfs:label ?l }",
        "BIND(?a AS ?u) OPTIONAL { ?u rdfs:label ?l }",
        "VALUES (?u ?v) { (sosei:Goal 1) (sosei:Plan 2) } OPTIONAL { ?u rdfs:label ?l }",
        "{ ?a sosei:unit ?u } UNION { ?u sosei:period ?a } OPTIONAL { ?u rdfs:label ?l }",
        "{ SELECT DISTINCT ?u { ?a sosei:unit ?u } } OPTIONAL { ?u rdfs:label ?l }",
        "OPTIONAL { ?a sosei:unit ?u } MINUS { ?other rdfs:label ?l }",
    ],
)
def test_to_join_on_what_is_bound_is_none(pattern: str) -> None:
    """Nested, given a value whatever the row, or with nothing in common at all."""
    assert rules(f"SELECT DISTINCT ?a {{ ?a a ?k {pattern} }}") == []


@pytest.mark.parametrize(
    ("pattern", "key", "what"),
    [
        ("?a ?p ?x", "?x", "?x (any)"),
        (
            "?a sosei:numericValue ?n ; sosei:statedValue ?s BIND(COALESCE(?n, ?s) AS ?x)",
            "?x",
            "?x (number, text)",
        ),
        ("{ ?a sosei:numericValue ?x } UNION { ?a sosei:statedValue ?x }", "DESC(?x)", "?x (number, text)"),
        ("?a sosei:numericValue|sosei:statedValue ?x", "?x", "?x (number, text)"),
        ("VALUES ?p { sosei:numericValue sosei:unit sosei:statedValue } ?a ?p ?x", "?x", "?x (number, text)"),
        ('VALUES ?x { 1 "a" }', "?x", "?x (number, text)"),
        ('?a sosei:ordinal ?n BIND(IF(?n = 1, ?n, "many") AS ?x)', "?x", "?x (number, text)"),
        ("?a sosei:startDate ?x . ?b sosei:cumulative ?x", "?x", "?x (boolean, date)"),
        (
            "?a sosei:numericValue ?n ; sosei:statedValue ?s",
            "(COALESCE(?s, ?n))",
            "Builtin_COALESCE (number, text)",
        ),
        ("?a sosei:notInTheVocabulary ?x", "?x", "?x (any)"),
    ],
)
def test_order_over_mixed_literals_is_a_trap(pattern: str, key: str, what: str) -> None:
    """The kinds are those of the vocabulary's ranges, and of what the query computes."""
    assert rules(f"SELECT DISTINCT ?a {{ {pattern} }}\nORDER BY ?a {key}") == [(3, "order", what)]


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("?a sosei:statedValue ?x", "?x"),
        ("?a sosei:numericValue ?x", "DESC(?x)"),
        ("?a sosei:statedValue ?s ; sosei:absenceReason ?r BIND(COALESCE(?s, ?r) AS ?x)", "?x"),
        ("?a ?p ?x", "STR(?x)"),
        ("?a ?p ?x FILTER(isIRI(?x))", "?x"),
        ("?a ?p ?x . ?x a sosei:Plan", "?x"),
        ("?a ?p ?x", '(IF(isNumeric(?x), "", STR(DATATYPE(?x)))) ?x'),
        ("{ SELECT ?a (COUNT(DISTINCT ?b) AS ?x) { ?a sosei:hasValue ?b } GROUP BY ?a }", "?x"),
        ("?a sosei:partOf?/sosei:adoptedBy ?x", "?x"),
        ("?a sosei:ordinal ?o BIND(100 * ?o + STRLEN(STR(?a)) AS ?x)", "?x"),
    ],
)
def test_order_over_one_kind_is_none(pattern: str, key: str) -> None:
    """Literals of one kind, IRIs beside them or not, or sorted by datatype before."""
    assert rules(f"SELECT DISTINCT ?a {{ {pattern} }} ORDER BY {key}") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?a { ?a a ?b }", [(2, "repeat", "SELECT")]),
        ("SELECT ?a { { SELECT ?a { ?a a ?b } } }", [(2, "repeat", "SELECT")]),
        ("SELECT ?a { { SELECT DISTINCT ?a { ?a a ?b } } ?a sosei:unit ?u }", [(2, "repeat", "SELECT")]),
        ("SELECT (COUNT(?a) AS ?n) { ?a a ?b }", [(2, "count", "Count")]),
        ("SELECT (COUNT(*) AS ?n)\n{ ?a a ?b }", [(2, "count", "Count")]),
        ("SELECT ?a\n(SUM(?v) AS ?n) { ?a sosei:numericValue ?v } GROUP BY ?a", [(3, "count", "Sum")]),
        ("SELECT DISTINCT ?a { ?a a ?b }", []),
        ("SELECT ?a { { SELECT DISTINCT ?a ?b { ?a a ?b } } BIND(1 AS ?c) FILTER(?a != ?b) }", []),
        ("SELECT (COUNT(DISTINCT ?a) AS ?n) (MIN(?a) AS ?m) { ?a a ?b }", []),
        ("SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a { ?a a ?b } } }", []),
        ('SELECT (GROUP_CONCAT(?a; separator=", ") AS ?n) { { SELECT DISTINCT ?a { ?a a ?b } } }', []),
        ("ASK { ?a a ?b }", []),
        ("CONSTRUCT { ?a a ?c } WHERE { ?a a ?b . ?b rdfs:subClassOf ?c }", []),
    ],
)
def test_rows_that_can_stand_there_twice_are_a_trap(query: str, expected: list[tuple[int, str, str]]) -> None:
    """A triple stands in a union of graphs as often as there are graphs that have it."""
    assert rules(query) == expected


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT DISTINCT ?a {\nGRAPH ?g { ?a a ?b } }", "GRAPH"),
        ("SELECT DISTINCT ?a\nFROM <http://example.org/g> { ?a a ?b }", "FROM"),
        ("SELECT DISTINCT ?a {\nSERVICE <http://example.org/> { ?a a ?b } }", "SERVICE"),
    ],
)
def test_what_depends_on_a_server_is_a_trap(query: str, what: str) -> None:
    """The graph is also put on servers whose default graph is set up otherwise."""
    assert rules(query) == [(3, "standard", what)]


@pytest.mark.parametrize(
    "query", ["SELECT DISTINCT ?a { ?a ex:b ?c }", "SELECT DISTINCT ?a { LATERAL { ?a a ?b } }"]
)
def test_what_not_every_server_reads_is_a_trap(query: str) -> None:
    """Prefixes that only the package knows, and syntax that only one engine has."""
    assert [rule for _, rule, _ in rules(query)] == ["standard"]
