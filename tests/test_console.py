"""What a person sees: Japanese widths, plain text in a pipe, a layout that fits on a terminal."""

import io
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.blocks import Grid, Note, plain
from sosei_graph.building import COUNTED as CLASSES
from sosei_graph.building import BuildResult
from sosei_graph.console import (
    COUNTED,
    STEPS,
    build_view,
    busy,
    findings_view,
    show,
    table_view,
    trace_view,
)
from sosei_graph.evidence import Failure, SpanResult, TraceReport
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.tables import Cell, Column, Table
from sosei_graph.terminal import bar, lay_out
from sosei_graph.validation.findings import Finding, Report, Severity
from sosei_graph.workspace import Workspace
from sosei_graph.wrapping import breaks, width_of, wrap

ROOT = Path(__file__).parent.parent
INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def number(value: int) -> Cell:
    return Cell(ox.Literal(str(value), datatype=INTEGER), str(value))


def text(value: str) -> Cell:
    return Cell(ox.Literal(value) if value else None, value)


TABLE = Table(
    "指標",
    (Column("name", "名前"), Column("value", "値"), Column("note", "備考")),
    (
        (text("出生数"), number(7), text("")),
        (text("GDP"), number(1200), text("速報")),
    ),
)


def on_terminal(blocks: list[Note | Grid], width: int) -> list[str]:
    """The lines of a terminal of that width, colours and spaces at the end left out."""
    stream = io.StringIO()
    lay_out(blocks, stream, width)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


# Widths and lines


def test_wide_characters_take_two_columns() -> None:
    """East Asian Width: full-width letters and kanji two, half-width kana one, combining marks none."""
    assert [width_of(each) for each in ("abc", "目標", "ＫＰＩ", "ｶﾞ", "か\u3099", "①–…")] == [
        3,
        4,
        6,
        2,
        2,
        3,
    ]


