"""Governments that a text names: which, where, and when the text does not decide."""

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.counties import county_of
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.gazetteer import Gazetteer, spelled
from sosei_graph.ingest.governments import find_governments
from sosei_graph.ingest.reading import read


def codes(text: str) -> list[str | None]:
    return [mention.code for mention in find_governments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("富山県高岡市", ["16202"]),
        ("高岡市及び氷見市", ["16202", "16205"]),
        ("射水市、砺波市、小矢部市並びに南砺市", ["16211", "16208", "16209", "16210"]),
        ("南砺市・高岡市", ["16210", "16202"]),
        ("石川県及び富山県", ["17", "16"]),
        ("富山県中新川郡上市町及び立山町", ["16322", "16323"]),
        ("大田原市及び矢板市並びに栃木県那須郡那須町の全域", ["09210", "09211", "09407"]),
        ("第２期高岡市総合戦略", ["16202"]),
        ("甲高岡市と乙氷見市", ["16202", "16205"]),
        ("塩釜市と龍ヶ崎市", ["04203", "08208"]),
        ("⽇⽴市", ["08202"]),
        ("北海道苫小牧市", ["01213"]),
        ("東京都港区", ["13103"]),
    ],
)
def test_names_are_found_with_prefecture_county_and_conjunctions(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大津市", ["25201"]),
        ("東村山市と十日町市", ["13213", "15210"]),
        ("四日市市、廿日市市、野々市市", ["24202", "34213", "17212"]),
        ("東京都市圏", ["13"]),
        ("和歌山県市町村課", ["30"]),
        ("富山\n市川市", ["12203"]),
        ("豊洲市場と富山市場", []),
        ("松山市駅", []),
        ("新津市", []),
        ("旧高岡市", []),
        ("栄町3丁目の美里町内会", []),
        ("高岡市栄町", ["16202"]),
        ("札幌市中央区", ["01100"]),
    ],
)
def test_a_name_within_a_longer_word_is_no_name(text: str, expected: list[str]) -> None:
    """津市 is not in 大津市, 富山市 not in 富山市場, and a quarter of a city is no town."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("広島県府中市", "34208"),
        ("東京都府中市", "13206"),
        ("広島県東部の府中市", "34208"),
        ("府中市", None),
        ("遠田郡美里町", "04505"),
        ("美里町", None),
        ("中央区", None),
        ("伊達市", None),
        ("周智郡森町", "22461"),
        ("森町", None),
        ("鹿島市", "41207"),
        ("鹿嶋市", "08222"),
        ("茨城県鹿島市", "08222"),
    ],
)
def test_an_ambiguous_name_needs_its_prefecture(text: str, code: str | None) -> None:
    """A name that several bear is decided by its county or a prefecture near; else the candidates are named."""
    mention = find_governments(text)[-1]
    assert mention.code == code
    assert mention.candidates


@pytest.mark.parametrize(
    "text",
    ["富山県金沢市", "南秋田郡昭和町", "秋田県南秋田郡昭和町", "及び南秋田郡昭和町議会", "静岡県茅部郡森町"],
)
def test_a_name_that_is_somebody_elses_there_is_nobodys(text: str) -> None:
    """A town that was merged away is not the one of today that has its name: the county tells them apart."""
    mention = find_governments(text)[-1]
    assert (mention.code, mention.candidates) == (None, ())


def test_one_big_city_does_not_tell_the_prefecture() -> None:
    """名古屋市 is named in documents of other prefectures; only neighbours decide between towns of one name."""
    assert codes("名古屋市への通勤。名古屋市と名古屋市。美浜町の人口。")[-1] is None
    assert codes("半田市と常滑市への通勤。美浜町の人口。")[-1] == "23446"


def test_every_town_and_village_is_found_by_its_county_alone() -> None:
    """All but those on the islands of Tokyo lie in a county, and with it in front each is itself."""
    names = Gazetteer.load().names
    towns = [code for code in names if len(code) == 5 and names[code][-1] in "町村"]
    outside = [code for code in towns if county_of(code) is None]
    assert outside == [code for code in towns if "13361" <= code <= "13421"]
    for code in set(towns) - set(outside):
        same = [
            other for other in towns if (names[other], county_of(other)) == (names[code], county_of(code))
        ]
        assert codes(f"{county_of(code)}郡{names[code]}") == [code if len(same) == 1 else None], names[code]


def test_counties_lie_beside_each_other() -> None:
    """Outside of Hokkaido a county's members have codes in a row: no other county's stand between them."""
    names = Gazetteer.load().names
    towns = sorted(code for code in names if names[code][-1] in "町村" and code[:2] not in ("01", "13"))
    runs = [key for key, _ in groupby(towns, key=lambda code: (code[:2], county_of(code)))]
    assert len(runs) == len(set(runs)) > 250


def test_the_rest_of_the_document_decides() -> None:
    """府中市 in a document on places of one prefecture is that one's; where two compete, it stays open."""
    about_hiroshima = "福山市と三原市、尾道市の連携。府中市の人口。"
    assert codes(about_hiroshima)[-1] == "34208"
    assert codes("福山市と調布市の連携。府中市の人口。")[-1] is None
    assert find_governments("府中市の人口", home="13")[0].code == "13206"
    assert codes("広島県府中市の計画。府中市は、")[-1] == "34208"


