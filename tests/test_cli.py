"""The command line: its help in two languages, what each command prints, its exit code."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sosei_graph.cli.query import EXAMPLES
from sosei_graph.cli.session import Session
from sosei_graph.cli.summaries import SUMMARIES
from sosei_graph.console import comes_with_the_package
from sosei_graph.names import KINDS
from sosei_graph.queries import catalogue
from sosei_graph.queries.headers import TYPES
from sosei_graph.workspace import Workspace
from tests.command_line import ROOT, STRATEGY, build_reiji, ok, sosei, spoil


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """例示市's workspace with a build, not to be changed."""
    return build_reiji(tmp_path_factory.mktemp("built") / "reiji")


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(built, tmp_path / "reiji"))


# Help and languages


@pytest.mark.parametrize("command", SUMMARIES)
def test_help_is_told_in_both_languages_with_an_example(command: str) -> None:
    """Every command's help shows its summary, its options and an example, in the language asked for."""
    english = ok(sosei(command, "--help"))
    japanese = ok(sosei(command, "--help", "--lang", "ja"))
    # A page wraps its lines: words are compared without the spaces between them.
    squeezed = ["".join(page.split()) for page in (english, japanese)]
    assert "".join(SUMMARIES[command].en.split()) in squeezed[0]
    assert "".join(SUMMARIES[command].ja.split()) in squeezed[1]
    for heading in ("Usage:", "Options:", "Example:"):
        assert heading in english
        assert heading not in japanese
    for heading in ("使い方:", "オプション:", "例:"):
        assert heading in japanese
    assert f"  sosei {command}" in english


def test_help_lists_every_command_and_no_option_in_one_language_only() -> None:
    """The help of `sosei` itself names all commands; without a command the same is shown."""
    for page in (ok(sosei("--help")), ok(sosei())):
        assert re.findall(r"^  ([a-z]+)  ", page, re.MULTILINE) == list(SUMMARIES)
    japanese = ok(sosei("--lang", "ja"))
    assert re.findall(r"\b(show|exit|message|version)\b", japanese.replace("--version", "")) == ["show"]


def test_help_lines_fit_the_page() -> None:
    """Wide characters count two columns: no line of a Japanese page is wider than 80."""
    from sosei_graph.wrapping import width_of

    for command in SUMMARIES:
        for line in ok(sosei(command, "--help", "--lang", "ja")).splitlines():
            assert width_of(line) <= 80, line


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_parameter_has_an_example(kind: str) -> None:
    """A question's help can show an example for any of its parameters."""
    assert EXAMPLES[kind]
    assert set(KINDS) < set(EXAMPLES)


def test_help_of_every_question() -> None:
    """A question is a command: its help tells title, description, parameters and an example."""
    for question in catalogue(Workspace.find(ROOT)):
        page = ok(sosei("query", question.name, "--help"))
        assert question.title.en in page
        assert f"sosei query {question.name}" in page
        for parameter in question.parameters:
            assert f"--{parameter.name} {parameter.type.upper()}" in page


@pytest.mark.parametrize(
    ("arguments", "environ", "lang"),
    [
        ((), {}, "en"),
        ((), {"LANG": "ja_JP.UTF-8"}, "ja"),
        ((), {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "ja_JP", "LANG": "ja_JP.UTF-8"}, "en"),
        ((), {"LC_ALL": "", "LC_MESSAGES": "ja_JP", "LANG": "C"}, "ja"),
        (("--lang", "ja", "build"), {}, "ja"),
        (("query", "leads", "--lang=ja"), {}, "ja"),
        (("build", "--lang", "en"), {"LANG": "ja_JP.UTF-8"}, "en"),
        (("build", "--lang", "en", "--lang", "ja"), {}, "ja"),
        (("cite", "x", "--", "--lang", "ja"), {}, "en"),
        (("build", "--lang"), {"LANG": "ja"}, "ja"),
    ],
)
def test_language_of_a_call(arguments: tuple[str, ...], environ: dict[str, str], lang: str) -> None:
    """`--lang` counts wherever it stands, else LC_ALL, LC_MESSAGES, LANG, the first of them that is set."""
    assert Session.of(arguments, environ).lang == lang


