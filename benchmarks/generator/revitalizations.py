"""Regional revitalization plans in the national form: the form of Takaoka's."""

import random
from dataclasses import replace

from benchmarks.generator import observed
from benchmarks.generator.indicators import Figure, Told, add_value, aimed, in_words, measured, number
from benchmarks.generator.plans import (
    Names,
    Part,
    Plan,
    add_document,
    add_part,
    add_period,
    add_plan,
    add_unknown_period,
    numbered,
    years,
)
from benchmarks.generator.words import (
    CONTEXTS,
    GOAL_NAMES,
    POPULATION,
    PRINCIPLES,
    TOPICS_OF,
    TRENDS,
    VISIONS,
    Gauge,
    Pair,
    Topic,
)
from benchmarks.generator.writing import Objects, Page, Source, Span, across, day, dice, ref, text

_KANA, _SIGNS = "アイウエ", "①②③④⑤"
_MEASURE = "id/special-measure/a2007"


def revitalization_of(strategy: Plan) -> Plan:
    """The city's plan, still without its parts."""
    city = strategy.city
    first = dice(strategy.seed, city.code, "revitalization").choice((2023, 2024, 2025))
    name = (f"第2期{city.ja}地域のちから計画", f"{city.en} regional revitalization plan, term 2")
    iri = f"id/plan/{city.code}/regional-revitalization-2"
    return Plan(iri, "RegionalRevitalizationPlan", name, city, (first, first + 2), 2, strategy.seed)


def revitalization_page(plan: Plan, strategy: Plan, vision: str, *, first: bool) -> Page:
    """The plan's document. The first one of the corpus describes the special measure that all of them use.

    `vision` is the vision of the city's area, which one initiative carries out.
    """
    page = Page(f"{plan.city.code}-regional-revitalization-2", Source())
    writer = _Revitalization(page, plan, dice(plan.seed, page.name))
    writer.front(strategy)
    writer.context()
    writer.programme(strategy, describes=first)
    for place, above in enumerate(GOAL_NAMES, 1):
        writer.goal(place, above, vision)
    writer.evaluation()
    return page


