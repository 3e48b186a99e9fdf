"""What stands at the head of a column of indicators: 指標名, 単位, 基準値(H30), 令和5年度実績, 2024年度増加分.

>>> read_head("目標値（2026年度）").kind
'target'
>>> read_head("５－２の①に掲げる事業").role
'group'
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sosei_graph.ingest.extracting.indicators import head_forms as forms
from sosei_graph.ingest.records import ValueKind
from sosei_graph.text import squeeze, widths_folded
from sosei_graph.text.dates import Period, find_periods, read_period
from sosei_graph.text.units import read_unit

Role = Literal["name", "number", "group", "kind", "unit", "value", "when", "rating", "rate", "other"]


@dataclass(frozen=True)
class Head:
    """What a column holds.

    A `kind` column holds 目標 and 実績, for rows. A `value` column without `kind` is a year whose kind stands
    elsewhere; a `when` column holds the times of a kind. `when` is the time as printed, `start` and `end` its
    place in the folded head. `change`: its figures are changes (増加分). `total`: 累計 of the columns before.
    `rows` are the kinds of the rows of a cell, where the head tells them (上段：目標 下段：実績); `stack` are those of
    the cells below each other in this column, where heads stand so too (現状 over 目標), None for what is no value.
    """

    role: Role
    kind: ValueKind | None = None
    when: str | None = None
    start: int = 0
    end: int = 0
    period: Period | None = None
    unit: str | None = None
    change: str | None = None
    total: bool = False
    rows: tuple[ValueKind, ...] = ()
    stack: tuple[ValueKind | None, ...] = ()
    now: bool = False
    numeric: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it is a value whose kind stands elsewhere."""
        return self.role == "value" and self.kind is None


_LONGEST = 34
#: The time in which a unit is counted: 件/年.
PER_TIME = re.compile(r"/(年|月|日|週)度?$")
#: What is told by its words alone, before and after it is asked whether a head is one of values.
_BEFORE_VALUES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("unit", re.compile("単位")),
    ("kind", re.compile("区分|目標[・/]実績|値の区分")),
    ("number", forms.NUMBER),
    ("value", re.compile("数値?|値|指標値")),
    ("name", forms.NAME),
    ("rate", forms.RATE),
)
_AFTER_VALUES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("rating", forms.RATING),
    ("group", forms.GROUP),
    ("other", forms.OTHER),
)


def is_unit(text: str) -> bool:
    """Whether a text with its widths folded is a unit and nothing else, with or without a scale: 件, 百万円/年."""
    return read_unit(text) is not None


def kind_of_row(text: str) -> ValueKind | None:
    """The kind of value that the first cell of a row tells: 目標, 実績値, 計画."""
    plain = folded(text)
    head = read_head(text)
    told = head.kind if head and head.role == "value" and head.period is None else None
    return forms.KIND_NAMES.get(plain) or told


def tells_row(text: str) -> bool:
    """Whether a text says what stands in its row, and is no name: 実績値, 期待値, 達成率."""
    head = read_head(text)
    named = head is not None and head.role in ("rate", "rating", "value") and head.period is None
    return named or kind_of_row(text) is not None or folded(text) in forms.ROW_WORDS


def heads_row(text: str) -> bool:
    """Whether a line begins with the head of its row, and what stands there follows: `主担当課 商工課`."""
    first, _, rest = text.strip().replace("　", " ").partition(" ")
    head = read_head(first) if rest else None
    return head is not None and head.role in ("name", "other", "unit", "number", "rating", "rate")


def folded(text: str) -> str:
    """The text as heads are compared: widths folded, no white space, wave dashes alike."""
    return widths_folded(text)[0].replace("〜", "~").replace("～", "~")


@lru_cache(maxsize=4096)
def read_head(text: str) -> Head | None:
    """What a head says its column holds; None of what is no head for certain."""
    if len(text) > 2 * _LONGEST:
        return None
    plain = folded(text)
    if not plain or len(plain) > _LONGEST or "。" in plain:
        return None
    return _bare(plain) or _with_unit(plain)


def _bare(plain: str) -> Head | None:
    if found := forms.WHEN.fullmatch(plain):
        return Head("when", _kind(found[1] or ""))
    if found := forms.ROWS.search(plain):
        told = (found["upper"] or found["above"], found["lower"] or found["below"])
        return Head("value", rows=(forms.KIND_NAMES[told[0]], forms.KIND_NAMES[told[1]]))
    for role, pattern in _BEFORE_VALUES:
        if pattern.fullmatch(plain):
            return Head(role, numeric="数値目標" in plain)
    if (value := _value(plain)) is not None:
        return value
    role_after = next((role for role, pattern in _AFTER_VALUES if pattern.fullmatch(plain)), None)
    return Head(role_after) if role_after else None


