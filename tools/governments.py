"""Writes data/governments.ttl from the official list of local-government codes.

    python tools/governments.py CSV > data/governments.ttl

The CSV (UTF-8, with or without a byte order mark) has a header line and five columns: six-digit code,
prefecture, municipality (empty on a prefecture's own line), and the kana of both. It is `citycode.csv` of
archlabjp/jpaddress_codes (CC0), the list of the Ministry of Internal Affairs and Communications.
Codes: 全国地方公共団体コード (JIS X 0401 and X 0402 with a check digit),
https://www.soumu.go.jp/denshijiti/code.html.
Besides what the package needs, the romanisation needs jaconv.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.turtle import canonical
from sosei_graph.vocab import BASE, PREFIXES

HEAD = """\
# The 47 prefectures and 1,741 municipalities of Japan (special wards are in, wards of designated cities not).
# Names, kana and codes: archlabjp/jpaddress_codes (CC0), after the list of the Ministry of Internal Affairs
# and Communications as of 1 April 2023; 14 readings that it prints with a large kana for a small one are mended.
# skos:altLabel (ja-Latn) is a mechanical Hepburn romanisation of the kana, for search in Latin script: vowels
# stand as in the kana (oosaka-shi), and it is not the official English name. English names are given only for
# prefectures and for the municipalities that the documents of this graph concern.
# tools/governments.py がコード一覧の CSV から生成する。skos:altLabel のローマ字は仮名を機械的に
# 置き換えたもので、公式の英語表記ではない。
"""

WEIGHTS = (6, 5, 4, 3, 2)

# In the order of the codes 01 to 47.
# fmt: off
PREFECTURES = (
    "Hokkaido", "Aomori", "Iwate", "Miyagi", "Akita", "Yamagata", "Fukushima", "Ibaraki",
    "Tochigi", "Gunma", "Saitama", "Chiba", "Tokyo", "Kanagawa", "Niigata", "Toyama",
    "Ishikawa", "Fukui", "Yamanashi", "Nagano", "Gifu", "Shizuoka", "Aichi", "Mie",
    "Shiga", "Kyoto", "Osaka", "Hyogo", "Nara", "Wakayama", "Tottori", "Shimane",
    "Okayama", "Hiroshima", "Yamaguchi", "Tokushima", "Kagawa", "Ehime", "Kochi", "Fukuoka",
    "Saga", "Nagasaki", "Kumamoto", "Oita", "Miyazaki", "Kagoshima", "Okinawa",
)
# fmt: on
PREFECTURE_SUFFIXES = {"01": "", "13": " Metropolis"}

MUNICIPALITIES = {
    "01213": "Tomakomai City",
    "08202": "Hitachi City",
    "16201": "Toyama City",
    "16202": "Takaoka City",
    "16205": "Himi City",
    "16208": "Tonami City",
    "16209": "Oyabe City",
    "16210": "Nanto City",
    "16211": "Imizu City",
    "17201": "Kanazawa City",
}

# Readings that the list prints with a large kana where the name has a small one: (as printed, as read).
SMALL_KANA = {
    "06428": ("シヨウナイマチ", "ショウナイマチ"),
    "10421": ("ナカノジヨウマチ", "ナカノジョウマチ"),
    "11206": ("ギヨウダシ", "ギョウダシ"),
    "11211": ("ホンジヨウシ", "ホンジョウシ"),
    "11216": ("ハニユウシ", "ハニュウシ"),
    "12403": ("クジユウクリマチ", "クジュウクリマチ"),
    "12443": ("オンジユクマチ", "オンジュクマチ"),
    "12463": ("キヨナンマチ", "キョナンマチ"),
    "25384": ("リユウオウチョウ", "リュウオウチョウ"),
    "27229": ("シジヨウナワテシ", "シジョウナワテシ"),
    "29426": ("コウリヨウチョウ", "コウリョウチョウ"),
    "33208": ("ソウジヤシ", "ソウジャシ"),
    "33586": ("シンジヨウソン", "シンジョウソン"),
    "47326": ("チヤタンチョウ", "チャタンチョウ"),
}

# The last character of a name and how it may be read: what the romanisation sets off with a hyphen.
SUFFIXES = {
    "都": ("ト",),
    "府": ("フ",),
    "県": ("ケン",),
    "市": ("シ",),
    "区": ("ク",),
    "町": ("チョウ", "マチ"),
    "村": ("ソン", "ムラ"),
}

A = ox.NamedNode(f"{PREFIXES['rdf']}type")
LABEL = ox.NamedNode(f"{PREFIXES['rdfs']}label")
SEE_ALSO = ox.NamedNode(f"{PREFIXES['rdfs']}seeAlso")
ALT_LABEL = ox.NamedNode(f"{PREFIXES['skos']}altLabel")


@dataclass(frozen=True)
class Government:
    """A prefecture (`municipality` false) or municipality: six-digit code, name and katakana reading."""

    code: str
    name: str
    kana: str
    municipality: bool

    @property
    def number(self) -> str:
        """The code without check digit: `16202`, or the two digits of a prefecture."""
        return self.code[:5] if self.municipality else self.code[:2]

    @property
    def english(self) -> str | None:
        """The English name, where one is given."""
        if self.municipality:
            return MUNICIPALITIES.get(self.number)
        return PREFECTURES[int(self.number) - 1] + PREFECTURE_SUFFIXES.get(self.number, " Prefecture")


def check_digit(code: str) -> str:
    """The check digit (modulus 11) that belongs behind the first five digits of a code."""
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def read(path: Path) -> list[Government]:
    """The governments of the list, in its order; ValueError with `file:line` for what cannot be right."""
    found: dict[str, Government] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)
        for row in lines:
            where = f"{path}:{lines.line_num}"
            government = _government(row, where)
            if government.number in found:
                raise ValueError(f"{where}: the code {government.code} stands twice (remove one line)")
            if government.municipality and government.number[:2] not in found:
                raise ValueError(f"{where}: {government.name} has no prefecture above it (add its line)")
            found[government.number] = government
    return list(found.values())


def _government(row: list[str], where: str) -> Government:
    if len(row) != 5:
        raise ValueError(f"{where}: {len(row)} columns instead of 5")
    code, prefecture, municipality, prefecture_kana, municipality_kana = row
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        raise ValueError(f"{where}: {code!r} is not a code of six digits")
    if code[5] != check_digit(code):
        raise ValueError(f"{where}: the check digit of {code} is wrong ({code[:5]} has {check_digit(code)})")
    if not 1 <= int(code[:2]) <= len(PREFECTURES):
        raise ValueError(f"{where}: there is no prefecture {code[:2]}")
    if municipality:
        printed, reading = SMALL_KANA.get(code[:5], ("", ""))
        if municipality_kana == printed:
            municipality_kana = reading
        return Government(code, municipality, municipality_kana, municipality=True)
    return Government(code, prefecture, prefecture_kana, municipality=False)


def romanise(name: str, kana: str) -> str:
    """The kana in Hepburn letters, the kind of government set off: `高岡市`, `タカオカシ` → `takaoka-shi`.

    Vowels stand as in the kana, an apostrophe parts ン from a vowel or y (`shin'onsen-chou`).
    """
    suffix = next((reading for reading in SUFFIXES.get(name[-1:], ()) if kana.endswith(reading)), "")
    stem = kana.removesuffix(suffix) if suffix else kana
    return "-".join(_hepburn(part) for part in (stem, suffix) if part)


def _hepburn(kana: str) -> str:
    import jaconv  # type: ignore[import-not-found, unused-ignore]  # only this script needs it

    parts = kana.replace("ン", "ン|").split("|")
    letters = ""
    for part in parts:
        if letters.endswith("n") and part[:1] in tuple("アイウエオヤユヨ"):
            letters += "'"
        letters += jaconv.kana2alphabet(jaconv.kata2hira(part))
    return letters.replace("cch", "tch")


def triples(government: Government) -> Iterator[ox.Triple]:
    """What the graph says of one government."""
    sosei, gov = PREFIXES["sosei"], PREFIXES["gov"]
    node = ox.NamedNode(gov + government.number)
    kind = "Municipality" if government.municipality else "Prefecture"
    yield ox.Triple(node, A, ox.NamedNode(sosei + kind))
    yield ox.Triple(node, LABEL, ox.Literal(government.name, language="ja"))
    if government.english:
        yield ox.Triple(node, LABEL, ox.Literal(government.english, language="en"))
    letters = romanise(government.name, government.kana)
    yield ox.Triple(node, ALT_LABEL, ox.Literal(letters, language="ja-Latn"))
    yield ox.Triple(node, ox.NamedNode(f"{sosei}governmentCode"), ox.Literal(government.code))
    yield ox.Triple(node, ox.NamedNode(f"{sosei}kana"), ox.Literal(government.kana))
    if government.municipality:
        yield ox.Triple(node, ox.NamedNode(f"{sosei}inPrefecture"), ox.NamedNode(gov + government.number[:2]))
    yield ox.Triple(node, SEE_ALSO, ox.NamedNode(f"http://data.e-stat.go.jp/lod/sac/C{government.code[:5]}"))


def main(arguments: list[str]) -> int:
    """Reads the CSV that is named and writes Turtle to standard output; 2 means bad input or usage."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/governments.py CSV > data/governments.ttl\n")
        return 2
    try:
        governments = read(Path(arguments[0]))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    facts = [fact for government in governments for fact in triples(government)]
    sys.stdout.buffer.write(canonical(facts, PREFIXES, BASE, HEAD).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
