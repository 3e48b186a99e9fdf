"""Japanese text: matching names, spaces that documents scatter, and figures as they are printed.

Documents mix full and half width (`202７年度`), break names over lines and print figures in many ways
(`▲113人`, `535万件`, `43万2千人`). Only what is certain is read: a figure that could mean two is None.
"""

import re
import unicodedata
from decimal import Decimal

_SPACES = re.compile(r"\s+")

#: Scales of Japanese figures. Compounds first, so that 百万 is not read as 百.
_SCALES = {
    "兆": 10**12,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
}
_SCALE = "|".join(_SCALES)
_FIGURE = re.compile(r"(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?P<scale>" + _SCALE + r")?")
_PLAIN = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_TWO_FIGURES = re.compile(r"\d[^\S\n]+\d|(?<![,.])(?<!,\d)(?<!,\d\d)\d\n+\d")
_HEAD = re.compile(r"(?:約|およそ)?(?P<sign>[▲△+\-−])?")

_UNIT_SIGNS = "々ーかつΩμ%‰°℃/・"
#: Words after a figure that change what it says (以上, 割, 半, 増 …), and further scales.
_NOT_A_UNIT = re.compile(
    r"以|未満|超|程度|割|分|半|余|強|弱|前後|増|減|目|維持|達成|年度|数|台|代|計|見込|予定|規模|中$|[兆億万千百十]|^[/・ー]"
)


def squeeze(text: str) -> str:
    """The text without any white space (line breaks, ideographic spaces); nothing else changes."""
    return _SPACES.sub("", text)


def fold(text: str) -> str:
    """The form in which names are compared: compatibility forms and case folded, white space removed.

    Unicode's compatibility caseless matching (Unicode Standard, D146): `fold(fold(x)) == fold(x)`.
    """
    if text.isascii():
        return squeeze(text.lower())
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    # ¨ is a space with a mark, and where the space goes the mark joins the letter before it.
    return unicodedata.normalize("NFKC", squeeze(unicodedata.normalize("NFKC", once.casefold())))


def widths_folded(text: str) -> tuple[str, list[int]]:
    """The text in compatibility form without white space, and for each of its characters its place in `text`.

    Combining marks go with their base (`ｶﾞ` is one `ガ`). The second part has one number more than there are
    characters: the length of `text`.
    """
    folded: list[str] = []
    places: list[int] = []
    for start, end in _clusters(text):
        piece = squeeze(unicodedata.normalize("NFKC", text[start:end]))
        folded.append(piece)
        places.extend([start] * len(piece))
    return "".join(folded), [*places, len(text)]


def _clusters(text: str) -> list[tuple[int, int]]:
    starts = [place for place, character in enumerate(text) if place == 0 or not _is_mark(character)]
    return list(zip(starts, [*starts[1:], len(text)], strict=False))  # of an empty text, none


def _is_mark(character: str) -> bool:
    # Half-width voiced sound marks combine only after compatibility folding.
    return character in "ﾞﾟ" or unicodedata.combining(character) != 0


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
        value = Decimal(digits.replace(",", "")) * _SCALES.get(scale, 1)
        if ceiling is not None and value >= ceiling:
            return None
        total += value
        ceiling = _SCALES.get(scale, 1)
    return total
