"""The review page as a file: what stands on it, what it forbids itself, and that no character of a document is lost."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rdflib import Graph, Literal
from rdflib.namespace import SKOS

from sosei_graph.ingest.document import Page, Reading
from sosei_graph.ingest.extracting import extract
from sosei_graph.ingest.facts import LABEL, REMARK, DraftFact, ja
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import (
    DatedPeriod,
    Doubt,
    ElementKind,
    Family,
    IndicatorKind,
    Passage,
    Role,
    Span,
    Value,
    ValueKind,
)
from sosei_graph.ingest.reviewing import Draft, NextSteps, review_of, review_page, wording
from sosei_graph.ingest.reviewing.characters import visible
from sosei_graph.ingest.reviewing.pieces import Grid, Piece, Pieces, TextLine
from sosei_graph.ingest.reviewing.telling import entries_of
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period
from sosei_graph.text.figures import read_figure
from tests.ingest.documents import ALL, write
from tests.ingest.reviews import NO_TARGET, PLAN, THEME, finding, review, strategy

STEPS = NextSteps("data/drafts/x.ttl", "sosei ingest --accept data/drafts/x.ttl")


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return ["".join(found.text_content().split()) for found in page.cssselect(path)]


@pytest.fixture
def page(tmp_path: Path) -> html.HtmlElement:
    return parsed(review_page(review(tmp_path)))


# What stands on it.


def test_a_fact_shows_its_name_its_words_and_what_they_were_read_as(page: html.HtmlElement) -> None:
    rows = {
        text: (row.cssselect(".kind")[0].text_content(), row.cssselect(".read")[0].text_content().strip())
        for row in page.cssselect("#entries .e:not(.group) > .row")
        if row.cssselect(".read") and (text := row.cssselect(".printed")[0].text_content().strip())
    }
    assert rows["▲113人（R5）"] == ("基準値", "−113 人 · 2023年度")
    assert rows["240件以上（R11）"] == ("目標値", "≧ 240 件 · 2029年度")
    assert rows["未実施"] == ("目標値", "値なし（未実施）")


def test_facts_are_grouped_as_the_document_is(page: html.HtmlElement) -> None:
    row = next(row for row in page.cssselect("#entries .row") if "21,340人" in row.text_content())
    kinds = [entry.cssselect(".row > .kind")[0].text_content() for entry in row.iterancestors("li")]
    assert kinds == ["基準値", "ＫＰＩ", "基本目標", "総合戦略"]


def test_the_head_counts_what_is_to_be_looked_at(page: html.HtmlElement) -> None:
    counts = dict(zip(texts(page, ".counts dt"), texts(page, ".counts dd"), strict=True))
    facts = len(page.cssselect("#entries .e"))
    assert counts == {"読み取った事実": str(facts), "要確認": "2", "読めなかった箇所": "1", "検証の指摘": "2"}


def test_what_could_not_be_read_is_marked_and_listed_with_its_place_and_reason(
    page: html.HtmlElement,
) -> None:
    assert texts(page, "#text .words .m.un") == ["別途8ｘ件"]
    row = page.cssselect("#unread .row")[0]
    assert row.cssselect(".go")[0].text_content() == "2ページ 4行"
    assert row.cssselect(".read")[0].text_content() == "数字に文字が混じっています"


def test_doubts_findings_and_suggestions_stand_beside_their_facts(page: html.HtmlElement) -> None:
    doubtful = page.cssselect(".e.doubtful > .row")
    assert ["確からしさ 60%" in row.text_content() for row in doubtful] == [False, True]
    found = page.xpath("//ul[@class='findings']/../span[contains(@class, 'printed')]")
    assert [each.text_content().strip() for each in found] == ["宿泊者の割合"]
    suggested = page.cssselect(".suggestions")[0].text_content()
    assert "候補（文書にはない）" in suggested
    assert [word.text_content() for word in page.cssselect(".suggestions q")] == list(THEME.words)


def test_it_says_what_to_do_next(page: html.HtmlElement) -> None:
    assert [code.text_content() for code in page.cssselect(".steps ol code")] == [
        "drafts/例示市総合戦略.ttl",
        "sosei accept drafts/例示市総合戦略.ttl",
    ]


def test_every_link_into_the_page_has_its_place(page: html.HtmlElement) -> None:
    ids = [element.get("id") for element in page.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    assert {link.get("href", "")[1:] for link in page.cssselect("a")} <= set(ids)


def test_it_opens_in_the_language_asked_for(tmp_path: Path) -> None:
    page = parsed(review_page(review(tmp_path), lang="en"))
    assert page.get("lang") == "en"
    assert texts(page, ".counts dt") == ["factsread", "tocheck", "notread", "findings"]


# What it forbids itself.


def test_only_its_own_style_and_script_run(tmp_path: Path) -> None:
    source = review_page(review(tmp_path))
    page = parsed(source)
    policy = page.cssselect("meta[http-equiv=Content-Security-Policy]")[0].get("content", "")
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (part,) = re.findall(f"<{name}>(.*?)</{name}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not page.cssselect("[style], [onclick], [onload], link, iframe, object, base, form")
    assert not [found for found in page.xpath("//@src | //@href") if not found.startswith("#")]


HOSTILE = "</span></script><script>alert(1)</script><img src=x onerror='alert(2)'>\"'&amp;"


def test_words_of_a_document_are_words(tmp_path: Path) -> None:
    """In the text, in a fact, as a remark, a file's name, a suggestion: markup is shown as what it is."""
    text = f"{HOSTILE}\n基本目標１　{HOSTILE}\n"
    made = review(tmp_path, text, strategy())
    name = text.index(HOSTILE)
    entry = replace(
        made.entries[0],
        printed=HOSTILE,
        mark=HOSTILE,
        read=Text(HOSTILE, HOSTILE + "."),
        spans=(Span(name, name + len(HOSTILE)),),
        doubt=Doubt(0.5, (Text(HOSTILE, HOSTILE + "."),)),
        findings=(finding(Text(HOSTILE, HOSTILE + ".")),),
        suggestions=(replace(THEME, words=(HOSTILE,)),),
        iri=HOSTILE,
    )
    steps = NextSteps(HOSTILE, HOSTILE)
    made = replace(
        made, title=HOSTILE, entries=(entry,), unread=(), steps=steps, warnings=(Text(HOSTILE, HOSTILE),)
    )
    page = parsed(review_page(made))
    assert len(page.cssselect("script")) == 1
    assert not page.cssselect("img")
    assert page.cssselect("#text .l")[0].text_content() == HOSTILE
    assert page.cssselect("h1")[0].text_content() == HOSTILE
    assert page.cssselect(".remarks li:not(.sure)")[0].text_content() == HOSTILE
    assert page.cssselect(".remarks li:not(.sure) span")[0].get("data-other") == HOSTILE + "."


