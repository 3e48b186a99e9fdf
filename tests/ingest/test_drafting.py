"""Drafting: what was read becomes facts with evidence, in the IRIs and the forms of the reviewed graphs."""

from decimal import Decimal
from pathlib import Path

import pytest

from sosei_graph.evidence.sources import digest
from sosei_graph.ingest.drafting.names import is_name
from sosei_graph.ingest.ingesting import ingest
from sosei_graph.ingest.matching import Thing, View, content
from sosei_graph.vocab import BASE, PREFIXES
from sosei_graph.workspace import Workspace, packaged_root
from tests.ingest.documents import AGREEMENT, KPI_TABLE, PLAN
from tests.ingest.drafts import ingested, quads_of, reading_of, said, short, things_of

PLAN_IRI = f"{BASE}id/plan/99201/comprehensive-strategy"
SELECTOR = "/selector/char-"


def kpis(view: View) -> dict[str, Thing]:
    """The indicators of a draft by their names."""
    return {thing.one("statedName"): thing for thing in view.sort("indicator")}


def value(view: View, name: str, link: str) -> Thing:
    """A value of the indicator of that name."""
    return view.things[kpis(view)[name].one(link)]


def test_elements_and_indicators_have_the_iris_of_the_design(reiji: Workspace, tmp_path: Path) -> None:
    """Goals are numbered, indicators by their goal and place, values by their kind."""
    view = things_of(ingested(KPI_TABLE, reiji, tmp_path, city="99201"))
    assert short(thing.iri for thing in view.sort("element")) == [
        "plan/99201/comprehensive-strategy/goal/1",
        "plan/99201/comprehensive-strategy/goal/2",
    ]
    assert short(thing.iri.removeprefix(PLAN_IRI) for thing in view.sort("indicator")) == [
        *("/kpi/1-1", "/kpi/1-2", "/kpi/1-3", "/kpi/2-1", "/kpi/2-2"),
    ]
    assert kpis(view)["社会増減数"].one("indicatorOf") == f"{PLAN_IRI}/goal/2"


def test_a_figure_keeps_what_was_printed_and_what_it_means(reiji: Workspace, tmp_path: Path) -> None:
    """Number, print and unit of a value, whatever the scale, the sign and the bound."""
    view = things_of(ingested(KPI_TABLE, reiji, tmp_path, city="99201"))
    for name, link, number, printed, unit in (
        ("社会増減数", "hasBaseline", "-113", "▲113人", "person"),
        ("社会増減数", "hasTarget", "0", "０人", "person"),
        ("移住相談件数", "hasActual", "5350000", "535万件", "case"),
        ("移住相談件数", "hasTarget", "240", "240件以上", "case"),
        ("市内の従業者数", "hasActual", "20985", "20,985人", "person"),
        ("観光入込客数のうち宿泊した人の割合", "hasBaseline", "18.5", "18.5％", "percent"),
    ):
        found = value(view, name, link)
        assert Decimal(found.one("numericValue")) == Decimal(number)
        assert found.one("statedValue") == printed
        assert found.one("unit") == f"{PREFIXES['unit']}{unit}"


def test_a_value_that_is_no_number_is_none(reiji: Workspace, tmp_path: Path) -> None:
    """未実施 has a reason and no number; 約 is marked."""
    view = things_of(ingested(KPI_TABLE, reiji, tmp_path, city="99201"))
    absent = value(view, "観光入込客数のうち宿泊した人の割合", "hasActual")
    assert absent.one("absenceReason") == f"{PREFIXES['absence']}not-implemented"
    assert absent.one("statedValue") == "未実施"
    assert not absent.one("numericValue")
    assert value(view, "移住相談件数", "hasBaseline").one("approximate") == "true"
    assert kpis(view)["新規創業件数（累計）"].one("cumulative") == "true"


