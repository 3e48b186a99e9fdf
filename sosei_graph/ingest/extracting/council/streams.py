"""Tables in text that has lost their columns: the cells follow each other, below heads in one line or one a line.

    分類 委員からの主なご意見 市の対応方針 該当箇所
    （category） （opinions） （responses） P10

A block is one row of the table. It is read where its parts can be told in one way only; the rest is listed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.exchange import Answer, Gathered, Voice, asks, promises
from sosei_graph.ingest.extracting.council.labels import Kind, is_place, read_kind
from sosei_graph.ingest.extracting.council.lines import BULLET, Row, usual_gap
from sosei_graph.ingest.extracting.council.turns import read_label
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.languages import Text
from sosei_graph.text import fold

_LONGEST_CATEGORY = 16
_MOST_HEADS = 6
_STOP = re.compile(r"[。、？?]")


@dataclass
class Block:
    """A row of the table: its category or number, its lines, and its cell of pages."""

    category: Wording = field(default_factory=Wording)
    rows: list[Row] = field(default_factory=list)
    place: Wording = field(default_factory=Wording)


def find_heads(rows: Sequence[Row], at: int) -> tuple[list[Kind], int] | None:
    """The kinds of the columns whose heads begin in a line, and where the body begins."""
    words = rows[at].text.split()
    kinds = [read_kind(word) for word in words]
    known = [kind for kind in kinds if kind]
    unknown = [word for word, kind in zip(words, kinds, strict=True) if not kind]
    if len(words) > 1 and "opinion" in known and "response" in known:
        short = [word for word in unknown if len(word) <= 2]
        if len(unknown) > len(short) or len(unknown) > 1:
            return None
        if words[0] in unknown:
            known.insert(0, "category")
        begin = at + 1
        if begin < len(rows) and fold(rows[begin].text) in ("箇所", "頁", "ページ", "か所"):
            begin += 1
            known += [] if "place" in known else ["place"]
        return known, begin
    return _stacked(rows, at)


def _stacked(rows: Sequence[Row], at: int) -> tuple[list[Kind], int] | None:
    """Heads one a line."""
    known = list[Kind]()
    for row in rows[at : at + _MOST_HEADS]:
        kind = read_kind(row.text)
        if kind is None or " " in row.text.strip() or BULLET.match(row.text):
            break
        known.append(kind)
    first_two = known[:1] != ["response"] and "opinion" in known and "response" in known
    return (known, at + len(known)) if first_two and len(known) > 2 else None


def read_streams(rows: Sequence[Row], source: Source, gathered: Gathered) -> None:
    """Adds the opinions of all such tables."""
    at = 0
    while at < len(rows):
        found = find_heads(rows, at)
        if found is None:
            at += 1
            continue
        kinds, begin = found
        if any(read_label(row.words) for row in rows[begin : begin + 3]):  # its cells say what they are
            at = begin
            continue
        blocks, end = _blocks(rows, begin, kinds)
        for block in blocks:
            _read(block, kinds, source, gathered)
        if not blocks and end == begin:
            end = _rest(rows, begin)
            words = [row.words for row in rows[begin:end]]
            if words:
                gathered.unread.append(source.unread(words, remarks.COLUMNS_UNREAD))
        gathered.taken.append((rows[at].words.start, rows[max(end, begin) - 1].words.end))
        at = max(end, at + 1)


def _rest(rows: Sequence[Row], begin: int) -> int:
    """The end of the text below heads whose rows cannot be told: the next heading."""
    for at in range(begin, len(rows)):
        if at > begin and ((read_marks(rows[at].text) and "。" not in rows[at].text) or find_heads(rows, at)):
            return at
    return len(rows)


def _blocks(rows: Sequence[Row], begin: int, kinds: Sequence[Kind]) -> tuple[list[Block], int]:
    """The rows of the table, and the line after the last."""
    blocks = list[Block]()
    at = begin
    while at < len(rows):
        block, after = _block(rows, at, kinds, len(blocks) + 1)
        if block is None or not block.rows:
            break
        blocks.append(block)
        at = after
    return blocks, at


def _block(rows: Sequence[Row], at: int, kinds: Sequence[Kind], number: int) -> tuple[Block | None, int]:
    block = Block()
    if kinds[0] == "number":
        rest = _numbered(rows[at], number)
        if rest is None:
            return None, at
        at += 1
        if rest:
            block.rows.append(Row(rest, rest))
    if "category" in kinds:
        if not block.rows and at < len(rows) and _is_category(rows, at):
            block.category = rows[at].words
            at += 1
        else:
            return None, at
    while at < len(rows) and not _ends(rows, at, kinds, block, number):
        block.rows.append(rows[at])
        at += 1
    if "place" in kinds and at < len(rows) and is_place(rows[at].text):
        block.place = rows[at].words
        at += 1
    return block, at


def _ends(rows: Sequence[Row], at: int, kinds: Sequence[Kind], block: Block, number: int) -> bool:
    """Whether a line is no longer one of the block's texts."""
    row = rows[at]
    if find_heads(rows, at) or ("place" in kinds and is_place(row.text)):
        return True
    if kinds[0] == "number" and _numbered(row, number + 1) is not None:
        return True
    ended = not block.rows or block.rows[-1].text.endswith(("。", "？", "?"))
    if "category" in kinds and (row.caption or (ended and _is_category(rows, at))):
        return True
    return ended and "。" not in row.text and bool(read_marks(row.text)) and not BULLET.match(row.text)


