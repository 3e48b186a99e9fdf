"""What jobs start from, made once for each corpus and not timed: the graph in files that load quickly.

`asserted.trig` is what the workspace's files say, each in its graph; `reasoned.nq` has what follows as well. Engines
that know nothing of workspaces get `whole.trig`, or the same as triples: the vocabulary and the documents, and of the
reference data (governments, years, concepts) what the documents lead to. The package does not look at the rest
either, and it would be much the larger part of a small corpus.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.measuring.clock import Clock
from benchmarks.measuring.results import Case, Facts
from benchmarks.measuring.sizes import megabytes
from sosei_graph import files
from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

ASSERTED, REASONED = "asserted.trig", "reasoned.nq"
WHOLE_GRAPHS, WHOLE, SHAPES = "whole.trig", "whole.nt", "shapes.nt"
#: Up to so many statements there is a graph for engines that know nothing of workspaces.
WHOLE_MOST = 1_500_000
#: Lists of the package that every workspace shares.
_LISTS = frozenset({"governments.ttl", "calendar.ttl"})
_JAPANESE_LABEL = re.compile(r'(rdfs:label "[^"]*)"@ja')


def prepare(case: Case, _clock: Clock) -> Facts:
    """Writes the files; says what the corpus holds."""
    workspace, scratch = Workspace.find(case.folder), Path(case.scratch)
    store = Store.load(workspace)
    store.ox.dump(str(scratch / ASSERTED), ox.RdfFormat.TRIG, prefixes=PREFIXES)
    asserted = len(store.ox)
    whole = _write_whole(store, scratch) if asserted <= WHOLE_MOST else 0
    inferred = infer(store)
    store.ox.dump(str(scratch / REASONED), ox.RdfFormat.N_QUADS)
    return {
        "statements": asserted,
        "inferred": inferred,
        "whole": whole,
        "files": len(loaded_files(workspace)),
        "turtle_mb": megabytes(loaded_files(workspace)),
    }


def loaded_files(workspace: Workspace) -> tuple[Path, ...]:
    """Every Turtle file of the graph."""
    return (workspace.ontology(), *workspace.schemes(), *workspace.data())


def asserted(case: Case) -> Store:
    """The graph before reasoning."""
    return _store(case, ASSERTED, ox.RdfFormat.TRIG)


def reasoned(case: Case) -> Store:
    """The graph with what follows."""
    return _store(case, REASONED, ox.RdfFormat.N_QUADS)


def whole(case: Case) -> Store:
    """What engines get that know nothing of workspaces, before reasoning."""
    return _store(case, WHOLE_GRAPHS, ox.RdfFormat.TRIG)


def _store(case: Case, name: str, kind: ox.RdfFormat) -> Store:
    store = Store(Workspace.find(case.folder))
    store.ox.bulk_load(path=str(Path(case.scratch) / name), format=kind)
    return store


def largest_document(workspace: Workspace) -> Path:
    """The document that is changed: the one that there is most to do with."""
    return max(workspace.documents(), key=lambda path: (path.stat().st_size, path.name))


def change(path: Path) -> None:
    """Gives one thing in the file another label; a file that others share is left as it is for them."""
    text, found = _JAPANESE_LABEL.subn(r'\1 改"@ja', path.read_text(encoding="utf-8"), count=1)
    if not found:
        raise ValueError(f"{path.name} has no label to change")
    path.unlink()
    files.write(path, text)


def _write_whole(store: Store, scratch: Path) -> int:
    """The graph without the reference data that no document leads to; how many statements that is."""
    kept = ox.Store()
    kept.bulk_extend(_concerned(store))
    kept.dump(str(scratch / WHOLE_GRAPHS), ox.RdfFormat.TRIG, prefixes=PREFIXES)
    triples = {quad.triple for quad in kept}
    ox.serialize(triples, str(scratch / WHOLE), ox.RdfFormat.N_TRIPLES)
    ox.serialize(_shapes(store.workspace), str(scratch / SHAPES), ox.RdfFormat.N_TRIPLES)
    return len(triples)


def _concerned(store: Store) -> Iterator[ox.Quad]:
    workspace = store.workspace
    ontology = workspace.graph_name(workspace.ontology())
    own = {workspace.graph_name(path) for path in workspace.data() if path.name not in _LISTS}
    yield from store.quads([ontology])
    reference: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in store.quads([name for name in store.graphs() if name not in {ontology, *own}]):
        reference[quad.subject].append(quad)
    waiting = list(store.quads(sorted(own)))
    while waiting:
        quad = waiting.pop()
        yield quad
        waiting += [each for node in (quad.subject, quad.object) for each in reference.pop(node, ())]


def _shapes(workspace: Workspace) -> Iterable[ox.Triple]:
    for path in workspace.shapes():
        # Blank nodes of two files are not the same.
        parsed = ox.parse(
            path=str(path), format=ox.RdfFormat.TURTLE, base_iri=workspace.base, rename_blank_nodes=True
        )
        yield from (quad.triple for quad in parsed)
