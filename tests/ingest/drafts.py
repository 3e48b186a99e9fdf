"""Drafts for tests: of fictional documents, and of records that a test writes itself."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.drafting import Drafted, Options, draft_facts
from sosei_graph.ingest.facts import DraftFact
from sosei_graph.ingest.ingesting import Outcome, ingest
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.matching import View
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Passage, Span
from sosei_graph.ingest.writing import triples_of
from sosei_graph.vocab import BASE, NS, PREFIXES
from sosei_graph.workspace import Workspace
from tests.ingest.blocks import Document
from tests.ingest.documents import write

PLAN = f"{BASE}id/plan/99201/comprehensive-strategy-1"


def reading_of(text: str, folder: Path) -> Reading:
    """A plain text as it is read."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path)


def said(reading: Reading, words: str, nth: int = 1) -> Passage:
    """The passage of some words of a reading, the `nth` time they stand there."""
    at = -1
    for _ in range(nth):
        at = reading.text.index(words, at + 1)
    return Passage(words, (Span(at, at + len(words)),))


def drafted(reading: Reading, findings: Findings, workspace: Workspace, **options: Any) -> Drafted:
    """The facts of records."""
    known = Known(open_for_drafts(workspace))
    return draft_facts(reading, findings, Options("test", **options), known)


def view_of(draft: Drafted, reading: Reading) -> View:
    """The things of a draft."""
    return View.of(triples_of(draft.notes.facts, draft.document, reading))


def ingested(
    document: Document, workspace: Workspace, folder: Path, name: str = "shiryo.docx", **wishes: Any
) -> Outcome:
    """A fictional document, written and taken in; it must not fail."""
    path = write(document, folder / name)
    outcome = ingest([path], workspace, **wishes)[0]
    assert outcome.error is None, outcome.error
    return outcome


def quads_of(path: Path) -> list[ox.Quad]:
    """What a Turtle file states."""
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE))


def things_of(outcome: Outcome) -> View:
    """What the draft of an outcome describes."""
    return View.of(quads_of(outcome.written[0]))


def short(iris: Iterable[str]) -> list[str]:
    """IRIs without the base of things and of the vocabulary, sorted."""
    return sorted(iri.removeprefix(f"{BASE}id/").removeprefix(NS) for iri in iris)


def local(facts: Iterable[DraftFact], name: str) -> set[str]:
    """The nodes that facts say something of with a prefixed name."""
    prefix, _, rest = name.partition(":")
    return {fact.subject for fact in facts if fact.predicate == PREFIXES[prefix] + rest}
