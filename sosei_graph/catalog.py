"""The dataset's description of itself: what `data/catalog.ttl` says, and what is counted (DCAT 3, VoID)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from sosei_graph.vocab import NS, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_DATASET = ox.NamedNode(PREFIXES["dcat"] + "Dataset")
_SOURCE = ox.NamedNode(PREFIXES["dcterms"] + "source")
_STATES = ox.NamedNode(NS + "states")


@dataclass(frozen=True)
class Counts:
    """How much there is in some graphs: statements, subjects, those of them with a class, instances by class.

    `properties` are all that are used, `sources` the documents that the graphs were read from.
    """

    triples: int
    subjects: int
    entities: int
    properties: frozenset[str]
    types: Mapping[str, int]
    sources: tuple[str, ...]


Find = Callable[[Any, Any, Any], set[ox.Triple]]
"""The triples of a pattern in the graphs that are counted."""


def description(counts: Counts, find: Find, media_type: str = "") -> set[ox.Triple]:
    """The counts and sources of the dataset that is described in some graphs, as far as these do not state them.

    The dataset is the one `dcat:Dataset` there, the first of several; without one there is nothing to say.
    `void:triples` counts everything, this description included. `media_type` is that of the file about to be written.
    """
    datasets = (triple.subject for triple in find(None, _TYPE, _DATASET))
    named = [subject.value for subject in datasets if isinstance(subject, ox.NamedNode)]
    if not named:
        return set()
    dataset = ox.NamedNode(min(named))
    said = {*_sources(dataset, counts), *_partitions(dataset, counts)}
    if media_type:
        said |= set(_distribution(dataset, media_type))
    counted = ("entities", "distinctSubjects", "properties", "triples")
    subjects = counts.subjects + sum(not find(each, None, None) for each in {each.subject for each in said})
    properties = (
        counts.properties | {each.predicate.value for each in said} | {_void(n).value for n in counted}
    )
    numbers = dict(zip(counted, (counts.entities, subjects, len(properties)), strict=False))
    said |= {_count(dataset, name, number) for name, number in numbers.items()}
    new = {each for each in said if not find(each.subject, each.predicate, each.object)}
    return new | {_count(dataset, "triples", counts.triples + len(new) + 1)}


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["void"] + name)


def _sources(dataset: ox.NamedNode, counts: Counts) -> list[ox.Triple]:
    """The documents that the graph was read from."""
    return [ox.Triple(dataset, _SOURCE, ox.NamedNode(source)) for source in counts.sources]


def _partitions(dataset: ox.NamedNode, counts: Counts) -> list[ox.Triple]:
    """How many things of each of our classes there are."""
    described = []
    for name, count in counts.types.items():
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
