"""How two things are connected: the shortest ways between them, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from sosei_graph.languages import Lang, Text
from sosei_graph.network.cooperation import item_network
from sosei_graph.network.links import HUBS, RANKS, link_label
from sosei_graph.network.plans import linked_graph
from sosei_graph.store.memory import Store
from sosei_graph.turtle import Natural, natural
from sosei_graph.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx as nx

#: How many ways are told before the rest is only counted.
LIMIT = 5
#: And at most, if all are asked for: there can be millions.
MOST = 1000

#: What passing over a hub counts, in ranks: as much as several links of the least telling kind.
_HUB = 5

#: A way begun: the ranks that it will have added up to, the keys of its IRIs, and these.
_Candidate = tuple[int, tuple[Natural, ...], tuple[str, ...]]

_FORWARD = Text("「{one}」―{link}→「{other}」", "“{one}” —{link}→ “{other}”")
_BACKWARD = Text("「{one}」←{link}―「{other}」", "“{one}” ←{link}— “{other}”")
_RESTING_ON = Text("{link}（{basis}）", "{link} ({basis})")
_AND = Text("・", ", ")


@dataclass(frozen=True)
class Thing:
    """One of the things on a way. `linked`: whether any link leads to or from it at all."""

    iri: str
    label: str
    linked: bool = True


@dataclass(frozen=True)
class Link:
    """What ties two neighbours: the kind of link, its label, whether it leads on (else back), what it rests on."""

    kind: str
    label: str
    forward: bool
    basis: str


@dataclass(frozen=True)
class Step:
    """From one thing to the next. `sentences` tell its links in words, an arrow for each direction."""

    source: Thing
    target: Thing
    links: tuple[Link, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Connection:
    """The shortest ways from one thing to another, best first; `more` of them are not listed.

    No ways: the two are not connected. One way without steps: they are the same thing.
    """

    start: Thing
    end: Thing
    ways: tuple[tuple[Step, ...], ...]
    more: int = 0

    @property
    def length(self) -> int | None:
        """The number of steps of each way, None where there is none."""
        return len(self.ways[0]) if self.ways else None


def connect(store: Store, start: str, end: str, lang: Lang, limit: int = LIMIT) -> Connection:
    """How the things with these IRIs are connected, in the language; at most `limit` ways are listed.

    Links are followed in both directions and told in their own. Among ways of one length, those over what many
    things share (a city, a theme, an SDG) come last; roles stand before other links, and what is stated before what
    is judged; then IRIs decide. Time grows with the number of links in the graph.
    """
    if start == end:
        same = Thing(start, store.label(start, lang))
        return Connection(same, same, ((),))
    graph = connection_graph(store)
    one, other = (Thing(iri, store.label(iri, lang), iri in graph) for iri in (start, end))
    if not (one.linked and other.linked):
        return Connection(one, other, ())
    count, ways = _shortest(_ranked(graph), start, end)
    teller = _Teller(store, graph, lang)
    told = tuple(teller.way(way) for way in islice(ways, limit))
    return Connection(one, other, told, count - len(told))


def connection_graph(store: Store) -> "nx.MultiDiGraph[str]":
    """Everything that links are followed to: the linked graph, and the parties of items with their roles."""
    graph = linked_graph(store)
    roles = item_network(store)
    graph.add_nodes_from(roles.nodes(data=True))
    for source, target, attributes in roles.edges(data=True):
        graph.add_edge(source, target, key=attributes["kind"], **attributes)
    return graph


def _ranked(graph: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """The graph without directions and parallel edges, each edge with the best rank of its links.

    A node's `rank` is what passing over it counts.
    """
    import networkx as nx

    ranked: nx.Graph[str] = nx.Graph()
    for iri in graph:
        ranked.add_node(iri, rank=_HUB if graph.nodes[iri]["kind"] in HUBS else 0)
    for source, target, link in graph.edges(data=True):
        rank = RANKS[link["kind"]] + (link["basis"] != "stated")
        best = ranked.get_edge_data(source, target, {}).get("rank", rank)
        ranked.add_edge(source, target, rank=min(best, rank))
    return ranked


def _shortest(graph: "nx.Graph[str]", start: str, end: str) -> tuple[int, Iterator[tuple[str, ...]]]:
    """The number of shortest ways, and the ways: by the sum of their ranks, then by the IRIs along them."""
    import networkx as nx

    left = nx.single_source_shortest_path_length(graph, end)
    if start not in left:
        return 0, iter(())
    layers = [{start}]
    while end not in layers[-1]:
        layers.append({onward for node in layers[-1] for onward in _onward(graph, node, left)})
    rest, count = {end: 0}, {end: 1}
    for layer in reversed(layers[:-1]):
        for node in layer:
            following = _onward(graph, node, left)
            rest[node] = min(_rank(graph, node, each) + rest[each] for each in following)
            count[node] = sum(count[each] for each in following)
    return count[start], _best_first(graph, start, left, rest)


def _onward(graph: "nx.Graph[str]", node: str, left: dict[str, int]) -> list[str]:
    """The neighbours that are one step nearer to the end."""
    return [each for each in graph[node] if left[each] == left[node] - 1]


def _rank(graph: "nx.Graph[str]", node: str, onward: str) -> int:
    """What the step counts: its links, and where it comes from. The ends count for all ways alike."""
    return int(graph[node][onward]["rank"] + graph.nodes[node]["rank"])


def _best_first(
    graph: "nx.Graph[str]", start: str, left: dict[str, int], rest: dict[str, int]
) -> Iterator[tuple[str, ...]]:
    """The shortest ways in order. `rest` is exact, so no way is followed that does not come next."""
    heap: list[_Candidate] = [(rest[start], (natural(start),), (start,))]
    while heap:
        total, names, way = heappop(heap)
        node = way[-1]
        if not left[node]:
            yield way
            continue
        for each in _onward(graph, node, left):
            through = total - rest[node] + _rank(graph, node, each) + rest[each]
            heappush(heap, (through, (*names, natural(each)), (*way, each)))


class _Teller:
    """Puts ways into words."""

    def __init__(self, store: Store, graph: "nx.MultiDiGraph[str]", lang: Lang) -> None:
        self.store = store
        self.graph = graph
        self.lang = lang

    def way(self, iris: tuple[str, ...]) -> tuple[Step, ...]:
        """The steps from each thing to the next."""
        things = [Thing(iri, self.store.label(iri, self.lang)) for iri in iris]
        return tuple(self._step(one, other) for one, other in pairwise(things))

    def _step(self, one: Thing, other: Thing) -> Step:
        links = [
            self._link(attributes, forward=forward)
            for forward, (source, target) in ((True, (one, other)), (False, (other, one)))
            for attributes in (self.graph.get_edge_data(source.iri, target.iri) or {}).values()
        ]
        links.sort(key=lambda link: (RANKS[link.kind], link.kind))
        directions = dict.fromkeys(link.forward for link in links)
        sentences = (
            self._sentence(one, other, [link for link in links if link.forward is forward])
            for forward in directions
        )
        return Step(one, other, tuple(links), tuple(sentences))

    def _link(self, attributes: dict[str, str], *, forward: bool) -> Link:
        kind, basis = attributes["kind"], attributes["basis"]
        return Link(kind, link_label(self.store, kind, self.lang), forward, basis)

    def _sentence(self, one: Thing, other: Thing, links: list[Link]) -> str:
        """One arrow for all links of one direction."""
        told = _AND.in_(self.lang).join(map(self._label, links))
        form = _FORWARD if links[0].forward else _BACKWARD
        return form.in_(self.lang).format(one=one.label, link=told, other=other.label)

    def _label(self, link: Link) -> str:
        """The label; of what no document states, what it rests on instead."""
        if link.basis == "stated":
            return link.label
        basis = self.store.label(PREFIXES["basis"] + link.basis, self.lang)
        basis = basis.lower() if self.lang == "en" else basis
        return _RESTING_ON.in_(self.lang).format(link=link.label, basis=basis)
