"""The character encoding of Japanese text files: UTF-8, UTF-16, CP932 (Shift_JIS), EUC-JP, ISO-2022-JP.

Told by trying all that fit, strictly, and by how much of the result is everyday Japanese: the double bytes of CP932
and EUC-JP overlap, but read as the other they give half-width kana and rare kanji.
"""

import codecs
import re
import unicodedata

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp932", "euc_jis_2004", "shift_jis_2004")
_EVERYDAY = re.compile(r"[\sぁ-ゖァ-ヺー々、。・「」（）【】０-９！-～①-⑳ -~]")
_STRANGE = re.compile(r"[ｦ-ﾟ\x80-\x9f\ue000-\uf8ffЀ-ӿͰ-Ͽ─-╿]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOOKED_AT = 100_000
_LEAST_SCORE = 0.5


def decoded(data: bytes) -> str:
    """The text, every character of it; only the mark at the head of UTF-16 and UTF-32 is none.

    Raises `SoseiError` where it is in no known encoding, or no text.
    """
    encoding = encoding_of(data)
    text = data.decode(encoding)
    if len(_CONTROL.findall(text[:_LOOKED_AT])) > 0.001 * min(len(text), _LOOKED_AT) or "\0" in text:
        raise _no_text()
    return (
        text.translate(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
        if encoding.startswith("utf-16")
        else text
    )


def encoding_of(data: bytes) -> str:
    """The name of the encoding, with which the data can be decoded strictly."""
    for mark, name in _MARKED:
        if data.startswith(mark) and _fits(data, name):
            return name
    if b"\0" in data:
        return _unmarked_utf16(data)
    if b"\x1b$" in data and _fits(data, "iso2022_jp_ext"):
        return "iso2022_jp_ext"
    if _fits(data, "utf-8"):
        return "utf-8"
    fitting = [name for name in _CANDIDATES if _fits(data, name)]
    best = max(fitting, key=lambda name: _score(data, name), default=None)
    if best is None or _score(data, best) < _LEAST_SCORE:
        raise _no_text(data)
    return best


def _unmarked_utf16(data: bytes) -> str:
    scores = {name: _score(data, name) for name in ("utf-16-le", "utf-16-be") if _fits(data, name)}
    best = max(scores, key=lambda name: scores[name], default=None)
    if best is None or scores[best] < _LEAST_SCORE:
        raise _no_text()
    return best


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _score(data: bytes, encoding: str) -> float:
    """The part of the characters that is everyday Japanese, less twice the part that hardly ever is."""
    text = data[: _LOOKED_AT * 2].decode(encoding, "ignore")
    # Kanji of the first level of JIS X 0208 have a double byte of CP932 below 0x989F.
    common = sum(len(code) == 2 and code < b"\x98\x9f" for code in map(_cp932, set(text) - set("\n")) if code)
    different = max(1, len(set(text)))
    everyday = len(_EVERYDAY.findall(text)) + sum("一" <= letter <= "鿿" for letter in text)
    strange = len(_STRANGE.findall(text)) + len(_CONTROL.findall(text))
    rare = sum(
        unicodedata.category(letter) in ("Cn", "Co", "Lo") and letter > "\U0001ffff" for letter in text
    )
    return (everyday - 2 * (strange + rare)) / max(1, len(text)) + 0.1 * common / different


def _cp932(letter: str) -> bytes:
    return letter.encode("cp932", "ignore")


def _no_text(data: bytes = b"") -> SoseiError:
    line = 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    where = Text(f"（{line} 行目から）" if line > 1 else "", f" (from line {line})" if line > 1 else "")
    return SoseiError(
        Text(
            f"文書ではないか、文字コードが分かりません{where.ja}",
            f"it is no document, or its encoding is not known{where.en}",
        ),
        hint=Text(
            "UTF-8 のテキスト、PDF、DOCX などを指定してください",
            "give text in UTF-8, a PDF, a DOCX or the like",
        ),
    )
