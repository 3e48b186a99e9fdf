"""Cooperation agreements: 連携協約 (article 252-2 of the Local Autonomy Act) and 定住自立圏形成協定, and their changes.

The form: a title; the parties with their short names (以下「甲」という。); articles; what is done together and who does
what, in an annex (別表) or in the clauses of article 3; the date and the signatures. See `extract`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.annexes import read_annexes
from sosei_graph.ingest.extracting.agreement.entries import Entry, Heading
from sosei_graph.ingest.extracting.agreement.parties import Parties, find_parties
from sosei_graph.ingest.extracting.agreement.preamble import (
    BOUND,
    EarlierWords,
    Head,
    changes,
    read_area,
    read_earlier,
    read_head,
)
from sosei_graph.ingest.extracting.agreement.roles import LEAD, Teller
from sosei_graph.ingest.extracting.agreement.signing import Signed, read_day, read_signatures, read_signed
from sosei_graph.ingest.extracting.particulars import issued
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import (
    CERTAIN,
    Agreement,
    Doubt,
    Earlier,
    Field,
    Findings,
    Item,
    Passage,
    Signatory,
    Unread,
)


def extract(reading: Reading) -> Findings:
    """What an agreement states: parties, date, signatures, the earlier agreement, and its items with all roles.

    An item of an annex without names of its own is named by its content. `Field.notation` joins the marks of the
    headings over its items (`3(1)`), and `Field.above` are those headings without the last, each with its mark. What
    the form promises and could not be read is in `Findings.unread`.
    """
    source = Source(reading)
    head = read_head(source.lines, source)
    parties = find_parties(head.words, head.title, source)
    annex = read_annexes(source, parties)
    signed = _checked(read_signed(source.lines, head.sentence), head)
    earlier = read_earlier(head) if changes(head) else None
    signatories = _signatories(source, parties)
    articles = join(source.lines[head.sentence : head.sentence + 8], BOUND)
    agreement = Agreement(
        title=source.passage(head.title),
        parties=parties.governments,
        is_amendment=changes(head),
        signed_on=signed.day,
        signed=_some(signed.words, source) if signed.day else None,
        amends=_some(earlier.whole, source) if earlier else None,
        area=_some(read_area(head, articles), source),
        fields=_fields(annex.entries, parties, source, head.title),
        signatures=tuple((each.government, each.passage) for each in signatories),
        doubt=Doubt(0.7, signed.remarks) if signed.remarks else CERTAIN,
        earlier=_earlier(earlier, source) if earlier else None,
        replaces_annex=_some(_replacing(source.lines), source),
        signatories=signatories,
    )
    return Findings(
        "agreement",
        _some(head.cover, source),
        parties.governments,
        _issued(signed, source),
        agreement=agreement,
        unread=(*_missing(head, agreement, signed, source), *annex.unread),
    )


def _some(words: Wording, source: Source) -> Passage | None:
    return source.passage(words) if words else None


def _issued(signed: Signed, source: Source) -> str | None:
    """The month that the cover bears, which is the document's own; without one an agreement is issued by signing."""
    cover = issued(source)
    return cover if cover and len(cover) == len("2026-01") else signed.day


def _checked(signed: Signed, head: Head) -> Signed:
    """The day of signing; that of the earlier agreement is none of a change."""
    earlier = read_earlier(head) if changes(head) else None
    if earlier is not None and signed.remarks and signed.day in [read_day(each) for each in earlier.dates]:
        return Signed(signed.words, None, reason=remarks.DATE_OF_EARLIER)
    return signed


def _earlier(words: EarlierWords, source: Source) -> Earlier:
    days = tuple((read_day(each), source.passage(each)) for each in words.dates)
    return Earlier(source.passage(words.title), days[0] if days else None, days[1:])


def _signatories(source: Source, parties: Parties) -> tuple[Signatory, ...]:
    return tuple(
        Signatory(
            each.government,
            source.passage(each.words),
            _some(each.title, source),
            _some(each.name, source),
            _some(each.address, source),
        )
        for each in read_signatures(source.lines, parties)
    )


_REPLACES = re.compile(
    r"別表(?:第\d+)?(?:(?:から|及び|、)別表第\d+(?:まで)?)?を"
    r"(?:次のように|別紙のとおり|次のとおり)(?:改め|変更|改正)"
)
_PARTIAL = re.compile(r"「[^」]*」を「[^」]*」に(?:改め|変更)|を削(?:る|り、)|の次に次の|に次の.{1,10}を加え")


def _replacing(lines: Sequence[Wording]) -> Wording:
    """The words that replace the annex of the earlier agreement, with the head of the new one."""
    for number, line in enumerate(lines):
        if _REPLACES.search(line.folded):
            following = lines[number + 1] if number + 1 < len(lines) else Wording()
            return join([line, following], " ") if following.folded.startswith("別表") else line
    return Wording()


def _missing(head: Head, agreement: Agreement, signed: Signed, source: Source) -> Iterator[Unread]:
    """What the form promises and was not found."""
    first = source.lines[head.sentence] if source.lines else Wording()
    if not head.title:
        yield source.unread([first], remarks.NO_TITLE)
    if not agreement.parties:
        yield source.unread([first], remarks.NO_PARTIES)
    if signed.day is None:
        yield source.unread([signed.words or head.title or first], signed.reason or remarks.NO_DATE)
    for signatory in agreement.signatories:
        if signatory.name is None:
            yield Unread(signatory.passage, remarks.NO_SIGNATORY)
    if agreement.is_amendment and agreement.earlier is None:
        yield source.unread([first], remarks.NO_EARLIER)
    if not agreement.fields:
        yield source.unread([head.title or first], remarks.NO_ITEMS)
    for line in source.lines:
        if agreement.is_amendment and _PARTIAL.search(line.folded):
            yield source.unread([line], remarks.PARTIAL_CHANGE)


def _fields(entries: Sequence[Entry], parties: Parties, source: Source, title: Wording) -> tuple[Field, ...]:
    """The items below their headings; those without any are below the title."""
    teller = Teller(
        parties, source, any(LEAD in role.words.folded for each in entries for role in each.roles)
    )
    grouped = dict[tuple[int, ...], list[Entry]]()
    for entry in entries:
        grouped.setdefault(tuple(each.name.start for each in entry.headings), []).append(entry)
    fields = list[Field]()
    beside = Counter[tuple[int, ...]]()
    for key, own in grouped.items():
        headings = own[0].headings or (Heading(title),)
        beside[key[:-1]] += 1
        marks = join((each.mark for each in headings if not each.is_structure), "")
        fields.append(
            Field(
                source.passage(headings[-1].name),
                beside[key[:-1]],
                _some(marks, source) if headings[-1].mark and not headings[-1].is_structure else None,
                tuple(source.passage(join((each.mark, each.name), " ")) for each in headings[:-1]),
                tuple(_item(entry, number, teller, source) for number, entry in enumerate(own, 1)),
            )
        )
    return tuple(fields)


def _item(entry: Entry, number: int, teller: Teller, source: Source) -> Item:
    return Item(
        source.passage(entry.name or entry.content),
        number,
        _some(entry.mark, source),
        _some(entry.content, source),
        teller.cells(entry),
        Doubt(entry.confidence, tuple(entry.remarks)) if entry.remarks else CERTAIN,
    )
