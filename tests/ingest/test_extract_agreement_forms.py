"""Forms that agreements of many cities share: lists below labels, 甲 of two cities, bills, heads printed again."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting.agreement import extract
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Agreement
from tests.ingest.agreements import CLOSING, agreement, findings, items, preamble, reasons, roles, whom
from tests.ingest.blocks import Block, Document, Grid, Heading, PageBreak, Paragraph
from tests.ingest.documents import write

TWO = (
    "例示市及び手本市（以下「甲」という。）と見本町（以下「乙」という。）は、"
    "定住自立圏の形成に関し、次のとおり協定を締結する。\n"
)


def table(head: str, *rows: str) -> str:
    return "別表（第３条関係）\n" + "".join(f"{row}\n" for row in (head, *rows)) + "\n"


def structure(found: Agreement) -> list[tuple[list[str], str, list[str]]]:
    """The headings over each field, its name and the names of its items."""
    return [
        ([each.text for each in field.above], field.name.text, [item.name.text for item in field.items])
        for field in found.fields
    ]


# Lists below labels.


def test_list_below_a_label_without_mark_is_of_that_party(tmp_path: Path) -> None:
    """ア and イ below 甲の役割 are no items, and 乙の役割 after them is none of their parts."""
    text = preamble() + (
        "別表第１（第３条関係）\n生活機能の強化に係る政策分野\n１　医療\n（１）　救急\n取組の内容\n救急を保つ。\n"
        "甲の役割\nア　診療所を置く。\nイ　医師会と主体的に調整する。\n乙の役割\nア　経費を負担する。\n"
        "（２）　健診\n取組の内容\n健診をそろえる。\n甲の役割\n会場を用意する。\n乙の役割\n町民に知らせる。\n"
        "２　福祉\n取組の内容\n保育所を互いに使う。\n甲の役割\n空きを知らせる。\n乙の役割\n送迎を行う。\n"
    )
    found = agreement(text, tmp_path)
    first, second, third = items(found)
    assert [item.name.text for item in (first, second, third)] == ["救急", "健診", "福祉"]
    assert roles(first) == [
        ("例示市", "lead", "ア　診療所を置く。イ　医師会と主体的に調整する。"),
        ("見本町", "partner", "ア　経費を負担する。"),
    ]
    assert [role for _, role, _ in roles(second)] == ["partner", "partner"]
    assert [text for _, _, text in roles(third)] == ["空きを知らせる。", "送迎を行う。"]


def test_list_without_sentences_ends_with_the_next_heading(tmp_path: Path) -> None:
    """ａ is in the list, （イ） goes on with the items, and イ with the fields."""
    part = (
        "【取組の内容】\n体制を保つ。\n【甲の役割】\nａ　会場の用意\nｂ　日程の調整\n【乙の役割】\nａ　参加\n"
    )
    text = preamble() + (
        "第３条　次のとおりとする。\n⑴　暮らし\nア　医療\n"
        f"（ア）　救急\n{part}（イ）　健診\n{part}イ　福祉\n（ア）　保育\n{part}"
        "（費用負担）\n第４条　費用は、甲が主体的に定める。\n"
    )
    found = agreement(text, tmp_path)
    assert structure(found) == [
        (["⑴ 暮らし"], "医療", ["救急", "健診"]),
        (["⑴ 暮らし"], "福祉", ["保育"]),
    ]
    for item in items(found):
        assert [text for _, _, text in roles(item)] == ["ａ　会場の用意ｂ　日程の調整", "ａ　参加"]


def test_mark_of_a_list_is_no_part_of_a_name(tmp_path: Path) -> None:
    text = preamble() + table(
        "取組の内容\t甲の役割\t乙の役割",
        "救急を保つ。\tア　診療所を置く。イ　医師会と連携する。\t（ア）　甲と協力する。",
    )
    [item] = items(agreement(text, tmp_path))
    assert [whom(cell) for cell in item.roles] == [["医師会"], ["例示市"]]


def test_articles_that_are_items_have_their_captions_as_names(tmp_path: Path) -> None:
    text = preamble() + (
        "第１章　暮らし\n（救急の維持）\n第１０条　甲及び乙は、救急を維持する。\n（１）取組の内容　当番を保つ。\n"
        "（２）甲の役割　診療所を主体的に置く。\n（３）乙の役割　経費を負担する。\n"
        "（保育の充実）\n第１１条　甲及び乙は、保育を充実する。\n（１）取組の内容　空きを分ける。\n"
        "（２）甲の役割　受け入れる。\n（３）乙の役割　受け入れる。\n"
    )
    assert structure(agreement(text, tmp_path)) == [([], "暮らし", ["救急の維持", "保育の充実"])]


# Two cities as one party.


def test_lead_of_one_of_two_cities_is_not_that_of_the_other(tmp_path: Path) -> None:
    """Where 甲 is two cities, a text that names one as its subject says nothing of the other's lead."""
    text = TWO + table(
        "取組の内容\t甲の役割\t乙の役割",
        "医師を送る。\t例示市は、派遣を主体的に行う。\t甲と連携して受け入れる。",
        "道を直す。\t工事を主体的に行う。\t用地を貸す。",
    )
    found = agreement(text, tmp_path)
    first, second = items(found)
    assert [(name, role) for name, role, _ in roles(first)] == [
        ("例示市", "lead"),
        ("手本市", "partner"),
        ("見本町", "partner"),
    ]
    assert first.roles[1].doubt.remarks
    assert whom(first.roles[2]) == ["例示市", "手本市"]
    assert [(name, role) for name, role, _ in roles(second)][:2] == [("例示市", "lead"), ("手本市", "lead")]