def _with_unit(plain: str) -> Head | None:
    """`指標（単位：人）`, `実績値（千円）`."""
    found = forms.UNIT.search(plain)
    if found is None:
        return None
    unit = found["unit"] or found["named"]
    rest = plain[: found.start()] + plain[found.end() :]
    if not is_unit(unit):
        return None
    head = _bare(rest)
    return replace(head, unit=unit) if head and head.role in ("name", "value") else None


def _value(plain: str) -> Head | None:
    """The head of a column of values: its kind and its time, at least one of both."""
    whole = forms.MARKED.sub("", plain) or plain
    stated = _time(whole)
    if stated is None:
        rest = whole
        when, period, start, end = None, None, 0, 0
    else:
        start, end, period = stated
        rest = whole[:start] + whole[end:]
        start, end = _trimmed(whole, start, end, period)
        when = whole[start:end]
    change = forms.CHANGE.search(whole)
    kind = _kind(rest) or (None if period is None else _kind("".join(period.words)))
    kind = kind or ("target" if change or (period is not None and rest == "計画") else None)
    if kind is None and period is not None and period.kind == "plan-start":
        kind = "baseline"
    leftover = forms.CHANGE.sub("", rest).replace("KPI", "")
    if kind is None and (period is None or period.kind in ("unknown", "duration")):
        return None
    if not forms.VALUE.fullmatch(leftover):
        return None
    return Head(
        "value",
        kind,
        when,
        start,
        end,
        period,
        change=change[0] if change else None,
        total=bool(change and re.search("累計|合計|計$", whole)),
        now=bool(re.search("現状|現況|現在|現時点", rest) and "基準" not in rest),
    )


def _kind(rest: str) -> ValueKind | None:
    """The kind that the words beside the time tell; None where they tell two."""
    kinds = [kind for kind, words in forms.KINDS if re.search(words, rest)]
    if kinds == ["actual", "baseline"] and forms.AT_START.search(rest):
        return "baseline"
    return kinds[0] if len(kinds) == 1 else None


def _time(plain: str) -> tuple[int, int, Period] | None:
    """The time in a head, and where it stands."""
    for found in re.finditer(r"[(\[〔]([^()\[\]〔〕]+)[)\]〕]", plain):
        period = read_period(found[1])
        before = plain[: found.start()]
        certain = period is not None and (period.start is not None or period.kind == "plan-start")
        if period is not None and certain and (read_period(before) is None or _kind(before)):
            return found.start(1), found.end(1), period
    whole = read_period(plain)
    if whole is not None and whole.start is not None:
        found_in = find_periods(plain)
        only = found_in[0] if len(found_in) == 1 else None
        return (only.start, only.end, whole) if only and not whole.nth else (0, len(plain), whole)
    inside = find_periods(plain)
    if len(inside) == 1:
        return inside[0].start, inside[0].end, inside[0].period
    if whole is not None and whole.kind == "plan-start":
        return 0, len(plain), whole
    start = re.search(r"(?:本?計画|事業)(?:期間)?(?:の)?開始(?:時点?|前)(?:\((?:現時点|現状)\))?", plain)
    period = read_period(start[0]) if start else None
    return (start.start(), start.end(), period) if start and period else None


def _trimmed(plain: str, start: int, end: int, period: Period) -> tuple[int, int]:
    """The place of a time without the words that tell what it is for: `R6` of `R6目標値`."""
    inner = [at for word in period.words if (at := plain.find(word, start, end)) > start]
    if inner and (sooner := read_period(plain[start : min(inner)])) and sooner.start == period.start:
        end = min(inner)
    for word in period.words:
        if plain.endswith((f"({word})", f"({word}値)"), start, end):
            end = plain.rindex("(", start, end)
    for _ in range(4):
        for word in (*period.words, "値", "(", ")", "の", ":"):
            if plain.endswith(word, start, end) and end - start > len(word):
                if word == ")" and plain.count("(", start, end) == plain.count(")", start, end):
                    continue
                end -= len(word)
            if plain.startswith(word, start, end) and end - start > len(word):
                start += len(word)
    return start, end


def normalized(text: str) -> str:
    """NFKC without white space: for texts that are only compared."""
    return squeeze(unicodedata.normalize("NFKC", text))
