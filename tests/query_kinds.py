"""What kinds of terms a variable of a query can hold: `iri`, `text`, `number`, `date`, `boolean`, or `any`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyparsing import ParseResults
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Node, Variable

from sosei_graph.vocab import PREFIXES

_NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.nonNegativeInteger, XSD.positiveInteger}
_KIND: dict[Node | None, str] = {
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys((XSD.string, RDF.langString, RDF.PlainLiteral, None), "text"),
    **dict.fromkeys((XSD.date, XSD.dateTime), "date"),
    XSD.boolean: "boolean",
}
#: Properties of other vocabularies, as data uses them; what is in neither place can hold anything.
_KNOWN = {
    **dict.fromkeys(("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation"), "text"),
    **dict.fromkeys(("skos:broader", "skos:topConceptOf", "oa:hasSource", "rdf:type"), "iri"),
    **dict.fromkeys(("dcterms:publisher", "dcterms:spatial", "prov:wasAssociatedWith"), "iri"),
}
_TEXTS = (
    *(
        "STR",
        "CONCAT",
        "SUBSTR",
        "REPLACE",
        "UCASE",
        "LCASE",
        "STRBEFORE",
        "STRAFTER",
        "LANG",
        "ENCODE_FOR_URI",
    ),
    *("STRLANG", "MD5", "SHA1", "SHA256", "SHA384", "SHA512", "STRUUID", "TZ", "GroupConcat"),
)
_FIGURES = (
    *(
        "STRLEN",
        "ABS",
        "CEIL",
        "FLOOR",
        "ROUND",
        "YEAR",
        "MONTH",
        "DAY",
        "HOURS",
        "MINUTES",
        "SECONDS",
        "RAND",
    ),
    *("Count", "Sum", "Avg"),
)
#: Functions and aggregates → what they give; the others are tests.
_RESULT = {
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(_FIGURES, "number"),
    **dict.fromkeys(("IRI", "URI", "UUID", "DATATYPE", "BNODE", "pname"), "iri"),
    "NOW": "date",
}
_SAME = {"COALESCE", "IF", "Min", "Max", "Sample"}
_EXPRESSIONS = {
    "ConditionalOrExpression": "boolean",
    "ConditionalAndExpression": "boolean",
    "RelationalExpression": "boolean",
    "UnaryNot": "boolean",
    "AdditiveExpression": "number",
    "MultiplicativeExpression": "number",
    "UnaryMinus": "number",
    "UnaryPlus": "number",
}


def walk(node: object) -> Iterator[CompValue]:
    """Every part of a parsed query, in the order of its text."""
    if isinstance(node, CompValue):
        yield node
        children = list(node.values())
    else:
        children = list(node) if not isinstance(node, str) and hasattr(node, "__iter__") else []
    for child in children:
        yield from walk(child)


def simple(expression: object) -> Any:
    """An expression without the levels of the grammar that do nothing."""
    while isinstance(expression, CompValue) and expression.name in _EXPRESSIONS and len(expression) == 1:
        if expression.name.startswith("Unary"):
            break
        expression = expression.expr
    return expression


class Kinds:
    """The vocabulary's ranges, and where they leave it open the datatypes that the shapes ask for."""

    def __init__(self, ontology: Path, shapes: Path) -> None:
        self._range: dict[str, set[str]] = defaultdict(set)
        vocabulary = Graph().parse(ontology)
        for name in vocabulary.subjects(RDF.type, OWL.ObjectProperty):
            self._range[str(name)] = {"iri"}
        for name, what in vocabulary.subject_objects(RDFS.range):
            if (name, RDF.type, OWL.DatatypeProperty) in vocabulary and what in _KIND:
                self._range[str(name)].add(_KIND[what])
        asked = Graph()
        for path in sorted(shapes.glob("*.ttl")):
            asked.parse(path)
        stated = set(self._range)
        for shape, name in asked.subject_objects(SH.path):
            if str(name) not in stated:
                self._range[str(name)] |= {
                    _KIND.get(what, "any") for what in asked.objects(shape, SH.datatype)
                }
        for curie, kind in _KNOWN.items():
            prefix, _, local = curie.partition(":")
            self._range[PREFIXES[prefix] + local] = {kind}

    def of_property(self, iri: str) -> set[str]:
        """What a property's values can be."""
        return self._range.get(iri) or {"any"}

    def of_query(self, query: CompValue) -> "Held":
        """What the variables of a parsed query can hold."""
        return Held(self, query)


