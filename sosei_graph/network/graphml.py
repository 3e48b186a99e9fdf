"""The networks as one GraphML file, for Gephi, Cytoscape, yEd or networkx.

Syntax: GraphML, http://graphml.graphdrawing.org/specification.html. Node ids are name tokens (NMTOKEN), which IRIs
are not: the IRI is an attribute.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from sosei_graph.languages import LANGS, Lang, Text
from sosei_graph.names import compact
from sosei_graph.network.cooperation import cooperation_network, item_network
from sosei_graph.network.links import COOPERATION, in_order, link_label
from sosei_graph.network.plans import plan_graph
from sosei_graph.store.memory import Store
from sosei_graph.turtle import natural

if TYPE_CHECKING:
    import networkx as nx

_NO_TOKEN = re.compile(r"[^\w.:-]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def combined(store: Store) -> "nx.MultiDiGraph[str]":
    """The plan graph, the roles in items and the cooperation network as one graph, as it is exported.

    Edges have `kind`, `weight`, `basis` and labels. Those of kind “cooperation” have no direction: they lead from
    the lesser IRI to the greater, and GraphML tools that know only one kind of edge show them as directed.
    """
    graph = plan_graph(store)
    roles, cooperation = item_network(store), cooperation_network(store)
    for network in (roles, cooperation):
        graph.add_nodes_from((iri, attributes) for iri, attributes in network.nodes(data=True))
    for attributes in graph.nodes.values():
        attributes.pop("bipartite", None)
    for source, target, attributes in roles.edges(data=True):
        graph.add_edge(source, target, key=attributes["kind"], **attributes)
    for one, other, attributes in cooperation.edges(data=True):
        shared = attributes.pop("items")
        graph.add_edge(one, other, key=COOPERATION, **attributes, basis="derived", items=len(shared))
    return graph


def graphml(store: Store) -> tuple[bytes, int]:
    """The combined graph as GraphML, the same bytes each time, and the number of its edges.

    Nodes have iri, label_ja, label_en and kind; edges kind, label_ja, label_en, weight, basis and items (how many
    cooperation items they stand for, 0 for other kinds).
    """
    import networkx as nx

    graph = combined(store)
    iris = sorted(graph, key=natural)
    ids = _ids(iris, store.workspace.base)
    written: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in iris:
        labels = {f"label_{lang}": _text(graph.nodes[iri][f"label_{lang}"]) for lang in LANGS}
        written.add_node(ids[iri], iri=iri, **labels, kind=graph.nodes[iri]["kind"])
    edges = in_order(graph.edges(keys=True), iris)
    for number, (source, target, kind) in enumerate(edges, start=1):
        attributes = graph.edges[source, target, kind]
        items = attributes.get("items", 0)
        labels = {f"label_{lang}": _edge_label(store, kind, items, lang) for lang in LANGS}
        told = {"kind": kind, **labels, "weight": attributes["weight"], "basis": attributes["basis"]}
        written.add_edge(ids[source], ids[target], key=f"e{number}", **told, items=items)
    buffer = BytesIO()
    # The writer of the standard library: the other one is used only where lxml is installed, and differs.
    nx.write_graphml_xml(written, buffer)
    return buffer.getvalue() + b"\n", len(edges)


def _edge_label(store: Store, kind: str, items: int, lang: Lang) -> str:
    if kind == COOPERATION:
        return Text(f"連携（{items}項目）", f"cooperation ({items} item{'s'[: items - 1]})").in_(lang)
    return _text(link_label(store, kind, lang))


def _text(label: str) -> str:
    """The label on one line, without what XML cannot hold."""
    return _NO_XML.sub("", " ".join(label.split()))


def _ids(iris: Iterable[str], base: str) -> dict[str, str]:
    """A readable name token for each IRI: its short form with `:` for what may not stand there."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        token = short = _NO_TOKEN.sub(":", compact(iri, base))
        number = 1
        while token in taken:
            number += 1
            token = f"{short}.{number}"
        taken.add(token)
        ids[iri] = token
    return ids
