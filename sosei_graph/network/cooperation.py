"""Who works with whom: parties tied by the cooperation items in which both have a part.

Two parties are tied by an item where

- both have the role of lead or partner in it: they signed the agreement on it; or
- the role of one of them names the other (`sosei:cooperatesWith`). A third city is tied to those who name it and,
  as the text says no more, not to the rest. A party without a name (関係機関) is tied in the same way.

An item weighs by the two roles in it; a tie weighs as much as its items together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sosei_graph.network.links import COOPERATION, NAMED, ROLES, Edge, add_nodes, in_order
from sosei_graph.store.memory import Store
from sosei_graph.turtle import natural
from sosei_graph.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx as nx

#: What an item adds to the tie of two parties, by how much the agreement settles between them. The order is what
#: counts; the numbers are a convention, and the list of items is kept beside the sum.
LEAD_AND_PARTNER = 3
"""One leads and the other works with it: the agreement gives both their place towards one another."""
SAME_ROLE = 2
"""Both lead, or both are partners: both are bound, and neither's place towards the other is told."""
COOPERATING = 1
"""One of them is no party to the agreement, or has no name: it is named and bound to nothing."""

_SIGNED = frozenset({"lead", "partner"})
_QUERY = """
SELECT DISTINCT ?item ?party ?role ?named
WHERE {
  # PARAMETERS
  ?assignment sosei:onItem ?item ;
    sosei:assignee ?party ;
    sosei:role ?role .
  ?item sosei:partOf ?agreement .
  ?agreement a sosei:Agreement .
  OPTIONAL { ?assignment sosei:cooperatesWith ?named }
}
"""


@dataclass
class _Item:
    """The parts in one item: party → its weightiest role, and who names whom."""

    roles: dict[str, str] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The parties tied by the item, each pair once, the lesser IRI first."""
        signed = [party for party, role in self.roles.items() if role in _SIGNED]
        tied = {frozenset(pair) for pair in (*combinations(signed, 2), *self.names)}
        for pair in tied:
            if len(pair) == 2:
                one, other = sorted(pair, key=natural)
                yield one, other

    def without_role(self) -> set[str]:
        """Those who are named and have no role in the item themselves."""
        return {named for _, named in self.names} - self.roles.keys()


def weight(one: str | None, other: str | None) -> int:
    """What an item with these two roles adds to a tie; None is a party that is only named."""
    if one not in _SIGNED or other not in _SIGNED:
        return COOPERATING
    return SAME_ROLE if one == other else LEAD_AND_PARTNER


def cooperation_network(store: Store, agreement: str | None = None) -> "nx.Graph[str]":
    """Parties as nodes, an undirected edge for each two that an item ties; made from one SPARQL query.

    Edges have `kind` (“cooperation”), `weight` (a whole number) and `items` (the IRIs, sorted). `agreement` is the
    IRI of the agreement to which the network is narrowed. A party that is tied to nobody is a node too.
    """
    import networkx as nx

    items = _items(store, agreement)
    ties: dict[Edge, dict[str, int]] = {}
    for iri, item in items.items():
        for one, other in item.pairs():
            tie = ties.setdefault((one, other, COOPERATION), {})
            tie[iri] = weight(item.roles.get(one), item.roles.get(other))
    graph: nx.Graph[str] = nx.Graph()
    add_nodes(
        graph, store, (party for item in items.values() for party in (*item.roles, *item.without_role()))
    )
    for one, other, kind in in_order(ties, graph):
        weights = ties[one, other, kind]
        shared = tuple(sorted(weights, key=natural))
        graph.add_edge(one, other, kind=kind, weight=sum(weights.values()), items=shared)
    return graph


def item_network(store: Store, agreement: str | None = None) -> "nx.DiGraph[str]":
    """Parties and items, an edge for each part in an item; made from one SPARQL query.

    An edge of kind lead, partner or cooperating leads from the party to the item; one of kind cooperatesWith from
    the item to a party that it only names. The graph is bipartite: nodes have `bipartite` 0 (party) or 1 (item).
    """
    import networkx as nx

    items = _items(store, agreement)
    edges = [(party, iri, role) for iri, item in items.items() for party, role in item.roles.items()]
    edges += [(iri, party, NAMED) for iri, item in items.items() for party in item.without_role()]
    graph: nx.DiGraph[str] = nx.DiGraph()
    add_nodes(graph, store, (end for source, target, _ in edges for end in (source, target)))
    for iri, attributes in graph.nodes.items():
        attributes["bipartite"] = int(iri in items)
    for source, target, kind in in_order(edges, graph):
        graph.add_edge(source, target, kind=kind, weight=1, basis="stated")
    return graph


def _items(store: Store, agreement: str | None) -> dict[str, _Item]:
    """The items by IRI, from the role assignments."""
    bindings = {"agreement": ox.NamedNode(agreement)} if agreement else {}
    items: dict[str, _Item] = {}
    for item, party, role, named in store.select(_QUERY, **bindings):
        if not isinstance(item, ox.NamedNode) or not isinstance(party, ox.NamedNode):
            continue
        known = items.setdefault(item.value, _Item())
        # A role that is none of the vocabulary's own binds nobody that we know of.
        name = role.value.removeprefix(PREFIXES["role"]) if isinstance(role, ox.NamedNode) else ""
        found = {name if name in ROLES else ROLES[-1], known.roles.get(party.value, ROLES[-1])}
        known.roles[party.value] = min(found, key=ROLES.index)
        if isinstance(named, ox.NamedNode):
            known.names.add((party.value, named.value))
    return items
