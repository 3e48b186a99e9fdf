"""The review page in a real browser: what a reviewer does with it, by mouse, by keys, on paper, without script."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Span
from sosei_graph.ingest.reviewing import Review, review_page
from tests.browser import browser
from tests.ingest.blocks import Document, Heading, PageBreak, Paragraph
from tests.ingest.documents import write
from tests.ingest.reviews import TEXT, long_strategy, review, review_of, strategy

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens a review as a page; at the end nothing may have been asked of a network or been refused or thrown."""
    troubles: list[str] = []
    contexts = []

    def open_page(made: Review, *, width: int = 1400, script: bool = True) -> Page:
        path = tmp_path / "review.html"
        path.write_text(review_page(made), encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: troubles.extend(_outside(request.url)))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _outside(url: str) -> list[str]:
    return [] if url.startswith(("file:", "data:")) else [url]


@pytest.fixture
def page(opened: Opened, tmp_path: Path) -> Page:
    return opened(review(tmp_path))


def lit(page: Page) -> list[str]:
    return page.locator("#text .words .on").all_text_contents()


def current(page: Page) -> str:
    return page.locator("[aria-current=true] > .row > .printed").inner_text()


# By mouse.


def test_a_click_on_a_fact_shows_its_places_in_the_text(page: Page) -> None:
    page.get_by_text("240件以上（R11）", exact=True).click()
    assert lit(page) == ["240件以上", "R11"]
    expect(page.locator("#text .on").first).to_be_in_viewport()


def test_a_click_in_the_text_shows_the_facts_there(page: Page) -> None:
    page.locator("#text").get_by_text("▲113人").click()
    assert current(page) == "▲113人（R5）"
    expect(page.locator("[aria-current=true] > .row")).to_be_in_viewport()


def test_each_further_click_in_the_text_shows_the_next_fact_there(page: Page) -> None:
    title = page.locator("#text .words .m").first
    shown = []
    for _ in range(3):
        title.click()
        shown.append(page.locator("[aria-current=true] > .row > .kind").inner_text())
    assert sorted(shown) == ["文書の題名", "期・次", "総合戦略"]
    expect(page.get_by_role("status")).to_contain_text("ここに 3 件の事実")


def test_a_click_in_the_text_finds_a_fact_that_the_filter_hides(page: Page) -> None:
    page.get_by_role("button", name="要確認").click()
    page.locator("#text").get_by_text("▲113人").click()
    assert current(page) == "▲113人（R5）"
    expect(page.locator("[aria-current=true] > .row")).to_be_in_viewport()


def test_an_unread_passage_is_lit_from_its_list(page: Page) -> None:
    page.get_by_role("button", name="未読").click()
    page.locator("#unread .row").click()
    assert lit(page) == ["別途8ｘ件"]


# By keys.


def test_j_and_k_go_from_fact_to_fact_and_enter_shows_the_place(page: Page) -> None:
    shown = page.locator("#facts .row:visible")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.row').textContent") == shown.nth(2).text_content()
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('.row').textContent") == shown.nth(1).text_content()
    page.locator("#text").evaluate("pane => { pane.scrollTop = 9999 }")
    page.keyboard.press("Enter")
    expect(page.locator("#text .on").first).to_be_in_viewport()


def test_the_list_of_facts_is_one_stop_of_the_tab_key(page: Page) -> None:
    assert page.locator("#facts .go[tabindex='0']").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("#facts .go[tabindex='0']").count() == 1
    expect(page.locator("[aria-current=true] > .row .go")).to_have_attribute("tabindex", "0")


def test_single_keys_can_be_switched_off(page: Page) -> None:
    page.get_by_text("キー操作と印刷").click()
    page.get_by_label("j・k・x のキー操作を使う").uncheck()
    page.keyboard.press("j")
    assert page.locator("[aria-current]").count() == 0


# How far the reviewer has come.


def ticked(page: Page) -> list[str]:
    return page.locator("#facts .e:has(> .row .tick :checked) > .row > .printed").all_inner_texts()


def test_a_tick_is_counted_and_kept_for_this_document(chromium: Browser, tmp_path: Path) -> None:
    """The reviewer goes home and comes back; another state of the review begins anew."""
    path = tmp_path / "review.html"
    path.write_text(review_page(review(tmp_path)), encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".e:not(.group) .row", has_text="▲113人").get_by_role("checkbox").check()
    expect(page.locator(".progress")).to_contain_text("1 / 25")
    page.reload()
    assert ticked(page) == ["▲113人（R5）"]
    expect(page.locator(".progress")).to_contain_text("1 / 25")
    other = TEXT.replace("▲113", "▲114")
    path.write_text(review_page(review(tmp_path, other, strategy(TEXT))), encoding="utf-8")
    page.reload()
    expect(page.locator(".progress")).to_contain_text("0 / 25")
    context.close()


