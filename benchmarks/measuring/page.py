"""docs/performance.md: the yardsticks, the figures behind them and the charts, in Japanese and in English."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.measuring.charts import Chart, charts
from benchmarks.measuring.plan import COLD, COLD_JOB, JOBS, REAL, Job
from benchmarks.measuring.results import Measurement, Results, dates
from benchmarks.measuring.writing import seconds, times, whole
from benchmarks.measuring.yardsticks import Asked, Yardstick, statements, yardsticks
from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.languages import LANGS, Lang, Text
from sosei_graph.tables import in_markdown
from sosei_graph.validation.findings import SEVERITIES

PAGE, IMAGES = "performance.md", "img"
_SLOWEST = 10

_TITLE = Text("性能", "Performance")
_HERE = Text("日本語", "English")
_INTRO = Text(
    "読み込み・推論・検証・質問・書き出しにかかる時間とメモリーを、ほかのエンジンと並べて、同じ計算機・同じデータで計ったものです。"
    "`benchmarks/run.py` が計り、このページを書き出しました。計り方は末尾にあります。",
    "Time and memory of loading, reasoning, validating, asking and exporting, side by side with other engines on one "
    "machine and the same data. Measured and written by `benchmarks/run.py`; how is said at the end.",
)
_YARDSTICKS = Text("目標と実測", "Yardsticks")
_HEAD = Text("仕事 | 目標 | 実測 | ", "Job | Yardstick | Measured | ")
_MET = {True: Text("達成", "met"), False: Text("未達", "missed")}
_GROWTH = Text("規模", "Size")
_BESIDE = Text("ほかのエンジンとの比", "Beside other engines")
_FIGURES = Text("すべての数値", "All figures")
_COLUMNS = Text(
    "文 | エンジン | 時間 | CPU 時間 | 100 万文あたり | メモリー | 比 | 回数",
    "Statements | Engine | Time | CPU time | For a million | Memory | Ratio | Runs",
)
_FOUND = Text(" | 違反・注意・参考", " | Violations, warnings, notes")
_FAILED = Text("計れませんでした", "not measured")
_QUESTIONS = Text("質問", "Questions")
_QUESTION_COLUMNS = Text(
    "文 | 質問 | 中央値 | 最も遅い質問 | pyoxigraph との比（中央値） | 同（最大）",
    "Statements | Questions | Median | The slowest | Beside pyoxigraph (median) | The same (most)",
)
_SLOWEST_TITLE = Text("{size} 文で遅い質問", "The slowest over {size} statements")
_SLOWEST_COLUMNS = Text("質問 | 行 | 時間 | pyoxigraph だけ", "Question | Rows | Time | pyoxigraph alone")
_COLD = Text("コマンドの起動から終わりまで", "Commands from start to end")
_COLD_COLUMNS = Text(
    "コマンド | 時間 | CPU 時間 | メモリー | 回数", "Command | Time | CPU time | Memory | Runs"
)
_COLD_ABOUT = Text(
    "このプロジェクトが収めた文書について、新しい Python を起動してから終わるまで（`python -m sosei_graph`）。",
    "On the documents that come with the package, from the start of a new Python to its end "
    "(`python -m sosei_graph`).",
)
_METHOD = Text("計り方", "How it was measured")
_MACHINE = Text(
    "計算機: {cores} コア、メモリー {memory_gib} GiB、{cpu}、{system}、{python}",
    "Machine: {cores} cores, {memory_gib} GiB of memory, {cpu}, {system}, {python}",
)
_VERSIONS = Text("版: {versions}", "Versions: {versions}")
_DATES = Text("計った日: {dates}", "Measured on: {dates}")
_RULES = (
    Text(
        "データは `benchmarks/corpus.py` の作る架空の文書（種は 1）と、同梱の共通データです。"
        "文の数は推論の前のもので、次の通りです: {corpora}。",
        "The data are fictional documents made by `benchmarks/corpus.py` (seed 1), with the reference data that come "
        "with the package. Statements are counted before reasoning: {corpora}.",
    ),
    Text(
        "どの計測も新しいプロセスで行います。時間に入るのは仕事そのものだけで、"
        "準備（たとえば検証の前の読み込み）は入りません。"
        "ディスクのキャッシュは温まっています。",
        "Each measurement is a process of its own. What counts is the job alone, not what goes before it (for "
        "validation: loading). The disk cache is warm.",
    ),
    Text(
        "エンジンを交互に、先頭を替えながら動かし、時間と CPU 時間はその中央値です。長くかかるものは回数を減らします。",
        "Engines take turns, and who is first changes. Time and CPU time are medians. What takes long is repeated less "
        "often.",
    ),
    Text(
        "CPU 時間はすべてのコア・子プロセスの合計です。メモリーは、準備も含めた、"
        "最大のプロセスの最大値（MB は 2^20 バイト）です。",
        "CPU time is that of all cores and child processes. Memory is the peak of the largest process, preparation "
        "included (a MB is 2^20 bytes).",
    ),
    Text(
        "比は sosei-graph の時間の何倍かかったかです。",
        "A ratio says how many times the time of sosei-graph another engine took.",
    ),
)


def write(results: Results, folder: Path, notes: Path) -> list[Path]:
    """Writes the page and its charts into the folder; what was there of an earlier run goes."""
    drawn = charts(results)
    images = {name: svg for chart in drawn for name, svg in chart.files()}
    files.make_folder(folder / IMAGES)
    for path in (folder / IMAGES).glob("performance-*.svg"):
        if path.name not in images:
            path.unlink()
    contents = {folder / IMAGES / name: svg for name, svg in images.items()}
    contents[folder / PAGE] = page(results, drawn, notes_in(notes))
    for path, content in contents.items():
        files.write(path, content)
    return list(contents)


def notes_in(path: Path) -> dict[str, Text]:
    """Yardstick → why it is missed."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Text(note["ja"], note["en"]) for name, note in told.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SoseiError(
            Text("目標への注記が読めません", "the notes on yardsticks cannot be read"),
            where=str(path),
            hint=Text("節ごとに ja と en を書いてください", "each section has ja and en"),
        ) from error


