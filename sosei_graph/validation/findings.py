"""What validation hands back: findings, and the report that holds them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sosei_graph.languages import Text

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""The three severities of SHACL, the gravest first: wrong, incomplete, worth knowing."""

FailOn = Literal["violation", "warning", "never"]


@dataclass(frozen=True)
class Finding:
    """One result, about one node of one document.

    `focus` and `shape` are IRIs (a check of `queries/check/` stands as `…/check/NAME`); `path` is the IRI of
    the property, or a SPARQL property path over IRIs in angle brackets, or empty; `value` is an N-Triples
    term or empty. `file` is relative to the workspace and `line`, from 1, is where the focus node's block
    begins in it; they are empty and 0 when no file describes the node. `label` is the focus node's name,
    `graph` its named graph, `component` the IRI of SHACL's constraint component.
    """

    severity: Severity
    focus: str
    path: str
    value: str
    shape: str
    message: Text
    file: str
    line: int
    label: Text
    graph: str
    component: str

    @property
    def shape_name(self) -> str:
        """The shape's name without its namespace, such as `KpiHasTarget`."""
        return self.shape.rsplit("/", 1)[-1]

    @property
    def where(self) -> str:
        """`file:line`, or the focus IRI when no file describes it."""
        return f"{self.file}:{self.line}" if self.file else self.focus


@dataclass(frozen=True)
class Report:
    """All findings, gravest first, then by file, line, shape; and the files that were looked at."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], files: Iterable[str] = ()) -> "Report":
        """A report in its fixed order, each finding once."""
        return cls(tuple(sorted(set(findings), key=_place)), tuple(files))

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity, all three named."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong: warnings and notes may remain."""
        return not self.counts["violation"]

    def exceeds(self, level: FailOn) -> bool:
        """Whether there is a finding as grave as `level` or graver (`never`: false)."""
        if level == "never":
            return False
        grave = SEVERITIES[: SEVERITIES.index(level) + 1]
        return any(self.counts[severity] for severity in grave)


def _place(finding: Finding) -> tuple[int, str, int, str, str, str, str, str]:
    rank = SEVERITIES.index(finding.severity)
    return (
        rank,
        finding.file,
        finding.line,
        finding.focus,
        finding.shape,
        finding.path,
        finding.value,
        finding.message.ja,
    )
