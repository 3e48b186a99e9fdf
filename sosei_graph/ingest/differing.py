"""Where a new reading says otherwise than what was reviewed, told in the words of the domain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.ingest.facts import LABEL
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.matching import Thing, View, content
from sosei_graph.languages import Text
from sosei_graph.text import fold
from sosei_graph.vocab import NS, PREFIXES

_NOTATION = f"{PREFIXES['skos']}notation"
#: What is compared between a reviewed graph and a new reading; labels and gists are the reviewer's own.
_COMPARED = (
    *("statedName", "numericValue", "qualitativeValue", "absenceReason", "statedValue", "unit", "period"),
    *("role", "assignee", "signedOn", "heldOn", "stage", "edition", "cooperatesWith", "directPartOf"),
    *("indicatorOf", "startDate", "endDate", "statedUnit", "statedPeriod", "statedCategory", "signatoryName"),
    *("signatoryTitle", _NOTATION),
)
#: What a value says comes in one of these, compared together.
_CONTENT = ("numericValue", "qualitativeValue", "absenceReason")
#: What a draft says where nothing was read.
NOTHING = frozenset(f"{PREFIXES['absence']}{name}" for name in ("not-found", "not-stated"))
_DEFAULTS = NOTHING | {f"{PREFIXES['stage']}not-stated"}
_CHANGED = Text("確認済み「{was}」、今回の読み取り「{now}」", "reviewed “{was}”, now read “{now}”")
_OTHER = Text(
    "別の文書のデータでは「{was}」、この文書では「{now}」", "“{was}” by another document, “{now}” by this one"
)
_NEW = Text(
    "確認済みのデータにありません（加えるなら --accept、要らなければ下書きから消してください）",
    "not in the reviewed data (--accept adds it; if it is not wanted, take it out of the draft)",
)
_GONE = Text(
    "今回は読み取れませんでした（確認済みのまま残ります）", "not read this time (it stays as reviewed)"
)
_MARK = Text("記号", "mark")
_NONE = Text("なし", "nothing")


@dataclass(frozen=True)
class Difference:
    """Something that a new reading says otherwise than the reviewed data. `sign` is `≠`, `+` or `-`.

    `property` is the local name of what differs, `what` its name; both are empty where a whole thing does.
    """

    sign: str
    iri: str
    name: Text
    property: str
    what: Text
    message: Text


@dataclass(frozen=True)
class Differ:
    """Compares a new reading with the reviewed graph; `same` says which of its things are which there."""

    drafted: View
    reviewed: View
    same: Mapping[str, str]
    known: Known

    def differences(self) -> list[Difference]:
        """What is read otherwise, then what is new, then what was not read; parts of a new thing go with it."""
        found: list[Difference] = []
        for ours, theirs in sorted(self.same.items(), key=lambda pair: pair[1]):
            found += self._changes(self.drafted.things[ours], self.reviewed.things[theirs])
        new = {iri for iri, thing in self.drafted.things.items() if thing.sort and iri not in self.same}
        found += self._whole("+", self.drafted, new, _NEW)
        kept = set(self.same.values())
        read = {thing.kind for thing in self.drafted.things.values() if thing.sort}
        gone = {iri for iri, thing in self.reviewed.things.items() if thing.kind in read and iri not in kept}
        return [*found, *self._whole("-", self.reviewed, gone, _GONE)]

    def _whole(self, sign: str, view: View, iris: set[str], message: Text) -> Iterator[Difference]:
        for iri in sorted(iris):
            thing = view.things[iri]
            is_part = thing.sort == "value" and view.owner(thing) in iris
            if not is_part and thing.one("absenceReason") not in NOTHING:
                yield Difference(sign, iri, self.name(thing), "", Text("", ""), message)

    def _changes(self, ours: Thing, theirs: Thing) -> Iterator[Difference]:
        for name in _COMPARED:
            now = {
                key: text
                for key, text in self._said(self.drafted, ours, name).items()
                if key not in _DEFAULTS
            }
            was = self._said(self.reviewed, theirs, name)
            if not was and name not in _CONTENT:
                continue  # a reviewer may leave out what is printed
            if now.keys() - was.keys():
                message = _CHANGED.fill(was=_listed(was, now), now=_listed(now, was))
                yield Difference("≠", theirs.iri, self.name(theirs), name, self._property(name), message)

    def _said(self, view: View, thing: Thing, name: str) -> dict[str, Text]:
        """What is said of a thing, so that it can be compared, and as it is told."""
        if name in _CONTENT:
            said = {content(thing)} if thing.one(name) else set()
        elif name == "period":
            return {self._when(view, iri): self.label(iri) for iri in thing.all(name) if not _is_unread(iri)}
        else:
            said = {self.same.get(value, value) for value in thing.all(name)}
        return {value if _is_iri(value) else fold(value): self.label(value) for value in said}

    def _when(self, view: View, iri: str) -> str:
        """A period by its days, whatever its IRI."""
        period = view.things.get(iri) or View.of(self.known.facts(iri)).things.get(iri) or Thing(iri)
        days = (period.one("startDate"), period.one("endDate"))
        return "/".join(days) if all(days) else fold(period.one("statedPeriod")) or iri

    def name(self, thing: Thing) -> Text:
        """What a thing is called."""
        return label_of(thing) or both(thing.iri)

    def label(self, value: str) -> Text:
        """A value as it is told: things and concepts by their names."""
        if not _is_iri(value):
            return both(value)
        for view in (self.reviewed, self.drafted):
            if value in view.things and (label := label_of(view.things[value])):
                return label
        labels = self.known.store.labels(value)
        ja = labels.get("ja") or labels.get("en") or value.removeprefix(self.known.base)
        return Text(ja, labels.get("en", ja))

    def _property(self, name: str) -> Text:
        return _MARK if name == _NOTATION else self.label(NS + name)


def told_otherwise(was: Thing, now: Thing, differ: Differ) -> Difference:
    """A value that another document gives otherwise."""
    message = _OTHER.fill(was=differ.label(content(was)), now=differ.label(content(now)))
    return Difference("≠", now.iri, differ.name(now), "", Text("", ""), message)


def both(text: str) -> Text:
    """Words that are the same in both languages."""
    return Text(text, text)


def label_of(thing: Thing) -> Text | None:
    """The label of a thing in its graph; in English the Japanese one where there is no other."""
    names = {
        value.language: value.value for value in thing.facts.get(LABEL, ()) if isinstance(value, ox.Literal)
    }
    ja = names.get("ja") or names.get("en")
    return Text(ja, names.get("en", ja)) if ja else None


def _listed(values: Mapping[str, Text], others: Mapping[str, Text]) -> Text:
    """Values in words; where those of the others are the same words, with what tells them apart."""
    if not values:
        return _NONE
    shown = [values[key] for key in sorted(values)]
    if {text.ja for text in shown} & {text.ja for text in others.values()}:
        shown = [_told_apart(key, values[key]) for key in sorted(values)]
    return Text("、".join(text.ja for text in shown), ", ".join(text.en for text in shown))


def _told_apart(key: str, text: Text) -> Text:
    tail = "/".join(key.rsplit("/", 2)[1:]) if _is_iri(key) else key
    return Text(f"{text.ja}（{tail}）", f"{text.en} ({tail})")


def _is_iri(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def _is_unread(iri: str) -> bool:
    return iri.endswith("/period/not-found")
