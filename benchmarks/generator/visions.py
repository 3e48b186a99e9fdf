"""Population visions: where a population is to go, and what is set for it."""

import random

from benchmarks.generator import observed
from benchmarks.generator.figures import printed
from benchmarks.generator.indicators import Figure, Told, add_value, measured, number
from benchmarks.generator.plans import Part, Plan, add_part, add_plan, gist, numbered, years
from benchmarks.generator.words import FERTILITY, POPULATION, TOPICS, VISION_DIRECTIONS, Gauge
from benchmarks.generator.writing import Node, Objects, Page, across, ref, text

_FAR, _NEAR = 2060, 2040
_TOPIC = next(topic for topic in TOPICS if topic.theme == "birth")


def vision_of(strategy: Plan) -> Plan:
    """The population vision that goes with a strategy."""
    edition, city = strategy.edition, strategy.city
    name = (f"第{edition}期{city.ja}人口ビジョン", f"{city.en} population vision, term {edition}")
    iri = f"id/plan/{city.code}/population-vision-{edition}"
    return Plan(iri, "PopulationVision", name, city, (strategy.years[0], _FAR), edition, strategy.seed)


def add_vision(page: Page, plan: Plan, stage: str, chance: random.Random) -> None:
    """The vision with its directions and what it sets for population and fertility; a draft succeeds another."""
    spans = page.text.line(plan.name[0], "　期間　", years(*plan.years))
    before = f"id/plan/{plan.city.code}/population-vision-{plan.edition - 1}"
    facts: dict[str, Objects] = {"sosei:succeeds": ref(before)} if stage == "draft" else {}
    add_plan(page, plan, stage, [spans[0], across(spans), spans[2]], facts)
    names = chance.sample(VISION_DIRECTIONS, chance.choice(observed.VISION_DIRECTIONS))
    for ordinal, name in enumerate(names, 1):
        sign = "①②③④"[ordinal - 1]
        line = page.text.line(f"{sign}　", name[0])
        part = Part(f"{plan.iri}/direction/{ordinal}", "Direction", name, _TOPIC)
        said = {
            **numbered(ordinal, sign, plan.iri),
            **gist(f"{name[0]}取組", f"Work for this: {name[1].lower()}"),
        }
        add_part(page, plan, part, [line[1], across(line)], said)
    now = plan.years[0] - 1
    course = plan.course(POPULATION)
    likely, hoped = (round(course.actual(now) * share / 1000) * 1000 for share in (0.62, 0.75))
    figures = [
        ("baseline", now, measured(course, now)),
        ("projection", _FAR, Told(printed(likely, "person"), _estimated(likely))),
        ("target", _FAR, number(hoped, "person")),
    ]
    _add_target(page, plan, POPULATION, figures)
    fertility = [
        ("baseline", now, measured(plan.course(FERTILITY), now)),
        ("target", _NEAR, number(207, FERTILITY.unit)),
    ]
    _add_target(page, plan, FERTILITY, fertility)


def _estimated(value: int) -> dict[str, Objects]:
    return {**number(value, "person").facts, "sosei:statedSource": text("国の推計")}


def _add_target(page: Page, plan: Plan, gauge: Gauge, figures: list[tuple[str, int, Told]]) -> Node:
    """A numeric target of the vision: a line with its name and its figures, each with its year."""
    pieces = [piece for _, year, told in figures for piece in ("　", f"{year}年", " ", told.printed)]
    name, *spans = page.text.line(gauge.name[0], *pieces)
    part = Part(
        f"{plan.iri}/numeric-target/{gauge.comparable}", "NumericTarget", gauge.name, _TOPIC, 0, gauge
    )
    node = add_part(page, plan, part, [name], {"sosei:indicatorOf": ref(plan.iri)})
    for place, (role, year, told) in enumerate(figures):
        when, figure = spans[4 * place + 1], spans[4 * place + 3]
        slug = "" if role == "baseline" else f"cy{year}"
        cells = [when, figure, across([when, figure])]
        add_value(page, node, gauge.name, Figure(role, slug, told, f"cy:{year}", f"{year}年", cells))
    return node
