"""Indicators and their values as nodes: what was printed, and the number, reason or words that it means."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from sosei_graph.evidence.standing import figure_stands
from sosei_graph.ingest.drafting.names import Names
from sosei_graph.ingest.drafting.naming import INDICATORS, Place
from sosei_graph.ingest.drafting.times import Times, key_of
from sosei_graph.ingest.facts import Notebook, decimal, integer, node, string, term, true
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.records import Indicator, Unread, Value, ValueKind
from sosei_graph.languages import Text
from sosei_graph.text import fold, squeeze
from sosei_graph.text.figures import Figure
from sosei_graph.validation.figures import is_bare
from sosei_graph.vocab import BASE

#: Kind of value → its class, the property that points at it, and what it is called.
KINDS: dict[ValueKind, tuple[str, str, Text]] = {
    "baseline": ("sosei:BaselineValue", "sosei:hasBaseline", Text("基準値", "baseline")),
    "actual": ("sosei:ActualValue", "sosei:hasActual", Text("実績値", "actual")),
    "target": ("sosei:TargetValue", "sosei:hasTarget", Text("目標値", "target")),
    "projection": ("sosei:ProjectedValue", "sosei:hasProjection", Text("推計値", "projection")),
}
#: Labels of figures that leave nothing out.
_WHOLES = ("全体", "市全体", "町全体", "村全体", "総数", "実数")
#: A tenth: three of them are 30 %.
_TENTH = "割"
_UNKNOWN_UNIT = Text(
    "単位「{unit}」は単位の一覧にありません", "the unit “{unit}” is not in the scheme of units"
)
_NO_NUMBER = Text(
    "「{printed}」は一つの数ではないので、印刷のとおり書きました",
    "“{printed}” is not one number, so it is written as printed",
)
_SECOND = Text("同じ時期の値が一つの欄にいくつもあります", "one cell has several values of the same time")
_UNREAD = Text("値を読み取れませんでした", "the value could not be read")


@dataclass
class Indicators:
    """Writes the indicators of a plan."""

    notes: Notebook
    names: Names
    known: Known
    times: Times
    early: bool = False
    """Whether the plan is an outline or a draft, whose indicators need no values yet."""
    unread: list[Unread] = field(default_factory=list)
    ordinals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def write(self, indicator: Indicator, place: Place, *owners: str) -> str:
        """An indicator of one or more elements with its values; gives its IRI."""
        folder = INDICATORS[indicator.kind]
        self.ordinals[owners[0], folder] += 1
        ordinal = self.ordinals[owners[0], folder]
        iri = self.notes.free(place.indicator(folder, ordinal), f"{owners[0]}/{folder}/{ordinal}")
        notes = self.notes
        own = Text(f"指標 {ordinal}", f"Indicator {ordinal}")
        notes.begin(
            iri, f"sosei:{indicator.kind}", self.names.label(indicator.name, own), doubt=indicator.doubt
        )
        self.names.say(iri, indicator.name)
        self.names.mark(iri, indicator.notation)
        notes.say(iri, "sosei:ordinal", integer(ordinal))
        for owner in owners:
            notes.link(iri, "sosei:indicatorOf", owner)
        self._marks(iri, indicator)
        self.notes.mark(iri, indicator.unit)
        notes.named(indicator, iri)
        self._values(iri, indicator)
        return iri

    def _marks(self, iri: str, indicator: Indicator) -> None:
        """What the name itself says of the way of counting."""
        name = fold(indicator.name.text)
        if "累計" in name or "累積" in name:
            self.notes.say(iri, "sosei:cumulative", true())
        if "暦年" in name:
            self.notes.say(iri, "sosei:yearBasis", term("yearbasis:calendar"))

    def _values(self, iri: str, indicator: Indicator) -> None:
        numbers = set[tuple[ValueKind, str, str]]()
        for value in indicator.values:
            if value.figure is None and value.absence is None and value.words is None:
                self.unread.append(Unread(value.printed, _UNREAD))
                continue
            self._value(iri, indicator, value, numbers)
        kinds = {value.kind for value in indicator.values}
        if indicator.kind in ("KeyPerformanceIndicator", "NumericTarget") and not self.early:
            for kind in ("baseline", "target"):
                if kind not in kinds:
                    self._missing(iri, indicator, kind)

    def _missing(self, iri: str, indicator: Indicator, kind: ValueKind) -> None:
        """A value that every KPI should have and that was not found: said, not invented."""
        class_, link, called = KINDS[kind]
        value = self.notes.free(f"{iri}/{kind}")
        label = f"{indicator.name.text}：{called.ja}（取り込みでは見つからず）"
        self.notes.begin(value, class_, label, indicator.name)
        self.notes.say(value, "sosei:absenceReason", term("absence:not-found"))
        self.notes.link(value, "sosei:period", self.times.iri(None))
        self.notes.link(iri, link, value)

    def _value(
        self, iri: str, indicator: Indicator, value: Value, numbers: set[tuple[ValueKind, str, str]]
    ) -> None:
        class_, link, _ = KINDS[value.kind]
        key = key_of(value.when.period if value.when else None)
        single = value.kind == "baseline" or not key
        first = f"{iri}/{value.kind}" if single else f"{iri}/{value.kind}/{key}"
        again = f"{iri}/{value.kind}/{key}" if single and key else first
        name = self.notes.named(value, self.notes.free(first, again))
        self.notes.begin(name, class_, _label(indicator, value), value.printed, doubt=value.doubt)
        self.times.point(name, value.when)
        printed = self._printed(value)
        meaning = self._meaning(name, indicator, value, printed)
        time = key or (squeeze(value.when.printed.text) if value.when else "")
        if meaning is not None and (value.kind, time, meaning[1]) in numbers:
            self.notes.remark(name, _SECOND, 0.8)
            meaning = None
        if meaning is not None:
            numbers.add((value.kind, time, meaning[1]))
            self.notes.say(name, "sosei:numericValue", decimal(meaning[0]))
            if meaning[1]:
                self.notes.say(name, "sosei:unit", node(meaning[1]))
            if value.unit and is_bare(printed):
                self.notes.say(name, "sosei:statedUnit", string(value.unit.text), value.unit)
        elif value.absence is not None:
            self.notes.say(name, "sosei:absenceReason", term(f"absence:{value.absence}"))
        else:
            self.notes.say(name, "sosei:qualitativeValue", string(value.words or printed))
        if printed:
            self.notes.say(name, "sosei:statedValue", string(printed), value.printed)
        self.notes.link(iri, link, name)

    def _meaning(
        self, name: str, indicator: Indicator, value: Value, printed: str
    ) -> tuple[Decimal, str] | None:
        """The number and the unit of a figure that is one number; marks of the value are said on the way."""
        figure = value.figure
        if figure is None:
            return None
        if figure.approximate:
            self.notes.say(name, "sosei:approximate", true())
        if figure.cumulative or (value.when and value.when.period and value.when.period.cumulative):
            self.notes.say(name, "sosei:cumulative", true())
        if figure.change and figure.change not in printed:
            self.notes.say(name, "sosei:increase", true())
        number = number_of(figure, value.kind)
        if number is None:
            if not value.doubt.remarks:
                self.notes.remark(name, _NO_NUMBER.fill(printed=printed))
            return None
        if figure.unit == _TENTH:
            return number * 10, f"{BASE}scheme/unit/percent"
        return number, self._unit(name, indicator, figure)

    def _unit(self, name: str, indicator: Indicator, figure: Figure) -> str:
        printed = figure.unit or (indicator.unit.text if indicator.unit else "")
        if not printed:
            return self.known.unit_of_rate(indicator.name.text) or ""
        rate = f"{printed}/{figure.per}" if figure.per else printed
        unit = self.known.unit(rate)
        if unit is None and figure.per_year:
            unit = self.known.unit(printed)  # values are those of a year
        if unit is None:
            self.notes.remark(name, _UNKNOWN_UNIT.fill(unit=rate), 0.9)
        return unit or ""

    def _printed(self, value: Value) -> str:
        """What was printed, in the words that can be found again at its place."""
        raw = "".join(self.names.reading.at(span) for span in value.printed.spans)
        candidates = [value.figure.printed if value.figure else "", value.printed.text, squeeze(raw)]
        found = (each for each in candidates if each and figure_stands(each, raw))
        return next(found, value.printed.text or squeeze(raw))


def number_of(figure: Figure, kind: ValueKind) -> Decimal | None:
    """The number of a figure: of a target `240件以上` it is the number that is to be reached."""
    if figure.change is not None or _is_of_a_part(figure):
        return None
    if figure.number is not None:
        return figure.number
    if kind != "target" or any(bound is not None and bound < 0 for bound in (figure.low, figure.high)):
        return None  # ▲10人以上 may be at least 10 down
    if figure.low is not None and figure.high is None and not figure.low_open:
        return figure.low
    if figure.high is not None and figure.low is None and not figure.high_open:
        return figure.high
    return None


def _is_of_a_part(figure: Figure) -> bool:
    """`男性：81歳`, `うち市内120人` are no values of the indicator itself; ①, `全国3位` and `全体：50%` are."""
    label = figure.label or ""
    return label[-1:].isalpha() and figure.unit != "位" and label not in _WHOLES


def _label(indicator: Indicator, value: Value) -> str:
    change = value.figure.change if value.figure else None
    called = KINDS[value.kind][2].ja + (
        f"（{change}）" if change and change not in value.printed.text else ""
    )
    when = squeeze(value.when.printed.text) if value.when else ""
    period = value.when.period if value.when else None
    if not when:
        return f"{indicator.name.text}：{called}"
    if period is None or period.iri() is None:
        return f"{indicator.name.text}：{called}（{when}）"
    return f"{indicator.name.text}：{when}の{called}"
