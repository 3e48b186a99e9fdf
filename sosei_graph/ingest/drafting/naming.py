"""IRIs of what a document states, readable and the same at every reading (design: IRIs)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sosei_graph.ingest.records import Agreement, Element, ElementKind, Field, IndicatorKind, Plan

#: Class of a plan → the word for it in IRIs.
PLANS = {
    "RegionalRevitalizationPlan": "regional-revitalization",
    "ComprehensiveStrategy": "comprehensive-strategy",
    "PopulationVision": "population-vision",
    "ComprehensivePlan": "comprehensive-plan",
    "CooperationVision": "cooperation-vision",
    "PolicyFramework": "policy-framework",
}
ELEMENTS: dict[ElementKind, str] = {
    "Principle": "principle",
    "BasicGoal": "goal",
    "CrossCuttingGoal": "cross-cutting-goal",
    "Goal": "goal",
    "Direction": "direction",
    "Measure": "measure",
    "Programme": "programme",
    "Project": "project",
    "Initiative": "initiative",
    "Activity": "activity",
}
INDICATORS: dict[IndicatorKind, str] = {
    "NumericTarget": "numeric-target",
    "KeyPerformanceIndicator": "kpi",
    "ReferenceIndicator": "reference",
    "ContextIndicator": "context",
}
#: Words of the names of councils → the words for them in IRIs; the first that fits.
COUNCILS = (
    ("総合戦略", "strategy-council"),
    ("創生", "sosei-council"),
    ("総合計画", "comprehensive-plan-council"),
    ("人口", "population-council"),
    ("連携中枢都市圏", "cooperation-council"),
    ("定住自立圏", "cooperation-council"),
)
_NOT_IN_SLUG = re.compile(r"[^\w.-]+")
_DIGITS = re.compile(r"[0-9]+")
_KATAKANA = re.compile(r"[(（]?[ァ-ヶｦ-ﾝ][)）]?[.．、]?")


@dataclass(frozen=True)
class Place:
    """Where an element stands: the IRI that its parts are named below, and the key of its marks (`1-2`, `a`)."""

    base: str
    key: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def below(self, folder: str, number: int) -> str:
        """The IRI of the part of that kind and number."""
        return f"{self.base}/{folder}/{'-'.join((*self.key, str(number)))}"

    def indicator(self, folder: str, number: int) -> str:
        """The IRI of an indicator: its key has numbers only."""
        return f"{self.base}/{folder}/{'-'.join((*self.numbers, str(number)))}"


def slug_of(path: Path) -> str:
    """The name of a document from that of its file: no white space and no sign that IRIs keep for themselves."""
    stem = unicodedata.normalize("NFKC", path.stem)
    stem = stem.lower() if stem.isascii() else stem
    return _NOT_IN_SLUG.sub("-", stem).strip("-.") or "document"


def plan_name(plan: Plan) -> str:
    """`regional-revitalization-2`."""
    kind = PLANS.get(plan.kind, "plan")
    return f"{kind}-{plan.edition}" if plan.edition else kind


def element_sign(element: Element, ordinal: int) -> str:
    """What an element adds to the key: its number, a letter for ア, イ, ウ; nothing for a programme without mark."""
    mark = element.notation.text.strip() if element.notation else ""
    if element.kind == "Programme":
        return "-".join(_DIGITS.findall(unicodedata.normalize("NFKC", mark)))
    if element.kind == "Project" and _KATAKANA.fullmatch(mark) and ordinal <= 26:
        return chr(ord("a") + ordinal - 1)
    return str(ordinal)


def part_place(above: Place, iri: str, element: Element, ordinal: int) -> Place:
    """Where the parts of an element stand. Those of a cross-cutting goal are named below its own IRI.

    A programme adds nothing to the names of its projects.
    """
    if element.kind == "Programme":
        return above
    if element.kind == "CrossCuttingGoal":
        return Place(iri)
    sign = element_sign(element, ordinal)
    return Place(above.base, (*above.key, sign), (*above.numbers, str(ordinal)))


def bodies_name(codes: Sequence[str]) -> str:
    """`16202-16205`: the codes in their order, each once."""
    return "-".join(sorted(set(codes)))


def agreement_name(agreement: Agreement, document: str) -> str:
    """The day of an agreement; the document's name while the day is blank."""
    return agreement.signed_on or f"undated-{document}"


def field_key(field: Field, pillar: int, ordinal: int) -> str:
    """`3-1` of `3(1)`; by their places where the marks have no numbers."""
    mark = unicodedata.normalize("NFKC", field.notation.text) if field.notation else ""
    numbers = _DIGITS.findall(mark)
    if numbers:
        return "-".join(str(int(number)) for number in numbers)
    return f"{pillar}-{ordinal}" if field.above else str(pillar)


def council_name(name: str) -> str:
    """The word for a council in IRIs."""
    return next((slug for word, slug in COUNCILS if word in name), "council")
