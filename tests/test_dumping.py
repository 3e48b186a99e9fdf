"""A whole store as canonical Turtle: the same bytes as the writer that goes statement by statement."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei_graph.dumping import Document
from sosei_graph.exporting import exported_graphs
from sosei_graph.store.memory import Store
from sosei_graph.turtle import canonical
from sosei_graph.vocab import BASE, NS, PREFIXES

GRAPHS = [f"{BASE}graph/{name}" for name in ("one", "two")]
XSD = PREFIXES["xsd"]


def both(store: ox.Store, graphs: list[str], base: str = BASE) -> tuple[str, str]:
    """The text of the dump, and that of the writer."""
    triples = {
        quad.triple
        for name in graphs
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    }
    document = Document(store, graphs, PREFIXES, base)
    assert document.counts().triples == len(triples)
    assert document.counts().subjects == len({triple.subject for triple in triples})
    return b"".join(document.text()).decode(), canonical(triples, PREFIXES, base)


@pytest.mark.parametrize("inferred", [False, True])
def test_real_graph_is_the_same(real_store: Store, inferred: bool) -> None:
    """The project's own documents, with and without what follows from them."""
    dumped, written = both(real_store.ox, exported_graphs(real_store, inferred=inferred))
    assert dumped.splitlines() == written.splitlines()
    assert dumped == written


NAMES = [
    *(
        f"{BASE}{name}"
        for name in ("", "id/a", "id/a/2", "id/a/10", "id/doc/x", "id/doc/x#char=1,2", "id/doc/x#char=1,10")
    ),
    *(
        f"{BASE}{name}"
        for name in (
            "id/doc/x/selector/char-1-2",
            "id/doc/",
            "id/gov/1",
            "id/gov/1/x",
            "id/gov/-",
            "id/fy/2026",
        )
    ),
    *(
        f"{BASE}{name}"
        for name in (
            "a:b",
            "//x",
            "?q",
            "#f",
            ".x",
            "x/../y",
            "x.",
            "id/01",
            "id/1",
            "id/あ",
            "id/12345678901234567890123456789012",
        )
    ),
    *(
        "https://w3id.org/other",
        "https://example.org/x",
        "http://example.org/x",
        "urn:x:y",
        "https://w3id.org",
        "http://e.org/a,b",
    ),
    *(f"{NS}Goal", f"{NS}evidence", f"{NS}ordinal", f"{NS}states", NS, f"{XSD}date", f"{NS}a/b", f"{NS}あ"),
    *(
        PREFIXES[prefix] + name
        for prefix, name in (("rdf", "type"), ("rdf", "nil"), ("rdfs", "label"), ("rdfs", "labels"))
    ),
    *(
        PREFIXES[prefix] + name
        for prefix, name in (("dcat", "Dataset"), ("owl", "Ontology"), ("skos", "definition"))
    ),
]
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " , ",
            '" , "',
            " ;\n\t",
            " .\n",
            "a",
            "b 2",
            "b 10",
            "\\",
            "'",
            "日本",
            "_:x",
            "^^",
            "@ja",
            "\x01\x7f",
        ]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6),
)
LEXICAL = st.sampled_from(
    ["1", "01", "+1", "-1", "1.0", "1.50", "5", "true", "0", "x", "2024-01-01", "1e3", "", "1 2"]
)
DATATYPES = [
    f"{XSD}{name}" for name in ("integer", "decimal", "boolean", "double", "date", "gYear", "string", "あ")
]
NODES = st.sampled_from([ox.NamedNode(name) for name in NAMES])
BLANKS = st.sampled_from([ox.BlankNode(name) for name in ("b0", "b1", "b2")])
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(
        lambda text, language: ox.Literal(text, language=language),
        TEXTS,
        st.sampled_from(["ja", "en", "en-GB"]),
    ),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(kind)),
        LEXICAL,
        st.sampled_from([*DATATYPES, *NAMES]),
    ),
)
QUADS = st.builds(
    lambda subject, predicate, thing, graph: ox.Quad(subject, predicate, thing, ox.NamedNode(graph)),
    NODES | BLANKS,
    NODES,
    NODES | BLANKS | LITERALS,
    st.sampled_from(GRAPHS),
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(QUADS, max_size=14),
    st.sampled_from([BASE, "https://city.example.jp/plans/", "http://w3id.org/"]),
)
def test_any_graph_is_the_same(quads: list[ox.Quad], base: str) -> None:
    """Whatever is in a store, in whatever order it came there, and whatever the base."""
    store = ox.Store()
    store.extend(quads)
    dumped, written = both(store, GRAPHS, base)
    assert dumped == written


def test_store_on_disk_is_the_same(real_store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The engine writes a store on disk in another order; the document does not tell."""
    disk = ox.Store(str(tmp_path_factory.mktemp("dump") / "store"))
    disk.bulk_extend(real_store.ox)
    graphs = exported_graphs(real_store, inferred=False)
    assert both(disk, graphs)[0] == both(real_store.ox, graphs)[0]
