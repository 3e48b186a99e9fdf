"""The W3C test suite of SHACL on the engine that is not pySHACL: it may leave a case to pySHACL, never be wrong."""

from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.validation.shacl import Shapes
from sosei_graph.workspace import Workspace
from tools import w3c_shacl as tool


@pytest.fixture(scope="module")
def outcomes() -> dict[tool.Case, tool.Outcome]:
    try:
        suite = tool.folder()
    except SoseiError as absent:
        pytest.skip(absent.line("en"))
    return {case: tool.run(case) for case in tool.cases(suite)}


def of(outcomes: dict[tool.Case, tool.Outcome], verdict: str, part: str = "") -> list[str]:
    return [
        f"{case.group}/{case.name}: {outcome.why}"
        for case, outcome in outcomes.items()
        if outcome.verdict == verdict and case.group.startswith(part)
    ]


def test_no_case_is_wrong(outcomes: dict[tool.Case, tool.Outcome]) -> None:
    assert not of(outcomes, "wrong")


def test_the_suite_is_there_and_most_of_its_core_is_taken(outcomes: dict[tool.Case, tool.Outcome]) -> None:
    """An engine that left everything to pySHACL would never be wrong either."""
    assert len(outcomes) == 121
    assert len(of(outcomes, "right", "core/")) >= 84
    assert len(of(outcomes, "right", "sparql/")) >= 4


def test_the_page_is_what_came_of_it(
    outcomes: dict[tool.Case, tool.Outcome], real_workspace: Workspace
) -> None:
    """docs/shacl.md is what tools/w3c_shacl.py writes."""
    written = tool.page(outcomes, Shapes.read(real_workspace.shapes()))
    assert tool.PAGE.read_text(encoding="utf-8") == written


def test_an_absent_suite_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SoseiError, match="the W3C test suite of SHACL is absent"):
        tool.folder(str(tmp_path))
