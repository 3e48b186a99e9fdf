"""What validation tells of a sound file without calling it a fault: gaps that documents explain, and the like.

Counted from what was written, by the names of the shapes whose severity is `sh:Info`.
"""

from collections import Counter

from benchmarks.generator.writing import Node, Page, ref

_QUANTITIES = {
    *("BaselineValue", "ActualValue", "TargetValue", "ProjectedValue", "IndicatorValue"),
    *("StatedQuantity", "DonationEstimate"),
}
_INDICATORS = {"KeyPerformanceIndicator", "NumericTarget"}
_DOCUMENTS = {"PlanDocument", "ProgressReport", "AgreementDocument", "MeetingMaterial"}


def notes_on(page: Page) -> Counter[str]:
    """How many notes each shape makes on a file."""
    found: Counter[str] = Counter()
    for node in page.nodes.values():
        if "sosei:absenceReason" in node.facts and node.kind in _QUANTITIES:
            found["AbsenceExplained"] += 1
        elif "sosei:absenceReason" in node.facts and node.kind not in _INDICATORS:
            found["AbsenceNoted"] += 1
        found["OpenEndedList"] += node.one("sosei:openEnded") == "true"
        found["PlanStageStated"] += node.one("sosei:stage") == "stage:not-stated"
        found["DocumentIssued"] += node.kind in _DOCUMENTS and "dcterms:issued" not in node.facts
        found["KpiTargetEqualsBaseline"] += node.kind in _INDICATORS and _stays(page, node)
    _count_leads(page, found)
    return +found


def _stays(page: Page, node: Node) -> bool:
    """Whether an indicator's target is its baseline."""
    ends = [page.nodes.get(node.one(has)[1:-1]) for has in ("sosei:hasBaseline", "sosei:hasTarget")]
    numbers = {end.one("sosei:numericValue") if end else "" for end in ends}
    return len(numbers) == 1 and "" not in numbers


def _count_leads(page: Page, found: Counter[str]) -> None:
    leads = [role for role in page.of_kind("RoleAssignment") if role.one("sosei:role") == "role:lead"]
    marked = {role.one("sosei:onItem") for role in leads}
    leaders = Counter(role.one("sosei:onItem") for role in leads if "sosei:assignee" in role.facts)
    for item in page.of_kind("CooperationItem"):
        found["ItemWithoutLead"] += ref(item.iri) not in marked
        found["ItemSeveralLeads"] += leaders[ref(item.iri)] > 1
