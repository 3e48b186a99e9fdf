"""What has to be fetched of a server to tell which thing a name means (`sosei_graph.names.resolve`)."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from sosei_graph.names import KINDS
from sosei_graph.remote.dataset import with_prefixes
from sosei_graph.remote.store import RemoteStore
from sosei_graph.store.memory import Rows, Store
from sosei_graph.validation.targets import SUBCLASS, Classes
from sosei_graph.vocab import NS, PREFIXES

_NAMED = "rdfs:label, skos:prefLabel, skos:altLabel, sosei:kana"
_NAMES = f"{_NAMED}, dcterms:identifier, skos:notation"
_FACTS = f"({_NAMES}, rdf:type, sosei:governmentCode, sosei:inPrefecture)"
_IRI = re.compile(r"<([^<>\s]+)>|(https?://\S+)")
_CURIE = re.compile(r"([A-Za-z][\w-]*):([^\s]*)", re.ASCII)
_CODE = re.compile(r"[0-9]{5,6}", re.ASCII)
#: Of more things than this not all names are fetched.
_MANY = 5000
_MOST = 1000


def fetch_names(store: RemoteStore, text: str, kind: str) -> None:
    """Fetches what `resolve` needs to find the thing of a kind that `text` names.

    An IRI or a CURIE is looked up, and so is a code or a name to the letter. Else these are the names of everything of
    the kind, for the loose readings of a name (kana, width, unit left out); of more than 5,000 things only those whose
    name or end of IRI it is exactly.
    """
    classes = keep_classes(store)
    if iri := _written_out(text.strip()):
        _fetch(store, f"VALUES ?s {{ {iri} }}")
        # It may be known only as what something else refers to.
        store.keep(_select(store, f"SELECT ?s ?p (<{iri.value}> AS ?o) WHERE {{ ?s ?p {iri} }} LIMIT 1"))
        return
    for tier in KINDS[kind].tiers:
        below = {cls for name in tier for cls in classes.below(ox.NamedNode(NS + name))}
        members = f"VALUES ?class {{ {_listed(below)} }} ?s a ?class ."
        if _fetch_literally(store, members, text.strip()):
            return
        if _count(store, members) <= _MANY:
            _fetch(store, members)
        else:
            _fetch_exact(store, members, text.strip())


def keep_classes(store: Store) -> Classes:
    """The classes of the workspace's vocabulary, which the server may not have; the store keeps them."""
    path = store.workspace.ontology()
    axioms = tuple(
        quad.triple
        for quad in ox.parse(path=path, base_iri=store.workspace.base)
        if quad.predicate == SUBCLASS
    )
    store.ox.extend(ox.Quad(each.subject, each.predicate, each.object) for each in axioms)
    return Classes(axioms)


def _written_out(text: str) -> ox.NamedNode | None:
    iri = ""
    if found := _IRI.fullmatch(text):
        iri = found[1] or found[2]
    elif (found := _CURIE.fullmatch(text)) and found[1] in PREFIXES:
        iri = PREFIXES[found[1]] + found[2]
    try:
        return ox.NamedNode(iri) if iri else None
    except ValueError:  # `resolve` says what is wrong with it
        return None


def _fetch_literally(store: RemoteStore, members: str, text: str) -> bool:
    """Whether something has this very name or code, which `resolve` prefers to every other reading."""
    if "/" in text:
        return False  # the end of an IRI comes first
    if _CODE.fullmatch(text):
        start = ox.Literal(text)
        named = f"?s sosei:governmentCode ?code . FILTER(STRSTARTS(STR(?code), {start}))"
    else:
        literals = " ".join(str(each) for each in (ox.Literal(text), *_tagged(text)))
        predicates = _NAMED.replace(",", "")
        named = f"VALUES ?has {{ {predicates} }} VALUES ?name {{ {literals} }} ?s ?has ?name ."
    found = [
        row[0] for row in _select(store, f"SELECT DISTINCT ?s WHERE {{ {named} {members} }} LIMIT {_MOST}")
    ]
    if found:
        _fetch(store, f"VALUES ?s {{ {_listed(found)} }}")
    return bool(found)


def _fetch_exact(store: RemoteStore, members: str, text: str) -> None:
    literals = " ".join(str(each) for each in (ox.Literal(text), *_tagged(text)))
    named = f"{members} VALUES ?name {{ {literals} }} ?s ?has ?name . FILTER(?has IN ({_NAMES}))"
    tail = ox.Literal(re.sub(r"^(?:[0-9]{2}|[0-9]{5})/", "", text.strip("/")))
    ending = f"{members} FILTER(STRENDS(STR(?s), {tail}))"
    for group in (named, ending):
        _fetch(store, f"{{ SELECT DISTINCT ?s WHERE {{ {group} }} LIMIT {_MOST} }}")


def _tagged(text: str) -> list[ox.Literal]:
    return [ox.Literal(text, language=language) for language in ("ja", "en")]


def _fetch(store: RemoteStore, group: str) -> None:
    """Fetches what names and classes say of each ?s of a group graph pattern."""
    query = f"SELECT DISTINCT ?s ?p ?o WHERE {{ {group} ?s ?p ?o . FILTER(?p IN {_FACTS}) }} ORDER BY ?s ?p STR(?o)"
    store.keep(_select(store, query))


def _count(store: RemoteStore, group: str) -> int:
    for row in _select(store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {group} }}"):
        if isinstance(row[0], ox.Literal):
            return int(row[0].value)
    return 0


def _select(store: RemoteStore, query: str) -> Rows:
    return store.service.select(with_prefixes(query))


def _listed(terms: Iterable[object]) -> str:
    return " ".join(sorted(map(str, terms)))
