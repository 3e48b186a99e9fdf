"""What a person sees: views of tables, builds, things and traces, for a terminal or a pipe."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sosei_graph.blocks import Block, Grid, Note, Style, one_line, plain
from sosei_graph.languages import Lang, Text

if TYPE_CHECKING:
    from sosei_graph.building import BuildResult
    from sosei_graph.describe import Description, Origin
    from sosei_graph.describe import Group as Values
    from sosei_graph.evidence import TraceReport
    from sosei_graph.network import Connection
    from sosei_graph.store.memory import Store
    from sosei_graph.tables import Table
    from sosei_graph.validation.findings import Report, Severity
    from sosei_graph.workspace import Workspace

_BLANK = Note("")

_STYLES: dict["Severity", Style] = {"violation": "bad", "warning": "warning", "info": "good"}
#: What the build counts, in the words of the domain.
COUNTED = {
    "Document": Text("文書", "documents"),
    "Plan": Text("計画", "plans"),
    "Goal": Text("目標", "goals"),
    "KeyPerformanceIndicator": Text("重要業績評価指標（KPI）", "key performance indicators (KPIs)"),
    "IndicatorValue": Text("指標の値", "indicator values"),
    "Agreement": Text("連携協約", "cooperation agreements"),
    "CooperationItem": Text("連携項目", "cooperation items"),
    "RoleAssignment": Text("役割の分担", "role assignments"),
    "Alignment": Text("対応付け", "alignments"),
    "Evidence": Text("根拠の箇所", "places of evidence"),
}
STEPS = {
    "load": Text("読み込み", "load"),
    "reason": Text("推論", "reason"),
    "validate": Text("検証", "validate"),
    "write": Text("書き出し", "write"),
}
_CLASSES = Text("種類", "Kind")
_FACTS = Text("分かっていること", "What is known")
_INCOMING = Text("これを参照するもの", "What refers to it")
_EVIDENCE = Text("根拠（文書と文字位置）", "Evidence (document and characters)")
_ORIGINS = Text("出典", "Where it is said")
_MORE = Text("… ほか {n} 件（--all で全件）", "… and {n} more (--all lists them)")
_SAME = Text("同じものを指しています。", "Both names mean the same thing.")
_UNCONNECTED = Text(
    "つながりはありません。計画・連携協約・文書のどの関係をたどっても行き着きません。",
    "They are not connected: no relation of plans, agreements or documents leads from one to the other.",
)
_UNLINKED = Text(
    "「{name}」は、たどれる関係を一つも持ちません（単位や年度のように広く共有されるものはたどりません）。",
    "“{name}” has no relation that is followed (what is widely shared, such as a unit or a year, is not).",
)
_MORE_WAYS = Text("… ほか {n} 通り（--all で 1,000 通りまで）", "… and {n} more (--all lists up to 1,000)")
_LISTED = 10
_NAMED = 4


def show(blocks: Sequence[Block]) -> None:
    """Print a view on standard output, laid out for a terminal if it is one."""
    if sys.stdout.isatty():
        from sosei_graph.terminal import lay_out

        lay_out(blocks, sys.stdout)
    else:
        sys.stdout.write(plain(blocks))


@contextmanager
def busy(what: Text, lang: Lang) -> Iterator[None]:
    """Show on standard error that work goes on, if somebody is there to see it."""
    if sys.stderr.isatty():
        from sosei_graph.terminal import spinner

        with spinner(what.in_(lang), sys.stderr):
            yield
    else:
        yield


@contextmanager
def counting(what: Text, lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how many of how many are done, if somebody is there to see it."""
    if sys.stderr.isatty():
        from sosei_graph.terminal import bar

        with bar(what.in_(lang), sys.stderr) as update:
            yield update
    else:
        yield lambda _done, _all: None


def table_view(table: "Table", lang: Lang) -> list[Block]:
    """The answer to a question: its title, the rows, how many there are, what has to be known of them."""
    from sosei_graph.tables import numeric_columns

    count = len(table.rows)
    total = Text(
        "該当なし" if not count else f"{count:,} 件",
        "no rows" if not count else f"{count:,} row{'s'[: count - 1]}",
    )
    rows = tuple(tuple(cell.text for cell in row) for row in table.rows)
    grid = Grid(rows, tuple(column.title for column in table.columns), numeric_columns(table))
    meaning = f": {table.empty}" if table.empty and not count else ""
    notes = [Note(table.note, "faint")] if table.note else []
    return [Note(table.title, "heading"), grid, Note(total.in_(lang) + meaning, "faint"), *notes]


