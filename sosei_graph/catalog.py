"""The dataset's description of itself: what `data/catalog.ttl` says, and what is counted (DCAT 3, VoID)."""

from collections import Counter
from collections.abc import Sequence

import pyoxigraph as ox

from sosei_graph.vocab import NS, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_DATASET = ox.NamedNode(PREFIXES["dcat"] + "Dataset")
_SOURCE = ox.NamedNode(PREFIXES["dcterms"] + "source")


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["void"] + name)


def with_description(triples: Sequence[ox.Triple], media_type: str = "") -> list[ox.Triple]:
    """The triples, with the counts and sources of the dataset that they describe added.

    The dataset is the one `dcat:Dataset` among them; without one nothing is added. `void:triples` counts the
    whole result, this description included. `media_type` is that of the file about to be written.
    """
    dataset = next((t.subject for t in triples if t.predicate == _TYPE and t.object == _DATASET), None)
    if not isinstance(dataset, ox.NamedNode):
        return list(triples)
    described = [*triples, *_sources(dataset, triples), *_partitions(dataset, triples)]
    if media_type:
        described += _distribution(dataset, media_type)
    subjects = {triple.subject for triple in described}
    counts = {
        "entities": len({triple.subject for triple in triples if triple.predicate == _TYPE}),
        "distinctSubjects": len(subjects),
        "properties": len({triple.predicate for triple in described} | {_void("properties")}),
    }
    described += [_count(dataset, name, number) for name, number in counts.items()]
    unique = set(described)
    return [*unique, _count(dataset, "triples", len(unique) + 1)]


def _sources(dataset: ox.NamedNode, triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    """The documents that the graph was read from."""
    states = ox.NamedNode(NS + "states")
    return [ox.Triple(dataset, _SOURCE, triple.subject) for triple in triples if triple.predicate == states]


def _partitions(dataset: ox.NamedNode, triples: Sequence[ox.Triple]) -> list[ox.Triple]:
    """How many things of each of our classes there are."""
    classes = Counter(
        triple.object.value
        for triple in triples
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode)
    )
    described = []
    for name, count in classes.items():
        if not name.startswith(NS):
            continue
        part = ox.NamedNode(f"{dataset.value}/class/{name[len(NS) :]}")
        described += [
            ox.Triple(dataset, _void("classPartition"), part),
            ox.Triple(part, _void("class"), ox.NamedNode(name)),
            _count(part, "entities", count),
        ]
    return described


def _distribution(dataset: ox.NamedNode, media_type: str) -> list[ox.Triple]:
    distribution = ox.NamedNode(f"{dataset.value}/distribution/{media_type.rsplit('/', maxsplit=1)[-1]}")
    media = ox.NamedNode(f"https://www.iana.org/assignments/media-types/{media_type}")
    dcat = PREFIXES["dcat"]
    return [
        ox.Triple(dataset, ox.NamedNode(dcat + "distribution"), distribution),
        ox.Triple(distribution, _TYPE, ox.NamedNode(dcat + "Distribution")),
        ox.Triple(distribution, ox.NamedNode(dcat + "mediaType"), media),
    ]


def _count(subject: ox.NamedNode, name: str, number: int) -> ox.Triple:
    return ox.Triple(subject, _void(name), ox.Literal(str(number), datatype=_INTEGER))
