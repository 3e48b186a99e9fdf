"""The files of a workspace on their way into a store: found, checked, and read into the graph of each.

Checking and loading are two readings: the first goes through every statement (`integrity`) at a cost that a million of
them bear, on all cores, and nothing is written before it has ended; the second leaves the work to the engine.
"""

from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import (
    LEXICAL,
    TurtleFile,
    Vocabulary,
    check_quad,
    decode,
    described_twice,
    read,
    read_bytes,
    states_nothing,
    syntax_error,
    triple_term,
)
from sosei_graph.languages import Text
from sosei_graph.processes import spread
from sosei_graph.vocab import NS, PREFIXES
from sosei_graph.workspace import Workspace

_TYPE = PREFIXES["rdf"] + "type"
#: Graphs that are not those of a document.
_RESERVED = frozenset({"inferred", "ontology"})
#: What stand for a datatype where the object is no literal.
_IRI, _OTHER = "IRI", "other"
#: Below this many bytes, other processes cost more than they save.
_WORTH_SPREADING = 2**20


@dataclass(frozen=True)
class Source:
    """A file of the graph: where it lies, how messages name it, and the graph that it is loaded into."""

    path: Path
    shown: str
    graph: str
    base: str
    describes: bool = True
    """Whether it describes things: what the vocabulary says of a term, others may say too."""

    def data(self) -> bytes:
        """Its bytes as they are now."""
        return read_bytes(self.path, self.shown)

    def read(self) -> TurtleFile:
        """The file parsed as a whole, not checked."""
        return read(self.path, self.base, self.shown)


@dataclass(frozen=True)
class Checked:
    """A file without a fault: the digest of its bytes, and the IRIs that it describes."""

    source: Source
    digest: str
    has_blank_nodes: bool
    described: tuple[str, ...]

    def data(self) -> bytes:
        """The bytes that were checked; others that stand there by now are an error."""
        data = self.source.data()
        if digest_of(data) != self.digest:
            raise SoseiError(
                Text("読み込み中にファイルが書き換えられました", "the file was changed while it was read"),
                where=self.source.shown,
                hint=Text("もう一度実行してください", "run it once more"),
            )
        return data.removeprefix(BOM_UTF8)

    def quads(self) -> Iterator[ox.Quad]:
        """Its statements, in its graph; blank nodes are named alike at every reading, and as in no other file."""
        data, graph = self.data(), ox.NamedNode(self.source.graph)
        parsed: Iterable[ox.Quad] = ox.parse(data, ox.RdfFormat.TURTLE, base_iri=self.source.base)
        if self.has_blank_nodes:
            parsed = self.source.read().quads
        make = ox.Quad
        for subject, predicate, thing, _ in parsed:
            yield make(subject, predicate, thing, graph)

    def load_into(self, store: ox.Store) -> None:
        """The same into a store in memory, by the quickest way there is."""
        if self.has_blank_nodes:
            store.bulk_extend(self.quads())
        else:
            graph = ox.NamedNode(self.source.graph)
            store.bulk_load(
                self.data(), ox.RdfFormat.TURTLE, base_iri=self.source.base, to_graph=graph, lenient=True
            )


def digest_of(data: bytes) -> str:
    """SHA-256 of the bytes."""
    return sha256(data).hexdigest()


def sources(workspace: Workspace) -> tuple[Source, ...]:
    """Every file of the graph in the order of loading: vocabulary, schemes, data. A misplaced one is an error."""
    _check_places(workspace)
    ontology = workspace.ontology()
    return tuple(
        Source(
            path,
            workspace.short(path),
            workspace.graph_name(path),
            workspace.base,
            describes=path != ontology,
        )
        for path in (ontology, *workspace.schemes(), *workspace.data())
    )


def check_files(files: Sequence[Source], vocabulary: Vocabulary) -> list[Checked]:
    """What is known of the files, in their order. The first fault of one of them is a `SoseiError`."""
    sizes = [file.path.stat().st_size if file.path.exists() else 0 for file in files]
    check = _Checker(vocabulary).check
    if sum(sizes) < _WORTH_SPREADING:
        return [check(file) for file in files]
    return spread(check, files, sizes)