def test_parties_in_a_sentence_are_no_area(tmp_path: Path) -> None:
    text = TWO + "第１条　この協定は、甲と乙が定住自立圏を形成することを目的とする。\n" + CLOSING
    assert agreement(text, tmp_path).area is None


def test_one_column_for_all_parties_together(tmp_path: Path) -> None:
    """連携町村の役割 is the role of each of those that are called so."""
    text = (
        "例示町、手本町及び見本村（以下「連携町村」という。）は、研修に関し、次のとおり協定を締結する。\n"
        + table("取組名\t取組の内容\t連携町村の役割", "研修\t研修を開く。\t職員を送る。")
    )
    [item] = items(agreement(text, tmp_path))
    assert [(name, role) for name, role, _ in roles(item)] == [
        ("例示町", "partner"),
        ("手本町", "partner"),
        ("見本村", "partner"),
    ]


def test_column_of_one_of_several_is_of_that_one(tmp_path: Path) -> None:
    """Cities that share a name in the text (構成市) have columns of their own in the annex."""
    text = "例示市、手本市及び見本町（以下「構成市町」という。）は、次のとおり協約を締結する。\n" + table(
        "取組の内容\t例示市の役割\t見本町の役割",
        "道を直す。\t工事を主体的に行う。\t例示市及び手本市と連携する。",
    )
    [item] = items(agreement(text, tmp_path))
    assert [(name, role) for name, role, _ in roles(item)] == [("例示市", "lead"), ("見本町", "partner")]
    assert whom(item.roles[1]) == ["例示市", "手本市"]


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("例示市（甲）と見本町（乙）は、次のとおり協約を締結する。", ["例示市"]),
        ("（甲）例示市\n（乙）見本町\n上記の当事者は、次のとおり協約を締結する。", ["例示市"]),
        (
            "例示市及び手本市（以下これらを「甲」という。）並びに見本町（以下「乙」という。）は、次のとおり協約を締結する。",
            ["例示市", "手本市"],
        ),
    ],
)
def test_sides_are_called_in_other_ways(head: str, first: list[str], tmp_path: Path) -> None:
    text = f"{head}\n" + table("取組の内容\t甲の役割\t乙の役割", "道を直す。\t主体的に直す。\t用地を貸す。")
    [item] = items(agreement(text, tmp_path))
    assert [(name, role) for name, role, _ in roles(item)] == [
        *((name, "lead") for name in first),
        ("見本町", "partner"),
    ]


