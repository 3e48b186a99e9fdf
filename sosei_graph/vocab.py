"""The names of the graph: namespaces, prefixes and every term of the `sosei:` vocabulary.

Nothing here imports rdflib when the module is imported: that costs 150 ms, more than the command line may
take to start. `SOSEI`, the rdflib form of the vocabulary, is made when it is first asked for.

    >>> from sosei_graph.vocab import SOSEI
    >>> SOSEI.numericValue
    rdflib.term.URIRef('https://w3id.org/sosei/ns#numericValue')

A name that the ontology does not declare raises `AttributeError`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib.namespace import DefinedNamespace

    SOSEI: type[DefinedNamespace]

BASE = "https://w3id.org/sosei/"
"""Every IRI of the project starts with this, unless a publisher sets another base for the instances."""

NS = BASE + "ns#"
"""Namespace of the vocabulary. Fixed: another base for the instances does not change it."""

PREFIXES: dict[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
    "sosei": NS,
    "gov": BASE + "id/gov/",
    "area": BASE + "id/area/",
    "doc": BASE + "id/doc/",
    "fy": BASE + "id/fy/",
    "cy": BASE + "id/cy/",
    "role": BASE + "scheme/role/",
    "stage": BASE + "scheme/stage/",
    "basis": BASE + "scheme/basis/",
    "absence": BASE + "scheme/absence/",
    "direction": BASE + "scheme/direction/",
    "unit": BASE + "scheme/unit/",
    "theme": BASE + "scheme/theme/",
    "indicator": BASE + "scheme/indicator/",
    "strength": BASE + "scheme/strength/",
    "yearbasis": BASE + "scheme/yearbasis/",
    "sdg": "http://metadata.un.org/sdg/",
}
"""Prefix to namespace, in the order in which Turtle and query heads list them."""

TERMS: tuple[str, ...] = (
    "AbsenceReason",
    "Activity",
    "ActualValue",
    "Agreement",
    "AgreementAmendment",
    "AgreementDocument",
    "Alignment",
    "BaselineValue",
    "BasicGoal",
    "Basis",
    "CalendarYear",
    "ComparableIndicator",
    "ComprehensivePlan",
    "ComprehensiveStrategy",
    "ContextIndicator",
    "CooperationArea",
    "CooperationField",
    "CooperationItem",
    "CooperationPillar",
    "CooperationVision",
    "Council",
    "CrossCuttingGoal",
    "Direction",
    "DirectionOfChange",
    "Document",
    "DonationEstimate",
    "EvaluationScheme",
    "EvaluationSummary",
    "Evidence",
    "FiscalYear",
    "FutureVision",
    "Goal",
    "Indicator",
    "IndicatorValue",
    "Initiative",
    "KeyPerformanceIndicator",
    "LocalGovernment",
    "Measure",
    "Meeting",
    "MeetingMaterial",
    "Milestone",
    "Municipality",
    "NumericTarget",
    "Opinion",
    "Period",
    "Plan",
    "PlanDocument",
    "PlanElement",
    "PlanPeriod",
    "PointInTime",
    "PolicyFramework",
    "PolicyTheme",
    "PopulationVision",
    "Prefecture",
    "Principle",
    "Programme",
    "ProgressReport",
    "Project",
    "ProjectedValue",
    "ReferenceIndicator",
    "RegionalRevitalizationPlan",
    "Response",
    "Role",
    "RoleAssignment",
    "Signature",
    "SpecialMeasure",
    "Stage",
    "StatedQuantity",
    "Strength",
    "SustainableDevelopmentGoal",
    "SustainableDevelopmentTarget",
    "TargetValue",
    "Unit",
    "UnnamedParty",
    "YearBasis",
    "absenceReason",
    "adoptedBy",
    "alignedElement",
    "alignedTo",
    "amends",
    "approximate",
    "assignee",
    "basis",
    "carriesOut",
    "comparableAs",
    "concerns",
    "continues",
    "contractingParty",
    "contributesToSDG",
    "cooperatesWith",
    "cooperatingCity",
    "cumulative",
    "desiredDirection",
    "detailedIn",
    "digest",
    "directPartOf",
    "donationEstimate",
    "edition",
    "endDate",
    "evaluates",
    "evaluator",
    "evidence",
    "fileName",
    "governmentCode",
    "hasActual",
    "hasBaseline",
    "hasPart",
    "hasProjection",
    "hasTarget",
    "hasTheme",
    "hasValue",
    "heldBy",
    "heldOn",
    "inPrefecture",
    "indicatorOf",
    "kana",
    "leadCity",
    "memberOfArea",
    "milestoneOf",
    "month",
    "numericValue",
    "onBehalfOf",
    "onItem",
    "onTrackCount",
    "openEnded",
    "ordinal",
    "pageNumber",
    "partOf",
    "partnerCity",
    "period",
    "planPeriod",
    "publicationChannel",
    "qualitativeValue",
    "raisedAt",
    "rationale",
    "replacesAnnexOf",
    "respondsTo",
    "role",
    "sha256",
    "signatoryAddress",
    "signatoryName",
    "signatoryTitle",
    "signedOn",
    "signs",
    "stage",
    "startDate",
    "statedName",
    "statedPeriod",
    "statedValue",
    "states",
    "strength",
    "succeeds",
    "summarizes",
    "supportsItem",
    "threshold",
    "totalCount",
    "unit",
    "usesSpecialMeasure",
    "venue",
    "yearBasis",
)
"""Local names of all terms the ontology declares, in code point order."""


def _namespace() -> "type[DefinedNamespace]":
    from rdflib.namespace import DefinedNamespace, Namespace

    class SOSEI(DefinedNamespace):
        _NS = Namespace(NS)
        _fail = True
        _extras = list(TERMS)  # noqa: RUF012  (rdflib's own way of adding names; ClassVar would hide it)

    return SOSEI


if not TYPE_CHECKING:  # a checker that saw this function would accept any name imported from here

    def __getattr__(name: str) -> "type[DefinedNamespace]":
        if name != "SOSEI":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()["SOSEI"] = namespace = _namespace()
        return namespace
