"""The same jobs by the engines that the package is held against, as their own documentation has them used."""

import shutil
from collections import Counter
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from benchmarks.measuring import prepared
from benchmarks.measuring.clock import Clock
from benchmarks.measuring.results import Case, Facts
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

if TYPE_CHECKING:
    from rdflib import Graph

_SEVERITY = "http://www.w3.org/ns/shacl#resultSeverity"


def load_trig(case: Case, clock: Clock) -> Facts:
    """The quickest way of pyoxigraph: the same graphs in one TriG file."""
    store = ox.Store()
    with clock.timed():
        store.bulk_load(path=str(Path(case.scratch) / prepared.ASSERTED), format=ox.RdfFormat.TRIG)
    return {"statements": len(store)}


def load_files(case: Case, clock: Clock) -> Facts:
    """By pyoxigraph, the Turtle files as they are, each into its named graph."""
    workspace, store = Workspace.find(case.folder), ox.Store()
    with clock.timed():
        for path in prepared.loaded_files(workspace):
            graph = ox.NamedNode(workspace.graph_name(path))
            store.bulk_load(
                path=str(path), format=ox.RdfFormat.TURTLE, base_iri=workspace.base, to_graph=graph
            )
    return {"statements": len(store)}


def load_rdflib(case: Case, clock: Clock) -> Facts:
    """The rdflib way: every file parsed into its graph of a dataset."""
    from rdflib import Dataset, URIRef

    workspace, dataset = Workspace.find(case.folder), Dataset()
    with clock.timed():
        for path in prepared.loaded_files(workspace):
            graph = dataset.graph(URIRef(workspace.graph_name(path)))
            graph.parse(path, format="turtle", publicID=workspace.base)
    return {"statements": sum(len(graph) for graph in dataset.graphs())}


def load_trig_on_disk(case: Case, clock: Clock) -> Facts:
    """The one TriG file by pyoxigraph, into a new store on disk."""
    folder = Path(case.scratch) / "raw"
    shutil.rmtree(folder, ignore_errors=True)
    with clock.timed():
        store = ox.Store(str(folder))
        store.bulk_load(path=str(Path(case.scratch) / prepared.ASSERTED), format=ox.RdfFormat.TRIG)
        store.flush()
    return {"statements": len(store)}


def reason_owlrl(case: Case, clock: Clock) -> Facts:
    """The reference."""
    import owlrl

    graph = _graph(case)
    before = len(graph)
    with clock.timed():
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {"inferred": len(graph) - before}


def reason_reasonable(case: Case, clock: Clock) -> Facts:
    """In Rust, without property chains of its own."""
    reasoner = import_module("reasonable").PyReasoner()
    graph = _graph(case)
    reasoner.from_graph(graph)
    with clock.timed():
        facts = reasoner.reason()
    return {"inferred": len(facts) - len(graph)}


def validate_pyshacl(case: Case, clock: Clock) -> Facts:
    """The reference, on the whole graph at once."""
    import pyshacl

    data, shapes = _graph(case), _graph(case, prepared.SHAPES)
    with clock.timed():
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    return _results(report)


def validate_turbo(case: Case, clock: Clock) -> Facts:
    """In Rust, called like pySHACL."""
    engine = import_module("pyshacl_turbo")
    data, shapes = _graph(case), _graph(case, prepared.SHAPES)
    with clock.timed():
        _, report, _ = engine.validate(data, shacl_graph=shapes)
    return _results(report)


def validate_shifty(case: Case, clock: Clock) -> Facts:
    """In Rust, from files: reading them is part of its time."""
    engine = import_module("shifty")
    data, shapes = Path(case.scratch) / prepared.WHOLE, Path(case.scratch) / prepared.SHAPES
    with clock.timed():
        _, report, _ = engine.validate(data.read_text(encoding="utf-8"), shapes.read_text(encoding="utf-8"))
    return _results(report)


def export_dump(case: Case, clock: Clock) -> Facts:
    """The Turtle of pyoxigraph, in whatever order the store has it."""
    store, path = ox.Store(), Path(case.scratch) / "raw.ttl"
    store.bulk_extend(ox.Quad(*quad.triple) for quad in prepared.asserted(case).ox)
    with clock.timed():
        store.dump(str(path), ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=PREFIXES)
    return _digest(path)


def export_rdflib(case: Case, clock: Clock) -> Facts:
    """The Turtle of rdflib, sorted."""
    graph, path = _graph(case, prepared.WHOLE), Path(case.scratch) / "rdflib.ttl"
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    with clock.timed():
        graph.serialize(path, format="turtle")
    return _digest(path)


def _graph(case: Case, name: str = prepared.WHOLE) -> "Graph":
    from rdflib import Graph

    return Graph().parse(Path(case.scratch) / name, format="nt")


def _results(report: Any) -> Facts:
    from rdflib import URIRef

    severities = (str(each).rpartition("#")[2].lower() for each in report.objects(None, URIRef(_SEVERITY)))
    return {"results": dict(sorted(Counter(severities).items()))}


def _digest(path: Path) -> Facts:
    written = path.read_bytes()
    path.unlink()
    return {"sha256": sha256(written).hexdigest(), "mb": round(len(written) / 1e6, 1)}
