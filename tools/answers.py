"""The questions of a store, asked, and six answers told in sentences made from the rows."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.languages import Lang
from sosei_graph.queries import Question, ask
from sosei_graph.store.memory import Store
from sosei_graph.tables import Cell, Table


@dataclass(frozen=True)
class Answers:
    """The questions asked of a store, in one language."""

    store: Store
    lang: Lang

    def table(self, question: Question | str, **parameters: str) -> Table:
        """The answer to a question."""
        return ask(self.store, question, self.lang, **parameters)

    def rows(self, question: str) -> list[dict[str, Cell]]:
        """The rows of the answer, each by the names of its columns."""
        table = self.table(question)
        names = [column.name for column in table.columns]
        return [dict(zip(names, row, strict=True)) for row in table.rows]

    def say(self, ja: str, en: str) -> str:
        """The one in this language."""
        return ja if self.lang == "ja" else en

    def names(self, words: Iterable[str]) -> str:
        """Names in quotation marks, in a row."""
        return (
            "".join(f"「{word}」" for word in words)
            if self.lang == "ja"
            else ", ".join(f"“{w}”" for w in words)
        )

    def join(self, parts: Iterable[str]) -> str:
        """Parts of a sentence."""
        return self.say("、", ", ").join(parts)


def behind(answers: Answers) -> str:
    """The indicators that are behind, with the actual value and the target."""
    rows = answers.rows("kpis-behind")
    if not rows:
        return answers.say("遅れている指標はない", "No indicator is behind")
    listed = []
    for plan, members in _grouped(rows, "plan").items():
        each = (
            answers.names([row["indicator"].text])
            + answers.say(
                f"（実績 {row['actual'].text}、目標 {row['target'].text}）",
                f" (actual {row['actual'].text}, target {row['target'].text})",
            )
            for row in members
        )
        listed.append(f"{plan}: {answers.join(each)}")
    measured = [row for row in answers.rows("kpi-progress") if _name(row["status"]) != "no-actual"]
    total = len({row["indicator"].term for row in measured})
    head = answers.say(
        f"実績値のある指標 {total} 件のうち、遅れているのは {len(rows)} 件（判定はこのグラフの取り決めによる）。",
        f"Of {total} indicators with an actual value, {len(rows)} are behind (by a convention of this graph). ",
    )
    return head + answers.say("。", "; ").join(listed)


def kept(answers: Answers) -> str:
    """The indicators whose target is the baseline."""
    rows = answers.rows("targets-equal-baseline")
    listed = [
        f"{plan}: "
        + answers.join(
            answers.names([row["indicator"].text])
            + answers.say(f"（{row['target'].text}）", f" ({row['target'].text})")
            for row in members
        )
        for plan, members in _grouped(rows, "plan").items()
    ]
    head = answers.say(
        f"目標値が基準値と同じ指標は {len(rows)} 件。",
        f"Indicators whose target is the baseline: {len(rows)}. ",
    )
    return head + answers.say("。", "; ").join(listed)


def led(answers: Answers) -> str:
    """How many items each city leads, alone or together, and which have no lead."""
    rows, without = answers.rows("leads"), answers.rows("items-without-lead")
    listed = []
    for lead, members in _grouped(rows, "lead").items():
        cities = lead.split(", ")
        together = answers.say("ともに", "together ") if len(cities) > 1 else ""
        who = answers.say("と", " and ").join(cities)
        listed.append(answers.say(f"{who}が{together} {len(members)} 件", f"{who} {together}{len(members)}"))
    head = answers.say("連携項目を主導するのは、", "Items led: ")
    rest = answers.say(f"。主導する市がないのは {len(without)} 件", f"; without a lead: {len(without)}")
    return head + answers.join(listed) + rest + _items(answers, without)


def unsupported(answers: Answers) -> str:
    """The items that nothing in a party's plan stands behind, and those that have no indicator."""
    rows = answers.rows("agreement-gaps")
    parts = []
    for city, members in _grouped(rows, "city").items():
        bare = [row for row in members if row["elements"].text == row["indicators"].text == "0"]
        unmeasured = [row for row in members if row["elements"].text != "0"]
        unplanned = [row for row in members if row not in bare and row not in unmeasured]
        for chosen, ja, en in (
            (
                bare,
                "の計画の要素も指標も支えていない連携項目は",
                ": items with no plan element and no indicator behind them:",
            ),
            (
                unmeasured,
                "の計画の要素はあるが指標がない連携項目は",
                ": items with a plan element but no indicator:",
            ),
            (
                unplanned,
                "の指標はあるが計画の要素がない連携項目は",
                ": items with an indicator but no plan element:",
            ),
        ):
            if chosen:
                count = answers.say(f"{city}{ja} {len(chosen)} 件", f"{city}{en} {len(chosen)}")
                parts.append(count + _items(answers, chosen))
    judged = answers.say("（対応づけは編集者の判断による）", " (the links are editors' judgement)")
    none = answers.say("支えのない連携項目はない", "No item lacks support")
    return (answers.say("。", "; ").join(parts) or none) + judged


