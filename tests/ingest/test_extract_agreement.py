"""Cooperation agreements: the real one against its reviewed graph, a fictional one in many forms and formats."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.agreement import extract
from sosei_graph.ingest.reading import plain, read
from sosei_graph.ingest.records import Agreement, Findings, Passage
from sosei_graph.store.memory import Store
from tests.ingest.agreements import CLOSING, FORMS, ITEMS, agreement, agreement_text, items, roles, whom
from tests.ingest.documents import AGREEMENT, write

BASE = "https://w3id.org/sosei/"
REAL = f"{BASE}id/agreement/16202-16205/2026-01-19"


def place(passage: Passage | None) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in passage.spans] if passage else []


# The real agreement.


@pytest.fixture(scope="module")
def real(sources: Path) -> Findings:
    return extract(read(sources / "takaoka-himi-agreement.txt"))


@pytest.fixture
def real_agreement(real: Findings) -> Agreement:
    assert real.agreement is not None
    return real.agreement


def select(store: Store, pattern: str, names: str) -> list[tuple[str, ...]]:
    query = f"SELECT {names} WHERE {{ {pattern} }} ORDER BY {names}"
    return [tuple("" if term is None else term.value for term in row) for row in store.select(query)]


def spans_in_graph(store: Store, iri: str) -> list[tuple[int, int]]:
    rows = select(store, f"<{iri}> sosei:evidence ?span", "?span")
    return sorted(tuple(map(int, span.split("=")[1].split(","))) for (span,) in rows)  # type: ignore[misc]


def test_nothing_of_the_real_agreement_is_unread_or_doubtful(
    real: Findings, real_agreement: Agreement
) -> None:
    assert real.unread == ()
    cells = [cell for item in items(real_agreement) for cell in item.roles]
    doubts = [
        real_agreement.doubt,
        *(item.doubt for item in items(real_agreement)),
        *(cell.doubt for cell in cells),
    ]
    assert {doubt.confidence for doubt in doubts} == {1.0}


def test_fields_of_the_real_agreement_are_those_of_the_graph(
    real_agreement: Agreement, real_store: Store
) -> None:
    """Names, notations and places of the five fields, and the pillar over three of them."""
    pattern = (
        f"?f a sosei:CooperationField ; sosei:partOf <{REAL}> ; skos:notation ?mark ; sosei:statedName ?name"
    )
    wanted = {mark: (name, iri) for iri, mark, name in select(real_store, pattern, "?f ?mark ?name")}
    assert [field.notation.text for field in real_agreement.fields if field.notation] == sorted(wanted)
    for field in real_agreement.fields:
        assert field.notation is not None
        name, iri = wanted[field.notation.text]
        assert field.name.text == name
        [(start, end)] = spans_in_graph(real_store, iri)
        assert (place(field.notation)[-1][0], place(field.name)) == (start, [(place(field.name)[0][0], end)])
    pillar = "3 圏域全体の生活関連機能サービスの向上に関する取組"
    assert [[above.text for above in field.above] for field in real_agreement.fields] == [
        [],
        [],
        *[[pillar]] * 3,
    ]


def test_items_of_the_real_agreement_stand_where_the_graph_has_them(
    real_agreement: Agreement, real_store: Store
) -> None:
    """Fifteen items, each with the span and the place in its field that the graph states."""
    pattern = f"?i a sosei:CooperationItem ; sosei:partOf <{REAL}> ; sosei:ordinal ?n"
    wanted = sorted(
        (*spans_in_graph(real_store, iri), int(n)) for iri, n in select(real_store, pattern, "?i ?n")
    )
    found = [(*place(item.content), item.ordinal) for item in items(real_agreement)]
    assert found == wanted
    assert len(found) == 15


def graph_roles(store: Store) -> set[tuple[object, ...]]:
    """Item, code, role and spans of every role assignment, with the codes and bodies that the cell names."""
    pattern = (
        f"?a sosei:onItem ?i ; sosei:assignee ?who ; sosei:role ?role . ?i sosei:partOf <{REAL}> "
        "OPTIONAL { ?a sosei:cooperatesWith ?w OPTIONAL { ?w sosei:statedName ?body } }"
    )
    whom: dict[tuple[str, ...], set[str]] = {}
    for assignment, item, who, role, other, body in select(store, pattern, "?a ?i ?who ?role ?w ?body"):
        key = (assignment, item, who.rpartition("/")[2], role.rpartition("/")[2])
        whom.setdefault(key, set()).update({body or other.rpartition("/")[2]} - {""})
    return {
        (
            spans_in_graph(store, item)[0],
            code,
            role,
            tuple(spans_in_graph(store, assignment)),
            frozenset(names),
        )
        for (assignment, item, code, role), names in whom.items()
    }


def test_roles_of_the_real_agreement_are_those_of_the_graph(
    real_agreement: Agreement, real_store: Store
) -> None:
    """Every lead, partner and cooperating city, its cell, and whom the cell names: nothing more and nothing less."""
    found = {
        (
            place(item.content)[0],
            cell.assignee.code,
            cell.role,
            tuple(place(cell.passage)),
            frozenset(each.code or each.name.text for each in cell.with_whom),
        )
        for item in items(real_agreement)
        for cell in item.roles
    }
    assert found == graph_roles(real_store)


def test_head_of_the_real_agreement(real: Findings, real_agreement: Agreement) -> None:
    """Titles, parties, area, day, and the agreement of 2016 that it changes for the second time."""
    assert (place(real.title), place(real_agreement.title)) == ([(2, 39)], [(57, 104)])
    assert real.issued == "2026-01"
    assert [each.code for each in real_agreement.parties] == ["16202", "16205"]
    assert real_agreement.area is not None
    assert real_agreement.area.text == "とやま呉西圏域"
    assert (real_agreement.signed_on, place(real_agreement.signed)) == ("2026-01-19", [(2617, 2632)])
    assert real_agreement.is_amendment
    assert place(real_agreement.amends) == [(106, 170)]
    assert place(real_agreement.replaces_annex) == [(195, 218)]
    earlier = real_agreement.earlier
    assert earlier is not None
    assert earlier.title.text == "とやま呉西圏域連携中枢都市圏形成に係る連携協約"
    assert earlier.signed is not None
    assert [earlier.signed[0], *(day for day, _ in earlier.changed)] == ["2016-10-03", "2021-02-15"]


def test_signatures_of_the_real_agreement(real_agreement: Agreement) -> None:
    assert [(who.code, place(words)) for who, words in real_agreement.signatures] == [
        ("16202", [(2634, 2666)]),
        ("16205", [(2668, 2699)]),
    ]
    first = real_agreement.signatories[0]
    assert [each.text for each in (first.office, first.name, first.address) if each] == [
        "高岡市長",
        "出町 譲",
        "高岡市広小路 7 番 50 号",
    ]


# One agreement in many forms.


@pytest.mark.parametrize("form", FORMS)
def test_one_agreement_is_read_alike_in_every_form(form: str, tmp_path: Path) -> None:
    """Columns apart, cell after cell, interleaved, nested, labelled or in tabs: the same items, roles and fields."""
    found = agreement(agreement_text(form), tmp_path)
    assert [
        (field.name.text, [(item.content.text if item.content else "", roles(item)) for item in field.items])
        for field in found.fields
    ] == [
        (
            name,
            [
                (content, [("例示市", first[0], first[1]), ("見本町", second[0], second[1])])
                for content, first, second in own
            ],
        )
        for name, own in ITEMS
    ]
    assert [field.notation.text for field in found.fields if field.notation] == ["１", "２"]


@pytest.mark.parametrize("form", FORMS)
def test_places_of_every_form_hold_the_words(form: str, tmp_path: Path) -> None:
    """The characters at the spans of each passage are its own, however the columns stand."""
    text = agreement_text(form)
    for item in items(agreement(text, tmp_path)):
        for passage in (item.content, *(cell.passage for cell in item.roles)):
            assert passage is not None
            at = "".join(text[span.start : span.end] for span in passage.spans)
            assert "".join(at.split()) == "".join(passage.text.split())


def test_cells_told_apart_by_their_sentences_are_doubtful(tmp_path: Path) -> None:
    """Where the ends of cells are lost the reviewer is told; where they stand in tabs there is no doubt."""
    doubts = {
        form: {item.doubt.confidence for item in items(agreement(agreement_text(form), tmp_path))}
        for form in FORMS
    }
    assert doubts["tabs"] == doubts["nested"] == {1.0}
    assert max(doubts["stacked"]) < 1
    assert max(doubts["interleaved"]) < 1


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "md", "txt", "layout.txt"])
def test_one_agreement_is_read_alike_in_every_format(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"agreement.{suffix}"
    write(AGREEMENT, path)
    found = extract(read(path)).agreement
    assert found is not None
    assert [each.name.text for each in found.parties] == ["例示市", "見本町"]
    assert found.signed_on == "2025-02-10"
    assert [
        (who.name.text, sign.name.text.split() if sign.name else [])
        for (who, _), sign in zip(found.signatures, found.signatories, strict=True)
    ] == [
        ("例示市", ["例示", "太郎"]),
        ("見本町", ["見本", "花子"]),
    ]
    assert [(field.notation.text if field.notation else "", len(field.items)) for field in found.fields] == [
        ("１", 2),
        ("２", 1),
    ]
    assert [[cell.role for cell in item.roles] for item in items(found)] == [
        ["lead", "partner"],
        ["partner", "partner"],
        ["lead", "partner"],
    ]
    assert whom(items(found)[1].roles[0]) == ["見本町", "関係機関"]


# Any text.


#: What agreements are made of, to be put together in any order.
FRAGMENTS = (
    *("例示市（以下「甲」という。）", "見本町（以下「乙」という。）", "と", "は、次のとおり協約を締結する。"),
    *(
        "\n",
        "\n\n",
        "\f",
        "\t",
        "　　　",
        " ",
        "|",
        "# ",
        "第３条　",
        "別表第１",
        "（１）",
        "ア　",
        "ｉ　",
        "(a) ",
        "1 ",
    ),
    *(
        "取組の内容",
        "甲の役割",
        "乙の役割",
        "役割分担",
        "【甲の役割】",
        "主体的に取り組む。",
        "南砺市と連携して",
    ),
    *("甲は、", "医療", "観光をすすめる。", "同左", "－", "令和７年３月25日", "令和　年　月　日", CLOSING),
    *("例示市長　例示太郎", "変更後", "を変更する連携協約", "⺠間", "重重要要業業績績"),
)


def passages(part: object) -> Iterator[Passage]:
    """Every passage in a record, however deep."""
    if isinstance(part, Passage):
        yield part
    elif isinstance(part, tuple):
        yield from (passage for each in part for passage in passages(each))
    elif is_dataclass(part):
        yield from (passage for each in fields(part) for passage in passages(getattr(part, each.name)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map("".join))
def test_any_text_is_read_without_a_fault_and_every_place_is_in_it(text: str) -> None:
    composed = plain.compose(text)
    reading = Reading(Path("any.txt"), "plain", text, "", (), tuple(composed.lines), tuple(composed.tables))
    for passage in passages(extract(reading)):
        assert "\n" not in passage.text
        assert all(0 <= span.start < span.end <= len(text) for span in passage.spans)
