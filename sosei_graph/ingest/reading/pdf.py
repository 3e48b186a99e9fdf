"""PDF: characters by pdfium, drawn tables by pdfplumber's method, in reading order.

pdfium can end the process on a damaged file, and some files take it minutes: pages are read in processes of their own,
a second's worth in each, which can be ended.
"""

import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pypdfium2 as pdfium
import pypdfium2.raw as api

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.document import Box
from sosei_graph.ingest.reading.aligned import aligned_tables
from sosei_graph.ingest.reading.composing import CellText, Composer
from sosei_graph.ingest.reading.glyphs import UNMAPPED, Glyph, PageGlyphs, page_glyphs, shown
from sosei_graph.ingest.reading.joining import joined
from sosei_graph.ingest.reading.layout import (
    Item,
    PrintedRow,
    in_order,
    lines,
    row_lines,
    runs,
    turned_lines,
)
from sosei_graph.ingest.reading.limits import Limits
from sosei_graph.ingest.reading.ruling import Ruled, Ruling, Slot, ruling
from sosei_graph.ingest.reading.tearing import Cells, Part, TornRow, without_torn_row
from sosei_graph.languages import Text

#: A process reads pages for this long, and ends with the one that it is at; none reads more than so many.
_SECONDS_TOGETHER = 0.7
_MOST_TOGETHER = 100
_STRIPE = 10.0
#: More characters than these are on no page that a person reads.
_MOST_GLYPHS = 60_000


@dataclass
class PageRead:
    """A page as it was read: its lines and tables in reading order."""

    width: float
    height: float
    parts: list[Part] = field(default_factory=list)
    unmapped: int = 0
    off_page: int = 0
    invisible: bool = False
    too_many_lines: bool = False
    pictures: int = 0


def read_pages(source: bytes, first: int) -> list[PageRead]:
    """The pages of a file from `first` (from 0), one at least, as many as can be read in a short time."""
    end = time.monotonic() + _SECONDS_TOGETHER
    found: list[PageRead] = []
    with opened(source) as document:
        last = min(len(document), first + _MOST_TOGETHER)
        while first + len(found) < last and (not found or time.monotonic() < end):
            found.append(read_page(document, first + len(found)))
    return found


def count_pages(source: bytes) -> int:
    """How many pages a file says it has."""
    with opened(source) as document:
        return len(document)


def opened(source: bytes) -> pdfium.PdfDocument:
    """The document, if it can be opened without a password."""
    try:
        return pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        raise _refusal(api.FPDF_GetLastError()) from error


def _refusal(code: int) -> SoseiError:
    if code == api.FPDF_ERR_PASSWORD:
        return SoseiError(
            Text("PDF がパスワードで保護されています", "the PDF is locked with a password"),
            hint=Text("パスワードを外して保存し直してください", "save it again without the password"),
        )
    if code == api.FPDF_ERR_SECURITY:
        return SoseiError(
            Text("PDF の保護方式に対応していません", "the PDF is protected in a way that cannot be read"),
            hint=Text("保護を外して保存し直してください", "save it again without the protection"),
        )
    return SoseiError(
        Text("PDF が壊れているか途中で切れています", "the PDF is damaged or cut off"),
        hint=Text("元のファイルを取り直してください", "get the file again"),
    )


