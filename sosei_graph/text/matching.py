"""Matching names: white space that documents scatter, and forms of one character told as one."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """The text without any white space (line breaks, ideographic spaces); nothing else changes."""
    return _SPACES.sub("", text)


def fold(text: str) -> str:
    """The form in which names are compared: compatibility forms and case folded, white space removed.

    Unicode's compatibility caseless matching (Unicode Standard, D146): `fold(fold(x)) == fold(x)`.
    """
    if text.isascii():
        return squeeze(text.lower())
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    # ¨ is a space with a mark, and where the space goes the mark joins the letter before it.
    return unicodedata.normalize("NFKC", squeeze(unicodedata.normalize("NFKC", once.casefold())))


def widths_folded(text: str) -> tuple[str, list[int]]:
    """The text in compatibility form without white space, and for each of its characters its place in `text`.

    Combining marks go with their base (`ｶﾞ` is one `ガ`). The second part has one number more than there are
    characters: the length of `text`.
    """
    folded: list[str] = []
    places: list[int] = []
    for start, end in _clusters(text):
        piece = _compatible(text[start:end])
        folded.append(piece)
        places.extend([start] * len(piece))
    return "".join(folded), [*places, len(text)]


@lru_cache(maxsize=16384)
def _compatible(cluster: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", cluster))


def _clusters(text: str) -> list[tuple[int, int]]:
    starts = [place for place, character in enumerate(text) if place == 0 or not _is_mark(character)]
    return list(zip(starts, [*starts[1:], len(text)], strict=False))  # of an empty text, none


@lru_cache(maxsize=16384)
def _is_mark(character: str) -> bool:
    # Half-width voiced sound marks combine only after compatibility folding.
    return character in "ﾞﾟ" or unicodedata.combining(character) != 0
