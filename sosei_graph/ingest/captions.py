"""Vertical captions: words of which every line has one character, as the text of a PDF has them."""

from collections.abc import Sequence

from sosei_graph.ingest.document import Line, Reading
from sosei_graph.ingest.mending import is_spread_word, radical_folded

#: Single characters that stand below each other as entries of their own: marks, ratings, rows and columns of lists.
_ENTRIES = frozenset(
    "アイウエオカキクケコサシスセソタチツテト一二三四五六七八九十甲乙丙丁男女計国県市町村有無新継拡済未高中低大小上下東西南北日月火水木金土ー〃々正副"
)
_MOST_GAP = 1


def captions(reading: Reading, lines: Sequence[Line]) -> list[list[Line]]:
    """The chains of lines that are one word written from above to below.

    Three letters at least, or a word that is known; entries of lists (ア, イ, ウ; 男, 女, 計) are none.
    """
    found: list[list[Line]] = []
    chain: list[Line] = []
    for line in lines:
        if chain and _continues(reading, chain[-1], line):
            chain.append(line)
            continue
        if _is_caption(reading, chain):
            found.append(chain)
        chain = [line] if _letter(reading, line) else []
    return [*found, chain] if _is_caption(reading, chain) else found


def _letter(reading: Reading, line: Line) -> str:
    """The only letter of a line, or nothing."""
    text = radical_folded(reading.text[line.start : line.end].strip())
    return text if len(text) == 1 and (text == "ー" or (text.isalpha() and not text.isascii())) else ""


def _continues(reading: Reading, before: Line, after: Line) -> bool:
    if not _letter(reading, after) or before.page != after.page:
        return False
    between = reading.text[before.end : after.start]
    if before.box and after.box:
        return abs(before.box.x0 - after.box.x0) < 0.3 * max(before.box.width, 1)
    return between.count("\n") <= _MOST_GAP and not between.strip()


def _is_caption(reading: Reading, chain: Sequence[Line]) -> bool:
    letters = [_letter(reading, line) for line in chain]
    word = "".join(letters)
    if len(word) < 2 or word[0] == "ー":
        return False
    return is_spread_word(word) or (
        len(word) >= 3 and (word in reading.text or not _ENTRIES.issuperset(letters[:2]))
    )
