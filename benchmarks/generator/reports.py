"""Yearly progress reports on a strategy: the form of Kanazawa's."""

import random

from benchmarks.generator import observed
from benchmarks.generator.figures import UNITS, long_year, short_year
from benchmarks.generator.indicators import Figure, Told, absent, add_value, measured
from benchmarks.generator.plans import Part, Plan, add_document, gist
from benchmarks.generator.words import TAILS
from benchmarks.generator.writing import Node, Objects, Page, Source, Span, across, dice, ref, text

_LAST_YEAR = 2024
_KINDS = {"KeyPerformanceIndicator": "kpi", "NumericTarget": "numeric-target"}
_COUNTED = {"kpi": ("KPI", "KPIs"), "numeric-target": ("数値目標", "numeric targets")}


def reported_years(plan: Plan) -> list[int]:
    """The fiscal years of which the city reported: the latest ones."""
    chance = dice(plan.seed, plan.city.code, "reports")
    last = min(plan.years[1], _LAST_YEAR)
    return list(range(max(plan.years[0], last - chance.choice((0, 1, 1, 2))), last + 1))


def report_page(plan: Plan, year: int) -> Page:
    """The report on what was done and reached in a year; the plan itself stands in its own document."""
    page = Page(f"{plan.city.code}-strategy-progress-{year}", Source())
    writer = _Report(page, plan, year, dice(plan.seed, page.name))
    writer.front()
    writer.activities()
    writer.values()
    return page


class _Report:
    """One report as it is written down."""

    def __init__(self, page: Page, plan: Plan, year: int, chance: random.Random) -> None:
        self.page, self.plan, self.year, self.chance = page, plan, year, chance
        #: By kind: how many indicators have a figure, and how many of these are on track.
        self.counts = {slug: [0, 0] for slug in _COUNTED}

    def front(self) -> None:
        """Title and date."""
        name = (
            f"{self.plan.name[0]}の進み具合（{long_year(self.year)}）",
            f"{self.plan.name[1]}: progress in FY{self.year}",
        )
        (title,) = self.page.text.line(name[0])
        (issued,) = self.page.text.line(f"{self.year + 1}年10月　{self.plan.city.ja}")
        facts: dict[str, Objects] = {
            "dcterms:publisher": self.plan.city.iri,
            "dcterms:issued": f'"{self.year + 1}-10"^^xsd:gYearMonth',
            "sosei:states": ref(self.plan.iri),
        }
        add_document(self.page, "ProgressReport", name, [title, issued], facts)

    def activities(self) -> None:
        """What was done under each measure."""
        _, when, _ = self.page.text.line("（", long_year(self.year), "の取組）")
        for measure in self.plan.of_kind("Measure"):
            self.page.text.line(measure.name[0])
            for order in range(1, self.chance.choice(observed.ACTIVITIES_A_MEASURE) + 1):
                self.activity(measure, order, when)

    def activity(self, measure: Part, order: int, when: Span) -> None:
        """One thing that was done."""
        matter = self.chance.choice(measure.topic.matters)
        ja, en = self.chance.choice(TAILS)
        (span,) = self.page.text.line(
            f"・{ja.format(matter[0])}として{self.chance.randint(2, 40)}か所で行った。"
        )
        label = (
            f"{ja.format(matter[0])}（{long_year(self.year)}）",
            f"{en.format(matter[1])} (FY{self.year})",
        )
        facts: dict[str, Objects] = {
            "sosei:ordinal": str(order),
            "sosei:carriesOut": ref(measure.iri),
            **gist(f"{measure.topic.name[0]}のため各所で行った", f"Done in several places: {matter[1]}"),
            "sosei:period": f"fy:{self.year}",
            "sosei:statedPeriod": text(long_year(self.year)),
        }
        iri = f"{measure.iri.replace('/measure/', '/activity/')}-{order}/fy{self.year}"
        self.page.add(iri, "Activity", label, [when, span], facts)

    def values(self) -> None:
        """The figure of the year for each indicator, and how many are on track."""
        self.page.text.line(f"指標の実績（{short_year(self.year)}）")
        for part in self.plan.of_kind(*_KINDS):
            self.actual(part)
        for slug, (total, good) in self.counts.items():
            if total:
                self.summary(slug, total, good)

    def actual(self, part: Part) -> None:
        """What an indicator came to in the year."""
        if part.gauge is None:
            raise ValueError(f"{part.iri} measures nothing")
        course = self.plan.course(part.gauge)
        told = measured(course, self.year)
        if self.chance.random() < observed.ABSENT_ACTUALS:
            told = absent(self.chance.choice(("not-yet-counted", "blank-mark", "not-implemented")))
        _, _, *cells = self.page.text.line(
            "・", f"{part.name[0]}　", told.printed, f"（{short_year(self.year)}", "）"
        )
        # The indicator is described in the plan's document; here it only gets a value.
        owner = self.page.nodes.setdefault(part.iri, Node(part.iri, "", {}, []))
        when = short_year(self.year)
        figure = Figure("actual", f"fy{self.year}", told, f"fy:{self.year}", when, _spans(cells))
        value = add_value(self.page, owner, part.name, figure)
        if part.over and "sosei:numericValue" in value.facts:
            value.facts["sosei:cumulative"] = ["true"]
        self.count(part, told)

    def count(self, part: Part, told: Told) -> None:
        """Whether it counts as on track: 70 % of what the straight line expects."""
        if part.gauge is None or "sosei:numericValue" not in told.facts or part.gauge.unit not in UNITS:
            return
        course = self.plan.course(part.gauge)
        counts = self.counts[_KINDS[part.kind]]
        expected = course.aim(self.year) - course.base
        gained = course.actual(self.year) - course.base
        counts[0] += 1
        counts[1] += gained == expected == 0 or (expected != 0 and gained / expected >= 0.7)

    def summary(self, slug: str, total: int, good: int) -> None:
        """The outcome for the KPIs or the numeric targets."""
        ja, en = _COUNTED[slug]
        tenths = round(10 * good / total)
        _, number, _, share, _ = self.page.text.line(
            f"{ja}は", f"{total}項目中{good}項目", "（", f"約{tenths}割", "）が概ね順調である。"
        )
        iri = f"{self.plan.iri}/evaluation/fy{self.year}/{slug}"
        facts: dict[str, Objects] = {
            "sosei:assessedPeriod": f"fy:{self.year}",
            "sosei:countedKind": f"indicatorkind:{slug}",
            "sosei:onTrackCount": str(good),
            "sosei:onTrackShare": ref(f"{iri}/share"),
            "sosei:summarizes": ref(self.plan.iri),
            "sosei:totalCount": str(total),
        }
        label = (f"{ja}の検証結果（{long_year(self.year)}）", f"Outcome for the {en} in FY{self.year}")
        self.page.add(iri, "EvaluationSummary", label, [number], facts)
        said: dict[str, Objects] = {
            "sosei:approximate": "true",
            "sosei:numericValue": f"{10 * tenths}.0",
            "sosei:period": f"fy:{self.year}",
            "sosei:statedValue": text(f"約{tenths}割"),
            "sosei:unit": "unit:percent",
        }
        of = (f"{label[0]}：順調な割合", f"{label[1]}: share on track")
        self.page.add(f"{iri}/share", "StatedQuantity", of, [share, across([number, share])], said)


def _spans(cells: list[Span]) -> list[Span]:
    return [cells[0], across(cells[:2])]
