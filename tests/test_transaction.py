"""Several changes to a store at once, or none of them."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.store.transaction import Transaction

G, H = ox.NamedNode("http://example.org/g"), ox.NamedNode("http://example.org/h")
S, P = ox.NamedNode("http://example.org/s"), ox.NamedNode("http://example.org/p")
AWKWARD = [
    ox.Literal('a "quoted" \\ text\n?x } ; DROP ALL #'),
    ox.Literal("終", language="ja"),
    ox.Literal("x\x01\x7f\u2028"),
    ox.Literal("2.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("二", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.NamedNode("http://example.org/日本?x=1#y"),
    ox.BlankNode("f0c14n1"),
]


@pytest.mark.parametrize("thing", AWKWARD, ids=str)
def test_every_term_comes_through(thing: ox.Literal | ox.NamedNode | ox.BlankNode) -> None:
    """Strings stay strings, blank nodes keep their names, and what was put in can be taken out."""
    store, expected = ox.Store(), ox.Store()
    quads = [ox.Quad(S, P, thing, G), ox.Quad(ox.BlankNode("f0c14n1"), P, thing, H)]
    expected.extend(quads)
    put = Transaction()
    put.change((), quads)
    put.commit(store)
    assert set(store) == set(expected)
    take = Transaction()
    take.change(quads, ())
    take.commit(store)
    assert not len(store)


def test_graphs_are_dropped_and_made_with_the_rest() -> None:
    """A graph without statements is made, and one with some is dropped, whether they were there or not."""
    store = ox.Store()
    store.add(ox.Quad(S, P, S, G))
    for _ in range(2):
        both = Transaction()
        both.drop(G.value)
        both.make(H.value)
        both.commit(store)
        assert list(store.named_graphs()) == [H]


def test_nothing_is_changed_where_one_change_fails(tmp_path: Path) -> None:
    """A fault in the last step leaves the first undone."""
    store = ox.Store(str(tmp_path / "store"))
    store.add(ox.Quad(S, P, S, G))
    changes = Transaction()
    changes.change([ox.Quad(S, P, S, G)], [ox.Quad(S, P, P, G)])
    changes._steps.append(f"CREATE GRAPH {G}")  # without SILENT, as the graph is there
    with pytest.raises(RuntimeError, match="already exists"):
        changes.commit(store)
    assert list(store) == [ox.Quad(S, P, S, G)]
