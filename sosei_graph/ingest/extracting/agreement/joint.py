"""Texts that hold the roles of several parties, told apart by the words that their sentences begin with."""

import re

from sosei_graph.ingest.extracting.agreement.entries import RawRole
from sosei_graph.ingest.extracting.agreement.parties import Parties
from sosei_graph.ingest.extracting.wording import Wording, join

_OPEN, _CLOSE = r"[【\[(〔<《「・○●◎■□◆]*", r"[】\])〕>》」]*"
_MARK = r"(?:\(?[0-9a-zア-ン]{1,2}\)|[0-9]{1,2}\.)?"


def split_roles(words: Wording, parties: Parties) -> list[RawRole]:
    """The text of each party: `甲は、…。乙は、…。`, `【甲】…`, `○甲・…`; nothing where a sentence is of nobody."""
    names = {name for party in parties.all for name in (party.alias, *party.names) if name}
    if not names:
        return []
    one = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    head = re.compile(
        rf"(?:^|(?<=[。】\])〕])){_OPEN}{_MARK}(?P<who>(?:{one})(?:(?:及び|並びに|・|、)?(?:{one}))*)"
        rf"(?:(?:の役割|の費用分担|の負担)?{_CLOSE}[:：]|(?:の役割)?[】\])〕>》]+|の役割(?=[^をはがにの])|(?:は|が|において|については)、?)"
    )
    listed = re.compile(rf"[○●◎■□◆◇](?P<who>(?:{one})(?:(?:及び|並びに|・|、)(?:{one}))*)(?=[・･])")
    heads = (list(form.finditer(words.folded)) for form in (head, listed))
    found = next((each for each in heads if each and each[0].start() == 0), [])
    if not found:
        return []
    roles = list[RawRole]()
    ends = [each.start() for each in found[1:]] + [len(words.folded)]
    for each, last in zip(found, ends, strict=True):
        named = parties.named(each["who"])
        if not named:
            return []
        subject = words.folded[each.end() - 1] in "はが、" or each[0].endswith(("において", "については"))
        begin = each.start("who") if subject else each.end()
        end = _end_of_role(words.folded, each.end(), last)
        own = {name for party in named for name in (party.alias, *party.names) if name}
        if any(
            re.search(rf"{re.escape(name)}[がは]", words.folded[each.end() : end]) for name in names - own
        ):
            return []
        roles.append(RawRole(named, words.cut_folded(begin, end), shared=len(named) > 1, known=parties.known))
    return _merged(roles)


def _end_of_role(text: str, start: int, end: int) -> int:
    """Where the role ends: before the first later sentence on costs."""
    costs = re.compile(r"。(?=(?:なお、|また、)?(?:費用|経費|負担))").search(text, start, end)
    return costs.end() if costs else end


def _merged(roles: list[RawRole]) -> list[RawRole]:
    """One role a party where several sentences of it follow each other."""
    merged = list[RawRole]()
    for role in roles:
        same = next((at for at, each in enumerate(merged) if each.parties == role.parties), None)
        if same is None:
            merged.append(role)
        else:
            merged[same] = RawRole(
                role.parties, join([merged[same].words, role.words]), role.shared, role.known
            )
    return merged
