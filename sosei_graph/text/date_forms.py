"""How documents print years, days and what stands around them: patterns over text with its widths folded."""

import re

KANJI = "[一二三四五六七八九十]"
ERA = r"明治|大正|昭和|平成|令和|(?<![A-Za-z0-9])[SHR](?=\.?\d|元)\.?"
#: Kanji numerals, as agreements print them, only after an era in kanji and before 年.
ERA_YEAR = rf"(?:元|\d{{1,2}}(?!\d)|(?<=[治正和成]){KANJI}{{1,3}}(?=年))"
WEST = r"(?<!\d)(?:18|19|20)\d\d(?!\d|,\d)"
_DAY_OF_MONTH = r"3[01]|[12]\d|0?[1-9]"
DAY = rf"(?P<month>1[0-2]|0?[1-9])月(?P<day>{_DAY_OF_MONTH})日"
#: `.3.31`, `/3/31`, `-03-31` after the year.
DIGIT_DAY = rf"(?P<mark>[./-])(?P<digit_month>1[0-2]|0?[1-9])(?P=mark)(?P<digit_day>{_DAY_OF_MONTH})(?![\d.])"
KANJI_DAY = rf"(?P<kanji_month>{KANJI}{{1,2}})月(?:(?P<kanji_day>{KANJI}{{1,3}})日)?"
MONTH = r"(?P<only_month>1[0-2]|0?[1-9])月(?P<month_end>末日?)?"
_YEAR_BEFORE = r"(?:(?<=年)|(?<=年[)〕\]]))"
#: A year: in an era, in the West, or in both, one of them in brackets; 年度 or 年 after either.
YEAR = re.compile(
    rf"""
    (?P<fy>FY)? (?:西暦)?
    (?: (?P<era>{ERA})(?P<number>{ERA_YEAR}) | (?P<west>{WEST}) )
    (?P<unit1>年度|暦?年(?!目|間|生))?
    (?: [(〔\[](?:西暦)?
        (?: (?P<era2>{ERA})(?P<number2>{ERA_YEAR}) | (?P<west2>{WEST}) )
        (?P<unit2>年度|年)? [)〕\]] (?P<unit3>年度|年(?!目|間|生))? )?
    """,
    re.VERBOSE,
)
DAY_AFTER = re.compile(rf"{DIGIT_DAY}|{_YEAR_BEFORE}(?:{DAY}|{MONTH}|{KANJI_DAY})")
DOTTED_MONTH = re.compile(r"\.(?P<only_month>1[0-2]|0?[1-9])(?![\d./])月?(?P<month_end>末日?)?")
#: The end of a time in one year: `令和６年４月～９月`, `11月13日～15日`.
LATER = re.compile(
    rf"(?:(?P<later_month>1[0-2]|0?[1-9])月)?(?:(?P<later_day>{_DAY_OF_MONTH})日|(?<=月)(?P<end>末日?)?)"
)
YEAR_END = re.compile(r"末日?")
#: A year without era or century: `6`, `27年度`, `6(2024)年度`.
SHORT_YEAR = re.compile(
    rf"(?P<number>元|\d{{1,2}})(?!\d)(?P<unit1>年度|暦?年(?!間|目))?(?:\((?P<west>{WEST})(?P<unit2>年度|年)?\)(?P<unit3>年度|年)?)?"
)
#: What can follow a year without era and unit at the end of a range: no 月, 日, 人 … that makes a number of it.
AFTER_BARE_YEAR = re.compile(r"$|[()〔〕\[\]【】「」、。,:;\s]|[ぁ-ん]|累|合計|計|平均|末|実績|目標|増加分")
#: The same year again, in the era that began in it: `H31/R1`.
ALSO = re.compile(r"[/・]")
FROM = re.compile(r"から|より")
TO = re.compile(r"[~〜\-−–—―‐]|から|より")
BRACKETED = re.compile(r"[(〔\[「【]([^()〔〕\[\]「」【】]*)[)〕\]」】]")

YEAR_BASIS = {"暦年": "calendar", "年": "calendar", "1月~12月": "calendar", "1~12月": "calendar"}
YEAR_BASIS |= {"年度": "fiscal", "会計年度": "fiscal", "4月~3月": "fiscal", "4月~翌年3月": "fiscal"}
WEEKDAY = re.compile(r"[月火水木金土日](?:曜日?)?(?:・祝)?")
NTH = re.compile(r"(?:第)?(\d{1,2})年(?:度)?目")
COUNT = re.compile(r"(?:の)?(?:計)?(\d{1,3})(?:[かカヶケヵ箇]年|年間|年)(?:計画)?")
SUM = re.compile(r"(?:の)?(?:増加分の)?(?:累計値?|累積|合計|通算|計)")
AT = re.compile(r"時点|現在|付け?")
UNTIL = re.compile(r"までに?")
WITHIN = re.compile(r"[中内](?![㐀-鿿])")
ABOUT = re.compile(r"頃|ごろ|前後")
#: Words that say what the year is for; longer ones stand before the words that they begin with.
ROLE_WORDS = (
    *("計画策定時", "策定時", "計画最終年度", "最終年度", "計画初年度", "初年度", "中間年度", "中間目標"),
    *("基準年度", "基準年", "基準値", "基準時", "当初値", "当初", "参考値", "参考", "最新値", "最新"),
    *("直近値", "直近", "現状値", "現状", "現況値", "現況", "現時点", "現在値", "目標年度", "目標年次"),
    *("目標年", "目標値", "目標", "実績値", "実績", "見込値", "見込み", "見込", "増加分", "推計値"),
    *("推計", "速報値", "速報", "確定値", "調査", "決算", "予算", "平均値", "平均", "値", "開始", "終了"),
)
ROLE = re.compile(r"(?:の(?!値))?(?:" + "|".join(ROLE_WORDS) + ")")
CENSUS = re.compile(r"国勢調査|国調")
LEAD = re.compile(r"(?:" + "|".join(ROLE_WORDS) + r")(?:[::は]|(?=[(\[]))|約|平均")
PLAN_START = re.compile(
    r"(?:(?:本|当該)?(?:計画|事業|戦略)(?:期間)?(?:の)?開始(?:時点?|前|当初)|(?:計画|事業)(?:前|当初))(?:\((?:現時点|現状)\))?"
)
#: Parts of a year, which no year stands for; 第２回 and 前期基本計画 are none.
PART_OF_YEAR = re.compile(
    r"上半期|下半期|上期|下期|[前後]期(?![基計総])|第[\d一二三四]{1,2}(?:四半期|半期|期|クール)|当初|初(?!年)|代"
    r"|以降|以後|以前|比"
)
#: What shows, after 年度, 年 or neither, that more than a year is printed, and not in a form that was read.
NO_WHOLE_YEAR = {
    "年度": re.compile(r"[./]\d"),
    "年": re.compile(rf"\d{{1,2}}月|月日|{KANJI}{{1,2}}月|[./]\d"),
    None: re.compile(r"年|末|[./]\d|,\d|\d"),
}
DURATION = re.compile(r"(\d{1,3})(?:[かカヶケヵ箇]年(?:間|計画)?|年間)")
