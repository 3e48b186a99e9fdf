"""Which things of two graphs are the same: told by what is printed, where it stands, and what they belong to.

An IRI alone tells little: where one heading more is read, every number after it is another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from sosei_graph.text import fold
from sosei_graph.vocab import NS, PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_NAMES = (_LABEL, PREFIXES["skos"] + "altLabel", f"{NS}statedName")
_EVIDENCE = f"{NS}evidence"
_CHAR = re.compile(r"#char=(\d+),(\d+)$")

#: Sorts of things: what is matched with what. A thing is of the first sort that has one of its classes.
SORTS: dict[str, tuple[str, ...]] = {
    "document": ("PlanDocument", "ProgressReport", "MeetingMaterial", "AgreementDocument", "Document"),
    "plan": (
        *("RegionalRevitalizationPlan", "ComprehensiveStrategy", "PopulationVision", "ComprehensivePlan"),
        *("CooperationVision", "PolicyFramework"),
    ),
    "agreement": ("AgreementAmendment", "Agreement"),
    "meeting": ("Meeting",),
    "element": (
        *("BasicGoal", "CrossCuttingGoal", "Goal", "Principle", "Direction", "Measure", "Project"),
        *("Initiative", "Activity", "Programme", "FutureVision", "Chapter", "PolicyArea"),
    ),
    "indicator": ("NumericTarget", "KeyPerformanceIndicator", "ReferenceIndicator", "ContextIndicator"),
    "pillar": ("CooperationPillar",),
    "field": ("CooperationField",),
    "item": ("CooperationItem",),
    "agenda": ("AgendaItem",),
    "opinion": ("Opinion",),
    "response": ("Response",),
    "milestone": ("Milestone",),
    "party": ("UnnamedParty",),
    "signature": ("Signature",),
    "role": ("RoleAssignment",),
    "value": ("BaselineValue", "ActualValue", "TargetValue", "ProjectedValue", "IndicatorValue"),
}
_SORT_OF = {name: sort for sort, names in SORTS.items() for name in names}
VALUE_LINKS = tuple(f"{NS}has{name}" for name in ("Baseline", "Actual", "Target", "Projection", "Value"))
#: How like each other two things have to be.
_ENOUGH = 2.0
#: So many pairs are all looked at; of more only those that have something in common.
_FEW_PAIRS = 10_000
_STRETCH = 100


@dataclass
class Thing:
    """A node of a graph with what is said of it."""

    iri: str
    facts: dict[str, list[ox.NamedNode | ox.Literal]] = field(default_factory=lambda: defaultdict(list))

    @property
    def kind(self) -> str:
        """The local name of its class."""
        names = [value.value.removeprefix(NS) for value in self.facts.get(_TYPE, ())]
        return next((name for name in _SORT_OF if name in names), names[0] if names else "")

    @property
    def sort(self) -> str:
        """What it is matched with."""
        return _SORT_OF.get(self.kind, "")

    @cached_property
    def names(self) -> frozenset[str]:
        """Its Japanese names as compared."""
        said = (value for name in _NAMES for value in self.facts.get(name, ()))
        return frozenset(
            fold(value.value)
            for value in said
            if isinstance(value, ox.Literal) and value.language in (None, "ja")
        )

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Its places in the text, in order."""
        found = (_CHAR.search(value.value) for value in self.facts.get(_EVIDENCE, ()))
        return tuple(sorted((int(each[1]), int(each[2])) for each in found if each))

    def one(self, name: str) -> str:
        """The value of a property of the vocabulary, the first where there are several; empty without one."""
        values = self.all(name)
        return values[0] if values else ""

    def all(self, name: str) -> list[str]:
        """All values of a property of the vocabulary, sorted."""
        iri = name if "/" in name else NS + name
        return sorted(value.value for value in self.facts.get(iri, ()))


