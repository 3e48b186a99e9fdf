"""The graph as a file, its format by the file's name."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.catalog import with_description
from sosei_graph.formats import NETWORKS, RDF, TABLES, WITH_GRAPHS, ending
from sosei_graph.languages import Lang
from sosei_graph.store.memory import Store
from sosei_graph.turtle import canonical
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
    graphs = exported_graphs(store, inferred=inferred)
    if suffix in WITH_GRAPHS:
        quads = sorted(_described_quads(store, graphs, RDF[suffix]), key=str)
        text = _nquads(quads) if suffix == ".nq" else _trig(quads, store.workspace.base)
        files.write(path, text)
        return len(quads)
    triples = dataset_triples(store, graphs, RDF[suffix])
    files.write(path, _WRITERS[suffix](triples, store.workspace.base))
    return len(triples)


def _described_quads(store: Store, graphs: Sequence[str], media_type: str) -> set[ox.Quad]:
    """The quads of the graphs, with the dataset's description in the graph of the catalogue."""
    quads = set(store.quads(graphs))
    stated = {quad.triple for quad in quads}
    catalogue = ox.NamedNode(store.workspace.graph_name(store.workspace.catalog()))
    added = set(dataset_triples(store, graphs, media_type)) - stated
    return quads | {ox.Quad(triple.subject, triple.predicate, triple.object, catalogue) for triple in added}


def exported_graphs(store: Store, *, inferred: bool) -> list[str]:
    """The named graphs of an export: data and schemes, or all of them."""
    computed = {store.workspace.inferred_graph, store.workspace.graph_name(store.workspace.ontology())}
    return [graph for graph in store.graphs() if inferred or graph not in computed]


def dataset_triples(store: Store, graphs: Sequence[str], media_type: str) -> list[ox.Triple]:
    """The triples of the graphs, each once, with the dataset's description."""
    return with_description(list({quad.triple for quad in store.quads(graphs)}), media_type)


def turtle(triples: Sequence[ox.Triple], base: str) -> str:
    """The triples as canonical Turtle with this project's prefixes."""
    return canonical(triples, PREFIXES, base)


def _nquads(quads: Sequence[ox.Quad]) -> str:
    return "".join(f"{quad} .\n" for quad in quads)


def _ntriples(triples: Sequence[ox.Triple], _base: str) -> str:
    return "".join(sorted(f"{triple} .\n" for triple in triples))


def _trig(quads: Sequence[ox.Quad], base: str) -> str:
    """TriG: the prefixes once, then each graph's triples as canonical Turtle in braces."""
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    heads: set[str] = set()
    blocks = []
    for name in sorted(graphs):
        head, _, body = canonical(graphs[name], PREFIXES, base).partition("\n\n")
        heads.update(head.splitlines())
        blocks.append(f"<{name}> {{\n\n{body}\n}}\n")
    return "\n".join([*sorted(heads), "", *blocks])


def _rdf_xml(triples: Sequence[ox.Triple], base: str) -> bytes:
    used = {
        name: iri for name, iri in PREFIXES.items() if any(t.predicate.value.startswith(iri) for t in triples)
    }
    written = ox.serialize(
        sorted(triples, key=str), format=ox.RdfFormat.RDF_XML, prefixes=used, base_iri=base
    )
    return re.sub(rb"<rdf:RDF[^>]*>", _sorted_attributes, written or b"", count=1)


def _sorted_attributes(element: re.Match[bytes]) -> bytes:
    """The root element with its namespace declarations in a fixed order: the serializer's own varies."""
    attributes = sorted(re.findall(rb'[\w:]+="[^"]*"', element[0]))
    return b"<rdf:RDF " + b" ".join(attributes) + b">"


def _json_ld(triples: Sequence[ox.Triple], _base: str) -> str:
    """JSON-LD 1.1 with the prefixes as context and short names throughout."""
    expanded = json.loads(ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.JSON_LD) or b"[]")
    document = {"@context": dict(PREFIXES), "@graph": [_compact(node) for node in expanded]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


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


_WRITERS: dict[str, Callable[[Sequence[ox.Triple], str], str | bytes]] = {
    ".ttl": turtle,
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
