"""The file of a draft: its facts with evidence as Turtle, in the order in which this project writes it."""

import hashlib
import re
from collections.abc import Iterable

import pyoxigraph as ox

from sosei_graph.evidence.sources import digest
from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.facts import (
    CONFIDENCE,
    EVIDENCE,
    REMARK,
    DraftFact,
    by_subject,
    decimal,
    doubt_of,
    en,
    integer,
    ja,
    node,
    spans_of,
    string,
    term,
)
from sosei_graph.ingest.records import Doubt, Span
from sosei_graph.turtle import canonical, head_comment
from sosei_graph.vocab import PREFIXES

_RFC5147 = node("http://tools.ietf.org/rfc/rfc5147")
_SEAL = re.compile(r"^# sha256: ([0-9a-f]{64})$", re.MULTILINE)
_HEAD = """# 下書き（未確認）: {name} から sosei ingest が読み取った事実。
# 確かめてから sosei ingest --accept で data/ に移す。
# 空行までが一つの事実。印刷のとおりの文字は sosei:statedName・statedValue・statedUnit・statedPeriod、
# 読み取った名前・数・時期は rdfs:label・sosei:numericValue・sosei:period。直すときは両方を直す。
# sosei:remark と sosei:confidence は確認事項で、受け入れるときに消える。
# sosei:evidence の char=始,終 は、隣の .txt の何文字目から何文字目までかを示す。
# A draft, not yet reviewed: what sosei ingest read in {name}.
# Check it, then move it to data/ with sosei ingest --accept.
# A fact reaches to the next empty line. Printed words stand in sosei:statedName, statedValue,
# statedUnit and statedPeriod, what was read in rdfs:label, sosei:numericValue and sosei:period: correct both.
# sosei:remark and sosei:confidence ask for a look; accepting the draft takes them away.
# sosei:evidence points to characters of the .txt beside this file (char=from,to)."""
_SUGGESTIONS_HEAD = """# 対応付けの提案（{slug}）: 語が一致したもの。
# 要るものだけを残し、理由を書き直してから sosei ingest --accept で移す。
# Suggested alignments of {slug}, by the words that match.
# Keep what is right, mend the reasons, then move them to data/curation/ with sosei ingest --accept."""


def triples_of(facts: Iterable[DraftFact], document: str, reading: Reading) -> list[ox.Triple]:
    """The statements of a draft: its facts, the evidence of each node, and what is doubtful in it."""
    triples: set[ox.Triple] = set()
    spans: set[Span] = set()
    for subject, own in by_subject(facts).items():
        triples |= {
            ox.Triple(node(subject), node(fact.predicate), fact.object)
            for fact in own
            if fact.predicate not in (EVIDENCE, REMARK)
        }
        for span in _joined(spans_of(own), reading):
            spans.add(span)
            triples.add(ox.Triple(node(subject), node(EVIDENCE), node(evidence_iri(document, span))))
        triples |= set(_doubts(subject, doubt_of(own)))
    for span in spans:
        triples |= set(_evidence(document, span, reading))
    return sorted(triples, key=str)


def _joined(spans: Iterable[Span], reading: Reading) -> list[Span]:
    """The spans of a node; two with nothing but white space between (a mark and its name) are one."""
    joined: list[Span] = []
    for span in spans:
        gap = reading.text[joined[-1].end : span.start] if joined and span.start >= joined[-1].end else None
        if gap is not None and not gap.strip() and "\f" not in gap:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def evidence_iri(document: str, span: Span) -> str:
    """The IRI of a span (RFC 5147)."""
    return f"{document}#char={span.start},{span.end}"


def _doubts(subject: str, doubt: Doubt) -> Iterable[ox.Triple]:
    from decimal import Decimal

    if doubt.confidence < 1:
        yield ox.Triple(
            node(subject), node(CONFIDENCE), decimal(Decimal(str(round(max(doubt.confidence, 0.0), 2))))
        )
    for remark in doubt.remarks:
        yield ox.Triple(node(subject), node(REMARK), ja(remark.ja))
        yield ox.Triple(node(subject), node(REMARK), en(remark.en))


def _evidence(document: str, span: Span, reading: Reading) -> Iterable[ox.Triple]:
    iri = node(evidence_iri(document, span))
    selector = node(f"{document}/selector/char-{span.start}-{span.end}")
    yield ox.Triple(iri, term("rdf:type"), term("sosei:Evidence"))
    yield ox.Triple(iri, term("oa:hasSource"), node(document))
    yield ox.Triple(iri, term("oa:hasSelector"), selector)
    yield ox.Triple(iri, term("sosei:digest"), string(digest(reading.at(span))))
    page = reading.page_of(span.start) if reading.media_type == "pdf" else None
    if page:
        yield ox.Triple(iri, term("sosei:pageNumber"), integer(page))
    yield ox.Triple(selector, term("rdf:type"), term("oa:FragmentSelector"))
    yield ox.Triple(selector, term("dcterms:conformsTo"), _RFC5147)
    yield ox.Triple(selector, term("rdf:value"), string(f"char={span.start},{span.end}"))


def draft_text(triples: Iterable[ox.Triple], base: str, name: str) -> str:
    """The draft as Turtle, sealed so that a later change by hand is told from what was written here."""
    return _sealed(triples, base, _HEAD.format(name=" ".join(name.split())))


def suggestions_text(triples: Iterable[ox.Triple], base: str, slug: str) -> str:
    """Suggestions as Turtle, sealed like a draft."""
    return _sealed(triples, base, _SUGGESTIONS_HEAD.format(slug=slug))


def _sealed(triples: Iterable[ox.Triple], base: str, head: str) -> str:
    body = canonical(triples, PREFIXES, base)
    return f"{head}\n# sha256: {seal(body)}\n\n{body}"


def final_text(triples: Iterable[ox.Triple], base: str, head: str) -> str:
    """A reviewed graph as Turtle."""
    return canonical(triples, PREFIXES, base, head)


def seal(body: str) -> str:
    """What tells whether the body of a draft is as it was written."""
    return hashlib.sha256(body.encode()).hexdigest()


def is_untouched(text: str) -> bool:
    """Whether a draft is as it was written: nobody has corrected it."""
    head = head_comment(text)
    found = _SEAL.search(head)
    return found is not None and seal(text.replace(head, "", 1).lstrip("\n")) == found[1]


def is_draft(text: str) -> bool:
    """Whether a Turtle text is the draft of a document."""
    return _SEAL.search(head_comment(text)) is not None
