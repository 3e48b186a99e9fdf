"""The names of Japan's prefectures and municipalities, ready to be looked up in text."""

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


def spelled(name: str) -> str:
    """The spelling that names are compared in, one character for one: `ヶ` is `ケ`, `⽇` is `日`."""
    return name.translate(_SAME)


@dataclass(frozen=True)
class Gazetteer:
    """Names, spelled for comparison, to codes of two digits (prefectures) or five (municipalities).

    `names` are those of the list, by code; two of them can have one spelling (鹿島市 and 鹿嶋市).
    """

    codes: Mapping[str, tuple[str, ...]]
    longest: int = field(default=0)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, governments: Iterable[tuple[str, str]]) -> "Gazetteer":
        """From pairs of a name and a code."""
        codes: dict[str, list[str]] = defaultdict(list)
        names: dict[str, str] = {}
        for name, code in governments:
            codes[spelled(name)].append(code)
            names[code] = name
        sorted_codes = {name: tuple(sorted(found)) for name, found in codes.items()}
        return cls(sorted_codes, max(map(len, codes), default=0), names)

    @classmethod
    def load(cls, path: Path | None = None) -> "Gazetteer":
        """From a `governments.ttl`; without a path the packaged one. SoseiError where it cannot be read."""
        return _load(path or packaged_root() / "data" / "governments.ttl")

    def candidates(self, name: str) -> tuple[str, ...]:
        """The codes of a name without its prefecture; none for a name that is in no list."""
        return self.codes.get(spelled(name), ())

    def told(self, code: str) -> str:
        """The name of a government with its prefecture before it: `広島県府中市`."""
        return self.names.get(code[:2], "") * (len(code) > 2) + self.names[code]


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
