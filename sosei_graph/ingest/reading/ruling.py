"""Tables that are drawn: the ruling lines of a PDF page, and the cells between them.

The lines come from pdfium, which is fast; the cells are found by pdfplumber's method (merged edges, their
intersections, the smallest rectangles between these), which read most cells right on documents of this kind.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api
from pdfplumber import table as method

from sosei_graph.ingest.document import Box
from sosei_graph.ingest.reading.glyphs import Shown

#: Nearer than this, in points, two lines are one, and a line that ends short of another meets it.
_NEAR = 3.0
#: Shorter lines are parts of drawings, and thicker ones are areas.
_SHORTEST = 3.0
_THICKEST = 2.5
_MOST_SEGMENTS = 400
_MOST_OBJECTS = 100_000
#: More lines than these, merged, are a map or a chart.
MOST_EDGES = 1500
_MOST_DEPTH = 8
_WHITE = 250

Edge = dict[str, Any]
Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Slot:
    """A cell between ruling lines, by its place in the grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True)
class Ruled:
    """A table by its places on the page: its cells row by row. `drawn` is whether lines keep the cells apart."""

    box: Box
    slots: tuple[Slot, ...]
    drawn: bool = True


@dataclass(frozen=True)
class Ruling:
    """The drawn tables of a page, all its horizontal lines, and whether it has more lines than a table."""

    tables: tuple[Ruled, ...] = ()
    level: tuple[Box, ...] = ()
    too_many: bool = False


def ruling(page: pdfium.PdfPage, view: Shown) -> Ruling:
    """The lines of a page and the tables between them; none where there are more lines than a table has."""
    edges = [edge for box in _strokes(page, view) for edge in _edges(box)]
    level = tuple(
        Box(edge["x0"], edge["top"], edge["x1"], edge["top"]) for edge in edges if edge["orientation"] == "h"
    )
    if len({edge["orientation"] for edge in edges}) < 2:
        return Ruling(level=level)
    merged = method.merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    merged = [edge for edge in merged if max(edge["width"], edge["height"]) > _SHORTEST * 2]
    if len(merged) > MOST_EDGES:
        return Ruling(too_many=True)
    merged += _open_sides(merged)
    crossings = method.edges_to_intersections(merged, _NEAR, _NEAR)
    cells = method.intersections_to_cells(crossings)
    tables = [_grid([Box(*map(float, cell)) for cell in group]) for group in method.cells_to_tables(cells)]
    return Ruling(tuple(table for table in tables if len(table.slots) > 1), level)


def _strokes(page: pdfium.PdfPage, view: Shown) -> Iterator[Box]:
    """What is drawn as straight lines and rectangles, as shown."""
    count = api.FPDFPage_CountObjects(page.raw)
    things = (api.FPDFPage_GetObject(page.raw, index) for index in range(min(count, _MOST_OBJECTS)))
    for thing in things:
        yield from _drawn(thing, view, _UNMOVED, 0)


def _drawn(thing: Any, view: Shown, moved: Matrix, depth: int) -> Iterator[Box]:
    kind = api.FPDFPageObj_GetType(thing)
    if kind == api.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
        inner = _times(_matrix(thing), moved)
        count = min(api.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)
        for index in range(count):
            yield from _drawn(api.FPDFFormObj_GetObject(thing, index), view, inner, depth + 1)
    elif kind == api.FPDF_PAGEOBJ_PATH and _is_seen(thing):
        points = list(_points(thing, _times(_matrix(thing), moved)))
        for begin, end in pairwise(points):
            if begin is not None and end is not None:
                box = view.box(
                    min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1])
                )
                if all(map(math.isfinite, (box.x0, box.top, box.x1, box.bottom))):
                    yield box


