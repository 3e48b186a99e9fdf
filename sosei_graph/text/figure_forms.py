"""How documents print a figure: what stands before and after the amount, and what each of it says."""

import re
from collections.abc import Callable
from dataclasses import replace

from sosei_graph.text.figure import Figure
from sosei_graph.text.units import CHANGES, TIMES

Change = Callable[[Figure, re.Match[str]], Figure]


class DoubtfulError(ValueError):
    """A figure that could mean two."""


def _approximate(figure: Figure, _: re.Match[str]) -> Figure:
    return replace(figure, approximate=True)


def _cumulative(figure: Figure, found: re.Match[str]) -> Figure:
    figure = replace(figure, cumulative=True)
    return replace(figure, words=(*figure.words, found[0])) if re.search(r"\d|期間", found[0]) else figure


def _counting(figure: Figure, found: re.Match[str]) -> Figure:
    return replace(figure, counting="延べ" if found[0][0] in "延の" else "実")


def _per(figure: Figure, found: re.Match[str]) -> Figure:
    if figure.per is not None:
        raise DoubtfulError
    time = next(time for time in ("年", "月", "週", "日", "時間") if time in re.sub("^1日", "日", found[0]))
    figure = replace(figure, per=time)
    return replace(figure, words=(*figure.words, "平均")) if "平均" in found[0] else figure


def per_time(figure: Figure, found: re.Match[str]) -> Figure:
    """The figure as so much in the time that `/年` or `/日` after it names."""
    return replace(figure, per=TIMES.get(found[1], found[1]))


def _change(figure: Figure, found: re.Match[str]) -> Figure:
    said = re.sub(r"^[のを]", "", found[0]).rstrip(":で")
    return replace(figure, change="・".join(filter(None, (figure.change, said))))


def _words(figure: Figure, found: re.Match[str]) -> Figure:
    return replace(figure, words=(*figure.words, re.sub(r"^[のを]", "", found[0]).strip("()[]:で")))


def _label(figure: Figure, found: re.Match[str]) -> Figure:
    if figure.label is not None:
        raise DoubtfulError
    return replace(figure, label=found[0].rstrip(":"))


def with_basis(figure: Figure, stated: str, *, cumulative: bool) -> Figure:
    """The figure as of a period printed with it, or summed over it; two periods for one figure are doubtful."""
    if figure.basis is not None:
        raise DoubtfulError
    return replace(figure, basis=stated, cumulative=figure.cumulative or cumulative)


def _bound(figure: Figure, *, low: bool, is_open: bool) -> Figure:
    if figure.number is None:
        raise DoubtfulError
    if low:
        return replace(figure, number=None, low=figure.number, low_open=is_open)
    return replace(figure, number=None, high=figure.number, high_open=is_open)


_YEARS = r"\d{1,2}(?:[かカヶケヵ箇]年間?|年間)"
_TOTAL = r"(?:累計|累積|合計|通算|計)"
_YEAR = r"(?:(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})|(?:19|20)\d\d)(?:年度|年)?"
_SINCE = (
    rf"(?:{_YEAR}(?:実績|末)?|前年度?(?:同期|同月)?|前回|前期|現状値?|基準年度?|基準値|当初値?"
    rf"|計画策定時|策定時|\d{{1,2}}年前)"
)

#: Before the amount; each may be followed by a colon.
PREFIXES: tuple[tuple[re.Pattern[str], Change], ...] = (
    (re.compile(rf"対?{_SINCE}(?:比|差)(?:で)?"), _change),
    (re.compile(r"約|およそ|おおよそ|概ね|おおむね|ほぼ"), _approximate),
    (re.compile(r"延べ|のべ|延(?=[約\d])|実(?:人数|数)?(?=[約\d])"), _counting),
    (re.compile(rf"{_YEARS}(?:の|で)?{_TOTAL}で?|{_YEARS}で|{_YEARS}(?=延べ)"), _cumulative),
    (
        re.compile(
            rf"(?:計画|事業|目標)?期間(?:中|内)?[のにで]?{_TOTAL}で?|(?:計画|事業)期間(?:中|内)?[にで]"
        ),
        _cumulative,
    ),
    (re.compile(r"累計で?|累積で?|通算で?"), _cumulative),
    (re.compile(r"合計で?|総計|計(?=[約\d])"), _words),
    (
        re.compile(
            r"年間?平均|年間|毎年度?|各年度?|単年度?で?|1?年間?(?:当たり|あたり)(?:平均)?|年(?=[約延▲△\d]|[\-−]\d)"
        ),
        _per,
    ),
    (re.compile(r"月間?平均|月間|毎月|1[かカヶケ]月(?:当たり|あたり|平均)|月(?=[約延\d])"), _per),
    (re.compile(r"1日(?:当たり|あたり)?平均|1日(?:当たり|あたり)|日平均|毎日"), _per),
    (re.compile(r"毎週|週平均|週(?=[約\d])"), _per),
    (re.compile(r"平均(?=[約\d])"), _words),
    (re.compile(r"第(?=\d{1,4}位)"), lambda figure, _: figure),
    (re.compile(r"[¥]"), lambda figure, _: replace(figure, unit="円")),
)
_KNOWN_LABELS = (
    r"男性?|女性?|男子|女子|小学校|中学校|高校|小学生|中学生|高校生|小中学校|大人|子ども|市内|市外|町内|町外|村内|村外|県内|県外"
    r"|国内|国外|海外|外国人|日本人|宿泊客?|日帰り客?|平日|休日|全国|世界|全体|県平均|全国平均|うち[㐀-鿿ぁ-んァ-ヺー]{0,7}[㐀-鿿ぁ-んァ-ヺ]|[小中高]\d(?:年生?)?"
)
MARK = re.compile(r"[①-⑳❶-❿㊀-㊉⑴-⒇](?:[㐀-鿿ぁ-んァ-ヺー]{1,12}:)?")
LABEL = re.compile(
    rf"[^\d:()、,/→▲△+%~\-]{{1,12}}:|(?:{_KNOWN_LABELS})(?=[約▲△+\-\d])|[小中高]\d(?:年生?)?[: ](?=[約▲△+\-\d])"
)

