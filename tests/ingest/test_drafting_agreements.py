"""Drafting of agreements: headings over headings, roles of several cells, parties that no list knows."""

from dataclasses import replace
from pathlib import Path

import pytest

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.matching import View
from sosei_graph.ingest.records import (
    Agreement,
    Earlier,
    Field,
    Findings,
    Government,
    Item,
    Passage,
    RoleCell,
    Signatory,
)
from sosei_graph.vocab import BASE
from sosei_graph.workspace import Workspace
from tests.ingest.blocks import Document, Grid, Paragraph
from tests.ingest.drafts import drafted, ingested, reading_of, said, short, things_of, view_of

TEXT = """例示市と隣接市の連携協約
令和元年５月１日付けで締結し令和３年６月１日付けで変更した協約を変更する。
３ 暮らし
（１） 医療
ア 救急
救急の当番を組む。
例示市は調整を主体的に行う。隣接市は医師を送る。遠方市及び関係機関と連携する。
イ 健診
健診の案内をともにつくる。
"""
AGREEMENT = f"{BASE}id/agreement/99201-99202/2025-04-01"


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return reading_of(TEXT, tmp_path)


def city(reading: Reading, name: str) -> Government:
    return Government(said(reading, name))


def joined(reading: Reading, mark: str, name: str) -> Passage:
    """A heading over others, as extractors give it: mark and name together."""
    first, second = said(reading, mark), said(reading, name)
    return Passage(f"{mark} {name}", (*first.spans, *second.spans))


def agreement(reading: Reading, **parts: object) -> Findings:
    title = said(reading, "例示市と隣接市の連携協約")
    parties = (city(reading, "隣接市"), city(reading, "例示市"))
    given = replace(Agreement(title, parties, signed_on="2025-04-01"), **parts)  # type: ignore[arg-type]
    return Findings("agreement", title, given.parties, "2025-04-01", agreement=given)


def view(reading: Reading, findings: Findings, workspace: Workspace) -> View:
    return view_of(drafted(reading, findings, workspace), reading)


def item(reading: Reading, *roles: RoleCell) -> Item:
    content = said(reading, "救急の当番を組む。")
    return Item(content, 1, None, content, roles)


def test_the_codes_stand_in_order_whoever_is_named_first(reading: Reading, reiji: Workspace) -> None:
    """The same two cities have the same IRI in each of their agreements."""
    found = view(reading, agreement(reading), reiji)
    assert [thing.iri for thing in found.sort("agreement")] == [AGREEMENT]


def test_headings_over_a_field(reading: Reading, reiji: Workspace) -> None:
    """The outermost heading is the pillar; what stands between it and the field is a field above it."""
    above = (joined(reading, "３", "暮らし"), joined(reading, "（１）", "医療"))
    fields = (
        Field(said(reading, "救急"), 1, said(reading, "ア"), above, (item(reading),)),
        Field(said(reading, "健診"), 2, said(reading, "イ"), above),
    )
    found = view(reading, agreement(reading, fields=fields), reiji)
    assert [thing.one("statedName") for thing in found.sort("pillar")] == ["暮らし"]
    by_name = {thing.one("statedName"): thing for thing in found.sort("field")}
    assert set(by_name) == {"医療", "救急", "健診"}
    assert by_name["救急"].one("directPartOf") == by_name["医療"].iri
    assert by_name["医療"].one("directPartOf") == f"{AGREEMENT}/pillar/3"
    assert {thing.one("ordinal") for thing in (by_name["救急"], by_name["健診"])} == {"1", "2"}
    assert found.sort("item")[0].one("directPartOf") == by_name["救急"].iri


def test_a_pillar_that_is_not_divided_has_one_field(reading: Reading, reiji: Workspace) -> None:
    """A field without headings over it is a pillar and a field of the same extent."""
    fields = (Field(said(reading, "暮らし"), 1, said(reading, "３"), (), (item(reading),)),)
    found = view(reading, agreement(reading, fields=fields), reiji)
    assert [thing.iri for thing in found.sort("pillar")] == [f"{AGREEMENT}/pillar/3"]
    assert [thing.iri for thing in found.sort("field")] == [f"{AGREEMENT}/field/3"]
    assert found.things[f"{AGREEMENT}/field/3"].one("directPartOf") == f"{AGREEMENT}/pillar/3"
    assert [thing.iri for thing in found.sort("item")] == [f"{AGREEMENT}/item/3-1"]


def test_an_office_without_a_name_is_no_signature(reading: Reading, reiji: Workspace) -> None:
    """A blank form says who is to sign; nobody has."""
    words = said(reading, "例示市")
    blank = Signatory(city(reading, "例示市"), words, words)
    signed = Signatory(city(reading, "隣接市"), words, words, said(reading, "救急"))
    found = view(reading, agreement(reading, signatories=(blank, signed)), reiji)
    assert [thing.iri.rsplit("/", 1)[-1] for thing in found.sort("signature")] == ["99202"]


def test_a_pillar_with_items_beside_its_fields_is_one(reading: Reading, reiji: Workspace) -> None:
    """The heading over a field, which has its mark with it, and the field of the same name are one pillar."""
    above = (joined(reading, "３", "暮らし"),)
    fields = (
        Field(said(reading, "医療"), 1, said(reading, "（１）"), above, (item(reading),)),
        Field(said(reading, "暮らし"), 1, None, (), (item(reading),)),
    )
    found = view(reading, agreement(reading, fields=fields), reiji)
    assert [thing.one("statedName") for thing in found.sort("pillar")] == ["暮らし"]
    assert {field.one("directPartOf") for field in found.sort("field")} == {f"{AGREEMENT}/pillar/3"}
    assert sorted(field.one("ordinal") for field in found.sort("field")) == ["1", "2"]


