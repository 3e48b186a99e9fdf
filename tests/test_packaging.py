"""The wheel, installed in an empty place, is complete: the command works from an empty folder."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("ontology", "data", "shapes", "queries")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built by hatchling itself: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a new environment with the wheel in it.

    The dependencies are those of the environment that runs the tests, so that nothing has to be fetched.
    """
    home = tmp_path_factory.mktemp("user")
    venv.create(home, symlinks=os.name != "nt")
    paths = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", paths))
    python = Path(sysconfig.get_path("scripts", "venv", paths)) / "python"
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    # After the wheel's own packages, so that it is the wheel that is imported.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python.parent


def run(scripts: Path, folder: Path, *arguments: str) -> str:
    """Standard output of the installed command, called in a folder, without this checkout on any path."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SOSEI_SOURCES")}
    done = subprocess.run(
        [scripts / "sosei", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_holds_the_four_folders_and_nothing_else(wheel: Path) -> None:
    """Every file of the four folders travels in sosei_graph/workspace; no tests, no build, no sources."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in FOLDERS:
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"sosei_graph/workspace/{name}" for name in files} <= names
    tops = {name.partition("/")[0] for name in names}
    assert len(tops) == 2
    assert "sosei_graph" in tops
    assert any(name.endswith("licenses/LICENSE-DATA") for name in names)
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_installed_command_builds_in_an_empty_folder(scripts: Path, tmp_path: Path) -> None:
    """The main job and a question, from a folder that has nothing in it."""
    page = run(scripts, tmp_path, "build", "--lang", "en")
    assert "The graph is built" in page
    assert (tmp_path / "build" / "sosei.ttl").is_file()
    answer = run(scripts, tmp_path, "query", "agreement-roles", "--city", "高岡市", "--lang", "ja")
    assert "高岡市" in answer
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_every_dependency_has_its_reason() -> None:
    """Each line of a dependency list ends with a comment that says what it is for."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"]
    for requirement in (*project["dependencies"], *(each for extra in extras.values() for each in extra)):
        lines = [line for line in text.splitlines() if line.strip().startswith(f'"{requirement}"')]
        assert lines
        assert all("#" in line for line in lines), requirement
