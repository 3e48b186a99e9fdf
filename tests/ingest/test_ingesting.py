"""From files to drafts: many documents at once, bad ones among them, and what must not be written over."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

import sosei_graph
from sosei_graph.building import build
from sosei_graph.errors import SoseiError
from sosei_graph.ingest.accepting import accept
from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.ingesting import ingest
from sosei_graph.ingest.jobs import jobs_of
from sosei_graph.ingest.opening import drafts_folder, open_for_drafts
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.writing import is_draft, is_untouched
from sosei_graph.workspace import Workspace
from tests.command_line import JAPANESE, complaint, ok, sosei
from tests.ingest.documents import KPI_TABLE, write
from tests.ingest.drafts import ingested


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good documents, and a broken one between them."""
    documents = tmp_path / "documents"
    documents.mkdir()
    write(KPI_TABLE, documents / "aaa.docx")
    (documents / "bbb.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    write(KPI_TABLE, documents / "ccc.html")
    (documents / "notes.log").write_text("no document")
    return documents


def test_a_document_becomes_four_files(reiji: Workspace, tmp_path: Path) -> None:
    """Draft, text, review page and suggestions stand in data/drafts of the workspace, in canonical order."""
    outcome = ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    assert [path.relative_to(reiji.root).as_posix() for path in outcome.written] == [
        f"data/drafts/shiryo{ending}" for ending in (".ttl", ".txt", ".html", ".suggestions.ttl")
    ]
    assert outcome.suggestions > 0
    text = outcome.written[0].read_text()
    assert is_draft(text)
    assert is_untouched(text)
    assert not sosei_graph.format([outcome.written[0]], reiji, check=True)


def test_drafts_are_no_part_of_the_graph(reiji: Workspace, tmp_path: Path) -> None:
    """A build with drafts waiting is the build without them."""
    before = build(reiji).counts
    ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    assert build(reiji).counts == before


def test_one_bad_file_does_not_stop_the_others(reiji: Workspace, folder: Path) -> None:
    """The broken PDF is told in one line, in its place; nothing of it is written, all of the others is."""
    outcomes = ingest([folder], reiji)
    assert [outcome.slug for outcome in outcomes] == ["aaa", "bbb", "ccc"]
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]
    assert "bbb.pdf" in str(outcomes[1].error)
    drafts = {path.stem.partition(".")[0] for path in drafts_folder(reiji).iterdir()}
    assert drafts == {"aaa", "ccc"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_file_that_breaks_its_process_down_does_not_stop_the_others(
    reiji: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a fault in a library that is not of Python does: the file is told, the others are drafted."""

    def read_or_die(path: Path, *rest: Any) -> Reading:
        if path.name == "bbb.pdf":
            os.kill(os.getpid(), signal.SIGKILL)
        return read(path, *rest)

    monkeypatch.setattr("sosei_graph.ingest.ingesting.read", read_or_die)
    outcomes = ingest([folder], reiji)
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]
    assert "bbb.pdf" in str(outcomes[1].error)


def test_a_folder_does_not_pass_over_documents_of_old_formats(reiji: Workspace, folder: Path) -> None:
    """Nobody would notice that they are missing."""
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    outcomes = {outcome.path.name: outcome.error for outcome in ingest([folder], reiji)}
    assert ".docx" in str(outcomes["old.doc"])


def test_the_command_tells_a_bad_file_at_the_end(reiji: Workspace, folder: Path) -> None:
    """A row for each draft on standard output, a line for each failure on standard error, exit code 2."""
    result = sosei("ingest", folder, "--workspace", reiji.root, env=JAPANESE)
    assert result.exit_code == 2
    assert "aaa" in result.stdout
    assert "ccc" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "bbb.pdf" in result.stderr


def test_progress_is_told(reiji: Workspace, folder: Path) -> None:
    """Of many documents how many are done, the last time all of them."""
    told: list[tuple[int, int]] = []
    ingest([folder], reiji, progress=lambda done, all_: told.append((done, all_)))
    assert told
    assert {all_ for _, all_ in told} == {3}
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_the_same_document_gives_the_same_bytes(reiji: Workspace, folder: Path, tmp_path: Path) -> None:
    """Whether alone or among others, whatever the run."""
    ingest([folder], reiji, output=tmp_path / "one")
    ingest([folder / "aaa.docx"], reiji, output=tmp_path / "two")
    for name in ("aaa.ttl", "aaa.txt", "aaa.suggestions.ttl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_corrected_draft_is_not_written_over(reiji: Workspace, tmp_path: Path) -> None:
    """Taken in again, an untouched draft is renewed, a corrected one is kept and told of."""
    draft = ingested(KPI_TABLE, reiji, tmp_path).written[0]
    ingested(KPI_TABLE, reiji, tmp_path)
    corrected = draft.read_text().replace('"社会増減数"@ja', '"社会増減"@ja')
    draft.write_text(corrected)
    error = ingest([tmp_path / "shiryo.docx"], reiji)[0].error
    assert error is not None
    assert str(draft) in error.line("ja")
    assert draft.read_text() == corrected


def test_a_draft_put_into_order_is_still_untouched(reiji: Workspace, tmp_path: Path) -> None:
    """`sosei format` changes nothing of a draft, so it is no correction."""
    draft = ingested(KPI_TABLE, reiji, tmp_path).written[0]
    sosei_graph.format([draft], reiji)
    assert is_untouched(draft.read_text())


def test_documents_of_one_name_keep_apart(tmp_path: Path) -> None:
    """Names come from the files; where two are the same, their folders and endings tell them apart."""
    for name in (
        "市A/計画.pdf",
        "市B/計画.pdf",
        "x/plan.docx",
        "x/plan.pdf",
        "Plan 2.txt",
        "第２期 戦略.pdf",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    slugs = {job.path.relative_to(tmp_path).as_posix(): job.slug for job in jobs_of([tmp_path])}
    assert slugs["市A/計画.pdf"] == "市A-計画"
    assert slugs["市B/計画.pdf"] == "市B-計画"
    assert slugs["x/plan.docx"] == "x-plan-docx"
    assert slugs["Plan 2.txt"] == "plan-2"
    assert slugs["第２期 戦略.pdf"] == "第2期-戦略"
    assert len(set(slugs.values())) == len(slugs)


def test_a_document_is_not_called_like_reference_data(tmp_path: Path) -> None:
    """governments.pdf is not to become data/governments.ttl."""
    for name in ("governments.pdf", "catalog.txt"):
        (tmp_path / name).write_text("x")
    assert [job.slug for job in jobs_of([tmp_path])] == ["catalog-document", "governments-document"]
    with pytest.raises(SoseiError, match="cannot be called calendar"):
        jobs_of([tmp_path / "catalog.txt"], "calendar")


def test_a_workspace_may_have_no_document_yet(tmp_path: Path) -> None:
    """The first document of a city is taken in before there is anything in data/."""
    root = tmp_path / "city"
    (root / "data").mkdir(parents=True)
    (root / "sosei.toml").write_text("")
    workspace = Workspace.find(root)
    outcome = ingested(KPI_TABLE, workspace, tmp_path, city="高岡市")
    assert outcome.counts["violation"] == 0
    assert "id/plan/16202/" in outcome.written[0].read_text()
    assert open_for_drafts(workspace).graphs()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "give a document"),
        (("nothing.pdf",), "nothing.pdf"),
        (("{folder}/aaa.docx", "--city", "どこにもない市"), "--city"),
        (("{folder}/aaa.docx", "--document", "A b"), "--document"),
        (("{folder}", "--document", "name"), "--document"),
        (("{folder}/aaa.docx", "--accept", "x.ttl"), "--accept"),
        (("--accept", "{folder}/aaa.docx"), "aaa.docx"),
        (("--accept", "{root}/data/reiji-strategy.ttl"), "not a draft"),
        (("--accept", "nothing.ttl"), "nothing.ttl"),
        (("{folder}/aaa.docx", "--compare", "nothing.ttl"), "nothing.ttl"),
        (("{folder}", "--compare", "{root}/data/reiji-strategy.ttl"), "one document"),
        (("{folder}/aaa.docx", "-o", "{folder}/aaa.docx"), "aaa.docx"),
        (("{folder}/aaa.docx", "--kind", "novel"), "--kind"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], told: str, reiji: Workspace, folder: Path) -> None:
    """Exit code 2, one line that says what is wrong, nothing written."""
    before = sorted(reiji.root.rglob("*"))
    given = [each.format(folder=folder, root=reiji.root) for each in arguments]
    assert told in complaint(sosei("ingest", *given, "--workspace", reiji.root))
    assert sorted(reiji.root.rglob("*")) == before


def test_what_was_written_here_is_not_taken_in_again(reiji: Workspace, tmp_path: Path) -> None:
    """Given the folder of the workspace: its documents, and neither review pages nor texts that were kept."""
    write(KPI_TABLE, reiji.root / "houkoku.docx")
    first = ingest([reiji.root], reiji, city="99201")
    accept(open_for_drafts(reiji), first[0].written[0])
    assert (reiji.root / "sources" / "houkoku.txt").is_file()
    ingest([reiji.root], reiji, city="99201")
    again = ingest([reiji.root], reiji, city="99201")
    assert [outcome.path.name for outcome in again] == ["houkoku.docx"]
    kept = ingest([reiji.root / "sources"], reiji, output=tmp_path)
    assert "houkoku.txt" in [outcome.path.name for outcome in kept]


def test_the_summary_says_what_to_do_next(reiji: Workspace, tmp_path: Path) -> None:
    """Whose document it is, if that could not be told; then the steps; none where there is nothing to accept."""
    path = write(KPI_TABLE, tmp_path / "shiryo.docx")
    unsettled = ok(sosei("ingest", path, "--workspace", reiji.root))
    assert "--city CODE or NAME: shiryo.docx" in unsettled
    draft = "data/drafts/shiryo.ttl"
    settled = ok(sosei("ingest", path, "--city", "99201", "--workspace", reiji.root))
    assert "--city" not in settled
    assert f"3. sosei ingest --accept {draft} moves it to data/" in settled
    accept(open_for_drafts(reiji), reiji.root / draft)
    same = ok(sosei("ingest", path, "--city", "99201", "--workspace", reiji.root))
    assert "nothing differs from the reviewed data" in same
    assert "--accept" not in same


def test_a_folder_without_documents_is_told(reiji: Workspace, tmp_path: Path) -> None:
    """Nothing to take in is bad input, not success."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(SoseiError, match="no document"):
        ingest([tmp_path / "empty"], reiji)


def test_the_summary_names_what_has_to_be_mended(reiji: Workspace, tmp_path: Path) -> None:
    """Violations are listed, warnings counted by kind, in both languages."""
    path = write(KPI_TABLE, tmp_path / "shiryo.docx")
    japanese = ok(sosei("ingest", path, "--workspace", reiji.root, env=JAPANESE))
    assert "直してから --accept するもの" in japanese
    assert "dcterms:publisher" in japanese
    english = ok(sosei("ingest", path, "--workspace", reiji.root))
    assert "To be mended before --accept" in english
    assert "There is no English name" in english


def test_the_function_of_the_facade(reiji: Workspace, tmp_path: Path) -> None:
    """`sosei_graph.ingest` is called like every other command, also after its package has been imported."""
    path = write(KPI_TABLE, tmp_path / "shiryo.docx")
    for _ in range(2):
        assert sosei_graph.ingest([path], reiji)[0].family == "progress"
