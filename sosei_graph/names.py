"""What a person calls a thing, to its IRI: a CURIE, a government's code, a label, the end of an IRI."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.scopes import Scope, subjects
from sosei_graph.store.memory import Store
from sosei_graph.text import fold
from sosei_graph.vocab import NS, PREFIXES

_CODE = ox.NamedNode(f"{NS}governmentCode")
#: What is written on a thing but does not name it: the code of a measure, the mark of an item.
_MARKS = (ox.NamedNode(PREFIXES["dcterms"] + "identifier"), ox.NamedNode(PREFIXES["skos"] + "notation"))
_IN_PREFECTURE = ox.NamedNode(f"{NS}inPrefecture")
_IRI = re.compile(r"<([^<>\s]+)>|(https?://\S+)")
_CURIE = re.compile(r"([A-Za-z][\w-]*):([^\s]*)", re.ASCII)
_CITY = re.compile(r"[0-9]{2}|[0-9]{5}")
_CODE_DIGITS = re.compile(r"[0-9]{2}|[0-9]{5,6}")
_SDG = re.compile(r"(?:sdgs?|目標|ゴール|ターゲット|goal|target)?-?([0-9]{1,2}(?:\.(?:[0-9]{1,2}|[a-d]))?)")
_SDG_SPELLED_OUT = re.compile(r"sdg.*")
_ADMINISTRATIVE = re.compile(
    r"(?<=.)(?:[市区町村都道府県]|シ|ク|チョウ|マチ|ムラ|ソン|ト|ドウ|フ|ケン|city|ward|town|village|prefecture|-shi|-cho|-machi|-ken)$"
)
_SUFFIXES = (
    *("市", "区", "町", "村", "県", "府", "都"),
    *("シ", "ク", "チョウ", "マチ", "ムラ", "ソン", "ケン", "フ", "ト"),
    *(" City", " Ward", " Town", " Village", " Prefecture"),
)
_GOVERNMENTS = ("LocalGovernment",)
_MOST_LISTED = 12
_LIKE = 0.6


@dataclass(frozen=True)
class Kind:
    """A type of parameter: its name for a message and the classes it admits, the preferred ones first."""

    label: Text
    tiers: tuple[tuple[str, ...], ...]


KINDS: dict[str, Kind] = {
    "government": Kind(Text("自治体", "government"), (("LocalGovernment",),)),
    "area": Kind(Text("圏域", "cooperation area"), (("CooperationArea",),)),
    "plan": Kind(Text("計画", "plan"), (("Plan",),)),
    "document": Kind(Text("文書", "document"), (("Document",),)),
    "agreement": Kind(Text("連携協約", "agreement"), (("Agreement",),)),
    "item": Kind(Text("連携項目", "cooperation item"), (("CooperationItem",),)),
    "theme": Kind(Text("政策テーマ", "policy theme"), (("PolicyTheme",),)),
    "sdg": Kind(
        Text("SDGs のゴール・ターゲット", "SDG goal or target"),
        (("SustainableDevelopmentGoal", "SustainableDevelopmentTarget"),),
    ),
    # Questions compare cities by the shared concept; a city's own indicator is meant where no concept fits.
    "indicator": Kind(Text("指標", "indicator"), (("ComparableIndicator",), ("Indicator",))),
    "element": Kind(
        Text("計画の要素", "plan element"),
        (("PlanElement",), ("CooperationPillar", "CooperationField", "CooperationItem")),
    ),
}
_EXAMPLES = {
    "government": "高岡市, 16202, gov:16202",
    "sdg": "11, 11.2, sdg:11",
    "theme": "theme:childcare",
    "item": "item/3-1-4",
    "element": "goal/1",
    "indicator": "indicator:population, 16202/kpi/3-2",
}


def resolve(store: Store, text: str, kind: str | None = None) -> str:
    """The IRI of the thing that `text` names.

    `text` is an IRI (also in `<>`), a CURIE, a government's code (2, 5 or 6 digits), a label in either
    language, a reading in kana, or the end of an IRI (`kpi/3-2`), also behind the code of the city that it is
    of (`16202/kpi/3-2`). `kind` is a key of `KINDS` and restricts what can be meant. `SoseiError` when nothing
    or more than one thing has that name.
    """
    given = text.strip()
    if not given:
        raise SoseiError(Text("名前が空です", "the name is empty"), hint=_example(kind))
    if iri := _written_out(store, given, kind):
        return iri
    if iri := _by_code(store, given, kind):
        return iri
    scopes = tuple(_scopes(store, kind))
    for iri in _below_base(store, given) if "/" in given else ():
        if any(iri in scope for scope in scopes):
            return iri
    for scope in scopes:
        for matches in _levels(store, given, scope):
            if matches:
                return _the_one(store, given, matches)
    raise _unknown(store, given, kind, scopes if kind else scopes[-1:])


def compact(iri: str, base: str = "") -> str:
    """A short way to write an IRI that `resolve` reads back: a CURIE, else the path below `base` + `id/`."""
    fits = [(namespace, name) for name, namespace in PREFIXES.items() if iri.startswith(namespace)]
    for namespace, name in sorted(fits, reverse=True):
        if re.fullmatch(r"[\w.-]*[\w-]", iri[len(namespace) :], re.ASCII):
            return f"{name}:{iri[len(namespace) :]}"
    for start in (f"{base}id/", base):
        if base and iri.startswith(start):
            return iri[len(start) :]
    return iri


def check_digit(code: str) -> str:
    """The sixth digit of a local government's code, from its first five (JIS X 0402, modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def is_known(store: Store, iri: str) -> bool:
    """Whether the graph says anything of the IRI."""
    node = ox.NamedNode(iri)
    patterns = ((node, None, None), (None, None, node))
    return any(next(store.ox.quads_for_pattern(*pattern), None) is not None for pattern in patterns)


