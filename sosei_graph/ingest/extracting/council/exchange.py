"""Opinions with what answers them, before they are numbered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.council.lines import Row
from sosei_graph.ingest.extracting.wording import NOWHERE, Wording
from sosei_graph.ingest.records import Unread
from sosei_graph.languages import Text


@dataclass
class Answer:
    """A response, the pages that stand beside it, and how sure it is."""

    words: Wording
    places: list[Wording] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)
    confidence: float = 1.0


@dataclass
class Voice:
    """An opinion; answers that are the same object answer several."""

    words: Wording
    category: Wording = field(default_factory=Wording)
    speaker: Wording = field(default_factory=Wording)
    answers: list[Answer] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)
    confidence: float = 1.0

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words.start if self.words.start != NOWHERE else 0


@dataclass
class Gathered:
    """What parts of the document gave, and the places of the lines that they took."""

    voices: list[Voice] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)

    def free(self, rows: Sequence[Row]) -> list[Row]:
        """The lines that stand in no part that was read, of lines in the order of the document."""
        left = list[Row]()
        taken, at, reach = sorted(self.taken), 0, 0
        for row in rows:
            while at < len(taken) and taken[at][0] <= row.words.start:
                reach = max(reach, taken[at][1])
                at += 1
            if row.words.start >= reach:
                left.append(row)
        return left


_NOTHING = re.compile(r"[-‐－―ー—–─・/／\s]*|なし。?|特になし。?|該当なし。?")
_SAME = re.compile(
    r"(?:同上|上に同じ|上記(?:の|と)(?:とおり|同じ|同様)|(?:no\.?|№)?\d+(?:番)?(?:の(?:回答|対応)?)?(?:と|に)同じ|[〃″])。?",
    re.IGNORECASE,
)


def is_nothing(words: Wording) -> bool:
    """Whether a cell says that there is nothing."""
    return bool(_NOTHING.fullmatch(words.folded))


def is_same_as_another(words: Wording) -> bool:
    """Whether a cell points at another (同上)."""
    return bool(_SAME.fullmatch(words.folded))


_ASKS = re.compile(
    r"(?:と思(?:う|います|っている|われる|えた)|と(?:感じ|考え)(?:る|ます|ている|た|ました)|気が(?:する|します)|(?:ほ|欲)しい(?:です)?|べき(?:だ|である|です|ではないか)?"
    r"|必要(?:がある|だ|である|です|があります|ではないか)|(?:で|の|く)は(?:ない|なかろう|ないだろう|ないでしょう)?か|のでは|(?:いかが|どう|だろう|でしょう|です|ます|ない|ある|いる|する|の)か"
    r"|(?:良|よ|望まし)い(?:です)?|(?:いただ|頂)き(?:たい|たいです|ますよう)|もらい(?:たい|たいです)|願い(?:たい|ます|したい|いたします)|(?:重要|大切|大事|残念|不安|心配|疑問|効果的|課題)(?:だ|である|です)"
    r"|(?:分|わ)から(?:ない|ず)|違和感がある|見える)(?:と(?:の|いう)(?:こと|意見))?[。？?！]?$"
)
_PROMISES = re.compile(
    r"(?:検討(?:する|します|し(?:ていく|てまいります|ている|ています)|中である|いたします)|(?:取|と)り組(?:む|みます|んで(?:いく|いきます|まいります|いる))|図(?:る|ります|って(?:いく|いきます|まいります))"
    r"|努め(?:る|ます|ていく|てまいります)|設定(?:する|します|した|しました|している)|展開(?:する|します|していく)|位置(?:付|づ)け(?:る|ます|た|ました|ている|ています)"
    r"|進め(?:る|ます|ていく|ていきます|てまいります)|(?:修正|追記|追加|記載|反映|変更|整理|明記)(?:する|します|した|しました|いたします|いたしました|している|しています)"
    r"|(?:実施|推進|活用|支援|周知|把握|強化|促進|公表|参考と)(?:する|します|している|しています|し(?:ていく|ていきます|てまいります))"
    r"|行(?:う|います|って(?:いく|いきます|いる|まいります))|参考(?:と|に)(?:する|します|させていただ(?:く|きます))|お示しします|示す|まいります|いたします|こととし(?:た|ている|ます|ました)|予定(?:である|です|している))。?$"
)


def asks(words: Wording) -> bool:
    """Whether the last sentence ends as opinions and questions do."""
    return bool(_ASKS.search(words.folded)) and not _PROMISES.search(words.folded)


def promises(words: Wording) -> bool:
    """Whether the last sentence ends as answers of an office do."""
    return bool(_PROMISES.search(words.folded))
