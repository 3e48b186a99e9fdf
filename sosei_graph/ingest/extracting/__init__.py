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
        if found.family is None:
            raise _unknown(reading, found.others)
        family = found.family
        if found.others:
            warnings = (_UNSURE.fill(family=family, others=", ".join(found.others)),)
    return Extracted(_extractor(family)(reading), warnings)


def _unknown(reading: Reading, like: tuple[Family, ...]) -> SoseiError:
    """The document is none that is read, or its family has to be given."""
    listed, nearest = ", ".join(FAMILIES), like[0] if like else ""
    return SoseiError(
        Text(
            "取り込める種類の文書（地域再生計画、連携協約・形成協定、総合戦略、取組状況報告、会議資料）とみなせません",
            "this is not taken for a plan, agreement, strategy, progress report or council material",
        ),
        where=str(reading.path),
        hint=Text(
            f"そのどれかであれば --kind で指定してください: {listed}"
            + (f"（最も近いのは {nearest}）" if nearest else ""),
            f"if it is one of them, give --kind: {listed}" + (f" (nearest: {nearest})" if nearest else ""),
        ),
    )


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
