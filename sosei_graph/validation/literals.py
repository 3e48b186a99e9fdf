"""Literals: in the form that a store gives them, and compared as the reference engine compares them.

A store writes numbers and dates its own way, and pySHACL does so again. What both write alike is `sure`; about any
other literal the quick engine says nothing and leaves it to pySHACL.
"""

import re
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from sosei_graph.validation.targets import Term
from sosei_graph.vocab import PREFIXES

XSD = PREFIXES["xsd"]
STRING = ox.NamedNode(f"{XSD}string")
LANG_STRING = ox.NamedNode(f"{PREFIXES['rdf']}langString")
BOOLEAN = ox.NamedNode(f"{XSD}boolean")
DECIMAL = ox.NamedNode(f"{XSD}decimal")
DATE = ox.NamedNode(f"{XSD}date")
#: The integer types that nothing but the form of the number restricts.
INTEGERS = frozenset({ox.NamedNode(f"{XSD}integer")})

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"0|-?(?:0\.[0-9]{0,15}[1-9]|[1-9][0-9]{0,15}(?:\.[0-9]{0,15}[1-9])?)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
#: Datatypes that the reference takes as they are written.
_AS_WRITTEN = frozenset(ox.NamedNode(XSD + name) for name in ("gYear", "gYearMonth", "anyURI"))
#: Text, with a language or without.
PLAIN = frozenset({STRING, LANG_STRING})
_ANYTHING = ox.NamedNode("urn:sosei:x")
_KEPT = 50_000


class UnsureError(Exception):
    """The quick engine cannot tell what the reference would say."""


class Literals:
    """Gives literals the form that they have in a store, and knows which of them are sure."""

    def __init__(self) -> None:
        self._scratch = ox.Store()
        self._known: dict[ox.Literal, tuple[ox.Literal, bool]] = {}

    def look_up(self, literal: ox.Literal) -> tuple[ox.Literal, bool]:
        """The literal as a store gives it, and whether it is sure. For those that are not plain text."""
        found = self._known.get(literal)
        if found is None:
            stored = self._stored(literal)
            found = (stored, is_sure(stored))
            if len(self._known) < _KEPT:
                self._known[literal] = found
        return found

    def _stored(self, literal: ox.Literal) -> ox.Literal:
        quad = ox.Quad(_ANYTHING, _ANYTHING, literal)
        self._scratch.add(quad)
        (stored,) = self._scratch
        self._scratch.remove(quad)
        if not isinstance(stored.object, ox.Literal):
            raise TypeError("a store gave no literal back")
        return stored.object


def is_sure(literal: ox.Literal) -> bool:
    """Whether every engine reads and writes the literal alike."""
    datatype, text = literal.datatype, literal.value
    if datatype in PLAIN or datatype in _AS_WRITTEN:
        return True
    if datatype in INTEGERS:
        return _INTEGER.fullmatch(text) is not None
    if datatype == DECIMAL:
        return _DECIMAL.fullmatch(text) is not None
    if datatype == BOOLEAN:
        return text in {"true", "false"}
    if datatype == DATE:
        return _DATE.fullmatch(text) is not None and _is_day(text)
    return not datatype.value.startswith((XSD, PREFIXES["rdf"]))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_text(term: Term) -> bool:
    """Whether the term is text for the reference, with or without a language."""
    return isinstance(term, ox.Literal) and term.datatype in PLAIN


def ordered(term: ox.Literal) -> Decimal | date | str:
    """What the literal is compared by. Raises `UnsureError` where engines might differ."""
    if term.datatype in INTEGERS or term.datatype == DECIMAL:
        if _NUMBER.fullmatch(term.value):
            return Decimal(term.value)
    elif term.datatype == DATE:
        if is_sure(term):
            return date.fromisoformat(term.value)
    elif term.datatype == STRING:
        return term.value
    raise UnsureError(str(term))


def compared(one: ox.Literal, other: ox.Literal) -> int:
    """Below, above or 0: how two compare. Raises `UnsureError` for those that do not as a matter of course."""
    first, second = ordered(one), ordered(other)
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return (first > second) - (first < second)
    if isinstance(first, str) and isinstance(second, str):
        return (first > second) - (first < second)
    if isinstance(first, date) and isinstance(second, date):
        return (first > second) - (first < second)
    raise UnsureError(f"{one} {other}")