@pytest.mark.parametrize("name", ["shiryo.pdf", "shiryo.docx", "shiryo.txt"])
def test_every_fact_has_a_place_where_it_stands(name: str, reiji: Workspace, tmp_path: Path) -> None:
    """What was printed is found again at the spans of its node, in the text that is written beside the draft."""
    outcome = ingested(KPI_TABLE, reiji, tmp_path, name, city="99201")
    view = things_of(outcome)
    text = outcome.written[1].read_bytes().decode()
    assert view.document is not None
    assert view.document.one("sha256") == digest(text)
    printed = [(thing, thing.one("statedValue")) for thing in view.sort("value") if thing.one("statedValue")]
    assert len(printed) == 15
    for thing, stated in printed:
        assert any(stated in text[start:end] for start, end in thing.spans)
    for thing in view.things.values():
        if thing.kind == "Evidence":
            start, end = map(int, thing.iri.partition("#char=")[2].split(","))
            assert thing.one("digest") == digest(text[start:end])
            assert bool(thing.one("pageNumber")) == name.endswith(".pdf")


def test_the_file_that_the_text_was_taken_from_is_named(reiji: Workspace, tmp_path: Path) -> None:
    """A DOCX has its name and digest beside those of its text; a text file is its own."""
    docx = things_of(ingested(KPI_TABLE, reiji, tmp_path, city="99201")).document
    text = things_of(ingested(KPI_TABLE, reiji, tmp_path, "shiryo.txt", city="99201")).document
    assert docx is not None
    assert text is not None
    assert docx.one("fileName") == text.one("fileName") == "shiryo.txt"
    assert docx.one("originalFileName") == "shiryo.docx"
    assert len(docx.one("originalSha256")) == 64
    assert not text.one("originalFileName")


@pytest.mark.parametrize("other", ["shiryo.html", "shiryo.pdf", "shiryo.xlsx"])
def test_two_renderings_give_the_same_facts(other: str, reiji: Workspace, tmp_path: Path) -> None:
    """The values of a document do not depend on the format that it comes in."""

    def said(name: str) -> set[tuple[str, ...]]:
        view = things_of(ingested(KPI_TABLE, reiji, tmp_path, name, city="99201"))
        return {(thing.iri, content(thing), thing.one("statedValue")) for thing in view.sort("value")}

    assert said("shiryo.docx") == said(other)


def test_an_unknown_city_is_a_placeholder_and_never_another_city(reiji: Workspace, tmp_path: Path) -> None:
    """見本町 is in no list: its IRI is one of the document's own, and what rests on it is a violation."""
    outcome = ingested(AGREEMENT, reiji, tmp_path)
    quads = quads_of(outcome.written[0])
    parties = {
        quad.object.value
        for quad in quads
        if quad.predicate.value.endswith("#contractingParty") and hasattr(quad.object, "value")
    }
    assert short(parties) == ["doc/shiryo/government/1", "gov/99201"]
    assert outcome.counts["violation"] > 0
    assert all(
        "/id/gov/" not in thing or thing.endswith("/99201") for thing in map(str, things_of(outcome).things)
    )


def test_the_city_can_be_told(reiji: Workspace, tmp_path: Path) -> None:
    """Where the document does not say whose it is, the user does, by name or code, and nothing is left to mend."""
    for city in ("例示市", "99201", "992011"):
        outcome = ingested(KPI_TABLE, reiji, tmp_path, city=city)
        assert outcome.counts["violation"] == 0
    told = ingested(PLAN, reiji, tmp_path, "plan.docx", city="99201")
    assert any("plan/99201/regional-revitalization-2" in iri for iri in things_of(told).things)
    untold = ingested(PLAN, reiji, tmp_path, "plan.docx", output=tmp_path / "out")
    assert any("doc/plan/plan/regional-revitalization-2" in iri for iri in things_of(untold).things)


def test_a_city_of_several_of_its_name_is_asked_for(tmp_path: Path) -> None:
    """Another city that the document names more often is not put in its place; the user is asked in one line."""
    path = tmp_path / "senryaku.txt"
    text = "府中市総合戦略\n基本目標１　しごとをつくる\n高岡市に学ぶ。高岡市と組む。高岡市へ送る。\n"
    path.write_text(text, encoding="utf-8")
    workspace = Workspace.find(packaged_root())

    def publishers(city: str | None = None) -> tuple[list[str], list[str]]:
        outcome = ingest([path], workspace, output=tmp_path / "out", city=city)[0]
        told = [each.en for each in outcome.warnings if "--city" in each.en]
        document = things_of(outcome).document
        assert document is not None
        return short(document.all(f"{PREFIXES['dcterms']}publisher")), told

    (asked,) = publishers()[1]
    assert "13206 東京都府中市, 34208 広島県府中市" in asked
    assert publishers()[0] == ["doc/senryaku/government/1"]
    assert publishers(city="広島県府中市") == (["gov/34208"], [])
    assert publishers(city="34208") == (["gov/34208"], [])
    assert publishers(city="高岡市") == (["doc/senryaku/government/1"], [asked])