def test_x_ticks_an_indicator_with_its_values_and_goes_on(page: Page) -> None:
    page.get_by_text("新規創業件数（累計）", exact=True).last.click()
    page.keyboard.press("x")
    assert ticked(page) == ["新規創業件数（累計）", "12件（令和５年度）", "60件（令和11年度）"]
    assert current(page) == "別途8ｘ件"
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert ticked(page) == []


def test_what_is_not_ticked_can_be_shown_alone(page: Page) -> None:
    page.get_by_text("新規創業件数（累計）", exact=True).last.click()
    page.keyboard.press("x")
    page.get_by_role("button", name="印なし").click()
    shown = page.locator("#facts .e:not(.context) > .row:visible > .printed").all_inner_texts()
    assert "市内の従業者数" in shown
    assert "12件（令和５年度）" not in shown
    assert "別途8ｘ件" in shown


# Filters, order, language.


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("要確認", {"空き家の活用", "前年度を上回る", "市内の従業者数"}),
        ("未読", {"別途8ｘ件"}),
        ("指摘", {"宿泊者の割合"}),
    ],
)
def test_a_filter_shows_its_kind_and_what_stands_above_it(page: Page, name: str, printed: set[str]) -> None:
    page.get_by_role("button", name=name).click()
    visible = page.locator("#facts .row:visible > .printed").all_inner_texts()
    above = {"第２期例示市総合戦略", "１ しごとをつくる", "２ ひとの流れ"}
    assert set(visible) - above == printed
    own = page.locator("#facts .e:not(.context) > .row:visible").count()
    assert own == sum(text not in above | {"空き家の活用"} for text in visible)


def test_what_is_most_doubtful_comes_first_until_the_order_of_the_document_is_chosen(page: Page) -> None:
    goals = page.locator("#entries .group .group > .row:visible > .printed", has_text="る").or_(
        page.locator("#entries .row:visible > .printed", has_text="ひとの流れ")
    )
    first = [text for text in goals.all_inner_texts() if text.startswith(("１", "２"))]
    page.get_by_role("button", name="文書の順").click()
    then = [text for text in goals.all_inner_texts() if text.startswith(("１", "２"))]
    assert (first, then) == (
        ["２ ひとの流れ", "１ しごとをつくる"],
        ["１ しごとをつくる", "２ ひとの流れ"],
    )


def test_values_stay_in_their_order_however_doubtful(page: Page) -> None:
    rows = page.locator("#entries .e", has=page.get_by_text("移住相談件数", exact=True)).last
    assert rows.locator(".parts .kind").all_inner_texts() == ["基準値", "目標値"]