def page(results: Results, drawn: Sequence[Chart], notes: Mapping[str, Text]) -> str:
    """The page as Markdown: all of it in Japanese, then in English."""
    lines = [f"# {_TITLE.ja} / {_TITLE.en}", "", f"[{_HERE.ja}](#ja) · [{_HERE.en}](#en)", ""]
    for lang in LANGS:
        lines += _half(results, {chart.name: chart for chart in drawn}, notes, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _half(
    results: Results, drawn: Mapping[str, Chart], notes: Mapping[str, Text], lang: Lang
) -> Iterator[str]:
    yield from (f'<a id="{lang}"></a>', "", f"## {_HERE.in_(lang)}", "", _INTRO.in_(lang), "")
    yield from _yardsticks(yardsticks(results), notes, lang)
    for title, names in ((_GROWTH, ("growth", "change", "memory")), (_BESIDE, ("beside",))):
        shown = [drawn[name] for name in names if name in drawn]
        if shown:
            yield from (f"### {title.in_(lang)}", "")
        for chart in shown:
            yield from (f"![{chart.about.in_(lang)}]({IMAGES}/performance-{chart.name}-{lang}.svg)", "")
    yield from _questions(results, lang)
    yield from _cold(results, lang)
    yield from _all_figures(results, lang)
    yield from _method(results, lang)


def _yardsticks(rows: Sequence[Yardstick], notes: Mapping[str, Text], lang: Lang) -> Iterator[str]:
    if not rows:
        return
    yield from (f"### {_YARDSTICKS.in_(lang)}", "", *_table_head(_HEAD.in_(lang), right=0))
    for row in rows:
        mark = _MET[row.met].in_(lang)
        cells = (row.job, row.asked, row.measured)
        yield _row(*(each.in_(lang) for each in cells), mark if row.met else f"**{mark}**")
    yield ""
    missed = [row for row in rows if not row.met and row.name in notes]
    separator = "：" if lang == "ja" else ": "
    for row in missed:
        yield f"- **{row.job.in_(lang)}**{separator}{' '.join(notes[row.name].in_(lang).split())}"
    yield from [""] if missed else []


def _all_figures(results: Results, lang: Lang) -> Iterator[str]:
    """A table for each job; questions have their own."""
    shown = [job for job in JOBS if job.name != "questions" and any(_measured(results, job))]
    if shown:
        yield from (f"### {_FIGURES.in_(lang)}", "")
    for job in shown:
        yield from (f"#### {job.title.in_(lang)}", "", job.about.in_(lang), "")
        columns = _COLUMNS.in_(lang) + (_FOUND.in_(lang) if job.finds else "")
        yield from _table_head(columns, right=7 if job.finds else 6)
        for size, measurement in _measured(results, job):
            cells = _figures(results, job, size, measurement, lang)
            yield _row(*cells, *([_findings(measurement)] if job.finds else []))
        yield ""


def _measured(results: Results, job: Job) -> Iterator[tuple[str, Measurement]]:
    for size in results.corpora:
        found = (each for each in results.measurements if (each.job, each.size) == (job.name, size))
        engines = ("ours", *(peer.name for peer in job.peers))
        yield from ((size, each) for each in sorted(found, key=lambda each: engines.index(each.peer)))


def _figures(results: Results, job: Job, size: str, found: Measurement, lang: Lang) -> tuple[str, ...]:
    count = results.corpora[size]["whole"] if job.name == "closure" else statements(results, size)
    engine = job.title_of(found.peer).in_(lang)
    if not found.runs:
        return (whole(count), engine, _FAILED.in_(lang), "", "", "", "", "0")
    ours = results.of(job.name, size)
    beside = "" if found.peer == "ours" or ours is None else times(found.wall / ours.wall)
    return (
        whole(count),
        engine,
        seconds(found.wall).in_(lang),
        seconds(found.cpu).in_(lang),
        "" if job.of_one else seconds(found.wall / count * 1e6).in_(lang),
        f"{whole(found.peak_mb)} MB",
        beside,
        str(len(found.runs)),
    )


def _findings(found: Measurement) -> str:
    """How many an engine found of each severity; none where it found nothing to compare."""
    told = found.facts["results"] if found.runs else {}
    return ", ".join(whole(told.get(severity, 0)) for severity in SEVERITIES) if found.runs else ""


def _questions(results: Results, lang: Lang) -> Iterator[str]:
    measured = [(size, found) for size in results.corpora if (found := results.of("questions", size))]
    if not measured:
        return
    about = next(job.about for job in JOBS if job.name == "questions")
    yield from (f"### {_QUESTIONS.in_(lang)}", "", about.in_(lang), "")
    yield from _table_head(_QUESTION_COLUMNS.in_(lang), right=5)
    for size, found in measured:
        asked = [Asked(*each) for each in found.facts["questions"]]
        beside = [each.ours / each.raw for each in asked]
        yield _row(
            whole(statements(results, size)),
            str(len(asked)),
            seconds(median(each.ours for each in asked)).in_(lang),
            seconds(max(each.ours for each in asked)).in_(lang),
            times(median(beside)),
            times(max(beside)),
        )
    yield from ("", *_slowest(results, *measured[-1], lang))


def _slowest(results: Results, size: str, found: Measurement, lang: Lang) -> Iterator[str]:
    title = _SLOWEST_TITLE.fill(size=whole(statements(results, size)))
    asked = sorted((Asked(*each) for each in found.facts["questions"]), key=lambda each: -each.ours)
    yield from (f"#### {title.in_(lang)}", "", *_table_head(_SLOWEST_COLUMNS.in_(lang), right=3))
    for each in asked[:_SLOWEST]:
        spent = (seconds(value).in_(lang) for value in (each.ours, each.raw))
        yield _row(f"`{each.title}`", whole(each.rows), *spent)
    yield ""


def _cold(results: Results, lang: Lang) -> Iterator[str]:
    measured = [(title, found) for name, title in COLD.items() if (found := results.of(COLD_JOB, REAL, name))]
    if not measured:
        return
    yield from (f"### {_COLD.in_(lang)}", "", _COLD_ABOUT.in_(lang), "")
    yield from _table_head(_COLD_COLUMNS.in_(lang), right=4)
    for title, found in measured:
        spent = (seconds(value).in_(lang) for value in (found.wall, found.cpu))
        yield _row(title.in_(lang), *spent, f"{whole(found.peak_mb)} MB", str(len(found.runs)))
    yield ""


def _method(results: Results, lang: Lang) -> Iterator[str]:
    separator = "、" if lang == "ja" else ", "
    versions = separator.join(f"{name} {version}" for name, version in results.versions.items())
    first, last = dates(results.measurements)
    corpora = separator.join(
        f"{size} = {whole(told['statements'])}" for size, told in results.corpora.items()
    )
    yield from (f"### {_METHOD.in_(lang)}", "")
    yield f"- {in_markdown(_MACHINE.fill(**results.machine).in_(lang))}"
    yield f"- {_VERSIONS.fill(versions=versions).in_(lang)}"
    yield f"- {_DATES.fill(dates=first if first == last else f'{first} – {last}').in_(lang)}"
    rules = _RULES if results.corpora else _RULES[1:]
    yield from (f"- {rule.fill(corpora=corpora).in_(lang)}" for rule in rules)
    yield ""


def _table_head(titles: str, right: int) -> Iterator[str]:
    """The head of a table whose last so many columns are figures."""
    columns = [title.strip() for title in titles.split("|")]
    yield _row(*columns)
    left = len(columns) - right
    yield _row(*("---" if place < left else "--:" for place in range(len(columns))))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
