"""Who leads and who cooperates in an agreement; its parties, its day and its signatures."""

from pathlib import Path

import pytest

from sosei_graph.ingest.records import Agreement, Government, Passage, RoleCell
from tests.ingest.agreements import CLOSING, ROWS, agreement, findings, items, preamble, reasons, whom

# Roles.


def two_roles(first: str, second: str, folder: Path) -> tuple[RoleCell, ...]:
    text = preamble() + f"別表\n取組の内容\t甲の役割\t乙の役割\n仕組みを整える。\t{first}\t{second}\n"
    return items(agreement(text, folder))[0].roles


@pytest.mark.parametrize(
    ("words", "role", "certain"),
    [
        ("計画の策定を主体的に行う。", "lead", True),
        ("乙と連携して、計画の策定に主体的に取り組む。", "lead", True),
        ("計画の策定に取り組む。", "partner", True),
        ("中心となって計画を策定する。", "partner", False),
        ("中心的な役割を担い、計画を策定する。", "partner", False),
        ("乙が主体的に行う計画の策定を支える。", "partner", False),
        ("住民が主体的に学ぶ場を設ける。", "partner", False),
        ("主体的に取り組む団体を支援する。", "partner", False),
        ("計画の策定に主体的に参加する。", None, False),
    ],
)
def test_only_its_own_words_make_a_party_lead(
    words: str, role: str | None, certain: bool, tmp_path: Path
) -> None:
    cell, other = two_roles(words, "計画の策定に主体的に取り組む。", tmp_path)
    assert (cell.role, cell.doubt.confidence == 1) == (role, certain)
    assert other.role == "lead"


def test_agreement_that_never_says_lead_leaves_it_open(tmp_path: Path) -> None:
    """Both stay partners, each with a remark: the words do not tell who leads."""
    cells = two_roles("計画を策定する。", "計画の策定に協力する。", tmp_path)
    assert {(cell.role, cell.doubt.confidence) for cell in cells} == {("partner", 0.6)}
    assert all("主体的に" in cell.doubt.remarks[0].ja for cell in cells)


def test_city_that_is_no_party_cooperates_where_it_is_named_as_one_to_work_with(tmp_path: Path) -> None:
    """南砺市 works with both; 砺波市 is only where something stands; 氷見市民病院 is no city."""
    first = "南砺市及び関係機関と連携して案内に主体的に取り組む。"
    second = "甲及び南砺市と協力して、砺波市の道路と氷見市民病院に案内板を置く。"
    cells = two_roles(first, second, tmp_path)
    assert [(cell.assignee.name.text, cell.assignee.code, cell.role) for cell in cells] == [
        ("例示市", None, "lead"),
        ("見本町", None, "partner"),
        ("南砺市", "16210", "cooperating"),
        ("砺波市", "16208", None),
    ]
    assert whom(cells[0]) == ["南砺市", "関係機関"]
    assert whom(cells[1]) == ["例示市", "南砺市", "砺波市"]
    assert len(cells[2].passage.spans) == 2
    assert cells[3].doubt.confidence < 1


def test_same_cell_is_not_read_for_another(tmp_path: Path) -> None:
    text = preamble() + "別表\n取組の内容\t甲の役割\t乙の役割\n窓口を開く。\t窓口を主体的に運営する。\t同左\n"
    found = findings(text, tmp_path)
    assert found.agreement is not None
    assert len(items(found.agreement)[0].roles) == 1
    assert "the text points at another cell" in reasons(found)


# The head and the end.


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        (
            "松江市（以下「甲」という。）及び米子市（以下「乙」という。）並びに境港市（以下「丙」という。）は、",
            ["32201", "31202", "31204"],
        ),
        ("広島市（以下「甲」という。）及び山口県岩国市（以下「乙」という。）は、", ["34100", "35208"]),
        (
            "名寄市及び士別市（以下「甲」という。）と剣淵町（以下「乙」という。）は、",
            ["01221", "01220", "01465"],
        ),
        ("高知市（以下「甲」という。）と高知県（以下「乙」という。）は、", ["39201", "39"]),
        ("松山市及び東温市は、", ["38201", "38215"]),
        ("例示市を甲、見本町を乙とし、甲及び乙は、", [None, None]),
        ("島牧村、寿都町及び黒松内町（以下「連携町村」という。）は、", ["01391", "01392", "01393"]),
    ],
)
def test_parties_are_those_that_the_sentence_names(
    sentence: str, parties: list[str | None], tmp_path: Path
) -> None:
    found = agreement(
        f"連携中枢都市圏の形成に係る連携協約\n\n{sentence}次のとおり連携協約を締結する。\n", tmp_path
    )
    assert [each.code for each in found.parties] == parties


