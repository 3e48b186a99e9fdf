"""Damage that PDF text carries, repaired where it can be told apart from real text for certain.

Each repair is an `Edit` of the text: which characters it covers, and what is read there instead, each character with
the place it comes from. Nothing is ever added, and digits are dropped only with the letters around them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal

Repair = Literal["radical", "overprint", "spaced", "emphasis", "caption", "joined", "dropped", "line end"]

#: Radicals that look like a whole kanji, where the compatibility forms of Unicode do not know it. Fonts have one glyph
#: for both, and a PDF that was made from such a font names the radical.
_LOOK_ALIKES = dict(
    zip(
        "⺒⺜⺝⺟⺠⺧⺩⺬⺮⺶⺼⺽⻁⻄⻆⻊⻑⻗⻘⻝⻣⻤⻨⻩⻫⻭⻯⻱⻲",
        "巳日月母民牛王示竹羊肉臼虎西角足長雨青食骨鬼麦黄斉歯竜龜亀",
        strict=True,
    )
)
_RADICAL = re.compile("[⺀-⿕]")

#: Words that officers spread over the width of a cell or a line; two letters are joined only to one of these.
_SPREAD_TEXT = """
    目標値 基準値 現状値 実績値 現況値 当初値 参考値 目標 指標 指標名 項目 事業 事業名 施策 施策名 取組
    内容 備考 単位 区分 目次 概要 年度 担当 担当課 所管 所管課 評価 実績 現状 課題 方向性 基本目標
    数値目標 進捗 進捗状況 市長 町長 村長 区長 知事 氏名 役割 資料 会議 日時 場所 出席者 次第 議題 議事
    分野 分類 意見 対応 根拠 出典 理由 計画 総合戦略 素案 骨子 別表 別紙 名称 位置 期間 主体 区域 財源
    事業費 事業内容 取組内容 主な取組 番号 種別 合計 小計 総数 人口 世帯 前文 附則 目的 趣旨 定義 協約
    協定