def _written_out(store: Store, given: str, kind: str | None) -> str | None:
    """An IRI or a CURIE, which has to be in the graph and of the kind."""
    if found := _IRI.fullmatch(given):
        iri = found[1] or found[2]
    elif found := _CURIE.fullmatch(given):
        if found[1] not in PREFIXES:
            raise _unknown_prefix(found[1])
        iri = PREFIXES[found[1]] + found[2]
    else:
        return None
    if not _is_iri(iri) or not is_known(store, iri):
        raise _unknown(store, given, kind)
    if kind and not any(iri in scope for scope in _scopes(store, kind)):
        label = KINDS[kind].label
        raise SoseiError(
            Text(f"「{given}」は{label.ja}ではありません", f"{given} is not a {label.en}"),
            hint=_example(kind),
        )
    return iri


def _is_iri(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def _unknown_prefix(prefix: str) -> SoseiError:
    known = " ".join(f"{name}:" for name in PREFIXES)
    return SoseiError(
        Text(f"接頭辞「{prefix}:」は分かりません", f"the prefix {prefix}: is unknown"),
        hint=Text(f"使えるもの: {known}", f"known prefixes: {known}"),
    )


def _by_code(store: Store, given: str, kind: str | None) -> str | None:
    """A government's code, or the number of a Sustainable Development Goal where one is asked for."""
    folded = fold(given)
    if kind == "sdg" or (kind is None and _SDG_SPELLED_OUT.match(folded)):
        number = _SDG.fullmatch(folded)
        iri = PREFIXES["sdg"] + number[1].lstrip("0") if number else ""
        return iri if iri and is_known(store, iri) else None
    if kind not in (None, "government") or not _CODE_DIGITS.fullmatch(folded):
        return None
    five = folded[:5].ljust(5, "0")
    code = five + check_digit(five)
    if len(folded) == 6 and folded != code:
        raise SoseiError(
            Text(
                f"団体コード {folded} の検査数字が合いません",
                f"the check digit of the code {folded} is wrong",
            ),
            hint=Text(f"{five} なら {code} です", f"{five} has the code {code}"),
        )
    found = subjects(store, _CODE, ox.Literal(code))
    return found[0].value if found else None


def _scopes(store: Store, kind: str | None) -> Iterator[Scope]:
    """What can be meant, in order of preference."""
    if kind is None:
        yield Scope(store, _GOVERNMENTS)
        yield Scope(store)
        return
    for tier in KINDS[kind].tiers:
        yield Scope(store, tier)


def _levels(store: Store, given: str, scope: Scope) -> Iterator[list[str]]:
    """Matches from the strictest reading to the loosest, which reads every name, so only if it is needed."""
    if "/" in given:
        yield sorted(_by_tail(given, scope))
    governments = scope if scope.classes == _GOVERNMENTS else Scope(store, _GOVERNMENTS)
    yield list(scope.named([given]))
    spellings = {given, given.capitalize(), _katakana(given)}
    suffixed = scope.named(spelling + suffix for spelling, suffix in product(spellings, _SUFFIXES))
    yield [iri for iri in suffixed if iri in governments]
    folded = fold(given)
    wanted = (folded, _katakana(folded))
    yield sorted({iri for name, iri in scope.folded if name in wanted and iri in scope})
    cities = governments.folded if not scope.classes or scope is governments else ()
    short = ((_ADMINISTRATIVE.sub("", name), iri) for name, iri in cities)
    yield sorted({iri for name, iri in short if name in wanted})
    if "/" not in given:
        yield sorted(_by_tail(given, scope))
    yield sorted(_marked(store, folded, scope))


def _marked(store: Store, folded: str, scope: Scope) -> set[str]:
    """What the mark or the code is written on."""
    things = map(ox.NamedNode, scope.members) if scope.classes else (None,)
    marked = (
        quad
        for thing, mark in product(things, _MARKS)
        for quad in store.ox.quads_for_pattern(thing, mark, None)
        if isinstance(quad.object, ox.Literal) and fold(quad.object.value) == folded
    )
    found = {quad.subject.value for quad in marked if isinstance(quad.subject, ox.NamedNode)}
    return {iri for iri in found if iri in scope}


def _below_base(store: Store, given: str) -> Iterator[str]:
    """The IRIs that `compact` would write so: the path below the base, or below `id/` there."""
    for start in ("id/", ""):
        iri = f"{store.workspace.base}{start}{given.strip('/')}"
        if _is_iri(iri):
            yield iri


def _katakana(text: str) -> str:
    return "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in text)


def _by_tail(given: str, scope: Scope) -> Iterator[str]:
    tail = given.strip("/")
    if not tail or any(letter.isspace() for letter in tail):
        return
    code, _, below = tail.partition("/")
    of_city = f"/{code}/" if below and _CITY.fullmatch(code) else ""
    for iri in scope.members:
        is_whole = iri.endswith(tail) and iri[: -len(tail)].endswith(("/", "#"))
        if is_whole or (of_city and of_city in iri and iri.endswith(f"/{below}")):
            yield iri


def _the_one(store: Store, given: str, matches: list[str]) -> str:
    # The IRI of an alignment ends like that of what it aligns, which is meant.
    alignments = Scope(store, ("Alignment",))
    matches = [iri for iri in matches if iri not in alignments] or matches
    if len(matches) == 1:
        return matches[0]
    labels = Counter(store.label(iri, "ja") for iri in matches)
    listed = [_shown(store, iri, placed=labels[store.label(iri, "ja")] > 1) for iri in matches[:_MOST_LISTED]]
    more = len(matches) - len(listed)
    ja = "、".join(text.ja for text in listed) + (f" ほか{more}件" if more else "")
    en = ", ".join(text.en for text in listed) + (f" and {more} more" if more else "")
    raise SoseiError(
        Text(
            f"「{given}」に当てはまるものが{len(matches)}件あります。どれですか",
            f"“{given}” could be {len(matches)} things: which one?",
        ),
        hint=Text(f"次のどれかを指定してください: {ja}", f"give one of: {en}"),
    )


def _shown(store: Store, iri: str, *, placed: bool = False) -> Text:
    """The label with what to type; `placed` tells namesakes apart by their prefecture."""
    short = compact(iri, store.workspace.base)
    ja, en = store.label(iri, "ja"), store.label(iri, "en")
    found = store.ox.quads_for_pattern(ox.NamedNode(iri), _IN_PREFECTURE, None) if placed else ()
    for prefecture in sorted({quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)}):
        ja, en = f"{ja}（{store.label(prefecture, 'ja')}）", f"{en} ({store.label(prefecture, 'en')})"
    return Text(f"{ja} {short}", f"{en} {short}")


