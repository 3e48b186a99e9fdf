"""The graph in memory: every file of a workspace as a named graph, asked with SPARQL 1.1."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import TurtleFile, Vocabulary
from sosei_graph.languages import LANGS, Lang, Text
from sosei_graph.store import soundness
from sosei_graph.store.loading import check_described_once, check_files, sources
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal

_STRING = PREFIXES["xsd"] + "string"
_PARAMETERS = re.compile(r"^[ \t]*# PARAMETERS[ \t]*\r?$", re.MULTILINE)
#: In the name of a graph without statements that is no part of the dataset: a store on disk notes there what it holds.
MARK = "#sha256="
_CALLS_OUT = re.compile(r"service\s*(?:silent)?\s*(?:<|[?$]\w|\w*:\w)", re.IGNORECASE)
_LABEL_PROPERTIES = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"), ("dcterms", "title"))
)


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: the names of its variables and, a row each, their terms (None where unbound)."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Store:
    """The named graphs of a workspace. By default a query sees the union of them all."""

    def __init__(self, workspace: Workspace, quads: Iterable[ox.Quad] = ()) -> None:
        self.workspace = workspace
        self.ox = ox.Store()
        self.ox.bulk_extend(quads)
        self.digests: Mapping[str, str] = {}
        """Graph → SHA-256 of the file that it was loaded from, as far as that is known."""
        self._labels: dict[str, dict[str, str]] = {}

    @classmethod
    def load(cls, workspace: Workspace) -> "Store":
        """Reads every file of the workspace, each into its graph; a fault of a file is a `SoseiError`."""
        store = cls(workspace)
        files = sources(workspace)
        digests: dict[str, str] = {}
        if soundness.load(store.ox, files, digests):
            store.digests = digests
            return store
        store = cls(workspace)
        checked = check_files(files, Vocabulary.of(files[0].read().quads))
        check_described_once(checked)
        for file in checked:
            file.load_into(store.ox)
        store.digests = {file.source.graph: file.digest for file in checked}
        return store

    @classmethod
    def of(cls, workspace: Workspace, graph: ox.Store) -> "Store":
        """A store that has been loaded already."""
        store = cls(workspace)
        store.ox = graph
        return store

    def is_reasoned(self) -> bool:
        """Whether the graph of inferred facts is known to be that of the other graphs and the rules."""
        return False

    def touched(self) -> set[ox.Triple] | None:
        """The statements that came or went since the inferred facts were right; None if that is not known."""
        return None

    @contextmanager
    def reasoning(self) -> Iterator[None]:
        """Goes around the work on the graph of inferred facts."""
        yield

    def change(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        """Takes quads out and puts others in."""
        for quad in removed:
            self.ox.remove(quad)
        self.ox.extend(added)

    def select(self, query: str, /, **bindings: Term) -> Rows:
        """The rows of a SELECT; `bindings` give its variables their terms where it says `# PARAMETERS`."""
        found = self._query(query, bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("not a SELECT query")
        variables = tuple(variable.value for variable in found.variables)
        return Rows(variables, tuple(tuple(row) for row in found))

    def ask(self, query: str, /, **bindings: Term) -> bool:
        """Whether an ASK holds."""
        found = self._query(query, bindings)
        if not isinstance(found, ox.QueryBoolean):
            raise TypeError("not an ASK query")
        return bool(found)

    def construct(self, query: str, /, **bindings: Term) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        found = self._query(query, bindings)
        if not isinstance(found, ox.QueryTriples):
            raise TypeError("not a CONSTRUCT or DESCRIBE query")
        return list(found)

    def query(self, query: str, /, **bindings: Term) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Any SPARQL query, its answer as the engine gives it. A query that does not parse raises SyntaxError."""
        return self._query(query, bindings)

    def _query(
        self, query: str, bindings: dict[str, Term]
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        refuse_network(query)
        return self.ox.query(bind(query, bindings), prefixes=PREFIXES, use_default_graph_as_union=True)

    def graphs(self) -> tuple[str, ...]:
        """The names of the graphs, sorted."""
        names = (graph.value for graph in self.ox.named_graphs() if isinstance(graph, ox.NamedNode))
        return tuple(sorted(name for name in names if MARK not in name))

    def quads(self, graphs: Sequence[str]) -> Iterator[ox.Quad]:
        """The quads of some named graphs."""
        for graph in graphs:
            yield from self.ox.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def label(self, iri: str, lang: Lang) -> str:
        """The label in the language, else in the other one, else the end of the IRI."""
        labels = self.labels(iri)
        for candidate in (lang, *LANGS, ""):
            if candidate in labels:
                return labels[candidate]
        return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1] or iri

    def labels(self, iri: str) -> dict[str, str]:
        """The first label in each language, by the order of `_LABEL_PROPERTIES` and then of the alphabet.

        Once there is one in both of `LANGS`, no further property is looked into.
        """
        if iri in self._labels:
            return self._labels[iri]
        labels = self._labels[iri] = {}
        node = ox.NamedNode(iri)
        for name in _LABEL_PROPERTIES:
            found = [quad.object for quad in self.ox.quads_for_pattern(node, name, None, None)]
            texts = [(term.value, term.language or "") for term in found if isinstance(term, ox.Literal)]
            for text, language in sorted(texts):
                labels.setdefault(language, text)
            if all(lang in labels for lang in LANGS):
                break  # tables have thousands of things; few look-ups for each matter
        return labels

    def dataset(self) -> "Dataset":
        """The same graphs as an rdflib `Dataset`, in rdflib's own memory."""
        from rdflib import Dataset, URIRef

        dataset = Dataset(default_union=True)
        for name in self.graphs():
            graph = dataset.graph(URIRef(name))
            for quad in self.quads([name]):
                graph.add((_to_rdflib(quad.subject), _to_rdflib(quad.predicate), _to_rdflib(quad.object)))
        for name, namespace in PREFIXES.items():
            dataset.bind(name, namespace)
        return dataset


def _to_rdflib(term: Term | ox.Triple) -> "Node":
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError("rdflib has no triple terms")
    if term.language:
        return Literal(term.value, lang=term.language)
    # A plain string carries no datatype in rdflib's own reading of Turtle.
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))


def refuse_network(query: str) -> None:
    """Refuses a query that seems to call SERVICE: the engine would open a connection. In doubt it is refused."""
    if _CALLS_OUT.search(query):
        raise SoseiError(
            Text(
                "SERVICE は使えません（外部に接続しません）",
                "SERVICE is refused: queries do not use the network",
            )
        )


def bind(query: str, bindings: dict[str, Term]) -> str:
    """The query with its parameters bound as terms.

    Every line `# PARAMETERS` becomes one VALUES block of serialised terms, so that a value can never be read as
    SPARQL. A query without that line cannot be bound.
    """
    if not bindings:
        return query
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(term) for term in bindings.values())
    block = f"VALUES ({names}) {{ ({terms}) }}"
    bound, places = _PARAMETERS.subn(lambda _: block, query)
    if not places:
        raise SoseiError(
            Text("この問い合わせにはパラメーターを渡せません", "this query takes no parameters"),
            hint=Text("「# PARAMETERS」の行を加えてください", "add a line “# PARAMETERS” where they belong"),
        )
    return bound


def quads_of(workspace: Workspace, files: Iterable[TurtleFile]) -> Iterator[ox.Quad]:
    """The triples of the files, each in the named graph of its file."""
    for file in files:
        graph = ox.NamedNode(workspace.graph_name(file.path))
        for quad in file.quads:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
