"""Faults of shapes and checks themselves: bad input, each one line."""

import pytest

from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.validation.validating import validate
from sosei_graph.vocab import NS
from sosei_graph.workspace import Workspace

MINIMUM = f"sh:targetClass <{NS}Goal> ; sh:minCount 1"
SELECT = f"sh:targetClass <{NS}Goal> ; sh:sparql [ sh:select 'SELECT $this WHERE {{ $this a ' ]"
FAULTS = {
    "shapes/broken.ttl": (
        "shape:X a sh:NodeShape .",
        r"shapes/broken\.ttl:1: the prefix shape: is not declared",
    ),
    "shapes/select.ttl": (
        f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n<https://example.org/S> a sh:NodeShape ; {SELECT} .\n",
        r"<https://example\.org/S>: its sh:select cannot be read",
    ),
    "shapes/pathless.ttl": (
        f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n<https://example.org/P> a sh:PropertyShape ; {MINIMUM} .\n",
        r"shapes: a shape cannot be used: .*sh:path",
    ),
    "queries/check/broken.rq": (
        "#+ title: {ja: a, en: b}\n#+ severity: info\n#+ message: {ja: a, en: b}\nSELECT ?focus WHERE {",
        r"broken\.rq: the query of this check cannot be read",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_shape_or_check_is_one_line(name: str, reiji: Workspace) -> None:
    """A file of shapes or a check that cannot be read is bad input, named in the message."""
    content, said = FAULTS[name]
    path = reiji.root / name
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SoseiError, match=said) as caught:
        validate(reiji, open_store(reiji))
    assert "\n" not in caught.value.line("ja")
