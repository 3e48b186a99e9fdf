"""Facts of a draft: statements about the document's matters, each with the places that state it and a doubt.

Drafting makes them of an extractor's records, and `turtle_of` writes them as a file of the graph's form.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from sosei_graph.ingest.records import CERTAIN, Doubt, Passage, Span
from sosei_graph.languages import Text
from sosei_graph.vocab import NS, PREFIXES

Term = ox.NamedNode | ox.Literal

_XSD = PREFIXES["xsd"]
TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["rdfs"] + "label"
EVIDENCE = NS + "evidence"
CONFIDENCE = NS + "confidence"
REMARK = NS + "remark"


@dataclass(frozen=True)
class DraftFact:
    """One statement. `spans` are the places of the canonical text that state it; none for what is not stated."""

    subject: str
    predicate: str
    object: Term
    spans: tuple[Span, ...] = ()
    doubt: Doubt = CERTAIN


def term(curie: str) -> ox.NamedNode:
    """The IRI of a prefixed name of the project (`sosei:Goal`)."""
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + name)


def node(iri: str) -> ox.NamedNode:
    """A thing by its IRI."""
    return ox.NamedNode(iri)


def string(text: str) -> ox.Literal:
    """A plain string: what was printed."""
    return ox.Literal(text)


def ja(text: str) -> ox.Literal:
    """A Japanese text."""
    return ox.Literal(text, language="ja")


def en(text: str) -> ox.Literal:
    """An English text."""
    return ox.Literal(text, language="en")


def integer(number: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(str(number), datatype=ox.NamedNode(f"{_XSD}integer"))


def decimal(number: Decimal) -> ox.Literal:
    """An xsd:decimal, written without exponent and with its point."""
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return ox.Literal(written if "." in written else f"{written}.0", datatype=ox.NamedNode(f"{_XSD}decimal"))


def true() -> ox.Literal:
    """The xsd:boolean true."""
    return ox.Literal("true", datatype=ox.NamedNode(f"{_XSD}boolean"))


def date(iso: str) -> ox.Literal:
    """A day, a month or a year, by the length of what is given (`2024-10`)."""
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(iso), "date")
    return ox.Literal(iso, datatype=ox.NamedNode(f"{_XSD}{kind}"))


@dataclass
class Notebook:
    """Collects the facts of a document; `names` remembers which node each record became."""

    facts: list[DraftFact] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def say(
        self, subject: str, predicate: str, value: Term, *stated: Passage | None, doubt: Doubt = CERTAIN
    ) -> None:
        """One statement: `predicate` is a prefixed name, `stated` the passages that state it."""
        spans = tuple(span for passage in stated if passage for span in passage.spans)
        self.facts.append(DraftFact(subject, term(predicate).value, value, spans, doubt))

    def begin(
        self, iri: str, kind: str, label: Text | str, *stated: Passage | None, doubt: Doubt = CERTAIN
    ) -> str:
        """A node with its class and label; a label that is only printed Japanese is a string."""
        self.say(iri, "rdf:type", term(kind), *stated, doubt=doubt)
        self.say(iri, "rdfs:label", ja(label if isinstance(label, str) else label.ja))
        if isinstance(label, Text):
            self.say(iri, "rdfs:label", en(label.en))
        self.taken.add(iri)
        return iri

    def remark(self, subject: str, remark: Text, confidence: float = 1.0) -> None:
        """Something that a reviewer should look at."""
        self.facts.append(DraftFact(subject, REMARK, ja(remark.ja), (), Doubt(confidence, (remark,))))

    def mark(self, subject: str, *stated: Passage | None, doubt: Doubt = CERTAIN) -> None:
        """Places that state a node, without a statement of their own."""
        spans = tuple(span for passage in stated if passage for span in passage.spans)
        self.facts.append(DraftFact(subject, EVIDENCE, string(""), spans, doubt))

    def link(self, subject: str, predicate: str, thing: str) -> None:
        """One statement that points at another node."""
        self.say(subject, predicate, node(thing))

    def named(self, record: object, iri: str) -> str:
        """Remembers the node of a record."""
        self.names[id(record)] = iri
        return iri

    def free(self, *candidates: str) -> str:
        """The first of the IRIs that no other node has; else the last one with a number."""
        for iri in candidates:
            if iri not in self.taken:
                return iri
        number = 2
        while f"{candidates[-1]}--{number}" in self.taken:
            number += 1
        return f"{candidates[-1]}--{number}"


def by_subject(facts: Iterable[DraftFact]) -> dict[str, list[DraftFact]]:
    """The facts of each node, in their order."""
    grouped: dict[str, list[DraftFact]] = defaultdict(list)
    for fact in facts:
        grouped[fact.subject].append(fact)
    return dict(grouped)


def spans_of(facts: Iterable[DraftFact]) -> tuple[Span, ...]:
    """The places that state the facts, each once, in the order of the text."""
    return tuple(sorted({span for fact in facts for span in fact.spans if span.end > span.start}))


def doubt_of(facts: Iterable[DraftFact]) -> Doubt:
    """The least confidence of the facts, and all their remarks."""
    doubts = [fact.doubt for fact in facts]
    remarks = tuple(dict.fromkeys(remark for doubt in doubts for remark in doubt.remarks))
    return Doubt(min((doubt.confidence for doubt in doubts), default=1.0), remarks)


def objects(facts: Sequence[DraftFact], subject: str, predicate: str) -> list[Term]:
    """What is said of a node with a property (a prefixed name)."""
    wanted = term(predicate).value
    return [fact.object for fact in facts if fact.subject == subject and fact.predicate == wanted]
