"""A user's own SPARQL: checked before it runs, run where it can be ended, its faults told in one line.

The engine can be brought down by a query (ORDER BY over numbers beside strings aborts the process) and cannot
be interrupted, so the query runs in a forked process, within limits, where there is one. SERVICE would reach the
network, and is refused unless it is allowed.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.processes import apart, beside, can_fork
from sosei_graph.queries.limits import Limits, exceeded
from sosei_graph.store.memory import Store, bind
from sosei_graph.store.memory import Term as StoreTerm
from sosei_graph.tables import Form, Term
from sosei_graph.vocab import PREFIXES

#: Tokens of SPARQL 1.1 (section 19.8) as far as it takes to tell names from strings, IRIs and comments.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:[\w.\-]+)
    | (?P<name>(?P<prefix>(?:[^\W\d_][\w.\-]*)?):
               (?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<word>[^\W\d]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_RESULTS = ox.QueryResultsFormat.JSON
#: An answer takes this many times its bytes once it is a table here, where no limit holds.
_UNFOLDS = 4


@dataclass(frozen=True)
class Answer:
    """What came back: an ASK as one row with a boolean, a CONSTRUCT as rows of three terms."""

    form: Form
    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def check(text: str, shown: str, *, service: bool = False) -> None:
    """Refuses what cannot be answered: no query, an update, SERVICE unless allowed, a prefix nobody declared."""
    tokens = [token for token in _TOKEN.finditer(text) if token.lastgroup != "comment"]
    words = [token for token in tokens if token.lastgroup == "word"]
    verb = next((token for token in words if token[0].upper() in _FORMS | _UPDATES), None)
    if verb is None or verb[0].upper() not in _FORMS:
        line = _line(text, verb.start()) if verb else 1
        raise SoseiError(
            Text(
                "SELECT・ASK・CONSTRUCT の問い合わせではありません",
                "this is no SELECT, ASK or CONSTRUCT query",
            ),
            where=f"{shown}:{line}",
            hint=Text(
                "グラフを変えるには data/ のファイルを直します",
                "to change the graph, edit the files in data/",
            ),
        )
    for token in tokens:
        if not service and _calls_out(token):
            raise SoseiError(
                Text(
                    "SERVICE は使えません（外部に接続しません）",
                    "SERVICE is refused: queries do not use the network",
                ),
                where=f"{shown}:{_line(text, token.start())}",
                hint=Text(
                    "--allow-service で許可すると、問い合わせの一部がそのサーバーに送られます",
                    "--allow-service allows it; part of the query is then sent to that server",
                ),
            )
    _check_prefixes(text, tokens, shown)


def _has_dataset(text: str) -> bool:
    """Whether the query says with FROM or FROM NAMED which graphs it is about."""
    words = (token["word"] or "" for token in _TOKEN.finditer(text))
    return any(re.fullmatch("FROM(NAMED)?", word, re.IGNORECASE) for word in words)


def _calls_out(token: re.Match[str]) -> bool:
    """Whether the engine could read SERVICE here; it needs no space around it, so part of a word counts."""
    if token["word"] or token["name"]:
        # A local name cannot begin with a dot or a hyphen: `p:.SERVICE<…>` is `p:`, a dot and the keyword.
        local = token[0].partition(":")[2] if token["name"] else ""
        return "service" in (token["word"] or token["prefix"]).lower() or bool(
            re.search(r"\Wservice", local, re.IGNORECASE)
        )
    # `?a<?b)SERVICE#>`: to the engine this is a comparison, a bracket, and a comment after the keyword.
    return bool(token["iri"] and re.search(r"\).*service", token["iri"], re.IGNORECASE))


def _check_prefixes(text: str, tokens: list[re.Match[str]], shown: str) -> None:
    known = dict.fromkeys(PREFIXES)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if not token["name"]:
            continue
        if before is not None and (before["word"] or "").upper() == "PREFIX":
            known[token["prefix"]] = None
        elif token["prefix"] not in known:
            raise _undeclared(token["prefix"], list(known), f"{shown}:{_line(text, token.start())}")


def _undeclared(prefix: str, known: list[str], where: str) -> SoseiError:
    from difflib import get_close_matches

    near = get_close_matches(prefix, known, n=1)
    advice = Text(f"PREFIX {prefix}: <…> を加えてください", f"add PREFIX {prefix}: <…>")
    if near:
        advice = Text(
            f"もしかして {near[0]}: 。なければ {advice.ja}", f"did you mean {near[0]}: ? Else {advice.en}"
        )
    return SoseiError(
        Text(f"接頭辞「{prefix}:」が宣言されていません", f"the prefix {prefix}: is not declared"),
        where=where,
        hint=advice,
    )


def unreadable(text: str, error: Exception, shown: str) -> SoseiError:
    """The engine's complaint about a query, with its line, cut down to one line."""
    said = " ".join(str(error).split())
    place = re.match(r"error at (\d+):(\d+): ", said)
    if not place:
        return SoseiError(Text(f"実行できません: {said}", f"the query cannot be run: {said}"), where=shown)
    line, column = int(place[1]), int(place[2])
    lines = text.rstrip().split("\n")
    if line > len(lines):  # it lacks something at its end
        line, column = len(lines), len(lines[-1]) + 1
    rest = lines[line - 1][column - 1 :].strip()[:40] or lines[line - 1].strip()[-40:]
    said = said[place.end() :]
    short = said if len(said) <= 100 else said[:100].rsplit(" ", 1)[0] + " …"
    return SoseiError(
        Text(f"SPARQL として読めません: 「{rest}」の所", f"not valid SPARQL near “{rest}”"),
        where=f"{shown}:{line}",
        hint=Text(f"エンジンの説明: {short}", f"the engine: {short}"),
    )


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def run(store: Store, text: str, shown: str, terms: Mapping[str, StoreTerm], limits: Limits) -> Answer:
    """The answer to a checked query. What the engine refuses, its death and its limits are a `SoseiError`."""
    room = limits.megabytes * 2**20 / _UNFOLDS or math.inf

    # Here, where the user's fault (no place for parameters) can be told.
    bound = bind(text, dict(terms))

    def answer() -> bytes:
        # Over the union of all graphs the engine would take no notice of FROM.
        union = not _has_dataset(text)
        found = store.ox.query(bound, prefixes=PREFIXES, use_default_graph_as_union=union)
        if isinstance(found, ox.QueryTriples):
            mark, written = b"T", found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        else:
            mark, written = b"R", found.serialize(format=_RESULTS) or b""
        if len(written) > room:
            raise MemoryError
        return mark + written

    if can_fork():
        status, payload = apart(answer, seconds=limits.seconds, megabytes=limits.megabytes)
    else:
        status, payload = beside(answer, seconds=limits.seconds)
    if status == "refused":
        raise unreadable(text, ValueError(payload.decode()), shown)
    if status != "fine":
        raise exceeded(status, limits, shown)
    return _read(payload)


def _read(payload: bytes) -> Answer:
    if payload[:1] == b"T":
        triples = ox.parse(payload[1:], ox.RdfFormat.N_TRIPLES)
        rows: list[tuple[Any, ...]] = [(each.subject, each.predicate, each.object) for each in triples]
        return Answer("construct", ("subject", "predicate", "object"), tuple(sorted(rows, key=str)))
    found = ox.parse_query_results(payload[1:], _RESULTS)
    if isinstance(found, ox.QueryBoolean):
        value = ox.Literal("true" if found else "false", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))
        return Answer("ask", ("answer",), ((value,),))
    variables = tuple(variable.value for variable in found.variables)
    return Answer("select", variables, tuple(tuple(row) for row in found))
