"""Material of a council that discusses the draft of the next strategy: the form of Tomakomai's."""

import random

from benchmarks.generator import observed
from benchmarks.generator.figures import long_year
from benchmarks.generator.indicators import absent
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
from benchmarks.generator.strategies import council_of
from benchmarks.generator.visions import add_vision, vision_of
from benchmarks.generator.words import CATEGORIES, GOAL_NAMES, PRINCIPLES, TOPICS_OF, Gauge, Pair
from benchmarks.generator.writing import Objects, Page, Source, Span, across, day, dice, ref, text

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_STEPS: tuple[Pair, ...] = (
    ("骨子の説明", "Outline presented"),
    ("調査の報告", "Survey reported"),
    ("素案の説明", "Draft presented"),
    ("意見の募集", "Comments invited"),
    ("議会への提出", "Put before the assembly"),
    ("原案の説明", "Proposal presented"),
    ("完成版の公表", "Final version published"),
)


def draft_of(strategy: Plan) -> Plan:
    """The strategy that follows, still without its parts."""
    city, edition = strategy.city, strategy.edition + 1
    name = (
        f"第{edition}期{city.ja}まち育て戦略",
        f"{city.en} strategy for the city's growth, term {edition}",
    )
    iri = f"id/plan/{city.code}/comprehensive-strategy-{edition}"
    first = strategy.years[1] + 1
    return Plan(iri, "ComprehensiveStrategy", name, city, (first, first + 4), edition, strategy.seed)


def council_page(draft: Plan, strategy: Plan) -> Page:
    """The material of one meeting."""
    page = Page(f"{draft.city.code}-strategy-council-{draft.years[0] - 1}", Source())
    writer = _Council(page, draft, strategy, dice(draft.seed, page.name))
    writer.front()
    for place, above in enumerate(GOAL_NAMES, 1):
        writer.goal(place, above)
    writer.schedule()
    for order in range(1, observed.RESPONSES[0] + 1):
        writer.response(order)
    return page