# Heads.


def test_running_head_is_no_title(tmp_path: Path) -> None:
    """What stands at the head of every page is not of the agreement."""
    lines = [Paragraph(line) for line in preamble().splitlines() if line]
    blocks: tuple[Block, ...] = (
        *lines,
        PageBreak(),
        Paragraph("（雑則）"),
        PageBreak(),
        Paragraph("（補則）"),
    )
    for head in ("見本町例規集", "例示市及び見本町の協約"):
        path = tmp_path / "heads.pdf"
        write(Document(blocks, running_head=head), path)
        found = extract(read(path))
        assert found.title is not None
        assert found.title.text == "例示市及び見本町における連携中枢都市圏形成に係る連携協約"


def test_bill_before_the_agreement_is_none_of_it(tmp_path: Path) -> None:
    """Title, parties and earlier agreement are those of the agreement that the bill lays before a council."""
    title = "例示市と見本町との間における連携協約の一部を変更する連携協約"
    text = (
        f"議案第45号\n{title}の締結について\n{title}を次のとおり締結する。\n"
        "令和５年２月20日提出\n例示市長　甲野　太郎\n"
        "提案理由\n連携協約を変更するため、議決を求める。\n"
        f"{title}\n例示市と見本町は、平成27年３月25日に締結した例示市と見本町との間における連携協約（以下「協約」という。）の"
        "一部を次のとおり変更する。\n別表を次のように改める。\n"
        + table("取組の内容\t例示市の役割\t見本町の役割", "道を直す。\t主体的に直す。\t用地を貸す。")
        + "令和　　年　　月　　日\n例示市長　甲野　太郎\n見本町長　乙野　花子\n"
    )
    found = agreement(text, tmp_path)
    assert (found.title.text, found.signed_on) == (title, None)
    assert [party.name.text for party in found.parties] == ["例示市", "見本町"]
    assert found.earlier is not None
    assert found.earlier.signed is not None
    assert found.earlier.signed[0] == "2015-03-25"
    assert [role for _, role, _ in roles(items(found)[0])] == ["lead", "partner"]


def test_date_behind_the_title_is_no_part_of_it(tmp_path: Path) -> None:
    found = agreement("定住自立圏の形成に関する協定書（令和２年１月17日締結）\n" + TWO, tmp_path)
    assert found.title.text == "定住自立圏の形成に関する協定書"


@pytest.mark.parametrize(("cover", "issued"), [("令和８年１月\n", "2026-01"), ("", "2026-01-19")])
def test_agreement_is_issued_when_its_cover_says(cover: str, issued: str, tmp_path: Path) -> None:
    """The month of the cover is the document's, the day of signing the agreement's."""
    text = f"例示圏域連携協約\n\n{cover}{preamble()}{CLOSING}\n令和８年１月19日\n甲　例示市長　甲野　太郎\n"
    found = findings(text, tmp_path)
    assert found.agreement is not None
    assert (found.issued, found.agreement.signed_on) == (issued, "2026-01-19")


def test_address_begins_after_the_name_of_the_side(tmp_path: Path) -> None:
    text = (
        f"{preamble()}{CLOSING}\n令和８年１月19日\n甲　例示市中央一丁目１番１号\n例示市長　甲野　太郎\n"
        "乙　例示郡見本町大字見本２番地\n見本町長　乙野　花子\n"
    )
    addresses = [each.address.text for each in agreement(text, tmp_path).signatories if each.address]
    assert addresses == ["例示市中央一丁目１番１号", "例示郡見本町大字見本２番地"]


# Tables.


