"""Local governments that a text names: cities, towns, villages, special wards and prefectures.

    >>> [mention.code for mention in find_governments("富山県高岡市及び氷見市の全域")]
    ['16202', '16205']

A name is taken only where it is a name of its own (津市 is not in 大津市, nor 富山市 in 富山市場), and decided only
where the text decides: of the two 府中市 the one whose prefecture the text names, of the many 中央町 none. Towns and
villages bear names that quarters of cities bear too, so a bare one counts only in a text on its prefecture. Names
of municipalities that are no more are not guessed: a county that is not the town's own says that it is another.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from sosei_graph.ingest.counties import county_of
from sosei_graph.ingest.gazetteer import Gazetteer, spelled

Extent = Literal["whole", "part"]


@dataclass(frozen=True)
class Mention:
    """A government named in the text: code points `start` to `end`, its prefecture and county among them.

    `name` is as printed without these and without white space. `code` has two or five digits; where the text does not
    determine it, it is None and `candidates` are all that bear the name and can be where the text puts it: there is
    none for `富山県金沢市`, or for a town that is no more in its county. `extent` tells `の全域` and `の一部`, which
    reach from `end` to `tail`.
    """

    start: int
    end: int
    tail: int
    name: str
    code: str | None
    candidates: tuple[str, ...]
    prefecture: str | None = None
    county: str | None = None
    extent: Extent | None = None


_SUFFIX = re.compile("[都道府県市区町村]")
_COUNTY = re.compile(r"(?P<county>[㐀-鿿々ヶケの]{1,4})郡$")
_KANJI = re.compile(r"[㐀-鿿々〇]")
#: Kanji that end a word before a name: 第２期高岡市, 令和６年度高岡市, 甲高岡市, 市長高岡市 …
_BEFORE = frozenset("期度年月日回版次号及並甲乙丙丁者称")
_BEFORE_SHORT = frozenset("期度年甲乙丙丁")
#: What makes the last character of a name the first of another word (市場, 町内会, 区域), or the name a station's.
_AFTER = {
    "市": re.compile("場|街|況|駅"),
    "区": re.compile("[域画間分割]"),
    "町": re.compile(r"内会|並|家|屋|[0-9０-９一二三四五六七八九十]+(?:丁目|番)|丁目"),
    "村": re.compile("落|[0-9０-９]+番"),
}
_EXTENT = re.compile(r"の(?:区域の|行政区域の)?(?:(?P<whole>全域|全部)|(?P<part>一部))|(?P<all>全域)")
#: What follows the name of a town that acts: no quarter of a city has a council.
_GOVERNING = re.compile(
    r"\s*(?:長(?!屋)|議会|役場|役所|教育委員会|総合戦略|総合計画|総合振興計画|まち・ひと|人口ビジョン|地域再生|過疎|条例|規則|職員|広報)"
)
_AND = re.compile(
    r"(?:の(?:全域|一部))?(?:及び|および|並びに|ならびに|又は|または|と|、|，|,|・|･|及|並)?(?:並びに)?"
)
_LISTED_AFTER = re.compile("(?:[町村市][、，,・]|及び|並びに|[町村市]と)$")
_LISTED_BEFORE = re.compile("[、，,・（(]|及び|並びに")
_SENTENCE = re.compile(r"[。！？]")
#: How far a prefecture reaches that is named before a name in the same sentence.
_NEAR = 60


def find_governments(
    text: str, *, home: str | None = None, gazetteer: Gazetteer | None = None
) -> list[Mention]:
    """The governments that a text names, in its order, none within another.

    `home` is the code of the prefecture that the document comes from, where that is known.
    """
    finder = _Finder(text, gazetteer or Gazetteer.load())
    mentions = finder.mentions()
    context = _Context(text, mentions, home)
    return [mention if mention.code else context.decide(mention) for mention in mentions]


def is_listed(text: str, mention: Mention) -> bool:
    """Whether a name stands between the names of others: 岩内町、泊村、神恵内村."""
    before, after = text[: mention.start].rstrip()[-3:], text[mention.end :].lstrip()[:3]
    return bool(_LISTED_AFTER.search(before) and _LISTED_BEFORE.match(after))


@dataclass(frozen=True)
class _Named:
    """A name found, places in the text without white space."""

    start: int
    end: int
    codes: tuple[str, ...]

    @property
    def is_prefecture(self) -> bool:
        return len(self.codes[0]) == 2


class _Finder:
    """Finds names in one pass over the characters that end them."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.places = [place for place, letter in enumerate(text) if not letter.isspace()]
        self.squeezed = "".join(text[place] for place in self.places)
        self.letters = spelled(self.squeezed)
        self.text = text
        self.gazetteer = gazetteer

    def mentions(self) -> list[Mention]:
        """All names that stand for themselves, with what is printed before and after them."""
        found: list[Mention] = []
        last: _Named | None = None
        for named in self._names():
            mention = self._mention(named, last, found[-1] if found else None)
            if mention is not None:
                merged = (
                    bool(found) and found[-1].end > mention.start
                )  # 富山県 of 富山県高岡市, 東村 of 東村山郡
                found[-1 if merged else len(found) :] = [mention]
                last = named
        return _with_extents(found, self.text)

    def _names(self) -> list[_Named]:
        """Names whose surroundings let them be names; of two that overlap the longer, else the unbroken one."""
        found: list[_Named] = []
        for suffix in _SUFFIX.finditer(self.letters):
            end = suffix.end()
            lengths = range(min(self.gazetteer.longest, end), 1, -1)
            start = next(
                (end - n for n in lengths if self.letters[end - n : end] in self.gazetteer.codes), None
            )
            if start is not None:
                found.append(_Named(start, end, self.gazetteer.codes[self.letters[start:end]]))
        ends = {named.end for named in found}
        kept: list[_Named] = []
        taken: set[int] = set()
        for named in sorted(found, key=lambda each: (self._broken(each), each.start - each.end, each.start)):
            free = taken.isdisjoint(range(named.start, named.end))
            if free and self._is_whole(named) and self._begins_a_word(named, ends):
                kept.append(named)
                taken.update(range(named.start, named.end))
        kept.sort(key=lambda each: each.start)
        ends = {named.end for named in kept}
        return [named for named in kept if self._begins_a_word(named, ends)]

    def _broken(self, named: _Named) -> int:
        """How many times white space divides the name."""
        places = self.places[named.start : named.end]
        return places[-1] - places[0] - (len(places) - 1)

    def _is_whole(self, named: _Named) -> bool:
        """Whether the name does not go on, and is divided by no more than a line break (or evenly: `高 岡 市`)."""
        after = _AFTER.get(self.letters[named.end - 1])
        if after and after.match(self.letters, named.end):
            return False
        places = self.places[named.start : named.end]
        gaps = [self.text[here + 1 : there] for here, there in pairwise(places)]
        broken = [gap for gap in gaps if gap]
        return (
            not broken
            or (broken == ["\n"] and len(places) > 2)
            or (len(broken) == len(gaps) and len(set(gaps)) == 1)
        )

    def _begins_a_word(self, named: _Named, ends: set[int]) -> bool:
        start = named.start
        if start == 0 or start in ends or self.places[start] - self.places[start - 1] > 1:
            return True
        before, first = self.letters[start - 1], self.letters[start]
        if before == "郡" or (before in _BEFORE and named.end - start > 2) or before in _BEFORE_SHORT:
            return True
        if _KANJI.match(before):
            return not _KANJI.match(first) and before not in "旧元新"
        return not ("ァ" <= first <= "ヺ" and "ァ" <= before <= "ヺ")

    def _mention(self, named: _Named, last: _Named | None, before: Mention | None) -> Mention | None:
        start, county, codes = self._county(named, last)
        adjoining = last if last is not None and last.end == start else None
        name = self.squeezed[named.start : named.end]
        if adjoining and not adjoining.is_prefecture and county is None and name[-1] in "区町村":
            return None  # a quarter or ward of the city named before it
        in_prefecture = before if adjoining and adjoining.is_prefecture and not named.is_prefecture else None
        stated = in_prefecture.code if in_prefecture else self._linked_prefecture(start, before)
        inside = tuple(code for code in codes if stated and code.startswith(stated))
        codes = inside if in_prefecture or inside else self._as_printed(name, codes)
        sure = bool(in_prefecture or inside or named.is_prefecture or name[-1] == "市" or county is not None)
        code = codes[0] if sure and len(codes) == 1 else None
        first = in_prefecture.start if in_prefecture else self.places[start]
        end = self.places[named.end - 1] + 1
        prefecture = stated if in_prefecture or inside else None
        return Mention(first, end, end, name, code, codes, prefecture, county)

    def _as_printed(self, name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of those that are written as the text writes the name, if any are (鹿島市 is not 鹿嶋市)."""
        return tuple(code for code in codes if self.gazetteer.names[code] == name) or codes

    def _county(self, named: _Named, last: _Named | None) -> tuple[int, str | None, tuple[str, ...]]:
        """Where the name begins with its county, the county without 郡, and the codes of those that lie in it."""
        if not self.letters.endswith("郡", 0, named.start) or self.letters[named.end - 1] not in "町村":
            return named.start, None, named.codes
        counties = {code: county_of(code) for code in named.codes}
        for county in {county for county in counties.values() if county}:
            if self.letters.endswith(f"{spelled(county)}郡", 0, named.start):
                inside = tuple(code for code in named.codes if counties[code] == county)
                return named.start - len(county) - 1, county, inside
        found = _COUNTY.search(self.squeezed, max(0, named.start - 5, last.end if last else 0), named.start)
        if found is None:
            return named.start, None, named.codes
        return (
            found.start(),
            found["county"],
            (),
        )  # 南秋田郡昭和町, which is no more, is not the 昭和町 of today

    def _linked_prefecture(self, start: int, before: Mention | None) -> str | None:
        """富山県 of `富山県高岡市及び氷見市`: the prefecture named with what this name is joined to."""
        if before is None or before.prefecture is None:
            return None
        between = "".join(self.text[before.end : self.places[start]].split())
        return before.prefecture if _AND.fullmatch(between) else None


def _with_extents(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions with `の全域` or `の一部`, which holds for all that are joined before it."""
    done: list[Mention] = []
    extent: Extent | None = None
    for place in range(len(mentions) - 1, -1, -1):
        mention = mentions[place]
        if found := _EXTENT.match(text, mention.end):
            extent = "part" if found["part"] else "whole"
            mention = replace(mention, tail=found.end())
        elif place + 1 < len(mentions):
            between = "".join(text[mention.end : mentions[place + 1].start].split())
            extent = extent if between and _AND.fullmatch(between) else None
        else:
            extent = None
        done.append(replace(mention, extent=extent))
    return done[::-1]


class _Context:
    """What the whole text says of where it is."""

    def __init__(self, text: str, mentions: Iterable[Mention], home: str | None) -> None:
        self.text = text
        self.home = home
        sure = [mention for mention in mentions if mention.code]
        self.prefectures = [
            (mention.start, mention.code or "") for mention in sure if len(mention.code or "") == 2
        ]
        self.weights = Counter((mention.code or "")[:2] for mention in sure)
        self.named = Counter(code[:2] for code in {mention.code or "" for mention in sure})
        self.stated: dict[str, set[str]] = {}
        for mention in sure:
            self.stated.setdefault(spelled(mention.name), set()).add(mention.code or "")
        self.governing = {
            spelled(mention.name) for mention in mentions if _GOVERNING.match(text, mention.end)
        }

    def decide(self, mention: Mention) -> Mention:
        """The mention with its code, where the text on the whole decides it."""
        if not mention.candidates:
            return mention
        name = spelled(mention.name)
        stated = self.stated.get(name, set()) & set(mention.candidates)
        if len(stated) == 1:
            return replace(mention, code=next(iter(stated)))
        if (len(name) < 3 and not is_listed(self.text, mention)) or name[-1] == "区":
            return mention  # 中央区 is in many cities, 原村長 can be 原, the 村長
        only = mention.candidates[0] if len(mention.candidates) == 1 and self._is_known_town(name) else None
        return replace(mention, code=only or self._near(mention) or self._overall(mention))

    def _is_known_town(self, name: str) -> bool:
        """Whether a town's name can be no quarter of a city: it governs (`例示町議会`), or the name is long."""
        return name in self.governing or len(name) >= 5

    def _near(self, mention: Mention) -> str | None:
        """Decided by the prefectures that are named before it in its sentence."""
        window = self.text[max(0, mention.start - _NEAR) : mention.start]
        begin = mention.start - len(_SENTENCE.split(window)[-1])
        named = self.prefectures[
            bisect_left(self.prefectures, (begin,)) : bisect_left(self.prefectures, (mention.start,))
        ]
        found = [
            code for code in mention.candidates if any(code[:2] == prefecture for _, prefecture in named)
        ]
        return found[0] if len(found) == 1 else None

    def _overall(self, mention: Mention) -> str | None:
        """Decided where the document is about one prefecture: its own, or the one whose places it names most.

        One big city is named in documents of other prefectures; two governments of one are not by chance.
        """
        if self.home:
            inside = [code for code in mention.candidates if code[:2] == self.home]
            return inside[0] if len(inside) == 1 else None
        weights = sorted(((self.weights[code[:2]], code) for code in mention.candidates), reverse=True)
        best, code = weights[0]
        others = sum(weight for weight, _ in weights[1:])
        most = max(self.weights.values(), default=0)
        told = self.named[code[:2]] >= 2
        return code if told and best >= 4 * others and 2 * best >= most else None
