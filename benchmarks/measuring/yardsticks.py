"""The yardsticks of the project, and what was measured of each. A row is there where its job was measured.

Whoever adds a job adds a function here that makes its row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.measuring.plan import COLD_JOB, REAL, job
from benchmarks.measuring.results import Measurement, Results, ratio
from benchmarks.measuring.writing import limit, seconds, times
from sosei_graph.languages import Text

_AT, _LARGE = "1m", "10m"
_OWLRL_AT = "10k"
#: The jobs whose time for each statement may not grow.
GROWING = ("load", "disk", "reason", "validate", "export")


@dataclass(frozen=True)
class Yardstick:
    """A job, what is asked of it, what was measured, and whether that is enough."""

    name: str
    """Of the note on it in `notes.toml`."""
    job: Text
    asked: Text
    measured: Text
    met: bool


def yardsticks(results: Results) -> list[Yardstick]:
    """Those that something was measured for, in the order of the design."""
    return [row for make in _ROWS for row in make(results)]


def _load(results: Results) -> Iterator[Yardstick]:
    title = Text(
        "100 万文の Turtle を読み込む（すべての検査つき）", "Load 1 M statements of Turtle, with all checks"
    )
    ours = results.of("load", _AT)
    raw, files = (results.of("load", _AT, peer) for peer in ("pyoxigraph", "pyoxigraph-files"))
    if ours and raw:
        found = ours.wall / raw.wall
        beside = ratio(ours, files)
        yield Yardstick(
            "load-raw",
            title,
            Text("素の pyoxigraph の 1.3 倍以内", "≤ 1.3 × raw pyoxigraph"),
            Text(
                f"{times(found)} 倍（CPU 時間では {times(ours.cpu / raw.cpu)} 倍"
                + (f"、ファイルごとに読む pyoxigraph の {times(beside)} 倍）" if beside else "）"),
                f"{times(found)} × (CPU time {times(ours.cpu / raw.cpu)} ×"
                + (f"; pyoxigraph file by file {times(beside)} ×)" if beside else ")"),
            ),
            found <= 1.3,
        )
    if faster := ratio(results.of("load", _AT, "rdflib"), ours):
        yield Yardstick(
            "load-rdflib",
            title,
            Text("rdflib の 8 倍以上の速さ", "≥ 8 × as fast as rdflib"),
            Text(f"{times(faster)} 倍", f"{times(faster)} ×"),
            faster >= 8,
        )


def _reason(results: Results) -> Iterator[Yardstick]:
    if ours := results.of("reason", _AT):
        yield _cpu("reason", ours, Text("100 万文の推論", "Reason over 1 M statements"), 10)
    faster = ratio(results.of("closure", _OWLRL_AT, "owlrl"), results.of("closure", _OWLRL_AT))
    if faster:
        yield Yardstick(
            "reason-owlrl",
            Text("1 万文の推論", "Reason over 10 k statements"),
            Text("owlrl の 100 倍以上の速さ", "≥ 100 × as fast as owlrl"),
            Text(f"{times(faster)} 倍", f"{times(faster)} ×"),
            faster >= 100,
        )


def _validate(results: Results) -> Iterator[Yardstick]:
    if ours := results.of("validate", _AT):
        title = Text(
            "100 万文の検証（日英の報告つき）", "Validate 1 M statements, with the report in both languages"
        )
        yield _cpu("validate", ours, title, 15)
    if ours := results.of("document", _AT):
        title = Text("100 万文のうち 1 つの文書の検証", "Validate one changed document among 1 M statements")
        yield _wall("validate-document", ours, title, 1.0, Text("1 秒未満", "under 1 s"))


def _questions(results: Results) -> Iterator[Yardstick]:
    for size, most, ja, en in ((_AT, 0.1, "100 万", "1 M"), (_LARGE, 1.0, "1000 万", "10 M")):
        if not (found := results.of("questions", size)):
            continue
        asked = [Asked(*each) for each in found.facts["questions"]]
        yield _questions_time(
            asked, most, size, Text(f"{ja}文への質問", f"Every question over {en} statements")
        )
        if size == _AT:
            yield _questions_beside(asked)


@dataclass(frozen=True)
class Asked:
    """A question with its parameters: rows of its answer, our seconds, and those of the bare engine."""

    question: str
    parameters: str
    rows: int
    ours: float
    raw: float

    @property
    def title(self) -> str:
        """As it is written on the command line."""
        return f"{self.question} {self.parameters}".strip()


def _questions_time(asked: Sequence[Asked], most: float, size: str, title: Text) -> Yardstick:
    quick = sum(each.ours <= most for each in asked)
    slowest = max(asked, key=lambda each: each.ours)
    middle = seconds(median(each.ours for each in asked))
    return Yardstick(
        f"questions-{size}",
        title,
        Text(f"どれも中央値 {limit(most).ja}以内", f"each a median of ≤ {limit(most).en}"),
        Text(
            f"{len(asked)} 件のうち {quick} 件。中央の質問 {middle.ja}、"
            f"最も遅い `{slowest.title}` {seconds(slowest.ours).ja}",
            f"{quick} of {len(asked)}; the middle one {middle.en}, the slowest, `{slowest.title}`, "
            f"{seconds(slowest.ours).en}",
        ),
        quick == len(asked),
    )


def _questions_beside(asked: Sequence[Asked]) -> Yardstick:
    beside = [each.ours / each.raw for each in asked]
    within, middle, most = sum(each <= 1.2 for each in beside), times(median(beside)), times(max(beside))
    together = sum(each.ours for each in asked) / sum(each.raw for each in asked)
    return Yardstick(
        "questions-raw",
        Text("同じ質問を pyoxigraph だけで尋ねるのに比べて", "The same beside pyoxigraph alone"),
        Text("どれも 1.2 倍以内", "each ≤ 1.2 ×"),
        Text(
            f"{len(asked)} 件のうち {within} 件。中央値 {middle} 倍、最大 {most} 倍、"
            f"合計の時間では {times(together)} 倍",
            f"{within} of {len(asked)}; median {middle} ×, most {most} ×, all of them together {times(together)} ×",
        ),
        within == len(asked),
    )


def _export(results: Results) -> Iterator[Yardstick]:
    if ours := results.of("export", _AT):
        digests = {run.facts["sha256"] for run in ours.runs}
        row = _cpu("export", ours, Text("100 万文の Turtle の書き出し", "Export 1 M statements as Turtle"), 3)
        same = len(digests) == 1
        count = len(ours.runs)
        told = Text(
            f"{count} 回の書き出しは{'同じ' if same else '異なる'}バイト列",
            f"runs: {count}, {'the same bytes' if same else 'different bytes'}",
        )
        yield Yardstick(
            row.name,
            row.job,
            Text(f"{row.asked.ja}、毎回同じバイト列", f"{row.asked.en}, the same bytes each time"),
            Text(f"{row.measured.ja}、{told.ja}", f"{row.measured.en}; {told.en}"),
            row.met and same,
        )


def _cold(results: Results) -> Iterator[Yardstick]:
    rows: tuple[tuple[str, float, Text], ...] = (
        ("help", 0.1, Text("`sosei --help`", "`sosei --help`")),
        (
            "question",
            0.25,
            Text("実データへの質問（起動から）", "A question over the real data, from the start"),
        ),
        (
            "build",
            3.0,
            Text("実データの `sosei build`（起動から）", "`sosei build` on the real data, from the start"),
        ),
    )
    for name, most, title in rows:
        if found := results.of(COLD_JOB, REAL, name):
            asked = Text(f"{limit(most).ja}以内", f"≤ {limit(most).en}")
            yield _wall(f"cold-{name}", found, title, most, asked)


def _growth(results: Results) -> Iterator[Yardstick]:
    found = {}
    for name in GROWING:
        small, large = (_for_each(results, name, size) for size in (_AT, _LARGE))
        if small and large:
            found[name] = large / small
    if found:
        listed = [(job(name).title, times(value)) for name, value in found.items()]
        yield Yardstick(
            "growth",
            Text("規模による伸び", "Growth"),
            Text(
                "1000 万文での 1 文あたりの時間が 100 万文の 1.3 倍以内",
                "time for each statement at 10 M ≤ 1.3 × that at 1 M",
            ),
            Text(
                "、".join(f"{title.ja} {value} 倍" for title, value in listed),
                "; ".join(f"{title.en} {value} ×" for title, value in listed),
            ),
            max(found.values()) <= 1.3,
        )


def _for_each(results: Results, name: str, size: str) -> float | None:
    found = results.of(name, size)
    return found.wall / statements(results, size) if found else None


def statements(results: Results, size: str) -> int:
    """How many a corpus has in the store, without what follows."""
    told: dict[str, Any] = results.corpora[size]
    return int(told["statements"])


def _cpu(name: str, found: Measurement, title: Text, most: float) -> Yardstick:
    used, wall = seconds(found.cpu), seconds(found.wall)
    return Yardstick(
        name,
        title,
        Text(f"CPU {most:g} 秒以内", f"≤ {most:g} CPU s"),
        Text(f"CPU {used.ja}（経過時間 {wall.ja}）", f"{used.en} CPU ({wall.en} elapsed)"),
        found.cpu <= most,
    )


def _wall(name: str, found: Measurement, title: Text, most: float, asked: Text) -> Yardstick:
    return Yardstick(name, title, asked, seconds(found.wall), found.wall <= most)


_ROWS: tuple[Callable[[Results], Iterator[Yardstick]], ...] = (
    _load,
    _reason,
    _validate,
    _questions,
    _export,
    _cold,
    _growth,
)
