"""Municipalities, their areas and who makes agreements with whom; from the package's list of governments."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmarks.generator.words import Pair
from benchmarks.generator.writing import dice
from sosei_graph.vocab import PREFIXES

_LABEL = PREFIXES["rdfs"] + "label"
_ROMAN = PREFIXES["skos"] + "altLabel"
_MEMBERS = (3, 6)


@dataclass(frozen=True)
class City:
    """A municipality: its code, its name in ja and en, and a made-up population."""

    code: str
    ja: str
    en: str
    population: int

    @property
    def iri(self) -> str:
        """The government, as a prefixed name."""
        return f"gov:{self.code}"


@dataclass(frozen=True)
class Area:
    """Municipalities with codes next to each other in one prefecture, that work together. The first is the core."""

    members: tuple[City, ...]

    @property
    def code(self) -> str:
        """What the area is called in IRIs and file names."""
        return self.members[0].code

    @property
    def iri(self) -> str:
        """The area, as a prefixed name."""
        return f"area:corpus-{self.code}"

    @property
    def name(self) -> Pair:
        """The name, ours."""
        core = self.members[0]
        return f"{core.ja}とその周りの圏域", f"The area around {core.en}"


def areas(governments: Path, seed: int) -> Iterator[Area]:
    """Every municipality in one area, in an order that the seed decides."""
    chance = dice(seed, "areas")
    cut: list[Area] = []
    for cities in _by_prefecture(governments, seed):
        begin = 0
        while begin < len(cities):
            size = chance.randint(*_MEMBERS)
            # What would be left over alone goes along.
            end = begin + size if len(cities) - begin - size >= _MEMBERS[0] else len(cities)
            members, begin = cities[begin:end], end
            # The largest is the core.
            core = max(members, key=lambda city: city.population)
            cut.append(Area((core, *(city for city in members if city != core))))
    chance.shuffle(cut)
    yield from cut


def _by_prefecture(governments: Path, seed: int) -> list[list[City]]:
    names: dict[str, dict[str, str]] = {}
    for quad in ox.parse(governments.read_bytes(), ox.RdfFormat.TURTLE):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.Literal):
            continue
        code = quad.subject.value.removeprefix(PREFIXES["gov"])
        if len(code) == 5 and quad.predicate.value in {_LABEL, _ROMAN}:
            names.setdefault(code, {})[quad.object.language or ""] = quad.object.value
    found: dict[str, list[City]] = {}
    for code, labels in sorted(names.items()):
        roman = labels.get("ja-latn", code).rpartition("-")[0].capitalize()
        population = round(10 ** dice(seed, code).gauss(4.5, 0.5))
        found.setdefault(code[:2], []).append(City(code, labels["ja"], labels.get("en", roman), population))
    return list(found.values())