class _Council:
    """One meeting's material as it is written down."""

    def __init__(self, page: Page, plan: Plan, strategy: Plan, chance: random.Random) -> None:
        self.page, self.plan, self.strategy, self.chance = page, plan, strategy, chance
        self.year = plan.years[0] - 1
        self.iri = f"id/meeting/{plan.city.code}/strategy-council/{self.year}-2"
        self.opinions = 0
        #: What no goal of the draft has carried on so far.
        self.earlier = strategy.of_kind("Measure")
        chance.shuffle(self.earlier)

    def front(self) -> None:
        """The document, the meeting with its agenda, the draft and its vision."""
        page, plan, city = self.page, self.plan, self.plan.city
        (title,) = page.text.line(f"{city.ja}まち育て会議　{self.year}年度第2回資料")
        vision = vision_of(plan)
        facts: dict[str, Objects] = {
            "dcterms:issued": f'"{self.year}-11-13"^^xsd:date',
            "dcterms:publisher": city.iri,
            "sosei:states": [ref(self.iri), ref(plan.iri), ref(vision.iri)],
        }
        label = (
            f"{city.ja}まち育て会議 第2回資料",
            f"{city.en} council for the city's growth, second meeting",
        )
        add_document(page, "MeetingMaterial", label, [title], facts)
        self.meeting(label)
        heading, _, period = page.text.line(f"{plan.name[0]}（素案）", "　", years(*plan.years))
        said: dict[str, Objects] = {"sosei:succeeds": ref(self.strategy.iri)}
        add_plan(page, plan, "draft", [heading, period], said)
        topic = TOPICS_OF["community"][-1]
        names = self.chance.sample(PRINCIPLES, self.chance.choice(observed.PRINCIPLES))
        for place, name in enumerate(names, 1):
            spans = page.text.line(_CIRCLED[place - 1], name[0])
            part = Part(f"{plan.iri}/principle/{place}", "Principle", name, topic)
            said = numbered(place, _CIRCLED[place - 1], plan.iri)
            add_part(page, plan, part, [spans[1], across(spans)], said)
        add_vision(page, vision, "draft", self.chance)
        plan.beside += vision.parts

    def meeting(self, label: Pair) -> None:
        """When, where, and what about."""
        stated = f"{self.year}年11月13日15時00分から"
        _, when, _, venue = self.page.text.line("日時　", stated, "　会場　", "市役所の会議室")
        facts: dict[str, Objects] = {
            "sosei:ordinal": "2",
            "prov:startedAtTime": f'"{self.year}-11-13T15:00:00+09:00"^^xsd:dateTime',
            "sosei:heldBy": ref(council_of(self.plan.city)),
            "sosei:heldOn": day(f"{self.year}-11-13"),
            "sosei:statedPeriod": text(stated),
            "sosei:venue": text("市役所の会議室"),
        }
        self.page.add(self.iri, "Meeting", label, [when, venue], facts)
        for order, name in enumerate((("意見への対応", "Answers to opinions"), ("素案", "The draft")), 1):
            mark = "１２"[order - 1]
            spans = self.page.text.line("議題", mark, "　", name[0])
            said: dict[str, Objects] = {
                "sosei:statedName": text(name[0]),
                "skos:notation": text(mark),
                "sosei:ordinal": str(order),
                "sosei:agendaOf": ref(self.iri),
                "sosei:concerns": ref(self.plan.iri),
            }
            self.page.add(f"{self.iri}/agenda/{order}", "AgendaItem", name, [spans[3], across(spans)], said)

    def goal(self, place: int, above: str) -> None:
        """A goal of the draft: what it carries on, directions, measures, indicators without values."""
        page, plan = self.page, self.plan
        name, names = self.chance.choice(GOAL_NAMES[above]), Names(self.chance, above)
        spans = page.text.line(f"基本目標{place}", "　", name[0])
        goal = Part(f"{plan.iri}/goal/{place}", "BasicGoal", name, TOPICS_OF[above][0], place)
        mine = [part for part in self.earlier if part.goal == place]
        carried = mine[: self.chance.choice(observed.CONTINUED_A_GOAL)]
        (listed,) = page.text.line("継続する施策：" + "、".join(part.name[0] for part in carried))
        said = numbered(place, str(place), plan.iri)
        if carried:
            said["sosei:continues"] = [ref(part.iri) for part in carried]
        add_part(page, plan, goal, [spans[2], across(spans), listed], said)
        for order in range(1, self.chance.choice(observed.DRAFT_DIRECTIONS_A_GOAL) + 1):
            topic, wording = names.measure()
            (line,) = page.text.line(f"{wording[0]}を図る。")
            part = Part(f"{plan.iri}/direction/{place}-{order}", "Direction", wording, topic, place)
            page.add(part.iri, part.kind, part.name, [line], self.told(order, goal, wording))
            plan.parts.append(part)
        for order in range(1, self.chance.choice(observed.DRAFT_MEASURES_A_GOAL) + 1):
            topic, wording = names.measure()
            sign = _CIRCLED[order - 1]
            line_of = page.text.line(sign, wording[0], "　", f"{topic.name[0]}を進める。")
            part = Part(f"{plan.iri}/measure/{place}-{order}", "Measure", wording, topic, place)
            facts = {"skos:notation": text(sign), **self.told(order, goal, wording)}
            add_part(page, plan, part, [line_of[1], across(line_of[:2]), line_of[3]], facts)
        (heading,) = page.text.line("数値目標（未設定）")
        for order in range(1, self.chance.choice(observed.NUMERIC_TARGETS_A_GOAL) + 1):
            topic, gauge = names.gauge()
            iri = f"{plan.iri}/numeric-target/{place}-{order}"
            part = Part(iri, "NumericTarget", gauge.name, topic, place, gauge)
            self.indicator(part, gauge, goal, heading)

    def told(self, order: int, above: Part, name: Pair) -> dict[str, Objects]:
        """The place of a part, and what it is about in our words."""
        return {
            "sosei:ordinal": str(order),
            "sosei:directPartOf": ref(above.iri),
            **gist(f"{name[0]}に取り組む", f"To be done: {name[1].lower()}"),
        }

    def indicator(self, part: Part, gauge: Gauge, goal: Part, heading: Span) -> None:
        """A numeric target whose value is not set yet."""
        (span,) = self.page.text.line(part.name[0])
        iri = f"{part.iri}/target"
        facts: dict[str, Objects] = {"sosei:ordinal": part.iri.rpartition("-")[2]}
        if gauge.counting == "total":
            facts["sosei:cumulative"] = "true"
        if gauge.counting == "calendar":
            facts["sosei:yearBasis"] = "yearbasis:calendar"
        facts |= {"sosei:hasTarget": ref(iri), "sosei:indicatorOf": ref(goal.iri)}
        add_part(self.page, self.plan, part, [heading, span], facts)
        label = (f"{part.name[0]}：目標値（未設定）", f"{part.name[1]}: target (not yet set)")
        self.page.add(iri, "TargetValue", label, [heading, span], absent("not-yet-set").facts)

    def schedule(self) -> None:
        """Steps towards the strategy, in the order of their months."""
        self.page.text.line("今後の予定")
        for order in range(1, self.chance.choice(observed.MILESTONES) + 1):
            month = 1 + order * 11 // 25
            ja, en = _STEPS[order * len(_STEPS) // 25]
            stated = f"{month}月{1 + order}日"
            iso = f"{self.year}-{month:02d}-{1 + order:02d}"
            when, _, step = self.page.text.line(stated, "　", ja)
            period = f"{self.plan.iri}/milestone/{order}/day"
            said: dict[str, Objects] = {"sosei:endDate": day(iso), "sosei:startDate": day(iso)}
            self.page.add(
                period, "PointInTime", (iso, iso), [when], said | {"sosei:statedPeriod": text(stated)}
            )
            facts: dict[str, Objects] = {
                "sosei:ordinal": str(order),
                "prov:wasAssociatedWith": ref(council_of(self.plan.city)),
                "sosei:milestoneOf": ref(self.plan.iri),
                "sosei:period": ref(period),
                "sosei:statedPeriod": text(stated),
            }
            label = (f"{ja}（{long_year(self.year)}）", f"{en} (FY{self.year})")
            self.page.add(f"{self.plan.iri}/milestone/{order}", "Milestone", label, [when, step], facts)

    def response(self, order: int) -> None:
        """What is answered to one or two opinions, and what it changes."""
        goals = self.plan.of_kind("BasicGoal")
        goal = self.chance.choice(goals)
        below = [part for part in self.plan.of_kind("Measure", "NumericTarget") if part.goal == goal.goal]
        changed = [goal, *self.chance.sample(below, self.chance.choice(observed.PLACES_A_RESPONSE) - 1)]
        asked = [self.opinion(goal) for _ in range(self.chance.choice(observed.OPINIONS_A_RESPONSE))]
        answer, _, place = self.page.text.line(f"対応：{goal.name[0]}の中で検討する。", "　", f"P{order + 2}")
        facts = {
            "sosei:ordinal": str(order),
            "sosei:concerns": [ref(part.iri) for part in changed],
            **gist("目標の下で検討し、施策に反映する", "To be considered under the goal and its measures"),
            "sosei:respondsTo": [ref(opinion) for opinion in asked],
            "sosei:statedPlace": text(f"P{order + 2}"),
        }
        label = (f"{goal.name[0]}の中での検討", f"To be considered: {goal.name[1].lower()}")
        self.page.add(f"{self.iri}/response/{order}", "Response", label, [answer, place], facts)

    def opinion(self, goal: Part) -> str:
        """An opinion about a goal; its IRI."""
        self.opinions += 1
        category = self.chance.choice(CATEGORIES)
        spans = self.page.text.line(
            category[0], "　", f"{goal.topic.name[0]}について{category[0]}を見直してほしい。"
        )
        iri = f"{self.iri}/opinion/{self.opinions}"
        name = (f"{goal.topic.name[0]}の{category[0]}", f"{goal.topic.name[1]}: {category[1]}")
        facts = {
            "sosei:ordinal": str(self.opinions),
            "sosei:concerns": ref(goal.iri),
            **gist(f"{category[0]}を見直す", f"Look again at {category[1]}"),
            "sosei:raisedAt": ref(self.iri),
            "sosei:statedCategory": text(category[0]),
        }
        self.page.add(iri, "Opinion", name, [*spans[:1], spans[2]], facts)
        self.plan.beside.append(Part(iri, "Opinion", name, goal.topic, goal.goal))
        return iri
