"""A tiny graph as a reasoned store, and rows as the text that `expected.csv` holds."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.integrity import TurtleFile, Vocabulary, check, read
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store, quads_of
from sosei_graph.vocab import BASE
from sosei_graph.workspace import Workspace, packaged_root

HERE = Path(__file__).parent
WORKSPACE = Workspace(packaged_root(), packaged_root() / "build")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@cache
def _vocabulary() -> tuple[tuple[TurtleFile, ...], Vocabulary]:
    files = tuple(
        read(path, BASE, WORKSPACE.short(path)) for path in (WORKSPACE.ontology(), *WORKSPACE.schemes())
    )
    return files, Vocabulary.of(files[0].quads)


def store_of(*graphs: Path) -> Store:
    """The vocabulary and these files, not reasoned over. A term that is not of the vocabulary is an error."""
    files, vocabulary = _vocabulary()
    own = tuple(read(path, BASE, str(path)) for path in graphs)
    for file in own:
        check(file, vocabulary)
    return Store(WORKSPACE, quads_of(WORKSPACE, (*files, *own)))


@cache
def reasoned(folder: Path) -> Store:
    """The store of a folder's `graph.ttl` with the cities and years that all of them share."""
    store = store_of(HERE / "common.ttl", folder / "graph.ttl")
    infer(store)
    return store


def cell(term: object) -> str:
    """A term as it stands in `expected.csv`: IRIs of ours relative to the base, literals as written."""
    text = getattr(term, "value", None)
    text = text if isinstance(text, str) else "" if term is None else str(term)
    return text.removeprefix(BASE)


def as_csv(rows: Iterable[Sequence[object]], variables: Sequence[str] = ()) -> str:
    """The rows as CSV, under their variables if any are given."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if variables:
        writer.writerow(variables)
    writer.writerows([cell(term) for term in row] for row in rows)
    return out.getvalue()
