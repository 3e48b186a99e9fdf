"""Tables and lines of indicators as they come: what is found is what was written, and nothing is invented.

Names and values are drawn, and set in every way that text of a PDF has them: columns by spaces with cells
wrapped at the top, middle or bottom of their row, rows on a line, cells on lines of their own, lines that end
anywhere.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import strategy
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings
from tests.ingest.documents import columns
from tests.ingest.extracted import elements, plain

PLACES = (
    *(
        "市内",
        "町内",
        "地域",
        "若者",
        "子育て世帯",
        "高齢者",
        "観光客",
        "移住者",
        "事業所",
        "小学生",
        "空き家",
    ),
    *(
        "公共交通",
        "農業",
        "図書館",
        "公園",
        "防災",
        "健康",
        "スポーツ",
        "文化財",
        "企業",
        "電子申請",
        "特産品",
    ),
    *("里山", "コミュニティ", "医療", "介護", "保育所", "海外", "外国人"),
)
COUNTED = (
    *("の数", "の割合", "の利用者数", "への参加者数", "に関する相談件数", "の売上額", "の満足度"),
    *("における新規雇用者数", "の年間来場者数", "を利用した人の割合", "の延べ参加人数（累計）"),
    *("の登録件数", "の実施回数"),
)
UNITS = ("人", "件", "%", "社", "世帯", "回", "か所", "千円", "人/年", "団体")
HEADS = (
    (("指標", "基準値", "目標値"), ("baseline", "target")),
    (("指標名", "基準値（H30）", "目標値（R6）"), ("baseline", "target")),
    (("KPI", "現状値（令和元年度）", "目標値（令和６年度）"), ("baseline", "target")),
    (("重要業績評価指標（KPI）", "基準値", "実績値（R4）", "目標値（R6）"), ("baseline", "actual", "target")),
    (("指標名", "策定時", "R3実績", "R4実績", "目標値"), ("baseline", "actual", "actual", "target")),
)
Truth = dict[tuple[str, int], list[tuple[str, str]]]


def value(chance: random.Random, unit: str) -> str:
    if chance.random() < 0.06:
        return chance.choice(["－", "未実施", "―", "集計中"])
    if unit == "%":
        return f"{chance.randint(0, 99)}.{chance.randint(0, 9)}{chance.choice(['%', '％'])}"
    digits = f"{chance.choice([chance.randint(0, 99), chance.randint(100, 9999), chance.randint(10000, 999999)]):,}"
    if chance.random() < 0.15:
        digits = digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    sign = chance.choice(["▲", "△", "約", "", "", "", "", "", "", ""])
    return sign + digits + unit + chance.choice(["以上", *[""] * 12])


def folded(text: str, width: int) -> list[str]:
    lines = [""]
    for letter in text:
        if columns(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return lines


def placed(cells: list[list[str]], align: str) -> Iterator[list[str]]:
    """The lines of a row of wrapped cells; in the middle, half a line apart where they are odd and even."""
    height = max(map(len, cells))
    tops = [
        {"top": 0.0, "middle": (height - len(cell)) / 2, "bottom": float(height - len(cell))}[align]
        for cell in cells
    ]
    heights = sorted({top + at for top, cell in zip(tops, cells, strict=True) for at in range(len(cell))})
    for place in heights:
        yield [
            cell[int(place - top)]
            if place >= top and (place - top).is_integer() and place - top < len(cell)
            else ""
            for top, cell in zip(tops, cells, strict=True)
        ]


def in_columns(head: tuple[str, ...], rows: list[list[str]], chance: random.Random, align: str) -> list[str]:
    widths = [chance.choice([26, 32, 40]), *[18] * (len(head) - 1)]
    blank = chance.choice([0, 0, 1])
    lines = []
    for row, how in [(list(head), "top"), *((row, align) for row in rows)]:
        cells = [folded(cell, width - 3) for cell, width in zip(row, widths, strict=True)]
        for line in placed(cells, how):
            text = "".join(
                part + " " * (width - columns(part)) for part, width in zip(line, widths, strict=True)
            )
            lines.append(text.rstrip())
        lines += [""] * blank
    return lines


def without_columns(
    head: tuple[str, ...], rows: list[list[str]], chance: random.Random, way: str
) -> list[str]:
    width = chance.choice([20, 24, 30])
    lines = [" ".join(head)] if chance.random() < 0.6 else list(head)
    for name, *cells in rows:
        parts, values = folded(name, width), " ".join(cells)
        half = len(parts) // 2
        if way == "row":
            lines.append(f"{name} {values}")
        elif way == "last":
            lines += [*parts[:-1], f"{parts[-1]} {values}"]
        elif way == "first":
            lines += [f"{parts[0]} {values}", *parts[1:]]
        elif way == "middle":
            middle = [f"{parts[half]} {values}"] if len(parts) % 2 else [values, parts[half]]
            lines += [*parts[:half], *middle, *parts[half + 1 :]]
        else:
            lines += [*parts, *cells]
    return lines


WAYS = ("top", "middle column", "bottom", "row", "last", "first", "middle", "cells")


def document(seed: int, way: str) -> tuple[str, Truth]:
    """A strategy with a table for each of one to three goals, and what is in them by name and goal."""
    chance = random.Random(seed)  # noqa: S311
    lines, truth = ["例示市総合戦略", ""], Truth()
    for goal in range(1, chance.randint(2, 4)):
        lines += [f"基本目標{'１２３'[goal - 1]} {''.join(chance.sample(PLACES, 3))}のまちをつくる", ""]
        lines += chance.choice([["【数値目標】", ""], ["（１）数値目標", ""], []])
        head, kinds = chance.choice(HEADS)
        names = {
            "".join(chance.sample(PLACES, chance.choice([1, 1, 2, 2, 3, 4]))) + chance.choice(COUNTED): ""
            for _ in range(chance.randint(1, 6))
        }
        rows = []
        for name in names:
            unit = chance.choice(UNITS)
            rows.append([name, *(value(chance, unit) for _ in kinds)])
        align = way.split(maxsplit=1)[0]
        apart = way in WAYS[:3]
        lines += in_columns(head, rows, chance, align) if apart else without_columns(head, rows, chance, way)
        lines += [
            "",
            *chance.choice([["（２）講ずべき施策に関する基本的方向", "○ 地域の力をいかします。", ""], []]),
        ]
        truth |= {
            (plain(name), goal): [(kind, plain(cell)) for kind, cell in zip(kinds, cells, strict=True)]
            for name, *cells in rows
        }
    return "\n".join(lines) + "\n", truth


def found_in(findings: Findings) -> Iterator[tuple[str, int, list[tuple[str, str]]]]:
    for goal in elements(findings, "BasicGoal"):
        for element in goal.walk():
            for each in element.indicators:
                values: list[tuple[str, str]] = [(one.kind, plain(one.printed.text)) for one in each.values]
                yield plain(each.name.text), goal.ordinal, values
    for plan in findings.plans:
        assert not plan.indicators, "an indicator that belongs to no goal"


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_invented(way: str, tmp_path: Path) -> None:
    """Every name, kind and value found stands in the table of its goal; nearly all are found."""
    path = tmp_path / "document.txt"
    known = complete = 0
    for seed in range(12):
        text, truth = document(seed, way)
        path.write_text(text, encoding="utf-8")
        for name, goal, values in found_in(strategy.extract(read(path))):
            assert (name, goal) in truth, f"seed {seed}"
            assert [each for each in values if each not in truth[name, goal]] == [], f"seed {seed}: {name}"
            complete += values == truth[name, goal]
        known += len(truth)
    assert complete >= known * (0.5 if way in WAYS[1:3] else 0.85)
