"""Where a document names its goals, by number and title."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.goals.labels import read_label
from sosei_graph.ingest.extracting.goals.lines import LEADERS, Line
from sosei_graph.ingest.extracting.headings import Mark, read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.heads import heads_row
from sosei_graph.ingest.extracting.numerals import READINGS, SIGNS
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold, widths_folded

#: What goals are called, the likeliest first: a document that has the first has no goals of the others.
WORDS = (
    r"(?:横断的な|分野横断的な?|横断)(?:基本)?目標",
    r"基本目標",
    r"(?:基本|重点|政策|施策|戦略|個別)目標",
    r"(?:基本|重点)?戦略",
    r"(?:基本|重点)方針",
    r"(?:政策|施策|戦略)の?柱",
    r"重点プロジェクト",
)
_SIGN = (
    r"[0-9０-９]{1,2}|[①-⑳]|[Ⅰ-Ⅻ]|[一二三四五六七八九十](?![^\s　])|[IVX]{1,4}(?![A-Za-z])"
    r"|[A-HＡ-Ｈ](?![A-Za-zＡ-Ｚａ-ｚ])"
)
_HEAD = re.compile(
    rf"^\s*(?:第\s*[0-9０-９一二三四五六七八九十]{{1,3}}\s*[編章節]\s*|[0-9０-９]{{1,2}}\s*[.．]?\s+)?[【〔《≪<＜■◆●○◎□◇▼・◯〇]*\s*"
    rf"(?P<word>{'|'.join(WORDS)})\s*(?P<sign>{_SIGN})\s*[】〕》≫>＞]?(?P<after>\s*[:：.．、|｜\-－―]?\s*)(?P<title>.*)$"
)
_REFERS = re.compile(
    r"^(?:[〜~～、,，・]|[-－][0-9０-９]|から|まで|及び|の(?!ぞみ|び)|に(?!ぎわ)|は(?!たらく|ぐく)|を|が|で(?!きる)|と(?!も|やま)|[)）」』]|関係|関連|など|等)"
)
_ALONE = re.compile(rf"^\s*[【〔■◆●○]*\s*(?P<word>{'|'.join(WORDS)})\s*[】〕]?\s*$")
_NUMBER = re.compile(rf"^\s*(?P<sign>{_SIGN})\s*[.．、]?\s*(?P<title>.*)$")
_DRESS = re.compile(r"^[「『“\"]+|[」』”\"]+$")
_PROVISIONAL = re.compile(r"\s*[(（](?:仮置き|仮称|仮|案|再掲)[)）]\s*$")
#: Heads of columns beside a title, which hold nothing.
_BESIDE = re.compile(r"\s+(?:主管|関係|担当|所管)(?:課|部|部署|部局)(?:名)?\s*[:：]?\s*$")
ENDS_OPEN = re.compile(r"(?:[、，・をがにでとのはへやも]|[(（「『][^)）」』]*)$")
#: Columns beside each other: a row of a table, and no title.
_COLUMNS = re.compile(r"\S(?: {3,}|　{2,}|\t)\S")
_MOST_GOALS = 12
_LONGEST_TITLE = 70
#: What begins with a kind of element and its number is no part of a goal's title.
_ELEMENT = re.compile(
    r"\s*(?:基本的な?方向性?|基本方針|(?:具体的な?|主要|基本|個別|重点)?施策|取組項目|重点プロジェクト)\s*[(（]?"
    r"(?:[0-9０-９①-⑳Ⅰ-Ⅻ]|[ア-ン](?![ァ-ヺー]))"
)
#: Line ends and spaces between two lines; more is a table that stands between them.
_NEAR = 12


@dataclass(frozen=True)
class Mention:
    """A place where a goal is named. `line` is the number of its line, `end` that of the line after the title.

    `titles` are what its title may be: the rest of the line, with one line more, with two.
    """

    word: str
    number: int
    notation: Wording
    titles: tuple[Wording, ...]
    line: int
    listed: bool = False
    provisional: bool = False


@dataclass
class Goal:
    """A goal with all places that name it."""

    word: str
    number: int
    mentions: list[Mention] = field(default_factory=list)
    title: Wording = field(default_factory=Wording)
    notation: Wording = field(default_factory=Wording)

    @property
    def is_cross_cutting(self) -> bool:
        """Whether it is a goal across the others."""
        return "横断" in self.word


def number_of(sign: str) -> int | None:
    """The number that a sign stands for."""
    if sign in SIGNS:
        return SIGNS[sign][1]
    plain = widths_folded(sign)[0]
    if plain.isdigit():
        return int(plain)
    return next((signs[plain] for style in ("I", "一", "A") if plain in (signs := READINGS[style])), None)


def numbered_goals(lines: Sequence[Line], holds_indicator: Callable[[Line], bool]) -> list[Goal]:
    """Goals of a document that has no word for them: its outermost numbered headings, if indicators stand below.

    At least two, counted from one, each with indicators before the next.
    """
    found: list[tuple[Line, Mark]] = []
    for line in lines:
        marks = [mark for mark in read_marks(line.words.text) if mark.style in ("1.", "1", "I", "I.", "第1")]
        if line.contents or not marks or marks[0].tight or "。" in line.words.text or len(line.words) > 60:
            continue
        mark = marks[0]
        if mark.numbers[-1] == len(found) + 1 and mark.rest < len(line.words) and not holds_indicator(line):
            found.append((line, mark))
    bounds = [line.number for line, _ in found] + [len(lines)]
    if (
        len({line.words.cut(mark.rest).folded for line, mark in found}) < len(found)
        or len(found) > _MOST_GOALS
    ):
        return []
    telling = [
        any(holds_indicator(line) for line in lines[start + 1 : end]) for start, end in pairwise(bounds)
    ]
    if len(found) < 2 or not all(telling):
        return []
    goals = []
    for line, mark in found:
        begin = len(line.words.text) - len(line.words.text.lstrip())
        sign = line.words.cut(begin, begin + len(mark.printed.rstrip(".．、")))
        titles, _ = _titles(lines, line.number, line.words.cut(mark.rest))
        mention = Mention("", mark.numbers[-1], sign, titles[:1], line.number)
        goals.append(Goal("", mark.numbers[-1], [mention], titles[0], sign))
    return goals


def is_heading(words: Wording) -> bool:
    """Whether words are the heading of a goal by number and title."""
    found = _HEAD.match(words.text)
    if found and _COLUMNS.search(found["title"]):
        return False
    return bool(found and found["title"] and "目標" in found["word"] and not _REFERS.match(found["title"]))


def find_goals(lines: Sequence[Line]) -> list[Goal]:
    """The goals of a document in the order of their kinds and numbers."""
    mentions = [mention for line in lines if (mention := _mention(lines, line.number))]
    mentions += _listed(lines)
    mentions.sort(key=lambda each: each.line)
    words = _kinds_used(mentions, lines)
    goals: dict[tuple[str, int], Goal] = {}
    for mention in mentions:
        if mention.word in words:
            key = (words[mention.word], mention.number)
            goals.setdefault(key, Goal(words[mention.word], mention.number)).mentions.append(mention)
    for goal in goals.values():
        _entitle(goal, lines)
    found = [goal for goal in goals.values() if goal.title]
    return sorted(found, key=lambda goal: (goal.is_cross_cutting, goal.number))


def grouped_goals(goals: Sequence[Goal], groups: Sequence[Wording]) -> list[Goal]:
    """The goals, and those that only the cells beside indicators name (基本目標１ しごとをつくる)."""
    known = {(goal.word, goal.number) for goal in goals}
    found: dict[tuple[str, int], dict[str, tuple[int, Wording, Wording]]] = {}
    for group in groups:
        heading = _HEAD.match(group.text)
        number = number_of(heading["sign"]) if heading and heading["title"] else None
        if heading is None or number is None or (heading["word"], number) in known:
            continue
        title, sign = group.cut(*heading.span("title")), group.cut(*heading.span("sign"))
        titles = found.setdefault((heading["word"], number), {})
        count = titles.get(fold(title.text), (0, title, sign))[0]
        titles[fold(title.text)] = count + 1, title, sign
    new = []
    for (word, number), titles in found.items():
        _, title, sign = max(titles.values(), key=lambda each: each[0])
        new.append(Goal(word, number, [], title, sign))
    return sorted([*goals, *new], key=lambda goal: (goal.is_cross_cutting, goal.number))


def _kinds_used(mentions: Sequence[Mention], lines: Sequence[Line]) -> dict[str, str]:
    """The words that name goals in this document: 横断的な目標, and of the others the first that counts from one."""
    del lines
    used: dict[str, str] = {}
    taken = False
    for pattern in WORDS:
        fitting = {each.word for each in mentions if re.fullmatch(pattern, each.word)}
        numbers = {each.number for each in mentions if each.word in fitting and any(each.titles)}
        cross = "横断" in pattern
        named_so = "基本目標" in pattern or {1, 2} <= numbers
        if fitting and (cross or (not taken and numbers and named_so)):
            used |= dict.fromkeys(fitting, "横断的な目標" if cross else min(fitting))
            taken = taken or not cross
    return used


def _mention(lines: Sequence[Line], at: int) -> Mention | None:
    line = lines[at]
    if line.contents or "。" in line.words.text or len(line.words) > _LONGEST_TITLE + 30:
        return None
    found = _HEAD.match(line.words.text)
    if found is None:
        return _on_three_lines(lines, at) or _at_end(lines, at)
    number = number_of(found["sign"])
    title = line.words.cut(*found.span("title"))
    if _COLUMNS.search(title.text):
        return None
    if number is None or (
        title and _REFERS.match(title.text) and not found["after"].strip("　 ") and not found["after"]
    ):
        return None
    if (
        title
        and _REFERS.match(title.text)
        and re.match(r"[〜~～、,，・)）」』]|の数値|の達成|関係", title.text)
    ):
        return None
    notation = line.words.cut(*found.span("sign"))
    titles, provisional = _titles(lines, at, title)
    return Mention(found["word"], number, notation, titles, at, provisional=provisional)


def _on_three_lines(lines: Sequence[Line], at: int) -> Mention | None:
    """`基本目標`, `1` and the title on lines of their own."""
    found = _ALONE.match(lines[at].words.text)
    if found is None or at + 1 >= len(lines):
        return None
    number = re.fullmatch(rf"\s*({_SIGN})\s*", lines[at + 1].words.text)
    if number is None or (value := number_of(number[1])) is None or at + 2 >= len(lines):
        return None
    titles, provisional = _titles(lines, at + 2, lines[at + 2].words)
    return Mention(found["word"], value, lines[at + 1].words.cut(0), titles, at, provisional=provisional)


def _at_end(lines: Sequence[Line], at: int) -> Mention | None:
    """A title with its number behind it: `新しい時代の流れを力にする 横断的な目標３`."""
    found = re.match(
        rf"^(?P<title>.{{6,}}?)\s*(?P<word>{WORDS[0]})\s*(?P<sign>{_SIGN})\s*$", lines[at].words.text
    )
    if found is None or (number := number_of(found["sign"])) is None:
        return None
    title = lines[at].words.cut(*found.span("title"))
    titles, provisional = _bare_titles([title])
    return Mention(
        found["word"], number, lines[at].words.cut(*found.span("sign")), titles, at, provisional=provisional
    )


def _listed(lines: Sequence[Line]) -> list[Mention]:
    """A caption (`基本目標`) with numbered titles below it."""
    found: list[Mention] = []
    for line in lines:
        caption = _ALONE.match(line.words.text)
        if caption is None or line.contents:
            continue
        entries: list[Mention] = []
        at = line.number + 1
        while at < len(lines) and at <= line.number + 24 and not _ALONE.match(lines[at].words.text):
            entry = _entry(lines, at, caption["word"])
            if entry and entry.number == len(entries) + 1:
                entries.append(entry)
            elif entry and entry.number <= len(entries):
                break
            at += 1
        if len(entries) >= 2:
            found += entries
    return found


def _entry(lines: Sequence[Line], at: int, word: str) -> Mention | None:
    found = _NUMBER.match(lines[at].words.text)
    if found is None or (number := number_of(found["sign"])) is None:
        return None
    title = lines[at].words.cut(*found.span("title"))
    start = at
    if not title and at + 1 < len(lines):
        start, title = at + 1, lines[at + 1].words
    if not title or len(title) < 5:
        return None
    titles, provisional = _titles(lines, start, title)
    return Mention(word, number, lines[at].words.cut(*found.span("sign")), titles, at, True, provisional)


def _titles(lines: Sequence[Line], at: int, title: Wording) -> tuple[tuple[Wording, ...], bool]:
    """The title as far as one, two and three lines go; a line that begins something else is none of it."""
    parts = [title] if title else []
    if title and (bullet := read_bullet(title.text)) is not None:
        parts = [title.cut(bullet)]
    grown = [join(parts)] if parts else []
    for number in range(at + 1, min(len(lines), at + 4)):
        line = lines[number]
        if not _may_go_on(line) or (line.parted and (parts or number > at + 1)):
            break
        if line.words.start - lines[number - 1].words.end > _NEAR:
            break
        parts.append(line.words)
        grown.append(join(parts))
        if len(parts) == 4:
            break
    return _bare_titles(grown)


def _may_go_on(line: Line) -> bool:
    text = line.words.text
    marks = read_marks(text)
    begins = (
        read_bullet(text) is not None
        or (bool(marks) and not marks[0].tight)
        or text.startswith(("【", "〔", "＜", "〈"))
    )
    return (
        not begins
        and read_label(line.words) is None
        and not heads_row(text)
        and not _ELEMENT.match(text)
        and "。" not in text
        and len(text) < 40
        and not line.counter
    )


def _bare_titles(grown: Sequence[Wording]) -> tuple[tuple[Wording, ...], bool]:
    bare: list[Wording] = []
    provisional = False
    for words in grown:
        if len(words) > _LONGEST_TITLE:
            break
        beside = _BESIDE.search(words.text) or LEADERS.search(words.text)
        title = words.cut(0, beside.start()) if beside else words
        if found := _PROVISIONAL.search(title.text):
            provisional, title = True, title.cut(0, found.start())
        bare.append(_unquoted(title))
    return tuple(bare), provisional


def _unquoted(title: Wording) -> Wording:
    """A title without quotation marks around all of it."""
    text = title.text
    around = text[:1] in "「『“" and text[-1:] in "」』”" and not re.search(r"[「」]", text[1:-1])
    return title.cut(1, len(text) - 1) if text and around else title


def _entitle(goal: Goal, lines: Sequence[Line]) -> None:
    """The title that most places agree on; of one place alone as many lines as its words need."""
    votes: Counter[str] = Counter()
    words: dict[str, tuple[Wording, Wording]] = {}
    firm = [
        mention for mention in goal.mentions if not mention.provisional and any(mention.titles)
    ] or goal.mentions
    for mention in firm:
        for title in mention.titles:
            if title:
                votes[fold(title.text)] += 1
                words.setdefault(fold(title.text), (title, mention.notation))
    if not votes:
        return
    most = max(votes.values())
    best = [text for text, count in votes.items() if count == most]
    if most == 1 or len(best) > 1:
        natural = [fold(alone.text) for mention in firm if (alone := _natural(mention, lines))]
        best = [text for text in natural if votes[text] == most] or natural or best
        counted = Counter(best)
        best = sorted(set(best), key=lambda text: (-counted[text], best.index(text)))
    goal.title, goal.notation = words[best[0]]


def _natural(mention: Mention, lines: Sequence[Line]) -> Wording | None:
    """The title of a place alone: it goes on while its words are not at an end."""
    titles = [title for title in mention.titles if title]
    for at, title in enumerate(titles):
        following = mention.line + at + 1
        joined = following < len(lines) and lines[following].joined
        if not ENDS_OPEN.search(title.text) and not joined:
            return title
    return titles[-1] if titles else None
