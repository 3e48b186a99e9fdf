"""Questions and answers in paragraphs: turns of speakers (【委員】, 事務局：), and labels (（意見）, ⇒, Q, A)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.exchange import Answer, Gathered, Voice, asks
from sosei_graph.ingest.extracting.council.grid import Headed
from sosei_graph.ingest.extracting.council.labels import read_kind
from sosei_graph.ingest.extracting.council.lines import ARROW, BULLET, Row
from sosei_graph.ingest.extracting.council.schedule import opens_schedule
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold

Part = Literal["member", "chair", "office", "opinion", "response"]

_NAME = r"[一-鿿々ぁ-んァ-ヶーA-Z○〇●◯＊*]{0,8}"
_BRACKET = r"(?:[(（][^()（）]{1,12}[)）])?"
_CHAIR = re.compile(rf"{_NAME}(?:副?会長|副?委員長|副?座長|副?部会長|副?議長|副?本部長){_BRACKET}(?:代理)?")
_MEMBER = re.compile(
    rf"(?:{_NAME}(?:委員|本部員|構成員|メンバー|アドバイザー|オブザーバー|部員)|委員[A-Z\d]{0, 2}){_BRACKET}"
)
_OFFICE = re.compile(
    rf"(?:事務局|執行部|当局|説明者|行政|[本当]?[市町村県区]|{_NAME}{_NAME}(?:[市町村]長|知事|部長|課長|室長|次長|局長|係長|主幹|主査|参事|理事|担当課?)){_BRACKET}"
)
_LABELS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("opinion", re.compile(r"(?:ご|御)?(?:意見|質問|質疑)(?:・(?:意見|質問)|\d{1,3})?|問\d*|Q\.?\d*")),
    ("response", re.compile(r"回答|答弁?\d*|対応|A\.?\d*")),
    ("chair", _CHAIR),
    ("member", _MEMBER),
    ("office", _OFFICE),
)
_BRACKETED = re.compile(
    r"\s*(?P<open>[【\[〔(（＜<])(?P<label>[^】\]〕)）＞>]{1,24})[】\]〕)）＞>]\s*[:：]?\s*"
)
_COLON = re.compile(r"\s*(?P<label>[^\s:：。、]{1,16})\s*[:：]\s*")
_NAMED = re.compile(r"\s*(?P<label>[^\s:：。、(（]{1,10}[(（][^()（）。、]{1,14}[)）])\s*")
_SPACED = re.compile(r"\s*(?P<label>[^\s:：。、]{1,16})(?:　+|\s+|$)")
_SENTENCE = re.compile(r"[。？?]")
_POLITE = re.compile(r"(?:(?:異議|意見)な(?:し|い)|はい|了解|承知|わかりました|ありがとうございま)")
_ENDS_SECTION = re.compile(r"(?:について|の件|その他|閉会|開会|議事|報告|質疑応答|意見交換)(?:\([^)]*\))?$")


@dataclass
class Turn:
    """What one speaker says, below its heading. `labelled` turns say themselves what they are."""

    part: Part
    speaker: Wording
    words: list[Wording] = field(default_factory=list)
    heading: Wording = field(default_factory=Wording)
    labelled: bool = False
    label: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)
    greets: bool = False

    @property
    def whole(self) -> Wording:
        """All that is said."""
        return join(self.words)


def read_label(words: Wording) -> tuple[Part, Wording, Wording, bool] | None:
    """Who speaks in a line, the label, and what follows it; `True` for a label that says what the turn is."""
    arrow, bullet = ARROW.match(words.text), BULLET.match(words.text)
    start = arrow.end() if arrow else bullet.end() if bullet else 0
    if found := re.match(r"\s*\d{1,3}[\s.．]+(?=[\[【〔(（])", words.text):
        start = found.end()
    rest = words.cut(start)
    for pattern in (_BRACKETED, _COLON, _NAMED, _SPACED):
        found = pattern.match(rest.text)
        if found is None:
            continue
        label = rest.cut(*found.span("label"))
        part = _part(label.text, bracketed=pattern is _BRACKETED)
        alone = pattern in (_BRACKETED, _COLON) or found.end() == len(rest.text) or bool(bullet or arrow)
        if pattern is _SPACED and part in ("opinion", "response") and not _IS_SIGN.search(label.text):
            continue  # 質疑 alone is a heading
        if part and (alone or _is_name(label.text)):
            after = rest.cut(found.end())
            own = part in ("opinion", "response")
            if arrow and part in ("office", "chair"):
                return "response", label, after, True
            return part, label, after, own
    return ("response", Wording(), rest, True) if arrow and rest else None


_IS_LETTER = re.compile(r"[QAＱＡ問答]")
#: A letter, or a number at the end, as of 意見１.
_IS_SIGN = re.compile(r"^[QAＱＡ問答]|[0-9０-９]$")


def _is_name(label: str) -> bool:
    return bool(re.search(r"委員|事務局|本部員|会長|座長", label) or _IS_LETTER.match(label))


def _part(label: str, *, bracketed: bool) -> Part | None:
    plain = fold(label).upper()
    for part, pattern in _LABELS:
        if pattern.fullmatch(plain):
            return part
    kind = read_kind(plain) if bracketed else None
    if kind == "opinion":
        return "opinion"
    return "response" if kind == "response" else None


def read_turns(rows: Iterable[Row], heading_of: dict[int, Wording]) -> list[Turn]:
    """The turns in lines, each from its label to the next, or to a heading that stands no deeper than the label."""
    reader = _TurnReader(heading_of)
    for row in rows:
        reader.read(row)
    turns = reader.turns
    letters = {turn.label[:1] for turn in turns}
    # Without a Q, A is the name of somebody.
    return turns if "q" in letters else [turn for turn in turns if not re.fullmatch(r"a\.?\d*", turn.label)]


@dataclass
class _TurnReader:
    """Reads turns line by line; what answers numbered opinions (意見１) has a label of its own line (市の考え方)."""

    heading_of: dict[int, Wording]
    turns: list[Turn] = field(default_factory=list)
    current: Turn | None = None
    indent: int = 0
    heading: Wording = field(default_factory=Wording)
    greets: bool = False
    numbered: bool = False

    def read(self, row: Row) -> None:
        """Takes in a line."""
        if row.words.start in self.heading_of:
            self.heading = self.heading_of[row.words.start]
            self.greets = bool(_GREETING.search(row.text))
        found = read_label(row.words) or (self._answer_label(row.words) if self.numbered else None)
        if found is not None and (self.turns or not ARROW.match(row.text)):
            self._begin(row, *found)
        elif self.current is not None:
            self._go_on(self.current, row)
        if self.current is not None:
            self.current.lines.append((row.words.start, row.words.end))

    def _begin(self, row: Row, part: Part, label: Wording, rest: Wording, labelled: bool) -> None:
        own = labelled and part in ("opinion", "response") and not _speaks(label)
        plain = fold(label.text)
        self.current = Turn(
            part, Wording() if own else label, [rest] if rest else [], self.heading, labelled, plain
        )
        self.current.greets = self.greets
        self.indent = row.indent
        self.numbered = self.numbered or bool(own and part == "opinion" and re.search(r"見\d", plain))
        self.turns.append(self.current)

    def _go_on(self, current: Turn, row: Row) -> None:
        if self.numbered and current.part == "opinion" and _OF_OPINION.fullmatch(row.words.folded):
            subject = current.whole
            current.words, current.heading = [], subject if len(subject.folded) < 30 else current.heading
        elif row.words.start in self.heading_of or (row.indent <= self.indent and _is_heading(row)):
            self.current = None
        else:
            current.words.append(row.words)

    def _answer_label(self, words: Wording) -> tuple[Part, Wording, Wording, bool] | None:
        alone = len(words.folded) < 16 and read_kind(words.text) == "response"
        return ("response", words, Wording(), True) if alone else None


#: The line between the subject of an opinion and its words.
_OF_OPINION = re.compile(r"(?:ご|御)?(?:意見の?)?(?:内容|概要|要旨)")
_GREETING = re.compile(r"あいさつ|挨拶")


def _speaks(label: Wording) -> bool:
    plain = fold(label.text).upper()
    return bool(plain) and any(pattern.fullmatch(plain) for pattern in (_CHAIR, _MEMBER, _OFFICE))


def _is_heading(row: Row) -> bool:
    if opens_schedule(row):
        return True
    text = row.words.folded
    if _SENTENCE.search(row.text) or len(text) > 60:
        return False
    marked = bool(read_marks(row.text)) or text.startswith(("議題", "■", "◆", "【", "＜", "《", "〈"))
    return marked and bool(
        _ENDS_SECTION.search(text) or text.startswith(("議題", "■", "◆", "＜", "《", "〈"))
    )


def turns_of(table: Headed) -> list[Turn]:
    """The turns in a table of speakers and what they say; a row without a speaker goes on."""
    turns = list[Turn]()
    for row in table.grid.rows:
        speaker, said = table.at(row, "speaker"), table.at(row, "opinion")
        if not said.lines:
            continue
        if speaker.lines or not turns:
            part = _part(speaker.words.text, bracketed=False) or "member"
            turns.append(Turn(part, speaker.words))
        turns[-1].words += said.lines
    return turns


def read_exchanges(turns: Sequence[Turn], source: Source, gathered: Gathered) -> None:
    """Adds the opinions of members, each with the answer that follows it at once."""
    before: Turn | None = None
    voice: Voice | None = None
    for turn in turns:
        whole = turn.whole
        if not whole or _only_calls(turn):
            continue
        if turn.part in ("response", "office"):
            if voice is not None and before is not None and _says(turn):
                voice.answers.append(_answer(turn, before, whole))
                gathered.taken += turn.lines
            elif turn.part == "response" and before is None and _says(turn):
                gathered.unread.append(source.unread([whole], remarks.ANSWERS_NOTHING))
        elif (made := _voice(turn, whole)) is not None:
            voice = made
            gathered.voices.append(voice)
            gathered.taken += turn.lines
        else:
            voice = None
        before = turn


def _only_calls(turn: Turn) -> bool:
    """Whether the chair does no more than call on somebody (町長。)."""
    return (
        turn.part == "chair"
        and len(turn.whole.folded) < 12
        and not turn.whole.text.endswith(("か。", "？", "?"))
    )


def _says(turn: Turn) -> bool:
    """Whether a turn says something: a list of names does not."""
    return turn.labelled or bool(_SENTENCE.search(turn.whole.text))


def _answer(turn: Turn, before: Turn, whole: Wording) -> Answer:
    certain = turn.labelled and before.part != "office"
    return Answer(whole, remarks=[] if certain else [remarks.NEXT_TURN], confidence=1.0 if certain else 0.7)


def _voice(turn: Turn, whole: Wording) -> Voice | None:
    """The opinion of a turn: none where somebody only calls on others or agrees."""
    short = len(whole.folded) < 25 and bool(_POLITE.search(whole.folded))
    if not _says(turn) or short or (turn.part != "opinion" and not turn.labelled and len(whole.folded) < 8):
        return None
    if turn.greets:
        return None
    voice = Voice(whole, turn.heading, turn.speaker)
    if turn.part == "chair":
        if not asks(whole) or re.search(
            r"(?:ご|御)?(?:意見|質問|質疑|発言)(?:は|等)?.{0,12}(?:か|お願い|たい)", whole.folded
        ):
            return None
        voice.remarks.append(remarks.CHAIR)
        voice.confidence = 0.5
    return voice
