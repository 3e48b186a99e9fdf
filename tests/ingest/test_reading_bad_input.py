"""Whatever a file holds, it is read or refused with one line; no reader crashes, hangs or unpacks without a limit."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.reading import Limits, read
from sosei_graph.ingest.repair import repair
from tests.ingest.documents import KPI_TABLE, write
from tests.ingest.test_reading import assert_consistent

_MB = 2**20


def refused(path: Path, limits: Limits | None = None) -> SoseiError:
    with pytest.raises(SoseiError) as caught:
        read(path, limits=limits or Limits())
    error = caught.value
    assert error.exit_code == 2
    assert str(path) in error.line("ja")
    assert "\n" not in error.line("ja") + error.line("en")
    assert "Traceback" not in error.line("en")
    return error


def pdf(path: Path, text: str = "例", pages: int = 1, lock: StandardEncryption | None = None) -> Path:
    canvas = Canvas(str(path), encrypt=lock)
    for _ in range(pages):
        if text:
            canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def packed(path: Path, part: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, content)
    return path


def test_a_locked_pdf_is_refused_and_one_without_a_user_password_is_read(tmp_path: Path) -> None:
    locked = pdf(tmp_path / "locked.pdf", lock=StandardEncryption("secret", ownerPassword="owner"))
    assert "password" in refused(locked).line("en")
    restricted = StandardEncryption("", ownerPassword="owner", canCopy=0)
    assert "read me" in read(pdf(tmp_path / "open.pdf", "read me", lock=restricted)).text


def test_a_scan_is_refused_and_ocr_is_named(tmp_path: Path) -> None:
    line = refused(pdf(tmp_path / "scan.pdf", text="", pages=3)).line("ja")
    assert "OCR" in line
    assert "3 ページ" in line


def test_a_pdf_whose_fonts_have_no_unicode_is_refused_and_ocr_is_named(tmp_path: Path) -> None:
    """Its letters would be read as others: a font of the file's own, which only says how each letter looks."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [ << /Type /Font "
        "/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 "
        ">> /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >> ] >>"
    )
    stream = "BT /F 12 Tf 100 700 Td <0102010301040105> Tj ET"
    path = tmp_path / "coded.pdf"
    path.write_text(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << /F {font} >> >> >> endobj\n"
        f"4 0 obj << /Length {len(stream)} >> stream\n{stream}\nendstream endobj\n"
        "trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n",
        encoding="ascii",
    )
    line = refused(path).line("ja")
    assert "文字コード" in line
    assert "OCR" in line


def test_more_pages_than_the_limit_are_refused_with_both_figures(tmp_path: Path) -> None:
    path = pdf(tmp_path / "many.pdf", pages=4)
    line = refused(path, Limits(pages=3)).line("en")
    assert "4" in line
    assert "3" in line
    assert len(read(path, limits=Limits(pages=4)).pages) == 4


