"""What stands on a page of a PDF is read once, in the order of a reader, whatever way it was put there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.repair import repair
from tests.ingest.documents import FONT

Draw = Callable[[Canvas], None]
Page = Callable[[Draw], Reading]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Draws one page and reads it."""

    def drawn(draw: Draw) -> Reading:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=A4)
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.save()
        return read(tmp_path / "page.pdf")

    return drawn


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


def test_text_printed_twice_to_look_bold_is_read_once(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3, 0.5):
            canvas.drawString(100 + shift, 700, "重要業績評価指標 11人人 1,100ーー")

    assert lines(page(draw)) == ["重要業績評価指標 11人人 1,100ーー"]


def test_a_vertical_caption_is_one_line(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for at, letter in enumerate("企業誘致"):
            canvas.drawString(60, 700 - 11 * at, letter)
        canvas.drawString(120, 690, "企業の立地を支援する。")

    assert sorted(lines(page(draw))) == ["企業の立地を支援する。", "企業誘致"]


@pytest.mark.parametrize("turn", [90, 270])
def test_turned_text_is_read_along_its_direction(page: Page, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "横の文字")
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 0, "回した文字 123")

    assert lines(page(draw)) == ["横の文字", "回した文字 123"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(page: Page, turn: int) -> None:
    """A landscape table on a portrait page: what is drawn upright for the reader of the turned page."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        width, height = A4 if turn in (0, 180) else A4[::-1]  # reportlab gives the size as shown
        canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
        canvas.rotate(turn)
        table(canvas, 60, 500, [["指標", "目標値"], ["転入者数", "120人"]])
        canvas.drawString(60, 440, "表の下の文")

    reading = page(draw)
    assert [[cell.text for cell in row if cell] for row in reading.tables[0].rows()] == [
        ["指標", "目標値"],
        ["転入者数", "120人"],
    ]
    assert lines(reading)[-1] == "表の下の文"
    box = reading.lines[-1].box
    assert box is not None
    assert box.x0 == pytest.approx(60, abs=2)


def table(canvas: Canvas, x: float, y: float, rows: list[list[str]], *, sides: bool = True) -> None:
    """Ruled rows from (x, y) downwards; without `sides` the table is open on the left and right."""
    width, height, count = 100, 20, len(rows[0])
    for at in range(len(rows) + 1):
        canvas.line(x, y - at * height, x + width * count, y - at * height)
    for at in range(count + 1):
        if sides or 0 < at < count:
            canvas.line(x + at * width, y, x + at * width, y - height * len(rows))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.drawString(x + column * width + 4, y - at * height - 14, text)


def test_a_table_without_lines_at_its_sides_has_all_its_columns(page: Page) -> None:
    rows = [["指標", "基準値", "目標値"], ["転入者数", "80人", "120人"], ["出生数", "51人", "60人"]]
    reading = page(lambda canvas: table(canvas, 80, 700, rows, sides=False))
    assert [[cell.text for cell in row if cell] for row in reading.tables[0].rows()] == rows


def test_two_columns_of_text_are_read_one_after_the_other(page: Page) -> None:
    left = [f"左の段の文章は{at}行目でありまして続きますから" for at in "一二三四"]
    right = [f"右の段の文章は{at}行目でありまして続きますから" for at in "一二三四"]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "二段組の見出しは紙面の幅いっぱいに続いてどちらの段にも属さないのである")
        for at, (one, two) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(60, 700 - 15 * at, one)
            canvas.drawString(320, 700 - 15 * at, two)

    assert lines(page(draw))[1:] == [*left, *right]


def test_columns_of_short_entries_stay_rows(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for at, (name, value) in enumerate(
            [("転入者数", "120人"), ("出生数", "60人"), ("創業", "12件"), ("空家", "8戸")]
        ):
            canvas.drawString(60, 700 - 15 * at, name)
            canvas.drawString(300, 700 - 15 * at, value)

    found = [line.split() for line in lines(page(draw))]
    assert found == [["転入者数", "120人"], ["出生数", "60人"], ["創業", "12件"], ["空家", "8戸"]]


def test_the_mark_of_a_note_does_not_change_the_number_before_it(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "1,234")
        canvas.setFont(FONT, 5)
        canvas.drawString(100 + pdfmetrics.stringWidth("1,234", FONT, 10), 705, "2")

    assert lines(page(draw)) == ["1,234 2"]


def test_figures_in_neighbouring_cells_of_a_narrow_column_are_not_one_number(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, 80, 700, [["指標", "値"], ["転入", "120"]])
        canvas.rect(400, 600, 30, 40)
        canvas.rect(430, 600, 30, 40)
        canvas.drawString(401, 625, "12345")
        canvas.drawString(401, 610, "67890")
        canvas.drawString(432, 625, "人")

    cell = page(draw).tables[1].cells[0]
    assert cell.text == "12345\n67890"


def test_a_chart_is_no_table(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(6):
            canvas.line(100, 500 + 20 * at, 400, 500 + 20 * at)
            canvas.line(100 + 60 * at, 500, 100 + 60 * at, 600)
            canvas.drawString(70, 497 + 20 * at, f"{at}0")
        canvas.drawString(100, 650, "人口の推移")

    reading = page(draw)
    assert reading.tables == ()
    assert "人口の推移" in lines(reading)


def test_white_letters_on_a_dark_head_are_read_and_letters_off_the_page_are_not(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(90, 690, 200, 20, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(100, 696, "目標値")
        canvas.drawString(-500, 696, "紙の外")

    reading = page(draw)
    assert lines(reading) == ["目標値"]
    assert "3" in reading.warnings[0].en


def test_letters_spread_over_a_cell_are_a_word(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, 80, 700, [["", "120人"], ["転入者数", "80人"]])
        for at, letter in enumerate("活動値"):
            canvas.drawString(90 + 30 * at, 686, letter)

    assert page(draw).tables[0].cells[0].text == "活動値"


def test_an_invisible_layer_of_ocr_is_read_and_told_of(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(100, 700)
        text.setTextRenderMode(3)
        text.textLine("例示市の計画")
        canvas.drawText(text)

    reading = page(draw)
    assert lines(reading) == ["例示市の計画"]
    assert "OCR" in reading.warnings[0].en


def test_a_page_that_is_a_picture_is_named(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "part.pdf"))
    canvas.drawString(100, 700, "text")
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    assert "page 2" in read(tmp_path / "part.pdf").warnings[0].en


def test_a_sentence_of_a_pdf_is_in_one_piece_and_its_place_is_kept(page: Page) -> None:
    first = "本町の合計特殊出生率は県の平均を上回って推移しているものの、出生数は"
    second = "減り続けている。"

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, first)
        canvas.drawString(60, 684, second)

    reading = page(draw)
    repaired = repair(reading)
    assert repaired.text.split("\n")[0] == first + second
    passage = repaired.passage(repaired.text.index("出生数"), repaired.text.index("いる。"))
    assert passage.text == "出生数は減り続けて"
    assert [reading.at(span) for span in passage.spans] == ["出生数は\n減り続けて"]
