"""The graph as a file, its format by the file's name."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.catalog import description
from sosei_graph.dumping import Document
from sosei_graph.formats import NETWORKS, RDF, TABLES, ending
from sosei_graph.languages import Lang
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES

#: The questions whose answers make the sheets of a workbook; the first is also the CSV.
SHEETS = ("values", "plans", "goal-tree", "agreement-roles", "sdg-coverage", "documents")


def export(store: Store, path: Path, *, inferred: bool = False, lang: Lang = "ja") -> int:
    """Writes what is asserted (data and concept schemes), with `inferred` also the vocabulary and what follows.

    Returns the number of statements, of rows for a table, or of edges for a network. `.nq` and `.trig` keep the
    named graphs. `.graphml` is the plan graph and the cooperation network, with what they need of what is inferred;
    each edge says what it rests on, and `inferred` makes no difference.
    """
    suffix = ending(path, RDF | TABLES | NETWORKS)
    files.make_folder(path.parent)
    if suffix in TABLES:
        return _export_table(store, path, suffix, lang)
    if suffix in NETWORKS:
        return _export_network(store, path)
    statements, content = _WRITERS[suffix](store, exported_graphs(store, inferred=inferred))
    files.write(path, content)
    return statements


def exported_graphs(store: Store, *, inferred: bool) -> list[str]:
    """The named graphs of an export: data and schemes, or all of them."""
    computed = {store.workspace.inferred_graph, store.workspace.graph_name(store.workspace.ontology())}
    return [graph for graph in store.graphs() if inferred or graph not in computed]


Written = tuple[int, files.Content]
"""How many statements a file has, and what it holds."""


def turtle(store: Store, graphs: Sequence[str]) -> Written:
    """The graphs and the dataset's description as canonical Turtle with this project's prefixes."""
    document = Document(store.ox, graphs, PREFIXES, store.workspace.base)
    said = _description(document, ".ttl")
    document.add(said)
    return document.counts().triples + len(said), document.text()


def nquads(store: Store, graphs: Sequence[str], besides: Iterable[ox.Triple] = ()) -> Iterator[bytes]:
    """The graphs as N-Quads, one after the other, the lines of each sorted; `besides` are added to the catalogue."""
    catalogue = store.workspace.graph_name(store.workspace.catalog())
    for graph in graphs:
        lines = _lines(store, graph)
        if graph == catalogue:
            lines += [f"{triple} .\n".encode() for triple in besides]
        # A line end stands nowhere else: in a string it is escaped.
        end = f" {ox.NamedNode(graph)} .\n".encode()
        yield b"".join(sorted(lines)).replace(b" .\n", end)


def _lines(store: Store, graph: str) -> list[bytes]:
    """A graph as N-Triples."""
    written = store.ox.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
    return (written or b"").splitlines(keepends=True)


def _described(store: Store, graphs: Sequence[str], suffix: str) -> tuple[int, set[ox.Triple]]:
    """How many triples the graphs have together, each counted once, and the dataset's description."""
    document = Document(store.ox, graphs, PREFIXES, store.workspace.base)
    return document.counts().triples, _description(document, suffix)


def _description(document: Document, suffix: str) -> set[ox.Triple]:
    return description(document.counts(), document.find, RDF[suffix])


def _nquads(store: Store, graphs: Sequence[str]) -> Written:
    _, said = _described(store, graphs, ".nq")
    return sum(len(_lines(store, graph)) for graph in graphs) + len(said), nquads(store, graphs, said)


def _ntriples(store: Store, graphs: Sequence[str]) -> Written:
    count, said = _described(store, graphs, ".nt")
    lines = {f"{triple} .\n".encode() for triple in said}
    lines.update(line for graph in graphs for line in _lines(store, graph))
    return count + len(said), sorted(lines)


def _trig(store: Store, graphs: Sequence[str]) -> Written:
    """TriG: the prefixes once, then each graph's triples as canonical Turtle in braces."""
    _, said = _described(store, graphs, ".trig")
    catalogue = store.workspace.graph_name(store.workspace.catalog())
    heads: set[str] = set()
    blocks, count = [], len(said)
    for graph in graphs:
        document = Document(store.ox, [graph], PREFIXES, store.workspace.base)
        count += document.counts().triples
        if graph == catalogue:
            document.add(said)
        heads.update(document.head())
        blocks.append(b"\n<%s> {\n%s\n}\n" % (graph.encode(), b"".join(document.blocks())))
    return count, ["".join(f"{line}\n" for line in sorted(heads)).encode(), *blocks]


def _triples(store: Store, graphs: Sequence[str], suffix: str) -> list[ox.Triple]:
    _, said = _described(store, graphs, suffix)
    return sorted({quad.triple for quad in store.quads(graphs)} | said, key=str)


def _rdf_xml(store: Store, graphs: Sequence[str]) -> Written:
    triples = _triples(store, graphs, ".rdf")
    used = {
        name: iri for name, iri in PREFIXES.items() if any(t.predicate.value.startswith(iri) for t in triples)
    }
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=used, base_iri=store.workspace.base)
    return len(triples), re.sub(rb"<rdf:RDF[^>]*>", _sorted_attributes, written or b"", count=1)


def _sorted_attributes(element: re.Match[bytes]) -> bytes:
    """The root element with its namespace declarations in a fixed order: the serializer's own varies."""
    attributes = sorted(re.findall(rb'[\w:]+="[^"]*"', element[0]))
    return b"<rdf:RDF " + b" ".join(attributes) + b">"


def _json_ld(store: Store, graphs: Sequence[str]) -> Written:
    """JSON-LD 1.1 with the prefixes as context and short names throughout."""
    triples = _triples(store, graphs, ".jsonld")
    expanded = json.loads(ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]")
    document = {"@context": dict(PREFIXES), "@graph": [_compact(node) for node in expanded]}
    return len(triples), json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _compact(value: object) -> object:
    if isinstance(value, dict):
        return {_curie(key): _compact_iri(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_compact(inner) for inner in value]
    return value


def _compact_iri(key: str, value: object) -> object:
    if key in ("@id", "@type"):
        return _curie(value) if isinstance(value, str) else [_curie(inner) for inner in value]  # type: ignore[attr-defined]
    return _compact(value)


def _curie(iri: str) -> str:
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri[len(namespace) :]):
            return f"{name}:{iri[len(namespace) :]}"
    return iri


_WRITERS: dict[str, Callable[[Store, Sequence[str]], Written]] = {
    ".ttl": turtle,
    ".trig": _trig,
    ".nq": _nquads,
    ".nt": _ntriples,
    ".rdf": _rdf_xml,
    ".jsonld": _json_ld,
}


def _export_network(store: Store, path: Path) -> int:
    from sosei_graph.network import graphml

    content, edges = graphml(store)
    files.write(path, content)
    return edges


def _export_table(store: Store, path: Path, suffix: str, lang: Lang) -> int:
    from sosei_graph import queries
    from sosei_graph.tables import Table, to_csv, to_workbook

    def answer(name: str) -> Table:
        return queries.ask(store, queries.find(store.workspace, name), lang)

    if suffix == ".csv":
        table = answer(SHEETS[0])
        files.write(path, "\ufeff" + to_csv(table))
        return len(table.rows)
    tables = [answer(name) for name in SHEETS]
    to_workbook(tables, path)
    return sum(len(table.rows) for table in tables)