def _points(path: Any, matrix: Matrix) -> Iterator[tuple[float, float] | None]:
    """The corners of a path in order, None where the pen is lifted or the line is bent."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for index in range(min(api.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = api.FPDFPath_GetPathSegment(path, index)
        if not segment or not api.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = _moved(x.value, y.value, matrix)
        kind = api.FPDFPathSegment_GetType(segment)
        if kind != api.FPDF_SEGMENT_LINETO:
            yield None
        if kind == api.FPDF_SEGMENT_MOVETO:
            first = point
        yield point
        if api.FPDFPathSegment_GetClose(segment) and first is not None:
            yield first


def _is_seen(path: Any) -> bool:
    """Whether it is drawn at all: stroked, or filled with something that is not white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not api.FPDFPath_GetDrawMode(path, fill, stroke):
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    asked = api.FPDFPageObj_GetStrokeColor if stroke.value else api.FPDFPageObj_GetFillColor
    if not (stroke.value or fill.value):
        return False
    known = asked(path, *colour)
    red, green, blue, alpha = (part.value for part in colour)
    return not known or (alpha > 0 and min(red, green, blue) < _WHITE)


def _matrix(thing: Any) -> Matrix:
    matrix = api.FS_MATRIX()
    if not api.FPDFPageObj_GetMatrix(thing, matrix):
        return _UNMOVED
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x, y = _moved(e, f, outer)
    return (
        *(a * outer[0] + b * outer[2], a * outer[1] + b * outer[3]),
        *(c * outer[0] + d * outer[2], c * outer[1] + d * outer[3]),
        *(x, y),
    )


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _edges(box: Box) -> Iterator[Edge]:
    """A straight line as pdfplumber's edge; a slanted one is none."""
    if box.height <= 1 and box.width > 0.5:
        yield _edge("h", box.x0, box.top, box.x1, box.top)
    elif box.width <= 1 and box.height > 0.5:
        yield _edge("v", box.x0, box.top, box.x0, box.bottom)


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> Edge:
    places = {"x0": x0, "top": top, "x1": x1, "bottom": bottom}
    return {
        **places,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
        "object_type": "line",
    }


def _open_sides(edges: list[Edge]) -> list[Edge]:
    """The sides of tables that are drawn without them: where at least three horizontal lines end together."""
    level = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    groups: dict[tuple[int, int], list[Edge]] = {}
    for edge in level:
        groups.setdefault((round(edge["x0"] / _NEAR), round(edge["x1"] / _NEAR)), []).append(edge)
    added = []
    for group in groups.values():
        top, bottom = min(edge["top"] for edge in group), max(edge["top"] for edge in group)
        x0, x1 = group[0]["x0"], group[0]["x1"]
        between = [
            edge
            for edge in upright
            if edge["top"] < bottom - _NEAR
            and edge["bottom"] > top + _NEAR
            and x0 - _NEAR <= edge["x0"] <= x1 + _NEAR
        ]
        inside = [edge for edge in between if x0 + _NEAR < edge["x0"] < x1 - _NEAR]
        if len(group) < 3 or not inside:
            continue
        bare = [side for side in (x0, x1) if not any(abs(edge["x0"] - side) <= _NEAR for edge in between)]
        added += [_edge("v", side, top, side, bottom) for side in bare]
    return added


def _grid(boxes: list[Box]) -> Ruled:
    """Cells by their places in the grid that all their sides make."""
    columns = _steps([side for box in boxes for side in (box.x0, box.x1)])
    rows = _steps([side for box in boxes for side in (box.top, box.bottom)])
    slots = []
    for box in boxes:
        left, right = _step(columns, box.x0), _step(columns, box.x1)
        upper, lower = _step(rows, box.top), _step(rows, box.bottom)
        slots.append(Slot(upper, left, max(1, lower - upper), max(1, right - left), box))
    slots.sort(key=lambda slot: (slot.row, slot.column))
    return Ruled(Box(columns[0], rows[0], columns[-1], rows[-1]), tuple(slots))


def _steps(sides: list[float]) -> list[float]:
    steps: list[float] = []
    for side in sorted(sides):
        if not steps or side - steps[-1] > _NEAR:
            steps.append(side)
    return steps


def _step(steps: list[float], side: float) -> int:
    return min(range(len(steps)), key=lambda index: abs(steps[index] - side))