class Held:
    """The variables of one query. A variable holds what any of the places that bind it may give."""

    def __init__(self, kinds: Kinds, query: CompValue) -> None:
        self._kinds = kinds
        self._sources: dict[str, list[object]] = defaultdict(list)
        self._known: dict[str, set[str]] = {}
        self._nodes: set[str] = set()
        for node in walk(query):
            self._read(node)

    def _read(self, node: CompValue) -> None:
        if node.name in ("Bind", "GroupAs"):
            self._sources[str(node.var)].append(node.expr)
        elif node.name == "vars" and node.evar:
            self._sources[str(node.evar)].append(node.expr)
        elif node.name == "InlineData":
            for row in node.value:
                for name, value in zip(node.var, listed(row), strict=False):
                    self._sources[str(name)].append(value)
        elif node.name == "Filter" and getattr(test := simple(node.expr), "name", "") == "Builtin_isIRI":
            self._nodes.add(str(simple(test.arg)))
        elif node.name == "TriplesBlock":
            for triples in node.triples:
                for subject, path, target in zip(*[iter(triples)] * 3, strict=True):
                    self._triple(subject, path, target)

    def _triple(self, subject: object, path: object, target: object) -> None:
        if isinstance(subject, Variable):
            self._nodes.add(str(subject))
        if isinstance(path, Variable):
            self._sources[str(path)].append({"iri"})
        if isinstance(target, Variable):
            self._sources[str(target)].append(("object of", path))

    def of(self, expression: object) -> set[str]:
        """The kinds that an expression can give."""
        expression = simple(expression)
        if isinstance(expression, Variable):
            return self._of_variable(str(expression))
        if isinstance(expression, set):
            return expression
        if isinstance(expression, tuple):
            return self._of_path(expression[1])
        if isinstance(expression, Literal):
            return {_KIND.get(expression.datatype, "any")}
        if isinstance(expression, CompValue):
            return self._of_node(expression)
        return {"iri"} if isinstance(expression, Identifier) else set()

    def _of_variable(self, name: str) -> set[str]:
        if name not in self._known:
            self._known[name] = set()  # in a circle it adds nothing
            self._known[name] = {kind for source in self._sources[name] for kind in self.of(source)}
            if name in self._nodes:  # what is known for a literal stays one, in another branch of a UNION
                self._known[name] = self._known[name] - {"any"} | {"iri"}
        return self._known[name]

    def _of_node(self, node: CompValue) -> set[str]:
        name = node.name.removeprefix("Builtin_").removeprefix("Aggregate_")
        if name in _SAME:
            arguments = [node.arg2, node.arg3] if name == "IF" else listed(node.get("arg") or node.vars)
            return {kind for argument in arguments for kind in self.of(argument)}
        if name in ("Function", "STRDT"):
            datatype = node.iri if name == "Function" else simple(node.arg2)
            return {_KIND.get(URIRef(_iri(datatype)), "any")}
        if name == "literal":
            return {"any"} if node.datatype else {"text"}
        return {_EXPRESSIONS.get(name) or _RESULT.get(name, "boolean")}

    def _of_path(self, path: object) -> set[str]:
        """What stands at the end of a path."""
        if isinstance(path, Variable):
            sources = self._sources[str(path)]
            named = [_iri(source) for source in sources if not isinstance(source, set)]
            return {kind for name in named for kind in self._kinds.of_property(name)} or {"any"}
        if not isinstance(path, CompValue) or path.name == "pname":
            return self._kinds.of_property(_iri(path))
        if path.name == "PathAlternative":
            return {kind for sequence in path.part for kind in self._of_path(sequence.part[-1])}
        if path.name == "PathElt":
            return self._of_path(path.part) | ({"iri"} if path.mod in ("?", "*") else set())
        return {"iri"}  # an inverse or negated step


def listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | ParseResults) else [value]


def _iri(term: object, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """The IRI of a name; the project's prefixes mean the same in every file."""
    if isinstance(term, CompValue):
        return prefixes[str(term.prefix or "")] + str(term.localname)
    return str(term)
