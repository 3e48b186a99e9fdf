"""Governments, cooperation areas and years: the shared nodes that every document refers to."""

import datetime as dt
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from tools import governments as tool

ROOT = Path(__file__).parent.parent
ID = "https://w3id.org/sosei/id/"
NS = "https://w3id.org/sosei/ns#"
A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SEE_ALSO = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
ALT_LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
HEADER = "団体コード,都道府県名（漢字）,市区町村名（漢字）,都道府県名（カナ）,市区町村名（カナ）"

# code → six-digit form, Japanese name, English name
NAMED = {
    "16": ("160008", "富山県", "Toyama Prefecture"),
    "16201": ("162019", "富山市", "Toyama City"),
    "16202": ("162027", "高岡市", "Takaoka City"),
    "16205": ("162051", "氷見市", "Himi City"),
    "16208": ("162086", "砺波市", "Tonami City"),
    "16209": ("162094", "小矢部市", "Oyabe City"),
    "16210": ("162108", "南砺市", "Nanto City"),
    "16211": ("162116", "射水市", "Imizu City"),
    "17201": ("172014", "金沢市", "Kanazawa City"),
    "01213": ("012131", "苫小牧市", "Tomakomai City"),
    "08202": ("082023", "日立市", "Hitachi City"),
}


def load(name: str) -> ox.Store:
    store = ox.Store()
    store.load(path=ROOT / "data" / name, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def governments() -> ox.Store:
    return load("governments.ttl")


@pytest.fixture(scope="module")
def years() -> ox.Store:
    return load("calendar.ttl")


def of_type(store: ox.Store, name: str) -> set[str]:
    return {quad.subject.value for quad in store.quads_for_pattern(None, A, ox.NamedNode(NS + name), None)}  # type: ignore[union-attr]


def values(store: ox.Store, iri: str, predicate: ox.NamedNode | str) -> list[str]:
    wanted = predicate if isinstance(predicate, ox.NamedNode) else ox.NamedNode(NS + predicate)
    return [quad.object.value for quad in store.quads_for_pattern(ox.NamedNode(iri), wanted, None, None)]  # type: ignore[union-attr]


def label(store: ox.Store, iri: str, language: str) -> str | None:
    found = [quad.object for quad in store.quads_for_pattern(ox.NamedNode(iri), LABEL, None, None)]
    texts = [text.value for text in found if isinstance(text, ox.Literal) and text.language == language]
    assert len(texts) <= 1, iri
    return texts[0] if texts else None


def test_the_list_is_complete(governments: ox.Store) -> None:
    """Japan has 47 prefectures and 1,741 municipalities."""
    prefectures = of_type(governments, "Prefecture")
    assert prefectures == {f"{ID}gov/{number:02}" for number in range(1, 48)}
    assert len(of_type(governments, "Municipality")) == 1741


def test_every_code_has_its_check_digit(governments: ox.Store) -> None:
    """A government's IRI is its code without check digit, and the check digit is right."""
    for iri in of_type(governments, "Prefecture") | of_type(governments, "Municipality"):
        (code,) = values(governments, iri, "governmentCode")
        number = iri.removeprefix(f"{ID}gov/")
        assert re.fullmatch(r"[0-9]{6}", code)
        assert code[:5] == number.ljust(5, "0")
        assert code[5] == tool.check_digit(code)
        assert values(governments, iri, SEE_ALSO) == [f"http://data.e-stat.go.jp/lod/sac/C{code[:5]}"]


def test_every_municipality_lies_in_its_prefecture(governments: ox.Store) -> None:
    """The first two digits of a municipality's code name its prefecture."""
    prefectures = of_type(governments, "Prefecture")
    for iri in of_type(governments, "Municipality"):
        (prefecture,) = values(governments, iri, "inPrefecture")
        assert prefecture in prefectures
        assert prefecture == iri[:-3]


def test_every_government_is_named(governments: ox.Store) -> None:
    """A government has a Japanese name, its katakana and a romanisation that ends as the name does."""
    for iri in of_type(governments, "Prefecture") | of_type(governments, "Municipality"):
        name = label(governments, iri, "ja")
        assert name is not None
        assert name[-1] in "道都府県市区町村"
        (kana,) = values(governments, iri, "kana")
        assert re.fullmatch(r"[ァ-ヶ]+", kana)
        (letters,) = values(governments, iri, ALT_LABEL)
        assert re.fullmatch(r"[a-z']+(-(to|fu|ken|shi|ku|chou|machi|son|mura))?", letters)
        assert ("-" in letters) is (name != "北海道")


def test_english_names_are_given_where_they_are_known(governments: ox.Store) -> None:
    """English names stand on all prefectures and on the municipalities of the documents, nowhere else."""
    named = {iri for iri in of_type(governments, "Municipality") if label(governments, iri, "en") is not None}
    assert named == {f"{ID}gov/{number}" for number in NAMED if len(number) == 5}
    english = {label(governments, iri, "en") for iri in of_type(governments, "Prefecture")}
    assert None not in english
    assert len(english) == 47
    for number, name in {"01": "Hokkaido", "13": "Tokyo Metropolis", "27": "Osaka Prefecture"}.items():
        assert label(governments, f"{ID}gov/{number}", "en") == name


@pytest.mark.parametrize("number", NAMED)
def test_the_governments_of_the_documents_have_their_codes(governments: ox.Store, number: str) -> None:
    """The codes that the design names lead to the right cities."""
    code, ja, en = NAMED[number]
    iri = f"{ID}gov/{number}"
    assert values(governments, iri, "governmentCode") == [code]
    assert (label(governments, iri, "ja"), label(governments, iri, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("number", "letters"),
    [
        ("16202", "takaoka-shi"),
        ("27100", "oosaka-shi"),
        ("13101", "chiyoda-ku"),
        ("01400", "kutchan-chou"),
        ("28586", "shin'onsen-chou"),
        ("37205", "kan'onji-shi"),
        ("13", "toukyou-to"),
    ],
)
def test_romanisation_is_mechanical_hepburn(governments: ox.Store, number: str, letters: str) -> None:
    """Vowels stand as in the kana, ッ before ch is t, an apostrophe parts ン from a vowel."""
    assert values(governments, f"{ID}gov/{number}", ALT_LABEL) == [letters]


def test_the_cooperation_area_has_six_members(governments: ox.Store) -> None:
    """とやま呉西圏域 is six known cities, and its file types no government again."""
    areas = load("cooperation-areas.ttl")
    area = f"{ID}area/toyama-gosei"
    assert of_type(areas, "CooperationArea") == {area}
    assert label(areas, area, "ja") == "とやま呉西圏域"
    assert label(areas, area, "en") == "Toyama Gosei cooperation area"
    facts = areas.quads_for_pattern(None, ox.NamedNode(f"{NS}memberOfArea"), ox.NamedNode(area), None)
    members = {quad.subject.value for quad in facts}  # type: ignore[union-attr]
    assert members == {f"{ID}gov/{number}" for number in (16202, 16205, 16208, 16209, 16210, 16211)}
    assert members <= of_type(governments, "Municipality")
    assert len(list(areas.quads_for_pattern(None, A, None, None))) == 1


@pytest.mark.parametrize(("kind", "folder"), [("FiscalYear", "fy"), ("CalendarYear", "cy")])
def test_years_are_without_gaps(years: ox.Store, kind: str, folder: str) -> None:
    """Every year from 1985 to 2075 begins the day after the one before it ended."""
    assert of_type(years, kind) == {f"{ID}{folder}/{year}" for year in range(1985, 2076)}
    month = 4 if kind == "FiscalYear" else 1
    for year in range(1985, 2076):
        (start,) = values(years, f"{ID}{folder}/{year}", "startDate")
        (end,) = values(years, f"{ID}{folder}/{year}", "endDate")
        assert dt.date.fromisoformat(start) == dt.date(year, month, 1)
        assert dt.date.fromisoformat(end) == dt.date(year + 1, month, 1) - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "ja", "en"),
    [
        ("fy/1985", "昭和60年度（1985年度）", "FY1985"),
        ("fy/1988", "昭和63年度（1988年度）", "FY1988"),
        ("fy/1989", "平成元年度（1989年度）", "FY1989"),
        ("fy/2018", "平成30年度（2018年度）", "FY2018"),
        ("fy/2019", "令和元年度（2019年度）", "FY2019"),
        ("fy/2026", "令和8年度（2026年度）", "FY2026"),
        ("fy/2060", "令和42年度（2060年度）", "FY2060"),
        ("cy/1988", "昭和63年（1988年）", "1988"),
        ("cy/1989", "昭和64年・平成元年（1989年）", "1989"),
        ("cy/2019", "平成31年・令和元年（2019年）", "2019"),
        ("cy/2020", "令和2年（2020年）", "2020"),
        ("cy/2075", "令和57年（2075年）", "2075"),
    ],
)
def test_years_are_named_by_their_era(years: ox.Store, year: str, ja: str, en: str) -> None:
    """A year is named as officially written, also where the era changed in it."""
    assert (label(years, ID + year, "ja"), label(years, ID + year, "en")) == (ja, en)


