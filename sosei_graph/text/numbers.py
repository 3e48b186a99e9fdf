"""The number that a printed figure states: scales, signs and commas, and only what is certain."""

import re
import unicodedata
from decimal import Decimal

from sosei_graph.text.matching import squeeze

#: Scales of Japanese figures. Compounds first, so that 百万 is not read as 百.
SCALES = {
    "兆": 10**12,
    "千億": 10**11,
    "百億": 10**10,
    "十億": 10**9,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
}
_SCALE = "|".join(SCALES)
_FIGURE = re.compile(r"(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?P<scale>" + _SCALE + r")?")
_PLAIN = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_TWO_FIGURES = re.compile(r"\d[^\S\n]+\d|(?<![,.])(?<!,\d)(?<!,\d\d)\d\n+\d")
_HEAD = re.compile(r"(?:約|およそ)?(?P<sign>[▲△+\-−])?")

_UNIT_SIGNS = "々ーかつΩμ%‰°℃/・"
#: Words after a figure that change what it says (以上, 割, 半, 増 …), and further scales.
_NOT_A_UNIT = re.compile(
    r"以|未満|超|程度|割|分|半|余|強|弱|前後|増|減|目|維持|達成|年度|数|台|代|計|見込|予定|規模|中$|[兆億万千百十]|^[/・ー]"
)


def parse_number(printed: str) -> Decimal | None:
    """The number that a printed figure states, or None when that is not certain.

    Read are full and half width, thousands commas, `▲ △ － -` as minus, `億 万 千 …`, `約`, and one unit
    after the figure. Not read are bounds (`10以上`), ranges, two figures, list marks (`①`), years.

        >>> parse_number("▲113人")
        Decimal('-113')
        >>> parse_number("535万件")
        Decimal('5350000')
        >>> parse_number("未実施") is None
        True
    """
    if any(unicodedata.category(character) == "No" for character in printed) or _TWO_FIGURES.search(printed):
        return None  # NFKC would turn the list mark ① into the figure 1
    text = squeeze(unicodedata.normalize("NFKC", printed))
    head = _HEAD.match(text)
    position = head.end() if head else 0
    parts: list[tuple[str, str]] = []
    while figure := _FIGURE.match(text, position):
        parts.append((figure["digits"], figure["scale"] or ""))
        position = figure.end()
    unit = text[position:]
    if not unit and len(parts) > 1 and not parts[-1][1]:
        return None  # 1万5 may be 10,005 or 15,000
    number = _sum(parts) if _is_unit(unit) else None
    if number is None:
        return None
    return -number if head and head["sign"] and head["sign"] != "+" else number


def _is_unit(text: str) -> bool:
    """Whether what follows a figure can be its unit (人, か所, 人/ha) and changes nothing of the figure."""
    if _NOT_A_UNIT.search(text):
        return False
    before = ""
    for letter in text:
        # Compared, not matched: a pattern with all kanji takes 10 ms to compile. Hiragana begins a sentence,
        # but for か (か所) and つ.
        written = "㐀" <= letter <= "鿿" or "ァ" <= letter <= "ヺ" or (letter.isascii() and letter.isalpha())
        if not written and letter not in _UNIT_SIGNS and not (before == "m" and letter in "23"):
            return False
        before = letter
    return True


def _sum(parts: list[tuple[str, str]]) -> Decimal | None:
    """`43万` + `2千`: every part below the scale of the part before it."""
    if not parts or not all(_PLAIN.fullmatch(digits) for digits, _ in parts):
        return None
    if len(parts) > 1 and any("." in digits for digits, _ in parts):
        return None
    total = Decimal(0)
    ceiling: int | None = None
    for digits, scale in parts:
        if ceiling == 1:
            return None
        value = Decimal(digits.replace(",", "")) * SCALES.get(scale, 1)
        if ceiling is not None and value >= ceiling:
            return None
        total += value
        ceiling = SCALES.get(scale, 1)
    return total