def build_view(result: "BuildResult", workspace: "Workspace", lang: Lang) -> list[Block]:
    """The summary of a build: what there is, what was found, how long it took, where it lies."""
    things = [(COUNTED[name].in_(lang), f"{count:,}") for name, count in result.counts.items()]
    stated = Text("記述（トリプル、語彙を含む）", "triples stated (with the vocabulary)").in_(lang)
    inferred = Text("推論（トリプル）", "triples inferred").in_(lang)
    numbers = (*things, (stated, f"{result.asserted:,}"), (inferred, f"{result.inferred:,}"))
    steps = (*result.seconds.items(), ("", sum(result.seconds.values())))
    total = Text("合計", "total")
    times = tuple(
        (STEPS.get(name, total).in_(lang), Text("{s:.2f} 秒", "{s:.2f} s").fill(s=s).in_(lang))
        for name, s in steps
    )
    return [
        Note(Text("グラフを作りました", "The graph is built").in_(lang), "heading"),
        Grid(numbers, right=frozenset({1}), indent=2),
        *findings_view(result.report, lang),
        Note(Text("所要時間", "Time").in_(lang), "heading"),
        Grid(times, right=frozenset({1}), indent=2),
        Note(Text("書き出し先", "Written to").in_(lang) + f" {workspace.build_dir}", "heading"),
        Note("  ".join(path.name for path in result.written), indent=2),
        Note(Text("作業フォルダー", "Workspace").in_(lang) + f": {_place_of(workspace, lang)}"),
    ]


def comes_with_the_package(workspace: "Workspace") -> bool:
    """Whether it is the package's own workspace, used because no other was found (it is built elsewhere)."""
    return workspace.is_packaged


def _place_of(workspace: "Workspace", lang: Lang) -> str:
    if comes_with_the_package(workspace):
        return Text("同梱のデータ", "the one that comes with the package").in_(lang)
    return str(workspace.root)


def findings_view(report: "Report", lang: Lang) -> list[Block]:
    """How many findings of each severity, and the violations, the first of them at least."""
    from sosei_graph.validation.report_formats import summary, text_line

    gravest: Severity = next((severity for severity, count in report.counts.items() if count), "info")
    blocks: list[Block] = [
        Note(Text("検証", "Validation").in_(lang) + ": " + summary(report).in_(lang), _STYLES[gravest])
    ]
    violations = [finding for finding in report.findings if finding.severity == "violation"]
    blocks += [Note(text_line(each, lang), indent=2) for each in violations[:_LISTED]]
    if len(violations) > _LISTED:
        more = Text("… ほか {n} 件（sosei validate で全件）", "… and {n} more (sosei validate lists them)")
        blocks.append(Note(more.fill(n=len(violations) - _LISTED).in_(lang), "faint", indent=2))
    return blocks


def description_view(described: "Description", lang: Lang) -> list[Block]:
    """Everything known of a thing: its names, what is said of it, what points at it, its evidence."""
    name = described.label
    if described.other_label:
        name += Text(f"（{described.other_label}）", f" ({described.other_label})").in_(lang)
    classes = Text("、", ", ").in_(lang).join(value.text for value in described.classes)
    blocks: list[Block] = [
        Note(one_line(name), "heading"),
        Note(f"{described.short}  <{described.iri}>", "faint"),
    ]
    blocks += [Note(f"{_CLASSES.in_(lang)}: {classes}")] if classes else []
    origins: list[str] = []
    for title, groups in (
        (None, described.summary),
        (_FACTS, described.facts),
        (_INCOMING, described.incoming),
    ):
        if groups:
            heading = [Note(title.in_(lang), "heading")] if title else []
            blocks += [_BLANK, *heading, _groups_grid(groups, origins, lang)]
    if described.evidence:
        spans: dict[str, list[str]] = {}
        for span in described.evidence:
            spans.setdefault(span.label, []).append(f"{span.start}–{span.end}")
        places = tuple((label, ", ".join(each)) for label, each in spans.items())
        blocks += [_BLANK, Note(_EVIDENCE.in_(lang), "heading"), Grid(places, indent=2)]
    if origins:
        numbered = tuple((f"[{number}]", origin) for number, origin in enumerate(origins, start=1))
        blocks += [_BLANK, Note(_ORIGINS.in_(lang), "heading"), Grid(numbered, indent=2)]
    return blocks


