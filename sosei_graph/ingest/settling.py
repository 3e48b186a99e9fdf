"""A new draft beside what the workspace says already: nothing that somebody has reviewed is written over.

Two cases. The document itself was reviewed before: what was read now is matched with that graph, takes its IRIs, and
the differences are told. Or another document describes the same plan: its elements and indicators are recognised by
their names, and the draft only adds to them (`sosei:hasActual` …), for a thing is described in one file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from sosei_graph.ingest.differing import NOTHING, Differ, Difference, told_otherwise
from sosei_graph.ingest.facts import EVIDENCE, REMARK, DraftFact, Notebook
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.matching import VALUE_LINKS, Thing, View, content, match
from sosei_graph.languages import Text
from sosei_graph.vocab import NS

_ADDS = frozenset({*VALUE_LINKS, EVIDENCE, f"{NS}memberOfArea"})


@dataclass(frozen=True)
class Settled:
    """The facts of a draft as they fit to the workspace, and what differs from data of the document, if it has any."""

    notes: Notebook
    differences: tuple[Difference, ...] = ()
    warnings: tuple[Text, ...] = ()
    is_reviewed: bool = False


def settle(notes: Notebook, slug: str, known: Known) -> Settled:
    """The facts of a draft in the IRIs of what is known already."""
    own = f"{known.base}graph/{slug}"
    reviewed = View.of(known.store.quads([own]))
    notes, others = _beside_other_documents(notes, own, known)
    if not reviewed.things:
        return Settled(notes, tuple(others))
    drafted = View.of(_plain_triples(notes.facts))
    same = match(drafted, reviewed)
    renamed = _renamed(notes, _renaming(same, drafted, reviewed))
    differences = Differ(drafted, reviewed, same, known).differences()
    return Settled(renamed, (*others, *differences), tuple(_other_text(drafted, reviewed)), is_reviewed=True)


def _other_text(drafted: View, reviewed: View) -> Iterable[Text]:
    texts = [view.document.one("sha256") for view in (drafted, reviewed) if view.document]
    if len(set(texts)) > 1:
        yield Text(
            "確認済みのデータとは本文が違います。別の版なら --document で別の名前を付けてください",
            "the text is not that of the reviewed data: if this is another version, name it with --document",
        )


def _plain_triples(facts: Iterable[DraftFact]) -> Iterable[ox.Triple]:
    """The facts with the places of each as evidence IRIs, as a view needs them."""
    for fact in facts:
        subject = ox.NamedNode(fact.subject)
        if fact.predicate not in (EVIDENCE, REMARK):
            yield ox.Triple(subject, ox.NamedNode(fact.predicate), fact.object)
        for span in fact.spans:
            yield ox.Triple(
                subject, ox.NamedNode(EVIDENCE), ox.NamedNode(f"urn:x#char={span.start},{span.end}")
            )


def _renaming(same: Mapping[str, str], drafted: View, reviewed: View) -> dict[str, str]:
    """New names: those of the same things, and others for things that only happen to have the name of another."""
    renaming = {ours: theirs for ours, theirs in same.items() if ours != theirs}
    for iri, thing in drafted.things.items():
        if iri in same or not thing.sort or iri not in reviewed.things:
            continue
        number = 2
        while f"{iri}--{number}" in reviewed.things or f"{iri}--{number}" in drafted.things:
            number += 1
        renaming[iri] = f"{iri}--{number}"
    return renaming


def _renamed(notes: Notebook, renaming: Mapping[str, str]) -> Notebook:
    """The facts with other names; what stands below a renamed thing (`…/baseline`) goes with it."""
    if not renaming:
        return notes

    def name(iri: str) -> str:
        above = iri
        while above.count("/") > 3:
            if above in renaming:
                return renaming[above] + iri[len(above) :]
            above = above.rpartition("/")[0]
        return iri

    return _through(notes, name)


def _through(notes: Notebook, name: Callable[[str], str]) -> Notebook:
    def term(value: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
        return ox.NamedNode(name(value.value)) if isinstance(value, ox.NamedNode) else value

    facts = [replace(fact, subject=name(fact.subject), object=term(fact.object)) for fact in notes.facts]
    names = {record: name(iri) for record, iri in notes.names.items()}
    return Notebook(facts, names, {name(iri) for iri in notes.taken})


def _beside_other_documents(notes: Notebook, own: str, known: Known) -> tuple[Notebook, list[Difference]]:
    """The facts without what other documents' graphs describe; things of their plans go by their names there."""
    view = View.of(_plain_triples(notes.facts))
    plans = {thing.iri: found for thing in view.sort("plan") if (found := _plan_elsewhere(thing, own, known))}
    notes = _renamed(notes, plans)
    view = View.of(_plain_triples(notes.facts))
    renaming: dict[str, str] = {}
    for sort in ("element", "indicator"):
        for thing in view.sort(sort):
            if found := _elsewhere(thing, own, known):
                renaming[thing.iri] = found
    notes = _renamed(notes, {ours: theirs for ours, theirs in renaming.items() if ours != theirs})
    view = View.of(_plain_triples(notes.facts))
    if not any(known.is_described(iri, but=own) for iri in view.things):
        return notes, []
    differences = list(_contradictions(view, own, known))
    slug = own.rsplit("/", 1)[-1]
    notes = _renamed(notes, {each.iri: f"{each.iri}--{slug}" for each in differences})
    return _added_only(notes, own, known), differences


