"""The questions of a workspace (`queries/*.rq`) and a user's own SPARQL: asked, and answered as a `Table`."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read_text
from sosei_graph.languages import Lang, Text
from sosei_graph.queries.headers import Parameter, Question, has_head, parse, read
from sosei_graph.queries.parameters import Value, bindings
from sosei_graph.store import Store
from sosei_graph.tables import Cell, Column, Table, Term
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

__all__ = ["Parameter", "Question", "Value", "ask", "ask_file", "catalogue", "find", "read"]

_BOOLEAN = PREFIXES["xsd"] + "boolean"
_ANSWERS = {"true": Text("はい", "yes"), "false": Text("いいえ", "no")}
_COLUMNS = {
    "subject": Text("主語", "Subject"),
    "predicate": Text("述語", "Predicate"),
    "object": Text("目的語", "Object"),
    "answer": Text("答え", "Answer"),
}


def catalogue(workspace: Workspace) -> tuple[Question, ...]:
    """Every question of the workspace, by name."""
    return tuple(read(path, workspace.short(path)) for path in workspace.queries())


def find(workspace: Workspace, name: str) -> Question:
    """The question of that name; an unknown one is an error that suggests the nearest."""
    paths = {path.stem: path for path in workspace.queries()}
    # Only its own file is read: a question has to start at once.
    path = paths.get(name) or paths.get(name.removesuffix(".rq"))
    if path is None:
        raise _unknown(name, list(paths))
    return read(path, workspace.short(path))


def _unknown(name: str, known: list[str]) -> SoseiError:
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(name, known, n=3, cutoff=0.5))
    return SoseiError(
        Text(f"「{name}」という問い合わせはありません", f"there is no question named {name}"),
        hint=Text(f"もしかして: {near}", f"did you mean: {near}")
        if near
        else Text("sosei query で一覧を表示できます", "sosei query lists them"),
    )


def ask(store: Store, question: Question | str, lang: Lang, /, **values: Value) -> Table:
    """The answer to a question. `values` are its parameters; what is not given is not restricted.

    Names, codes and IRIs are looked up in the graph (`names.resolve`); a value that does not fit is a
    `SoseiError`.
    """
    known = find(store.workspace, question) if isinstance(question, str) else question
    terms = bindings(store, known.parameters, values)
    try:
        rows = store.select(known.text, **terms, **_language(known.text, lang))
    except (SyntaxError, TypeError) as error:
        from sosei_graph.queries import own

        raise own.unreadable(known.text, error, f"{known.name}.rq") from error
    columns = _columns(rows.variables, known.columns, lang)
    return Table(
        known.title.in_(lang),
        columns,
        _cells(store, rows, lang),
        empty=_said(known.empty, lang),
        note=_said(known.note, lang),
    )


def ask_file(store: Store, source: Path | str, lang: Lang, /, **params: Value) -> Table:
    """The answer to a user's own SPARQL: a file, or the text of a query. SELECT, ASK, CONSTRUCT and DESCRIBE.

    A `#+` head may give titles and parameters as in the project's own questions. The prefixes of the project
    are known. SERVICE is refused. Where the system can fork, the query runs in a process of its own.
    """
    from sosei_graph.queries import own

    shown = str(source) if isinstance(source, Path) else "query"
    text = read_text(source) if isinstance(source, Path) else source
    name = source.stem if isinstance(source, Path) else shown
    head = parse(text, name, shown) if has_head(text) else None
    own.check(text, shown)
    terms = bindings(store, head.parameters if head else (), params)
    answer = own.run(store, text, shown, {**terms, **_language(text, lang)})
    titles = {**({} if answer.form == "select" else _COLUMNS), **(head.columns if head else {})}
    columns = _columns(answer.variables, titles, lang)
    return Table(
        head.title.in_(lang) if head else name,
        columns,
        _cells(store, answer.rows, lang),
        answer.form,
        empty=_said(head.empty, lang) if head else "",
        note=_said(head.note, lang) if head else "",
    )


def _said(text: Text | None, lang: Lang) -> str:
    return text.in_(lang) if text else ""


def _language(text: str, lang: Lang) -> dict[str, ox.Literal]:
    """The binding of ?lang, where a query uses it and has a place for it."""
    used = "?lang" in text and any(line.strip() == "# PARAMETERS" for line in text.splitlines())
    return {"lang": ox.Literal(lang)} if used else {}


def _columns(variables: Iterable[str], titles: Mapping[str, Text], lang: Lang) -> tuple[Column, ...]:
    return tuple(Column(name, titles[name].in_(lang) if name in titles else name) for name in variables)


def _cells(store: Store, rows: Iterable[tuple[Term | None, ...]], lang: Lang) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(term, shown(store, term, lang)) for term in row) for row in rows)


def shown(store: Store, term: Term | None, lang: Lang) -> str:
    """The text that stands for a term in a table: the label of an IRI, a literal as it is written."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return store.label(term.value, lang) if "#char=" not in term.value else term.value.rsplit("/", 1)[-1]
    if isinstance(term, ox.Literal):
        answer = _ANSWERS.get(term.value) if term.datatype.value == _BOOLEAN else None
        return answer.in_(lang) if answer else term.value
    return str(term)
