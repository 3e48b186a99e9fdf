"""Accepting: a reviewed draft becomes data; what was reviewed before stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sosei_graph.building import build
from sosei_graph.errors import SoseiError
from sosei_graph.evidence import trace
from sosei_graph.ingest.accepting import Accepted, accept
from sosei_graph.ingest.ingesting import Outcome, ingest
from sosei_graph.ingest.matching import View
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.store.memory import Store
from sosei_graph.vocab import BASE
from sosei_graph.workspace import Workspace
from tests.command_line import complaint, ok, sosei
from tests.ingest.blocks import Paragraph
from tests.ingest.documents import AGREEMENT, KPI_TABLE
from tests.ingest.drafts import ingested, quads_of

PLAN = f"{BASE}id/plan/99201/comprehensive-strategy"


@pytest.fixture
def city(reiji: Workspace) -> Workspace:
    """例示市's workspace with a folder of sources."""
    (reiji.root / "sosei.toml").write_text('sources = "sources"\n')
    return Workspace.find(reiji.root)


def accepted(workspace: Workspace, outcome: Outcome) -> Accepted:
    return accept(open_for_drafts(workspace), outcome.written[0])


def view(path: Path) -> View:
    return View.of(quads_of(path))


def test_a_draft_becomes_data(city: Workspace, tmp_path: Path) -> None:
    """The facts move to data/, the text to the sources; nothing of the draft is left, and everything holds."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    done = accepted(city, outcome)
    assert done.data == city.root / "data" / "shiryo.ttl"
    assert done.text == city.root / "sources" / "shiryo.txt"
    text = done.data.read_text()
    assert "confidence" not in text
    assert "remark" not in text
    assert not any(path.exists() for path in outcome.written[:3])
    assert outcome.written[3].exists()
    assert build(city).report.conforms
    assert trace(Store.load(city), city.root / "sources").ok
    assert not sosei("format", "--check", "--workspace", city.root).stdout


def test_the_text_stays_where_there_are_no_sources(reiji: Workspace, tmp_path: Path) -> None:
    """Without a folder of sources the text waits beside the drafts."""
    outcome = ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    assert accepted(reiji, outcome).text == outcome.written[1]
    assert outcome.written[1].exists()


def test_a_violation_stops_it(city: Workspace, tmp_path: Path) -> None:
    """One line that says how many are left and the first of them; nothing is moved."""
    outcome = ingested(AGREEMENT, city, tmp_path)
    line = complaint(sosei("ingest", "--accept", outcome.written[0], "--workspace", city.root))
    assert f"{outcome.counts['violation']} violations left" in line
    assert outcome.written[0].exists()
    assert not (city.root / "data" / "shiryo.ttl").exists()


def test_a_city_that_is_not_settled_stops_it(city: Workspace, tmp_path: Path) -> None:
    """A placeholder for a government is no data, even where no shape finds fault with it."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    text = outcome.written[0].read_text()
    publisher = "dcterms:publisher gov:99201"
    assert publisher in text
    outcome.written[0].write_text(text.replace(publisher, "dcterms:publisher <id/doc/shiryo/government/1>"))
    with pytest.raises(SoseiError, match="not settled which government"):
        accepted(city, outcome)


def test_a_text_that_changed_stops_it(city: Workspace, tmp_path: Path) -> None:
    """The evidence points into the text that was read, and into no other."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    outcome.written[1].write_text(outcome.written[1].read_text() + "追記")
    with pytest.raises(SoseiError, match="missing or changed"):
        accepted(city, outcome)


@pytest.mark.parametrize("name", ["../../escape", "governments", "a/b"])
def test_a_document_of_another_place_stops_it(name: str, city: Workspace, tmp_path: Path) -> None:
    """The name of the document is the name of a file in data/, and of no other place."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    text = outcome.written[0].read_text().replace("doc:shiryo", f"<{BASE}id/doc/{name}>")
    outcome.written[0].write_text(text)
    with pytest.raises(SoseiError, match="cannot be called"):
        accepted(city, outcome)