@pytest.mark.parametrize("unseen", "\u202e\u2066\u200b\u2028\u00ad\ufeff\u2060")
def test_characters_that_cannot_be_seen_are_named(tmp_path: Path, unseen: str) -> None:
    """A text must not look other than it is: a reversed figure is a forged figure."""
    page = parsed(
        review_page(review(tmp_path, f"目標 12{unseen}3件\n", replace(strategy(), plans=(), unread=())))
    )
    assert page.cssselect("#text .l")[0].text_content() == f"目標 12⟨U+{ord(unseen):04X}⟩3件"
    assert unseen not in page.cssselect("#text")[0].text_content()


def test_white_space_and_ideographs_stay() -> None:
    assert visible("令和　７年\t⼈⼝ 葛\U000e0100城市") == "令和　７年\t⼈⼝ 葛\U000e0100城市"


# No character is lost.


def shown(pieces: Pieces) -> list[Piece]:
    found: list[Piece] = []
    for sheet in pieces.sheets():
        for block in sheet.blocks:
            lines = (block.pieces,) if isinstance(block, TextLine) else _lines(block)
            found += [piece for line in lines for piece in line]
    return found


def _lines(grid: Grid) -> list[tuple[Piece, ...]]:
    return [line for row in grid.rows for cell in row for line in cell.lines]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx", ".html", ".md", ".txt"])
