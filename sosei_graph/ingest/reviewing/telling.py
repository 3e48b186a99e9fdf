"""Records told as the entries of the page, grouped as the document is.

plan > goal > … > indicator > values; agreement > field > item > roles; meeting > opinions > responses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.records import (
    CERTAIN,
    Agreement,
    DatedPeriod,
    Doubt,
    Element,
    Field,
    Findings,
    Government,
    Indicator,
    Item,
    Meeting,
    Milestone,
    Opinion,
    Passage,
    Plan,
    Response,
    RoleCell,
    Signatory,
    Value,
)
from sosei_graph.ingest.reviewing import wording as say
from sosei_graph.ingest.reviewing.review import Entry
from sosei_graph.languages import Text

#: The IRI of the node that a record became in the draft; None if it has none of its own.
NodeOf = Callable[[object], str | None]


def entries_of(found: Findings, reading: Reading, node_of: NodeOf = lambda _: None) -> tuple[Entry, ...]:
    """All that was found, in the order of the document."""
    tell = Teller(reading, node_of)
    entries = [*tell.document(found), *map(tell.plan, found.plans)]
    if found.agreement is not None:
        entries.append(tell.agreement(found.agreement))
    if found.meeting is not None:
        entries.append(tell.meeting(found.meeting))
    return tuple(entries)


@dataclass(frozen=True)
class Teller:
    """Tells the records of one reading."""

    reading: Reading
    node_of: NodeOf

    def document(self, found: Findings) -> Iterable[Entry]:
        """The title and the publisher of the document itself."""
        if found.title is not None:
            yield self._words(Text("文書の題名", "Title of the document"), found.title)
        if found.agreement is None:
            yield from self._governments(Text("発行した団体", "Published by"), found.publisher)

    def plan(self, plan: Plan) -> Entry:
        """A plan with its own facts first, then its indicators and elements."""
        own = [*self._governments(Text("策定主体", "Adopted by"), plan.adopted_by)]
        own += self._governments(Text("区域", "Area"), plan.area)
        if plan.stage is not None:
            stage = say.STAGES.get(plan.stage, say.both(plan.stage))
            own.append(Entry(Text("策定段階", "Stage"), "", stage, spans=plan.name.spans))
        if plan.edition is not None:
            edition = Text("第{edition}期", "edition {edition}").fill(edition=plan.edition)
            own.append(Entry(Text("期・次", "Edition"), "", edition, spans=plan.name.spans))
        if plan.period is not None:
            own.append(self._period(Text("計画期間", "Plan period"), plan.period))
        parts = (*own, *map(self.indicator, plan.indicators), *map(self.element, plan.elements))
        kind = say.PLANS.get(plan.kind, Text("計画", "Plan"))
        entry = self._words(kind, plan.name, plan.doubt)
        return replace(entry, iri=self.node_of(plan), parts=parts)

    def element(self, element: Element) -> Entry:
        """A goal, measure, project … with its indicators and what stands below it."""
        parts = (*map(self.indicator, element.indicators), *map(self.element, element.parts))
        if element.absent is not None:
            parts = (self._words(Text("内容", "Content"), element.absent), *parts)
        entry = self._words(say.ELEMENTS[element.kind], element.name, element.doubt, element.notation)
        return replace(entry, iri=self.node_of(element), parts=parts)

    def indicator(self, indicator: Indicator) -> Entry:
        """An indicator with its values."""
        own = []
        if indicator.unit is not None:
            own.append(self._words(Text("単位", "Unit"), indicator.unit))
        if indicator.rating is not None:
            own.append(self._words(Text("文書の評価", "Rating in the document"), indicator.rating))
        kind = say.INDICATORS[indicator.kind]
        entry = self._words(kind, indicator.name, indicator.doubt, indicator.notation)
        parts = (*map(self.value, indicator.values), *own)
        return replace(entry, iri=self.node_of(indicator), parts=parts, steady=True)

    def value(self, value: Value) -> Entry:
        """A value: its printed words, and the number, unit and period that they were read as."""
        when = value.when.printed if value.when is not None else None
        printed = value.printed.text + (f"（{when.text}）" if when is not None else "")
        spans = value.printed.spans + (when.spans if when is not None else ())
        return Entry(
            say.VALUES[value.kind],
            printed,
            say.value_words(value),
            spans=spans,
            doubt=value.doubt,
            iri=self.node_of(value),
        )

    def agreement(self, agreement: Agreement) -> Entry:
        """An agreement: its parties and dates, its fields, its signatures."""
        own = [
            *self._governments(Text("締結団体", "Party"), agreement.parties),
            *self._dates(agreement),
            *self._optional(Text("連携圏域", "Cooperation area"), agreement.area),
            *self._optional(Text("別表の改め", "Replaces the annex"), agreement.replaces_annex),
        ]
        kind = Text("変更協約", "Amendment") if agreement.is_amendment else Text("協約", "Agreement")
        signed = map(self._signatory, agreement.signatories)
        parts = (*own, *map(self.cooperation_field, agreement.fields), *signed)
        entry = self._words(kind, agreement.title, agreement.doubt)
        return replace(entry, iri=self.node_of(agreement), parts=parts)

    def cooperation_field(self, cooperation: Field) -> Entry:
        """A field of cooperation, below the headings over it, with its items."""
        above = (self._words(Text("上位の見出し", "Heading above"), each) for each in cooperation.above)
        entry = self._words(Text("連携分野", "Field"), cooperation.name, mark=cooperation.notation)
        parts = (*above, *map(self.item, cooperation.items))
        return replace(entry, iri=self.node_of(cooperation), parts=parts)

    def item(self, item: Item) -> Entry:
        """An item with the role of each party."""
        # An item without a name of its own is named by its content.
        content = None if item.content == item.name else item.content
        entry = self._words(Text("連携項目", "Item"), item.name, item.doubt, item.notation)
        told = self._optional(Text("内容", "Content"), content)
        parts = (*told, *map(self.role, item.roles))
        return replace(entry, iri=self.node_of(item), parts=parts, steady=True)

    def role(self, cell: RoleCell) -> Entry:
        """Who does what: the cell, and what it makes of the one it is about."""
        none = (
            Text("役割の記載なし", "no role stated")
            if cell.absence
            else Text("役割は読み取れず", "role not read")
        )
        role = say.ROLES[cell.role] if cell.role is not None else none
        names = [self._named(each) for each in cell.with_whom]
        said = Text("{who}: {role}", "{who}: {role}").fill(who=self._named(cell.assignee), role=role)
        if names:
            whom = Text("、".join(names), ", ".join(names))
            said = Text("{said}（相手: {whom}）", "{said} (with {whom})").fill(said=said, whom=whom)
        return Entry(
            Text("役割分担", "Role"),
            cell.passage.text,
            said,
            spans=cell.passage.spans,
            doubt=cell.doubt,
            iri=self.node_of(cell),
        )

    def meeting(self, meeting: Meeting) -> Entry:
        """A meeting: when and where, its agenda, what was said and answered, the schedule."""
        own = [
            *self._optional(Text("会議体", "Council"), meeting.council),
            *self._day(Text("開催日", "Held on"), meeting.held_on, meeting.held),
            *self._optional(Text("場所", "Place"), meeting.place),
            *(self._words(Text("議題", "Agenda item"), each) for each in meeting.agenda),
        ]
        parts = (*own, *map(self.opinion, meeting.opinions), *map(self.milestone, meeting.milestones))
        entry = self._words(Text("会議", "Meeting"), meeting.name)
        return replace(entry, iri=self.node_of(meeting), parts=parts)

    def opinion(self, opinion: Opinion) -> Entry:
        """An opinion with its speaker and the office's answers."""
        parts = [
            *self._optional(Text("区分", "Category"), opinion.category),
            *self._optional(Text("発言者", "Speaker"), opinion.by),
        ]
        parts += map(self._response, opinion.responses)
        entry = self._words(Text("意見", "Opinion"), opinion.passage, opinion.doubt)
        return replace(entry, iri=self.node_of(opinion), parts=tuple(parts), steady=True)

    def _response(self, response: Response) -> Entry:
        entry = self._words(Text("対応方針", "Response"), response.passage, response.doubt)
        pages = Text("、".join(response.pages), ", ".join(response.pages))
        refers = Text("参照ページ: {pages}", "refers to page {pages}").fill(pages=pages) if pages.ja else None
        return replace(entry, iri=self.node_of(response), read=refers or entry.read)

    def milestone(self, milestone: Milestone) -> Entry:
        """A step of the schedule."""
        when = () if milestone.when is None else (self._period(Text("時期", "When"), milestone.when),)
        entry = self._words(Text("節目", "Milestone"), milestone.name)
        return replace(entry, iri=self.node_of(milestone), parts=when, steady=True)

    def _dates(self, agreement: Agreement) -> Iterable[Entry]:
        yield from self._day(Text("締結日", "Signed on"), agreement.signed_on, agreement.signed)
        if agreement.earlier is not None:
            yield self._words(Text("変更する協約", "Amends"), agreement.earlier.title)
            if agreement.earlier.signed is not None:
                yield from self._day(Text("もとの締結日", "First signed on"), *agreement.earlier.signed)
            for changed in agreement.earlier.changed:
                yield from self._day(Text("これまでの変更", "Changed before on"), *changed)

    def _signatory(self, signatory: Signatory) -> Entry:
        named = [part.text for part in (signatory.office, signatory.name) if part is not None]
        said = "　".join((self._named(signatory.government), *named))
        return Entry(
            Text("記名", "Signature"),
            signatory.passage.text,
            say.both(said),
            spans=signatory.passage.spans,
            iri=self.node_of(signatory),
        )

    def _governments(self, kind: Text, governments: Iterable[Government]) -> Iterable[Entry]:
        for government in governments:
            name = government.name
            read = None if government.code is None else say.both(self._named(government))
            yield Entry(kind, name.text, read, spans=name.spans, iri=self.node_of(government))

    def _named(self, government: Government) -> str:
        return government.name.text + (f" {government.code}" if government.code is not None else "")

    def _day(self, kind: Text, day: str | None, printed: Passage | None) -> Iterable[Entry]:
        if printed is not None:
            read = say.UNREAD_VALUE if day is None else say.day_words(date.fromisoformat(day))
            yield Entry(kind, printed.text, read, spans=printed.spans)

    def _period(self, kind: Text, when: DatedPeriod) -> Entry:
        read = say.UNREAD_VALUE if when.period is None else say.period_words(when.period)
        return Entry(kind, when.printed.text, read, spans=when.printed.spans)

    def _optional(self, kind: Text, passage: Passage | None) -> Iterable[Entry]:
        if passage is not None:
            yield self._words(kind, passage)

    def _words(
        self, kind: Text, passage: Passage, doubt: Doubt = CERTAIN, mark: Passage | None = None
    ) -> Entry:
        """An entry whose fact is its words; where they were repaired, both states are shown."""
        printed = "".join("".join(self.reading.at(span).split()) for span in passage.spans)
        same = printed == "".join(passage.text.split())
        return Entry(
            kind,
            passage.text if same else printed,
            None if same else say.both(passage.text),
            mark.text if mark is not None else "",
            (*(mark.spans if mark is not None else ()), *passage.spans),
            doubt,
        )
