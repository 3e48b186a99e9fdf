"""Marks and outlines of Japanese documents: 第１条, 別表第１, 基本目標Ⅰ, １, (1), ア, (ア), a, (a), i, ①, 1-2.

A mark is read from the beginning of a line, before any folding of widths, which would turn ① into 1. `i`, `c` and イ
have two readings each; the outline takes the one that goes on from the mark before.

    >>> read_marks("（２） 移住の促進")[0]
    Mark(printed='（２）', style='(1)', numbers=(2,), rest=4, tight=False)
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.numerals import READINGS, SIGNS

#: What makes of a number at the beginning of a line a quantity and no mark: `3 箇所`, `26日`, `２通`.
_UNIT = re.compile(
    r"年|番(?!組)|か?月|日(?![本常])|人(?![口材事権々生間物工])|件|通|回|社|校|[かヶケカヵ]所|箇所|戸|世帯|名(?!称)|団体|施設|[千百万億兆%円割倍]"
    r"|時|分(?![野担科類譲])|[条項](?!目)|号|次(?!世代)|期|[市町村区](?![民街内域長場外営道立会有])|級|歳|台(?!帳)|点|つ|本(?![市町村県計格事協部社])"
    r"|km|ha|m2|t\b|[,.]\d|[~～〜-]\s*\d|/"
)
#: What makes of a number at the beginning of a line a reference and no mark: `(1)に掲げる`, `第１条第２項の規定`.
_REFERENCE = re.compile(
    r"を|[のはがとへでも](?=[^ぁ-ん\s])|[はがとでも]、|と(?:する|なる|し)|に(?:掲げ|規定|定め|よ[るり]|つい|関|対|基づ|お[いけ]|係|該当|示)"
    r"|及び|又は|並びに|若しくは|から|まで|より|[、。,]|第[0-9０-９一二三四五六七八九十]{1,3}(?:条|項|号|[章節編款部])|関係|中(?![心央小学高山期長])|各[号項]|ただし|本文|[)）」』]"
)
_NUMBER = r"[0-9０-９]{1,3}"
_KANJI = r"[一二三四五六七八九十百]{1,4}"
_WORDS = (
    r"(?:基本|重点|施策|数値|個別|横断的な?|分野横断的な?)?目標|基本的な?方向性?|(?:基本|重点)?(?:方針|施策|戦略|政策)|(?:施策の|政策の)?柱|主要施策"
    r"|(?:基本的な?)?視点|(?:重点)?プロジェクト|取組(?:項目)?|事業|分野|テーマ|議題|議案|項目|資料|論点|STEP|ステップ"
)
_LAW = re.compile(
    rf"第\s*(?P<n>{_NUMBER}|{_KANJI})\s*(?P<unit>編|部|章|節|款|目|条)(?:\s*の\s*(?P<sub>{_NUMBER}|{_KANJI}))?"
)
_ANNEX = re.compile(
    rf"(?P<word>別\s*表|別\s*紙|別\s*記|別添|様\s*式|附\s*則|付\s*則)(?:\s*第?\s*(?P<n>{_NUMBER}|{_KANJI}))?"
)
_WORD = re.compile(
    rf"(?P<word>{_WORDS})\s*[-－‐]?\s*(?P<n>{_NUMBER}(?:\s*[-－‐.．]\s*{_NUMBER})*|[①-⑳]|[Ⅰ-Ⅻ]|[A-ZＡ-Ｚ](?![A-Za-z]))"
)
_PARTS = re.compile(rf"{_NUMBER}(?:\s*[-－‐.．]\s*{_NUMBER})+(?:\s*[.．])?")
_BRACKETED = re.compile(
    r"[(（]\s*(?P<sign>[0-9０-９]{1,2}|[a-zａ-ｚ]{1,5}|[A-ZＡ-Ｚ]{1,5}|[ァ-ヶｦ-ﾝ]|[一二三四五六七八九十]{1,3}|[ⅰ-ⅻ]|[Ⅰ-Ⅻ]|[①-⑳])\s*[)）]"
)
_PLAIN = re.compile(
    r"(?P<sign>[0-9０-９]{1,2}|[a-zａ-ｚ]{1,5}|[A-ZＡ-Ｚ]{1,5}|[ァ-ヶｱ-ﾝ]|[一二三四五六七八九十]{1,3}|[ⅰ-ⅻ]|[Ⅰ-Ⅻ])(?P<after>\s?[.．、，)）](?![0-9０-９]))?"
)
_BULLET = re.compile(r"\s*[・･○●◯◎■□◆◇▼▽▲△▶►➢✓※＊*•‣◦―–－-]\s*")


@dataclass(frozen=True)
class Mark:
    """The mark of a heading or clause.

    `style` is how it is written, with the first of its kind for the sign (`(1)`, `ア`, `第条`): siblings share it.
    `numbers` is its place, of one or more parts (`1-2`, 第3条の2). The heading's words begin at `rest` of the line.
    A `tight` mark has nothing between it and the words (`1医療`): it may be a word, if it does not fit its place.
    """

    printed: str
    style: str
    numbers: tuple[int, ...]
    rest: int
    tight: bool = False

    def follows(self, other: "Mark") -> bool:
        """Whether this is the next after the other: the same style, the last number one more."""
        if self.style != other.style:
            return False
        if len(self.numbers) > len(other.numbers):  # 第3条の2 after 第3条
            return self.numbers[:-1] == other.numbers and self.numbers[-1] <= 2
        shared = len(self.numbers) - 1
        return (
            self.numbers[:shared] == other.numbers[:shared]
            and self.numbers[shared] == other.numbers[shared] + 1
        )

    @property
    def opens(self) -> bool:
        """Whether it is the first of its kind."""
        return self.numbers[-1] <= 1


def read_marks(line: str) -> tuple[Mark, ...]:
    """The readings of the mark that a line begins with, the likelier first; none where there is no mark."""
    begin = len(line) - len(line.lstrip())
    text = line[begin:]
    for read in (_law, _annex, _word, _parted, _bracketed, _enclosed, _plain):
        if marks := tuple(read(text)):
            return tuple(
                Mark(each.printed, each.style, each.numbers, begin + each.rest, each.tight) for each in marks
            )
    return ()


def read_bullet(line: str) -> int | None:
    """Where the words begin of a line with a bullet (・, ○, ■ …); None without one."""
    found = _BULLET.match(line)
    return found.end() if found and found.end() < len(line) else None


def _mark(text: str, end: int, style: str, numbers: tuple[int, ...], *, tight: bool = False) -> Mark:
    gap = len(text[end:]) - len(text[end:].lstrip())
    return Mark(text[:end].strip(), style, numbers, end + gap, tight=tight and gap == 0 and end < len(text))


def _refers(text: str, end: int) -> bool:
    return bool(_REFERENCE.match(text, end))


def _counts(text: str, end: int) -> bool:
    return bool(_UNIT.match(unicodedata.normalize("NFKC", text[end : end + 8]).lstrip()))


def _law(text: str) -> Iterator[Mark]:
    found = _LAW.match(text)
    if found and not _refers(text, found.end()):
        sub = (_number(found["sub"]),) if found["sub"] else ()
        yield _mark(text, found.end(), f"第{found['unit']}", (_number(found["n"]), *sub), tight=True)


def _annex(text: str) -> Iterator[Mark]:
    found = _ANNEX.match(text)
    if found is None:
        return
    after = text[found.end() : found.end() + 1]
    if after == "" or after.isspace() or after in "(（〔【[":
        style = re.sub(r"\s", "", found["word"])
        yield _mark(text, found.end(), style, (_number(found["n"]) if found["n"] else 0,))


def _word(text: str) -> Iterator[Mark]:
    found = _WORD.match(text)
    if found is None:
        return
    quantity = not text[found.end() :][:1].isspace() and _counts(text, found.end())
    if not quantity and not _refers(text, found.end()):
        sign = found["n"]
        numbers = tuple(_number(part) for part in re.split(r"\s*[-－‐.．]\s*", sign))
        yield _mark(text, found.end(), found["word"] + "1" * len(numbers), numbers, tight=True)


def _parted(text: str) -> Iterator[Mark]:
    found = _PARTS.match(text)
    if found is None:
        return
    after = text[found.end() : found.end() + 1]
    if (after == "" or after.isspace()) and not _counts(text, found.end()):
        numbers = tuple(_number(part) for part in re.findall(_NUMBER, found[0]))
        separator = "-" if re.search(r"[-－‐]", found[0]) else "."
        yield _mark(text, found.end(), separator.join("1" * len(numbers)), numbers)


def _bracketed(text: str) -> Iterator[Mark]:
    found = _BRACKETED.match(text)
    if found and not _refers(text, found.end()):
        for style, number in _readings(found["sign"]):
            yield _mark(text, found.end(), f"({style})", (number,), tight=False)


def _enclosed(text: str) -> Iterator[Mark]:
    known = SIGNS.get(text[:1])
    if known and not _refers(text, 1):
        yield _mark(text, 1, known[0], (known[1],))


def _plain(text: str) -> Iterator[Mark]:
    found = _PLAIN.match(text)
    if found is None or not _stands_alone(text, found):
        return
    closing = unicodedata.normalize("NFKC", (found["after"] or "").strip())
    closing = {"、": ".", ",": "."}.get(closing, closing)
    for style, number in _readings(found["sign"]):
        yield _mark(text, found.end(), style + closing, (number,), tight=not closing)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Whether a sign without brackets is a mark: not the beginning of a word, a figure or a quantity."""
    sign, after = unicodedata.normalize("NFKC", found["sign"]), text[found.end() : found.end() + 1]
    if sign.isdigit() and _counts(text, found.end()):
        return False
    if found["after"] or after == "" or after.isspace():
        return True
    if sign.isascii() and sign.isalpha():
        return False
    if sign.isdigit() or "ァ" <= sign <= "ヶ":
        return unicodedata.name(after, "").startswith("CJK UNIFIED") or after in "「『【〔(（"
    return False


