"""Cooperation agreements between two cities of an area, and amendments: the form of Takaoka and Himi's."""

import random
from dataclasses import dataclass, field

from benchmarks.generator import observed
from benchmarks.generator.cities import Area, City
from benchmarks.generator.plans import Part, add_document, add_unknown_period, numbered
from benchmarks.generator.words import GIVEN_NAMES, SURNAMES, TAILS, TOPICS, Pair, Topic
from benchmarks.generator.writing import Node, Objects, Page, Source, Span, across, day, dice, ref, text

_PILLARS: tuple[tuple[Pair, tuple[tuple[str, Pair], ...]], ...] = (
    (("圏域の産業を伸ばす", "Growing the industry of the area"), (("1", ("産業の分野", "Industry")),)),
    (("都市の機能を高める", "Better urban functions"), (("2", ("都市の機能の分野", "Urban functions")),)),
    (
        ("圏域の暮らしを支える", "Everyday life in the area"),
        (
            ("3(1)", ("暮らしの分野", "Everyday life")),
            ("3(2)", ("往来の分野", "Coming and going")),
            ("3(3)", ("担い手の分野", "People who do the work")),
        ),
    ),
)
_ROLES = {"lead": ("主導", "lead"), "partner": ("連携", "partner"), "cooperating": ("協力", "cooperating")}
_FIRST, _SECOND = "2017-02-10", "2025-03-24"


@dataclass
class Pact:
    """An agreement or amendment with an annex, as others have to know it."""

    area: Area
    other: City
    seed: int
    items: list[Part] = field(default_factory=list)

    @property
    def parties(self) -> tuple[City, City]:
        """The core of the area, and the other city."""
        return self.area.members[0], self.other

    @property
    def stem(self) -> str:
        """The IRI up to the day."""
        one, two = self.parties
        return f"id/agreement/{one.code}-{two.code}"


def vision_of(area: Area) -> str:
    """The plan of the area, which every agreement in it speaks of."""
    return f"id/plan/{area.iri.removeprefix('area:')}/cooperation-vision"


def agreement_pages(pact: Pact, *, first: bool) -> list[Page]:
    """The documents between two cities: an amendment, and in half of the pairs the agreement itself before it.

    The first document of an area describes the vision of the area. The items of the last document stay in `pact`.
    """
    one, two = pact.parties
    both_kept = dice(pact.seed, pact.stem).random() < 0.5
    pages: list[Page] = []
    for signed in (_FIRST, _SECOND) if both_kept else (_SECOND,):
        page = Page(f"{one.code}-{two.code}-agreement-{signed}", Source())
        pact.items.clear()
        writer = _Agreement(page, pact, signed, dice(pact.seed, page.name))
        writer.front(describes_first=not both_kept and signed == _SECOND)
        writer.annex()
        writer.back(describes_vision=first and not pages)
        pages.append(page)
    return pages