def test_lines_break_between_kanji_but_not_before_a_comma() -> None:
    """A closing mark goes with what it closes, an opening one with what it opens; words stay whole."""
    assert wrap("高岡市、氷見市", 6) == ["高岡", "市、氷", "見市"]
    assert wrap("市「案」を示す", 6) == ["市", "「案」", "を示す"]
    assert wrap("the basic goal", 9) == ["the basic", "goal"]
    assert wrap("extraordinarily", 6) == ["extrao", "rdinar", "ily"]
    assert wrap("", 6) == [""]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), st.integers(2, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(words: str, width: int) -> None:
    """For any text: each line fits, and the lines together are the text."""
    offsets = [0, *breaks(words, width), len(words)]
    assert offsets == sorted(offsets)
    assert all(width_of(line) <= width for line in wrap(words, width))
    assert "".join("".join(line.split()) for line in wrap(words, width)) == "".join(words.split())


# In a pipe


def test_piped_table_has_one_line_a_row_and_no_colours() -> None:
    """Columns are aligned by width, numbers to the right; nothing stands at the end of a line."""
    assert plain(table_view(TABLE, "ja")).splitlines() == [
        "指標",
        "名前      値  備考",
        "出生数     7",
        "GDP     1200  速報",
        "2 件",
    ]


def test_piped_cell_with_a_line_break_stays_on_its_line() -> None:
    """Line breaks and tabs of a value are spaces; a very long value is not cut."""
    long = "字" * 500
    row = (text("二行の\n名前"), number(1), text(long))
    page = plain(table_view(Table("題", TABLE.columns, (row,)), "en"))
    assert f"二行の 名前   1  {long}\n1 row\n" in page


def test_empty_table_says_so() -> None:
    """No rows: the head is there and the count is said in words."""
    empty = Table("題", TABLE.columns, ())
    assert plain(table_view(empty, "en")) == "題\n名前  値  備考\nno rows\n"
    assert plain(table_view(empty, "ja")).endswith("該当なし\n")
    assert on_terminal(table_view(empty, "en"), 80)[-1] == "no rows"


def test_nothing_moves_in_a_pipe(capfd: pytest.CaptureFixture[str]) -> None:
    """Work in progress is shown to nobody where nobody sees it."""
    with busy(Text("作業中", "working"), "en"):
        show([Note("done")])
    assert capfd.readouterr() == ("done\n", "")


# On a terminal


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_terminal_table_fits_its_width(width: int) -> None:
    """No line is wider than the terminal, and every word of every cell is there."""
    rows = tuple(
        (text(f"取組{place}：創業と交流の支援"), number(place), text("高岡市及び氷見市の" * 4))
        for place in range(3)
    )
    lines = on_terminal(table_view(Table("表", TABLE.columns, rows), "ja"), width)
    assert max(map(width_of, lines)) <= width
    assert "".join(" ".join(lines).split()).count("創業") >= 1
    assert "…" not in "".join(lines)


def test_terminal_tells_a_constant_column_once() -> None:
    """What is the same in every row stands above a table that would not fit otherwise."""
    agreement = "とやま呉西圏域の連携協約の一部を変更する連携協約"
    columns = (Column("a", "取組"), Column("b", "主導"), Column("c", "連携協約"))
    rows = tuple((text(name), text("高岡市"), text(agreement)) for name in ("観光の共同展開", "広域交通網"))
    lines = on_terminal(table_view(Table("主導", columns, rows), "ja"), 40)
    assert sum("とやま" in line for line in lines) == 1
    assert sum("取組" in line for line in lines) == 1


def test_terminal_leaves_out_what_repeats_the_row_above() -> None:
    """Leading columns of a narrow table are told when they change."""
    columns = (Column("a", "分野"), Column("b", "取組"), Column("c", "市"))
    rows = tuple(
        (text(field), text(item), text("高岡市、氷見市、射水市"))
        for field, item in (("経済", "観光の共同展開"), ("経済", "創業の支援"), ("生活", "創業の支援"))
    )
    page = "\n".join(on_terminal(table_view(Table("分担", columns, rows), "ja"), 30))
    assert page.count("経済") == 1
    assert page.count("創業の支援") == 2


def test_terminal_spells_out_rows_with_too_many_columns() -> None:
    """Where columns would be a few characters wide, each row is a list of title and value."""
    columns = tuple(Column(f"c{place}", f"見出し{place}") for place in range(8))
    rows = tuple(tuple(text(f"値{row}の{place}は長い") for place in range(8)) for row in range(2))
    lines = on_terminal(table_view(Table("表", columns, rows), "ja"), 60)
    assert "見出し0  値0の0は長い" in lines
    assert sum(line.startswith("見出し7") for line in lines) == 2


@pytest.mark.parametrize("width", range(24, 110, 6))
def test_terminal_breaks_no_word_and_no_date(width: int) -> None:
    """A column is as wide as its longest word; where that does not fit, rows are spelled out."""
    columns = tuple(Column(name, name) for name in ("Plan", "Kind", "Start", "End"))
    row = (
        text("Takaoka City plan " * 4),
        text("comprehensive strategy"),
        text("2025-04-01"),
        text("2027-03-31"),
    )
    other = (text("Another plan"), text("vision"), text("2026-04-01"), text("2028-03-31"))
    page = "\n".join(lines := on_terminal(table_view(Table("Plans", columns, (row, other)), "en"), width))
    assert max(map(width_of, lines)) <= width
    for word in ("comprehensive", "2025-04-01", "2028-03-31", "strategy"):
        assert word in page


def test_no_label_steers_the_terminal() -> None:
    """Control characters are shown as signs, in a pipe and on a terminal; a line break in a cell is a space."""
    blocks: list[Note | Grid] = [Note("市\x1b[31m\x9b"), Grid((("赤\x1b[0m\n字", "\u202eabc\x7f"),))]
    for page in (plain(blocks), "\n".join(on_terminal(blocks, 60)) + "\n"):
        assert page == "市␛[31m\ufffd\n赤␛[0m 字  \ufffdabc␡\n"


def test_square_brackets_are_no_markup() -> None:
    """What looks like rich's markup is shown as it is."""
    assert on_terminal([Note("[bold]予算[/]"), Grid((("[red]", "x"),))], 40) == ["[bold]予算[/]", "[red]  x"]


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_respected(variables: dict[str, str], coloured: bool) -> None:
    """A real terminal gets colours, unless NO_COLOR is set."""
    code = "from sosei_graph.console import Note, show; show([Note('bad news', 'bad')])"
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **variables}
    ours, theirs = pty.openpty()
    try:
        subprocess.run([sys.executable, "-c", code], stdout=theirs, check=True, env=env)
        seen = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "bad news" in seen
    assert ("\x1b[1;31m" in seen) == coloured


