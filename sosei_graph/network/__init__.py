"""The graph as networks: who cooperates with whom, what hangs on what, and how two things are connected.

    >>> from sosei_graph import network, open
    >>> store = open()
    >>> network.measure(network.cooperation_network(store)).by_weighted_degree()
    >>> network.connect(store, takaoka, himi, "ja").ways[0][0].sentences

Networks are networkx graphs whose nodes are IRIs. networkx is imported when one is made: it takes 100 ms.
"""

from sosei_graph.network.connections import LIMIT, MOST, Connection, Link, Step, Thing, connect
from sosei_graph.network.cooperation import cooperation_network, item_network
from sosei_graph.network.graphml import combined, graphml
from sosei_graph.network.measures import Community, Measures, Node, measure
from sosei_graph.network.plans import plan_graph

__all__ = [
    "LIMIT",
    "MOST",
    "Community",
    "Connection",
    "Link",
    "Measures",
    "Node",
    "Step",
    "Thing",
    "combined",
    "connect",
    "cooperation_network",
    "graphml",
    "item_network",
    "measure",
    "plan_graph",
]
