"""Fictional documents in every format, written by real libraries, for the tests of readers and extractors.

    document = KPI_TABLE                        # or PLAN, AGREEMENT, or a `Document` of your own
    path = write(document, tmp_path / "kpi.pdf")   # .pdf .docx .xlsx .html .md .txt (tabs) .layout.txt (columns)

The content is the same in each, so far as the format has it: headings, paragraphs, and tables whose cells may span rows
and columns. `grid(document)` are the tables as rows of texts, what a reader should find. PDF has ruled tables, wrapped
cells, page numbers (`- 1 -`) and a running head; layout text is what `pdftotext -layout` makes of such a page: columns
by spaces, cells wrapped. No font is embedded: PDF viewers and pdfium know the Japanese one by name.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak as PdfPageBreak
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

from tests.ingest.blocks import Block, Document, Entry, Grid, Heading, Merged, PageBreak, Paragraph

FONT = "HeiseiMin-W3"


#: A table of indicators as yearly reports have it: merged goals, negative figures, wrapped names, no value yet.
KPI_TABLE = Document(
    (
        Heading("例示市総合戦略 取組状況報告書"),
        Paragraph("令和６年度の実績を次のとおり報告する。"),
        Heading("１ 数値目標とＫＰＩ", 2),
        Grid(
            (
                ("基本目標", "指標名", "基準値", "実績値", "目標値"),
                (Merged("基本目標１ しごとをつくる", rows=3), "新規創業件数（累計）", "12件", "35件", "60件"),
                (None, "市内の従業者数", "21,340人", "20,985人", "21,500人"),
                (None, "観光入込客数のうち宿泊した人の割合", "18.5％", "未実施", "25.0％"),
                (Merged("基本目標２ ひとの流れ", rows=2), "社会増減数", "▲113人", "▲58人", "０人"),
                (None, "移住相談件数", "約200件", "535万件", "240件以上"),
            ),
            (90, 160, 70, 70, 70),
        ),
        Paragraph("※実績値は令和７年３月末時点の速報値である。"),
    ),
    running_head="例示市総合戦略 取組状況報告書（令和６年度）",
)

#: A regional revitalization plan over several pages, with running text and a table.
PLAN = Document(
    (
        Heading("地域再生計画"),
        Heading("１ 地域再生計画の名称", 2),
        Paragraph("第２期見本町まち・ひと・しごと創生推進計画"),
        Heading("２ 地域再生計画の作成主体の名称", 2),
        Paragraph("例示県見本町"),
        Heading("３ 地域再生計画の区域", 2),
        Paragraph("例示県見本町の全域"),
        Heading("４ 地域再生計画の目標", 2),
        Paragraph(
            "本町は県の北部に位置し、三方を山に囲まれた盆地に集落が点在する農業の町である。人口は昭和50年の12,480人を"
            "頂点として減り続けており、令和２年には6,215人となった。このまま減少が続けば、商店や学校、路線バスなど町民の"
            "暮らしを支える機能を保つことが難しくなるおそれがある。このため、次の基本目標を掲げて取り組む。"
        ),
        Paragraph("・基本目標１ 地域の稼ぐ力を高める"),
        Paragraph("・基本目標２ 若い世代の希望をかなえる"),
        PageBreak(),
        Heading("【数値目標】", 2),
        Grid(
            (
                ("５－２の①に掲げる事業", "ＫＰＩ", "現状値（計画開始時点）", "目標値（2029年度）"),
                ("ア", "町内の新規就農者数（累計）", "３人", "15人"),
                (Merged("イ", rows=2), "合計特殊出生率", "1.42", "1.60"),
                (None, "町の子育て支援に満足している保護者の割合", "61.2％", "75％"),
            ),
            (90, 170, 100, 100),
        ),
        PageBreak(),
        Heading("５ 地域再生を図るために行う事業", 2),
        Heading("５－１ 全体の概要", 3),
        Paragraph("５－２のとおり。"),
        Heading("６ 計画期間", 2),
        Paragraph("令和７年４月１日から令和12年３月31日まで"),
    ),
    running_head="第２期見本町まち・ひと・しごと創生推進計画",
)

#: The annex of a cooperation agreement: three columns, one part of each city.
AGREEMENT = Document(
    (
        Heading("例示市及び見本町における連携中枢都市圏形成に係る連携協約"),
        Paragraph(
            "例示市（以下「甲」という。）と見本町（以下「乙」という。）は、地方自治法第252条の２第１項の規定に基づき、"
            "連携中枢都市圏の形成に関し、次のとおり連携協約を締結する。"
        ),
        Heading("別表（第３条関係）", 2),
        Heading("１ 圏域全体の経済成長のけん引", 3),
        Grid(
            (
                ("取組の内容", "例示市の役割", "見本町の役割"),
                (
                    "創業を志す人への相談窓口を圏域で一体的に運営する。",
                    "相談窓口の設置及び運営を主体的に行う。",
                    "例示市と連携して窓口を町民に周知する。",
                ),
                (
                    "観光資源を結ぶ周遊の仕組みをつくる。",
                    "見本町及び関係機関と連携して周遊事業を行う。",
                    "例示市及び関係機関と連携して周遊事業を行う。",
                ),
            ),
            (160, 150, 150),
        ),
        Heading("２ 生活関連機能サービスの向上", 3),
        Grid(
            (
                ("取組の内容", "例示市の役割", "見本町の役割"),
                (
                    "休日の救急医療を共同で担う。",
                    "輪番病院の調整を主体的に行う。",
                    "町立診療所の医師を派遣する。",
                ),
            ),
            (160, 150, 150),
        ),
        Paragraph("令和７年２月10日"),
        Paragraph("例示市中央一丁目１番１号"),
        Paragraph("例示市長　例示　太郎"),
        Paragraph("見本町大字見本20番地"),
        Paragraph("見本町長　見本　花子"),
    ),
)

ALL = {"kpi": KPI_TABLE, "plan": PLAN, "agreement": AGREEMENT}


def grid(document: Document) -> list[list[list[str]]]:
    """The tables as rows of texts; a merged cell stands in every place that it covers."""
    return [_spread(block) for block in document.blocks if isinstance(block, Grid)]


def _spread(block: Grid) -> list[list[str]]:
    texts = [[""] * len(row) for row in block.rows]
    for at, row in enumerate(block.rows):
        for column, entry in enumerate(row):
            if entry is None:
                continue
            cell = entry if isinstance(entry, Merged) else Merged(entry)
            for down in range(cell.rows):
                for right in range(cell.columns):
                    texts[at + down][column + right] = cell.text
    return texts


def write(document: Document, path: Path) -> Path:
    """Writes the document in the format that its name ends in, and gives back the path."""
    name = path.name.lower()
    ending = ".layout.txt" if name.endswith(".layout.txt") else path.suffix.lower()
    _WRITERS[ending](document, path)
    return path


def _plain(entry: Entry) -> str:
    return entry.text if isinstance(entry, Merged) else entry or ""


def _pdf(document: Document, path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=16, wordWrap="CJK")
    small = ParagraphStyle("cell", parent=style, fontSize=9, leading=12)
    story: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            size = {1: 16, 2: 12}.get(block.level, 10.5)
            story += [
                PdfParagraph(block.text, ParagraphStyle("h", parent=style, fontSize=size, leading=size * 1.6))
            ]
        elif isinstance(block, Paragraph):
            story += [PdfParagraph(block.text, style), Spacer(1, 6)]
        elif isinstance(block, PageBreak):
            story.append(PdfPageBreak())
        else:
            story += [_pdf_table(block, small), Spacer(1, 10)]

    def furniture(canvas: Canvas, page: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(56, A4[1] - 36, document.running_head)
        if document.page_numbers:
            canvas.drawCentredString(A4[0] / 2, 30, f"- {page.page} -")

    template = SimpleDocTemplate(str(path), pagesize=A4, invariant=1, leftMargin=56, rightMargin=56)
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)


def _pdf_table(block: Grid, style: ParagraphStyle) -> PdfTable:
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for at, row in enumerate(block.rows):
        for column, entry in enumerate(row):
            if isinstance(entry, Merged):
                commands.append(("SPAN", (column, at), (column + entry.columns - 1, at + entry.rows - 1)))
    rows = [[PdfParagraph(_plain(entry), style) for entry in row] for row in block.rows]
    return PdfTable(rows, colWidths=list(block.widths), style=commands)


def _docx(document: Document, path: Path) -> None:
    made = docx.Document()
    for block in document.blocks:
        if isinstance(block, Heading):
            made.add_heading(block.text, block.level)
        elif isinstance(block, Paragraph):
            made.add_paragraph(block.text)
        elif isinstance(block, PageBreak):
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            table = made.add_table(len(block.rows), len(block.rows[0]))
            for at, row in enumerate(block.rows):
                for column, entry in enumerate(row):
                    if entry is None:
                        continue
                    place = table.cell(at, column)
                    if isinstance(entry, Merged):
                        place = place.merge(table.cell(at + entry.rows - 1, column + entry.columns - 1))
                    place.text = _plain(entry)
    made.save(str(path))


def _xlsx(document: Document, path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "資料"
    at = 1
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            sheet.cell(at, 1, block.text)
            at += 2
        elif isinstance(block, Grid):
            for row in block.rows:
                for column, entry in enumerate(row, 1):
                    if entry is None:
                        continue
                    sheet.cell(at, column, _plain(entry))
                    if isinstance(entry, Merged):
                        sheet.merge_cells(None, at, column, at + entry.rows - 1, column + entry.columns - 1)
                at += 1
            at += 1
    book.save(path)


def _html(document: Document, path: Path) -> None:
    parts = [
        "<!DOCTYPE html>",
        '<html lang="ja"><head><meta charset="utf-8"><title>資料</title></head><body>',
    ]
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append(f"<h{block.level}>{block.text}</h{block.level}>")
        elif isinstance(block, Paragraph):
            parts.append(f"<p>{block.text}</p>")
        elif isinstance(block, Grid):
            parts += ["<table>", *_html_rows(block), "</table>"]
    path.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")


def _html_rows(block: Grid) -> Iterator[str]:
    for row in block.rows:
        cells = []
        for entry in row:
            if entry is not None:
                spans = (
                    f' rowspan="{entry.rows}" colspan="{entry.columns}"' if isinstance(entry, Merged) else ""
                )
                cells.append(f"<td{spans}>{_plain(entry)}</td>")
        yield "<tr>" + "".join(cells) + "</tr>"


def _markdown(document: Document, path: Path) -> None:
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append(f"{'#' * block.level} {block.text}\n")
        elif isinstance(block, Paragraph):
            parts.append(f"{block.text}\n")
        elif isinstance(block, Grid):
            rows = ["| " + " | ".join(row) + " |" for row in _spread(block)]
            parts.append("\n".join([rows[0], "|" + " --- |" * len(block.widths), *rows[1:]]) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _tabs(document: Document, path: Path) -> None:
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            parts.append(block.text + "\n")
        elif isinstance(block, Grid):
            parts.append("\n".join("\t".join(row) for row in _spread(block)) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _layout(document: Document, path: Path) -> None:
    pages: list[list[str]] = [[]]
    for block in document.blocks:
        if isinstance(block, PageBreak):
            pages.append([])
        elif isinstance(block, Grid):
            pages[-1] += [*_layout_rows(block), ""]
        else:
            pages[-1] += [*_folded(block.text, 80), ""]
    head = [document.running_head, ""] if document.running_head else []
    text = ""
    for number, page in enumerate(pages, 1):
        foot = [" " * 38 + f"- {number} -"] if document.page_numbers else []
        text += "\n".join([*head, *page, *foot]) + "\n\f"
    path.write_text(text, encoding="utf-8")


def _layout_rows(block: Grid) -> Iterator[str]:
    """A row of wrapped cells; a merged cell stands in its first row."""
    widths = [int(width / 5) for width in block.widths]
    for row in block.rows:
        cells = [_folded(_plain(entry), width - 3) for entry, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            line = ""
            for lines, width in zip(cells, widths, strict=True):
                piece = lines[at] if at < len(lines) else ""
                line += piece + " " * (width - columns(piece))
            yield line.rstrip()


def columns(text: str) -> int:
    """The columns that a text takes on a display."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _folded(text: str, width: int) -> list[str]:
    lines = [""]
    for letter in text:
        if columns(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return lines


_WRITERS: dict[str, Callable[[Document, Path], None]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".html": _html,
    ".md": _markdown,
    ".txt": _tabs,
    ".layout.txt": _layout,
}


def long_report(pages: int) -> Document:
    """A document with a table of indicators on every page: for measuring."""
    blocks: list[Block] = []
    rows: Sequence[tuple[Entry, ...]] = (
        KPI_TABLE.blocks[3].rows if isinstance(KPI_TABLE.blocks[3], Grid) else ()
    )
    for number in range(1, pages + 1):
        body = tuple(row for _ in range(4) for row in rows[1:])
        blocks += [
            Heading(f"{number} 施策の状況", 2),
            Paragraph(PLAN.blocks[8].text if isinstance(PLAN.blocks[8], Paragraph) else ""),
            Grid((rows[0], *body), (90, 160, 70, 70, 70)),
            PageBreak(),
        ]
    return Document(tuple(blocks[:-1]), running_head="例示市総合戦略 取組状況報告書")