# Views


def finding(severity: Severity, number: int) -> Finding:
    message = Text("単位がありません", "the unit is missing")
    label = Text(f"値{number}", f"value {number}")
    return Finding(severity, f"x:{number}", "", "", "s", message, "data/x.ttl", number, label, "g", "")


def test_findings_are_counted_and_the_gravest_listed() -> None:
    """Violations are listed up to ten, the rest is only counted; warnings are counted."""
    report = Report.of([*(finding("violation", place) for place in range(12)), finding("warning", 1)], ["x"])
    lines = plain(findings_view(report, "en")).splitlines()
    assert lines[0] == "Validation: Violations 12, warnings 1, notes 0 (1 files)"
    assert lines[1] == "  data/x.ttl:0: “value 0”: the unit is missing [s]"
    assert lines[-1] == "  … and 2 more (sosei validate lists them)"
    assert plain(findings_view(Report.of([]), "ja")).startswith("検証: 違反 0件")


def test_every_count_and_step_of_a_build_has_a_name() -> None:
    """What the build counts and times is named in both languages."""
    assert set(COUNTED) == set(CLASSES)
    assert set(STEPS) == {"load", "reason", "validate", "write"}


def test_build_summary(tmp_path: Path) -> None:
    """Counts with thousands commas, seconds by step with their sum, and the folder."""
    seconds = dict.fromkeys(STEPS, 0.25)
    counts = dict.fromkeys(CLASSES, 0) | {"Evidence": 1234}
    result = BuildResult(counts, 5000, 60000, Report.of([]), seconds, (tmp_path / "sosei.ttl",))
    page = plain(build_view(result, Workspace(tmp_path, tmp_path / "build"), "ja"))
    for words in ("1,234", "5,000", "60,000", "0.25 秒", "1.00 秒", str(tmp_path / "build"), "sosei.ttl"):
        assert words in page


def test_trace_tells_what_does_not_match(reiji_store: Store) -> None:
    """Spans with their text, then failures, then the count."""
    thing = "https://w3id.org/sosei/id/gov/99201"
    span = SpanResult(
        f"{thing}#char=0,3", "https://w3id.org/sosei/id/doc/x", 0, 3, "例示\n市", (thing,), False
    )
    failure = Failure(thing, (span.evidence,), Text("一致しません", "does not match"), "別の市")
    report = TraceReport((span,), (failure,), ("x",), 1)
    lines = plain(trace_view(report, reiji_store, "ja", spans=True)).splitlines()
    assert lines[:3] == ["x  0–3", "  例示市", "  「例示 市」"]
    assert lines[3] == "gov:99201 char=0,3: 例示市 (gov:99201): 一致しません: 「別の市」"
    assert len(plain(trace_view(report, reiji_store, "ja", spans=False)).splitlines()) == 2


def test_a_bar_tells_how_many_and_how_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known before the first is done; then how many of how many, the rate and the time left."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    stream = Terminal()
    with bar("validating", stream) as update:
        for done in range(1, 6):
            update(done, 10)
            time.sleep(0.15)
    written = stream.getvalue()
    assert "validating" in written
    assert "5/10" in written
    assert re.search(r"[0-9]+/s", written)
    assert re.search(r"0:00:0[0-9]", written)


class Terminal(io.StringIO):
    """What a terminal would get."""

    def isatty(self) -> bool:
        return True
