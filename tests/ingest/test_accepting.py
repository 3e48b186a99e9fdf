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
from tests.command_line import JAPANESE, complaint, ok, sosei
from tests.ingest.blocks import Paragraph
from tests.ingest.documents import AGREEMENT, KPI_TABLE, write
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


def test_the_text_is_kept_where_its_evidence_is_read_again(reiji: Workspace, tmp_path: Path) -> None:
    """Without settings the text goes into `sources/`, and `sosei trace` finds it there without being told."""
    outcome = ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    assert accepted(reiji, outcome).text == reiji.root / "sources" / "shiryo.txt"
    assert not outcome.written[1].exists()
    evidenced = trace(Store.load(Workspace.find(reiji.root)), reiji.root / "sources", f"{BASE}id/doc/shiryo")
    assert evidenced.ok
    assert Workspace.find(reiji.root).sources == reiji.root / "sources"


def test_what_was_accepted_unseen_is_counted(city: Workspace, tmp_path: Path) -> None:
    """A remark that was left in the draft is gone from the data, and the command says so."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    correct(
        outcome.written[0],
        ("a sosei:BasicGoal ;", 'a sosei:BasicGoal ;\n    sosei:remark "要確認"@ja, "see"@en ;'),
    )
    said = ok(sosei("ingest", "--accept", outcome.written[0], "--workspace", city.root))
    assert "1 of them still asked for a look" in said


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


@pytest.mark.parametrize("name", ["sosei:numericvalue", "sosei:numericValue"])
def test_a_slip_is_told_with_its_line_in_the_draft(name: str, city: Workspace, tmp_path: Path) -> None:
    """Where the officer has to look is the draft, for a misspelled term as for a violation."""
    draft = ingested(KPI_TABLE, city, tmp_path, city="99201").written[0]
    text = correct(draft, ("sosei:numericValue 35.0", f"{name} 53.0"))
    block = text[: text.index(f"{name} 53.0")].rindex("\n\n") + 2
    line = text.count("\n", 0, block if name == "sosei:numericValue" else text.index(name)) + 1
    told = complaint(sosei("ingest", "--accept", draft, "--workspace", city.root))
    assert told.startswith(f"data/drafts/shiryo.ttl:{line}: ")


def test_a_figure_that_its_evidence_does_not_state_stops_it(city: Workspace, tmp_path: Path) -> None:
    """Print and number changed alike agree with one another, but not with the document."""
    draft = ingested(KPI_TABLE, city, tmp_path, city="99201").written[0]
    text = correct(draft, ("sosei:numericValue 35.0", "sosei:numericValue 53.0"), ('"35件"', '"53件"'))
    line = text.count("\n", 0, text[: text.index('"53件"')].rindex("\n\n")) + 3
    told = complaint(sosei("ingest", "--accept", draft, "--workspace", city.root))
    assert told.startswith(f"data/drafts/shiryo.ttl:{line}: 1 facts are not what their evidence says")
    assert "“53件” is not there" in told
    assert not (city.root / "data" / "shiryo.ttl").exists()


def test_a_draft_that_was_accepted_is_told_from_a_wrong_path(city: Workspace, tmp_path: Path) -> None:
    """Accepted a second time, a draft is gone, and the line says where it is."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    accepted(city, outcome)
    told = complaint(sosei("ingest", "--accept", outcome.written[0], "--workspace", city.root))
    assert "data/shiryo.ttl has been accepted" in told


def test_nothing_is_accepted_into_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a workspace of one's own there is no data/ to move a draft to: the line says how to make one."""
    monkeypatch.chdir(tmp_path)
    draft = ingest([write(KPI_TABLE, tmp_path / "shiryo.docx")], city="高岡市")[0].written[0]
    assert draft.resolve() == tmp_path / "data" / "drafts" / "shiryo.ttl"
    assert "put an empty file sosei.toml" in complaint(sosei("ingest", "--accept", draft))
    (tmp_path / "sosei.toml").write_text("")
    ok(sosei("ingest", "--accept", draft))
    assert (tmp_path / "data" / "shiryo.ttl").is_file()


def test_a_first_draft_can_be_validated(tmp_path: Path) -> None:
    """The line that refuses a draft sends to `sosei validate`, which works before there is any document."""
    (tmp_path / "data").mkdir()
    (tmp_path / "sosei.toml").write_text("")
    workspace = Workspace.find(tmp_path)
    draft = ingested(KPI_TABLE, workspace, tmp_path, city="高岡市").written[0]
    correct(draft, ("sosei:numericValue 35.0", "sosei:numericValue 53.0"))
    result = sosei("validate", draft, "--workspace", tmp_path, env=JAPANESE)
    assert result.exit_code == 1
    assert "「新規創業件数（累計）：実績値」: 数値 53 が記載「35件」と合いません" in result.stdout


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
    told = again.differences[0]
    assert told.message.ja == "確認済み「集計中」、今回の読み取り「未実施」"
    assert (told.what.ja, told.what.en) == ("値がない理由", "absence reason")
    assert f"値がない理由: {told.message.ja}" in again.written[2].read_text().replace("\n", "")
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
    assert done.names == ("社会増減数：基準値",)
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
    """Without the draft's facts there is nothing to align; another thing that is not there is a violation."""
    outcome = ingested(KPI_TABLE, city, tmp_path, city="99201")
    with pytest.raises(SoseiError, match="draft has not been accepted yet"):
        accept(open_for_drafts(city), outcome.written[3])
    assert accepted(city, outcome).suggestions == outcome.written[3]
    correct(outcome.written[3], ("sosei:alignedElement <id/", "sosei:alignedElement <id/no/"))
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