_SCALE = r"(?:兆|[千百十]?億|[千百十]万|万|千(?![葉代羽歳]|人?当|人?あ|人対)|百(?![貨科選名]))"
_PART = rf"\d+(?:,\d{{3}})*(?:\.\d+)?{_SCALE}?"
AMOUNT = re.compile(rf"(?P<sign>[▲△+\-−±]?)(?P<digits>(?:{_PART})+|ゼロ(?![㐀-鿿ァ-ヺ]))(?![.,]?\d)")
SCALES_OF = re.compile(r"[\d.,]+(\D*)")
#: Between the ends of a range. A hyphen is one only before a second amount with a unit.
TO = re.compile(r"[~〜]|(?P<hyphen>[\-−–])|から(?=\d)")

_CHANGES = rf"(?:純)?(?:{'|'.join(CHANGES)}|[Uu][Pp]|[Dd][Oo][Ww][Nn])"
_STANDING = r"見込み?値?|推計値?|推定値?|速報値?|暫定値?|概算値?|参考値?|実績値?|目標値?|現状値?|基準値?|予定"
#: After the unit.
SUFFIXES: tuple[tuple[re.Pattern[str], Change], ...] = (
    (re.compile(r"以上"), lambda figure, _: _bound(figure, low=True, is_open=False)),
    (re.compile(r"以下"), lambda figure, _: _bound(figure, low=False, is_open=False)),
    # ▲10人以内 is no more than 10 down.
    (re.compile(r"以内"), lambda figure, _: _bound(figure, low=(figure.number or 0) < 0, is_open=False)),
    (re.compile(r"未満|を下回る"), lambda figure, _: _bound(figure, low=False, is_open=True)),
    (re.compile(r"超(?!過)|を?超える|を上回る"), lambda figure, _: _bound(figure, low=True, is_open=True)),
    (re.compile(r"程度|前後|内外|ほど|くらい|ぐらい"), _approximate),
    (re.compile(rf"[のを]?{_CHANGES}"), _change),
    (re.compile(r"[をの]?(?:維持|堅持|確保|達成|継続)"), _words),
    (re.compile(r"[※*]\d{0,2}|注\d{1,2}"), _words),
    (re.compile(_STANDING), _words),
    (re.compile(rf"[のを]?累計|/(?:{_YEARS}|\d{{1,2}}年)"), _cumulative),
)
#: In brackets after the figure.
BRACKETS: tuple[tuple[re.Pattern[str], Change], ...] = (
    (
        re.compile(rf"(?:{_YEARS}の?)?(?:計画?期間)?{_TOTAL}値?|{_YEARS}|(?:計画)?期間(?:中|内)の?{_TOTAL}?"),
        _cumulative,
    ),
    (re.compile(r"延べ(?:人数|数|人|件数)?|のべ|実(?:人数|数|績?人員)"), _counting),
    (re.compile(r"年間?平均|年間|毎年度?|各年度?|年|単年度?"), _per),
    (re.compile(rf"対?{_SINCE}(?:比|差){_CHANGES}?"), _change),
    (re.compile(_CHANGES), _change),
)
BRACKETED = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]")
OPEN, CLOSE = "([〔【", ")]〕】"
#: A bracket that says something in words, without number or scale.
REMARK = re.compile(r"[^\d千万億兆百①-⑳]{1,20}|[※*]\d{1,2}|注\d{1,2}|\d{1,4}(?:点満点|段階)(?:中|評価)?")
#: The unit of a rate of people: `16.5（人口10万対）`, `10.2人（人口10万人当たり）`.
OF_POPULATION = re.compile(r"人口(?:千|1,?000|1?万|10万|100,?000)人?(?:対|当たり|あたり)")
#: A year whose era is for the document to say: `26年度`, `21年`; 5年 may be a time of five years.
YEAR_WITHOUT_ERA = re.compile(r"(?:[1-9]|[1-6]\d)年度(?:末|末?時点|実績|目標)?|(?:1[1-9]|[2-6]\d)年")
SEPARATOR = re.compile(r"[、,;・→⇒➡⇨/\s]+")
#: Between the bounds of one interval: `10人以上20人未満`, `10件以上、20件未満`.
AND = re.compile(r"[、,]?(?:かつ)?(?=\d)")