def test_help_imports_nothing_heavy() -> None:
    """`sosei --help` is there at once: no library but click is imported for it."""
    code = (
        "import sys; from sosei_graph.cli.root import root\n"
        "try: root.main(['--help'])\n"
        "finally: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = done.stdout.splitlines()[-1].split()
    assert "sosei_graph.cli.root" in loaded
    heavy = {
        "networkx",
        "pyoxigraph",
        "pyshacl",
        "rdflib",
        "rich",
        "yaml",
        "sosei_graph.cli.build",
        "sosei_graph.store.memory",
    }
    assert not heavy & set(loaded)


# The commands


def test_build_prints_a_summary_and_writes_the_graph(workspace: Path) -> None:
    """A build says what there is, what was found, how long it took, and where it lies."""
    shutil.rmtree(workspace / "build")
    page = ok(sosei("build", "--workspace", workspace))
    assert re.search(r"documents +2\n", page)
    assert re.search(r"key performance indicators \(KPIs\) +3\n", page)
    assert re.search(r"validate +[\d.]+ s\n", page)
    assert str(workspace / "build") in page
    assert (workspace / "build" / "sosei.nq").stat().st_size > 0
    assert re.search(r"文書 +2\n", ok(sosei("build", "--workspace", workspace, "--lang", "ja")))


def test_build_with_a_violation_exits_1(workspace: Path) -> None:
    """A violation does not stop a build, but its exit code tells."""
    spoil(workspace, "sosei:adoptedBy gov:99201 ;", "")
    result = sosei("build", "--workspace", workspace)
    assert result.exit_code == 1
    assert f"{STRATEGY}:" in result.stdout


def test_query_without_a_name_lists_the_questions(built: Path) -> None:
    """The list has every question's name, title and parameters; it is a table as any other."""
    page = ok(sosei("query", "--workspace", built))
    assert re.search(r"^leads +Who leads what +--", page, re.MULTILINE)
    rows = ok(sosei("query", "--workspace", built, "--format", "csv")).splitlines()
    assert len(rows) == 1 + len(catalogue(Workspace.find(built)))


def test_query_answers_in_the_language_asked_for(built: Path) -> None:
    """Titles, headers and labels are in one language; a parameter takes a name, a code or an IRI."""
    for city in ("例示市", "99201", "gov:99201", "Reiji City"):
        page = ok(sosei("query", "leads", "--city", city, "--workspace", built, "--lang", "ja"))
        assert "観光の案内" in page
        assert "1 件" in page
    assert "Visitor guides" in ok(sosei("query", "leads", "--workspace", built))
    assert "no rows" in ok(sosei("query", "leads", "--city", "99203", "--workspace", built))


def test_query_formats(built: Path, tmp_path: Path) -> None:
    """CSV, TSV, JSON, Markdown and Excel hold the same rows; the file's name can say the format."""
    asked = ("query", "leads", "--workspace", built)
    assert "Visitor guides" in ok(sosei(*asked, "--format", "csv"))
    assert "\t" in ok(sosei(*asked, "--format", "tsv"))
    answer = json.loads(ok(sosei(*asked, "--format", "json")))
    assert any(
        cell["value"].endswith("item/1-1") for row in answer["results"]["bindings"] for cell in row.values()
    )
    for name, start in (
        ("a.csv", b"\xef\xbb\xbf"),
        ("a.json", b"{"),
        ("a.md", b"| Field |"),
        ("a.xlsx", b"PK"),
        ("a.txt", b"Who leads what"),
    ):
        assert ok(sosei(*asked, "--output", tmp_path / name)) == ""
        assert (tmp_path / name).read_bytes().startswith(start)
    assert sorted(path.name for path in tmp_path.glob("*a.*")) == [
        "a.csv",
        "a.json",
        "a.md",
        "a.txt",
        "a.xlsx",
    ]


def test_query_of_ones_own(built: Path, tmp_path: Path) -> None:
    """SPARQL from a file or from standard input, with and without a head; CONSTRUCT gives Turtle."""
    select = "SELECT ?city WHERE { ?city a sosei:Municipality } ORDER BY STR(?city)"
    path = tmp_path / "cities.rq"
    path.write_text(select, encoding="utf-8")
    page = ok(sosei("query", path, "--workspace", built))
    assert "Reiji City" in page
    assert (
        ok(sosei("query", "-", "--workspace", built, "--format", "csv", stdin=select.encode())).count("\n")
        >= 3
    )
    construct = b"CONSTRUCT { ?c a sosei:Municipality } WHERE { ?c a sosei:Municipality }"
    turtle = ok(sosei("query", "-", "--workspace", built, "--format", "turtle", stdin=construct))
    assert "gov:99201" in turtle
    path.write_text(
        "#+ title: {ja: 市, en: The city}\n#+ parameters:\n#+   city: {type: government, ja: 市, en: City}\n"
        "SELECT ?city WHERE {\n  # PARAMETERS\n  ?city a sosei:Municipality\n}",
        encoding="utf-8",
    )
    page = ok(sosei("query", path, "--city", "例示市", "--workspace", built))
    assert page.startswith("The city\n")
    assert page.endswith("1 row\n")


def test_query_of_ones_own_is_about_the_graphs_it_names(built: Path) -> None:
    """FROM and FROM NAMED are honoured; without them, and in strings and comments, it is the union of all."""
    graph = "<https://w3id.org/sosei/graph/reiji-strategy>"

    def count(query: str) -> str:
        text = f"SELECT (COUNT(*) AS ?n) {query}".encode()
        answer = ok(sosei("query", "-", "--workspace", built, "--format", "csv", stdin=text))
        return answer.split()[-1]

    alone = count(f"{{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    union = count("{ ?s ?p ?o }")
    assert int(alone) < int(union)
    assert count(f"FROM {graph} {{ ?s ?p ?o }}") == alone
    assert count(f"from named{graph} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == alone
    assert count(f"FROM NAMED {graph} {{ ?s ?p ?o }}") == "0"
    assert count("{ ?s ?p ?o FILTER(?o != 'FROM <x:g>') } # FROM <x:g>") == union


def test_show_tells_a_thing_with_its_evidence(built: Path) -> None:
    """A city by its name; a KPI by the end of its IRI."""
    page = ok(sosei("show", "例示市", "--workspace", built, "--lang", "ja"))
    assert page.startswith("例示市（Reiji City）\ngov:99201")
    assert "992011" in page
    page = ok(sosei("show", "goal/1", "--workspace", built))
    assert "reiji-strategy" in page or "Reiji City strategy" in page
    assert re.search(r"\d+–\d+", page)


def test_trace_re_reads_the_sources(workspace: Path) -> None:
    """One thing's spans are shown with their text; a changed source is a finding."""
    asked = ("trace", "goal/1", "--workspace", workspace, "--sources", workspace / "sources")
    page = ok(sosei(*asked))
    assert "「基本目標１ 働く場をふやす」" in page
    assert page.endswith("compared)\n")
    text = workspace / "sources" / "reiji-strategy.txt"
    text.write_text("x" + text.read_text(encoding="utf-8"), encoding="utf-8")
    assert sosei(*asked).exit_code == 1


def test_trace_holds_for_the_real_documents(sources: Path) -> None:
    """Every span of the project's own data stands in its document."""
    page = ok(sosei("trace", "--workspace", ROOT, "--sources", sources))
    found = re.fullmatch(r"(\d+) of (\d+) spans hold .*\n", page)
    assert found
    assert found[1] == found[2] != "0"


def test_cite_prints_evidence_to_paste(built: Path) -> None:
    """Standard output is Turtle with the span; where it stands is told on standard error."""
    result = sosei("cite", "reiji-strategy", "例示市", "--workspace", built, "--sources", built / "sources")
    assert "a sosei:Evidence ;" in ok(result)
    assert "【例示市】" in result.stderr


def test_format_rewrites_and_checks(workspace: Path) -> None:
    """`--check` names the files that are not in canonical order and leaves them; without it they are."""
    assert sosei("format", "--workspace", workspace).exit_code == 0
    assert ok(sosei("format", "--check", "--workspace", workspace)) == ""
    path = workspace / STRATEGY
    path.write_text(path.read_text(encoding="utf-8").replace(" ;\n", "  ;\n", 1), encoding="utf-8")
    result = sosei("format", "--check", "--workspace", workspace)
    assert (result.exit_code, result.stdout) == (1, f"{STRATEGY}\n")
    assert ok(sosei("format", path, "--workspace", workspace)) == f"{STRATEGY}\n"
    assert ok(sosei("format", "--check", "--workspace", workspace)) == ""


def test_export_follows_the_name(built: Path, tmp_path: Path) -> None:
    """The graph as Turtle, JSON-LD and N-Quads; with `--inferred` there is more."""
    for name in ("a.ttl", "a.jsonld", "a.nq"):
        ok(sosei("export", tmp_path / name, "--workspace", built))
        assert (tmp_path / name).stat().st_size > 1000
    ok(sosei("export", tmp_path / "b.nq", "--inferred", "--workspace", built))
    assert (tmp_path / "b.nq").stat().st_size > (tmp_path / "a.nq").stat().st_size


def test_build_says_which_workspace_it_was(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path, or that it is the package's; a `data/` that was passed over is told on standard error."""
    monkeypatch.chdir(tmp_path)
    assert ok(sosei("build", "--workspace", built)).endswith(f"\nWorkspace: {built}\n")
    monkeypatch.setattr("sosei_graph.workspace.packaged_root", lambda: ROOT)
    session = Session.of(("build", "--lang", "en"))
    assert comes_with_the_package(session.workspace)
    (tmp_path / "data").mkdir()
    told: list[str] = []
    monkeypatch.setattr(Session, "tell", lambda _, message: told.append(message.en))
    session.tell_what_is_not_used()
    Session.of(("build", "--workspace", str(built))).tell_what_is_not_used()
    (line,) = told
    assert "a sosei.toml makes the folder a workspace" in line


def test_short_help_is_help() -> None:
    """`-h` is what many type first."""
    assert ok(sosei("show", "-h")) == ok(sosei("show", "--help"))
