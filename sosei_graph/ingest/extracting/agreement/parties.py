"""The parties of an agreement, what it calls them (甲, 乙, 中心市), and where a text names them or another body."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording
from sosei_graph.ingest.records import Government

SYMBOLS = "甲乙丙丁戊己庚辛壬癸"
#: What a local government's name ends with, and what only sounds like one.
_GOVERNMENT = r"[一-鿿々ぁ-んァ-ヶー]{1,12}?[市町村区都道府県]"
_GENERIC = re.compile(
    r"(?:関係|構成|連携|近隣|周辺|中心|中枢|各|両|他|全|圏域|域内|圏域内|県内|本|当該|市|町|区|同|参加|隣接|沿線|加盟|締約|それぞれの|複数の?|一部の|他の|その他の)+"
    r"[市町村区県]+|(?:市町?村?|町村|都市|大都市|県)"
)
_UNLISTED = re.compile(r"[一-鿿々ァ-ヶー][一-鿿々ァ-ヶーぁ-ん]{0,7}?[市町村区都道府県]")
_PREFECTURE = re.compile(r"[一-鿿]{2,3}[都道府県](?=.{2,}[市町村])(?:[一-鿿]{1,4}郡)?")
_AND = r"(?:及び|並びに|又は|[、,・とや])"
_DEFINED = re.compile(
    r"\(以下(?:単に|これらを|両[市町村者]を|総称して)?「(?P<alias>[^「」]{1,14})」と(?:総称)?(?:いう|する|称する)。?\)"
)
_LIST = rf"(?P<list>(?:{_GOVERNMENT}{_AND})*{_GOVERNMENT})"
_CALLS = (
    re.compile(rf"{_LIST}を(?P<alias>[{SYMBOLS}])(?:とし|と|、)"),
    re.compile(rf"(?:と|及び|並びに|、)?{_LIST}\((?P<alias>[{SYMBOLS}])\)"),
    re.compile(rf"(?:^|‖)\(?(?P<alias>[{SYMBOLS}])\)?:?{_LIST}(?=‖)"),
)
#: What may follow the name of a government that is meant itself, and not its hospital, mayor or territory.
_ITSELF = re.compile(
    r"$|[、。,・はがとやのにへもをで等」)]|及び|並びに|又は|ほか|など|から|より|その他|以下|\(以下"
)


@dataclass(frozen=True)
class Party:
    """One side of the agreement: a government, or several under one name (two cities as 甲)."""

    governments: tuple[Government, ...]
    alias: str | None = None

    def only(self, who: str) -> "Party":
        """The one of several governments that has that name; the party itself where it is called so."""
        own = tuple(each for each in self.governments if each.name.text == who)
        return Party(own) if who != self.alias and len(self.governments) > 1 and own else self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its governments."""
        return tuple(each.name.text for each in self.governments)


@dataclass(frozen=True)
class Mention:
    """A place where a text names a government or a party; `start` and `end` are of the folded text."""

    words: Wording
    start: int
    end: int
    governments: tuple[Government, ...]
    party: Party | None = None


