"""Lines of text for a terminal: widths by East Asian width, breaks where Japanese allows them."""

import re
import unicodedata
from itertools import pairwise

_OPENING = "「『（【〔〈《［"
_CLOSING = "」』）】〕〉》］、。，．・：；？！ーァィゥェォッャュョヮぁぃぅぇぉっゃゅょゎ々〜…％"
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"

#: What must stay together: a word, or one wide character, with the marks that may not stand alone at an edge.
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSING}]*|\S")


def width_of(text: str) -> int:
    """Columns that the text takes on a terminal: two for a wide character, none for a combining one."""
    return sum(_columns(character) for character in text)


def breaks(text: str, width: int) -> list[int]:
    """Offsets at which the text goes on in a new line, so that no line is wider than `width` columns.

    Breaks stand at spaces and between wide characters, never before a closing mark or after an opening one
    (JIS X 4051, simplified). A word wider than a line is cut.
    """
    offsets: list[int] = []
    column = 0
    for match in _PIECE.finditer(text):
        wide = width_of(match[0])
        if column and column + wide > width and not match[0].isspace():
            offsets.append(match.start())
            column = 0
        if wide <= width or match[0].isspace():
            column += wide
            continue
        for offset, character in enumerate(match[0], match.start()):
            if column and column + _columns(character) > width:
                offsets.append(offset)
                column = 0
            column += _columns(character)
    return offsets


def longest_word(text: str) -> int:
    """Columns of the widest piece of the text that `breaks` would have to cut in a narrower line."""
    return max((width_of(match[0]) for match in _PIECE.finditer(text) if not match[0].isspace()), default=0)


def wrap(text: str, width: int) -> list[str]:
    """The text as lines no wider than `width` columns, without the spaces at their ends."""
    offsets = [0, *breaks(text, width), len(text)]
    return [text[start:end].strip() for start, end in pairwise(offsets)]


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
