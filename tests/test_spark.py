"""Validation on Apache Spark, a real one on this machine: the same build, byte for byte."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sosei_graph.building import build, open_store
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.spark import Spark, spark
from sosei_graph.validation.validating import validate
from sosei_graph.workspace import Workspace
from tests.command_line import complaint, contents, sosei

pytestmark = pytest.mark.skipif(
    shutil.which("java") is None, reason="no Java: apt-get install default-jre-headless"
)

#: One shape that is compiled, and one, without a message, that is left to pySHACL.
OWN = """
@prefix : <https://example.org/shape/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sosei: <https://w3id.org/sosei/ns#> .
:Adopted a sh:PropertyShape ; sh:targetClass sosei:ComprehensiveStrategy ; sh:path sosei:adoptedBy ;
    sh:minCount 1 ; sh:message "採択した自治体がありません。"@ja, "Nobody has adopted it."@en .
:Unsaid a sh:PropertyShape ; sh:targetClass sosei:ComprehensiveStrategy ; sh:path sosei:adoptedBy ; sh:minCount 1 .
"""


@pytest.fixture(scope="module")
def two_cores() -> Iterator[Spark]:
    with spark("local[2]") as running:
        yield running


def double(number: int) -> int:
    if number == 7:
        raise SoseiError(Text("だめ", "no"), where="7.ttl", hint=Text("直す", "mend it"))
    return 2 * number


def test_results_come_in_the_order_of_the_items(two_cores: Spark) -> None:
    assert two_cores.spread(double, [3, 1, 2], [1, 9, 5]) == [6, 2, 4]
    assert two_cores.spread(double, [], []) == []


def test_bad_input_is_told_as_itself(two_cores: Spark) -> None:
    """Not as an error of Spark: the line has the file and what to do."""
    with pytest.raises(SoseiError) as caught:
        two_cores.spread(double, [1, 7, 2], [1, 1, 1])
    assert caught.value.line("ja") == "7.ttl: だめ（直す）"


def test_the_build_is_that_of_one_machine(
    two_cores: Spark, real_workspace: Workspace, tmp_path: Path
) -> None:
    """The project's own documents, with all their findings."""
    here = Workspace(real_workspace.root, tmp_path / "here")
    there = Workspace(real_workspace.root, tmp_path / "there")
    assert build(here).report == build(there, elsewhere=two_cores.spread).report
    assert contents(here.build_dir) == contents(there.build_dir)


def test_what_is_left_to_pyshacl_is_found_there_too(
    two_cores: Spark, edited: Callable[[str, str, str], Workspace]
) -> None:
    """Workers have the shapes of the workspace and the reference engine."""
    workspace = edited("data/reiji-strategy.ttl", "    sosei:adoptedBy gov:99201 ;\n", "")
    (workspace.root / "shapes").mkdir(exist_ok=True)
    (workspace.root / "shapes" / "own.ttl").write_text(OWN, encoding="utf-8")
    here = validate(workspace, open_store(workspace))
    there = validate(workspace, open_store(workspace), elsewhere=two_cores.spread)
    assert here == there
    assert {"https://example.org/shape/Adopted", "https://example.org/shape/Unsaid"} <= {
        finding.shape for finding in there.findings
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--executor", "spark", "--master", "nonsense://here"), "does not start at nonsense://here"),
        (("--master", "local[2]"), "--master goes with --executor spark"),
    ],
)
def test_a_wrong_master_is_one_line(arguments: tuple[str, ...], said: str, reiji: Workspace) -> None:
    assert said in complaint(sosei("build", "--workspace", reiji.root, *arguments))
    assert not reiji.build_dir.exists()
