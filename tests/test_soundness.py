"""Files checked by queries after they were loaded: never less strict than statement by statement."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import LEXICAL, Vocabulary
from sosei_graph.store import soundness
from sosei_graph.store.loading import check_described_once, check_files, sources
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

STRATEGY = "data/reiji-strategy.ttl"

Edit = Callable[[str, str, str], Workspace]


def is_sound(workspace: Workspace) -> bool:
    """Statement by statement."""
    files = sources(workspace)
    try:
        check_described_once(check_files(files, Vocabulary.of(files[0].read().quads)))
    except SoseiError:
        return False
    return True


def passes(workspace: Workspace) -> bool:
    """By queries."""
    return soundness.load(ox.Store(), sources(workspace), {})


def test_sound_workspaces_pass(reiji: Workspace, real_workspace: Workspace) -> None:
    """What is sound is loaded at once and not gone through a second time."""
    assert passes(reiji)
    assert passes(real_workspace)


VALUES = st.one_of(
    st.builds(
        lambda text, kind: f'"{text}"^^xsd:{kind}',
        st.sampled_from(
            [
                "",
                "1",
                "+1",
                "-1",
                "1.",
                ".5",
                "1.5",
                " 1",
                "1e3",
                "٣",
                "true",
                "TRUE",
                "0",
                "99999999999999999999",
                "2024",
                "02024",
                "2024Z",
                "-2024",
                "2024-01-01",
                "2024-1-1",
                "2024-02-30",
                "2024-01-01Z",
                "2024-01-01T00:00:00",
                "2024-01-01T24:00:00",
                "2024-01-01 00:00",
                "2024-01-01T00:00:00+09:00",
                "x",
            ]
        ),
        st.sampled_from(
            [name.removeprefix(PREFIXES["xsd"]) for name in LEXICAL]
            + ["string", "int", "positiveInteger", "gYearMonth"]
        ),
    ),
    st.sampled_from(
        [
            "1",
            "1.0",
            "1e0",
            "true",
            '"text"',
            '"text"@ja',
            "gov:99201",
            "sosei:Goal",
            "sosei:Gaol",
            "<http://e.org/>",
        ]
    ),
    st.sampled_from(
        ["[]", "[ sosei:gaol 1 ]", "( 1 )", '"x"^^sosei:Goal', '"x"^^sosei:Gaol', "<ns#Gaol>", "xsd:byte"]
    ),
    st.sampled_from(
        [
            r"<ns\u0023Gaol>",
            r'"1"^^<http://www.w3.org/2001/XMLSchema#\u0069nt>',
            '"1"^^<http://www.w3.org/2001/XMLSchema#int>',
        ]
    ),
)
PROPERTIES = st.sampled_from(
    [
        "sosei:numericValue",
        "sosei:ordinal",
        "sosei:startDate",
        "sosei:partOf",
        "sosei:cumulative",
        "sosei:unit",
        "sosei:statedValue",
        "sosei:gaol",
        "rdfs:label",
        "rdfs:seeAlso",
        "dcterms:issued",
        "a",
        "<http://e.org/p>",
    ]
)
SUBJECTS = st.sampled_from(
    ["<id/x>", "sosei:Goal", "sosei:Gaol", "<id/plan/99201/strategy-1>", "gov:99201", "_:b"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(SUBJECTS, PROPERTIES, VALUES), min_size=1, max_size=3))
def test_nothing_passes_that_is_not_sound(reiji: Workspace, facts: list[tuple[str, str, str]]) -> None:
    """Whatever is added to a file: where the queries find no fault there is none."""
    path: Path = reiji.root / STRATEGY
    head, _, _ = path.read_text(encoding="utf-8").partition("# added\n")
    head = head.replace("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n", "")
    added = "".join(f"{subject} {name} {value} .\n" for subject, name, value in facts)
    declared = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    path.write_text(f"{head}# added\n{declared}{added}", encoding="utf-8")
    assert is_sound(reiji) or not passes(reiji)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sosei:adoptedBy gov:99201", "sosei:adoptedBy gov:99201 ; rdfs:seeAlso [ rdfs:label 'x', [] ]"),
        ("sosei:adoptedBy gov:99201", "sosei:adoptedBy gov:99201 ; rdfs:seeAlso ( 1 2 )"),
    ],
)
def test_blank_nodes_are_named_as_at_every_reading(old: str, new: str, edited: Edit) -> None:
    """A file with blank nodes passes, and they have the names that checking statement by statement gives them."""
    workspace = edited(STRATEGY, old, new)
    files = sources(workspace)
    checked = check_files(files, Vocabulary.of(files[0].read().quads))
    assert passes(workspace)
    expected = ox.Store()
    expected.extend(quad for file in checked for quad in file.quads())
    assert set(Store.load(workspace).ox) == set(expected)


@pytest.mark.parametrize("kind", sorted(soundness.KEPT))
def test_engine_keeps_these_datatypes(kind: bytes) -> None:
    """A value has the datatype in the graph that it has in the file."""
    name = ox.NamedNode(PREFIXES["xsd"] + kind.decode())
    for text in ("1", "2024-01", "x"):
        store = ox.Store()
        store.add(ox.Quad(name, name, ox.Literal(text, datatype=name)))
        assert [quad.object.datatype for quad in store if isinstance(quad.object, ox.Literal)] == [name]
