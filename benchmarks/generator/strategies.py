"""Comprehensive strategies: the form of Hitachi's outline and of the plan in Kanazawa's report."""

import random

from benchmarks.generator import observed
from benchmarks.generator.cities import City
from benchmarks.generator.figures import long_year
from benchmarks.generator.indicators import Table
from benchmarks.generator.plans import (
    Names,
    Part,
    Plan,
    add_document,
    add_part,
    add_plan,
    gist,
    numbered,
    years,
)
from benchmarks.generator.visions import add_vision, vision_of
from benchmarks.generator.words import CROSS_CUTTING, GOAL_NAMES, PRINCIPLES, TOPICS_OF, VISIONS, Pair, Topic
from benchmarks.generator.writing import Objects, Page, Source, Span, across, dice, ref, text

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


def strategy_of(city: City, seed: int) -> Plan:
    """The strategy in force in a city, still without its parts."""
    chance = dice(seed, city.code, "strategy")
    first, edition = chance.choice((2020, 2020, 2021, 2022)), 2
    name = (
        f"第{edition}期{city.ja}まち育て戦略",
        f"{city.en} strategy for the city's growth, term {edition}",
    )
    iri = f"id/plan/{city.code}/comprehensive-strategy-{edition}"
    return Plan(iri, "ComprehensiveStrategy", name, city, (first, first + 4), edition, seed)


def council_of(city: City) -> str:
    """The council that looks after the strategy."""
    return f"id/council/{city.code}/strategy-council"


def strategy_page(plan: Plan) -> Page:
    """The document that sets out a strategy and its population vision."""
    page = Page(f"{plan.city.code}-comprehensive-strategy-{plan.edition}", Source())
    writer = _Strategy(page, plan, dice(plan.seed, page.name))
    writer.front()
    for place, above in enumerate(GOAL_NAMES, 1):
        writer.goal(place, above)
    writer.cross_cutting()
    writer.back()
    return page


