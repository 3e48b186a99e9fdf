"""The numbers that a node carries in its literals, to be found again in the spans that it was read from."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

import pyoxigraph as ox

from sosei_graph.evidence.numerals import Numeral, numerals
from sosei_graph.validation.figures import number_of
from sosei_graph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_TEXTS = frozenset({f"{_XSD}string", f"{PREFIXES['rdf']}langString"})
_DATES = frozenset(f"{_XSD}{name}" for name in ("date", "dateTime", "gYearMonth", "gYear"))
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
#: The year before the first one of each era: 令和, 平成, 昭和.
_ERAS = (2018, 1988, 1925)
_LONGEST_ERA = 64
_IN_NUMBER = "0123456789,."
#: Between the characters of a number only a line may end.
_GAP = r"(?:[^\S\n\f]*[\n\f]\s*)?"
_DIVIDED = re.compile(rf"[{_IN_NUMBER}][^\S\n\f]*[\n\f]\s*[{_IN_NUMBER}]")
_NARROW = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


class Carried:
    """The numbers in some literals: in texts as they are printed, and as amounts and dates."""

    def __init__(self, literals: Iterable[ox.Literal]) -> None:
        texts, amounts, dates = set(), set(), set()
        for literal in literals:
            if literal.datatype.value in _DATES:
                dates |= set(_parts(literal.value))
            elif literal.datatype.value not in _TEXTS:
                amounts |= set(_amount(literal.value))
            elif literal.language in (None, "ja"):
                # English is our own wording: the digits in it are not those of the source.
                texts.add(literal.value)
        self.texts = tuple(sorted(texts))
        self.amounts = frozenset(amounts)
        self.dates = frozenset(dates)

    @cached_property
    def printed(self) -> frozenset[tuple[bool, Decimal]]:
        """The numbers in the texts; `①` is another one than `1`."""
        return frozenset((each.is_sign, each.value) for text in self.texts for each in numerals(text))

    def has(self, numeral: Numeral) -> bool:
        """Whether a number of the source is one of these, by its print, as a part of a date, or by its meaning."""
        return (
            (numeral.is_sign, numeral.value) in self.printed
            or (numeral.follower, numeral.value) in self.dates
            or not self.amounts.isdisjoint(numeral.amounts)
        )

    def divided(self, span: str) -> list[tuple[int, int]]:
        """The places in a span of the texts with a number that the end of a line divides there."""
        narrow = span.translate(_NARROW)
        if not _DIVIDED.search(narrow):
            return []
        with_number = (text.translate(_NARROW) for text in self.texts if numerals(text))
        return [found.span() for text in with_number for found in re.finditer(_divisible(text), narrow)]


def _amount(lexical: str) -> Iterator[Decimal]:
    """The amount of a number, without its sign."""
    number = number_of(lexical)
    if number is not None and number.is_finite():
        yield abs(number)


def _parts(date: str) -> Iterator[tuple[str, Decimal]]:
    """The year of a date, also in its era, its month and its day, each with what is printed after it."""
    if found := _DATE.match(date):
        yield from (
            (unit, Decimal(part)) for unit, part in zip("年月日", found.groups(), strict=True) if part
        )
        year = int(found[1])
        yield from (("年", Decimal(year - before)) for before in _ERAS if 0 < year - before <= _LONGEST_ERA)


def _divisible(text: str) -> str:
    """A pattern for a text that lines may divide, even inside its numbers, with no digit left behind."""
    letters = [letter for letter in text if not letter.isspace()]
    pattern = r"(?<!\d)" if letters[0].isdecimal() else ""
    for place, letter in enumerate(letters):
        inside = place and letter in _IN_NUMBER and letters[place - 1] in _IN_NUMBER
        pattern += (_GAP if inside else r"\s*" if place else "") + re.escape(letter)
    return pattern + (r"(?!\d)" if letters[-1].isdecimal() else "")
