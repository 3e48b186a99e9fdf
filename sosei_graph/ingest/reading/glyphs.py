"""The characters of a PDF page with the boxes they are printed in, as pdfium (the engine of Chromium) tells them."""

import ctypes
import math
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as api

from sosei_graph.ingest.document import Box

#: What stands for a character that the font of the file gives no Unicode for.
UNMAPPED = "\ufffd"
#: Twice the same character within this part of its size is one printed twice to look bold.
_COINCIDES = 0.12
_INVISIBLE = 3  # text rendering mode, ISO 32000-1, table 106
_QUARTER = 90


#: Left, upper, right and lower side, in points.
Sides = tuple[float, float, float, float]


@dataclass(slots=True)
class Glyph:
    """A printed character: its box on the page as shown, the size of its font in points, and how far it is turned.

    `turn` is clockwise, in quarters of a circle.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turn: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Shown:
    """How the page is shown: the part of its space that is seen, and its turn in quarters clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        """The width as shown, in points."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height as shown, in points."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space (upward) as it is shown (from the upper left corner)."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own space as it is shown."""
        return Box(*self.sides(left, bottom, right, top))

    def sides(self, left: float, bottom: float, right: float, top: float) -> Sides:
        """The same as its left, upper, right and lower side."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return (min(x1, x0), min(y1, y0), max(x0, x1), max(y0, y1))


def shown(page: pdfium.PdfPage) -> Shown:
    """How a page is shown."""
    left, bottom, right, top = page.get_bbox()
    return Shown(left, bottom, right, top, page.get_rotation() // _QUARTER % 4)


@dataclass
class PageGlyphs:
    """The glyphs of a page in the order of the file, each once, and what is wrong with them."""

    glyphs: list[Glyph] = field(default_factory=list)
    unmapped: int = 0
    off_page: int = 0
    invisible: bool = False


def page_glyphs(page: pdfium.PdfPage, view: Shown, most: int) -> PageGlyphs:
    """The glyphs of a page; `most` is how many are read at all."""
    text_page = page.get_textpage()
    try:
        return _Reader(text_page.raw, view).read(min(text_page.count_chars(), most))
    finally:
        text_page.close()


class _Reader:
    """Asks pdfium for one character after another."""

    def __init__(self, text_page: api.FPDF_TEXTPAGE, view: Shown) -> None:
        self._page, self._view = text_page, view
        self._loose = api.FS_RECTF()
        self._tight = tuple(ctypes.c_double() for _ in range(4))
        self._reach = 2 * view.width, 2 * view.height
        self._found = PageGlyphs()
        self._sizes: dict[tuple[float, float], float] = {}
        self._places: dict[str, dict[tuple[int, int], list[Glyph]]] = {}

    def read(self, count: int) -> PageGlyphs:
        high = 0
        for index in range(count):
            code = api.FPDFText_GetUnicode(self._page, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code, high = (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD), 0
            # What pdfium puts in between words is white space.
            if code > 32 or api.FPDFText_IsGenerated(self._page, index) != 1:
                self._take(index, code)
        self._found.invisible = self._is_invisible(count)
        return self._found

    def _take(self, index: int, code: int) -> None:
        mapped = api.FPDFText_HasUnicodeMapError(self._page, index) != 1 and code not in (0, 0xFFFD, 0xFFFE)
        text = chr(code) if mapped and code <= 0x10FFFF else UNMAPPED
        if (mapped and code < 32) or text in "\x7f\xad\u200b\ufeff":
            return
        turn = round(api.FPDFText_GetCharAngle(self._page, index) / (math.pi / 2)) % 4
        sides = self._box(index)
        if sides is None:
            return
        x0, top, x1, bottom = sides
        size = self._real_size(index, x1 - x0 if turn % 2 else bottom - top)
        glyph = Glyph(text, x0, top, x1, bottom, size, (turn + self._view.turn) % 4)
        if not (0 <= x0 + x1 <= self._reach[0] and 0 <= top + bottom <= self._reach[1]):
            self._found.off_page += not text.isspace()
        elif not self._is_there(glyph):
            self._found.glyphs.append(glyph)
            self._found.unmapped += text == UNMAPPED

    def _box(self, index: int) -> Sides | None:
        """The box that the font gives a character, which tells gaps better than what is inked of it (a narrow 1)."""
        if api.FPDFText_GetLooseCharBox(self._page, index, self._loose):
            rect = self._loose
            sides = (rect.left, rect.bottom, rect.right, rect.top)
        elif api.FPDFText_GetCharBox(self._page, index, *self._tight):
            left, right, bottom, top = (side.value for side in self._tight)
            sides = (left, bottom, right, top)
        else:
            return None
        return self._view.sides(*sides) if all(map(math.isfinite, sides)) else None

    def _real_size(self, index: int, across: float) -> float:
        """The size in points as printed: the font's own is before it is scaled (1 in many files)."""
        size = api.FPDFText_GetFontSize(self._page, index)
        # What has the same size and height is scaled alike: asking for each character takes long.
        known = (size, round(across, 2))
        if known not in self._sizes:
            matrix = api.FS_MATRIX()
            scaled = size
            if api.FPDFText_GetMatrix(self._page, index, matrix):
                scaled = size * math.hypot(matrix.c, matrix.d)
            self._sizes[known] = scaled if 0.4 < across / max(scaled, 0.01) < 2.5 else across or scaled
        return self._sizes[known]

    def _is_there(self, glyph: Glyph) -> bool:
        """Whether the same character stands in nearly the same place already; notes it if not."""
        width, height = glyph.x1 - glyph.x0, glyph.bottom - glyph.top
        # Narrow letters really follow each other closely: 11, ll.
        near = max(0.2, min(max(glyph.size, 1) * _COINCIDES, min(width, height) * 0.4))
        x, y = glyph.middle
        # Squares of twice the distance: what is near stands in the same one, or beside it on the nearer side.
        across, down = x / (2 * near), y / (2 * near)
        column, row = int(across), int(down)
        places = self._places.setdefault(glyph.text, {})
        beside = column + (1 if across - column >= 0.5 else -1)
        below = row + (1 if down - row >= 0.5 else -1)
        for place in ((column, row), (beside, row), (column, below), (beside, below)):
            for other in places.get(place, ()):
                there = other.middle
                if abs(there[0] - x) < near and abs(there[1] - y) < near:
                    return True
        places.setdefault((column, row), []).append(glyph)
        return False

    def _is_invisible(self, count: int) -> bool:
        """Whether the first characters are in the invisible mode, in which scanners lay recognised text."""
        modes = [
            api.FPDFTextObj_GetTextRenderMode(thing)
            for index in range(min(count, 50))
            if (thing := api.FPDFText_GetTextObject(self._page, index))
        ]
        return bool(modes) and all(mode == _INVISIBLE for mode in modes)
