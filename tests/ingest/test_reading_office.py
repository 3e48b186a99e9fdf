"""DOCX and XLSX are read as an officer sees them: marks of lists, accepted changes, number formats, merged cells."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sosei_graph.ingest.reading import Reading, read
from sosei_graph.ingest.reading.numbering import FORMATS
from sosei_graph.ingest.reading.shown_values import Stored, shown

Markup = Callable[..., Reading]


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


@pytest.fixture
def markup(tmp_path: Path) -> Markup:
    """Reads a DOCX with this markup as its body, and with parts of its own such as footnotes."""

    def made(body: str, **parts: str) -> Reading:
        path = tmp_path / "made.docx"
        document = docx.Document()
        for each in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
            document.element.body.insert_element_before(each, "w:sectPr")
        document.save(str(path))
        if parts:
            _with_parts(path, parts)
        return read(path)

    return made


def _with_parts(path: Path, parts: dict[str, str]) -> None:
    old = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    relations, types = old["word/_rels/document.xml.rels"].decode(), old["[Content_Types].xml"].decode()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    for name, content in parts.items():
        if f"word/{name}.xml" not in old:
            kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
            relation = f'<Relationship Id="x{name}" Type="{kind}" Target="{name}.xml"/></Relationships>'
            relations = relations.replace("</Relationships>", relation)
            override = f'<Override PartName="/word/{name}.xml" ContentType="{main}.{name}+xml"/></Types>'
            types = types.replace("</Types>", override)
        old[f"word/{name}.xml"] = f"<w:{name} {nsdecls('w')}>{content}</w:{name}>".encode()
    old["word/_rels/document.xml.rels"], old["[Content_Types].xml"] = relations.encode(), types.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in old.items():
            archive.writestr(name, data)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(level: int, number: int = 7) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(depth: int, kind: str, text: str, gap: str = "tab") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def test_marks_of_lists_are_read_as_they_are_printed(markup: Markup) -> None:
    levels = (
        level(0, "decimalFullWidth", "%1")
        + level(1, "decimalEnclosedCircle", "%2")
        + level(2, "aiueoFullWidth", "（%3）", "nothing")
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    )
    body = (
        p("名称", numbered(0))
        + p("創業の支援", numbered(1))
        + p("相談", numbered(2))
        + p("補助", numbered(2))
        + p("雇用の促進", numbered(1))
        + p("区域", numbered(0))
        + p("移住の促進", numbered(1))
    )
    assert lines(markup(body, numbering=numbering)) == [
        "１ 名称",
        "① 創業の支援",
        "（ア）相談",
        "（イ）補助",
        "② 雇用の促進",
        "２ 区域",
        "① 移住の促進",
    ]


@pytest.mark.parametrize(
    ("kind", "number", "mark"),
    [
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 23, "二十三"),
        ("ideographTraditional", 2, "乙"),
        ("irohaFullWidth", 3, "ハ"),
        ("aiueoFullWidth", 6, "カ"),
        ("lowerRoman", 9, "ix"),
        ("lowerLetter", 27, "aa"),
    ],
)
def test_formats_of_numbers(kind: str, number: int, mark: str) -> None:
    assert FORMATS[kind](number) == mark


def test_changes_are_read_as_accepted(markup: Markup) -> None:
    body = (
        "<w:p><w:r><w:t>目標値は</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>120</w:t></w:r></w:ins><w:r><w:t>人</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>移した</w:t></w:r></w:moveFrom></w:p>"
    )
    assert lines(markup(body)) == ["目標値は120人"]


def test_hidden_text_is_left_out_and_told_of(markup: Markup) -> None:
    reading = markup(p("見える") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠れた</w:t></w:r></w:p>")
    assert lines(reading) == ["見える"]
    assert "hidden" in reading.warnings[0].en


def test_text_that_is_struck_out_is_left_out_and_told_of(markup: Markup) -> None:
    """見え消し: what no longer holds stands struck out beside what holds now."""
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>100</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>件</w:t></w:r>"
    reading = markup(f"<w:p>{struck}<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>120人</w:t></w:r></w:p>")
    assert lines(reading) == ["120人"]
    assert "struck" in reading.warnings[0].en


def test_hidden_rows_of_a_table_are_left_out_and_told_of(markup: Markup) -> None:
    rows = [
        f"<w:tr>{looks}<w:tc>{p(text)}</w:tc><w:tc>{p('9')}</w:tc></w:tr>"
        for looks, text in (("", "見える"), ("<w:trPr><w:hidden/></w:trPr>", "隠れた"))
    ]
    reading = markup(f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert [cell.text for cell in reading.tables[0].cells] == ["見える", "9"]
    assert "hidden" in reading.warnings[0].en


def test_ruby_and_fields_do_not_double_the_text(markup: Markup) -> None:
    body = (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>れいじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>例示</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r><w:r><w:t>市</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert lines(markup(body)) == ["例示市"]


def test_a_text_box_is_read_once(markup: Markup) -> None:
    box = f"<w:txbxContent>{p('箱の中')}</w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    body = f"<w:p><w:r><w:t>本文</w:t></w:r><w:r>{alternate}</w:r></w:p>"
    assert lines(markup(body)) == ["本文", "箱の中"]


def test_notes_stand_after_the_text_and_their_marks_not_in_it(markup: Markup) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p><w:r><w:t>人口は120</w:t></w:r>{reference}<w:r><w:t>人</w:t></w:r></w:p>"
    reading = markup(body, footnotes=f'<w:footnote w:id="2">{p("速報値である。")}</w:footnote>')
    assert lines(reading) == ["人口は120人", "注1 速報値である。"]


def test_a_raised_digit_is_not_a_digit_of_the_number_before_it(markup: Markup) -> None:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    body = f"<w:p><w:r><w:t>1,234</w:t></w:r><w:r>{raised}<w:t>2</w:t></w:r></w:p>"
    assert lines(markup(body)) == ["1,234 2"]


def test_a_table_in_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "役割"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    document.save(str(tmp_path / "nested.docx"))
    reading = read(tmp_path / "nested.docx")
    assert [cell.text for cell in reading.tables[0].cells] == ["役割", "甲  乙"]
    assert len(reading.tables) == 1


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234567, "#,##0", "1,234,567"),
        (999.5, "#,##0", "1,000"),
        (0.1234, "0.0%", "12.3%"),
        (1.05, "0%", "105%"),
        (-113, '#,##0;"▲"#,##0', "▲113"),
        (-113, "#,##0;[Red]△#,##0", "△113"),
        (-113, "#,##0_ ;[Red]\\-#,##0\\ ", "-113"),
        (0, '#,##0;▲#,##0;"－"', "－"),
        (35, '0"件"', "35件"),
        (5350000, '#,##0,"千円"', "5,350千円"),
        (0.1 + 0.2, "General", "0.3"),
        (1.5, "0.00", "1.50"),
        (0, "#,##0", "0"),
        (-0.4, "0", "0"),
        (7, "000", "007"),
        (1200, "[$¥-411]#,##0", "¥1,200"),
        (dt.date(2026, 4, 1), "yyyy/m/d", "2026/4/1"),
        (dt.date(2026, 4, 1), '[$-411]ggge"年"m"月"d"日"', "令和8年4月1日"),
        (dt.date(2018, 3, 31), "[$-411]ge.m.d", "H30.3.31"),
        (45292, '[$-ja-JP-x-gannen]ggge"年度"', "令和6年度"),
        (45292, "ge", "R6"),
        (7, "[Green]General", "7"),
        ("未実施", "@", "未実施"),
        (True, "General", "TRUE"),
    ],
)
def test_values_are_read_as_they_are_shown(value: Stored, number_format: str, text: str) -> None:
    found = shown(value, number_format)
    assert (found.text, found.certain) == (text, True)


@pytest.mark.parametrize("number_format", ["# ?/?", "0.00E+00", "[>1000]0,;0", "yyyy"])
def test_a_format_that_is_not_understood_shows_what_is_stored(number_format: str) -> None:
    found = shown(1234.5, number_format)
    assert (found.text, found.certain) == ("1234.5", False)


@given(st.integers(-(10**12), 10**12))
def test_thousands_are_never_lost(number: int) -> None:
    assert int(shown(number, "#,##0").text.replace(",", "")) == number


def book(path: Path, fill: Callable[[Workbook], None]) -> Reading:
    made = Workbook()
    fill(made)
    made.save(path)
    return read(path)


def test_a_cell_has_the_text_that_its_format_gives_it(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        sheet = made.worksheets[0]
        sheet.append(["指標", "目標値"])
        sheet.append(["満足度", 0.753])
        sheet["B2"].number_format = "0.0%"

    assert [cell.text for cell in book(tmp_path / "a.xlsx", fill).tables[0].cells] == [
        "指標",
        "目標値",
        "満足度",
        "75.3%",
    ]


def test_hidden_sheets_rows_and_columns_are_left_out_and_told_of(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        sheet = made.worksheets[0]
        for row in (["指標", "内部", "値"], ["出生数", "x", 60], ["旧", "y", 1]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True
        made.create_sheet("控え").sheet_state = "hidden"

    reading = book(tmp_path / "a.xlsx", fill)
    assert [[cell.text if cell else "" for cell in row] for row in reading.tables[0].rows()] == [
        ["指標", "値"],
        ["出生数", "60"],
    ]
    assert len(reading.warnings) == 2


def test_sheets_are_pages_and_blocks_are_tables(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        first, second = made.worksheets[0], made.create_sheet("二枚目")
        for row in (["基本目標１"], ["指標", "値"], ["甲", 1], [], ["指標", "値"], ["乙", 2]):
            first.append(row)
        second["C9"] = "備考"

    reading = book(tmp_path / "a.xlsx", fill)
    assert [page.number for page in reading.pages] == [1, 2]
    assert [table.page for table in reading.tables] == [1, 1]
    assert [reading.at(span) for _, span in reading.outline] == ["Sheet", "二枚目"]
    assert "基本目標１" in lines(reading)


def test_a_merged_range_over_the_whole_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        sheet = made.worksheets[0]
        sheet["A1"], sheet["B2"] = "表", "値"
        sheet.merge_cells("A1:A1048576")

    assert len(book(tmp_path / "a.xlsx", fill).text) < 10_000


def test_a_formula_without_a_stored_value_is_told_of(tmp_path: Path) -> None:
    def fill(made: Workbook) -> None:
        sheet = made.worksheets[0]
        sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "指標", "値", "計", "=1+1"

    assert "B2" in book(tmp_path / "a.xlsx", fill).warnings[0].en
