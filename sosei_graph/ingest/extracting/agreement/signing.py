"""How an agreement ends: the day it was signed, and who signed for whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.parties import SYMBOLS, Parties
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import Government
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period

DATE = re.compile(r"(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日")
_BLANK = re.compile(
    r"(?:(?:平成|令和)?(?:元|[\d○〇●*_＿Xx]{0,2})年[\d○〇●*_＿Xx]{0,2}月[\d○〇●*_＿Xx]{0,2}日)"
)
_DATE_LINE = re.compile(rf"(?:締結日|締結年月日)?:?(?:{DATE.pattern})(?:\([月火水木金土日]\))?(?:締結)?")
_NOTICE = re.compile(r"^\(?(?:告示|条例|規則|訓令|議決|公告|.*届出)")
_CLOSING = re.compile(r"証するため|(?:各自?|それぞれ).{0,12}通を(?:所持|保有|保管|所有)")
_CHIEF = re.compile(
    r"(?P<chief>(?P<place>[一-鿿々ぁ-んァ-ヶー]{1,8}?[市町村区都道府県])(?:長|知事)(?:職務代理者)?|(?P<prefecture>[一-鿿]{1,3})(?:県|府|都|道)知事)"
)
_ADDRESS = re.compile(r"\d.*(?:番|号|丁目|地)|番地|[0-9]+[-－‐][0-9]+")
#: 甲, 乙 … and the white space before an address.
_SIDE = re.compile(rf"[(（]?[{SYMBOLS}][)）]?\s+")
_WITNESS = re.compile(r"立会|立ち会|特別立会人|オブザーバー")
_PERSON = re.compile(r"[一-鿿々ぁ-んァ-ヶーｦ-ﾟ]{2,14}(?:印|㊞)?")


@dataclass(frozen=True)
class Signed:
    """The date as printed and as a day; `day` is None where it is blank or not certain."""

    words: Wording = field(default_factory=Wording)
    day: str | None = None
    remarks: tuple[Text, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True)
class SignedFor:
    """One block of signatures."""

    government: Government
    words: Wording
    title: Wording
    name: Wording
    address: Wording


def read_day(words: Wording) -> str | None:
    """The ISO date of a printed day."""
    period = read_period(words.folded)
    return period.start.isoformat() if period and period.kind == "date" and period.start else None


def closing(lines: Sequence[Wording]) -> int | None:
    """The line after which the signatures stand: that says who keeps which copy, else a date over names of chiefs."""
    for number, line in enumerate(lines):
        if _CLOSING.search(line.folded):
            return number
    dates = (at for at, line in enumerate(lines) if _is_date_line(line.folded))
    return max((at for at in dates if _has_chief(lines[at + 1 : at + 8])), default=None)


def _is_date_line(text: str) -> bool:
    return bool(_DATE_LINE.fullmatch(text) or _BLANK.fullmatch(text))


def _has_chief(lines: Sequence[Wording]) -> bool:
    return any(_CHIEF.match(line.folded) and "。" not in line.text for line in lines)


def read_signed(lines: Sequence[Wording], head_end: int) -> Signed:
    """The day of signing: beside the signatures, else below the title."""
    end = closing(lines)
    if end is not None:
        tail = lines[end : end + 14]
        signed = _date_in(tail)
        if signed:
            return signed
    return _date_below_title(lines[: head_end + 1])


def _date_in(tail: Sequence[Wording]) -> Signed | None:
    for number, line in enumerate(tail):
        text = line.folded
        if found := _DATE_LINE.fullmatch(text) or (
            DATE.search(text, _after_copies(text)) if number == 0 else None
        ):
            words = line.group(date) if (date := DATE.search(text, found.start())) else line
            return Signed(words, read_day(words))
        if _BLANK.fullmatch(text):
            return Signed(line, None, reason=remarks.BLANK_DATE)
    return None


def _after_copies(text: str) -> int:
    """Where the sentence on the copies ends, for a text that has lost its lines."""
    found = _CLOSING.search(text)
    stop = text.find("。", found.start()) if found else -1
    return stop if stop >= 0 else len(text)


def _date_below_title(lines: Sequence[Wording]) -> Signed:
    blank = Signed(reason=remarks.NO_DATE)
    found = list[Signed]()
    for number, line in enumerate(lines):
        text = line.folded
        date = DATE.match(text)
        alone = date is not None and (_DATE_LINE.fullmatch(text) or _is_places(text[date.end() :]))
        if date is not None and alone:
            after = lines[number + 1].folded if number + 1 < len(lines) else ""
            words = line.group(date)
            if _NOTICE.match(after):
                blank = Signed(words, None, reason=remarks.DATE_OF_NOTICE)
            else:
                found.append(Signed(words, read_day(words), (remarks.DATE_BELOW_TITLE,)))
        elif _BLANK.fullmatch(text):
            blank = Signed(line, None, reason=remarks.BLANK_DATE)
    days = {each.day for each in found}
    if len(days) == 1:
        return found[-1]
    return Signed(found[-1].words, None, reason=remarks.DATES_DIFFER) if found else blank


def _is_places(text: str) -> bool:
    return bool(re.fullmatch(r"(?:[一-鿿々ぁ-んァ-ヶー]{1,8}[市町村区県][・、と]?)+", text))


def read_signatures(lines: Sequence[Wording], parties: Parties) -> tuple[SignedFor, ...]:
    """The blocks of signatures of the parties: address, name of the government, its chief and the chief's name."""
    end = closing(lines)
    if end is None:
        return ()
    tail = _words_of(lines[end:], [each.name.text for each in parties.governments])
    by_name = {name: each for each in parties.governments for name in (each.name.text,)}
    found = list[SignedFor]()
    begin = 0
    for number, word in enumerate(tail):
        chief = _CHIEF.match(word.folded)
        if chief is None:
            continue
        place = chief["place"] or f"{chief['prefecture']}県"
        block, begin = tail[begin:number], number + 1
        government = by_name.get(place)
        if government is None or any(_WITNESS.search(each.folded) for each in block):
            continue
        name, begin = _name_after(tail, number, chief)
        found.append(_signed_for(government, block, word.group(chief, "chief"), name))
    return tuple(found)


