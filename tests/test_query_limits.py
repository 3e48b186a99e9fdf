"""What a user's query may take: time, memory, SERVICE; and that nothing of it is left when it is ended."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import sosei_graph
from sosei_graph import processes, queries
from sosei_graph.errors import SoseiError
from sosei_graph.queries import Limits, ask, ask_file, own
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace
from tests import command_line
from tests.command_line import JAPANESE, ROOT, ok, sosei
from tests.helpers_reiji import KPIS, load, write_workspace

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
limiting = pytest.mark.skipif(not processes.limits_memory(), reason="the system cannot limit the memory")

_ALL = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(6))
#: Every combination of six triples: some 10^16 rows even in a small graph.
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}"
#: All of them to be kept, so that none comes twice.
HOG = f"SELECT DISTINCT * {{ {_ALL} }}"
ONE = "SELECT ?plan { ?plan a sosei:Plan }"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return write_workspace(tmp_path_factory.mktemp("limits"))


@pytest.fixture(scope="module")
def store(workspace: Workspace) -> Store:
    return load(workspace)


@contextmanager
def started(workspace: Workspace, query: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`sosei query -` in a group of processes of its own; none of them may be left at the end."""
    folder = ["--workspace", str(workspace.root)]
    command = [sys.executable, "-m", "sosei_graph", "query", "-", *options, *folder]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    try:
        assert process.stdin
        process.stdin.write(query.encode())
        process.stdin.close()
        process.stdin = None
        yield process
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        with process, suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def worker_of(process: subprocess.Popen[bytes]) -> int:
    """The process that answers the query, once there is one."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not Path("/proc/self/task").is_dir():
        pytest.skip("the system does not tell who is whose child")
    while not (found := children.read_text(encoding="ascii").split()):
        assert process.poll() is None
        time.sleep(0.02)
    return int(found[0])


# On the command line


LATE = {
    "en": "query: stopped: no answer within 0.5 s (narrow the query, or allow more with --timeout; 0 is no limit)",
    "ja": (
        "query: 0.5 秒以内に終わらないため、中止しました"
        "（条件を加えて絞り込むか、--timeout で秒数を増やしてください。0 は無制限）"
    ),
}
LARGE = {
    "en": (
        "query: stopped: it needs more memory than 50 MB "
        "(narrow the query, or allow more with --memory; 0 is no limit)"
    ),
    "ja": (
        "query: 使えるメモリー（50 MB）では足りないため、中止しました"
        "（条件や LIMIT を加えるか、--memory で増やしてください。0 は無制限）"
    ),
}


@forking
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_endless_query_ends_with_its_time(workspace: Workspace, lang: str) -> None:
    """One line, exit code 2, and no process that goes on."""
    with started(workspace, ENDLESS, "--timeout", "0.5", "--lang", lang) as process:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err.decode()) == (2, b"", LATE[lang] + "\n")


@limiting
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_query_that_eats_memory_ends_with_its_share(workspace: Workspace, lang: str) -> None:
    """The engine aborts for want of memory; what it prints then is not shown."""
    with started(workspace, HOG, "--memory", "50", "--lang", lang) as process:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err.decode()) == (2, b"", LARGE[lang] + "\n")


@forking
@pytest.mark.parametrize("query", [ENDLESS, HOG], ids=["endless", "hog"])
@pytest.mark.parametrize("whole", [True, False], ids=["group", "process"])
def test_ctrl_c_ends_the_query_too(workspace: Workspace, query: str, *, whole: bool) -> None:
    """From a terminal it reaches both processes, from elsewhere only the first."""
    with started(workspace, query, "--lang", "en") as process:
        worker_of(process)
        (os.killpg if whole else os.kill)(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (130, b"", b"\n")


@forking
@pytest.mark.parametrize(("number", "said"), [("SIGKILL", "want of memory"), ("SIGSEGV", "broke down")])
def test_a_query_whose_process_is_killed_is_one_line(workspace: Workspace, number: str, said: str) -> None:
    """As the system does when memory runs out, or the engine when it is at fault."""
    with started(workspace, ENDLESS, "--lang", "en") as process:
        os.kill(worker_of(process), signal.Signals[number])
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (2, b"")
        assert (err.count(b"\n"), said in err.decode()) == (1, True)


@forking
def test_a_question_of_the_workspace_has_limits_too(tmp_path: Path) -> None:
    """What stands in its queries/ was written by somebody, as any other query was."""
    folder = write_workspace(tmp_path).root
    (folder / "queries" / "slow.rq").write_text(
        f"#+ title: {{ja: 遅い, en: Slow}}\n{ENDLESS}\n", encoding="utf-8"
    )
    line = command_line.complaint(sosei("query", "slow", "--timeout", "0.5", "--workspace", folder))
    assert line.startswith("slow.rq: stopped: no answer within 0.5 s")
    line = command_line.complaint(sosei("query", "--timeout", "0.5", "slow", "--workspace", folder))
    assert line.startswith("slow.rq: stopped: no answer within 0.5 s")


@pytest.mark.parametrize("option", ["--timeout", "--memory"])
@pytest.mark.parametrize("value", ["-1", "soon", "nan", "inf", ""])
def test_a_limit_is_a_number(workspace: Workspace, option: str, value: str) -> None:
    """One line in either language."""
    call = ("query", "kpis", option, value, "--workspace", workspace.root)
    said = command_line.complaint(sosei(*call))
    assert said == f"sosei query kpis: {option} must be a number from 0 up, not {value}".rstrip() + "\n"
    assert "0 以上の数" in command_line.complaint(sosei(*call, env=JAPANESE))


def test_limits_are_told_in_the_help(workspace: Workspace) -> None:
    """Where they matter; the package's own questions take them without showing them."""
    at = ("--workspace", workspace.root)
    for call in (("query",), ("query", "-"), ("query", "kpis")):
        assert "--timeout" in ok(sosei(*call, "--help", *at, stdin=b"ASK {}"))
    assert "--timeout" not in ok(sosei("query", "plans", "--help", *at))
    assert ok(sosei("query", "plans", "--timeout", "60", *at)) == ok(sosei("query", "plans", *at))


