"""KPIs at what they measure: the basic goal that their row names, and the project that it carries them by."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sosei_graph.ingest.extracting.goals.mentions import number_of
from sosei_graph.ingest.extracting.goals.merging import agree, merged
from sosei_graph.ingest.extracting.indicators import Found
from sosei_graph.ingest.records import Element, Indicator
from sosei_graph.text import fold

_SIGN = r"[①-⑳]|[0-9０-９]{1,2}|[Ⅰ-Ⅻ]"
#: 基本目標１, 基本目標１・２, 基本目標１、基本目標３.
_GOALS = re.compile(
    rf"\s*基本目標\s*(?:{_SIGN})(?:\s*(?:[、，,・]|及び|)\s*(?:基本目標\s*|(?<=[、，,・び]))(?:{_SIGN}))*"
)
_PROJECTS = re.compile(r"\s*[(（]?[ア-ン][)）]?(?:\s*[、，,・及び]+\s*[(（]?[ア-ン][)）]?)*\s*")

#: Places of goals or projects in their lists.
Places = tuple[int, ...]


@dataclass
class Attached:
    """The goals and projects with their KPIs, and the KPIs of the plan as a whole."""

    goals: list[Element] = field(default_factory=list)
    projects: list[Element] = field(default_factory=list)
    loose: list[Indicator] = field(default_factory=list)


def attached(found: Sequence[Found], goals: Sequence[Element], programmes: Sequence[Element]) -> Attached:
    """The KPIs at the goal that their row names, else at its project, else at the plan.

    A project is measured by the KPIs of its rows, wherever they stand, and serves the goals of these.
    """
    projects = [part for each in programmes for part in each.walk() if part.kind == "Project"]
    rows: dict[tuple[Places, Places], list[Indicator]] = {}
    for each in found:
        texts = [group.text for group in each.groups]
        key = (
            _first(_goals_at(text, goals) for text in texts),
            _first(_projects_at(text, projects) for text in texts),
        )
        rows.setdefault(key, []).append(each.indicator)
    settled = {key: merged(indicators) for key, indicators in rows.items()}
    known = [each for key, indicators in settled.items() if any(key) for each in indicators]
    result = Attached(
        loose=[each for each in settled.get(((), ()), []) if not any(agree(each, one) for one in known)]
    )
    for at, goal in enumerate(goals):
        own = [each for (to, _), indicators in settled.items() if to[:1] == (at,) for each in indicators]
        more = [each for (to, _), indicators in settled.items() if at in to[1:] for each in indicators]
        result.goals.append(replace(goal, indicators=tuple(own), measured_by=tuple(more)))
    by_project = {
        id(project): _measured(project, at, settled, result.goals) for at, project in enumerate(projects)
    }
    result.projects += [_rebuilt(each, by_project) for each in programmes]
    return result


def _measured(
    project: Element, at: int, settled: dict[tuple[Places, Places], list[Indicator]], goals: Sequence[Element]
) -> Element:
    """A project with its KPIs: those of no goal are its own."""
    of_it = {key: indicators for key, indicators in settled.items() if at in key[1]}
    own = [each for (to, by), indicators in of_it.items() if not to and by[0] == at for each in indicators]
    more = [each for (to, by), indicators in of_it.items() if to or by[0] != at for each in indicators]
    served = dict.fromkeys(place for to, _ in of_it for place in to)
    serves = tuple(goals[place] for place in served)
    return replace(project, indicators=tuple(own), measured_by=tuple(more), serves=serves)


def _rebuilt(element: Element, changed: dict[int, Element]) -> Element:
    """An element with what was changed in it or below it."""
    parts = tuple(_rebuilt(part, changed) for part in element.parts)
    return replace(changed.get(id(element), element), parts=parts)


def _first(places: Iterable[Places]) -> Places:
    return next((each for each in places if each), ())


def _goals_at(text: str, goals: Sequence[Element]) -> Places:
    found = _GOALS.match(text)
    numbers = [number_of(sign) for sign in re.findall(_SIGN, found[0])] if found else []
    places = tuple(at for at, goal in enumerate(goals) if goal.ordinal in numbers)
    return places or tuple(at for at, goal in enumerate(goals) if fold(goal.name.text) == fold(text))


def _projects_at(text: str, projects: Sequence[Element]) -> Places:
    if _PROJECTS.fullmatch(text):
        signs = re.findall(r"[ア-ン]", text)
        return tuple(
            at
            for at, each in enumerate(projects)
            if each.notation and any(s in each.notation.text for s in signs)
        )
    named = (at for at, each in enumerate(projects) if len(text) > 6 and fold(each.name.text) in fold(text))
    return tuple(named)[:1]