def test_annexes_have_the_names_that_the_article_lists(tmp_path: Path) -> None:
    """⑴ 経済成長（別表第１）: the annex itself has no name."""
    head = "取組\t取組の内容\t甲の役割\t乙の役割\n"
    text = preamble() + (
        "（取組）\n第３条　役割は、別表に定める。\n"
        "⑴　経済成長に係る政策分野（別表第１）\n⑵　暮らしに係る政策分野（別表第２）\n"
        f"別表第１（第３条関係）\n\n{head}創業\t窓口を開く。\t主体的に開く。\t知らせる。\n\n"
        f"別表第２（第３条関係）\n\n{head}救急\t当番を保つ。\t医師を送る。\t経費を負担する。\n"
    )
    assert structure(agreement(text, tmp_path)) == [
        ([], "経済成長に係る政策分野", ["創業"]),
        ([], "暮らしに係る政策分野", ["救急"]),
    ]


def test_work_is_the_name_beside_its_contents(tmp_path: Path) -> None:
    """連携する取組 | 取組内容: the first names the item; alone it still does, unless it is a sentence."""
    beside = preamble() + table(
        "連携する取組\t取組内容\t甲の役割\t乙の役割", "救急\t当番を保つ。\t医師を送る。\t知らせる。"
    )
    [item] = items(agreement(beside, tmp_path))
    assert (item.name.text, item.content and item.content.text) == ("救急", "当番を保つ。")
    alone = preamble() + table(
        "分野\t連携する取組\t甲の役割\t乙の役割",
        "暮らし\t救急の維持\t医師を送る。\t知らせる。",
        "交通\tバスを走らせる。\t走らせる。\t知らせる。",
    )
    named, prose = items(agreement(alone, tmp_path))
    assert (named.name.text, named.content) == ("救急の維持", None)
    assert prose.content is not None
    assert prose.content.text == prose.name.text == "バスを走らせる。"


def test_field_printed_beside_each_item_is_one(tmp_path: Path) -> None:
    """A spreadsheet's way: the field again in each row, a heading again in each column."""
    rows = (
        "１　経済\t１　経済\t１　経済\t１　経済",
        "⑴　産業\t創業\t主体的に開く。\t知らせる。",
        "⑴　産業\t観光\t主体的に回る。\t知らせる。",
        "２　暮らし\t２　暮らし\t２　暮らし\t２　暮らし",
        "⑴　医療\t救急\t主体的に保つ。\t知らせる。",
    )
    text = preamble() + table("政策分野\t取組の内容\t甲の役割\t乙の役割", *rows)
    assert structure(agreement(text, tmp_path)) == [
        (["１ 経済"], "産業", ["創業", "観光"]),
        (["２ 暮らし"], "医療", ["救急"]),
    ]
    named = preamble() + table(
        "取組\t取組の内容\t甲の役割\t乙の役割",
        "１　経済\t⑴　窓口を開く。\t開く。\t知らせる。",
        "１　経済\t⑵　道を回る。\t回る。\t知らせる。",
        "２　暮らし\t⑴　当番を保つ。\t保つ。\t知らせる。",
    )
    assert structure(agreement(named, tmp_path))[0] == ([], "経済", ["窓口を開く。", "道を回る。"])


def labelled(rows: tuple[tuple[str, ...], ...], folder: Path) -> Agreement:
    lines = [Paragraph(line) for line in preamble().splitlines() if line]
    path = folder / "rows.docx"
    write(Document((*lines, Heading("別表", 2), Grid(rows, tuple(120 for _ in rows[0])))), path)
    found = extract(read(path)).agreement
    assert found is not None
    return found


def test_rows_labelled_beside_a_name_printed_again_are_one_item(tmp_path: Path) -> None:
    rows = (
        ("救急", "取組の内容", "当番を保つ。"),
        ("救急", "甲の役割", "保つ。"),
        ("救急", "乙の役割", "払う。"),
    )
    [item] = items(labelled(rows, tmp_path))
    assert [text for _, _, text in roles(item)] == ["保つ。", "払う。"]


