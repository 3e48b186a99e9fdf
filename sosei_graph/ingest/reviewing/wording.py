"""What facts are called and how they are read out, in the words of the domain."""

from datetime import date
from decimal import Decimal

from sosei_graph.ingest.records import ElementKind, Family, IndicatorKind, Role, Value, ValueKind
from sosei_graph.languages import Text
from sosei_graph.text.dates import Period
from sosei_graph.text.figures import Figure
from sosei_graph.validation.findings import Severity

FAMILIES: dict[Family, Text] = {
    "plan": Text("地域再生計画", "Regional revitalization plan"),
    "agreement": Text("連携協約", "Cooperation agreement"),
    "strategy": Text("総合戦略", "Comprehensive strategy"),
    "progress": Text("取組状況報告", "Progress report"),
    "council": Text("会議資料", "Meeting material"),
}
ELEMENTS: dict[ElementKind, Text] = {
    "Principle": Text("基本的視点", "Principle"),
    "BasicGoal": Text("基本目標", "Basic goal"),
    "CrossCuttingGoal": Text("横断的な目標", "Cross-cutting goal"),
    "Goal": Text("目標", "Goal"),
    "Direction": Text("基本的方向", "Direction"),
    "Measure": Text("施策", "Measure"),
    "Programme": Text("事業群", "Programme"),
    "Project": Text("事業", "Project"),
    "Initiative": Text("取組", "Initiative"),
    "Activity": Text("実施内容", "Activity"),
}
INDICATORS: dict[IndicatorKind, Text] = {
    "NumericTarget": Text("数値目標", "Numeric target"),
    "KeyPerformanceIndicator": Text("ＫＰＩ", "KPI"),
    "ReferenceIndicator": Text("参考指標", "Reference indicator"),
    "ContextIndicator": Text("現況指標", "Context indicator"),
}
VALUES: dict[ValueKind, Text] = {
    "baseline": Text("基準値", "Baseline"),
    "actual": Text("実績値", "Actual"),
    "target": Text("目標値", "Target"),
    "projection": Text("推計値", "Projection"),
}
ROLES: dict[Role, Text] = {
    "lead": Text("主導（主体的に取り組む）", "Lead (acts on its own initiative)"),
    "partner": Text("連携", "Partner"),
    "cooperating": Text("協力", "Cooperating"),
}
STAGES: dict[str, Text] = {
    "outline": Text("骨子", "outline"),
    "draft": Text("素案", "draft"),
    "proposal": Text("原案", "proposal"),
    "adopted": Text("策定済み", "adopted"),
}
ABSENCES: dict[str, Text] = {
    "blank-mark": Text("横線などの印", "blank mark"),
    "illegible": Text("欠落・判読不能", "missing or illegible"),
    "not-applicable": Text("該当なし", "not applicable"),
    "not-found": Text("取り込みで見つからず", "not found when read in"),
    "not-implemented": Text("未実施", "not implemented"),
    "not-stated": Text("記載なし", "not stated"),
    "not-yet-counted": Text("集計中", "not yet counted"),
    "not-yet-set": Text("未設定", "not yet set"),
    "other-document": Text("別の文書にある", "in another document"),
}
PLANS: dict[str, Text] = {
    "RegionalRevitalizationPlan": FAMILIES["plan"],
    "ComprehensiveStrategy": FAMILIES["strategy"],
    "PopulationVision": Text("人口ビジョン", "Population vision"),
    "ComprehensivePlan": Text("総合計画", "Comprehensive plan"),
    "CooperationVision": Text("圏域ビジョン", "Cooperation vision"),
    "PolicyFramework": Text("政策の枠組み", "Policy framework"),
}

SEVERITIES: dict[Severity, Text] = {
    "violation": Text("違反", "Violation"),
    "warning": Text("注意", "Warning"),
    "info": Text("参考", "Note"),
}

UNREAD_VALUE = Text("読み取れず", "not read")
_PER = {
    "年": Text("／年", " a year"),
    "月": Text("／月", " a month"),
    "日": Text("／日", " a day"),
    "週": Text("／週", " a week"),
}


def both(text: str) -> Text:
    """Words that are the same in both languages: those of the document, numbers."""
    return Text(text, text)