@dataclass(frozen=True)
class Parties:
    """All sides of an agreement, in its order. `known` is False where 甲 and 乙 stand for nobody that it names."""

    all: tuple[Party, ...] = ()
    known: bool = True

    @property
    def governments(self) -> tuple[Government, ...]:
        """The contracting governments, in the order of the document."""
        return tuple(government for party in self.all for government in party.governments)

    def named(self, who: str) -> tuple[Party, ...]:
        """The parties that a head names (`甲`, `例示市（甲）`, `甲及び乙`); none if one of them is unknown."""
        if party := self._one(who):
            return (party,)
        parts = [part for part in re.split(_AND, who) if part] if re.search(_AND, who) else list(who)
        found = [self._one(part) for part in parts]
        return tuple(each for each in found if each) if len(found) > 1 and all(found) else ()

    def _one(self, who: str) -> Party | None:
        inside = re.fullmatch(r"(?P<a>[^()]+)\((?P<b>[^()]+)\)?", who)
        if inside:
            both = [party for part in inside.groups() if (party := self._one(part))]
            return both[0] if both and all(each == both[0] for each in both) else None
        whole = [each.only(who) for each in self.all if who in (each.alias, *each.names)]
        joined = [each for each in self.all if len(each.names) > 1 and _same_list(who, each.names)]
        kind = [
            each for each in self.all if who in "市町村県" and all(name.endswith(who) for name in each.names)
        ]
        for found in (whole, joined, kind, [each for each in self.all if _ends_with_name(who, each)]):
            if len(found) == 1:
                return found[0]
        return None

    def mentions(self, words: Wording, source: Source) -> list[Mention]:
        """Where a text names a party or another government as acting itself, in order."""
        text = words.folded
        found = [*self._by_alias(words, text), *_by_name(words, text, source)]
        by_code = {each.code: party for party in self.all for each in party.governments if each.code}
        by_text = {each.name.text: party for party in self.all for each in party.governments}
        resolved = []
        for each in found:
            first = each.governments[0] if each.governments else None
            party = each.party or (by_code.get(first.code) if first and first.code else None)
            party = party or (by_text.get(text[each.start : each.end]) if first else None)
            resolved.append(Mention(each.words, each.start, each.end, each.governments, party))
        return _without_overlaps(resolved)

    def _by_alias(self, words: Wording, text: str) -> Iterable[Mention]:
        """Where the text says 甲, or a party's name, which need not be in any list."""
        for party in self.all:
            called = [(party.alias, party.governments)] if party.alias else []
            called += [(each.name.text, (each,)) for each in party.governments]
            for name, governments in called:
                for found in re.finditer(re.escape(name), text):
                    if self._stands_alone(text, found):
                        yield Mention(words.group(found), *found.span(), governments, party)

    def _stands_alone(self, text: str, found: re.Match[str]) -> bool:
        before = text[max(0, found.start() - 1) : found.start()]
        if not (_ITSELF.match(text, found.end()) or text[found.end() : found.end() + 1] in SYMBOLS):
            return False
        return not "一" <= before <= "鿿" or before in SYMBOLS + "及又並県"


def _same_list(who: str, names: Sequence[str]) -> bool:
    return sorted(part for part in re.split(_AND, who) if part) == sorted(names)


def _ends_with_name(who: str, party: Party) -> bool:
    """`富山県高岡市` for 高岡市: the name with its prefecture before it."""
    return len(party.names) == 1 and bool(
        re.fullmatch(rf".{{1,3}}[都道府県](?:.{{1,5}}郡)?{re.escape(party.names[0])}", who)
    )


def _without_overlaps(mentions: list[Mention]) -> list[Mention]:
    kept = list[Mention]()
    for each in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _by_name(words: Wording, text: str, source: Source) -> Iterable[Mention]:
    for found in source.governments(words):
        if _ITSELF.match(text, found.end):
            name = words.cut_folded(found.start, found.end)
            yield Mention(name, found.start, found.end, (Government(source.passage(name), found.code),))


def is_generic(name: str) -> bool:
    """Whether it is no name but a word for some government (関係市町, 構成市)."""
    return bool(_GENERIC.fullmatch(name))


def find_parties(preamble: Wording, title: Wording, source: Source) -> Parties:
    """The parties: those that the preamble defines (以下「甲」という。), else those of its sentence or title."""
    defined = _defined(preamble, source) or _called(preamble, source)
    if len(defined) > 1 or any(len(each.names) > 1 for each in defined):
        return Parties(tuple(defined))
    sentence = re.search(rf"(?P<list>{_GOVERNMENT}(?:{_AND}{_GOVERNMENT})+)(?:と)?[はが]、?", preamble.folded)
    heading = re.search(
        rf"(?P<list>{_GOVERNMENT}(?:{_AND}{_GOVERNMENT})+)(?:と)?(?:における|との?間|の間|に係る|の)",
        title.folded,
    )
    for found, words in ((sentence, preamble), (heading, title)):
        if found and (names := _listed(words.group(found, "list"), source)):
            return Parties(tuple(Party((each,)) for each in names))
    return Parties()


