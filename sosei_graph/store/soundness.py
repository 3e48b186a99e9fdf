"""Files loaded first and checked afterwards, in the graph: by a few queries instead of a loop over every statement.

The queries say "sound" or "look into it". What they do not know to be sound is left to `loading`, which goes through
the files statement by statement and knows what to say of a fault, and where. They never pass what that would not: where
the engine rewrites a value so that a fault could hide (`"-1"^^xsd:nonNegativeInteger` becomes an integer), the text of
the file is looked at.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import LEXICAL, Vocabulary
from sosei_graph.store.loading import Source, digest_of
from sosei_graph.vocab import NS, PREFIXES

_OTHER = "other"
#: Properties with the kinds of their subjects and objects: terms of ours by themselves, literals by their datatype.
_KINDS = f"""
SELECT DISTINCT ?property ?subject ?object WHERE {{
  GRAPH ?graph {{ ?s ?property ?o }}
  BIND(IF(isIRI(?s), IF(STRSTARTS(STR(?s), "{NS}"), STR(?s), "IRI"), "{_OTHER}") AS ?subject)
  BIND(IF(isIRI(?o), IF(STRSTARTS(STR(?o), "{NS}"), STR(?o), "IRI"),
    IF(isLiteral(?o), DATATYPE(?o), "{_OTHER}")) AS ?object)
}}
"""
_DESCRIBED_TWICE = """
SELECT ?thing WHERE {{ GRAPH ?graph {{ ?thing a ?class }} FILTER(?graph != {ontology}) }}
GROUP BY ?thing HAVING(COUNT(DISTINCT ?graph) > 1) LIMIT 1
"""
_VALUES = (
    "SELECT DISTINCT ?value WHERE {{ GRAPH ?graph {{ ?s {name} ?value }} FILTER(DATATYPE(?value) = {kind}) }}"
)
_UNNAMED = (
    "SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?s {name} ?o }} FILTER(!isIRI(?s) || !isIRI(?o)) }}"
)

_XSD = PREFIXES["xsd"].encode()
_DECLARED = b"@prefix xsd: <%s> ." % _XSD
#: Datatypes that the engine keeps: it makes an integer of each that is derived from integer.
KEPT = frozenset(
    {
        *(b"anyURI", b"boolean", b"date", b"dateTime", b"decimal", b"double", b"duration", b"float"),
        *(b"gDay", b"gMonth", b"gMonthDay", b"gYear", b"gYearMonth", b"integer", b"string", b"time"),
    }
)
_NAME = re.compile(rb"\w*")


def load(store: ox.Store, files: Sequence[Source], digests: dict[str, str]) -> bool:
    """Loads the files, the vocabulary first, into an empty store; False if one of them has to be looked into.

    `digests` is told the digest of each file by its graph.
    """
    try:
        vocabulary = Vocabulary.of(files[0].read().quads)
        for file in files:
            data = file.data()
            digests[file.graph] = digest_of(data)
            data = data.removeprefix(BOM_UTF8)
            if not _says_what_it_means(data):
                return False
            graph = ox.NamedNode(file.graph)
            store.load(data, ox.RdfFormat.TURTLE, base_iri=file.base, to_graph=graph)
            if next(store.quads_for_pattern(None, None, None, graph), None) is None:
                return False
        return _is_sound(store, files, vocabulary)
    except (SoseiError, SyntaxError, ValueError, OSError):
        return False


def _says_what_it_means(data: bytes) -> bool:
    """Whether the text names its datatypes openly, and none that is gone once it has been loaded."""
    if (
        b"\\u" in data
        or b"\\U" in data
        or b"T24:" in data
        or data.count(b"XMLSchema") != data.count(_DECLARED)
    ):
        return False
    names = (_NAME.match(part) for part in data.split(b"xsd:")[1:])
    return {name[0] for name in names if name} <= KEPT | {b""}


def _is_sound(store: ox.Store, files: Sequence[Source], vocabulary: Vocabulary) -> bool:
    kinds = list(_rows(store, _KINDS))
    for name, subject, thing in kinds:
        terms = [each.value for each in (name, subject, thing) if each.value.startswith(NS)]
        if not all(map(vocabulary.declares, terms)):
            return False
        if isinstance(thing, ox.NamedNode):
            if not vocabulary.admits(name.value, thing.value) or not _are_well_formed(store, name, thing):
                return False
        elif name.value in vocabulary.datatypes:
            return False
    if any(_rows(store, _DESCRIBED_TWICE.format(ontology=ox.NamedNode(files[0].graph)))):
        return False
    _name_blank_nodes(store, files, {name for name, *ends in kinds if _OTHER in {end.value for end in ends}})
    return True


def _are_well_formed(store: ox.Store, name: ox.NamedNode, kind: ox.NamedNode) -> bool:
    valid = LEXICAL.get(kind.value)
    return valid is None or all(
        valid(value.value) for (value,) in _rows(store, _VALUES.format(name=name, kind=kind))
    )


def _name_blank_nodes(store: ox.Store, files: Sequence[Source], properties: Iterable[ox.NamedNode]) -> None:
    """Gives the blank nodes of each file the names that they have at every reading."""
    unnamed = {graph for name in properties for (graph,) in _rows(store, _UNNAMED.format(name=name))}
    for file in files:
        graph = ox.NamedNode(file.graph)
        if graph in unnamed:
            store.remove_graph(graph)
            store.extend(ox.Quad(s, p, o, graph) for s, p, o, _ in file.read().quads)


def _rows(store: ox.Store, query: str) -> Iterator[Any]:
    found = store.query(query)
    return iter(found if isinstance(found, ox.QuerySolutions) else ())
