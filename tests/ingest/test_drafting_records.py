"""Drafting of records that extractors can return, told apart from how they are found."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.matching import View
from sosei_graph.ingest.records import (
    DatedPeriod,
    Doubt,
    Element,
    Findings,
    Government,
    Indicator,
    Meeting,
    Milestone,
    Opinion,
    Passage,
    Plan,
    Response,
    Span,
    Value,
)
from sosei_graph.languages import Text
from sosei_graph.text.dates import read_period
from sosei_graph.text.figures import Figure, read_cell
from sosei_graph.vocab import BASE, PREFIXES
from sosei_graph.workspace import Workspace
from tests.ingest.drafts import drafted, reading_of, said, short, view_of

TEXT = """第２期例示市総合戦略
計画期間　令和７年度～令和11年度
基本目標１　働く場をふやす
横断的な目標１　地域の力を生かす
方向性１　仲間をふやす
施策１　店をひらく人を助ける
事業ア　空き店舗の家賃を補う
指標　まつりの来場者数　９人（延べ243日）　約2,000人　前年度を上回る　－
令和６年度　2027年３月31日　５年間　R5～R7年度累計　計画開始時点
意見　子どもの遊び場がほしい。もっと近くに。
対応　広場の整備を検討します。
令和６年度第２回例示市総合戦略推進会議　委員の主な意見　遊び場
"""
PLAN = f"{BASE}id/plan/99201/comprehensive-strategy-2"


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return reading_of(TEXT, tmp_path)


def plan(reading: Reading, **parts: object) -> Findings:
    """A strategy of 例示市 with the parts given."""
    name = said(reading, "第２期例示市総合戦略")
    city = Government(said(reading, "例示市"))
    stated = Plan("ComprehensiveStrategy", name, (city,), 2, **parts)  # type: ignore[arg-type]
    return Findings("strategy", name, (city,), plans=(stated,))


def element(reading: Reading, kind: str, words: str, ordinal: int = 1, **parts: object) -> Element:
    return Element(kind, said(reading, words), ordinal, **parts)  # type: ignore[arg-type]


def view(reading: Reading, findings: Findings, workspace: Workspace, **options: object) -> View:
    return view_of(drafted(reading, findings, workspace, **options), reading)


def values(reading: Reading, workspace: Workspace, *given: Value) -> View:
    """The draft of one KPI with these values."""
    kpi = Indicator("KeyPerformanceIndicator", said(reading, "まつりの来場者数"), values=given)
    return view(reading, plan(reading, indicators=(kpi,)), workspace)


def cell(reading: Reading, words: str, kind: str = "actual", when: str = "令和６年度") -> list[Value]:
    """The values in a cell, one for each figure."""
    printed = said(reading, words)
    entry = read_cell(words)
    dated = DatedPeriod(said(reading, when), read_period(when))
    first = Value(kind, printed, None, entry.absence, entry.words, dated)  # type: ignore[arg-type]
    return [replace(first, figure=figure) for figure in entry.figures] or [first]


def test_elements_are_named_by_their_place(reading: Reading, reiji: Workspace) -> None:
    """The key of a part is that of its whole and its own number; below a cross-cutting goal it begins anew."""
    measure = element(reading, "Measure", "店をひらく人を助ける", 3)
    direction = element(reading, "Direction", "仲間をふやす", 2, parts=(measure,))
    goal = element(reading, "BasicGoal", "働く場をふやす", parts=(direction,))
    across = element(reading, "CrossCuttingGoal", "地域の力を生かす", parts=(direction,))
    project = element(
        reading,
        "Project",
        "空き店舗の家賃を補う",
        notation=said(reading, "ア"),
        parts=(replace(measure, kind="Initiative"),),
    )
    found = view(reading, plan(reading, elements=(goal, across, project)), reiji)
    assert short(thing.iri.removeprefix(f"{PLAN}/") for thing in found.sort("element")) == [
        "cross-cutting-goal/1",
        "cross-cutting-goal/1/direction/2",
        "cross-cutting-goal/1/measure/2-3",
        "direction/1-2",
        "goal/1",
        "initiative/a-3",
        "measure/1-2-3",
        "project/a",
    ]
    assert found.things[f"{PLAN}/measure/1-2-3"].one("directPartOf") == f"{PLAN}/direction/1-2"


def test_the_city_told_is_the_one_that_no_list_knows(reiji: Workspace, tmp_path: Path) -> None:
    """見本町 is taken for the city that the user tells; a city that the list knows stays what it is."""
    unknown = reading_of("第２期見本町総合戦略", tmp_path)
    name = said(unknown, "第２期見本町総合戦略")
    town = Government(said(unknown, "見本町"))
    stated = Plan("ComprehensiveStrategy", name, (town,), 2)
    found = view(unknown, Findings("strategy", name, (town,), plans=(stated,)), reiji, city="99203")
    assert [thing.iri for thing in found.sort("plan")] == [PLAN.replace("99201", "99203")]
    assert not any("/government/" in iri for iri in found.things)
    known = reading_of(TEXT, tmp_path)
    assert [thing.iri for thing in view(known, plan(known), reiji, city="99203").sort("plan")] == [PLAN]


def test_siblings_with_one_number_keep_apart(reading: Reading, reiji: Workspace) -> None:
    """Of two measures that are both printed as the first, the second gets the next number and a remark."""
    goals = (element(reading, "BasicGoal", "働く場をふやす"), element(reading, "BasicGoal", "仲間をふやす"))
    found = view(reading, plan(reading, elements=goals), reiji)
    assert {thing.one("ordinal") for thing in found.sort("element")} == {"1", "2"}
    assert found.things[f"{PLAN}/goal/2"].all("remark")


def test_what_was_done_is_told_by_place_only(reading: Reading, reiji: Workspace) -> None:
    """An activity is prose even where it is short, and carries out what it stands below."""
    goal = element(
        reading,
        "Measure",
        "店をひらく人を助ける",
        parts=(element(reading, "Activity", "空き店舗の家賃を補う"),),
    )
    found = view(reading, plan(reading, elements=(goal,)), reiji)
    done = found.things[f"{PLAN}/activity/1-1"]
    assert done.names == {"実施内容1-1"}
    assert done.one("carriesOut") == f"{PLAN}/measure/1"
    assert not done.one("directPartOf")


def test_several_figures_of_a_cell_are_several_values(reading: Reading, reiji: Workspace) -> None:
    """９人（延べ243日）: both are kept, neither is computed from the other."""
    found = values(reading, reiji, *cell(reading, "９人（延べ243日）"))
    said_of = {(value.one("numericValue"), value.one("unit").rsplit("/", 1)[-1]) for value in actuals(found)}
    assert said_of == {("9.0", "person"), ("243.0", "day")}


def test_a_second_number_of_one_unit_and_time_is_kept_as_printed(reading: Reading, reiji: Workspace) -> None:
    """Two numbers in one unit for one time would contradict each other: the second is words, and a reviewer is told."""
    found = values(reading, reiji, *cell(reading, "約2,000人"), *cell(reading, "９人（延べ243日）")[:1])
    first, second = actuals(found)
    assert (first.one("numericValue"), first.one("approximate")) == ("2000.0", "true")
    assert (second.one("numericValue"), second.one("qualitativeValue")) == ("", "９人")
    assert second.one("confidence") == "0.8"


def test_a_tenth_is_ten_per_cent(reiji: Workspace, tmp_path: Path) -> None:
    """約８割 is about 80 per cent, and stays printed as it is."""
    reading = reading_of("第２期例示市総合戦略\nまつりの来場者数　約８割　令和６年度", tmp_path)
    value = actuals(values(reading, reiji, *cell(reading, "約８割")))[0]
    assert (value.one("numericValue"), value.one("statedValue")) == ("80.0", "約８割")
    assert value.one("unit") == f"{PREFIXES['unit']}percent"


def test_a_unit_in_no_scheme_is_left_to_the_reviewer(reiji: Workspace, tmp_path: Path) -> None:
    """The number is kept; which unit it is is not guessed, and the shape asks for it."""
    reading = reading_of("第２期例示市総合戦略\nまつりの来場者数　12まつり組　令和６年度", tmp_path)
    printed = said(reading, "12まつり組")
    figure = replace(cell(reading, "令和６年度")[0], printed=printed)
    value = replace(
        figure, absence=None, words=None, figure=Figure("12まつり組", Decimal(12), unit="まつり組")
    )
    found = actuals(values(reading, reiji, value))[0]
    assert (found.one("numericValue"), found.one("unit")) == ("12.0", "")
    assert "まつり組" in found.one("remark")


def test_words_and_marks_instead_of_a_number(reading: Reading, reiji: Workspace) -> None:
    """前年度を上回る is a value in words; a dash is a reason, with the mark that was printed."""
    target = cell(reading, "前年度を上回る", "target")
    baseline = cell(reading, "－", "baseline")
    found = values(reading, reiji, *target, *baseline)
    kinds = {value.kind: value for value in found.sort("value")}
    assert kinds["TargetValue"].one("qualitativeValue") == "前年度を上回る"
    assert kinds["BaselineValue"].one("absenceReason") == f"{PREFIXES['absence']}blank-mark"
    assert kinds["BaselineValue"].one("statedValue") == "－"


def test_a_value_that_was_not_read_is_listed_and_not_written(reading: Reading, reiji: Workspace) -> None:
    """Neither figure nor reason nor words: the place goes to the reviewer."""
    unread = Value("actual", said(reading, "まつり"))
    kpi = Indicator("KeyPerformanceIndicator", said(reading, "まつりの来場者数"), values=(unread,))
    draft = drafted(reading, plan(reading, indicators=(kpi,)), reiji)
    assert [each.passage.text for each in draft.unread] == ["まつり"]
    assert not actuals(view_of(draft, reading))


@pytest.mark.parametrize(
    ("when", "iri", "dates"),
    [
        ("令和６年度", "fy/2024", ""),
        ("2027年３月31日", "plan/99201/comprehensive-strategy-2/period/2027-03-31", "2027-03-31/2027-03-31"),
        ("５年間", "plan/99201/comprehensive-strategy-2/period/５年間", ""),
        ("R5～R7年度累計", "plan/99201/comprehensive-strategy-2/period/fy2023-2025", "2023-04-01/2026-03-31"),
        ("計画開始時点", "plan/99201/comprehensive-strategy-2/start", ""),
    ],
)
def test_periods(when: str, iri: str, dates: str, reading: Reading, reiji: Workspace) -> None:
    """A year is that of the calendar; another time is a node of the plan, with its dates or the reason for none."""
    found = values(reading, reiji, *cell(reading, "約2,000人", when=when))
    value = actuals(found)[0]
    assert short([value.one("period")]) == [iri]
    assert value.one("statedPeriod") == when
    if dates:
        assert found.when(value) == dates
    elif value.one("period") in found.things:
        assert found.things[value.one("period")].one("absenceReason")


def test_an_early_plan_needs_no_values(reading: Reading, reiji: Workspace) -> None:
    """The indicators of a draft (素案) may have no values yet; those of another plan are told to have none."""
    kpi = Indicator("NumericTarget", said(reading, "まつりの来場者数"))
    early = view(reading, plan(reading, indicators=(kpi,), stage="draft"), reiji)
    assert not early.sort("value")
    late = view(reading, plan(reading, indicators=(kpi,)), reiji)
    assert {value.one("absenceReason") for value in late.sort("value")} == {f"{PREFIXES['absence']}not-found"}


def test_doubts_stand_on_the_node(reading: Reading, reiji: Workspace) -> None:
    """Confidence and remarks of a record are those of its node, for the reviewer."""
    doubt = Doubt(0.6, (Text("見出しが次の頁にあります", "its heading is on the next page"),))
    goal = element(reading, "BasicGoal", "働く場をふやす", doubt=doubt)
    thing = view(reading, plan(reading, elements=(goal,)), reiji).things[f"{PLAN}/goal/1"]
    assert thing.one("confidence") == "0.6"
    assert thing.all("remark") == ["its heading is on the next page", "見出しが次の頁にあります"]


def test_a_name_in_pieces(reading: Reading, reiji: Workspace) -> None:
    """A name whose parts stand apart has each of them as evidence."""
    spans = (*said(reading, "仲間を").spans, *said(reading, "ふやす", 2).spans)
    split = Element("BasicGoal", Passage("仲間をふやす", spans), 1)
    apart = Element(
        "BasicGoal",
        Passage("働く場をふやす", (*said(reading, "働く場").spans, *said(reading, "をふやす", 2).spans)),
        2,
    )
    found = view(reading, plan(reading, elements=(split, apart)), reiji)
    assert found.things[f"{PLAN}/goal/1"].one("statedName") == "仲間をふやす"
    assert len(found.things[f"{PLAN}/goal/2"].spans) == 2


def test_damage_stays_in_what_is_said_to_be_printed(reiji: Workspace, tmp_path: Path) -> None:
    """⼈⼝ (radicals) is read as 人口: the label is repaired, what is printed is not."""
    damaged = reading_of("第２期例示市総合戦略\n⼈⼝をふやす", tmp_path)
    goal = Element("BasicGoal", Passage("人口をふやす", said(damaged, "⼈⼝をふやす").spans), 1)
    thing = view(damaged, plan(damaged, elements=(goal,)), reiji).things[f"{PLAN}/goal/1"]
    assert thing.one("statedName") == "⼈⼝をふやす"
    assert "人口をふやす" in {label.value for label in thing.facts[PREFIXES["rdfs"] + "label"]}


def council(reading: Reading, **parts: object) -> Findings:
    name = said(reading, "令和６年度第２回例示市総合戦略推進会議")
    meeting = Meeting(name, said(reading, "例示市総合戦略推進会議"), "2024-11-13", **parts)  # type: ignore[arg-type]
    return Findings("council", name, (Government(said(reading, "例示市")),), meeting=meeting)


def test_opinions_share_a_response(reading: Reading, reiji: Workspace) -> None:
    """One answer to two opinions is one node; neither is copied, and the category is a name."""
    answer = Response(said(reading, "広場の整備を検討します。"), 1, ("P10",))
    words = said(reading, "子どもの遊び場がほしい。もっと近くに。")
    opinions = tuple(
        Opinion(words, number, said(reading, "遊び場", 2), responses=(answer,)) for number in (1, 2)
    )
    found = view(reading, council(reading, opinions=opinions), reiji)
    meeting = f"{BASE}id/meeting/99201/strategy-council/2024-2"
    assert [thing.iri for thing in found.sort("meeting")] == [meeting]
    assert [thing.iri for thing in found.sort("response")] == [f"{meeting}/response/1"]
    assert found.things[f"{meeting}/response/1"].all("respondsTo") == [
        f"{meeting}/opinion/{n}" for n in (1, 2)
    ]
    assert found.things[f"{meeting}/response/1"].one("statedPlace") == "P10"
    assert found.things[f"{meeting}/opinion/1"].one("statedCategory") == "遊び場"
    assert "子どもの遊び場がほしい。もっと近くに。" not in str(found)


def test_steps_of_no_plan_are_listed(reading: Reading, reiji: Workspace) -> None:
    """A schedule whose plan the material does not set out cannot be attached to one."""
    steps = (Milestone(said(reading, "もっと近くに"), 1),)
    draft = drafted(reading, council(reading, milestones=steps), reiji)
    assert [each.passage.text for each in draft.unread] == ["もっと近くに"]
    both = replace(council(reading, milestones=steps), plans=plan(reading).plans)
    found = view(reading, both, reiji)
    assert [each.one("milestoneOf") for each in found.sort("milestone")] == [PLAN]


def test_steps_are_of_the_plan_that_is_set_out(reading: Reading, reiji: Workspace) -> None:
    """A plan that the material only names is not stated by it, and steps are of it only where there is no other."""
    steps = (Milestone(said(reading, "もっと近くに"), 1),)
    (own,) = plan(reading).plans
    before = replace(own, edition=1, is_only_named=True)
    found = view(reading, replace(council(reading, milestones=steps), plans=(own, before)), reiji)
    assert [each.all("milestoneOf") for each in found.sort("milestone")] == [[PLAN]]
    (document,) = found.sort("document")
    assert [iri for iri in document.all("states") if "/plan/" in iri] == [PLAN]
    alone = view(reading, replace(council(reading, milestones=steps), plans=(before,)), reiji)
    (earlier,) = alone.sort("plan")
    assert [each.all("milestoneOf") for each in alone.sort("milestone")] == [[earlier.iri]]


def actuals(found: View) -> list:  # type: ignore[type-arg]
    return [value for value in found.sort("value") if value.kind == "ActualValue"]


def test_spans_of_a_mark_and_its_name_are_one(reading: Reading, reiji: Workspace) -> None:
    """`基本目標１　働く場…`: the mark and the name beside it are one place."""
    start = TEXT.index("１　働く場")
    mark = Passage("１", (Span(start, start + 1),))
    goal = element(reading, "BasicGoal", "働く場をふやす", notation=mark)
    thing = view(reading, plan(reading, elements=(goal,)), reiji).things[f"{PLAN}/goal/1"]
    assert thing.spans == ((start, start + len("１　働く場をふやす")),)


def test_ratings_of_the_document_are_listed_once_with_all_places(reading: Reading, reiji: Workspace) -> None:
    """What a document itself says of its indicators (◎, 達成) has no term in the vocabulary: it is not lost."""
    rated = [
        Indicator("KeyPerformanceIndicator", said(reading, "まつりの来場者数"), rating=said(reading, words))
        for words in ("９人", "約2,000人")
    ]
    goal = element(reading, "BasicGoal", "働く場をふやす", indicators=(rated[0],))
    found = drafted(reading, plan(reading, elements=(goal,), indicators=(rated[1],)), reiji).unread
    (listed,) = [each for each in found if "評価" in each.reason.ja]
    assert "2件" in listed.reason.ja
    assert set(listed.passage.spans) == {span for each in rated if each.rating for span in each.rating.spans}