def value_words(value: Value) -> Text:
    """What a value was read as, with its period: `3,500,000人 · 2019年度`."""
    said = _what(value)
    if value.when is None:
        return said
    if value.when.period is None:
        unread = Text("「{printed}」は時期として読み取れず", "“{printed}” was not read as a period")
        return Text("{said} · {when}", "{said} · {when}").fill(
            said=said, when=unread.fill(printed=value.when.printed.text)
        )
    return Text("{said} · {when}", "{said} · {when}").fill(said=said, when=period_words(value.when.period))


def _what(value: Value) -> Text:
    if value.figure is not None:
        return figure_words(value.figure)
    if value.absence is not None:
        reason = ABSENCES.get(value.absence, both(value.absence))
        return Text("値なし（{reason}）", "no value ({reason})").fill(reason=reason)
    if value.words is not None:
        return Text("語句「{words}」", "in words: “{words}”").fill(words=value.words)
    return UNREAD_VALUE


def figure_words(figure: Figure) -> Text:
    """A figure in full digits with its unit and all that changes what it says."""
    unit = figure.unit or ""
    ja, en = _amount(figure)
    ja = f"{'約' if figure.approximate else ''}{ja}"
    en = f"{'about ' if figure.approximate else ''}{en}"
    per = _PER.get(figure.per or "", both(""))
    beside = [word for word in (figure.counting, figure.change, figure.basis, figure.label) if word]
    ja_beside, en_beside = list(beside), list(beside)
    if figure.cumulative:
        ja_beside.append("累計")
        en_beside.append("cumulative")
    spaced = unit if unit in ("%", "％", "") else f" {unit}"
    return Text(
        f"{ja}{unit and spaced}{per.ja}" + (f"（{'、'.join(ja_beside)}）" if ja_beside else ""),
        f"{en}{unit and spaced}{per.en}" + (f" ({', '.join(en_beside)})" if en_beside else ""),
    )


def _amount(figure: Figure) -> tuple[str, str]:
    if figure.number is not None:
        return digits(figure.number), digits(figure.number)
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        return f"{digits(low)}～{digits(high)}", f"{digits(low)} to {digits(high)}"
    if low is not None:
        return _bound("＞>" if figure.low_open else "≧≥", low)
    if high is not None:
        return _bound("＜<" if figure.high_open else "≦≤", high)
    return UNREAD_VALUE.ja, UNREAD_VALUE.en


def _bound(signs: str, number: Decimal) -> tuple[str, str]:
    return f"{signs[0]} {digits(number)}", f"{signs[1]} {digits(number)}"


def digits(number: Decimal) -> str:
    """A number with a comma after each three digits, and as many decimals as it has."""
    return f"{number:,f}".replace("-", "−")


def period_words(period: Period) -> Text:
    """A period by its western years."""
    found = _span_of_time(period)
    return Text("{found}（累計）", "{found} (cumulative)").fill(found=found) if period.cumulative else found


def _span_of_time(period: Period) -> Text:
    if period.kind == "range" and period.first is not None and period.last is not None:
        ends = {"first": period_words(period.first), "last": period_words(period.last)}
        return Text("{first}～{last}", "{first} to {last}").fill(**ends)
    if period.kind == "plan-start":
        return Text("計画開始時点", "start of the plan")
    if period.kind == "duration" and period.years is not None:
        return Text("{years}年間", "{years} years").fill(years=period.years)
    if period.start is None:
        return _without_year(period)
    return _dated(period, period.start)


def _dated(period: Period, start: date) -> Text:
    year = {"year": start.year}
    if period.kind == "fiscal":
        return Text("{year}年度", "FY{year}").fill(**year)
    if period.kind == "calendar":
        return Text("{year}年（暦年）", "calendar year {year}").fill(**year)
    if period.kind == "month":
        return Text("{year}年{month}月", "{year}-{month:02d}").fill(**year, month=start.month)
    if period.kind == "date" or period.end is None:
        return day_words(start)
    return Text("{first}～{last}", "{first} to {last}").fill(
        first=day_words(start), last=day_words(period.end)
    )


def _without_year(period: Period) -> Text:
    if period.kind == "calendar":
        return Text("暦年で数える", "counted by calendar year")
    if period.kind == "fiscal":
        return Text("年度で数える", "counted by fiscal year")
    return Text("時期は明示なし", "time not stated")


def day_words(day: date) -> Text:
    """A day."""
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
