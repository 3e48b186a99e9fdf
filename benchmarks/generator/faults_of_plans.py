"""Kinds of faults in strategies, progress reports and revitalization plans.

Each spoils something in a file and tells what validation finds, or nothing where the file has no place for it.
"""

from benchmarks.generator.sites import Found, Site
from benchmarks.generator.writing import Node, day, ref


def missing_target(site: Site) -> Found | None:
    """A KPI without a target."""
    if not (kpi := site.measured()):
        return None
    _, target = site.ends(kpi)
    del kpi.facts["sosei:hasTarget"], site.page.nodes[target.iri]
    return [(kpi.iri, "KpiHasTarget", "violation"), (kpi.iri, "KpiDirection", "warning")]


def unit_mismatch(site: Site) -> Found | None:
    """A target in another unit than its baseline, and than is printed."""
    if not (kpi := site.measured()):
        return None
    _, target = site.ends(kpi)
    if target.one("sosei:unit") == "unit:child-per-woman":
        return None  # it is printed without a unit
    target.facts["sosei:unit"] = ["unit:household"]
    return [(kpi.iri, "KpiSameUnit", "warning"), (target.iri, "stated-unit", "warning")]


def value_twice(site: Site) -> Found | None:
    """Two targets for one year: the second is that of another indicator, copied."""
    if not (kpi := site.measured()):
        return None
    base, target = site.ends(kpi)

    def fit(node: Node) -> bool:
        same = all(node.one(name) == target.one(name) for name in ("sosei:unit", "sosei:period"))
        number = node.one("sosei:numericValue")
        return same and number not in {base.one("sosei:numericValue"), target.one("sosei:numericValue"), ""}

    if not (other := site.pick("TargetValue", fit=fit)):
        return None
    iri = f"{target.iri}-2"
    copied = {name: list(objects) for name, objects in other.facts.items()}
    site.page.nodes[iri] = Node(iri, "TargetValue", copied, list(other.spans))
    site.touched.add(iri)
    kpi.facts["sosei:hasTarget"].append(ref(iri))
    return [(kpi.iri, "OneValuePerPeriod", "violation")]


def target_outside_plan(site: Site) -> Found | None:
    """A target for a year after the plan."""
    if not (kpi := site.measured()):
        return None
    site.ends(kpi)[1].facts["sosei:period"] = ["fy:2039"]
    return [(kpi.iri, "KpiTargetInPlanPeriod", "warning")]


def target_before_baseline(site: Site) -> Found | None:
    """A target for a year before the baseline."""
    if not (kpi := site.measured()):
        return None
    site.ends(kpi)[1].facts["sosei:period"] = ["fy:2001"]
    return [(kpi.iri, "KpiTargetAfterBaseline", "violation"), (kpi.iri, "KpiTargetInPlanPeriod", "warning")]


def ordinal_twice(site: Site) -> Found | None:
    """Two measures with one number."""

    def siblings(node: Node) -> list[Node]:
        above = node.one("sosei:directPartOf")
        measures = site.page.of_kind("Measure")
        return [other for other in measures if other.one("sosei:directPartOf") == above and other is not node]

    def fit(node: Node) -> bool:
        return bool(siblings(node)) and all(other.iri not in site.touched for other in siblings(node))

    if not (measure := site.pick("Measure", fit=fit)):
        return None
    other = site.chance.choice(siblings(measure))
    site.touched.update(each.iri for each in siblings(measure))
    measure.facts["sosei:ordinal"] = list(other.facts["sosei:ordinal"])
    return [(each.iri, "OrdinalsDiffer", "violation") for each in (measure, other)]


def dangling_part(site: Site) -> Found | None:
    """A measure below something that does not exist."""
    if not (measure := site.pick("Measure")):
        return None
    measure.facts["sosei:directPartOf"] = [f"{measure.one('sosei:directPartOf')[:-1]}9>"]
    shapes = ("PartOfKnown", "ElementStandsInPlan", "reference-undescribed")
    return [(measure.iri, shape, "violation") for shape in shapes]


