"""What is given for a question's parameters, as RDF terms."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.names import KINDS, resolve
from sosei_graph.queries.headers import Parameter
from sosei_graph.store.memory import Store, Term
from sosei_graph.text import fold
from sosei_graph.vocab import PREFIXES

#: What a caller may hand over; None means that the parameter is not given.
Value = str | int | date | bool | None

_XSD = PREFIXES["xsd"]
#: First year of an era less one, by its letter and its name.
_ERAS = {"r": 2018, "令和": 2018, "h": 1988, "平成": 1988, "s": 1925, "昭和": 1925}
_YEAR = re.compile(r"(?:fy:?)?([0-9]{4})(?:年度?)?")
_ERA = "|".join(_ERAS)
_ERA_YEAR = re.compile(rf"({_ERA})\.?([0-9]{{1,2}}|元)(?:年度?)?")
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_ERA_DATE = re.compile(rf"({_ERA})\.?([0-9]{{1,2}}|元)[.年]([0-9]{{1,2}})[.月]([0-9]{{1,2}})日?")
_YES = {"true", "yes", "on", "1", "はい", "有", "真"}
_NO = {"false", "no", "off", "0", "いいえ", "無", "偽"}


def bindings(store: Store, parameters: tuple[Parameter, ...], values: Mapping[str, Value]) -> dict[str, Term]:
    """The term of each parameter that is given or has a default; a fault is one line that names it."""
    known = {parameter.name: parameter for parameter in parameters}
    for name in values:
        if name not in known:
            raise _unknown(name, known)
    terms: dict[str, Term] = {}
    for name, parameter in known.items():
        value = values.get(name)
        value = parameter.default if value is None else value
        if value is not None:
            terms[name] = term(store, parameter, value)
    return terms


def term(store: Store, parameter: Parameter, value: Value) -> Term:
    """The RDF term that a value of a parameter's type stands for."""
    if parameter.type in KINDS:
        try:
            return ox.NamedNode(resolve(store, _word(value), parameter.type))
        except SoseiError as error:
            message = Text(f"{parameter.name}: {error.message.ja}", f"{parameter.name}: {error.message.en}")
            raise SoseiError(message, where=error.where, hint=error.hint) from error
    read, example = _READERS[parameter.type]
    found = read(value)
    if found is None:
        raise SoseiError(
            Text(
                f"{parameter.name}（{parameter.label.ja}）に「{_word(value)}」は使えません",
                f"{parameter.name} ({parameter.label.en}) cannot be “{_word(value)}”",
            ),
            hint=Text(f"例: {example}", f"such as {example}"),
        )
    return found


def _word(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fiscal_year(value: Value) -> Term | None:
    year = _year(fold(_word(value).removeprefix(PREFIXES["fy"])))
    return ox.NamedNode(f"{PREFIXES['fy']}{year}") if year and 1868 <= year <= 2200 else None


def _year(text: str) -> int | None:
    if western := _YEAR.fullmatch(text):
        return int(western[1])
    era = _ERA_YEAR.fullmatch(text)
    return _era_year(era[1], era[2]) if era else None


def _era_year(era: str, year: str) -> int:
    return _ERAS[era] + (1 if year == "元" else int(year))


def _date(value: Value) -> Term | None:
    if isinstance(value, datetime):
        value = value.date()
    text = fold(_word(value))
    try:
        if western := _DATE.fullmatch(text):
            found = date(int(western[1]), int(western[2]), int(western[3]))
        elif era := _ERA_DATE.fullmatch(text):
            found = date(_era_year(era[1], era[2]), int(era[3]), int(era[4]))
        else:
            return None
    except ValueError:
        return None
    return ox.Literal(found.isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))


def _integer(value: Value) -> Term | None:
    text = fold(_word(value)).replace(",", "")
    if isinstance(value, bool) or not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return None
    return ox.Literal(str(int(text)), datatype=ox.NamedNode(f"{_XSD}integer"))


def _boolean(value: Value) -> Term | None:
    text = fold(_word(value))
    if text not in _YES | _NO:
        return None
    return ox.Literal("true" if text in _YES else "false", datatype=ox.NamedNode(f"{_XSD}boolean"))


def _string(value: Value) -> Term | None:
    return ox.Literal(_word(value))


_READERS: dict[str, tuple[Callable[[Value], Term | None], str]] = {
    "year": (_fiscal_year, "2026, 令和8, R8"),
    "date": (_date, "2026-04-01, 令和8年4月1日"),
    "integer": (_integer, "12"),
    "boolean": (_boolean, "true, false, はい, いいえ"),
    "text": (_string, "…"),
}


def _unknown(name: str, known: Mapping[str, Parameter]) -> SoseiError:
    from difflib import get_close_matches

    message = Text(f"パラメーター「{name}」はありません", f"there is no parameter {name}")
    if not known:
        return SoseiError(
            message, hint=Text("この問い合わせにパラメーターはありません", "this question has none")
        )
    listed_ja = "、".join(f"{each.name}（{each.label.ja}）" for each in known.values())
    listed_en = ", ".join(f"{each.name} ({each.label.en})" for each in known.values())
    hint = Text(f"使えるもの: {listed_ja}", f"known: {listed_en}")
    if near := get_close_matches(name, known, n=1):
        hint = Text(f"もしかして: {near[0]}。{hint.ja}", f"did you mean {near[0]}? {hint.en}")
    return SoseiError(message, hint=hint)
