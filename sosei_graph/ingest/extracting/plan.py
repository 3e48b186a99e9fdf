"""Regional revitalization plans (地域再生計画): the national form, old and new.

Its sections are numbered: 1 name, 2 who made it, 3 area, 4 aims (with 【数値目標】), 5 projects, 6 or 7 period.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.goals.lines import Line, read_lines
from sosei_graph.ingest.extracting.goals.mentions import number_of
from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators import Manner, Tables, find_tables
from sosei_graph.ingest.extracting.particulars import dated, edition_of, first_words, issued, stage_of
from sosei_graph.ingest.extracting.source import Named, Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import DatedPeriod, Doubt, Element, Findings, Government, Indicator, Plan
from sosei_graph.languages import Text
from sosei_graph.text import fold

NO_NAME = Text("計画の名称が見つかりません", "the name of the plan was not found")

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("name", r"地域再生計画の名称"),
    ("makers", r"地域再生計画の(?:作成|申請)主体の名称"),
    ("area", r"地域再生計画の区域"),
    ("aims", r"地域再生計画の目標"),
    ("projects", r"地域再生(?:を図るために行う|計画に記載する)事業"),
    ("period", r"(?:地域再生計画の)?計画期間"),
    ("rest", r"(?:目標の達成状況に係る|地域再生計画の実施が|構造改革特別区域|関連する(?:施策|計画))"),
)
#: A number, which may stand on a line of its own, and the words of a heading; the text may follow on its line.
_HEADING = re.compile(
    r"(?<!\S)(?P<number>[0-9０-９]{1,2})\s*[.．、]?\s*(?:"
    + "|".join(f"(?P<{key}>{pattern})" for key, pattern in _HEADINGS)
    + r")(?![をにはがのと」』])\s*[:：]?"
)
_SIGN = re.compile(r"[ア-ン]|[①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ]")
_GOAL = re.compile(
    r"^\s*[・･○●◯◎■◆]?\s*[【〔(（]?基本目標\s*(?P<sign>[①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ])\s*[】〕)）]?\s*[:：]?\s*(?P<title>\S.*)$"
)
_PRINCIPLES = re.compile(
    r"((?:「\s*[①-⑳][^「」]+」[、，]?\s*)+)(?:を|の\S{1,3}つを)[^。]{0,12}?(?:基本的(?:な)?視点)"
)
_PRINCIPLE = re.compile(r"「\s*([①-⑳])\s*([^「」]+)」")
_DETAIL = re.compile(r"[【〔<＜]\s*(?:具体的な|主な)(?:取組|取り組み|事業)(?:内容|例)?\s*[】〕>＞]")
_ITEM = re.compile(r"\s*[・･○●◯◎〇□■◆◇▪•]")
_AND_SO_ON = re.compile(r"\s*(?:等|など|ほか|他)\s*$")


def extract(reading: Reading) -> Findings:
    """What a regional revitalization plan says."""
    source = Source(reading)
    sections = _sections(source)
    name = join([line.words for line in sections.get("name", [])[:3]])
    tables = find_tables(source, Manner("KeyPerformanceIndicator", "target"))
    unread = list(tables.read.unread)
    if not name:
        unread.append(source.unread([first_words(source)], NO_NAME))
    makers = _makers(sections, source)
    goals, projects = _goals(sections, source), _projects(source, sections)
    principles = _principles(source)
    goals, projects, loose = _attached(tables, goals, projects, source)
    plan = Plan(
        "RegionalRevitalizationPlan",
        source.passage(name or first_words(source)),
        makers,
        edition_of(name.text),
        stage_of(name.text),
        _period(sections, source),
        (*principles, *goals, *projects),
        tuple(loose),
        Doubt() if name else Doubt(0.3, (NO_NAME,)),
    )
    return Findings(
        "plan", source.passage(name) if name else None, makers, issued(source), (plan,), unread=tuple(unread)
    )


def _sections(source: Source) -> dict[str, list[Line]]:
    """The lines of each section; a heading may have its text on its own line, or the whole document be one line."""
    text = source.repaired.text
    found: dict[str, tuple[int, int]] = {}
    headings = [each for each in _HEADING.finditer(text) if each.lastgroup]
    bounds = [*(heading.start() for heading in headings), len(text)]
    for heading, end in zip(headings, bounds[1:], strict=True):
        key = next(name for name, _ in _HEADINGS if heading[name])
        found.setdefault(key, (heading.end(), end))
    lines = read_lines(source, lambda _: False)
    return {key: list(_between(lines, *bounds)) for key, bounds in found.items()}


def _between(lines: Sequence[Line], start: int, end: int) -> Iterator[Line]:
    """The lines, or parts of lines, from one place to another."""
    for line in lines:
        words = line.words
        first = next((at for at, place in enumerate(words.places) if place >= start), len(words))
        last = next((at for at, place in enumerate(words.places) if place >= end), len(words))
        if first < last and (part := words.cut(first, last)):
            yield replace(line, words=part)


def _makers(sections: dict[str, list[Line]], source: Source) -> tuple[Government, ...]:
    """Who made the plan; a prefecture only where it is no part of a municipality's name."""
    words = join([line.words for line in sections.get("makers", [])[:6]], "、")
    named = source.governments(words)
    places = [each for each in named if not _is_part(each, named, words)]
    return tuple(
        Government(source.passage(words.cut_folded(each.start, each.end)), each.code) for each in places
    )


