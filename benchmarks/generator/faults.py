"""Faults of known kinds, planted into files that are sound otherwise.

Nothing is spoiled twice, so that what validation finds of one fault does not depend on another.
"""

from collections import Counter
from collections.abc import Callable

from benchmarks.generator import faults_of_agreements, faults_of_plans
from benchmarks.generator.sites import Fault, Finding, Found, Site
from benchmarks.generator.writing import Page, dice
from sosei_graph.vocab import BASE

_FUNCTIONS = (*faults_of_plans.KINDS, *faults_of_agreements.KINDS)
KINDS: dict[str, Callable[[Site], Found | None]] = {
    function.__name__.replace("_", "-"): function for function in _FUNCTIONS
}
"""What can be planted, by name."""

#: Kinds that most plans have a place for.
_ANYWHERE = {
    *("missing-target", "unit-mismatch", "value-twice", "target-outside-plan", "target-before-baseline"),
    *("missing-english", "cut-digest"),
}
#: Kinds that `trace` sees, too: it complains of the node of the finding.
_UNTRACEABLE = {"misread-figure", "cut-digest"}


class Planter:
    """Plants so many faults a file on average, the kinds in turn."""

    def __init__(self, rate: float, seed: int) -> None:
        self._rate = rate
        #: The first file gets one, so that no corpus that should have faults is without.
        self._due = 1 - rate if rate < 1 else 0.0
        self._used: Counter[str] = Counter()
        self._seed = seed
        chance = dice(seed, "faults")
        # First what few files have a place for, or other faults would be there already.
        self._order = sorted(KINDS, key=lambda kind: (kind in _ANYWHERE, chance.random()))

    def plant(self, page: Page) -> list[Fault]:
        """The faults that were planted into a file; each kind at most once."""
        if self._rate <= 0:
            return []
        self._due += self._rate
        site = Site(page, dice(self._seed, "faults", page.name))
        planted: list[Fault] = []
        for kind in sorted(self._order, key=self._used.__getitem__):
            # Sums of fractions fall a little short.
            if self._due < 1 - 1e-9:
                break
            if (found := KINDS[kind](site)) is not None:
                planted.append(_fault(kind, page, found))
                self._used[kind] += 1
                self._due -= 1
        return planted


def _fault(kind: str, page: Page, found: Found) -> Fault:
    findings = tuple(Finding(page.path, f"{BASE}{iri}", shape, severity) for iri, shape, severity in found)
    untraceable = tuple(finding.focus for finding in findings) if kind in _UNTRACEABLE else ()
    return Fault(kind, findings, untraceable)