def _unknown(store: Store, given: str, kind: str | None, scopes: tuple[Scope, ...] = ()) -> SoseiError:
    message = Text(f"「{given}」が見つかりません", f"there is nothing by the name “{given}”")
    if kind:
        label = KINDS[kind].label
        message = Text(
            f"{label.ja}「{given}」が見つかりません", f"there is no {label.en} by the name “{given}”"
        )
    if near := _nearest(store, given, scopes) if scopes else nearest_things(store, given, kind):
        ja = "、".join(_shown(store, iri).ja for iri in near)
        en = ", ".join(_shown(store, iri).en for iri in near)
        return SoseiError(message, hint=Text(f"もしかして: {ja}", f"did you mean: {en}"))
    return SoseiError(message, hint=_example(kind))


def nearest_things(store: Store, given: str, kind: str | None = None, limit: int = 3) -> list[str]:
    """The IRIs of the things with the nearest names; among equals first what the graph says more of."""
    return _nearest(store, given, tuple(_scopes(store, kind)) if kind else (Scope(store),), limit)


def _nearest(store: Store, given: str, scopes: Iterable[Scope], limit: int = 3) -> list[str]:
    from difflib import SequenceMatcher

    wanted = fold(given)
    if not any(letter.isalpha() for letter in wanted):
        return []  # no number is near another
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    letters = set(wanted)
    likeness: dict[str, float] = {}
    containing: set[str] = set()
    for name, things in _names_and_tails(scopes, wanted).items():
        if wanted in name:
            containing |= things
        # Comparing is slow: only names of a like length that share at least half of the letters are compared.
        shorter, longer = sorted((len(name), len(wanted)))
        if 2 * shorter < _LIKE * (shorter + longer) or 2 * len(letters.intersection(name)) < len(letters):
            continue
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= _LIKE and (ratio := matcher.ratio()) >= _LIKE:
            likeness.update((iri, max(ratio, likeness.get(iri, 0))) for iri in things)
    if len(containing) == 1:  # half a name that only one thing has
        likeness[containing.pop()] = 1
    likeness = {iri: ratio for iri, ratio in likeness.items() if any(iri in scope for scope in scopes)}
    least = sorted(likeness.values(), reverse=True)[:limit][-1:]
    near = [iri for iri, ratio in likeness.items() if [ratio] >= least]
    return sorted(near, key=lambda iri: (-likeness[iri], -_mentions(store, iri), iri))[:limit]


def _names_and_tails(scopes: Iterable[Scope], wanted: str) -> dict[str, set[str]]:
    """What can be compared with `wanted`: names, also without 市 and the like, or ends of IRIs."""
    found: dict[str, set[str]] = defaultdict(set)
    for scope in scopes:
        if "/" in wanted:
            parts = wanted.count("/") + 1
            for iri in scope.members:
                found["/".join(iri.split("/")[-parts:])].add(iri)
            continue
        for name, iri in scope.folded:
            found[name].add(iri)
    for name in list(found) if "/" not in wanted else ():
        if (short := _ADMINISTRATIVE.sub("", name)) != name:
            found[short] |= found[name]
    return found


def _mentions(store: Store, iri: str) -> int:
    return sum(1 for _ in store.ox.quads_for_pattern(None, None, ox.NamedNode(iri)))


def _example(kind: str | None) -> Text:
    example = _EXAMPLES.get(kind or "government")
    if example is None:
        return Text("名前か IRI を指定してください", "give its name or IRI")
    return Text(f"例: {example}", f"such as {example}")
