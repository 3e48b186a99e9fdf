"""Extractors: one module a family of documents, each reading its form into records."""

from collections.abc import Callable
from dataclasses import dataclass

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.records import FAMILIES, Family, Findings
from sosei_graph.languages import Text

__all__ = ["Extracted", "extract"]

_UNSURE = Text(
    "文書の種類を「{family}」とみなしました（{others} にも似ています）。違うときは --kind で指定してください",
    "taken for a document of the kind {family} (it is also like {others}): if it is not, give --kind",
)


@dataclass(frozen=True)
class Extracted:
    """What a document states, and what is to be known of the way it was read."""

    findings: Findings
    warnings: tuple[Text, ...] = ()


def extract(reading: Reading, family: Family | None = None) -> Extracted:
    """What a document states, read as one of the family; without a family it is told from the document."""
    warnings: tuple[Text, ...] = ()
    if family is None:
        from sosei_graph.ingest.extracting.recognise import recognise

        found = recognise(reading)
        family = found.family
        if family is not None and found.others:
            warnings = (_UNSURE.fill(family=family, others=", ".join(found.others)),)
    if family is None:
        listed = ", ".join(FAMILIES)
        raise SoseiError(
            Text("どの種類の文書か分かりません", "the kind of the document cannot be told"),
            where=str(reading.path),
            hint=Text(f"--kind で指定してください: {listed}", f"give --kind: {listed}"),
        )
    return Extracted(_extractor(family)(reading), warnings)


def _extractor(family: Family) -> Callable[[Reading], Findings]:
    """Imported where it is used: no document needs more than one of them."""
    match family:
        case "plan":
            from sosei_graph.ingest.extracting import plan

            return plan.extract
        case "agreement":
            from sosei_graph.ingest.extracting import agreement

            return agreement.extract
        case "strategy":
            from sosei_graph.ingest.extracting import strategy

            return strategy.extract
        case "progress":
            from sosei_graph.ingest.extracting import progress

            return progress.extract
        case "council":
            from sosei_graph.ingest.extracting import council

            return council.extract
