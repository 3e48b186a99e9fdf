"""Regional revitalization plans (地域再生計画): the national form, old and new."""

import re
from collections.abc import Sequence

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.indicators import find_tables
from sosei_graph.ingest.extracting.particulars import dated, edition_of, first_words, issued, stage_of
from sosei_graph.ingest.extracting.plan.aims import MANNER, in_aims
from sosei_graph.ingest.extracting.plan.attaching import attached
from sosei_graph.ingest.extracting.plan.form import read_form
from sosei_graph.ingest.extracting.plan.goals import read_goals
from sosei_graph.ingest.extracting.plan.increases import told_apart
from sosei_graph.ingest.extracting.plan.projects import read_projects
from sosei_graph.ingest.extracting.source import Named, Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import DatedPeriod, Doubt, Element, Findings, Government, Plan
from sosei_graph.languages import Text

PART_ONLY = Text(
    "区域は市町村の一部です（dcterms:spatial は市町村の全体を指します）",
    "the area is a part of the municipality (dcterms:spatial points to the whole of it)",
)
NO_NAME = Text("計画の名称が見つかりません", "the name of the plan was not found")

_PRINCIPLES = re.compile(
    r"((?:「\s*[①-⑳][^「」]+」[、，]?\s*)+)(?:を|の\S{1,3}つを)[^。]{0,12}?(?:基本的(?:な)?視点)"
)
_PRINCIPLE = re.compile(r"「\s*([①-⑳])\s*([^「」]+)」")
#: With what a line of a list of governments ends that does not go on: a whole name.
_WHOLE = re.compile(r"[市町村区県府都道](?:の(?:全域|区域の一部))?$")
_MOST_LINES = 12


def extract(reading: Reading) -> Findings:
    """What a regional revitalization plan says."""
    source = Source(reading)
    form = read_form(source)
    name = join([line.words for line in form.of("name")[:3]])
    tables = find_tables(source, MANNER)
    stated = in_aims(form.of("aims"), tables, source)
    found, unread = told_apart([*tables.read.found, *stated.found], source)
    unread = [*tables.read.unread, *stated.unread, *unread]
    unread += tables.lost([each.indicator for each in found], unread, source)
    if not name:
        unread.append(source.unread([first_words(source)], NO_NAME))
    makers = _governments(form.of("makers"), source)
    aims = [line for line in form.of("aims") if not tables.holds(line.words.start)]
    elements = attached(found, read_goals(aims, found, source), read_projects(form, source))
    plan = Plan(
        "RegionalRevitalizationPlan",
        source.passage(name or first_words(source)),
        makers,
        edition_of(name.text),
        stage_of(name.text),
        _period(form.of("period"), source),
        (*_principles(source), *elements.goals, *elements.projects),
        tuple(elements.loose),
        _doubt(bool(name), _listed(form.of("area")[:_MOST_LINES])),
        _governments(form.of("area"), source),
    )
    return Findings(
        "plan", source.passage(name) if name else None, makers, issued(source), (plan,), unread=tuple(unread)
    )


def _doubt(named: bool, area: Wording) -> Doubt:
    """What a reviewer of the plan as a whole should look at."""
    remarks = ([] if named else [NO_NAME]) + ([PART_ONLY] if "一部" in area.folded else [])
    return Doubt(0.8 if named and remarks else 1.0 if named else 0.3, tuple(remarks))


def _governments(lines: Sequence[Line], source: Source) -> tuple[Government, ...]:
    """The governments that lines name, each once; a prefecture only where it is no part of a municipality's name."""
    words = _listed(lines[:_MOST_LINES])
    named = source.governments(words)
    places = {each.code or each.start: each for each in reversed(named) if not _is_part(each, named, words)}
    return tuple(
        Government(source.passage(words.cut_folded(each.start, each.end)), each.code)
        for each in sorted(places.values(), key=lambda each: each.start)
    )


def _listed(lines: Sequence[Line]) -> Wording:
    """Lines as one: a comma stands between those that are names of their own, nothing within a name."""
    whole = Wording()
    for line in lines:
        apart = bool(whole) and not line.joined and _WHOLE.search(whole.text) is not None
        whole = join([whole, line.words], "、" if apart else "")
    return whole


def _is_part(one: Named, named: Sequence[Named], words: Wording) -> bool:
    """Whether a prefecture is named only to tell whose municipality follows (富山県高岡市)."""
    if one.code is None or len(one.code) != 2:
        return False
    return any(
        other.start >= one.end and not re.search("[、及並,・]", words.folded[one.end : other.start])
        for other in named
    )


def _period(lines: Sequence[Line], source: Source) -> DatedPeriod | None:
    return dated(lines[0].words, source) if lines else None


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
