"""Plans and their elements as nodes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.ingest.drafting.bodies import Bodies
from sosei_graph.ingest.drafting.names import Names
from sosei_graph.ingest.drafting.naming import (
    ELEMENTS,
    Place,
    bodies_name,
    element_sign,
    part_place,
    plan_name,
)
from sosei_graph.ingest.drafting.times import Times, plan_period_label
from sosei_graph.ingest.drafting.values import Indicators
from sosei_graph.ingest.facts import Notebook, date, integer, node, string, term
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Element, Government, Passage, Plan, Unread
from sosei_graph.languages import Text

_EARLY = ("outline", "draft")
_STAGES = ("outline", "draft", "proposal", "adopted")
_CALLED = {
    "Principle": Text("基本的視点", "Principle"),
    "BasicGoal": Text("基本目標", "Basic goal"),
    "CrossCuttingGoal": Text("横断的な目標", "Cross-cutting goal"),
    "Goal": Text("目標", "Goal"),
    "Direction": Text("基本的方向", "Direction"),
    "Measure": Text("施策", "Measure"),
    "Programme": Text("事業群", "Programme"),
    "Project": Text("事業", "Project"),
    "Initiative": Text("取組", "Initiative"),
    "Activity": Text("実施内容", "Activity"),
}
_PERIOD_MISSING = Text(
    "計画期間（取り込みでは見つからず）", "Plan period (not found when the document was read in)"
)
_RENUMBERED = Text(
    "順番が兄弟と重なるため、番号を付け直しました", "its number was that of a sibling, so it has another one"
)

_RATINGS = Text(
    "文書による評価（{count}件）です。表す語がないため、下書きには書きません",
    "ratings by the document itself ({count}): the vocabulary has no term for them, so the draft leaves them out",
)


@dataclass
class Plans:
    """Writes the plans of a document."""

    document: str
    notes: Notebook
    names: Names
    known: Known
    bodies: Bodies
    unread: list[Unread]

    def write(self, plan: Plan, publisher: tuple[Government, ...]) -> str:
        """A plan with its period, elements and indicators; gives its IRI."""
        adopters = plan.adopted_by or publisher
        iri = self.notes.free(self._iri(plan, adopters))
        notes = self.notes
        own = Text("計画", "Plan")
        notes.begin(iri, f"sosei:{plan.kind}", self.names.label(plan.name, own), doubt=plan.doubt)
        self.names.say(iri, plan.name)
        for body in self._bodies(adopters):
            notes.link(iri, "sosei:adoptedBy", body)
        for body in self._bodies(plan.area or adopters):
            notes.link(iri, "dcterms:spatial", body)
        for government in (*plan.adopted_by, *plan.area):
            notes.mark(iri, government.name)
        if plan.edition:
            notes.say(iri, "sosei:edition", integer(plan.edition))
        notes.say(iri, "sosei:stage", term(f"stage:{plan.stage if plan.stage in _STAGES else 'not-stated'}"))
        notes.named(plan, iri)
        times = self._period(iri, plan)
        indicators = Indicators(notes, self.names, self.known, times, plan.stage in _EARLY, self.unread)
        place = Place(iri)
        for indicator in plan.indicators:
            indicators.write(indicator, place, iri)
        self._parts(plan.elements, place, iri, indicators)
        self.unread += _ratings(plan)
        return iri

    def _iri(self, plan: Plan, adopters: tuple[Government, ...]) -> str:
        codes = self.bodies.codes(adopters) or ([self.bodies.home] if self.bodies.home else None)
        if codes is None:
            return f"{self.document}/plan/{plan_name(plan)}"
        return f"{self.known.base}id/plan/{bodies_name(codes)}/{plan_name(plan)}"

    def _bodies(self, adopters: tuple[Government, ...]) -> list[str]:
        if not adopters and self.bodies.home:
            return [f"{self.known.base}id/gov/{self.bodies.home}"]
        return list(dict.fromkeys(self.bodies.iri(each) for each in adopters))

    def _period(self, plan_iri: str, plan: Plan) -> Times:
        stated = plan.period
        period = stated.period if stated else None
        iri = self.notes.free(f"{plan_iri}/period")
        notes = self.notes
        if period and period.start and period.end:
            label = plan_period_label(period.start, period.end)
            notes.begin(iri, "sosei:PlanPeriod", label, stated.printed if stated else None)
            notes.say(iri, "sosei:startDate", date(period.start.isoformat()))
            notes.say(iri, "sosei:endDate", date(period.end.isoformat()))
        elif stated:
            notes.begin(iri, "sosei:PlanPeriod", f"計画期間（{stated.printed.text}）", stated.printed)
            notes.say(iri, "sosei:absenceReason", term("absence:not-stated"))
        else:
            notes.begin(iri, "sosei:PlanPeriod", _PERIOD_MISSING, plan.name)
            notes.say(iri, "sosei:absenceReason", term("absence:not-found"))
        if stated:
            notes.say(iri, "sosei:statedPeriod", string(stated.printed.text), stated.printed)
        notes.link(plan_iri, "sosei:planPeriod", iri)
        return Times(plan_iri, notes, self.known, period.start if period else None, stated)

    def _parts(self, parts: Sequence[Element], place: Place, whole: str, indicators: Indicators) -> None:
        used: Counter[tuple[str, int]] = Counter()
        for element in parts:
            folder = ELEMENTS[element.kind]
            ordinal = element.ordinal
            while used[folder, ordinal]:
                ordinal += 1
            used[folder, ordinal] += 1
            iri = self._element(element, ordinal, place, whole)
            if ordinal != element.ordinal:
                self.notes.remark(iri, _RENUMBERED, 0.8)
            inner = part_place(place, iri, element, ordinal)
            for indicator in element.indicators:
                indicators.write(indicator, inner, iri)
            self._links(element, iri)
            self._parts(element.parts, inner, iri, indicators)
            if element.kind == "Activity":
                indicators.times.point(iri, None)

    def _links(self, element: Element, iri: str) -> None:
        """What an element has to do with others of the plan, and the words that nothing stands below it."""
        for indicator in element.measured_by:
            self.notes.link(self.notes.names[id(indicator)], "sosei:indicatorOf", iri)
        for goal in element.serves:
            self.notes.link(iri, "sosei:carriesOut", self.notes.names[id(goal)])
        if element.absent:
            self.notes.say(iri, "sosei:absenceReason", term("absence:not-applicable"))
            self.notes.say(iri, "sosei:statedValue", string(element.absent.text), element.absent)

    def _element(self, element: Element, ordinal: int, place: Place, whole: str) -> str:
        notes, folder = self.notes, ELEMENTS[element.kind]
        sign = element_sign(element, ordinal)
        key = "-".join((*place.key, sign)) if sign else ""
        iri = notes.free(
            *(f"{base}/{folder}/{each}".rstrip("/") for base, each in ((place.base, key), (whole, sign)))
        )
        called = _CALLED[element.kind]
        number = iri.rsplit("/", 1)[-1]
        own = Text(f"{called.ja} {number}", f"{called.en} {number}")
        # What was done in a year is told in sentences, however short.
        is_prose = element.kind == "Activity"
        label = own if is_prose and not self.names.quote else self.names.label(element.name, own)
        notes.begin(iri, f"sosei:{element.kind}", label, doubt=element.doubt)
        (self.names.prose if is_prose else self.names.say)(iri, element.name)
        self.names.mark(iri, element.notation)
        notes.say(iri, "sosei:ordinal", integer(ordinal))
        link = "sosei:carriesOut" if element.kind == "Activity" else "sosei:directPartOf"
        notes.say(iri, link, node(whole))
        return notes.named(element, iri)


def _ratings(plan: Plan) -> list[Unread]:
    """What a document itself says of its indicators (Ａ, ◎, 達成), as one entry with all places."""
    below = [
        indicator for element in plan.elements for part in element.walk() for indicator in part.indicators
    ]
    ratings = [each.rating for each in (*plan.indicators, *below) if each.rating]
    if not ratings:
        return []
    text = "、".join(dict.fromkeys(rating.text for rating in ratings))
    spans = tuple(sorted({span for rating in ratings for span in rating.spans}))
    return [Unread(Passage(text, spans), _RATINGS.fill(count=len(ratings)))]
