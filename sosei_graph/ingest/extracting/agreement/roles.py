"""Who leads, who partners and who cooperates in an item, after the words of each party's own text.

A contracting party whose text says 主体的に of itself leads; another contracting party with a text of its own is a
partner; a city that is no party and that a text names as one to work with cooperates. No other word makes a lead:
中心となって, 主導 and the like are remarked on, and so is an agreement that never says 主体的に, because there the text
does not tell leads from partners.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.entries import Entry, RawRole, says_nothing
from sosei_graph.ingest.extracting.agreement.parties import SYMBOLS, Mention, Parties, Party, is_generic
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import CERTAIN, Doubt, Government, Role, RoleCell

LEAD = "主体的に"
_OTHER_LEADS = re.compile(
    r"中心(?:と|に)な(?:って|り|る)?|中心的な?(?:役割|存在|立場)|主体とな(?:って|り|る)?|主体的な|主導|率先|先導|主たる(?:役割|担い手)|統括"
)
#: The verbs of taking part: one who does that 主体的に does not lead.
_TAKING_PART = re.compile(r"主体的に(?:[^、。]{0,6})(?:参加|参画|協力|利用|活用され)")
#: 主体的に取り組む団体を支援する: the words are of the noun that follows.
_OF_A_NOUN = re.compile(
    r"主体的に[^、。]{0,15}?(?:む|う|る|ぶ|く|す|た)(?!こと|もの|とともに|ため|ほか|。|、|$)(?:団体|者|企業|市民|住民|町民|村民|人|活動|取組|事業|組織|機関)"
)
_SUBJECT = re.compile(r"(?P<who>[^、。]{1,24}?)(?:が|は|の)(?=[^がは。]*$)")
_WITH = re.compile(
    r"と(?:の間で?|も)?(?:相互に|互いに|緊密に|十分に|適切に|密接に|一層|の)?(?:連携|協力|協働|共同|協調|連絡|一体|とも?に|共に|調整|協議|情報)"
    r"|とともに、?(?=[^。]*(?:連携|協力|共同))|ととも?に(?=[^、])"
)
_SEPARATOR = re.compile(r"及び|並びに|又は|[、・やと]")
_BODY = re.compile(
    r"(?:[一-鿿々ァ-ヶーA-Zぁ-ん]{0,14}?)(?:機関|団体|企業|大学|医師会|歯科医師会|協議会|事業者|商工会議所|商工会|組合|病院|学校|自治体"
    r"|市町村|市町|町村|関係市|構成市|連携市|関係者|国|県|NPO|NPO法人|法人|住民|市民|会社|民間)(?:等|など)?"
)


@dataclass(frozen=True)
class Teller:
    """Tells the roles of an agreement's items. `says_lead` is whether any role of the document says 主体的に."""

    parties: Parties
    source: Source
    says_lead: bool

    def cells(self, entry: Entry) -> tuple[RoleCell, ...]:
        """The roles of an item: the parties in the order of the document, then the cities that cooperate."""
        found = list[RoleCell]()
        others = dict[str, list[tuple[Mention, bool]]]()
        for raw in entry.roles:
            if says_nothing(raw.words):
                found += self._none(raw)
                continue
            whom = self._whom(raw.words)
            for party in raw.parties:
                own = {each.code or each.name.text for each in party.governments}
                named = [one for each in whom for one in self._governments(each)]
                named = [one for one in named if (one.code or one.name.text) not in own]
                for government in party.governments:
                    role, doubt = self._role(raw, party, government)
                    passage = self.source.passage(raw.words)
                    found.append(RoleCell(government, role, passage, _distinct(named), doubt))
            for mention in whom:
                if mention.party is None and mention.governments and not is_generic(mention.words.folded):
                    certain = _is_worked_with(raw.words, mention)
                    others.setdefault(mention.words.folded, []).append((mention, certain))
        return (*found, *(self._cooperating(mentions) for mentions in others.values()))

    def _governments(self, mention: Mention) -> tuple[Government, ...]:
        """Those that a text names: for 甲 the governments that it stands for, a body without a name as it is called."""
        if mention.party is not None and mention.words.folded == mention.party.alias:
            return mention.party.governments
        code = mention.governments[0].code if len(mention.governments) == 1 else None
        return (Government(self.source.passage(mention.words), code),)

    def _cooperating(self, mentions: Sequence[tuple[Mention, bool]]) -> RoleCell:
        first = mentions[0][0]
        certain = any(each for _, each in mentions)
        code = first.governments[0].code
        passage = self.source.passage(join((mention.words for mention, _ in mentions), "、"))
        notes = [] if certain else [remarks.ONLY_NAMED]
        notes += [] if code else [remarks.NOT_IN_LIST]
        doubt = Doubt(0.5 if not certain else 0.7, tuple(notes)) if notes else CERTAIN
        role: Role | None = "cooperating" if certain else None
        return RoleCell(Government(self.source.passage(first.words), code), role, passage, (), doubt)

    def _none(self, raw: RawRole) -> Iterator[RoleCell]:
        """A party whose cell holds a mark for nothing: it has no role here, and the document says so."""
        absence = "not-applicable" if "なし" in raw.words.folded else "blank-mark"
        for party in raw.parties:
            for government in party.governments:
                yield RoleCell(government, None, self.source.passage(raw.words), absence=absence)

    def _role(self, raw: RawRole, party: Party, own: Government) -> tuple[Role | None, Doubt]:
        if not raw.known:
            return None, Doubt(0.5, (remarks.NOT_A_PARTY,))
        text = raw.words.folded
        if LEAD in text:
            reason = self._why_no_lead(raw, party, own)
            role: Role | None = "partner" if reason is remarks.LEAD_OF_ANOTHER else None
            return (role, Doubt(0.5, (reason,))) if reason else ("lead", CERTAIN)
        if found := _OTHER_LEADS.search(text):
            return "partner", Doubt(0.6, (remarks.OTHER_LEAD.fill(word=found[0]),))
        if not self.says_lead:
            return "partner", Doubt(0.6, (remarks.NEVER_SAYS_LEAD,))
        return "partner", CERTAIN

    def _why_no_lead(self, raw: RawRole, party: Party, own: Government) -> remarks.Text | None:
        """Why a text with 主体的に does not say for certain that a government of its party leads; None if it does."""
        text = raw.words.folded
        if raw.shared:
            return remarks.SHARED_LEAD
        reason: remarks.Text | None = None
        for found in re.finditer(LEAD, text):
            sentence = text[text.rfind("。", 0, found.start()) + 1 : found.start()]
            if _OF_A_NOUN.match(text, found.start()) or _is_of_another(sentence, party, own):
                reason = remarks.LEAD_OF_ANOTHER
            elif _TAKING_PART.match(text, found.start()):
                reason = remarks.LEAD_IN_TAKING_PART
            else:
                return None
        return reason

    def _whom(self, words: Wording) -> list[Mention]:
        """All governments and parties that a text names, and the bodies that it names as ones to work with."""
        found = self.parties.mentions(words, self.source)
        for each in _members(words):
            if all(each[1] <= one.start or each[0] >= one.end for one in found):
                body = words.cut_folded(*each)
                found.append(Mention(body, *each, _as_government(body, self.source)))
        return sorted(found, key=lambda one: one.start)


