"""The shapes of a workspace, and what they find in one document.

SHACL: https://www.w3.org/TR/shacl/. Three engines share the work. `compiled` runs the constraints of SHACL Core,
`asking` those of `sh:sparql`, and pySHACL (`reference`), which is slow and knows everything, gets the shapes and
documents that these leave to it. Whoever runs it, a result is the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.integrity import decode, parse, read_bytes
from sosei_graph.languages import Text
from sosei_graph.validation.asking import Constraint, rows
from sosei_graph.validation.compiled import Found, Program, Shape, compile_shapes
from sosei_graph.validation.findings import Severity
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.literals import UnsureError
from sosei_graph.validation.results import SH, SPARQL_COMPONENT, Result, each_once
from sosei_graph.validation.targets import TARGETS, TYPE, Targets, Term
from sosei_graph.vocab import BASE

if TYPE_CHECKING:
    import rdflib

_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_SEVERITIES: dict[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_ANNOTATING = {"severity", "message", "name", "description", "order", "group", "deactivated"}
_DESCRIBING = {*TARGETS, *_ANNOTATING, "sparql"}

Source = tuple[str, bytes]
"""How messages name a file of shapes, and its bytes."""


class Shapes:
    """The shapes of a shapes graph, held against any number of documents."""

    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        self._objects: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple):
                self._objects[triple.subject][triple.predicate.value].append(triple.object)
        self.triples = tuple(triples)
        self.constraints = tuple(sorted(self._constraints(), key=lambda constraint: constraint.shape))
        self._told: dict[Term, tuple[ox.NamedNode | None, str, Severity, Text]] = {}

    @classmethod
    def read(cls, paths: Iterable[Path], shown: Callable[[Path], str] = str) -> "Shapes":
        """The shapes of files; `shown` says how a message names one of them."""
        return cls.parsed((shown(path), read_bytes(path, shown(path))) for path in paths)

    @classmethod
    def parsed(cls, sources: Iterable[Source]) -> "Shapes":
        """The same of files that were read already."""
        files = (parse(decode(data, shown), Path(shown), BASE, shown) for shown, data in sources)
        return cls([quad.triple for file in files for quad in file.quads])

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
        """The severity that a shape states; a violation if it states none, or one of its own making."""
        stated = self._said(shape, "severity")
        return _SEVERITIES.get(stated[0].value.removeprefix(SH), "violation") if stated else "violation"

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
        return next((self.path_text(path, top=True) for path in self._said(shape, "path")), "")

    # Engines

    @cached_property
    def program(self) -> Program:
        """The compiled shapes; those that the reference engine has to look at are `left`."""
        program = self.compiled
        silent = {shape.node: "no sh:message" for shape, _ in program.shapes if not self._speaks(shape)}
        spoken = tuple(pair for pair in program.shapes if pair[0].node not in silent)
        return Program(spoken, {**program.left, **silent}, program.targets)

    @cached_property
    def compiled(self) -> Program:
        """What can be compiled, whether or not it has something to say."""
        asked = frozenset(ox.NamedNode(constraint.shape) for constraint in self.constraints)
        return compile_shapes(self._objects, asked)

    @cached_property
    def core(self) -> "rdflib.Graph":
        """The shapes for pySHACL: without the constraints that run as one query."""
        from sosei_graph.validation.reference import rdflib_graph

        return rdflib_graph(self._core(self.triples))

    @cached_property
    def graph(self) -> "rdflib.Graph":
        """The whole shapes graph."""
        from sosei_graph.validation.reference import rdflib_graph

        return rdflib_graph(self.triples)

    def results(self, graph: Graph, described: set[Term]) -> list[Result]:
        """What the shapes find about the nodes in `described`, in a document together with what it refers to."""
        found, left = self._compiled(graph, described)
        results = [*found, *self._ask(graph, described)]
        if left:
            results += self._reference(graph, left)
        return each_once(result for result in results if result.focus in described)

    def reference_results(self, graph: Graph, described: set[Term]) -> list[Result]:
        """The same from pySHACL alone."""
        from sosei_graph.validation.reference import pyshacl_results, rdflib_graph

        data = rdflib_graph(graph.triples())
        found = pyshacl_results(self, data, self.graph)
        return each_once(result for result in found if result.focus in described)

    def _compiled(self, graph: Graph, described: set[Term]) -> tuple[list[Result], list[Term]]:
        """What compiled shapes find, and the shapes that are left to pySHACL in this document."""
        program, results, left = self.program, [], []
        for node in program.left:
            try:
                if program.focus_nodes(node, graph, described):
                    left.append(node)
            except UnsureError:
                left.append(node)
        for shape, _ in program.shapes:
            try:
                focus = program.focus_nodes(shape.node, graph, described)
                results += [self._told_of(found) for found in shape.results(graph, focus)]
            except UnsureError:
                left.append(shape.node)
        return results, left

    def _told_of(self, found: Found) -> Result:
        if found.shape not in self._told:
            self._told[found.shape] = (
                self.owner(found.shape),
                self.path(found.shape),
                self.severity(found.shape),
                self.message(found.shape),
            )
        owner, path, severity, message = self._told[found.shape]
        value = None if found.value == found.focus else found.value
        path = found.path.value if found.path is not None else path
        focus = found.focus if not isinstance(found.focus, ox.Literal) else ox.BlankNode()
        return Result(owner.value if owner else "", focus, path, value, severity, message, found.component)

    def _speaks(self, shape: Shape) -> bool:
        """Whether everything that the shape may report has a message of its own."""
        silent = (shape.tests or shape.checks) and not self.message(shape.node).ja
        return not silent and all(self._speaks(each) for each in shape.properties)

    def _ask(self, graph: Graph, described: set[Term]) -> Iterator[Result]:
        """Runs the queries of `sh:sparql` that may find something, over the statements that they look at."""
        asked: list[tuple[Constraint, AbstractSet[Term]]] = []
        for constraint in self.constraints:
            focus = graph.targeted(constraint.targets) & described
            if focus and (candidates := constraint.candidates(graph, focus)):
                asked.append((constraint, candidates))
        if not asked:
            return
        store = ox.Store()
        store.bulk_extend(graph.quads(_looked_at(asked, graph)))
        for constraint, candidates in asked:
            yield from (self._result(constraint.shape, row) for row in rows(store, constraint, candidates))

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

    def _reference(self, graph: Graph, left: list[Term]) -> Iterator[Result]:
        """Runs pySHACL with those shapes alone, if it can: it is asked for shapes by IRI, none of which it follows."""
        from sosei_graph.validation.reference import pyshacl_results, rdflib_graph

        names = [shape.value for shape in left if isinstance(shape, ox.NamedNode)]
        alone = len(names) == len(left) and not self._refer_to_others(left)
        data = rdflib_graph(graph.triples())
        yield from pyshacl_results(self, data, self.core, names if alone else None)

    def _refer_to_others(self, shapes: Iterable[Term]) -> bool:
        """Whether a shape, or a part of it, refers to a shape with an IRI."""
        known = {node for node in self._objects if isinstance(node, ox.NamedNode)}
        waiting, seen = list(shapes), set(shapes)
        while waiting:
            for name, values in self._objects[waiting.pop()].items():
                for value in values if name.startswith((SH, RDF)) and name != TYPE.value else ():
                    if value in known and name != f"{SH}prefixes":
                        return True
                    if isinstance(value, ox.BlankNode) and value not in seen:
                        seen.add(value)
                        waiting.append(value)
        return False

    # Reading

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
            found = [self._constraint(shape, node) for node in self._said(shape, "sparql")]
            # Of a shape with several constraints all or none: what is left to pySHACL is the whole `sh:sparql`.
            if all(found):
                yield from (constraint for constraint in found if constraint is not None)

    def _constraint(self, shape: ox.NamedNode, node: Term) -> Constraint | None:
        selects = self._said(node, "select")
        if len(selects) != 1 or self._said(node, "message") or self._said(node, "deactivated"):
            return None
        targets: Targets = {name: _iris(self._said(shape, name)) for name in TARGETS}
        return Constraint.of(shape.value, selects[0].value, self._prefixes(node), targets)

    def _prefixes(self, node: Term) -> dict[str, str]:
        holders = list(self._said(node, "prefixes"))
        for holder in holders:
            imported = self._objects[holder].get(_IMPORTS, [])
            holders += [each for each in imported if each not in holders]
        declared = [entry for holder in holders for entry in self._said(holder, "declare")]
        return {
            self._said(entry, "prefix")[0].value: self._said(entry, "namespace")[0].value
            for entry in declared
        }

    def _core(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        taken = {ox.NamedNode(constraint.shape) for constraint in self.constraints}
        only = {shape for shape in taken if self._only_asks(shape)}
        for triple in triples:
            is_query = triple.subject in taken and triple.predicate.value == f"{SH}sparql"
            if triple.subject not in only and not is_query:
                yield triple

    def _only_asks(self, shape: Term) -> bool:
        return {name.removeprefix(SH) for name in self._objects[shape] if name.startswith(SH)} <= _DESCRIBING

    def path_text(self, node: Term, *, top: bool = False) -> str:
        """A SHACL path as a SPARQL property path (section 2.3.1)."""
        if isinstance(node, ox.NamedNode):
            return node.value if top else f"<{node.value}>"
        if inverse := self._said(node, "inversePath"):
            return f"^{self.path_text(inverse[0])}"
        if alternatives := self._said(node, "alternativePath"):
            text = "|".join(self.path_text(item) for item in self._items(alternatives[0]))
            return text if top else f"({text})"
        for name, mark in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
            if repeated := self._said(node, name):
                return f"{self.path_text(repeated[0])}{mark}"
        text = "/".join(self.path_text(item) for item in self._items(node))
        return text if top else f"({text})"

    def _items(self, node: Term) -> Iterator[Term]:
        while first := self._objects[node].get(f"{RDF}first"):
            yield first[0]
            node = self._objects[node][f"{RDF}rest"][0]


def _looked_at(asked: Iterable[tuple[Constraint, AbstractSet[Term]]], graph: Graph) -> set[Term]:
    """The predicates that queries look at."""
    found: set[Term] = set()
    for constraint, _ in asked:
        if constraint.parsed.predicates is None:
            return graph.predicates()
        found |= constraint.parsed.predicates
    return found


def _iris(terms: Iterable[Term]) -> tuple[ox.NamedNode, ...]:
    return tuple(term for term in terms if isinstance(term, ox.NamedNode))
