"""Lines with a mark in a goal's lines: directions and measures with their whole titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sosei_graph.ingest.extracting.goals.labels import label_kind, read_label
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.goals.mentions import number_of
from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.heads import heads_row
from sosei_graph.ingest.extracting.indicators.wrapped import display_width
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import ElementKind

_NAMED = re.compile(
    r"^\s*[【〔《■◆●○◎・]*\s*(?P<word>基本的方向性?|基本的な方向性?|基本方針|施策の(?:基本的)?方向性?|方向性|施策の柱|具体的な?施策|主要施策|基本施策|個別施策|重点施策|施策|取組項目|重点プロジェクト|プロジェクト)\s*"
    r"[(（]?(?P<sign>[0-9０-９]{1,2}(?:\s*[-－‐.．]\s*[0-9０-９]{1,2}){0,2}|[①-⑳]|[Ⅰ-Ⅻ]|[ア-ン](?![ァ-ヺー]))[)）]?\s*[】〕》]?\s*[:：.．、]?\s*(?P<title>.*)$"
)
_KINDS: tuple[tuple[str, ElementKind], ...] = (
    ("プロジェクト", "Project"),
    ("方向|方針|柱", "Direction"),
    ("施策|取組", "Measure"),
)
#: Words before a number that make it no element of a plan.
_NO_ELEMENT = re.compile(r"数値目標|KPI|指標|資料|論点|議|STEP|ステップ|テーマ|項目|別|附|付|様|第条")
_SECOND = re.compile(r"\s+(?=[①-⑳])")
_REFERS = re.compile(r"\s+(?:横断的な|基本)?目標\s*(?:[①-⑳]|[0-9０-９]{1,2})\s*$")
#: Heads of columns beside a title, which hold nothing: `施策 23 移住定住の促進 関係課`.
_BESIDE = re.compile(r"\s+(?:主管|関係|担当|所管)(?:課|部|部署|部局)(?:名)?\s*[:：]?\s*$")
_LONGEST = 80


@dataclass(frozen=True)
class Entry:
    """A marked line with its title: `style` as in `headings`, or the word (`基本的方向`) before the number."""

    style: str
    number: int
    notation: Wording
    title: Wording
    line: int
    kind: ElementKind | None = None
    prose: bool = False


def split(line: Line) -> list[Wording]:
    """The entries of a line: `(3)女性の雇用 ①職場の誘致 ②就業の促進` are three."""
    bounds = [
        0,
        *(place for found in _SECOND.finditer(line.words.text) for place in found.span()),
        len(line.words),
    ]
    parts = [line.words.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    marked = [part for part in parts if part and read_marks(part.text)]
    return parts if len(parts) > 1 and len(marked) == len(parts) else [line.words]


marks_of = lru_cache(maxsize=8192)(read_marks)
"""`headings.read_marks`, which lines are asked for many times."""


def entry_of(words: Wording, line: int) -> Entry | None:
    """The entry that words begin, without what goes on in the lines below."""
    if named := _NAMED.match(words.text):
        numbers = [number_of(part) for part in re.split(r"\s*[-－‐.．]\s*", named["sign"])]
        if numbers[-1] is not None and not re.match(r"[をにはがと、,~〜～]", named["title"]):
            kind = next(kind for pattern, kind in _KINDS if re.search(pattern, named["word"]))
            sign, title = words.cut(*named.span("sign")), words.cut(*named.span("title"))
            return Entry(named["word"] + "1" * len(numbers), numbers[-1], sign, title, line, kind)
    marks = [mark for mark in marks_of(words.text) if not mark.tight or mark.style in ("①", "❶", "(1)")]
    if not marks or marks[0].rest >= len(words.text):
        return None
    mark = marks[0]
    if _NO_ELEMENT.match(mark.style):
        return None
    begin = len(words.text) - len(words.text.lstrip())
    notation = words.cut(begin, begin + len(mark.printed))
    return Entry(mark.style, mark.numbers[-1], notation, words.cut(mark.rest), line)


def entries(lines: Sequence[Line]) -> list[Entry]:
    """All entries of lines, each with its whole title."""
    found: list[Entry] = []
    for at, line in enumerate(lines):
        if read_label(line.words) is not None:
            continue
        parts = [entry_of(words, at) for words in split(line)]
        known = [part for part in parts if part is not None]
        if not known:
            continue
        title, prose = _title(lines, at, known[-1].title)
        last = known[-1]
        known[-1] = Entry(last.style, last.number, last.notation, title, at, last.kind, prose)
        found += known
    return found


def _title(lines: Sequence[Line], at: int, first: Wording) -> tuple[Wording, bool]:
    """A title with its further lines; a sentence keeps all of its own, a title takes none of the text below it."""
    more = list[Wording]()
    for line in lines[at + 1 : at + 9]:
        if not line.joined and (line.parted or _begins(line)):
            break
        if line.joined and (read_label(line.words) or heads_row(line.words.text)):
            break
        more.append(line.words)
        if line.words.text.rstrip().endswith("。"):
            break
    whole = _trimmed(join([first, *more]))
    if first.text.endswith("。"):
        return first, True
    if "。" not in whole.text and len(whole) <= _LONGEST:
        return whole, False
    if "。" in first.text or (more and _is_one_sentence(lines[at].words, more)):
        return whole, True
    return _trimmed(first), False


def _is_one_sentence(first: Wording, more: Sequence[Wording]) -> bool:
    """Whether a sentence begins with the first line: it is as full as those that go on."""
    widest = max(display_width(words.text) for words in more)
    return len(first) >= 25 and display_width(first.text) >= 0.85 * widest


def _trimmed(words: Wording) -> Wording:
    """The words without a column beside them that names a goal or who is in charge."""
    found = _REFERS.search(words.text) or _BESIDE.search(words.text)
    return words.cut(0, found.start()) if found else words


def _begins(line: Line) -> bool:
    """Whether a line begins something of its own."""
    text = line.words.text
    if (
        entry_of(line.words, 0) is not None
        or read_bullet(text) is not None
        or read_label(line.words) is not None
        or heads_row(text)
    ):
        return True
    tokens = text.split()
    if len(tokens) == 2 and len(text) <= 24 and label_kind(tokens[0]):
        return True
    if line.counter or re.fullmatch(r"[-－\s]*[0-9０-９]{1,3}[-－\s]*", text):
        return True
    return (
        text[:1] in "【〔＜〈※"
        or re.match(r"\s*(?:横断的な|基本)目標\s*(?:[①-⑳]|[0-9０-９])?", text) is not None
    )


def runs(found: Sequence[Entry], style: str) -> list[list[Entry]]:
    """The entries of a style in runs: each begins with the first number, or after it with the next."""
    result: list[list[Entry]] = []
    for entry in found:
        if entry.style != style:
            continue
        if result and entry.number == result[-1][-1].number + 1:
            result[-1].append(entry)
        else:
            result.append([entry])
    return result
