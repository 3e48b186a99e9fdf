"""Agreements as nodes: parties, pillars, fields, items, roles and signatures."""

from collections import defaultdict
from dataclasses import dataclass

from sosei_graph.ingest.drafting.bodies import Bodies
from sosei_graph.ingest.drafting.names import Names
from sosei_graph.ingest.drafting.naming import agreement_name, bodies_name, field_key
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.facts import Notebook, date, integer, node, string, term
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Agreement, Field, Government, Item, Passage, RoleCell
from sosei_graph.languages import Text
from sosei_graph.text import fold, squeeze

_ROLES = {
    "lead": Text("主導", "lead"),
    "partner": Text("連携", "partner"),
    "cooperating": Text("協力", "cooperating"),
}
_UNDATED = Text("日付のない協約", "agreement without a date")
_TWO_ROLES = Text("「{name}」の役割が二通りに読めます", "two roles were read for “{name}”")
_GOVERNING = "都道府県市区町村"


@dataclass
class Agreements:
    """Writes the agreement of a document."""

    document: str
    notes: Notebook
    names: Names
    known: Known
    bodies: Bodies

    def write(self, agreement: Agreement) -> str:
        """An agreement with everything in it; gives its IRI."""
        notes = self.notes
        base = self._base(agreement)
        slug = self.document.rsplit("/", 1)[-1]
        iri = f"{base}/{agreement_name(agreement, slug)}"
        kind = "sosei:AgreementAmendment" if agreement.is_amendment else "sosei:Agreement"
        label = self.names.label(agreement.title, Text("連携協約", "Cooperation agreement"))
        notes.begin(iri, kind, label, doubt=agreement.doubt)
        if agreement.title.spans:
            self.names.say(iri, agreement.title)
        for party in agreement.parties:
            notes.say(iri, "sosei:contractingParty", node(self.bodies.iri(party)), party.name)
        if agreement.signed_on:
            notes.say(iri, "sosei:signedOn", date(agreement.signed_on), agreement.signed)
        notes.named(agreement, iri)
        area = self._area(iri, agreement)
        self._earlier(iri, base, agreement, area)
        self._fields(iri, agreement)
        self._signatures(iri, agreement)
        return iri

    def _base(self, agreement: Agreement) -> str:
        codes = self.bodies.codes(agreement.parties)
        if codes is None:
            return f"{self.document}/agreement"
        return f"{self.known.base}id/agreement/{bodies_name(codes)}"

    def _area(self, iri: str, agreement: Agreement) -> str | None:
        if agreement.area is None:
            return None
        area = self.known.areas.get(fold(agreement.area.text))
        if area is None:
            area = f"{iri}/area"
            self.notes.begin(area, "sosei:CooperationArea", agreement.area.text, agreement.area)
            self.notes.say(area, "sosei:statedName", string(agreement.area.text), agreement.area)
            for party in agreement.parties:
                self.notes.link(self.bodies.iri(party), "sosei:memberOfArea", area)
        self.notes.say(iri, "sosei:concerns", node(area), agreement.area)
        return area

    def _earlier(self, iri: str, base: str, agreement: Agreement, area: str | None) -> None:
        """The agreement that is changed, and the changes before this one."""
        earlier = agreement.earlier
        if earlier is None:
            return
        whole = agreement.amends or earlier.title
        name = f"{base}/{earlier.signed[0]}" if earlier.signed and earlier.signed[0] else f"{iri}/earlier"
        first = self._past(name, ("sosei:Agreement", earlier.title.text), earlier.signed, agreement, area)
        self.names.say(first, earlier.title)
        for number, change in enumerate(earlier.changed, 1):
            name = f"{base}/{change[0]}" if change[0] else f"{iri}/earlier-{number}"
            if name == iri:
                continue
            label = f"{squeeze(change[1].text)}付けの変更：{earlier.title.text}"
            past = self._past(name, ("sosei:AgreementAmendment", label), change, agreement, area)
            self.notes.link(past, "sosei:amends", first)
        self.notes.say(iri, "sosei:amends", node(first), whole)
        if agreement.replaces_annex:
            self.notes.say(iri, "sosei:replacesAnnexOf", node(first), agreement.replaces_annex)

    def _past(
        self,
        iri: str,
        what: tuple[str, str],
        day: tuple[str | None, Passage] | None,
        agreement: Agreement,
        area: str | None,
    ) -> str:
        """An agreement of the past between the same parties; `what` are its class and label."""
        assert agreement.earlier is not None  # noqa: S101
        kind, label = what
        self.notes.begin(iri, kind, label, agreement.amends or agreement.earlier.title)
        if day and day[0]:
            self.notes.say(iri, "sosei:signedOn", date(day[0]), day[1])
        for party in agreement.parties:
            self.notes.link(iri, "sosei:contractingParty", self.bodies.iri(party))
        if area:
            self.notes.link(iri, "sosei:concerns", area)
        return iri

    def _fields(self, iri: str, agreement: Agreement) -> None:
        pillars: dict[str, str] = {}
        within: dict[str, int] = defaultdict(int)
        for field in agreement.fields:
            pillar = self._pillar(iri, field, pillars)
            within[pillar] += 1
            ordinal = within[pillar]
            key = field_key(field, len(pillars), ordinal)
            name = self.notes.free(f"{iri}/field/{key}", f"{iri}/field/{len(pillars)}-{ordinal}")
            self._heading(name, "sosei:CooperationField", field.name, field.notation, ordinal)
            self.notes.link(name, "sosei:directPartOf", self._between(iri, field, pillar))
            self.notes.named(field, name)
            for item in field.items:
                self._item(iri, item, name)

    def _pillar(self, iri: str, field: Field, pillars: dict[str, str]) -> str:
        """The pillar of a field; one that is not divided is a pillar and a field of the same extent."""
        heading = field.above[0] if field.above else field.name
        known = (
            f"{heading.spans[-1].end}" if heading.spans else heading.text
        )  # a mark may stand before the name
        if known not in pillars:
            mark, name = _parted(heading) if field.above else (field.notation, field.name)
            number = len(pillars) + 1
            key = field_key(Field(name, number, mark), number, 1)
            pillars[known] = self.notes.free(f"{iri}/pillar/{key}")
            self._heading(pillars[known], "sosei:CooperationPillar", name, mark, number)
            self.notes.link(pillars[known], "sosei:directPartOf", iri)
        return pillars[known]

    def _between(self, iri: str, field: Field, pillar: str) -> str:
        """The heading right above a field: those between it and its pillar are fields, too."""
        above = pillar
        for heading in field.above[1:]:
            mark, name = _parted(heading)
            key = f"{above.rsplit('/', 1)[-1]}--{''.join(mark.text.split()) if mark else name.text[:12]}"
            inner = f"{iri}/field/{_iri_safe(key)}"
            if inner not in self.notes.taken:
                count = sum(
                    taken.startswith(f"{iri}/field/{above.rsplit('/', 1)[-1]}--")
                    for taken in self.notes.taken
                )
                self._heading(inner, "sosei:CooperationField", name, mark, count + 1)
                self.notes.link(inner, "sosei:directPartOf", above)
            above = inner
        return above

    def _heading(self, iri: str, kind: str, name: Passage, mark: Passage | None, ordinal: int) -> None:
        self.notes.begin(iri, kind, self.names.label(name, Text("分野", "Field")))
        self.names.say(iri, name)
        self.names.mark(iri, mark)
        self.notes.say(iri, "sosei:ordinal", integer(ordinal))

    def _item(self, iri: str, item: Item, field: str) -> None:
        notes = self.notes
        key = f"{field.rsplit('/', 1)[-1]}-{item.ordinal}"
        name = notes.free(f"{iri}/item/{key}")
        own = Text(f"連携項目 {key}", f"Item {key}")
        # The content of an item is prose even where it is short; its name, if it has one, is another passage.
        is_prose = item.content is not None and item.content.spans == item.name.spans
        label = own if is_prose and not self.names.quote else self.names.label(item.name, own)
        notes.begin(name, "sosei:CooperationItem", label, doubt=item.doubt)
        if is_prose:
            self.names.prose(name, item.name)
        else:
            self.names.say(name, item.name)
            if item.content:
                self.names.quotation(name, item.content)
        self.names.mark(name, item.notation)
        notes.say(name, "sosei:ordinal", integer(item.ordinal))
        notes.link(name, "sosei:directPartOf", field)
        notes.named(item, name)
        cells: dict[str, list[RoleCell]] = defaultdict(list)
        for cell in item.roles:
            cells[self.bodies.iri(cell.assignee)].append(cell)
        for assignee, found in cells.items():
            self._role(name, label, assignee, found)

    def _role(self, item: str, label: Text | str, assignee: str, cells: list[RoleCell]) -> None:
        notes = self.notes
        roles = list(dict.fromkeys(cell.role for cell in cells if cell.role))
        role = roles[0] if roles else None
        short = (
            assignee.rsplit("/", 1)[-1]
            if not assignee.startswith(self.document)
            else f"party-{assignee.rsplit('/', 1)[-1]}"
        )
        iri = notes.free(f"{item}/role/{short}")
        body = self.bodies.label(cells[0].assignee)
        absence = next((cell.absence for cell in cells if cell.absence), None) if len(cells) == 1 else None
        unknown = Text("記載なし", "none stated") if absence else Text("役割不明", "role not known")
        called = _ROLES[role] if role else unknown
        said = label if isinstance(label, Text) else None
        ja_label = f"{body.ja}の役割（{called.ja}）：{label.ja if isinstance(label, Text) else label}"
        notes.begin(
            iri,
            "sosei:RoleAssignment",
            Text(ja_label, f"Role of {body.en} ({called.en}): {said.en}") if said else ja_label,
        )
        notes.link(iri, "sosei:assignee", assignee)
        notes.link(iri, "sosei:onItem", item)
        if role:
            notes.say(iri, "sosei:role", term(f"role:{role}"))
        if absence:
            notes.say(iri, "sosei:absenceReason", term(f"absence:{absence}"))
            notes.say(iri, "sosei:statedValue", string(cells[0].passage.text), cells[0].passage)
        if len(roles) > 1:
            notes.remark(iri, _TWO_ROLES.fill(name=body.ja), 0.5)
        for cell in cells:
            self.names.quotation(iri, cell.passage)
            notes.mark(iri, cell.passage, doubt=cell.doubt)
            notes.named(cell, iri)
            for other in cell.with_whom:
                with_whom = self._other(item, other)
                if with_whom != assignee:
                    notes.link(iri, "sosei:cooperatesWith", with_whom)

    def _other(self, item: str, other: Government) -> str:
        """A party that a cell names: a government, or one without a name (関係機関)."""
        named = "".join(other.name.text.split())
        if other.code is not None or named.endswith(tuple(_GOVERNING)):
            return self.bodies.iri(other)
        slug = "related-organizations" if named == "関係機関" else _iri_safe(named)
        iri = f"{item}/party/{slug}"
        if iri not in self.notes.taken:
            label = Text(named, "Related organisations (not named)") if named == "関係機関" else named
            self.notes.begin(iri, "sosei:UnnamedParty", label)
            self.notes.say(iri, "sosei:statedName", string(named), other.name)
        self.notes.mark(iri, other.name)
        return iri

    def _signatures(self, iri: str, agreement: Agreement) -> None:
        for signatory in agreement.signatories:
            if signatory.name is None:
                continue  # an office without a name is where somebody is to sign
            body = self.bodies.iri(signatory.government)
            named = self.bodies.label(signatory.government)
            name = self.notes.free(f"{iri}/signature/{body.rsplit('/', 1)[-1]}")
            label = Text(f"{named.ja}の記名", f"Signature for {named.en}")
            self.notes.begin(name, "sosei:Signature", label, signatory.passage)
            self.notes.link(name, "sosei:signs", iri)
            self.notes.link(name, "sosei:onBehalfOf", body)
            for predicate, passage in (
                ("sosei:signatoryTitle", signatory.office),
                ("sosei:signatoryName", signatory.name),
                ("sosei:signatoryAddress", signatory.address),
            ):
                if passage:
                    self.notes.say(name, predicate, string(passage.text))
            self.notes.named(signatory, name)


def _parted(heading: Passage) -> tuple[Passage | None, Passage]:
    """The mark and the name of a heading that has both."""
    marks = read_marks(heading.text)
    if not marks or not heading.text[marks[0].rest :].strip():
        return None, heading
    mark, name = heading.text[: marks[0].rest].strip(), heading.text[marks[0].rest :].strip()
    return Passage(mark, heading.spans), Passage(name, heading.spans)


def _iri_safe(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in text)
