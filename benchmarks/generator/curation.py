"""The editors' judgements on the documents of one area: themes, SDGs, comparable indicators, agreement items."""

from collections.abc import Iterable

from benchmarks.generator import observed
from benchmarks.generator.agreements import Pact
from benchmarks.generator.plans import Part
from benchmarks.generator.words import TOPICS, Pair
from benchmarks.generator.writing import Objects, Page, both, dice, ref

_WITH_SDGS = {"BasicGoal", "CrossCuttingGoal", "Direction", "Measure", "Project", "CooperationItem"}
_SUPPORTING = ("BasicGoal", "Project", "Initiative", "KeyPerformanceIndicator", "Measure", "NumericTarget")
_NATIONAL: dict[str, Pair] = {
    "work": ("仕事", "work"),
    "people-flow": ("人の流れ", "flows of people"),
    "family": ("家庭の願い", "families"),
    "community": ("地域", "communities"),
    "new-era": ("新しい時代の流れ", "the new era"),
    "diversity": ("多様な人の活躍", "diversity"),
}


def themes_page(code: str, seed: int, parts: Iterable[Part]) -> Page:
    """Which themes each element belongs to; a basic goal also answers to one of the national strategy's goals."""
    page = Page(f"themes-{code}")
    chance = dice(seed, page.name)
    for part in parts:
        goal = part.kind in {"BasicGoal", "CrossCuttingGoal"}
        own = (part.topic.above if goal else part.topic.theme, part.topic.name)
        if goal:
            own = (part.topic.above, _NATIONAL[part.topic.above])
        others = [topic for topic in TOPICS if topic.theme != own[0]]
        count = chance.choice(observed.THEMES_AN_ELEMENT) - 1
        themes = [own, *((topic.theme, topic.name) for topic in chance.sample(others, count))]
        for place, (theme, name) in enumerate(themes):
            _align(page, part, (f"theme:{theme}", theme), name, primary=place == 0)
    return page


def sdgs_page(code: str, seed: int, parts: Iterable[Part]) -> Page:
    """To which SDGs and targets goals, measures and items contribute."""
    page = Page(f"sdgs-{code}")
    chance = dice(seed, page.name)
    for part in parts:
        if part.kind not in _WITH_SDGS:
            continue
        more = sorted({sdg for topic in TOPICS for sdg in topic.sdgs} - set(part.topic.sdgs))
        sdgs = [*part.topic.sdgs, *chance.sample(more, 2)][: chance.choice(observed.SDGS_AN_ELEMENT)]
        for place, sdg in enumerate(sdgs):
            _align(page, part, (f"sdg:{sdg}", sdg), (f"SDG {sdg}", f"SDG {sdg}"), primary=place == 0)
    return page


def comparable_page(code: str, parts: Iterable[Part]) -> Page:
    """Which indicators can be set beside those of other cities."""
    page = Page(f"comparable-indicators-{code}")
    for part in parts:
        if part.gauge and part.gauge.comparable:
            key = part.gauge.comparable
            _align(page, part, (f"indicator:{key}", key), (part.gauge.ja, part.gauge.en), primary=True)
    return page


def support_page(code: str, seed: int, pacts: Iterable[Pact], parts: Iterable[Part]) -> Page:
    """Which elements of the core city's plans stand behind which items of its agreements: those of one topic."""
    page = Page(f"plan-agreement-{code}")
    chance = dice(seed, page.name)
    able = [part for part in parts if part.kind in _SUPPORTING]
    for pact in pacts:
        core = [part for part in able if part.iri.startswith(f"id/plan/{pact.parties[0].code}/")]
        for part in chance.sample(core, min(len(core), observed.SUPPORTING_ELEMENTS)):
            fitting = [item for item in pact.items if item.topic.above == part.topic.above]
            wanted = min(len(fitting), chance.choice(observed.SUPPORTED_ITEMS))
            for item in chance.sample(fitting, wanted):
                slug = item.iri.removeprefix("id/agreement/")
                primary = item.topic == part.topic
                _align(page, part, (ref(item.iri), slug), item.name, primary=primary)
    return page


def _align(page: Page, part: Part, target: tuple[str, str], name: Pair, *, primary: bool) -> None:
    """One judgement; `target` is what Turtle calls it and what it is called in the judgement's IRI."""
    matter = page.name.rpartition("-")[0]
    iri = f"id/alignment/{matter}/{part.iri.removeprefix('id/')}--{target[1]}"
    (ja, en), (own_ja, own_en) = name, part.name
    facts: dict[str, Objects] = {
        "sosei:alignedElement": ref(part.iri),
        "sosei:alignedTo": target[0],
        "sosei:basis": "basis:curated",
        "sosei:rationale": both((f"「{ja}」に関わる内容だから。", f"It has to do with this: {en.lower()}.")),
        "sosei:strength": f"strength:{'primary' if primary else 'related'}",
    }
    page.add(iri, "Alignment", (f"{own_ja} → {ja}", f"{own_en} → {en}"), [], facts)