def test_everything_of_ours_turns_english_and_nothing_of_the_document(page: Page) -> None:
    before = page.locator("#text .words").all_inner_texts()
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    ours = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((each) => !each.closest("[lang=ja], script, .read, .suggestions") && each.checkVisibility())
            .flatMap((each) => [...each.childNodes])
            .filter((node) => node.nodeType === 3 && /[ぁ-んァ-ヶ一-龠]/.test(node.data))
            .map((node) => node.data)"""
    )
    assert ours == ["drafts/例示市総合戦略.ttl", "sosei accept drafts/例示市総合戦略.ttl"]
    assert page.locator("#text .words").all_inner_texts() == before
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_role("heading", name="読み取り結果")).to_be_visible()


# The document's words are words.


def test_a_document_cannot_make_the_page_do_anything(opened: Opened, tmp_path: Path) -> None:
    evil = (
        "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'><svg/onload=window.hacked=1>"
    )
    page = opened(review(tmp_path, TEXT.replace("しごとをつくる", evil), strategy(TEXT)))
    assert page.evaluate("window.hacked") is None
    assert evil in page.locator("#text").inner_text()


def test_a_reversed_figure_is_told_for_what_it_is(opened: Opened, tmp_path: Path) -> None:
    text = "目標\u202e321\u202c件\u2028改行\n"
    page = opened(review(tmp_path, text, replace(strategy(), plans=(), title=None, publisher=(), unread=())))
    assert page.locator("#text .l").first.inner_text() == "目標⟨U+202E⟩321⟨U+202C⟩件⟨U+2028⟩改行"


@pytest.mark.parametrize("way", ["html", "element"])
def test_markup_that_gets_in_all_the_same_is_refused(chromium: Browser, tmp_path: Path, way: str) -> None:
    """Trusted Types and the policy stand behind the escaping."""
    (tmp_path / "review.html").write_text(review_page(review(tmp_path)), encoding="utf-8")
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "review.html").as_uri())
    ran = page.evaluate(
        """(way) => { try {
            if (way === "html") document.body.innerHTML = "<img src=x onerror=window.hacked=1>";
            const made = document.createElement("style");
            made.textContent = "body { display: none }";
            document.head.append(made);
            return [window.hacked, getComputedStyle(document.body).display]
        } catch (error) { return error.name } }""",
        way,
    )
    page.close()
    assert ran == ("TypeError" if way == "html" else [None, "block"])
    assert any("TrustedHTML" in each or "Content Security Policy" in each for each in said)


# On paper, in a small window, without script, for everyone.


def test_paper_has_the_facts_and_the_text_where_it_is_asked_for(page: Page) -> None:
    page.get_by_text("キー操作と印刷").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="English")).to_be_hidden()
    expect(page.locator("#entries")).to_be_visible()
    expect(page.locator("#text")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_label("印刷に原文も含める").check()
    page.emulate_media(media="print")
    expect(page.locator("#text")).to_be_visible()
    last = page.locator("#text .l").last.bounding_box()
    facts = page.locator("#unread").bounding_box()
    assert last is not None
    assert facts is not None
    assert last["y"] > facts["y"]  # the text comes after the facts, all of it


def test_a_small_window_shows_the_place_above_the_facts(opened: Opened, tmp_path: Path) -> None:
    page = opened(review(tmp_path), width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_text("240件以上（R11）", exact=True).click()
    expect(page.locator("#text .on").first).to_be_in_viewport()
    mark, row = page.locator("#text .on").first, page.locator("[aria-current=true] > .row")
    expect(row).to_be_in_viewport()
    above, below = mark.bounding_box(), row.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] < below["y"]


def test_without_script_everything_is_there_and_linked(opened: Opened, tmp_path: Path) -> None:
    page = opened(review(tmp_path), script=False)
    expect(page.get_by_role("button", name="要確認")).to_be_hidden()
    page.locator("#unread .go").click()
    expect(page.locator("#text .words .m.un")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize(("language", "colours"), [("日本語", "light"), ("English", "dark")])
def test_axe_finds_nothing_to_object_to(
    opened: Opened, tmp_path: Path, width: int, language: str, colours: Literal["light", "dark"]
) -> None:
    page = opened(review(tmp_path), width=width)
    page.emulate_media(color_scheme=colours)
    page.get_by_role("button", name=language).click()
    page.get_by_text("誤りの直し方").or_(page.get_by_text("How to mend a mistake")).click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("[data-filter=doubt]").click()
    page.keyboard.press("j")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []


# Large documents, pictures of pages.


def test_a_fact_far_away_is_found_in_a_long_document(opened: Opened, tmp_path: Path) -> None:
    """What lies between is not laid out until it is near: both panes arrive all the same."""
    text, found = long_strategy(pages=200)
    page = opened(review(tmp_path, text, found))
    assert page.locator("#entries .e").count() > 3000
    page.locator("#f2500 > .row").evaluate("row => row.click()")
    expect(page.locator("#text .on").first).to_be_in_viewport()
    expect(page.locator("#f2500 > .row")).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator("[aria-current=true] > .row")).to_be_in_viewport()


def test_a_page_of_a_pdf_has_a_picture_with_the_facts_framed(opened: Opened, tmp_path: Path) -> None:
    lines = [line for line in TEXT.replace("\f", "").splitlines() if line]
    one, two = map(Paragraph, lines[1:7]), map(Paragraph, lines[7:])
    document = Document((Heading(lines[0]), *one, PageBreak(), *two))
    reading = read(write(document, tmp_path / "strategy.pdf"))
    page = opened(review_of(reading, strategy(reading.text)))
    page.locator(".picture summary").first.click()
    page.get_by_text("21,500人（R11）", exact=True).click()
    framed = page.locator("#p1 .picture rect.on")
    assert framed.count() == 2
    expect(framed.first).to_be_in_viewport()
    line = next(each for each in reading.lines if "21,500人" in reading.at(Span(each.start, each.end)))
    assert line.box is not None
    top = float(framed.first.get_attribute("y") or 0)
    assert line.box.top - 2 < top < line.box.bottom
    widths = page.evaluate("[...document.querySelectorAll('#p1 image')].map((each) => each.getBBox().width)")
    assert widths == [pytest.approx(595.3, abs=1)]
