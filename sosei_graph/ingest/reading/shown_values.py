"""Values of spreadsheet cells as officers see them: the number formats of Excel (ISO/IEC 29500-1, 18.8.30-31).

Read are sections for negative numbers and zero, digits, thousands, percent, scaling commas, words and dates with the
Japanese eras. What a format does beyond that (fractions, exponents, colours by condition) is not guessed: the value
is shown as it is stored, and the caller is told.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

Stored = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)'
    r"|(?P<percent>%)|(?P<general>General|G/標準)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<padding>.)|\[(?P<bracket>[^\]]*)\]|(?P<part>e+|g+|y+|m+|d+|h+|s+|a{3,4}|AM/PM)|(?P<other>.)',
    re.IGNORECASE | re.DOTALL,
)
_UNREAD = re.compile(r"[/?E]|\[[<>=]")
_ERAS = (
    (dt.date(2019, 5, 1), "R", "令和", 2018),
    (dt.date(1989, 1, 8), "H", "平成", 1988),
    (dt.date(1926, 12, 25), "S", "昭和", 1925),
    (dt.date(1912, 7, 30), "T", "大正", 1911),
    (dt.date(1868, 1, 1), "M", "明治", 1867),
)
#: A year of an era and nothing else, `ggge"年度"`: no library takes that for a date.
_ERA_ONLY = re.compile(r"[^0-9#?@]*[ge][^0-9#?@]*", re.IGNORECASE)
_LAST_DAY = 2_958_466  # 9999-12-31
_DAYS = "月火水木金土日"
_MOST_DECIMALS = 30


@dataclass(frozen=True)
class Shown:
    """A value as text; `certain` is whether its format was understood."""

    text: str
    certain: bool = True


def shown(value: Stored, number_format: str) -> Shown:
    """What a cell shows.

    >>> shown(1234567.8, "#,##0").text, shown(0.1234, "0.0%").text, shown(-113, '#,##0;"▲"#,##0').text
    ('1,234,568', '12.3%', '▲113')
    """
    if value is None:
        return Shown("")
    if isinstance(value, bool):
        return Shown("TRUE" if value else "FALSE")
    if isinstance(value, str):
        return Shown(value)
    if isinstance(value, dt.timedelta):
        return Shown(str(value), certain=False)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, number_format)
    return _number(value, number_format)


def _number(value: float, number_format: str) -> Shown:
    plain = _general(value)
    if number_format in ("General", "G/標準", "@", ""):
        return Shown(plain)
    sections = _sections(number_format)
    if _is_era(number_format):
        return (
            _date(from_excel(value), number_format) if 0 < value < _LAST_DAY else Shown(plain, certain=False)
        )
    if is_date_format(number_format) or _UNREAD.search(_unquoted(number_format)):
        return Shown(plain, certain=False)
    try:
        exact = Decimal(repr(value))
    except InvalidOperation:
        return Shown(plain, certain=False)
    chosen = sections[0]
    if exact < 0 and len(sections) > 1:
        chosen, exact = sections[1], -exact
    elif exact == 0 and len(sections) > 2:
        chosen = sections[2]
    text = _filled(chosen, exact)
    return Shown(plain, certain=False) if text is None else Shown(text.strip())


def _unquoted(number_format: str) -> str:
    """What of a format is no text of its own."""
    return re.sub(r'"[^"]*"|\\.|_.|General|G/標準', "", number_format)


def _is_era(number_format: str) -> bool:
    section = re.sub(r"\[[^\]]*\]", "", _unquoted(_sections(number_format)[0]))
    return _ERA_ONLY.fullmatch(section) is not None


def _sections(number_format: str) -> list[str]:
    """The parts of a format between semicolons, which may also stand in quotes."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)', number_format) or [number_format]


