"""The head of council material: which meeting it is of, when and where it was held, what was on its agenda.

Read are labels (会議の名称, 日時, 場所, 議題 …) with what stands beside or below them, in lines and in tables, and
title pages without labels.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.council.grid import grid_of
from sosei_graph.ingest.extracting.council.lines import Row
from sosei_graph.ingest.extracting.headings import read_marks
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
LABEL = re.compile(
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


@dataclass
class Head:
    """What the head of the document says of the meeting."""

    name: Wording = field(default_factory=Wording)
    council: Wording = field(default_factory=Wording)
    number: int | None = None
    date: Wording = field(default_factory=Wording)
    day: str | None = None
    place: Wording = field(default_factory=Wording)
    title: Wording = field(default_factory=Wording)
    is_material: bool = False
    labelled: "list[Labelled]" = field(default_factory=list)


@dataclass
class Labelled:
    """A label with what stands beside it and in the lines below, up to the next label."""

    kind: str
    beside: Wording
    below: list[Row]


def read_head(source: Source, rows: Sequence[Row]) -> Head:
    """The head, from labels first and from the title page for what they leave open."""
    head = Head()
    rows = list(_with_whole_labels(rows))
    labelled = [*_labelled(rows[:_HEAD_LINES]), *_in_tables(source)]
    for each in labelled:
        if each.kind == "date" and not head.day:
            _take_date(head, [each.beside, *(_without_rule(row.words) for row in each.below[:3])])
        elif each.kind == "place" and not head.place:
            head.place = _place(each)
        elif each.kind == "name" and not head.name:
            head.name = each.beside or (each.below[0].words if each.below else Wording())
    _title(head, rows)
    if not head.day:
        _take_date(head, [row.words for row in rows[:12] if _is_day_line(row)])
    if not head.place:
        head.place = _bracketed_place(rows[:12], head)
    head.labelled = labelled
    return head


def _with_whole_labels(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines, with a label together whose letters stand in two of them: 日 above 時：."""
    at = 0
    while at < len(rows):
        if len(rows[at].text) == 1 and at + 1 < len(rows):
            whole = join([rows[at].words, rows[at + 1].words])
            if LABEL.match(whole.text):
                yield Row(whole, whole, rows[at].gap)
                at += 2
                continue
        yield rows[at]
        at += 1


def _labelled(rows: Sequence[Row]) -> Iterator[Labelled]:
    """The labels in lines; several may stand in one (text that has lost its lines)."""
    current: Labelled | None = None
    for row in rows:
        found = [each for each in LABEL.finditer(row.text) if _stands(each, row.text)]
        if not found or (found[0].start() > 0 and len(found) == 1 and len(row.text) < 40):
            if current is not None:
                current.below.append(row)
            continue
        for one, two in pairwise([*found, None]):
            assert one is not None  # noqa: S101
            if current is not None:
                yield current
            beside = _without_rule(row.words.cut(one.end(), two.start() if two else None))
            current = Labelled(one.lastgroup or "", beside, [])
    if current is not None:
        yield current


def _without_rule(words: Wording) -> Wording:
    """A cell without the rules beside it, as text keeps them of a table."""
    found = re.match(r"[|｜\s]*(?P<cell>.*?)[|｜\s]*$", words.text, re.DOTALL)
    return words.cut(*found.span("cell")) if found else words


def is_head_label(row: Row) -> bool:
    """Whether a line begins with a label of the head, such as 場所 or 主な意見; 事務局 may also be a speaker."""
    found = LABEL.match(row.text)
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
                found = LABEL.fullmatch(re.sub(r"\s", "", label.words.text) + "")
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


#: A stretch of days is none on which a meeting is held: `4月20日(木)～5月19日(金)`.
_UNTIL_DAY = re.compile(
    r"日(?:\s*[(（][^()（）]*[)）])?\s*(?:[~～〜―－-]|から)\s*(?:[^0-9０-９]{0,4}[0-9０-９元]+\s*年\s*)?[0-9０-９]{1,2}\s*月"
)


def _is_day_line(row: Row) -> bool:
    if (
        re.search(r"更新|公表|掲載|現在|募集|作成", row.text)
        or len(row.text) >= 45
        or _UNTIL_DAY.search(row.text)
    ):
        return False
    return bool(re.match(rf"[^0-9０-９]{{0,6}}(?:{_YEAR}|\d{{4}}\s*年).*日", row.text))


def _place(each: Labelled) -> Wording:
    if each.beside:  # names of people follow it where a text has lost its lines, or an agenda
        found = re.search(r"\s+(?:\d{1,2}[.．、]|[(（]\d{1,2}[)）])", each.beside.text)
        words = each.beside.cut(0, found.start()) if found else each.beside
        return Wording() if "、" in words.text else words
    lines = list[Wording]()
    for row in each.below[:5]:
        short = len(row.text) > 1 and len(row.words.folded) <= 30
        marked = bool(read_marks(row.text)) and not _BUILDING.search(row.text)
        if not short or marked or (lines and row.gap):
            break
        lines.append(_without_rule(row.words))
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
        named = _last_of_path(named)
        head.title = head.title or _with_council(named, rows)
        head.is_material = bool(re.search(r"資料|次第", named.text))
        head.name = _without_paper(named)
    head.council = _council(head.name, rows)
    number = NUMBER.search(head.name.text) if head.name else None
    head.number = _count(number[1]) if number else None


