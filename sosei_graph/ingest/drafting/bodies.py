"""The governments of a document as nodes: by their codes where these are known, else marked as not known."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sosei_graph.ingest.facts import Notebook, ja, string
from sosei_graph.ingest.gazetteer import Gazetteer
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Government
from sosei_graph.languages import Text
from sosei_graph.text import fold

_NO_CODE = Text(
    "「{name}」がどの自治体か、一覧からは決まりません。正しい自治体の IRI（gov:コード）に置き換えてください",
    "which government “{name}” is cannot be told from the list: replace this IRI by that of the government (gov:CODE)",
)
_SEVERAL = Text(
    "「{name}」がどの自治体か決まりません（{which}）。--city で指定してください",
    "it cannot be told which government “{name}” is ({which}): say which with --city",
)
_UNLISTED = Text(
    "「{name}」は自治体の一覧で見つかりません。--city で指定してください",
    "“{name}” is not found in the list of governments: say which it is with --city",
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
        """Takes the government among these that is not known for the city that the user tells.

        That is the one which bears the city's name, else the only one, if no list has its name: 府中市 of Tokyo can
        be told to be that of Hiroshima, and never to be Fukuyama. A city that is a party already is no other.
        """
        known = {
            fold(each.name.text): self.known.government(each.name.text, each.code) for each in governments
        }
        city = f"{self.known.base}id/gov/{self.home}"
        unknown = [name for name, iri in known.items() if iri is None]
        if city in known.values():
            return
        for name in unknown:
            if self.home in self.gazetteer.candidates(name):
                self.told = name
        if len(unknown) == 1 and not self.gazetteer.candidates(unknown[0]):
            self.told = unknown[0]

    def asked(self, governments: Iterable[Government]) -> tuple[Text, ...]:
        """What the user is asked about those of these governments that are not known, a line for each."""
        names = dict.fromkeys(
            each.name.text for each in governments if self.iri(each).startswith(self.document)
        )
        return tuple(self._question(name) for name in names)

    def _question(self, name: str) -> Text:
        codes = self.gazetteer.candidates(fold(name))
        which = [f"{code} {self.gazetteer.told(code)}" for code in codes]
        if not which:
            return _UNLISTED.fill(name=name)
        return _SEVERAL.fill(name=name, which=", ".join(which))

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of all governments, also of those that share one."""
        return Gazetteer.load()

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
