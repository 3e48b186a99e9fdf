"""The SPARQL 1.1 Protocol: queries by plain POST, answers complete or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from sosei_graph.languages import Text
from sosei_graph.remote import dataset, failures
from sosei_graph.remote.addresses import QUERY_EXAMPLES
from sosei_graph.remote.client import ABSENT, Client
from sosei_graph.remote.failures import Reply
from sosei_graph.store.memory import Rows, Term
from sosei_graph.vocab import PREFIXES

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_JSON = ox.QueryResultsFormat.JSON
#: Servers cut answers at a round number of rows: whatever is a multiple of this may go on.
_ROUND = 1000
_BOOLEAN = ox.NamedNode(PREFIXES["xsd"] + "boolean")
_BOOLEANS = {"1": "true", "0": "false"}
_WHAT = Text("SPARQL の問い合わせ先", "place for SPARQL queries")


class Service:
    """Where a server takes queries.

    `graphs` is what a query is about that does not say it itself: the merge of these named graphs. Without any it
    is the default graph of the server, for which `union` asks to be the merge of all named graphs (a parameter that
    servers without that choice do not look at). `alone` says that the server holds nothing but `graphs`.
    """

    def __init__(self, client: Client, url: str) -> None:
        self.url = url
        self.absent = failures.nothing_there(url, _WHAT, QUERY_EXAMPLES)
        self.graphs: Sequence[str] = ()
        self.union = False
        self.alone = False
        self._client = client

    def over(self, graphs: Sequence[str]) -> "Service":
        """The same place, asked about these graphs."""
        other = Service(self._client, self.url)
        other.graphs = graphs
        return other

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Meanwhile asks for everything on the server where that is the same: a long FROM takes many times longer."""
        before = self.graphs, self.union
        if self.alone:
            self.graphs, self.union = (), True
        try:
            yield
        finally:
            self.graphs, self.union = before

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def select(self, query: str) -> Rows:
        """All rows of a SELECT, fetched in several pages where the server returns only so many at once.

        Of a SELECT DISTINCT each row comes once: Virtuoso repeats some that hold an aggregate.
        """
        rows = self._all(query)
        return Rows(rows.variables, tuple(dict.fromkeys(rows))) if dataset.is_distinct(query) else rows

    def ask(self, query: str) -> bool:
        """Whether an ASK holds."""
        reply = self._post(dataset.about(query, self.graphs), _RESULTS)
        found = self._parsed(reply)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        values = [term for row in self._rows(reply) for term in row]
        return any(isinstance(term, ox.Literal) and term.value in ("1", "true") for term in values)

    def construct(self, query: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        reply = self._post(dataset.about(query, self.graphs), _TRIPLES)
        try:
            quads = list(ox.parse(reply.content, ox.RdfFormat.N_TRIPLES))
        except SyntaxError as error:
            raise failures.broken_off(self.url) from error
        if "x-sparql-maxrows" in reply.headers:
            raise failures.cut_short(self.url)
        return [quad.triple for quad in quads]

    def _all(self, query: str) -> Rows:
        reply = self._post(dataset.about(query, self.graphs), _RESULTS)
        first = self._rows(reply)
        count = len(first)
        if "x-sparql-maxrows" not in reply.headers and (not count or count % _ROUND):
            return first
        if dataset.has_dataset(query):
            if "x-sparql-maxrows" in reply.headers:
                raise failures.cut_short(self.url)
            return first
        total = self._number(dataset.counted(query, self.graphs))
        return first if total <= count else self._in_pages(query, first, total)

    def _in_pages(self, query: str, first: Rows, total: int) -> Rows:
        """The rows in portions as large as the first answer: all of them, or it is an error."""
        rows: list[tuple[Term | None, ...]] = []
        found: Sequence[tuple[Term | None, ...]] = ()
        while len(rows) < total:
            asked = dataset.page(query, first.variables, self.graphs, len(first), len(rows))
            before, found = found, self._rows(self._post(asked, _RESULTS)).rows
            # Virtuoso takes no notice of OFFSET where VALUES stands in the query.
            if not found or found == before:
                raise failures.cut_short(self.url)
            rows += found
        if len(rows) > total:
            raise failures.cut_short(self.url)
        return Rows(first.variables, tuple(rows))

    def _number(self, query: str) -> int:
        for row in self._rows(self._post(query, _RESULTS)):
            if isinstance(row[0], ox.Literal) and row[0].value.isdecimal():
                return int(row[0].value)
        raise failures.broken_off(self.url)

    def _post(self, query: str, accept: str) -> Reply:
        union = (("union-default-graph", ""),) if self.union else ()
        form = (("query", query), *union)
        reply = self._client.send("POST", self.url, data=form, headers={"Accept": accept})
        if reply.status in ABSENT:
            raise self.absent
        if "x-sql-state" in reply.headers:  # Virtuoso gave up at its time limit and sends what it had
            raise failures.cut_short(self.url)
        return reply

    def _rows(self, reply: Reply) -> Rows:
        found = self._parsed(reply)
        if not isinstance(found, ox.QuerySolutions):
            raise failures.broken_off(self.url)
        names = tuple(variable.value for variable in found.variables)
        try:
            return Rows(names, tuple(tuple(map(_canonical, row)) for row in found))
        except SyntaxError as error:
            raise failures.broken_off(self.url) from error

    def _parsed(self, reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            return ox.parse_query_results(reply.content, _JSON)
        except SyntaxError as error:
            raise failures.broken_off(self.url) from error


def _canonical(term: Term | None) -> Term | None:
    """The term, a boolean in its usual form: Virtuoso writes 1 and 0."""
    if isinstance(term, ox.Literal) and term.datatype == _BOOLEAN and term.value in _BOOLEANS:
        return ox.Literal(_BOOLEANS[term.value], datatype=_BOOLEAN)
    return term
