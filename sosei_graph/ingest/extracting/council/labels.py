"""What heads of columns and labels of paragraphs stand for: opinion, response, category, page, time."""

import re
from collections.abc import Sequence
from typing import Literal

from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.text import fold

Kind = Literal[
    "opinion", "response", "category", "number", "place", "speaker", "grade", "when", "step", "other"
]

LONGEST = 28
_OFFICE = r"(?:事務局|本?[市町村県区]|担当[課部局]|執行部|当局|行政)"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:no\.?|№|#|番号?|整理番号|通し?番号?|連番|意見番号|項番|件数)", re.IGNORECASE)),
    (
        "grade",
        re.compile(
            r"(?:対応|反映|検討|回答|修正)(?:の)?(?:区分|有無|状況区分|分類|記号)|(?:計画|案|素案|原案)?への?反映(?:状況)?|反映|採否|修正の?有無|備考|担当(?:課|部局|部署)?|所管課?|関係課"
        ),
    ),
    (
        "response",
        re.compile(
            rf".*(?:対応(?:方針|状況|案|内容|結果|等)?|回答(?:案|内容|要旨)?|考え方|見解|検討結果(?:と理由|・理由)?|答弁(?:要旨|内容)?"
            rf"|反映(?:状況|結果|内容)|修正(?:内容|箇所・内容|案)|処理方針|説明)(?:\(案\))?(?:・修正内容|等)?|{_OFFICE}の?(?:説明|方針)"
        ),
    ),
    (
        "opinion",
        re.compile(
            r".*(?:意見|質問|質疑|提案|指摘|提言|要望)(?:等|内容|の概要|概要|要旨|の要旨|の内容|事項|・質問|・提案|の趣旨|者の意見)*(?:\(要旨\)|\(概要\)|\(要約\))?"
            r"|発言(?:内容|要旨|の要旨)"
        ),
    ),
    (
        "speaker",
        re.compile(
            r"(?:発言者|意見者|提出者|質問者)(?:名|・項目)?|(?:委員|氏)名?|委員氏名|所属(?:団体)?|団体名"
        ),
    ),
    (
        "place",
        re.compile(
            r"(?:該当|掲載|記載|修正|反映|関連|対象)(?:の)?(?:箇所|頁|ページ|P|か所|部分)?|頁|ページ|P\.?|箇所|資料(?:名|番号)?(?:・?頁)?|.{0,8}(?:ページ|該当頁|該当箇所)",
            re.IGNORECASE,
        ),
    ),
    (
        "when",
        re.compile(
            r"(?:開催|実施|予定)?(?:日程|時期|日時|期日|年月日?|月日|日|期間|年度|予定日|予定時期)|年|月|開催日|(?:会議)?開催(?:日|時期)(?:\(予定\))?"
        ),
    ),
    (
        "step",
        re.compile(
            r"(?:会議|主な|実施|審議|検討|協議|議題)?(?:の)?(?:内容|議題|事項|取組|実施事項|検討事項|協議事項|審議事項|会議名称?|会議等?|作業|動き|概要)(?:\(案\)|\(予定\)|等)?|step|会議名|行事|出来事|摘要",
            re.IGNORECASE,
        ),
    ),
    (
        "category",
        re.compile(
            r"(?:大|中|小)?(?:区分|分類|分野|項目|カテゴリー?|テーマ|種別|議題|類型|論点)(?:名|等)?|基本目標|基本方針|施策|政策|章|対象|計画の項目"
        ),
    ),
)
_NO_OPINION = re.compile(r"意見(?:に対する|への|を踏まえた|を受けた|の反映|者|番号|数|提出)")


def read_kind(text: str) -> Kind | None:
    """What a head stands for; None of one that is not known or too long to be a head."""
    plain = re.sub(r"^[【\[〔(<＜《■□◆◇●○・]+|[】\]〕>＞》:：]+$", "", fold(text))
    plain = re.sub(r"(?<=.)\([^()]{1,12}\)$", "", plain)
    if not plain or len(plain) > LONGEST or re.search(r"[。、]", plain):
        return None
    for kind, pattern in _KINDS:
        if pattern.fullmatch(plain) and not (kind == "opinion" and _NO_OPINION.search(plain)):
            return kind
    return None


def kinds_of(heads: Sequence[Wording]) -> list[Kind | None]:
    """What columns hold, by their heads; the second of a kind that a row has once is another."""
    kinds = [read_kind(head.text) for head in heads]
    for once in ("opinion", "response"):
        places = [at for at, kind in enumerate(kinds) if kind == once]
        for at in places[1:]:
            kinds[at] = "other"
    return kinds


def is_of_opinions(kinds: Sequence[Kind | None]) -> bool:
    """Whether heads are those of a table of opinions."""
    if "opinion" not in kinds or len(kinds) < 2:
        return False
    beside = {"response", "category", "number", "place", "speaker"}
    return "response" in kinds or bool(beside & set(kinds))


def is_of_turns(kinds: Sequence[Kind | None]) -> bool:
    """Whether heads are those of minutes: who speaks, and what is said."""
    return "speaker" in kinds and "opinion" in kinds and "response" not in kinds


def is_of_steps(kinds: Sequence[Kind | None]) -> bool:
    """Whether heads are those of a schedule."""
    return "when" in kinds and ("step" in kinds or "category" in kinds) and "opinion" not in kinds


_PLACE = re.compile(
    r"(?:(?:素案|原案|骨子案?|計画案?|冊子|本編|概要版|資料\d*(?:[-－]\d+)?|別紙\d*|参考資料\d*)の?)?"
    r"(?:P{1,2}\.?\d+(?:[~〜～\-－,、・]+(?:P{1,2}\.?)?\d+)*|\d+(?:[~〜～,、・]\d+)*(?:ページ|頁))",
    re.IGNORECASE,
)
_PLACE_CELL = re.compile(r"(?:全体|全般|共通|[-－ー―—]|\d+(?:[~〜～,、・\-－]\d+)*)")


def places_in(words: Wording) -> tuple[str, ...]:
    """The pages that words name, as printed: `P12`, `素案P12～14`, `資料２の５ページ`."""
    return tuple(words.group(found).text for found in _PLACE.finditer(words.folded))


def is_place(text: str) -> bool:
    """Whether a line is the cell of a column of pages, and nothing else."""
    plain = fold(text)
    return bool(_PLACE_CELL.fullmatch(plain) or _PLACE.fullmatch(plain))
