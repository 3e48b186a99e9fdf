"""How well a document was read: a draft against a reviewed graph, precision and recall for each kind of fact."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.evidence.standing import narrowed
from sosei_graph.ingest.belonging import ONLY_DRAFTED, Parts
from sosei_graph.ingest.matching import Thing, View, content, match
from sosei_graph.languages import Lang, Text
from sosei_graph.tables import Cell, Column, Table
from sosei_graph.text import fold, squeeze
from sosei_graph.vocab import PREFIXES

Claim = tuple[str, ...]
_ALL = Text("すべて", "All")
#: Values that nothing was printed for.
_NOTHING = tuple(f"{PREFIXES['absence']}{name}" for name in ("not-found", "not-stated"))


@dataclass(frozen=True)
class Row:
    """A kind of fact in a part of the graph: what the draft says, what the reviewed graph says, what both say."""

    part: Text
    kind: Text
    drafted: frozenset[Claim]
    reviewed: frozenset[Claim]

    @property
    def agreed(self) -> frozenset[Claim]:
        """What both say."""
        return self.drafted & self.reviewed

    @property
    def precision(self) -> float | None:
        """The share of what was drafted that is right; None where nothing was drafted."""
        return len(self.agreed) / len(self.drafted) if self.drafted else None

    @property
    def recall(self) -> float | None:
        """The share of what is right that was drafted; None where there is nothing."""
        return len(self.agreed) / len(self.reviewed) if self.reviewed else None

    @property
    def wrong(self) -> list[Claim]:
        """What only the draft says."""
        return sorted(self.drafted - self.reviewed)

    @property
    def missed(self) -> list[Claim]:
        """What only the reviewed graph says."""
        return sorted(self.reviewed - self.drafted)


@dataclass(frozen=True)
class Comparison:
    """All kinds of facts that one of the two graphs has, part by part, in a fixed order."""

    rows: tuple[Row, ...]

    def row(self, english: str) -> Row:
        """A kind, by its English name, in all parts together."""
        rows = [row for row in self.rows if row.kind.en == english]
        drafted, reviewed = (
            frozenset[Claim]().union(*(getattr(row, name) for row in rows))
            for name in ("drafted", "reviewed")
        )
        return Row(_ALL, rows[0].kind, drafted, reviewed)

    @property
    def parts(self) -> list[Text]:
        """The parts that have a row, in their order."""
        return list(dict.fromkeys(row.part for row in self.rows))

    def table(self, title: str, lang: Lang) -> Table:
        """The comparison as a table."""
        heads = (
            ("part", Text("対象", "Part")),
            ("kind", Text("事実の種類", "Kind of fact")),
            ("drafted", Text("下書き", "Drafted")),
            ("reviewed", Text("確認済み", "Reviewed")),
            ("agreed", Text("一致", "Agree")),
            ("precision", Text("適合率", "Precision")),
            ("recall", Text("再現率", "Recall")),
        )
        columns = tuple(Column(name, head.in_(lang)) for name, head in heads)
        rows = tuple(
            (
                *(Cell(ox.Literal(name.in_(lang)), name.in_(lang)) for name in (row.part, row.kind)),
                *(_number(len(claims)) for claims in (row.drafted, row.reviewed, row.agreed)),
                _share(row.precision),
                _share(row.recall),
            )
            for row in self.rows
        )
        note = Text(
            "適合率は下書きのうち正しいもの、再現率は確認済みのうち下書きにあるものの割合です。"
            "「ほかの計画」は、この文書が名前を挙げるだけの計画です。",
            "Precision is the share of the draft that is right, recall the share of the reviewed facts that it has. "
            "Other plans are those that the document only mentions.",
        )
        return Table(title, columns, rows, note=note.in_(lang))


def _number(count: int) -> Cell:
    return Cell(ox.Literal(count), f"{count:,}")


def _share(share: float | None) -> Cell:
    if share is None:
        return Cell(None, "－")
    written = f"{share:.3f}"
    return Cell(ox.Literal(written, datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal")), f"{share:.1%}")


def compare(drafted: View, reviewed: View) -> Comparison:
    """The draft of a document against the reviewed graph of the same document."""
    same = match(drafted, reviewed)
    ours, theirs = _Claims(drafted, same), _Claims(reviewed, {})
    parts = Parts(drafted, reviewed, same)
    rows = [
        Row(part, kind, frozenset(said), frozenset(known))
        for kind, tell in (*_DOCUMENT, *_classes(), *_FACTS)
        for part, said, known in _by_part(parts, tell(ours), tell(theirs))
    ]
    order = parts.all()
    return Comparison(tuple(sorted(rows, key=lambda row: order.index(row.part))))


def _by_part(
    parts: Parts, drafted: Iterable[Claim], reviewed: Iterable[Claim]
) -> Iterator[tuple[Text, set[Claim], set[Claim]]]:
    """The claims of each part that has any, by the thing that each is about."""
    found: dict[Text, tuple[set[Claim], set[Claim]]] = defaultdict(lambda: (set(), set()))
    for place, claims in enumerate((drafted, reviewed)):
        for claim in claims:
            found[parts.of(claim[0])][place].add(claim)
    return ((part, *both) for part, both in found.items())


@dataclass(frozen=True)
class _Claims:
    """A view whose things have the names of those of the reviewed graph that they are."""

    view: View
    same: Mapping[str, str]

    def name(self, iri: str) -> str:
        """What a thing is called in both graphs; one that only the draft has keeps its IRI, marked."""
        if not self.same or iri in self.same or iri not in self.view.things:
            return self.same.get(iri, iri)
        return f"{ONLY_DRAFTED}{iri}" if self.view.things[iri].sort else iri

    def of(self, *sorts: str) -> list[Thing]:
        return [thing for sort in sorts for thing in self.view.sort(sort) if self._counts(thing)]

    def _counts(self, thing: Thing) -> bool:
        return thing.sort != "value" or thing.one("absenceReason") not in _NOTHING

    def said(self, things: Iterable[Thing], name: str, same: Callable[[str], str] = str) -> set[Claim]:
        """What is said of things with a property; `same` is how it is compared."""
        return {(self.name(thing.iri), same(value)) for thing in things for value in thing.all(name)}

    def linked(self, things: Iterable[Thing], *names: str) -> set[Claim]:
        """The links of things to others."""
        return {
            (self.name(thing.iri), self.name(value))
            for thing in things
            for name in names
            for value in thing.all(name)
        }


_Tell = Callable[[_Claims], Iterable[Claim]]
_DCTERMS = PREFIXES["dcterms"]
_SKOS = PREFIXES["skos"]


def _class_row(kind: str, ja: str, en: str) -> tuple[Text, _Tell]:
    def tell(claims: _Claims) -> set[Claim]:
        return {
            (claims.name(thing.iri), thing.kind)
            for thing in claims.view.things.values()
            if thing.kind == kind
        }

    return Text(ja, en), tell


def _classes() -> Sequence[tuple[Text, _Tell]]:
    return [_class_row(*each) for each in _CLASSES]


_CLASSES = (
    ("Principle", "基本的視点", "principles"),
    ("BasicGoal", "基本目標", "basic goals"),
    ("CrossCuttingGoal", "横断的な目標", "cross-cutting goals"),
    ("Goal", "その他の目標", "other goals"),
    ("Direction", "基本的方向", "directions"),
    ("Measure", "施策", "measures"),
    ("Programme", "事業群", "programmes"),
    ("Project", "事業", "projects"),
    ("Initiative", "取組", "initiatives"),
    ("Activity", "実施内容", "activities"),
    ("NumericTarget", "数値目標", "numeric targets"),
    ("KeyPerformanceIndicator", "KPI", "KPIs"),
    ("ReferenceIndicator", "参考値の指標", "reference indicators"),
    ("ContextIndicator", "現況の指標", "context indicators"),
)


def _values(kind: str) -> _Tell:
    def tell(claims: _Claims) -> set[Claim]:
        return {
            (claims.name(claims.view.owner(value)), claims.name(value.iri), content(value))
            for value in claims.of("value")
            if value.kind == kind
        }

    return tell


def _periods(claims: _Claims) -> set[Claim]:
    return {(claims.name(value.iri), claims.view.when(value)) for value in claims.of("value")}


def _units(claims: _Claims) -> set[Claim]:
    return {
        (claims.name(value.iri), value.one("unit"))
        for value in claims.of("value")
        if value.one("numericValue")
    }


def _roles(claims: _Claims) -> set[Claim]:
    return {
        (claims.name(role.one("onItem")), role.one("assignee"), role.one("role"))
        for role in claims.of("role")
    }


def _stages(claims: _Claims) -> set[Claim]:
    """The stages that were printed: where none is, saying so is the default."""
    return {
        claim for claim in claims.said(claims.of("plan"), "stage") if not claim[1].endswith("/not-stated")
    }


def _plan_period(claims: _Claims) -> set[Claim]:
    found: set[Claim] = set()
    for plan in claims.of("plan"):
        period = claims.view.things.get(plan.one("planPeriod"))
        if period is not None and period.one("startDate"):
            found.add((claims.name(plan.iri), period.one("startDate"), period.one("endDate")))
    return found


def _exist(sort: str) -> _Tell:
    return lambda claims: {(claims.name(thing.iri),) for thing in claims.of(sort)}


def _narrow(text: str) -> str:
    return squeeze(narrowed(text))


def _iris(claims: _Claims) -> set[Claim]:
    """The things whose IRI follows from the form: it should be the same in both graphs."""
    return {
        (claims.name(thing.iri), thing.iri)
        for thing in claims.of("element", "indicator", "value", "item", "role")
    }


_DOCUMENT: tuple[tuple[Text, _Tell], ...] = (
    (Text("文書の題名", "document titles"), lambda c: c.said(c.of("document"), f"{_DCTERMS}title", fold)),
    (Text("発行者", "publishers"), lambda c: c.said(c.of("document"), f"{_DCTERMS}publisher")),
    (Text("発行日", "days of issue"), lambda c: c.said(c.of("document"), f"{_DCTERMS}issued")),
    (Text("計画", "plans"), _exist("plan")),
    (Text("策定主体", "adopting bodies"), lambda c: c.said(c.of("plan"), "adoptedBy")),
    (Text("計画の期", "editions"), lambda c: c.said(c.of("plan"), "edition")),
    (Text("計画の段階", "stages"), _stages),
    (Text("計画期間", "plan periods"), _plan_period),
)
_FACTS: tuple[tuple[Text, _Tell], ...] = (
    (Text("要素の名称", "names of elements"), lambda c: c.said(c.of("element"), "statedName", fold)),
    (Text("要素の記号", "marks of elements"), lambda c: c.said(c.of("element"), f"{_SKOS}notation", _narrow)),
    (
        Text("要素の上下", "parts of elements"),
        lambda c: c.linked(c.of("element"), "directPartOf", "carriesOut"),
    ),
    (Text("指標の名称", "names of indicators"), lambda c: c.said(c.of("indicator"), "statedName", fold)),
    (Text("指標の対象", "what indicators measure"), lambda c: c.linked(c.of("indicator"), "indicatorOf")),
    (Text("基準値", "baselines"), _values("BaselineValue")),
    (Text("実績値", "actuals"), _values("ActualValue")),
    (Text("目標値", "targets"), _values("TargetValue")),
    (Text("推計値", "projections"), _values("ProjectedValue")),
    (Text("値の時期", "periods of values"), _periods),
    (Text("値の単位", "units of values"), _units),
    (Text("協約", "agreements"), lambda c: c.said(c.of("agreement"), "signedOn")),
    (Text("協約の当事者", "parties"), lambda c: c.said(c.of("agreement"), "contractingParty")),
    (Text("変更する協約", "changed agreements"), lambda c: c.linked(c.of("agreement"), "amends")),
    (Text("連携の柱", "pillars"), _exist("pillar")),
    (Text("連携分野", "fields"), _exist("field")),
    (Text("連携項目", "items"), _exist("item")),
    (Text("役割", "roles"), _roles),
    (Text("連携する相手", "partners in roles"), lambda c: c.linked(c.of("role"), "cooperatesWith")),
    (Text("記名", "signatures"), lambda c: c.said(c.of("signature"), "signatoryName", fold)),
    (Text("会議", "meetings"), lambda c: c.said(c.of("meeting"), "heldOn")),
    (Text("議題", "agenda items"), _exist("agenda")),
    (Text("意見", "opinions"), _exist("opinion")),
    (Text("意見の分類", "categories of opinions"), lambda c: c.said(c.of("opinion"), "statedCategory", fold)),
    (Text("対応方針", "responses"), _exist("response")),
    (Text("意見への対応", "answers to opinions"), lambda c: c.linked(c.of("response"), "respondsTo")),
    (Text("予定", "milestones"), _exist("milestone")),
    (Text("IRI", "IRIs"), _iris),
)
