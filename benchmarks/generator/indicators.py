"""Indicators and their values, as plans and progress reports print them."""

import random
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.generator import observed
from benchmarks.generator.figures import Course, decimal, printed, short_year
from benchmarks.generator.plans import Part, Plan, add_period
from benchmarks.generator.words import Pair
from benchmarks.generator.writing import Node, Objects, Page, Span, across, ref, text

ABSENT = {
    "not-implemented": "未実施",
    "not-yet-counted": "集計中",
    "blank-mark": "－",
    "not-yet-set": "未設定",
}
_KINDS = {
    "baseline": ("BaselineValue", "sosei:hasBaseline", ("基準値", "baseline")),
    "actual": ("ActualValue", "sosei:hasActual", ("実績値", "actual")),
    "target": ("TargetValue", "sosei:hasTarget", ("目標値", "target")),
    "projection": ("ProjectedValue", "sosei:hasProjection", ("推計値", "projection")),
}


class Told(NamedTuple):
    """What stands in a cell of a table, and what it says."""

    printed: str
    facts: dict[str, Objects]


@dataclass(frozen=True)
class Figure:
    """A value of an indicator: `role` and `slug` make its IRI, `when` and `printed_when` its time."""

    role: str
    slug: str
    told: Told
    when: str
    printed_when: str
    spans: list[Span]


def measured(course: Course, year: int) -> Told:
    """What was found in a year."""
    if course.gauge.unit == "words":
        return in_words(course.state(year))
    return _number(course.actual(year), course.gauge.unit, about=course.about)


def aimed(course: Course, year: int) -> Told:
    """What is aimed at for a year."""
    if course.gauge.unit == "words":
        return in_words(course.state(course.end))
    return _number(course.aim(year), course.gauge.unit, about=False)


def number(value: int, unit: str) -> Told:
    """A figure, in units of its last decimal."""
    return _number(value, unit, about=False)


def in_words(words: str) -> Told:
    """A value that is no number."""
    return Told(words, {"sosei:qualitativeValue": text(words), "sosei:statedValue": text(words)})


def absent(reason: str) -> Told:
    """No value, and what stands in its place."""
    mark = ABSENT[reason]
    return Told(mark, {"sosei:absenceReason": f"absence:{reason}", "sosei:statedValue": text(mark)})


def _number(value: int, unit: str, *, about: bool) -> Told:
    figure = f"約{printed(value, unit)}" if about else printed(value, unit)
    facts: dict[str, Objects] = {"sosei:approximate": "true"} if about else {}
    facts |= {
        "sosei:numericValue": decimal(value, unit),
        "sosei:statedValue": text(figure),
        "sosei:unit": f"unit:{unit}",
    }
    return Told(figure, facts)


def add_value(page: Page, owner: Node, name: Pair, figure: Figure) -> Node:
    """A value of an indicator."""
    kind, has, (ja, en) = _KINDS[figure.role]
    iri = f"{owner.iri}/{figure.role}" + (f"/{figure.slug}" if figure.slug else "")
    owner.facts.setdefault(has, []).append(ref(iri))
    label = (f"{name[0]}：{figure.printed_when}の{ja}", f"{name[1]}: {en} ({figure.slug or 'start'})")
    facts = {
        **figure.told.facts,
        "sosei:period": figure.when,
        "sosei:statedPeriod": text(figure.printed_when),
    }
    return page.add(iri, kind, label, figure.spans, facts)


@dataclass
class Table:
    """Indicators of a plan, a line each: name, baseline, target."""

    page: Page
    plan: Plan
    chance: random.Random
    baseline: int
    target: int

    def add(self, part: Part, ordinal: int, above: list[str], heading: Span) -> Part:
        """Prints an indicator and describes it with its two values; returns it as others have to know it."""
        gauge = part.gauge
        if gauge is None:
            raise ValueError(f"{part.iri} measures nothing")
        course = self.plan.course(gauge)
        part = self._named(part)
        facts: dict[str, Objects] = {"sosei:statedName": text(part.name[0]), "sosei:ordinal": str(ordinal)}
        if gauge.counting == "total":
            facts["sosei:cumulative"] = "true"
        if part.over:
            facts["sosei:countedOver"] = ref(self._counted_over(heading))
        if gauge.counting == "calendar":
            facts["sosei:yearBasis"] = "yearbasis:calendar"
        facts["sosei:indicatorOf"] = [ref(iri) for iri in above]
        first = measured(course, self.baseline)
        if self.chance.random() < observed.ABSENT_BASELINES:
            first = absent(self.chance.choice(("not-implemented", "not-yet-counted", "blank-mark")))
            facts["sosei:desiredDirection"] = f"direction:{'decrease' if gauge.sinking else 'increase'}"
        _, name, _, *cells = self.page.text.line(
            *("・", part.name[0], "　", first.printed, f"（{short_year(self.baseline)}"),
            *("）→ ", aimed(course, self.target).printed, f"（{short_year(self.target)}", "）"),
        )
        node = self.page.add(part.iri, part.kind, part.name, [heading, name], facts)
        self._value(node, part, "baseline", first, cells[:2])
        self._value(node, part, "target", aimed(course, self.target), cells[3:5])
        self.plan.parts.append(part)
        return part

    def _named(self, part: Part) -> Part:
        """The name as printed; some totals are those of the years of the plan."""
        gauge = part.gauge
        if gauge is None or gauge.counting != "total" or self.chance.random() >= observed.TOTALS_OVER_YEARS:
            return part
        first, last = self.plan.years
        years = f"{short_year(first)}～{short_year(last)[1:]}合計"
        name = (f"{gauge.ja}（{years}）", f"{gauge.en} (FY{first} to FY{last} together)")
        return Part(part.iri, part.kind, name, part.topic, part.goal, gauge, over=True)

    def _counted_over(self, span: Span) -> str:
        iri = f"{self.plan.iri}/period/counted"
        if iri not in self.page.nodes:
            add_period(self.page, iri, "Period", self.plan.years, span)
        return iri

    def _value(self, node: Node, part: Part, role: str, told: Told, spans: list[Span]) -> None:
        year = self.baseline if role == "baseline" else self.target
        slug = "" if role == "baseline" else f"fy{year}"
        figure = Figure(role, slug, told, f"fy:{year}", short_year(year), [spans[0], across(spans)])
        value = add_value(self.page, node, part.name, figure)
        if part.over and role == "target" and "sosei:numericValue" in value.facts:
            value.facts["sosei:cumulative"] = ["true"]
