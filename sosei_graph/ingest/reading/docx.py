"""DOCX: paragraphs, lists with their marks, tables with merged cells, text boxes, notes, all changes accepted.

Read from the markup (ISO/IEC 29500-1), for python-docx itself knows neither text boxes nor marks nor changes; it
opens the package and finds its parts. A table in a cell is text of that cell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.reading.composing import STRUCK_OUT, CellText, Composer, cell
from sosei_graph.ingest.reading.numbering import Numbering, numbering
from sosei_graph.languages import Text

_HEADING = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Deleted or moved away text, ruby above the letters, instructions of fields, and drawings' own alternatives.
_LEFT_OUT = frozenset(
    {
        *map(qn, ("w:del", "w:moveFrom", "w:rt", "w:instrText", "w:delText", "w:pPr", "w:tblPr", "w:trPr")),
        _FALLBACK,
    }
)
_BOX = qn("w:txbxContent")
_MOST_COLUMNS = 500


def compose(package: IO[bytes]) -> Composer:
    """The whole document."""
    try:
        document = Document(package)
    except ValueError as error:  # with macros, or a template
        raise SoseiError(
            Text(
                "Word の通常の文書ではありません（マクロ付きなど）",
                "no plain Word document (with macros, for example)",
            ),
            hint=Text(".docx で保存し直してください", "save it again as .docx"),
        ) from error
    return _Reader(document).read()


@dataclass
class _Paragraph:
    text: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._composer = Composer()
        self._numbering: Numbering = numbering(self._part("numbering"))
        styles = self._part("styles")
        every = styles.findall(qn("w:style")) if styles is not None else []
        self._styles = {style.get(qn("w:styleId")): style for style in every}
        self._notes: list[tuple[str, str]] = []
        self._hidden = self._struck = False

    def read(self) -> Composer:
        for block in self._blocks(self._document.element.body):
            if block.tag == qn("w:p"):
                self._write(block)
            else:
                self._composer.table(list(self._cells(block)))
        self._write_notes()
        if self._hidden:
            self._composer.warnings.append(Text("隠し文字を除きました", "hidden text was left out"))
        if self._struck:
            self._composer.warnings.append(STRUCK_OUT)
        return self._composer

    def _part(self, name: str) -> Any | None:
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{name}") and not relation.is_external:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                return etree.fromstring(relation.target_part.blob, parser)
        return None

    def _blocks(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables in order, through content controls and the like."""
        for child in parent:
            if child.tag in (qn("w:p"), qn("w:tbl")):
                yield child
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and child.tag != qn("w:sectPr"):
                yield from self._blocks(child)

    def _write(self, block: Any) -> None:
        paragraph, text = self._said(block)
        self._composer.paragraph(text, self._level(block))
        for box in paragraph.boxes:
            for inner in self._blocks(box):
                if inner.tag == qn("w:p"):
                    self._write(inner)
                else:
                    self._composer.table(list(self._cells(inner)))

    def _said(self, block: Any) -> tuple[_Paragraph, str]:
        """A paragraph with its mark."""
        paragraph = _Paragraph()
        self._gather(block, paragraph)
        text = "".join(paragraph.text)
        self._notes += paragraph.notes
        return paragraph, self._mark(block) + text if text.strip() else text

    def _gather(self, parent: Any, into: _Paragraph) -> None:
        for child in parent:
            if child.tag == _BOX:
                into.boxes.append(child)
            elif child.tag == qn("w:r"):
                self._run(child, into)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                self._gather(child, into)

    def _run(self, run: Any, into: _Paragraph) -> None:
        looks = run.find(qn("w:rPr"))
        if looks is not None and _is_on(looks.find(qn("w:vanish"))):
            self._hidden = True
            return
        if looks is not None and any(_is_on(looks.find(qn(name))) for name in ("w:strike", "w:dstrike")):
            self._struck = True
            return
        raised = (
            looks is not None
            and (found := looks.find(qn("w:vertAlign"))) is not None
            and found.get(qn("w:val")) == "superscript"
        )
        for child in run:
            text = _letters(child)
            if text:
                before = next((part[-1] for part in reversed(into.text) if part), "")
                # The mark of a note is no digit of the number before it.
                into.text.append(" " + text if raised and before.isdigit() and text[0].isdigit() else text)
            elif child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                kind = "footnotes" if child.tag == qn("w:footnoteReference") else "endnotes"
                into.notes.append((kind, child.get(qn("w:id")) or ""))
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and len(child):
                self._gather(child, into)

    def _level(self, block: Any) -> int | None:
        """The level of a heading: by the outline level or the name of its style, or of those that it is based on."""
        own = block.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        for level in [
            own,
            *(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") for style in self._style_chain(block)),
        ]:
            if level is not None:
                depth = level.get(qn("w:val"), "9")
                return int(depth) + 1 if depth in "012345678" else None
        for style in self._style_chain(block):
            name = style.find(qn("w:name"))
            if name is not None and (match := _HEADING.search(name.get(qn("w:val"), ""))):
                return int(match[1])
        return None

    def _style_chain(self, block: Any) -> Iterator[Any]:
        named = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        seen: set[str] = set()
        name = named.get(qn("w:val")) if named is not None else None
        while name and name not in seen and name in self._styles:
            seen.add(name)
            yield self._styles[name]
            above = self._styles[name].find(qn("w:basedOn"))
            name = above.get(qn("w:val")) if above is not None else None

    def _mark(self, block: Any) -> str:
        places = [block.find(qn("w:pPr")), *(style.find(qn("w:pPr")) for style in self._style_chain(block))]
        number_id = depth = None
        for place in places:
            found = place.find(qn("w:numPr")) if place is not None else None
            if found is None:
                continue
            ident, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
            if depth is None and level is not None:
                depth = level.get(qn("w:val"))
            if number_id is None and ident is not None:
                number_id = ident.get(qn("w:val"))
        if not number_id or number_id == "0":
            return ""
        return self._numbering.mark(number_id, int(depth) if depth and depth in "012345678" else 0)

    def _cells(self, table: Any) -> Iterator[CellText]:
        """The cells of a table; one that goes on below (vMerge) stands once, with its whole height."""
        placed: list[CellText] = []
        open_above: dict[int, int] = {}
        rows = [row for row in self._inside(table, "w:tr") if self._is_seen(row)]
        for number, row in enumerate(rows):
            column = _grid(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            for each in self._inside(row, "w:tc"):
                width = max(1, _grid(each.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))
                merge = each.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
                if goes_on and column in open_above:
                    old = placed[open_above[column]]
                    placed[open_above[column]] = CellText(
                        old.row, old.column, old.lines, number - old.row + 1, old.column_span
                    )
                else:
                    open_above.pop(column, None)
                    if merge is not None:
                        open_above[column] = len(placed)
                    placed.append(cell(number, column, self._cell_text(each), 1, width))
                column += width
        yield from placed

    def _is_seen(self, row: Any) -> bool:
        """Whether a row is neither deleted nor hidden."""
        hidden = _is_on(row.find(f"{qn('w:trPr')}/{qn('w:hidden')}"))
        self._hidden |= hidden
        return not hidden and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None

    def _inside(self, parent: Any, name: str) -> Iterator[Any]:
        for child in parent:
            if child.tag == qn(name):
                yield child
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
                yield from self._inside(child, name)

    def _cell_text(self, parent: Any) -> str:
        parts = []
        for block in self._blocks(parent):
            if block.tag == qn("w:p"):
                paragraph, text = self._said(block)
                parts += [text, *(self._cell_text(box) for box in paragraph.boxes)]
            else:
                rows: dict[int, list[str]] = {}
                for inner in self._cells(block):
                    rows.setdefault(inner.row, []).append(" ".join(line.text for line in inner.lines))
                parts += ["  ".join(row) for row in rows.values()]
        return "\n".join(parts)

    def _write_notes(self) -> None:
        """The notes after the text, in the order of their marks."""
        roots = {kind: self._part(kind) for kind in {kind for kind, _ in self._notes}}
        done: set[tuple[str, str]] = set()
        waiting = list(self._notes)
        for number, (kind, ident) in enumerate(waiting, 1):
            root = roots[kind]
            if root is None or (kind, ident) in done:
                continue
            done.add((kind, ident))
            for note in root:
                if note.get(qn("w:id")) == ident:
                    text = " ".join(part.strip() for part in self._cell_text(note).split("\n"))
                    self._composer.paragraph(f"注{number} {text}")


def _letters(child: Any) -> str:
    """The characters that a part of a run prints."""
    if child.tag == qn("w:t"):
        return child.text or ""
    if child.tag == qn("w:sym"):
        return "\ue000" if not child.get(qn("w:char")) else _symbol(child.get(qn("w:char")))
    return {
        qn("w:tab"): "\t",
        qn("w:ptab"): "\t",
        qn("w:br"): "\n",
        qn("w:cr"): "\n",
        qn("w:noBreakHyphen"): "-",
    }.get(child.tag, "")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _is_on(toggle: Any | None) -> bool:
    return toggle is not None and toggle.get(qn("w:val"), "true") not in ("0", "false", "off")


def _grid(element: Any | None, default: int) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return (
        min(int(value), _MOST_COLUMNS)
        if value and value.isascii() and value.isdigit() and len(value) < 7
        else default
    )