def _is_of_another(before: str, party: Party, own: Government) -> bool:
    """Whether 主体的に has a subject of its own: 住民が主体的に, 甲が主体的に行う…, another city of 甲."""
    others = [name for name in party.names if name != own.name.text]
    subjects = [found["who"] for found in re.finditer(r"(?:^|、|及び)(?P<who>[^、。]+?)は(?=、)", before)]
    if subjects and any(name in subjects[-1] for name in others) and own.name.text not in subjects[-1]:
        return True
    found = _SUBJECT.search(before) if re.search(r"[がは](?:、|[^、。]{0,12})?$", before) else None
    if found is None:
        return False
    who = re.split(r"[、。]", before[: found.end("who")])[-1]
    return not any(who.endswith(name) for name in (party.alias, *party.names) if name) or any(
        who.endswith(name) for name in others
    )


def _as_government(body: Wording, source: Source) -> tuple[Government, ...]:
    """A name that may be a municipality in no list (例示市); nothing for 関係機関."""
    is_name = re.fullmatch(r"[一-鿿々ぁ-んァ-ヶー]{1,8}[市町村]", body.folded) and not is_generic(body.folded)
    return (Government(source.passage(body), None),) if is_name else ()


def _distinct(named: Sequence[Government]) -> tuple[Government, ...]:
    """Each once, by its code or its name."""
    return tuple({each.code or each.name.text: each for each in reversed(named)}.values())[::-1]


def _members(words: Wording) -> list[tuple[int, int]]:
    """Where the members of lists stand that end with …と連携 or …と協力, from the last one backwards."""
    found = list[tuple[int, int]]()
    text = words.folded
    starts = _starts_of_sentences(words)
    for end in (each.start() for each in _WITH.finditer(text)):
        begin = max(start for start in starts if start <= end)
        bounds = [begin, *(each.end() for each in _SEPARATOR.finditer(text, begin, end))]
        stops = [each.start() for each in _SEPARATOR.finditer(text, begin, end)] + [end]
        for start, stop in zip(reversed(bounds), reversed(stops), strict=True):
            member = text[start:stop]
            if not (
                _BODY.fullmatch(member)
                or re.fullmatch(rf"[一-鿿々ぁ-んァ-ヶー]{{1,9}}[市町村都道府県]|[{SYMBOLS}]", member)
            ):
                break
            found.append((start, stop))
    return found


def _starts_of_sentences(words: Wording) -> list[int]:
    """Where sentences begin in the folded text, after the marks of a list (イ　医師会と連携する。)."""
    starts = list[int]()
    for place in (0, *(found.end() for found in re.finditer("[。;；]", words.text))):
        marks = read_marks(words.text[place:])
        rest = marks[0].rest if marks and not marks[0].tight else 0
        starts.append(words.folded_places(place + rest, place + rest)[0])
    return starts


def _is_worked_with(words: Wording, mention: Mention) -> bool:
    """Whether a mention stands in a list of those to work with, or takes part itself (…市が, …市は)."""
    if any(start <= mention.start and mention.end <= end for start, end in _members(words)):
        return True
    return bool(re.match(r"[がは]、?", words.folded[mention.end :]))
