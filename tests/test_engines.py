"""The quick engine and pySHACL: whatever is done to a document, both find the same."""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei_graph.errors import SoseiError
from sosei_graph.store.memory import Store
from sosei_graph.validation.context import Context, References
from sosei_graph.validation.judging import Document, Judge
from sosei_graph.validation.results import Result
from sosei_graph.validation.targets import TYPE
from sosei_graph.validation.validating import judge_of, validate
from sosei_graph.vocab import NS
from sosei_graph.workspace import Workspace

REIJI = Path(__file__).parent / "fixtures" / "reiji"
DOCUMENTS = sorted((REIJI / "data").glob("*.ttl")) + sorted((REIJI / "data" / "curation").glob("*.ttl"))
WORKSPACE = Workspace.find(REIJI)
XSD = "http://www.w3.org/2001/XMLSchema#"
#: What a mutation puts in the place of a value: of every kind, some of them sound and some not.
VALUES: tuple[ox.NamedNode | ox.Literal | ox.BlankNode, ...] = (
    ox.NamedNode(f"{WORKSPACE.base}id/gov/16202"),
    ox.NamedNode(f"{WORKSPACE.base}id/fy/2026"),
    ox.NamedNode(f"{WORKSPACE.base}scheme/unit/person"),
    ox.NamedNode(f"{WORKSPACE.base}scheme/absence/illegible"),
    ox.NamedNode(f"{WORKSPACE.base}scheme/stage/draft"),
    ox.NamedNode(f"{WORKSPACE.base}id/nothing"),
    ox.NamedNode(f"{NS}Goal"),
    ox.NamedNode(f"{NS}Evidence"),
    ox.BlankNode("b"),
    ox.Literal("約 3 人程度"),
    ox.Literal(""),
    ox.Literal("▲5", language="ja"),
    ox.Literal("累計", language="ja"),
    ox.Literal("x", language="en"),
    ox.Literal("12", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("-3.5", datatype=ox.NamedNode(f"{XSD}decimal")),
    ox.Literal("2.50", datatype=ox.NamedNode(f"{XSD}decimal")),
    ox.Literal("2019-04-01", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("2019-13-01", datatype=ox.NamedNode(f"{XSD}date")),
    ox.Literal("2020-01-01T00:00:00Z", datatype=ox.NamedNode(f"{XSD}dateTime")),
    ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean")),
)
JUDGE: list[Judge] = []
STORE: list[Store] = []


def store() -> Store:
    if not STORE:
        STORE.append(Store.load(WORKSPACE))
    return STORE[0]


def judge() -> Judge:
    if not JUDGE:
        JUDGE.append(judge_of(WORKSPACE, store()))
    return JUDGE[0]


def triples_of(path: Path) -> list[ox.Triple]:
    quads = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=WORKSPACE.base)
    return sorted((quad.triple for quad in quads), key=str)


def document_of(triples: list[ox.Triple]) -> Document:
    return Document(
        "data/changed.ttl", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", WORKSPACE.base
    )


def both(document: Document) -> tuple[list[Result], list[Result]]:
    """The results of the quick engine and those of pySHACL, in their fixed order."""
    return found(document, quick=True), found(document, quick=False)


def found(document: Document, *, quick: bool) -> list[Result]:
    """The results of one of the two engines."""
    reading = judge().read(document)
    context = References(store()).context(reading.needs, reading.survey.described)
    reading.graph.add(context.triples)
    shapes = judge().shapes
    find = shapes.results if quick else shapes.reference_results
    return find(reading.graph, reading.described)


def outcome(document: Document, *, quick: bool) -> list[tuple[str, ...]] | str:
    """What an engine tells, or why it refuses."""
    try:
        return told(found(document, quick=quick))
    except SoseiError as error:
        return str(error)


def told(results: list[Result]) -> list[tuple[str, ...]]:
    """All that a reader gets of a result; placeholders are filled by the quick engine's bindings alone."""
    return [
        (*result.key, result.severity, result.message.en, result.component.rsplit("#", 1)[1])
        for result in results
    ]


@st.composite
def mutations(draw: st.DrawFn) -> list[ox.Triple]:
    """A part of a document of 例示市, some statements taken out, turned to other values or properties, or added."""
    whole = triples_of(draw(st.sampled_from(DOCUMENTS)))
    subjects = sorted({triple.subject for triple in whole}, key=str)
    first = draw(st.integers(0, len(subjects) - 1))
    part = set(subjects[first : first + 12])
    triples = [triple for triple in whole if triple.subject in part]
    predicates = sorted({triple.predicate for triple in whole}, key=str)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(triples) - 1))
        subject, predicate, value = triples[place]
        match draw(st.sampled_from(["drop", "value", "add", "predicate", "swap", "class"])):
            case "drop" if len(triples) > 1:
                del triples[place]
            case "value":
                triples[place] = ox.Triple(subject, predicate, draw(st.sampled_from(VALUES)))
            case "predicate":
                triples.append(ox.Triple(subject, draw(st.sampled_from(predicates)), value))
            case "swap":
                other = triples[draw(st.integers(0, len(triples) - 1))]
                triples.append(ox.Triple(subject, predicate, other.object))
            case "class":
                triples.append(ox.Triple(subject, TYPE, draw(st.sampled_from(VALUES[6:8]))))
            case _:
                triples.append(ox.Triple(subject, predicate, draw(st.sampled_from(VALUES))))
    return triples


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutations())
def test_whatever_a_document_says_both_engines_find_the_same(triples: list[ox.Triple]) -> None:
    """Focus, path, value, severity, message in both languages and component."""
    document = document_of(triples)
    assert outcome(document, quick=True) == outcome(document, quick=False)