def test_a_bare_town_counts_where_it_governs() -> None:
    """朝日町 or 栄町 alone may be a quarter; a town with a council or in a text on its prefecture is a town."""
    assert codes("立山町へ行く") == [None]
    assert codes("立山町議会の意見") == ["16323"]
    assert codes("富山県の立山町") == ["16", "16323"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岩内町、泊村、神恵内村及び中央区。", ["01402", "01403", "01404", None]),
        ("泊村長の話。", [None]),
    ],
)
def test_a_village_of_one_letter_counts_in_a_list(
    text: str, expected: list[str | None], tmp_path: Path
) -> None:
    """原村長 can be 原, the 村長; between the names of others 泊村 is a village. 中央区 is never that of Tokyo."""
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    source = Source(read(path))
    assert [each.code for each in source.governments(source.lines[0])] == expected


def test_where_a_name_stands() -> None:
    """A mention covers prefecture and county, its name is without them, and の全域 lies behind its end."""
    text = "区域：富山県高岡市及び氷見市の全域"
    first, second = find_governments(text)
    assert text[first.start : first.end] == "富山県高岡市"
    assert (first.name, first.prefecture) == ("高岡市", "16")
    assert text[second.end : second.tail] == "の全域"
    assert (first.extent, second.extent) == ("whole", "whole")
    assert find_governments("氷見市の一部")[0].extent == "part"


def test_a_name_broken_over_lines_is_one() -> None:
    """A line break, or even spacing, may stand in a name; a single blank may not."""
    broken = find_governments("富山県高\n岡市")[0]
    assert (broken.name, broken.code, broken.end) == ("高岡市", "16202", 7)
    assert codes("高　岡　市") == ["16202"]
    assert codes("高岡 市民病院") == []


def test_every_name_of_the_list_is_found_as_itself() -> None:
    """With its prefecture before it, each of the 1,788 is found and decided."""
    gazetteer = Gazetteer.load()
    names = {code: name for name, found in gazetteer.codes.items() for code in found}
    assert len(names) == 1788
    for code, name in names.items():
        text = name if len(code) == 2 else names[code[:2]] + name
        assert codes(text) == [code], text


def test_spellings_do_not_make_two_names_one() -> None:
    """No two names of the list differ only in what is compared as the same."""
    gazetteer = Gazetteer.of((name, code) for name, codes in Gazetteer.load().codes.items() for code in codes)
    assert gazetteer.codes == Gazetteer.load().codes
    assert spelled("茅ヶ崎市") == spelled("茅ケ崎市")


def test_a_list_that_cannot_be_read_is_an_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A damaged list says which file it is."""
    path = tmp_path_factory.mktemp("data") / "governments.ttl"
    path.write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(SoseiError, match=r"governments\.ttl"):
        Gazetteer.load(path)


WORDS = st.sampled_from(
    [
        "富山県",
        "高岡市",
        "津市",
        "府中市",
        "町",
        "村",
        "市",
        "中央区",
        "郡",
        "上市町",
        "及び",
        "、",
        "の全域",
        "新",
        " ",
        "\n",
        "場",
    ]
)


@given(st.lists(WORDS, max_size=10).map("".join) | st.text())
def test_mentions_stand_in_the_text_and_apart(text: str) -> None:
    """Whatever the text, its mentions are in order and apart, and a code is one of the candidates."""
    place = 0
    for mention in find_governments(text):
        assert place <= mention.start < mention.end <= mention.tail <= len(text)
        assert "".join(text[mention.start : mention.end].split()).endswith(mention.name)
        assert mention.code is None or mention.code in mention.candidates
        place = mention.tail