def check_described_once(files: Iterable[Checked]) -> None:
    """A thing is described in one file: an IRI that two files give a type is an error in the second."""
    first: dict[str, Source] = {}
    for file in files:
        for iri in file.described:
            other = first.setdefault(iri, file.source)
            if other is not file.source:
                raise described_twice(ox.NamedNode(iri), file.source.read(), other.read())


class _Checker:
    """Checks files against the vocabulary of their graph.

    What has been found sound of a predicate is not looked into again: `_sound` has its datatypes, and `_IRI` if its
    objects may be things. Only what is new goes through `check_quad`, which knows what to say.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sound: dict[str, set[str]] = defaultdict(set)

    def check(self, source: Source) -> Checked:
        """Reads and checks one file."""
        data = source.data()
        text = decode(data, source.shown)
        parser = ox.parse(text, ox.RdfFormat.TURTLE, base_iri=source.base)

        def file() -> TurtleFile:
            base = parser.base_iri or source.base
            return TurtleFile(source.path, source.shown, text, (), dict(parser.prefixes), base)

        try:
            described, blank = self._check(parser, file)
        except SyntaxError as error:
            raise syntax_error(error, source.shown) from error
        return Checked(source, digest_of(data), blank, tuple(described) if source.describes else ())

    def _check(self, statements: Iterable[ox.Quad], file: Callable[[], TurtleFile]) -> tuple[list[str], bool]:
        """What is described, and whether there are blank nodes."""
        # A million statements pass through this loop: what it does for each is kept to a handful of look-ups.
        sound, terms, literal, node = self._sound, self._vocabulary.terms, ox.Literal, ox.NamedNode
        described: dict[str, None] = {}
        blank, before, quad = False, "", None
        for quad in statements:
            thing, predicate = quad.object, quad.predicate.value
            if type(thing) is literal:
                kind = thing.datatype.value
                valid = LEXICAL.get(kind)
                known = kind in sound[predicate] and (valid is None or valid(thing.value))
            elif type(thing) is node:
                kind, name = _IRI, thing.value
                known = kind in sound[predicate] and (not name.startswith(NS) or name in terms)
            else:
                kind, known, blank = _OTHER, False, True
            subject = quad.subject
            name = subject.value  # type: ignore[union-attr] # no syntax has a triple for a subject
            if name != before:
                before = name
                blank = blank or type(subject) is not node
                known = known and (not name.startswith(NS) or name in terms)
            if predicate == _TYPE and type(subject) is node:
                described[name] = None
            if not known:
                self._look_into(file(), quad)
                sound[predicate].add(kind)
        if quad is None:
            raise states_nothing(file().shown)
        return list(described), blank

    def _look_into(self, file: TurtleFile, quad: ox.Quad) -> None:
        if isinstance(quad.object, ox.Triple):
            raise triple_term(file.text, file.shown)
        check_quad(file, quad, self._vocabulary)


def _check_places(workspace: Workspace) -> None:
    """Refuses a workspace without documents, and files in places that mean something else or nothing."""
    if not workspace.documents():
        raise SoseiError(
            Text("data/ に文書の Turtle ファイルがありません", "there is no document in data/"),
            where=str(workspace.root),
            hint=Text("data/<文書>.ttl を置いてください", "put a Turtle file of a document there"),
        )
    for path in workspace.documents():
        if path.stem in _RESERVED:
            raise SoseiError(
                Text(
                    f"「{path.stem}」という名前の文書は置けません", f"a document cannot be called {path.stem}"
                ),
                where=workspace.short(path),
                hint=Text(
                    "その名前のグラフは別の用に使います",
                    "the graph of that name is used otherwise; rename the file",
                ),
            )
    if stray := workspace.stray():
        raise SoseiError(
            Text("この場所のファイルは読まれません", "a file in this place is not read"),
            where=workspace.short(stray[0]),
            hint=Text(
                "data/ の直下に .ttl として置いてください", "put it right into data/, with the ending .ttl"
            ),
        )
