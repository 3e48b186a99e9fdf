"""A validation result before it is told to anybody: the same from every engine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.languages import Text
from sosei_graph.validation.findings import Severity
from sosei_graph.validation.targets import Term
from sosei_graph.vocab import BASE, PREFIXES

CHECK = f"{BASE}check/"
"""A check's IRI is this and the name of its file, without the ending."""

SH = PREFIXES["sh"]
SPARQL_COMPONENT = f"{SH}SPARQLConstraintComponent"

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True)
class Result:
    """One validation result. `value` is None where it would repeat the focus node."""

    shape: str
    focus: ox.NamedNode | ox.BlankNode
    path: str
    value: Term | None
    severity: Severity
    message: Text
    component: str
    bindings: tuple[tuple[str, Term], ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes two results the same, whichever engine found them."""
        return (self.shape, self.focus.value, self.path, str(self.value or ""), self.message.ja)


def each_once(results: Iterable[Result]) -> list[Result]:
    """The results in their fixed order. Of those with one key the first component stands for all."""
    once: dict[tuple[str, ...], Result] = {}
    for result in sorted(results, key=lambda result: (result.key, result.component, str(result.bindings))):
        once.setdefault(result.key, result)
    return list(once.values())


def filled(text: str, values: Mapping[str, str]) -> str:
    """A message with its `{?variable}` placeholders filled (section 5.2.1); an unknown one stays as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