def test_a_memory_limit_that_cannot_be_kept_is_said_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has none, and only to whoever asked for it."""
    monkeypatch.setattr(processes, "limits_memory", lambda: False)
    at = ("--workspace", workspace.root)
    result = sosei("query", "-", "--memory", "500", *at, stdin=b"ASK {}")
    assert result.stderr == "the memory of a query cannot be limited on this system: --memory has no effect\n"
    assert sosei("query", "-", *at, stdin=b"ASK {}").stderr == ""


def test_a_parameter_without_a_place_is_told(tmp_path: Path) -> None:
    """The line `# PARAMETERS` stands by itself; otherwise it is a comment like any other."""
    folder = write_workspace(tmp_path).root
    head = "#+ title: {ja: 市, en: City}\n#+ parameters:\n#+   city: {type: government, ja: 市, en: City}\n"
    query = f"{head}SELECT ?n {{ # PARAMETERS\n?city rdfs:label ?n }}"
    (folder / "queries" / "mine.rq").write_text(query, encoding="utf-8")
    line = command_line.complaint(sosei("query", "mine", "--city", "例示市", "--workspace", folder))
    assert "takes no parameters (add a line “# PARAMETERS”" in line


# Which queries run apart


@pytest.mark.parametrize("limits", [None, Limits(), Limits(60, 2048), Limits(0.0001 * 10**6, 10**9)])
def test_limits_do_not_change_an_answer(store: Store, limits: Limits | None) -> None:
    """The same table whatever may be taken, up to limits that are none."""
    assert ask_file(store, ONE, "en", limits) == ask_file(store, ONE, "en")
    assert ask(store, "kpis", "ja", limits, city="例示市") == ask(store, "kpis", "ja", city="例示市")
    assert ask(store, "plans", "ja", limits) == ask(store, "plans", "ja")


@forking
def test_only_what_the_package_brings_runs_in_place(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """By content: a question that goes by the name of the package's may say anything."""
    forked: list[str] = []

    def counting(*_: object, **__: object) -> tuple[str, bytes]:
        forked.append("one")
        return "refused", b"no"

    monkeypatch.setattr(own, "apart", counting)
    ask(store, "plans", "ja")
    assert not forked
    assert queries.is_packaged(queries.find(store.workspace, "plans"))
    changed = queries.headers.parse(queries.find(store.workspace, "plans").text + "\n", "plans", "plans.rq")
    for question in (changed, "kpis"):
        with pytest.raises(SoseiError, match="no"):
            ask(store, question, "ja")
    with pytest.raises(SoseiError, match="no"):
        ask(store, "plans", "ja", Limits(5))
    assert len(forked) == 3


