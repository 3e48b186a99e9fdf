"""The annexes and clauses of agreements: tables of many heads, columns in text, nested and labelled clauses."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting.agreement import extract
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Agreement
from tests.ingest.agreements import agreement, findings, items, preamble, reasons, roles
from tests.ingest.blocks import Document, Grid, Heading, Merged, Paragraph
from tests.ingest.documents import write

# Tables.


def table(
    rows: tuple[tuple[str | Merged | None, ...], ...],
    widths: tuple[float, ...],
    over: str = "別表（第３条関係）",
) -> Document:
    return Document(
        (*(Paragraph(line) for line in preamble().splitlines() if line), Heading(over, 2), Grid(rows, widths))
    )


def extracted(document: Document, path: Path) -> Agreement:
    write(document, path)
    found = extract(read(path)).agreement
    assert found is not None
    return found


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_head_of_two_rows_with_fields_and_names(suffix: str, tmp_path: Path) -> None:
    """役割分担 over 甲 and 乙, the field merged over its items; a cell of both is shared, － is no role."""
    rows = (
        (
            *(Merged(head, rows=2) for head in ("政策分野", "取組", "取組の内容")),
            Merged("役割分担", columns=2),
            None,
        ),
        (None, None, None, "甲", "乙"),
        (
            Merged("経済成長のけん引", rows=2),
            "創業支援",
            "相談窓口を開く。",
            "窓口の運営に主体的に取り組む。",
            "甲と連携して知らせる。",
        ),
        (None, "観光振興", "周遊の道をつくる。", Merged("互いに協力して案内板をつくる。", columns=2), None),
        ("生活機能の強化", "医療", "休日の当番を保つ。", "当番表をつくる。", "－"),
    )
    found = extracted(table(rows, (80, 70, 110, 110, 110)), tmp_path / f"two.{suffix}")
    assert [(field.name.text, [item.name.text for item in field.items]) for field in found.fields] == [
        ("経済成長のけん引", ["創業支援", "観光振興"]),
        ("生活機能の強化", ["医療"]),
    ]
    first, second, third = items(found)
    assert [role for _, role, _ in roles(first)] == ["lead", "partner"]
    assert {text for _, _, text in roles(second)} == {"互いに協力して案内板をつくる。"}
    assert len(second.roles) == 2
    assert roles(third) == [("例示市", "partner", "当番表をつくる。"), ("見本町", None, "－")]
    assert third.roles[1].absence == "blank-mark"


def test_name_merged_over_several_items_is_their_field(tmp_path: Path) -> None:
    """取組 | 内容, where one 取組 has several 内容; 例示市 and 見本町 alone are heads of their roles."""
    rows = (
        ("取組", "内容", "例示市", "見本町"),
        (Merged("産業振興", rows=2), "商談会を開く。", "会場の用意に主体的に取り組む。", "企業に知らせる。"),
        (None, "見本市に出る。", "出展の費用を負担する。", "○"),
        ("医療", "当番を保つ。", "当番表をつくる。", "医師を送る。"),
    )
    document = table(rows, (80, 120, 120, 120))
    found = extracted(document, tmp_path / "merged.pdf")
    assert found.fields[0].name.text == "産業振興"
    assert [item.name.text for item in found.fields[0].items] == ["商談会を開く。", "見本市に出る。"]
    assert items(found)[2].name.text == "医療"
    assert [[name for name, _, _ in roles(item)] for item in items(found)] == [
        ["例示市", "見本町"],
        ["例示市"],
        ["例示市", "見本町"],
    ]


def test_empty_cell_is_of_the_field_above(tmp_path: Path) -> None:
    text = preamble() + (
        "別表\n分野\t取組の内容\t甲の役割\t乙の役割\n産業\t商談会を開く。\t会場を用意する。\t知らせる。\n"
        "\t見本市に出る。\t出展する。\t出展する。\n医療\t当番を保つ。\t当番表をつくる。\t医師を送る。\n"
    )
    found = agreement(text, tmp_path)
    assert [(field.name.text, len(field.items)) for field in found.fields] == [("産業", 2), ("医療", 1)]


def test_headings_in_rows_of_their_own(tmp_path: Path) -> None:
    rows = (
        ("取組の内容", "甲の役割", "乙の役割"),
        (Merged("１　経済成長のけん引", columns=3), None, None),
        (Merged("（１）産業", columns=3), None, None),
        ("商談会を開く。", "会場の用意に主体的に取り組む。", "企業に知らせる。"),
        (Merged("（２）観光", columns=3), None, None),
        ("案内をつくる。", "案内を編集する。", "写真を集める。"),
        (Merged("２　生活機能の向上", columns=3), None, None),
        ("当番を保つ。", "当番表をつくる。", "医師を送る。"),
    )
    found = extracted(table(rows, (150, 150, 150)), tmp_path / "titles.pdf")
    assert [
        (field.notation.text if field.notation else "", field.name.text, [each.text for each in field.above])
        for field in found.fields
    ] == [
        ("１（１）", "産業", ["１ 経済成長のけん引"]),
        ("１（２）", "観光", ["１ 経済成長のけん引"]),
        ("２", "生活機能の向上", []),
    ]


def test_rows_that_are_labelled_themselves(tmp_path: Path) -> None:
    rows = (
        (Merged("１　医療", columns=2), None),
        (Merged("（１）　救急", columns=2), None),
        *(("取組の内容", "当番を保つ。"), ("甲の役割", "当番表をつくる。"), ("乙の役割", "医師を送る。")),
        (Merged("（２）　健診", columns=2), None),
        *(("取組の内容", "日を合わせる。"), ("甲の役割", "会場を用意する。"), ("乙の役割", "車を出す。")),
    )
    document = table(rows, (100, 300), "別表第１　生活機能の強化に係る政策分野")
    found = extracted(document, tmp_path / "labelled.docx")
    [field] = found.fields
    assert (field.name.text, [each.text for each in field.above]) == (
        "医療",
        ["別表第１ 生活機能の強化に係る政策分野"],
    )
    assert [(item.name.text, [text for _, _, text in roles(item)]) for item in field.items] == [
        ("救急", ["当番表をつくる。", "医師を送る。"]),
        ("健診", ["会場を用意する。", "車を出す。"]),
    ]


def test_table_over_several_pages_keeps_its_items(tmp_path: Path) -> None:
    """Twelve items, their heads printed once; 役割分担及び費用分担 in one column of each city."""
    head = ("取組", "内容", "例示市の役割分担及び費用分担", "見本町の役割分担及び費用分担")
    rows = tuple(
        (
            f"取組{n}番",
            f"{n}番の取組として、暮らしを支える仕組みを時間をかけて丁寧に整える。" * 2,
            "整備に主体的に取り組み、費用を負担する。",
            f"{n}番の整備に協力する。",
        )
        for n in range(1, 13)
    )
    found = extracted(table((head, *rows), (70, 150, 130, 130)), tmp_path / "pages.pdf")
    assert [item.name.text for item in items(found)] == [f"取組{n}番" for n in range(1, 13)]
    assert {tuple(role for _, role, _ in roles(item)) for item in items(found)} == {("lead", "partner")}


def test_roles_in_one_column_are_told_apart_by_their_subjects(tmp_path: Path) -> None:
    """A sentence that is of nobody leaves the roles of its item unread, not guessed; costs are no role."""
    text = preamble() + (
        "別表第１　産業\n項目\t取組の内容\t役割分担及び費用負担\n"
        "（１）商談\t商談会を開く。\t甲は、会場を主体的に用意する。乙は、企業に知らせる。費用は甲が負担する。\n"
        "（２）観光\t案内をつくる。\t【甲】案内を編集する。【乙】写真を集める。\n"
        "（３）農業\t産物を売る。\t互いに協力する。\n"
    )
    found = findings(text, tmp_path)
    assert found.agreement is not None
    first, second, third = items(found.agreement)
    assert roles(first) == [
        ("例示市", "lead", "甲は、会場を主体的に用意する。"),
        ("見本町", "partner", "乙は、企業に知らせる。"),
    ]
    assert [text for _, _, text in roles(second)] == ["案内を編集する。", "写真を集める。"]
    assert third.roles == ()
    assert [each.passage.text for each in found.unread if each.reason.en.startswith("the roles")] == [
        "（３）農業 産物を売る。 互いに協力する。"
    ]


def test_column_of_somebody_who_is_no_party_gets_no_role(tmp_path: Path) -> None:
    text = (
        preamble()
        + "別表\n取組の内容\t中心市の役割\t遠方市の役割\n窓口を開く。\t窓口を主体的に運営する。\t窓口を知らせる。\n"
    )
    [item] = items(agreement(text, tmp_path))
    assert [(cell.assignee.name.text, cell.assignee.code, cell.role) for cell in item.roles] == [
        ("中心市", None, None),
        ("遠方市", None, None),
    ]


def test_table_of_old_and_new_wording_is_not_read(tmp_path: Path) -> None:
    text = preamble() + "変更後\t変更前\n取組の内容\t甲の役割\n窓口を開く。\t窓口を運営する。\n"
    found = findings(text, tmp_path)
    assert found.agreement is not None
    assert found.agreement.fields == ()
    assert "a table of old and new wording cannot be read as an annex" in reasons(found)


def test_columns_that_do_not_come_apart_are_listed(tmp_path: Path) -> None:
    """A line with fewer pieces than columns could be of any of them."""
    text = preamble() + (
        "別表（第３条関係）\n取組の内容 甲の役割 乙の役割\n"
        "地域の産物を使った新し 新しい商品の開発に\nい商品をつくる。 取り組む。 商品を売る。\n"
    )
    found = findings(text, tmp_path)
    assert found.agreement is not None
    assert found.agreement.fields == ()
    assert "the columns are interleaved and could not be told apart" in reasons(found)


# Clauses.


def test_sublists_of_a_role_are_part_of_it(tmp_path: Path) -> None:
    text = preamble() + (
        "（取組）\n第３条　取組は、次のとおりとする。\n（１）生活機能の強化\nア　医療\n"
        "（ア）救急\nａ　取組の内容\n当番を保つ。\n"
        "ｂ　甲の役割\n（ａ）診療所を置く。\n（ｂ）経費を調整する。\nｃ　乙の役割\n"
        "（ａ）経費を負担する。\n（費用負担）\n第４条　費用は、別に定める。\n"
    )
    found = agreement(text, tmp_path)
    [field] = found.fields
    assert field.notation is not None
    assert (field.notation.text, field.name.text, [each.text for each in field.above]) == (
        "（１）ア",
        "医療",
        ["（１） 生活機能の強化"],
    )
    [item] = field.items
    assert (item.notation and item.notation.text, item.name.text) == ("（ア）", "救急")
    assert [text for _, _, text in roles(item)] == [
        "（ａ）診療所を置く。（ｂ）経費を調整する。",
        "（ａ）経費を負担する。",
    ]


def test_labels_in_brackets_and_on_the_line_of_their_text(tmp_path: Path) -> None:
    text = preamble() + (
        "第３条　次のとおりとする。\n(1)　図書館\n【取組内容】\n図書館を互いに使う。\n"
        "【甲の役割】\n本を増やす。\n【乙の役割】\n司書を送る。\n"
        "(2)　防災\nア　取組内容　備蓄を分ける。\nイ　甲の役割　備蓄に主体的に取り組む。\n"
        "ウ　乙の役割　倉庫を貸す。\n"
    )
    first, second = items(agreement(text, tmp_path))
    assert [text for _, _, text in roles(first)] == ["本を増やす。", "司書を送る。"]
    assert [role for _, role, _ in roles(second)] == ["lead", "partner"]
    assert second.content is not None
    assert second.content.text == "備蓄を分ける。"


def test_role_clause_that_names_the_party_first(tmp_path: Path) -> None:
    text = preamble() + (
        "第３条　次のとおりとする。\n（１）産業\nア　商談\n取引を増やすため、商談会を開く。\n"
        "（ア）役割分担\nａ　甲　会場を用意する。\nｂ　乙　企業に知らせる。\n"
        "イ　観光\n（ア）取組内容\n案内をつくる。\n（イ）役割分担\n"
        "甲は、案内を編集する。乙は、写真を集める。\n"
    )
    first, second = items(agreement(text, tmp_path))
    assert first.content is not None
    assert first.content.text == "取引を増やすため、商談会を開く。"
    assert [text for _, _, text in roles(first)] == ["会場を用意する。", "企業に知らせる。"]
    assert [text for _, _, text in roles(second)] == ["甲は、案内を編集する。", "乙は、写真を集める。"]


def test_names_without_marks_are_doubtful(tmp_path: Path) -> None:
    text = "例示市及び手本市（以下「甲」という。）と見本町（以下「乙」という。）は、次のとおり協定を締結する。\n\n"
    for names in (("医療", "救急医療"), ("地域医療",), ("福祉", "子育て支援")):
        text += "".join(
            f"{line}\n\n"
            for line in (
                *names,
                "取組の内容",
                "体制を保つ。",
                "甲の役割",
                "病院で担う。",
                "乙の役割",
                "町民に知らせる。",
            )
        )
    found = agreement(text, tmp_path)
    assert [(field.name.text, [item.name.text for item in field.items]) for field in found.fields] == [
        ("医療", ["救急医療", "地域医療"]),
        ("福祉", ["子育て支援"]),
    ]
    assert {item.doubt.confidence for item in items(found)} == {0.7}
    assert [name for name, _, _ in roles(items(found)[0])] == ["例示市", "手本市", "見本町"]


def test_parties_that_are_only_signs_have_no_role(tmp_path: Path) -> None:
    """A page that shows the clauses and not the head: who 甲 is cannot be said."""
    text = "医療\n\n取組の内容\n\n体制を保つ。\n\n甲の役割\n\n体制づくりに主体的に取り組む。\n"
    found = findings(text, tmp_path)
    assert found.agreement is not None
    [item] = items(found.agreement)
    assert [(cell.assignee.code, cell.role) for cell in item.roles] == [(None, None)]
    assert "the parties could not be read" in reasons(found)
