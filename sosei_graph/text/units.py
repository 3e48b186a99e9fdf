"""Units as Japanese documents print them after a figure (widths folded: `㎡` is `m2`, `％` is `%`)."""

import re
from dataclasses import dataclass

from sosei_graph.text.numbers import SCALES

#: Units whose end is certain wherever they stand. Longer ones win: 人泊 is not 人.
_KNOWN = """
% ‰ %ポイント ポイント pt パーセント パーミル 割 倍 点 位 番目 歳 才 円 ドル ユーロ 人 名 人泊 人・泊
人・日 人日 人回 人月 人時 人時間 者 泊 世帯 戸 棟 床 室 席 件 社 事業所 事業者 企業 法人 団体 組織 協議会
委員会 組 カップル 夫婦 家族 店 店舗 か所 カ所 ヵ所 ヶ所 ケ所 箇所 個所 施設 拠点 会場 地区 地域 地点 区域
エリア ゾーン 学区 校区 集落 自治会 町内会 市町村 市町 自治体 都市 都道府県 か国 カ国 ヵ国 ヶ国 ケ国 箇国
か国語 カ国語 ヶ国語 言語 校 学校 園 学級 クラス 教室 講座 コース 科目 コマ 日 日間 か月 カ月 ヵ月 ヶ月
ケ月 箇月 か月間 週間 時間 分 分間 秒 路線 系統 便 本 台 両 隻 艘 機 基 個 枚 冊 部 品 品目 商品 製品 種
種類 作品 頭 羽 匹 尾 株 束 俵 箱 袋 ケース 食 筆 区画 区間 工区 回 回線 口 票 通 曲 試合 大会 イベント
事業 取組 取り組み 施策 プロジェクト プラン 計画 事例 項目 分野 テーマ メニュー ルート チーム クラブ
グループ サークル サロン モデル システム サービス アプリ サイト アカウント チャンネル つ 農家 経営体 港 駅
橋 議席 単位 語 講演 公演 ページビュー アクセス ビュー セッション ダウンロード フォロワー フォロー いいね
PV UU DL view 人/ha 人/km2 戸/ha m km cm mm メートル キロメートル キロ センチ ミリ m2 km2 cm2 平方メートル
平方キロメートル 平米 a ha アール ヘクタール m3 立方メートル 立米 L l kL kl mL ml リットル キロリットル t
トン kg g mg キログラム グラム t-CO2 kg-CO2 g-CO2 tCO2 kgCO2 t-CO2eq Km KM Kg KG Ha kw kwh KW KWh KWH W kW
MW GW Wh kWh MWh GWh キロワット キロワット時 メガワット J MJ GJ TJ PJ °C 度C dB ppm ppb mg/L mg/l g/人日
g/人・日 g/人/日 kg/人・日 kg/人・年 km/h kg/人 円/kg 円/m2 円/人 人/日 人/回 件/日 台/日 便/日 回/日 本/日 Mbps
Gbps ha/戸 a/戸 人/校 人/世帯 人/km 人口10万対 人口10万人対 人口10万人当たり 人口千対 人口千人対
"""
UNITS = frozenset(_KNOWN.split())
_LONGEST = max(map(len, UNITS))

#: What makes a figure the change of something.
CHANGES = (
    *("増加", "増", "減少", "減", "削減", "縮減", "低減", "抑制", "上昇", "低下", "向上", "改善", "拡大"),
    *("縮小", "短縮", "上乗せ", "アップ", "ダウン"),
)
#: A unit that is in no list: kanji and katakana that say nothing of the figure but what is counted.
_WORD = re.compile(r"[㐀-鿿々ァ-ヺー]{1,8}")
#: What makes an unknown word no unit: ordinals, ages, periods, further scales, words that change the figure, offices.
_NO_UNIT = re.compile(
    r"[約累半数余強弱目第号条項章節頁版期代台月年時週度割歳円%兆億万千百十計率比中内外増減平均対超未以]"
    r"|程度|前後|達成|維持|継続|見込|予定|実績|規模|限定|満点|桁|上限|先着|児(?!童)|^[階級等番]|[課局係署]$|"
    + "|".join(CHANGES)
)
#: What can follow a unit and is read there: the unit ends before it.
_AFTER = (
    *("以上", "以下", "以内", "未満", "超", "程度", "前後", "内外", "達成", "維持", "継続", "見込"),
    *("累計", "目標", "実績", "超過達成"),
    *CHANGES,
)
#: Words after a unit that change nothing of the figure.
DOING = (
    *("利用", "参加", "受講", "来場", "来館", "登録", "認定", "実施", "開催", "設置", "導入", "整備", "開設"),
    *("採用", "就業", "就農", "移住", "雇用", "創出", "育成", "養成", "配置", "支援", "創業", "起業", "誘致"),
    *("締結", "策定", "作成", "発行", "配布", "受入", "受け入れ", "宿泊", "来訪", "入場", "入館", "入込"),
    *("乗車", "運行", "稼働", "完了", "供用", "公開", "掲載", "発信", "販売", "新設"),
)
_DOING = re.compile("|".join(DOING))
#: What an amount is for each of: `m2/人`, `件/千人`, `kg/10a`. A number of its own (`50人/100人`) is another amount.
_FOR_EACH = re.compile(r"/(?:千|万|10万(?=人)|10(?=a))?")
_TIME = re.compile(
    r"/(年度|年間|年|月|日|週|時間|時)(?!(?!以上|以下|以内|未満|超|程度|増|減)[㐀-鿿ァ-ヺA-Za-z・/])"
)