@pytest.mark.parametrize(
    ("head", "area"),
    [
        ("例示市と見本町におけるれいじ圏域連携中枢都市圏形成に係る連携協約\n", "れいじ圏域"),
        ("れいじ山麓定住自立圏の形成に関する協定書\n", "れいじ山麓定住自立圏"),
        ("連携中枢都市圏「れいじ都市圏」の形成に係る連携協約\n", "れいじ都市圏"),
        ("例示市と見本県見本町との連携中枢都市圏形成に係る連携協約\n", None),
        ("定住自立圏の形成に関する協定書\n", None),
    ],
)
def test_area_is_read_where_it_has_a_name(head: str, area: str | None, tmp_path: Path) -> None:
    found = agreement(
        f"{head}\n例示市（以下「甲」という。）と見本町（以下「乙」という。）は、次のとおり締結する。\n",
        tmp_path,
    )
    assert (found.area.text if found.area else None) == area


@pytest.mark.parametrize(
    ("end", "day", "reason"),
    [
        (f"{CLOSING}\n令和７年３月25日\n", "2025-03-25", None),
        (f"{CLOSING}\n令和　　年　　月　　日\n", None, "the date is blank"),
        (f"{CLOSING}\n令和７年３月　　日\n", None, "the date is blank"),
        ("", None, "the date of signing could not be read"),
    ],
)
def test_day_is_the_one_beside_the_signatures(
    end: str, day: str | None, reason: str | None, tmp_path: Path
) -> None:
    found = findings(preamble() + end, tmp_path)
    assert found.agreement is not None
    assert found.agreement.signed_on == day
    assert (reason in reasons(found)) == (reason is not None)


def test_day_below_the_title_is_doubtful_and_that_of_a_notice_none(tmp_path: Path) -> None:
    title, rest = preamble().split("\n", 1)
    below = findings(f"○{title}\n平成28年10月11日\n{rest}", tmp_path).agreement
    notice = findings(f"○{title}\n平成28年10月11日\n告示第５号\n{rest}", tmp_path)
    assert below is not None
    assert (below.signed_on, below.doubt.confidence < 1) == ("2016-10-11", True)
    assert notice.agreement is not None
    assert notice.agreement.signed_on is None


def test_signatures_in_columns_with_seals_and_a_witness(tmp_path: Path) -> None:
    """Spread letters, wide gaps, ㊞; the witness signs for no party."""
    end = (
        f"{CLOSING}\n　令和　７年　２月　１日\n　　甲　　見本県例示市本町１番１号\n"
        "　　　　　例　示　市\n　　　　　例示市長　　例　示　　太　郎　　㊞\n"
        "　　乙　　見本県見本郡見本町中２３\n　　　　　見本町長　　㊞\n"
        "　　立会人　手本県知事　　手本　次郎\n"
    )
    found = agreement(preamble() + end, tmp_path)
    assert found.signed_on == "2025-02-01"
    assert [(each.government.name.text, each.office and each.office.text) for each in found.signatories] == [
        ("例示市", "例示市長"),
        ("見本町", "見本町長"),
    ]
    first, second = found.signatories
    assert first.name is not None
    assert first.name.text.split() == ["例", "示", "太", "郎"]
    assert second.name is None


def test_change_names_what_it_changes_and_lists_what_cannot_be_read(tmp_path: Path) -> None:
    text = (
        "例示市及び見本町における連携中枢都市圏形成に係る連携協約の一部を変更する連携協約\n"
        "例示市（以下「甲」という。）と見本町（以下「乙」という。）とは、平成29年3月30日に締結した連携中枢都市圏形成に係る連携協約（以下「原協約」という。）の一部を変更する連携協約を次のとおり締結する。\n"
        "第２条中「相互に」を「互いに」に改める。\n別表を次のように改める。\n別表（第３条関係）\n"
        "取組の内容\t甲の役割\t乙の役割\n窓口を開く。\t主体的に運営する。\t知らせる。\n"
    )
    found = findings(text, tmp_path)
    change = found.agreement
    assert change is not None
    assert change.is_amendment
    assert change.earlier is not None
    assert change.earlier.title.text == "連携中枢都市圏形成に係る連携協約"
    assert change.earlier.signed is not None
    assert change.earlier.signed[0] == "2017-03-30"
    assert change.replaces_annex is not None
    assert change.replaces_annex.text == "別表を次のように改める。 別表（第３条関係）"
    assert len(items(change)) == 1
    assert "a clause that changes single words cannot be read as items" in reasons(found)


def test_text_that_is_no_agreement_gives_nothing_but_reasons(tmp_path: Path) -> None:
    found = findings("市民だより\n\n今月の行事をお知らせします。\n１　文化祭\n２　運動会\n", tmp_path)
    assert found.agreement == Agreement(Passage("", ()), ())
    assert len(reasons(found)) == 4


@pytest.mark.parametrize("row", ROWS[:1])
def test_government_in_no_list_is_a_party_by_its_name(row: tuple[str, str, str], tmp_path: Path) -> None:
    """例示市 is in no list: it has a name and no code."""
    text = preamble() + "別表\n取組の内容\t例示市の役割\t見本町の役割\n" + "\t".join(row) + "\n"
    assert agreement(text, tmp_path).parties[0] == Government(agreement(text, tmp_path).parties[0].name, None)
