"""How two things are connected, in words, and the networks as a GraphML file."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.blocks import plain
from sosei_graph.console import connection_view
from sosei_graph.exporting import export
from sosei_graph.network import Connection, combined, connect, graphml
from sosei_graph.network.connections import _shortest
from sosei_graph.store.memory import Store
from sosei_graph.turtle import natural
from sosei_graph.workspace import Workspace
from tests.command_line import ROOT, build_reiji, complaint, ok, sosei
from tests.test_network import (
    AGREEMENT,
    ENPO,
    HIMI,
    ID,
    PACT,
    PLAN,
    REIJI,
    RINSETSU,
    STRATEGY,
    TAKAOKA,
    small,
)

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """例示市's workspace with a build, not to be changed."""
    return build_reiji(tmp_path_factory.mktemp("built") / "reiji")


def told(connection: Connection) -> list[list[str]]:
    """The sentences of each way."""
    return [[sentence for step in way for sentence in step.sentences] for way in connection.ways]


# Ways


def test_roles_in_an_item_connect_two_cities(reiji_store: Store) -> None:
    """Each arrow leads from the city to the item, whichever end the way is told from."""
    assert told(connect(reiji_store, REIJI, ENPO, "ja"))[0] == [
        "「例示市」―主導→「観光の案内」",
        "「観光の案内」←協力―「遠方市」",
    ]
    assert told(connect(reiji_store, ENPO, REIJI, "en"))[0] == [
        "“Enpo City” —cooperating→ “Visitor guides”",
        "“Visitor guides” ←lead— “Reiji City”",
    ]


def test_a_way_from_an_indicator_to_another_city(reiji_store: Store) -> None:
    """From the KPI up to its plan, to the city, over the item: the vocabulary's labels all along."""
    connection = connect(reiji_store, f"{STRATEGY}/kpi/1-1", ENPO, "ja")
    assert connection.length == 5
    assert told(connection)[0] == [
        "「創業の件数（累計）」―測る対象→「働く場をふやす」",
        "「働く場をふやす」―直接属する先→「第１期例示市総合戦略」",
        "「第１期例示市総合戦略」―策定主体→「例示市」",
        "「例示市」―主導→「観光の案内」",
        "「観光の案内」←協力―「遠方市」",
    ]


def test_roles_come_before_what_else_ties_two_cities(reiji_store: Store) -> None:
    """First the item, then that both signed the agreement, then the area and the prefecture that others share."""
    connection = connect(reiji_store, REIJI, RINSETSU, "ja")
    assert told(connection)[:2] == [
        ["「例示市」―主導→「観光の案内」", "「観光の案内」←連携―「隣接市」"],
        [
            "「例示市」←締結団体―「例示市と隣接市の連携協約」",
            "「例示市と隣接市の連携協約」―締結団体→「隣接市」",
        ],
    ]
    shared = [[link.kind for step in way for link in step.links] for way in connection.ways[2:]]
    assert shared == [["memberOfArea"] * 2, ["inPrefecture"] * 2]
    one = connect(reiji_store, REIJI, RINSETSU, "ja", limit=1)
    assert one.ways == connection.ways[:1]
    assert one.more == len(connection.ways) - 1


def test_takaoka_and_himi_meet_in_every_item(real_store: Store) -> None:
    """15 items, led by Takaoka or by nobody or by both, before the agreements that tie them as well."""
    connection = connect(real_store, TAKAOKA, HIMI, "ja", limit=100)
    assert connection.length == 2
    items = [way[0].target.iri for way in connection.ways]
    assert [iri for iri in items if iri.startswith(f"{AGREEMENT}/item/")] == items[:15]
    assert told(connection)[0] == [
        "「高岡市」―主導→「圏域の推進体制と都市圏ビジョン」",
        "「圏域の推進体制と都市圏ビジョン」←連携―「氷見市」",
    ]
    assert ["「高岡市」―連携→「観光資源の連携と誘客」", "「観光資源の連携と誘客」←連携―「氷見市」"] in told(
        connection
    )


def test_a_judgement_is_told_as_one(real_store: Store) -> None:
    """That a KPI stands behind an item is what an editor says, and no document."""
    kpi = f"{PLAN}/kpi/3-2"
    assert told(connect(real_store, kpi, HIMI, "ja"))[0] == [
        "「観光客入込数(暦年)」―支える連携項目（編集者の判断）→「観光資源の連携と誘客」",
        "「観光資源の連携と誘客」←連携―「氷見市」",
    ]
    first, _ = told(connect(real_store, kpi, HIMI, "en"))[0]
    assert "—supports item (curated)→" in first


def test_links_of_one_direction_share_an_arrow(real_store: Store) -> None:
    """The amendment changes the agreement and replaces its annex."""
    (way,) = told(connect(real_store, f"{ID}agreement/16202-16205/2016-10-03", AGREEMENT, "ja"))
    (sentence,) = way
    assert "」←変更の対象・別表を改める対象―「" in sentence