def symbols_only(lines: Sequence[Wording], source: Source) -> Parties:
    """甲, 乙 … of a document that gives them roles and does not say who they are."""
    found = dict[str, Wording]()
    for line in lines:
        for each in re.finditer(rf"(?P<symbol>[{SYMBOLS}])の役割", line.folded):
            found.setdefault(each["symbol"], line.group(each, "symbol"))
    order = sorted(found, key=SYMBOLS.index)
    sides = (Party((Government(source.passage(found[each]), None),), each) for each in order)
    return Parties(tuple(sides), known=False)


def _called(preamble: Wording, source: Source) -> list[Party]:
    """`例示市を甲、見本町を乙とし`, `例示市（甲）と見本町（乙）`, or `甲　例示市` on lines of their own."""
    for form in _CALLS:
        found = form.finditer(preamble.folded)
        sides = [(_listed(preamble.group(each, "list"), source), each["alias"]) for each in found]
        if len(called := [Party(names, alias) for names, alias in sides if names]) > 1:
            return called
    return []


def _defined(preamble: Wording, source: Source) -> list[Party]:
    parties = list[Party]()
    begin = 0
    text = preamble.folded
    for found in _DEFINED.finditer(text):
        symbol = found["alias"] in SYMBOLS or bool(re.search(r"[市町村]$", found["alias"]))
        names = _listed_before(preamble, begin, found.start(), source) if symbol else ()
        if names:
            parties.append(Party(names, found["alias"]))
        elif parties:
            break
        begin = found.end()
    single = [party for party in parties if party.alias and party.alias in SYMBOLS]
    return (
        single
        if len(single) > 1
        else parties
        if len(parties) > 1 or sum(len(p.names) for p in parties) > 1
        else []
    )


def _listed_before(words: Wording, begin: int, end: int, source: Source) -> tuple[Government, ...]:
    """The governments that a list ends with, which stands just before a definition."""
    text = words.folded[begin:end]
    last = max((found.end() for found in re.finditer(r"[。「」]|^(?:と|及び|並びに|、)+", text)), default=0)
    found = re.search(rf"(?:{_GOVERNMENT}{_AND})*{_GOVERNMENT}$", text[last:])
    return _listed(words.cut_folded(begin + last + found.start(), end), source) if found else ()


def _listed(words: Wording, source: Source) -> tuple[Government, ...]:
    """The governments of a list such as `山口県例示市及び見本町`; nothing if a part is no name.

    Before a name in no list of municipalities only white space or a bracket tells where it begins.
    """
    known = {(each.start, each.end): each.code for each in source.governments(words)}
    names = list[Government]()
    for begin, end in _parts(words.folded, list(known)):
        inside = max((span for span in known if span[0] >= begin and span[1] == end), default=None)
        name = words.cut_folded(*(inside or (begin, end)))
        if inside is None:
            name = name.cut(max((found.end() for found in re.finditer(r"\s", name.text)), default=0))
            name = name.cut(len(found[0]) if (found := _PREFECTURE.match(name.text)) else 0)
            if not _UNLISTED.fullmatch(name.text) or is_generic(name.folded):
                return ()
        names.append(Government(source.passage(name), known[inside] if inside else None))
    return tuple(names)


def _parts(text: str, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a list between its conjunctions, which are not looked for inside of a known name (八街市及び…)."""
    parts, begin = [], 0
    for found in re.finditer(_AND, text):
        if found.start() < begin or any(start < found.start() < end for start, end in known):
            continue
        if re.search(r"[市町村区都道府県]$", text[begin : found.start()]):
            parts.append((begin, found.start()))
            begin = found.end()
    return [*parts, (begin, len(text))] if begin < len(text) else parts