def test_all_ink_of_a_document_is_shown_once(name: str, ending: str, tmp_path: Path) -> None:
    reading = read(write(ALL[name], tmp_path / f"document{ending}"))
    found = shown(Pieces(reading, {}))
    assert sorted("".join("".join(piece.text for piece in found).split())) == sorted(
        "".join(reading.text.split())
    )
    assert all(reading.text[piece.start : piece.start + len(piece.text)] == piece.text for piece in found)


def test_a_ruled_table_is_shown_as_a_table(tmp_path: Path) -> None:
    pieces = Pieces(read(write(ALL["kpi"], tmp_path / "kpi.pdf")), {})
    (grid,) = [block for sheet in pieces.sheets() for block in sheet.blocks if isinstance(block, Grid)]
    first = [[piece.text for line in cell.lines for piece in line] for cell in grid.rows[0]]
    assert first == [["基本目標"], ["指標名"], ["基準値"], ["実績値"], ["目標値"]]
    assert grid.rows[1][0].row_span == 3


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[Reading, dict[str, list[Span]]]:
    text = draw(st.text("あ1 \n\f", max_size=40))
    ends = [at + 1 for at, letter in enumerate(text) if letter == "\f"]
    edges = [0, *ends, len(text)]
    pages = [Page(n, one, two) for n, (one, two) in enumerate(pairwise(edges), 1)]
    reading = Reading(Path("x.txt"), "plain", text, "", tuple(pages) if draw(st.booleans()) else ())
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = st.lists(place.map(lambda ends: Span(*ends)), max_size=4)
    return reading, draw(st.dictionaries(st.sampled_from(["f1", "f2", "u1"]), spans))


@given(marked_texts())
def test_each_piece_knows_all_entries_that_it_belongs_to(
    marked: tuple[Reading, dict[str, list[Span]]],
) -> None:
    reading, places = marked
    told = {
        piece.start + offset: set(piece.entries)
        for piece in shown(Pieces(reading, places))
        for offset in range(len(piece.text))
    }
    assert set(told) >= {at for at, letter in enumerate(reading.text) if letter in "あ1"}
    for at, entries in told.items():
        assert entries == {
            entry for entry, spans in places.items() if any(span.start <= at < span.end for span in spans)
        }


# What a draft adds.


def drafted(tmp_path: Path) -> Draft:
    made = review(tmp_path)
    found = strategy()
    plan = found.plans[0]
    return Draft(made.reading, found, names={id(plan): PLAN}, unread=found.unread, lines={PLAN: 12})


def test_what_a_draft_knows_of_a_node_stands_beside_its_fact(tmp_path: Path) -> None:
    remark = Text("題名を確かめる", "check the title")
    facts = (DraftFact(PLAN, REMARK, ja(remark.ja), (), Doubt(0.4, (remark,))),)
    draft = replace(drafted(tmp_path), facts=facts, findings=(NO_TARGET,), suggestions={PLAN: (THEME,)})
    entry = next(entry for entry in review_of(draft, STEPS).walk() if entry.iri == PLAN)
    assert entry.doubt == Doubt(0.4, (remark,))
    assert (entry.findings, entry.suggestions, entry.line) == ((NO_TARGET,), (THEME,), 12)


def test_a_doubtful_node_that_no_record_became_is_shown_all_the_same(tmp_path: Path) -> None:
    city = "https://w3id.org/sosei/id/doc/x/government/1"
    doubt = Doubt(0.0, (Text("どの自治体か決まりません", "which government it is cannot be told"),))
    facts = (DraftFact(city, LABEL, ja("府中市"), (Span(20, 23),), doubt),)
    entries = review_of(replace(drafted(tmp_path), facts=facts), STEPS).entries
    assert [(part.iri, part.doubt, part.read) for part in entries[-1].parts] == [
        (city, doubt, Text("府中市", "府中市"))
    ]


def test_a_finding_on_no_fact_is_one_on_the_document(tmp_path: Path) -> None:
    lost = finding(Text("題名がありません", "no title"), focus="https://w3id.org/sosei/id/doc/x")
    assert review_of(replace(drafted(tmp_path), findings=(lost,)), STEPS).findings == (lost,)


