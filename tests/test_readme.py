"""What the READMEs show is what the commands print."""

import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = {"README.md": "en_GB.UTF-8", "README.ja.md": "ja_JP.UTF-8"}
WIDTH = 96


def examples(page: str) -> list[tuple[str, str]]:
    """Commands and what is shown under them: the `console` blocks of a page."""
    blocks = re.findall(
        r"^```console\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    parts = [
        part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part.strip()
    ]
    return [(command, shown.strip("\n")) for command, _, shown in (part.partition("\n") for part in parts)]


def on_terminal(command: str, locale: str, folder: Path) -> str:
    """What the command prints on a terminal, without its colours."""
    program, *arguments = shlex.split(command)
    assert program == "sosei"
    ours, theirs = pty.openpty()
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": locale,
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "sosei_graph", *arguments],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=env,
        cwd=folder,
    ) as process:
        os.close(theirs)
        printed = b""
        while chunk := _read(ours):
            printed += chunk
        assert process.stderr
        assert process.stderr.read() == b""
    os.close(ours)
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed.decode("utf-8")).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_what_is_printed(page: str, tmp_path: Path) -> None:
    """A line that is only “…” stands for lines left out; all others are as printed."""
    shown = examples(page)
    assert len(shown) >= 2
    for command, text in shown:
        printed = on_terminal(command, PAGES[page], tmp_path)
        pattern = "\n".join(".*" if line.strip() == "…" else re.escape(line) for line in text.splitlines())
        assert re.fullmatch(pattern, printed, re.DOTALL), f"{page}: {command} prints\n{printed}"


def test_both_pages_are_in_step() -> None:
    """The same commands, headings and links in both languages."""
    texts = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES]
    for pattern in (r"^\$ (.*)$", r"^(#+) ", r"^\| `(sosei \w+)", r"^    (pip .*)$"):
        first, second = (re.findall(pattern, text, re.MULTILINE) for text in texts)
        assert first == second
    links = [set(re.findall(r"\]\(([^)]+)\)", text)) - {"README.md", "README.ja.md"} for text in texts]
    assert links[0] == links[1]
    for link in links[0]:
        assert link.startswith("https://") or (ROOT / link).exists()
