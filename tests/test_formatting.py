"""Turtle files into canonical order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.formatting import format_files, own_turtle
from sosei_graph.workspace import Workspace

Edit = Callable[[str, str, str], Workspace]
STRATEGY = "data/reiji-strategy.ttl"


def test_repository_is_in_canonical_order(real_workspace: Workspace) -> None:
    """Every Turtle file of the project is in canonical order."""
    assert format_files(real_workspace, check=True) == ()


def test_file_is_put_in_order(edited: Edit) -> None:
    """A label moved to the wrong place goes back to where it was, and only that file changes."""
    before = Path(__file__).parent / "fixtures" / "reiji" / STRATEGY
    workspace = edited(
        STRATEGY,
        'rdfs:label "子どもと暮らす"@ja, "Living with children"@en ;',
        'rdfs:label "Living with children"@en , "子どもと暮らす"@ja;',
    )
    assert format_files(workspace) == (workspace.root / STRATEGY,)
    assert (workspace.root / STRATEGY).read_bytes() == before.read_bytes()


def test_check_changes_nothing(edited: Edit) -> None:
    """With `check` a file out of order is named and left as it is."""
    workspace = edited(STRATEGY, "sosei:edition 1 ;\n", "")
    workspace = edited(STRATEGY, "sosei:stage ", "sosei:edition   1 ;\n    sosei:stage ")
    before = (workspace.root / STRATEGY).read_bytes()
    assert format_files(workspace, check=True) == (workspace.root / STRATEGY,)
    assert (workspace.root / STRATEGY).read_bytes() == before


def test_comment_that_would_be_lost_stops_it(edited: Edit) -> None:
    """A comment among the statements is named with its line, and no file at all is rewritten."""
    workspace = edited(STRATEGY, "sosei:edition 1 ;", "sosei:edition 1 ; # second printing")
    files = {path: path.read_bytes() for path in own_turtle(workspace)}
    with pytest.raises(SoseiError, match=r"data/reiji-strategy\.ttl:\d+: this comment would be lost"):
        format_files(workspace)
    assert {path: path.read_bytes() for path in own_turtle(workspace)} == files


@pytest.mark.parametrize(
    "text",
    [
        '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n<https://a.example/s> <urn:p> "5"^^xsd:decimal .\n',
        "@base <https://a.example/onto#> .\n<https://a.example/onto#A> <https://a.example/p> 1 .\n",
        "@base <https://a.example/x> .\n<https://a.example/xy> <https://a.example/p> 1 .\n",
        "@base <https://a.example/> .\n<https://a.example/a/../b> <https://a.example/p> 1 .\n",
    ],
)
def test_awkward_files_keep_their_graph(text: str, reiji: Workspace) -> None:
    """Whole decimals, bases that are no folder and dot segments come through a rewrite, and stay as they are then."""
    path = reiji.root / "data" / "awkward.ttl"
    path.write_text(text, encoding="utf-8")
    format_files(reiji, [path])
    assert format_files(reiji, [path], check=True) == ()


def test_head_comment_stays(edited: Edit) -> None:
    """The comment that a file opens with is kept."""
    workspace = edited(STRATEGY, "@base", "# Facts of 例示市\n\n@base")
    format_files(workspace)
    assert (workspace.root / STRATEGY).read_text(encoding="utf-8").startswith("# Facts of 例示市\n\n@base")