def test_a_draft_that_does_not_parse_stops_it(city: Workspace, tmp_path: Path) -> None:
    """A slip in a correction is told with its line."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    text = outcome.written[0].read_text().replace("a sosei:BasicGoal ;", "a sosei:BasicGaol ;", 1)
    outcome.written[0].write_text(text)
    line = complaint(sosei("ingest", "--accept", outcome.written[0], "--workspace", city.root))
    assert "did you mean sosei:BasicGoal?" in line


def correct(path: Path, *changes: tuple[str, str]) -> str:
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    return text


def test_corrections_survive_another_ingest(city: Workspace, tmp_path: Path) -> None:
    """Read again, the document differs from what was reviewed; the differences are told and nothing is changed."""
    data = accepted(city, ingested(KPI_TABLE, city, tmp_path, city="99201")).data
    name = ('"社会増減数"@ja', '"社会増減数（人口）"@ja')
    text = correct(data, ("absence:not-implemented", "absence:not-yet-counted"), name)
    again = ingested(KPI_TABLE, city, tmp_path, city="99201")
    assert data.read_text() == text
    signs = {(each.sign, each.iri.removeprefix(PLAN), each.property) for each in again.differences}
    assert signs == {("≠", "/kpi/1-3/actual", "absenceReason")}
    assert "not-yet-counted" in again.differences[0].message.ja
    assert again.differences[0].message.ja in again.written[2].read_text().replace("\n", "")
    done = accepted(city, again)
    assert done.added == 0
    assert data.read_text() == text


def test_what_is_new_is_added_beside_what_was_reviewed(city: Workspace, tmp_path: Path) -> None:
    """A fact that the reviewed graph does not have is told, and comes in with the draft, linked to what is there."""
    data = accepted(city, ingested(KPI_TABLE, city, tmp_path, city="99201")).data
    baseline = "<id/plan/99201/comprehensive-strategy/kpi/2-1/baseline>"
    text = data.read_text()
    start = text.index(f"\n{baseline}\n")
    without = text[:start] + text[text.index("\n\n", start + 1) :]
    data.write_text(without.replace(f"    sosei:hasBaseline {baseline} ;\n", ""))
    again = ingested(KPI_TABLE, city, tmp_path, city="99201")
    assert [(each.sign, each.iri) for each in again.differences] == [("+", f"{PLAN}/kpi/2-1/baseline")]
    done = accepted(city, again)
    assert done.added == 1
    assert view(data).things[f"{PLAN}/kpi/2-1"].one("hasBaseline") == f"{PLAN}/kpi/2-1/baseline"
    assert build(city).report.conforms


def test_another_version_does_not_replace_the_reviewed_one(city: Workspace, tmp_path: Path) -> None:
    """A draft of another text is not mixed with the graph of the first: it needs a name of its own."""
    accepted(city, ingested(KPI_TABLE, city, tmp_path, city="99201"))
    other = type(KPI_TABLE)((*KPI_TABLE.blocks, Paragraph("訂正版")))
    again = ingested(other, city, tmp_path, city="99201")
    assert any("--document" in warning.en for warning in again.warnings)
    with pytest.raises(SoseiError, match="another text"):
        accepted(city, again)


def test_the_command_accepts_and_says_where(city: Workspace, tmp_path: Path) -> None:
    """`--accept` asks nothing and says what became of the draft; drafts and suggestions can be given together."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    arguments = ("--accept", outcome.written[0], "--accept", outcome.written[3])
    said = ok(sosei("ingest", *arguments, "--workspace", city.root))
    assert "data/shiryo.ttl" in said
    assert "data/curation/shiryo.ttl" in said
    assert not outcome.written[3].exists()
    assert build(city).report.conforms


def test_suggestions_are_accepted_after_their_draft(city: Workspace, tmp_path: Path) -> None:
    """An alignment of a thing that is not in the data is a violation."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    with pytest.raises(SoseiError, match="violations left"):
        accept(open_for_drafts(city), outcome.written[3])


def test_nothing_is_written_when_something_fails(
    city: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the last step leaves data, sources and drafts as they were."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    before = {path: path.read_bytes() for path in city.root.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    replace: Callable[..., object] = full
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(SoseiError, match="No space"):
        accepted(city, outcome)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in city.root.rglob("*") if path.is_file()} == before


def test_a_thing_is_described_once(city: Workspace, tmp_path: Path) -> None:
    """Two drafts of one plan: the second was made before the first was accepted, and has to be made anew."""
    first = ingested(KPI_TABLE, city, tmp_path, "one.docx", city="99201")
    second = ingested(KPI_TABLE, city, tmp_path, "two.html", city="99201")
    accepted(city, first)
    with pytest.raises(SoseiError, match="ingest the document again"):
        accepted(city, second)
    again = ingest([tmp_path / "two.html"], city, city="99201")[0]
    accepted(city, again)
    assert build(city).report.conforms
