"""The shapes, and the engine that holds data against them: pySHACL, and Oxigraph for `sh:sparql`.

SHACL: https://www.w3.org/TR/shacl/. pySHACL parses and runs the query of a `sh:sparql` constraint again for
each focus node. A constraint on a node shape says the same as one query with all focus nodes in a VALUES
block, as long as the query has no sub-select and does not ask for the path or shape (section 5.2.1, pre-bound
variables). Such constraints are taken out of what pySHACL gets and run that way; tests/test_shapes.py holds
both ways to the same results.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read
from sosei_graph.languages import Text
from sosei_graph.store.memory import refuse_network
from sosei_graph.validation.findings import Severity
from sosei_graph.validation.targets import TARGETS, TYPE, Classes, Index, Targets, Term
from sosei_graph.vocab import BASE

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SH = "http://www.w3.org/ns/shacl#"
SPARQL_COMPONENT = f"{SH}SPARQLConstraintComponent"

_SEVERITIES: dict[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_ANNOTATING = {"severity", "message", "name", "description", "order", "group", "deactivated"}
_DESCRIBING = {*TARGETS, *_ANNOTATING, "sparql"}
# Names of variables are case-sensitive, keywords are not: `?path` is a result, `$PATH` is pre-bound.
# `$PATH` is not `?path`; keywords are written either way.
_NOT_ONE_QUERY = re.compile(r"[$?](PATH|currentShape|shapesGraph)\b|(?i:\bSELECT\b.*\bSELECT\b)", re.DOTALL)
_OPENING = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True)
class Result:
    """One validation result. `value` is None where it would repeat the focus node."""

    shape: str
    focus: ox.NamedNode | ox.BlankNode
    path: str
    value: Term | None
    severity: Severity
    message: Text
    component: str
    bindings: tuple[tuple[str, Term], ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two results the same, whichever engine found them."""
        return (self.shape, self.focus.value, self.path, str(self.value or ""))


@dataclass(frozen=True)
class Constraint:
    """A `sh:sparql` constraint that runs as one query over all its focus nodes."""

    shape: str
    opening: str
    pattern: str
    targets: Targets

    def query(self, focus: Iterable[ox.NamedNode]) -> str:
        """The query with its focus nodes bound."""
        values = " ".join(sorted(str(node) for node in focus))
        return f"{self.opening} VALUES ?this {{ {values} }}{self.pattern}"


