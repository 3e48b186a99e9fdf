"""Every question of the catalogue, asked as people ask them, beside the bare engine on the same query.

    python benchmarks/questions.py DIR [--repeats 5] [--only NAME]

Each question is asked for everything, with each of its parameters alone, and by city where the parameter alone says
little (a theme, a year). The values are those that have most rows in the answer to everything, written as a user
writes them, so that finding what is meant is part of the time. Ours is `queries.ask` with nothing remembered from
before: names resolved, the query run, each cell labelled. Raw is the engine running the same text and its rows read.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyoxigraph as ox

from sosei_graph import queries
from sosei_graph.errors import SoseiError
from sosei_graph.names import compact, resolve
from sosei_graph.queries.parameters import bindings
from sosei_graph.store.memory import Store, bind
from sosei_graph.tables import Table
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

__all__ = ["Row", "measure"]

#: Parameters that leave much: they are asked together with a city too.
_WIDE = {"theme", "sdg", "year", "date", "indicator"}
_DATE = "2026-04-01"
#: So many values are tried until one has rows.
_TRIED = 20
#: The variable of an answer that a parameter narrows, where it has another name.
_COLUMNS = {"agreement": ("version", "what"), "theme": ("own", "top"), "city": ("cities", "publisher")}
#: Type of a parameter → what has most of what questions are about, for answers that do not show it.
_USUAL = {
    "government": "?thing sosei:indicatorOf/sosei:partOf?/sosei:adoptedBy ?value ."
    " ?other sosei:contractingParty ?value",
    "plan": "?thing sosei:indicatorOf/sosei:partOf? ?value . ?value a sosei:Plan",
    "agreement": "?thing sosei:partOf ?value . ?value a sosei:Agreement",
    "document": "?thing <http://www.w3.org/ns/oa#hasSource> ?value",
    "item": "?thing sosei:supportsItem ?value",
    "theme": "?thing sosei:hasTheme ?value",
    "sdg": "?thing sosei:contributesToSDG ?value",
    "element": "?thing sosei:partOf ?value . ?value a sosei:Goal . ?other sosei:concerns ?value",
    "indicator": "?value sosei:hasValue ?thing ; sosei:comparableAs ?other",
    "year": "?other sosei:hasValue/sosei:period ?value . ?value a sosei:FiscalYear BIND(?other AS ?thing)",
}


@dataclass(frozen=True)
class Row:
    """One question with its parameters ("" for everything): rows of the answer, and median seconds."""

    question: str
    parameters: str
    rows: int
    ours: float
    raw: float


def measure(store: Store, repeats: int = 5, only: Iterable[str] = ()) -> list[Row]:
    """The times of every question (or of those of these names) over a reasoned store."""
    return list(_measured(store, repeats, frozenset(only)))


def _measured(store: Store, repeats: int, only: frozenset[str]) -> Iterator[Row]:
    for question in queries.catalogue(store.workspace):
        if not only or question.name in only:
            everything = queries.ask(store, question, "ja")
            for values in _choices(store, question, everything):
                yield _row(store, question, values, repeats)


def _row(store: Store, question: queries.Question, values: dict[str, queries.Value], repeats: int) -> Row:
    terms = {**bindings(store, question.parameters, values), **queries.language(question.text, "ja")}
    text = bind(question.text, terms)

    def ours() -> int:
        return len(queries.ask(_fresh(store), question, "ja", **values).rows)

    def raw() -> int:
        found = store.ox.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("not a SELECT query")
        return len([tuple(row) for row in found])

    # In turn, so that both meet the same machine.
    runs = [(_timed(ours), _timed(raw)) for _ in range(repeats)]
    written = " ".join(f"--{name} {value}" for name, value in values.items())
    return Row(
        question.name,
        written,
        runs[0][1][1],
        median(run[0][0] for run in runs),
        median(run[1][0] for run in runs),
    )


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    start = time.perf_counter()
    rows = work()
    return time.perf_counter() - start, rows


def _fresh(store: Store) -> Store:
    """The same graph with nothing remembered of earlier questions."""
    fresh = Store(store.workspace)
    fresh.ox = store.ox
    return fresh


def _choices(
    store: Store, question: queries.Question, everything: Table
) -> Iterator[dict[str, queries.Value]]:
    yield {}
    found = {each.name: _value(store, question, each, everything) for each in question.parameters}
    # A small graph may have nothing of a kind.
    values: dict[str, queries.Value] = {name: value for name, value in found.items() if value}
    for parameter in question.parameters:
        if parameter.name not in values:
            continue
        yield {parameter.name: values[parameter.name]}
        if parameter.type in _WIDE and "city" in values:
            yield {parameter.name: values[parameter.name], "city": values["city"]}


def _value(store: Store, question: queries.Question, parameter: queries.Parameter, everything: Table) -> str:
    """What a user types for the value of the parameter that most rows have."""
    if parameter.type == "date":
        return _DATE
    candidates = [
        _typed(store, parameter.type, iri)
        for iri in (*_shown(parameter, everything), *_usual(store, parameter))
    ]
    for value in candidates[:_TRIED]:
        if queries.ask(store, question, "ja", **{parameter.name: value}).rows:
            return value
    return candidates[0] if candidates else ""


def _shown(parameter: queries.Parameter, everything: Table) -> list[str]:
    """What stands most often in the column of the answer that the parameter narrows, if there is one."""
    names = [column.name for column in everything.columns]
    for name in (parameter.name, *_COLUMNS.get(parameter.name, ())):
        if name in names:
            cells = (row[names.index(name)].term for row in everything.rows)
            found = Counter(term.value for term in cells if isinstance(term, ox.NamedNode))
            if found:
                return [max(sorted(found), key=lambda iri: found[iri])]
    return []


def _usual(store: Store, parameter: queries.Parameter) -> list[str]:
    rows = store.select(
        f"SELECT ?value (COUNT(DISTINCT ?thing) AS ?size) {{ {_USUAL[parameter.type]} }}"
        f" GROUP BY ?value ORDER BY DESC(?size) ?value LIMIT {_TRIED}"
    )
    return [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]


def _typed(store: Store, kind: str, iri: str) -> str:
    if kind == "year":
        return iri.rsplit("/", 1)[-1]
    label = store.label(iri, "ja")
    return label if kind == "government" and _is_clear(store, label) else compact(iri, store.workspace.base)


def _is_clear(store: Store, label: str) -> bool:
    """Whether only one thing is called so: there are two cities of some names."""
    try:
        resolve(store, label)
    except SoseiError:
        return False
    return True


def main() -> None:
    """Measures a workspace and prints a line a question."""
    from sosei_graph.reasoning.reasoner import infer

    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("folder", type=Path, metavar="DIR")
    reader.add_argument("--repeats", type=int, default=5)
    reader.add_argument("--only", nargs="*", default=[], metavar="NAME")
    asked = reader.parse_args()
    store = Store.load(Workspace.find(asked.folder))
    infer(store)
    show(_measured(store, asked.repeats, frozenset(asked.only)))


def show(rows: Iterable[Row]) -> None:
    """A line for each: rows, milliseconds, the ratio, microseconds a row."""
    for row in rows:
        each = row.ours / max(row.rows, 1) * 1e6
        ratio = row.ours / row.raw
        print(  # noqa: T201 - its output
            f"{row.rows:8} {row.ours * 1000:9.1f} ms {ratio:6.2f} x raw {each:9.1f} us/row  "
            f"{row.question} {row.parameters}",
            flush=True,
        )


if __name__ == "__main__":
    main()
