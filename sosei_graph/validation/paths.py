"""Property paths (SHACL section 2.3.1, SPARQL 1.1 section 9.1) over a `Graph`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from sosei_graph.validation.graph import Graph
from sosei_graph.validation.targets import Term

Values = Callable[[Term], Sequence[Term]]
"""From a node to the nodes that a path leads to, each once."""


class Path:
    """A property path (SHACL section 2.3.1) over predicates."""

    def __init__(self, predicates: frozenset[Term]) -> None:
        self.predicates = predicates

    is_certain = False
    """Whether the path leads somewhere from all of its `starts`."""

    def over(self, graph: Graph) -> Values:
        """The path in a graph."""
        raise NotImplementedError

    def starts(self, graph: Graph) -> AbstractSet[Term] | None:
        """Nodes without which the path leads nowhere; None where it leads on from any node."""
        raise NotImplementedError


class Step(Path):
    """One predicate, forward or backward."""

    is_certain = True

    def __init__(self, predicate: Term, *, backward: bool = False) -> None:
        super().__init__(frozenset({predicate}))
        self._predicate, self._backward = predicate, backward

    def turned(self) -> "Step":
        """The same step from its end."""
        return Step(self._predicate, backward=not self._backward)

    def over(self, graph: Graph) -> Values:
        """The path in a graph."""
        column = graph.inverse(self._predicate) if self._backward else graph.column(self._predicate)
        find: Mapping[Term, list[Term]] = column
        return lambda node: find.get(node, ())

    def starts(self, graph: Graph) -> AbstractSet[Term]:
        """The nodes with a value, or those that are one."""
        return (graph.inverse if self._backward else graph.column)(self._predicate).keys()


class _Compound(Path):
    """A path made of others; what it leads to is worked out once a node."""

    def __init__(self, parts: Sequence[Path]) -> None:
        super().__init__(frozenset().union(*(part.predicates for part in parts)))
        self.parts = tuple(parts)

    def over(self, graph: Graph) -> Values:
        """The path in a graph."""
        known: dict[Term, Sequence[Term]] = graph.cache.setdefault(id(self), {})
        parts = [part.over(graph) for part in self.parts]

        def values(node: Term) -> Sequence[Term]:
            found = known.get(node)
            if found is None:
                found = known[node] = tuple(self._follow(parts, node))
            return found

        return values

    def _follow(self, parts: Sequence[Values], node: Term) -> Iterable[Term]:
        raise NotImplementedError


class InTurn(_Compound):
    """One path after the other."""

    def starts(self, graph: Graph) -> AbstractSet[Term] | None:
        """Where the first path starts."""
        return self.parts[0].starts(graph)

    def _follow(self, parts: Sequence[Values], node: Term) -> Iterable[Term]:
        reached: Iterable[Term] = (node,)
        for part in parts:
            reached = dict.fromkeys(value for each in reached for value in part(each))
        return reached


class Alternative(_Compound):
    """Any of the paths."""

    def __init__(self, parts: Sequence[Path]) -> None:
        super().__init__(parts)
        self.is_certain = all(part.is_certain for part in parts)

    def starts(self, graph: Graph) -> AbstractSet[Term] | None:
        """Where any of them starts."""
        found: set[Term] = set()
        for part in self.parts:
            nodes = part.starts(graph)
            if nodes is None:
                return None
            found |= nodes
        return found

    def _follow(self, parts: Sequence[Values], node: Term) -> Iterable[Term]:
        return dict.fromkeys(value for part in parts for value in part(node))


class Repeated(_Compound):
    """A path any number of times (`*`), at least once (`+`) or at most once (`?`)."""

    def __init__(self, part: Path, mark: str) -> None:
        super().__init__((part,))
        self.mark = mark
        self.is_certain = mark == "+" and part.is_certain

    def starts(self, graph: Graph) -> AbstractSet[Term] | None:
        """Where the path starts that is repeated, if it has to be followed at all."""
        return self.parts[0].starts(graph) if self.mark == "+" else None

    def _follow(self, parts: Sequence[Values], node: Term) -> Iterable[Term]:
        (part,) = parts
        if self.mark == "?":
            return dict.fromkeys((node, *part(node)))
        found: dict[Term, None] = {} if self.mark == "+" else {node: None}
        waiting = list(part(node))
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = None
                waiting.extend(part(current))
        return found
