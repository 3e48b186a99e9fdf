"""The words that tell families of documents apart, with what they weigh.

A sign weighs more in a title than in the text below: a strategy is one by its title, while reports, council material
and news name it in their sentences. Documents of other kinds (ordinances, minutes of assemblies) have signs too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Family

#: A family, or what is none of them.
Kind = Family | None


class Sign(NamedTuple):
    """A pattern of folded words with its weights in a title and in any other line."""

    kind: Kind
    pattern: re.Pattern[str]
    title: int
    body: int


_COUNCIL = r"(?:会議|委員会|審議会|懇談会|協議会|懇話会|検討会|聴取会|部会|分科会|推進本部|創生本部|策定本部)"
#: Papers of a meeting of the assembly name no council.
_NO_ASSEMBLY = r"(?!.*(?:定例会|臨時会|本会議|(?<![審協])議会))"
_REPORT = (
    r"(?:(?:進捗状況|取組状況|進行管理|効果検証|検証結果|実施状況|評価結果|達成状況|評価・検証|検証・評価|事業評価|取組実績|年度評価|KPIの(?:検証|評価))"
    r"(?:結果)?(?:報告書?|について|一覧表?|シート|調書|書|表|評価[票表])?|(?:検証|評価)(?:シート|調書|票|表))"
    r"(?:[(（].{1,12}[)）])?$"
)
_REPORTED = r"(?:進捗|検証|評価|実績|(?:取組|実施|達成)状況)"
_FIGURES = r"指標(?:の)?(?:現状値|実績値?|推移|進捗)"
_STAGE = r"(?:[「『].{2,20}[」』])?(?:[(（]?(?:骨子|素案|原案|案|改訂版?|概要版?|本編)\S{0,6})?$"
#: A title that deals with a strategy without being one.
_ON_STRATEGY = (
    rf"(?:進捗|検証|評価|実施状況|取組状況|達成状況|意見|スケジュール|日程|事業一覧|方針|交付金|{_COUNCIL})"
)
_COMMENTS = (
    r"(?:パブリック・?コメント|パブコメ|(?:県民|市民|町民|村民|区民)?意見(?:等)?(?:の)?(?:募集|公募|聴取))"
)
_OFFICE = r"(?:本?[市町村県区道府都]|事務局|行政)"

_WORDS: tuple[tuple[Kind, str, int, int], ...] = (
    ("plan", r"地域再生計画の名称", 6, 6),
    ("plan", r"地域再生計画の作成主体", 4, 4),
    ("plan", r"^地域再生計画$", 4, 2),
    ("plan", r"[0-9]地域再生計画の(?:名称|区域|目標)", 2, 2),
    ("plan", r"地域再生を図るために行う事業", 3, 3),
    ("plan", r"まち・ひと・しごと創生(?:寄附活用|推進)(?:事業|計画)", 2, 1),
    ("plan", r"事業開始前", 3, 3),
    ("plan", r"KPI増加分|寄附の金額の目安", 3, 3),
    ("agreement", r"連携協約|(?:形成|連携|研修等?)に関する協定|形成協定|連携中枢都市圏形成に係る", 2, 0),
    ("agreement", r"[(（](?:以下)?「[甲乙]」とい", 5, 5),
    (
        "agreement",
        r"次のとおり.{0,20}(?:協約|協定).{0,24}を(?:締結|変更)|協定を(?:次のとおり)?締結する",
        4,
        4,
    ),
    ("agreement", r"[甲乙]の役割", 1, 1),
    ("agreement", r"役割分担", 0, 1),
    ("agreement", r"[この本](?:連携)?協約(?:の|は|を|に)|本協定(?:の|は|に)", 3, 3),
    ("agreement", r"(?:協約|協定)(?:の締結)?を証するため", 4, 4),
    ("council", rf"^{_NO_ASSEMBLY}.*第[0-9一二三四五六七八九十]+回.{{0,30}}{_COUNCIL}", 4, 1),
    (
        "council",
        rf"^{_NO_ASSEMBLY}.*{_COUNCIL}(?:[(（].{{1,16}}[)）])?(?:の)?(?:資料|次第|会議録|議事録|議事要旨|議事概要|会議概要|会議要旨|要点録|要旨|審議結果|開催結果)?$",
        3,
        0,
    ),
    ("council", r"^(?:会議録|議事録|議事要旨|議事概要|会議概要|会議要旨|要点録|会議次第|式次第|次第)", 3, 1),
    ("council", rf"{_COMMENTS}.{{0,16}}(?:結果|回答)", 4, 1),
    (
        "council",
        rf"意見(?:の概要|の要旨|等)?(?:と|及び|に対する|への|並びに)(?:それに対する)?{_OFFICE}?の?(?:考え方|対応|回答)",
        4,
        1,
    ),
    ("council", r"委員(?:から)?の(?:主な)?(?:ご)?意見", 3, 2),
    ("council", r"^本日の(?:会議内容|議題)$|^議(?:題|事)$", 2, 2),
    (
        "council",
        r"(?:策定|検討|改定|見直し|今後の|年間|全体|作業)(?:の)?(?:スケジュール|日程|工程|経過)(?:[(（][案予定]+[)）])?$",
        3,
        0,
    ),
    ("progress", _REPORT, 3, 1),
    ("progress", rf"(?:総合|創生|版)戦略.{{0,20}}{_REPORTED}(?!.{{0,10}}{_COUNCIL})", 4, 0),
    ("progress", r"(?:指標|KPI).*(?:実績|進捗).*目標|(?:指標|KPI).*目標.*(?:実績|進捗)", 0, 1),
    ("progress", r"実績値", 0, 1),
    (
        "progress",
        r"(?:令和|平成|[RH])[0-9元]+年度?\S{0,12}(?:実績値|実施状況|取組実績|進捗状況|検証|評価結果)",
        3,
        2,
    ),
    (
        "progress",
        r"評価シート|検証結果一覧|マネジメントシート|進捗管理(?:シート|表)|事後評価|中間評価",
        5,
        1,
    ),
    ("progress", _FIGURES, 3, 1),
    ("progress", r"達成率|進捗率|達成度|進捗度", 1, 2),
    ("progress", r"重要業績評価指標|KPI|成果指標|数値目標", 1, 1),
    ("strategy", rf"^(?!.*{_ON_STRATEGY}).*(?:総合|創生|版)戦略{_STAGE}", 2, 0),
    ("strategy", rf"^(?!.*{_ON_STRATEGY}).*(?:総合|創生|版)戦略", 3, 0),
    (
        "strategy",
        r"講ずべき施策に関する基本的方向|具体的な?施策(?:と客観的な指標)?(?:[(（].*[)）])?$|施策の(?:基本的)?方向",
        2,
        3,
    ),
    ("strategy", r"数値目標・KPI一覧|数値目標及びKPI|KPI一覧", 3, 1),
    ("strategy", r"横断的な目標|基本目標", 1, 1),
    ("strategy", r"(?:計画|推進|対象)(?:の)?期間", 1, 1),
    ("strategy", r"重要業績評価指標|KPI|数値目標", 1, 1),
    ("strategy", r"(?:指標|KPI).*(?:基準|現状|現況|当初|策定時).*目標", 0, 2),
    ("strategy", r"(?:→|⇒).*[0-9].*[件人名円%社戸]|目標値", 1, 1),
    (None, r"(?:市|町|村|区|県|道|府|都)議会(?:だより|会議録|定例会|臨時会|報)|議会だより", 8, 0),
    (None, r"議会運営委員会|常任委員会|特別委員会", 6, 2),
    (None, r"[0-9回月](?:定例会|臨時会)|本会議", 5, 1),
    (None, r"議会事務局|会議録署名議員|議事日程|出席説明員|執行部等?出席者", 3, 2),
    (None, r"一般質問", 5, 1),
    (None, r"条例第[0-9]+号|規則第[0-9]+号|告示第[0-9]+号", 5, 2),
    (None, r"第1条この(?:条例|規則|要綱|会|会則)", 5, 3),
    (None, r"当初予算|補正予算|予算(?:の概要|額)", 5, 1),
    (None, r"統計(?:書|表|年鑑)", 5, 1),
)
SIGNS = tuple(Sign(kind, re.compile(pattern), title, body) for kind, pattern, title, body in _WORDS)

#: What a strategy, and all that deals with one, names.
NAMES_STRATEGY = re.compile(r"(?:総合|創生|版)戦略|まち・ひと・しごと|数値目標・KPI")
#: A plan of another kind, though it names the strategy in its text.
OTHER_PLAN = re.compile(
    r"(?:総合計画|基本構想|基本計画|振興計画|マスタープラン)(?:・.{2,6})?(?:[(（<＜]?(?:案|素案|原案)[)）>＞]?)?(?:[(（].{1,12}[)）])?$"
)
#: The last line of a title says what the document is: `第２期総合戦略` over `取組状況` is what is reported on.
REPORTS = re.compile(rf"{_REPORT}|{_FIGURES}|(?:スケジュール|日程)(?:[(（].{{1,6}}[)）])?$|{_COMMENTS}")
#: A paper handed out at a meeting bears the name of the meeting as a tag: `第２回推進会議 資料３`.
TAG = re.compile(r"資料(?:No\.?)?[0-9]")

_HEAD_LINES = 14
_LONGEST_TITLE = 60
_LONGEST_LINE = 120
#: An entry of a list or a sentence is no title.
_ENTRY = re.compile(
    r"第[0-9一二三四五六七八九十]+(?:章|節|編|部(?!会))|(?:議題|資料)?[0-9]{1,2}(?![0-9年月期次回市])[.．、)]?|[(（][0-9ア-ン][)）]|[①-⑳・○●◯◎〇※•]|-(?!.*-$)"
)
_SENTENCE = re.compile(r"[。、]$|。|では、|(?:です|ます|した|する|ください)(?:$|[、！!])|というもの")


def titles(lines: Sequence[Wording]) -> Iterator[Wording]:
    """What may be a title among the first lines.

    Of text that has lost its line ends the first words are titles.
    """
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if len(line) > _LONGEST_LINE:
            if at == 0:
                beginning = line.cut(0, _LONGEST_LINE)
                yield from _pieces(beginning)
                yield beginning.cut_folded(0, min(len(beginning.folded), _LONGEST_TITLE))
        elif 0 < len(line.folded) <= _LONGEST_TITLE and _may_be_title(line.folded, first=at == 0):
            yield line


def _may_be_title(folded: str, *, first: bool = False) -> bool:
    return (first or not _ENTRY.match(folded)) and not _SENTENCE.search(folded)


def _pieces(line: Wording) -> Iterator[Wording]:
    for found in re.finditer(r"\S+", line.text):
        piece = line.cut(*found.span())
        if len(piece) > 3 and _may_be_title(piece.folded):
            yield piece
