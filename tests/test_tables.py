"""Tables and their forms."""

import builtins
import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.blocks import plain
from sosei_graph.console import table_view
from sosei_graph.errors import SoseiError
from sosei_graph.tables import (
    Cell,
    Column,
    Form,
    Table,
    Term,
    to_csv,
    to_json,
    to_markdown,
    to_tsv,
    to_turtle,
    to_workbook,
    to_xlsx,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
REIJI = ox.NamedNode("https://w3id.org/sosei/id/gov/99201")


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


def table(*cells: tuple[Term | None, str], form: Form = "select") -> Table:
    """One row, its columns named a, b, c and so on."""
    columns = tuple(Column(chr(ord("a") + place), f"列{place}") for place in range(len(cells)))
    return Table("表", columns, (tuple(Cell(*cell) for cell in cells),), form)


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_csv_has_titles_and_texts() -> None:
    """What holds a comma or a line break is quoted."""
    answer = table((REIJI, "例示市"), (ox.Literal("a, b"), "a, b"), (None, ""))
    assert to_csv(answer) == '列0,列1,列2\n例示市,"a, b",\n'


def test_tsv_keeps_a_row_on_a_line() -> None:
    """A tab or a line break in a value would begin a new cell."""
    answer = table((ox.Literal("a\tb\r\nc"), "a\tb\r\nc"), (ox.Literal('"d"'), '"d"'))
    assert to_tsv(answer) == '列0\t列1\na b c\t"d"\n'


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "=", "--1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    """An apostrophe makes a spreadsheet take it for text; a lone sign is no formula."""
    ((_, (cell,))) = rows_of(to_csv(table((ox.Literal(text), text))))
    assert cell == (text if len(text) == 1 else f"'{text}")


@pytest.mark.parametrize("text", ["-113", "-1,113.5", "+5", "-0.5", "-12%", "－", "▲113人"])
def test_a_negative_number_stays_a_number(text: str) -> None:
    """-113 is a figure, and so is one printed as text."""
    assert rows_of(to_csv(table((ox.Literal(text), text))))[1] == [text]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4
    )
)
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    """But for the apostrophe before a formula; line ends are all alike."""
    answer = table(*((ox.Literal(text), text) for text in texts))
    read = list(csv.reader(io.StringIO(to_csv(answer), newline="")))[1]
    assert [cell.removeprefix("'") for cell in read] == [
        text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'") for text in texts
    ]


def test_json_has_the_terms() -> None:
    """SPARQL 1.1 Query Results JSON: kind, language and datatype; what is unbound is left out."""
    answer = table(
        (REIJI, "例示市"), (ox.Literal("例", language="ja"), "例"), (typed("5", "integer"), "5"), (None, "")
    )
    document = json.loads(to_json(answer))
    assert document["head"]["vars"] == ["a", "b", "c", "d"]
    assert document["results"]["bindings"] == [
        {
            "a": {"type": "uri", "value": REIJI.value},
            "b": {"type": "literal", "value": "例", "xml:lang": "ja"},
            "c": {"type": "literal", "value": "5", "datatype": f"{XSD}integer"},
        }
    ]
    assert len(list(ox.parse_query_results(to_json(answer), ox.QueryResultsFormat.JSON))) == 1  # type: ignore[arg-type]


def test_json_of_an_ask_is_a_boolean() -> None:
    """The standard has a form of its own for it."""
    assert json.loads(to_json(table((typed("true", "boolean"), "はい"), form="ask")))["boolean"] is True


def test_markdown_is_a_table() -> None:
    """Numbers are set to the right, also where some are missing; what has to be known stands below."""
    answer = table((REIJI, "例示市"), (typed("-5", "decimal"), "-5"), (ox.Literal("5"), "5"), (None, ""))
    assert (
        to_markdown(answer, "ja")
        == "| 列0 | 列1 | 列2 | 列3 |\n| --- | --: | --- | --- |\n| 例示市 | -5 | 5 |  |\n"
    )
    assert to_markdown(replace(answer, note="注*"), "ja").endswith("|  |\n\n注\\*\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b\\", r"a\|b\\"),
        ("*a* _b_ `c` ~~d~~ $e$", r"\*a\* \_b\_ \`c\` \~\~d\~\~ \$e\$"),
        ("<b>[x](y)", r"\<b\>\[x\](y)"),
        ("R&D &amp; &#42;", r"R&D \&amp; \&#42;"),
        (" a \r\n b\n", "a<br>b"),
        ("①（R2～6）", "①（R2～6）"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, shown: str) -> None:
    """No text of a document becomes a mark, a link, a tag or the end of a cell; a line break is kept."""
    assert to_markdown(table((ox.Literal(text), text)), "en") == f"| 列0 |\n| --- |\n| {shown} |\n"


def test_an_empty_table_is_a_sentence_in_markdown() -> None:
    """It says what it means that there are no rows."""
    empty = Table("表", (Column("a", "列"),), (), empty="not known", note="mind")
    assert to_markdown(empty, "en") == "no rows: not known\n\nmind\n"
    assert to_markdown(replace(empty, empty="", note=""), "ja") == "該当なし\n"


def test_turtle_is_for_triples() -> None:
    """A CONSTRUCT is Turtle in canonical order; a table of anything else is not."""
    triple = (REIJI, "例示市"), (ox.NamedNode("http://example.org/p"), "p"), (ox.Literal("x"), "x")
    assert "gov:99201" in to_turtle(
        table(*triple, form="construct"), {"gov": "https://w3id.org/sosei/id/gov/"}
    )
    with pytest.raises(SoseiError, match="only the result of a CONSTRUCT"):
        to_turtle(table(*triple), {})


def test_excel_has_numbers_dates_and_texts(tmp_path: Path) -> None:
    """Numbers can be summed, dates sorted, and a text that begins with = is a text."""
    answer = table(
        (typed("-1113", "decimal"), "-1113"),
        (typed("12.50", "decimal"), "12.50"),
        (typed("2026-04-01", "date"), "2026-04-01"),
        (typed("2026-13-01", "date"), "2026-13-01"),
        (ox.Literal("=1+1"), "=1+1"),
        (ox.Literal("00123"), "00123"),
        (typed("true", "boolean"), "はい"),
        (ox.Literal("a\x0bb"), "a\x0bb"),
        (None, ""),
    )
    to_xlsx(answer, tmp_path / "answer.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx").worksheets[0]
    header, row = sheet.iter_rows(values_only=True)
    assert header[0] == "列0"
    assert row[:2] == (-1113, 12.5)
    assert row[2] is not None
    assert str(row[2]).startswith(str(date(2026, 4, 1)))
    assert row[3:] == ("2026-13-01", "=1+1", "00123", "はい", "ab", None)
    assert sheet["E2"].data_type == "s"
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)


def test_a_note_is_no_row(tmp_path: Path) -> None:
    """What a reader has to know is printed: under the table, in Excel under the page; data have rows alone."""
    answer = replace(table((typed("1", "integer"), "1")), empty="無", note="注 & 意")
    bare = replace(answer, empty="", note="")
    assert plain(table_view(answer, "ja")) == plain(table_view(bare, "ja")) + "注 & 意\n"
    assert [form(answer) for form in (to_csv, to_tsv, to_json)] == [
        form(bare) for form in (to_csv, to_tsv, to_json)
    ]
    to_xlsx(answer, tmp_path / "answer.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx").worksheets[0]
    assert sheet.max_row == 2
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left.text == "注 && 意"


def test_an_empty_table_says_what_that_means() -> None:
    """Its own words follow “no rows”; a table that has none, and one with rows, do without."""
    empty = Table("表", (Column("a", "列"),), (), empty="not known")
    assert plain(table_view(empty, "en")).splitlines()[-1] == "no rows: not known"
    assert plain(table_view(replace(empty, empty=""), "en")).splitlines()[-1] == "no rows"
    some = replace(table((typed("1", "integer"), "1")), empty="無")
    assert plain(table_view(some, "ja")).splitlines()[-1] == "1 件"


def test_a_workbook_has_a_sheet_for_each_table(tmp_path: Path) -> None:
    """Titles that Excel does not admit as sheet names are made to fit; an empty table is a header."""
    columns = (Column("a", "列"),)
    tables = [Table("計画/目標: [一覧]", columns, ()), Table("", columns, ()), Table("あ" * 40, columns, ())]
    to_workbook(tables, tmp_path / "book.xlsx")
    names = openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames
    assert names == ["計画 目標   一覧", "sosei", "あ" * 31]


def test_excel_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is an extra: without it the error has the command to type."""
    real = builtins.__import__

    def without_openpyxl(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - the name in the interpreter
        locals: Mapping[str, object] | None = None,  # noqa: A002 - the name in the interpreter
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name.partition(".")[0] == "openpyxl":
            raise ImportError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without_openpyxl)
    with pytest.raises(SoseiError) as caught:
        to_xlsx(table((None, "")), tmp_path / "answer.xlsx")
    assert 'pip install "sosei-graph[excel]"' in caught.value.line("ja")
    assert not list(tmp_path.iterdir())


def test_excel_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be written is one line."""
    with pytest.raises(SoseiError):
        to_xlsx(table((typed("1", "integer"), "1")), tmp_path / "none" / "answer.xlsx")
