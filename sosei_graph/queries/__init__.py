"""The questions of a workspace (`queries/*.rq`) and a user's own SPARQL: asked, and answered as a `Table`."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read_text
from sosei_graph.languages import Lang, Text
from sosei_graph.queries.headers import Parameter, Question, has_head, parse, read
from sosei_graph.queries.limits import Limits
from sosei_graph.queries.parameters import Value, bindings
from sosei_graph.store.memory import Store
from sosei_graph.tables import Cell, Column, Table, Term
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace, packaged_root

__all__ = [
    "Limits",
    "Parameter",
    "Question",
    "Value",
    "ask",
    "ask_file",
    "catalogue",
    "find",
    "is_packaged",
    "language",
    "read",
    "table_of",
]

if TYPE_CHECKING:
    from sosei_graph.queries.own import Answer

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


def ask(
    store: Store, question: Question | str, lang: Lang, limits: Limits | None = None, /, **values: Value
) -> Table:
    """The answer to a question. `values` are its parameters; what is not given is not restricted.

    Names, codes and IRIs are looked up in the graph (`names.resolve`); a value that does not fit is a
    `SoseiError`. The package's own questions are known to end and run here; one that somebody else wrote, or
    changed, runs like any other query of theirs (`ask_file`). With `limits` every question does.
    """
    known = find(store.workspace, question) if isinstance(question, str) else question
    if limits is not None or not is_packaged(known):
        return _ask_apart(store, known, f"{known.name}.rq", lang, limits, **values)
    terms = bindings(store, known.parameters, values)
    try:
        rows = store.select(known.text, **terms, **language(known.text, lang))
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


def is_packaged(question: Question) -> bool:
    """Whether it is a question of the package, word for word."""
    return _packaged_text(question.name) == question.text


@cache
def _packaged_text(name: str) -> str | None:
    try:
        return (packaged_root() / "queries" / f"{name}.rq").read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return None


def ask_file(
    store: Store, source: Path | str, lang: Lang, limits: Limits | None = None, /, **params: Value
) -> Table:
    """The answer to a user's own SPARQL: a file, or the text of a query. SELECT, ASK, CONSTRUCT and DESCRIBE.

    A `#+` head may give titles and parameters as in the project's own questions. The prefixes of the project
    are known. SERVICE is refused unless `limits` allow it. Where the system can fork, the query runs in a process
    of its own, within `limits`: what takes more is ended, and is a `SoseiError`.
    """
    shown = str(source) if isinstance(source, Path) else "query"
    text = read_text(source) if isinstance(source, Path) else source
    name = source.stem if isinstance(source, Path) else shown
    title = Text(name, name)
    question = parse(text, name, shown) if has_head(text) else Question(name, title, title, (), (), {}, text)
    return _ask_apart(store, question, shown, lang, limits, **params)


def _ask_apart(
    store: Store, question: Question, shown: str, lang: Lang, limits: Limits | None, /, **values: Value
) -> Table:
    """The answer to a query that may do anything: checked, and run in a process of its own."""
    from sosei_graph.queries import own

    limits = limits or Limits()
    own.check(question.text, shown, service=limits.service)
    terms = {**bindings(store, question.parameters, values), **language(question.text, lang)}
    answer = own.run(store, question.text, shown, terms, limits)
    return table_of(store, question, answer, lang)


def table_of(store: Store, question: Question, answer: "Answer", lang: Lang) -> Table:
    """The answer to a query with the titles of its question; the store labels what is in it."""
    titles = {**({} if answer.form == "select" else _COLUMNS), **question.columns}
    return Table(
        question.title.in_(lang),
        _columns(answer.variables, titles, lang),
        _cells(store, answer.rows, lang),
        answer.form,
        empty=_said(question.empty, lang),
        note=_said(question.note, lang),
    )


def _said(text: Text | None, lang: Lang) -> str:
    return text.in_(lang) if text else ""


def language(text: str, lang: Lang) -> dict[str, ox.Literal]:
    """The binding of ?lang, where a query uses it and has a place for it."""
    used = "?lang" in text and any(line.strip() == "# PARAMETERS" for line in text.splitlines())
    return {"lang": ox.Literal(lang)} if used else {}


def _columns(variables: Iterable[str], titles: Mapping[str, Text], lang: Lang) -> tuple[Column, ...]:
    return tuple(Column(name, titles[name].in_(lang) if name in titles else name) for name in variables)


def _cells(store: Store, rows: Iterable[tuple[Term | None, ...]], lang: Lang) -> tuple[tuple[Cell, ...], ...]:
    # Most terms of a column stand in many of its rows.
    cells: dict[Term | None, Cell] = {}

    def cell(term: Term | None) -> Cell:
        known = cells.get(term)
        if known is None:
            known = cells[term] = Cell(term, shown(store, term, lang))
        return known

    return tuple(tuple(map(cell, row)) for row in rows)


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
