"""Suggestions: which policy theme or comparable indicator a thing may belong to, by the words that its scheme lists.

The words are labels of the concepts (`skos:prefLabel`, `altLabel`, `hiddenLabel`), so that anyone can see and change
what is suggested and why. A suggestion is no fact: it waits in a file of its own for an editor.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.facts import LABEL, DraftFact, by_subject, en, ja, node, objects, spans_of, term
from sosei_graph.ingest.known import Known
from sosei_graph.languages import LANGS, Lang, Text
from sosei_graph.store.memory import Store
from sosei_graph.text import fold
from sosei_graph.vocab import BASE, NS, PREFIXES

_SKOS = PREFIXES["skos"]
_LABELS = tuple(ox.NamedNode(f"{_SKOS}{name}") for name in ("prefLabel", "altLabel", "hiddenLabel"))
_ELEMENTS = (
    *("BasicGoal", "CrossCuttingGoal", "Goal", "Direction", "Measure", "Project", "Initiative", "Activity"),
    "CooperationItem",
)
_INDICATORS = ("NumericTarget", "KeyPerformanceIndicator", "ReferenceIndicator")
#: At most so many themes of one thing.
_MOST = 3
#: An indicator is comparable to another where the words make up at least this share of its name.
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Suggested:
    """A concept suggested for a thing, with the words that matched, as the scheme has them."""

    thing: str
    concept: str
    words: tuple[str, ...]
    is_theme: bool


@dataclass(frozen=True)
class Lexicon:
    """Words to concepts: those of themes and those of comparable indicators, folded."""

    themes: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> "Lexicon":
        """The words of the workspace's schemes."""
        shown: dict[str, str] = {}
        return cls(_words(store, "PolicyTheme", shown), _words(store, "ComparableIndicator", shown), shown)