def _words_of(lines: Sequence[Wording], names: Sequence[str]) -> list[Wording]:
    """What stands after the sentence on the copies, up to the annex, in pieces."""
    words = list[Wording]()
    for line in [_after_closing(lines[0]), *lines[1:]]:
        marks = read_marks(line.text)
        if (marks and marks[0].style in ("別表", "別紙", "別記", "附則")) or len(words) > 60:
            break
        words += _pieces(line, names)
    return [each for each in words if each]


def _after_closing(line: Wording) -> Wording:
    """What stands behind the sentence on the copies in its line, without the date."""
    stop = line.text.find("。", max(0, line.text.find("通")))
    rest = line.cut(stop + 1) if stop >= 0 else Wording()
    date = DATE.match(rest.folded)
    return rest.cut_folded(date.end(), len(rest.folded)) if date else rest


def _pieces(line: Wording, names: Sequence[str]) -> list[Wording]:
    """A line cut at wide gaps, before a party's name or a prefecture, and after each chief, whose name is one piece."""
    starts = [0]
    for gap in re.finditer(r"\s+", line.text):
        following, before = line.text[gap.end() :], line.text[starts[-1] : gap.start()]
        begins = following.startswith(tuple(names)) or re.match(r"[一-鿿]{2,3}[都道府県]\S|別表", following)
        after_chief = starts[-1] > 0 and re.search(r"(?:[市町村区]長|知事)\s+$", line.text[: starts[-1]])
        if begins or re.search(r"[市町村区]長$|知事$", before) or (len(gap[0]) > 1 and not after_chief):
            starts.append(gap.end())
    return [line.cut(start, end) for start, end in pairwise([*starts, len(line.text)])]


def _name_after(tail: Sequence[Wording], number: int, chief: re.Match[str]) -> tuple[Wording, int]:
    """The chief's name: in the same line, else in the next if that holds a name and nothing else."""
    word = tail[number]
    rest = word.cut_folded(chief.end(), len(word.folded))
    if rest:
        return (rest, number + 1) if _PERSON.fullmatch(rest.folded) else (Wording(), number + 1)
    following = tail[number + 1] if number + 1 < len(tail) else Wording()
    text = following.folded
    is_name = (
        _PERSON.fullmatch(text) and not _CHIEF.match(text) and not text.endswith(("市", "町", "村", "県"))
    )
    return (following, number + 2) if is_name and not _ADDRESS.search(text) else (Wording(), number + 1)


def _signed_for(government: Government, block: Sequence[Wording], title: Wording, name: Wording) -> SignedFor:
    found = next((each for each in reversed(block) if _ADDRESS.search(each.folded)), Wording())
    first = block.index(found) if found else len(block)
    address = found.cut(len(side[0])) if (side := _SIDE.match(found.text)) else found
    own = [each for each in (address, *block[first + 1 :]) if each.folded not in ("", *SYMBOLS)]
    if not address and block and block[-1].folded == government.name.text:
        own = [block[-1]]
    whole = join([*own, title, name], " ")
    return SignedFor(
        government,
        whole,
        title,
        name.cut(0, len(name) - 1) if name.text[-1:] in "印㊞" and name else name,
        address,
    )
