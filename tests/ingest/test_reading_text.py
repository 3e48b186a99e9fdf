"""Text files in the encodings of Japanese offices, Markdown, and HTML as a browser shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sosei_graph.ingest.reading import Reading, read
from sosei_graph.ingest.reading.encodings import decoded
from sosei_graph.ingest.records import Span
from sosei_graph.ingest.repair import repair

Read = Callable[..., Reading]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    """Reads a text or bytes as a file."""

    def made(content: str | bytes, name: str = "a.txt") -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path)

    return made


def lines(found: Reading) -> list[str]:
    return [found.text[line.start : line.end] for line in found.lines]


TEXT = (
    "第２期例示市総合戦略（令和７年度～）\r\n①転入者数　▲１１３人、ＫＰＩ：５３５万件\r\n"
    "・子育てしやすいまちをつくる。\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932"])
def test_every_encoding_gives_the_same_text(reading: Read, encoding: str) -> None:
    assert reading(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp", "cp932", "shift_jis"])
@pytest.mark.parametrize(
    "text", ["例示市", "見本町の人口は減っている。", "コミュニティバスの利用者数", "合計特殊出生率　１．６"]
)
def test_short_texts_are_told_apart(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == text


_JAPANESE = st.text(
    st.sampled_from("例示市総合戦略人口減少のはにをがでと、。１２年度目標値実績子育て支援観光交流アイウエオ"),
    min_size=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(_JAPANESE, st.sampled_from(["utf-8", "cp932", "euc_jp", "utf-16"]))
def test_everyday_japanese_is_decoded_as_it_was_written(text: str, encoding: str) -> None:
    assume(len(set(text)) > 3)
    assert decoded(text.encode(encoding)) == text


def test_a_text_file_is_its_own_canonical_text(reading: Read) -> None:
    text = "\ufeff例示市\r\n\r\n  指標   値\n\x0c二頁目\n"
    found = reading(text)
    assert found.text == text
    assert found.sha256 == found.original_sha256
    assert [(page.start, page.end) for page in found.pages] == [
        (0, text.index("\f") + 1),
        (text.index("\f") + 1, len(text)),
    ]


def test_real_sources_are_their_own_canonical_text(sources: Path) -> None:
    for path in sources.glob("*.txt"):
        assert read(path).text.encode() == path.read_bytes()


def test_lines_with_the_same_tabs_are_a_table(reading: Read) -> None:
    found = reading("前文\n取組\t甲の役割\t乙の役割\n相談\t\t周知\n\n一つだけ\tの行\n")
    assert [[cell.text if cell else None for cell in row] for row in found.tables[0].rows()] == [
        ["取組", "甲の役割", "乙の役割"],
        ["相談", "", "周知"],
    ]
    assert len(found.tables) == 1
    assert found.tables[0].ruled is False


def test_markdown_keeps_its_marks_in_the_text_and_not_in_what_is_found(reading: Read) -> None:
    text = (
        "# 例示市総合戦略 #\n\n| 指標 | 値 |\n|---|---:|\n| 創業\\|数<br>（累計） | **12件** |\n\n目標\n===\n"
    )
    found = reading(text, "a.md")
    assert found.text == text
    assert [(level, found.at(span)) for level, span in found.outline] == [(1, "例示市総合戦略"), (1, "目標")]
    assert [cell.text for cell in found.tables[0].cells] == ["指標", "値", "創業|数\n（累計）", "12件"]


def test_html_scripts_and_hidden_parts_are_dropped(reading: Read) -> None:
    found = reading(
        "<html><head><title>t</title><script>document.write('x')</script><style>p{}</style></head><body>"
        "<p>見える<script>alert(1)</script>文</p><p style='display:none'>隠れた</p><p hidden>隠れた</p>"
        "<img src='http://127.0.0.1:9/x.png' alt='図'><iframe src='http://127.0.0.1:9/'></iframe></body></html>",
        "a.html",
    )
    assert lines(found) == ["見える文"]


def test_html_cells_over_rows_and_columns(reading: Read) -> None:
    found = reading(
        "<table><thead><tr><th rowspan=2>指標<th colspan=2>値</thead><tr><td>基準<td>目標</tr>"
        "<tr><td>出生数<td>51人<br>(R5)<td>60人</tr></table>",
        "a.html",
    )
    assert [[cell.text if cell else None for cell in row] for row in found.tables[0].rows()] == [
        ["指標", "値", "値"],
        ["指標", "基準", "目標"],
        ["出生数", "51人\n(R5)", "60人"],
    ]


def test_html_spans_without_measure_are_cut(reading: Read) -> None:
    found = reading(
        "<table><tr><td rowspan=0 colspan=99999999>一<td>二<tr><td rowspan=65534>三</table>", "a.html"
    )
    assert found.tables[0].height <= 2
    assert found.tables[0].width <= 3000


def test_html_tables_that_arrange_the_page_are_no_tables(reading: Read) -> None:
    found = reading(
        "<table><tr><td>案内<td><h1>実績</h1><table><tr><td>出生数<td>60人<tr><td>創業<td>12件</table></table>",
        "a.html",
    )
    assert [cell.text for cell in found.tables[0].cells] == ["出生数", "60人", "創業", "12件"]
    assert len(found.tables) == 1


def test_a_table_with_heads_is_one_though_another_stands_in_a_cell(reading: Read) -> None:
    found = reading(
        "<table><tr><th>指標<th>目標<tr><td>出生数<table><tr><td>うち市内<td>3人</table><td>60人</table>",
        "a.html",
    )
    assert [cell.text.split() for cell in found.tables[0].cells] == [
        ["指標"],
        ["目標"],
        ["出生数", "うち市内", "3人"],
        ["60人"],
    ]


@pytest.mark.parametrize(
    "struck", ["<del>100人</del>", "<s>100人</s>", "<span style='text-decoration:line-through'>100人</span>"]
)
def test_html_text_that_is_struck_out_is_left_out(reading: Read, struck: str) -> None:
    assert lines(reading(f"<p>目標は{struck}<ins>120人</ins></p>", "a.html")) == ["目標は120人"]


def test_the_byte_order_mark_is_part_of_no_name(reading: Read) -> None:
    found = reading("\ufeff例示市総合戦略\n基本目標１\n", "a.txt")
    assert found.text[0] == "\ufeff"
    assert repair(found).text.startswith("例示市")
    assert repair(found).passage(0, 7).spans == (Span(1, 8),)


def test_html_lists_have_their_marks(reading: Read) -> None:
    found = reading("<html><ol start=3><li>三<li value=7>七<li>八</ol><ul><li>点</ul></html>", "a.html")
    assert lines(found) == ["3. 三", "7. 七", "8. 八", "• 点"]


@pytest.mark.parametrize("declared", ["shift_jis", "utf-8", ""])
def test_html_is_decoded_whatever_it_says_of_itself(reading: Read, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>例示市の取組状況①</p></body></html>"
    assert lines(reading(page.encode("cp932"), "a.html")) == ["例示市の取組状況①"]


def test_html_nested_without_end_is_read_or_cut(reading: Read) -> None:
    assert "底" in reading("<html>" + "<div>" * 200 + "底" + "</div>" * 200, "a.html").text
