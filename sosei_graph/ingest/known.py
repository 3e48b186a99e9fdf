"""What a workspace knows before a document is read: governments, areas, units, and what is described already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.gazetteer import spelled
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.text import fold
from sosei_graph.vocab import BASE, NS, PREFIXES

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_UNIT = ox.NamedNode(NS + "Unit")
_PRINTED = tuple(ox.NamedNode(PREFIXES["skos"] + name) for name in ("notation", "altLabel", "prefLabel"))
_STATED_NAME = ox.NamedNode(NS + "statedName")
_FERTILITY = "合計特殊出生率"


@dataclass
class Known:
    """A view of the workspace's graphs, made once for any number of documents."""

    store: Store

    @property
    def base(self) -> str:
        """The base of the workspace's IRIs."""
        return self.store.workspace.base

    @cached_property
    def governments(self) -> dict[str, str]:
        """Name as compared → IRI, of governments whose name no other one bears."""
        return self._by_label((f"{NS}Municipality", f"{NS}Prefecture"), spelled)

    @cached_property
    def areas(self) -> dict[str, str]:
        """Folded name → IRI of cooperation areas."""
        return self._by_label((f"{NS}CooperationArea",), fold)

    def government(self, name: str, code: str | None) -> str | None:
        """The IRI of a government by its code, else by a name that only one bears."""
        iri = f"{self.base}id/gov/{code}" if code else None
        if iri is not None and self.is_described(iri):
            return iri
        return self.governments.get(spelled("".join(name.split())), iri)

    def city(self, name: str) -> str:
        """The code of a government that the user names, by code (five or six digits) or name."""
        code = name.strip()
        found = self.governments.get(spelled("".join(name.split())))
        for candidate in (code, code[:5], code[:2]):
            iri = f"{self.base}id/gov/{candidate}"
            if code.isascii() and code.isdigit() and len(code) in (2, 5, 6) and self.is_described(iri):
                found = found or iri
        if found is None:
            raise SoseiError(
                Text(f"自治体「{name}」が分かりません", f"no government is known as {name}"),
                where="--city",
                hint=Text(
                    "全国地方公共団体コードか、同じ名前のない自治体名で指定してください",
                    "give its code, or a name that only one has",
                ),
            )
        return found.rsplit("/", 1)[-1]

    @cached_property
    def _units(self) -> dict[str, str]:
        found: dict[str, str] = {}
        units = [quad.subject for quad in self.store.ox.quads_for_pattern(None, _TYPE, _UNIT, None)]
        for predicate in _PRINTED:
            for unit in sorted(units, key=str):
                for quad in self.store.ox.quads_for_pattern(unit, predicate, None, None):
                    if isinstance(quad.object, ox.Literal) and quad.object.language != "en":
                        found.setdefault(fold(quad.object.value), str(unit.value))  # type: ignore[union-attr]
        return found

    def unit(self, printed: str) -> str | None:
        """The unit of the scheme that is printed so."""
        return self._units.get(fold(printed))

    def unit_of_rate(self, name: str) -> str | None:
        """The unit that an indicator has by its definition although none is ever printed."""
        return f"{BASE}scheme/unit/child-per-woman" if _FERTILITY in fold(name) else None

    def is_described(self, iri: str, but: str = "") -> bool:
        """Whether a graph other than `but` says what the thing is."""
        return any(graph != but for graph in self.graphs_of(iri))

    def graphs_of(self, iri: str) -> set[str]:
        """The graphs that say what a thing is."""
        inferred = self.store.workspace.inferred_graph
        quads = self.store.ox.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, None)
        return {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)} - {
            inferred
        }

    def names(self, iri: str) -> set[str]:
        """The folded Japanese names of a thing: its label and what was printed."""
        quads = [
            quad
            for predicate in (_LABEL, _STATED_NAME)
            for quad in self.store.ox.quads_for_pattern(ox.NamedNode(iri), predicate, None, None)
        ]
        literals = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        return {fold(literal.value) for literal in literals if literal.language in (None, "ja")}

    def kind(self, iri: str) -> str:
        """The local name of the class that the graphs give a thing."""
        quads = self.store.ox.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, None)
        kinds = sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))
        return kinds[0].removeprefix(NS) if kinds else ""

    def facts(self, iri: str) -> list[ox.Quad]:
        """What the graphs state of a thing."""
        inferred = self.store.workspace.inferred_graph
        quads = self.store.ox.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        return [quad for quad in quads if getattr(quad.graph_name, "value", "") != inferred]

    def plan_of(self, iri: str) -> str:
        """The plan that an IRI stands below, by its form (`id/plan/CODE/NAME/…`); empty for any other."""
        folder = f"{self.base}id/plan/"
        parts = iri.removeprefix(folder).split("/")
        return f"{folder}{parts[0]}/{parts[1]}" if iri.startswith(folder) and len(parts) > 1 else ""

    @cached_property
    def plans(self) -> dict[str, list[str]]:
        """Folded name → the plans that bear it."""
        found: dict[str, list[str]] = defaultdict(list)
        adopted = self.store.ox.quads_for_pattern(None, ox.NamedNode(f"{NS}adoptedBy"), None, None)
        plans = {quad.subject.value for quad in adopted if isinstance(quad.subject, ox.NamedNode)}
        for iri in sorted(plans):
            for name in self.names(iri):
                found[name].append(iri)
        return dict(found)

    def below(self, iri: str) -> Iterable[str]:
        """The things whose IRIs stand below an IRI."""
        return self._nodes.get(iri, ())

    @cached_property
    def _nodes(self) -> dict[str, list[str]]:
        """Plan → its elements and indicators, by IRI (`…/plan/CODE/NAME/…`)."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.ox.quads_for_pattern(None, _TYPE, None, None):
            iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
            plan = self.plan_of(iri)
            if plan and plan != iri:
                found[plan].append(iri)
        return {plan: sorted(set(nodes)) for plan, nodes in found.items()}

    def _by_label(self, kinds: Iterable[str], spelling) -> dict[str, str]:  # type: ignore[no-untyped-def]
        found: dict[str, set[str]] = defaultdict(set)
        for kind in kinds:
            for quad in self.store.ox.quads_for_pattern(None, _TYPE, ox.NamedNode(kind), None):
                for said in self.store.ox.quads_for_pattern(quad.subject, _LABEL, None, None):
                    if isinstance(said.object, ox.Literal) and said.object.language == "ja":
                        found[spelling(said.object.value)].add(str(quad.subject.value))  # type: ignore[union-attr]
        return {name: next(iter(iris)) for name, iris in found.items() if len(iris) == 1}
