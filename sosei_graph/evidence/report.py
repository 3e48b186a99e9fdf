"""What `trace` hands back: the spans that were read, what did not hold, and where that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.languages import Lang, Text
from sosei_graph.names import compact
from sosei_graph.store.memory import Store

_SUMMARY = Text(
    "根拠{total}件のうち{passed}件が原文と一致（文書{documents}件、照合した記載{statements}件）",
    "{passed} of {total} spans hold ({documents} documents, {statements} names and figures compared)",
)
_NAMED = 3


@dataclass(frozen=True)
class Failure:
    """What does not hold: of which thing (node, evidence or document), and what stands there.

    `nodes` are those that the failure makes doubtful: the thing itself, or what was read from the span.
    `document` is the IRI of the document in which to look.
    """

    thing: str
    evidence: tuple[str, ...]
    message: Text
    found: str = ""
    nodes: tuple[str, ...] = ()
    document: str = ""

    def where(self, store: Store, lang: Lang) -> str:
        """The document, the characters, and the nodes by label and short IRI."""
        base = store.workspace.base
        nodes = self.nodes or ((self.thing,) if self.thing not in self.evidence else ())
        places = _places(self.evidence, self.document if self.document not in nodes else "", base)
        named = [f"{store.label(node, lang)} ({compact(node, base)})" for node in nodes[:_NAMED]]
        more = len(nodes) - len(named)
        if more > 0:
            named.append(Text("ほか{n}件", "{n} more").fill(n=more).in_(lang))
        return ": ".join(part for part in (places, Text("、", ", ").in_(lang).join(named)) if part)


def _places(evidence: Sequence[str], document: str, base: str) -> str:
    """`doc:plan char=3,9, char=20,25`, each document once; without evidence the document alone."""
    spans: dict[str, list[str]] = {document: []} if document and not evidence else {}
    for iri in evidence:
        name, _, fragment = iri.partition("#")
        spans.setdefault(name, []).append(fragment)
    return "; ".join(" ".join((compact(name, base), ", ".join(each))).strip() for name, each in spans.items())


@dataclass(frozen=True)
class SpanResult:
    """One span: what stands there and which things were read from it. `ok` when all of it holds."""

    evidence: str
    document: str
    start: int
    end: int
    text: str
    things: tuple[str, ...]
    ok: bool


@dataclass(frozen=True)
class TraceReport:
    """What was re-read. `statements` counts the names, figures, periods and marks that were looked for."""

    results: tuple[SpanResult, ...]
    failures: tuple[Failure, ...]
    documents: tuple[str, ...]
    statements: int

    @property
    def total(self) -> int:
        """The number of spans."""
        return len(self.results)

    @property
    def passed(self) -> int:
        """The number of spans that hold, together with everything that was read from them."""
        return sum(result.ok for result in self.results)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def summary(self, lang: Lang) -> str:
        """One line: how many of how many spans hold."""
        counts = {"total": self.total, "passed": self.passed, "documents": len(self.documents)}
        return _SUMMARY.fill(**counts, statements=self.statements).in_(lang)