def _readings(sign: str) -> Iterator[tuple[str, int]]:
    """The styles and numbers that a sign can have, `1` for 3 and `a` for c: `i` is roman one or the ninth letter."""
    if sign in SIGNS:
        yield SIGNS[sign]
        return
    plain = unicodedata.normalize("NFKC", sign)
    if plain.isdigit():
        yield "1", int(plain)
        return
    for style, signs in READINGS.items():
        if plain in signs:
            yield style, signs[plain]


def _number(printed: str) -> int:
    return next(number for _, number in _readings(printed.strip()))


@dataclass
class Section:
    """A marked line with what stands below it. Of the root `mark` and `line` are None.

    `own` are the numbers of the lines that stand below its line and before its first part, `tail` of those after a
    part that belong to no part. `regular` is False where its number does not follow the one before it.
    """

    mark: Mark | None = None
    line: int | None = None
    parent: "Section | None" = None
    own: list[int] = field(default_factory=list)
    parts: list["Section"] = field(default_factory=list)
    regular: bool = True

    def above(self) -> list["Section"]:
        """The sections over it, from the outermost; not the root."""
        if self.parent is None or self.parent.mark is None:
            return []
        return [*self.parent.above(), self.parent]

    def walk(self) -> Iterator["Section"]:
        """The section and all below it, in the order of the document."""
        yield self
        for part in self.parts:
            yield from part.walk()