def test_a_file_over_the_limit_is_refused_with_both_figures(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text("例示市\n" * 300_000, encoding="utf-8")
    assert "limit is 1 MB" in refused(path, Limits(megabytes=1)).line("en")
    assert "limit is 1,000" in refused(path, Limits(characters=1000)).line("en")


@pytest.mark.parametrize(("name", "part"), [("a.docx", "word/document.xml"), ("a.xlsx", "xl/workbook.xml")])
def test_office_files_that_grow_too_much_are_not_unpacked(tmp_path: Path, name: str, part: str) -> None:
    path = packed(tmp_path / name, part, b" " * 30 * _MB)
    assert "times" in refused(path).line("en")
    assert "limit is 20 MB" in refused(path, Limits(unpacked_megabytes=20)).line("en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    path = packed(tmp_path / "a.docx", "word/document.xml", xml.encode(encoding))
    assert "entities" in refused(path).line("en")


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = write(KPI_TABLE, tmp_path / "kpi.xlsx")
    assert "longer than" in refused(path, Limits(seconds=0.001)).line("en")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\0\n \n", "empty"),
        (b"%PDF-1.7\nrubbish", "damaged"),
        (b"PK\x03\x04rubbish", "damaged"),
        (bytes(range(256)) * 40, "no document"),
        ("例示市".encode("cp932") + b"\0\0\0", "no document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"{\\rtf1 text}", "RTF"),
    ],
)
def test_what_is_no_document_is_told_for_what_it_is(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    assert word in refused(path).line("en")


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path).line("en")
    assert "no such file" in refused(tmp_path / "none.pdf").line("en")


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """Nobody writes into it: opening it would wait for ever."""
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "pipe" in refused(tmp_path / "pipe.pdf").line("en")


@pytest.mark.parametrize(
    ("part", "word"), [("ppt/presentation.xml", "PowerPoint"), ("content.xml", "OpenDocument")]
)
def test_documents_of_other_programs_are_named_and_pdf_is_the_way_out(
    tmp_path: Path, part: str, word: str
) -> None:
    line = refused(packed(tmp_path / "a.pptx", part, b"<a/>")).line("en")
    assert word in line
    assert "PDF" in line


def test_a_word_document_with_macros_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    path = write(KPI_TABLE, tmp_path / "kpi.docx")
    plain, macros = (
        f"application/vnd.{kind}.main+xml".encode()
        for kind in (
            "openxmlformats-officedocument.wordprocessingml.document",
            "ms-word.document.macroEnabled",
        )
    )
    path.write_bytes(
        _inside(path.read_bytes(), "[Content_Types].xml", lambda xml: xml.replace(plain, macros))
    )
    assert "macros" in refused(path).line("en")


def test_other_packed_files_are_no_documents(tmp_path: Path) -> None:
    assert "neither" in refused(packed(tmp_path / "a.docx", "readme.txt", b"text")).line("en")


@pytest.fixture(scope="module", params=[".pdf", ".docx", ".xlsx", ".html", ".md", ".txt"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(KPI_TABLE, tmp_path_factory.mktemp("fuzz") / f"kpi{request.param}")


changes = st.lists(
    st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6), st.integers(0, 40)), min_size=1, max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes)
@example(changes=[(0.5, b"", 10**6)])
def test_changed_bytes_are_read_or_refused(written: Path, changes: list[tuple[float, bytes, int]]) -> None:
    data = written.read_bytes()
    for where, new, gone in changes:
        at = int(where * len(data))
        data = data[:at] + new + data[at + gone :]
    path = written.with_name(f"changed{written.suffix}")
    path.write_bytes(data)
    assert_read_or_refused(path)


def _inside(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An Office file with one part changed: the ZIP itself is whole, so that the change reaches the reader."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target.getvalue()


PARTS = {
    ".docx": ("word/document.xml", "word/numbering.xml", "word/styles.xml"),
    ".xlsx": ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"),
}
WORDS = ("", "<w:p/>", "99999999", "-1", '"', ">", "</w:tc>", "<w:vMerge/>", "\0", "A1:XFD1048576")


@pytest.mark.parametrize("ending", PARTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_changed_markup_is_read_or_refused(tmp_path: Path, ending: str, data: st.DataObject) -> None:
    path = write(KPI_TABLE, tmp_path / f"kpi{ending}")
    part, word = data.draw(st.sampled_from(PARTS[ending])), data.draw(st.sampled_from(WORDS))
    where, gone = data.draw(st.floats(0, 1)), data.draw(st.integers(0, 30))

    def change(content: bytes) -> bytes:
        at = int(where * len(content))
        return content[:at] + word.encode() + content[at + gone :]

    path.write_bytes(_inside(path.read_bytes(), part, change))
    assert_read_or_refused(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    assert_read_or_refused(path)


def assert_read_or_refused(path: Path) -> None:
    try:
        reading = read(path)
    except SoseiError as error:
        assert "\n" not in error.line("ja")  # noqa: PT017  both ends are right
    else:
        assert_consistent(reading)
        repair(reading)