def _words(store: Store, kind: str, shown: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    type_, class_ = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(NS + kind)
    for concept in store.ox.quads_for_pattern(None, type_, class_, None):
        for label in _LABELS:
            for quad in store.ox.quads_for_pattern(concept.subject, label, None, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language == "ja":
                    word = fold(quad.object.value)
                    shown[word] = quad.object.value
                    found[word].add(str(concept.subject.value))  # type: ignore[union-attr]
    return {word: tuple(sorted(concepts)) for word, concepts in found.items()}


def suggest(facts: Sequence[DraftFact], reading: Reading, lexicon: Lexicon, known: Known) -> list[Suggested]:
    """What may be aligned to what; nothing that the workspace has aligned already."""
    found = []
    for iri, own in sorted(by_subject(facts).items()):
        kinds = {kind.value.removeprefix(NS) for kind in objects(own, iri, "rdf:type")}
        if kinds & {*_ELEMENTS, *_INDICATORS}:
            text = _text(iri, own, reading)
            found += _themes(iri, text, lexicon)
            if kinds & set(_INDICATORS):
                found += _indicator(iri, text, lexicon)
    aligned = _aligned(known.store)
    return [each for each in found if (each.thing, each.concept) not in aligned]


def _text(iri: str, own: Sequence[DraftFact], reading: Reading) -> str:
    """The name of a thing; of one without a name what stands at its places, which may be read though not copied."""
    names = objects(own, iri, "sosei:statedName")
    if names:
        return fold(names[0].value)
    return fold("".join(reading.at(span) for span in spans_of(own)))


def _themes(iri: str, text: str, lexicon: Lexicon) -> list[Suggested]:
    """The themes with the longest words; a word inside a longer one does not count (文化 in 多文化共生)."""
    taken: list[tuple[int, int]] = []
    words: dict[str, list[str]] = defaultdict(list)
    for word in sorted(lexicon.themes, key=lambda word: (-len(word), word)):
        start = text.find(word)
        if start < 0 or any(first <= start and start + len(word) <= last for first, last in taken):
            continue
        taken.append((start, start + len(word)))
        for concept in lexicon.themes[word]:
            words[concept].append(lexicon.shown[word])
    ranked = sorted(words, key=lambda concept: (-sum(map(len, words[concept])), concept))
    return [Suggested(iri, concept, tuple(words[concept]), True) for concept in ranked[:_MOST]]


def _indicator(iri: str, text: str, lexicon: Lexicon) -> list[Suggested]:
    """The comparable indicator whose word makes up most of the name."""
    found = [word for word in lexicon.indicators if word in text and len(word) >= _LEAST_SHARE * len(text)]
    if not found:
        return []
    best = max(found, key=lambda word: (len(word), word))
    concepts = lexicon.indicators[best]
    return [Suggested(iri, concepts[0], (lexicon.shown[best],), False)] if len(concepts) == 1 else []


def _aligned(store: Store) -> set[tuple[str, str]]:
    """What an editor has aligned already."""
    targets: dict[str, set[str]] = defaultdict(set)
    for quad in store.ox.quads_for_pattern(None, ox.NamedNode(f"{NS}alignedTo"), None, None):
        targets[str(quad.subject)].add(str(getattr(quad.object, "value", "")))
    return {
        (str(getattr(quad.object, "value", "")), target)
        for quad in store.ox.quads_for_pattern(None, ox.NamedNode(f"{NS}alignedElement"), None, None)
        for target in targets[str(quad.subject)]
    }


def alignments(suggestions: Iterable[Suggested], facts: Sequence[DraftFact], known: Known) -> list[ox.Triple]:
    """The suggestions as alignments that an editor is to confirm, for `data/curation/`."""
    labels = {lang: _labels(facts, lang) for lang in LANGS}
    triples: list[ox.Triple] = []
    for each in suggestions:
        thing = each.thing.removeprefix(f"{known.base}id/")
        folder = "themes" if each.is_theme else "comparable-indicators"
        iri = node(
            f"{known.base}id/alignment/{folder}/{thing.removeprefix('plan/')}--{each.concept.rsplit('/', 1)[-1]}"
        )
        concept = known.store.labels(each.concept)
        name = labels["ja"].get(each.thing, thing)
        name_en = labels["en"].get(each.thing, name)
        quoted = "、".join(f"「{word}」" for word in each.words)
        quoted_en = ", ".join(f"“{word}”" for word in each.words)
        triples += [
            ox.Triple(iri, term("rdf:type"), term("sosei:Alignment")),
            ox.Triple(iri, node(LABEL), ja(f"{name} → {concept.get('ja', each.concept)}")),
            ox.Triple(iri, node(LABEL), en(f"{name_en} → {concept.get('en', each.concept)}")),
            ox.Triple(iri, term("sosei:alignedElement"), node(each.thing)),
            ox.Triple(iri, term("sosei:alignedTo"), node(each.concept)),
            ox.Triple(iri, term("sosei:basis"), node(f"{BASE}scheme/basis/curated")),
            ox.Triple(iri, term("sosei:strength"), node(f"{BASE}scheme/strength/related")),
            ox.Triple(iri, term("sosei:rationale"), ja(f"{quoted}の語があるから。")),
            ox.Triple(iri, term("sosei:rationale"), en(f"It has the words {quoted_en}.")),
        ]
    return triples


def _labels(facts: Sequence[DraftFact], lang: Lang) -> dict[str, str]:
    return {
        fact.subject: fact.object.value
        for fact in facts
        if fact.predicate == LABEL and isinstance(fact.object, ox.Literal) and fact.object.language == lang
    }


def told(suggested: Suggested, store: Store) -> tuple[Text, Text, tuple[str, ...]]:
    """A suggestion in words: what kind it is, the concept, the words that matched."""
    kind = (
        Text("政策分野", "Policy theme")
        if suggested.is_theme
        else Text("比較できる指標", "Comparable indicator")
    )
    labels = store.labels(suggested.concept)
    name = labels.get("ja", suggested.concept)
    return kind, Text(name, labels.get("en", name)), suggested.words
