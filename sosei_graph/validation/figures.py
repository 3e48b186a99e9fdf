"""Figures: whether the number and the unit that a node gives are what it says was printed.

`trace` compares the number while it re-reads the sources. `validate` needs no source for it: what was printed
stands beside the number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from sosei_graph.languages import Text
from sosei_graph.text import fold, parse_number, squeeze, widths_folded
from sosei_graph.text.numbers import SCALES
from sosei_graph.text.units import read_unit
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.results import CHECK, SPARQL_COMPONENT, Result
from sosei_graph.validation.targets import Term
from sosei_graph.vocab import NS

_STATED = ox.NamedNode(f"{NS}statedValue")
_UNIT_APART = ox.NamedNode(f"{NS}statedUnit")
_NUMBER = ox.NamedNode(f"{NS}numericValue")
UNIT = ox.NamedNode(f"{NS}unit")
_SCALES = "兆億万千百"
_FIGURE = re.compile(rf"(?:約|およそ)?[▲△+\-−]?(?:[0-9][0-9,.]*[{_SCALES}]*)+")
_BARE = re.compile(r"(?:約|およそ)?[▲△+\-−]?[0-9][0-9,.]*")
_WRONG_NUMBER = Text(
    "数値 {?value} が記載「{?printed}」と合いません。記載を確かめ、sosei:numericValue を直してください"
    "（万・億などの位取りと▲は数に含めます）。",
    "The number {?value} is not what “{?printed}” says. Check what is printed and mend sosei:numericValue "
    "(scales such as 万 and 億, and ▲, belong to the number).",
)
_WRONG_UNIT = Text(
    "単位「{?value}」が記載「{?printed}」と合いません。sosei:unit を選び直してください"
    "（同じ単位の別の書き方なら、単位に skos:altLabel で加えます）。",
    "The unit “{?value}” is not what “{?printed}” says. Choose another sosei:unit (if it is another way to "
    "print the same unit, add it to the unit as skos:altLabel).",
)


def number_of(lexical: str) -> Decimal | None:
    """The number of a literal; None where it is none, which is for the shapes to tell."""
    try:
        return Decimal(lexical)
    except InvalidOperation:
        return None


def number_agrees(number: Decimal, stated: str, apart: str = "") -> bool:
    """Whether a number is what a printed value says; True where the print cannot be read for certain.

    `apart` is the unit printed away from it: `1,234` in a column of 千人 is 1234000.
    """
    read = parse_number(stated)
    unit = read_unit(widths_folded(apart)[0]) if apart and is_bare(stated) else None
    return read is None or read * (SCALES.get(unit.scale, 1) if unit else 1) == number


def is_bare(stated: str) -> bool:
    """Whether a printed value is a figure without a unit or a scale of its own."""
    return _BARE.fullmatch(squeeze(unicodedata.normalize("NFKC", stated))) is not None


def unit_agrees(stated: str, forms: Iterable[str], apart: str = "") -> bool:
    """Whether the text after a printed figure ends with one of the forms that a unit is printed in.

    `apart` is the unit printed away from it. Widths and scales (`千円` is 円) do not count. True where no figure can
    be read, where no unit is printed, and for a unit that is never printed.
    """
    if parse_number(stated) is None:
        return True
    figure = _FIGURE.match(squeeze(unicodedata.normalize("NFKC", stated)))
    after = _unscaled(figure.string[figure.end() :] or apart) if figure else ""
    known = [form for form in map(_unscaled, forms) if form]
    return not after or not known or any(each.endswith(form) for form in known for each in _rates(after))


def _rates(after: str) -> tuple[str, ...]:
    """What is printed after a figure, and without `/年`: values are those of a year."""
    return after, re.sub(r"/年[度間]?$", "", after)


def _unscaled(text: str) -> str:
    return fold(text).lstrip(_SCALES)


def figure_results(graph: Graph, forms: Mapping[str, Sequence[str]]) -> Iterator[Result]:
    """What is wrong with the figures that a document gives; `forms` says how each unit is printed."""
    stated, numbers, units = graph.column(_STATED), graph.column(_NUMBER), graph.column(UNIT)
    apart = graph.column(_UNIT_APART)
    for node, texts in stated.items():
        if not isinstance(node, ox.NamedNode):
            continue
        away = [term.value for term in apart.get(node, ()) if isinstance(term, ox.Literal)]
        beside = min(away, default="")
        printed = sorted((term for term in texts if not isinstance(term, ox.BlankNode)), key=str)
        for value in numbers.get(node, ()) if printed else ():
            number = None if isinstance(value, ox.BlankNode) else number_of(value.value)
            if number is not None and not any(number_agrees(number, term.value, beside) for term in printed):
                yield _result(node, _NUMBER, value, printed[0])
        for unit in units.get(node, ()) if printed else ():
            if isinstance(unit, ox.BlankNode):
                continue
            known = forms.get(unit.value, ()) if isinstance(unit, ox.NamedNode) else ()
            if not any(unit_agrees(term.value, known, beside) for term in printed):
                yield _result(node, UNIT, unit, printed[0])


def _result(node: ox.NamedNode, path: ox.NamedNode, value: Term, printed: Term) -> Result:
    number = path == _NUMBER
    return Result(
        shape=f"{CHECK}stated-figure" if number else f"{CHECK}stated-unit",
        focus=node,
        path=path.value,
        value=value,
        severity="violation" if number else "warning",
        message=_WRONG_NUMBER if number else _WRONG_UNIT,
        component=SPARQL_COMPONENT,
        bindings=(("value", value), ("printed", printed)),
    )
