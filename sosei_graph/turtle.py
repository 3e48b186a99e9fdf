"""Canonical Turtle: the one order in which this project writes RDF, so that diffs are small.

A dataset, ontology or concept scheme first, then subjects by IRI (numbers by value, evidence last); `a` and labels
first, objects sorted; a blank node that is used once inside the node that uses it; RDF lists as `( … )`; only the
prefixes that are used. Reading is pyoxigraph's; what it has parsed keeps its lexical form, but a decimal is always
written with its point.
Syntax: RDF 1.1 Turtle, https://www.w3.org/TR/turtle/.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Natural = tuple[tuple[int, int | str], ...]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SH = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NS = "https://w3id.org/sosei/ns#"

_FIRST = (
    f"{_RDF}type",
    f"{_SH}targetClass",
    f"{_SH}path",
    f"{_RDFS}label",
    f"{_SKOS}prefLabel",
    f"{_SKOS}altLabel",
    f"{_NS}statedName",
    "http://purl.org/dc/terms/title",
    f"{_SKOS}notation",
    f"{_NS}ordinal",
    f"{_SKOS}definition",
)
#: What a file is about stands at its head.
HEADS = frozenset(
    {"http://www.w3.org/ns/dcat#Dataset", "http://www.w3.org/2002/07/owl#Ontology", f"{_SKOS}ConceptScheme"}
)
_LAST = (f"{_SH}message", f"{_NS}evidence")
#: Properties that stand first, and those that stand last.
RANK = {name: place - 100 for place, name in enumerate(_FIRST)} | {
    name: place + 100 for place, name in enumerate(_LAST)
}

LOCAL_NAME = re.compile(r"[^\W_](?:[\w.-]*[\w-])?|", re.ASCII)
_PLAIN = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
_WHOLE_DECIMAL = re.compile(r"[+-]?[0-9]+")
#: A base that relative references are simply appended to (RFC 3986, section 5.3).
SHORTENS = re.compile(r"[^?#]+/")
_DIGITS = re.compile(r"([0-9]+)")


def canonical(
    triples: Iterable[ox.Triple | ox.Quad],
    prefixes: Mapping[str, str],
    base: str | None = None,
    head: str = "",
) -> str:
    """The triples as a Turtle document that depends on nothing but them.

    `prefixes` are candidates, name → namespace; `base` is written as `@base` and shortens the IRIs below it; `head`
    is a comment block to keep at the top, with its `#` marks.
    """
    return Writer(triples, Names(prefixes, base)).document(head)


def natural(text: str) -> Natural:
    """A sort key that reads runs of digits as numbers: `item/2` stands before `item/10`."""
    return tuple(
        (0, int(part)) if part.isascii() and part.isdigit() else (1, part)
        for part in _DIGITS.split(text)
        if part
    )


class Names:
    """Terms as a Turtle document writes them; `used` are the prefixes that this has taken so far."""

    def __init__(self, prefixes: Mapping[str, str], base: str | None) -> None:
        self.base = base
        # The longest namespace that fits gives the shortest name.
        self.prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: set[str] = set()
        self._short: dict[str, str] = {}

    def head(self) -> list[str]:
        """The lines that declare the base, and the prefixes that are used."""
        lines = [f"@base <{self.base}> ."] if self.base else []
        return [
            *lines,
            *(f"@prefix {name}: <{iri}> ." for name, iri in sorted(self.prefixes) if name in self.used),
        ]

    def literal(self, literal: ox.Literal) -> str:
        """A literal, as short as Turtle allows."""
        datatype = literal.datatype.value
        if datatype == f"{_XSD}decimal" and _WHOLE_DECIMAL.fullmatch(literal.value):
            return f"{literal.value}.0"
        if datatype in _PLAIN and _PLAIN[datatype].fullmatch(literal.value):
            return literal.value
        text = _long_string(literal) if "\n" in literal.value else str(literal)
        if literal.language or datatype == f"{_XSD}string":
            return text
        return text[: text.rindex("^^<") + 2] + self.iri(datatype)

    def iri(self, iri: str) -> str:
        """An IRI: with a prefix, below the base, or whole."""
        if iri not in self._short:
            self._short[iri] = self._shorten(iri)
        return self._short[iri]

    def predicate(self, iri: str) -> str:
        """The name of a property where it is one."""
        return "a" if iri == _FIRST[0] else self.iri(iri)

    def _shorten(self, iri: str) -> str:
        for name, namespace in self.prefixes:
            if iri.startswith(namespace) and LOCAL_NAME.fullmatch(iri, len(namespace)):
                self.used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        if self.base and SHORTENS.fullmatch(self.base) and iri.startswith(self.base) and iri != self.base:
            rest = iri[len(self.base) :]
            if is_plain_reference(rest):
                return f"<{rest}>"
        return str(ox.NamedNode(iri))


def is_plain_reference(rest: str) -> bool:
    """Whether it is read as what follows the base, and not as a scheme of its own or a new authority."""
    dots = {".", ".."} & set(re.split(r"[/?#]", rest))
    return not rest.startswith(("/", "?", "#", ".")) and ":" not in rest.partition("/")[0] and not dots


def subject_rank(iri: str, *, is_head: bool) -> tuple[int, str]:
    """What a subject is sorted by, before its IRI itself: its part of the document, and the text to order by."""
    if is_head:
        return -1, iri
    # Evidence and its selectors are many and rarely read: they follow the facts, in the order of the text.
    if "#char=" in iri:
        return 1, iri.replace("#char=", "/selector/char-").replace(",", "-") + "!"
    if "/selector/char-" in iri:
        return 1, iri + "~"
    return 0, iri


def object_rank(value: ox.NamedNode | ox.Literal) -> tuple[int, str, str]:
    """What a value is sorted by: its kind, its text as numbers and words, and the text itself."""
    if isinstance(value, ox.NamedNode):
        return 0, value.value, value.value
    return literal_rank(value.language or ""), value.value, str(value)


def literal_rank(language: str) -> int:
    """Japanese comes before the other languages, and these before what has none."""
    return {"ja": 1, "": 3}.get(language, 2)


def predicate_rank(predicate: str, names: Names) -> tuple[int, str]:
    """What the properties of a subject are sorted by."""
    return RANK.get(predicate, 0), names.iri(predicate)


class Writer:
    """The triples of one document, blank nodes and lists included."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad], names: Names) -> None:
        self.terms = names
        self.by_subject: dict[Term, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for triple in _with_stable_blank_nodes(triples):
            if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
                raise TypeError("triple terms (RDF 1.2) have no form in RDF 1.1 Turtle")
            self.by_subject[triple.subject][triple.predicate.value].add(triple.object)
        uses: Counter[ox.BlankNode] = Counter(
            value
            for facts in self.by_subject.values()
            for values in facts.values()
            for value in values
            if isinstance(value, ox.BlankNode)
        )
        self.inline = {node for node, count in uses.items() if count == 1} - self._cyclic()
        self.lists = {node: items for node in self.inline if (items := self._list(node)) is not None}
        shared = sorted((node.value for node in uses if node not in self.inline), key=natural)
        self.names: dict[Term, str] = {ox.BlankNode(name): f"_:b{place}" for place, name in enumerate(shared)}
        self.signatures: dict[Term, str] = {}

    def document(self, head: str) -> str:
        """All of it, below a comment."""
        blocks = [text for _, text in self.blocks()]
        lines = [head.rstrip("\n"), ""] if head else []
        lines += self.terms.head()
        return "\n".join([*lines, *(f"\n{block}" for block in blocks), ""]).lstrip("\n")

    def blocks(self) -> Iterator[tuple[Term, str]]:
        """Every subject that is not written inside another one, and what is said of it; in their order."""
        tops = sorted((node for node in self.by_subject if node not in self.inline), key=self._subject_key)
        return ((node, self._block(node)) for node in tops)

    def _block(self, node: Term) -> str:
        facts = self._facts(node, "    ")
        name = self.terms.iri(node.value) if isinstance(node, ox.NamedNode) else self.names.get(node, "[]")
        return f"{name}\n{facts} ."

    def _facts(self, node: Term, indent: str) -> str:
        lines = []
        for predicate in sorted(self.by_subject[node], key=lambda name: predicate_rank(name, self.terms)):
            name = self.terms.predicate(predicate)
            values: Iterable[Term] = self.by_subject[node][predicate]
            if len(self.by_subject[node][predicate]) > 1:
                values = sorted(values, key=self._object_key)
            lines.append(f"{indent}{name} " + ", ".join(self._term(value, indent) for value in values))
        return " ;\n".join(lines)

    def _term(self, term: Term, indent: str) -> str:
        if isinstance(term, ox.NamedNode):
            return "()" if term.value == f"{_RDF}nil" else self.terms.iri(term.value)
        if isinstance(term, ox.Literal):
            return self.terms.literal(term)
        if term in self.lists:
            return self._list_text(self.lists[term], indent)
        if term in self.inline:
            return self._nested(term, indent)
        return self.names.get(term, "[]")

    def _nested(self, node: Term, indent: str) -> str:
        facts = self._facts(node, indent + "    ")
        if facts.count("\n") == 0 and len(facts) < 90:
            return f"[ {facts.strip()} ]"
        return f"[\n{facts}\n{indent}]"

    def _list_text(self, items: list[Term], indent: str) -> str:
        texts = [self._term(item, indent + "    ") for item in items]
        one_line = f"( {' '.join(texts)} )" if texts else "()"
        if len(one_line) < 100 and "\n" not in one_line:
            return one_line
        inner = "\n".join(f"{indent}    {text}" for text in texts)
        return f"(\n{inner}\n{indent})"

    def _list(self, node: Term) -> list[Term] | None:
        """The items of a well-formed RDF list that starts at an inlined blank node."""
        items: list[Term] = []
        cursor: Term = node
        while cursor != ox.NamedNode(f"{_RDF}nil"):
            facts = self.by_subject.get(cursor, {})
            if cursor not in self.inline or set(facts) != {f"{_RDF}first", f"{_RDF}rest"}:
                return None
            if any(len(values) != 1 for values in facts.values()):
                return None
            items.append(next(iter(facts[f"{_RDF}first"])))
            cursor = next(iter(facts[f"{_RDF}rest"]))
        return items

    def _cyclic(self) -> set[Term]:
        """Blank nodes that reach themselves: they cannot be written inside one another."""
        found: set[Term] = set()
        for start in self.by_subject:
            if isinstance(start, ox.BlankNode) and self._reaches(start, start):
                found.add(start)
        return found

    def _reaches(self, start: Term, goal: Term) -> bool:
        pending, seen = [start], set()
        while pending:
            node = pending.pop()
            for values in self.by_subject.get(node, {}).values():
                for value in values:
                    if value == goal:
                        return True
                    if isinstance(value, ox.BlankNode) and value not in seen:
                        seen.add(value)
                        pending.append(value)
        return False

    def _subject_key(self, node: Term) -> tuple[int, Natural, str]:
        if isinstance(node, ox.BlankNode):
            return 2, natural(node.value), node.value
        kinds = self.by_subject[node].get(_FIRST[0], ())
        is_head = any(isinstance(kind, ox.NamedNode) and kind.value in HEADS for kind in kinds)
        rank, text = subject_rank(node.value, is_head=is_head)
        return rank, natural(text), node.value

    def _object_key(self, value: Term) -> tuple[int, Natural, str]:
        if isinstance(value, ox.BlankNode):
            return 9, (), self._signature(value)
        rank, text, exact = object_rank(value)
        return rank, natural(text), exact

    def _signature(self, node: Term) -> str:
        """What is said of a blank node, as text that does not depend on the names of blank nodes."""
        if node not in self.signatures:
            self.signatures[node] = ""  # a node that is met again on the way down says nothing new
            self.signatures[node] = "|".join(
                sorted(
                    f"{predicate} {self._signature(value) if isinstance(value, ox.BlankNode) else value}"
                    for predicate, values in self.by_subject.get(node, {}).items()
                    for value in values
                )
            )
        return self.signatures[node]


def _long_string(literal: ox.Literal) -> str:
    """A literal of several lines between triple quotes, as a reader of a query wants it."""
    escaped = literal.value.replace("\\", "\\\\").replace("\r", "\\r")
    if '"""' in escaped or escaped.endswith('"'):
        escaped = escaped.replace('"', '\\"')
    if literal.language:
        return f'"""{escaped}"""@{literal.language}'
    datatype = literal.datatype.value
    return f'"""{escaped}"""' + ("" if datatype == f"{_XSD}string" else f"^^<{datatype}>")


def _with_stable_blank_nodes(triples: Iterable[ox.Triple | ox.Quad]) -> Iterable[ox.Triple | ox.Quad]:
    """The triples with blank nodes named by what is said of them (RDF Dataset Canonicalization, RDFC-1.0)."""
    known = list(triples)
    if not any(
        isinstance(term, ox.BlankNode) for triple in known for term in (triple.subject, triple.object)
    ):
        return known
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in known)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def head_comment(text: str) -> str:
    """The comment block that a Turtle document opens with, blank lines inside it included."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        lines.append(line.rstrip())
    return "\n".join(lines).strip("\n")


_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''" + r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|(?P<comment>#[^\n]*)",
    re.DOTALL,
)


def first_lost_comment(text: str) -> int | None:
    """The line of the first comment below the head, which a rewritten document would lose; None if there is none."""
    body = len(head_comment(text))
    start = text.find(head_comment(text)) + body if body else 0
    for token in _TOKEN.finditer(text, start):
        if token["comment"]:
            return text.count("\n", 0, token.start()) + 1
    return None
