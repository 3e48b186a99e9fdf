"""What stands in a cell where a value belongs: figures, the reason why there is none, or a value in words.

    >>> read_cell("９人（延べ243日）").figures[1].counting
    '延べ'
    >>> read_cell("公表は12月頃").absence
    'not-yet-counted'
    >>> read_cell("前年度を上回る").words
    '前年度を上回る'

A dash alone is no figure and no zero; a cell that is none of these for certain is unread.
"""

import re
from dataclasses import dataclass
from typing import Literal

from sosei_graph.text.dates import period_at
from sosei_graph.text.figure import Figure, FoundFigure
from sosei_graph.text.figure_reader import read_figures
from sosei_graph.text.printed import printed
from sosei_graph.text.units import read_unit

Content = Literal["figure", "figures", "absence", "words", "empty", "unread"]


@dataclass(frozen=True)
class Entry:
    """The content of a cell. At most one of `found`, `absence` and `words` is given.

    `found` are its figures with their places in the cell, in order; `absence` is the local name of a concept of the
    scheme of absence reasons; `words` is the cell's text without white space.
    """

    printed: str
    found: tuple[FoundFigure, ...] = ()
    absence: str | None = None
    words: str | None = None

    @property
    def content(self) -> Content:
        """What the cell holds."""
        if self.found:
            return "figure" if len(self.found) == 1 else "figures"
        if self.absence is not None:
            return "absence"
        if self.words is not None:
            return "words"
        return "unread" if self.printed.strip() else "empty"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the cell; nothing is computed of them."""
        return tuple(each.figure for each in self.found)

    @property
    def figure(self) -> Figure | None:
        """The figure of a cell that holds one."""
        return self.found[0].figure if len(self.found) == 1 else None


_DASHES = r"[\-－ー―—‐−–─━ｰ‑﹣⁻]{1,4}"
_DASH = re.compile(rf"{_DASHES}|[/\\＼]|…|\.{{3}}|・{{2,3}}")
_DASH_BEFORE_UNIT = re.compile(rf"{_DASHES}(?=[^\d])")
_LATER = r"(?:公表|公開|発表|確定|判明|集計|算定|算出|把握)"
_COMING = r"(?:予定|待ち|前|見込み?|でき次第|次第)"
_WHEN = (
    r"(?:\d{1,2}月|年度末|年度内|年内|来年度?|翌年度?|次年度|今後|後日|今年度末?|[上中下]旬|[春夏秋冬]|頃|ごろ"
    "|以降|中|末|に|の|は)+"
)
#: Local names of the scheme of absence reasons, and what documents print for each.
_ABSENCES: dict[str, tuple[str, ...]] = {
    "not-implemented": (
        "未実施|未着手|未開始|未開催|実施なし|実施せず|事業未実施|調査未実施|未調査|未測定|未計測|調査なし",
        "新規(?:事業|取組|項目|指標)?(?:のため(?:なし)?)?",
    ),
    "not-yet-counted": (
        "(?:現在)?(?:集計|調査|確認|算定|算出|精査|照会|取りまとめ|分析)中",
        "集計前|未集計|未公表|未発表|未確定|未算定|未判明",
        rf"(?:{_WHEN})?{_LATER}{_COMING}|{_WHEN}{_LATER}|{_LATER}は{_WHEN}{_COMING}?",
    ),
    "not-yet-set": (
        "未設定|未定|検討中|調整中|協議中|設定中|目標値?未設定|別途設定|新たに設定",
        rf"{_WHEN}(?:設定|検討)(?:予定|する)?",
        "(?:今後|後日|別途|新たに)(?:目標値?を)?(?:設定|検討)(?:予定|する|します)?",
    ),
    "not-applicable": (
        "該当(?:なし|無し|せず|しない)|非該当|対象外|対象(?:なし|無し)|N/?A",
        "(?:目標)?設定(?:なし|無し|せず)|目標値?なし",
    ),
    "other-document": (
        r"別(?:紙|表|添|冊|途資料)\d{0,2}(?:を)?(?:参照|のとおり|の通り|による)|資料\d{0,2}(?:参照|のとおり)",
    ),
}
_REASONS = tuple((name, re.compile("|".join(patterns))) for name, patterns in _ABSENCES.items())

_DEGREE = (
    "の?(?:維持|増加?|減少?|向上|上昇|低下|改善|拡大|縮小|充実|促進|推進|強化|抑制|横ばい|継続|確保|達成"
    "|延伸|解消|縮減|削減|低減|短縮|回復|半減|倍増)"
)
_DONE = (
    "(?:実施|整備|設置|開設|開始|供用開始|運用開始|運行開始|策定|作成|制定|改定|構築|導入|完成|完了|着手|着工"
    "|開通|開業|開園|開校|再開|稼働|公表|締結|認定|指定|登録|検討|試行|移行|統合|廃止|中止|設立|事業化"
    "|本格実施|本格運用|全線開通)"
)
_THAN = (
    "(?:前年度?|前回|前期|現状値?|現況値?|基準値|基準年度?|当初|現在|過去最高|全国平均値?|全国値|国平均|県平均値?"
    "|府平均|都平均|道平均|国|県|同規模自治体|類似団体平均?|国の目標値?|県の目標値?|国の基準|計画値|目標値|実績値?)"
    "(?:値|実績|の値|の水準|水準|並み)*"
)
_ALL = (
    "全(?:市町村|市町|市区町村|校|小学校|中学校|小中学校|園|保育所|施設|域|市域|町域|村域|地区|地域|世帯|戸|事業"
    "|職員|部署|課|庁|路線|区域|集落|自治会)"
)
_HOW = (
    "(?:現状|前年度?|水準|毎年度?|継続的な|さらなる|更なる|段階的な|順次|年々|緩やかな|微|純|着実な|一部|全面"
    "|概ね|一層の)?"
)
#: Values in words: how it is to move, what is or is not done, more or less than what, all of what, there or not.
_IN_WORDS = re.compile(
    rf"{_HOW}(?:{_DEGREE}(?:傾向)?|[未既]?{_DONE}|運用|活動|活用)を?(?:{_DEGREE})?"
    "(?:させる|する|した|中|済み?|予定|傾向|継続|を目指す|へ)?"
    rf"|{_THAN}[をとにの]?(?:よりも?)?(?:上回る?|下回る?|超える?|超え?|以上|以下|未満|同程度|同水準|同等|程度"
    rf"|比?{_DEGREE}|比べて?{_DEGREE})(?:こと|水準)?"
    rf"|{_ALL}[でにをへ]?(?:実施|整備|設置|導入|加入|参加|達成|作成|策定|展開)?"
    "|あり|なし|有り?|無し?|有無|転入超過|転出超過|社会増|社会減|自然増|自然減|均衡"
    "|(?:県内|全国|国内)?(?:トップ|最上位|上位|首位)(?:クラス)?(?:維持)?"
)
_AROUND = re.compile(r"[(\[〔【※*「]*(.*?)[)\]〕】」。]*")
_BRACKETED = re.compile(r"(?P<before>.*?)[(\[〔](?P<inside>[^()\[\]〔〕]*)[)\]〕]")


def read_cell(text: str, *, unit: str | None = None) -> Entry:
    """What a cell holds. `unit`: the unit that is printed elsewhere for its figures (`千円` at the head of the column).

    A cell with figures in any part of which there is doubt is unread as a whole.
    """
    found = read_figures(text, unit=unit)
    if found:
        return Entry(text, found)
    plain = printed(text).text
    absence = _absence(plain)
    if absence is not None:
        return Entry(text, absence=absence)
    return Entry(text, words=plain) if _is_value_in_words(plain) else Entry(text)


def _absence(plain: str) -> str | None:
    """Why there is no value: the reason printed, else that there is only a mark."""
    if _DASH.fullmatch(plain) or _is_dash_with_unit(plain):
        return "blank-mark"
    if (bracket := _BRACKETED.fullmatch(plain)) and bracket["before"]:
        before, inside = _absence(bracket["before"]), _absence(bracket["inside"])
        if before is None:
            return None
        if inside is not None and before == "blank-mark":
            return inside
        return (
            before if inside == before or not re.search(r"\d", _without_period(bracket["inside"])) else None
        )
    around = _AROUND.fullmatch(plain)
    core = around[1] if around else plain
    if (rest := _without_period(core)) != core:
        core = rest if rest.startswith("未") or rest.endswith(("中", "なし")) else f"今後{rest}"
    return next((name for name, pattern in _REASONS if pattern.fullmatch(core)), None)


def _is_dash_with_unit(plain: str) -> bool:
    """`― 件/年`: the unit is printed before the number is known."""
    dash = _DASH_BEFORE_UNIT.match(plain)
    return dash is not None and read_unit(plain[dash.end() :]) is not None


def _without_period(plain: str) -> str:
    """The text without the period that it begins with: `令和６年度は集計中`."""
    read = period_at(printed(plain), 0)
    return plain if read is None else re.sub(r"^(?:[:はに、]|から)", "", plain[read[1] :])


def _is_value_in_words(plain: str) -> bool:
    core = _without_period(plain)
    if core != plain and re.match(r"(?:年度|年|度)?(?:を|と|より|実績|値|以上|以下|並み|の|比)", core):
        core = "基準値" + re.sub(r"^(?:年度|年|度)?(?:実績値?|値)?", "", core)
    return _IN_WORDS.fullmatch(core) is not None or _IN_WORDS.fullmatch(plain) is not None
