"""Faults of a file that stop the load, each with one line that says where and what to do."""

from collections.abc import Callable

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace

Edit = Callable[[str, str, str], Workspace]
STRATEGY = "data/reiji-strategy.ttl"

FAULTS = {
    "broken Turtle": ("rdfs:label", "rdfs:label ;", "not valid Turtle"),
    "unknown prefix": ("gov:99201 ;", "town:99201 ;", "the prefix town: is not declared"),
    "known prefix undeclared": (
        "gov:99201 ;",
        "prov:99201 ;",
        "add @prefix prov: <http://www.w3.org/ns/prov#> .",
    ),
    "undefined property": ("sosei:adoptedBy", "sosei:adoptdBy", "did you mean sosei:adoptedBy?"),
    "undefined class": ("a sosei:BasicGoal", "a sosei:BasicGaol", "did you mean sosei:BasicGoal?"),
    "number that is none": ("sosei:numericValue 2.0", 'sosei:numericValue "二"', "is not an xsd:decimal"),
    "number as text": ("sosei:numericValue 2.0", 'sosei:numericValue "2.0"', "is not an xsd:decimal"),
    "impossible date": ('"2025-04-01"^^xsd:date', '"2025-04-31"^^xsd:date', "is not an xsd:date"),
    "date as text": ('"2025-04-01"^^xsd:date', '"2025年4月1日"', "is not an xsd:date"),
    "text for a thing": ("sosei:adoptedBy gov:99201", 'sosei:adoptedBy "例示市"', "has to be an IRI"),
    "triple term": ("sosei:edition 1 ;", "rdfs:seeAlso <<( gov:99 a gov:99 )>> ;", "triple terms"),
    "thing for a text": (
        'sosei:statedName "働く場をふやす"',
        "sosei:statedName gov:99201",
        "has to be a literal",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_one_line_with_its_place(fault: str, edited: Edit) -> None:
    """The error names file and line of the fault, and what is wrong or what to do."""
    old, new, said = FAULTS[fault]
    workspace = edited(STRATEGY, old, new)
    text = (workspace.root / STRATEGY).read_text(encoding="utf-8")
    line = text[: text.index(new)].count("\n") + 1
    with pytest.raises(SoseiError) as caught:
        Store.load(workspace)
    told = caught.value.line("en")
    assert said in told
    assert "\n" not in told
    file, number, _ = told.split(":", 2)
    assert file == STRATEGY
    # A parser sees a missing object one token later than the reader does.
    assert int(number) - line in (0, 1)
    assert caught.value.line("ja") != told


def test_invalid_utf8_names_its_line(reiji: Workspace) -> None:
    """A file in another encoding is refused with the line of the first byte that is not UTF-8."""
    path = reiji.root / STRATEGY
    path.write_bytes(path.read_bytes().replace("例示市".encode(), "例示市".encode("cp932")))
    with pytest.raises(SoseiError, match=r"data/reiji-strategy\.ttl:\d+: not UTF-8"):
        Store.load(reiji)


def test_thing_described_in_two_documents_is_refused(reiji: Workspace) -> None:
    """An IRI that two files give a type is an error that names both places."""
    copy = reiji.root / "data" / "z-copy.ttl"
    copy.write_bytes((reiji.root / STRATEGY).read_bytes())
    with pytest.raises(SoseiError, match=r"data/z-copy\.ttl:16: .* in data/reiji-strategy\.ttl:16 already"):
        Store.load(reiji)


def test_integer_is_a_decimal(edited: Edit) -> None:
    """`sosei:numericValue 2` is accepted: every integer is a decimal."""
    Store.load(edited(STRATEGY, "sosei:numericValue 2.0", "sosei:numericValue 2"))


def test_blank_nodes_of_two_files_stay_apart(reiji: Workspace) -> None:
    """A blank node that two files happen to name alike is two nodes, and each has the same name at every load."""
    for name in ("reiji-strategy", "reiji-agreement"):
        path = reiji.root / "data" / f"{name}.ttl"
        added = f'\ndoc:{name} rdfs:seeAlso _:note .\n_:note rdfs:label "{name}"@ja .\n'
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    store = Store.load(reiji)
    rows = store.select(
        "SELECT ?document ?label WHERE { ?document rdfs:seeAlso ?note . ?note rdfs:label ?label }"
    )
    assert len(rows) == 2
    assert set(Store.load(reiji).ox) == set(store.ox)


@pytest.mark.parametrize("text", ["", "@prefix ex: <http://example.org/> .\n", "# only a comment\n"])
def test_file_that_states_nothing_is_refused(text: str, reiji: Workspace) -> None:
    """A file without a single statement is an oversight, and named."""
    (reiji.root / "data" / "empty.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(SoseiError, match=r"data/empty\.ttl: the file states nothing"):
        Store.load(reiji)


@pytest.mark.parametrize("name", ["data/2026/plan.ttl", "data/plan.TTL", "data/curation/old/themes.ttl"])
def test_file_that_would_not_be_read_is_refused(name: str, reiji: Workspace) -> None:
    """Turtle that lies where nothing looks is named instead of passed over."""
    path = reiji.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((reiji.root / STRATEGY).read_bytes())
    with pytest.raises(SoseiError, match=rf"{name}: a file in this place is not read"):
        Store.load(reiji)


@pytest.mark.parametrize("name", ["inferred", "ontology"])
def test_document_cannot_take_the_name_of_another_graph(name: str, reiji: Workspace) -> None:
    """A document whose graph would be that of the reasoner or of the vocabulary is refused, not swallowed."""
    (reiji.root / STRATEGY).rename(reiji.root / "data" / f"{name}.ttl")
    with pytest.raises(SoseiError, match=f"a document cannot be called {name}"):
        Store.load(reiji)


def test_file_name_with_a_space_names_a_graph(reiji: Workspace) -> None:
    """What may not stand in an IRI is escaped in the graph's name."""
    (reiji.root / STRATEGY).rename(reiji.root / "data" / "例示 strategy.ttl")
    assert "https://w3id.org/sosei/graph/例示%20strategy" in Store.load(reiji).graphs()


def test_drafts_wait_beside_the_data(reiji: Workspace) -> None:
    """What lies in data/drafts/ is not part of the graph yet."""
    (reiji.root / "data" / "drafts").mkdir()
    (reiji.root / "data" / "drafts" / "new.ttl").write_text("", encoding="utf-8")
    Store.load(reiji)


def test_workspace_without_documents_is_refused(reiji: Workspace) -> None:
    """A workspace with no document says where to put one."""
    for path in (reiji.root / "data").glob("*.ttl"):
        path.unlink()
    with pytest.raises(SoseiError, match=r"no document in data/"):
        Store.load(reiji)
