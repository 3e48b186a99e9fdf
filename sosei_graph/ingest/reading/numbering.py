"""The marks of numbered lists as Word prints them: ISO/IEC 29500-1, 17.9 (numbering) and 17.18.59 (formats)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_WIDE = {ord(str(digit)): "０１２３４５６７８９"[digit] for digit in range(10)}
_MOST_LEVELS = 9
BULLET = "•"


def _kanji(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x245F + number)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * min(count, 20))
    return "".join(parts)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""


def _of(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number > 0 else ""


_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedParen": lambda number: chr(0x2473 + number) if 1 <= number <= 20 else f"({number})",
    "decimalEnclosedFullstop": lambda number: chr(0x2487 + number) if 1 <= number <= 20 else f"{number}.",
    "aiueo": _of(_HALF_KANA),
    "aiueoFullWidth": _of(_KATAKANA),
    "iroha": _of(_IROHA),
    "irohaFullWidth": _of(_IROHA),
    "japaneseCounting": _kanji,
    "chineseCounting": _kanji,
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}


@dataclass
class Level:
    """One level of a list: where it begins, how it counts and what stands around the number."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = "%1."
    gap: str = " "


@dataclass
class Numbering:
    """The lists of a document, which count on as its paragraphs are read in order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def mark(self, number_id: str, depth: int) -> str:
        """The mark of the next paragraph of a list at a depth (from 0), with the space after it."""
        levels = self.levels.get(number_id, {})
        if depth not in levels or not 0 <= depth < _MOST_LEVELS:
            return ""
        counts = self._counts.setdefault(self.kind_of.get(number_id, number_id), [None] * _MOST_LEVELS)
        last = counts[depth]
        counts[depth] = levels[depth].start if last is None else last + 1
        counts[depth + 1 :] = [None] * (_MOST_LEVELS - depth - 1)
        level = levels[depth]
        if level.number_format == "bullet":
            return (_bullet(level.pattern) + level.gap) if level.pattern.strip() else ""
        text = level.pattern
        for above in range(depth + 1):
            known = levels.get(above, Level())
            count = counts[above] if counts[above] is not None else known.start
            text = text.replace(f"%{above + 1}", FORMATS.get(known.number_format, str)(count or 0))
        return text + level.gap if text else ""


def _bullet(pattern: str) -> str:
    """A bullet of a symbol font has no Unicode of its own."""
    return BULLET if any("\ue000" <= letter <= "\uf8ff" for letter in pattern) else pattern


def numbering(root: Any | None) -> Numbering:
    """The lists that the numbering part of a document declares."""
    found = Numbering()
    if root is None:
        return found
    kinds = {each.get(qn("w:abstractNumId")): _levels(each) for each in root.findall(qn("w:abstractNum"))}
    for each in root.findall(qn("w:num")):
        reference = each.find(qn("w:abstractNumId"))
        kind = reference.get(qn("w:val")) if reference is not None else None
        number_id = each.get(qn("w:numId"))
        levels = dict(kinds.get(kind, {}))
        overrides = each.findall(qn("w:lvlOverride"))
        for override in overrides:
            depth = _number(override.get(qn("w:ilvl")), 0)
            start = override.find(qn("w:startOverride"))
            if (own := override.find(qn("w:lvl"))) is not None:
                levels[depth] = _level(own)
            elif start is not None and depth in levels:
                old = levels[depth]
                levels[depth] = Level(
                    _number(start.get(qn("w:val")), 1), old.number_format, old.pattern, old.gap
                )
        found.levels[number_id] = levels
        # Lists of one kind count on together, unless one of them starts anew.
        found.kind_of[number_id] = f"num {number_id}" if overrides else f"kind {kind}"
    return found


def _levels(kind: Any) -> dict[int, Level]:
    return {_number(level.get(qn("w:ilvl")), 0): _level(level) for level in kind.findall(qn("w:lvl"))}


def _level(level: Any) -> Level:
    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return default if found is None else (found.get(qn("w:val")) or "")

    gap = "" if value("w:suff", "tab") == "nothing" else " "
    return Level(_number(value("w:start", "1"), 1), value("w:numFmt", "decimal"), value("w:lvlText", ""), gap)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