def populations(answers: Answers) -> str:
    """Each city's population goals, with what else is stated for the same year."""
    parts, none = [], []
    for city, members in _grouped(answers.rows("population-goals"), "city").items():
        goals = [row for row in members if _name(row["kind"]) == "TargetValue"]
        if not goals:
            none.append(city)
            continue
        listed = []
        for goal in goals:
            beside = [row for row in members if row["period"].term == goal["period"].term and row is not goal]
            said = answers.join(f"{row['kind'].text} {row['stated'].text}" for row in beside)
            said = answers.say(f"（{said}）", f" ({said})") if said else ""
            listed.append(f"{goal['period'].text} {goal['stated'].text}{said}")
        parts.append(f"{city}: {answers.join(listed)}")
    rest = (
        answers.say(f"。目標値がないのは{answers.join(none)}", f"; no goal for {answers.join(none)}")
        if none
        else ""
    )
    return (
        answers.say(
            "人口の目標（同じ年のほかの値）。", "Population goals (and what else is stated for the year). "
        )
        + answers.say("。", "; ").join(parts)
        + rest
    )


def changed(answers: Answers) -> str:
    """How many opinions led to what in the plan, by kind, with the names."""
    raised = len({row["opinion"].term for row in answers.rows("opinions")})
    rows = answers.rows("opinion-effects")
    taken = len({row["opinion"].term for row in rows})
    listed = []
    for kind, members in _grouped(rows, "kind").items():
        things = list(dict.fromkeys(row["changed"].text for row in members))
        listed.append(
            answers.say(f"{kind} {len(things)} 件", f"{kind} {len(things)}: ") + answers.names(things)
        )
    head = answers.say(
        f"会議の意見 {raised} 件のうち {taken} 件で、対応方針が計画の次の所を取り上げた。",
        f"Of {raised} opinions, {taken} had a response that takes up these parts of a plan. ",
    )
    return head + answers.say("、", "; ").join(listed)


#: What stands at the head of the page, under the name of the question that has the rows.
SENTENCES: dict[str, Callable[[Answers], str]] = {
    "kpis-behind": behind,
    "targets-equal-baseline": kept,
    "leads": led,
    "agreement-gaps": unsupported,
    "population-goals": populations,
    "opinion-effects": changed,
}


def _grouped(rows: Iterable[dict[str, Cell]], column: str) -> dict[str, list[dict[str, Cell]]]:
    """The rows by the text of a column, in the order in which the texts come."""
    groups: dict[str, list[dict[str, Cell]]] = {}
    for row in rows:
        groups.setdefault(row[column].text, []).append(row)
    return groups


def _items(answers: Answers, rows: Sequence[dict[str, Cell]]) -> str:
    names = answers.names(row["item"].text for row in rows)
    return answers.say(f"（{names}）", f" ({names})") if rows else ""


def _name(cell: Cell) -> str:
    """The last part of an IRI."""
    return re.split(r"[/#]", cell.term.value)[-1] if isinstance(cell.term, ox.NamedNode) else ""
