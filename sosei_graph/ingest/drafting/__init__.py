"""Drafting: an extractor's records become facts of the graph, with evidence.

>>> notes = draft_facts(reading, findings, Options(slug="takaoka-himi-agreement"), known)   # doctest: +SKIP
"""

from dataclasses import dataclass

from sosei_graph.ingest.document import MediaType, Reading
from sosei_graph.ingest.drafting.agreements import Agreements
from sosei_graph.ingest.drafting.bodies import Bodies
from sosei_graph.ingest.drafting.meetings import Meetings
from sosei_graph.ingest.drafting.names import Names
from sosei_graph.ingest.drafting.plans import Plans
from sosei_graph.ingest.facts import Notebook, date, ja, node, string
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Family, Findings, Passage, Unread
from sosei_graph.languages import Text

__all__ = ["FORMATS", "Drafted", "Options", "draft_facts"]

_DOCUMENTS: dict[Family, str] = {
    "plan": "sosei:PlanDocument",
    "strategy": "sosei:PlanDocument",
    "progress": "sosei:ProgressReport",
    "council": "sosei:MeetingMaterial",
    "agreement": "sosei:AgreementDocument",
}
FORMATS: dict[MediaType, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "markdown": "text/markdown",
    "plain": "text/plain",
}
_NO_TITLE = Text(
    "題名が見つからないので、ファイル名を題名にしました",
    "no title was found, so it has the name of the file",
)


@dataclass(frozen=True)
class Options:
    """What the user says of a document: its name in IRIs, the code of its city, whether prose may be copied."""

    slug: str
    city: str | None = None
    quote: bool = False


@dataclass(frozen=True)
class Drafted:
    """The facts of a document, the nodes of its records, what could not be written, and what the user is asked."""

    document: str
    notes: Notebook
    unread: tuple[Unread, ...]
    questions: tuple[Text, ...] = ()


def draft_facts(reading: Reading, findings: Findings, options: Options, known: Known) -> Drafted:
    """The facts that a document states. `known` gives governments, units and years their IRIs."""
    notes = Notebook()
    document = f"{known.base}id/doc/{options.slug}"
    names = Names(reading, notes, options.quote)
    bodies = Bodies(document, known, notes, options.city)
    whose = (*findings.publisher, *(body for plan in findings.plans for body in plan.adopted_by))
    if options.city:
        bodies.tell(whose)
    unread = list(findings.unread)
    plans = Plans(document, notes, names, known, bodies, unread)
    written = [(plan, plans.write(plan, findings.publisher)) for plan in findings.plans]
    stated = [iri for plan, iri in written if not plan.is_only_named]
    if findings.agreement:
        stated.append(Agreements(document, notes, names, known, bodies).write(findings.agreement))
    if findings.meeting:
        meetings = Meetings(document, notes, names, known, bodies, unread)
        plans_of_steps = stated or [iri for _, iri in written]
        stated.append(meetings.write(findings.meeting, findings.publisher, list(plans_of_steps)))
    _document(document, reading, findings, stated, (notes, bodies, options))
    return Drafted(document, notes, tuple(unread), bodies.asked(whose))


def _document(
    iri: str,
    reading: Reading,
    findings: Findings,
    stated: list[str],
    tools: tuple[Notebook, Bodies, Options],
) -> None:
    notes, bodies, options = tools
    title = _title(findings)
    printed = title.text if title else reading.path.stem
    notes.begin(iri, _DOCUMENTS[findings.family], printed, title)
    notes.say(iri, "dcterms:title", ja(printed), title)
    if title is None:
        notes.remark(iri, _NO_TITLE, 0.5)
    notes.say(iri, "dcterms:format", string(FORMATS[reading.media_type]))
    notes.say(iri, "sosei:fileName", string(f"{options.slug}.txt"))
    notes.say(iri, "sosei:sha256", string(reading.sha256))
    if reading.original_sha256 != reading.sha256:
        notes.say(iri, "sosei:originalFileName", string(reading.path.name))
        notes.say(iri, "sosei:originalSha256", string(reading.original_sha256))
    if findings.issued:
        notes.say(iri, "dcterms:issued", date(findings.issued))
    publishers = [bodies.iri(each) for each in findings.publisher]
    if not publishers and bodies.home:
        publishers = [f"{bodies.known.base}id/gov/{bodies.home}"]
    for publisher in dict.fromkeys(publishers):
        notes.link(iri, "dcterms:publisher", publisher)
    for government in findings.publisher:
        notes.mark(iri, government.name)
    for thing in stated:
        notes.say(iri, "sosei:states", node(thing))


def _title(findings: Findings) -> Passage | None:
    """The document's own title, else that of what it states."""
    if findings.title is not None:
        return findings.title
    if findings.agreement is not None and findings.agreement.title.spans:
        return findings.agreement.title
    if findings.meeting is not None:
        return findings.meeting.name
    return findings.plans[0].name if findings.plans else None
