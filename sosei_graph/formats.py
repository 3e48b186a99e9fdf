"""Files by their ending: which RDF syntax or table a name asks for."""

from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

#: RDF syntaxes `export` writes, by file ending, with their media type (as registered with IANA).
RDF = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
}

#: Tables, one row a thing.
TABLES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: Networks of nodes and edges. No media type of GraphML is registered; this is the one that is used.
NETWORKS = {".graphml": "application/graphml+xml"}

#: Syntaxes that keep the named graphs.
WITH_GRAPHS = frozenset({".trig", ".nq"})


def ending(path: Path, known: dict[str, str]) -> str:
    """The file's ending, if it is one of those known; an error that lists them otherwise."""
    suffix = path.suffix.lower()
    if suffix not in known:
        raise SoseiError(
            Text("この拡張子では書き出せません", "no format goes by this file ending"),
            where=str(path),
            hint=Text(f"使えるもの: {' '.join(known)}", f"one of: {' '.join(known)}"),
        )
    return suffix
