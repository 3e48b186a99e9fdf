"""What plans of every kind share: the document, the plan, its period, and the names that its parts are given."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from benchmarks.generator import observed
from benchmarks.generator.cities import City
from benchmarks.generator.figures import Course, course, long_year
from benchmarks.generator.words import COUNTERS, TAILS, TOPICS_OF, Counting, Gauge, Pair, Topic
from benchmarks.generator.writing import Node, Objects, Page, Span, both, day, ref, text


@dataclass(frozen=True)
class Part:
    """A part of a plan or agreement that others refer to: goals, measures, indicators, items, opinions."""

    iri: str
    kind: str
    name: Pair
    topic: Topic
    #: The place of the basic goal that it stands under, from 1.
    goal: int = 0
    gauge: Gauge | None = None
    #: Whether the indicator is a total over the years of the plan.
    over: bool = False


@dataclass
class Plan:
    """A plan of a city, with the first and the last fiscal year, and its parts so far."""

    iri: str
    kind: str
    name: Pair
    city: City
    years: tuple[int, int]
    edition: int
    seed: int
    parts: list[Part] = field(default_factory=list)
    #: What the same document says beside the plan: parts of the population vision, of the council's meeting.
    beside: list[Part] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[Part]:
        """The parts of some classes, in their order."""
        return [part for part in self.parts if part.kind in kinds]

    def course(self, gauge: Gauge) -> Course:
        """What a gauge shows in the city."""
        return course(gauge, self.city.code, self.city.population, self.seed)


class Names:
    """Measures and indicators for a basic goal, each once."""

    def __init__(self, chance: random.Random, above: str) -> None:
        self._chance = chance
        topics = TOPICS_OF[above]
        self._measures = [
            (topic, ja.format(matter[0]), en.format(matter[1]))
            for topic in topics
            for matter in topic.matters
            for ja, en in TAILS
        ]
        self._known = [(topic, gauge) for topic in topics for gauge in topic.gauges]
        self._others = [
            (topic, _counter(topic, place, unit))
            for topic in topics
            for place in range(len(topic.matters))
            for unit in chance.choices(list(observed.UNITS), list(observed.UNITS.values()), k=2)
        ]
        self._built = [
            (topic, _counter(topic, place, "words"))
            for topic in topics
            for place in range(len(topic.matters))
        ]
        chance.shuffle(self._built)
        chance.shuffle(self._measures)
        chance.shuffle(self._known)
        chance.shuffle(self._others)

    def measure(self) -> tuple[Topic, Pair]:
        """A measure that was not named yet."""
        topic, ja, en = self._measures.pop()
        return topic, (ja, en)

    def gauge(self) -> tuple[Topic, Gauge]:
        """An indicator that was not named yet, mostly one that other cities have, too."""
        if self._chance.random() < observed.IN_WORDS:
            return self._built.pop()
        known = self._known and (self._chance.random() < observed.COMPARABLE or not self._others)
        topic, gauge = self._known.pop() if known else self._others.pop()
        self._others = [other for other in self._others if other[1].key != gauge.key]
        return topic, gauge


def _counter(topic: Topic, place: int, unit: str) -> Gauge:
    ja, en = COUNTERS[unit]
    matter = topic.matters[place]
    key = f"{topic.theme}-{place}-{unit}"
    counting: Counting = "" if unit in {"percent", "words"} or (unit == "person" and place) else "total"
    return Gauge(key, ja.format(matter[0]), en.format(matter[1]), unit, "", counting)


def add_document(
    page: Page, kind: str, title: Pair, spans: Iterable[Span], facts: Mapping[str, Objects]
) -> Node:
    """The document itself; its digest is filled in when it is written."""
    said: dict[str, Objects] = {
        "dcterms:title": f'"{title[0]}"@ja',
        "dcterms:format": text("text/plain"),
        **facts,
        "sosei:fileName": text(f"{page.name}.txt"),
        "sosei:sha256": text(""),
    }
    return page.add(page.document, kind, title, spans, said)


def add_plan(page: Page, plan: Plan, stage: str, spans: list[Span], facts: Mapping[str, Objects]) -> Node:
    """A plan that the document sets out, with a period that is told in the last of the spans."""
    said: dict[str, Objects] = {
        "sosei:statedName": text(plan.name[0]),
        "dcterms:spatial": plan.city.iri,
        "sosei:adoptedBy": plan.city.iri,
        "sosei:edition": str(plan.edition),
        "sosei:planPeriod": ref(f"{plan.iri}/period"),
        "sosei:stage": f"stage:{stage}",
        **facts,
    }
    first, last = plan.years
    add_period(page, f"{plan.iri}/period", "PlanPeriod", plan.years, spans[-1])
    page.nodes[f"{plan.iri}/period"].facts["sosei:statedPeriod"] = [text(years(first, last))]
    return page.add(plan.iri, plan.kind, plan.name, spans, said)


def years(first: int, last: int) -> str:
    """A period as documents print it."""
    return f"{long_year(first)}から{long_year(last)}まで"


def add_period(page: Page, iri: str, kind: str, between: tuple[int, int], span: Span) -> Node:
    """A period of whole fiscal years."""
    first, last = between
    return page.add(
        iri,
        kind,
        (years(first, last), f"FY{first} to FY{last}"),
        [span],
        {"sosei:endDate": day(f"{last + 1}-03-31"), "sosei:startDate": day(f"{first}-04-01")},
    )


def add_unknown_period(page: Page, iri: str, of: Pair, reason: str, span: Span) -> Node:
    """A period of which no dates are told."""
    kind = "PlanPeriod" if reason == "other-document" else "Period"
    label = (f"{of[0]}の時期（記載なし）", f"Time of {of[1]} (not told)")
    return page.add(iri, kind, label, [span], {"sosei:absenceReason": f"absence:{reason}"})


def add_part(page: Page, plan: Plan, part: Part, spans: Iterable[Span], facts: Mapping[str, Objects]) -> Node:
    """A part of a plan with the name that is printed."""
    plan.parts.append(part)
    return page.add(part.iri, part.kind, part.name, spans, {"sosei:statedName": text(part.name[0]), **facts})


def numbered(ordinal: int, mark: str, above: str) -> dict[str, Objects]:
    """What a part says of its place."""
    return {"skos:notation": text(mark), "sosei:ordinal": str(ordinal), "sosei:directPartOf": ref(above)}


def gist(ja: str, en: str) -> dict[str, Objects]:
    """What is said, in our words."""
    return {"sosei:gist": both((ja, en))}
