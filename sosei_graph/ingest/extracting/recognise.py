"""To which family a document belongs, with the words that decided.

    >>> recognise(source).family            # doctest: +SKIP
    'progress'

Every family has words that only its documents bear: at the head (titles) they decide, in the body they add up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import FAMILIES, Family, Passage


@dataclass(frozen=True)
class Recognised:
    """A family, None where nothing decides; `words` are what decided, `others` the families that fit nearly as well."""

    family: Family | None
    words: tuple[Passage, ...] = ()
    others: tuple[Family, ...] = ()


_COUNCIL = (
    r"(?:会議|委員会|審議会|懇談会|協議会)\S{0,6}(?:資料|次第|議事録|会議録|議事要旨|議事概要)"
    r"|第[0-9一二三四五六七八九十]+回\S{0,20}(?:会議|委員会|審議会|懇談会)"
)
_REPORT = (
    r"(?:進捗状況|取組状況|進行管理|効果検証|検証結果|実施状況|評価結果|達成状況|評価・検証|検証・評価|事業評価|取組実績)"
    r"(?:報告書?|について|一覧表?|シート|調書|書|表)?$"
)
#: Family → (pattern, weight at the head of the document, weight in its body, counted once each).
_SIGNS: tuple[tuple[Family, str, int, int], ...] = (
    ("plan", r"地域再生計画の名称", 6, 6),
    ("plan", r"地域再生計画の作成主体", 4, 4),
    ("plan", r"^地域再生計画$", 4, 2),
    ("plan", r"[0-9]地域再生計画の(?:名称|区域|目標)", 2, 2),
    ("plan", r"地域再生を図るために行う事業", 3, 3),
    ("plan", r"まち・ひと・しごと創生(?:寄附活用|推進)(?:事業|計画)", 2, 1),
    ("agreement", r"連携協約|(?:形成|連携|研修等?)に関する協定|形成協定|連携中枢都市圏形成に係る", 6, 1),
    ("agreement", r"[(（](?:以下)?「[甲乙]」という", 5, 5),
    ("agreement", r"次のとおり(?:連携)?(?:協約|協定)を(?:締結|変更)|協定を(?:次のとおり)?締結する", 4, 4),
    ("agreement", r"[甲乙]の役割|役割分担", 1, 1),
    ("agreement", r"この協約(?:の|は|を)|本協約", 3, 3),
    ("agreement", r"協約の締結を証するため|協定の締結を証するため", 4, 4),
    (
        "council",
        r"(?:推進|戦略|審議|懇談|検討|創生|策定|評価|有識者)\S{0,6}(?:会議|委員会|審議会|懇談会|協議会|懇話会)$",
        4,
        0,
    ),
    ("council", _COUNCIL, 4, 1),
    (
        "council",
        r"委員(?:から)?の(?:主な)?(?:ご)?意見|市の(?:対応(?:方針)?|考え方)|町の(?:対応(?:方針)?|考え方)",
        3,
        3,
    ),
    ("council", r"本日の(?:会議内容|議題)|^(?:会議)?次第$|^議\s*(?:題|事)$", 2, 2),
    ("progress", _REPORT, 6, 1),
    (
        "progress",
        r"(?:令和|平成)[0-9元]+年度\S{0,12}(?:実績値|実施状況|取組実績|進捗状況|検証|評価結果)",
        3,
        2,
    ),
    ("progress", r"評価シート|検証結果一覧|マネジメントシート|進捗管理(?:シート|表)|事後評価|中間評価", 5, 1),
    ("progress", r"達成率|進捗率|達成度|進捗度", 1, 2),
    (
        "strategy",
        r"総合戦略(?:[「『].{2,20}[」』])?(?:\s*[（(]?(?:骨子|素案|原案|案|改訂版?|概要版?|本編)\S{0,6})?$",
        5,
        1,
    ),
    (
        "strategy",
        r"講ずべき施策に関する基本的方向|具体的な?施策(?:と客観的な指標)?$|施策の(?:基本的)?方向",
        2,
        3,
    ),
    ("strategy", r"数値目標・KPI一覧|数値目標及びKPI|KPI一覧", 3, 1),
    ("strategy", r"横断的な目標|基本目標[1I一]", 1, 2),
    ("strategy", r"(?:計画|推進|対象)期間", 1, 1),
    ("strategy", r"重要業績評価指標|KPI", 1, 1),
)
_PATTERNS = tuple((family, re.compile(pattern), head, body) for family, pattern, head, body in _SIGNS)
_HEAD_LINES = 14
_NEAR = 2
_LEAST = 4
#: A document that names a strategy at its head and has no other sign is taken for one.
_ABOUT = re.compile("総合戦略|創生戦略")
#: Of longer lines the beginning is read: text that has lost its line ends has all of its head there.
_LONGEST = 400


def recognise(document: Source | Reading) -> Recognised:
    """The family of a document."""
    source = document if isinstance(document, Source) else Source(document)
    scores: dict[Family, int] = dict.fromkeys(FAMILIES, 0)
    words: dict[Family, list[Passage]] = {family: [] for family in FAMILIES}
    for family, weight, found in _found(source):
        scores[family] += weight
        words[family].append(source.passage(found))
    ranked = sorted(scores, key=lambda family: -scores[family])
    best = ranked[0]
    if scores[best] < _LEAST:
        about = next(filter(None, (_group(line, _ABOUT) for line in _head(source))), None)
        return Recognised("strategy", (source.passage(about),)) if about else Recognised(None)
    near = tuple(family for family in ranked[1:] if scores[family] + _NEAR >= scores[best])
    return Recognised(best, tuple(words[best]), near)


def _found(source: Source) -> Iterator[tuple[Family, int, Wording]]:
    """Each sign once, where it weighs most."""
    lines = list(_lines(source))
    for family, pattern, head, body in _PATTERNS:
        best: tuple[int, Wording] | None = None
        for at, line in enumerate(lines):
            found = pattern.search(line.folded)
            weight = head if at < _HEAD_LINES else body
            if found and weight and (best is None or weight > best[0]):
                best = weight, line.cut_folded(*found.span())
        if best is not None:
            yield family, best[0], best[1]


def _head(source: Source) -> list[Wording]:
    return list(islice(_lines(source), _HEAD_LINES))


def _group(line: Wording, pattern: re.Pattern[str]) -> Wording | None:
    found = pattern.search(line.folded)
    return line.cut_folded(*found.span()) if found else None


def _lines(source: Source) -> Iterator[Wording]:
    for line in source.repaired.lines:
        words = source.wording(line.start, line.end)
        if words:
            yield words.cut(0, min(len(words), _LONGEST))
