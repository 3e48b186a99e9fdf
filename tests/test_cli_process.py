"""The command line as a process: locales, closed streams, signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import sosei_graph
from tests.command_line import ROOT, build_reiji, run, sosei


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """例示市's workspace with a build, not to be changed."""
    return build_reiji(tmp_path_factory.mktemp("built") / "reiji")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_arguments_are_utf8_whatever_the_locale(locale: str, built: Path, tmp_path: Path) -> None:
    """Names of cities and of files are read as UTF-8 where Python could not read them by the locale."""
    env = {"LC_ALL": locale, "PYTHONUTF8": "0"}
    at = ("--workspace", str(built), "-o", str(tmp_path / "主導.csv"))
    done = run("query", "leads", "--city", "例示市", *at, env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert "Reiji" in (tmp_path / "主導.csv").read_text(encoding="utf-8")
    done = run("query", "leads", "--city", "幻市", "--workspace", str(built), env=env)
    assert done.returncode == 2
    assert "幻市" in done.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="arguments are always text there")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize("call", [("show", b"\xff"), ("cite", "x", b"\xff"), ("export", b"\xff.ttl")])
def test_argument_that_is_no_text_is_one_line(
    locale: str, call: tuple[str | bytes, ...], tmp_path: Path
) -> None:
    """Bytes that are not UTF-8 are refused before anything is done."""
    done = run(*call, env={"LC_ALL": locale, "PYTHONUTF8": "0"}, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"is not UTF-8" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams with a POSIX shell")
@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_stream_is_no_fault(closing: str, built: Path) -> None:
    """What would be printed on a stream that the caller closed is not wanted."""
    line = f'exec "$@" {closing}'
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "sosei_graph"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for call in (["query", "leads"], ["validate", "--fail-on", "never"]):
        done = subprocess.run(
            [*command, *call, "--workspace", str(built)], capture_output=True, check=False, env=env
        )
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_query_ends_with_the_process_that_asked(name: str) -> None:
    """However `sosei` is ended from outside, the process of an endless query does not live on."""
    if name == "SIGKILL" and sys.platform != "linux":
        pytest.skip("only Linux tells a process that its parent was killed")
    code = (
        "import os\nfrom sosei_graph.processes import apart\n"
        "def endless():\n    os.write(1, b'%d\\n' % os.getpid())\n    while True: pass\n"
        "apart(endless)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout
        worker = int(process.stdout.readline())
        process.send_signal(signal.Signals[name])
        try:
            # Both have the pipe open: it ends when the last of them does.
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            os.kill(worker, signal.SIGKILL)
            raise
    assert process.returncode == -signal.Signals[name]


def test_reader_that_goes_away_ends_it_quietly(built: Path) -> None:
    """`sosei query … | head -1` prints no traceback."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sosei_graph", "query", "evidence", "--workspace", str(built)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_interrupt_exits_130(monkeypatch: pytest.MonkeyPatch, built: Path) -> None:
    """Ctrl-C leaves no traceback."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sosei_graph.building.build", interrupted)
    result = sosei("build", "--workspace", built)
    assert result.exit_code == 130
    assert result.stderr.strip() == ""


def test_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch, built: Path) -> None:
    """What is no fault of the input shows as what it is."""
    monkeypatch.setattr("sosei_graph.building.build", lambda *_: 1 / 0)
    assert isinstance(sosei("build", "--workspace", built).exception, ZeroDivisionError)


def test_results_in_a_pipe_are_utf_8(built: Path) -> None:
    """Whatever the locale's encoding."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [
        sys.executable,
        "-m",
        "sosei_graph",
        "show",
        "99201",
        "--lang",
        "ja",
        "--workspace",
        str(built),
    ]
    done = subprocess.run(command, capture_output=True, check=True, env=env)
    assert done.stdout.decode("utf-8").startswith("例示市")


def test_python_m_is_the_same_command() -> None:
    """`python -m sosei_graph` says its version under the command's name."""
    command = [sys.executable, "-m", "sosei_graph", "--version"]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)
    assert done.stdout == f"sosei {sosei_graph.__version__}\n"