def test_what_the_reference_refuses_is_refused() -> None:
    """PySHACL compares no blank node with a date; the quick engine does not make a judgement of its own of it."""
    year = ox.NamedNode(f"{WORKSPACE.base}id/fy/2024")
    triples = triples_of(REIJI / "data" / "calendar.ttl")
    kept = [each for each in triples if (each.subject, each.predicate.value) != (year, f"{NS}endDate")]
    document = document_of([*kept, ox.Triple(year, ox.NamedNode(f"{NS}endDate"), ox.BlankNode("b"))])
    assert outcome(document, quick=True) == outcome(document, quick=False)
    assert "BlankNode" in str(outcome(document, quick=True))


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.stat().st_size > 5_000], ids=lambda path: path.stem
)
@pytest.mark.parametrize("fifth", range(5))
def test_a_document_without_some_of_its_properties(path: Path, fifth: int) -> None:
    """Every property is left out once, each time every fifth: that is what most shapes are about."""
    triples = triples_of(path)
    left_out = set(sorted({triple.predicate for triple in triples} - {TYPE}, key=str)[fifth::5])
    quick, reference = both(document_of([each for each in triples if each.predicate not in left_out]))
    assert told(quick) == told(reference)
    assert quick


def test_the_unit_of_work_can_be_sent_elsewhere() -> None:
    """The judge, the document, what it gets to know and what comes of it: all of it is pickled and works."""
    path = REIJI / "data" / "reiji-strategy.ttl"
    document = Document("data/reiji-strategy.ttl", path.read_bytes(), WORKSPACE.base)
    reading = judge().read(document)
    context = References(store()).context(reading.needs, reading.survey.described)
    here = judge()(document, context)
    sent = pickle.loads(pickle.dumps((judge(), document, context)))  # noqa: S301 - our own
    there_judge, there_document, there_context = sent
    assert isinstance(there_context, Context)
    assert pickle.loads(pickle.dumps(there_judge(there_document, there_context))) == here  # noqa: S301
    assert here
    assert there_judge.digest() == judge().digest()


def test_validation_elsewhere_finds_the_same(tmp_path: Path) -> None:
    """Whoever does the work gets all of it, and nothing but what can be sent."""
    sent: list[int] = []

    def elsewhere(work: Callable[[Any], Any], items: Sequence[Any], weights: Sequence[int]) -> list[Any]:
        assert len(items) == len(weights)
        sent.append(len(items))
        return [
            pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(work))(pickle.loads(pickle.dumps(item)))))  # noqa: S301
            for item in items
        ]

    workspace = Workspace(REIJI, tmp_path / "build", WORKSPACE.base)
    here = validate(workspace, store())
    assert validate(workspace, store(), elsewhere=elsewhere) == here
    assert sent == [len(here.files)] * 2