class Shapes:
    """The shapes of some Turtle files, parsed once and held against any number of documents."""

    def __init__(self, paths: Iterable[Path], shown: Callable[[Path], str] = str) -> None:
        """Reads the files; `shown` says how a message names one of them."""
        triples = [quad.triple for path in paths for quad in read(path, BASE, shown(path)).quads]
        self._objects: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple):
                self._objects[triple.subject][triple.predicate.value].append(triple.object)
        self.triples = triples
        self.constraints = tuple(sorted(self._constraints(), key=lambda constraint: constraint.shape))
        self.core = rdflib_graph(self._core(triples))
        self._targets = self._core_targets()

    def names(self) -> tuple[str, ...]:
        """The IRIs of all named shapes, sorted."""
        kinds = {ox.NamedNode(f"{SH}NodeShape"), ox.NamedNode(f"{SH}PropertyShape")}
        return tuple(
            sorted(
                node.value
                for node, said in self._objects.items()
                if isinstance(node, ox.NamedNode) and kinds & set(said[TYPE.value])
            )
        )

    def severity(self, shape: Term) -> Severity:
        """The severity that a shape states; SHACL's default is a violation."""
        stated = self._said(shape, "severity")
        return _SEVERITIES[stated[0].value.removeprefix(SH)] if stated else "violation"

    def message(self, shape: Term) -> Text:
        """The message of a shape in both languages; empty where it has none."""
        by_language = {
            literal.language: literal.value
            for literal in self._said(shape, "message")
            if isinstance(literal, ox.Literal)
        }
        any_language = next(iter(by_language.values()), "")
        return Text(by_language.get("ja", any_language), by_language.get("en", any_language))

    def owner(self, shape: Term) -> ox.NamedNode | None:
        """The shape itself if it has an IRI, else the nearest one that it is a part of."""
        if isinstance(shape, ox.NamedNode):
            return shape
        about = self._objects.items()
        whole = next((node for node, said in about if any(shape in found for found in said.values())), None)
        return self.owner(whole) if whole is not None else None

    def path(self, shape: Term) -> str:
        """The shape's path as `Finding.path` has it; empty for a node shape."""
        return next((self._path_text(path, top=True) for path in self._said(shape, "path")), "")

    def results(
        self, triples: Iterable[ox.Triple], context: Iterable[ox.Triple], classes: Classes
    ) -> list[Result]:
        """What the shapes find about the nodes that `triples` describe (those with a type and an IRI there).

        `context` is what the document refers to; it is looked at and not judged.
        """
        own = list(triples)
        described = {
            triple.subject
            for triple in own
            if triple.predicate == TYPE and isinstance(triple.subject, ox.NamedNode)
        }
        graph = [*own, *context, *classes.axioms]
        index = Index(own, classes, described)
        found = [
            result
            for result in (*self._ask(index, graph), *self._pyshacl(index, graph))
            if result.focus in described
        ]
        once = {result.key: result for result in found}
        return [once[key] for key in sorted(once)]

    def _ask(self, index: Index, graph: list[ox.Triple]) -> Iterator[Result]:
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in graph)
        for constraint in self.constraints:
            if focus := index.focus_nodes(constraint.targets):
                yield from (self._result(constraint.shape, row) for row in _rows(store, constraint, focus))

    def _result(self, shape: str, bound: Mapping[str, Term]) -> Result:
        focus, path, value = bound["this"], bound.get("path"), bound.get("value")
        return Result(
            shape,
            ox.NamedNode(focus.value),
            path.value if isinstance(path, ox.NamedNode) else "",
            None if value == focus else value,
            self.severity(ox.NamedNode(shape)),
            self.message(ox.NamedNode(shape)),
            SPARQL_COMPONENT,
            tuple(sorted(bound.items())),
        )

    def _pyshacl(self, index: Index, graph: list[ox.Triple]) -> Iterator[Result]:
        """Runs pySHACL with those shapes alone that have something to look at in this document."""
        shapes = [shape for shape, targets in self._targets.items() if index.focus_nodes(targets)]
        named = [shape.value for shape in shapes if isinstance(shape, ox.NamedNode)]
        if shapes:
            # pySHACL can be asked for shapes by IRI only.
            only = named if len(named) == len(shapes) else None
            yield from pyshacl_results(self, rdflib_graph(graph), self.core, only)

    def _core_targets(self) -> dict[Term, Targets]:
        """The shapes with a target that pySHACL has to look at, by their targets."""
        asked = {ox.NamedNode(constraint.shape) for constraint in self.constraints}
        targets = {shape: self._targets_of(shape) for shape in self._objects}
        return {
            shape: stated
            for shape, stated in targets.items()
            if any(stated.values()) and not (shape in asked and self._only_asks(shape))
        }

    def _targets_of(self, shape: Term) -> Targets:
        return {name: _iris(self._said(shape, name)) for name in TARGETS}

    def _only_asks(self, shape: Term) -> bool:
        return {name.removeprefix(SH) for name in self._objects[shape] if name.startswith(SH)} <= _DESCRIBING

    def _said(self, node: Term, name: str) -> list[Term]:
        said = self._objects.get(node)
        return said.get(f"{SH}{name}", []) if said else []

    def _constraints(self) -> Iterator[Constraint]:
        kind = ox.NamedNode(f"{SH}NodeShape")
        for shape, said in list(self._objects.items()):
            if not isinstance(shape, ox.NamedNode) or kind not in said.get(TYPE.value, ()):
                continue
            if any(literal.value == "true" for literal in self._said(shape, "deactivated")):
                continue
            for node in self._said(shape, "sparql"):
                query = self._said(node, "select")[0].value
                opening = _OPENING.search(query)
                if opening and not _NOT_ONE_QUERY.search(query):
                    head = f"{self._prefixes(node)}{query[: opening.end()]}"
                    yield Constraint(shape.value, head, query[opening.end() :], self._targets_of(shape))

    def _prefixes(self, node: Term) -> str:
        declared = (
            entry for holder in self._said(node, "prefixes") for entry in self._said(holder, "declare")
        )
        pairs = ((self._said(entry, "prefix")[0], self._said(entry, "namespace")[0]) for entry in declared)
        lines = (f"PREFIX {prefix.value}: <{namespace.value}>\n" for prefix, namespace in pairs)
        return "".join(sorted(lines))

    def _core(self, triples: list[ox.Triple]) -> Iterator[ox.Triple]:
        """The triples that pySHACL gets: without the constraints that run as one query."""
        taken = {ox.NamedNode(constraint.shape) for constraint in self.constraints}
        only = {shape for shape in taken if self._only_asks(shape)}
        for triple in triples:
            is_query = triple.subject in taken and triple.predicate.value == f"{SH}sparql"
            if triple.subject not in only and not is_query:
                yield triple

    def _path_text(self, node: Term, *, top: bool = False) -> str:
        """A SHACL path as a SPARQL property path (section 2.3.1)."""
        if isinstance(node, ox.NamedNode):
            return node.value if top else f"<{node.value}>"
        if inverse := self._said(node, "inversePath"):
            return f"^{self._path_text(inverse[0])}"
        if alternatives := self._said(node, "alternativePath"):
            text = "|".join(self._path_text(item) for item in self._items(alternatives[0]))
            return text if top else f"({text})"
        for name, mark in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
            if repeated := self._said(node, name):
                return f"{self._path_text(repeated[0])}{mark}"
        text = "/".join(self._path_text(item) for item in self._items(node))
        return text if top else f"({text})"

    def _items(self, node: Term) -> Iterator[Term]:
        while first := self._objects[node].get(f"{RDF}first"):
            yield first[0]
            node = self._objects[node][f"{RDF}rest"][0]


