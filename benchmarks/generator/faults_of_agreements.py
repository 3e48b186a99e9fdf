"""Kinds of faults in agreements, councils' material, the editors' judgements, and evidence of any kind.

Each spoils something in a file and tells what validation finds, or nothing where the file has no place for it.
"""

from benchmarks.generator.sites import Found, Site
from benchmarks.generator.writing import Node, day, ref


def _roles(site: Site, item: Node) -> list[Node]:
    return [node for node in site.page.of_kind("RoleAssignment") if node.one("sosei:onItem") == ref(item.iri)]


def role_without_assignee(site: Site) -> Found | None:
    """A role that nobody has."""
    if not (item := site.pick("CooperationItem")):
        return None
    role, *others = _roles(site, item)
    (assignee,) = role.facts.pop("sosei:assignee")
    naming = [other.iri for other in others if assignee in other.facts.get("sosei:cooperatesWith", ())]
    return [
        (role.iri, "AssignmentAssignee", "violation"),
        (item.iri, "ItemRoleForEveryParty", "violation"),
        *((iri, "NamedCityHasRole", "violation") for iri in naming),
    ]


def item_without_roles(site: Site) -> Found | None:
    """An item in which nobody does anything."""
    if not (item := site.pick("CooperationItem")):
        return None
    for role in _roles(site, item):
        del site.page.nodes[role.iri]
    for party in [node for node in site.page.of_kind("UnnamedParty") if node.iri.startswith(f"{item.iri}/")]:
        del site.page.nodes[party.iri]
    return [(item.iri, "ItemRoleForEveryParty", "violation")] * 2


def third_city_as_partner(site: Site) -> Found | None:
    """A city outside the agreement with the role of a party."""
    item = site.pick("CooperationItem", fit=lambda node: len(_roles(site, node)) > 2)
    if not item:
        return None
    role = _roles(site, item)[-1]
    role.facts["sosei:role"] = ["role:partner"]
    return [(role.iri, "ThirdCityCooperates", "violation")]


def party_as_third_city(site: Site) -> Found | None:
    """A party to the agreement with the role of a city outside it."""

    def partners(node: Node) -> list[Node]:
        return [role for role in _roles(site, node) if role.one("sosei:role") == "role:partner"]

    if not (item := site.pick("CooperationItem", fit=lambda node: bool(partners(node)))):
        return None
    role = partners(item)[0]
    role.facts["sosei:role"] = ["role:cooperating"]
    return [(role.iri, "PartyLeadsOrPartners", "violation")]


def missing_signature(site: Site) -> Found | None:
    """An agreement that one party has not signed."""
    if not (signature := site.pick("Signature")):
        return None
    del site.page.nodes[signature.iri]
    return [(signature.one("sosei:signs")[1:-1], "AgreementSignedByEveryParty", "warning")]


def amended_too_early(site: Site) -> Found | None:
    """An amendment from before the agreement."""
    if not (amendment := site.pick("AgreementAmendment")):
        return None
    amendment.facts["sosei:signedOn"] = [day("2009-12-01")]
    return [(amendment.iri, "AmendmentAfterAgreement", "violation")]


def unanswered_opinion(site: Site) -> Found | None:
    """An opinion that its response does not mention."""
    response = site.pick("Response", fit=lambda node: len(node.facts["sosei:respondsTo"]) > 1)
    if not response:
        return None
    opinion = site.node(response.facts["sosei:respondsTo"].pop())
    return [(opinion.iri, "OpinionAnswered", "warning")]


def opinion_about_nothing(site: Site) -> Found | None:
    """An opinion without what it is about."""
    if not (opinion := site.pick("Opinion")):
        return None
    del opinion.facts["sosei:concerns"]
    return [(opinion.iri, "OpinionConcerns", "warning")]


def meeting_without_day(site: Site) -> Found | None:
    """A meeting at no time."""
    if not (meeting := site.pick("Meeting")):
        return None
    del meeting.facts["sosei:heldOn"]
    return [(meeting.iri, "MeetingHeldOn", "violation")]


def alignment_without_rationale(site: Site) -> Found | None:
    """A judgement without a reason."""
    if not (alignment := site.pick("Alignment")):
        return None
    del alignment.facts["sosei:rationale"]
    return [
        (alignment.iri, "AlignmentRationale", "violation"),
        (alignment.iri, "AlignmentRationaleInEnglish", "warning"),
    ]


def alignment_without_strength(site: Site) -> Found | None:
    """A judgement that does not say how close the two are."""
    if not (alignment := site.pick("Alignment")):
        return None
    del alignment.facts["sosei:strength"]
    return [(alignment.iri, "CuratedAlignmentStrength", "warning")]


def alignment_twice(site: Site) -> Found | None:
    """One judgement made twice."""
    if not (alignment := site.pick("Alignment")):
        return None
    iri = f"{alignment.iri}-2"
    copied = {name: list(objects) for name, objects in alignment.facts.items()}
    site.page.nodes[iri] = Node(iri, "Alignment", copied, [])
    site.touched.add(iri)
    return [(iri, "AlignmentOnce", "warning")]


def alignment_of_nothing(site: Site) -> Found | None:
    """A judgement on something that does not exist."""
    if not (alignment := site.pick("Alignment")):
        return None
    alignment.facts["sosei:alignedElement"] = [f"{alignment.one('sosei:alignedElement')[:-1]}999>"]
    shapes = ["AlignmentElementKnown", "alignment-undescribed"]
    if alignment.one("sosei:alignedTo").startswith("indicator:"):
        shapes.append("ComparableIndicatorOfIndicator")
    return [(alignment.iri, shape, "violation") for shape in shapes]


def cut_digest(site: Site) -> Found | None:
    """The digest of a span with one digit too few."""
    if not (node := site.pick("Measure", "Activity", "Project", "Signature", "Opinion")):
        return None
    start, end = node.spans[0]
    site.page.cut.add((start, end))
    return [(f"{site.page.document}#char={start},{end}", "EvidenceDigest", "violation")]


KINDS = (
    *(role_without_assignee, item_without_roles, third_city_as_partner, party_as_third_city),
    *(missing_signature, amended_too_early, unanswered_opinion, opinion_about_nothing, meeting_without_day),
    *(alignment_without_rationale, alignment_without_strength, alignment_twice, alignment_of_nothing),
    cut_digest,
)