"""
_SPREAD = frozenset(_SPREAD_TEXT.split())
_LETTER = "[々〆ヶー一-鿿ぁ-ゖァ-ヺ]"
_SPACED = re.compile(
    rf"(?<![^\s]){_LETTER}(?:(?P<gap> {{1,3}}|　{{1,3}}){_LETTER}(?=\s|$))(?:(?P=gap){_LETTER}(?=\s|$))*"
)
_WORD = re.compile(r"\S+")
_PAIRS = re.compile(r"(?:(\S)\1){3,}")
_BRACKETED = re.compile(r"[(（)）A-Za-z]{9,}")
_EMPHASIS = re.compile(r"\*\*(?=\S)(?P<inside>[^*\n]+?)(?<=\S)\*\*")


@dataclass(frozen=True)
class Edit:
    """What is read instead of the characters `start` to `end`: each character with the part that it comes from."""

    kind: Repair
    start: int
    end: int
    kept: tuple[tuple[str, int, int], ...] = ()


Known = Callable[[str], bool]


def is_spread_word(word: str) -> bool:
    """Whether it is one of the words that are known to be spread over a width."""
    return word in _SPREAD


def mended(text: str, known: Known = is_spread_word) -> str:
    """The text with its damage repaired; line ends stay.

    >>> mended("⺠間の重重要要業業績績 目 標 値")
    '民間の重要業績 目標値'
    """
    return applied(text, edits(text, known))


def applied(text: str, repairs: list[Edit]) -> str:
    """The text after its repairs, which stand in order and do not overlap."""
    parts, at = [], 0
    for edit in repairs:
        parts += [text[at : edit.start], *(letter for letter, _, _ in edit.kept)]
        at = edit.end
    return "".join([*parts, text[at:]])


def edits(text: str, known: Known = is_spread_word) -> list[Edit]:
    """All repairs inside the lines of a text, in order. Overlapping damage is repaired by the first that fits."""
    taken: list[Edit] = []
    covered: set[int] = set()
    for find in (_overprinted, partial(_spaced, known=known), _emphasis, _radicals):
        for edit in find(text):
            places = range(edit.start, edit.end)
            if covered.isdisjoint(places):
                taken.append(edit)
                covered.update(places)
    return sorted(taken, key=lambda edit: edit.start)


def radical_folded(letter: str) -> str:
    """The kanji that a radical stands for, or the character itself.

    >>> radical_folded("⺠"), radical_folded("⼈"), radical_folded("⺘")
    ('民', '人', '⺘')
    """
    if "⼀" <= letter <= "⿕":
        return unicodedata.normalize("NFKC", letter)
    return _LOOK_ALIKES.get(letter, letter)


def _radicals(text: str) -> Iterator[Edit]:
    for match in _RADICAL.finditer(text):
        kanji = radical_folded(match[0])
        if kanji != match[0]:
            yield Edit("radical", match.start(), match.end(), ((kanji, match.start(), match.end()),))


def _overprinted(text: str) -> Iterator[Edit]:
    """Words whose every character stands two or three times, as text printed over itself does."""
    for word in _WORD.finditer(text):
        whole = next((edit for times in (3, 2) if (edit := _repeated(word[0], word.start(), times))), None)
        if whole:
            yield whole
            continue
        for run in _PAIRS.finditer(word[0]):
            if edit := _repeated(*_without_digits(run[0], word.start() + run.start()), 2):
                yield edit
        for run in _BRACKETED.finditer(word[0]):
            if edit := _shuffled(run[0], word.start() + run.start()):
                yield edit


def _without_digits(run: str, start: int) -> tuple[str, int]:
    """A run of pairs without the digits at its ends, which may really stand twice."""
    left = len(run) - len(run.lstrip("0123456789０１２３４５６７８９"))
    left += left % 2
    return run[left:].rstrip("0123456789０１２３４５６７８９"), start + left


def _repeated(word: str, start: int, times: int) -> Edit | None:
    groups = [word[at : at + times] for at in range(0, len(word), times)]
    if len(word) % times or any(len(set(group)) > 1 for group in groups):
        return None
    letters = {group[0] for group in groups if group[0].isalpha() and group[0] != "ー"}
    japanese = {letter for letter in letters if not letter.isascii()}
    bracketed = any(group[0] in "(（" for group in groups)
    # ま す ま す is no pair; three different pairs in a row are in no word.
    certain = len(japanese) >= (3 if times == 2 else 2) or (len(letters) >= 3 and bracketed)
    if not certain or any(a[0] == b[0] and not a[0].isdigit() for a, b in pairwise(groups)):
        return None
    kept = ((group[0], start + at * times, start + (at + 1) * times) for at, group in enumerate(groups))
    return Edit("overprint", start, start + len(word), tuple(_folded(kept)))


def _shuffled(run: str, start: int) -> Edit | None:
    """`(K((KKPPPIII)))`: three prints of `(KPI)` whose characters lie between each other."""
    folded = unicodedata.normalize("NFKC", run)
    if len(folded) != len(run) or any(count != 3 for count in Counter(folded).values()):
        return None
    firsts = sorted(set(folded), key=folded.index)
    places = {letter: [at for at, each in enumerate(folded) if each == letter] for letter in firsts}
    if any(at[2] - at[0] > 6 for at in places.values()) or not any(letter * 3 in folded for letter in firsts):
        return None
    bounds = [start + len(firsts[:at]) * 3 for at in range(len(firsts) + 1)]
    kept = tuple((run[places[letter][0]], bounds[at], bounds[at + 1]) for at, letter in enumerate(firsts))
    return Edit("overprint", start, start + len(run), kept)


def _spaced(text: str, known: Known) -> Iterator[Edit]:
    """Letters at one distance that are a word: `目 標 値`. What only may be one (`男 女 計`) stays."""
    for match in _SPACED.finditer(text):
        gap = len(match["gap"])
        letters = [(text[at], at) for at in range(match.start(), match.end(), gap + 1)]
        for first, last in _words([letter for letter, _ in letters], known):
            inside = letters[first:last]
            start, end = inside[0][1], inside[-1][1] + 1
            kept = ((letter, at, min(at + gap + 1, end)) for letter, at in inside)
            yield Edit("spaced", start, end, tuple(_folded(kept)))


def _words(letters: list[str], known: Known) -> list[tuple[int, int]]:
    """The words in a row of single letters: the longest known ones from the left, if they use all letters."""
    found, at = [], 0
    while at < len(letters):
        ends = range(min(len(letters), at + 12), at + 1, -1)
        end = next((end for end in ends if known("".join(map(radical_folded, letters[at:end])))), None)
        if end is None:
            return []
        found.append((at, end))
        at = end
    return found


def _emphasis(text: str) -> Iterator[Edit]:
    """The `**` of Markdown around words, which are kept."""
    for match in _EMPHASIS.finditer(text):
        yield Edit("emphasis", match.start(), match.start() + 2)
        yield Edit("emphasis", match.end() - 2, match.end())


def _folded(kept: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    return ((radical_folded(letter), start, end) for letter, start, end in kept)
