"""What a machine can see of the style: sizes, and what must not stand in any file."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("sosei_graph", "tests", "ontology", "data", "shapes", "queries", "docs", "benchmarks", ".ci")
BINARY = {".png", ".pyc", ".xlsx"}

FILES = sorted(
    path
    for place in (*ROOT.glob("*"), *(file for folder in FOLDERS for file in (ROOT / folder).rglob("*")))
    if (path := place).is_file() and path.suffix not in BINARY
)
MODULES = [path for path in FILES if path.suffix == ".py"]

#: Pattern → why no file may have it. Written so that this file has none of them itself.
FORBIDDEN = {
    r"\b(pypi|npmjs|pythonhosted|debian)[.](org|com)": "names a package registry's host",
    r"(?<![\w.])/(work|root|home)/\w": "is a path of one machine",
    r"\b(TOD[O]|FIXM[E]|XX[X])\b": "is left undone",
    r"\bissue\s*[#]\d+": "points at a tracker that a reader of the file does not have",
    r"^(<{7}|>{7})": "is a merge conflict",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", [path for path in MODULES if "sosei_graph" in path.parts], ids=name)
def test_a_function_has_at_most_40_lines(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [each.name for each in functions if (each.end_lineno or 0) - each.lineno >= 40]
    assert not long


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_clean(path: Path) -> None:
    """UTF-8, no forbidden words, a line break at the end, in prose and code no spaces before it."""
    text = path.read_text(encoding="utf-8")
    for pattern, reason in FORBIDDEN.items():
        found = [each[0] for each in re.finditer(pattern, text, re.MULTILINE)]
        assert not found, f"{found} {reason}"
    assert text == "" or text.endswith("\n")
    if path.suffix in {".md", ".py", ".toml"}:
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), "spaces at the end of a line"
