"""Fictional reviews: 例示市's strategy as an extractor would find it, with all that a reviewer has to look at."""

from dataclasses import replace
from pathlib import Path

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import (
    DatedPeriod,
    Doubt,
    Element,
    Findings,
    Government,
    Indicator,
    IndicatorKind,
    Passage,
    Plan,
    Span,
    Unread,
    Value,
    ValueKind,
)
from sosei_graph.ingest.reviewing import Entry, NextSteps, Review, Suggestion
from sosei_graph.ingest.reviewing.telling import entries_of
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period
from sosei_graph.text.figures import read_figure
from sosei_graph.validation.findings import Finding, Severity

PLAN = "https://w3id.org/sosei/id/plan/99201/comprehensive-strategy-2"

TEXT = """第２期例示市総合戦略
令和７年３月　例示市

基本目標１　しごとをつくる
指標 基準値 目標値
新規創業件数（累計） 12件（令和５年度） 60件（令和11年度）
市内の従業者数 21,340人（R5） 21,500人（R11）
宿泊者の割合 18.5％（R5） 未実施
\f基本目標２　ひとの流れ
社会増減数 ▲113人（R5） ０人（R11）
移住相談件数 約200件（R5） 240件以上（R11）
空き家の活用 前年度を上回る 別途8ｘ件
"""


