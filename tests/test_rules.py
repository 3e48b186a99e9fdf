"""Every rule over a tiny graph: exactly the triples it has to make, none of the near misses."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from sosei_graph.reasoning.reasoner import infer
from sosei_graph.vocab import BASE, PREFIXES
from tests.questions.graphs import WORKSPACE, store_of

RULES = {path.stem: path for path in WORKSPACE.rules()}
HERE = Path(__file__).parent / "rules"

every_rule = pytest.mark.parametrize("name", sorted(RULES))


def triples(path: Path) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(path=path, base_iri=BASE)}


def test_each_rule_has_a_folder() -> None:
    """A rule without a tiny graph fails, and so does a folder whose rule is gone."""
    assert {path.parent.name for path in HERE.rglob("given.ttl")} == set(RULES)


@every_rule
def test_a_rule_makes_exactly_this(name: str) -> None:
    """Over what is given, a rule constructs the expected triples and no others."""
    store = store_of(HERE / name / "given.ttl")
    made = {str(triple) for triple in store.construct(RULES[name].read_text(encoding="utf-8"))}
    assert made == triples(HERE / name / "expected.ttl")
    assert made


@every_rule
def test_a_rule_is_stable(name: str) -> None:
    """What the rule made, and OWL RL made of it, does not set it off again, and reasoning ends."""
    store = store_of(HERE / name / "given.ttl")
    assert infer(store) == infer(store)
    inferred = {str(quad.triple) for quad in store.quads([WORKSPACE.inferred_graph])}
    assert triples(HERE / name / "expected.ttl") <= inferred


@every_rule
def test_a_rule_says_what_it_is_for(name: str) -> None:
    """A rule has a title and a description in both languages, and declares the prefixes it uses."""
    text = RULES[name].read_text(encoding="utf-8")
    head = yaml.safe_load("\n".join(line[3:] for line in text.splitlines() if line.startswith("#+ ")))
    for part in ("title", "description"):
        assert set(head[part]) == {"ja", "en"}
    assert dict(re.findall(r"^PREFIX (\w+): <(.*)>$", text, re.MULTILINE)).items() <= PREFIXES.items()
    ox.Store().query(text)
