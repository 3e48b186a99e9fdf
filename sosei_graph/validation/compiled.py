"""Shapes compiled to functions: SHACL Core without an engine, one document after the other.

A shape that asks for more than `constraints` knows is `left` to pySHACL, with the reason; so is a document about
which a constraint is not sure. tests/test_w3c_shacl.py and tests/test_engines.py hold the two to the same results.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from sosei_graph.validation.constraints import (
    CHECKS,
    SH,
    TESTS,
    Check,
    NotCompiledError,
    Parameters,
    Test,
    closed_checks,
)
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.literals import BOOLEAN, UnsureError, is_sure
from sosei_graph.validation.paths import Alternative, InTurn, Path, Repeated, Step
from sosei_graph.validation.targets import TARGETS, Targets, Term
from sosei_graph.vocab import PREFIXES

_RDF = PREFIXES["rdf"]
_RDFS = PREFIXES["rdfs"]
_CLASSES = {ox.NamedNode(f"{_RDFS}Class"), ox.NamedNode(PREFIXES["owl"] + "Class")}
_SUBCLASS = f"{_RDFS}subClassOf"
_NODE_SHAPE, _PROPERTY_SHAPE = ox.NamedNode(f"{SH}NodeShape"), ox.NamedNode(f"{SH}PropertyShape")
_QUALIFIED = ("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint")
_NESTING = ("property", "node", "not", "and", "or", "xone", "qualifiedValueShape")
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_BESIDE = frozenset(
    {*TARGETS, "path", "severity", "message", "name", "description", "order", "group", "deactivated"}
    | {"defaultValue", "flags", "ignoredProperties", "closed", *_QUALIFIED, *_NESTING}
)

About = Mapping[Term, Mapping[str, list[Term]]]
"""What the shapes graph says: subject → IRI of the predicate → values."""


@dataclass(frozen=True)
class Found:
    """A result: the focus node, the path if it is not that of the shape, the value, the component, the shape."""

    shape: Term
    focus: Term
    path: Term | None
    value: Term | None
    component: str


@dataclass
class Shape:
    """A compiled shape."""

    node: Term
    path: Path | None
    tests: list[tuple[str, Test]] = field(default_factory=list)
    checks: list[tuple[str, Check]] = field(default_factory=list)
    properties: list["Shape"] = field(default_factory=list)

    def results(self, graph: Graph, nodes: Iterable[Term]) -> Iterator[Found]:
        """What is wrong with each of these focus nodes."""
        follow = None
        if self.path is not None:
            if graph.unsure and self.path.predicates & graph.unsure:
                raise UnsureError(str(self.node))
            follow = self.path.over(graph)
        tests = [(component, test(graph)) for component, test in self.tests]
        for focus in nodes:
            values: Sequence[Term] = (focus,) if follow is None else follow(focus)
            for component, test in tests:
                for value in values:
                    if not test(value):
                        yield Found(self.node, focus, None, value, component)
            if self.checks:
                yield from self._checked(graph, focus, values)
            for shape in self.properties:
                yield from shape.results(graph, values)

    def _checked(self, graph: Graph, focus: Term, values: Sequence[Term]) -> Iterator[Found]:
        for component, check in self.checks:
            for blamed, path in check(graph, focus, values):
                yield Found(self.node, focus, path, blamed, component)

    def conforms(self, graph: Graph, node: Term) -> bool:
        """Whether a node conforms to the shape."""
        known: dict[Term, bool] = graph.cache.setdefault(id(self), {})
        if node not in known:
            known[node] = next(self.results(graph, (node,)), None) is None
        return known[node]


@dataclass(frozen=True)
class Program:
    """The shapes with a target: those compiled, and those left to the reference engine with the reason."""

    shapes: tuple[tuple[Shape, Targets], ...]
    left: Mapping[Term, str]
    targets: Mapping[Term, Targets]

    def focus_nodes(self, shape: Term, graph: Graph, described: set[Term] | None) -> set[Term]:
        """The focus nodes of a shape; of those that the document describes, if it says which."""
        targets = self.targets[shape]
        if graph.unsure.intersection(targets["targetObjectsOf"]):
            raise UnsureError(str(shape))
        found = graph.targeted(targets)
        return found if described is None else found & described


def compile_shapes(about: About, one_query: frozenset[Term]) -> Program:
    """Compiles every shape with a target. The `sh:sparql` of shapes in `one_query` is taken care of elsewhere."""
    return _Compiler(about, one_query).program()


class _Compiler:
    def __init__(self, about: About, one_query: frozenset[Term]) -> None:
        self._about, self._one_query = about, one_query
        self._shapes: dict[Term, Shape] = {}
        self._under_way: list[Term] = []
        self._top: Term | None = None
        self._expected = {
            value
            for said in about.values()
            for name in ("property", "node", "not", "qualifiedValueShape")
            for value in said.get(f"{SH}{name}", ())
        }
        self._custom = any(f"{SH}parameter" in said for said in about.values())
        self._classes = _CLASSES | {
            node for node, said in about.items() if _CLASSES & set(said.get(_SUBCLASS, ()))
        }

    def program(self) -> Program:
        shapes: list[tuple[Shape, Targets]] = []
        left: dict[Term, str] = {}
        known: dict[Term, Targets] = {}
        for node in self._about:
            targets = self._targets(node)
            if not any(targets.values()):
                continue
            known[node] = targets
            self._top = node
            try:
                if self._custom:
                    raise NotCompiledError("sh:ConstraintComponent")
                if any(isinstance(each, ox.Literal) and not is_sure(each) for each in targets["targetNode"]):
                    raise NotCompiledError("sh:targetNode")
                shape = self._shape(node)
            except NotCompiledError as reason:
                left[node] = str(reason)
            else:
                if shape.tests or shape.checks or shape.properties:
                    shapes.append((shape, targets))
        return Program(tuple(shapes), left, known)

    def _targets(self, node: Term) -> Targets:
        targets = {name: tuple(self._said(node, name)) for name in TARGETS}
        types = set(self._about[node].get(_RDF + "type", ()))
        if types & self._classes and self._is_shape(node):
            targets["targetClass"] = (*targets["targetClass"], node)
        return targets

    def _is_shape(self, node: Term) -> bool:
        types = self._about[node].get(_RDF + "type", ())
        stated = _NODE_SHAPE in types or _PROPERTY_SHAPE in types or node in self._expected
        return stated or any(self._said(node, name) for name in ("property", "node", *TARGETS))

    def _said(self, node: Term, name: str) -> list[Term]:
        return self._about.get(node, {}).get(f"{SH}{name}", [])

    def _items(self, head: Term) -> list[Term]:
        items: list[Term] = []
        nil = ox.NamedNode(f"{_RDF}nil")
        while head != nil:
            said = self._about.get(head, {})
            first, rest = said.get(f"{_RDF}first", ()), said.get(f"{_RDF}rest", ())
            if len(first) != 1 or len(rest) != 1 or len(items) > 10_000:
                raise NotCompiledError("no proper list")
            items.append(first[0])
            head = rest[0]
        return items

    def _shape(self, node: Term) -> Shape:
        if node in self._under_way:
            raise NotCompiledError("recursion")
        if node != self._top and self._said(node, "sparql"):
            raise NotCompiledError("sh:sparql of a shape that others refer to")
        if node not in self._shapes:
            self._under_way.append(node)
            try:
                self._shapes[node] = self._compile(node)
            finally:
                self._under_way.pop()
        return self._shapes[node]

    def _compile(self, node: Term) -> Shape:
        about = self._about.get(node, {})
        said = {name.removeprefix(SH): values for name, values in about.items() if name.startswith(SH)}
        path = self._path_of(node, said)
        shape = Shape(node, path)
        if self._is_deactivated(said):
            return shape
        of = Parameters(said, self._items, path is not None)
        for name in sorted(said.keys() - _BESIDE):
            if name in TESTS:
                component, make = TESTS[name]
                shape.tests += [(_iri(component), test) for test in make(of)]
            elif name in CHECKS:
                component, make_checks = CHECKS[name]
                shape.checks += [(_iri(component), check) for check in make_checks(of)]
            elif not (name == "sparql" and node in self._one_query):
                raise NotCompiledError(f"sh:{name}")
        if "flags" in said and "pattern" not in said:
            raise NotCompiledError("sh:flags without sh:pattern")
        self._nest(shape, of)
        if "closed" in said:
            shape.checks += [(_iri("Closed"), check) for check in closed_checks(of, self._paths_below(said))]
        elif "ignoredProperties" in said:
            raise NotCompiledError("sh:ignoredProperties without sh:closed")
        return shape

    def _path_of(self, node: Term, said: Mapping[str, list[Term]]) -> Path | None:
        types = self._about.get(node, {}).get(_RDF + "type", ())
        paths = said.get("path", [])
        if len(paths) > 1 or (paths and _NODE_SHAPE in types) or (not paths and _PROPERTY_SHAPE in types):
            raise NotCompiledError("sh:path")
        return self._path(paths[0]) if paths else None

    def _is_deactivated(self, said: Mapping[str, list[Term]]) -> bool:
        values = said.get("deactivated", [])
        if not all(isinstance(each, ox.Literal) and each.datatype == BOOLEAN for each in values):
            raise NotCompiledError("sh:deactivated")
        if len(values) > 1:
            raise NotCompiledError("sh:deactivated")
        return any(each.value in {"true", "1"} for each in values)

    def _paths_below(self, said: Mapping[str, list[Term]]) -> list[Term]:
        return [path for each in said.get("property", []) for path in self._said(each, "path")]

    # Constraints that refer to shapes

    def _nest(self, shape: Shape, of: Parameters) -> None:
        for each in of.said.get("property", []):
            nested = self._shape(each)
            if nested.path is None:
                raise NotCompiledError("sh:property of a node shape")
            shape.properties.append(nested)
        for each in of.said.get("node", []):
            nested = self._shape(each)
            if nested.path is not None:
                raise NotCompiledError("sh:node of a property shape")
            shape.tests.append((_iri("Node"), _conforming([nested], all)))
        for each in of.said.get("not", []):
            shape.tests.append((_iri("Not"), _conforming([self._shape(each)], _none)))
        for name, enough in (("and", all), ("or", any), ("xone", _one)):
            for head in of.said.get(name, []):
                members = [self._shape(each) for each in self._items(head)]
                if not members:
                    raise NotCompiledError(f"sh:{name} ()")
                shape.tests.append((_iri(name.capitalize()), _conforming(members, enough)))
        if any(name in of.said for name in ("qualifiedValueShape", *_QUALIFIED)):
            shape.checks += self._qualified(shape.node, of)

    def _qualified(self, node: Term, of: Parameters) -> Iterator[tuple[str, Check]]:
        """`sh:qualifiedValueShape`: how many values conform to it, and to none of its siblings if it says so."""
        if not of.is_property_shape:
            raise NotCompiledError("sh:qualifiedValueShape on a node shape")
        if "qualifiedValueShape" not in of.said:
            raise NotCompiledError("no sh:qualifiedValueShape")
        least = of.number("qualifiedMinCount") if "qualifiedMinCount" in of.said else None
        most = of.number("qualifiedMaxCount") if "qualifiedMaxCount" in of.said else None
        if least is None and most is None:
            raise NotCompiledError("sh:qualifiedValueShape without a count")
        apart = "qualifiedValueShapesDisjoint" in of.said and of.flag("qualifiedValueShapesDisjoint")
        for wanted in of.said["qualifiedValueShape"]:
            siblings = [self._shape(each) for each in self._siblings(node, wanted)] if apart else []
            count = _counting(self._shape(wanted), siblings)
            if most is not None:
                yield _iri("QualifiedMaxCount"), _limited(count, range(most + 1))
            if least is not None:
                yield _iri("QualifiedMinCount"), _limited(count, range(least, sys.maxsize))

    def _siblings(self, node: Term, wanted: Term) -> list[Term]:
        parents = [parent for parent in self._about if node in self._said(parent, "property")]
        properties = (each for parent in parents for each in self._said(parent, "property"))
        shapes = (each for every in properties for each in self._said(every, "qualifiedValueShape"))
        return [each for each in dict.fromkeys(shapes) if each != wanted]

    # Paths

    def _path(self, node: Term) -> Path:
        if isinstance(node, ox.NamedNode):
            return Step(node)
        said = self._about.get(node, {})
        if not isinstance(node, ox.BlankNode) or len(said) != 1 + (f"{_RDF}first" in said):
            raise NotCompiledError("sh:path")
        if f"{_RDF}first" in said:
            return InTurn(self._several(node))
        ((name, values),) = said.items()
        kind = name.removeprefix(SH)
        if len(values) == 1 and kind in _REPEATED:
            return Repeated(self._path(values[0]), _REPEATED[kind])
        if len(values) == 1 and kind == "alternativePath":
            return Alternative(self._several(values[0]))
        # pySHACL does not turn the order of a sequence.
        if len(values) == 1 and kind == "inversePath" and isinstance(values[0], ox.NamedNode):
            return Step(values[0], backward=True)
        raise NotCompiledError("sh:path")

    def _several(self, head: Term) -> list[Path]:
        parts = [self._path(each) for each in self._items(head)]
        if len(parts) < 2:
            raise NotCompiledError("sh:path")
        return parts


def _iri(component: str) -> str:
    return f"{SH}{component}ConstraintComponent"


def _none(answers: Iterable[bool]) -> bool:
    return not any(answers)


def _one(answers: Iterable[bool]) -> bool:
    return sum(answers) == 1


def _conforming(shapes: Sequence[Shape], enough: Callable[[Iterable[bool]], bool]) -> Test:
    return lambda graph: lambda value: enough(shape.conforms(graph, value) for shape in shapes)


def _counting(shape: Shape, siblings: Sequence[Shape]) -> Callable[[Graph, Sequence[Term]], int]:
    def count(graph: Graph, values: Sequence[Term]) -> int:
        conforming = (value for value in values if shape.conforms(graph, value))
        return sum(not any(other.conforms(graph, value) for other in siblings) for value in conforming)

    return count


def _limited(count: Callable[[Graph, Sequence[Term]], int], allowed: range) -> Check:
    def check(graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterable[tuple[None, None]]:
        return () if count(graph, values) in allowed else [(None, None)]

    return check
