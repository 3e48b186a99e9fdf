"""Changes to a store that happen together or not at all, as one SPARQL update."""

from collections.abc import Iterable

import pyoxigraph as ox

#: A function of ours that names a blank node: an update by itself can only make new ones.
_BLANK = ox.NamedNode("urn:sosei:blank")


class Transaction:
    """Statements to take out and to put in, and graphs to drop or to make; `commit` does all of it at once."""

    def __init__(self) -> None:
        self._removed: list[ox.Quad] = []
        self._added: list[ox.Quad] = []
        self._steps: list[str] = []

    def change(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        """Takes statements out, then puts others in."""
        self._removed += removed
        self._added += added

    def drop(self, graph: str) -> None:
        """Drops a graph, if there is one of that name."""
        self._steps.append(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")

    def make(self, graph: str) -> None:
        """Makes a graph without statements, unless there is one of that name."""
        self._steps.append(f"CREATE SILENT GRAPH {ox.NamedNode(graph)}")

    def commit(self, store: ox.Store) -> None:
        """Makes the changes: pyoxigraph runs all of an update in one transaction."""
        variables: dict[ox.BlankNode, str] = {}
        for quad in (*self._removed, *self._added):
            for term in (quad.subject, quad.object):
                if isinstance(term, ox.BlankNode):
                    variables.setdefault(term, f"?b{len(variables)}")
        removed, added = (
            "".join(_pattern(quad, variables) for quad in quads) for quads in (self._removed, self._added)
        )
        where = "".join(
            f"BIND({_BLANK}({ox.Literal(node.value)}) AS {name}) " for node, name in variables.items()
        )
        change = f"DELETE {{ {removed} }} INSERT {{ {added} }} WHERE {{ {where} }}"
        steps = [change, *self._steps] if removed or added else self._steps
        if steps:
            store.update(" ;\n".join(steps), custom_functions={_BLANK: _blank_node})


def _pattern(quad: ox.Quad, variables: dict[ox.BlankNode, str]) -> str:
    subject, thing = (
        variables[term] if isinstance(term, ox.BlankNode) else str(term)
        for term in (quad.subject, quad.object)
    )
    return f"GRAPH {quad.graph_name} {{ {subject} {quad.predicate} {thing} }}\n"


def _blank_node(name: ox.Literal) -> ox.BlankNode:
    return ox.BlankNode(name.value)