def pyshacl_results(
    shapes: Shapes, data: "Graph", shapes_graph: "Graph", only: Sequence[str] | None = None
) -> Iterator[Result]:
    """What pySHACL finds, with all shapes or `only` some; read from its report graph.

    Both graphs have to be in rdflib's own memory: on an Oxigraph-backed one pySHACL reports false violations
    of `sh:in` and `sh:hasValue`.
    """
    from rdflib import Namespace

    sh = Namespace(SH)
    report = _pyshacl_report(data, shapes_graph, only)
    for node in report.objects(None, sh.result):
        shape = _term(report.value(node, sh.sourceShape))
        focus = _term(report.value(node, sh.focusNode))
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
            str(path) if isinstance(_term(path or node), ox.NamedNode) else shapes.path(shape),
            None if value is None or _term(value) == focus else _term(value),
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
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SoseiError(
            Text(f"シェイプを読めません: {said}", f"a shape cannot be used: {said}"),
            where="shapes",
            hint=Text("SHACL の書き方を確かめてください", "check it against the SHACL recommendation"),
        ) from error
    if not isinstance(report, Graph):
        raise TypeError("pySHACL gave no report graph")
    return report


def _rows(
    store: ox.Store, constraint: Constraint, focus: Iterable[ox.NamedNode]
) -> Iterator[dict[str, Term]]:
    """The rows of a constraint's SELECT, each with what is bound in it."""
    refuse_network(constraint.pattern)
    try:
        solutions = store.query(constraint.query(focus))
    except SyntaxError as error:
        raise SoseiError(
            Text(f"sh:select の問い合わせを読めません: {error}", f"its sh:select cannot be read: {error}"),
            where=f"<{constraint.shape}>",
            hint=Text("SHACL-SPARQL の SELECT にしてください", "it has to be a SELECT of SHACL-SPARQL"),
        ) from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise SoseiError(
            Text("sh:select が SELECT ではありません", "its sh:select is no SELECT"),
            where=f"<{constraint.shape}>",
        )
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        pairs = zip(names, solution, strict=True)
        yield {name: term for name, term in pairs if term is not None and not isinstance(term, ox.Triple)}


def filled(text: str, values: Mapping[str, str]) -> str:
    """A message with its `{?variable}` placeholders filled (section 5.2.1); an unknown one stays as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


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


def _term(node: object) -> Term:
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


def _iris(terms: Iterable[Term]) -> tuple[ox.NamedNode, ...]:
    return tuple(term for term in terms if isinstance(term, ox.NamedNode))
