"""The agenda of a meeting: the items below its label, or numbered on the title page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sosei_graph.ingest.extracting.council.labels import read_kind
from sosei_graph.ingest.extracting.council.lines import BULLET, Row
from sosei_graph.ingest.extracting.council.meeting import Labelled
from sosei_graph.ingest.extracting.headings import Mark, read_marks
from sosei_graph.ingest.extracting.wording import Wording, join

_NOT_AGENDA = re.compile(
    r"(?:開会|閉会|開会・?閉会|散会|.{0,8}あいさつ|.{0,8}挨拶|会議録|出席者|傍聴|事務局(?:より|から|の)?説明).{0,2}"
)
#: How a line begins that goes on from the one before.
_GOES_ON = re.compile(
    r"[〜～~]|[にのをはがとへ](?=[^ぁ-ん])|に対する|について|に関する|による|及び|並びに|[）)、。]"
)
_HOLDS_ITEMS = re.compile(r"議題|議事|議案|協議|審議|報告|案件|説明")
_ITEM_ENDS = re.compile(
    r"(?:について|の件|に関すること|その他|報告|選出|説明|開会|閉会|挨拶|あいさつ|紹介|交付|指名|意見交換|協議|審議|結果|(?:案|[)）])の?(?:概要|説明)?)(?:[(（][^)）]*[)）])?$"
)
#: Style of the mark, number, words of an entry.
Entry = tuple[str, int, Wording]


def read_agenda(labelled: Sequence[Labelled], rows: Sequence[Row]) -> list[Wording]:
    """The items below (or above) a label of the agenda, else those numbered on the title page."""
    for each in labelled:
        if each.kind == "agenda":
            beside = [Row(words, words) for words in _apart(each.beside)]
            below = [part for row in each.below for part in _apart_row(row)]
            if items := _items([*beside, *below]):
                return items
    if items := _items([row for row in rows[:30] if not read_kind(row.text)], about=True):
        return items
    numbered = [row for row in rows if re.match(r"議題\s*[0-9０-９①-⑳]", row.text) and "。" not in row.text]
    return _items(numbered)


_INLINE = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=ついて)|(?<=の件))"
    r"(?:\d{1,2}(?=[^\d\s.．,、月日年時回名人件期次)）])|\d{1,2}[ 　]+(?=[開閉][ 　]*会|議[ 　]*[題事]|その他)"
    r"|\d{1,2}[.．、]\s*|[(（]\d{1,2}[)）]|[①-⑳])"
)


def _apart_row(row: Row) -> list[Row]:
    """The entries of a row with the whole course of the meeting in it, from 開会 on."""
    parts = _apart(row.words) if re.match(r"1[.．]?[ 　]*開[ 　]*会", row.text) else [row.words]
    return [Row(words, words) for words in parts] if len(parts) > 1 else [row]


def _apart(words: Wording) -> list[Wording]:
    """The entries of a list that was put into one line."""
    starts = [found.start() for found in _INLINE.finditer(words.text)]
    if len(starts) < 2 or starts[0] != 0:
        return [words] if words else []
    return [words.cut(one, two) for one, two in pairwise([*starts, len(words.text)])]


def _items(rows: Sequence[Row], *, about: bool = False) -> list[Wording]:
    """The marked entries that follow each other from the first; those of a nested list where there is one.

    `about`: only entries that say what is dealt with (について) count, as on a title page without a label.
    """
    entries = list(_entries(rows))
    begin = next((at for at, entry in enumerate(entries) if entry[1] == 1), None)
    near = rows[min(2, len(rows) - 1)].words.start if rows else 0
    if begin is not None and any(style not in ("", "・") for style, _, _ in entries[:begin]):
        return []  # the first items stand elsewhere
    if begin is None or (not about and entries[begin][2].start > near + 80):
        return [] if about else _unnumbered(entries)
    items = _items_from(entries[begin:])
    if about and not all(re.search(r"について|の件|報告", words.text) for words in items):
        return []
    return [words for words in items if "。" not in words.text and not _NOT_AGENDA.fullmatch(words.folded)]


def _items_from(entries: Sequence[Entry]) -> list[Wording]:
    """The entries of the list that the first one begins, or of the one nested in it."""
    outer, inner = list[Entry](), list[Entry]()
    for style, number, words in entries:
        if style == "・" and outer:
            continue
        if style in ("", "・"):
            if outer and not words.folded.startswith(("事務局", "資料", "説明")):
                break
        elif not outer or style == outer[0][0]:
            if number != len(outer) + 1:
                break
            outer.append((style, number, words))
        elif _HOLDS_ITEMS.search(outer[-1][2].folded):
            inner.append((style, number, words))
    level = inner[0][0] if inner and inner[0][1] == 1 else ""
    nested = [words for style, _, words in inner if level and style == level]
    return nested or [words for _, _, words in outer]


def _unnumbered(entries: Sequence[Entry]) -> list[Wording]:
    """The entries of a list of bullets, or the one line that says what is dealt with."""
    if not entries or entries[0][0] not in ("", "・") or "｜" in entries[0][2].text:
        return []
    style = entries[0][0]
    items = list[Wording]()
    for own, _, words in entries:
        about = bool(_ITEM_ENDS.search(words.text))
        if own != style or "。" in words.text or len(words) > 120 or (not style and not about):
            break
        items.append(words)
    return [words for words in items if not _NOT_AGENDA.fullmatch(words.folded)]


#: Marks of an agenda that elsewhere would be quantities and references: `7その他`, `(1)第2次計画`, `5. 次期計画`.
_TIGHT = re.compile(
    r"(?P<pointed>\d{1,2})[.．][ 　]+(?=\S)"
    r"|(?:(?P<plain>\d{1,2})|[(（](?P<closed>\d{1,2})[)）])(?=[^\d\s.．,、月日年時回名人件期)）])"
)


def _entry(row: Row, marks: Sequence[Mark], tight: re.Match[str] | None) -> Entry:
    if marks or tight is None:
        return marks[0].style, marks[0].numbers[-1], row.words.cut(marks[0].rest)
    style = {"pointed": "1.", "plain": "1", "closed": "(1)"}[tight.lastgroup or "plain"]
    return style, int(tight[tight.lastgroup or "plain"]), row.words.cut(tight.end())


def _entries(rows: Sequence[Row]) -> Iterator[Entry]:
    """Style, number and words of each entry; an entry goes on in lines without a mark until it ends as one does."""
    current: Entry | None = None
    for row in rows:
        marks = [mark for mark in read_marks(row.text) if (not mark.tight or mark.style[-1:] == "1")]
        bullet = BULLET.match(row.text)
        tight = _TIGHT.match(row.text) if not marks else None
        if (marks or tight) and not re.match(r"[0０]", row.text):  # `01 ｜` is the head of a slide
            if current:
                yield current
            current = _entry(row, marks, tight)
        elif current is not None and _GOES_ON.match(row.text):
            current = (current[0], current[1], join([current[2], row.words]))
        elif bullet or current is None:
            if current:
                yield current
            current = ("・" if bullet else "", 0, row.words.cut(bullet.end() if bullet else 0))
        elif _ITEM_ENDS.search(current[2].text) or row.gap > 1 or row.text.startswith(("-", "－")):
            yield current
            current = ("", 0, row.words)
        else:
            current = (current[0], current[1], join([current[2], row.words]))
    if current:
        yield current
