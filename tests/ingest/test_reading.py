"""One document in several formats is read as the same headings, lines and tables; the form decides, not the name."""

import hashlib
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.document import Reading, Table
from sosei_graph.ingest.reading import read
from tests.ingest.blocks import Document
from tests.ingest.documents import ALL, KPI_TABLE, PLAN, grid, long_report, write

TABULAR = [".pdf", ".docx", ".xlsx", ".html", ".md", ".txt"]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.rows()]


def assert_consistent(reading: Reading) -> None:
    """What every reading promises, whatever it is of."""
    reading.text.encode()
    previous = 0
    for line in reading.lines:
        assert previous <= line.start < line.end <= len(reading.text)
        assert reading.page_of(line.start) == line.page
        assert "\n" not in reading.text[line.start : line.end]
        previous = line.end
    for table in reading.tables:
        places = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(places) == len(set(places)), "cells overlap"
        for cell in table.cells:
            assert all(table.start <= span.start < span.end <= table.end for span in cell.spans)
    for level, span in reading.outline:
        assert level >= 1
        assert reading.at(span).strip()


@pytest.mark.parametrize("ending", TABULAR)
@pytest.mark.parametrize("name", ALL)
def test_every_format_gives_the_same_tables(tmp_path: Path, name: str, ending: str) -> None:
    reading = read(write(ALL[name], tmp_path / f"{name}{ending}"))
    assert [texts(table) for table in reading.tables] == grid(ALL[name])
    assert_consistent(reading)


@pytest.mark.parametrize("ending", TABULAR)
def test_the_text_of_a_cell_is_made_of_its_spans(tmp_path: Path, ending: str) -> None:
    reading = read(write(KPI_TABLE, tmp_path / f"kpi{ending}"))
    for cell in reading.tables[0].cells:
        stands = "".join("".join(reading.at(span) for span in cell.spans).split())
        assert stands == "".join(cell.text.split())


@pytest.mark.parametrize("ending", [".docx", ".html", ".md"])
def test_formats_with_headings_give_their_levels(tmp_path: Path, ending: str) -> None:
    reading = read(write(PLAN, tmp_path / f"plan{ending}"))
    outline = [(level, reading.at(span)) for level, span in reading.outline]
    assert outline[0] == (1, "地域再生計画")
    assert (2, "３ 地域再生計画の区域") in outline
    assert (3, "５－１ 全体の概要") in outline


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx"])
def test_lines_outside_of_tables_are_the_same_in_formats_that_do_not_break_them(
    tmp_path: Path, ending: str
) -> None:
    reading = read(write(PLAN, tmp_path / f"plan{ending}"))
    words = [block.text for block in PLAN.blocks if hasattr(block, "text")]
    inside = {span.start for table in reading.tables for cell in table.cells for span in cell.spans}
    found = [reading.text[line.start : line.end] for line in reading.lines if line.start not in inside]
    assert [line for line in found if line != "資料"] == words  # the sheet's own name


@pytest.mark.parametrize(
    ("name", "wrong"), [("kpi.pdf", "kpi.docx"), ("kpi.docx", "kpi.txt"), ("kpi.html", "kpi.pdf")]
)
def test_the_content_decides_and_not_the_name(tmp_path: Path, name: str, wrong: str) -> None:
    right = read(write(KPI_TABLE, tmp_path / name))
    (tmp_path / name).rename(tmp_path / wrong)
    assert read(tmp_path / wrong).media_type == right.media_type


@pytest.mark.parametrize("ending", [*TABULAR, ".layout.txt"])
def test_the_same_file_gives_the_same_reading(tmp_path: Path, ending: str) -> None:
    path = write(PLAN, tmp_path / f"plan{ending}")
    assert read(path) == read(path)


def test_a_reading_says_what_it_was_read_from(tmp_path: Path) -> None:
    path = write(PLAN, tmp_path / "plan.pdf")
    reading = read(path)
    assert reading.path == path
    assert reading.original_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert reading.sha256 == hashlib.sha256(reading.text.encode()).hexdigest()


def test_a_pdf_tells_its_progress_page_by_page(tmp_path: Path) -> None:
    path = write(long_report(5), tmp_path / "long.pdf")
    told: list[tuple[int, int]] = []
    pages = len(read(path, lambda done, count: told.append((done, count))).pages)
    assert told == [(number, pages) for number in range(1, pages + 1)]


def test_a_page_of_a_place_is_found(tmp_path: Path) -> None:
    reading = read(write(PLAN, tmp_path / "plan.pdf"))
    assert reading.page_of(reading.text.index("現状値")) == 2
    assert reading.tables[0].page == 2


def test_a_document_without_any_text_is_refused(tmp_path: Path) -> None:
    path = write(Document((), page_numbers=False), tmp_path / "empty.docx")
    with pytest.raises(SoseiError, match="no text"):
        read(path)