def test_rows_that_name_the_rows_below_them(tmp_path: Path) -> None:
    """項目 is over 取組名: a new one ends both."""
    part = (("取組の内容", "行う。"), ("甲の役割", "主体的に行う。"), ("乙の役割", "手伝う。"))
    rows = (
        *(("項目", "１　経済"), ("取組名", "⑴　産業"), *part, ("取組名", "⑵　観光"), *part),
        *(("項目", "２　暮らし"), ("取組名", "⑴　医療"), *part),
    )
    found = labelled(rows, tmp_path)
    assert structure(found) == [([], "経済", ["産業", "観光"]), ([], "暮らし", ["医療"])]
    assert all([role for _, role, _ in roles(item)] == ["lead", "partner"] for item in items(found))


def test_one_row_for_the_roles_of_all(tmp_path: Path) -> None:
    """役割分担 goes on in rows without a label, and stands beside its text in clauses."""
    rows = (
        ("取組の内容", "道を直す。"),
        ("役割分担", "甲：工事を主体的に行う。"),
        ("", "乙：用地を貸す。"),
    )
    [item] = items(labelled(rows, tmp_path))
    assert roles(item) == [("例示市", "lead", "工事を主体的に行う。"), ("見本町", "partner", "用地を貸す。")]
    text = preamble() + "（１）　道\n取組の内容：道を直す。\n役割分担：甲は、工事を行う。乙は、用地を貸す。\n"
    [item] = items(agreement(text, tmp_path))
    assert (item.content and item.content.text, [words for _, _, words in roles(item)]) == (
        "道を直す。",
        ["甲は、工事を行う。", "乙は、用地を貸す。"],
    )


def test_sides_before_bullets_in_one_cell(tmp_path: Path) -> None:
    text = preamble() + table(
        "連携する取組\t役割分担",
        "産業\t○例示市・主体的に進める。・見本町に知らせる。○見本町・例示市と進める。",
    )
    [item] = items(agreement(text, tmp_path))
    assert roles(item) == [
        ("例示市", "lead", "・主体的に進める。・見本町に知らせる。"),
        ("見本町", "partner", "・例示市と進める。"),
    ]


def test_columns_of_text_are_parted_by_the_marks_of_the_names(tmp_path: Path) -> None:
    """The space after a mark is no gap, a name goes on over lines, and a row with nothing else is a heading."""
    text = preamble() + (
        "別表（第３条関係）\n\n"
        "取組　　　　　　　取組の内容　　　　　　　　甲の役割　　　　　　　　　乙の役割\n"
        "１　経済戦略の　　経済戦略を定める。　　　　戦略の策定を主体的に行　　戦略の策定に参加する。\n"
        "策定　　　　　　　　　　　　　　　　　　　　う。\n"
        "２　産業の振興　　販路を広げる。　　　　　　商談会を開く。　　　　　　商談会に参加する。\n"
    )
    found = agreement(text, tmp_path)
    assert [item.name.text for item in items(found)] == ["経済戦略の策定", "産業の振興"]
    assert [text for _, _, text in roles(items(found)[0])] == [
        "戦略の策定を主体的に行う。",
        "戦略の策定に参加する。",
    ]


def test_row_of_labels_in_text_is_no_heading(tmp_path: Path) -> None:
    """A name with a label beside it is the row of a table that text has lost: it is listed, not taken for a name."""
    text = preamble() + (
        "別表（第３条関係）\n⑴ 救急医療の    取組の内容      当番を保つ。\n"
        "確保            甲の役割        診療所を置く。\n"
        "                乙の役割        経費を負担する。\n"
    )
    found = findings(text, tmp_path)
    assert found.agreement is not None
    assert found.agreement.fields == ()
    assert "the columns are interleaved and could not be told apart" in reasons(found)
