"""The names of Japan's prefectures and municipalities, ready to be looked up in text."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.vocab import NS, PREFIXES
from sosei_graph.workspace import packaged_root

_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_LABEL = ox.NamedNode(f"{PREFIXES['rdfs']}label")
_CODE = ox.NamedNode(f"{NS}governmentCode")
_KINDS = {f"{NS}Municipality": 5, f"{NS}Prefecture": 2}

#: Two ways to write one character of a name; what is compared has the second.
_VARIANTS = {
    "ヶ": "ケ",
    "ヵ": "ケ",
    "鯵": "鰺",
    "釜": "竈",
    "檮": "梼",
    "桧": "檜",
    "曾": "曽",
    "籠": "篭",
    "舘": "館",
}
_VARIANTS |= {
    "澤": "沢",
    "龍": "竜",
    "國": "国",
    "廣": "広",
    "濱": "浜",
    "嶋": "島",
    "瀨": "瀬",
    "榮": "栄",
    "會": "会",
}
_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
#: Radicals that Unicode's compatibility forms leave alone (U+2E80 to U+2EFF), as they stand in names.
_RADICALS |= {"⻄": "西", "⻑": "長", "⻘": "青", "⻲": "亀", "⻆": "角", "⻯": "竜", "⺠": "民", "⻩": "黄"}
_SAME = str.maketrans(_VARIANTS | _RADICALS)

#: Counties of the towns and villages whose name stands in several prefectures, by prefecture.
_COUNTIES = """
松前町 01松前 38伊予 / 森町 01茅部 22周智 / 日高町 01沙流 30日高 / 清水町 01上川 22駿東
池田町 01中川 18今立 20北安曇 21揖斐 / 南部町 02三戸 19南巨摩 31西伯 / 川崎町 04柴田 40田川
美里町 04遠田 11児玉 43下益城 / 美郷町 05仙北 32邑智 45東臼杵 / 朝日町 06西村山 16下新川 24三重
金山町 06最上 07大沼 / 川西町 06東置賜 29磯城 / 小国町 06西置賜 43阿蘇 / 昭和村 07大沼 10利根
南牧村 10甘楽 20南佐久 / 高山村 10吾妻 20上高井 / 明和町 10邑楽 24多気 / 美浜町 18三方 23知多 30日高
川上村 20南佐久 29吉野 / 高森町 20下伊那 43阿蘇 / 日野町 25蒲生 31日野 / 太子町 27南河内 28揖保
広川町 30有田 40八女
"""


def spelled(name: str) -> str:
    """The spelling that names are compared in, one character for one: `ヶ` is `ケ`, `⽇` is `日`."""
    return name.translate(_SAME)


@dataclass(frozen=True)
class Gazetteer:
    """Names, spelled for comparison, to codes of two digits (prefectures) or five (municipalities)."""

    codes: Mapping[str, tuple[str, ...]]
    longest: int = field(default=0)

    @classmethod
    def of(cls, governments: Iterable[tuple[str, str]]) -> "Gazetteer":
        """From pairs of a name and a code."""
        codes: dict[str, list[str]] = defaultdict(list)
        for name, code in governments:
            codes[spelled(name)].append(code)
        return cls(
            {name: tuple(sorted(found)) for name, found in codes.items()}, max(map(len, codes), default=0)
        )

    @classmethod
    def load(cls, path: Path | None = None) -> "Gazetteer":
        """From a `governments.ttl`; without a path the packaged one. SoseiError where it cannot be read."""
        return _load(path or packaged_root() / "data" / "governments.ttl")

    def candidates(self, name: str) -> tuple[str, ...]:
        """The codes of a name without its prefecture; none for a name that is in no list."""
        return self.codes.get(spelled(name), ())

    def in_county(self, name: str, county: str) -> tuple[str, ...]:
        """The candidates that can lie in a county (`上市町`, `中新川`). Only of ambiguous names is it known."""
        found = self.candidates(name)
        prefectures = _counties().get((spelled(name), spelled(county)), ())
        return tuple(code for code in found if code[:2] in prefectures) if len(found) > 1 else found


@cache
def _load(path: Path) -> Gazetteer:
    try:
        triples = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise SoseiError(
            Text("自治体の一覧を読めません", "the list of governments cannot be read"), where=str(path)
        ) from error
    facts: dict[object, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        value = triple.object
        if triple.predicate == _TYPE and isinstance(value, ox.NamedNode):
            facts[triple.subject]["kind"] = value.value
        elif triple.predicate == _LABEL and isinstance(value, ox.Literal) and value.language == "ja":
            facts[triple.subject]["name"] = value.value
        elif triple.predicate == _CODE and isinstance(value, ox.Literal):
            facts[triple.subject]["code"] = value.value
    return Gazetteer.of(
        (fact["name"], fact["code"][: _KINDS[fact["kind"]]])
        for fact in facts.values()
        if fact.get("kind") in _KINDS and "name" in fact and "code" in fact
    )


@cache
def _counties() -> Mapping[tuple[str, str], tuple[str, ...]]:
    counties: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in re.split(r"[/\n]", _COUNTIES.strip()):
        name, *places = entry.split()
        for place in places:
            key = (spelled(name), spelled(place[2:]))
            counties[key] = (*counties.get(key, ()), place[:2])
    return counties