def _is_part(one: Named, named: Sequence[Named], words: Wording) -> bool:
    """Whether a prefecture is named only to tell whose municipality follows (富山県高岡市)."""
    if one.code is None or len(one.code) != 2:
        return False
    return any(
        other.start >= one.end and not re.search("[、及並,・]", words.folded[one.end : other.start])
        for other in named
    )


def _period(sections: dict[str, list[Line]], source: Source) -> DatedPeriod | None:
    lines = sections.get("period", [])
    return dated(lines[0].words, source) if lines else None


def _goals(sections: dict[str, list[Line]], source: Source) -> list[Element]:
    """The basic goals that the aims list."""
    goals: dict[int, Element] = {}
    for line in sections.get("aims", []):
        found = _GOAL.match(line.words.text)
        if found is None or "。" in line.words.text or len(found["title"]) > 60:
            continue
        number = number_of(found["sign"])
        if number is not None and number not in goals:
            title, sign = line.words.cut(*found.span("title")), line.words.cut(*found.span("sign"))
            goals[number] = Element("BasicGoal", source.passage(title), number, source.passage(sign))
    return [goals[number] for number in sorted(goals)] if _counts(list(goals)) else []


def _counts(numbers: Sequence[int]) -> bool:
    """Whether numbers go from one without a gap."""
    return sorted(numbers) == list(range(1, len(numbers) + 1))


def _principles(source: Source) -> list[Element]:
    """The viewpoints that a sentence lists: 「①…」「②…」を基本的視点に."""
    text = source.repaired.text
    squeezed = [at for at, letter in enumerate(text) if not letter.isspace()]
    found = _PRINCIPLES.search("".join(text[at] for at in squeezed))
    if found is None:
        return []
    elements: list[Element] = []
    for each in _PRINCIPLE.finditer(found[1]):
        sign, title = (
            Wording(each[group], tuple(squeezed[found.start(1) + at] for at in range(*each.span(group))))
            for group in (1, 2)
        )
        elements.append(Element("Principle", source.passage(title), len(elements) + 1, source.passage(sign)))
    return elements


def _projects(source: Source, sections: dict[str, list[Line]]) -> list[Element]:
    """The projects ア, イ, ウ with the initiatives that are listed for each."""
    titles: dict[int, tuple[Wording, Wording]] = {}
    initiatives: dict[int, list[Wording]] = {}
    current, listing = 0, False
    for line, joined in ((each.words, each.joined) for each in sections.get("projects", [])):
        mark = next((each for each in read_marks(line.text) if each.style in ("ア", "(ア)")), None)
        title = line.cut(mark.rest) if mark else Wording()
        is_title = mark is not None and not mark.tight and "。" not in title.text and len(title) <= 60
        if mark and is_title and re.search(r"事業|プロジェクト|取組|推進|する$", title.text):
            number = mark.numbers[-1]
            notation = line.cut(0, len(line.text) - len(line.text.lstrip()) + len(mark.printed))
            titles.setdefault(number, (notation, title))
            current, listing = number, False
        elif _DETAIL.search(line.text):
            listing = True
        elif listing and current and _ITEM.match(line.text):
            bullet = read_bullet(line.text) or 0
            initiatives.setdefault(current, []).append(line.cut(bullet))
        elif listing and joined and initiatives.get(current):
            initiatives[current][-1] = join([initiatives[current][-1], line])
        elif listing:
            listing = False
    if not _counts(list(titles)):
        return []
    return [
        Element(
            "Project",
            source.passage(title),
            number,
            source.passage(notation),
            parts=tuple(
                Element("Initiative", source.passage(_without_and_so_on(words)), at)
                for at, words in enumerate(initiatives.get(number, []), 1)
            ),
        )
        for number, (notation, title) in sorted(titles.items())
    ]


def _without_and_so_on(words: Wording) -> Wording:
    more = _AND_SO_ON.search(words.text)
    return words.cut(0, more.start()) if more else words


def _attached(
    tables: Tables, goals: Sequence[Element], projects: Sequence[Element], source: Source
) -> tuple[list[Element], list[Element], list[Indicator]]:
    """The KPIs at the goal that their row names, else at its project, else at the plan."""
    del source
    by_goal: dict[int, list[Indicator]] = {}
    by_project: dict[int, list[Indicator]] = {}
    loose: list[Indicator] = []
    for each in tables.read.found:
        goal = next((at for group in each.groups if (at := _goal_at(group.text, goals)) is not None), None)
        project = next(
            (at for group in each.groups if (at := _project_at(group.text, projects)) is not None), None
        )
        if goal is not None:
            by_goal.setdefault(goal, []).append(each.indicator)
        elif project is not None:
            by_project.setdefault(project, []).append(each.indicator)
        else:
            loose.append(each.indicator)
    return (
        [replace(goal, indicators=tuple(by_goal.get(at, []))) for at, goal in enumerate(goals)],
        [replace(each, indicators=tuple(by_project.get(at, []))) for at, each in enumerate(projects)],
        loose,
    )


def _goal_at(text: str, goals: Sequence[Element]) -> int | None:
    found = re.match(r"\s*基本目標\s*([①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ])", text)
    number = number_of(found[1]) if found else None
    return next((at for at, goal in enumerate(goals) if goal.ordinal == number), None) if number else None


def _project_at(text: str, projects: Sequence[Element]) -> int | None:
    for at, project in enumerate(projects):
        if project.notation and fold(text) == fold(project.notation.text):
            return at
        if len(text) > 6 and fold(project.name.text) in fold(text):
            return at
    return None
