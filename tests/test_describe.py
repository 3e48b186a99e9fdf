"""Everything known of a thing, as data."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.describe import Description, Group, describe
from sosei_graph.errors import SoseiError
from sosei_graph.store.memory import Store
from tests.helpers_reiji import load, write_workspace

BASE = "https://w3id.org/sosei/"
STRATEGY = f"{BASE}id/plan/99201/strategy"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return load(write_workspace(tmp_path_factory.mktemp("describe")))


def group(groups: tuple[Group, ...], label: str) -> Group:
    (found,) = [each for each in groups if each.label == label]
    return found


def texts(found: Group) -> list[str]:
    return [value.text for value in found.values]


def labels(groups: tuple[Group, ...]) -> list[str]:
    return [each.label for each in groups]


@pytest.fixture
def kpi(store: Store) -> Description:
    return describe(store, f"{STRATEGY}/kpi/1-1", "ja")


def test_a_heading_has_both_names_and_the_exact_class(kpi: Description) -> None:
    """ＫＰＩ is enough: that it is an indicator follows."""
    assert (kpi.label, kpi.other_label) == ("来訪者数", "Visitors")
    assert kpi.short == "plan/99201/strategy/kpi/1-1"
    assert [value.text for value in kpi.classes] == ["ＫＰＩ"]


def test_facts_have_labels_for_property_and_value(kpi: Description, store: Store) -> None:
    """In the language asked for; a boolean is a word."""
    assert texts(group(kpi.facts, "測る対象")) == ["魅力あるまちをつくる"]
    assert texts(group(kpi.facts, "累計")) == ["いいえ"]
    english = describe(store, f"{STRATEGY}/kpi/1-1", "en")
    assert english.other_label == "来訪者数"
    assert texts(group(english.facts, "indicator of")) == ["An attractive town"]


def test_the_exact_property_stands_for_the_general_one(kpi: Description, store: Store) -> None:
    """The baseline, told by its figure, is not told again as a value, nor the plan as what the goal is part of."""
    assert texts(group(kpi.facts, "基準値")) == ["▲1,113人（来訪者数の基準値）"]
    assert "値" not in labels(kpi.facts)
    goal = describe(store, f"{STRATEGY}/goal/1", "ja")
    assert "直接属する先" in labels(goal.facts)
    assert "属する先" not in labels(goal.facts)


def test_every_fact_says_where_it_comes_from(store: Store) -> None:
    """From the document, from an editor, from a rule, or from the data that all share."""
    goal = describe(store, f"{STRATEGY}/goal/1", "ja")
    (stated,) = group(goal.facts, "直接属する先").values
    assert [(origin.kind, origin.label) for origin in stated.origins] == [
        ("document", "例示市総合戦略（本文）")
    ]
    (curated,) = group(goal.facts, "政策テーマ").values
    assert [origin.kind for origin in curated.origins] == ["curated"]
    plan = describe(store, STRATEGY, "ja")
    assert [origin.kind for origin in group(plan.facts, "構成要素").values[0].origins] == ["inferred"]
    reiji = describe(store, f"{BASE}id/gov/99201", "ja")
    assert [origin.kind for origin in group(reiji.facts, "団体コード").values[0].origins] == ["reference"]


def test_what_points_at_a_thing_is_listed(store: Store) -> None:
    """Under the property's name turned around; what the inverse property says already is left out."""
    goal = describe(store, f"{STRATEGY}/goal/1", "ja")
    assert texts(group(goal.incoming, "「測る対象」としているもの")) == ["来訪者数", "利用件数（累計）"]
    plan = describe(store, STRATEGY, "en")
    assert texts(group(plan.facts, "has part")) == ["An attractive town"]
    assert not [label for label in labels(plan.incoming) if "“part of”" in label]


def test_evidence_is_listed_in_the_order_of_the_text(store: Store) -> None:
    """With the label of the document and the range of characters; it is no fact among others."""
    target = describe(store, f"{STRATEGY}/kpi/1-1/target", "ja")
    assert [span.label for span in target.evidence] == ["例示市総合戦略（本文）"] * 2
    assert target.evidence[0].start < target.evidence[0].end <= target.evidence[1].start
    assert "根拠" not in labels(target.facts)


def test_evidence_itself_tells_what_was_read_from_it(store: Store) -> None:
    """The span is described by what points at it."""
    (span,) = describe(store, f"{STRATEGY}/kpi/1-2/baseline", "ja").evidence
    found = describe(store, span.iri, "ja")
    assert texts(group(found.incoming, "「根拠」としているもの")) == ["535万件（利用件数の基準値）"]


