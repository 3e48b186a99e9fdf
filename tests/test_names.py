"""What a person calls a thing, to its IRI."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.names import check_digit, compact, nearest_things, resolve
from sosei_graph.store.memory import Store
from tests.helpers_reiji import load, write_workspace

BASE = "https://w3id.org/sosei/"
REIJI = f"{BASE}id/gov/99201"
KPI = f"{BASE}id/plan/99201/strategy/kpi/1-1"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return load(write_workspace(tmp_path_factory.mktemp("names")))


def failing(store: Store, text: str, kind: str | None = None) -> SoseiError:
    with pytest.raises(SoseiError) as caught:
        resolve(store, text, kind)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        REIJI,
        f"<{REIJI}>",
        "gov:99201",
        "99201",
        "992011",
        "９９２０１",
        "例示市",
        " 例示市 ",
        "例示",
        "Reiji City",
        "reiji city",
        "reiji",
        "REIJI",
        "レイジシ",
        "れいじし",
        "れいじ",
        "gov/99201",
    ],
)
def test_a_government_goes_by_many_names(store: Store, text: str) -> None:
    """IRI, CURIE, code, label in either language, reading, and each without 市 or City."""
    assert resolve(store, text) == REIJI
    assert resolve(store, text, "government") == REIJI


def test_two_digits_are_a_prefecture(store: Store) -> None:
    """The prefecture's own code is its two digits."""
    assert resolve(store, "99") == f"{BASE}id/gov/99"


@pytest.mark.parametrize(
    ("text", "kind", "path"),
    [
        ("kpi/1-1", None, "id/plan/99201/strategy/kpi/1-1"),
        ("strategy/kpi/1-1", None, "id/plan/99201/strategy/kpi/1-1"),
        ("goal/1", "element", "id/plan/99201/strategy/goal/1"),
        ("item/1-1", None, "id/agreement/99201-99202/2025-04-01/item/1-1"),
        ("1-1", "item", "id/agreement/99201-99202/2025-04-01/item/1-1"),
        ("reiji-strategy", None, "id/doc/reiji-strategy"),
        ("2025-04-01", "agreement", "id/agreement/99201-99202/2025-04-01"),
        ("99201/kpi/1-1", None, "id/plan/99201/strategy/kpi/1-1"),
        ("99201/1-1", "indicator", "id/plan/99201/strategy/kpi/1-1"),
    ],
)
def test_the_end_of_an_iri_is_enough(store: Store, text: str, kind: str | None, path: str) -> None:
    """The end counts from a slash on, so that `pi/1-1` would not do."""
    assert resolve(store, text, kind) == BASE + path


def test_an_end_inside_a_name_is_not_taken(store: Store) -> None:
    """`pi/1-1` ends the IRI of a KPI but does not begin at a slash."""
    assert "pi/1-1" in failing(store, "pi/1-1").line("en")


def test_the_city_before_an_end_has_to_be_its_own(store: Store) -> None:
    """99202 has no such indicator."""
    assert "99202/kpi/1-1" in failing(store, "99202/kpi/1-1").line("en")


def test_what_is_aligned_goes_before_its_alignment(tmp_path: Path) -> None:
    """The IRI of an alignment ends like that of the item it is about."""
    store = load(write_workspace(tmp_path))
    graph = ox.NamedNode(f"{BASE}graph/curation/examples")
    alignment = ox.NamedNode(f"{BASE}id/alignment/examples/99201/kpi/1-1--99201-99202/2025-04-01/item/1-1")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.ox.add(ox.Quad(alignment, kind, ox.NamedNode(f"{BASE}ns#Alignment"), graph))
    assert resolve(store, "item/1-1") == f"{BASE}id/agreement/99201-99202/2025-04-01/item/1-1"
    assert resolve(store, alignment.value) == alignment.value


@pytest.mark.parametrize("text", ["11", "SDG11", "SDG 11", "sdgs11", "目標11", "sdg:11", "１１"])
def test_a_development_goal_goes_by_its_number(store: Store, text: str) -> None:
    """Where a Sustainable Development Goal is asked for, its number names it."""
    assert resolve(store, text, "sdg") == "http://metadata.un.org/sdg/11"


def test_a_development_goal_may_be_spelled_out_anywhere(store: Store) -> None:
    """SDG 11 is nothing else; 11 alone could be anything."""
    assert resolve(store, "SDG 11") == resolve(store, "sdgs11") == "http://metadata.un.org/sdg/11"
    assert "there is nothing" in failing(store, "SDG 19").line("en")


def test_a_mark_is_the_last_thing_to_go_by(tmp_path: Path) -> None:
    """An identifier or a notation finds what has no other such name, whatever its letters' case and width."""
    store = load(write_workspace(tmp_path))
    graph = ox.NamedNode(f"{BASE}graph/reiji-strategy")
    identifier = ox.NamedNode("http://purl.org/dc/terms/identifier")
    store.ox.add(ox.Quad(ox.NamedNode(KPI), identifier, ox.Literal("A2007"), graph))
    assert resolve(store, "Ａ2007") == resolve(store, "a2007") == KPI
    assert resolve(store, "①", "element") == f"{BASE}id/plan/99201/strategy/goal/1"


