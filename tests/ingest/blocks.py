"""What fictional documents are made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text, broken over lines as the format does it."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    """A new page, where the format has pages."""


@dataclass(frozen=True)
class Merged:
    """A cell over several rows or columns; the places that it covers besides its own are None in the rows."""

    text: str
    rows: int = 1
    columns: int = 1


Entry = str | Merged | None


@dataclass(frozen=True)
class Grid:
    """A table. `widths` are the columns' widths in points on paper, in characters in layout text a sixth of it."""

    rows: tuple[tuple[Entry, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Paragraph | PageBreak | Grid


@dataclass(frozen=True)
class Document:
    """A document as a list of blocks, with what stands at the head of each page."""

    blocks: tuple[Block, ...]
    running_head: str = ""
    page_numbers: bool = True
    metadata: dict[str, str] = field(default_factory=dict)
