"""The head of an agreement: its titles, its concluding sentence, the area, and the earlier agreement it changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sosei_graph.ingest.extracting.agreement.signing import DATE
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold

#: Between lines that were joined for matching: no pattern runs over it.
BOUND = "‖"
_FAR = 80
_SENTENCE = re.compile(
    r"締結する|締結した。|次のとおり(?:協定|協約|定め)|次の(?:とおり|ように)(?:変更|改正)する。"
)
_ARTICLE = re.compile(r"^(?:\(目的\)|\(趣旨\)|第[1一]条|別表)")
_DATED = re.compile(rf"\({DATE.pattern}(?:締結)?\)$")
_TITLE_END = re.compile(rf"(?:連携協約|協約|協定)書?(?:\(案\)|案)?(?:{_DATED.pattern})?$")
_NO_TITLE = re.compile(r"。|>|^議案|^資料|^参考|^目次|^\d+$|^別紙|について$")
_PLACES_ONLY = re.compile(
    r"(?:(?:[一-鿿]{2,3}[都道府県])?[一-鿿々ぁ-んァ-ヶー]{1,8}[市町村区県](?:及び|並びに|[・、とや])?)+"
)
_CHANGE = re.compile(
    r"(?:の一部)?を?(?:変更|改正)する(?:連携)?(?:協約|協定)|変更(?:連携)?(?:協約|協定)(?:書)?"
)
_EARLIER = re.compile(
    r"(?P<parties>[^。‖]{2,60}?が、?)?(?P<date>(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日)(?:付け?で|付け?に|付け?の|に|、)?"
    r"(?P<middle>[^。‖]{0,80}(?:した|された)|)(?P<title>(?:(?!締結|変更し|付け)[^、。‖()日])+?(?:連携協約|協約|協定)書?)"
    r"(?:\([^()]*\))?(?:の一部)?(?:を|について)(?:次のとおり|次のように)?(?:変更|改正|改め)"
)
_AREA_NAME = r"[一-鿿々ァ-ヶーぁ-ん・]{1,20}?"
_AREAS = (
    re.compile(
        r"[「『](?P<area>[^「」『』]{1,20}(?:圏域|都市圏|地域|圏))[」』](?:の)?(?:形成|連携中枢都市圏|定住自立圏)"
    ),
    re.compile(rf"(?:[、はて]|^)(?P<area>{_AREA_NAME}(?:圏域|都市圏|自立圏|地域))\(以下「(?:圏域|都市圏)」"),
    re.compile(
        rf"(?:連携中枢都市圏|定住自立圏|圏域)である(?P<area>{_AREA_NAME}(?:圏域|都市圏|地域|圏))\(以下"
    ),
    re.compile(
        rf"(?:における|との間の|間の|^|○|‖)(?P<area>{_AREA_NAME}圏域)(?:の)?(?:連携中枢都市圏|定住自立圏)(?:の)?形成"
    ),
    re.compile(
        rf"(?:における|との間の|間の|^|○|‖|した)(?P<area>{_AREA_NAME}(?:定住自立圏|連携中枢都市圏|広域都市圏|都市圏域?))(?:の)?形成"
    ),
    re.compile(
        rf"(?:[、。て]|^)(?P<area>{_AREA_NAME}(?:連携中枢都市圏|定住自立圏|広域都市圏))(?:の圏域|を形成|の形成)"
    ),
)
_NO_AREA = re.compile(
    r"^(?:連携中枢都市圏|定住自立圏|広域都市圏|都市圏|圏域|.*[るうくすむたいなのびに市町村](?:定住自立圏|連携中枢都市圏|圏域|都市圏))$"
    r"|^(?:この|その|当該|本|次|に|を|が|は|で|と(?!やま))|[甲乙丙]|における|に係る|に関する|目的|機能|[市町村]と|との|及び|並びに"
)


@dataclass(frozen=True)
class Head:
    """The head of an agreement. `cover` is the first title of the document, `title` the one over the agreement.

    `sentence` is the number of the line that concludes it, `words` all lines up to there, with a bound between.
    """

    cover: Wording
    title: Wording
    sentence: int
    words: Wording


def read_head(lines: Sequence[Wording], source: Source) -> Head:
    """The head that the first lines of a document hold."""
    heads = {fold(source.reading.text[each.line.start : each.line.end]) for each in source.repaired.dropped}
    lines = [Wording() if line.folded in heads else line for line in lines]
    article = next((at for at, line in enumerate(lines[:_FAR]) if _ARTICLE.match(line.folded)), None)
    # The bill that an agreement is laid before a council with says the same before it.
    before = enumerate(lines[: _FAR if article is None else article])
    sentence = max((at for at, line in before if _SENTENCE.search(line.folded)), default=None)
    if sentence is None:
        sentence = min(len(lines) - 1, (article or 0) + (2 if article is not None else 12))
    words = join(lines[: sentence + 1], BOUND)
    titles = _titles(lines[: sentence + 1], source) or _titles_in(words)
    return Head(titles[0] if titles else Wording(), titles[-1] if titles else Wording(), sentence, words)


def _titles(lines: Sequence[Wording], source: Source) -> list[Wording]:
    """The titles that stand on lines of their own, each joined over the lines it takes."""
    titles = list[Wording]()
    at = 0
    while at < len(lines):
        if not _ends_title(lines[at]):
            at += 1
            continue
        last = at
        while last + 1 < len(lines) and _goes_on(lines[last + 1]):
            last += 1
        first = at
        while first > 0 and _belongs_above(lines[first - 1], lines[first], source):
            first -= 1
        title = _plain(join(lines[first : last + 1]))
        if len(title.folded) >= 8:
            titles.append(title)
        at = last + 1
    return titles


def _ends_title(line: Wording) -> bool:
    text = line.folded
    return (bool(_TITLE_END.search(text)) and not _NO_TITLE.search(text)) or text in ("書", "定書", "約書")


def _goes_on(line: Wording) -> bool:
    return line.folded.startswith(("の", "を", "に")) and _ends_title(line)


def _belongs_above(above: Wording, line: Wording, source: Source) -> bool:
    """Whether a line is the beginning of the title that goes on below it."""
    text = above.folded
    if not text or line.text[0] in "○◎●" or len(text) > 40:
        return False
    if source.parted(above, line) or _NO_TITLE.search(text) or read_marks(above.text):
        return False
    return not (
        DATE.search(text) or _PLACES_ONLY.fullmatch(text) or _TITLE_END.search(text) or text[0] in "○(."
    )


def _plain(title: Wording) -> Wording:
    """The title without the sign before it and the date behind it, and without spaces that spread it over the line."""
    title = title.cut(1) if title.text[:1] in "○◎●" else title
    if dated := _DATED.search(title.folded):
        title = title.cut_folded(0, dated.start())
    kept = [at for at in range(len(title.text)) if not _is_spread(title.text, at)]
    return Wording("".join(title.text[at] for at in kept), tuple(title.places[at] for at in kept))


def _is_spread(text: str, at: int) -> bool:
    """Whether a place holds white space between two letters that are not Latin."""
    if not text[at].isspace():
        return False
    return not (text[:at].rstrip()[-1:].isascii() or text[at:].lstrip()[:1].isascii())


def _titles_in(words: Wording) -> list[Wording]:
    """Titles in a text that has lost its lines, where white space alone parts them."""
    titles = list[Wording]()
    before = re.split(r"\(以下|は、|締結", words.text)[0] if words else ""
    for found in re.finditer(r"[^\s‖]+", before):
        if _TITLE_END.search(found[0]) and len(found[0]) >= 8 and not _NO_TITLE.search(found[0]):
            titles.append(words.cut(*found.span()))
    return titles


def changes(head: Head) -> bool:
    """Whether the agreement changes an earlier one."""
    concluding = head.words.folded.rpartition(BOUND)[2]
    return bool(_CHANGE.search(head.title.folded) or _CHANGE.search(concluding))


@dataclass(frozen=True)
class EarlierWords:
    """What the head says of the earlier agreement: the whole, its title, its date and the dates of its changes."""

    whole: Wording
    title: Wording
    dates: tuple[Wording, ...]


def read_earlier(head: Head) -> EarlierWords | None:
    """The agreement that this one changes, as the concluding sentence tells it."""
    found = _EARLIER.search(head.words.folded)
    if found is None:
        return None
    text = head.words.folded[found.start("date") : found.start("title")]
    start = found.start("date")
    dates = [head.words.cut_folded(start + each.start(), start + each.end()) for each in DATE.finditer(text)]
    begin = found.start("parties") if found["parties"] else start
    return EarlierWords(
        head.words.cut_folded(begin, found.end("title")), head.words.group(found, "title"), tuple(dates)
    )


def read_area(head: Head, articles: Wording) -> Wording:
    """The name of the area of cooperation; nothing where it has none of its own."""
    for words in (head.title, head.words, articles):
        for pattern in _AREAS:
            found = pattern.search(words.folded)
            while found is not None:
                if not _NO_AREA.search(found["area"]):
                    return words.group(found, "area")
                found = pattern.search(words.folded, found.start() + 1)
    return Wording()