def read_page(document: pdfium.PdfDocument, number: int) -> PageRead:
    """One page (from 0). A page that cannot be loaded is empty, and is told of as such."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return PageRead(0, 0, unmapped=-1)
    try:
        view = shown(page)
        found = page_glyphs(page, view, _MOST_GLYPHS)
        drawn = ruling(page, view) if found.glyphs else Ruling()
        read = PageRead(view.width, view.height, _parts(found, drawn), found.unmapped, found.off_page)
        read.invisible, read.too_many_lines = found.invisible, drawn.too_many
        read.pictures = 0 if found.glyphs else _pictures(page)
        return read
    finally:
        page.close()


def _pictures(page: pdfium.PdfPage) -> int:
    count = min(api.FPDFPage_CountObjects(page.raw), 1000)
    kinds = (api.FPDFPageObj_GetType(api.FPDFPage_GetObject(page.raw, index)) for index in range(count))
    return sum(
        kind in (api.FPDF_PAGEOBJ_IMAGE, api.FPDF_PAGEOBJ_FORM, api.FPDF_PAGEOBJ_PATH) for kind in kinds
    )


def _parts(found: PageGlyphs, drawn: Ruling) -> list[Part]:
    tables, flow = _shared_out(found.glyphs, drawn.tables)
    parts: list[Part] = []

    def emit(thing: object) -> None:
        if isinstance(thing, list):
            parts.extend(row_lines(thing))
        elif isinstance(thing, tuple):
            parts.append(thing)

    aligned, level = aligned_tables(runs([glyph for glyph in flow if glyph.turn == 0]), drawn.level)
    items: list[Item] = [(table[0].box, table) for table in (*tables, *aligned)]
    in_order(level, items, emit)
    return parts + turned_lines(flow)


def _shared_out(glyphs: list[Glyph], ruled: Sequence[Ruled]) -> tuple[list[tuple[Ruled, Cells]], list[Glyph]]:
    """The characters of each table's cells, and those that stand in none.

    A table with text in fewer than two cells is a frame or a chart, and one that lies in a cell of another is a part
    of that cell.
    """
    outermost = [
        table
        for table in ruled
        if not any(_lies_in(table.box, other.box) for other in ruled if other is not table)
    ]
    tables: list[tuple[Ruled, Cells]] = []
    rest = glyphs
    for table in outermost:
        inside, outside = _split(rest, table)
        if sum(bool("".join(glyph.text for glyph in held).strip()) for held in inside.values()) < 2:
            continue
        rest = outside
        tables.append(
            (table, [(slot, lines(inside.get(index, []))) for index, slot in enumerate(table.slots)])
        )
    return tables, rest


def _lies_in(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 - 1 <= inner.x0
        and inner.x1 <= outer.x1 + 1
        and outer.top - 1 <= inner.top
        and inner.bottom <= outer.bottom + 1
        and inner.width * inner.height < outer.width * outer.height
    )


def _split(glyphs: list[Glyph], table: Ruled) -> tuple[dict[int, list[Glyph]], list[Glyph]]:
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    box = table.box
    # The cells by the stripes of the page that they reach into: a glyph is looked for in one stripe only.
    stripes: dict[int, list[tuple[int, Box]]] = {}
    for at, slot in enumerate(table.slots):
        for stripe in range(int(slot.box.top // _STRIPE), int(slot.box.bottom // _STRIPE) + 1):
            stripes.setdefault(stripe, []).append((at, slot.box))
    for glyph in glyphs:
        x, y = glyph.middle
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            for at, cell in stripes.get(int(y // _STRIPE), ()):
                if cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom:
                    inside.setdefault(at, []).append(glyph)
                    break
            else:
                outside.append(glyph)
        else:
            outside.append(glyph)
    return inside, outside


Apart = Callable[[Callable[[], bytes]], bytes]


def compose(
    source: bytes, apart: Apart, limits: Limits, progress: Callable[[int, int], None] | None
) -> Composer:
    """The whole document. `apart` runs a job in a process of its own and gives back its bytes."""
    count = int(apart(lambda: str(count_pages(source)).encode()))
    if count > limits.pages:
        raise limits.too_many_pages(count)
    composer = Composer()
    troubles = _Troubles()
    done = 0
    waiting: PageRead | None = None
    while done < count:
        for read in pickle.loads(apart(partial(_job, source, done))):  # noqa: S301  a process of ours sent it
            done += 1
            if waiting is not None:
                waiting.parts = without_torn_row(waiting.parts, read.parts)
                _write(composer, waiting)
            waiting = read
            troubles.note(done, read)
            if progress:
                progress(done, count)
    if waiting is not None:
        _write(composer, waiting)
    composer.end_page()
    composer.warnings += troubles.told()
    if not composer.lines:
        raise _no_text(count)
    if composer.text.count(UNMAPPED) * 2 > len("".join(composer.text.split())):
        raise _no_unicode()
    return composer


def _job(source: bytes, first: int) -> bytes:
    return pickle.dumps(read_pages(source, first))


def _no_text(count: int) -> SoseiError:
    return SoseiError(
        Text(
            f"PDF の {count} ページに文字がありません（画像だけのスキャンと思われます）",
            f"the {count} pages of the PDF have no text (probably a scan)",
        ),
        hint=Text(
            "OCR で文字を付けた PDF にしてください（例: ocrmypdf -l jpn）",
            "put it through OCR first, for example: ocrmypdf -l jpn",
        ),
    )


def _no_unicode() -> SoseiError:
    return SoseiError(
        Text(
            "PDF のフォントに文字コードがなく、文字の半分以上が読めません",
            "most characters of the PDF cannot be read, for its fonts have no Unicode",
        ),
        hint=Text(
            "元の文書から書き出し直すか、OCR で文字を付け直してください（例: ocrmypdf --force-ocr -l jpn）",
            "export it again, or put it through OCR, for example: ocrmypdf --force-ocr -l jpn",
        ),
    )


def _write(composer: Composer, read: PageRead) -> None:
    composer.begin_page(read.width, read.height)
    for part in read.parts:
        if isinstance(part, PrintedRow):
            composer.line(part)
            continue
        if isinstance(part, TornRow):
            composer.torn_row(part.lines)
            continue
        ruled, cells = part
        texts = [_cell(slot, rows) for slot, rows in cells]
        composer.table(texts, ruled=ruled.drawn, box=ruled.box)


def _cell(slot: Slot, rows: list[PrintedRow]) -> CellText:
    return CellText(
        slot.row, slot.column, tuple(rows), slot.row_span, slot.column_span, joined(rows, slot.box)
    )


_KINDS: dict[str, Text] = {
    "unmapped": Text(
        "フォントに文字コードがない文字があります（{pages}ページ、計{count}字）。� としています",
        "characters have no Unicode in their font (page {pages}; {count} in all); they stand as �",
    ),
    "off_page": Text(
        "紙面の外にある文字を除きました（{pages}ページ、計{count}字）",
        "characters outside of the page were left out (page {pages}; {count} in all)",
    ),
    "invisible": Text(
        "見えない文字（OCR の結果）を読みました（{pages}ページ）。誤読があり得ます",
        "the text is an invisible OCR layer (page {pages}); it may be misread",
    ),
    "too_many_lines": Text(
        "線が多すぎるため表を読んでいません（{pages}ページ）",
        "too many lines to look for tables (page {pages})",
    ),
    "pictures": Text(
        "画像だけで文字のないページがあります（{pages}ページ）。OCR が必要です",
        "pages are pictures without text (page {pages}); they need OCR",
    ),
    "broken": Text("読めないページがあります（{pages}ページ）", "pages cannot be read (page {pages})"),
}


class _Troubles:
    """What went wrong on which pages, told once a kind."""

    def __init__(self) -> None:
        self._pages: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}

    def note(self, number: int, read: PageRead) -> None:
        if read.unmapped < 0:
            self._add("broken", number, 1)
            return
        for kind in _KINDS:
            if count := int(getattr(read, kind, 0)):
                self._add(kind, number, count)

    def _add(self, kind: str, number: int, count: int) -> None:
        self._pages.setdefault(kind, []).append(number)
        self._counts[kind] = self._counts.get(kind, 0) + count

    def told(self) -> list[Text]:
        return [
            text.fill(pages=_ranges(self._pages[kind]), count=self._counts[kind])
            for kind, text in _KINDS.items()
            if kind in self._pages
        ]


def _ranges(numbers: list[int]) -> str:
    """`1-3, 7`: page numbers as people write them."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)
