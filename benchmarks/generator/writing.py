"""Files as they are made: the text of a source with its spans, and the Turtle of what was read from it."""

import hashlib
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generator.words import Pair
from sosei_graph.vocab import BASE, PREFIXES

Span = tuple[int, int]
Objects = str | list[str]

_FICTION = "この文書は、ソフトウェアを測るために機械で作った架空のものである。"
_USED = (
    *("absence", "area", "basis", "cy", "dcterms", "direction", "doc", "fy", "gov", "indicator"),
    *("indicatorkind", "oa", "prov", "rdf", "rdfs", "role", "sdg", "skos", "sosei", "stage", "strength"),
    *("theme", "unit", "xsd", "yearbasis"),
)
_HEAD = (
    "# Made by benchmarks/corpus.py: fictional, no fact about any municipality.\n"
    "# 測定のために作った架空のデータであり、実在の市町村の事実ではない。\n\n"
    f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _USED) + "\n"
)
_TRIPLES_A_SPAN = 7


def dice(*names: object) -> random.Random:
    """Chance that depends on the names alone, whatever was drawn before."""
    return random.Random("/".join(map(str, names)))  # noqa: S311  nothing secret is drawn


def text(value: str) -> str:
    """A plain string."""
    return f'"{value}"'


def both(pair: Pair) -> list[str]:
    """The two languages."""
    ja, en = pair
    return [f'"{ja}"@ja', f'"{en}"@en']


def ref(iri: str) -> str:
    """A node, by the end of its IRI after the base."""
    return f"<{iri}>"


def day(iso: str) -> str:
    """A date."""
    return f'"{iso}"^^xsd:date'


class Source:
    """The text of a document as it grows. What is added is told as its span: code points, the end not included."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.line(_FICTION)

    def add(self, piece: str) -> Span:
        """Adds a piece of text."""
        start = self.length
        self._parts.append(piece)
        self.length += len(piece)
        return start, self.length

    def line(self, *pieces: str) -> list[Span]:
        """Adds the pieces and ends the line; the spans of the pieces."""
        spans = [self.add(piece) for piece in pieces]
        self.add("\n")
        return spans

    def __str__(self) -> str:
        return "".join(self._parts)


def across(spans: list[Span]) -> Span:
    """From the first of the spans to the end of the last."""
    return spans[0][0], spans[-1][1]


@dataclass(slots=True)
class Node:
    """What is said of a thing: predicates as they are written, each with its objects. No `kind`: an addition."""

    iri: str
    kind: str
    facts: dict[str, list[str]]
    spans: list[Span]

    def one(self, predicate: str) -> str:
        """The first object of a predicate, or nothing."""
        return next(iter(self.facts.get(predicate, ())), "")


@dataclass
class Page:
    """A Turtle file: a document with its source, or without one a file of the editors' judgements."""

    name: str
    source: Source | None = None
    nodes: dict[str, Node] = field(default_factory=dict)
    #: Spans whose digest is written one digit short.
    cut: set[Span] = field(default_factory=set)

    @property
    def document(self) -> str:
        """The IRI of the document, after the base."""
        return f"id/doc/{self.name}"

    @property
    def path(self) -> str:
        """The file in its workspace."""
        return f"data/{self.name}.ttl" if self.source else f"data/curation/{self.name}.ttl"

    @property
    def text(self) -> Source:
        """The source, of a page that has one."""
        if self.source is None:
            raise ValueError(f"{self.name} has no source")
        return self.source

    def add(
        self, iri: str, kind: str, label: Pair, spans: Iterable[Span], facts: Mapping[str, Objects]
    ) -> Node:
        """Describes a thing."""
        said = {name: [value] if isinstance(value, str) else value for name, value in facts.items()}
        node = Node(iri, kind, {"rdfs:label": both(label), **said}, list(dict.fromkeys(spans)))
        self.nodes[iri] = node
        return node

    def of_kind(self, *kinds: str) -> list[Node]:
        """The nodes of some classes, in their order."""
        return [node for node in self.nodes.values() if node.kind in kinds]

    def spans(self) -> list[Span]:
        """Every span that is evidence of something, in the order of the text."""
        return sorted({span for node in self.nodes.values() for span in node.spans})

    def triples(self) -> int:
        """How many statements the file makes."""
        said = sum(
            bool(node.kind) + len(node.spans) + sum(map(len, node.facts.values()))
            for node in self.nodes.values()
        )
        return said + _TRIPLES_A_SPAN * len(self.spans())

    def turtle(self) -> str:
        """The file's text."""
        return "".join((_HEAD, *map(self._block, self.nodes.values()), *self._evidence()))

    def _block(self, node: Node) -> str:
        lines = [f"a sosei:{node.kind}"] if node.kind else []
        lines += [f"{name} {', '.join(objects)}" for name, objects in node.facts.items()]
        if node.spans:
            spans = ", ".join(f"<{self.document}#char={start},{end}>" for start, end in node.spans)
            lines.append(f"sosei:evidence {spans}")
        return f"<{node.iri}>\n    " + " ;\n    ".join(lines) + " .\n\n"

    def _evidence(self) -> Iterable[str]:
        spans = self.spans()
        if not spans:
            return
        printed = str(self.text)
        document = self.document
        for start, end in spans:
            digest = hashlib.sha256(printed[start:end].encode()).hexdigest()
            if (start, end) in self.cut:
                digest = digest[:-1]
            yield (
                f"<{document}#char={start},{end}>\n"
                "    a sosei:Evidence ;\n"
                f"    oa:hasSelector <{document}/selector/char-{start}-{end}> ;\n"
                f"    oa:hasSource <{document}> ;\n"
                f'    sosei:digest "{digest}" .\n\n'
                f"<{document}/selector/char-{start}-{end}>\n"
                "    a oa:FragmentSelector ;\n"
                "    dcterms:conformsTo <http://tools.ietf.org/rfc/rfc5147> ;\n"
                f'    rdf:value "char={start},{end}" .\n\n'
            )

    def write(self, root: Path, *, sources: bool) -> int:
        """Writes the file into a workspace, and its source if wanted; returns the number of statements."""
        printed = str(self.source).encode() if self.source else b""
        if self.source:
            self.nodes[self.document].facts["sosei:sha256"] = [text(hashlib.sha256(printed).hexdigest())]
            if sources:
                (root / "sources" / f"{self.name}.txt").write_bytes(printed)
        (root / self.path).write_bytes(self.turtle().encode())
        return self.triples()
