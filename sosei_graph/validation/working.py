"""Work on many documents: those whose results are kept and still hold are not judged again."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sosei_graph.processes import spread
from sosei_graph.validation.context import Basis, Needs, References
from sosei_graph.validation.judging import Document, Judge, Placed, Survey, Task
from sosei_graph.validation.keeping import Keeping, Kept, State

Progress = Callable[[int, int], None]
"""Is told how many documents of how many are done."""

Spread = Callable[[Callable[[Any], Any], Sequence[Any], Sequence[int]], list[Any]]
"""Does a work on every item: `work, items, weights`."""

_NO_BASIS = Basis("", (), ())


@dataclass
class Work:
    """What documents are judged with, and where their results are kept."""

    judge: Judge
    references: References
    keeping: Keeping
    digests: Callable[[], dict[str, str]]
    """The digest of the file of each graph as it is now."""
    elsewhere: Spread | None = None
    """Does work like `processes.spread`, but where nothing of this process is known: everything is sent there."""

    def on(self, documents: Sequence[Document], progress: Progress) -> dict[str, Kept]:
        """The results of each document, by its name."""
        done = {document.shown: kept for document in documents if (kept := self._kept(document)) is not None}
        stale = [document for document in documents if document.shown not in done]
        before = len(done)
        progress(before, len(documents))
        if stale:
            self.judge.prepare()
            judged = self._all(stale, lambda count: progress(before + count, len(documents)))
            new = {document.shown: kept for document, kept in zip(stale, judged, strict=True)}
            self.keeping.keep(new)
            done |= new
        return done

    def settle(self, done: dict[str, Kept]) -> None:
        """Notes what holds now, after a validation of everything."""
        if self.keeping.is_open:
            self.keeping.drop_others(done)
            contexts = {shown: kept.basis.digest for shown, kept in done.items()}
            self.keeping.keep_state(State(self._now, contexts))

    # What holds

    @cached_property
    def _now(self) -> dict[str, str]:
        return self.digests()

    @cached_property
    def _state(self) -> State | None:
        return self.keeping.state()

    @cached_property
    def _changed(self) -> set[str]:
        """The graphs that are not what they were when the state was noted."""
        noted = self._state.graphs if self._state is not None else {}
        return {graph for graph in {*noted, *self._now} if noted.get(graph) != self._now.get(graph)}

    @cached_property
    def _touched(self) -> set[str]:
        return self.references.touched(self._changed)

    def _kept(self, document: Document) -> Kept | None:
        kept = self.keeping.find(document.shown, document.digest)
        if kept is None:
            return None
        holds = self._is_untouched(document.shown, kept) or self._has_the_same_context(kept)
        return kept if holds else None

    def _is_untouched(self, shown: str, kept: Kept) -> bool:
        """Whether no graph that changed can have anything to do with a context that was found to hold.

        A graph that told something of it, as it was, or that now speaks of a node of it, may have: then the facts
        themselves are compared.
        """
        if self._state is None or self._state.contexts.get(shown) != kept.basis.digest:
            return False
        if not self._changed:
            return True
        nodes = {*kept.needs.nodes, *kept.needs.areas, *kept.needs.units, *kept.basis.beyond}
        return self._changed.isdisjoint(kept.basis.graphs) and self._touched.isdisjoint(nodes)

    def _has_the_same_context(self, kept: Kept) -> bool:
        return kept.basis == self.references.basis(kept.needs)

    # What has to be done

    def _all(self, documents: Sequence[Document], progress: Callable[[int], None]) -> list[Kept]:
        weights = [len(document.data) for document in documents]
        if self.elsewhere is None:
            return spread(self._judged, documents, weights, progress)
        surveys: list[Survey] = self.elsewhere(self.judge.survey, documents, weights)
        contexts = (self.references.context(survey.needs, survey.described) for survey in surveys)
        tasks = [Task(document, context) for document, context in zip(documents, contexts, strict=True)]
        results: list[tuple[Placed, ...]] = self.elsewhere(self.judge.task, tasks, weights)
        progress(len(documents))
        return [
            self._to_keep(document, survey.needs, placed)
            for document, survey, placed in zip(documents, surveys, results, strict=True)
        ]

    def _judged(self, document: Document) -> Kept:
        # What is made for a document goes with it: there is nothing for the collector to find meanwhile.
        with _uncollected():
            reading = self.judge.read(document)
            survey = reading.survey
            context = self.references.context(survey.needs, survey.described)
            return self._to_keep(document, survey.needs, self.judge.judge(reading, context))

    def _to_keep(self, document: Document, needs: Needs, placed: tuple[Placed, ...]) -> Kept:
        basis = self.references.basis(needs) if self.keeping.is_open else _NO_BASIS
        return Kept(document.digest, self.keeping.judge, basis, needs, placed)


@contextmanager
def _uncollected() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
