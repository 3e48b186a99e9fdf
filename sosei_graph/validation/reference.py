"""The reference engine: pySHACL, on graphs of rdflib. Imported when a shape or a document is left to it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.validation.findings import Severity
from sosei_graph.validation.results import SH, Result
from sosei_graph.validation.targets import Term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


class Told(Protocol):
    """What is known of shapes."""

    def owner(self, shape: Term) -> ox.NamedNode | None:
        """The shape itself if it has an IRI, else the nearest one that it is a part of."""

    def path(self, shape: Term) -> str:
        """The shape's path as `Finding.path` has it."""

    def severity(self, shape: Term) -> Severity:
        """The severity that a shape states."""

    def message(self, shape: Term) -> Text:
        """The message of a shape in both languages."""


def pyshacl_results(
    shapes: Told, data: "Graph", shapes_graph: "Graph", only: Sequence[str] | None = None
) -> Iterator[Result]:
    """What pySHACL finds, with all shapes or `only` some; read from its report graph.

    Both graphs have to be in rdflib's own memory: on an Oxigraph-backed one pySHACL reports false violations
    of `sh:in` and `sh:hasValue`.
    """
    from rdflib import Namespace

    sh = Namespace(SH)
    report = _pyshacl_report(data, shapes_graph, only)
    for node in report.objects(None, sh.result):
        shape = term_of(report.value(node, sh.sourceShape))
        focus = term_of(report.value(node, sh.focusNode))
        value = report.value(node, sh.value)
        path = report.value(node, sh.resultPath)
        owner = shapes.owner(shape)
        if owner is None or isinstance(focus, ox.Literal):
            continue
        told = str(report.value(node, sh.resultMessage) or "")
        message = shapes.message(shape)
        yield Result(
            owner.value,
            focus,
            str(path) if isinstance(term_of(path or node), ox.NamedNode) else shapes.path(shape),
            None if value is None or term_of(value) == focus else term_of(value),
            shapes.severity(shape),
            message if message.ja else Text(told, told),
            str(report.value(node, sh.sourceConstraintComponent)),
        )


def _pyshacl_report(data: "Graph", shapes_graph: "Graph", only: Sequence[str] | None) -> "Graph":
    """The report graph; shapes that pySHACL cannot use are bad input."""
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import Graph

    try:
        _, report, _ = validate(
            data, shacl_graph=shapes_graph, inplace=True, use_shapes=list(only) if only else None
        )
    except ReportableRuntimeError as error:
        raise _unusable(error) from error
    if isinstance(report, Graph):
        return report
    # A failure is handed back rather than raised.
    raise _unusable(report)


def _unusable(failure: object) -> SoseiError:
    said = next(iter(str(failure).splitlines()), "") or type(failure).__name__
    return SoseiError(
        Text(f"シェイプを読めません: {said}", f"a shape cannot be used: {said}"),
        where="shapes",
        hint=Text("SHACL の書き方を確かめてください", "check it against the SHACL recommendation"),
    )


def rdflib_graph(triples: Iterable[ox.Triple]) -> "Graph":
    """The triples in rdflib's own memory."""
    from rdflib import BNode, Graph, Literal, URIRef

    known: dict[Term, Node] = {}

    def convert(term: Term) -> "Node":
        if term not in known:
            if isinstance(term, ox.NamedNode):
                known[term] = URIRef(term.value)
            elif isinstance(term, ox.BlankNode):
                known[term] = BNode(term.value)
            elif term.language:
                known[term] = Literal(term.value, lang=term.language)
            else:
                datatype = term.datatype.value
                plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
                known[term] = Literal(term.value, datatype=None if plain else URIRef(datatype))
        return known[term]

    graph = Graph(bind_namespaces="none")
    add = graph.store.add
    for subject, predicate, value in triples:
        add((convert(subject), convert(predicate), convert(value)), graph)
    return graph


def term_of(node: object) -> Term:
    """A term of rdflib as one of pyoxigraph."""
    from rdflib import BNode, Literal, URIRef

    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, Literal):
        raise TypeError(f"not an RDF term: {node!r}")
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