def unit_at(text: str, place: int, *, known: bool = False, stop: int | None = None) -> str:
    """The unit that begins here, `""` where there is none for certain.

    `known`: only one of the list. `stop` is where a word in no list ends at the latest: white space stands there.

    A word that begins with a unit and goes on is another unit (`事業所`, `地区協議会`), unless it goes on with what is
    being done (`10人参加`).
    """
    listed = _without_time(_listed(text, place))
    listed += _for_each(text, place + len(listed)) if listed else ""
    end = place + len(listed)
    word = _WORD.match(text, place, len(text) if stop is None else stop)
    if listed and (word is None or word.end() <= end or known or _DOING.match(text, end)):
        return listed if not _goes_on(text, listed, end) else ""
    if word is None or known:
        return listed
    return _unlisted(word[0], listed)


def _listed(text: str, place: int) -> str:
    """The longest unit of the list that begins here."""
    ends = range(min(place + _LONGEST, len(text)), place, -1)
    return next((text[place:end] for end in ends if text[place:end] in UNITS), "")


def _for_each(text: str, place: int) -> str:
    """`/人` after a unit: what the amount is for each of, which is no time."""
    found = _FOR_EACH.match(text, place)
    each = _listed(text, found.end()) if found and not time_at(text, place) else ""
    return text[place : found.end()] + each if found and each else ""


def _without_time(unit: str) -> str:
    """人/日 is so many a day: the time is no part of the unit."""
    found = _TIME.search(unit)
    return unit[: found.start()] if found and found.end() == len(unit) else unit


def _goes_on(text: str, unit: str, end: int) -> bool:
    """Whether a Latin unit is only the beginning of a longer word (`m` of `mol`)."""
    rest = text[end : end + 1]
    return unit[-1:].isascii() and unit[-1:].isalpha() and rest.isascii() and rest.isalnum()


def _unlisted(word: str, listed: str) -> str:
    if listed in ("円", "%"):
        return listed if word.startswith(_AFTER, len(listed)) else ""
    changed = _NO_UNIT.search(word, len(listed))
    if changed is None:
        return word
    return word[: changed.start()] if word.startswith(_AFTER, changed.start()) else ""


#: Other words for the times that a rate is for.
TIMES = {"年度": "年", "年間": "年", "時": "時間"}


def time_at(text: str, place: int) -> re.Match[str] | None:
    """`/年`, `/日`: so many in that time."""
    return _TIME.match(text, place)


@dataclass(frozen=True)
class PrintedUnit:
    """A unit that stands for itself: its scale (`千` of 千円), and the time it is for (年 of 件/年)."""

    unit: str
    scale: str = ""
    per: str | None = None


def read_unit(text: str) -> PrintedUnit | None:
    """The unit that a text with its widths folded is, with or without a scale and a time: 件, 百万円/年; else None.

    >>> read_unit("百万円/年")
    PrintedUnit(unit='円', scale='百万', per='年')
    """
    for scale in ("", *(scale for scale in SCALES if text.startswith(scale))):
        unit = unit_at(text, len(scale), known=True)
        end = len(scale) + len(unit)
        time = time_at(text, end)
        if unit and (time.end() if time else end) == len(text):
            return PrintedUnit(unit, scale, TIMES.get(time[1], time[1]) if time else None)
    return None


_SCALED = re.compile(r"[十百千万億兆]+(?!人?(?:当|あ|対)|[十百千万億兆])[^十百千万億兆]")


_WHOLE = (
    *(
        "人",
        "名",
        "件",
        "世帯",
        "戸",
        "社",
        "店",
        "店舗",
        "団体",
        "台",
        "か所",
        "箇所",
        "施設",
        "円",
        "回",
        "校",
    ),
    *(
        "事業所",
        "企業",
        "法人",
        "経営体",
        "棟",
        "室",
        "枚",
        "冊",
        "部",
        "頭",
        "便",
        "地区",
        "自治会",
        "市町村",
    ),
)


def has_thousandths(unit: str, digits: str) -> bool:
    """Whether a figure has thousandths of what has none: 1.234人 is a misprint of 1,234人 or of something else."""
    return unit in _WHOLE and re.search(r"\.\d{3}$", digits) is not None


def may_be_scaled(text: str) -> bool:
    """Whether a text that stands for a unit may begin with a scale: `千ほ`, but not 千人当たり."""
    return _SCALED.match(text) is not None


def doing_at(text: str, place: int) -> str:
    """The word for what is being done, which begins here (`参加` of `10人参加`), or `""`."""
    found = _DOING.match(text, place)
    return found[0] if found else ""
