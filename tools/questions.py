"""Writes docs/questions.md: every question with its answer over the project's own documents, in both languages.

    python tools/questions.py             # docs/questions.md
    python tools/questions.py --golden    # tests/golden/*.csv, the whole answers that a test compares with

The page depends on the graph and the questions alone; its head answers six of them in sentences made from the rows
(`tools/answers.py`).
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sosei_graph import files, tables
from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.languages import LANGS, Lang, Text
from sosei_graph.queries import Question, catalogue
from sosei_graph.store.memory import Store
from sosei_graph.tables import Table, in_markdown
from sosei_graph.workspace import Workspace
from tools.answers import SENTENCES, Answers

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "questions.md"
GOLDEN = ROOT / "tests" / "golden"

#: The questions in the order of the page.
SECTIONS: dict[Text, tuple[str, ...]] = {
    Text("計画と目標", "Plans and goals"): (
        *(
            "plans",
            "in-force",
            "goals-side-by-side",
            "goal-tree",
            "activities",
            "continued-actions",
            "schedule",
        ),
    ),
    Text("指標", "Indicators"): (
        *("kpis", "kpi-progress", "kpis-behind", "targets-equal-baseline", "indicators-without-values"),
        *("goals-without-indicators", "compare-indicator", "values"),
    ),
    Text("人口", "Population"): ("population-goals", "fertility-goals"),
    Text("連携協約", "Cooperation agreements"): (
        *("agreement-roles", "leads", "items-without-lead", "third-cities", "cooperation-pairs"),
        *("agreement-behind", "agreement-gaps", "agreement-history"),
    ),
    Text("政策テーマと SDGs", "Policy themes and SDGs"): (
        "theme",
        "theme-matrix",
        "sdg-coverage",
        "sdg-gaps",
    ),
    Text("会議と評価", "Deliberation and evaluation"): ("opinions", "opinion-effects", "evaluation"),
    Text("文書と根拠", "Documents and evidence"): ("documents", "evidence", "absent"),
}

#: What in force means depends on the day; an answer that is kept is one for a day that is named.
DAY: dict[str, dict[str, str]] = {"in-force": {"date": "2026-04-01"}}
#: Long answers are asked more narrowly on the page; every city is still in them.
NARROWED: dict[str, dict[str, str]] = {
    **DAY,
    "compare-indicator": {"indicator": "indicator:population"},
    "theme": {"theme": "theme:childcare"},
}
#: Of other long answers the first rows of each value of a column.
FIRST: dict[str, tuple[str, int]] = {
    "absent": ("document", 8),
    "evidence": ("document", 5),
    "goal-tree": ("plan", 8),
    "theme": ("source", 5),
    "values": ("plan", 4),
}
#: Up to so many rows are shown in any case; an answer with more than so many has to be in one of the two above.
SHORT, LONG = 40, 75

TITLE = Text("質問と答え", "Questions and answers")
INTRO = Text(
    "`sosei query` で尋ねられる質問と、このプロジェクトが収めた文書についての答えです。`tools/questions.py` が"
    "書き出しました。名前や数はすべて質問の答えから取ったものです。質問ごとの説明とパラメーターは"
    " `sosei query 名前 --help` でも分かります。",
    "The questions that `sosei query` answers, with the answers over the documents of this project. Written by "
    "`tools/questions.py`; all names and numbers are taken from the answers. `sosei query NAME --help` tells what "
    "a question means and its parameters.",
)
IN_SHORT = Text("要点", "In short")
CONTENTS = Text("目次", "Contents")
PARAMETERS = Text("パラメーター", "Parameters")
CUT = Text(
    "全 {n:,} 件のうち、{column}ごとに最初の {first} 件まで。",
    "{n:,} rows in all; here the first {first} for each “{column}”.",
)
COUNT = Text("{n:,} 件", "Rows: {n:,}")


def page(store: Store) -> str:
    """The page as Markdown."""
    questions = {question.name: question for question in catalogue(store.workspace)}
    placed = Counter(name for names in SECTIONS.values() for name in names)
    if placed != Counter(questions.keys()):
        raise SoseiError(
            Text("ページの節と質問が合いません", "the sections of the page and the questions differ"),
            where=", ".join(
                sorted(set(placed) ^ set(questions)) or [name for name in placed if placed[name] > 1]
            ),
            hint=Text(
                "tools/questions.py の SECTIONS を直してください", "mend SECTIONS in tools/questions.py"
            ),
        )
    lines = [f"# {_both(TITLE)}", "", INTRO.ja, "", INTRO.en, "", *_in_short(store), *_contents(questions)]
    for section, names in SECTIONS.items():
        lines += [f"## {_both(section)}", ""]
        for name in names:
            lines += _question(store, questions[name])
    return "\n".join(lines).rstrip("\n") + "\n"


def _in_short(store: Store) -> Iterator[str]:
    """Six findings as sentences, in Japanese and in English, each with the question that has the rows."""
    yield from (f"## {_both(IN_SHORT)}", "")
    for lang in LANGS:
        answers = Answers(store, lang)
        for name, sentence in SENTENCES.items():
            link = answers.say(f"（[`{name}`](#{name})）", f" ([`{name}`](#{name}))")
            yield f"- {in_markdown(sentence(answers))}{link}"
        yield ""


def _contents(questions: Mapping[str, Question]) -> Iterator[str]:
    yield from (f"## {_both(CONTENTS)}", "")
    for section, names in SECTIONS.items():
        yield f"- {_both(section)}"
        yield from (f"  - [{in_markdown(_both(questions[name].title))}](#{name})" for name in names)
    yield ""


def _question(store: Store, question: Question) -> Iterator[str]:
    """A question with its answer in Japanese, and folded below it the same in English."""
    name = question.name
    yield from (f'<a id="{name}"></a>', "", f"### {in_markdown(question.title.ja)}", "")
    yield from _answer(store, question, "ja")
    yield from ("<details>", f"<summary>English: {question.title.en}</summary>", "")
    yield from _answer(store, question, "en")
    yield from ("</details>", "")


def _answer(store: Store, question: Question, lang: Lang) -> Iterator[str]:
    given = NARROWED.get(question.name, {})
    table = Answers(store, lang).table(question, **given)
    command = " ".join(
        ("sosei query", question.name, *(f"--{name} {value}" for name, value in given.items()))
    )
    known = (
        f"`--{parameter.name}` {in_markdown(parameter.label.in_(lang))}" for parameter in question.parameters
    )
    yield from (in_markdown(question.description.in_(lang)), "", "```console", f"$ {command}", "```", "")
    yield from (f"{PARAMETERS.in_(lang)}: {', '.join(known)}", "")
    shown, count = _cut(table, question.name, lang)
    yield from (*([count, ""] if table.rows else []), tables.to_markdown(shown, lang).rstrip("\n"), "")


def _cut(table: Table, name: str, lang: Lang) -> tuple[Table, str]:
    """What the page shows of an answer, and the line that says how much this is."""
    whole = COUNT.fill(n=len(table.rows)).in_(lang)
    if name not in FIRST or len(table.rows) <= SHORT:
        if len(table.rows) > LONG:
            raise SoseiError(
                Text("答えが長すぎます", "the answer is too long for the page"),
                where=f"{name}: {len(table.rows)}",
                hint=Text(
                    "tools/questions.py の FIRST に加えてください", "add it to FIRST in tools/questions.py"
                ),
            )
        return table, whole
    column, first = FIRST[name]
    place = [each.name for each in table.columns].index(column)
    seen: Counter[str] = Counter()
    rows = []
    for row in table.rows:
        key = str(row[place].term)
        seen[key] += 1
        if seen[key] <= first:
            rows.append(row)
    said = CUT.fill(n=len(table.rows), column=table.columns[place].title, first=first)
    return replace(table, rows=tuple(rows)), said.in_(lang)


def golden(store: Store) -> dict[str, str]:
    """The whole answer to every question as CSV with Japanese labels, by the name of its file."""
    answers = Answers(store, "ja")
    return {
        f"{question.name}.csv": tables.to_csv(answers.table(question, **DAY.get(question.name, {})))
        for question in catalogue(store.workspace)
    }


def _both(text: Text) -> str:
    return text.ja if text.ja == text.en else f"{text.ja} / {text.en}"


def main(arguments: list[str]) -> int:
    """Writes the page, or with `--golden` the answers that a test compares with; 2 means bad input or usage."""
    if arguments not in ([], ["--golden"]):
        sys.stderr.write("usage: python tools/questions.py [--golden]\n")
        return 2
    try:
        store = open_store(Workspace.find(ROOT))
        if not arguments:
            files.make_folder(PAGE.parent)
            files.write(PAGE, page(store))
            return 0
        files.make_folder(GOLDEN)
        written = golden(store)
        for path in GOLDEN.glob("*.csv"):
            if path.name not in written:
                path.unlink()
        for name, text in written.items():
            files.write(GOLDEN / name, text)
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
