"""HTML: what a browser shows, as headings, paragraphs, lists and tables. Nothing is fetched and no script runs."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HTMLParser

from sosei_graph.ingest.reading.composing import MOST_PLACES, STRUCK_OUT, CellText, Composer, cell
from sosei_graph.ingest.reading.encodings import decoded
from sosei_graph.ingest.reading.numbering import FORMATS
from sosei_graph.languages import Text

_DROPPED_TEXT = """
    script style noscript template head iframe object embed svg math canvas audio video select button
    textarea input nav rt rp datalist map title meta link del s strike
"""
_DROPPED = frozenset(_DROPPED_TEXT.split())
_BLOCKS_TEXT = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre
    section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|line-through", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NAMES = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "sjis": "cp932",
}
_MOST_SPAN = 1000


def compose(data: bytes) -> Composer:
    """The whole page."""
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _text(data).lstrip("\ufeff")).replace("\0", "")
    composer = Composer()
    root = etree.fromstring(text, parser)
    if root is not None:
        _Reader(composer).block(root)
        if next(root.iterdescendants("del", "s", "strike"), None) is not None:
            composer.warnings.append(STRUCK_OUT)
    if "frameset" in text[:5000].lower():
        composer.warnings.append(
            Text("フレームの中の文書は読んでいません", "documents in its frames were not read")
        )
    return composer


def _text(data: bytes) -> str:
    declared = _META.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii", "ignore").lower()
        try:
            return data.decode(_NAMES.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass  # what the page says of itself is not always so
    return decoded(data)


class _Reader:
    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._waiting: list[str] = []

    def block(self, element: Any, level: int | None = None) -> None:
        """What stands in a block: runs of text become paragraphs, blocks in it stand for themselves."""
        self._waiting.append(_collapsed(element, element.text))
        for child in element:
            self._child(child, level)
            self._waiting.append(_collapsed(element, child.tail))
        self._flush(level)

    def _child(self, child: Any, level: int | None) -> None:
        name = _name(child)
        if name in _DROPPED or not _is_seen(child):
            return
        if name == "table" and not _is_layout(child):
            self._flush(level)
            self._table(child)
        elif name in _BLOCKS:
            self._flush(level)
            if name == "li":
                self._waiting.append(_mark(child))
            self.block(child, int(name[1]) if len(name) == 2 and name[1] in "123456" else None)
        elif name == "br":
            self._waiting.append("\n")
        else:
            if name == "sup" and _ends_with_digit(self._waiting):
                self._waiting.append(" ")
            self._waiting.append(_collapsed(child, child.text))
            for inner in child:
                self._child(inner, level)
                self._waiting.append(_collapsed(child, inner.tail))

    def _flush(self, level: int | None) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        lines = (re.sub(r" {2,}", " ", line).strip() for line in text.split("\n"))
        self._composer.paragraph("\n".join(lines), level)

    def _table(self, table: Any) -> None:
        caption = next((child for child in table if _name(child) == "caption"), None)
        if caption is not None:
            self.block(caption)
        rows = list(_rows(table))
        placed: list[CellText] = []
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for each in row:
                if _name(each) not in ("td", "th") or not _is_seen(each):
                    continue
                while (number, column) in taken:
                    column += 1
                height = _span(each, "rowspan", len(rows) - number)
                width = _span(each, "colspan", _MOST_SPAN)
                width = next((at for at in range(width) if (number, column + at) in taken), width)
                places = {(number + down, column + right) for down in range(height) for right in range(width)}
                if len(taken) + len(places) > MOST_PLACES or taken & places:
                    height, places = 1, {(number, column + right) for right in range(width)}
                taken |= places
                placed.append(cell(number, column, _cell_text(each), height, width))
                column += width
        self._composer.table(placed)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if not _is_seen(child):
            continue
        if _name(child) == "tr":
            yield child
        elif _name(child) in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if _name(row) == "tr" and _is_seen(row))


def _span(element: Any, name: str, most: int) -> int:
    """The rows or columns that a cell takes; a rowspan of 0 goes to the end (HTML Living Standard, 4.9.11)."""
    value = (element.get(name) or "1").strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
    return most if name == "rowspan" and number == 0 else max(1, min(number, most))


def _cell_text(element: Any) -> str:
    inner = Composer()
    _Reader(inner).block(element)
    return inner.text


def _is_layout(table: Any) -> bool:
    """Whether a table only arranges a page: other tables or headings stand in its cells, and it has no heads."""
    if any(_name(each) == "th" for row in _rows(table) for each in row):
        return False
    return next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None


def _mark(item: Any) -> str:
    """The mark of an item of a numbered list, or a bullet."""
    parent = item.getparent()
    if parent is None or _name(parent) != "ol":
        return "• "
    number = _integer(parent.get("start"), 1) - 1
    for sibling in parent:
        if _name(sibling) == "li":
            number = _integer(sibling.get("value"), number + 1)
        if sibling is item:
            break
    return FORMATS[_LIST_FORMATS.get(parent.get("type", "1"), "decimal")](number) + ". "


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text.strip()) else default


def _is_seen(element: Any) -> bool:
    return element.get("hidden") is None and not _HIDDEN.search(element.get("style") or "")


def _name(element: Any) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _ends_with_digit(parts: list[str]) -> bool:
    return bool(last := next((part for part in reversed(parts) if part), "")) and last[-1].isdigit()


def _collapsed(element: Any, text: str | None) -> str:
    """Text as a browser shows it: line ends of the source are spaces, and none between Japanese letters."""
    if not text or _name(element) == "pre":
        return text or ""
    without = re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])", "", text)
    return _SPACE.sub(" ", without)