def test_cells_of_one_city_are_one_role(reading: Reading, reiji: Workspace) -> None:
    """Two cells of a city on one item are one assignment with both places; two roles are left to the reviewer."""
    one = RoleCell(city(reading, "例示市"), "lead", said(reading, "例示市は調整を主体的に行う。"))
    two = RoleCell(city(reading, "例示市"), "partner", said(reading, "隣接市は医師を送る。"))
    fields = (Field(said(reading, "救急"), 1, None, (), (item(reading, one, two),)),)
    found = view(reading, agreement(reading, fields=fields), reiji)
    roles = found.sort("role")
    assert [role.one("assignee").rsplit("/", 1)[-1] for role in roles] == ["99201"]
    start = TEXT.index("例示市は調整")
    assert roles[0].spans == ((start, TEXT.index("遠方市")),)
    assert roles[0].one("confidence") == "0.5"


def test_whom_a_cell_names(reading: Reading, reiji: Workspace) -> None:
    """A city is that city; 関係機関 is a party of the item without a name; nobody cooperates with itself."""
    cell = RoleCell(
        city(reading, "隣接市"),
        "partner",
        said(reading, "隣接市は医師を送る。"),
        (city(reading, "遠方市"), Government(said(reading, "関係機関")), city(reading, "隣接市")),
    )
    fields = (Field(said(reading, "救急"), 1, None, (), (item(reading, cell),)),)
    found = view(reading, agreement(reading, fields=fields), reiji)
    assert short(found.sort("role")[0].all("cooperatesWith")) == [
        "agreement/99201-99202/2025-04-01/item/1-1/party/related-organizations",
        "gov/99203",
    ]


def test_the_agreement_that_is_changed(reading: Reading, reiji: Workspace) -> None:
    """It and its earlier changes are nodes by their days; what is not dated stands below the one at hand."""
    title = said(reading, "協約", 2)
    signed = ("2019-05-01", said(reading, "令和元年５月１日"))
    changed = (("2021-06-01", said(reading, "令和３年６月１日")), (None, said(reading, "変更")))
    earlier = Earlier(title, signed, changed)
    found = view(reading, agreement(reading, is_amendment=True, earlier=earlier), reiji)
    base = AGREEMENT.rpartition("/")[0]
    first = f"{base}/2019-05-01"
    assert found.things[AGREEMENT].one("amends") == first
    assert {thing.iri for thing in found.sort("agreement")} == {
        AGREEMENT,
        first,
        f"{base}/2021-06-01",
        f"{AGREEMENT}/earlier-2",
    }
    assert found.things[f"{base}/2021-06-01"].one("amends") == first


def test_parties_that_no_list_knows(reading: Reading, reiji: Workspace) -> None:
    """Their agreement, their roles and their signatures are named below the document, by placeholders."""
    unknown = Government(said(reading, "健診"))
    cell = RoleCell(unknown, "lead", said(reading, "健診の案内をともにつくる。"))
    fields = (Field(said(reading, "救急"), 1, None, (), (item(reading, cell),)),)
    findings = agreement(reading, parties=(unknown, city(reading, "例示市")), fields=fields)
    found = view(reading, findings, reiji)
    document = f"{BASE}id/doc/test"
    assert [thing.iri for thing in found.sort("agreement")] == [f"{document}/agreement/2025-04-01"]
    assert found.sort("role")[0].iri == f"{document}/agreement/2025-04-01/item/1-1/role/party-1"
    assert found.things[f"{document}/government/1"].kind == ""
    assert found.things[f"{document}/government/1"].one("confidence") == "0.0"


@pytest.mark.parametrize(("mark", "reason"), [("－", "blank-mark"), ("なし", "not-applicable")])
def test_a_party_without_a_part_in_an_item_is_said_to_have_none(
    mark: str, reason: str, tmp_path: Path
) -> None:
    """A dash in a city's column is no role and no gap: the draft has nothing that an officer cannot mend."""
    lines = (
        "例示市及び見本町における連携協約",
        "富山県魚津市（以下「甲」という。）と富山県入善町（以下「乙」という。）は、次のとおり連携協約を締結する。",
        "第１条 連携して取り組む事項は、別表のとおりとする。",
        "令和７年３月25日",
        *("甲 富山県魚津市見本一丁目10番１号", "魚津市長 見本太郎"),
        *("乙 富山県下新川郡入善町見本3255", "入善町長 例示花子"),
        "別表",
    )
    grid = Grid(
        (
            ("項目", "取組内容", "甲の役割", "乙の役割"),
            ("観光の振興", "観光資源を結ぶ。", "周遊の道を企画する。", "町内を案内する。"),
            ("企業の誘致", "企業を呼ぶ。", "窓口となる。", mark),
        ),
        (90.0, 120.0, 120.0, 120.0),
    )
    paper = Document((*map(Paragraph, lines), grid))
    outcome = ingested(paper, Workspace.find(), tmp_path, "kyoyaku.docx", output=tmp_path)
    assert not [each for each in outcome.findings if each.severity == "violation"]
    assert not outcome.unread
    roles = [thing for thing in things_of(outcome).things.values() if thing.kind.endswith("RoleAssignment")]
    told = sorted(
        (role.one("role").rpartition("/")[2], role.one("absenceReason").rpartition("/")[2]) for role in roles
    )
    assert told == [("", reason), ("partner", ""), ("partner", ""), ("partner", "")]
