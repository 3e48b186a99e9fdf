"""The pages on the answers and on the findings are what the tools write from the project's own data."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Lang, Text
from sosei_graph.queries import catalogue
from sosei_graph.store.memory import Store
from sosei_graph.validation.findings import Finding, Report
from sosei_graph.validation.validating import validate
from sosei_graph.workspace import Workspace
from tests.helpers_golden import difference
from tests.questions.graphs import HERE, reasoned
from tools import questions as tool
from tools import validation
from tools.answers import SENTENCES, Answers


@pytest.fixture(scope="module")
def written() -> str:
    """The page as it is in the repository."""
    return tool.PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date(real_store: Store, written: str) -> None:
    """docs/questions.md is what tools/questions.py writes."""
    found = difference(written, tool.page(real_store))
    assert not found, f"run tools/questions.py\n{found}"


def test_the_report_is_up_to_date(real_workspace: Workspace, real_store: Store) -> None:
    """docs/validation.md is what tools/validation.py writes."""
    report = validate(real_workspace, real_store)
    found = difference(validation.PAGE.read_text(encoding="utf-8"), validation.page(report))
    assert not found, f"run tools/validation.py\n{found}"


def test_every_question_has_a_place(real_store: Store, written: str) -> None:
    """Each question stands once, is linked in the table of contents, and has a table in both languages."""
    names = [question.name for question in catalogue(real_store.workspace)]
    assert sorted(re.findall(r'^<a id="(.+)"></a>$', written, re.MULTILINE)) == sorted(names)
    assert set(re.findall(r"\]\(#(.+?)\)", written)) == set(names)
    assert written.count("<details>") == written.count("</details>") == len(names)


def test_a_cut_answer_still_has_every_city(written: str) -> None:
    """What is narrowed or cut has rows of all four cities."""
    for name in {*tool.NARROWED, *tool.FIRST} - set(tool.DAY):
        shown = written.partition(f'<a id="{name}"></a>')[2].partition("<details>")[0]
        rows = "\n".join(line for line in shown.splitlines() if line.startswith("|"))
        assert all(city in rows for city in ("高岡市", "金沢", "苫小牧市", "日立市")), name


@pytest.mark.parametrize(
    ("name", "folder", "sentence"),
    [
        (
            "leads",
            "leads",
            "連携項目を主導するのは、例示市と隣接市がともに 1 件、例示市が 2 件、隣接市が 1 件",
        ),
        (
            "opinion-effects",
            "opinion-effects",
            "会議の意見 4 件のうち 2 件で、対応方針が計画の次の所を取り上げた。",
        ),
        (
            "agreement-gaps",
            "agreement-gaps",
            "例示市の計画の要素も指標も支えていない連携項目は 1 件（「2-1-1」）。",
        ),
    ],
)
def test_the_sentences_are_made_from_the_rows(name: str, folder: str, sentence: str) -> None:
    """Over another graph they say something else; counts and names are those of its rows."""
    assert SENTENCES[name](Answers(reasoned(HERE / folder), "ja")).startswith(sentence)


@pytest.mark.parametrize("name", sorted(SENTENCES))
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_to_tell_is_told(name: str, lang: Lang) -> None:
    """A graph without rows gives a sentence too."""
    assert SENTENCES[name](Answers(reasoned(HERE / "documents"), lang))


def test_a_new_question_needs_a_place(real_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that is in no section, or an answer that has grown too long, is a message that says what to do."""
    first = next(iter(tool.SECTIONS))
    monkeypatch.setitem(tool.SECTIONS, first, tool.SECTIONS[first][1:])
    with pytest.raises(SoseiError, match="SECTIONS") as caught:
        tool.page(real_store)
    assert caught.value.where == "plans"
    monkeypatch.undo()
    monkeypatch.delitem(tool.FIRST, "values")
    with pytest.raises(SoseiError, match="FIRST"):
        tool.page(real_store)


def test_findings_are_told_by_severity() -> None:
    """Violations and warnings one by one, notes counted; what the messages hold is no Markdown."""
    finding = Finding(
        "warning", "x:1", "", "", "https://w3id.org/sosei/shape/KpiUnit", Text("単位|がない", "no unit"),
        "data/a.ttl", 3, Text("指標", "KPI"), "g", "c",
    )  # fmt: skip
    notes = [replace(finding, severity="info", focus=f"x:{number}") for number in (2, 3)]
    shown = validation.page(Report.of([finding, *notes], ["data/a.ttl"]))
    assert (
        "**違反 0件、注意 1件、参考 2件（1 ファイル） / Violations 0, warnings 1, notes 2 (1 files)**"
        in shown
    )
    assert "### `KpiUnit` (1)" in shown
    assert "| data/a.ttl | 指標<br>KPI | 単位\\|がない<br>no unit |" in shown
    assert "| `KpiUnit` | data/a.ttl | 2 | 「指標」: 単位\\|がない<br>“KPI”: no unit |" in shown


@pytest.mark.parametrize(
    ("main", "usage"), [(tool.main, "questions.py [--golden]"), (validation.main, "validation.py")]
)
def test_the_tools_say_how_to_call_them(
    main: Callable[[list[str]], int], usage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anything else on the command line is bad usage."""
    assert main(["--nope"]) == 2
    assert f"usage: python tools/{usage}" in capsys.readouterr().err


def test_the_tools_write_where_they_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden answers of questions that are gone go, too."""
    monkeypatch.setattr(tool, "GOLDEN", tmp_path / "golden")
    monkeypatch.setattr(tool, "golden", lambda _: {"a.csv": "x\n"})
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "gone.csv").write_text("", encoding="utf-8")
    assert tool.main(["--golden"]) == 0
    assert [path.name for path in (tmp_path / "golden").iterdir()] == ["a.csv"]