def test_links_of_both_directions_have_an_arrow_each(reiji: Workspace) -> None:
    store = small(reiji, a=":new sosei:succeeds :old . :old sosei:concerns :new .")
    ((sentences,),) = [told(connect(store, f"{ID}new", f"{ID}old", "en"))]
    assert sentences == ["“new” —succeeds→ “old”", "“new” ←concerns— “old”"]


def test_what_is_not_connected_is_said_to_be_so(reiji: Workspace) -> None:
    """Two plans that share a unit and a year have nothing to do with each other; a unit has no links at all."""
    store = small(
        reiji,
        a=":a sosei:adoptedBy :x . :b sosei:adoptedBy :y . :a sosei:unit unit:case . :b sosei:unit unit:case .",
    )
    apart = connect(store, f"{ID}a", f"{ID}b", "ja")
    assert (apart.ways, apart.length, apart.more) == ((), None, 0)
    assert "つながりはありません" in plain(connection_view(apart, "ja"))
    unit = connect(store, f"{ID}a", "https://w3id.org/sosei/scheme/unit/case", "en")
    assert (unit.start.linked, unit.end.linked, unit.ways) == (True, False, ())
    page = plain(connection_view(unit, "en"))
    assert "not connected" in page
    assert "“case” has no relation that is followed" in page


def test_a_thing_and_itself(reiji_store: Store) -> None:
    """Two names of one thing are no connection; a fiscal year has no links, and is itself all the same."""
    for iri in (REIJI, f"{ID}fy/2026"):
        same = connect(reiji_store, iri, iri, "en")
        assert (same.length, same.start.linked) == (0, True)
        assert "the same thing" in plain(connection_view(same, "en"))


GRAPHS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=20)


