"""Tables whose columns only white space keeps apart are read where they can be read in one way, and only there."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting import extract
from sosei_graph.ingest.reading import read
from tests.ingest.documents import FONT

HEAD = ("指標", "基準値（Ｒ５）", "目標値（Ｒ11）", "担当課")
ROWS = (
    ("新規創業件数（累計）", "12件", "60件", "商工課"),
    ("市内の従業者数", "21,340人", "21,500人", "商工課"),
    ("社会増減数", "▲113人", "０人", "企画課"),
)
PLACES = (60, 260, 360, 470)
Entry = Sequence[str | tuple[str, ...]]


class Sheet:
    """A page that is written from above to below."""

    def __init__(self, path: Path) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.path, self.canvas, self.y = path, Canvas(str(path), pagesize=A4), 780.0
        self.canvas.setFont(FONT, 10)

    def row(self, entries: Entry, *, step: float = 22, leading: float = 13, middle: bool = False) -> None:
        """A row of entries, which may be lines; `middle` sets those of fewer lines in the middle of the row."""
        columns = [(entry,) if isinstance(entry, str) else entry for entry in entries]
        most = max(len(lines) for lines in columns)
        for x, lines in zip(PLACES, columns, strict=False):
            below = (most - len(lines)) * leading / 2 if middle else 0
            for at, text in enumerate(lines):
                self.canvas.drawString(x, self.y - below - at * leading, text)
        self.y -= step + (most - 1) * leading

    def text(self, text: str, step: float = 18) -> None:
        self.canvas.drawString(PLACES[0], self.y, text)
        self.y -= step

    def rule(self, up: float = 14) -> None:
        self.canvas.line(PLACES[0] - 4, self.y + up, 540, self.y + up)

    def turn(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(FONT, 10)
        self.y = 780.0

    def read(self) -> Reading:
        self.canvas.save()
        return read(self.path)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "page.pdf")


def grids(reading: Reading) -> list[list[list[str]]]:
    return [[[cell.text for cell in row if cell] for row in table.rows()] for table in reading.tables]


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


def assert_cells_stand_in_the_text(reading: Reading) -> None:
    for table in reading.tables:
        for cell in table.cells:
            written = "".join(reading.at(span) for span in cell.spans)
            assert "".join(written.split()) == "".join(cell.text.split())


def test_columns_kept_apart_by_space_are_a_table(sheet: Sheet) -> None:
    sheet.text("第１章　計画の指標について、次のとおり定めて毎年度の進み具合を確かめることとする。")
    sheet.text("数値目標", 24)
    for row in (HEAD, *ROWS):
        sheet.row(row)
    sheet.text("※実績値は速報値である。この欄の注は表の幅いっぱいに続くので、どの欄にも属さないのである。")
    reading = sheet.read()
    assert grids(reading) == [[list(HEAD), *map(list, ROWS)]]
    assert not reading.tables[0].ruled
    assert lines(reading)[1] == "数値目標"
    assert_cells_stand_in_the_text(reading)


@pytest.mark.parametrize("middle", [False, True])
def test_wrapped_names_belong_to_the_row_that_they_are_nearest_to(sheet: Sheet, *, middle: bool) -> None:
    long = ("観光入込客数のうち市内に泊まった", "人の割合")
    wrapped: list[Entry] = [HEAD, ROWS[0], (long, "18.5％", "25.0％", "商工課"), ROWS[2]]
    for row in wrapped:
        sheet.row(row, step=24, middle=middle)
    reading = sheet.read()
    assert grids(reading)[0][2] == ["".join(long), "18.5％", "25.0％", "商工課"]
    assert len(grids(reading)[0]) == 4
    assert_cells_stand_in_the_text(reading)


def test_rules_between_rows_tell_where_a_row_ends(sheet: Sheet) -> None:
    """Lines and rows at one distance: only the rules tell them apart."""
    long = ("観光入込客数のうち市内に泊まった", "人の割合")
    sheet.rule()
    for row in (HEAD, (long, "18.5％", "25.0％", "商工課"), ROWS[1], (long, "3.5％", "5.0％", "企画課")):
        sheet.row(row, step=13)
        sheet.rule(10)
    assert [row[0] for row in grids(sheet.read())[0]] == [
        "指標",
        "".join(long),
        "市内の従業者数",
        "".join(long),
    ]


def test_names_that_wrap_at_the_distance_of_rows_are_no_table(sheet: Sheet) -> None:
    """人の割合 ends the name above or is a heading: nothing tells which."""
    long = ("観光入込客数のうち市内に泊まった", "人の割合")
    for row in (HEAD, (long, "18.5％", "25.0％", "商工課"), ROWS[1], ROWS[2]):
        sheet.row(row, step=13)
    assert sheet.read().tables == ()


def test_what_overflows_into_the_next_line_is_not_taken_for_a_name(sheet: Sheet) -> None:
    for name, base, target, office in (HEAD, *ROWS):
        sheet.row(((name, office), base, target), step=24)
    assert sheet.read().tables == ()


def test_a_table_without_its_head_stays_lines(sheet: Sheet) -> None:
    for row in ROWS:
        sheet.row(row)
    assert sheet.read().tables == ()


def test_a_column_that_cannot_be_told_apart_makes_no_table(sheet: Sheet) -> None:
    sheet.row(("指標", "年度ごとの値の推移です", "目標値", "担当課"))
    for name, base, target, office in ROWS:
        sheet.row((name, f"{base[:3]}      {base}", target, office))
    assert sheet.read().tables == ()


def test_a_heading_between_tables_ends_the_one_above(sheet: Sheet) -> None:
    for row in (HEAD, *ROWS):
        sheet.row(row, step=18)
    sheet.text("基本目標２")
    for row in (HEAD, *ROWS[1:]):
        sheet.row(row, step=18)
    reading = sheet.read()
    assert [len(grid) for grid in grids(reading)] == [4, 3]
    assert "基本目標２" in lines(reading)


def test_lists_without_figures_are_no_tables(sheet: Sheet) -> None:
    for row in (
        ("役職", "氏名", "所属", "備考"),
        ("会長", "例示太郎", "例示大学", "学識"),
        ("委員", "見本花子", "見本会", "産業"),
    ):
        sheet.row(row)
    assert sheet.read().tables == ()


def test_two_columns_of_entries_are_not_read_down_before_across(sheet: Sheet) -> None:
    """Entries with space between them do not fill a column as running text does."""
    for at, name in enumerate("甲乙丙丁"):
        for x, text in zip(
            (60, 190, 300, 410), (f"{name}に関する取組", "見直し", f"令和{at}年に始める", "継続"), strict=True
        ):
            sheet.canvas.drawString(x, 700 - 15 * at, text)
    assert [line.split()[0][0] for line in lines(sheet.read())] == list("甲乙丙丁")


def test_a_name_that_the_page_end_may_cut_is_not_read_as_a_whole(sheet: Sheet) -> None:
    for row in (HEAD, *ROWS[:2], ("観光入込客数のうち市内に泊まった人の割", "18.5％", "25.0％", "商工課")):
        sheet.row(row)
    sheet.turn()
    sheet.text("合")
    sheet.text("次の年度からは、この表に代えて別に定めるところにより進み具合を確かめることとする。")
    reading = sheet.read()
    assert [row[0] for row in grids(reading)[0]] == ["指標", *(row[0] for row in ROWS[:2])]
    assert "観光入込客数のうち市内に泊まった人の割" in lines(reading)


def test_a_heading_overleaf_tears_no_row(sheet: Sheet) -> None:
    """What the next page begins with is larger than the name above: the row is whole."""
    rows = (HEAD, ROWS[1], ROWS[0])
    for row in rows:
        sheet.row(row)
    sheet.turn()
    sheet.canvas.setFont(FONT, 16)
    sheet.text("基本目標２　ひとの流れをつくる")
    assert [row[0] for row in grids(sheet.read())[0]] == [row[0] for row in rows]


def drawn(sheet: Sheet, rows: Sequence[Entry]) -> None:
    """Rows with lines around every cell; the cells are as wide as from one place to the next."""
    sides = [place - 4 for place in PLACES] + [544]
    for row in rows:
        height = 8 + 13 * max(1 if isinstance(entry, str) else len(entry) for entry in row)
        for x0, x1 in pairwise(sides):
            sheet.canvas.rect(x0, sheet.y + 12 - height, x1 - x0, height)
        sheet.row(row, step=21)


STRATEGY = (
    "第３期例示市総合戦略",
    "例示市",
    "計画期間　令和７年度から令和11年度まで",
    "基本目標１　しごとをつくる",
    "数値目標",
)


def names_and_figures(reading: Reading) -> set[tuple[str, str]]:
    plans = extract(reading, "strategy").findings.plans
    elements = [element for plan in plans for each in plan.elements for element in each.walk()]
    found = [each for plan in plans for each in plan.indicators]
    found += [each for element in elements for each in element.indicators]
    return {(each.name.text, value.printed.text) for each in found for value in each.values}


def test_a_table_goes_on_over_the_page_end_without_its_head(sheet: Sheet) -> None:
    for text in STRATEGY:
        sheet.text(text, 24)
    drawn(sheet, [HEAD, ROWS[0]])
    sheet.turn()
    drawn(sheet, ROWS[1:])
    figures = names_and_figures(sheet.read())
    assert figures == {(name, value) for name, base, target, _ in ROWS for value in (base, target)}


HALF = "観光入込客数のうち市内に泊まった人の"


@pytest.mark.parametrize("head", [(HEAD,), ()], ids=["head again", "no head"])
@pytest.mark.parametrize("above", [(ROWS[0],), ()], ids=["rows above", "only a head above"])
@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ((HALF, "18.5％", "25.0％", "商工課"), ("割合", "", "", "")),
        ((HALF, "18.5％", "", "商工課"), ("割合", "", "25.0％", "")),
        ((HALF, "18.5％", "25.0％", "商工課"), ("割合", "", "以上", "")),
    ],
    ids=["name", "name and a value", "name and the end of a value"],
)
def test_a_drawn_row_that_the_page_end_tears_is_listed_and_not_read_with_half_its_name(
    sheet: Sheet, head: tuple[Entry, ...], above: tuple[Entry, ...], upper: Entry, lower: Entry
) -> None:
    """Both halves are listed as one; the rows below it are read, with or without a head of their own."""
    for text in STRATEGY:
        sheet.text(text, 24)
    drawn(sheet, [HEAD, *above, upper])
    sheet.turn()
    drawn(sheet, [*head, lower, ROWS[1]])
    reading = sheet.read()
    assert {name for name, _ in names_and_figures(reading)} == {
        row[0] for row in (*above, ROWS[1]) if isinstance(row[0], str)
    }
    (unread,) = extract(reading, "strategy").findings.unread
    assert unread.passage.text == " ".join(str(entry) for entry in (*upper, *lower) if entry)
    spans = unread.passage.spans
    assert (reading.page_of(spans[0].start), reading.page_of(spans[-1].end - 1)) == (1, 2)


@pytest.mark.parametrize("head", [(HEAD,), ()], ids=["head again", "no head"])
@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ((HALF, "", "", ""), ("割合", "18.5％", "25.0％", "商工課")),
        ((HALF, "18.5％", "", "商工課"), ("割合", "（Ｒ４）", "25.0％", "")),
        ((HALF, "18.5％", "25.0％", "商工課"), ("割合", "（Ｒ４）", "（Ｒ10）", "")),
    ],
    ids=["values overleaf", "a time overleaf", "all times overleaf"],
)
def test_a_row_whose_values_stand_overleaf_is_listed(
    sheet: Sheet, head: tuple[Entry, ...], upper: Entry, lower: Entry
) -> None:
    for text in STRATEGY:
        sheet.text(text, 24)
    drawn(sheet, [HEAD, ROWS[0], upper])
    sheet.turn()
    drawn(sheet, [*head, lower, ROWS[1]])
    reading = sheet.read()
    assert {name for name, _ in names_and_figures(reading)} == {ROWS[0][0], ROWS[1][0]}
    (unread,) = extract(reading, "strategy").findings.unread
    assert unread.passage.text == " ".join(str(entry) for entry in (*upper, *lower) if entry)
