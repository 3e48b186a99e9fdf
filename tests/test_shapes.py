"""The shapes: each has examples that pass and examples that fail, and each failure is the one it names.

An example is held against the shapes with `background.ttl`, a city that does not exist. The head of an
invalid example says what has to be found: `# expect:` the shape, `# focus:` each focus node, `# path:` the
path (none for a shape about the node as a whole).
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.integrity import TurtleFile, Vocabulary, check, read
from sosei_graph.store.memory import Store, quads_of
from sosei_graph.validation.context import References, needs_of, subclass_axioms
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.literals import Literals
from sosei_graph.validation.reference import pyshacl_results, rdflib_graph
from sosei_graph.validation.results import Result
from sosei_graph.validation.shacl import Shapes
from sosei_graph.validation.targets import Classes, Term
from sosei_graph.vocab import BASE, PREFIXES
from sosei_graph.workspace import Workspace, packaged_root

HERE = Path(__file__).parent / "shapes"
SHAPE = f"{BASE}shape/"
WORKSPACE = Workspace(packaged_root(), packaged_root() / "build")
NAMES = [iri.removeprefix(SHAPE) for iri in Shapes.read(WORKSPACE.shapes()).names()]
EXAMPLES = sorted(path for name in NAMES for path in (HERE / name).glob("*.ttl"))
VALID = [path for path in EXAMPLES if path.name.startswith("valid-")]
INVALID = [path for path in EXAMPLES if path.name.startswith("invalid-")]

_HEAD = re.compile(r"^# (expect|focus|path): (.+)$", re.MULTILINE)
_TERM = re.compile(r"<([^>]*)>|([a-z]+):(\w+)")


@dataclass(frozen=True)
class Expected:
    """What the head of an invalid example says."""

    shape: str
    focus: frozenset[str]
    path: str


@cache
def shapes() -> Shapes:
    return Shapes.read(WORKSPACE.shapes())


@cache
def store() -> Store:
    paths = (WORKSPACE.ontology(), *WORKSPACE.schemes(), HERE / "background.ttl")
    return Store(WORKSPACE, quads_of(WORKSPACE, [read(path, BASE) for path in paths]))


@cache
def classes() -> Classes:
    return Classes(subclass_axioms(store()))


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of(store().quads([WORKSPACE.graph_name(WORKSPACE.ontology())]))


@cache
def about() -> dict[Term | ox.Triple, list[ox.Triple]]:
    by_subject: dict[Term | ox.Triple, list[ox.Triple]] = defaultdict(list)
    for triple in shapes().triples:
        by_subject[triple.subject].append(triple)
    return by_subject


def alone(shape: str) -> list[ox.Triple]:
    """One shape with the nodes it consists of and its prefixes."""
    found: list[ox.Triple] = []
    seen: set[Term] = set()
    waiting: list[Term] = [ox.NamedNode(shape), ox.NamedNode(f"{BASE}shape")]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            found += about()[node]
            waiting += [triple.object for triple in about()[node] if isinstance(triple.object, ox.BlankNode)]
    return found


def example(path: Path) -> TurtleFile:
    return read(path, BASE, path.name)


def read_with_context(path: Path) -> tuple[Graph, set[Term]]:
    """An example together with what it refers to, and what it describes."""
    graph = Graph(classes(), Literals())
    graph.add(example(path).quads)
    described = graph.described()
    graph.add(
        References(store()).context(needs_of(graph, described), {node.value for node in described}).triples
    )
    return graph, described


@cache
def results(path: Path) -> list[Result]:
    return shapes().results(*read_with_context(path))


def grave(path: Path) -> list[Result]:
    return [result for result in results(path) if result.severity != "info"]


def expected(path: Path) -> Expected:
    """The head of an invalid example; a head that is not of this form fails."""
    said = _HEAD.findall(path.read_text(encoding="utf-8").split("@base")[0])
    by_key = {
        key: [expand(value) for name, value in said if name == key] for key in ("expect", "focus", "path")
    }
    assert len(by_key["expect"]) == 1, "say with one line “# expect:” which shape has to find something"
    assert by_key["focus"], "say with “# focus:” about which node"
    assert len(by_key["path"]) <= 1
    path_text = "".join(by_key["path"])
    is_simple = path_text.startswith("<") and path_text.count("<") == 1
    return Expected(
        by_key["expect"][0][1:-1],
        frozenset(focus[1:-1] for focus in by_key["focus"]),
        path_text[1:-1] if is_simple else path_text,
    )


def expand(text: str) -> str:
    """Prefixed and relative names as absolute ones in angle brackets."""
    known = {**PREFIXES, "shape": SHAPE}
    return _TERM.sub(
        lambda found: f"<{known[found[2]]}{found[3]}>" if found[2] else f"<{BASE}{found[1]}>", text
    )


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_there_are_shapes() -> None:
    assert len(NAMES) > 100


def test_the_background_is_sound() -> None:
    """What the examples refer to has no finding of its own, so that each finding is the example's."""
    found = results(HERE / "background.ttl")
    assert not found, [result.key for result in found]


