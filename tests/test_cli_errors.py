"""Bad input on the command line: one line on standard error, exit code 2, an earlier build as it was."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import JAPANESE, STRATEGY, build_reiji, complaint, contents, sosei, spoil


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """例示市's workspace with a build, not to be changed."""
    return build_reiji(tmp_path_factory.mktemp("built") / "reiji")


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(built, tmp_path / "reiji"))


FAULTS = {
    "broken Turtle": ("a sosei:BasicGoal ;", "a sosei:BasicGoal", ".ttl:"),
    "unknown prefix": ("adoptedBy gov:99201", "adoptedBy town:99201", "town:"),
    "undefined term": ("sosei:adoptedBy", "sosei:adoptdBy", "sosei:adoptedBy"),
    "wrong datatype": ("sosei:edition 1", 'sosei:edition "first"', "xsd:integer"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_in_a_file_is_one_line_and_the_earlier_build_stays(fault: str, workspace: Path) -> None:
    """The line names the file and what to look at; no command leaves a traceback."""
    before = contents(workspace / "build")
    old, new, said = FAULTS[fault]
    spoil(workspace, old, new)
    line = complaint(sosei("build", "--workspace", workspace))
    assert line.startswith(f"{STRATEGY}:")
    assert said in line
    assert contents(workspace / "build") == before
    assert complaint(sosei("build", "--workspace", workspace, env=JAPANESE)) != line
    for command in (("query", "leads"), ("show", "例示市"), ("validate",), ("export", workspace / "x.ttl")):
        assert complaint(sosei(*command, "--workspace", workspace)) == line


def spoil_twice(workspace: Path) -> None:
    shutil.copy(workspace / STRATEGY, workspace / "data" / "z-copy.ttl")


def spoil_encoding(workspace: Path) -> None:
    path = workspace / STRATEGY
    path.write_bytes(path.read_bytes().replace("例示市".encode(), "例示市".encode("cp932"), 1))


def spoil_all(workspace: Path) -> None:
    for path in (workspace / "data").glob("*.ttl"):
        path.unlink()


def spoil_settings(workspace: Path) -> None:
    (workspace / "sosei.toml").write_text("base = [", encoding="utf-8")


def spoil_question(workspace: Path) -> None:
    (workspace / "queries" / "check").mkdir(parents=True)
    (workspace / "queries" / "check" / "x.rq").write_text("#+ title: [\nSELECT * {}", encoding="utf-8")


@pytest.mark.parametrize("spoiled", [spoil_twice, spoil_encoding, spoil_all, spoil_settings, spoil_question])
def test_unusable_workspace_is_one_line(spoiled: Callable[[Path], None], workspace: Path) -> None:
    """The same IRI in two documents, another encoding, no documents, bad settings, a bad check."""
    before = contents(workspace / "build")
    spoiled(workspace)
    complaint(sosei("build", "--workspace", workspace))
    assert contents(workspace / "build") == before


def test_empty_folder_is_no_workspace(tmp_path: Path) -> None:
    """A folder without documents says what is missing; a folder that is not there says so."""
    assert "no document" in complaint(sosei("build", "--workspace", tmp_path))
    assert "no such folder" in complaint(sosei("build", "--workspace", tmp_path / "nowhere"))


def test_build_folder_that_cannot_be_written_is_one_line(workspace: Path) -> None:
    """A file in the place of the folder."""
    shutil.rmtree(workspace / "build")
    (workspace / "build").write_text("in the way", encoding="utf-8")
    assert "build" in complaint(sosei("build", "--workspace", workspace))
    assert (workspace / "build").read_text(encoding="utf-8") == "in the way"


BAD_CALLS: dict[str, tuple[tuple[str, ...], str]] = {
    "unknown command": (("bild",), "bild"),
    "unknown option": (("build", "--fast"), "--fast"),
    "option without value": (("build", "--workspace"), "--workspace needs a value"),
    "unknown language": (("build", "--lang", "fr"), "--lang must be one of ja, en"),
    "one argument too many": (("build", "twice"), "twice"),
    "unknown question": (("query", "leds"), "leads"),
    "unknown city": (("query", "leads", "--city", "幻市"), "幻市"),
    "unknown parameter": (("query", "leads", "--town", "x"), "--town"),
    "parameter without value": (("query", "leads", "--city"), "--city needs a value"),
    "year that is none": (("query", "kpis", "--year", "soon"), "soon"),
    "date that is none": (("query", "in-force", "--date", "2026-02-30"), "2026-02-30"),
    "unknown format": (("query", "leads", "--format", "pdf"), "must be one of table, csv"),
    "workbook to a pipe": (("query", "leads", "--format", "xlsx"), "--output"),
    "table as Turtle": (("query", "leads", "--format", "turtle"), "CONSTRUCT"),
    "missing query file": (("query", "nowhere.rq"), "nowhere.rq"),
    "unknown ending": (("query", "leads", "-o", "x.pdf"), ".csv"),
    "no ending": (("query", "-o", "leads"), "--format"),
    "question as a command": (("leads",), "did you mean: sosei query leads"),
    "mistyped command": (("biuld",), "did you mean: sosei build"),
    "unwritable output": (("query", "leads", "-o", "nowhere/x.csv"), "nowhere"),
    "unknown thing": (("show", "幻市"), "幻市"),
    "missing thing": (("show",), "THING is missing"),
    "unknown thing to trace": (("trace", "幻市", "--sources", "."), "幻市"),
    "missing sources": (("trace", "--sources", "nowhere"), "nowhere"),
    "text that is not there": (("cite", "reiji-strategy", "存在しない"), "存在しない"),
    "unknown document": (("cite", "nothing", "x"), "nothing"),
    "missing file to format": (("format", "nowhere.ttl"), "nowhere.ttl"),
    "missing file to validate": (("validate", "nowhere.ttl"), "nowhere.ttl"),
    "unknown report format": (("validate", "--format", "pdf"), "must be one of text"),
    "unknown export format": (("export", "graph.doc"), ".ttl"),
    "unwritable export": (("export", "file/x.ttl"), "file"),
}


@pytest.mark.parametrize("name", BAD_CALLS)
def test_bad_call_is_one_line(
    name: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong is named, in the language of the call; nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    arguments, said = BAD_CALLS[name]
    at = ("--workspace", built) if "--workspace" not in arguments else ()
    if arguments[0] == "cite":
        at = (*at, "--sources", built / "sources")
    # Options go in front: an option that lacks its value must stay at the end.
    line = complaint(sosei(*at[:2], arguments[0], *at[2:], *arguments[1:]))
    assert said in line
    assert complaint(sosei(*at[:2], arguments[0], *at[2:], *arguments[1:], env=JAPANESE)) != line
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (b"SELECT ?x WHERE { ?x a }", "SPARQL"),
        (b"SELECT ?x WHERE { ?x a town:X }", "town:"),
        (b"DELETE WHERE { ?s ?p ?o }", ""),
        (b"", ""),
        (b"SELECT * { ?s ?p ?o } # \xff", "UTF-8"),
        (b"#+ title: [\nSELECT * { ?s ?p ?o }", "YAML"),
    ],
)
def test_query_that_cannot_be_asked_is_one_line(query: bytes, said: str, built: Path) -> None:
    """A query that does not parse, an update, nothing at all, another encoding, a bad head."""
    assert said in complaint(sosei("query", "-", "--workspace", built, stdin=query))
