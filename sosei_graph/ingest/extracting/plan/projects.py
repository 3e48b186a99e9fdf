"""The projects of a plan in the national form: a programme with ア, イ, ウ and what is done in each, or one project.

5-2 names what the measure is applied to (①事業の名称): a programme where projects ア, イ, ウ stand below it, else a
project. 5-3-1 and 5-3-2 hold projects without it, numbered (1), (2), or say that there is none (該当なし).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sosei_graph.ingest.extracting.goals.labels import read_label
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.headings import Mark, read_bullet, read_marks
from sosei_graph.ingest.extracting.plan.form import Form, Part
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import Doubt, Element, ElementKind
from sosei_graph.languages import Text
from sosei_graph.text import fold

CUT = Text(
    "行の折り返しのため、名称の終わりが決まりません",
    "the lines are wrapped, and where the name ends is not certain",
)

_DETAIL = re.compile(r"[【〔<＜]\s*(?:具体的な|主な)(?:取組|取り組み|取組み|事業)(?:内容|例)?\s*[】〕>＞]")
_ITEM = re.compile(r"\s*[・･•●○◯◎〇□■◆◇▪]")
_AND_SO_ON = re.compile(r"\s*(?:等|など|ほか|他)\s*$")
_ABSENT = re.compile(r"\s*(該当(?:する(?:事業|もの)は?)?(?:なし|無し|ありません))\s*。?\s*$")
#: With what the name of a project ends; a line that ends so ends the name, unless its sentence goes on.
_ENDS = re.compile(
    r"(?:事業|プロジェクト|計画|取組|取り組み|推進|支援|整備|づくり|創出|促進|する)[)）」』】]?$"
)
_IS_PROJECT = re.compile(r"事業|プロジェクト|取組|推進|する$")
#: Where a line that has lost its line ends had one: before the mark of a project.
_LOST_END = re.compile(r"(?<=\s)(?=[ア-ン][\s　])")
_MARKS = ("ア", "(ア)", "(1)", "1", "1.", "1)")
_LONGEST = 70
_MOST_LINES = 3


@dataclass
class _Entry:
    """A marked title with the lines below it."""

    mark: Mark | None = None
    notation: Wording = field(default_factory=Wording)
    title: Wording = field(default_factory=Wording)
    lines: list[Line] = field(default_factory=list)


def read_projects(form: Form, source: Source) -> list[Element]:
    """The programmes and projects of section 5, in order."""
    found: list[Element] = []
    for name, content in _measures(form.parts):
        found += _measure(name, content, source)
    for part in form.parts:
        if part.heading and (element := _other(part, source)):
            found.append(element)
    return _counted(found)


def _measures(parts: Iterable[Part]) -> Iterator[tuple[tuple[Line, ...], tuple[Line, ...]]]:
    """What is named and what is told of each measure of 5-2."""
    name: tuple[Line, ...] = ()
    content: tuple[Line, ...] = ()
    for part in parts:
        if part.key == "name":
            if name:
                yield name, content
            name, content = part.lines, ()
        elif part.key == "content" and not content:
            content = part.lines
    if name or content:
        yield name, content


def _counted(elements: Sequence[Element]) -> list[Element]:
    """Elements with their places among those of their kind."""
    counts: dict[str, int] = {}
    result = []
    for each in elements:
        counts[each.kind] = counts.get(each.kind, 0) + 1
        is_marked = each.kind == "Project" and each.notation is not None
        result.append(each if is_marked else replace(each, ordinal=counts[each.kind]))
    return result


def _measure(name: Sequence[Line], content: Sequence[Line], source: Source) -> list[Element]:
    """A programme with its projects; its projects alone, or the project that it is, where it has no more."""
    whole, entries = _named(name)
    known = [entry for entry in entries if _is_title(entry.title)]
    told = _told(content, known)
    projects = [_project(entry, source) for entry in (known or told)]
    if known:
        by_number = {_number(entry): entry for entry in told}
        projects = [_project(entry, source, by_number.get(_number(entry))) for entry in known]
    if not whole:
        return projects
    kind: ElementKind = "Programme" if projects else "Project"
    return [Element(kind, source.passage(whole), 1, parts=tuple(projects))]


def _number(entry: _Entry) -> int:
    return entry.mark.numbers[-1] if entry.mark else 0


def _style(entry: _Entry) -> str | None:
    return entry.mark.style if entry.mark else None


def _is_title(title: Wording) -> bool:
    return 0 < len(title) <= _LONGEST and "。" not in title.text


def _named(lines: Sequence[Line]) -> tuple[Wording, list[_Entry]]:
    """The name of a measure, and the projects that are listed below it."""
    before, entries = _entries(lines)
    whole = _title(before)
    entries = [entry for entry in entries if _style(entry) == _style(entries[0])]
    counts = [_number(entry) for entry in entries] == list(range(1, len(entries) + 1))
    titled = [replace(entry, title=_title(entry.lines)) for entry in entries] if counts else []
    return whole if _is_title(whole) else Wording(), titled


def _entries(lines: Iterable[Line]) -> tuple[list[Line], list[_Entry]]:
    """The lines before the first mark of a project, and the entries from there; the title is on `lines`, too."""
    before: list[Line] = []
    entries: list[_Entry] = []
    for line in _unfolded(lines):
        mark = next((each for each in read_marks(line.words.text) if each.style in _MARKS), None)
        if mark is not None and (not mark.tight or mark.style == "ア"):
            notation = line.words.cut(0, line.words.text.index(mark.printed) + len(mark.printed))
            rest = replace(line, words=line.words.cut(mark.rest), joined=False)
            entries.append(_Entry(mark, notation, lines=[rest]))
        elif entries:
            entries[-1].lines.append(line)
        else:
            before.append(line)
    return before, entries


def _unfolded(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that hold several entries, one for each."""
    for line in lines:
        bounds = [0, *(found.start() for found in _LOST_END.finditer(line.words.text)), len(line.words)]
        for at, (start, end) in enumerate(pairwise(bounds)):
            if part := line.words.cut(start, end):
                yield replace(line, words=part, joined=line.joined and at == 0)


