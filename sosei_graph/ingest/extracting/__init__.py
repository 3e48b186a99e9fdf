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
_LIKE_ANOTHER = Text(
    "--kind のとおり「{family}」として読みましたが、{other} の文書とみられます",
    "read as {family}, as --kind says, but it looks like a document of the kind {other}",
)


@dataclass(frozen=True)
class Extracted:
    """What a document states, and what is to be known of the way it was read."""

    findings: Findings
    warnings: tuple[Text, ...] = ()


def extract(reading: Reading, family: Family | None = None) -> Extracted:
    """What a document states, read as one of the family; without a family it is told from the document.

    A document that is like none of the families, or of which nothing can be read as the family that the user gives
    while it is like another, is a `SoseiError`.
    """
    from sosei_graph.ingest.extracting.recognise import recognise

    found = recognise(reading)
    if family is None:
        if found.family is None:
            raise _unknown(reading, found.others)
        warned = (_UNSURE.fill(family=found.family, others=", ".join(found.others)),) if found.others else ()
        return Extracted(_extractor(found.family)(reading), warned)
    findings = _extractor(family)(reading)
    if found.family in (None, family):
        return Extracted(findings)
    if _is_empty(findings):
        raise _of_another(reading, family, found.family)
    return Extracted(findings, (_LIKE_ANOTHER.fill(family=family, other=found.family),))


def _is_empty(findings: Findings) -> bool:
    """Whether nothing was found that makes a document one of its family."""
    if findings.family == "agreement":
        pact = findings.agreement
        return pact is None or (len(pact.parties) < 2 and not any(field.items for field in pact.fields))
    if findings.family == "council":
        meeting = findings.meeting
        named = meeting is not None and bool(meeting.held_on or meeting.name.text)
        return meeting is None or not (named or meeting.opinions or meeting.milestones)
    return not any(plan.elements or plan.indicators for plan in findings.plans)


def _of_another(reading: Reading, family: Family, other: Family) -> SoseiError:
    return SoseiError(
        Text(
            f"種類「{family}」の文書として読めるところがありません",
            f"nothing in it can be read as a document of the kind {family}",
        ),
        where=str(reading.path),
        hint=Text(
            f"--kind を確かめてください。{other} とみられます",
            f"see whether --kind is right: it looks like {other}",
        ),
    )


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
