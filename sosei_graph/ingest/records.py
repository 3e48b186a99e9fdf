"""What extractors find in a document: the domain's records, each part with the passage that states it.

An extractor returns these and never writes the graph; `drafting` makes facts of them. What is None was not found, or
not for certain: nothing is guessed. All places are code points of the document's canonical text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sosei_graph.languages import Text
from sosei_graph.text.dates import Period
from sosei_graph.text.figures import Figure

Family = Literal["plan", "agreement", "strategy", "progress", "council"]
FAMILIES: tuple[Family, ...] = ("plan", "agreement", "strategy", "progress", "council")

ElementKind = Literal[
    "Principle",
    "BasicGoal",
    "CrossCuttingGoal",
    "Goal",
    "Direction",
    "Measure",
    "Programme",
    "Project",
    "Initiative",
    "Activity",
]
IndicatorKind = Literal["NumericTarget", "KeyPerformanceIndicator", "ReferenceIndicator", "ContextIndicator"]
ValueKind = Literal["baseline", "actual", "target", "projection"]
Role = Literal["lead", "partner", "cooperating"]


@dataclass(frozen=True, order=True)
class Span:
    """Code points `start` to `end` (not included) of the canonical text."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """What stands in one or more places of the document: repaired and joined as a reader reads it.

    `text` has no line breaks; `spans` are in reading order, and their characters are those of the canonical text,
    damage and all.
    """

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Doubt:
    """How sure an extractor is (1 is certain), and what a reviewer should look at."""

    confidence: float = 1.0
    remarks: tuple[Text, ...] = ()


CERTAIN = Doubt()


@dataclass(frozen=True)
class Unread:
    """A passage that holds something the form promises (a figure, a name, a role) and that could not be read."""

    passage: Passage
    reason: Text


@dataclass(frozen=True)
class Government:
    """A local government of `governments.ttl` (`code`: two or five digits), or a body in no list (`code` None)."""

    name: Passage
    code: str | None = None


@dataclass(frozen=True)
class DatedPeriod:
    """A period as printed and as it was read (`period` is None where it could not be)."""

    printed: Passage
    period: Period | None = None


@dataclass(frozen=True)
class Value:
    """A cell or figure of an indicator. Exactly one of `figure`, `absence` and `words` is given, or none if unread.

    `absence` is the local name of a concept of the scheme of absence reasons; `words` is a value in words
    (前年度を上回る); `unit` is the unit of the figure where it is printed away from it.
    """

    kind: ValueKind
    printed: Passage
    figure: Figure | None = None
    absence: str | None = None
    words: str | None = None
    when: DatedPeriod | None = None
    doubt: Doubt = CERTAIN
    unit: Passage | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator with its values in the order of the document; `rating` is what the document itself says of it."""

    kind: IndicatorKind
    name: Passage
    notation: Passage | None = None
    unit: Passage | None = None
    values: tuple[Value, ...] = ()
    doubt: Doubt = CERTAIN
    rating: Passage | None = None


