"""Which part of a document's graph a thing belongs to: the document itself, a plan that it states, other plans.

A document mentions elements of plans that it is not about (the policies of the comprehensive plan beside its own
measures). Nobody would look for them in it, so they are counted apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sosei_graph.ingest.differing import label_of
from sosei_graph.ingest.matching import View
from sosei_graph.languages import Text

#: What the draft alone has is called by its IRI there with this before it.
ONLY_DRAFTED = "+"
DOCUMENT = Text("文書", "The document")
OTHERS = Text("ほかの計画（言及のみ）", "Other plans, mentioned")


@dataclass(frozen=True)
class Parts:
    """The parts of a draft and of the reviewed graph of the same document; `same` says what of one is in the other."""

    drafted: View
    reviewed: View
    same: Mapping[str, str]

    def all(self) -> list[Text]:
        """The parts in their order: the document, its plans, the plans of others."""
        return [DOCUMENT, *self._own.values(), OTHERS]

    def of(self, name: str) -> Text:
        """The part of a thing, by its name in both graphs."""
        if name.startswith(ONLY_DRAFTED):
            plan = _plan_above(name.removeprefix(ONLY_DRAFTED), self._drafted_plans)
            plan = self.same.get(plan, plan)
        else:
            plan = _plan_above(name, self._reviewed_plans)
        return self._own.get(plan, OTHERS) if plan else DOCUMENT

    @cached_property
    def _drafted_plans(self) -> frozenset[str]:
        return frozenset(plan.iri for plan in self.drafted.sort("plan"))

    @cached_property
    def _reviewed_plans(self) -> frozenset[str]:
        return frozenset(plan.iri for plan in self.reviewed.sort("plan"))

    @cached_property
    def _own(self) -> dict[str, Text]:
        """The plans that the document states by the reviewed graph or by the draft, those of the draft first."""
        found: dict[str, Text] = {}
        for plan in self.drafted.sort("plan"):
            iri = self.same.get(plan.iri, plan.iri)
            found[iri] = label_of(self.reviewed.things.get(iri, plan)) or Text(iri, iri)
        document = self.reviewed.document
        for iri in document.all("states") if document else ():
            if iri in self._reviewed_plans:
                found.setdefault(iri, label_of(self.reviewed.things[iri]) or Text(iri, iri))
        return found


def _plan_above(iri: str, plans: frozenset[str]) -> str:
    """The plan that a thing's IRI is or stands below; empty for one that belongs to no plan."""
    while iri.count("/") > 3:
        if iri in plans:
            return iri
        iri = iri.rpartition("/")[0]
    return ""