@dataclass
class View:
    """A graph as things. What is only referred to is no thing of it."""

    things: dict[str, Thing] = field(default_factory=dict)

    @classmethod
    def of(cls, triples: Iterable[ox.Triple | ox.Quad]) -> "View":
        """The things that triples describe."""
        view = cls()
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(
                triple.object, ox.NamedNode | ox.Literal
            ):
                thing = view.things.setdefault(triple.subject.value, Thing(triple.subject.value))
                thing.facts[triple.predicate.value].append(triple.object)
        return view

    def sort(self, sort: str) -> list[Thing]:
        """The things of a sort, by IRI."""
        return [thing for _, thing in sorted(self.things.items()) if thing.sort == sort]

    @cached_property
    def document(self) -> Thing | None:
        """The document that the graph is of: the one with a digest."""
        return next((thing for thing in self.sort("document") if thing.one("sha256")), None)

    @cached_property
    def owners(self) -> dict[str, str]:
        """Value → the indicator that it is of."""
        return {
            value: thing.iri
            for thing in self.things.values()
            for link in VALUE_LINKS
            for value in thing.all(link)
        }

    def owner(self, thing: Thing) -> str:
        """What a thing is part of, belongs to or is on; empty where nothing is said."""
        if thing.sort == "value":
            return self.owners.get(thing.iri, "")
        for name in ("directPartOf", "carriesOut", "indicatorOf", "onItem", "signs", "raisedAt", "agendaOf"):
            if owner := thing.one(name):
                return owner
        return thing.iri.partition("/party/")[0] if thing.sort == "party" else ""

    def when(self, thing: Thing) -> str:
        """The period of a thing so that it can be compared: its IRI if it is a year, else its dates or print."""
        iri = thing.one("period")
        period = self.things.get(iri)
        if period is None:
            return iri
        dates = (period.one("startDate"), period.one("endDate"))
        if all(dates):
            return "/".join(dates)
        return fold(period.one("statedPeriod") or thing.one("statedPeriod") or "?")


def match(one: View, other: View) -> dict[str, str]:
    """The things of `one` that are in `other`, too, by IRI: each once."""
    same_text = _same_text(one, other)
    found: dict[str, str] = {}
    for sort in SORTS:
        likeness = _LIKENESS.get(sort, _likeness)
        pairs = _pairs(one.sort(sort), other.sort(sort), (one, other), found)
        scored = [(likeness(_Pair(a, b, one, other, found, same_text)), a.iri, b.iri) for a, b in pairs]
        taken: set[str] = set()
        for score, a_iri, b_iri in sorted(scored, key=lambda each: (-each[0], each[1] != each[2], each[1:])):
            if score >= _ENOUGH and a_iri not in found and b_iri not in taken:
                found[a_iri] = b_iri
                taken.add(b_iri)
    return found


def _same_text(one: View, other: View) -> bool:
    documents = (one.document, other.document)
    return all(documents) and len({each.one("sha256") for each in documents if each}) == 1


def _pairs(
    ours: Sequence[Thing], theirs: Sequence[Thing], views: tuple[View, View], found: Mapping[str, str]
) -> Iterable[tuple[Thing, Thing]]:
    """Those that can be the same at all: values and roles only of owners that are."""
    one, other = views
    if not ours or ours[0].sort not in ("value", "role", "signature", "party"):
        return _near_pairs(ours, theirs)
    by_owner: dict[str, list[Thing]] = defaultdict(list)
    for thing in theirs:
        by_owner[other.owner(thing)].append(thing)
    return ((a, b) for a in ours for b in by_owner.get(_counterpart(one.owner(a), one, found), ()))


def _near_pairs(ours: Sequence[Thing], theirs: Sequence[Thing]) -> Iterable[tuple[Thing, Thing]]:
    """All pairs; where these are too many, those that share a name, an IRI or a stretch of the text."""
    if len(ours) * len(theirs) <= _FEW_PAIRS:
        yield from ((a, b) for a in ours for b in theirs)
        return
    index: dict[str | int, list[Thing]] = defaultdict(list)
    for thing in theirs:
        for key in _keys(thing):
            index[key].append(thing)
    for a in ours:
        near = {b.iri: b for key in _keys(a) for b in index.get(key, ())}
        yield from ((a, near[iri]) for iri in sorted(near))


