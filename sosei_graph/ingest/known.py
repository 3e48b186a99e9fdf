"""What a workspace knows before a document is read: governments, areas, units, and what is described already."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
_CODE = ox.NamedNode(NS + "governmentCode")
#: Digits of a code that ends with its check digit.
_WITH_CHECK_DIGIT = 6
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
        """The code of a government that the user names: by code (two, five or six digits), or by name.

        Of a name that several have, the prefecture before it tells which (`広島県府中市`).
        """
        given = unicodedata.normalize("NFKC", "".join(name.split()))
        is_code = given.isascii() and given.isdigit()
        found = self._with_code(given) if is_code else self._with_name(spelled(given))
        if len(found) != 1:
            raise _no_city(name, [self._code_and_name(iri) for iri in found])
        return found[0].rsplit("/", 1)[-1]

    def _with_code(self, code: str) -> list[str]:
        """By a code, of six digits only with the right check digit."""
        if len(code) == _WITH_CHECK_DIGIT:
            stated = self.store.ox.quads_for_pattern(None, _CODE, ox.Literal(code), None)
            return sorted({quad.subject.value for quad in stated if isinstance(quad.subject, ox.NamedNode)})
        iri = f"{self.base}id/gov/{code}"
        return [iri] if self.is_described(iri) else []

    def _with_name(self, name: str) -> list[str]:
        found = self._named.get(name)
        if found is not None:
            return sorted(found)
        for prefecture, (above, *_) in self._named.items():
            if name.startswith(prefecture) and prefecture.endswith(("都", "道", "府", "県")):
                inside = self._named.get(name.removeprefix(prefecture), set())
                return sorted(iri for iri in inside if iri.startswith(above))
        return []

    def _code_and_name(self, iri: str) -> str:
        code = iri.rsplit("/", 1)[-1]
        prefecture = self.store.label(f"{self.base}id/gov/{code[:2]}", "ja") if len(code) > 2 else ""
        return f"{code} {prefecture}{self.store.label(iri, 'ja')}"

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

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        return self._labelled((f"{NS}Municipality", f"{NS}Prefecture"), spelled)

    def _by_label(self, kinds: Iterable[str], spelling: Callable[[str], str]) -> dict[str, str]:
        found = self._labelled(kinds, spelling)
        return {name: next(iter(iris)) for name, iris in found.items() if len(iris) == 1}

    def _labelled(self, kinds: Iterable[str], spelling: Callable[[str], str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for kind in kinds:
            for quad in self.store.ox.quads_for_pattern(None, _TYPE, ox.NamedNode(kind), None):
                for said in self.store.ox.quads_for_pattern(quad.subject, _LABEL, None, None):
                    if isinstance(said.object, ox.Literal) and said.object.language == "ja":
                        found[spelling(said.object.value)].add(str(quad.subject.value))  # type: ignore[union-attr]
        return dict(found)


def _no_city(name: str, several: Sequence[str]) -> SoseiError:
    """A name that nobody has, or more than one."""
    if several:
        listed = "、".join(several)
        return SoseiError(
            Text(
                f"「{name}」は一つに決まりません: {listed}", f"{name} is not the name of one alone: {listed}"
            ),
            where="--city",
            hint=Text("コードで指定してください", "give the code"),
        )
    return SoseiError(
        Text(f"自治体「{name}」が分かりません", f"no government is known as {name}"),
        where="--city",
        hint=Text(
            "全国地方公共団体コード（5桁か6桁）か、「市」「町」まで付けた名前で指定してください",
            "give its code (five or six digits), or its whole name",
        ),
    )
