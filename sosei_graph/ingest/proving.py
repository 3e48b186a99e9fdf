"""What keeps a draft out of the data: the first fault, with the line of the file in which it is mended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.evidence import trace
from sosei_graph.evidence.report import Failure
from sosei_graph.ingest.checking import Checker
from sosei_graph.ingest.facts import LABEL
from sosei_graph.ingest.writing import is_untouched
from sosei_graph.integrity import TurtleFile, check
from sosei_graph.languages import Lang, Text
from sosei_graph.locate import lines_of_blocks
from sosei_graph.store.memory import Store
from sosei_graph.validation.findings import Finding
from sosei_graph.validation.report_formats import full_message

_AGAIN = Text("直してから、もう一度 --accept してください", "mend it, then accept it again")


@dataclass(frozen=True)
class Candidate:
    """What a draft would become: the text of the file of data `target`."""

    store: Store
    draft: TurtleFile
    target: Path
    text: str

    @cached_property
    def _drafted(self) -> dict[str, int]:
        return lines_of_blocks(self.draft.text, self.store.workspace.base)

    @cached_property
    def _reviewed(self) -> dict[str, int]:
        if not self.target.is_file():
            return {}
        return lines_of_blocks(self.target.read_text(encoding="utf-8"), self.store.workspace.base)

    def where(self, iri: str) -> str:
        """File and line of what is to be mended: what the data say already stays as it is there."""
        if iri in self._reviewed:
            return f"{self.store.workspace.short(self.target)}:{self._reviewed[iri]}"
        return f"{self.draft.shown}:{self._drafted[iri]}" if iri in self._drafted else self.draft.shown


def checked(candidate: Candidate) -> int:
    """The number of warnings on what would become data; `SoseiError` with the first violation."""
    checker = Checker.of(candidate.store)
    check(candidate.draft, checker.vocabulary)
    report = checker.report(candidate.text, candidate.target)
    left = [finding for finding in report.findings if finding.severity == "violation"]
    if left:
        draft = candidate.draft.shown
        raise SoseiError(
            Text(
                f"違反が {len(left)} 件残っています: {_told(left[0], 'ja')}",
                f"{len(left)} violations left, the first: {_told(left[0], 'en')}",
            ),
            where=candidate.where(left[0].focus),
            hint=Text(
                f"sosei validate {draft} で全件。{_AGAIN.ja}",
                f"sosei validate {draft} lists them; {_AGAIN.en}",
            ),
        )
    return report.counts["warning"]


def _told(finding: Finding, lang: Lang) -> str:
    name = finding.label.in_(lang)
    quoted = f"「{name}」" if lang == "ja" else f"“{name}”"
    return f"{quoted}: {full_message(finding).in_(lang)} [{finding.shape_name}]"


def check_evidence(candidate: Candidate, triples: Sequence[ox.Triple], kept: Iterable[ox.Triple]) -> None:
    """Refuses what was changed by hand and no longer is what stands at its evidence.

    `triples` are those that would become data, `kept` those of them that are data already.
    """
    if is_untouched(candidate.draft.text):
        return
    before = {triple.subject.value for triple in kept if isinstance(triple.subject, ox.NamedNode)}
    graph = ox.NamedNode(candidate.store.workspace.graph_name(candidate.target))
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    report = trace(Store(candidate.store.workspace, quads), candidate.draft.path.parent)
    failed = [failure for failure in report.failures if _node(failure) not in before]
    if failed:
        name = _name(_node(failed[0]), triples)
        raise SoseiError(
            Text(
                f"根拠と合わないものが {len(failed)} 件あります: 「{name}」: {_found(failed[0]).ja}",
                f"{len(failed)} facts are not what their evidence says, the first: “{name}”: {_found(failed[0]).en}",
            ),
            where=candidate.where(_node(failed[0])),
            hint=Text(
                f"原文のとおりに直すか、sosei:evidence を正しい箇所に向けてください（sosei cite）。{_AGAIN.ja}",
                f"write what is printed, or point sosei:evidence to the right place (sosei cite); {_AGAIN.en}",
            ),
        )


def _node(failure: Failure) -> str:
    return failure.nodes[0] if failure.nodes else failure.thing


def _name(iri: str, triples: Iterable[ox.Triple]) -> str:
    labels = (
        triple.object.value
        for triple in triples
        if getattr(triple.subject, "value", "") == iri
        and triple.predicate.value == LABEL
        and isinstance(triple.object, ox.Literal)
        and triple.object.language == "ja"
    )
    return next(labels, iri)


def _found(failure: Failure) -> Text:
    if not failure.found:
        return failure.message
    found = Text("{message}。そこには「{found}」とあります", "{message}; there stands “{found}”")
    return found.fill(message=failure.message, found=failure.found)
