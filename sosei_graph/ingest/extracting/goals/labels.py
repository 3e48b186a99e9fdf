"""The labels of a strategy: 【数値目標】, (2) 基本的方向, ▼主なKPIの状況▼, 具体的な施策と客観的な指標."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.text import widths_folded

LabelKind = Literal["targets", "direction", "measures", "kpi", "done", "projects", "reference", "other"]

_REFERENCE = r"参考(?:値|指標)?"
_DONE = (
    r"(?:主な|具体的な|重点)?(?:施策|取組|取り組み|事業)の?(?:内容の?)?(?:(?:令和|平成)[0-9元]+年度の?)?(?:の?主な)?"
    r"(?:実施状況|実施内容|取組状況|取組実績|進捗状況|実績|成果|取組内容)"
    r"|(?:(?:令和|平成)[0-9元]+年度の?|昨年度の?)(?:主な)?(?:取組|取り組み|実施)(?:内容|状況|実績)?"
)
_TARGETS = (
    r"(?:基本目標[0-9①-⑳Ⅰ-Ⅻ]?の?|成果を測る)?(?:数値目標|成果目標)"
    r"(?:の例|例|の状況|の達成状況|の進捗状況|一覧)?(?:\(.{1,12}\))?"
)
_KPI = (
    r"(?:主な|客観的な|施策の)?(?:重要業績評価指標|重要業績指標|KPI|成果指標|目標指標|評価指標|指標)"
    r"(?:\(?(?:KPI|重要業績評価指標|数値目標)\)?)*(?:の例|例|の状況|の達成状況|の進捗状況|一覧|の設定)?"
)
_MEASURES = (
    r"(?:主な|具体的な?|重点)施策(?:と|及び|・|/|、)?(?:客観的な)?(?:の)?(?:重要業績評価指標|指標|KPI|数値目標)?"
    r"(?:\(?KPI\)?)?(?:の展開|の内容|一覧)?|施策の展開|施策体系|施策"
)
_DIRECTION = (
    r"(?:講ずべき|講じるべき|取り組むべき)?(?:施策|目標達成)?(?:に関する|に向けた|の)?"
    r"基本的(?:な)?(?:方向性?|考え方|な方向性?|方針)|施策の(?:基本的)?方向性?|目指すべき方向性?|目指す方向性?"
)
_PROJECTS = (
    r"(?:具体的な|主な|想定される|関連|重点|代表的な)(?:取組|取り組み|取組み|事業|主な事業)(?:内容|例|名)?"
    r"|主要事業|取組内容|事業概要"
)
_OTHER = (
    r"現状と課題|現状|課題|背景|目指す姿|将来像|SDGs?(?:との関連)?|関連するSDGs|推進主体|担当課|備考"
    r"|今後の方向性?|今後の取組|評価|検証結果|分析"
)
_KINDS: tuple[tuple[LabelKind, str], ...] = (
    ("reference", _REFERENCE),
    ("done", _DONE),
    ("targets", _TARGETS),
    ("kpi", _KPI),
    ("measures", _MEASURES),
    ("direction", _DIRECTION),
    ("projects", _PROJECTS),
    ("other", _OTHER),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_DRESS = "【】〔〕《》<>＜＞〈〉≪≫▼▲■□◆◇●○◎・▽△★☆※:：[]｜|"
_BRACKETED = re.compile(
    r"\s*[▼■□◆◇●○◎・▽★☆]*\s*(?:【(?P<a>[^【】]{2,30})】|〔(?P<b>[^〔〕]{2,30})〕|《(?P<c>[^《》]{2,30})》|≪(?P<d>[^≪≫]{2,30})≫|＜(?P<e>[^＜＞]{2,30})＞|〈(?P<f>[^〈〉]{2,30})〉|\[(?P<g>[^\[\]]{2,30})\])\s*[:：]?\s*"
)


#: A label with what it is for behind a colon: `数値目標：市内総生産 …`.
_NAMED = re.compile(r"^\s*[・○●◯◎■□◆◇]?\s*(?P<label>[^:：\s]{2,20})\s*[:：]\s*(?=\S)")
_WITH_REST: frozenset[LabelKind] = frozenset({"targets", "kpi", "reference"})


@dataclass(frozen=True)
class Label:
    """A label, and what stands after it on its line. `bare` is one without brackets or marks around it."""

    kind: LabelKind
    rest: Wording
    bare: bool = False


def read_label(line: Wording) -> Label | None:
    """The label that a line is, or begins with in brackets."""
    found = _read(line.text)
    return Label(found[0], line.cut(found[1]), found[2]) if found else None


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[LabelKind, int, bool] | None:
    """The kind of the label in a line, where the rest of the line begins, and whether it is bare."""
    if found := _BRACKETED.match(text):
        kind = label_kind(widths_folded(next(part for part in found.groups() if part))[0])
        return (kind, found.end(), False) if kind else None
    if named := _NAMED.match(text):
        kind = label_kind(widths_folded(named["label"])[0])
        if kind is not None and kind in _WITH_REST:
            return kind, named.end(), False
    marks = read_marks(text)
    if marks and (kind := label_kind(widths_folded(text[marks[0].rest :])[0])):
        return kind, len(text), False
    whole = label_kind(widths_folded(text)[0])
    return (whole, len(text), text.strip()[:1] not in _DRESS) if whole else None


@lru_cache(maxsize=8192)
def label_kind(folded: str) -> LabelKind | None:
    """The kind of a label by its words."""
    core = folded.strip(_DRESS)
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(core)), None)


def table_head(line: Wording) -> list[LabelKind]:
    """The labels that stand beside each other on a line: the head of a table (`基本的方向 具体的施策`)."""
    parts = line.text.split()
    kinds = [kind for part in parts if (kind := label_kind(part))]
    return kinds if len(parts) == len(kinds) >= 2 else []
