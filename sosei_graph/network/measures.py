"""What can be counted of a network: who has how many ties, who stands between others, which groups there are.

Every network is first read as plain: without directions, two nodes tied at most once, the weights of their edges
added. The answers then depend on nothing but the graph: nodes are taken in the order of their IRIs, which also
decides between equals.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosei_graph.turtle import Natural, natural

if TYPE_CHECKING:
    import networkx as nx

#: Decimals of a betweenness: more would tell apart what only rounding does.
_DECIMALS = 9


@dataclass(frozen=True)
class Node:
    """What is counted of one node.

    `degree` is the number of others it is tied to, `weighted_degree` the sum of the weights of these ties.
    `betweenness` is the share of the shortest paths between two others that lead over it, from 0 to 1 (Freeman 1977,
    every tie one step long), `community` the number of its group; each None where it was not asked for.
    """

    iri: str
    degree: int
    weighted_degree: int
    betweenness: float | None
    community: int | None


@dataclass(frozen=True)
class Community:
    """A group of nodes with more ties among them than to the rest. Numbers start at 1, with the largest."""

    number: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Measures:
    """The measures of a network: its nodes by IRI, its communities by size."""

    nodes: tuple[Node, ...]
    communities: tuple[Community, ...]

    def by_degree(self) -> tuple[Node, ...]:
        """The nodes with the most ties first."""
        return tuple(sorted(self.nodes, key=lambda node: (-node.degree, natural(node.iri))))

    def by_weighted_degree(self) -> tuple[Node, ...]:
        """The nodes with the weightiest ties first."""
        return tuple(sorted(self.nodes, key=lambda node: (-node.weighted_degree, natural(node.iri))))

    def by_betweenness(self) -> tuple[Node, ...]:
        """The nodes that most stand between others first."""
        return tuple(sorted(self.nodes, key=lambda node: (-(node.betweenness or 0), natural(node.iri))))


def measure(graph: "nx.Graph[str]", *, betweenness: bool = True, communities: bool = True) -> Measures:
    """Degrees, betweenness and communities of any of the networks; what is slow can be left out.

    Betweenness (Brandes 2001) takes time by nodes × edges: five seconds for a thousand nodes and four thousand
    edges. Communities are those of greedy modularity maximisation by weight (Clauset, Newman and Moore 2004): two
    seconds for the same network, minutes for ten times as much, because the themes and SDGs have so many ties.
    """
    import networkx as nx

    plain, iris = _plain(graph)
    between = nx.betweenness_centrality(plain) if betweenness else {}
    groups = _communities(plain, iris) if communities else ()
    numbers = {iri: group.number for group in groups for iri in group.members}
    nodes = tuple(
        Node(
            iri,
            plain.degree(place),
            plain.degree(place, weight="weight"),
            round(between[place], _DECIMALS) if betweenness else None,
            numbers.get(iri),
        )
        for place, iri in enumerate(iris)
    )
    return Measures(nodes, groups)


def _plain(graph: "nx.Graph[str]") -> tuple["nx.Graph[int]", list[str]]:
    """The network without directions and parallel edges, its nodes numbered in the order of their IRIs.

    Numbers, because the order of a set of strings differs from one run of Python to the next.
    """
    import networkx as nx

    iris = sorted(graph, key=natural)
    places = {iri: place for place, iri in enumerate(iris)}
    weights: dict[tuple[int, int], int] = {}
    for one, other, weight in graph.edges(data="weight", default=1):
        if one != other:
            lesser, greater = sorted((places[one], places[other]))
            weights[lesser, greater] = weights.get((lesser, greater), 0) + weight
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(iris)))
    plain.add_weighted_edges_from((*pair, weights[pair]) for pair in sorted(weights))
    return plain, iris


def _communities(plain: "nx.Graph[int]", iris: list[str]) -> tuple[Community, ...]:
    import networkx as nx

    def order(group: tuple[str, ...]) -> tuple[int, Natural]:
        return -len(group), natural(group[0])

    if not plain:  # networkx would divide by the number of nodes
        return ()
    found = nx.community.greedy_modularity_communities(plain, weight="weight")
    groups = [tuple(iris[place] for place in sorted(group)) for group in found]
    return tuple(Community(number, group) for number, group in enumerate(sorted(groups, key=order), start=1))
