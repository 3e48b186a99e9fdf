"""The governments of a document as nodes: by their codes where these are known, else marked as not known."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sosei_graph.ingest.facts import Notebook, ja, string
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Government
from sosei_graph.languages import Text
from sosei_graph.text import fold

_NO_CODE = Text(
    "「{name}」がどの自治体か、一覧からは決まりません。正しい自治体の IRI（gov:コード）に置き換えてください",
    "which government “{name}” is cannot be told from the list: replace this IRI by that of the government (gov:CODE)",
)


@dataclass
class Bodies:
    """Gives every government an IRI. One without a code is a placeholder below the document, of no class."""

    document: str
    known: Known
    notes: Notebook
    home: str | None = None
    """The code of the city that the user tells."""
    told: str | None = None
    """The name in the document that is told to be that city."""
    _unknown: dict[str, str] = field(default_factory=dict)

    def iri(self, government: Government) -> str:
        """The IRI of a government; a placeholder is described when it is first asked for."""
        found = self.known.government(government.name.text, government.code)
        if found is not None:
            return found
        name = fold(government.name.text)
        if self.home and name == self.told:
            return f"{self.known.base}id/gov/{self.home}"
        if name not in self._unknown:
            self._unknown[name] = f"{self.document}/government/{len(self._unknown) + 1}"
            self._describe(self._unknown[name], government)
        return self._unknown[name]

    def tell(self, governments: Iterable[Government]) -> None:
        """Takes the only one of the governments that no list knows for the city that the user tells."""
        unknown = {
            fold(each.name.text)
            for each in governments
            if self.known.government(each.name.text, each.code) is None
        }
        self.told = unknown.pop() if len(unknown) == 1 else None

    def codes(self, governments: tuple[Government, ...]) -> list[str] | None:
        """The codes of all the governments; None where one of them has none, or there are none."""
        iris = [self.iri(each) for each in governments]
        if not iris or any(iri.startswith(self.document) for iri in iris):
            return None
        return [iri.rsplit("/", 1)[-1] for iri in iris]

    def label(self, government: Government) -> Text:
        """What a government is called, in English where the workspace knows it."""
        found = self.known.government(government.name.text, government.code)
        labels = self.known.store.labels(found) if found else {}
        name = government.name.text
        return Text(name, labels.get("en", name))

    def _describe(self, iri: str, government: Government) -> None:
        name = government.name
        self.notes.say(iri, "rdfs:label", ja(name.text), name)
        self.notes.say(iri, "sosei:statedName", string(name.text), name)
        self.notes.remark(iri, _NO_CODE.fill(name=name.text), 0.0)
        self.notes.taken.add(iri)