class _Strategy:
    """One strategy as it is written down."""

    def __init__(self, page: Page, plan: Plan, chance: random.Random) -> None:
        self.page, self.plan, self.chance = page, plan, chance
        self.table = Table(page, plan, chance, plan.years[0] - 2, plan.years[1])
        self.directed = chance.choice(observed.HAS_DIRECTIONS)

    def front(self) -> None:
        """Title, period, future vision, principles."""
        page, plan, city = self.page, self.plan, self.plan.city
        (title,) = page.text.line(plan.name[0])
        (issued,) = page.text.line(f"{long_year(plan.years[0] - 1)}3月　{city.ja}")
        _, period = page.text.line("計画期間　", years(*plan.years))
        facts: dict[str, Objects] = {
            "dcterms:publisher": city.iri,
            "dcterms:issued": f'"{plan.years[0]}-03"^^xsd:gYearMonth',
            "sosei:states": [ref(plan.iri), ref(vision_of(plan).iri)],
        }
        add_document(page, "PlanDocument", plan.name, [title, issued], facts)
        told = gist(
            "四つの基本目標の下に施策を置き、指標で確かめる",
            "Measures under basic goals, checked by indicators",
        )
        add_plan(page, plan, "adopted", [title, period], told)
        ja, en = self.chance.choice(VISIONS)
        name = (ja.format(city.ja), en.format(city.en))
        _, span = page.text.line("まちの姿　", name[0])
        said = {"sosei:statedName": text(name[0]), "sosei:directPartOf": ref(plan.iri)}
        page.add(f"{plan.iri}/vision", "FutureVision", name, [span], said)
        self.principles()

    def principles(self) -> None:
        """The basic viewpoints."""
        (heading,) = self.page.text.line("基本的視点")
        topic = TOPICS_OF["community"][-1]
        for place, name in enumerate(
            self.chance.sample(PRINCIPLES, self.chance.choice(observed.PRINCIPLES)), 1
        ):
            spans = self.page.text.line(_CIRCLED[place - 1], name[0])
            part = Part(f"{self.plan.iri}/principle/{place}", "Principle", name, topic)
            said = numbered(place, _CIRCLED[place - 1], self.plan.iri)
            add_part(self.page, self.plan, part, [heading, spans[1], across(spans)], said)

    def goal(self, place: int, above: str) -> None:
        """A basic goal: numeric targets, directions, measures, KPIs."""
        name = self.chance.choice(GOAL_NAMES[above])
        names = Names(self.chance, above)
        heading = self.page.text.line(f"基本目標{place}", "　", name[0])
        part = Part(f"{self.plan.iri}/goal/{place}", "BasicGoal", name, TOPICS_OF[above][0], place)
        said = numbered(place, str(place), self.plan.iri)
        add_part(self.page, self.plan, part, [heading[0], heading[2], across(heading)], said)
        self.indicators(part, names, "NumericTarget")
        if self.directed:
            for order in range(1, self.chance.choice(observed.DIRECTIONS_A_GOAL) + 1):
                self.direction(part, names, order)
        else:
            self.measures(part, names, f"{place}", self.chance.choice(observed.MEASURES_A_GOAL))
        self.indicators(part, names, "KeyPerformanceIndicator")

    def direction(self, goal: Part, names: Names, order: int) -> None:
        """A direction with its measures."""
        topic, name = names.measure()
        mark = f"{goal.goal}-{order}"
        spans = self.page.text.line(mark, "　", name[0])
        part = Part(f"{self.plan.iri}/direction/{mark}", "Direction", name, topic, goal.goal)
        said = {**numbered(order, mark, goal.iri), **_outline(name)}
        add_part(self.page, self.plan, part, [spans[2], across(spans)], said)
        self.measures(part, names, mark, self.chance.choice(observed.MEASURES_A_DIRECTION))

    def measures(self, above: Part, names: Names, mark: str, count: int) -> None:
        """The measures below a goal or direction."""
        for order in range(1, count + 1):
            topic, name = names.measure()
            self.measure(
                Part(f"{self.plan.iri}/measure/{mark}-{order}", "Measure", name, topic, above.goal), above
            )

    def measure(self, part: Part, above: Part) -> None:
        """One measure and what it is to do."""
        order = int(part.iri.rpartition("-")[2])
        mark = f"({order})"
        spans = self.page.text.line(mark, part.name[0], "　", f"{part.topic.name[0]}に関する取組を進める。")
        said = {**numbered(order, mark, above.iri), **_outline(part.name)}
        add_part(self.page, self.plan, part, [spans[1], across(spans[:2]), spans[3]], said)

    def indicators(self, goal: Part, names: Names, kind: str) -> None:
        """The numeric targets or KPIs of a goal."""
        targets = kind == "NumericTarget"
        (heading,) = self.page.text.line("数値目標" if targets else "重要業績評価指標（KPI）")
        counts = observed.NUMERIC_TARGETS_A_GOAL if targets else observed.KPIS_A_GOAL
        for order in range(1, self.chance.choice(counts) + 1):
            topic, gauge = names.gauge()
            slug = "numeric-target" if targets else "kpi"
            iri = f"{self.plan.iri}/{slug}/{goal.goal}-{order}"
            self.table.add(Part(iri, kind, gauge.name, topic, goal.goal, gauge), order, [goal.iri], heading)

    def cross_cutting(self) -> None:
        """Goals that go across the others, in some strategies."""
        for place in range(1, self.chance.choice(observed.CROSS_CUTTING_GOALS) + 1):
            topic: Topic = CROSS_CUTTING[place - 1]
            name = (f"{topic.name[0]}を生かす", f"Making the most of it: {topic.name[1].lower()}")
            spans = self.page.text.line(f"横断的な目標{place}", "　", name[0])
            part = Part(f"{self.plan.iri}/cross-cutting-goal/{place}", "CrossCuttingGoal", name, topic)
            said = numbered(place, str(place), self.plan.iri)
            add_part(self.page, self.plan, part, [spans[2], across(spans)], said)

    def back(self) -> None:
        """Population vision, reasons, how the strategy is evaluated."""
        vision = vision_of(self.plan)
        add_vision(self.page, vision, "adopted", self.chance)
        self.plan.beside += vision.parts
        self.reasons()
        city, iri = self.plan.city, f"{self.plan.iri}/evaluation"
        _, council, rest = self.page.text.line(
            "効果検証　", f"{city.ja}まち育て会議", "が毎年度9月に行い、達成度70％以上を順調とする。"
        )
        name = (f"{city.ja}まち育て会議", f"{city.en} council for the city's growth")
        self.page.add(council_of(city), "Council", name, [council], {"sosei:statedName": text(name[0])})
        facts: dict[str, Objects] = {
            "sosei:evaluates": ref(self.plan.iri),
            "sosei:evaluator": ref(council_of(city)),
            "sosei:month": "9",
            "sosei:statedPeriod": text("毎年度9月"),
            "sosei:threshold": "0.7",
        }
        label = ("毎年度の効果検証", "Yearly evaluation")
        self.page.add(iri, "EvaluationScheme", label, [council, rest], facts)

    def reasons(self) -> None:
        """Why goals were set, as the document tells it."""
        goals = self.plan.of_kind("BasicGoal", "Measure")
        for place in range(1, self.chance.choice(observed.STATED_REASONS) + 1):
            of = self.chance.choice(goals)
            spans: list[Span] = self.page.text.line(
                f"理由{place}　", f"{of.topic.name[0]}は市民の声が多いため。"
            )
            label = (f"{of.name[0]}を掲げる理由", f"Why: {of.name[1]}")
            facts = {
                **gist(f"{of.topic.name[0]}への要望が多い", f"Many ask for it: {of.topic.name[1].lower()}"),
                "sosei:reasonFor": ref(of.iri),
            }
            self.page.add(f"{self.plan.iri}/reason/{place}", "StatedReason", label, [spans[1]], facts)


def _outline(name: Pair) -> dict[str, Objects]:
    return gist(f"{name[0]}に取り組む", f"To be done: {name[1].lower()}")