class _Agreement:
    """One document as it is written down."""

    def __init__(self, page: Page, pact: Pact, signed: str, chance: random.Random) -> None:
        self.page, self.pact, self.signed, self.chance = page, pact, signed, chance
        self.iri = f"{pact.stem}/{signed}"

    def front(self, *, describes_first: bool) -> None:
        """Title, date, parties; an amendment without the agreement's own document describes that, too."""
        one, two = self.pact.parties
        changing = self.signed != _FIRST
        ja = f"{one.ja}及び{two.ja}の連携に関する{'変更' if changing else ''}協約"
        en = f"Agreement of {one.en} and {two.en} on cooperation" + (", amended" if changing else "")
        (title,) = self.page.text.line(ja)
        (of,) = self.page.text.line(f"{one.ja}及び{two.ja}は、{_FIRST}の協約に基づき次のとおり定める。")
        facts: dict[str, Objects] = {
            "dcterms:issued": f'"{self.signed[:7]}"^^xsd:gYearMonth',
            "dcterms:publisher": [one.iri, two.iri],
            "sosei:states": ref(self.iri),
        }
        add_document(self.page, "AgreementDocument", (ja, en), [title], facts)
        if describes_first:
            label = (f"{one.ja}及び{two.ja}の連携に関する協約", f"Agreement of {one.en} and {two.en}, first")
            self.agreement(f"{self.pact.stem}/{_FIRST}", label, [of])
        self.agreement(self.iri, (ja, en), [title, of])

    def agreement(self, iri: str, label: Pair, spans: list[Span]) -> Node:
        """An agreement or amendment."""
        signed = iri.rpartition("/")[2]
        first = f"{self.pact.stem}/{_FIRST}"
        facts: dict[str, Objects] = {
            "sosei:concerns": self.pact.area.iri,
            "sosei:contractingParty": [city.iri for city in self.pact.parties],
            "sosei:signedOn": day(signed),
        }
        if signed == _FIRST:
            return self.page.add(iri, "Agreement", label, spans, facts)
        changes: dict[str, Objects] = {"sosei:amends": ref(first), "sosei:replacesAnnexOf": ref(first)}
        return self.page.add(iri, "AgreementAmendment", label, spans, changes | facts)

    def annex(self) -> None:
        """Pillars, fields, items, and in each item who does what."""
        topics = list(TOPICS)
        self.chance.shuffle(topics)
        for place, (name, fields) in enumerate(_PILLARS, 1):
            spans = self.page.text.line(str(place), "　", name[0])
            pillar = f"{self.iri}/pillar/{place}"
            self.part(pillar, "CooperationPillar", name, spans, numbered(place, str(place), self.iri))
            for order, (mark, field_name) in enumerate(fields, 1):
                spans = self.page.text.line(mark, "　", field_name[0])
                slug = mark.replace("(", "-").replace(")", "")
                iri = f"{self.iri}/field/{slug}"
                self.part(iri, "CooperationField", field_name, spans, numbered(order, mark, pillar))
                for row in range(1, self.chance.choice(observed.ITEMS_A_FIELD) + 1):
                    self.item(f"{slug}-{row}", row, iri, topics[len(self.pact.items) % len(topics)])

    def part(self, iri: str, kind: str, name: Pair, spans: list[Span], facts: dict[str, Objects]) -> None:
        """A pillar or field."""
        said = {"sosei:statedName": text(name[0]), **facts}
        self.page.add(iri, kind, name, [spans[2], across(spans)], said)

    def item(self, slug: str, row: int, above: str, topic: Topic) -> None:
        """An item with its roles."""
        matter, tail = self.chance.choice(topic.matters), self.chance.choice(TAILS)
        name = (tail[0].format(matter[0]), tail[1].format(matter[1]))
        (span,) = self.page.text.line(f"{name[0]}に共同で取り組む。")
        iri = f"{self.iri}/item/{slug}"
        said: dict[str, Objects] = {"sosei:ordinal": str(row), "sosei:directPartOf": ref(above)}
        if not self.pact.items:
            said["sosei:concerns"] = ref(vision_of(self.pact.area))
        self.page.add(iri, "CooperationItem", name, [span], said)
        self.pact.items.append(Part(iri, "CooperationItem", name, topic))
        leader = self.chance.choice(observed.LEADS)
        others = [city for city in self.pact.area.members if city not in self.pact.parties]
        third = self.chance.sample(
            others, min(len(others), self.chance.choice(observed.THIRD_CITIES_AN_ITEM))
        )
        unnamed = self.unnamed(iri) if self.chance.choice(observed.UNNAMED_PARTY) else []
        for city, other in (self.pact.parties, self.pact.parties[::-1]):
            leads = leader == "both" or (leader == "core" and city == self.pact.parties[0])
            named = [*unnamed, *(() if leads else (other.iri,)), *(each.iri for each in third)]
            self.role(iri, name, city, "lead" if leads else "partner", named)
        for city in third:
            self.role(iri, name, city, "cooperating", [])

    def unnamed(self, item: str) -> list[str]:
        """A party without a name."""
        iri = f"{item}/party/related-organizations"
        (span,) = self.page.text.line("関係機関")
        label = ("関係機関", "Related organizations (not named)")
        self.page.add(iri, "UnnamedParty", label, [span], {"sosei:statedName": text(label[0])})
        return [ref(iri)]

    def role(self, item: str, name: Pair, city: City, role: str, others: list[str]) -> None:
        """What one city does in an item."""
        manner = "主体的に" if role == "lead" else ""
        _, span = self.page.text.line("　", f"{city.ja}は、{manner}これに取り組む。")
        ja, en = _ROLES[role]
        facts: dict[str, Objects] = {
            "sosei:assignee": city.iri,
            "sosei:cooperatesWith": others,
            "sosei:onItem": ref(item),
            "sosei:role": f"role:{role}",
        }
        if not others:
            del facts["sosei:cooperatesWith"]
        label = (f"{city.ja}の役割（{ja}）：{name[0]}", f"Role of {city.en} ({en}): {name[1]}")
        self.page.add(f"{item}/role/{city.code}", "RoleAssignment", label, [span], facts)

    def back(self, *, describes_vision: bool) -> None:
        """The vision of the area, and who signed."""
        area = self.pact.area
        _, span = self.page.text.line("取組の詳細は、", "圏域ビジョン")
        if describes_vision:
            iri = vision_of(area)
            label = (f"{area.name[0]}ビジョン", f"Vision of {area.name[1].lower()}")
            add_unknown_period(self.page, f"{iri}/period", label, "other-document", span)
            facts: dict[str, Objects] = {
                "dcterms:spatial": area.iri,
                "sosei:planPeriod": ref(f"{iri}/period"),
            }
            self.page.add(iri, "CooperationVision", label, [span], facts)
        for city in self.pact.parties:
            self.signature(city)

    def signature(self, city: City) -> None:
        """The entry of a mayor."""
        title = f"{city.ja}{'長' if city.ja[-1] in '市町村区' else '代表'}"
        name = f"{self.chance.choice(SURNAMES)} {self.chance.choice(GIVEN_NAMES)}"
        spans = self.page.text.line(title, "　", name)
        facts: dict[str, Objects] = {
            "sosei:onBehalfOf": city.iri,
            "sosei:signatoryName": text(name),
            "sosei:signatoryTitle": text(title),
            "sosei:signs": ref(self.iri),
        }
        label = (f"{title}の記名（{self.signed}）", f"Signature for {city.en} ({self.signed})")
        self.page.add(f"{self.iri}/signature/{city.code}", "Signature", label, [across(spans)], facts)