def _contradictions(view: View, own: str, known: Known) -> Iterable[Difference]:
    """Values that another document gives otherwise for the same time."""
    for thing in view.sort("value"):
        if not known.is_described(thing.iri, but=own) or thing.one("absenceReason") in NOTHING:
            continue
        there = View.of(known.facts(thing.iri)).things[thing.iri]
        if content(there) != content(thing):
            yield told_otherwise(there, thing, Differ(view, View(), {}, known))


def _added_only(notes: Notebook, own: str, known: Known) -> Notebook:
    """What the facts add to things that other documents describe: links to new things, and where they stand here."""
    view = View.of(_plain_triples(notes.facts))
    described = {iri for iri in view.things if known.is_described(iri, but=own)}
    empty = {
        thing.iri
        for thing in view.sort("value")
        if thing.one("absenceReason") in NOTHING and view.owner(thing) in described
    }
    kept: list[DraftFact] = []
    for fact in notes.facts:
        if fact.subject in empty or fact.object.value in empty:
            continue
        if fact.subject not in described or fact.predicate in _ADDS:
            kept.append(fact)
        elif fact.spans:
            kept.append(replace(fact, predicate=EVIDENCE, object=ox.Literal("")))
    return Notebook(kept, notes.names, notes.taken)


def _plan_elsewhere(thing: Thing, own: str, known: Known) -> str | None:
    """The plan of that name, kind and city that another document describes under another IRI."""
    if known.is_described(thing.iri, but=own):
        return None
    found = [
        iri
        for name in thing.names
        for iri in known.plans.get(name, ())
        if known.is_described(iri, but=own)
        and known.kind(iri) == thing.kind
        and set(View.of(known.facts(iri)).things[iri].all("adoptedBy")) & set(thing.all("adoptedBy"))
    ]
    return found[0] if len(set(found)) == 1 else None


def _elsewhere(thing: Thing, own: str, known: Known) -> str | None:
    """What an element or indicator is called where another document describes its plan; None if that does not.

    One that has the IRI but not the name of another is given an IRI of its own: a value must not come to stand at the
    indicator of another name.
    """
    plan = known.plan_of(thing.iri)
    if not plan or not known.is_described(plan, but=own):
        return None
    described = known.is_described(thing.iri, but=own)
    if described and thing.names & known.names(thing.iri):
        return thing.iri
    namesakes = [
        iri
        for iri in known.below(plan)
        if known.is_described(iri, but=own)
        and known.kind(iri) in _ALIKE.get(thing.sort, ())
        and thing.names & known.names(iri)
    ]
    if len(namesakes) == 1:
        return namesakes[0]
    slug = own.rsplit("/", 1)[-1]
    return f"{thing.iri}--{slug}" if described else None


_ALIKE = {
    "element": frozenset(
        {
            "BasicGoal",
            "CrossCuttingGoal",
            "Goal",
            "Principle",
            "Direction",
            "Measure",
            "Programme",
            "Project",
            "Initiative",
            "Activity",
        }
    ),
    "indicator": frozenset(
        {"NumericTarget", "KeyPerformanceIndicator", "ReferenceIndicator", "ContextIndicator"}
    ),
}