def _groups_grid(groups: Sequence["Values"], origins: list[str], lang: Lang) -> Grid:
    """A line a value: the property, the value, the numbers of its origins, which `origins` collects."""
    rows: list[tuple[str, ...]] = []
    for group in groups:
        values = [(value.text, _numbers(value.origins, origins)) for value in group.values]
        if group.more:
            values.append((_MORE.fill(n=group.more).in_(lang), ""))
        rows += [(group.label if place == 0 else "", *value) for place, value in enumerate(values)]
    return Grid(tuple(rows), indent=2)


def _numbers(found: Sequence["Origin"], origins: list[str]) -> str:
    # That a fact also follows by a rule does not matter where somebody states it.
    stated = [origin for origin in found if origin.kind != "inferred"]
    labels = dict.fromkeys(origin.label for origin in stated or found)
    origins += [label for label in labels if label not in origins]
    return "".join(f"[{origins.index(label) + 1}]" for label in labels)


def connection_view(connection: "Connection", lang: Lang) -> list[Block]:
    """How two things are connected: how far they are apart, then each of the shortest ways, a line a link."""
    one, other = connection.start, connection.end
    ends = Text("「{one}」と「{other}」のつながり", "From “{one}” to “{other}”")
    blocks: list[Block] = [Note(ends.fill(one=one.label, other=other.label).in_(lang), "heading")]
    if not connection.length:
        apart = _SAME if connection.ways else _UNCONNECTED
        unlinked = [
            Note(_UNLINKED.fill(name=thing.label).in_(lang), indent=2)
            for thing in dict.fromkeys((one, other))
            if not thing.linked
        ]
        return [*blocks, Note(apart.in_(lang)), *unlinked]
    count = len(connection.ways) + connection.more
    blocks.append(Note(_distance(connection.length, count).in_(lang)))
    for way in connection.ways:
        blocks += [_BLANK, *(Note(each, indent=2) for step in way for each in step.sentences)]
    if connection.more:
        blocks += [_BLANK, Note(_MORE_WAYS.fill(n=f"{connection.more:,}").in_(lang), "faint")]
    return blocks


def _distance(steps: int, ways: int) -> Text:
    if ways == 1:
        return Text(
            f"最短の道筋は {steps} 段階です。", f"The shortest way has {steps} step{'s'[: steps - 1]}."
        )
    return Text(
        f"最短の道筋は {steps} 段階で、{ways:,} 通りあります。",
        f"The shortest ways have {steps} step{'s'[: steps - 1]}; there are {ways:,}.",
    )


def trace_view(report: "TraceReport", store: "Store", lang: Lang, *, spans: bool) -> list[Block]:
    """What was re-read: with `spans` each place and its text, then what does not match, then the count."""
    blocks: list[Block] = []
    for result in report.results if spans else ():
        place = f"{result.document.rsplit('/', 1)[-1]}  {result.start}–{result.end}"
        blocks += [
            Note(place, "faint" if result.ok else "bad"),
            Note(_names([store.label(thing, lang) for thing in result.things], lang), indent=2),
        ]
        if result.text:  # else nothing could be read there
            text = " ".join(result.text.split())
            blocks.append(Note(f"「{text}」", "good" if result.ok else "bad", indent=2))
    for failure in report.failures:
        found = f": 「{failure.found}」" if failure.found else ""
        blocks.append(Note(f"{failure.where(store, lang)}: {failure.message.in_(lang)}{found}", "bad"))
    return [*blocks, Note(report.summary(lang), "good" if report.ok else "bad")]


def _names(labels: Sequence[str], lang: Lang) -> str:
    """A few names in a line, each once, and how many more there are."""
    different = list(dict.fromkeys(labels))
    more = (
        Text("、ほか {n} 件", ", and {n} more").fill(n=len(different) - _NAMED)
        if len(different) > _NAMED
        else Text("", "")
    )
    return Text("、", ", ").in_(lang).join(different[:_NAMED]) + more.in_(lang)
