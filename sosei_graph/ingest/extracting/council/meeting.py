"""The head of council material: which meeting it is of, when and where it was held, what was on its agenda.

Read are labels (会議の名称, 日時, 場所, 議題 …) with what stands beside or below them, in lines and in tables, and
title pages without labels.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.council.grid import grid_of
from sosei_graph.ingest.extracting.council.labels import read_kind
from sosei_graph.ingest.extracting.council.lines import BULLET, Row
from sosei_graph.ingest.extracting.headings import Mark, read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold
from sosei_graph.text.dates import find_periods

_HEAD_LINES = 70


def _spaced(words: str) -> str:
    """A pattern of words whose letters may stand apart (会 議 の 名 称)."""
    return "|".join(r"[ 　]*".join(map(re.escape, word)) for word in words.split("|"))


_LABELS = {
    "name": _spaced("審議会等の名称|審議会等名称|会議の名称|会議名称|会議等の名称|会議名|附属機関の名称"),
    "date": _spaced("開催日時|開催年月日|開会日時|日時|とき|開催日|開催期日"),
    "place": _spaced("開催場所|会議場所|場所|ところ|会場"),
    "agenda": _spaced(
        "会議次第|本日の会議内容|本日の議題|審議等事項|審議事項|協議事項|会議の議題|会議の内容|議題|議事|議案|案件名|案件|次第|式次第|会議内容|開催内容"
    ),
    "other": _spaced(
        "出席者名簿|出席者及び欠席者|出席委員等|出席委員|出席者名|出席者|出席状況|欠席委員|欠席者|傍聴人数|傍聴人|傍聴者の数|傍聴者数|傍聴者|事務局|配布資料|配付資料|会議資料|提出資料|提出された資料等の名称"
        "|資料|公開又は非公開の別|公開・非公開|会議の公開|公開|所管部署|所管課|担当課|問い合わせ先|問い合わせ|決定事項|発言者|会議要旨|会議の経過|会議結果|会議の結果|審議経過|審議内容|参加人数|次回開催予定日|議事録|参考資料|主な意見|顛末"
    ),
}
_LABEL = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:\d{1,2}[ 　.．]*|[(（]\d{1,2}[)）]\s*|[○●■◆・◎]\s*)?[【\[〔(（]?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")[】\]〕)）]?(?:[ 　]*[:：][ 　]*|(?=\s|$))"
)
NUMBER = re.compile(r"第\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*回")
_COUNCIL = r"(?:会議|審議会|委員会|懇談会|協議会|懇話会|検討会|聴取会|策定本部|推進本部|創生本部|部会|幹事会)"
_KIND_OF_PAPER = re.compile(
    r"\s*[(（]?(?:会議録|議事録|議事概要|議事要旨|会議概要|会議結果|要点録|開催結果|審議結果|顛末|概要|要旨|次第|式次第|会議次第|資料|配布資料|説明資料)"
    r"(?:[(（](?:要旨|概要|案|要約)[)）])?[)）]?(?:について)?\s*(?:[(（]案[)）])?$"
)
#: What a paper deals with, behind the name of the meeting: `…会議における意見への対応`, `…審議会 意見一覧`.
_ABOUT_MEETING = re.compile(
    rf"(?P<name>{_COUNCIL}(?:[(（][^)）]*[)）])?)(?:における|での|での|で|に係る|の|[ 　]+)"
    r"[^ 　]{0,20}(?:意見|質疑|質問|指摘|対応|回答|発言|スケジュール|日程)[^会]{0,20}$"
)
_YEAR = r"(?:(?:令和|平成)\s*(?:元|\d{1,2})|[RH]\d{1,2}|20\d\d)\s*年度?"
_OTHER_LINE = re.compile(r"[【(（\[〔■□◆◇●○〇◯・※-]")
_BUILDING = re.compile(
    r"(?:役所|役場|庁舎?|会館|センター|ホール|公民館|プラザ|会議室|階|室|ホテル.{0,12})(?:[(（].*[)）])?$"
)
_NOT_AGENDA = re.compile(r"(?:開会|閉会|開会・?閉会|散会|.{0,8}あいさつ|.{0,8}挨拶|会議録|出席者|傍聴).{0,2}")
#: How a line begins that goes on from the one before.
_GOES_ON = re.compile(
    r"[〜～~]|[にのをはがとへ](?=[^ぁ-ん])|に対する|について|に関する|による|及び|並びに|[）)、。]"
)
_HOLDS_ITEMS = re.compile(r"議題|議事|議案|協議|審議|報告|案件|説明")
_ITEM_ENDS = re.compile(
    r"(?:について|の件|に関すること|その他|報告|選出|説明|開会|閉会|挨拶|あいさつ|紹介|交付|指名|意見交換|協議|審議|結果|(?:案|[)）])の?(?:概要|説明)?)(?:[(（][^)）]*[)）])?$"
)


@dataclass
class Head:
    """What the head of the document says of the meeting."""

    name: Wording = field(default_factory=Wording)
    council: Wording = field(default_factory=Wording)
    number: int | None = None
    date: Wording = field(default_factory=Wording)
    day: str | None = None
    place: Wording = field(default_factory=Wording)
    agenda: list[Wording] = field(default_factory=list)
    title: Wording = field(default_factory=Wording)
    is_material: bool = False


#: Style of the mark, number, words of an entry.
Entry = tuple[str, int, Wording]


@dataclass
class Labelled:
    """A label with what stands beside it and in the lines below, up to the next label."""

    kind: str
    beside: Wording
    below: list[Row]


def read_head(source: Source, rows: Sequence[Row]) -> Head:
    """The head, from labels first and from the title page for what they leave open."""
    head = Head()
    labelled = [*_labelled(rows[:_HEAD_LINES]), *_in_tables(source)]
    for each in labelled:
        if each.kind == "date" and not head.day:
            _take_date(head, [each.beside, *(row.words for row in each.below[:3])])
        elif each.kind == "place" and not head.place:
            head.place = _place(each)
        elif each.kind == "name" and not head.name:
            head.name = each.beside or (each.below[0].words if each.below else Wording())
    _title(head, rows)
    if not head.day:
        _take_date(head, [row.words for row in rows[:12] if _is_day_line(row)])
    if not head.place:
        head.place = _bracketed_place(rows[:12], head)
    head.agenda = read_agenda(labelled, rows)
    return head


def _labelled(rows: Sequence[Row]) -> Iterator[Labelled]:
    """The labels in lines; several may stand in one (text that has lost its lines)."""
    current: Labelled | None = None
    for row in rows:
        found = [each for each in _LABEL.finditer(row.text) if _stands(each, row.text)]
        if not found or (found[0].start() > 0 and len(found) == 1 and len(row.text) < 40):
            if current is not None:
                current.below.append(row)
            continue
        for one, two in pairwise([*found, None]):
            assert one is not None  # noqa: S101
            if current is not None:
                yield current
            beside = row.words.cut(one.end(), two.start() if two else None)
            current = Labelled(one.lastgroup or "", beside, [])
    if current is not None:
        yield current


def is_head_label(row: Row) -> bool:
    """Whether a line begins with a label of the head, such as 場所 or 主な意見; 事務局 may also be a speaker."""
    found = _LABEL.match(row.text)
    return bool(found) and not re.search(r"事[ 　]*務[ 　]*局|発言者", found[0]) if found else False


def _stands(found: re.Match[str], text: str) -> bool:
    """Whether a label is one: at the beginning of its line, or within a long line that holds several."""
    return found.start() == 0 or len(text) > 60


def _in_tables(source: Source) -> Iterator[Labelled]:
    """Labels in the first column of a table, with the cell beside."""
    for start, end, table in source.tables[:3]:
        for cells in grid_of(table, start, end, source).rows:
            areas = [area for area in dict.fromkeys(cells) if area and area.lines]
            if len(areas) < 2:
                continue
            for label, value in zip(areas[::2], areas[1::2], strict=False):
                found = _LABEL.fullmatch(re.sub(r"\s", "", label.words.text) + "")
                if found:
                    lines = [Row(line, line) for line in value.lines]
                    yield Labelled(found.lastgroup or "", lines[0].words, lines[1:])


def _take_date(head: Head, lines: Sequence[Wording]) -> None:
    """The first line with one day in it."""
    for line in lines:
        found = find_periods(line.text)
        if len(found) == 1 and found[0].period.kind == "date" and found[0].period.start:
            head.day, head.date = found[0].period.start.isoformat(), line
            return


def _is_day_line(row: Row) -> bool:
    if re.search(r"更新|公表|掲載|現在|募集|作成", row.text) or len(row.text) >= 45:
        return False
    return bool(re.match(rf"[^0-9０-９]{{0,6}}(?:{_YEAR}|\d{{4}}\s*年).*日", row.text))


def _place(each: Labelled) -> Wording:
    if each.beside:  # names of people follow it where a text has lost its lines
        return Wording() if "、" in each.beside.text else each.beside
    lines = list[Wording]()
    for row in each.below[:5]:
        short = len(row.text) > 1 and len(row.words.folded) <= 30
        marked = bool(read_marks(row.text)) and not _BUILDING.search(row.text)
        if not short or marked or (lines and row.gap):
            break
        lines.append(row.words)
    return join(lines)


def _bracketed_place(rows: Sequence[Row], head: Head) -> Wording:
    """On a title page: what stands in brackets below the day, or is the name of a room."""
    for row in rows:
        if head.date and row.words.start > head.date.start:
            found = re.fullmatch(r"[【〔\[(（](?P<place>[^】〕\])）]{3,40})[】〕\])）]", row.text)
            at = re.fullmatch(r"(?:於|場所)\s*[:：]?\s*(?P<place>.{3,40})", row.text)
            if (match := found or at) is not None:
                return row.words.cut(*match.span("place"))
            return row.words if _BUILDING.search(row.text) and len(row.text) < 40 else Wording()
    return Wording()


def _title(head: Head, rows: Sequence[Row]) -> None:
    """The name of the meeting and its council, from the lines that name them."""
    named = _number_line(rows[:15]) if not head.name else head.name
    if named:
        head.title = head.title or named
        head.is_material = bool(re.search(r"資料|次第", named.text))
        head.name = _without_paper(named)
    head.council = _council(head.name, rows)
    number = NUMBER.search(head.name.text) if head.name else None
    head.number = _count(number[1]) if number else None


def _number_line(rows: Sequence[Row]) -> Wording:
    """The first line with the number of a meeting, or that is nothing but the name of one."""
    titled = [row for row in rows if _may_be_title(row)]
    for row in titled:
        if NUMBER.search(row.text) and re.search(_COUNCIL, row.text) and not _OTHER_LINE.match(row.text):
            return row.words
    for row in titled:
        if not _OTHER_LINE.match(row.text) and re.search(
            rf"{_COUNCIL}(?:[(（][^)）]*[)）])?$", _without_paper(row.words).text
        ):
            return row.words
    return Wording()


def _may_be_title(row: Row) -> bool:
    """Whether a line may name the meeting: no sentence, no row of a table or schedule."""
    text = row.text
    columns = len(re.findall(r"\S(?: {3,}|　{3,})(?=\S)", text)) > 1 or len(NUMBER.findall(text)) > 1
    dated = re.match(r"(?:(?:令和|平成)?\s*[0-9０-９元]{1,4}\s*年\s*)?[0-9０-９]{1,2}\s*月", text)
    return len(row.words.folded) <= 60 and "。" not in text and not row.caption and not columns and not dated


def _without_paper(words: Wording) -> Wording:
    """A title without the kind of paper that it names (資料, 会議録) and what stands before the name."""
    last = re.split(r"\s[>＞]\s", words.text)[-1]
    words = words.cut(len(words.text) - len(last))
    if found := _ABOUT_MEETING.search(words.text):
        words = words.cut(0, found.end("name"))
    while (found := _KIND_OF_PAPER.search(words.text)) and found.start() > 0:
        words = words.cut(0, found.start())
    return words.cut(0, len(words) - 1) if words.text.endswith("の") else words


def _council(name: Wording, rows: Sequence[Row]) -> Wording:
    """The council: the name without its year and number, else a line that is the name of one."""
    if not name:
        return Wording()
    rest = name.text
    parts = [(0, len(rest))]
    if found := NUMBER.search(rest):
        opened = re.search(r"[(（]\s*$", rest[: found.start()])
        closed = re.match(r"[^)）]{0,8}[)）]", rest[found.end() :]) if opened else None
        end = found.end() + (closed.end() if closed else 0)
        parts = [(0, opened.start() if opened and closed else found.start()), (end, len(rest))]
    if closed := re.search(r"[(（][^()（）]*[)）]$", name.text[parts[-1][0] : parts[-1][1]]):
        parts[-1] = (parts[-1][0], parts[-1][0] + closed.start())
    words = [name.cut(start, end) for start, end in parts if start < end]
    cleaned = [
        each.cut(len(year[0])) if (year := re.match(_YEAR + r"\s*の?", each.text)) else each for each in words
    ]
    council = join(each for each in cleaned if each.text.strip(" 　「」・（）()"))
    if re.search(_COUNCIL, council.text) and len(council.folded) > 3:
        return council
    for row in rows[:12]:
        if row.words.start != name.start and re.search(rf"{_COUNCIL}$", _without_paper(row.words).text):
            return _without_paper(row.words)
    return Wording()


def _count(printed: str) -> int | None:
    plain = fold(printed)
    if plain.isdigit():
        return int(plain)
    tens, ten, ones = plain.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.find(tens) if tens else 1) * (10 if ten else 0) + (digits.find(ones) if ones else 0)


def read_agenda(labelled: Sequence[Labelled], rows: Sequence[Row]) -> list[Wording]:
    """The items below (or above) a label of the agenda, else those numbered on the title page."""
    for each in labelled:
        if each.kind == "agenda":
            beside = [Row(words, words) for words in _apart(each.beside)]
            if items := _items([*beside, *each.below]):
                return items
    if items := _items([row for row in rows[:30] if not read_kind(row.text)], about=True):
        return items
    numbered = [row for row in rows if re.match(r"議題\s*[0-9０-９①-⑳]", row.text) and "。" not in row.text]
    return _items(numbered)


_INLINE = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:\d{1,2}(?=[^\d\s.．,、月日年時回名人件期次)）])|\d{1,2}[.．、]\s*|[(（]\d{1,2}[)）])"
)


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
    if begin is None or (not about and entries[begin][2].start > near + 80):
        return [] if about else _unnumbered(entries)
    outer, inner = list[Entry](), list[Entry]()
    for style, number, words in entries[begin:]:
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
    items = [words for style, _, words in inner if level and style == level] or [
        words for _, _, words in outer
    ]
    if about and not all(re.search(r"について|の件|報告", words.text) for words in items):
        return []
    return [words for words in items if not _NOT_AGENDA.fullmatch(words.folded)]


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


#: Marks of an agenda that elsewhere would be quantities and references: `7その他`, `(1)第2次計画について`.
_TIGHT = re.compile(
    r"(?:(?P<plain>\d{1,2})|[(（](?P<closed>\d{1,2})[)）])(?=[^\d\s.．,、月日年時回名人件期)）])"
)


def _entry(row: Row, marks: Sequence[Mark], tight: re.Match[str] | None) -> Entry:
    if marks or tight is None:
        return marks[0].style, marks[0].numbers[-1], row.words.cut(marks[0].rest)
    style = "1" if tight["plain"] else "(1)"
    return style, int(tight["plain"] or tight["closed"]), row.words.cut(tight.end())


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
