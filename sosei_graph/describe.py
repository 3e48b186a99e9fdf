"""Everything known of a thing, as data: its facts and where each comes from, what points at it, evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Lang, Text
from sosei_graph.names import compact, is_known
from sosei_graph.scopes import instances
from sosei_graph.store.memory import Store
from sosei_graph.turtle import natural
from sosei_graph.vocab import NS, PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_SUBPROPERTY = PREFIXES["rdfs"] + "subPropertyOf"
_INVERSE = PREFIXES["owl"] + "inverseOf"
_EVIDENCE = f"{NS}evidence"
_SPAN = re.compile(r"(.*)#char=([0-9]+),([0-9]+)")
_BOOLEAN = {"true": Text("はい", "yes"), "false": Text("いいえ", "no")}
#: Said in another part of the description.
_NOT_FACTS = {_TYPE, _EVIDENCE, PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel"}
#: The hundreds of spans of a document: `trace` lists them.
_NOT_INCOMING = {PREFIXES["oa"] + "hasSource", PREFIXES["void"] + "exampleResource"}
#: What rules infer from the editors' alignments.
_JUDGED = {NS + name for name in ("hasTheme", "contributesToSDG", "comparableAs", "supportsItem")}
_IN_SUMMARY = {
    NS + name
    for name in ("adoptedBy", "contractingParty", "assignee", "leadCity", "partnerCity", "cooperatingCity")
}
#: Facts in the order in which a reader asks for them; the rest follows by name, what is inferred last.
_FIRST = [
    f"{NS}statedName",
    PREFIXES["dcterms"] + "title",
    PREFIXES["skos"] + "definition",
    PREFIXES["skos"] + "notation",
    f"{NS}statedValue",
    f"{NS}statedUnit",
    f"{NS}numericValue",
    f"{NS}qualitativeValue",
    f"{NS}unit",
    f"{NS}absenceReason",
    f"{NS}period",
    f"{NS}statedPeriod",
    f"{NS}directPartOf",
]
#: Properties that the vocabulary takes from elsewhere and does not label.
_BORROWED = {
    PREFIXES["dcterms"] + "title": Text("題名", "title"),
    PREFIXES["dcterms"] + "publisher": Text("発行者", "publisher"),
    PREFIXES["dcterms"] + "issued": Text("発行日", "issued"),
    PREFIXES["dcterms"] + "format": Text("形式", "format"),
    PREFIXES["dcterms"] + "source": Text("出典", "source"),
    PREFIXES["dcterms"] + "spatial": Text("対象地域", "area covered"),
    PREFIXES["skos"] + "notation": Text("記号", "mark"),
    PREFIXES["skos"] + "altLabel": Text("別名", "also called"),
    PREFIXES["skos"] + "definition": Text("定義", "definition"),
    PREFIXES["skos"] + "broader": Text("上位の概念", "broader"),
    PREFIXES["skos"] + "inScheme": Text("体系", "scheme"),
    PREFIXES["rdfs"] + "seeAlso": Text("関連情報", "see also"),
    PREFIXES["prov"] + "wasRevisionOf": Text("改訂元", "revision of"),
    PREFIXES["skos"] + "topConceptOf": Text("最上位の概念とする体系", "top concept of"),
    PREFIXES["skos"] + "hasTopConcept": Text("最上位の概念", "top concept"),
    PREFIXES["skos"] + "example": Text("例", "example"),
    PREFIXES["skos"] + "scopeNote": Text("用法", "scope"),
    PREFIXES["dcterms"] + "conformsTo": Text("準拠する規格", "conforms to"),
    PREFIXES["dcterms"] + "description": Text("説明", "description"),
    PREFIXES["dcterms"] + "identifier": Text("識別子", "identifier"),
    PREFIXES["dcterms"] + "language": Text("言語", "language"),
    PREFIXES["dcterms"] + "license": Text("利用条件", "licence"),
    PREFIXES["dcterms"] + "modified": Text("更新日", "modified"),
    PREFIXES["rdfs"] + "isDefinedBy": Text("定義元の語彙", "defined by"),
    PREFIXES["rdfs"] + "subClassOf": Text("上位のクラス", "kind of"),
    PREFIXES["rdfs"] + "domain": Text("主語の種類", "of"),
    PREFIXES["rdfs"] + "range": Text("目的語の種類", "is a"),
    PREFIXES["oa"] + "hasSource": Text("文書", "document"),
    _TYPE: Text("種類", "kind"),
}
_ROLES = {
    "lead": Text("主体となる取組", "items it leads"),
    "partner": Text("連携する取組", "items it is partner in"),
    "cooperating": Text("協力する取組", "items it cooperates in"),
}
_INCOMING = Text("「{name}」としているもの", "where it is the “{name}”")
#: How many values of a property are listed before the rest is only counted.
LIMIT = 12


@dataclass(frozen=True)
class Origin:
    """The named graph that says something: `kind` is document, curated, inferred or reference."""

    kind: str
    label: str
    graph: str


@dataclass(frozen=True)
class Value:
    """One value: what is shown, its IRI (empty for a literal), and where it comes from."""

    text: str
    iri: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Group:
    """Values under one heading, `more` of them left out. `iri` is the property, empty in a summary."""

    label: str
    iri: str
    values: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True)
class Span:
    """A span of evidence: code points `start` to `end` (not included) of a document, with its label."""

    iri: str
    document: str
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Description:
    """What is known of a thing. `summary` is filled for governments: their plans, agreements and roles."""

    iri: str
    short: str
    label: str
    other_label: str
    classes: tuple[Value, ...]
    summary: tuple[Group, ...]
    facts: tuple[Group, ...]
    incoming: tuple[Group, ...]
    evidence: tuple[Span, ...]


#: Property → value → the graphs that say so.
_Statements = dict[str, dict[ox.NamedNode | ox.Literal, set[str]]]


def describe(store: Store, iri: str, lang: Lang, limit: int | None = LIMIT) -> Description:
    """Everything the graph says of the thing with this IRI, in the language; `limit` values a property.

    Without a limit nothing is left out; the summary of a government never leaves anything out.

    `SoseiError` for an IRI of which the graph says nothing.
    """
    if not is_known(store, iri):
        raise SoseiError(Text(f"<{iri}> は分かりません", f"nothing is known of <{iri}>"))
    return _Reader(store, iri, lang, limit).description()


class _Reader:
    """One description in the making."""

    def __init__(self, store: Store, iri: str, lang: Lang, limit: int | None) -> None:
        self.store = store
        self.iri = iri
        self.lang = lang
        self.limit = limit

    def description(self) -> Description:
        node = ox.NamedNode(self.iri)
        facts, incoming = _Statements(), _Statements()
        for quad in self.store.ox.quads_for_pattern(node, None, None):
            _add(facts, quad.predicate, quad.object, quad.graph_name)
        for quad in self.store.ox.quads_for_pattern(None, None, node):
            _add(incoming, quad.predicate, quad.subject, quad.graph_name)
        summary = self._summary(incoming)
        left_out = _NOT_INCOMING | self._inverses(facts) | (_IN_SUMMARY if summary else set())
        label = self.store.label(self.iri, self.lang)
        other = self.store.label(self.iri, "en" if self.lang == "ja" else "ja")
        return Description(
            iri=self.iri,
            short=compact(self.iri, self.store.workspace.base),
            label=label,
            other_label=other if other != label else "",
            classes=self._classes(facts.get(_TYPE, {})),
            summary=summary,
            facts=self._groups(facts, _NOT_FACTS, Text("{name}", "{name}")),
            incoming=self._groups(incoming, left_out, _INCOMING),
            evidence=self._spans(facts.get(_EVIDENCE, {})),
        )

    def _groups(self, statements: _Statements, left_out: set[str], heading: Text) -> tuple[Group, ...]:
        shown = {name: values for name, values in statements.items() if name not in left_out}
        groups = []
        for name, values in sorted(self._without_general(shown).items(), key=self._order):
            label = heading.fill(name=self._property(name)).in_(self.lang)
            groups.append(self._group(label, name, values, self.limit))
        return tuple(groups)

    def _order(self, entry: tuple[str, dict[ox.NamedNode | ox.Literal, set[str]]]) -> tuple[bool, int, str]:
        name, values = entry
        inferred = all(graphs == {self.store.workspace.inferred_graph} for graphs in values.values())
        return inferred, _FIRST.index(name) if name in _FIRST else len(_FIRST), name

    def _without_general(self, statements: _Statements) -> _Statements:
        """Without what a more exact property says of the same value: `partOf` beside `directPartOf`."""
        general = {name: self._above(name, _SUBPROPERTY) for name in statements}
        kept: _Statements = {}
        for name, values in statements.items():
            exact = [other for other in statements if name in general[other] and other not in general[name]]
            left = {
                value: said
                for value, said in values.items()
                if not any(value in statements[o] for o in exact)
            }
            if left:
                kept[name] = left
        return kept

    def _above(self, iri: str, relation: str) -> set[str]:
        """What lies above a class or property, itself not included."""
        pending, above = [iri], set[str]()
        while pending:
            node = ox.NamedNode(pending.pop())
            for quad in self.store.ox.quads_for_pattern(node, ox.NamedNode(relation), None):
                if isinstance(quad.object, ox.NamedNode) and quad.object.value not in above | {iri}:
                    above.add(quad.object.value)
                    pending.append(quad.object.value)
        return above

    def _inverses(self, facts: _Statements) -> set[str]:
        """The properties whose inverse is among the facts already, and those below them."""
        found = set()
        for name in facts:
            node = ox.NamedNode(name)
            for pattern in ((node, ox.NamedNode(_INVERSE), None), (None, ox.NamedNode(_INVERSE), node)):
                for quad in self.store.ox.quads_for_pattern(*pattern):
                    other = quad.object if quad.subject == node else quad.subject
                    found.add(other.value if isinstance(other, ox.NamedNode) else "")
        return found

    def _group(
        self,
        label: str,
        iri: str,
        values: dict[ox.NamedNode | ox.Literal, set[str]],
        limit: int | None = None,
    ) -> Group:
        languages = {value.language for value in values if isinstance(value, ox.Literal)}
        listed = [
            (natural(value.value), self._value(value, graphs, iri))
            for value, graphs in values.items()
            if isinstance(value, ox.NamedNode)
            or value.language in (None, self.lang)
            or self.lang not in languages
        ]
        ordered = [value for _, value in sorted(listed, key=lambda entry: (entry[0], entry[1].text))]
        return Group(label, iri, tuple(ordered[:limit]), len(ordered[limit:]) if limit is not None else 0)

    def _value(self, value: ox.NamedNode | ox.Literal, graphs: Iterable[str], said: str = _TYPE) -> Value:
        origins = tuple(self._origin(graph, said) for graph in sorted(graphs))
        if isinstance(value, ox.NamedNode):
            return Value(self._told(value), value.value, origins)
        answer = _BOOLEAN.get(value.value) if value.datatype.value.endswith("#boolean") else None
        return Value(answer.in_(self.lang) if answer else value.value, "", origins)

    def _origin(self, graph: str, said: str) -> Origin:
        base = self.store.workspace.base
        name = graph.removeprefix(f"{base}graph/")
        if graph == self.store.workspace.inferred_graph:
            judged = Text("編集者の判断から推論", "inferred from editors' judgement")
            label = judged if said in _JUDGED else Text("推論", "inferred")
            return Origin("inferred", label.in_(self.lang), graph)
        if name.startswith("curation/"):
            return Origin("curated", Text("編集者の判断", "curated").in_(self.lang), graph)
        document = f"{base}id/doc/{name}"
        if is_known(self.store, document):
            return Origin("document", self.store.label(document, self.lang), graph)
        return Origin("reference", Text("共通データ", "reference data").in_(self.lang), graph)

    def _property(self, iri: str) -> str:
        return _BORROWED[iri].in_(self.lang) if iri in _BORROWED else self._name(iri)

    def _told(self, node: ox.NamedNode) -> str:
        """The label of a thing; of a figure what is printed, or why there is none, before it."""
        name = self._name(node.value)
        for predicate in (f"{NS}statedValue", f"{NS}absenceReason"):
            for figure in self._objects(node, predicate):
                said = self._name(figure.value) if isinstance(figure, ox.NamedNode) else figure.value
                return f"{said}（{name}）" if self.lang == "ja" else f"{said} ({name})"
        return name

    def _name(self, iri: str) -> str:
        """The label; of what has none, its short IRI: the end of a foreign IRI alone would tell nothing."""
        known = self.store.labels(iri)
        return self.store.label(iri, self.lang) if known else compact(iri, self.store.workspace.base)

    def _classes(self, types: dict[ox.NamedNode | ox.Literal, set[str]]) -> tuple[Value, ...]:
        """The most exact classes."""
        named = {value.value: graphs for value, graphs in types.items() if isinstance(value, ox.NamedNode)}
        general = {above for name in named for above in self._above(name, _SUBCLASS)}
        exact = sorted(name for name in named if name not in general)
        return tuple(self._value(ox.NamedNode(name), named[name]) for name in exact)

    def _spans(self, values: dict[ox.NamedNode | ox.Literal, set[str]]) -> tuple[Span, ...]:
        spans = []
        for value in values:
            if found := _SPAN.fullmatch(value.value):
                document, label = found[1], self.store.label(found[1], self.lang)
                spans.append(Span(value.value, document, label, int(found[2]), int(found[3])))
        return tuple(sorted(spans, key=lambda span: (span.document, span.start, span.end)))

    def _summary(self, incoming: _Statements) -> tuple[Group, ...]:
        """For a government: its plans, its agreements, and the items by the role it has in them."""
        if self.iri not in instances(self.store, ["LocalGovernment"]):
            return ()
        groups = [
            (Text("計画", "plans"), incoming.get(f"{NS}adoptedBy", {})),
            (Text("連携協約", "agreements"), incoming.get(f"{NS}contractingParty", {})),
        ]
        by_role: _Statements = {}
        for assignment in incoming.get(f"{NS}assignee", {}):
            for role in self._objects(assignment, f"{NS}role"):
                for item, graph in self._objects(assignment, f"{NS}onItem").items():
                    by_role.setdefault(role.value, {}).setdefault(item, set()).update(graph)
        groups += [(label, by_role.get(PREFIXES["role"] + name, {})) for name, label in _ROLES.items()]
        return tuple(self._group(label.in_(self.lang), "", values) for label, values in groups if values)

    def _objects(
        self, subject: ox.NamedNode | ox.Literal, predicate: str
    ) -> dict[ox.NamedNode | ox.Literal, set[str]]:
        found: _Statements = {}
        if isinstance(subject, ox.NamedNode):
            for quad in self.store.ox.quads_for_pattern(subject, ox.NamedNode(predicate), None):
                _add(found, quad.predicate, quad.object, quad.graph_name)
        return found.get(predicate, {})


def _add(statements: _Statements, predicate: ox.NamedNode, value: object, graph: object) -> None:
    # Blank nodes are lists and class expressions of the ontology: nothing to read.
    if isinstance(value, ox.NamedNode | ox.Literal) and isinstance(graph, ox.NamedNode):
        statements.setdefault(predicate.value, {}).setdefault(value, set()).add(graph.value)
