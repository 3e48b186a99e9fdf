"""Meetings as nodes: the council, the agenda, opinions with the answers to them, and the schedule."""

import re
import unicodedata
from dataclasses import dataclass

from sosei_graph.ingest.drafting.bodies import Bodies
from sosei_graph.ingest.drafting.names import Names, is_name
from sosei_graph.ingest.drafting.naming import council_name
from sosei_graph.ingest.drafting.times import Times
from sosei_graph.ingest.facts import Notebook, date, integer, node, string
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Government, Meeting, Milestone, Opinion, Passage, Response, Unread
from sosei_graph.languages import Text
from sosei_graph.text import fold
from sosei_graph.text.dates import find_periods

_NUMBER = re.compile(r"第\s*(\d+)\s*回")
_NO_PLAN = Text(
    "どの計画の予定か分かりません", "which plan this step of a schedule belongs to cannot be told"
)


@dataclass
class Meetings:
    """Writes the meeting of a document. `plans` are the IRIs of the plans that the document sets out."""

    document: str
    notes: Notebook
    names: Names
    known: Known
    bodies: Bodies
    unread: list[Unread]

    def write(self, meeting: Meeting, publisher: tuple[Government, ...], plans: list[str]) -> str:
        """A meeting with everything in it; gives its IRI."""
        notes = self.notes
        codes = self.bodies.codes(publisher) or ([self.bodies.home] if self.bodies.home else None)
        code = codes[0] if codes else None
        council = council_name(meeting.council.text if meeting.council else meeting.name.text)
        base = f"{self.known.base}id" if code else self.document
        folder = f"{code}/{council}" if code else council
        iri = f"{base}/meeting/{folder}/{_number(meeting)}"
        notes.begin(iri, "sosei:Meeting", self.names.label(meeting.name, Text("会議", "Meeting")))
        self.names.say(iri, meeting.name)
        if found := _NUMBER.search(fold(meeting.name.text)):
            notes.say(iri, "sosei:ordinal", integer(int(found[1])))
        if meeting.held_on:
            notes.say(iri, "sosei:heldOn", date(meeting.held_on), meeting.held)
        if meeting.held:
            notes.say(iri, "sosei:statedPeriod", string(meeting.held.text), meeting.held)
        if meeting.place:
            notes.say(iri, "sosei:venue", string(meeting.place.text), meeting.place)
        if meeting.council:
            name = f"{base}/council/{folder}"
            notes.begin(name, "sosei:Council", meeting.council.text)
            self.names.say(name, meeting.council)
            notes.link(iri, "sosei:heldBy", name)
        notes.named(meeting, iri)
        self._agenda(iri, meeting.agenda)
        self._opinions(iri, meeting.opinions)
        if plans:
            times = Times(plans[0], notes, self.known)
            for milestone in meeting.milestones:
                self._milestone(milestone, times, plans)
        else:
            self.unread += [Unread(milestone.name, _NO_PLAN) for milestone in meeting.milestones]
        return iri

    def _agenda(self, meeting: str, agenda: tuple[Passage, ...]) -> None:
        for number, passage in enumerate(agenda, 1):
            iri = f"{meeting}/agenda/{number}"
            own = Text(f"議題{number}", f"Agenda item {number}")
            self.notes.begin(iri, "sosei:AgendaItem", self.names.label(passage, own))
            self.names.say(iri, passage)
            self.notes.say(iri, "sosei:ordinal", integer(number))
            self.notes.link(iri, "sosei:agendaOf", meeting)
            self.notes.named(passage, iri)

    def _opinions(self, meeting: str, opinions: tuple[Opinion, ...]) -> None:
        answers: dict[tuple[object, ...], tuple[str, Response]] = {}
        for number, opinion in enumerate(opinions, 1):
            iri = f"{meeting}/opinion/{number}"
            category = opinion.category
            within = f"（{category.text}）" if category and is_name(category) else ""
            label = Text(f"意見{number}{within}", f"Opinion {number}")
            self.notes.begin(iri, "sosei:Opinion", label, opinion.passage, doubt=opinion.doubt)
            self.names.prose(iri, opinion.passage)
            self.notes.say(iri, "sosei:ordinal", integer(number))
            self.notes.link(iri, "sosei:raisedAt", meeting)
            if category and is_name(category):
                self.notes.say(iri, "sosei:statedCategory", string(self.names.printed(category)), category)
            self.notes.named(opinion, iri)
            for response in opinion.responses:
                key = response.passage.spans
                if key not in answers:
                    answers[key] = (f"{meeting}/response/{len(answers) + 1}", response)
                    self._response(answers[key][0], len(answers), response)
                self.notes.link(answers[key][0], "sosei:respondsTo", iri)
                self.notes.named(response, answers[key][0])

    def _response(self, iri: str, number: int, response: Response) -> None:
        label = Text(f"対応方針{number}", f"Response {number}")
        self.notes.begin(iri, "sosei:Response", label, response.passage, doubt=response.doubt)
        self.names.prose(iri, response.passage)
        self.notes.say(iri, "sosei:ordinal", integer(number))
        for page in response.pages:
            self.notes.say(iri, "sosei:statedPlace", string(page))

    def _milestone(self, milestone: Milestone, times: Times, plans: list[str]) -> None:
        iri = self.notes.free(f"{plans[0]}/milestone/{milestone.ordinal}")
        own = Text(f"予定{milestone.ordinal}", f"Milestone {milestone.ordinal}")
        self.notes.begin(iri, "sosei:Milestone", self.names.label(milestone.name, own))
        self.names.say(iri, milestone.name)
        self.notes.say(iri, "sosei:ordinal", integer(milestone.ordinal))
        for plan in plans:
            self.notes.say(iri, "sosei:milestoneOf", node(plan))
        times.point(iri, milestone.when)
        self.notes.named(milestone, iri)


def _number(meeting: Meeting) -> str:
    """`2024-2` of 令和６年度第２回; the day where that is not printed."""
    name = unicodedata.normalize("NFKC", meeting.name.text)
    number = _NUMBER.search(name)
    before = name[: number.start()] if number else name
    years = [found.period.start.year for found in find_periods(before) if found.period.start]
    if number and years:
        return f"{years[-1]}-{number[1]}"
    return meeting.held_on or (number[1] if number else "1")
