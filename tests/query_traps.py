"""Finds in a query what has cost time or results before, on the engine used here or on servers that take the graph.

`exists`    two or more triple patterns in one (NOT) EXISTS. Oxigraph joins them anew for each row, and reads all that
            fits any of them: seconds for some thousand rows. A path `a/b` is two patterns. MINUS is quick, and so is
            an EXISTS within the EXISTS, one pattern in each, which is also what shapes can say (SHACL, 5.2.1, allows
            no MINUS). subClassOf does not count: there is little of it.
`unbound`   OPTIONAL or MINUS that meets what stands before it only in variables that may be unbound there: bound by an
            OPTIONAL, in one branch of a UNION, or by an expression that may fail. Oxigraph then compares every row
            with every other. An OPTIONAL within the OPTIONAL that binds the variable is looked up.
`order`     ORDER BY over what can hold literals of several kinds: Oxigraph aborts on numbers beside strings, and what
            the order is differs between engines.
`repeat`    SELECT without DISTINCT or GROUP BY: in a union of graphs a triple stands once for each graph that has it.
`count`     COUNT, SUM, AVG or GROUP_CONCAT over rows that can stand there twice, for the same reason.
`standard`  what not every SPARQL 1.1 server reads as this one does: other syntax, prefixes that are not declared, and
            GRAPH, FROM or SERVICE, which make an answer depend on how a server was set up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from sosei_graph.queries.own import _TOKEN
from tests.query_kinds import Kinds, simple, walk
from tests.query_unbound import unbound_in

_SUMS = {"Aggregate_Count", "Aggregate_Sum", "Aggregate_Avg", "Aggregate_GroupConcat"}
_SUM_WORDS = {"COUNT", "SUM", "AVG", "GROUP_CONCAT"}
_ELSEWHERE = {"GraphGraphPattern": "GRAPH", "DatasetClause": "FROM", "ServiceGraphPattern": "SERVICE"}
_EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")
_SELECTS = ("SelectQuery", "SubSelect")


@dataclass(frozen=True)
class Trap:
    """A place in a query: its line, which trap it is, and what stands there."""

    line: int
    rule: str
    what: str


def traps(text: str, kinds: Kinds) -> list[Trap]:
    """The traps of a query."""
    found: list[Trap] = []
    try:
        tree = parseQuery(text)
        query = tree[1]
        found += [*_elsewhere(text, query), *_exists(text, query), *_counts(text, query)]
        found += _unbound(text, query)
        if query.name == "SelectQuery":
            found += [*_repeats(text, query), *_orders(text, query, kinds)]
        translateQuery(tree)  # this changes the tree; it is here for the prefixes that nobody declared
    except Exception as error:  # noqa: BLE001 - pyparsing's and rdflib's own
        found.append(Trap(getattr(error, "lineno", 1), "standard", " ".join(str(error).split())[:100]))
    return sorted(found, key=lambda trap: trap.line)


def _lines(text: str, *words: str) -> list[int]:
    """The lines in which these keywords stand, in order."""
    tokens = (token for token in _TOKEN.finditer(text) if (token["word"] or "").upper() in words)
    return [text.count("\n", 0, token.start()) + 1 for token in tokens]


def _elsewhere(text: str, query: CompValue) -> Iterator[Trap]:
    for name, word in _ELSEWHERE.items():
        nodes = [node for node in walk(query) if node.name == name]
        yield from (Trap(line, "standard", word) for line, _ in zip(_lines(text, word), nodes, strict=False))


# (NOT) EXISTS


def _exists(text: str, query: CompValue) -> Iterator[Trap]:
    nodes = [node for node in walk(query) if node.name in _EXISTS]
    for line, node in zip(_lines(text, "EXISTS"), nodes, strict=True):
        steps = [step for step in _steps(node.graph) if step != "subClassOf"]
        if any(inner.name == "SubSelect" for inner in walk(node)):
            yield Trap(line, "exists", "a sub-select")
        elif len(steps) > 1:
            yield Trap(line, "exists", ", ".join(steps))


def _steps(graph: CompValue) -> Iterator[str]:
    """The triple patterns of a group by their properties; a sequence of a path counts step by step."""
    inner = {id(block) for node in walk(graph) if node.name in _EXISTS for block in walk(node)}
    for block in walk(graph):
        if block.name == "TriplesBlock" and id(block) not in inner:
            for triples in block.triples:
                yield from (_shown(step) for path in triples[1::3] for step in _sequence(path))


def _sequence(path: object) -> list[object]:
    """The steps that an engine makes patterns of: those of a path `a/b` that stands by itself."""
    if isinstance(path, CompValue) and path.name == "PathAlternative" and len(path.part) == 1:
        return [step for part in path.part[0].part for step in _sequence(part)]
    if isinstance(path, CompValue) and path.name == "PathElt" and not path.mod:
        inner = path.part
        if isinstance(inner, CompValue) and inner.name == "PathAlternative":
            return _sequence(inner)
    return [path]


def _shown(path: object) -> str:
    """A step by the names of its properties."""
    if isinstance(path, Variable):
        return f"?{path}"
    names = [str(node.localname) for node in walk(path) if node.name == "pname"]
    return "|".join(names) or "type"  # `a` is the one property without a prefix


# What may be unbound


def _unbound(text: str, query: CompValue) -> Iterator[Trap]:
    parts = {id(part): names for part, names in unbound_in(query.where)}
    for word, name in (("OPTIONAL", "OptionalGraphPattern"), ("MINUS", "MinusGraphPattern")):
        nodes = [node for node in walk(query) if node.name == name]
        for line, node in zip(_lines(text, word), nodes, strict=True):
            if id(node) in parts:
                yield Trap(line, "unbound", ", ".join(f"?{name}" for name in sorted(parts[id(node)])))


# Rows that stand there twice


def _repeats(text: str, query: CompValue) -> Iterator[Trap]:
    if not _once(query):
        yield Trap(_lines(text, "SELECT")[0], "repeat", "SELECT")


def _once(query: CompValue) -> bool:
    """Whether no two rows of a SELECT can be there for one and the same fact."""
    aggregates = any(node.name.startswith("Aggregate_") for node in walk(query.projection or []))
    return bool(query.modifier == "DISTINCT" or query.groupby or aggregates or _only_once(query.where))


def _only_once(where: CompValue) -> bool:
    """Whether a group has nothing but a sub-select whose rows are different, and what it computes from them."""
    parts = [part for part in where.part or [] if part.name not in ("Bind", "Filter")]
    if where.name == "SubSelect":
        return _once(where)
    if len(parts) != 1:
        return False
    inner = parts[0]
    if inner.name == "GroupOrUnionGraphPattern" and len(inner.graph) == 1:
        return _only_once(inner.graph[0])
    return False


def _counts(text: str, query: CompValue) -> Iterator[Trap]:
    lines = iter(_lines(text, *_SUM_WORDS))
    owners = [node for node in walk(query) if node.name in _SELECTS]
    for node in walk(query):
        if node.name not in _SUMS:
            continue
        line = next(lines)
        # The innermost SELECT around it is the last one that has it.
        owner = [each for each in owners if any(inner is node for inner in walk(each))][-1]
        if not node.distinct and not _only_once(owner.where):
            yield Trap(line, "count", node.name.removeprefix("Aggregate_"))


# ORDER BY


def _orders(text: str, query: CompValue, kinds: Kinds) -> Iterator[Trap]:
    held = kinds.of_query(query)
    nodes = [node for node in walk(query) if node.name == "OrderClause"]
    for line, node in zip(_lines(text, "ORDER"), nodes, strict=True):
        by_datatype: set[str] = set()
        for condition in node.condition:
            key = simple(condition.expr)
            for inner in walk(key):
                if inner.name == "Builtin_DATATYPE":
                    by_datatype.add(str(simple(inner.arg)))
            literals = held.of(key) - {"iri"}
            sorted_before = isinstance(key, Variable) and str(key) in by_datatype
            if (len(literals) > 1 or "any" in literals) and not sorted_before:
                shown = f"?{key}" if isinstance(key, Variable) else key.name
                yield Trap(line, "order", f"{shown} ({', '.join(sorted(literals))})")