class Script:
    """Finds passages in a text, each after the one before."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def find(self, words: str) -> Passage:
        start = self.text.index(words, self.at)
        self.at = start + len(words)
        return Passage(words, (Span(start, self.at),))


def value(script: Script, kind: ValueKind, printed: str, when: str = "") -> Value:
    passage = script.find(printed)
    dated = DatedPeriod(script.find(when), read_period(when)) if when else None
    absence = "not-implemented" if printed == "未実施" else None
    words = printed if printed == "前年度を上回る" else None
    figure = None if absence or words else read_figure(printed)
    return Value(kind, passage, figure, absence, words, dated)


def indicator(
    script: Script, name: str, *values: tuple[ValueKind, str, str], kind: IndicatorKind
) -> Indicator:
    found = script.find(name)
    return Indicator(kind, found, values=tuple(value(script, *each) for each in values))


def strategy(text: str = TEXT) -> Findings:
    """What stands in `TEXT`."""
    script = Script(text)
    name = script.find("第２期例示市総合戦略")
    city = Government(script.find("例示市"), "99201")
    kpi: IndicatorKind = "KeyPerformanceIndicator"
    one = script.find("１"), script.find("しごとをつくる")
    new = indicator(
        script,
        "新規創業件数（累計）",
        ("baseline", "12件", "令和５年度"),
        ("target", "60件", "令和11年度"),
        kind="NumericTarget",
    )
    jobs = indicator(
        script, "市内の従業者数", ("baseline", "21,340人", "R5"), ("target", "21,500人", "R11"), kind=kpi
    )
    stays = indicator(
        script, "宿泊者の割合", ("baseline", "18.5％", "R5"), ("target", "未実施", ""), kind=kpi
    )
    two = script.find("２"), script.find("ひとの流れ")
    moves = indicator(script, "社会増減数", ("baseline", "▲113人", "R5"), ("target", "０人", "R11"), kind=kpi)
    asked = indicator(
        script, "移住相談件数", ("baseline", "約200件", "R5"), ("target", "240件以上", "R11"), kind=kpi
    )
    homes = indicator(script, "空き家の活用", ("target", "前年度を上回る", ""), kind=kpi)
    unread = Unread(script.find("別途8ｘ件"), Text("数字に文字が混じっています", "letters among the digits"))
    unsure = Doubt(
        0.6, (Text("表の見出しがなく、列の順から目標値としました", "taken as target by its column"),)
    )
    homes = replace(homes, values=(replace(homes.values[0], doubt=unsure),))
    jobs = replace(jobs, doubt=Doubt(0.9, (Text("名前が次の行に続く可能性", "the name may go on"),)))
    goals = (
        Element("BasicGoal", one[1], 1, one[0], (new, jobs, stays)),
        Element("BasicGoal", two[1], 2, two[0], (moves, asked, homes)),
    )
    plan = Plan("ComprehensiveStrategy", name, (city,), edition=2, elements=goals)
    return Findings("strategy", name, (city,), plans=(plan,), unread=(unread,))


def finding(message: Text, severity: Severity = "warning", focus: str = PLAN) -> Finding:
    shape = "https://w3id.org/sosei/shape/KpiHasTarget"
    return Finding(severity, focus, "", "", shape, message, "", 0, Text("", ""), "", "")


NO_TARGET = finding(Text("目標値がありません", "there is no target"), "violation")
NO_PERIOD = finding(Text("計画期間がありません", "there is no plan period"))
THEME = Suggestion(Text("政策テーマ", "policy theme"), Text("しごとづくり", "jobs"), ("創業", "従業者"))


def review(folder: Path, text: str = TEXT, found: Findings | None = None) -> Review:
    """The review of a text, read from a file. The third indicator has a finding, the first goal a suggestion."""
    path = folder / "例示市総合戦略.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return review_of(read(path), found or strategy(text))


def review_of(reading: Reading, found: Findings) -> Review:
    """The review of what was found, with a finding on the document and one on an indicator, and a suggestion."""
    entries = entries_of(found, reading, lambda record: PLAN if isinstance(record, Plan) else None)
    return Review(
        reading,
        "第２期例示市総合戦略",
        found.family,
        NextSteps("drafts/例示市総合戦略.ttl", "sosei accept drafts/例示市総合戦略.ttl"),
        tuple(map(_annotated, entries)),
        found.unread,
        (NO_PERIOD,),
    )


def _annotated(entry: Entry) -> Entry:
    parts = tuple(map(_annotated, entry.parts))
    findings = (NO_TARGET,) if entry.printed == "宿泊者の割合" else ()
    suggestions = (THEME,) if entry.printed == "しごとをつくる" else ()
    return replace(entry, parts=parts, findings=findings, suggestions=suggestions)


def long_strategy(pages: int = 200, indicators_a_page: int = 5) -> tuple[str, Findings]:
    """A long document: a goal a page, a line an indicator with two values, running text; every tenth is doubtful."""
    parts = []
    for page in range(1, pages + 1):
        lines = [f"基本目標{page}　暮らしをまもる{page}"]
        for number in range(1, indicators_a_page + 1):
            lines.append(f"指標{page}の{number} {page}{number}件（R5） {page}{number}0件（R11）")
            lines += ["本市では、町内会や事業者とともに、暮らしを支える取組を続けている。" * 3] * 6
        parts.append("\n".join(lines) + "\n")
    text = "第２期例示市総合戦略\n" + "\f".join(parts)
    script = Script(text)
    name = script.find("第２期例示市総合戦略")
    goals = tuple(_long_goal(script, page, indicators_a_page) for page in range(1, pages + 1))
    return text, Findings("strategy", name, plans=(Plan("ComprehensiveStrategy", name, elements=goals),))


def _long_goal(script: Script, page: int, count: int) -> Element:
    mark, name = script.find(str(page)), script.find(f"暮らしをまもる{page}")
    indicators = []
    for number in range(1, count + 1):
        values: tuple[tuple[ValueKind, str, str], ...] = (
            ("baseline", f"{page}{number}件", "R5"),
            ("target", f"{page}{number}0件", "R11"),
        )
        made = indicator(script, f"指標{page}の{number}", *values, kind="KeyPerformanceIndicator")
        unsure = (page * count + number) % 10 == 0
        indicators.append(replace(made, doubt=Doubt(0.5 if unsure else 1.0)))
    return Element("BasicGoal", name, page, mark, tuple(indicators))
