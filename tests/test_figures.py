"""Numbers and units against what is printed beside them: no source is needed."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from sosei_graph.store.memory import Store
from sosei_graph.validation.figures import number_agrees, number_of, unit_agrees
from sosei_graph.validation.findings import Finding
from sosei_graph.validation.results import CHECK, SPARQL_COMPONENT
from sosei_graph.validation.validating import validate
from sosei_graph.vocab import BASE, NS
from sosei_graph.workspace import Workspace

Edit = Callable[[str, str, str], Workspace]
STRATEGY = "data/reiji-strategy.ttl"
TARGET = f"{BASE}id/plan/99201/strategy-1/kpi/1-1/target/fy2027"


def told(workspace: Workspace, *files: str) -> list[Finding]:
    paths = [workspace.root / file for file in files] or None
    report = validate(workspace, Store.load(workspace), paths)
    return [found for found in report.findings if found.shape_name in ("stated-figure", "stated-unit")]


@pytest.mark.parametrize(
    ("number", "stated", "agrees"),
    [
        ("10", "10件", True),
        ("12", "10件", False),
        ("-1", "▲１件", True),
        ("1", "▲１件", False),
        ("5350000.0", "535万件", True),
        ("535", "535万件", False),
        ("1000000000", "1,000,000千円", True),
        ("2", "２倍以上", True),
        ("7", "未実施", True),
        ("1234000", "1,234人", False),
        ("1235000", "1,234", False),
        ("12340", "1,234", False),
        ("5200", "520.00", False),
        ("520000", "520人", False),
    ],
)
def test_a_number_is_what_was_printed(number: str, stated: str, agrees: bool) -> None:
    """What cannot be read for certain is not held against it; the unit of a bare figure may stand elsewhere (千人)."""
    assert number_agrees(Decimal(number), stated) is agrees


@pytest.mark.parametrize(
    ("number", "stated", "apart", "agrees"),
    [
        ("1234000", "1,234", "千人", True),
        ("1234000", "1,234", "千人/日", True),
        ("-120000000", "▲120", "百万円", True),
        ("520000", "520.00", "千　人", True),
        ("1234", "1,234", "人", True),
        ("1234", "1,234", "千人", False),
        ("1234000", "1,234", "", False),
        ("1234000", "1,234", "人", False),
        ("1234000", "1,234人", "千人", False),
        ("1235000", "1,234", "千人", False),
    ],
)
def test_a_scale_printed_away_from_the_number_counts(
    number: str, stated: str, apart: str, agrees: bool
) -> None:
    """A figure without a unit is in the one at the head of its column; with its own, that one does not count."""
    assert number_agrees(Decimal(number), stated, apart) is agrees


def test_a_unit_printed_away_from_the_number_is_compared() -> None:
    assert unit_agrees("1,234", ("人",), "千人")
    assert not unit_agrees("1,234", ("件",), "千人")
    assert unit_agrees("1,234件", ("件",), "千人")


def test_a_literal_that_is_no_number_is_left_to_the_shapes() -> None:
    """Nothing is computed with it."""
    assert number_of("ten") is None
    assert number_of("1.50") == Decimal("1.5")


@pytest.mark.parametrize(
    ("stated", "forms", "agrees"),
    [
        ("10件", ["件"], True),
        ("10件", ["人", "名"], False),
        ("1,000,000千円", ["円", "￥"], True),
        ("43万2千人", ["人"], True),
        ("38人／ha", ["人/ha"], True),
        ("38人／ha", ["人"], False),
        ("120件／年", ["件"], True),
        ("120件/年間", ["件"], True),
        ("120件/日", ["件"], False),
        ("19.7％", ["%"], True),
        ("▲ 19.7 %", ["％"], True),
        ("約3㎞", ["km"], True),
        ("３か所", ["箇所", "か所"], True),
        ("２倍以上", ["人"], True),
        ("未実施", ["人"], True),
        ("1.55", ["人"], True),
        ("10件", [], True),
        ("5年間", ["年", "年間"], True),
        ("100百万円", ["円"], True),
    ],
)
def test_a_unit_is_what_was_printed(stated: str, forms: list[str], agrees: bool) -> None:
    """Widths and scales do not count; without a figure, a text after it or a form there is nothing to say."""
    assert unit_agrees(stated, forms) is agrees


def test_a_number_that_was_not_printed_is_wrong(edited: Edit) -> None:
    """One violation at the number, in the file alone as in the whole, that says what to do."""
    workspace = edited(STRATEGY, "sosei:numericValue 10.0", "sosei:numericValue 12.0")
    (found,) = told(workspace)
    assert (found.severity, found.shape, found.focus) == ("violation", f"{CHECK}stated-figure", TARGET)
    assert (found.path, found.component) == (f"{NS}numericValue", SPARQL_COMPONENT)
    lines = (workspace.root / STRATEGY).read_text(encoding="utf-8").splitlines()
    assert (found.file, lines[found.line - 1]) == (
        STRATEGY,
        "<id/plan/99201/strategy-1/kpi/1-1/target/fy2027>",
    )
    assert found.message.ja.startswith("数値 12 が記載「10件」と合いません。")
    assert "The number 12 is not what “10件” says. Check what is printed" in found.message.en
    assert told(workspace, STRATEGY) == [found]
    assert not told(workspace, "data/reiji-agreement.ttl")


def test_a_unit_that_was_not_printed_is_a_warning(edited: Edit) -> None:
    """The unit goes by its name, and the message says how another way of printing it is added."""
    target = 'sosei:statedValue "10件" ;\n    sosei:unit unit:'
    (found,) = told(edited(STRATEGY, f"{target}case", f"{target}person"))
    assert (found.severity, found.shape, found.focus) == ("warning", f"{CHECK}stated-unit", TARGET)
    assert found.message.ja.startswith("単位「人」が記載「10件」と合いません。")
    assert "skos:altLabel" in found.message.en


def test_what_agrees_is_not_told(reiji: Workspace, real_workspace: Workspace) -> None:
    """Neither in 例示市 nor in the documents of the project: 千円, 人／ha, full width, ▲."""
    assert told(reiji) == []
    assert told(real_workspace) == []