def _filled(section: str, number: Decimal) -> str | None:
    tokens = list(_TOKEN.finditer(section))
    places = [token["digits"] for token in tokens if token["digits"]]
    if len(places) > 1:
        return None
    scaled = number * 100 ** sum(bool(token["percent"]) for token in tokens)
    digits = _digits(places[0], abs(scaled)) if places else ""
    parts = []
    for token in tokens:
        if token["digits"]:
            parts.append(digits)
        elif token["general"]:
            parts.append(_general(abs(number)))
        elif token["bracket"] is not None:
            parts.append(_currency(token["bracket"]))
        elif token["padding"] is not None:
            parts.append(" ")
        elif token["fill"] is None and token["text"] is None:
            parts.append(
                token["quoted"]
                if token["quoted"] is not None
                else token["escaped"] or token["percent"] or token["other"]
            )
    is_zero = bool(places) and not re.search(r"[1-9]", digits)
    return ("-" if number < 0 and not is_zero else "") + "".join(parts)


def _currency(bracket: str) -> str:
    """`[$¥-411]` shows ¥; colours and languages show nothing."""
    return bracket[1:].split("-", maxsplit=1)[0] if bracket.startswith("$") else ""


def _digits(places: str, number: Decimal) -> str:
    whole, _, decimals = places.rstrip(",").partition(".")
    number = number / 1000 ** (len(places) - len(places.rstrip(",")))
    most = min(len(decimals), _MOST_DECIMALS)
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) if number < Decimal("1e20") else number
    text = f"{rounded:f}"
    before, _, after = text.partition(".")
    least = sum(letter == "0" for letter in whole)
    before = before.lstrip("0").rjust(least, "0")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    kept = after.rstrip("0").ljust(sum(letter == "0" for letter in decimals), "0")
    return before + ("." + kept if "." in places else "") or "0"


def _general(value: float | Decimal) -> str:
    """A number without a format: up to eleven digits, without the noise of binary fractions."""
    if isinstance(value, int):
        return str(value)
    if not -1e300 < float(value) < 1e300:
        return str(value)
    exact = Decimal(f"{float(value):.11g}")
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: dt.datetime | dt.date | dt.time, number_format: str) -> Shown:
    if isinstance(value, dt.time):
        return Shown(value.strftime("%H:%M"))
    section = _sections(number_format)[0]
    if not (is_date_format(number_format) or _is_era(number_format)):
        return Shown(
            value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat(),
            certain=False,
        )
    parts, last = [], ""
    for token in _DATE.finditer(section):
        if part := token["part"]:
            parts.append(_date_part(value, part.lower(), minutes=last in ("h", "hh")))
            last = part.lower()
        elif token["bracket"] is None and token["padding"] is None:
            parts.append(
                token["quoted"] if token["quoted"] is not None else token["escaped"] or token["other"]
            )
    if None in parts:
        return Shown(value.isoformat()[:10], certain=False)
    return Shown("".join(part for part in parts if part and part != "@").split(";")[0].strip())


def _date_part(value: dt.datetime | dt.date, part: str, *, minutes: bool) -> str | None:
    day = value.date() if isinstance(value, dt.datetime) else value
    era = next((era for era in _ERAS if day >= era[0]), None)
    time = value if isinstance(value, dt.datetime) else dt.datetime.combine(day, dt.time())
    known: dict[str, str | int] = {
        "yyyy": day.year,
        "yyy": day.year,
        "yy": f"{day.year % 100:02d}",
        "y": f"{day.year % 100:02d}",
        "m": day.month,
        "mm": f"{day.month:02d}",
        "d": day.day,
        "dd": f"{day.day:02d}",
        "h": time.hour,
        "hh": f"{time.hour:02d}",
        "s": time.second,
        "ss": f"{time.second:02d}",
        "aaa": _DAYS[day.weekday()],
        "aaaa": _DAYS[day.weekday()] + "曜日",
    }
    if minutes and part in ("m", "mm"):
        return str(time.minute) if part == "m" else f"{time.minute:02d}"
    if era:
        year = day.year - era[3]
        known |= {"e": year, "ee": f"{year:02d}", "g": era[1], "gg": era[2][0], "ggg": era[2]}
    return str(known[part]) if part in known else None
