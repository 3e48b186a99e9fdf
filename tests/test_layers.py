"""Imports go one way: a module uses its own layer and those below it, and nothing runs in a circle."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sosei_graph"

#: The layers of the design. A package stands for all its modules; `__init__` is the facade over layers 0, 1.
LAYERS: dict[int, frozenset[str]] = {
    0: frozenset({"errors", "files", "formats", "languages", "processes", "text", "vocab", "wrapping"}),
    1: frozenset(
        {
            *("workspace", "locate", "integrity", "turtle", "store", "reasoning", "formatting", "catalog"),
            *("scopes", "names", "tables", "queries", "describe", "evidence", "validation", "ingest"),
            *("dumping", "engine_text", "exporting", "building", "built", "network", "remote", "spark"),
        }
    ),
    2: frozenset({"blocks", "console", "coverage_view", "ingest_view", "push_view", "terminal"}),
    3: frozenset({"__init__"}),
    4: frozenset({"__main__", "cli"}),
}
LAYER_OF = {name: layer for layer, names in LAYERS.items() for name in names}


def modules() -> dict[str, Path]:
    """Every module by its dotted name below the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in paths}


def imports(path: Path) -> Iterator[str]:
    """Dotted names below the package that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import; write the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        # The version is a constant and no use of the facade.
        ours = (name for name in names if top(name) == PACKAGE.name and not name.endswith(".__version__"))
        yield from (name.partition(".")[2] for name in ours)


def resolve(name: str) -> str:
    """The module that an imported name stands in: `store.Store` → `store`; nothing → the facade."""
    known = modules()
    parts = name.split(".") if name else []
    for end in range(len(parts), 0, -1):
        dotted = ".".join(parts[:end])
        for candidate in (dotted, f"{dotted}.__init__"):
            if candidate in known:
                return candidate
    return "__init__"


def top(module: str) -> str:
    return module.partition(".")[0]


def layer(module: str) -> int:
    return LAYER_OF[top(module)]


def test_there_are_modules_to_check() -> None:
    assert {"cli.root", "store.memory", "errors"} <= set(modules())


@pytest.mark.parametrize("module", modules())
def test_a_module_has_a_layer_and_imports_downward(module: str) -> None:
    assert top(module) in LAYER_OF, f"say in this test to which layer {module} belongs"
    upward = [name for name in imports(modules()[module]) if layer(resolve(name)) > layer(module)]
    assert not upward, f"{module} (layer {layer(module)}) imports from above: {upward}"


def test_every_module_of_a_layer_exists() -> None:
    """A name that stays here after its module has gone would hide the next one that takes it."""
    present = {top(name) for name in modules()}
    assert set(LAYER_OF) <= present


def test_no_import_runs_in_a_circle() -> None:
    graph = {name: {resolve(used) for used in imports(path)} - {name} for name, path in modules().items()}
    tuple(TopologicalSorter(graph).static_order())  # raises CycleError
