"""Exports: every format, read back."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

from sosei_graph.errors import SoseiError
from sosei_graph.exporting import export
from sosei_graph.store.memory import Store

TRIPLES = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".jsonld": "json-ld"}
QUADS = {".trig": "trig", ".nq": "nquads"}
OXIGRAPH = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}


@pytest.mark.parametrize("suffix", TRIPLES)
def test_rdflib_and_oxigraph_read_the_same_graph(suffix: str, reiji_store: Store, tmp_path: Path) -> None:
    """Each RDF syntax gives both libraries the same graph, of the number of statements that was reported."""
    path = tmp_path / f"graph{suffix}"
    written = export(reiji_store, path)
    by_rdflib = Graph().parse(path, format=TRIPLES[suffix])
    by_oxigraph = Graph()
    lines = "".join(f"{quad.triple} .\n" for quad in ox.parse(path=str(path), format=OXIGRAPH[suffix]))
    by_oxigraph.parse(data=lines, format="nt")
    assert len(by_rdflib) == written
    assert to_isomorphic(by_rdflib) == to_isomorphic(by_oxigraph)


@pytest.mark.parametrize("suffix", QUADS)
def test_named_graphs_are_kept(suffix: str, reiji_store: Store, tmp_path: Path) -> None:
    """TriG and N-Quads keep each document's facts in its graph, for both libraries."""
    path = tmp_path / f"graph{suffix}"
    export(reiji_store, path, inferred=True)
    read_back = ox.Store()
    read_back.bulk_load(path=str(path), format=OXIGRAPH[suffix])
    assert set(read_back) > set(reiji_store.ox)
    described = ox.NamedNode("https://w3id.org/sosei/graph/catalog")
    assert {quad.graph_name for quad in set(read_back) - set(reiji_store.ox)} == {described}
    dataset = Dataset()
    dataset.parse(path, format=QUADS[suffix])
    assert {str(graph.identifier) for graph in dataset.graphs()} >= set(reiji_store.graphs())


def test_asserted_by_default(reiji_store: Store, tmp_path: Path) -> None:
    """Without `inferred` the export holds what the documents state, not what follows from it."""
    export(reiji_store, tmp_path / "a.nt")
    export(reiji_store, tmp_path / "b.nt", inferred=True)
    asserted, everything = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.nt", "b.nt"))
    assert "ns#leadCity>" not in asserted
    assert "ns#leadCity>" in everything


def test_no_blank_nodes_and_readable_prefixes(reiji_store: Store, tmp_path: Path) -> None:
    """The Turtle has no blank node and writes its own names short."""
    path = tmp_path / "graph.ttl"
    export(reiji_store, path)
    text = path.read_text(encoding="utf-8")
    assert "_:" not in text
    assert "sosei:contractingParty gov:99201, gov:99202 ;" in text
    assert "<id/plan/99201/strategy-1/goal/1>" in text


@pytest.mark.parametrize("suffix", [*TRIPLES, *QUADS])
def test_export_is_the_same_each_time(suffix: str, reiji_store: Store, tmp_path: Path) -> None:
    """Two exports of one graph are equal byte for byte."""
    export(reiji_store, tmp_path / f"a{suffix}")
    export(reiji_store, tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_unknown_ending_lists_the_known_ones(reiji_store: Store, tmp_path: Path) -> None:
    """A name that says no format is refused, with the formats there are, and nothing is written."""
    with pytest.raises(SoseiError, match=r"one of: \.ttl .*\.xlsx"):
        export(reiji_store, tmp_path / "graph.docx")
    assert not list(tmp_path.glob("graph*"))


def test_folder_in_the_way_is_one_line(reiji_store: Store, tmp_path: Path) -> None:
    """A path that cannot be written is an error, and no temporary file stays behind."""
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(SoseiError, match="cannot be written"):
        export(reiji_store, tmp_path / "graph.ttl")
    assert [path.name for path in tmp_path.iterdir() if path.name != "reiji"] == ["graph.ttl"]


def test_csv_is_one_row_a_value(reiji_store: Store, tmp_path: Path) -> None:
    """The CSV lists every indicator value with what was printed and what it means, for Excel (UTF-8 with BOM)."""
    path = tmp_path / "values.csv"
    rows = export(reiji_store, path, lang="ja")
    text = path.read_text(encoding="utf-8")
    assert rows == 6
    assert text.startswith("\ufeff")
    assert "▲１件" in text


def test_workbook_has_a_sheet_a_table(reiji_store: Store, tmp_path: Path) -> None:
    """The Excel file has the values, plans, goals, roles, SDGs and documents, each on its sheet."""
    from openpyxl import load_workbook

    path = tmp_path / "graph.xlsx"
    export(reiji_store, path, lang="ja")
    book = load_workbook(path)
    assert len(book.sheetnames) == 6
