"""A draft held against the shapes before it is written: what a reviewer has to mend."""

from dataclasses import dataclass
from pathlib import Path

from sosei_graph.integrity import Vocabulary, check, parse
from sosei_graph.store.memory import Store
from sosei_graph.validation.context import References
from sosei_graph.validation.findings import Report
from sosei_graph.validation.judging import Document, Judge
from sosei_graph.validation.places import PlacesOutside
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
        places = PlacesOutside(self.workspace, self.store, file.quads)
        return Report.of((finding_of(each, places, path) for each in placed), [shown])