def _with_council(named: Wording, rows: Sequence[Row]) -> Wording:
    """The title, with the line above it where only that says whose meeting it is."""
    at = next((at for at, row in enumerate(rows[:15]) if row.words.start == named.start), 0)
    above = rows[at - 1] if at else None
    only_counted = re.fullmatch(rf"(?:{_YEAR})?第[^回]{{1,3}}回(?:会議|会合)?", _without_paper(named).folded)
    if above is None or rows[at].gap or not only_counted or not re.search(rf"{_COUNCIL}$", above.text):
        return named
    return join([above.words, named], " ")


def _number_line(rows: Sequence[Row]) -> Wording:
    """The first line with the number of a meeting, or that is nothing but the name of one."""
    titled = [row for row in map(_before_labels, rows) if _may_be_title(row)]
    for row in titled:
        if NUMBER.search(row.text) and re.search(_COUNCIL, row.text) and not _OTHER_LINE.match(row.text):
            return row.words
    for row in titled:
        if not _OTHER_LINE.match(row.text) and _names_council(_without_paper(row.words)):
            return row.words
    return Wording()


#: The letters of labels that stood below each other (会議録 beside 会議名).
_LETTERS = re.compile(r"(?:[^\d\s][ 　]+){3,}(?=\S{2})")


def _before_labels(row: Row) -> Row:
    """What stands before the first label in the first line of a text that has lost its line ends."""
    if len(row.text) <= 100:
        return row
    start = letters.end() if (letters := _LETTERS.match(row.text)) else 0
    found = LABEL.search(row.text, start + 1)
    words = row.words.cut(start, found.start() if found else None)
    return Row(words, words, row.gap, row.caption)


def _names_council(words: Wording, least: int = 2) -> bool:
    """Whether words end as the name of a council does, and say which with so many letters."""
    found = re.search(rf"{_COUNCIL}(?:[(（][^)）]*[)）])?$", words.text)
    return bool(found) and len(re.sub(rf"{_COUNCIL}|有識者|本日の|[・\s]", "", words.folded)) >= least


def _may_be_title(row: Row) -> bool:
    """Whether a line may name the meeting: no sentence, no row of a table or schedule."""
    text = row.text
    columns = len(re.findall(r"\S(?: {3,}|　{3,})(?=\S)", text)) > 1 or len(NUMBER.findall(text)) > 1
    dated = re.match(r"(?:(?:令和|平成)?\s*[0-9０-９元]{1,4}\s*年\s*)?[0-9０-９]{1,2}\s*月", text)
    return len(row.words.folded) <= 60 and "。" not in text and not row.caption and not columns and not dated


def _last_of_path(words: Wording) -> Wording:
    """The page's own name in `庁 > 総合計画 > 審議会（第１回）`."""
    return words.cut(len(words.text) - len(re.split(r"\s[>＞]\s", words.text)[-1]))


def _without_paper(words: Wording) -> Wording:
    """A title without the kind of paper that it names (資料, 会議録) and what stands before the name."""
    words = _last_of_path(words)
    if found := _ABOUT_MEETING.search(words.text):
        words = words.cut(0, found.end("name"))
    while (found := _KIND_OF_PAPER.search(words.text)) and found.start() > 0:
        words = words.cut(0, found.start())
    return words.cut(0, len(words) - 1) if words.text.endswith("の") else words


#: A plan before the number of a meeting is what the council deals with, not the council.
_OF_EDITION = re.compile(
    r"第\s*[0-9０-９一二三四五六七八九]{1,2}\s*[次期].*(?:計画|戦略|プラン|ビジョン)\s*$"
)


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
    if len(parts) == 2 and _OF_EDITION.search(rest[: parts[0][1]]) and _names_council(name.cut(*parts[1]), 3):
        parts = parts[1:]
    words = [name.cut(start, end) for start, end in parts if start < end]
    cleaned = [
        each.cut(len(year[0])) if (year := re.match(_YEAR + r"\s*の?", each.text)) else each for each in words
    ]
    council = join(each for each in cleaned if each.text.strip(" 　「」・（）()"))
    if joint := re.search(r"[・、]\s*第\s*[0-9０-９]+\s*回", council.text):  # held together with another
        council = council.cut(0, joint.start())
    if re.search(_COUNCIL, council.text) and len(council.folded) > 3:
        return council
    for row in rows[:12]:
        if row.words.start != name.start and _names_council(_without_paper(row.words)):
            return _without_paper(row.words)
    return Wording()


def _count(printed: str) -> int | None:
    plain = fold(printed)
    if plain.isdigit():
        return int(plain)
    tens, ten, ones = plain.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.find(tens) if tens else 1) * (10 if ten else 0) + (digits.find(ones) if ones else 0)
