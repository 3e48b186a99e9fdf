"""`sh:sparql` constraints that run as one query over all their focus nodes.

pySHACL parses and runs the query of a constraint again for each focus node. A constraint on a node shape says the
same as one query with all focus nodes in a VALUES block, as long as the query has no sub-select and does not ask for
the path or shape (SHACL section 5.2.1, pre-bound variables). Most focus nodes need no query at all: the part of it
that `patterns` reads shows that it would find nothing. tests/test_shapes.py and tests/test_engines.py hold this to
the results of pySHACL.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.store.memory import refuse_network
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.paths import Path, Step
from sosei_graph.validation.patterns import (
    THIS,
    Exists,
    Filter,
    Group,
    Operand,
    Query,
    Triple,
    Variable,
    is_the_same_for_all,
    reversed_path,
    variables_of,
)
from sosei_graph.validation.reading import read
from sosei_graph.validation.targets import Targets, Term

# Names of variables are case-sensitive, keywords are not: `?path` is a result, `$PATH` is pre-bound.
_NOT_ONE_QUERY = re.compile(r"[$?](PATH|currentShape|shapesGraph)\b|(?i:\bSELECT\b.*\bSELECT\b)", re.DOTALL)
_OPENING = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_AGGREGATE = re.compile(r"\b(COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_LANGUAGE = re.compile(r'\( (?i:LANG) \( [?$](\w+) \) = "([a-z]+)" \)')

_NOTHING = Query(Group(), frozenset())


@dataclass(frozen=True)
class Constraint:
    """A `sh:sparql` constraint that runs as one query over all its focus nodes."""

    shape: str
    opening: str
    pattern: str
    targets: Targets
    parsed: Query

    @classmethod
    def of(cls, shape: str, query: str, prefixes: Mapping[str, str], targets: Targets) -> "Constraint | None":
        """The constraint, or None for a query that does not say the same for all focus nodes at once.

        One that the engine cannot read, or that would use the network, is a `SoseiError`.
        """
        refuse_network(query)
        opening = _OPENING.search(query)
        if not opening or _NOT_ONE_QUERY.search(query) or _AGGREGATE.search(query):
            return None
        declared = "".join(sorted(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes.items()))
        head, pattern = f"{declared}{query[: opening.end()]}", query[opening.end() :]
        parsed = read(pattern, prefixes)
        if parsed is not None and is_the_same_for_all(parsed.where):
            return cls(shape, head, pattern, targets, parsed)
        list(rows(ox.Store(), cls(shape, head, pattern, targets, _NOTHING), ()))
        return None

    def query(self, focus: Iterable[Term]) -> str:
        """The query with its focus nodes bound."""
        values = " ".join(sorted(str(node) for node in focus))
        return f"{self.opening} VALUES ?this {{ {values} }}{self.pattern}"

    def candidates(self, graph: Graph, focus: AbstractSet[Term]) -> AbstractSet[Term]:
        """The focus nodes that the query may find something about."""
        for part in self._parts:
            if not focus:
                break
            focus = _narrowed(part, focus, graph)
        return focus

    @cached_property
    def _parts(self) -> tuple[Triple | Exists, ...]:
        """The parts of the query that may rule nodes out."""
        group = self.parsed.where
        asked = (part for part in group.parts if isinstance(part, Triple | Exists))
        return tuple(
            part for part in asked if isinstance(part, Triple) or part.wanted or not _shared(part, group)
        )


def rows(store: ox.Store, constraint: Constraint, focus: Iterable[Term]) -> Iterator[dict[str, Term]]:
    """The rows of a constraint's SELECT, each with what is bound in it."""
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


# What a query cannot find


def _narrowed(part: Triple | Exists, focus: AbstractSet[Term], graph: Graph) -> AbstractSet[Term]:
    """The focus nodes that a part of the query does not rule out."""
    if isinstance(part, Triple):
        return _among(focus, _starts(part, graph))
    if not part.wanted:
        ruled_out = _having(part.group, focus, graph)
        return focus - ruled_out if ruled_out else focus
    for triple in _triples(part.group):
        focus = _among(focus, _starts(triple, graph))
    return focus


def _shared(part: Exists, group: Group) -> set[str]:
    """The variables of a part that stand elsewhere in the group: what they are bound to there matters here."""
    elsewhere = {name for other in group.parts if other is not part for name in variables_of(other)}
    return part.group.variables & elsewhere - {THIS.name}


def _among(focus: AbstractSet[Term], nodes: AbstractSet[Term] | None) -> AbstractSet[Term]:
    return focus if nodes is None else focus & nodes


def _triples(group: Group) -> list[Triple]:
    return [part for part in group.parts if isinstance(part, Triple)]


def _starts(triple: Triple, graph: Graph) -> AbstractSet[Term] | None:
    """The nodes that can be `$this` of a triple pattern; None where nothing is known of them."""
    path, other = _from_this(triple)
    if path is None or path.predicates & graph.unsure:
        return None
    if isinstance(other, Variable):
        return path.starts(graph)
    key = (id(triple), "starts")
    if key not in graph.cache:
        graph.cache[key] = frozenset(reversed_path(path).over(graph)(other))
    found: AbstractSet[Term] = graph.cache[key]
    return found


def _from_this(triple: Triple) -> tuple[Path | None, Operand]:
    """The path of a triple pattern from `$this`, and what stands at its end."""
    if triple.subject == THIS:
        return triple.path, triple.object
    if triple.object == THIS:
        return triple.turned, triple.subject
    return None, triple.object


def _having(group: Group, focus: AbstractSet[Term], graph: Graph) -> AbstractSet[Term] | None:
    """The focus nodes for which a group has a solution beyond doubt.

    That is told of groups with nothing but triple patterns about `$this`, each with a variable of its own or a
    constant, and with a filter for the language of the only value.
    """
    triples = _triples(group)
    filters = [part for part in group.parts if isinstance(part, Filter)]
    ends = [_from_this(triple)[1] for triple in triples]
    names = [end.name for end in ends if isinstance(end, Variable)]
    if len(triples) + len(filters) != len(group.parts) or len(set(names)) != len(names) or "this" in names:
        return None
    if filters:
        return _spoken(triples, filters, graph)
    found = focus
    for triple in triples:
        path, _ = _from_this(triple)
        nodes = _starts(triple, graph)
        if path is None or nodes is None or not path.is_certain:
            return None
        found = found & nodes
    return found


def _spoken(triples: list[Triple], filters: list[Filter], graph: Graph) -> AbstractSet[Term] | None:
    """The subjects of `$this property ?value FILTER(LANG(?value) = "…")`."""
    if len(triples) != 1 or len(filters) != 1:
        return None
    path, value = _from_this(triples[0])
    told = _LANGUAGE.fullmatch(" ".join(token.text for token in filters[0].tokens))
    if not isinstance(path, Step) or not told or not isinstance(value, Variable) or told[1] != value.name:
        return None
    key = ("spoken", path, told[2])
    if key not in graph.cache:
        follow, language = path.over(graph), told[2]
        graph.cache[key] = {
            node
            for node in path.starts(graph)
            if any(type(each) is ox.Literal and each.language == language for each in follow(node))
        }
    found: AbstractSet[Term] = graph.cache[key]
    return found