class _Revitalization:
    """One plan as it is written down."""

    def __init__(self, page: Page, plan: Plan, chance: random.Random) -> None:
        self.page, self.plan, self.chance = page, plan, chance
        #: Half of the plans print 計画開始時点 for the baselines, the others the year before.
        self.from_start = chance.random() < 0.5

    def front(self, strategy: Plan) -> None:
        """Title, adopter, period, vision, viewpoints."""
        page, plan, city = self.page, self.plan, self.plan.city
        _, title = page.text.line("１　地域再生計画の名称　", plan.name[0])
        _, maker = page.text.line("２　作成主体　", city.ja)
        _, dates = page.text.line("３　計画期間　", years(*plan.years))
        facts: dict[str, Objects] = {"dcterms:publisher": city.iri, "sosei:states": ref(plan.iri)}
        if self.chance.random() < 0.5:
            facts["dcterms:issued"] = f'"{plan.years[0]}"^^xsd:gYear'
        add_document(page, "PlanDocument", plan.name, [title, maker], facts)
        add_plan(page, plan, "not-stated", [title, maker, dates], {"sosei:detailedIn": ref(strategy.iri)})
        start, _ = page.text.line("計画開始時点", f"は、{plan.years[0]}年4月1日とする。")
        first = day(f"{plan.years[0]}-04-01")
        said: dict[str, Objects] = {"sosei:endDate": first, "sosei:startDate": first}
        label = ("計画開始時点", "Start of the plan")
        page.add(
            f"{plan.iri}/start", "PointInTime", label, [start], said | {"sosei:statedName": text(label[0])}
        )
        ja, en = self.chance.choice(VISIONS)
        name = (ja.format(city.ja), en.format(city.en))
        _, vision = page.text.line("将来像　", name[0])
        said = {"sosei:statedName": text(name[0]), "sosei:directPartOf": ref(plan.iri)}
        page.add(f"{plan.iri}/vision", "FutureVision", name, [vision], said)
        for place, principle in enumerate(self.chance.sample(PRINCIPLES, 3), 1):
            spans = page.text.line(_SIGNS[place - 1], principle[0])
            part = Part(f"{plan.iri}/principle/{place}", "Principle", principle, TOPICS_OF["community"][-1])
            said = numbered(place, _SIGNS[place - 1], plan.iri)
            add_part(page, plan, part, [spans[1], across(spans)], said)

    def context(self) -> None:
        """The situation of the city, mostly in words."""
        self.page.text.line("４　地域の現状")
        year = self.plan.years[0] - 1
        population = Part(
            f"{self.plan.iri}/context/0", "ContextIndicator", POPULATION.name, _topic("birth"), 0, POPULATION
        )
        self.fact(population, measured(self.plan.course(POPULATION), year), year)
        count = self.chance.choice(observed.CONTEXT_INDICATORS)
        for place, name in enumerate(self.chance.sample(CONTEXTS, count), 1):
            part = Part(f"{self.plan.iri}/context/{place}", "ContextIndicator", name, _topic("migration"))
            if self.chance.random() < observed.CONTEXT_IN_WORDS:
                self.fact(part, in_words(self.chance.choice(TRENDS)[0]), 0)
            else:
                self.fact(part, number(self.chance.randint(100, 9000), "person"), year)

    def fact(self, part: Part, told: Told, year: int) -> None:
        """One fact: a figure of a calendar year, or words of no particular time."""
        when = f"（{year}年）" if year else ""
        spans = self.page.text.line(part.name[0], "は", told.printed, when, "である。")
        node = add_part(self.page, self.plan, part, spans[:1], {"sosei:indicatorOf": ref(self.plan.iri)})
        whole = across(spans[:4])
        if year:
            figure = Figure("actual", f"cy{year}", told, f"cy:{year}", f"{year}年", [spans[2], whole])
            add_value(self.page, node, part.name, figure)
            return
        unknown = f"{part.iri}/actual/trend/period"
        add_unknown_period(self.page, unknown, part.name, "not-stated", whole)
        value = add_value(
            self.page, node, part.name, Figure("actual", "trend", told, ref(unknown), "", [whole])
        )
        del value.facts["sosei:statedPeriod"]
        value.facts["rdfs:label"] = [f'"{part.name[0]}：{told.printed}"@ja', f'"{part.name[1]}: trend"@en']

    def programme(self, strategy: Plan, *, describes: bool) -> None:
        """The programme with its special measure and donations, and two headings with nothing below."""
        page, plan = self.page, self.plan
        name = (f"{plan.name[0]}推進事業", f"Programme of the {plan.name[1]}")
        _, span = page.text.line("５－２　", name[0])
        _, measure, mark = page.text.line("寄附を行った法人に対する", "特例", "【Ａ２００７】")
        if describes:
            label = ("寄附を行った法人に対する特例", "Special treatment of corporations that donate")
            facts: dict[str, Objects] = {
                "skos:notation": text("Ａ２００７"),
                "dcterms:identifier": text("A2007"),
            }
            page.add(_MEASURE, "SpecialMeasure", label, [measure, mark], facts)
        _, when = page.text.line("事業実施期間　", years(*plan.years))
        add_period(page, f"{plan.iri}/programme/period", "Period", plan.years, when)
        self.donations()
        said = {
            **_numbered(1, plan),
            "sosei:detailedIn": ref(strategy.iri),
            "sosei:donationEstimate": ref(f"{plan.iri}/donation-estimate"),
            "sosei:period": ref(f"{plan.iri}/programme/period"),
            "sosei:usesSpecialMeasure": ref(_MEASURE),
        }
        part = Part(f"{plan.iri}/programme", "Programme", name, _topic("startup"))
        add_part(page, plan, part, [span, measure], said)
        for order, empty in enumerate(
            (("国の支援措置", "Support by the state"), ("独自の取組", "Own efforts")), 2
        ):
            mark_text = f"５－３－{'１２'[order - 2]}"
            spans = page.text.line(mark_text, "　", empty[0], "　", "該当なし")
            said = {
                **numbered(order, mark_text, plan.iri),
                "sosei:absenceReason": "absence:not-applicable",
                "sosei:statedValue": text("該当なし"),
            }
            part = Part(f"{plan.iri}/programme/5-3-{order - 1}", "Programme", empty, _topic("startup"))
            page.add(
                part.iri, part.kind, part.name, [across(spans)], {"sosei:statedName": text(empty[0]), **said}
            )

    def donations(self) -> None:
        """How much is expected to be given."""
        thousands = self.chance.randint(1, 40) * 25_000
        _, spans = self.page.text.line("寄附の金額の目安　", f"{thousands:,}千円")
        first, last = self.plan.years
        facts: dict[str, Objects] = {
            "sosei:cumulative": "true",
            "sosei:numericValue": f"{thousands * 1000}.0",
            "sosei:period": ref(f"{self.plan.iri}/programme/period"),
            "sosei:statedValue": text(f"{thousands:,}千円"),
            "sosei:unit": "unit:yen",
        }
        label = ("寄附の金額の目安", f"Donations expected, FY{first} to FY{last}")
        self.page.add(f"{self.plan.iri}/donation-estimate", "DonationEstimate", label, [spans], facts)

    def goal(self, place: int, above: str, vision: str) -> None:
        """A basic goal, the project that carries it out, initiatives and KPIs."""
        page, plan = self.page, self.plan
        name = self.chance.choice(GOAL_NAMES[above])
        spans = page.text.line(f"基本目標{_SIGNS[place - 1]}", "　", name[0])
        goal = Part(f"{plan.iri}/goal/{place}", "BasicGoal", name, TOPICS_OF[above][0], place)
        said = numbered(place, _SIGNS[place - 1], plan.iri)
        add_part(page, plan, goal, [spans[2], across(spans)], said)
        letter = "abcd"[place - 1]
        project = replace(goal, iri=f"{plan.iri}/project/{letter}", kind="Project", name=_project(name))
        spans = page.text.line(_KANA[place - 1], "　", project.name[0])
        said = {
            **numbered(place, _KANA[place - 1], f"{plan.iri}/programme"),
            "sosei:carriesOut": ref(goal.iri),
            "sosei:openEnded": "true",
        }
        add_part(page, plan, project, [spans[2], across(spans)], said)
        names = Names(self.chance, above)
        for order in range(1, self.chance.choice(observed.INITIATIVES_A_PROJECT) + 1):
            topic, wording = names.measure()
            _, span = page.text.line("・", wording[0])
            part = Part(f"{project.iri}/initiative/{order}", "Initiative", wording, topic, place)
            more: dict[str, Objects] = {"sosei:ordinal": str(order), "sosei:directPartOf": ref(project.iri)}
            if order == 1 and above == "community":
                more["sosei:carriesOut"] = ref(vision)
            add_part(page, plan, part, [span], more)
        self.indicators(goal, project, names)

    def indicators(self, goal: Part, project: Part, names: Names) -> None:
        """The KPIs of a goal and its project, below one head."""
        last = self.plan.years[1]
        before = "計画開始時点" if self.from_start else f"{self.plan.years[0] - 1}年度"
        heads = self.page.text.line("KPI　", before, "　", f"{last}年度")
        for order in range(1, self.chance.choice(observed.KPIS_A_GOAL) + 1):
            topic, gauge = names.gauge()
            iri = f"{self.plan.iri}/kpi/{goal.goal}-{order}"
            part = Part(iri, "KeyPerformanceIndicator", gauge.name, topic, goal.goal, gauge)
            self.indicator(part, gauge, [goal.iri, project.iri], [heads[1], heads[3]])

    def indicator(self, part: Part, gauge: Gauge, above: list[str], heads: list[Span]) -> None:
        """One KPI: a line with its name and two figures."""
        (first, last), course = self.plan.years, self.plan.course(gauge)
        base, goal = measured(course, first - 1), aimed(course, last)
        name, _, *cells = self.page.text.line(part.name[0], "　", base.printed, "　", goal.printed)
        facts: dict[str, Objects] = {"sosei:ordinal": part.iri.rpartition("-")[2]}
        if gauge.counting == "total":
            facts["sosei:cumulative"] = "true"
        if gauge.counting == "calendar":
            facts["sosei:yearBasis"] = "yearbasis:calendar"
        facts["sosei:indicatorOf"] = [ref(iri) for iri in above]
        node = add_part(self.page, self.plan, part, [name, *heads], facts)
        if self.from_start:
            start = Figure(
                "baseline", "", base, ref(f"{self.plan.iri}/start"), "計画開始時点", [heads[0], cells[0]]
            )
        else:
            start = Figure("baseline", "", base, f"fy:{first - 1}", f"{first - 1}年度", [heads[0], cells[0]])
        add_value(self.page, node, part.name, start)
        end = Figure("target", f"fy{last}", goal, f"fy:{last}", f"{last}年度", [heads[1], cells[2]])
        add_value(self.page, node, part.name, end)

    def evaluation(self) -> None:
        """Who evaluates the plan, and when."""
        city = self.plan.city
        name = (f"{city.ja}計画審議会", f"{city.en} council for its plans")
        _, council, when, _ = self.page.text.line("６　", name[0], "が毎年度9月頃", "に検証し、公表する。")
        iri = f"id/council/{city.code}/plan-council"
        self.page.add(iri, "Council", name, [council], {"sosei:statedName": text(name[0])})
        facts: dict[str, Objects] = {
            "sosei:approximate": "true",
            "sosei:evaluates": ref(self.plan.iri),
            "sosei:evaluator": ref(iri),
            "sosei:month": "9",
            "sosei:publicationChannel": ['"市の公式ページ"@ja', '"the city\'s website"@en'],
            "sosei:statedPeriod": text("毎年度9月頃"),
        }
        label = ("毎年度の検証", "Yearly evaluation")
        self.page.add(f"{self.plan.iri}/evaluation", "EvaluationScheme", label, [council, when], facts)


def _topic(theme: str) -> Topic:
    return next(topic for topics in TOPICS_OF.values() for topic in topics if topic.theme == theme)


def _project(goal: Pair) -> Pair:
    return f"{goal[0]}をつくる事業", f"Project: {goal[1][0].lower()}{goal[1][1:]}"


def _numbered(order: int, plan: Plan) -> dict[str, Objects]:
    return {"sosei:ordinal": str(order), "sosei:directPartOf": ref(plan.iri)}
