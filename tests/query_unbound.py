"""Which variables of a query are surely bound, and where parts of it meet only in others."""

from collections.abc import Iterator

from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Variable

from tests.query_kinds import listed, simple, walk

#: What SHACL binds before a query begins (section 5.3.1).
_BEFORE = {"this"}


class _Bound:
    """The variables of a group: `sure` ones have a value in every row, `all` in some."""

    def __init__(self) -> None:
        self.sure: set[str] = set()
        self.all: set[str] = set()

    def add(self, other: "_Bound") -> None:
        self.sure |= other.sure
        self.all |= other.all


def unbound_in(group: CompValue) -> Iterator[tuple[CompValue, set[str]]]:
    """Each OPTIONAL and MINUS whose rows no sure variable joins with those before, and the variables that do."""
    found: list[tuple[CompValue, set[str]]] = []
    _read(group, found)
    yield from found


def _read(group: CompValue, found: list[tuple[CompValue, set[str]]]) -> _Bound:
    """What a group binds; what it finds on the way is added to `found`."""
    bound = _Bound()
    if group.name == "SubSelect":
        return _selected(group, _read(group.where, found))
    for part in group.part or []:
        if part.name in ("OptionalGraphPattern", "MinusGraphPattern"):
            _join(bound, part, found)
        elif part.name == "Bind":
            _assign(bound, str(part.var), part.expr)
        else:
            bound.add(_pattern(part, found))
    return bound


def _join(bound: _Bound, part: CompValue, found: list[tuple[CompValue, set[str]]]) -> None:
    inner = _read(part.graph, found)
    shared = bound.all & inner.all
    if shared and not (bound.sure | _BEFORE) & inner.sure:
        found.append((part, shared))
    if part.name == "OptionalGraphPattern":
        bound.all |= inner.all


def _pattern(part: CompValue, found: list[tuple[CompValue, set[str]]]) -> _Bound:
    bound = _Bound()
    if part.name == "GroupOrUnionGraphPattern":
        branches = [_read(branch, found) for branch in part.graph]
        bound.sure = set.intersection(*(branch.sure for branch in branches))
        bound.all = set.union(*(branch.all for branch in branches))
    elif part.name == "InlineData":
        return _values(part)
    elif part.name == "TriplesBlock":
        bound.sure = {str(term) for triples in part.triples for term in triples if isinstance(term, Variable)}
        bound.all = set(bound.sure)
    return bound


def _selected(query: CompValue, inner: _Bound) -> _Bound:
    """What comes out of a sub-select."""
    outer = _Bound()
    if not query.projection:
        return inner
    for column in query.projection:
        if column.evar:
            _assign(inner, str(column.evar), column.expr)
        name = str(column.evar or column.var)
        outer.all |= {name} & inner.all
        outer.sure |= {name} & inner.sure
    return outer


def _values(part: CompValue) -> _Bound:
    bound = _Bound()
    names = [str(name) for name in part.var]
    bound.all |= set(names)
    rows = [listed(row) for row in part.value]
    for place, name in enumerate(names):
        if all(isinstance(row[place], Identifier | CompValue) for row in rows):
            bound.sure.add(name)
    return bound


def _assign(bound: _Bound, name: str, expression: object) -> None:
    bound.all.add(name)
    if _is_sure(simple(expression), bound.sure):
        bound.sure.add(name)


def _is_sure(expression: object, sure: set[str]) -> bool:
    """Whether an expression has a value whatever the row: most functions can fail."""
    if isinstance(expression, Variable):
        return str(expression) in sure
    if isinstance(expression, CompValue):
        if expression.name == "Builtin_COALESCE":
            return any(_is_sure(simple(each), sure) for each in expression.arg)
        return expression.name in ("literal", "pname") or not any(
            node.name.startswith(("Builtin_", "Aggregate_", "Function")) for node in walk(expression)
        )
    return isinstance(expression, Identifier)
