"""The numbers of a text: where they stand, and what each can mean as it is printed.

A number is

- a run of decimal digits of any width (`2024`, `２`), with its thousands commas and its decimal point
  (`1,045`, `19.7`). In `R5.9.1`, `5－３－１` and `1/4` every part is a number of its own, and so is each part of a
  number that a line break divides;
- one of the signs that are a number in themselves: `①`, `⑳`, `❶`, `⑴`, `㈠`, `²`, `½`, `Ⅱ`.

Kanji numerals are no numbers here: `一体`, `四季` and `三谷` are words, and scales (`535万`, `1割`) belong to the
digits before them. `〇` is a mark in tables and lists. The year of an era (`R6`, `令和６年度`) is plain digits.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sosei_graph.text import parse_number

_PLAIN = re.compile(
    r"""
      \d{1,3} (?:[,，]\d{3})+ (?!\d) (?:[.．]\d+(?![.．]?\d))?  # 1,045 and 1,045.5
    | (?<!\d[.．]) \d+[.．]\d+ (?![.．]?\d)                     # 19.7, but no part of 5.9.1
    | \d+
    """,
    re.VERBOSE,
)
_SCALES = re.compile("[兆億万千百]+")
_NO_SPACE = re.compile(r"\S")
_TENTHS = "割"
_HUNDREDTHS = re.compile(r"[%％]|パーセント")


@dataclass(frozen=True)
class Numeral:
    """A number as printed; `start` is the place of its first character in the text.

    `amounts` are what it can mean there, without sign: the number itself; with the scales and numbers that belong
    to it the whole (432,000 at the `43` and at the `2` of `43万2千`); in tenths and per cent also the percentage and
    the share (70 and 0.7 for `7割`, 0.7 for `70％`). `follower` is the next character that is no white space.
    """

    start: int
    text: str
    amounts: frozenset[Decimal] = frozenset()
    follower: str = ""

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)

    @property
    def is_sign(self) -> bool:
        """Whether it is one sign, such as `①`, and not written with digits."""
        return not self.text[0].isdecimal()

    @property
    def digits(self) -> int:
        """How many characters of it are digits (or such a sign): commas and points are none."""
        return 1 if self.is_sign else sum(letter.isdecimal() for letter in self.text)

    @property
    def value(self) -> Decimal:
        """The number that it writes, without scale, sign or unit: 535 of `535万件`."""
        if self.is_sign:
            return Decimal(str(unicodedata.numeric(self.text)))
        written = (
            str(unicodedata.decimal(letter)) if letter.isdecimal() else "." if letter in ".．" else ""
            for letter in self.text
        )
        return Decimal("".join(written))


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text, in its order."""
    plain = [Numeral(found.start(), found[0]) for found in _PLAIN.finditer(text)]
    signs = [Numeral(place, letter) for place, letter in enumerate(text) if _is_sign(letter)]
    found = sorted(plain + signs, key=lambda numeral: numeral.start)
    return [
        replace(numeral, amounts=_amounts(text, figure, numeral), follower=_follower(text, numeral.end))
        for figure in _figures(text, found)
        for numeral in figure
    ]


def _is_sign(letter: str) -> bool:
    return letter > "\x7f" and (unicodedata.category(letter) == "No" or "Ⅰ" <= letter <= "ↈ")


def _follower(text: str, place: int) -> str:
    found = _NO_SPACE.search(text, place)
    return found[0] if found else ""


def _figures(text: str, found: Sequence[Numeral]) -> Iterator[list[Numeral]]:
    """The numbers in groups: those that only scales stand between make one figure."""
    figure: list[Numeral] = []
    for numeral in found:
        if figure and not _SCALES.fullmatch(text, figure[-1].end, numeral.start):
            yield figure
            figure = []
        figure.append(numeral)
    if figure:
        yield figure


def _amounts(text: str, figure: Sequence[Numeral], numeral: Numeral) -> frozenset[Decimal]:
    amounts = {numeral.value}
    scale = _SCALES.match(text, figure[-1].end)
    whole = parse_number(text[figure[0].start : scale.end() if scale else figure[-1].end])
    if whole is not None:
        amounts.add(whole)
    if text.startswith(_TENTHS, numeral.end):
        amounts |= {numeral.value * 10, numeral.value / 10}
    elif _HUNDREDTHS.match(text, numeral.end):
        amounts.add(numeral.value / 100)
    return frozenset(amounts)
