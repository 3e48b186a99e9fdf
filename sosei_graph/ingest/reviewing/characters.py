"""Characters that a reader cannot see are shown by their numbers: a text must not look other than it is."""

import unicodedata
from collections.abc import Iterator

#: White space that the page shows as such: blank to a reader, and no printable character to Python.
_BLANKS = str.maketrans("", "", "\n\t\r\f\u00a0\u3000")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def visible(text: str) -> str:
    """The text in which unseen characters are named: `⟨U+202E⟩`."""
    return "".join(run for run, _ in runs(text))


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether a piece is the name of an unseen character.

    Unseen is what leaves no ink and changes what stands around it: bidi marks, joiners, controls, line separators.
    """
    if text.translate(_BLANKS).isprintable():
        yield text, False
        return
    start = 0
    for at, letter in enumerate(text):
        if unicodedata.category(letter) in _UNSEEN and ord(letter) not in _BLANKS:
            if start < at:
                yield text[start:at], False
            yield f"⟨U+{ord(letter):04X}⟩", True
            start = at + 1
    if start < len(text):
        yield text[start:], False
