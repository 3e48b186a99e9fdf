"""Calls of the command line, for the tests of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from sosei_graph.cli.root import root

ROOT = Path(__file__).parent.parent
REIJI = Path(__file__).parent / "fixtures" / "reiji"
STRATEGY = "data/reiji-strategy.ttl"
#: The languages' environments, so that a test does not depend on the locale that it runs in.
ENGLISH = {"LC_ALL": "en_GB.UTF-8"}
JAPANESE = {"LC_ALL": "ja_JP.UTF-8"}


def sosei(*arguments: str | Path, stdin: bytes = b"", env: dict[str, str] = ENGLISH) -> Result:
    """One call of the command line, in this process."""
    return CliRunner().invoke(root, [str(each) for each in arguments], input=stdin, env=env)


def run(
    *arguments: str | bytes, env: dict[str, str] = ENGLISH, folder: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """One call of the command line, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    encoded = [each if isinstance(each, bytes) else each.encode() for each in arguments]
    command = [os.fsencode(sys.executable), b"-m", b"sosei_graph", *encoded]
    return subprocess.run(command, capture_output=True, check=False, env=environment, cwd=folder)


def ok(result: Result) -> str:
    """Standard output of a call that went well."""
    assert result.exit_code == 0, result.output
    return result.stdout


def complaint(result: Result) -> str:
    """The one line on standard error of a call with bad input."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def build_reiji(folder: Path) -> Path:
    """A copy of 例示市's workspace with a build in it."""
    shutil.copytree(REIJI, folder)
    assert sosei("build", "--workspace", folder).exit_code in (0, 1)
    return folder


def spoil(workspace: Path, old: str, new: str) -> None:
    path = workspace / STRATEGY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