def test_a_question_of_the_workspace_is_checked(tmp_path: Path) -> None:
    """It cannot reach the network any more than a query from elsewhere."""
    workspace = write_workspace(tmp_path)
    text = KPIS.replace("# PARAMETERS", "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }")
    (workspace.root / "queries" / "kpis.rq").write_text(text, encoding="utf-8")
    with pytest.raises(SoseiError, match=r"kpis\.rq:15: SERVICE is refused"):
        ask(load(workspace), "kpis", "ja")


def test_the_facade_takes_limits_and_files(workspace: Workspace, tmp_path: Path) -> None:
    """`sosei_graph.query` is the command as a function."""
    path = tmp_path / "mine.rq"
    path.write_text(ONE, encoding="utf-8")
    table = sosei_graph.query(path, workspace, lang="en", limits=Limits(60, 2048))
    assert [row[0].text for row in table.rows] == ["Reiji strategy"]
    assert len(sosei_graph.query("kpis", workspace, lang="en", limits=Limits(60)).rows) == 2


def test_an_answer_that_would_not_fit_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has to fit into the memory of whoever asked, and there nothing is limited."""
    monkeypatch.setattr(own, "_UNFOLDS", 10**9)
    with pytest.raises(SoseiError, match="needs more memory than 2048 MB"):
        ask_file(store, ONE, "ja", Limits(60, 2048))
    assert len(ask_file(store, ONE, "ja", Limits(60)).rows) == 1


def test_a_query_in_place_is_waited_for_no_longer_than_its_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be forked, the time still holds for whoever waits."""
    monkeypatch.setattr(own, "can_fork", lambda: False)
    gate = threading.Event()
    monkeypatch.setattr(own, "_has_dataset", lambda _: not gate.wait(60))
    try:
        with pytest.raises(SoseiError, match=r"no answer within 0\.05 s"):
            ask_file(store, ONE, "ja", Limits(0.05))
    finally:
        gate.set()
    assert len(ask_file(store, ONE, "ja", Limits(60, 2048)).rows) == 1


# SERVICE and LOAD


class _Elsewhere(http.server.BaseHTTPRequestHandler):
    """A SPARQL service that knows one thing."""

    def do_POST(self) -> None:
        body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"far"}}]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of a SPARQL service on this machine."""
    with http.server.HTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("options", "code"), [((), 2), (("--allow-service",), 0)])
def test_service_is_called_only_when_allowed(
    workspace: Workspace, elsewhere: str, options: tuple[str, ...], code: int
) -> None:
    """Refused with a word on how to allow it, and then nothing is sent."""
    query = f"SELECT ?x {{ SERVICE <{elsewhere}> {{ ?s ?p ?x }} }}"
    at = ("--format", "csv", "--workspace", workspace.root)
    result = sosei("query", "-", *options, *at, stdin=query.encode())
    assert result.exit_code == code
    assert ("far" in result.stdout, "--allow-service allows it" in result.stderr) == (code == 0, code == 2)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/x.ttl>",
        "INSERT DATA { <x:a> <x:b> 1 }",
        "ASK {} ; LOAD <http://127.0.0.1:9/x.ttl>",
    ],
)
def test_updates_are_refused_always(workspace: Workspace, update: str) -> None:
    """A query reads, whatever else is allowed."""
    call = ("query", "-", "--allow-service", "--workspace", workspace.root)
    command_line.complaint(sosei(*call, stdin=update.encode()))