@dataclass(frozen=True)
class Element:
    """A goal, direction, measure, project … with what stands below it.

    `notation` is the mark as printed (`基本目標１` has `１`, `①`, `(1)`); `ordinal` its place among its
    siblings, from 1. `absent` are the words that nothing stands below it (該当なし). `measured_by` are indicators of
    other elements by which it is measured too, `serves` the goals that it carries out: each is a record of the plan.
    """

    kind: ElementKind
    name: Passage
    ordinal: int
    notation: Passage | None = None
    indicators: tuple[Indicator, ...] = ()
    parts: tuple["Element", ...] = ()
    doubt: Doubt = CERTAIN
    absent: Passage | None = None
    measured_by: tuple[Indicator, ...] = ()
    serves: tuple["Element", ...] = ()

    def walk(self) -> Iterator["Element"]:
        """The element itself and all below it, from above."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Plan:
    """A plan that the document sets out or reports on. `kind` is the local name of a class of plans.

    `area` are the governments whose areas it covers, where it says so itself.
    `is_only_named`: the document refers to it without setting it out, as to the strategy before, or that of a schedule.
    """

    kind: str
    name: Passage
    adopted_by: tuple[Government, ...] = ()
    edition: int | None = None
    stage: str | None = None
    period: DatedPeriod | None = None
    elements: tuple[Element, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    doubt: Doubt = CERTAIN
    area: tuple[Government, ...] = ()
    is_only_named: bool = False


@dataclass(frozen=True)
class RoleCell:
    """What a government (or another body) does in an item: the passage is its cell or clause.

    `role` is None where the text does not determine it. `with_whom` are those that the cell names. `absence` is the
    local name of a concept of the scheme of absence reasons, of a cell that holds a dash.
    """

    assignee: Government
    role: Role | None
    passage: Passage
    with_whom: tuple[Government, ...] = ()
    doubt: Doubt = CERTAIN
    absence: str | None = None


@dataclass(frozen=True)
class Item:
    """A row of the annex, or a nested clause, that divides a piece of work."""

    name: Passage
    ordinal: int
    notation: Passage | None = None
    content: Passage | None = None
    roles: tuple[RoleCell, ...] = ()
    doubt: Doubt = CERTAIN


@dataclass(frozen=True)
class Field:
    """A policy field of an agreement with its items; `above` are the headings over it, from the outermost."""

    name: Passage
    ordinal: int
    notation: Passage | None = None
    above: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """The agreement that an amendment changes: its title, its day of signing, and those of its earlier changes.

    Each day is an ISO date, None where it could not be read, with the date as printed.
    """

    title: Passage
    signed: tuple[str | None, Passage] | None = None
    changed: tuple[tuple[str | None, Passage], ...] = ()


@dataclass(frozen=True)
class Signatory:
    """Who signed for a government: office, name and address are None where they are blank or were not read."""

    government: Government
    passage: Passage
    office: Passage | None = None
    name: Passage | None = None
    address: Passage | None = None


@dataclass(frozen=True)
class Agreement:
    """An agreement or its amendment. `signed_on` is an ISO date; blank dates are None.

    `amends` are the words on the earlier agreement, `earlier` what they say; `replaces_annex` are those that replace
    its annex. `signatures` and `signatories` stand in the same order.
    """

    title: Passage
    parties: tuple[Government, ...]
    is_amendment: bool = False
    signed_on: str | None = None
    signed: Passage | None = None
    amends: Passage | None = None
    area: Passage | None = None
    fields: tuple[Field, ...] = ()
    signatures: tuple[tuple[Government, Passage], ...] = ()
    doubt: Doubt = CERTAIN
    earlier: Earlier | None = None
    replaces_annex: Passage | None = None
    signatories: tuple[Signatory, ...] = ()


@dataclass(frozen=True)
class Response:
    """What an office answers to an opinion."""

    passage: Passage
    ordinal: int
    pages: tuple[str, ...] = ()
    doubt: Doubt = CERTAIN


@dataclass(frozen=True)
class Opinion:
    """What a member said; `category` is the heading it stands under, `by` the speaker where one is named."""

    passage: Passage
    ordinal: int
    category: Passage | None = None
    by: Passage | None = None
    responses: tuple[Response, ...] = ()
    doubt: Doubt = CERTAIN


@dataclass(frozen=True)
class Milestone:
    """A step of a schedule; `track` is the head of its column where that says whose step it is (国・県)."""

    name: Passage
    ordinal: int
    when: DatedPeriod | None = None
    track: Passage | None = None
    doubt: Doubt = CERTAIN


@dataclass(frozen=True)
class Meeting:
    """A meeting of a council, with its number (第３回) where it has one. `held_on` is an ISO date."""

    name: Passage
    council: Passage | None = None
    held_on: str | None = None
    held: Passage | None = None
    place: Passage | None = None
    agenda: tuple[Passage, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class Findings:
    """All that an extractor found in a document."""

    family: Family
    title: Passage | None
    publisher: tuple[Government, ...] = ()
    issued: str | None = None
    plans: tuple[Plan, ...] = ()
    agreement: Agreement | None = None
    meeting: Meeting | None = None
    unread: tuple[Unread, ...] = field(default=())
