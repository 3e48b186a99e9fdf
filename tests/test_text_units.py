"""Units that stand for themselves: in a column of units, in brackets behind a name."""

import pytest

from sosei_graph.text.units import PrintedUnit, may_be_scaled, read_unit


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("件", PrintedUnit("件")),
        ("千円", PrintedUnit("円", "千")),
        ("百万円/年", PrintedUnit("円", "百万", "年")),
        ("十億円", PrintedUnit("円", "十億")),
        ("人/年度", PrintedUnit("人", per="年")),
        ("円/時", PrintedUnit("円", per="時間")),
        ("千t-CO2/年", PrintedUnit("t-CO2", "千", "年")),
        ("千円/人", PrintedUnit("円/人", "千")),
        ("人/ha", PrintedUnit("人/ha")),
        ("g/人・日", PrintedUnit("g/人・日")),
        ("%ポイント", PrintedUnit("%ポイント")),
    ],
)
def test_a_unit_has_its_scale_and_its_time(printed: str, unit: PrintedUnit) -> None:
    """The scale belongs to the number and the time to the rate."""
    assert read_unit(printed) == unit


@pytest.mark.parametrize(
    "printed", ["", "千", "年", "百貨店", "千里", "件数", "人(延べ)", "100人", "/年", "人/", "人/年/月"]
)
def test_what_is_no_unit(printed: str) -> None:
    """Words that begin with one, numbers and times are none."""
    assert read_unit(printed) is None


def test_what_may_hide_a_scale() -> None:
    """A word that begins like a scale may be one; so many for each thousand people is none."""
    assert may_be_scaled("千ほ")
    assert may_be_scaled("百万ほ/年")
    assert not any(map(may_be_scaled, ("ほ", "千人当たり", "万", "人/千人")))
