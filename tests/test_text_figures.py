"""Figures as officers print them: what is read of them, what is not, and how they are printed again."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.text import parse_number
from sosei_graph.text.figures import Figure, find_figures, read_figure, read_figures
from tests.helpers_text import CELLS


def said(figure: Figure | None) -> dict[str, object]:
    """What a figure says, without how it was printed and without its scales."""
    assert figure is not None
    left_out = ("printed", "scale", "sign")
    return {
        name: value
        for name, value in vars(figure).items()
        if name not in left_out and value is not None and value is not False and value != ()
    }


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("▲113人", "-113", "人"),
        ("△3,583⼈", "-3583", "人"),
        ("－１１３", "-113", None),
        ("202７人", "2027", "人"),
        ("535万件", "5350000", "件"),
        ("1億2,000万円", "120000000", "円"),
        ("43万2千人", "432000", "人"),
        ("1万2,600回", "12600", "回"),
        ("5,000千円", "5000000", "円"),
        ("120百万円", "120000000", "円"),
        ("1.5万人", "15000", "人"),
        ("19.7％", "19.7", "%"),
        ("0.8‰", "0.8", "‰"),
        ("7割", "7", "割"),
        ("1.2ポイント", "1.2", "ポイント"),
        ("40人／ha", "40", "人/ha"),
        ("3か所", "3", "か所"),
        ("３箇所", "3", "箇所"),
        ("3ヶ所", "3", "ヶ所"),
        ("12㎥", "12", "m3"),
        ("10 km²", "10", "km2"),
        ("3.5㎞", "3.5", "km"),
        ("20㏊", "20", "ha"),
        ("10㎡", "10", "m2"),
        ("100t-CO₂", "100", "t-CO2"),
        ("1.5倍", "1.5", "倍"),
        ("第3位", "3", "位"),
        ("15分", "15", "分"),
        ("79.5年", "79.5", "年"),
        ("20台", "20", "台"),
        ("1,200人泊", "1200", "人泊"),
        ("5地区協議会", "5", "地区協議会"),
        ("100（人）", "100", "人"),
        ("1,000（千円）", "1000000", "円"),
        ("35 団\n体", "35", "団体"),
        ("1,3\n41人", "1341", "人"),
        ("ゼロ", "0", None),
        ("1.80", "1.80", None),
        ("2千億円", "200000000000", "円"),
        ("+5人", "5", "人"),
        ("12㎡／人", "12", "m2/人"),
        ("3.2件/千人", "3.2", "件/千人"),
        ("450kg/10a", "450", "kg/10a"),
        ("16.5（人口10万対）", "16.5", "人口10万対"),
        ("10.2人（人口10万人当たり）", "10.2", "人口10万人当たり"),
        ("100（百万円）", "100000000", "円"),
        ("12,\n345人", "12345", "人"),
    ],
)
def test_a_number_and_its_unit(printed: str, number: str, unit: str | None) -> None:
    """Widths, commas, minus signs and scales belong to the number; the unit is what is printed after them."""
    assert said(read_figure(printed)) == {"number": Decimal(number), **({"unit": unit} if unit else {})}


@pytest.mark.parametrize(
    ("printed", "more"),
    [
        ("約2,000人", {"approximate": True}),
        ("2,000人程度", {"approximate": True}),
        ("年2,000人", {"per": "年"}),
        ("2,000人／年", {"per": "年"}),
        ("毎年度2,000人", {"per": "年"}),
        ("2,000人/年間", {"per": "年"}),
        ("月2,000人", {"per": "月"}),
        ("2,000人/日", {"per": "日"}),
        ("累計2,000人", {"cumulative": True}),
        ("2,000人（累計）", {"cumulative": True}),
        ("５年間で2,000人", {"cumulative": True, "words": ("5年間で",)}),
        ("2,000人（5年間）", {"cumulative": True, "words": ("5年間",)}),
        ("R2～R6合計2,000人", {"cumulative": True, "basis": "R2~R6合計"}),
        ("延べ2,000人", {"counting": "延べ"}),
        ("2,000人（延べ）", {"counting": "延べ"}),
        ("2,000人（R5.9.1時点）", {"basis": "R5.9.1時点"}),
        ("R5：2,000人", {"basis": "R5"}),
        ("（R5）2,000人", {"basis": "R5"}),
        ("2,000人\nH30", {"basis": "H30"}),
        ("2,000人減", {"change": "減"}),
        ("前年度比2,000人増", {"change": "前年度比・増"}),
        ("2,000人を維持", {"words": ("維持",)}),
        ("2,000人（5段階評価）", {"words": ("5段階評価",)}),
        ("2,000人（5点満点中）", {"words": ("5点満点中",)}),
        ("2,000人（見込）", {"words": ("見込",)}),
        ("2,000人参加", {"words": ("参加",)}),
        ("2,000人※1", {"words": ("※1",)}),
        ("①2,000人", {"label": "①"}),
        ("男性 2,000人", {"label": "男性"}),
        ("小6 2,000人", {"label": "小6"}),
        ("2,000人（26年度）", {"basis": "26年度"}),
        ("R5～R9：2,000人", {"basis": "R5~R9"}),
    ],
)
def test_what_stands_around_a_figure(printed: str, more: dict[str, object]) -> None:
    """Nothing that changes what a figure says is lost, and none of it changes the number."""
    assert said(read_figure(printed)) == {"number": Decimal(2000), "unit": "人", **more}


@pytest.mark.parametrize(
    ("printed", "interval"),
    [
        ("10人以上", {"low": Decimal(10)}),
        ("10人以下", {"high": Decimal(10)}),
        ("▲10人以内", {"low": Decimal(-10)}),
        ("▲10人以下", {"high": Decimal(-10)}),
        ("10人超", {"low": Decimal(10), "low_open": True}),
        ("10人を上回る", {"low": Decimal(10), "low_open": True}),
        ("10人未満", {"high": Decimal(10), "high_open": True}),
        ("10人以上20人未満", {"low": Decimal(10), "high": Decimal(20), "high_open": True}),
        ("10～20人", {"low": Decimal(10), "high": Decimal(20)}),
        ("10人〜20人", {"low": Decimal(10), "high": Decimal(20)}),
        ("10－20人", {"low": Decimal(10), "high": Decimal(20)}),
        ("10∼20人", {"low": Decimal(10), "high": Decimal(20)}),
        ("10人以上、20人未満", {"low": Decimal(10), "high": Decimal(20), "high_open": True}),
        ("10人以上かつ20人以下", {"low": Decimal(10), "high": Decimal(20)}),
    ],
)
def test_bounds_and_ranges_are_no_numbers(printed: str, interval: dict[str, object]) -> None:
    """以上, 未満 and ranges give an interval; its ends are open where the words say so."""
    assert said(read_figure(printed)) == {"unit": "人", **interval}


@pytest.mark.parametrize(
    "printed",
    [
        "+5%",
        "20％増",
        "前年比105%",
        "H30比20％削減",
        "▲0.5ポイント",
        "２倍以上の増加",
        "10ポイント上昇",
        "5件アップ",
    ],
)
def test_a_change_is_no_amount(printed: str) -> None:
    """What is said against another value is told apart from an amount, and nothing is computed of it."""
    figure = read_figure(printed)
    assert figure is not None
    assert figure.change
    assert not figure.is_amount


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "",
            "－",
            "▲",
            "①",
            "未実施",
            "三人",
            "A4",
            "5G",
            "B",
            "1/2",
            "3分の1",
            "3.5.1",
            "8：00",
            "10時",
            "±5%",
            "1割5分",
        ),
        *(
            "1,34人",
            "1,0000",
            "1.234人",
            "１０、０００人",
            "10\n20",
            "53 68",
            "1 234人",
            "2万50000",
            "1万5",
            "9万9000千人",
        ),
        *(
            "10数人",
            "2年半",
            "20人台",
            "1.5台",
            "10代",
            "100人規模",
            "10人余り",
            "最大10人",
            "12施設中10施設",
            "100点満点中80点",
        ),
        *(
            "2024",
            "2024年",
            "令和６年",
            "21年",
            "5年間",
            "5年目",
            "3回目",
            "第5回",
            "第2期",
            "202７年度",
            "2024-01-01",
            "H30",
        ),
        *(
            "1～2万人",
            "10-20",
            "2020～2024",
            "20人～10人",
            "10人～",
            "～10人",
            "- 10人",
            "ー10人",
            "―10人",
            "A-10人",
        ),
        *("50人/100人", "50%（50人/100人）", "535/600", "01人", "007", "12,", ",345人", "100人/"),
        *("3歳児", "5階", "2級", "100人限定", "2・2%", "4億3,0000万円"),
        *("毎年毎月10人", "月10人（年間）", "R5：10人（R6）", "10円玉", "5mol", "2桁"),
        *("1人当たり10万円", "10名×5回", "100人(50)", "5%未満以上", "10百貨店", "年10人/年", "全校（5校）"),
    ],
)
def test_a_figure_in_doubt_is_not_read(printed: str) -> None:
    """What could mean two numbers, no exact one, or a year, gives nothing."""
    assert read_figure(printed) is None


def test_several_figures_in_a_cell_stay_several() -> None:
    """Each has its own place, and none is computed from the others."""
    found = read_figures("年３回（５年間で10回）")
    assert [(each.start, each.end, each.figure.printed) for each in found] == [
        (0, 3, "年３回"),
        (4, 11, "５年間で10回"),
    ]
    assert [each.figure.number for each in found] == [3, 10]
    assert [(each.figure.per, each.figure.cumulative) for each in found] == [("年", False), (None, True)]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("９人（延べ243日）", [9, 243]),
        ("①10人 ②▲20人", [10, -20]),
        ("男性：81歳、女性：87歳", [81, 87]),
        ("100人（H30）→120人（R6）", [100, 120]),
        ("300人（うち市内100人）", [300, 100]),
        ("627件 987件", [627, 987]),
        ("男性：81歳／女性：87歳", [81, 87]),
        ("10人以上、20件", [None, 20]),
        ("小6 79.7%　中3 76.2%", [Decimal("79.7"), Decimal("76.2")]),
    ],
)
def test_figures_are_parted_by_marks_words_and_brackets(cell: str, numbers: list[int]) -> None:
    assert [each.figure.number for each in read_figures(cell)] == numbers
    assert read_figure(cell) is None


@pytest.mark.parametrize(
    ("cell", "change", "label"),
    [
        ("100人（+5人）", "+", None),
        ("100人（▲5人）", "▲", None),
        ("100人（105％）", None, "割合"),
        ("52.3％（50.1％）", None, None),
        ("100人（延べ105人）", None, None),
        ("▲100人（▲5人）", None, None),
    ],
)
def test_a_figure_in_brackets_may_be_a_change_or_a_share(
    cell: str, change: str | None, label: str | None
) -> None:
    """It is told apart from a second value."""
    first, second = (each.figure for each in read_figures(cell))
    assert (first.change, first.label) == (None, None)
    assert (second.change, second.label) == (change, label)


@pytest.mark.parametrize(
    ("cell", "unit", "number", "own"),
    [
        ("1,234", "千円", 1_234_000, "円"),
        ("1,234", "㎡", 1234, "m2"),
        ("2024", "人", 2024, "人"),
        ("12%", "人", 12, "%"),
        ("5万", "人", 50_000, "人"),
        ("16.5", "人口10万対", Decimal("16.5"), "人口10万対"),
        ("1,234", "百万円", 1_234_000_000, "円"),
        ("12", "十億円", 12_000_000_000, "円"),
        ("1.234", "千人", 1_234, "人"),
        ("12", "千人当たり", 12, "千人当たり"),
    ],
)
def test_a_unit_at_the_head_of_a_column(cell: str, unit: str, number: Decimal | int, own: str) -> None:
    """The unit of a column holds for figures that print none, its scale as well."""
    figure = read_figure(cell, unit=unit)
    assert figure is not None
    assert figure.number == number
    assert figure.unit == own


@pytest.mark.parametrize("unit", ["件/年", "億円／年", "千人/日", "時間/月"])
def test_a_rate_at_the_head_of_a_column(unit: str) -> None:
    """A figure under 億円/年 says the same as one with 億円/年 behind it."""
    assert read_figure("12", unit=unit) == read_figure(f"12{unit}")


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("5万", "千人"), ("12", "千ほ"), ("12", "百万ほ/年"), ("1.234", "戸"), ("年12", "人/日")],
)
def test_a_figure_that_its_head_makes_doubtful(cell: str, unit: str) -> None:
    """5万 under 千人 is 50 thousand or 50 million; a unit that is not known may begin with a scale."""
    assert read_figure(cell, unit=unit) is None


def test_figures_of_a_sentence() -> None:
    """Figures with a unit are found with their words; years, days, marks and editions are none."""
    text = (
        "第2期では、令和５年度に約10万人が、年間40組が、－1.1％となり、表3のとおり"
        "９月30日までに前年度比3.5％増の見込み。"
    )
    found = find_figures(text)
    assert [text[each.start : each.end] for each in found] == [
        "約10万人",
        "年間40組",
        "－1.1％",
        "前年度比3.5％増",
    ]
    assert [each.figure.number for each in found] == [100_000, 40, Decimal("-1.1"), Decimal("3.5")]


@pytest.mark.parametrize(
    "text",
    ["10人規模の催し", "２０人台", "A4用紙", "15時00分", "2024年4月1日", "国道8号", "10メートルプール"],
)
def test_what_only_looks_like_a_figure_is_not_found(text: str) -> None:
    assert find_figures(text) == []


@given(CELLS)
def test_a_figure_never_contradicts_its_number(cell: str) -> None:
    """Where the number of a cell is certain by itself, the figure has the same or none."""
    number, figure = parse_number(cell), read_figure(cell)
    if number is not None and figure is not None and figure.number is not None:
        assert figure.number == number


@given(CELLS | st.text())
def test_figures_stand_where_they_are_found(text: str) -> None:
    """Whatever a text holds, its figures are in it, apart and in order."""
    found = find_figures(text)
    assert all(text[each.start : each.end] == each.figure.printed for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[each.start : each.end] == each.figure.printed for each in read_figures(text))
