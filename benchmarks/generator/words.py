"""The words of the corpus: fictional goals, measures and indicators, all of our own wording, in ja and en."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Pair = tuple[str, str]
Counting = Literal["", "total", "calendar"]


@dataclass(frozen=True)
class Gauge:
    """What an indicator measures. `comparable` is a concept of the scheme of comparable indicators, or empty."""

    key: str
    ja: str
    en: str
    unit: str
    comparable: str = ""
    counting: Counting = ""
    sinking: bool = False

    @property
    def name(self) -> Pair:
        """The name as a document prints it, and in English."""
        if self.counting == "total":
            return f"{self.ja}（累計）", f"{self.en} (cumulative)"
        if self.counting == "calendar":
            return f"{self.ja}（暦年）", f"{self.en} (calendar year)"
        return self.ja, self.en


@dataclass(frozen=True)
class Topic:
    """A field of policy: a concept of the scheme of themes, what is done in it, and how that is measured."""

    theme: str
    above: str
    name: Pair
    sdgs: tuple[str, ...]
    matters: tuple[Pair, ...]
    gauges: tuple[Gauge, ...]


TAILS: tuple[Pair, ...] = (
    ("{}の推進", "Promoting {}"),
    ("{}の充実", "More and better {}"),
    ("{}の支援", "Support for {}"),
    ("{}の広報", "Publicity for {}"),
    ("{}を担う人づくり", "People for {}"),
    ("{}のための環境づくり", "Favourable conditions for {}"),
)
#: What is counted of a matter that has no indicator of its own.
COUNTERS: dict[str, Pair] = {
    "person": ("{}の参加者数", "Participants in {}"),
    "case": ("{}の取扱件数", "Cases of {}"),
    "percent": ("{}を知る市民の割合", "Citizens who know of {}"),
    "company": ("{}に加わる会社の数", "Companies that take part in {}"),
    "product": ("{}で生まれた品の数", "Goods that came of {}"),
    "group": ("{}に取り組む団体の数", "Groups engaged in {}"),
    "project": ("{}の事業の数", "Projects on {}"),
    "time": ("{}の実施回数", "Times that {} took place"),
    "words": ("{}の拠点の整備", "Building of a place for {}"),
}
#: Four basic goals, as K, T, M and H of `observed` have, by the national strategy's goal that each answers to.
GOAL_NAMES: dict[str, tuple[Pair, ...]] = {
    "work": (
        ("挑む人が集い、働く喜びのあるまち", "A city where those who dare gather and enjoy their work"),
        ("地域の力で仕事を生むまち", "A city that makes work out of its own strengths"),
    ),
    "people-flow": (
        ("訪れたくなり、帰りたくなるまち", "A city to visit and to come back to"),
        ("新しい人の流れを呼び込むまち", "A city that draws new people"),
    ),
    "family": (
        ("子どもの声がひびくまち", "A city full of children's voices"),
        ("家庭の願いにこたえるまち", "A city that answers the wishes of families"),
    ),
    "community": (
        ("安心して長く暮らせるまち", "A city for a long and carefree life"),
        ("となり合う地域が支え合うまち", "A city whose neighbourhoods help each other"),
    ),
}
PRINCIPLES: tuple[Pair, ...] = (
    ("市民とともに進める", "Go on together with the citizens"),
    ("数字で確かめながら進める", "Go on with an eye on the figures"),
    ("近くの市町と力を合わせる", "Join hands with neighbouring cities"),
    ("若い世代の声を聞く", "Listen to the young"),
    ("新しい技術を生かす", "Make use of new technology"),
)
VISIONS: tuple[Pair, ...] = (
    ("ひとがめぐり、みらいが育つ{}", "{}, where people come and go and the future grows"),
    ("水と緑とともに歩む{}", "{}, at one with water and green"),
    ("つながりが明日をひらく{}", "{}, whose ties open up tomorrow"),
)
VISION_DIRECTIONS: tuple[Pair, ...] = (
    ("生まれる子どもを増やす", "More children"),
    ("出ていく人を減らす", "Fewer people leaving"),
    ("戻る人を増やす", "More people coming back"),
    ("長く元気に暮らす", "Long and healthy lives"),
)
TRENDS: tuple[Pair, ...] = (
    ("減少が続く", "goes on falling"),
    ("緩やかに増加", "rises slowly"),
    ("横ばい", "stays level"),
    ("転出が転入を上回る", "more leave than come"),
)
CONTEXTS: tuple[Pair, ...] = tuple(
    (f"{group}の{thing}", f"{english} {of}")
    for group, of in (
        ("市全体", "in the whole city"),
        ("中心部", "in the centre"),
        ("山あい", "in the hills"),
        ("海沿い", "on the coast"),
        ("駅の周り", "around the station"),
        ("新しい住宅地", "in new quarters"),
    )
    for thing, english in (
        ("転入の数", "Arrivals"),
        ("世帯の数", "Households"),
        ("若者の数", "Young people"),
        ("空き家の数", "Vacant houses"),
    )
)
SURNAMES = ("架空", "見本", "例田", "仮野", "試山", "想川", "空谷", "白紙", "題本", "類原")
GIVEN_NAMES = ("一郎", "二葉", "三平", "四季", "五月", "六花", "七海", "八重", "九郎", "十和")
CATEGORIES: tuple[Pair, ...] = (
    ("目標の立て方", "how goals are set"),
    ("周知の仕方", "how it is made known"),
    ("若い世代への支援", "support for the young"),
    ("予算の配分", "the use of funds"),
    ("進み具合の確かめ方", "how progress is checked"),
)


def _topics() -> tuple[Topic, ...]:
    """Reads the table: a topic a line, the indicators of a topic on the indented lines below it."""
    topics: list[Topic] = []
    lines = (Path(__file__).parent / "topics.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        cells = line.strip().split("|")
        if not line.startswith(" "):
            theme, above, ja, en, sdgs, matters = cells
            pairs = tuple(_pair(matter) for matter in matters.split(";"))
            topics.append(Topic(theme, above, (ja, en), tuple(sdgs.split()), pairs, ()))
            continue
        *head, unit = cells[:4]
        counting, direction = (*cells[4:], "", "")[:2]
        last = topics[-1]
        gauge = Gauge(
            f"{last.theme}-{head[0]}",
            head[1],
            head[2],
            unit,
            head[0],
            _counting(counting),
            direction == "down",
        )
        topics[-1] = Topic(last.theme, last.above, last.name, last.sdgs, last.matters, (*last.gauges, gauge))
    return tuple(topics)


def _pair(text: str) -> Pair:
    ja, en = text.strip().split("/")
    return ja, en


def _counting(text: str) -> Counting:
    return "total" if text == "total" else "calendar" if text == "calendar" else ""


_ALL = _topics()
TOPICS = tuple(topic for topic in _ALL if topic.above in GOAL_NAMES)
CROSS_CUTTING = tuple(topic for topic in _ALL if topic.above not in GOAL_NAMES)
TOPICS_OF = {above: tuple(topic for topic in TOPICS if topic.above == above) for above in GOAL_NAMES}

POPULATION = Gauge("population", "市の人口", "Population of the city", "person", "population")
FERTILITY = Gauge(
    "birth-total-fertility-rate",
    "合計特殊出生率",
    "Total fertility rate",
    "child-per-woman",
    "total-fertility-rate",
)
