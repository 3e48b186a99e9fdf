"""The text of a query made to be about named graphs, whatever the default graph of a server is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.vocab import PREFIXES

#: What the keywords and braces of a query are looked for between (SPARQL 1.1, section 19.8).
_TOKEN = re.compile(
    r"""
      (?P<skipped>\#[^\r\n]*
        | <[^<>"{}|^`\\\x00-\x20]*>
        | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
        | [?$]\w+ | @[A-Za-z]+ | [^\W\d_]?[\w.\-]*:(?:[\w:.\-%]|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>[{}()])
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_DECLARED = re.compile(r"\bPREFIX\s+([\w.\-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class _Places:
    """Where a query's form stands, where a FROM belongs, and whether it has one."""

    form: int
    name: str
    dataset: int
    has_dataset: bool


def with_prefixes(query: str) -> str:
    """The query with the project's prefixes declared that it uses and does not declare itself."""
    declared = set(_DECLARED.findall(query))
    missing = (name for name in PREFIXES if name not in declared and f"{name}:" in query)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing) + query


def about(query: str, graphs: Sequence[str]) -> str:
    """The query over the merge of these graphs; one that has a FROM of its own is left alone."""
    places = _places(query)
    if places.has_dataset or not graphs:
        return query
    return f"{query[: places.dataset]}\n{_from(graphs)}{query[places.dataset :]}"


def form(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE."""
    return _places(query).name


def is_distinct(query: str) -> bool:
    """Whether it is a SELECT DISTINCT."""
    return bool(re.match(r"SELECT\s+DISTINCT\b", query[_places(query).form :], re.IGNORECASE))


def has_dataset(query: str) -> bool:
    """Whether the query says with FROM which graphs it is about."""
    return _places(query).has_dataset


def page(query: str, variables: Sequence[str], graphs: Sequence[str], limit: int, offset: int) -> str:
    """At most `limit` rows of a SELECT that has no FROM, after the first `offset` of them."""
    start = _places(query).form
    names = " ".join(f"?{name}" for name in variables)
    inner = f"{{ {{\n{query[start:]}\n}} }}"
    return f"{query[:start]}SELECT {names}\n{_from(graphs)}WHERE {inner}\nLIMIT {limit} OFFSET {offset}"


def counted(query: str, graphs: Sequence[str]) -> str:
    """How many rows a SELECT has that has no FROM, as ?n."""
    start = _places(query).form
    return f"{query[:start]}SELECT (COUNT(*) AS ?n)\n{_from(graphs)}WHERE {{ {{\n{query[start:]}\n}} }}"


def _from(graphs: Sequence[str]) -> str:
    return "".join(f"FROM <{graph}>\n" for graph in graphs)


def _places(query: str) -> _Places:
    """Reads the query up to its WHERE: a FROM stands before it, behind what is selected or constructed."""
    form, verb, depth, has_from, in_template = 0, "", 0, False, False
    for token in _TOKEN.finditer(query):
        word, sign = (token["word"] or "").upper(), token["sign"]
        if not verb:
            if word in _FORMS:
                form, verb, in_template = token.start(), word, word == "CONSTRUCT"
        elif depth == 0 and (word == "WHERE" or (sign == "{" and not in_template)):
            return _Places(form, verb, token.start(), has_from)
        elif sign:
            depth += 1 if sign in "({" else -1
            # The first group of a CONSTRUCT is its template.
            in_template = in_template and not (sign == "}" and depth == 0)
        elif word == "FROM":
            has_from = True
    return _Places(form, verb, len(query), has_from)
