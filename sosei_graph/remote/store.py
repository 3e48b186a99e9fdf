"""The graph on a server, asked as that of a workspace is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Self

import pyoxigraph as ox

from sosei_graph.remote.dataset import with_prefixes
from sosei_graph.remote.service import Service
from sosei_graph.store.memory import Rows, Store, Term, bind, refuse_network
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

_HEAD = re.compile(r"\A(?:(?:#\+[^\n]*|[ \t\r]*)\n)+")
_COMPUTED = 'SELECT ?half ?joined WHERE { BIND(1 / 2 AS ?half) BIND(CONCAT(?nothing, "x") AS ?joined) }'
_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_LABELS = "(rdfs:label, skos:prefLabel, dcterms:title)"
#: IRIs whose labels are asked for in one request: with all their labels less than a server's largest answer.
_BATCH = 200


class RemoteStore(Store):
    """The named graphs of a server. A query without a FROM sees the merge of `graphs()`.

    What has been fetched to name and to label things is kept in `ox`; everything else stays on the server.
    """

    def __init__(self, workspace: Workspace, service: Service, graphs: Sequence[str]) -> None:
        super().__init__(workspace)
        self.service = service
        self._graphs = tuple(graphs)
        self._labelled: set[str] = set()
        self._standard: bool | None = None
        self.copy: Store | None = None
        """The whole graph, where it was fetched (`copying`)."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.service.close()

    @property
    def has_inferred(self) -> bool:
        """Whether what follows by reasoning was pushed as well; most questions need it."""
        return self.workspace.inferred_graph in self._graphs

    def select(self, query: str, /, **bindings: Term) -> Rows:
        """The rows of a SELECT, with the labels of what is in them fetched for `label`."""
        rows = self.service.select(self._readied(query, bindings))
        self.fetch_labels(term.value for row in rows for term in row if isinstance(term, ox.NamedNode))
        return rows

    def ask(self, query: str, /, **bindings: Term) -> bool:
        """Whether an ASK holds."""
        return self.service.ask(self._readied(query, bindings))

    def construct(self, query: str, /, **bindings: Term) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        triples = self.service.construct(self._readied(query, bindings))
        terms = (term for each in triples for term in (each.subject, each.predicate, each.object))
        self.fetch_labels(term.value for term in terms if isinstance(term, ox.NamedNode))
        return triples

    def graphs(self) -> tuple[str, ...]:
        """The names of the graphs, sorted."""
        return self._graphs

    def labels(self, iri: str) -> dict[str, str]:
        """The first label in each language."""
        self.fetch_labels([iri])
        return super().labels(iri)

    def follows_the_standard(self) -> bool:
        """Whether the server computes as SPARQL 1.1 says: ½ is no integer, nothing comes of what is not bound.

        Virtuoso does neither. Its answers can lack rows, and what they compute can be wrong.
        """
        if self._standard is None:
            rows = self.service.select(_COMPUTED).rows
            self._standard = rows == ((ox.Literal("0.5", datatype=_DECIMAL), None),)
        return self._standard

    def fetch_labels(self, iris: Iterable[str]) -> None:
        """Asks for the labels of the IRIs that have not been asked for, many at once."""
        wanted = iter(sorted({iri for iri in iris if "#char=" not in iri} - self._labelled))
        while batch := list(islice(wanted, _BATCH)):
            listed = " ".join(str(ox.NamedNode(iri)) for iri in batch)
            query = f"""SELECT DISTINCT ?s ?p ?o
                WHERE {{ VALUES ?s {{ {listed} }} ?s ?p ?o FILTER(?p IN {_LABELS}) }}"""
            self.keep(self.service.select(with_prefixes(query)))
            self._labelled.update(batch)

    def keep(self, rows: Rows) -> None:
        """Keeps triples that were fetched."""
        self.ox.extend(_quads(rows))

    def _readied(self, query: str, bindings: dict[str, Term]) -> str:
        refuse_network(query)
        return with_prefixes(bind(_HEAD.sub("", query), bindings))


def _quads(rows: Rows) -> Iterator[ox.Quad]:
    for subject, predicate, value in rows:
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
            yield ox.Quad(subject, predicate, value)
