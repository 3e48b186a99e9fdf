"""Evidence found in the sources (cite)."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.errors import SoseiError
from sosei_graph.evidence import cite
from sosei_graph.workspace import Workspace
from tests.helpers_reiji import PREFIXES, SOURCE, document_turtle, write_workspace

BASE = "https://w3id.org/sosei/"
DOC = f"{BASE}id/doc/reiji-strategy"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return write_workspace(tmp_path)


def complaint(run: Callable[[], object]) -> SoseiError:
    with pytest.raises(SoseiError) as caught:
        run()
    assert "\n" not in caught.value.line("ja")
    return caught.value


def test_a_text_is_found_as_it_stands(workspace: Workspace) -> None:
    """With its line and what is around."""
    (found,) = cite(workspace, "reiji-strategy", "535万件")
    assert (found.text, found.line) == ("535万件", 9)
    assert SOURCE[found.start : found.end] == "535万件"
    assert SOURCE.endswith(found.after)
    assert SOURCE[: found.start].endswith(found.before)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("魅力あるまちをつくる", "魅力ある\nまちをつくる"),
        ("▲1,113人", "▲1,1\n13人"),
        ("目標値(2026年度)", "目標値（2026年度）"),
        ("５３５万件", "535万件"),
        ("基本目標1", "基本目標①"),
    ],
)
def test_line_breaks_and_widths_do_not_hide_a_text(workspace: Workspace, text: str, stands: str) -> None:
    """The place is that in the source as it is."""
    (found,) = cite(workspace, "reiji-strategy", text)
    assert found.text == stands
    assert SOURCE[found.start : found.end] == stands


def test_every_place_is_found(workspace: Workspace) -> None:
    """In the order of the text; places do not overlap."""
    places = cite(workspace, "reiji-strategy", "目標")
    assert [place.line for place in places] == [3, 6]


@pytest.mark.parametrize(
    "document", ["reiji-strategy", "reiji-strategy.txt", "doc:reiji-strategy", DOC, f"<{DOC}>"]
)
def test_a_document_goes_by_its_name_or_iri(workspace: Workspace, document: str) -> None:
    """The slug, the file, the CURIE and the IRI are one document."""
    assert cite(workspace, document, "535万件")[0].document == DOC


def test_a_document_goes_by_its_label(workspace: Workspace) -> None:
    """Then the graph is read for it."""
    assert cite(workspace, "例示市総合戦略（本文）", "535万件")[0].document == DOC


def test_a_file_need_not_be_in_the_graph(workspace: Workspace, tmp_path: Path) -> None:
    """Evidence for a new document comes before its data; its IRI follows from the file's name."""
    path = tmp_path / "new-plan.txt"
    path.write_bytes("\ufeff一\r\n二".encode())
    (found,) = cite(workspace, str(path), "二")
    assert found.iri == f"{BASE}id/doc/new-plan#char=4,5"
    assert found.line == 2


def test_the_turtle_can_be_pasted(workspace: Workspace) -> None:
    """With the prefixes of a data file it says what the project's own data say of this place."""
    (found,) = cite(workspace, "reiji-strategy", "535万件")
    triples = {str(quad.triple) for quad in ox.parse(PREFIXES + found.turtle(), ox.RdfFormat.TURTLE)}
    own = {str(quad.triple) for quad in ox.parse(document_turtle(), ox.RdfFormat.TURTLE)}
    assert triples <= own
    assert len(triples) == 7


def test_a_text_that_is_not_there_shows_the_nearest_line(workspace: Workspace) -> None:
    """One letter is wrong: the line that has nearly that."""
    error = complaint(lambda: cite(workspace, "reiji-strategy", "利用券数（累計）"))
    assert "nearest is line 9: 利用件数（累計） 535万件" in error.line("en")
    assert "最も近いのは9行目" in error.line("ja")
    assert error.hint is not None
    assert complaint(lambda: cite(workspace, "reiji-strategy", "ぬるぽ")).hint is None


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_to_look_for_is_an_error(workspace: Workspace, text: str) -> None:
    """White space alone is no text."""
    assert "no text to look for" in complaint(lambda: cite(workspace, "reiji-strategy", text)).line("en")


def test_an_unknown_document_is_an_error(workspace: Workspace) -> None:
    """With the nearest name."""
    assert "もしかして" in complaint(lambda: cite(workspace, "例示市総合計画（本文）", "x")).line("ja")


def test_a_document_whose_file_is_missing_is_an_error(workspace: Workspace) -> None:
    """The graph knows the document, the folder does not have its file."""
    (workspace.root / "sources" / "reiji-strategy.txt").unlink()
    assert "reiji-strategy.txt" in complaint(lambda: cite(workspace, "doc:reiji-strategy", "x")).where


def test_a_source_that_is_no_text_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    """A PDF or a file in another encoding, with the line."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7\n\xff\xfe")
    assert complaint(lambda: cite(workspace, str(path), "x")).where.endswith("plan.pdf:2")


def test_a_file_name_that_no_iri_can_have_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    """The file's name becomes part of the document's IRI."""
    path = tmp_path / "my plan.txt"
    path.write_text("x", encoding="utf-8")
    assert "rename it" in complaint(lambda: cite(workspace, str(path), "x")).line("en")


@given(st.text(alphabet="例示市１a①㌔ｶﾞ \n\u3000", min_size=1), st.data())
def test_any_piece_of_a_text_is_found(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    """Whatever piece of a source is asked for, its own place is among those found."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end]
    if not piece.strip():
        return
    folder = tmp_path_factory.mktemp("any")
    (folder / "any.txt").write_bytes(text.encode())
    found = cite(Workspace(folder, folder), str(folder / "any.txt"), piece)
    assert all(text[place.start : place.end] == place.text for place in found)
    assert all(place.text == piece for place in found)
