"""The signs that Japanese documents count with, and which number each is."""

from collections.abc import Iterable

_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_DIGITS = "〇一二三四五六七八九"


def _numbered(signs: Iterable[str], first: int = 1) -> dict[str, int]:
    return {sign: number for number, sign in enumerate(signs, first)}


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text += sign * (number // value)
        number %= value
    return text


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones else "")


_LETTERS = "abcdefghijklmnopqrstuvwxyz"

#: Style → sign → number, of signs that are typed; the likelier style of a sign with two readings first.
READINGS: dict[str, dict[str, int]] = {
    "ア": _numbered(_GOJUON),
    "i": _numbered(_roman(number) for number in range(1, 40)),
    "a": _numbered(_LETTERS),
    "I": _numbered(_roman(number).upper() for number in range(1, 40)),
    "A": _numbered(_LETTERS.upper()),
    "一": _numbered(_kanji(number) for number in range(1, 100)),
    "イ": _numbered(_IROHA),
}


def _signs(style: str, first: str, last: str, number: int = 1) -> dict[str, tuple[str, int]]:
    return {chr(code): (style, code - ord(first) + number) for code in range(ord(first), ord(last) + 1)}


#: Signs that are one character with a number in it: the style that they share with typed ones, and the number.
SIGNS: dict[str, tuple[str, int]] = {
    **_signs("①", "①", "⑳"),
    **_signs("①", "㉑", "㉟", 21),
    **_signs("①", "㊱", "㊿", 36),
    **_signs("❶", "❶", "❿"),
    **_signs("(1)", "⑴", "⒇"),
    **_signs("1.", "⒈", "⒛"),
    **_signs("(一)", "㈠", "㈩"),
    **_signs("(a)", "⒜", "⒵"),
    **_signs("I", "Ⅰ", "Ⅻ"),
    **_signs("i", "ⅰ", "ⅻ"),
}
