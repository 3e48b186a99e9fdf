"""The checks across documents: each row of a query in `queries/check/` is a finding.

A check is a SPARQL query whose head has `severity` and `message` (ja, en; `{?variable}` is filled with the
label or text of the row's value), and which selects `?focus` and, as it likes, `?path` and `?value`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.processes import spread
from sosei_graph.queries.headers import read
from sosei_graph.store.memory import Rows, Store
from sosei_graph.validation.findings import SEVERITIES, Finding, Severity
from sosei_graph.validation.places import Places
from sosei_graph.validation.results import CHECK, SPARQL_COMPONENT, filled
from sosei_graph.workspace import Workspace


@dataclass(frozen=True)
class Check:
    """A query and what to say of each of its rows."""

    name: str
    severity: Severity
    message: Text
    query: str


def run_checks(
    workspace: Workspace, store: Store, places: Places, *, is_large: bool = False
) -> list[Finding]:
    """The findings of every check of the workspace over the union of its graphs; of large ones on all cores."""
    checks = [read_check(path, workspace.short(path)) for path in workspace.checks()]
    ask = partial(_ask, store)
    answers = spread(ask, checks, [1] * len(checks)) if is_large else list(map(ask, checks))
    return [
        finding
        for check, rows in zip(checks, answers, strict=True)
        for finding in _findings(check, rows, places)
    ]


def read_check(path: Path, shown: str = "") -> Check:
    """One check; a head that is missing or incomplete is a `SoseiError`."""
    question = read(path, shown)
    severity = next((known for known in SEVERITIES if known == question.severity), None)
    if severity is None or question.message is None:
        raise SoseiError(
            Text("検査の見出しが足りません", "the head of this check is incomplete"),
            where=shown or str(path),
            hint=Text(
                "「#+ severity: warning」と「#+ message: {ja: …, en: …}」が要ります",
                "it needs “#+ severity: warning” and “#+ message: {ja: …, en: …}”",
            ),
        )
    return Check(path.stem, severity, question.message, question.text)


def _ask(store: Store, check: Check) -> Rows:
    try:
        return store.select(check.query)
    except (SyntaxError, TypeError) as error:
        raise SoseiError(
            Text(
                f"検査の問い合わせを読めません: {error}", f"the query of this check cannot be read: {error}"
            ),
            where=f"{check.name}.rq",
        ) from error


def _findings(check: Check, rows: Rows, places: Places) -> Iterator[Finding]:
    for row in rows:
        bound = {name: term for name, term in zip(rows.variables, row, strict=True) if term is not None}
        focus = bound.get("focus")
        if not isinstance(focus, ox.NamedNode):
            continue
        names = {name: places.name(term) for name, term in bound.items()}
        place = places.of(focus.value)
        path, value = bound.get("path"), bound.get("value")
        yield Finding(
            check.severity,
            focus.value,
            path.value if isinstance(path, ox.NamedNode) else "",
            str(value) if value is not None else "",
            f"{CHECK}{check.name}",
            Text(
                filled(check.message.ja, {name: text.ja for name, text in names.items()}),
                filled(check.message.en, {name: text.en for name, text in names.items()}),
            ),
            place.file,
            place.line,
            names["focus"],
            place.graph,
            SPARQL_COMPONENT,
        )
