"""Suggestions: themes and comparable indicators by the words of their schemes, never facts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sosei_graph.ingest.facts import DraftFact, ja, string, term
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.matching import Thing, View
from sosei_graph.ingest.opening import open_for_drafts
from sosei_graph.ingest.suggesting import Lexicon, Suggested, suggest
from sosei_graph.vocab import BASE, NS, PREFIXES
from sosei_graph.workspace import Workspace
from tests.ingest.documents import AGREEMENT, KPI_TABLE
from tests.ingest.drafts import ingested, quads_of, reading_of, things_of

Named = Callable[..., list[Suggested]]
THING = f"{BASE}id/plan/99201/strategy-1/kpi/9-9"


@pytest.fixture
def named(reiji: Workspace, tmp_path: Path) -> Named:
    """What is suggested for a thing of a class and a name."""
    store = open_for_drafts(reiji)
    known, lexicon = Known(store), Lexicon.of(store)
    reading = reading_of("x", tmp_path)

    def run(name: str, kind: str = "KeyPerformanceIndicator") -> list[Suggested]:
        facts = [
            DraftFact(THING, term("rdf:type").value, term(f"sosei:{kind}")),
            DraftFact(THING, term("rdfs:label").value, ja(name)),
            DraftFact(THING, term("sosei:statedName").value, string(name)),
        ]
        return suggest(facts, reading, lexicon, known)

    return run


def concepts(found: list[Suggested], prefix: str) -> dict[str, tuple[str, ...]]:
    start = PREFIXES[prefix]
    return {each.concept.removeprefix(start): each.words for each in found if each.concept.startswith(start)}


def test_a_theme_is_suggested_with_its_words(named: Named) -> None:
    """Each theme comes with the words of its scheme that matched."""
    assert concepts(named("空き家バンクへの移住相談件数"), "theme") == {
        "housing": ("空き家",),
        "migration": ("移住",),
    }


def test_a_word_in_a_longer_word_is_not_that_word(named: Named) -> None:
    """多文化共生 is no matter of 文化."""
    assert concepts(named("多文化共生の講座の数"), "theme") == {"foreign-residents": ("多文化共生",)}


def test_widths_and_forms_do_not_count(named: Named) -> None:
    """ＭａａＳ and MaaS are one word."""
    assert "public-transport" in concepts(named("ＭａａＳの利用者数"), "theme")


def test_a_comparable_indicator_is_one_that_makes_up_the_name(named: Named) -> None:
    """待機児童の数 is that indicator; a share of something about the population is not the population."""
    assert concepts(named("待機児童の数"), "indicator") == {"waiting-children": ("待機児童の数",)}
    assert concepts(named("人口の多い地区で救急車が着くまでの時間"), "indicator") == {}
    assert concepts(named("待機児童の数", "Measure"), "indicator") == {}


def test_nothing_matches_nothing(named: Named) -> None:
    """A name without any of the words has no suggestion."""
    assert named("めだかの数") == []


def test_suggestions_wait_in_a_file_of_their_own(reiji: Workspace, tmp_path: Path) -> None:
    """The draft asserts none of them; in their file they are an editor's judgements, each with a reason."""
    outcome = ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    assert "Alignment" not in outcome.written[0].read_text()
    alignments = [thing for thing in things_of_file(outcome.written[3]) if thing.kind == "Alignment"]
    assert len(alignments) == outcome.suggestions > 0
    assert {thing.one("basis") for thing in alignments} == {f"{PREFIXES['basis']}curated"}
    assert all(thing.all("rationale") and not thing.one("evidence") for thing in alignments)


def test_prose_is_looked_at_in_the_source(reiji: Workspace, tmp_path: Path) -> None:
    """An item without a name is matched by the sentence that it points at; the sentence is not copied."""
    outcome = ingested(AGREEMENT, reiji, tmp_path)
    item = next(iri for iri in things_of(outcome).things if iri.endswith("/item/1-1"))
    targets = {
        thing.one("alignedTo").rsplit("/", 1)[-1]
        for thing in things_of_file(outcome.written[3])
        if thing.one("alignedElement") == item
    }
    assert "startup" in targets
    assert "志す人" not in outcome.written[3].read_text()


def test_what_an_editor_has_aligned_is_not_suggested_again(reiji: Workspace, named: Named) -> None:
    """An alignment in data/curation is the answer."""
    curation = reiji.root / "data" / "curation"
    curation.mkdir()
    (curation / "themes.ttl").write_text(
        f"<{BASE}id/alignment/x> a <{NS}Alignment> ; <{NS}alignedElement> <{THING}> ;"
        f" <{NS}alignedTo> <{PREFIXES['theme']}housing> ; <{NS}rationale> '家だから'@ja ."
    )
    store = open_for_drafts(reiji)
    facts = [
        DraftFact(THING, term("rdf:type").value, term("sosei:KeyPerformanceIndicator")),
        DraftFact(THING, term("sosei:statedName").value, string("空き家の数")),
    ]
    reading = reading_of("x", reiji.root)
    assert "housing" in concepts(named("空き家の数"), "theme")
    assert concepts(suggest(facts, reading, Lexicon.of(store), Known(store)), "theme") == {}


def test_a_corrected_file_of_suggestions_is_kept(reiji: Workspace, tmp_path: Path) -> None:
    """What an editor has begun to sort out is not written over."""
    path = ingested(KPI_TABLE, reiji, tmp_path, city="99201").written[3]
    sorted_out = path.read_text().replace("の語があるから。", "を数えるから。")
    path.write_text(sorted_out)
    ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    assert path.read_text() == sorted_out


def things_of_file(path: Path) -> list[Thing]:
    return list(View.of(quads_of(path)).things.values())


def test_a_suggestion_is_worded_in_both_languages(reiji: Workspace, tmp_path: Path) -> None:
    """Things have names, not addresses, and quotation marks are those of the language."""
    outcome = ingested(AGREEMENT, reiji, tmp_path)
    text = outcome.written[3].read_text()
    assert '"連携項目 1-1 → 創業"@ja, "Item 1-1 → Starting businesses"@en' in text
    assert '"It has the words “創業”."@en' in text