def _keys(thing: Thing) -> set[str | int]:
    stretches = {
        block for start, end in thing.spans for block in range(start // _STRETCH, (end - 1) // _STRETCH + 1)
    }
    return {thing.iri, *thing.names, *stretches}


def _counterpart(iri: str, view: View, found: Mapping[str, str]) -> str:
    """What a thing is called in the other graph; what neither describes has one name in both."""
    described = iri in view.things and bool(view.things[iri].sort)
    return found.get(iri, "") if described else iri


@dataclass(frozen=True)
class _Pair:
    a: Thing
    b: Thing
    one: View
    other: View
    found: Mapping[str, str]
    same_text: bool

    @property
    def share(self) -> float:
        """How much of the shorter evidence stands in the other."""
        if not self.same_text or not self.a.spans or not self.b.spans:
            return 0.0
        common = sum(
            max(0, min(end, last) - max(start, first))
            for start, end in _apart(self.a.spans)
            for first, last in _apart(self.b.spans)
        )
        lengths = [sum(end - start for start, end in _apart(spans)) for spans in (self.a.spans, self.b.spans)]
        return common / min(lengths)

    @property
    def same_owner(self) -> bool:
        """Whether what they belong to is the same."""
        owner = self.one.owner(self.a)
        return bool(owner) and _counterpart(owner, self.one, self.found) == self.other.owner(self.b)


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _likeness(pair: _Pair) -> float:
    """Names count most, then the place, then what the things belong to and their numbers."""
    a, b = pair.a, pair.b
    score = 2.0 * pair.share
    if a.names & b.names:
        score += 2.5
    elif any(len(x) >= 4 and len(y) >= 4 and (x in y or y in x) for x in a.names for y in b.names):
        score += 1.0
    score += 0.6 * (a.kind == b.kind) + 0.6 * pair.same_owner + 0.3 * (a.iri == b.iri)
    return score if score - 1.5 >= 0.5 or not pair.same_text else 0.0


def _document_likeness(pair: _Pair) -> float:
    return 3.0 if pair.a.one("sha256") and pair.b.one("sha256") else 0.0


def _agreement_likeness(pair: _Pair) -> float:
    same_day = pair.a.one("signedOn") and pair.a.one("signedOn") == pair.b.one("signedOn")
    return 3.0 if same_day else _likeness(pair)


def _role_likeness(pair: _Pair) -> float:
    return 3.0 if pair.a.one("assignee") == pair.b.one("assignee") else 0.0


def _signature_likeness(pair: _Pair) -> float:
    return 3.0 if pair.a.one("onBehalfOf") == pair.b.one("onBehalfOf") else 0.0


def _party_likeness(pair: _Pair) -> float:
    return 3.0 if pair.a.names & pair.b.names else 0.0


def _value_likeness(pair: _Pair) -> float:
    """The same kind, and the same number, print or reason; else the same time."""
    a, b = pair.a, pair.b
    if a.kind != b.kind:
        return 0.0
    score = 1.0 if pair.one.when(a) == pair.other.when(b) else 0.0
    if content(a) == content(b):
        score += 2.0
    elif a.one("statedValue") and fold(a.one("statedValue")) == fold(b.one("statedValue")):
        score += 1.5
    return score + 0.5 * (a.iri == b.iri) + 0.8 * (pair.share > 0.3)


_LIKENESS: dict[str, Callable[[_Pair], float]] = {
    "document": _document_likeness,
    "agreement": _agreement_likeness,
    "role": _role_likeness,
    "signature": _signature_likeness,
    "party": _party_likeness,
    "value": _value_likeness,
}


def content(value: Thing) -> str:
    """What a value says, so that it can be compared: its number, its reason for absence, or its words."""
    if number := value.one("numericValue"):
        whole, _, rest = number.partition(".")
        return f"{whole}.{rest.rstrip('0')}".rstrip(".")
    if reason := value.one("absenceReason"):
        return reason
    return fold(value.one("qualitativeValue"))
