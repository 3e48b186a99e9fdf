"""A draft held against the shapes before it is written: what a reviewer has to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.ingest.facts import LABEL
from sosei_graph.integrity import Vocabulary, check, parse
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.validation.context import References
from sosei_graph.validation.findings import Report
from sosei_graph.validation.judging import Document, Judge
from sosei_graph.validation.places import Places
from sosei_graph.validation.validating import finding_of, judge_of
from sosei_graph.workspace import Workspace


@dataclass
class Checker:
    """The shapes of a workspace, read once and held against any number of drafts."""

    workspace: Workspace
    store: Store
    judge: Judge
    references: References
    vocabulary: Vocabulary

    @classmethod
    def of(cls, store: Store) -> "Checker":
        """The shapes and classes of the store's workspace."""
        workspace = store.workspace
        ontology = store.quads([workspace.graph_name(workspace.ontology())])
        return cls(
            workspace,
            store,
            judge_of(workspace, store),
            References(store),
            Vocabulary.of(ontology),
        )

    def report(self, text: str, path: Path) -> Report:
        """The findings on a draft that will stand, or stands, at `path`.

        What could not even be loaded (an unknown term, a malformed literal) is a `SoseiError`.
        """
        shown = self.workspace.short(path)
        file = parse(text, path, self.workspace.base, shown)
        check(file, self.vocabulary)
        reading = self.judge.read(Document(shown, text.encode(), self.workspace.base))
        survey = reading.survey
        placed = self.judge.judge(reading, self.references.context(survey.needs, survey.described))
        places = _DraftPlaces(self.workspace, self.store, [quad.triple for quad in file.quads])
        return Report.of((finding_of(each, places, path) for each in placed), [shown])


class _DraftPlaces(Places):
    """Names of a draft, which is no part of the graph."""

    def __init__(self, workspace: Workspace, store: Store, triples: Sequence[ox.Triple]) -> None:
        super().__init__(workspace, store)
        self._named: dict[str, dict[str, str]] = {}
        for triple in triples:
            if triple.predicate.value == LABEL and isinstance(triple.object, ox.Literal):
                subject = triple.subject
                if isinstance(subject, ox.NamedNode):
                    self._named.setdefault(subject.value, {})[triple.object.language or ""] = (
                        triple.object.value
                    )

    def name(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Text:
        """The label that the draft gives, else that of the graph."""
        named = self._named.get(term.value) if isinstance(term, ox.NamedNode) else None
        if not named:
            return super().name(term)
        own = named.get("ja") or named.get("en") or ""
        return Text(own, named.get("en", own))
