"""Pictures of the pages of a PDF, small enough to travel inside the review page: an extra, never a condition.

What makes no picture (no PDF, a damaged page, too many bytes, too slow) is shown as text alone.
"""

import base64
import io
import math
import pickle
import time
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sosei_graph import processes
from sosei_graph.ingest.document import Box, Line, Reading
from sosei_graph.ingest.records import Span

#: A page of A4 is legible at this width.
_PIXELS = 900
_MOST_PIXELS = 2_000_000
_QUALITY = 30
_SECONDS = 2.0
_BYTES = 3_000_000


@dataclass(frozen=True)
class Picture:
    """A page as a picture: `source` is a `data:` address, `width` and `height` are those of the page in points."""

    source: str
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """Where on its page a part of an entry is printed."""

    entry: str
    box: Box


def marks(reading: Reading, places: Mapping[str, Sequence[Span]]) -> dict[int, list[Mark]]:
    """The places of entries on the pages of a PDF, by page: the part of each line that a span takes.

    A line's box is shared out among its characters by their widths, which is right to about a character.
    """
    lines = sorted((line for line in reading.lines if line.box), key=lambda line: line.start)
    ends = [line.end for line in lines]
    found: dict[int, list[Mark]] = {}
    for entry, spans in places.items():
        for span in spans:
            for line in lines[bisect_right(ends, span.start) :]:
                if line.start >= span.end:
                    break
                if line.page is not None and line.box is not None:
                    found.setdefault(line.page, []).append(Mark(entry, _part(reading, line, line.box, span)))
    return found


def _part(reading: Reading, line: Line, box: Box, span: Span) -> Box:
    before = _width(reading.text[line.start : max(line.start, span.start)])
    inside = _width(reading.text[max(line.start, span.start) : min(line.end, span.end)])
    whole = max(_width(reading.text[line.start : line.end]), 1)
    start, end = before / whole, (before + inside) / whole
    if box.height > 2 * box.width and line.end - line.start > 1:  # written downwards
        return Box(box.x0, box.top + start * box.height, box.x1, box.top + end * box.height)
    return Box(box.x0 + start * box.width, box.top, box.x0 + end * box.width, box.bottom)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def pictures(reading: Reading, wanted: Iterable[int]) -> dict[int, Picture]:
    """Pictures of the pages that are wanted, in the order of need, until they take too much room or time."""
    if reading.media_type != "pdf":
        return {}
    sizes = {page.number: (page.width, page.height) for page in reading.pages}
    job = partial(_job, reading.path, tuple(wanted))
    # pdfium can end the process on a damaged file.
    run = processes.apart if processes.can_fork() else processes.beside
    status, reply = run(job, seconds=5 * _SECONDS)
    found: dict[int, bytes] = pickle.loads(reply) if status == "fine" else {}  # noqa: S301  a process of ours sent it
    made = {}
    for number, image in found.items():
        width, height = sizes.get(number, (None, None))
        if width and height:
            source = "data:image/webp;base64," + base64.b64encode(image).decode()
            made[number] = Picture(source, width, height)
    return made


def _job(path: Path, wanted: tuple[int, ...]) -> bytes:
    return pickle.dumps(_rendered(path, wanted))


def _rendered(path: Path, wanted: tuple[int, ...]) -> dict[int, bytes]:
    import pypdfium2 as pdfium

    end = time.monotonic() + _SECONDS
    found: dict[int, bytes] = {}
    with pdfium.PdfDocument(path) as document:
        for number in wanted:
            if time.monotonic() > end or sum(map(len, found.values())) > _BYTES:
                break
            try:
                page = document[number - 1]
            except pdfium.PdfiumError:
                continue
            width, height = page.get_size()
            scale = min(_PIXELS / max(width, 1), math.sqrt(_MOST_PIXELS / max(width * height, 1)))
            image = page.render(scale=scale, grayscale=True).to_pil()
            held = io.BytesIO()
            image.save(held, "WEBP", quality=_QUALITY, method=0)
            found[number] = held.getvalue()
            page.close()
    return found
