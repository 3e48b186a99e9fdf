"""What the tests of extractors share: findings in short, and the reviewed graphs that they are held against."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from rdflib import RDF, Graph, Namespace, URIRef

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.mending import radical_folded
from sosei_graph.ingest.records import Element, Findings, Indicator, Passage, Plan
from sosei_graph.text import fold
from sosei_graph.workspace import packaged_root

SOSEI = Namespace("https://w3id.org/sosei/ns#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
BASE = "https://w3id.org/sosei/id/"

Figures = tuple[tuple[str, ...], ...]


@cache
def reviewed(document: str) -> Graph:
    """The reviewed graph of a document."""
    return Graph().parse(packaged_root() / "data" / f"{document}.ttl")


def of_class(graph: Graph, name: str, plan: str) -> list[URIRef]:
    """The nodes of a class that belong to a plan, told by their IRIs."""
    return sorted(
        node
        for node in graph.subjects(RDF.type, SOSEI[name])
        if isinstance(node, URIRef) and str(node).startswith(f"{BASE}plan/{plan}/")
    )


def printed(graph: Graph, node: Any, term: str) -> str:
    """A literal of a node, `""` where it has none."""
    value = graph.value(node, SOSEI[term])
    return "" if value is None else str(value)


def named(graph: Graph, nodes: Iterable[URIRef]) -> list[tuple[str, str]]:
    """Notation and stated name of nodes as they are compared."""
    found = []
    for node in nodes:
        notation = graph.value(node, SKOS.notation)
        found.append((plain(str(notation or "")), plain(printed(graph, node, "statedName"))))
    return found


def titled(found: Iterable[Element]) -> list[tuple[str, str]]:
    """Notation and name of elements as they are compared."""
    return [(plain(each.notation.text if each.notation else ""), plain(each.name.text)) for each in found]


def elements(findings: Findings | Plan, *kinds: str) -> list[Element]:
    """All elements of kinds, from above."""
    plans = findings.plans if isinstance(findings, Findings) else (findings,)
    return [
        each
        for plan in plans
        for top in plan.elements
        for each in top.walk()
        if not kinds or each.kind in kinds
    ]


def indicators(findings: Findings | Plan) -> Iterator[Indicator]:
    """All indicators, those of elements first."""
    plans = findings.plans if isinstance(findings, Findings) else (findings,)
    for plan in plans:
        for element in elements(plan):
            yield from element.indicators
        yield from plan.indicators


def passages(findings: Findings) -> Iterator[Passage]:
    """The passages of all elements, indicators and values."""
    for element in elements(findings):
        yield element.name
        if element.notation:
            yield element.notation
    for indicator in indicators(findings):
        yield indicator.name
        for value in indicator.values:
            yield value.printed
            if value.when:
                yield value.when.printed


def plain(text: str) -> str:
    """A text as it is compared: radicals as the kanji that they stand for, no emphasis, no white space."""
    return fold("".join(map(radical_folded, text))).replace("*", "")


def said(passage: Passage, reading: Reading) -> str:
    """What stands in the canonical text where a passage points, as it is compared."""
    return plain("".join(reading.at(span) for span in passage.spans))


def figures(indicator: Indicator) -> dict[str, tuple[str, str | None, str | None]]:
    """The values by kind: as printed, the number, the absence or words, the period's IRI."""
    return {
        value.kind: (
            value.printed.text,
            str(value.figure.number) if value.figure else value.absence or value.words,
            value.when.period.iri() if value.when and value.when.period else None,
        )
        for value in indicator.values
    }
