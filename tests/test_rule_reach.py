"""What a rule can read and make, told from its text: nothing that it does read or make may be left out."""

import pyoxigraph as ox
import pytest

from sosei_graph.reasoning.axioms import TYPE, Axioms, Names
from sosei_graph.reasoning.rules import Reach, Rule, concerned, rules_of
from sosei_graph.vocab import NS
from tests.questions.graphs import WORKSPACE


def names(*local: str) -> Names:
    return frozenset(ox.NamedNode(NS + name) for name in local)


def rule(where: str, template: str = "?x sosei:hasTheme ?y") -> Rule:
    return Rule(f"CONSTRUCT {{ {template} }} WHERE {{ {where} }}", "x.rq")


@pytest.mark.parametrize(
    ("where", "reads"),
    [
        ("?x sosei:unit ?y", names("unit")),
        ("?x sosei:unit ?y ; a sosei:Goal, sosei:Plan . # sosei:role\n", names("unit", "Goal", "Plan")),
        ('?x sosei:unit ?y FILTER(STR(?y) = "sosei:role ?a ?b")', names("unit")),
        (f"?x <{NS}unit>/sosei:partOf* ?y", names("unit", "partOf")),
        ("VALUES ?kind { sosei:Goal } ?x a ?kind ; sosei:unit ?y", names("Goal", "unit")),
        (
            "?x sosei:unit ?y OPTIONAL { ?x sosei:role ?z } FILTER(!BOUND(?z) || ?y < 3)",
            names("unit", "role"),
        ),
        ("{ SELECT ?x (MAX(?v) AS ?y) WHERE { ?x sosei:unit ?v } GROUP BY ?x }", names("unit")),
        ("?x sosei:unit ?y BIND(?y * 2 AS ?z)", names("unit")),
        ("[] sosei:unit ?y ; sosei:role [ sosei:partOf ?x ]", names("unit", "role", "partOf")),
    ],
)
def test_a_rule_reads_what_it_names(where: str, reads: Names) -> None:
    """Properties and classes anywhere in the pattern; not those in comments and strings."""
    assert rule(where).reads == reads


@pytest.mark.parametrize(
    "where",
    [
        "?x ?p ?y",
        "?x sosei:unit ?y ; ?p ?z",
        "[ ?p ?x ] sosei:unit ?y",
        "sosei:Goal ?p ?y . ?x sosei:unit ?y",
        "?x ?p 3 . ?x sosei:unit ?y",
        '?x ?p "text" . ?x sosei:unit ?y',
        "?x ?p [ sosei:unit ?y ]",
        "?x !sosei:unit ?y",
        "?x !(sosei:unit|sosei:role) ?y",
        "?x sosei:partOf* ?y",
        "?x sosei:partOf? ?y",
        "?x (sosei:partOf/sosei:unit)* ?y",
        "?x sosei:partOf*/sosei:unit* ?y",
        "?x ^sosei:partOf* ?y",
        "?x sosei:unit ?y . VALUES ?z { UNDEF }",
        r"?x sosei:un\-it ?y",
    ],
)
def test_in_doubt_a_rule_reads_everything(where: str) -> None:
    """A variable in a property's place, all properties but some, a way of no steps, and what is not looked into."""
    assert rule(where).reads is None


@pytest.mark.parametrize(
    "where",
    [
        "?x a ?y",
        "?x a sosei:Goal, ?y",
        "?x a/rdfs:subClassOf ?y",
        "?x rdf:type ?y",
        "VALUES ?y { sosei:Goal } OPTIONAL { ?x a ?y }",
        "{ VALUES ?y { sosei:Goal } } ?x a ?y",
    ],
)
def test_a_rule_may_read_any_class(where: str) -> None:
    """Without a name in the class's place, or a VALUES right beside it, any statement with rdf:type counts."""
    assert TYPE in (rule(where).reads or ())


@pytest.mark.parametrize(
    ("template", "makes", "types"),
    [
        ("?x sosei:hasTheme ?y", names("hasTheme"), False),
        ("?x a sosei:Goal", names("Goal"), True),
        ("?x rdf:type sosei:Goal", names("Goal"), True),
        ("?x ?p ?y", None, True),
        ("?x a ?y", None, True),
    ],
)
def test_a_rule_makes_what_its_template_names(template: str, makes: Names | None, types: bool) -> None:
    """A template without a name for a property or class can make anything."""
    found = rule("?x sosei:unit ?y", template)
    assert (found.makes, found.makes_types) == (makes, types)


def test_short_form_makes_what_it_reads() -> None:
    """`CONSTRUCT WHERE` has one pattern for both."""
    found = Rule("CONSTRUCT WHERE { ?x sosei:unit ?y }", "x.rq")
    assert found.reads == found.makes == names("unit")


def test_own_prefix_counts() -> None:
    """A name is that of the rule's own prefix."""
    found = Rule(
        "PREFIX sosei: <http://example.org/> CONSTRUCT { ?x sosei:a ?y } WHERE { ?x sosei:b ?y }", "x.rq"
    )
    assert found.reads == frozenset({ox.NamedNode("http://example.org/b")})


def test_rules_of_the_project_are_understood() -> None:
    """Each of the project's own rules says what it reads and makes, so that a change is no concern of most."""
    axioms = Axioms.of(())
    reaches = [Reach.of(each, axioms) for each in rules_of(WORKSPACE)]
    assert all(reaches)
    themes = [each for each in reaches if each and each.makes == names("hasTheme")]
    assert [each.reads for each in themes] == [names("alignedTo", "alignedElement", "PolicyTheme")]


def test_rules_are_concerned_together() -> None:
    """Of a change hear those that read it, then those that read their results, or make the same."""
    texts = {
        "reader": rule("?x sosei:unit ?y", "?x sosei:role ?y"),
        "second": rule("?x sosei:role ?y", "?x sosei:partOf ?y"),
        "same": rule("?x sosei:stage ?y", "?x sosei:role ?y"),
        "alone": rule("?x sosei:unit ?y", "?x sosei:basis ?y"),
        "other": rule("?x sosei:month ?y", "?x sosei:venue ?y"),
    }
    reaches = {name: Reach.of(each, Axioms.of(())) for name, each in texts.items()}
    found = concerned([each for each in reaches.values() if each], names("unit"))
    assert found == ([reaches["alone"]], [reaches["reader"], reaches["second"], reaches["same"]])