def _title(lines: Sequence[Line]) -> Wording:
    """The name that lines begin with: it goes on until a line ends as names do, or an entry of a list begins."""
    parts: list[Wording] = []
    for line in lines[:_MOST_LINES]:
        ended = bool(parts) and _ENDS.search(parts[-1].text) is not None and not line.joined
        if ended or _ITEM.match(line.words.text) or "。" in line.words.text:
            break
        parts.append(line.words)
    return join(parts)


def _told(lines: Sequence[Line], known: Sequence[_Entry]) -> list[_Entry]:
    """The projects that are told of one after the other: those that are known, else those whose lines are titles."""
    titles = {_number(entry): fold(entry.title.text) for entry in known}
    style = _style(known[0]) if known else None
    _, entries = _entries(lines)
    found: list[_Entry] = []
    for entry in entries:
        expected = _number(entry) == len(found) + 1
        if expected and (_repeats(entry, titles, style) if known else _begins_project(entry, found)):
            found.append(replace(entry, title=_title(entry.lines)))
        elif found:
            found[-1].lines += [
                replace(entry.lines[0], words=join([entry.notation, entry.lines[0].words], " "))
            ]
            found[-1].lines += entry.lines[1:]
    return found


def _repeats(entry: _Entry, titles: dict[int, str], style: str | None) -> bool:
    """Whether an entry is told under the title that it was listed with, or the first line of that."""
    text = fold(entry.lines[0].words.text)
    title = titles.get(_number(entry), "")
    return _style(entry) == style and bool(text) and (title.startswith(text) or text.startswith(title))


def _begins_project(entry: _Entry, found: Sequence[_Entry]) -> bool:
    first = entry.lines[0].words
    styles = (_style(found[0]),) if found else ("ア", "(ア)")
    is_own = entry.mark is not None and not entry.mark.tight and _style(entry) in styles
    title = _title(entry.lines)
    telling = _is_title(title) and len(title) <= 60 and _IS_PROJECT.search(title.text) is not None
    return is_own and telling and read_label(first) is None and len(first) > 6


def _project(entry: _Entry, source: Source, told: _Entry | None = None) -> Element:
    """A project with the initiatives that are listed where it is told of."""
    return Element(
        "Project",
        source.passage(entry.title),
        _number(entry),
        source.passage(entry.notation),
        parts=tuple(_initiatives((told or entry).lines, source)),
    )


def _initiatives(lines: Sequence[Line], source: Source) -> Iterator[Element]:
    """The entries of the list below 【具体的な取組】."""
    items: list[Wording] = []
    open_ends: set[int] = set()
    listing = False
    for line in lines:
        text = line.words.text
        if _DETAIL.search(text):
            listing = True
        elif listing and _ITEM.match(text):
            items.append(line.words.cut(read_bullet(text) or 0))
        elif listing and line.joined and items:
            items[-1] = join([items[-1], line.words])
        elif listing:
            if items and _may_go_on(items[-1], line):
                open_ends.add(len(items))
            listing = False
    for at, words in enumerate(items, 1):
        doubt = Doubt(0.6, (CUT,)) if at in open_ends else Doubt()
        yield Element("Initiative", source.passage(_without_and_so_on(words)), at, doubt=doubt)


def _may_go_on(item: Wording, line: Line) -> bool:
    """Whether a line may be the rest of an entry: no heading, note or sentence of its own."""
    text = line.words.text
    ended = _ENDS.search(item.text) or _AND_SO_ON.search(item.text)
    return not (
        ended or line.parted or "。" in text or re.match(r"[※＊【〔(（①-⑳]", text) or read_marks(text)
    )


def _without_and_so_on(words: Wording) -> Wording:
    more = _AND_SO_ON.search(words.text)
    return words.cut(0, more.start()) if more else words


def _other(part: Part, source: Source) -> Element | None:
    """What stands under 5-3-1 or the like: projects, or the words that there is none; None where it is not told."""
    if part.heading is None or not part.lines:
        return None
    mark, title = (source.passage(source.wording(*place)) for place in part.heading)
    first = part.lines[0].words
    if absent := _ABSENT.match(first.text):
        words = source.passage(first.cut(*absent.span(1)))
        return Element("Programme", title, 1, mark, absent=words)
    _, entries = _entries(part.lines)
    numbered = [entry for entry in entries if _style(entry) == "(1)"]
    projects = [replace(entry, title=_title(entry.lines)) for entry in numbered]
    counts = [_number(entry) for entry in projects] == list(range(1, len(projects) + 1))
    if not projects or not counts or not all(_is_title(entry.title) for entry in projects):
        return None
    return Element("Programme", title, 1, mark, parts=tuple(_project(entry, source) for entry in projects))
