"""Names of indicators: without bullets and marks, and whether words can be one at all."""

import re
from itertools import pairwise

from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.heads import read_head
from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.text.dates import read_period

_KPI_MARK = re.compile(
    r"^(?:KPI|ＫＰＩ)[\s　]+(?=\S)"
    r"|^[【\[(（]?(?:KPI|ＫＰＩ|重要業績評価指標|指標|数値目標|目標|成果指標)"
    r"\s*(?P<mark>[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})*|[①-⑳]|[Ⅰ-Ⅹ])\s*[】\])）:：.．、]?\s*(?=\S)"
)
_KPI_WORD = re.compile(
    r"^[【\[(（]?(?:KPI|ＫＰＩ|重要業績評価指標(?:[(（](?:KPI|ＫＰＩ)[)）])?|数値目標|成果指標|指標名?)[】\])）]?(?:\s*[:：]\s*|\s+)(?=\S)"
)
#: The mark of a footnote behind a name: ※1, *２, （注1）.
_FOOTNOTE = re.compile(r"\s*(?:[(（]?(?:[※＊*]|注)\s*[0-9０-９]{1,2}\s*[)）]?|[(（][※＊*][)）]|[※＊*]+)$")
#: What no name holds: arrows, the keys of values, a figure with its time.
_NO_NAME = re.compile(
    r"[→⇒➡➔]|[:：]$|【(?:基準|現状|目標|実績|現況)値?】|(?:令和|平成)[0-9０-９元]{1,2}年?度?$"
    r"|^[約▲△]?[0-9０-９][0-9０-９,，.．]*[^0-9０-９\s]{0,5}$"
    r"|(?:基準値|現状値|目標値|実績値|現況値)\s*[)）】]?\s*[:：(（]?\s*[0-9０-９▲△約（(]"
    r"|[0-9０-９][^\s()（）]{0,6}[(（](?:[RHＲＨ]|令和|平成|20)[0-9０-９元]"
)

#: What a value in figures has, or a mark for none is.
_VALUE = re.compile(r"[0-9０-９]|^[-－―—ー]{1,2}$")
#: Units that stand in a column of their own, and end no name.
_UNIT = re.compile(
    r"[人件％%社回円点校台戸本組年]|(?:人|件|回|円)[/／]年|千円|百万円|万円|億円|世帯|[かカヵヶケ箇]所"
)


def is_name(text: str) -> bool:
    """Whether words can be the name of an indicator: no arrow, key or value in them, no bracket open."""
    if (
        len(text) < 2
        or _NO_NAME.search(text)
        or is_row(text)
        or ends_in_figure(text)
        or _holds_row(text)
        or re.match(r"[)）」』】〕、。,，.：:→]|[0-9０-９年度]{1,4}[)）]", text)
    ):
        return False
    return all(text.count(one) == text.count(two) for one, two in ("（）", "「」", "『』", "【】", "()"))


def is_row(text: str) -> bool:
    """Whether a text is a row of a table whose columns are lost: two cells at its end are values, or one is a unit."""
    pieces = text.split()
    cells = []
    for piece in reversed(pieces[1:]):
        if not _is_cell(piece):
            break
        cells.append(piece)
    is_filled = any(is_value(cell) and _VALUE.search(cell) for cell in cells)
    return (len(cells) >= 2 and is_filled) or (len(pieces) > 1 and _UNIT.fullmatch(pieces[-1]) is not None)


def is_figure(text: str) -> bool:
    """Whether a text is a value in figures, and no year or other head."""
    return re.search(r"[0-9０-９]", text) is not None and is_value(text) and read_head(text) is None


def ends_in_figure(text: str) -> bool:
    """Whether a text is words with a figure after them: two figures, or one that is more than a number."""
    pieces = text.split()
    if len(pieces) < 2 or is_value(pieces[0]) or not is_figure(pieces[-1]):
        return False
    return is_figure(pieces[-2]) or not re.fullmatch(r"[0-9０-９]+", pieces[-1])


def _holds_row(text: str) -> bool:
    """Whether two values stand beside each other in a text: it took in a row of a table."""
    cells = [_VALUE.search(piece) is not None and is_value(piece) for piece in text.split()]
    return any(one and two for one, two in pairwise(cells))


def _is_cell(piece: str) -> bool:
    period = read_period(piece)
    return (_VALUE.search(piece) is not None and is_value(piece)) or bool(period and period.start)


def is_marked(words: Wording) -> bool:
    """Whether words begin with the mark of an indicator: KPI①, 指標1, KPI：."""
    return (_KPI_MARK.match(words.text) or _KPI_WORD.match(words.text)) is not None


def cleaned(words: Wording) -> tuple[Wording, Wording]:
    """A name without the bullet and the footnote's mark, and the mark before it (`KPI①`, `(1)`) apart."""
    mark = Wording()
    if (note := _FOOTNOTE.search(words.text)) and note.start() > 1:
        words = words.cut(0, note.start())
    if (bullet := read_bullet(words.text)) is not None:
        words = words.cut(bullet)
    if found := _KPI_MARK.match(words.text):
        return words.cut(found.end()), words.cut(*found.span("mark"))
    if found := _KPI_WORD.match(words.text):
        words = words.cut(found.end())
    marks = read_marks(words.text)
    if marks and not marks[0].tight and marks[0].rest < len(words.text) and len(marks[0].printed) <= 5:
        mark, words = words.cut(0, len(marks[0].printed)), words.cut(marks[0].rest)
        mark = mark if mark.text.strip() == marks[0].printed.strip() else Wording()
    return words, mark