@pytest.mark.parametrize("shape", NAMES)
def test_a_shape_has_a_valid_and_an_invalid_example(shape: str) -> None:
    """A folder of the shape's name holds both, and every invalid one is about this shape."""
    folder = HERE / shape
    assert list(folder.glob("valid-*.ttl")), f"no valid example of {shape}"
    invalid = list(folder.glob("invalid-*.ttl"))
    assert invalid, f"no invalid example of {shape}"
    assert {expected(path).shape for path in invalid} == {f"{SHAPE}{shape}"}


def test_every_folder_is_a_shape() -> None:
    """A folder whose shape was renamed would check nothing."""
    folders = {path.name for path in HERE.iterdir() if path.is_dir()} - {"OntologyStyle"}
    assert folders <= set(NAMES)


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_example_uses_the_vocabulary(path: Path) -> None:
    """A valid example loads: its terms exist and its literals are well typed."""
    check(example(path), vocabulary())


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_example_has_no_finding(path: Path) -> None:
    """Nothing is wrong or missing, and its own shape has nothing to say at all."""
    own = f"{SHAPE}{path.parent.name}"
    found = [result.key for result in results(path) if result.severity != "info" or result.shape == own]
    assert not found


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_an_invalid_example_has_just_the_finding_it_names(path: Path) -> None:
    """The shape, the focus nodes and the path are as its head says, and nothing else is wrong or missing."""
    wanted = expected(path)
    own = [result for result in results(path) if result.shape == wanted.shape]
    assert {result.focus.value for result in own} == wanted.focus
    assert {result.path for result in own} == {wanted.path}
    others = [result.key for result in grave(path) if result.shape != wanted.shape]
    assert not others


@pytest.mark.parametrize("shape_name", NAMES)
def test_a_shape_finds_what_pyshacl_finds(shape_name: str) -> None:
    """Whether it is compiled or one query for all: on all its examples it has the results it has in pySHACL."""
    shape = rdflib_graph(alone(f"{SHAPE}{shape_name}"))
    for path in sorted((HERE / shape_name).glob("*.ttl")):
        graph, described = read_with_context(path)
        found = pyshacl_results(shapes(), rdflib_graph(graph.triples()), shape)
        reference = {each.key for each in found if each.focus in described}
        ours = {each.key for each in results(path) if each.shape == f"{SHAPE}{shape_name}"}
        assert reference == ours, path.name


def test_no_shape_of_ours_is_left_to_pyshacl() -> None:
    """One that is takes longer than all others together."""
    assert not shapes().program.left


@pytest.mark.parametrize("shape", NAMES)
def test_a_message_is_in_both_languages(shape: str) -> None:
    """One message in Japanese and one in English, each a sentence that ends."""
    message = shapes().message(ox.NamedNode(f"{SHAPE}{shape}"))
    assert message.ja.endswith("。")
    assert message.en.endswith((".", "?"))
    assert message.ja != message.en


@pytest.mark.parametrize("shape", NAMES)
def test_a_shape_states_its_severity(shape: str) -> None:
    """Whether it is wrong, incomplete or worth knowing is decided for each shape, never by default."""
    said = [
        triple for triple in alone(f"{SHAPE}{shape}") if triple.predicate.value == f"{PREFIXES['sh']}severity"
    ]
    assert len(said) == 1


def test_a_severity_no_one_tests_does_not_exist() -> None:
    assert {shapes().severity(ox.NamedNode(f"{SHAPE}{shape}")) for shape in NAMES} == {
        "violation",
        "warning",
        "info",
    }