def test_a_government_has_a_summary(store: Store) -> None:
    """Its plans, its agreements and what it leads; these are not repeated below."""
    reiji = describe(store, f"{BASE}id/gov/99201", "ja")
    assert [(each.label, texts(each)) for each in reiji.summary] == [
        ("計画", ["例示市総合戦略"]),
        ("連携協約", ["例示協約"]),
        ("主体となる取組", ["観光の案内"]),
    ]
    assert "策定主体" not in labels(reiji.incoming)


def test_a_long_list_is_cut_and_counted(store: Store) -> None:
    """A prefecture has dozens of municipalities: the first ones and how many more."""
    prefecture = describe(store, f"{BASE}id/gov/99", "ja", limit=1)
    found = group(prefecture.incoming, "「属する都道府県」としているもの")
    assert (texts(found), found.more) == (["例示市"], 1)


def test_without_a_limit_nothing_is_cut(store: Store) -> None:
    """`show --all`; what a government does is never cut."""
    prefecture = describe(store, f"{BASE}id/gov/99", "ja", limit=None)
    assert group(prefecture.incoming, "「属する都道府県」としているもの").more == 0
    reiji = describe(store, f"{BASE}id/gov/99201", "ja", limit=0)
    assert [(len(each.values), each.more) for each in reiji.summary] == [(1, 0)] * 3


def test_what_follows_from_a_judgement_says_so(tmp_path: Path) -> None:
    """A theme that a rule takes from an editor's alignment is not merely inferred."""
    store = load(write_workspace(tmp_path))
    goal, theme = ox.NamedNode(f"{STRATEGY}/goal/1"), ox.NamedNode(f"{BASE}scheme/theme/other")
    graph = ox.NamedNode(store.workspace.inferred_graph)
    store.ox.add(ox.Quad(goal, ox.NamedNode(f"{BASE}ns#hasTheme"), theme, graph))
    described = describe(store, goal.value, "en")
    (value,) = [each for each in group(described.facts, "has theme").values if each.iri == theme.value]
    assert [origin.label for origin in value.origins] == ["inferred from editors' judgement"]


def test_borrowed_terms_have_names(tmp_path: Path) -> None:
    """Nothing of SKOS and RDF shows raw; what a dataset has as its example is left out."""
    store = load(write_workspace(tmp_path))
    theme = ox.NamedNode(f"{BASE}scheme/theme/childcare")
    scheme, graph = ox.NamedNode(f"{BASE}scheme/theme"), ox.NamedNode(f"{BASE}graph/scheme/theme")
    top = ox.NamedNode("http://www.w3.org/2004/02/skos/core#topConceptOf")
    example = ox.NamedNode("http://rdfs.org/ns/void#exampleResource")
    store.ox.extend([ox.Quad(theme, top, scheme, graph), ox.Quad(scheme, example, theme, graph)])
    described = describe(store, theme.value, "en")
    assert "top concept of" in labels(described.facts)
    assert not [label for label in labels(described.incoming) if "exampleResource" in label]
    kind = describe(store, f"{BASE}ns#Plan", "ja")
    assert not [label for label in (*labels(kind.facts), *labels(kind.incoming)) if "rdf:" in label]


def test_a_document_does_not_list_its_spans(store: Store) -> None:
    """There are hundreds of them; trace lists them."""
    document = describe(store, f"{BASE}id/doc/reiji-strategy", "ja")
    assert labels(document.incoming) == []
    assert texts(group(document.facts, "定める内容")) == ["例示市総合戦略"]


def test_a_thing_without_a_label_shows_its_short_iri(store: Store) -> None:
    """The end of a foreign IRI alone would tell nothing."""
    selector = group(
        describe(store, describe(store, STRATEGY, "ja").evidence[0].iri, "ja").facts, "oa:hasSelector"
    )
    assert texts(selector)[0].startswith("doc/reiji-strategy/selector/char-")


def test_a_description_is_the_same_each_time(store: Store) -> None:
    """Sorted throughout."""
    assert describe(store, STRATEGY, "ja") == describe(store, STRATEGY, "ja")


def test_a_class_of_the_vocabulary_can_be_described(store: Store) -> None:
    """The lists of the ontology are left out, its labels are there."""
    assert describe(store, f"{BASE}ns#Plan", "en").label == "plan"


def test_what_the_graph_does_not_know_is_an_error(store: Store) -> None:
    """An IRI of which nothing is said."""
    with pytest.raises(SoseiError) as caught:
        describe(store, f"{BASE}id/gov/1", "ja")
    assert "分かりません" in caught.value.line("ja")
