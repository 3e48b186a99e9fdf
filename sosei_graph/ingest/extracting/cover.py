"""The title of a document: the lines at its head that say what kind of paper it is."""

import re
from collections.abc import Iterator, Sequence

from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold
from sosei_graph.text.dates import read_period

_KINDS = (
    "骨子|素案|原案|概要版?|本編|資料編?|報告書?|状況|結果|評価|検証|一覧表?|シート|調書|評価票|指標|実績|(?:進行|進捗)管理(?:表|シート)?|考え方|進め方|方法"
    "|(?:総合戦略|戦略|計画|ビジョン|プラン|構想|方針|大綱)(?:改訂版?)?|について"
)
#: What a title ends with, and what may stand in brackets behind it.
_WHOLE = re.compile(rf"(?:{_KINDS}|[「『].{{2,24}}[」』])\s*(?:[(（【〔].{{1,30}}[)）】〕])?$")
#: What a line below a whole title adds to it: 取組状況, （素案）, 令和５年度進捗状況報告書.
_MORE = re.compile(
    r"[(（【〔]?(?:令和|平成)?[0-9０-９元]{0,4}\s*(?:年度?)?\S{0,6}?"
    r"(?:骨子|素案|原案|案|概要版?|本編|資料編|(?:取組|取り組み|進捗|実施|達成)(?:状況|実績)(?:等|一覧表?|報告書?|調書)?"
    r"|(?:効果|事業)?(?:検証|評価)(?:結果|シート|書|報告書?|調書|一覧表?)*|KPI一覧表?|改訂版)[)）】〕]?"
    r"|\S{2,40}について|\S{2,30}(?:総合戦略|人口ビジョン)"
)
#: The mark of a paper among others of a meeting.
_PAPER = re.compile(
    r"パブリックコメント(?:用|資料)*|[【〔\[(（]?\s*(?:(?:参考|会議|配付|配布|別添)?資料|別紙|別添|参考|当日資料)\s*(?:No\.?|№)?\s*[0-9０-９①-⑳]{0,3}"
    r"(?:\s*[-－‐―]\s*[0-9０-９]{1,2})?\s*[】〕\])）]?"
)
_PAPER_FIRST = re.compile(rf"(?:{_PAPER.pattern})(?:\s+|(?<=[】〕\])）]))(?=\S)")
_PAPER_LAST = re.compile(rf"\s+(?:{_PAPER.pattern})$|[【〔\[]\s*資料[^】〕\]]{{0,8}}[】〕\]]$")
_MEETING = re.compile(r"第\s*[0-9０-９一二三四五六七八九十]+\s*回.*(?:会議?|委員会|審議会|懇談会|協議会)")
_ENDS = re.compile(
    r"目\s*次|もくじ|はじめに|[。→⇒|｜]|(?:横断的な)?(?:基本)?目標\s*[0-9０-９①-⑳Ⅰ-Ⅻ]|(?:ます|です|した)$"
)
_MOST_LINES = 14
_LONGEST = 60


def title(source: Source) -> Wording:
    """The title at the head of a document; nothing where no line there says what paper it is.

    Days of issue, marks of papers (資料１) and the lines of a meeting are no part of it, nor is the body below it; one
    above it is.
    """
    heads = {fold(source.reading.text[each.line.start : each.line.end]) for each in source.repaired.dropped}
    lines = list(head_lines(source))
    return _title([each for each in lines if each.folded not in heads], source) or _title(lines, source)


def _title(lines: Sequence[Wording], source: Source) -> Wording:
    """The title in lines; a running head is rather that of the pages than of the document."""
    parts: list[Wording] = []
    body = Wording()
    for words in lines:
        is_body = _is_body(words, source)
        if is_body or _is_beside(words):
            if parts:
                break
            body = words if is_body else body
            continue
        line = _without_paper(words)
        if not parts and _MEETING.search(line.text):
            continue
        whole = any(_WHOLE.search(part.text) for part in parts)
        if _ends(line) or (whole and not _MORE.fullmatch(fold(line.text))):
            break
        parts.append(line)
    found = join(parts, " ")
    if not _WHOLE.search(found.text) or len(found) > 2 * _LONGEST:
        return Wording()
    return join([body, found], " ") if body and body.folded not in found.folded else found


def head_lines(source: Source) -> Iterator[Wording]:
    """The printed lines before the first table, without the names of sheets."""
    first = min((start for start, _, _ in source.tables), default=len(source.repaired.text))
    reading = source.reading
    sheets = {span.start for _, span in reading.outline} if reading.media_type == "xlsx" else set()
    count = 0
    for line in source.repaired.lines:
        words = source.wording(line.start, line.end)
        if line.start >= first or count >= _MOST_LINES:
            return
        if not words or line.canonical.start in sheets:
            continue
        count += 1
        yield words.cut(len(words.text) - len(words.text.lstrip("#")))


def _is_beside(words: Wording) -> bool:
    """Whether a line is the day of issue or the mark of a paper, and nothing else."""
    period = read_period(words.text)
    return bool(period and period.start) or _PAPER.fullmatch(words.text) is not None


def _is_body(words: Wording, source: Source) -> bool:
    """Whether a line is the name of a government and nothing else."""
    named = source.governments(words)
    return bool(named) and named[-1].end == len(words.folded) and named[0].start == 0


def _without_paper(words: Wording) -> Wording:
    if found := _PAPER_FIRST.match(words.text):
        words = words.cut(found.end())
    found = _PAPER_LAST.search(words.text)
    return words.cut(0, found.start()) if found and found.start() else words


def _ends(words: Wording) -> bool:
    """Whether a line begins the text below the title."""
    marks = [mark for mark in read_marks(words.text) if not mark.tight and not mark.style.startswith("第")]
    outside = re.sub(r"[(（【〔][^()（）【】〔〕]*[)）】〕]", "", words.text)
    chapter = re.match(r"第\s*[0-9０-９一二三四五六七八九十]+\s*[章節編部]", words.text)
    keyed = re.search(r"[:：]\s*\S", outside)
    listed = marks or chapter or keyed or read_bullet(words.text) is not None
    return bool(listed or len(words) > _LONGEST or _ENDS.search(words.text))