def missing_english(site: Site) -> Found | None:
    """A goal without an English name."""
    if not (goal := site.pick("BasicGoal")):
        return None
    del goal.facts["rdfs:label"][1]
    return [(goal.iri, "EnglishLabel", "warning")]


def _has_number(node: Node) -> bool:
    return "sosei:numericValue" in node.facts


def unknown_unit(site: Site) -> Found | None:
    """A unit that is not on the list."""
    if not (value := site.pick("ActualValue", fit=_has_number)):
        return None
    value.facts["sosei:unit"] = ["unit:bushel"]
    return [(value.iri, "UnitKnown", "violation"), (value.iri, "reference-undescribed", "violation")]


def absent_without_reason(site: Site) -> Found | None:
    """A value with neither a number nor a reason why there is none."""
    if not (value := site.pick("ActualValue", fit=_has_number)):
        return None
    del value.facts["sosei:numericValue"], value.facts["sosei:unit"]
    return [(value.iri, "ValueExactlyOne", "violation")]


def misread_figure(site: Site) -> Found | None:
    """A number ten times what is printed."""

    def fit(node: Node) -> bool:
        return node.one("sosei:numericValue").rstrip("0.-") != ""

    if not (value := site.pick("ActualValue", fit=fit)):
        return None
    whole, _, rest = value.one("sosei:numericValue").partition(".")
    value.facts["sosei:numericValue"] = [f"{whole}{rest[:1]}.{rest[1:] or '0'}"]
    return [(value.iri, "stated-figure", "violation")]


def number_without_unit(site: Site) -> Found | None:
    """A number of nothing."""
    if not (value := site.pick("ActualValue", fit=_has_number)):
        return None
    del value.facts["sosei:unit"]
    return [(value.iri, "NumericValueHasUnit", "violation")]


def idle_activity(site: Site) -> Found | None:
    """Something done under no measure."""
    if not (activity := site.pick("Activity")):
        return None
    del activity.facts["sosei:carriesOut"]
    return [(activity.iri, "ActivityServes", "violation")]


def impossible_count(site: Site) -> Found | None:
    """More indicators on track than were looked at."""
    if not (summary := site.pick("EvaluationSummary")):
        return None
    summary.facts["sosei:onTrackCount"] = [str(int(summary.one("sosei:totalCount")) + 1)]
    return [(summary.iri, "SummaryOnTrack", "violation")]


def programme_outside_plan(site: Site) -> Found | None:
    """A programme that goes on when the plan is over."""
    if not (programme := site.pick("Programme", fit=lambda node: "sosei:period" in node.facts)):
        return None
    period = site.node(programme.one("sosei:period"))
    period.facts["sosei:endDate"] = [day("2041-03-31")]
    return [(programme.iri, "ProgrammePeriodInPlan", "violation")]


def missing_donations(site: Site) -> Found | None:
    """A programme with the measure on donations, and no estimate of them."""
    if not (estimate := site.pick("DonationEstimate")):
        return None
    has = "sosei:donationEstimate"
    programme = next(node for node in site.page.of_kind("Programme") if node.one(has) == ref(estimate.iri))
    del programme.facts[has], site.page.nodes[estimate.iri]
    return [(programme.iri, "DonationEstimateGiven", "warning")]


def idle_project(site: Site) -> Found | None:
    """A project for no goal."""
    if not (project := site.pick("Project")):
        return None
    del project.facts["sosei:carriesOut"]
    return [(project.iri, "ProjectServesGoal", "warning")]


KINDS = (
    *(missing_target, unit_mismatch, value_twice, target_outside_plan, target_before_baseline),
    *(ordinal_twice, dangling_part, missing_english, unknown_unit, absent_without_reason, misread_figure),
    *(number_without_unit, idle_activity, impossible_count),
    *(programme_outside_plan, missing_donations, idle_project),
)