def test_all_years_are_labelled_in_both_languages(years: ox.Store) -> None:
    """Every year has a label that shows its number, in Japanese and in English."""
    for iri in of_type(years, "FiscalYear") | of_type(years, "CalendarYear"):
        for language in ("ja", "en"):
            text = label(years, iri, language)
            assert text is not None
            assert iri[-4:] in text


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("162028,富山県,高岡市,トヤマケン,タカオカシ", "the check digit of 162028 is wrong (16202 has 7)"),
        ("16202,富山県,高岡市,トヤマケン,タカオカシ", "'16202' is not a code of six digits"),
        ("160008,富山県,,トヤマケン,", "the code 160008 stands twice (remove one line)"),
        ("172014,石川県,金沢市,イシカワケン,カナザワシ", "金沢市 has no prefecture above it (add its line)"),
        ("162027,富山県,高岡市", "3 columns instead of 5"),
    ],
)
def test_a_wrong_line_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, complaint: str
) -> None:
    """A list with a wrong line writes nothing and is told the file, the line and what to do."""
    path = tmp_path / "codes.csv"
    path.write_text(f"{HEADER}\n160008,富山県,,トヤマケン,\n{line}\n", encoding="utf-8-sig")
    assert tool.main([str(path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{path}:3: {complaint}\n")


def test_a_good_list_is_read(tmp_path: Path) -> None:
    """Prefectures and municipalities are told apart by the empty column, and get their numbers."""
    path = tmp_path / "codes.csv"
    path.write_text(
        f"{HEADER}\n160008,富山県,,トヤマケン,\n162027,富山県,高岡市,トヤマケン,タカオカシ\n",
        encoding="utf-8",
    )
    prefecture, city = tool.read(path)
    assert (prefecture.number, prefecture.name, prefecture.english) == ("16", "富山県", "Toyama Prefecture")
    assert (city.number, city.kana, city.english) == ("16202", "タカオカシ", "Takaoka City")


def test_the_tool_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the tool tells its usage and fails."""
    assert tool.main([]) == 2
    assert "usage: python tools/governments.py CSV" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "kana"), [("47326", "チャタンチョウ"), ("33208", "ソウジャシ"), ("11206", "ギョウダシ")]
)
def test_readings_have_their_small_kana(number: str, kana: str) -> None:
    """A reading that the official list prints with a large kana is the one that people say and search for."""
    readings = {
        str(quad.object)
        for quad in ox.parse(path=str(ROOT / "data" / "governments.ttl"), format=ox.RdfFormat.TURTLE)
        if str(quad.subject).endswith(f"/gov/{number}>") and quad.predicate.value.endswith("#kana")
    }
    assert readings == {f'"{kana}"'}
