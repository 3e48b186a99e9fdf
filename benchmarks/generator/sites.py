"""Where a fault is planted, and what is told of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.generator.writing import Node, Page
from sosei_graph.validation.findings import Severity

_INDICATORS = ("KeyPerformanceIndicator", "NumericTarget")


@dataclass(frozen=True, order=True)
class Finding:
    """What validation finds: the file in the workspace, the IRI of the node, the shape's local name."""

    file: str
    focus: str
    shape: str
    severity: Severity


@dataclass(frozen=True)
class Fault:
    """A planted fault and all its findings; of a fault that `trace` sees as well, the IRIs that it complains of."""

    kind: str
    findings: tuple[Finding, ...]
    untraceable: tuple[str, ...] = ()


@dataclass
class Site:
    """A file in which faults are planted: what nobody has touched yet."""

    page: Page
    chance: random.Random
    touched: set[str] = field(default_factory=set)

    def pick(self, *kinds: str, fit: Callable[[Node], bool] = lambda _: True) -> Node | None:
        """Some untouched node of these classes that fits; it counts as touched from now on."""
        able = [node for node in self.page.of_kind(*kinds) if node.iri not in self.touched and fit(node)]
        if not able:
            return None
        chosen = self.chance.choice(able)
        self.touched.add(chosen.iri)
        return chosen

    def node(self, reference: str) -> Node:
        """The node that `<…>` refers to, touched from now on."""
        self.touched.add(reference[1:-1])
        return self.page.nodes[reference[1:-1]]

    def ends(self, indicator: Node) -> tuple[Node, Node]:
        """Baseline and target of an indicator."""
        return self.node(indicator.one("sosei:hasBaseline")), self.node(indicator.one("sosei:hasTarget"))

    def measured(self) -> Node | None:
        """An indicator with a number as baseline and a number for a fiscal year as target."""

        def fit(node: Node) -> bool:
            ends = [
                self.page.nodes.get(node.one(has)[1:-1]) for has in ("sosei:hasBaseline", "sosei:hasTarget")
            ]
            numbers = [end for end in ends if end and "sosei:numericValue" in end.facts]
            free = not {end.iri for end in numbers} & self.touched
            return len(numbers) == 2 and free and numbers[1].one("sosei:period").startswith("fy:")

        return self.pick(*_INDICATORS, fit=fit)


Found = list[tuple[str, str, Severity]]
"""Of each finding the end of the node's IRI, the shape, the severity."""
