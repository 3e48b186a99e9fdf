"""What the heads of columns and clauses of an agreement say: the content of an item, the role of a party, a cost."""

import re
from dataclasses import dataclass
from typing import Literal

from sosei_graph.ingest.extracting.wording import Wording

Kind = Literal["content", "role", "roles", "name", "field", "cost", "other"]

_WORK = r"(?:取り?組み?|事務|事業|施策|連携|協力)"
_COST = r"(?:費用|経費|負担)(?:の?(?:負担|分担))?(?:割合|区分)?(?:の?(?:考え方|方法))?"
_AND = r"(?:及び|並びに|・|、|と|/)"
_CONTENT = re.compile(
    rf"(?:(?:連携(?:する|して取り組む|を図る)?|相互に連携する|当該)?{_WORK}?(?:等)?(?:の|及びその|に関する)?(?:具体的な?)?(?:内容|概要)"
    rf"|(?:連携する|具体的な?)(?:取り?組み?|事務|事業)|取組事項|連携事項)(?:等)?"
)
_ROLE = re.compile(
    rf"(?P<who>.{{1,40}}?)(?:が|の|における)?(?:果たすべき|担う|主な|行う)?(?:役割(?:の?分担)?|分担|責務|担当(?:する)?(?:事務|内容)?|行う(?:取組|事務|こと)|取り?組み?(?:内容)?)(?:等)?(?:{_AND}(?:{_COST}))?(?:等)?"
)
_ROLES = re.compile(
    rf"(?:当該取り?組み?における|連携に係る|各市町?村?の|両市町?村?の|構成市町?村?の)?役割(?:の?分担)?(?:等)?(?:{_AND}{_COST})?(?:等)?"
)
_COSTS = re.compile(rf"{_COST}(?:等)?")
_FIELD = re.compile(
    r"(?:政策|連携|取組|連携する)?(?:分野|区分|の?柱|政策)(?:名)?|(?:大|中)項目|政策分野及び項目"
)
_NAME = re.compile(
    rf"{_WORK}(?:項目|名称?|の?区分|の?名称)?|(?:連携する)?(?:小)?項目(?:名)?|連携(?:する)?(?:取組|事業|事務)(?:名|項目)?|件名|事業名称?"
)
_OTHER = re.compile(
    r"備考|番号|No\.?|項番?|(?:関係|連携|対象|参加|実施|構成)(?:する)?(?:市町?村?|団体)|(?:実施|取組|事業)?(?:期間|年度|時期)|担当.*|関連.*|基本方針|目的|現状|課題|成果指標|KPI",
    re.IGNORECASE,
)
_DECORATION = "【】〔〕［］[]（）()＜＞<>《》「」『』〈〉■□◆◇○●◎・※▼▽▶:;"


@dataclass(frozen=True)
class Label:
    """What a head says. `who` are the words that name the party of a role."""

    kind: Kind
    who: str = ""


def read_label(text: str) -> Label | None:
    """What the head of a column or clause says; `text` is folded, without white space.

    >>> read_label("例示市の役割")
    Label(kind='role', who='例示市')
    """
    bare = text.strip(_DECORATION) if text.count("(") == text.count(")") else text.strip(_DECORATION + "()")
    if not bare or "。" in bare or len(bare) > 60:
        return None
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("roles", _ROLES),
        ("cost", _COSTS),
        ("content", _CONTENT),
        ("role", _ROLE),
        ("field", _FIELD),
        ("name", _NAME),
        ("other", _OTHER),
    )
    for kind, pattern in patterns:
        if found := pattern.fullmatch(bare):
            return Label(kind, found["who"].strip(_DECORATION) if kind == "role" else "")
    return None


_INLINE = re.compile(r"[:：]|\s{1,}|(?<=[】〕］＞》」』〉)）])")


def split_label(words: Wording) -> tuple[Label, Wording] | None:
    """The label that a clause begins with, and what follows it in the same line (`甲の役割　…を担う。`).

    Only labels of clauses are found: of contents, roles and costs.
    """
    whole = read_label(words.folded)
    if whole is not None:
        return (whole, Wording()) if whole.kind in ("content", "role", "roles", "cost") else None
    for found in _INLINE.finditer(words.text):
        label = read_label(words.cut(0, found.start() if found[0].strip() else found.end()).folded)
        if label is not None and label.kind in ("content", "role", "roles", "cost"):
            return label, words.cut(found.end())
        if found.start() > 40:
            break
    return None
