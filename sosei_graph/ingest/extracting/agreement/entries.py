"""What the forms of an agreement give before roles are told: headings, and items with a text for each party."""

import re
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.agreement.parties import Party
from sosei_graph.ingest.extracting.headings import OUTERMOST, Mark
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.languages import Text

#: Marks of the document's own parts, which are not part of the notation of a field (別表第１ > 1 > (1) is `1(1)`).
STRUCTURE = frozenset(OUTERMOST)
#: What stands in a cell for nothing: a dash, or words for it.
_NOTHING = re.compile(r"[-‐－―ー—–─・/]+|(?:該当)?なし。?")


def says_nothing(words: Wording) -> bool:
    """Whether a cell holds only a mark for nothing."""
    return _NOTHING.fullmatch(words.folded) is not None


@dataclass(frozen=True)
class Heading:
    """A heading over items: its words without the mark, and the mark as printed."""

    name: Wording
    mark: Wording = field(default_factory=Wording)
    reading: Mark | None = None

    @property
    def is_structure(self) -> bool:
        """Whether its mark belongs to the document (第３条, 別表第１) and not to the fields."""
        return self.reading is not None and self.reading.style in STRUCTURE


@dataclass(frozen=True)
class RawRole:
    """What the text says of the part of one or more parties. `who` is the head that names them.

    `shared` texts are of several parties at once. Parties that are none of the agreement's are not `known`.
    """

    parties: tuple[Party, ...]
    words: Wording
    shared: bool = False
    known: bool = True


@dataclass
class Entry:
    """An item as it stands: `headings` are those over it, from the outermost."""

    headings: tuple[Heading, ...]
    name: Wording
    mark: Wording = field(default_factory=Wording)
    content: Wording = field(default_factory=Wording)
    roles: list[RawRole] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)
    confidence: float = 1.0

    @property
    def start(self) -> int:
        """The first place of the item."""
        parts = (self.name, self.content, *(role.words for role in self.roles))
        return min((each.start for each in parts if each), default=0)