def _is_category(rows: Sequence[Row], at: int) -> bool:
    text = rows[at].text
    if rows[at].caption:
        return True
    short = len(fold(text)) <= _LONGEST_CATEGORY and not _STOP.search(text) and not is_place(text)
    return short and not BULLET.match(text) and not read_marks(text) and at + 1 < len(rows)


def _numbered(row: Row, number: int) -> Wording | None:
    """What follows the number that a line begins with, if it is that one."""
    found = re.match(r"\s*(\d{1,3})(?:[.．、)]|\s|$)\s*", row.text)
    if found is None or int(found[1]) != number:
        return None
    return row.words.cut(found.end())


def _read(block: Block, kinds: Sequence[Kind], source: Source, gathered: Gathered) -> None:
    parts = _split(block, kinds.index("opinion") < kinds.index("response"))
    if parts is None:
        whole = [block.category, *(row.words for row in block.rows), block.place]
        gathered.unread.append(source.unread(whole, remarks.COLUMNS_UNREAD))
        return
    opinions, responses, remark = parts
    answers = list[Answer]()
    if responses:
        places = [block.place] if block.place else []
        confidence = 0.9 if remark is remarks.BY_ORDER else 0.7
        answers.append(Answer(join(responses), places, [remark], confidence))
        if len(opinions) > 1:
            answers[0].remarks.append(remarks.SHARED_RESPONSE)
    for words in opinions:
        gathered.voices.append(Voice(words, block.category, answers=list(answers)))


Parts = tuple[list[Wording], list[Wording], Text]


def _split(block: Block, opinion_first: bool) -> Parts | None:
    """The opinions and the responses of a block; None where they can be told in more than one way or in none."""
    paragraphs = _paragraphs(block.rows)
    if not opinion_first or not paragraphs:
        return None
    if len(paragraphs) == 1:
        return _by_sentences(block.rows)
    if len(paragraphs) == 2 and not promises(paragraphs[0]) and not asks(paragraphs[1]):
        return paragraphs[:1], paragraphs[1:], remarks.BY_ORDER
    ways = [
        at
        for at in range(1, len(paragraphs))
        if all(map(asks, paragraphs[:at])) and all(map(promises, paragraphs[at:]))
    ]
    return (paragraphs[: ways[0]], paragraphs[ways[0] :], remarks.BY_WORDING) if len(ways) == 1 else None


def _by_sentences(rows: Sequence[Row]) -> Parts | None:
    """One opinion and one response whose paragraphs are not marked: cut where the wording changes, if it does once."""
    words = [row.words for row in rows]
    cuts = [at for at in range(1, len(words)) if words[at - 1].text.endswith(("。", "？", "?"))]
    halves = [(join(words[:at]), join(words[at:])) for at in cuts]
    ways = [
        (one, two)
        for at, (one, two) in zip(cuts, halves, strict=True)
        if asks(one)
        and promises(two)
        and not any(asks(join(words[at:later])) for later in [*cuts, len(words)] if later > at)
        and not any(promises(join(words[:earlier])) for earlier in cuts if earlier < at)
    ]
    if len(ways) != 1:
        return None
    return [ways[0][0]], [ways[0][1]], remarks.BY_WORDING


def _paragraphs(rows: Sequence[Row]) -> list[Wording]:
    """The paragraphs of a block: begun by bullets, by an indent (of a bullet that was lost), or by blank lines."""
    gap = usual_gap(rows)
    for begins in (
        [bool(BULLET.match(row.text)) for row in rows],
        [row.indent > 0 for row in rows],
        [row.gap > gap for row in rows],
    ):
        if any(begins) and (begins[0] or begins == [row.gap > gap for row in rows]) and not all(begins[:2]):
            return list(_cut(rows, begins))
        if any(begins) and begins[0]:
            return list(_cut(rows, begins))
    return [join(row.words for row in rows)]


def _cut(rows: Sequence[Row], begins: Sequence[bool]) -> Iterator[Wording]:
    part = list[Wording]()
    for row, begin in zip(rows, begins, strict=True):
        found = BULLET.match(row.text)
        if (begin or not part) and part:
            yield join(part)
            part = []
        part.append(row.words.cut(found.end()) if begin and found else row.words)
    yield join(part)
