"""The review of a draft: what was found, told as entries, with all that the draft knows of their nodes beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.facts import LABEL, DraftFact, by_subject, doubt_of, spans_of
from sosei_graph.ingest.records import CERTAIN, Doubt, Findings, Unread
from sosei_graph.ingest.reviewing.review import Entry, NextSteps, Review, Shared, Suggestion
from sosei_graph.ingest.reviewing.telling import entries_of
from sosei_graph.languages import Text
from sosei_graph.validation.findings import Finding

#: The shape that asks for every remark to be dealt with; the page shows the remarks themselves.
_REMARK_LEFT = "RemarkLeft"
#: What every draft lacks and no document of a Japanese city says.
_ALWAYS_SHARED = frozenset({"EnglishLabel"})
_MANY = 10
_OTHER = Text("ほかに確かめること", "What else is to be checked")
_OTHER_KIND = Text("関係するもの", "Related")


@dataclass(frozen=True)
class Draft:
    """What the page needs of a draft.

    `names` are the nodes of the records of `found`, by each record's `id`; `suggestions` are by the node, and so are
    `lines`, where each begins in the draft's file.
    """

    reading: Reading
    found: Findings
    facts: Sequence[DraftFact] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()
    suggestions: Mapping[str, Sequence[Suggestion]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Text, ...] = ()


def review_of(draft: Draft, steps: NextSteps) -> Review:
    """The review of a draft. Findings on nodes that are no entry are those of the document as a whole."""
    findings, shared = _shared_out(draft)
    beside = _Beside.of(draft, findings)
    told = entries_of(draft.found, draft.reading, lambda record: draft.names.get(id(record)))
    entries = tuple(map(beside.annotated, told))
    held = {each.iri for entry in entries for each in entry.walk()}
    return Review(
        draft.reading,
        _title(draft),
        draft.found.family,
        steps,
        (*entries, *beside.others(held)),
        draft.unread,
        tuple(finding for finding in findings if finding.focus not in held),
        shared,
        draft.warnings,
    )


@dataclass(frozen=True)
class _Beside:
    """What is known of nodes, by their IRIs."""

    draft: Draft
    facts: Mapping[str, Sequence[DraftFact]]
    findings: Mapping[str, Sequence[Finding]]

    @classmethod
    def of(cls, draft: Draft, findings: Iterable[Finding]) -> "_Beside":
        by_node = defaultdict[str, list[Finding]](list)
        for finding in findings:
            by_node[finding.focus].append(finding)
        return cls(draft, by_subject(draft.facts), by_node)

    def annotated(self, entry: Entry) -> Entry:
        """The entry with the doubts, findings and suggestions on its node, and its parts with theirs."""
        parts = tuple(map(self.annotated, entry.parts))
        if entry.iri is None:
            return replace(entry, parts=parts)
        return replace(
            entry,
            parts=parts,
            doubt=_together(entry.doubt, doubt_of(self.facts.get(entry.iri, ()))),
            findings=tuple(self.findings.get(entry.iri, ())),
            suggestions=tuple(self.draft.suggestions.get(entry.iri, ())),
            line=self.draft.lines.get(entry.iri),
        )

    def others(self, held: set[str | None]) -> Iterable[Entry]:
        """Doubtful nodes that no entry shows: a city that no list knows, a document without a title."""
        found = [
            self._other(iri, own)
            for iri, own in self.facts.items()
            if iri not in held and doubt_of(own) != CERTAIN
        ]
        if found:
            yield Entry(_OTHER, "", parts=tuple(found))

    def _other(self, iri: str, own: Sequence[DraftFact]) -> Entry:
        labels = [fact.object for fact in own if fact.predicate == LABEL]
        names = {each.language: each.value for each in labels if isinstance(each, ox.Literal)}
        spans = spans_of(own)
        printed = "".join("".join(self.draft.reading.at(span).split()) for span in spans[:1])
        name = names.get("ja") or names.get(None) or iri
        read = Text(name, names.get("en") or name)
        line = self.draft.lines.get(iri)
        return Entry(_OTHER_KIND, printed, read, spans=spans, doubt=doubt_of(own), iri=iri, line=line)


def _shared_out(draft: Draft) -> tuple[list[Finding], tuple[Shared, ...]]:
    """The findings to show one by one, and those that are told once: the same of a quarter of all nodes or more.

    Violations are always shown where they are. That a remark is left is no news beside the remark.
    """
    told = [finding for finding in draft.findings if finding.shape_name != _REMARK_LEFT]
    counts = Counter((finding.shape, finding.message) for finding in told if finding.severity != "violation")
    nodes = len({fact.subject for fact in draft.facts})
    first = {(finding.shape, finding.message): finding for finding in reversed(told)}
    many = {
        key
        for key, count in counts.items()
        if count >= max(_MANY, nodes / 4) or (count > 1 and first[key].shape_name in _ALWAYS_SHARED)
    }
    single = [finding for finding in told if (finding.shape, finding.message) not in many]
    return single, tuple(Shared(first[key], counts[key]) for key in first if key in many)


def _together(one: Doubt, two: Doubt) -> Doubt:
    return Doubt(min(one.confidence, two.confidence), tuple(dict.fromkeys((*one.remarks, *two.remarks))))


def _title(draft: Draft) -> str:
    found = draft.found
    if found.title is not None:
        return found.title.text
    if found.agreement is not None:
        return found.agreement.title.text
    if found.meeting is not None:
        return found.meeting.name.text
    return found.plans[0].name.text if found.plans else draft.reading.path.stem
