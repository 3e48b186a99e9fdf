"""From the cells of a table to the graph: number, unit, scale, time and marks of every value."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import progress
from sosei_graph.ingest.extracting.indicators.values import UNIT_TWICE
from sosei_graph.ingest.ingesting import Outcome
from sosei_graph.ingest.matching import Thing, View
from sosei_graph.ingest.reading import read
from sosei_graph.vocab import NS
from sosei_graph.workspace import Workspace
from tests.conftest import REIJI
from tests.ingest.blocks import Document, Grid, Heading, Paragraph
from tests.ingest.documents import write
from tests.ingest.drafts import ingested, things_of

#: Indicator, unit of its column, the cell of each of the three columns of values, and what it says: number and unit,
#: with `~` for an approximate and `+` for a cumulative one, `=` before a value in words, `-` before a reason for none,
#: nothing for a cell that is listed as unread.
CELLS: tuple[tuple[str, str, tuple[str, str], tuple[str, str], tuple[str, str]], ...] = (
    ("相談の受付", "件", ("120", "120 case"), ("１３５", "135 case"), ("150以上", "150 case")),
    (
        "来訪者の数",
        "千人",
        ("1,234", "1234000 person"),
        ("未実施", "-not-implemented"),
        ("1,500", "1500000 person"),
    ),
    ("宿泊者の数", "万人泊", ("12.3", "123000 night"), ("15", "150000 night"), ("18", "180000 night")),
    ("出荷された額", "億円", ("1,234", "123400000000 yen"), ("集計中", "-not-yet-counted"), ("0", "0 yen")),
    ("寄附の額", "百万円/年", ("120", "120000000 yen"), ("▲5", "-5000000 yen"), ("150", "150000000 yen")),
    ("生産の額", "十億円", ("12", "12000000000 yen"), ("－", "-blank-mark"), ("13", "13000000000 yen")),
    (
        "納税の額",
        "",
        ("3億2,500万円", "325000000 yen"),
        ("約4億円", "400000000 yen ~"),
        ("2千億円", "200000000000 yen"),
    ),
    (
        "バスに乗る人",
        "人/日",
        ("4,021", "4021 person-per-day"),
        ("3,987人/日", "3987 person-per-day"),
        ("△", ""),
    ),
    ("集いの開催", "", ("月2回", "2 time-per-month"), ("年2回", "2 time"), ("3回/年", "3 time")),
    ("転入の超過", "人", ("△95", "-95 person"), ("±0", "0 person"), ("▲50以内", "=▲50以内")),
    (
        "ことばの認知",
        "％",
        ("52.3", "52.3 percent"),
        ("3割", "30 percent"),
        ("10ポイント上昇", "=10ポイント上昇"),
    ),
    (
        "ガスの排出",
        "千t-CO2",
        ("1,234", "1234000 tonne-co2"),
        ("8%減", "=8%減"),
        ("平成25年度比26％削減", "=平成25年度比26％削減"),
    ),
    ("新しい担い手", "", ("年4人", "4 person"), ("累計12人", "12 person +"), ("5年間で25人", "25 person +")),
    (
        "担い手の農家",
        "経営体",
        ("122（26年度）", "122 management-entity"),
        ("126", "126 management-entity"),
        ("現状維持", "=現状維持"),
    ),
    (
        "公園の広さ",
        "㎡/人",
        ("10.5", "10.5 square-metre-per-person"),
        ("10～12", "=10～12"),
        ("11.0", "11 square-metre-per-person"),
    ),
    ("すこやかな年数", "", ("男性：81.1歳", "=男性：81.1歳"), ("全国3位", "3 rank"), ("延伸", "=延伸")),
    (
        "亡くなる人の率",
        "",
        ("16.5（人口10万対）", "16.5 per-hundred-thousand-people"),
        ("1 234人", ""),
        ("12人", "12 person"),
    ),
    ("広場までの時間", "分", ("60分以内", "=60分以内"), ("45", "45 minute"), ("30分以内", "30 minute")),
    ("空いた家", "戸", ("1.234", ""), ("01", ""), ("12,34", "")),
    ("会員の数", "人", ("535※1", "535 person"), ("50人/100人", ""), ("535→600", "")),
    ("品の数", "千ほ", ("12", ""), ("13", ""), ("14", "")),
    ("森の広さ", "ha", ("45未満", "=45未満"), ("40以上50以下", "=40以上50以下"), ("45未満", "=45未満")),
    ("人の出入り", "人", ("▲10以上", "=▲10以上"), ("▲8", "-8 person"), ("▲5以上", "=▲5以上")),
    ("道の長さ", "km", ("10以上", "=10以上"), ("週3件", "3"), ("10～12", "=10～12")),
    (
        "町の人",
        "",
        ("120人（R5.10）", "120 person"),
        ("130人（R5.10.1）", "130 person"),
        ("140人（2030年頃）", "140 person"),
    ),
)
LINKS = ("hasBaseline", "hasActual", "hasTarget")
EACH = [(row[0], at, *row[2 + at]) for row in CELLS for at in range(3)]


def table() -> Document:
    rows = tuple((name, unit, *(cell for cell, _ in cells)) for name, unit, *cells in CELLS)
    head = ("指標名", "単位", "基準値（R1）", "実績値（R5）", "目標値（R6）")
    title = Heading("例示市総合戦略 取組状況報告書")
    return Document(
        (title, Paragraph("基本目標１ しごとをつくる"), Grid((head, *rows), (140, 60, 100, 100, 100)))
    )


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("cells")
    shutil.copytree(REIJI, folder / "reiji")
    return ingested(table(), Workspace.find(folder / "reiji"), folder, "shiryo.html", city="99201")


def said(thing: Thing) -> str:
    """What a value says, in the form of the expectations."""
    if thing.one("qualitativeValue"):
        return f"={thing.one('qualitativeValue')}"
    if thing.one("absenceReason"):
        reason = thing.one("absenceReason").rpartition("/")[2]
        return "" if reason == "not-found" else f"-{reason}"
    marks = (" ~" if thing.one("approximate") else "") + (" +" if thing.one("cumulative") else "")
    number = Decimal(thing.one("numericValue")).normalize()
    return f"{number:f} {thing.one('unit').rpartition('/')[2]}{marks}".strip()


def values(view: View, name: str, link: str) -> list[Thing]:
    (indicator,) = (each for each in view.sort("indicator") if each.one("statedName") == name)
    return [view.things[each.value] for each in indicator.facts.get(f"{NS}{link}", ())]


@pytest.mark.parametrize(("name", "at", "cell", "expected"), EACH)
def test_a_cell_says_in_the_graph_what_it_says_on_paper(
    name: str, at: int, cell: str, expected: str, outcome: Outcome
) -> None:
    """With the scale of its head, the time of its rate and its marks; what is doubtful is no value."""
    found = [value for value in values(things_of(outcome), name, LINKS[at]) if said(value)]
    assert [said(value) for value in found] == ([expected] if expected else [])
    assert all(value.one("statedValue") in cell for value in found)


def test_what_cannot_be_read_is_listed(outcome: Outcome) -> None:
    """Every cell without a value is among what the reviewer looks at."""
    assert outcome.unread == sum(not expected for _, _, _, expected in EACH)


def test_a_scale_in_head_and_cell_is_told(tmp_path: Path) -> None:
    """5万 below 千人 is listed with what is wrong with it."""
    rows = (("指標名", "単位", "基準値（R1）", "目標値（R6）"), ("来訪者の数", "千人", "5万", "60"))
    path = write(
        Document((Heading("例示市総合戦略"), Grid(rows, (140, 60, 100, 100)))), tmp_path / "shiryo.html"
    )
    reasons = {each.passage.text: each.reason for each in progress.extract(read(path)).unread}
    assert reasons["5万"] == UNIT_TWICE


def test_no_number_is_held_against_the_print_beside_it(outcome: Outcome) -> None:
    """A scale at the head of a column is no mistake in the number below it."""
    assert not [each for each in outcome.findings if each.shape_name in ("stated-figure", "stated-unit")]


def test_a_year_without_era_is_kept_as_printed(outcome: Outcome) -> None:
    """26年度 is the year of the value, whichever it is; the year of the head is not."""
    view = things_of(outcome)
    (value,) = values(view, "担い手の農家", "hasBaseline")
    assert value.one("statedPeriod") == "26年度"
    assert "fy/" not in value.one("period")


def test_the_time_in_a_cell_is_the_time_of_its_value(outcome: Outcome) -> None:
    """A month and a day have their own nodes; about 2030 has no dates."""
    view = things_of(outcome)
    periods = [value.one("period") for link in LINKS for value in values(view, "町の人", link)]
    assert [period.rpartition("/")[2] for period in periods] == ["2023-10", "2023-10-01", "2030年頃"]
    assert [view.things[period].one("startDate") for period in periods] == ["2023-10-01", "2023-10-01", ""]
