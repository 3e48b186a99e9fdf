"""No term without a use: the vocabulary holds what data, shapes, rules or questions need, and nothing else."""

import re
from pathlib import Path

from sosei_graph.vocab import NS, TERMS
from sosei_graph.workspace import packaged_root

ROOT = packaged_root()


def used_terms() -> set[str]:
    """The local names of our namespace in data, schemes, shapes, rules and questions (shape names are no terms)."""
    files = [
        *(ROOT / "data").rglob("*.ttl"),
        *(ROOT / "ontology" / "schemes").glob("*.ttl"),
        *(ROOT / "shapes").glob("*.ttl"),
        *(ROOT / "ontology" / "rules").glob("*.rq"),
        *(ROOT / "queries").rglob("*.rq"),
    ]
    assert len(files) > 40
    texts = (path.read_text(encoding="utf-8") for path in files)
    return {name for text in texts for name in re.findall(rf"(?:\bsosei:|{re.escape(NS)})(\w+)", text)}


def test_every_term_is_used() -> None:
    """Each class and property is used by data, a shape, a rule or a question."""
    assert sorted(set(TERMS) - used_terms()) == []


def test_every_used_term_is_declared() -> None:
    """No shape, rule or question names a term that the ontology does not have."""
    assert sorted(used_terms() - set(TERMS)) == []


def test_every_concept_that_is_used_is_described() -> None:
    """A concept that data, a rule or a question names stands in its scheme."""
    schemes = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "ontology" / "schemes").glob("*.ttl")
    }
    described = {
        name
        for text in schemes.values()
        for name in re.findall(r"^(\w+:[\w-]+|<scheme/[^>]+>)\s", text, re.MULTILINE)
    }
    prefixes = "role|stage|basis|absence|direction|unit|theme|indicator|strength|yearbasis"
    prefixes += "|indicatorkind|omission|progress"
    used = {
        name
        for folder in ("data", "queries", "ontology/rules", "shapes")
        for path in Path(ROOT, folder).rglob("*.*")
        for name in re.findall(rf"(?<![\w:/<])(?:{prefixes}):[\w-]+", path.read_text(encoding="utf-8"))
    }
    assert len(used) > 30
    assert sorted(used - described) == []
