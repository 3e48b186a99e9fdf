"""Cells where a value belongs: figures, why there is none, a value in words, or nothing that is certain."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.text.figures import read_cell
from sosei_graph.workspace import packaged_root
from tests.helpers_text import CELLS


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        *(
            (mark, "blank-mark")
            for mark in ("－", "ー", "―", "—", "-", "‐", "--", "／", "…", "― 件/年", "－人", "-％")
        ),
        *(
            (said, "not-implemented")
            for said in ("未実施", "（未実施）", "未着手", "新規", "－（新規）", "R5未実施")
        ),
        *(
            (said, "not-yet-counted")
            for said in ("集計中", "※集計中", "調査中", "公表待ち", "未公表", "令和６年度は集計中")
        ),
        *(
            (said, "not-yet-counted")
            for said in ("公表は12月頃", "12月頃公開予定", "R6.12公表予定", "R6.10月頃公表", "－（集計中）")
        ),
        *((said, "not-yet-set") for said in ("未定", "未設定", "検討中", "今後設定", "令和７年度に設定予定")),
        *((said, "not-applicable") for said in ("該当なし", "対象外", "目標設定なし")),
        *((said, "other-document") for said in ("別紙のとおり", "資料2参照")),
    ],
)
def test_a_cell_without_a_value_says_why(cell: str, reason: str) -> None:
    """A dash is no zero, and 未実施, 集計中 and 未定 are different reasons."""
    entry = read_cell(cell)
    assert (entry.content, entry.absence) == ("absence", reason)


def test_every_reason_is_a_concept_of_the_scheme() -> None:
    """The local names that cells give are those of the scheme of absence reasons."""
    scheme = (packaged_root() / "ontology" / "schemes" / "absence-reasons.ttl").read_text(encoding="utf-8")
    concepts = set(re.findall(r"^absence:([a-z-]+)$", scheme, re.MULTILINE))
    cells = ("－", "未実施", "集計中", "未定", "該当なし", "別紙のとおり")
    reasons = {read_cell(cell).absence for cell in cells}
    assert len(reasons) == len(cells)
    assert reasons <= concepts


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "前年度を上回る",
            "現状値以上",
            "全国平均以上",
            "令和元年度を上回る",
            "H30実績以上",
            "県平均を上回る",
        ),
        *(
            "全市町村",
            "全小中学校で実施",
            "継続",
            "維持",
            "現状維持",
            "増加",
            "増加傾向",
            "年々増加",
            "転入超過",
        ),
        *("未整備", "整備", "供用開始", "策定済", "実施", "あり", "公表", "一部実施", "延伸", "倍増"),
        *("減少させる", "減少傾向へ", "2023年よりも増加", "前年度超え"),
    ],
)
def test_a_value_in_words(cell: str) -> None:
    """A value that is no number stays as it is printed."""
    entry = read_cell(cell)
    assert (entry.content, entry.words) == ("words", cell)


@pytest.mark.parametrize(
    "cell",
    [
        "企画課",
        "観光入込客数",
        "○",
        "△",
        "A",
        "不明",
        "未実施（R5：10人）",
        "令和6年度",
        "2024",
        "第2期計画策定",
        "100人(50)",
        *("十分", "数百人", "十数件", "半数", "皆増", "三百二十人", "－5人/10人", "- 10人", "ー人口"),
    ],
)
def test_what_is_not_certain_is_unread(cell: str) -> None:
    """Names, ratings and mixtures are no values."""
    entry = read_cell(cell)
    assert entry.content == "unread"
    assert not entry.figures


def test_an_empty_cell_is_empty() -> None:
    """Nothing printed is not the same as something that cannot be read."""
    assert read_cell(" 　\n").content == "empty"


def test_figures_of_a_cell() -> None:
    """One figure is the figure of the cell; of several there is none that stands for the cell."""
    one, two = read_cell("10人"), read_cell("９人（延べ243日）")
    assert (one.content, one.figure) == ("figure", one.figures[0])
    assert (two.content, two.figure) == ("figures", None)
    assert [figure.counting for figure in two.figures] == [None, "延べ"]


@given(CELLS | st.text())
def test_a_cell_holds_one_thing(cell: str) -> None:
    """Whatever is printed, at most one of figures, absence and words comes of it."""
    entry = read_cell(cell)
    assert sum((bool(entry.found), entry.absence is not None, entry.words is not None)) <= 1