@given(GRAPHS, st.lists(st.integers(0, 2), min_size=64, max_size=64))
def test_ways_are_all_the_shortest_best_first(pairs: set[tuple[int, int]], ranks: list[int]) -> None:
    """The same ways that networkx finds, counted right, in the order of their ranks and then of their IRIs."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((f"n{node}" for node in range(8)), rank=0)
    for one, other in pairs:
        graph.add_edge(f"n{one}", f"n{other}", rank=ranks[one * other])
    graph.nodes["n3"]["rank"] = 2
    try:
        expected = [tuple(way) for way in nx.all_shortest_paths(graph, "n0", "n7")]
    except nx.NetworkXNoPath:
        expected = []

    def key(way: tuple[str, ...]) -> tuple[int, list[object]]:
        steps = sum(graph[one][other]["rank"] + graph.nodes[one]["rank"] for one, other in pairwise(way))
        return steps, [natural(node) for node in way]

    count, ways = _shortest(graph, "n0", "n7")
    assert (count, list(ways)) == (len(expected), sorted(expected, key=key))


def test_millions_of_ways_are_counted_not_listed() -> None:
    """30 diamonds in a row have 2³⁰ ways; the first few are there at once."""
    graph: nx.Graph[str] = nx.Graph()
    for place in range(30):
        for side in "ab":
            nx.add_path(graph, (f"{place}", f"{place}{side}", f"{place + 1}"), rank=0)
    for node in graph:
        graph.nodes[node]["rank"] = 0
    count, ways = _shortest(graph, "0", "30")
    assert count == 2**30
    assert next(ways)[:3] == ("0", "0a", "1")


# Command line


def test_show_to_tells_the_ways(built: Path) -> None:
    """Names are resolved as everywhere; the answer is in the language asked for."""
    asked = ("show", "例示市", "--workspace", built)
    page = ok(sosei(*asked, "--to", "99203", "--lang", "ja"))
    assert page.splitlines()[:2] == [
        "「例示市」と「遠方市」のつながり",
        "最短の道筋は 2 段階で、3 通りあります。",
    ]
    assert "  「例示市」―主導→「観光の案内」\n" in page
    english = ok(sosei(*asked, "--to", "gov:99202"))
    assert english.startswith(
        "From “Reiji City” to “Rinsetsu City”\nThe shortest ways have 2 steps; there are "
    )
    assert "  “Visitor guides” ←partner— “Rinsetsu City”\n" in english
    assert "The shortest way has 1 step." in ok(sosei("show", "goal/1", "--to", "kpi/1-1", *asked[2:]))


def test_show_to_cuts_a_long_list() -> None:
    """Takaoka and Himi meet in more ways than are shown; --all shows them."""
    asked = ("show", "16202", "--to", "16205")
    short, everything = ok(sosei(*asked)), ok(sosei(*asked, "--all"))
    assert re.search(r"^… and \d+ more \(--all lists up to 1,000\)$", short, re.MULTILINE)
    assert short.count("←partner—") < everything.count("←partner—")
    assert "--all" not in everything


def test_show_to_what_is_not_connected_is_no_error(built: Path) -> None:
    page = ok(sosei("show", "例示市", "--to", "unit:case", "--workspace", built, "--lang", "ja"))
    assert "つながりはありません" in page


def test_show_to_an_unknown_name(built: Path) -> None:
    """One line, with what may be meant."""
    assert "Rinsetsu City" in complaint(sosei("show", "例示市", "--to", "隣接し", "--workspace", built))
    assert "is empty" in complaint(sosei("show", "例示市", "--to", "", "--workspace", built))


def test_show_without_to_imports_no_networks(built: Path) -> None:
    """That library takes longer to import than everything else together."""
    code = (
        "import sys; import sosei_graph.network; from sosei_graph.cli.root import root\n"
        f"try: root.main(['show', '例示市', '--workspace', {str(built)!r}])\n"
        "finally: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    loaded = done.stdout.decode().splitlines()[-1].split()
    assert "sosei_graph.network.connections" in loaded
    assert "networkx" not in loaded


# GraphML


def read_back(path: Path) -> "nx.MultiDiGraph[str]":
    read = nx.read_graphml(path, force_multigraph=True)
    assert isinstance(read, nx.MultiDiGraph)
    return read


def test_graphml_is_the_networks_together(reiji_store: Store, tmp_path: Path) -> None:
    """All nodes and edges are read back, each with what it carries."""
    path = tmp_path / "reiji.graphml"
    written = export(reiji_store, path)
    read = read_back(path)
    graph = combined(reiji_store)
    assert written == read.number_of_edges() == graph.number_of_edges()
    iris = nx.get_node_attributes(read, "iri")
    assert set(iris.values()) == set(graph)
    found = {(iris[one], iris[other], edge["kind"]) for one, other, edge in read.edges(data=True)}
    assert found == set(graph.edges(keys=True))
    goal = {"iri": f"{STRATEGY}/goal/1", "label_ja": "働く場をふやす", "label_en": "More places to work"}
    assert read.nodes["plan:99201:strategy-1:goal:1"] == {**goal, "kind": "goal"}
    kinds = {edge["kind"]: edge for *_, edge in read.edges("gov:99201", data=True)}
    assert kinds["cooperation"] == {
        "kind": "cooperation",
        "label_ja": "連携（1項目）",
        "label_en": "cooperation (1 item)",
        "weight": 3,
        "basis": "derived",
        "items": 1,
    }
    assert (kinds["lead"]["label_ja"], kinds["lead"]["weight"]) == ("主導", 1)


def test_graphml_of_the_real_documents(real_store: Store, tmp_path: Path) -> None:
    """Plans, goals, KPIs, SDGs, items and cities are in one piece with Takaoka."""
    path = tmp_path / "sosei.graphml"
    export(real_store, path)
    read = read_back(path)
    reached = nx.node_connected_component(read.to_undirected(as_view=True), "gov:16202")
    kinds = {read.nodes[node]["kind"] for node in reached}
    assert kinds >= {"government", "plan", "goal", "project", "indicator", "sdg", "theme", "item"}
    assert "other" not in set(nx.get_node_attributes(read, "kind").values())
    assert {"id/doc" in iri for iri in nx.get_node_attributes(read, "iri").values()} == {False}
    weights = [
        edge["weight"] for _, other, edge in read.edges("gov:16202", data=True) if other == "gov:16205"
    ]
    assert max(weights) >= 42


def test_graphml_is_valid(reiji: Workspace) -> None:
    """Ids are name tokens and unique, values fit their keys, and what XML cannot hold is left out."""
    store = small(
        reiji,
        a=":y a sosei:LocalGovernment . <plan:x> a sosei:Plan ; sosei:adoptedBy :y .\n"
        '<plan/x> a sosei:Plan ; rdfs:label "a\\u0007<b>\\n&"@ja ; sosei:adoptedBy :y .',
    )
    content, edges = graphml(store)
    root = ET.fromstring(content.decode())  # noqa: S314 - our own file
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    nodes, lines, keys = (list(root.iter(NAMESPACE + name)) for name in ("node", "edge", "key"))
    assert (len(nodes), len(lines), edges) == (3, 2, 2)
    for elements in (nodes, lines, keys):
        ids = [element.attrib["id"] for element in elements]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[\w.:-]+", each) for each in ids)
    assert {key.attrib["attr.type"] for key in keys} == {"string", "long"}
    assert "a<b> &" in [data.text for data in root.iter(NAMESPACE + "data")]


def test_graphml_is_the_same_in_every_process(built: Path, tmp_path: Path) -> None:
    """Byte for byte, whatever the order of Python's sets is."""
    for seed in ("1", "2"):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "sosei_graph",
                "export",
                tmp_path / f"{seed}.graphml",
                "--workspace",
                built,
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "LC_ALL": "en_GB.UTF-8"},
            capture_output=True,
            check=True,
        )
        assert re.search(rb"graphml: \d+ written", done.stderr)
    assert (tmp_path / "1.graphml").read_bytes() == (tmp_path / "2.graphml").read_bytes()


def test_graphml_is_written_whole_or_not_at_all(reiji_store: Store, tmp_path: Path) -> None:
    """`inferred` makes no difference, and nothing but the file itself is left in the folder."""
    for name, inferred in (("a.graphml", False), ("b.graphml", True)):
        export(reiji_store, tmp_path / "out" / name, inferred=inferred)
    first, second = sorted((tmp_path / "out").iterdir())
    assert first.read_bytes() == second.read_bytes()
    assert PACT.encode() in first.read_bytes()
