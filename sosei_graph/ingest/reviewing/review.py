"""What a reviewer is shown: a tree of entries, each a fact with the passage that states it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.records import CERTAIN, Doubt, Family, Span, Unread
from sosei_graph.languages import Text
from sosei_graph.validation.findings import Finding


@dataclass(frozen=True)
class Suggestion:
    """Something that may be said of a fact and that the document does not say: a theme, a comparable indicator.

    `words` are the words of the document that it rests on.
    """

    kind: Text
    target: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A fact, with those below it.

    - `kind` is what the domain calls it (基準値, 主体的に取り組む), `mark` its notation as printed.
    - `printed` are its words in the document; `read` is what they were read as, None where the words are the fact.
    - `spans` are its places in the canonical text; `iri` names its node in the draft, where it has one, and `line` is
      where that begins in the draft's file.
    - `steady` parts stay in the order of the document however a reviewer sorts (the values of an indicator).
    """

    kind: Text
    printed: str
    read: Text | None = None
    mark: str = ""
    spans: tuple[Span, ...] = ()
    doubt: Doubt = CERTAIN
    iri: str | None = None
    line: int | None = None
    parts: tuple["Entry", ...] = ()
    steady: bool = False
    findings: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a reviewer should look at it."""
        return self.doubt.confidence < 1 or bool(self.doubt.remarks)

    def walk(self) -> Iterator["Entry"]:
        """The entry and all below it, in the order of the document."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Shared:
    """A finding that so many nodes have in common that it is told once."""

    finding: Finding
    count: int


@dataclass(frozen=True)
class NextSteps:
    """What to do with the draft: the Turtle file to correct, and the command that accepts it.

    `check` is the command that validates what was corrected, `cite` the one that writes the evidence of an added fact.
    """

    draft: str
    accept: str
    check: str = ""
    cite: str = ""


@dataclass(frozen=True)
class Review:
    """All that one review page shows. `findings` are those that no entry holds, `shared` those that many nodes have.

    `warnings` are of the document as a whole, besides those of the reading.
    """

    reading: Reading
    title: str
    family: Family
    steps: NextSteps
    entries: tuple[Entry, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()
    shared: tuple[Shared, ...] = ()
    warnings: tuple[Text, ...] = ()

    def walk(self) -> Iterator[Entry]:
        """Every entry, in the order of the document."""
        for entry in self.entries:
            yield from entry.walk()