#: Sections of a law stand at the outermost level, in this order; what comes before them ends with them.
OUTERMOST = (
    "別表",
    "別紙",
    "別記",
    "別添",
    "様式",
    "附則",
    "付則",
    "第編",
    "第部",
    "第章",
    "第節",
    "第款",
    "第目",
    "第条",
)


def outline(lines: Sequence[str]) -> Section:
    """The sections of lines, as their marks nest them; a line without a mark belongs to the section over it.

    A mark that goes on from an open section ends all below that one. A first mark of a style that is not open begins
    a level below; of one that is open, a new row beside it. A tight mark that does not fit its place is a word.
    """
    root = Section()
    current = root
    for number, line in enumerate(lines):
        placed = _place(current, read_marks(line))
        if placed is None:
            current.own.append(number)
            continue
        parent, mark, regular = placed
        current = Section(mark, number, parent, regular=regular)
        parent.parts.append(current)
    return root


def _place(current: Section, readings: Sequence[Mark]) -> tuple[Section, Mark, bool] | None:
    """Where a mark goes: its parent, the reading that fits, and whether it follows the mark before it."""
    if not readings:
        return None
    opened = [*current.above(), current] if current.mark else []
    if readings[0].style in OUTERMOST:
        return _place_outermost(current, opened, readings[0])
    for section in reversed(opened):
        for mark in readings:
            if section.mark and section.parent and mark.follows(section.mark):
                return section.parent, mark, True
    for mark in readings:
        same = next((each for each in reversed(opened) if each.mark and each.mark.style == mark.style), None)
        if same is None and (mark.opens or _is_paragraph(current, mark)):
            return current, mark, True
        if same is not None and same.parent is not None and mark.opens:
            return same.parent, mark, True
    return _place_oddly(current, opened, readings)


def _is_paragraph(current: Section, mark: Mark) -> bool:
    """The second paragraph of an article is its first marked one."""
    article = current.mark is not None and current.mark.style == "第条"
    return article and mark.style == "1" and mark.numbers == (2,)


def _place_outermost(
    current: Section, opened: Sequence[Section], mark: Mark
) -> tuple[Section, Mark, bool] | None:
    rank = OUTERMOST.index(mark.style)
    if rank < 7:
        return (opened[0].parent if opened else None) or current, mark, True
    above = [each for each in opened if each.mark and each.mark.style in OUTERMOST[7:rank]]
    inside = [each for each in opened if each.mark and each.mark.style in OUTERMOST[7:]]
    before = next((each for each in inside if each.mark and each.mark.style == mark.style), None)
    regular = before is None or before.mark is None or mark.follows(before.mark) or mark.opens
    if mark.tight and not regular:
        return None
    parent = above[-1] if above else (opened[0].parent if opened else None) or current
    return parent, mark, regular


def _place_oddly(
    current: Section, opened: Sequence[Section], readings: Sequence[Mark]
) -> tuple[Section, Mark, bool] | None:
    """A mark after a gap, or a repeated one: beside the open section of its style, else below the current one.

    A bare sign (`3`, `t`) far from its place is a word.
    """
    if readings[0].tight:
        return None
    for mark in readings:
        for section in reversed(opened):
            if section.mark and section.parent and section.mark.style == mark.style:
                near = len(mark.style) > 1 or abs(mark.numbers[-1] - section.mark.numbers[-1]) <= 2
                return (section.parent, mark, False) if near else None
    return (current, readings[0], False) if len(readings[0].style) > 1 else None
