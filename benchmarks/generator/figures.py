"""Figures: what an indicator of a city is in each year, and how a document prints it.

All documents of a city take their figures from the same courses, so that no two of them disagree.
"""

import math
import random
from dataclasses import dataclass

from benchmarks.generator import observed
from benchmarks.generator.words import Gauge
from benchmarks.generator.writing import dice

#: How a unit is printed after a figure, and how many decimals stand in figures of that unit.
UNITS: dict[str, tuple[str, int]] = {
    "person": ("人", 0),
    "case": ("件", 0),
    "percent": ("％", 1),
    "company": ("社", 0),
    "product": ("品", 0),
    "group": ("団体", 0),
    "project": ("事業", 0),
    "time": ("回", 0),
    "place": ("か所", 0),
    "pair": ("組", 0),
    "child-per-woman": ("", 2),
    "person-per-hectare": ("人／ha", 0),
    "thousand-yen": ("千円", 0),
}
WORDS = ("未整備", "設計中", "工事中", "供用開始")
"""The states of what is built, instead of a figure."""

_TEN_THOUSAND = 10_000
_MOST = 4e7


@dataclass(frozen=True)
class Course:
    """An indicator of a city from the year `start` on, in units of its last decimal; `words` has no figures.

    `goal` is what a straight line from `base` reaches in the year `end`; what is measured is `reached` of the way.
    """

    gauge: Gauge
    start: int
    end: int
    base: int
    goal: int
    reached: float
    step: int
    about: bool

    def actual(self, year: int) -> int:
        """What was measured in a year; in `start` the baseline."""
        value = self._on_the_way(year, self.reached)
        return _rounded(value) if self.about else value

    def aim(self, year: int) -> int:
        """What is aimed at for a year."""
        return self._on_the_way(year, 1.0)

    def _on_the_way(self, year: int, share: float) -> int:
        way = (year - self.start) / (self.end - self.start)
        value = round((self.base + (self.goal - self.base) * way * share) / self.step) * self.step
        if self.gauge.unit == "percent":
            return min(value, 1000)
        return value if self.base < 0 else max(value, 0)

    def state(self, year: int) -> str:
        """The state in a year, of what is told in words."""
        way = (year - self.start) / (self.end - self.start)
        return WORDS[max(0, min(len(WORDS) - 1, round(way * (len(WORDS) - 1))))]


def course(gauge: Gauge, city: str, population: int, seed: int) -> Course:
    """The course of an indicator of a city; the same whoever asks."""
    chance = dice(seed, city, gauge.key)
    start, end = 2018, 2024
    base = _base(gauge, population, chance)
    growth = chance.choice(observed.GROWTH)
    if gauge.sinking != (growth < 1) and growth != 1:
        growth = 1 / growth
    goal = 0 if base < 0 else round(min(base * growth, _MOST))
    if gauge.unit == "child-per-woman":
        goal = 180
    elif gauge.unit == "percent":
        goal = min(goal, 950)
    step = _TEN_THOUSAND if base >= 10 * _TEN_THOUSAND and chance.random() < 0.5 else 1
    reached = chance.choice(observed.ATTAINMENT)
    if gauge.key == "population":
        goal, step, reached = round(base * 0.97), 1, 1.0
    about = UNITS.get(gauge.unit, ("", 1))[1] == 0 and base > 0 and chance.random() < observed.APPROXIMATE
    return Course(
        gauge, start, end, round(base / step) * step, round(goal / step) * step, reached, step, about
    )


def _base(gauge: Gauge, population: int, chance: random.Random) -> int:
    if gauge.key == "population":
        return population
    if gauge.comparable == "net-migration":
        return -chance.randint(20, 900)
    if gauge.unit == "child-per-woman":
        return chance.randint(115, 165)
    if gauge.unit == "percent":
        return chance.randint(50, 700)
    if gauge.unit == "person-per-hectare":
        return chance.randint(15, 60)
    mean, spread = observed.MAGNITUDES.get(gauge.unit, (2.0, 0.5))
    return round(min(10 ** chance.gauss(mean, spread), _MOST / 2))


def decimal(value: int, unit: str) -> str:
    """The number as Turtle has it."""
    places = UNITS[unit][1]
    if not places:
        return f"{value}.0"
    return f"{value / 10**places:.{places}f}"


def printed(value: int, unit: str) -> str:
    """The figure as a document prints it: `▲113人`, `351万人`, `12.4％`."""
    symbol, places = UNITS[unit]
    sign, size = ("▲" if value < 0 else ""), abs(value)
    if places:
        return f"{sign}{size / 10**places:,.{places}f}{symbol}"
    if size >= 10 * _TEN_THOUSAND and size % _TEN_THOUSAND == 0:
        return f"{sign}{size // _TEN_THOUSAND:,}万{symbol}"
    if size < 10:
        return f"{sign}{'０１２３４５６７８９'[size]}{symbol}"
    return f"{sign}{size:,}{symbol}"


def _rounded(value: int) -> int:
    """To two figures, for what is printed with 約."""
    if value < 100:
        return value
    unit = int(10 ** (int(math.log10(value)) - 1))
    return round(value / unit) * unit


def short_year(year: int) -> str:
    """A fiscal year as tables print it: `H30`, `R5`."""
    return f"R{year - 2018}" if year > 2018 else f"H{year - 1988}"


def long_year(year: int) -> str:
    """A fiscal year as sentences print it: `令和5年度`."""
    era = f"令和{year - 2018 if year > 2019 else '元'}" if year > 2018 else f"平成{year - 1988}"
    return f"{era}年度"