def test_namesakes_are_told_apart_by_prefecture(tmp_path: Path) -> None:
    """府中市 lies in Tokyo and in Hiroshima."""
    store = load(write_workspace(tmp_path))
    graph = ox.NamedNode(f"{BASE}graph/governments")
    other = ox.NamedNode(f"{BASE}id/gov/99203")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for quad in list(store.ox.quads_for_pattern(ox.NamedNode(REIJI), None, None)):
        store.ox.add(ox.Quad(other, quad.predicate, quad.object, graph))
    assert ox.Literal("例示市", language="ja") in [
        quad.object for quad in store.ox.quads_for_pattern(other, label, None)
    ]
    line = failing(store, "例示市").line("ja")
    assert "例示市（見本県） gov:99201、例示市（見本県） gov:99203" in line


def test_a_part_of_one_name_only_is_suggested_first(store: Store) -> None:
    """育て is in the name of one theme, however little it is like the whole."""
    line = failing(store, "育て", "theme").line("ja")
    assert "もしかして: 子育て theme:childcare" in line


def test_a_development_target_has_a_point(store: Store) -> None:
    """11.2 is the target, not the goal."""
    assert resolve(store, "11.2", "sdg") == "http://metadata.un.org/sdg/11.2"


def test_there_is_no_nineteenth_goal(store: Store) -> None:
    """An unknown number gets an example and no guess: no number is near another."""
    assert failing(store, "19", "sdg").line("en").endswith("(such as 11, 11.2, sdg:11)")


def test_an_indicator_is_the_shared_one_first(store: Store) -> None:
    """来訪者数 is a KPI of a plan and the concept shared by all: questions compare by the concept."""
    assert resolve(store, "来訪者数", "indicator") == f"{BASE}scheme/indicator/visitors"
    assert resolve(store, "kpi/1-1", "indicator") == KPI


def test_an_alternative_label_is_a_name(store: Store) -> None:
    """育児 is an alternative label of the theme 子育て."""
    assert resolve(store, "育児", "theme") == f"{BASE}scheme/theme/childcare"


def test_one_name_of_two_things_lists_both(store: Store) -> None:
    """見本 is a city and a prefecture: the error names them with what to type instead."""
    line = failing(store, "見本").line("ja")
    assert "2件" in line
    assert "見本県 gov:99" in line
    assert "見本市 gov:99202" in line
    assert resolve(store, "見本市") == f"{BASE}id/gov/99202"


def test_a_name_that_is_nearly_right_is_suggested(store: Store) -> None:
    """例事市 and Reijo are one letter away."""
    assert "もしかして: 例示市 gov:99201" in failing(store, "例事市").line("ja")
    assert "did you mean: Reiji City gov:99201" in failing(store, "Reijo").line("en")
    assert nearest_things(store, "kpi/1-9")[0].endswith(("kpi/1-1", "kpi/1-2"))


def test_a_suggestion_is_of_the_kind(store: Store) -> None:
    """Where a theme is asked for, a city is no suggestion."""
    assert "例示市" not in failing(store, "例事市", "theme").line("ja")


def test_a_thing_of_another_kind_is_refused(store: Store) -> None:
    """A plan is not a government, whichever way it is written."""
    assert "gov:99201 is not a plan" in failing(store, "gov:99201", "plan").line("en")
    assert "計画「例示市」が見つかりません" in failing(store, "例示市", "plan").line("ja")


def test_a_wrong_check_digit_is_told(store: Store) -> None:
    """The sixth digit of a code follows from the five before it."""
    assert "99201 has the code 992011" in failing(store, "992012").line("en")


def test_an_unknown_prefix_lists_the_known_ones(store: Store) -> None:
    """A CURIE with a prefix that nobody declared cannot be meant."""
    line = failing(store, "goverment:99201").line("en")
    assert "the prefix goverment: is unknown" in line
    assert "gov:" in line


@pytest.mark.parametrize(
    "text", ["", "  ", "gov:98765", f"{BASE}id/gov/1", "<not an iri>", "<a b>", "zzz", "98765"]
)
def test_what_nothing_is_called_is_one_line(store: Store, text: str) -> None:
    """Unknown, empty and malformed names are told in both languages, without a line break."""
    error = failing(store, text)
    assert error.line("ja") != error.line("en")
    assert "\n" not in error.line("ja")


def test_a_government_goes_before_its_namesake(tmp_path: Path) -> None:
    """`sosei show 例示市` is about the city, though a signature may have the same label."""
    store = load(write_workspace(tmp_path))
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    other = ox.NamedNode(f"{BASE}id/other")
    graph = ox.NamedNode(f"{BASE}graph/reiji-strategy")
    store.ox.add(ox.Quad(other, label, ox.Literal("例示市", language="ja"), graph))
    assert resolve(store, "例示市") == REIJI


@pytest.mark.parametrize(
    ("code", "digit"),
    [("16202", "7"), ("16205", "1"), ("01213", "1"), ("08202", "3"), ("16000", "8"), ("17201", "4")],
)
def test_the_check_digit_of_a_code(code: str, digit: str) -> None:
    """The published codes of Takaoka, Himi, Tomakomai, Hitachi, Toyama and Kanazawa."""
    assert check_digit(code) == digit


@pytest.mark.parametrize("iri", [REIJI, KPI, "http://metadata.un.org/sdg/11.2", f"{BASE}ns#Plan"])
def test_a_short_form_is_read_back(store: Store, iri: str) -> None:
    """What a message shows can be typed."""
    assert resolve(store, compact(iri, BASE)) == iri
    assert len(compact(iri, BASE)) < len(iri)
