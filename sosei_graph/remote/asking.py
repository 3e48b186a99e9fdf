"""The questions of the catalogue, and a user's own SPARQL, asked of a server. The answer is the same `Table`."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import queries
from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read_text
from sosei_graph.languages import Lang, Text
from sosei_graph.names import KINDS
from sosei_graph.queries import Question, Value, own
from sosei_graph.queries.headers import has_head, parse
from sosei_graph.queries.own import Answer
from sosei_graph.queries.parameters import bindings
from sosei_graph.remote import dataset, manifest
from sosei_graph.remote.client import Client
from sosei_graph.remote.copying import copied
from sosei_graph.remote.names import fetch_names
from sosei_graph.remote.server import Server
from sosei_graph.remote.service import Service
from sosei_graph.remote.store import RemoteStore
from sosei_graph.store.memory import Term
from sosei_graph.tables import Table
from sosei_graph.vocab import NS, PREFIXES
from sosei_graph.workspace import Workspace

_BOOLEAN = ox.NamedNode(PREFIXES["xsd"] + "boolean")
#: The graphs of a server, whether anything is in them or not: found without looking at the triples.
_NAMED = "SELECT ?graph WHERE { GRAPH ?graph { } }"
#: So many graphs are named one by one in each query; a list of thousands costs more than the query.
_LISTED = 100


def connect(server: Server | str, workspace: Workspace | None = None) -> RemoteStore:
    """The graph on a server, which `sosei push` has brought there, or anyone to graphs of the same names.

    The workspace gives the questions, the base of the graphs' names and the vocabulary. Without a graph of this base
    on the server this is a `SoseiError`.
    """
    server = Server(server) if isinstance(server, str) else server
    workspace = workspace or Workspace.find()
    service = Service(Client(server.login, server.patience), server.url)
    graphs = sorted(manifest.read(service, workspace.base)) or _seen(service, workspace)
    if not graphs:
        raise SoseiError(
            Text("このサーバーにはグラフがありません", "the server has no graph of ours"),
            where=server.url,
            hint=Text(
                f"先に sosei push を実行してください（グラフ名は {workspace.base}graph/…）",
                f"run sosei push first (the graphs are named {workspace.base}graph/…)",
            ),
        )
    service.alone = _are_all(service, {*graphs, manifest.graph_of(workspace.base)}) and _merges(service)
    if len(graphs) <= _LISTED or not _merges(service):
        service.graphs, service.union = graphs, False
    return RemoteStore(workspace, service, graphs)


def _seen(service: Service, workspace: Workspace) -> list[str]:
    """The graphs on a server without a manifest, by their names."""
    start = ox.Literal(f"{workspace.base}graph/")
    rows = service.select(
        f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), {start})) }}"
    )
    return sorted(graph.value for (graph,) in rows if isinstance(graph, ox.NamedNode))


def _are_all(service: Service, graphs: set[str]) -> bool:
    """Whether these are known to be all graphs of the server, and its default graph is empty."""
    named = {graph.value for (graph,) in service.select(_NAMED) if isinstance(graph, ox.NamedNode)}
    return bool(named) and named <= graphs and not service.ask("ASK { ?s ?p ?o }")


def _merges(service: Service) -> bool:
    """Makes the default graph of the server the merge of all named graphs, if it can be or is it already."""
    service.union = True
    if len(service.select(f"SELECT ?document WHERE {{ ?document a <{NS}Document> }} LIMIT 1")):
        return True
    service.union = False
    return False


def ask(store: RemoteStore, question: Question | str, lang: Lang, /, **values: Value) -> Table:
    """The answer to a question of the catalogue; its parameters are looked up in the graph on the server.

    Where a server does not compute as SPARQL 1.1 says, its graph is fetched and asked here, unless it is too large.
    """
    known = queries.find(store.workspace, question) if isinstance(question, str) else question
    if copy := copied(store):
        return queries.ask(copy, known, lang, **values)
    with store.service.whole():
        return _table(store, known, f"{known.name}.rq", lang, values)


def ask_file(store: RemoteStore, source: Path | str, lang: Lang, /, **values: Value) -> Table:
    """The answer to a user's own SPARQL: a file, or the text of a query. SERVICE is refused."""
    shown = str(source) if isinstance(source, Path) else "query"
    text = read_text(source) if isinstance(source, Path) else source
    name = source.stem if isinstance(source, Path) else shown
    title = Text(name, name)
    question = parse(text, name, shown) if has_head(text) else Question(name, title, title, (), (), {}, text)
    return _table(store, question, shown, lang, values)


def _table(
    store: RemoteStore, question: Question, shown: str, lang: Lang, values: Mapping[str, Value]
) -> Table:
    own.check(question.text, shown)
    for parameter in question.parameters:
        value = values.get(parameter.name)
        value = parameter.default if value is None else value
        if value is not None and parameter.type in KINDS:
            fetch_names(store, str(value), parameter.type)
    terms = bindings(store, question.parameters, values)
    answer = _answer(store, question.text, {**terms, **queries.language(question.text, lang)})
    return queries.table_of(store, question, answer, lang)


def _answer(store: RemoteStore, text: str, terms: Mapping[str, Term]) -> Answer:
    match dataset.form(text):
        case "ASK":
            value = "true" if store.ask(text, **terms) else "false"
            return Answer("ask", ("answer",), ((ox.Literal(value, datatype=_BOOLEAN),),))
        case "SELECT":
            rows = store.select(text, **terms)
            return Answer("select", rows.variables, rows.rows)
        case _:
            triples = store.construct(text, **terms)
            terms_of = [(each.subject, each.predicate, each.object) for each in triples]
            return Answer("construct", ("subject", "predicate", "object"), tuple(sorted(terms_of, key=str)))
