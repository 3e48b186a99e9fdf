"""The constraint components of SHACL Core, as functions over a `Graph`.

Each says what pySHACL says (SHACL section 4; pyshacl/constraints/core). What pySHACL itself would refuse, or judges by
rules of its own, is not decided here: `NotCompiledError` leaves the shape to it, `UnsureError` the document.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.validation.graph import Graph
from sosei_graph.validation.literals import (
    BOOLEAN,
    INTEGERS,
    STRING,
    UnsureError,
    compared,
    is_sure,
    is_text,
    ordered,
)
from sosei_graph.validation.targets import TYPE, Term
from sosei_graph.vocab import PREFIXES

SH = PREFIXES["sh"]
_RDFS = PREFIXES["rdfs"]
_WITHIN_LITERALS = {ox.NamedNode(f"{_RDFS}Literal"), ox.NamedNode(f"{_RDFS}Datatype")}
_RESOURCE = (TYPE, ox.NamedNode(f"{_RDFS}Resource"))


class NotCompiledError(Exception):
    """A shape that is left to the reference engine, and why."""


Test = Callable[[Graph], Callable[[Term], bool]]
"""In a graph: whether a value node is as it should be."""
Offence = tuple[Term | None, Term | None]
"""The value, if one is to blame, and the path where it is not that of the shape."""
Check = Callable[[Graph, Term, Sequence[Term]], Iterable[Offence]]
"""In a graph, of a focus node and its value nodes: what is wrong with them."""


@dataclass(frozen=True)
class Parameters:
    """What the shapes graph says of one shape, by the name of the parameter."""

    said: dict[str, list[Term]]
    items: Callable[[Term], list[Term]]
    is_property_shape: bool

    def one(self, name: str) -> Term:
        """The only value of a parameter."""
        values = self.said[name]
        if len(values) != 1:
            raise NotCompiledError(f"sh:{name} ×{len(values)}")
        return values[0]

    def number(self, name: str) -> int:
        """The only value, a whole number from 0."""
        value = self.one(name)
        if not isinstance(value, ox.Literal) or value.datatype not in INTEGERS or not is_sure(value):
            raise NotCompiledError(f"sh:{name} {value}")
        if int(value.value) < 0:
            raise NotCompiledError(f"sh:{name} {value}")
        return int(value.value)

    def flag(self, name: str) -> bool:
        """The only value, true or false."""
        value = self.one(name)
        if not isinstance(value, ox.Literal) or value.datatype != BOOLEAN or not is_sure(value):
            raise NotCompiledError(f"sh:{name} {value}")
        return value.value == "true"

    def constants(self, name: str, terms: Iterable[Term]) -> list[Term]:
        """Terms that are compared with values: none that engines write differently."""
        listed = list(terms)
        for term in listed:
            if isinstance(term, ox.BlankNode) or (isinstance(term, ox.Literal) and not is_sure(term)):
                raise NotCompiledError(f"sh:{name} {term}")
        return listed

    def iris(self, name: str) -> list[Term]:
        """Values that have to be IRIs."""
        values = self.said[name]
        if not all(isinstance(value, ox.NamedNode) for value in values):
            raise NotCompiledError(f"sh:{name}")
        return values


# Tests of single values


def class_tests(of: Parameters) -> list[Test]:
    """`sh:class`: each is a class that every value has to be in."""
    return [_in_class(cls) for cls in of.iris("class")]


def _in_class(cls: Term) -> Test:
    def test(graph: Graph) -> Callable[[Term], bool]:
        types, below = graph.column(TYPE), graph.below(cls)
        return lambda value: any(each in below for each in types.get(value, ()))

    return test


def datatype_tests(of: Parameters) -> list[Test]:
    """`sh:datatype`: of a literal that is sure, the datatype is all there is to ask."""
    wanted = of.one("datatype")
    if not isinstance(wanted, ox.NamedNode) or wanted in _WITHIN_LITERALS:
        raise NotCompiledError(f"sh:datatype {wanted}")
    return [_always(lambda value: type(value) is ox.Literal and value.datatype == wanted)]


def _always(test: Callable[[Term], bool]) -> Test:
    return lambda _: test


_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (ox.NamedNode,),
    "BlankNode": (ox.BlankNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}


def node_kind_tests(of: Parameters) -> list[Test]:
    """`sh:nodeKind`."""
    kinds = _KINDS.get(of.one("nodeKind").value.removeprefix(SH))
    if kinds is None:
        raise NotCompiledError(f"sh:nodeKind {of.one('nodeKind')}")
    return [_always(lambda value: type(value) in kinds)]


def in_tests(of: Parameters) -> list[Test]:
    """`sh:in`."""
    allowed = frozenset(of.constants("in", of.items(of.one("in"))))
    return [_always(lambda value: value in allowed)]


def language_tests(of: Parameters) -> list[Test]:
    """`sh:languageIn`: the language or its first part is listed."""
    listed = of.items(of.one("languageIn"))
    if not all(isinstance(each, ox.Literal) and each.datatype == STRING for each in listed):
        raise NotCompiledError("sh:languageIn")
    ranges = frozenset(each.value.lower() for each in listed)

    def spoken(value: Term) -> bool:
        language = value.language if isinstance(value, ox.Literal) else None
        if not language:
            return False
        return "*" in ranges or language.lower() in ranges or language.lower().split("-")[0] in ranges

    return [_always(spoken)]


def pattern_tests(of: Parameters) -> list[Test]:
    """`sh:pattern` with `sh:flags`, as pySHACL reads them: regular expressions of Python, flags i and m."""
    flags = of.said.get("flags", [])
    if len(flags) > 1 or not all(isinstance(each, ox.Literal) for each in (*flags, *of.said["pattern"])):
        raise NotCompiledError("sh:pattern")
    told = flags[0].value.lower() if flags else ""
    options = (re.IGNORECASE if "i" in told else 0) | (re.MULTILINE if "m" in told else 0)
    try:
        patterns = [re.compile(each.value, options) for each in of.said["pattern"]]
    except re.error as error:
        raise NotCompiledError(f"sh:pattern: {error}") from error
    return [_matching(pattern) for pattern in patterns]


def _matching(pattern: re.Pattern[str]) -> Test:
    return _always(lambda value: type(value) is not ox.BlankNode and pattern.search(value.value) is not None)


def length_tests(name: str) -> Callable[[Parameters], list[Test]]:
    """`sh:minLength` and `sh:maxLength`, in characters."""

    def make(of: Parameters) -> list[Test]:
        limit = of.number(name)
        if name == "minLength":
            return [
                _always(
                    lambda value: not limit or (type(value) is not ox.BlankNode and len(value.value) >= limit)
                )
            ]
        return [_always(lambda value: type(value) is not ox.BlankNode and len(value.value) <= limit)]

    return make


_RANGES: dict[str, Callable[[int], bool]] = {
    "minInclusive": lambda sign: sign >= 0,
    "minExclusive": lambda sign: sign > 0,
    "maxInclusive": lambda sign: sign <= 0,
    "maxExclusive": lambda sign: sign < 0,
}


def range_tests(name: str) -> Callable[[Parameters], list[Test]]:
    """`sh:minInclusive` and its like."""
    holds = _RANGES[name]

    def make(of: Parameters) -> list[Test]:
        return [_always(_within(bound, holds)) for bound in of.said[name]]

    return make


def _within(bound: Term, holds: Callable[[int], bool]) -> Callable[[Term], bool]:
    if not isinstance(bound, ox.Literal):
        raise NotCompiledError(f"{bound}")
    try:
        ordered(bound)
    except UnsureError as unsure:
        raise NotCompiledError(f"{bound}") from unsure
    text = is_text(bound)

    def test(value: Term) -> bool:
        if not isinstance(value, ox.Literal) or is_text(value) != text:
            return False
        return holds(compared(value, bound))

    return test


# Checks of all values of a focus node


def count_checks(name: str) -> Callable[[Parameters], list[Check]]:
    """`sh:minCount` and `sh:maxCount`."""

    def make(of: Parameters) -> list[Check]:
        _only_on_properties(of, name)
        limit = of.number(name)
        if name == "minCount":
            return [lambda _graph, _focus, values: _NOBODY if len(values) < limit else ()]
        return [lambda _graph, _focus, values: _NOBODY if len(values) > limit else ()]

    return make


_NOBODY: tuple[Offence, ...] = ((None, None),)


def _only_on_properties(of: Parameters, name: str) -> None:
    if not of.is_property_shape:
        raise NotCompiledError(f"sh:{name} on a node shape")


def has_value_checks(of: Parameters) -> list[Check]:
    """`sh:hasValue`."""

    def having(wanted: Term) -> Check:
        return lambda _graph, _focus, values: () if wanted in values else _NOBODY

    return [having(wanted) for wanted in of.constants("hasValue", of.said["hasValue"])]


def unique_language_checks(of: Parameters) -> list[Check]:
    """`sh:uniqueLang`: one result for each language that is used twice."""
    _only_on_properties(of, "uniqueLang")
    if not of.flag("uniqueLang"):
        return []

    def check(_graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterable[Offence]:
        if len(values) < 2:
            return ()
        tags = [value.language.lower() for value in values if type(value) is ox.Literal and value.language]
        return _NOBODY * (len({tag for tag in tags if tags.count(tag) > 1}))

    return [check]


def equals_checks(of: Parameters) -> list[Check]:
    """`sh:equals`: what is on one side only."""

    def equal(predicate: Term) -> Check:
        def check(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterator[Offence]:
            others = _values(graph, predicate, focus)
            yield from ((value, None) for value in values if value not in others)
            yield from ((value, None) for value in others if value not in values)

        return check

    return [equal(predicate) for predicate in of.iris("equals")]


def disjoint_checks(of: Parameters) -> list[Check]:
    """`sh:disjoint`."""

    def disjoint(predicate: Term) -> Check:
        def check(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterator[Offence]:
            others = _values(graph, predicate, focus)
            yield from ((value, None) for value in values if value in others)

        return check

    return [disjoint(predicate) for predicate in of.iris("disjoint")]


def _values(graph: Graph, predicate: Term, focus: Term) -> Sequence[Term]:
    if predicate in graph.unsure:
        raise UnsureError(str(predicate))
    return graph.column(predicate).get(focus, ())


def less_checks(name: str) -> Callable[[Parameters], list[Check]]:
    """`sh:lessThan` and `sh:lessThanOrEquals`: each value against each value of the other property."""
    most = -1 if name == "lessThan" else 0

    def less(predicate: Term) -> Check:
        def check(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterator[Offence]:
            for value in values:
                for other in _values(graph, predicate, focus):
                    if not _is_less(value, other, most):
                        yield value, None

        return check

    def make(of: Parameters) -> list[Check]:
        _only_on_properties(of, name)
        return [less(predicate) for predicate in of.iris(name)]

    return make


def _is_less(value: Term, other: Term, most: int) -> bool:
    if type(value) is ox.BlankNode or type(other) is ox.BlankNode:
        raise UnsureError("a blank node is not compared")
    # For the reference an IRI is text here, and so is text with a language.
    texts = [type(term) is ox.NamedNode or is_text(term) for term in (value, other)]
    if texts[0] != texts[1]:
        return False
    if texts[0]:
        return (value.value > other.value) - (value.value < other.value) <= most
    if not isinstance(value, ox.Literal) or not isinstance(other, ox.Literal):
        raise UnsureError(f"{value} {other}")
    return compared(value, other) <= most


def closed_checks(of: Parameters, paths: Iterable[Term]) -> list[Check]:
    """`sh:closed` with `sh:ignoredProperties`: values of properties that no property shape is about."""
    if not of.flag("closed"):
        return []
    ignored = {item for head in of.said.get("ignoredProperties", []) for item in of.items(head)}
    allowed = {*ignored, *paths}

    def check(graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[Offence]:
        if graph.unsure:
            raise UnsureError("sh:closed")
        for predicate in graph.predicates() - allowed:
            for value in values:
                for thing in graph.column(predicate).get(value, ()):
                    if (predicate, thing) != _RESOURCE:
                        yield thing, predicate

    return [check]


TESTS: dict[str, tuple[str, Callable[[Parameters], list[Test]]]] = {
    "class": ("Class", class_tests),
    "datatype": ("Datatype", datatype_tests),
    "nodeKind": ("NodeKind", node_kind_tests),
    "in": ("In", in_tests),
    "languageIn": ("LanguageIn", language_tests),
    "pattern": ("Pattern", pattern_tests),
    "minLength": ("MinLength", length_tests("minLength")),
    "maxLength": ("MaxLength", length_tests("maxLength")),
    "minInclusive": ("MinInclusive", range_tests("minInclusive")),
    "minExclusive": ("MinExclusive", range_tests("minExclusive")),
    "maxInclusive": ("MaxInclusive", range_tests("maxInclusive")),
    "maxExclusive": ("MaxExclusive", range_tests("maxExclusive")),
}
"""By parameter: the constraint component, and what makes its tests of single values."""

CHECKS: dict[str, tuple[str, Callable[[Parameters], list[Check]]]] = {
    "minCount": ("MinCount", count_checks("minCount")),
    "maxCount": ("MaxCount", count_checks("maxCount")),
    "hasValue": ("HasValue", has_value_checks),
    "uniqueLang": ("UniqueLang", unique_language_checks),
    "equals": ("Equals", equals_checks),
    "disjoint": ("Disjoint", disjoint_checks),
    "lessThan": ("LessThan", less_checks("lessThan")),
    "lessThanOrEquals": ("LessThanOrEquals", less_checks("lessThanOrEquals")),
}
"""By parameter: the constraint component, and what makes its checks of all values together."""