def test_prose_is_not_copied_unless_it_may_be(reiji: Workspace, tmp_path: Path) -> None:
    """The sentences of an agreement stand in the source alone; with `quote` they are kept as quotations."""
    sentence = "創業を志す人への相談窓口を圏域で一体的に運営する。"
    plain = ingested(AGREEMENT, reiji, tmp_path, output=tmp_path / "plain")
    assert sentence not in plain.written[0].read_text()
    item = things_of(plain).sort("item")[0]
    assert item.names == {"連携項目1-1"}
    assert item.spans
    quoted = ingested(AGREEMENT, reiji, tmp_path, output=tmp_path / "quoted", quote=True)
    assert things_of(quoted).sort("item")[0].one("quotation") == sentence


def test_a_missing_english_name_is_a_warning(reiji: Workspace, tmp_path: Path) -> None:
    """No English is invented: the reviewer is told, and the draft can be accepted without it."""
    outcome = ingested(KPI_TABLE, reiji, tmp_path, city="99201")
    missing = [finding for finding in outcome.findings if finding.shape_name == "EnglishLabel"]
    assert f"{PLAN_IRI}/kpi/1-1" in {finding.focus for finding in missing}
    assert {finding.severity for finding in missing} == {"warning"}


def test_what_was_not_found_is_said_and_not_invented(reiji: Workspace, tmp_path: Path) -> None:
    """The table gives no years and the document no plan period: both are nodes that say so."""
    view = things_of(ingested(KPI_TABLE, reiji, tmp_path, city="99201"))
    found = value(view, "社会増減数", "hasTarget")
    period = view.things[found.one("period")]
    assert period.one("absenceReason") == f"{PREFIXES['absence']}not-found"
    assert view.things[f"{PLAN_IRI}/period"].one("absenceReason") == f"{PREFIXES['absence']}not-found"


def test_a_period_read_from_a_head_stands_on_the_value(reiji: Workspace, tmp_path: Path) -> None:
    """目標値（2029年度） is the period of each target below it; 計画開始時点 is the first day of the plan."""
    view = things_of(ingested(PLAN, reiji, tmp_path, city="99201"))
    target = value(view, "合計特殊出生率", "hasTarget")
    assert target.one("statedPeriod") == "2029年度"
    assert view.when(target) == "2029-04-01/2030-03-31"
    baseline = value(view, "合計特殊出生率", "hasBaseline")
    assert view.when(baseline) == "2025-04-01/2025-04-01"
    assert target.one("unit") == f"{PREFIXES['unit']}child-per-woman"


def test_roles_of_an_agreement(reiji: Workspace, tmp_path: Path) -> None:
    """Who leads and who partners stands on an assignment of its own; 関係機関 is a party without a name."""
    view = things_of(ingested(AGREEMENT, reiji, tmp_path))
    roles = {(role.iri.split("/item/")[1], role.one("role").rsplit("/", 1)[-1]) for role in view.sort("role")}
    assert ("1-1/role/99201", "lead") in roles
    assert ("1-2/role/99201", "partner") in roles
    assert [party.one("statedName") for party in view.sort("party")] == ["関係機関"]
    assert {thing.one("signatoryName") for thing in view.sort("signature")} == {"例示　太郎", "見本　花子"}


@pytest.mark.parametrize(
    ("words", "named"), [("起業者数（市の制度による。）", True), ("起業者を増やす。", False)]
)
def test_a_remark_in_brackets_makes_no_prose_of_a_name(words: str, named: bool, tmp_path: Path) -> None:
    assert is_name(said(reading_of(words, tmp_path), words)) is named