def test_a_warning_that_everything_has_is_told_once_and_a_violation_always(tmp_path: Path) -> None:
    common = [finding(Text("英語の名前がない", "no English"), focus=f"{PLAN}/goal/{n}") for n in range(12)]
    grave = [finding(Text("値がない", "no value"), "violation", f"{PLAN}/goal/{n}") for n in range(12)]
    made = review_of(replace(drafted(tmp_path), findings=(*common, *grave)), STEPS)
    assert [(shared.finding, shared.count) for shared in made.shared] == [(common[0], 12)]
    assert made.findings == tuple(grave)


# An agreement.


def test_each_item_of_an_agreement_says_who_leads_and_who_is_partner(tmp_path: Path) -> None:
    reading = read(write(ALL["agreement"], tmp_path / "agreement.docx"))
    found = extract(reading).findings
    told = {
        role.printed: role.read.ja
        for field in entries_of(found, reading)[-1].parts
        for item in field.parts
        for role in item.parts
        if role.kind.en == "Role" and role.read
    }
    assert told["相談窓口の設置及び運営を主体的に行う。"] == "例示市: 主導（主体的に取り組む）"
    assert told["例示市と連携して窓口を町民に周知する。"] == "見本町: 連携（相手: 例示市）"


# The words for it.


def test_every_kind_has_a_name() -> None:
    for kinds, names in (
        (Family, wording.FAMILIES),
        (ElementKind, wording.ELEMENTS),
        (IndicatorKind, wording.INDICATORS),
        (ValueKind, wording.VALUES),
        (Role, wording.ROLES),
    ):
        assert set(get_args(kinds)) == set(names)


def test_reasons_are_called_what_the_vocabulary_calls_them() -> None:
    graph = Graph().parse(Path(__file__).parents[2] / "ontology" / "schemes" / "absence-reasons.ttl")
    labels = {
        (str(concept).rsplit("/", 1)[-1], label.language): str(label)
        for concept, label in graph.subject_objects(SKOS.prefLabel)
        if isinstance(label, Literal)
    }
    said = {name: (text.ja, text.en.casefold()) for name, text in wording.ABSENCES.items()}
    names = {name for name, _ in labels}
    assert said == {name: (labels[name, "ja"], labels[name, "en"].casefold()) for name in names}


@pytest.mark.parametrize(
    ("printed", "ja", "en"),
    [
        ("535万件", "5,350,000 件", "5,350,000 件"),
        ("▲113人", "−113 人", "−113 人"),
        ("18.5％", "18.5%", "18.5%"),
        ("約2,000人", "約2,000 人", "about 2,000 人"),
        ("50件以上", "≧ 50 件", "≥ 50 件"),
        ("年40人", "40 人／年", "40 人 a year"),
        ("10～20件", "10～20 件", "10 to 20 件"),
    ],
)
def test_a_figure_is_read_out_in_full(printed: str, ja: str, en: str) -> None:
    figure = read_figure(printed)
    assert figure is not None
    assert wording.figure_words(figure) == Text(ja, en)


@pytest.mark.parametrize(
    ("printed", "ja", "en"),
    [
        ("R5", "2023年度", "FY2023"),
        ("令和6年（暦年）", "2024年（暦年）", "calendar year 2024"),
        ("令和７年３月31日", "2025年3月31日", "2025-03-31"),
        ("計画開始時点", "計画開始時点", "start of the plan"),
        ("令和２年度～令和６年度", "2020年度～2024年度", "FY2020 to FY2024"),
    ],
)
def test_a_period_is_read_out_in_western_years(printed: str, ja: str, en: str) -> None:
    period = read_period(printed)
    assert period is not None
    assert wording.period_words(period) == Text(ja, en)


def test_a_value_that_was_not_read_says_so() -> None:
    printed = Passage("別途8ｘ件", (Span(0, 5),))
    when = DatedPeriod(Passage("らいねん", (Span(5, 9),)))
    assert wording.value_words(Value("target", printed, when=when)) == Text(
        "読み取れず · 「らいねん」は時期として読み取れず", "not read · “らいねん” was not read as a period"
    )
