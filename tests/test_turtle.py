"""Canonical Turtle."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei_graph.turtle import canonical, first_lost_comment, head_comment, natural
from sosei_graph.vocab import BASE, PREFIXES

EXAMPLE = """\
@prefix ex: <http://example.org/> .
@base <https://w3id.org/sosei/> .
<id/plan/1/kpi/10> a ex:Kpi ; ex:value 5.0, "x"@ja, "a\\nb"@en .
<id/plan/1/kpi/2> a ex:Kpi ; ex:part [ ex:name "inner" ; ex:list ( 1 [ ex:q true ] "z" ) ] ; ex:shared _:s .
<id/plan/1> ex:shared _:s ; ex:none () .
_:s ex:name "shared" .
[] ex:top "t" .
"""


def parsed(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=BASE))


def same_graph(one: list[ox.Quad], other: list[ox.Quad]) -> bool:
    datasets = [ox.Dataset(one), ox.Dataset(other)]
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return datasets[0] == datasets[1]


def test_same_graph_comes_back() -> None:
    """What is written reads back as the same graph, lists and blank nodes included."""
    text = canonical(parsed(EXAMPLE), {"ex": "http://example.org/"}, BASE)
    assert same_graph(parsed(EXAMPLE), parsed(text))


def test_rdflib_reads_the_same_graph() -> None:
    """Oxigraph and rdflib agree on what was written."""
    from rdflib import Graph
    from rdflib.compare import isomorphic

    text = canonical(parsed(EXAMPLE), {"ex": "http://example.org/"}, BASE)
    assert isomorphic(Graph().parse(data=text, format="turtle"), Graph().parse(data=EXAMPLE, format="turtle"))


def test_order_depends_on_the_triples_alone() -> None:
    """Neither the order of the triples nor the names of blank nodes change a byte."""
    first = canonical(parsed(EXAMPLE), {"ex": "http://example.org/"}, BASE)
    again = canonical(
        reversed(parsed(EXAMPLE.replace("_:s", "_:other"))), {"ex": "http://example.org/"}, BASE
    )
    assert first == again


def test_canonical_text_stays_as_it_is() -> None:
    """Canonical Turtle is already in canonical order."""
    text = canonical(parsed(EXAMPLE), {"ex": "http://example.org/"}, BASE)
    assert canonical(parsed(text), {"ex": "http://example.org/"}, BASE) == text


def test_numbers_in_names_order_by_value() -> None:
    """`kpi/2` stands before `kpi/10`."""
    text = canonical(parsed(EXAMPLE), {"ex": "http://example.org/"}, BASE)
    assert text.index("kpi/2>") < text.index("kpi/10>")
    assert natural("a2b") < natural("a10a")


def test_japanese_label_comes_first() -> None:
    """Of two labels the Japanese one is written first."""
    text = canonical(parsed('<a> <p> "A"@en, "い"@ja .'), {}, None)
    assert text.index("@ja") < text.index("@en")


def test_whole_decimal_keeps_its_type() -> None:
    """A decimal without a fraction is written with its point, so that it does not become an integer."""
    text = canonical(parsed('<a> <p> "5"^^<http://www.w3.org/2001/XMLSchema#decimal> .'), PREFIXES, None)
    assert " 5.0 ." in text


def test_only_used_prefixes_are_declared() -> None:
    """A prefix that nothing needs is not declared."""
    text = canonical(parsed("<a> <http://purl.org/dc/terms/title> 1 ."), PREFIXES, None)
    assert "@prefix dcterms:" in text
    assert "@prefix sosei:" not in text


def test_output_is_the_same_in_another_process() -> None:
    """String hashing, which differs between processes, has no influence."""
    script = "import sys; from tests.test_turtle import *; print(canonical(parsed(EXAMPLE), PREFIXES, BASE))"
    root = Path(__file__).parent.parent
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


awkward = st.text(alphabet="\"\\\n\r\t'a", max_size=8)
texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
    awkward,
)
iris = st.sampled_from(
    [ox.NamedNode(f"{BASE}id/{n}") for n in ("a", "a/2", "a#char=1,2", "b.", "あ", "x:y", "-")]
)
blanks = st.sampled_from([ox.BlankNode(n) for n in ("b0", "b1", "b2", "b3")])
literals = st.one_of(
    texts.map(ox.Literal),
    texts.map(lambda text: ox.Literal(text, language="ja")),
    texts.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://example.org/type"))),
    st.integers().map(ox.Literal),
    st.booleans().map(ox.Literal),
)
triples = st.builds(ox.Triple, st.one_of(iris, blanks), iris, st.one_of(iris, blanks, literals))


@settings(max_examples=200, deadline=None)
@given(st.lists(triples, max_size=12))
def test_any_graph_comes_back(graph: list[ox.Triple]) -> None:
    """Whatever the graph, writing and reading it gives the same graph."""
    quads = [ox.Quad(t.subject, t.predicate, t.object) for t in graph]
    assert same_graph(quads, parsed(canonical(quads, PREFIXES, BASE)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# head\n\n<a> <p> 1 .\n", None),
        ("# head\n<a> <p> 1 . # why\n", 2),
        ('<a> <p> "# no comment", <b#c> .\n', None),
        ('<a> <p> """x\n# no\n""" .\n\n# yes\n', 5),
    ],
)
def test_comment_below_the_head_is_found(text: str, line: int | None) -> None:
    """A comment that a rewrite would lose is found with its line; strings and IRIs with # are none."""
    assert first_lost_comment(text) == line


def test_head_comment_is_the_block_before_the_first_statement() -> None:
    """The comment that a file opens with is kept whole."""
    assert head_comment("# a\n#\n# b\n\n@prefix x: <y> .\n# c\n") == "# a\n#\n# b"
