"""Lists of opinions: entries below 主な意見, under headings such as ＜子育て＞, some with an arrow and an answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.exchange import Answer, Gathered, Voice
from sosei_graph.ingest.extracting.council.labels import read_kind
from sosei_graph.ingest.extracting.council.lines import ARROW, BULLET, Row, usual_gap
from sosei_graph.ingest.extracting.council.meeting import is_head_label
from sosei_graph.ingest.extracting.council.turns import read_label
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold

_SECTION = re.compile(
    r"(?:(?:前回|第\d+回)(?:の)?(?:会議|審議会|委員会)?(?:における|での|の|で)?)?(?:委員|各委員|構成員|有識者|参加者)?(?:から|より)?(?:の|出された|いただいた|寄せられた)*(?:主な)?(?:ご|御)?"
    r"(?:意見(?:・(?:質問|提案|感想|要望|質疑))?|質疑(?:・意見)?|発言)(?:等|内容|要旨|の概要|の要旨|の内容|概要|交換(?:の概要|の内容|要旨)?|応答|一覧)*"
)
_STOP = re.compile(
    r"次回|閉会|その他|今後の|スケジュール|日程|資料|問い?合わ?せ|連絡事項|報告事項|以上|出席|欠席|配布|参考|結果|まとめ|対応方針$|会長まとめ"
)
_HEADING = re.compile(
    r"[＜<《〈【〔\[](?P<name>[^＞>》〉】〕\]]{1,40})[＞>》〉】〕\]]\s*(?:[(（].{1,12}[)）])?"
)
_PROCEDURE = re.compile(
    r"(?:開会|閉会|その他|議題|担当課:?説明|議事|議案|協議(?:事項)?|報告(?:事項)?|審議(?:事項|内容)?|.{0,10}(?:挨拶|あいさつ|紹介|説明))(?:[(（].*[)）])?"
)
_SQUARE = re.compile(r"\s*[■□◆◇▼]\s*(?P<name>[^。]{1,40})")


def heading_in(row: Row) -> Wording | None:
    """The name in a line that is a heading: in brackets, or after a square or a mark."""
    words = row.words
    if read_label(words):
        return None
    if found := _HEADING.fullmatch(words.text.strip()):
        name = words.cut(*found.span("name"))
        return None if read_kind(name.text) in ("opinion", "response") else name
    if found := _SQUARE.fullmatch(words.text):
        return words.cut(*found.span("name"))
    marks = read_marks(words.text)
    if marks and not marks[0].tight and "。" not in words.text and 1 < len(words) - marks[0].rest <= 40:
        return words.cut(marks[0].rest)
    return None


def headings(rows: Sequence[Row]) -> dict[int, Wording]:
    """The headings by the places of their lines; what opens or ends a part says nothing of its subject."""
    found = dict[int, Wording]()
    for row in rows:
        name = heading_in(row)
        if is_section(row) or is_head_label(row):
            found[row.words.start] = Wording()
        elif name is not None and not _PROCEDURE.fullmatch(name.folded):
            found[row.words.start] = name
        elif name is not None and read_marks(row.text):
            found[row.words.start] = Wording()
    return found


def is_section(row: Row) -> bool:
    """Whether a line opens a list of opinions."""
    marks = read_marks(row.text)
    text = fold(row.text[marks[0].rest if marks else 0 :])
    plain = re.sub(r"^[■□◆◇●○◎・【＜<《\[〔]+|[】＞>》\]〕:：]+$", "", text)
    return len(plain) <= 30 and bool(_SECTION.fullmatch(plain))


@dataclass
class Item:
    """An entry with its lines; an answer begins with an arrow."""

    words: list[Wording]
    sign: str
    heading: Wording = field(default_factory=Wording)
    answers: bool = False


def read_lists(rows: Sequence[Row], source: Source, gathered: Gathered) -> None:
    """Adds the opinions of all lists."""
    at = 0
    while at < len(rows):
        at += 1
        if is_section(rows[at - 1]):
            items, end = _items(rows, at)
            _add(items, source, gathered)
            if items:
                gathered.taken.append((rows[at - 1].words.start, rows[end - 1].words.end))
            at = max(at, end)


def _items(rows: Sequence[Row], first: int) -> tuple[list[Item], int]:
    """The entries below a line, and the line after the last."""
    items = list[Item]()
    heading = Wording()
    gap = usual_gap(rows)
    for at in range(first, len(rows)):
        row = rows[at]
        if _begins(row, rows[at + 1] if at + 1 < len(rows) else None, items):
            items.append(_item(row, heading))
        elif _is_stop(row):
            return items, at
        elif (name := _category(row)) is not None:
            heading = name
        elif not items or (row.gap > gap and not row.indent):
            return items, at
        else:
            items[-1].words.append(row.words)
    return items, len(rows)


def _begins(row: Row, following: Row | None, items: Sequence[Item]) -> bool:
    """Whether a line begins an entry; a short one over entries of another sign is a heading."""
    if ARROW.match(row.text):
        return bool(items)
    found = BULLET.match(row.text)
    if found is None:
        return False
    over = BULLET.match(following.text) if following else None
    short = len(row.words.folded) < 24 and not row.text.rstrip().endswith(("。", "？", "?"))
    return not (short and over and over["sign"] != found["sign"]) and not (
        short and found["sign"] in "■□◆◇" and not (items and items[-1].sign == found["sign"])
    )


def _item(row: Row, heading: Wording) -> Item:
    if arrow := ARROW.match(row.text):
        label = read_label(row.words)
        return Item([label[2] if label else row.words.cut(arrow.end())], "⇒", heading, answers=True)
    found = BULLET.match(row.text)
    end, sign = (found.end(), found["sign"]) if found else (0, "")
    return Item([row.words.cut(end)], sign, heading)


def _category(row: Row) -> Wording | None:
    if (name := heading_in(row)) is not None:
        return name
    if found := re.fullmatch(r"[(（](?P<name>[^()（）。、]{2,16})[)）]", row.text):
        return None if _PROCEDURE.fullmatch(row.words.folded[1:-1]) else row.words.cut(*found.span("name"))
    found = BULLET.match(row.text)
    return row.words.cut(found.end()) if found else None


def _is_stop(row: Row) -> bool:
    text = row.words.folded
    return len(text) < 30 and "。" not in text and bool(_STOP.search(text))


def _add(items: Sequence[Item], source: Source, gathered: Gathered) -> None:
    voice: Voice | None = None
    for item in items:
        words = join(item.words)
        if not item.answers:
            voice = Voice(words, item.heading)
            gathered.voices.append(voice)
        elif voice is not None:
            voice.answers.append(Answer(words))
        else:
            gathered.unread.append(source.unread([words], remarks.ANSWERS_NOTHING))
