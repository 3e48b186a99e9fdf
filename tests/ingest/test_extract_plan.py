"""Regional revitalization plans in the national form: who, where, which goals, programmes and projects."""

from pathlib import Path

import pytest

from sosei_graph.ingest.extracting import plan
from sosei_graph.ingest.extracting.plan.projects import CUT
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Element, Findings, Indicator
from sosei_graph.ingest.reviewing.telling import entries_of
from sosei_graph.workspace import Workspace
from tests.ingest.drafts import drafted, short, view_of
from tests.ingest.extracted import elements, indicators
from tests.ingest.plans import GIFT_PLAN, written

LAYOUTS = ("pdf", "docx", "html", "md", "txt", "layout.txt", "rows", "cells")
FORM = """地域再生計画
１ 地域再生計画の名称
見本を結ぶ計画
２ 地域再生計画の作成主体の名称
{makers}
３ 地域再生計画の区域
{area}
４ 地域再生計画の目標
{aims}
５ 地域再生を図るために行う事業
５－１ 全体の概要
５－２のとおり。
{projects}
６ 計画期間
令和７年度から令和11年度まで
"""


def form(
    tmp_path: Path,
    *,
    makers: str = "富山県魚津市",
    area: str = "富山県魚津市の全域",
    aims: str = "人口が減っている。",
    projects: str = "",
) -> Findings:
    path = tmp_path / "plan.txt"
    text = FORM.format(makers=makers, area=area, aims=aims, projects=projects)
    path.write_text(text, encoding="utf-8")
    return plan.extract(read(path))


def tree(element: Element) -> tuple[str, str, list[object]]:
    """Kind, name and parts."""
    return element.kind, element.name.text, [tree(part) for part in element.parts]


def only(findings: Findings, *kinds: str) -> list[tuple[str, str, list[object]]]:
    (found,) = findings.plans
    return [tree(each) for each in found.elements if each.kind in kinds]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_projects_stand_in_the_programme_that_names_them(layout: str, tmp_path: Path) -> None:
    """①事業の名称 names the programme, ア and イ below it are its projects, each with what is done in it."""
    (programme,) = only(plan.extract(read(written(GIFT_PLAN, tmp_path, layout))), "Programme", "Project")
    assert programme[:2] == ("Programme", "第３期魚津市まち・ひと・しごと創生推進事業")
    assert programme[2] == [
        (
            "Project",
            "仕事をつくり、働く人をふやす事業",
            [("Initiative", "企業の見学会の開催", []), ("Initiative", "起業を支える窓口の設置", [])],
        ),
        ("Project", "子どもを育てやすいまちをつくる事業", [("Initiative", "子育てを支える拠点の整備", [])]),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_project_is_measured_by_the_indicators_of_its_rows(layout: str, tmp_path: Path) -> None:
    """A row says ア and 基本目標１: the indicator is of the goal and of the project, which serves the goal."""
    findings = plan.extract(read(written(GIFT_PLAN, tmp_path, layout)))
    projects = elements(findings, "Project")
    assert [[each.name.text for each in project.measured_by] for project in projects] == [
        ["新しく雇われた人の数", "起業した件数（累計）"],
        ["合計特殊出生率", "待機児童の数"],
    ]
    goals = elements(findings, "BasicGoal")
    assert [project.serves for project in projects] == [(goals[0],), (goals[1],)]


def test_a_draft_has_programme_projects_and_goals_tied(reiji: Workspace, tmp_path: Path) -> None:
    """The programme has no number of its own, its projects no mark of it; both owners of a KPI are told."""
    reading = read(written(GIFT_PLAN, tmp_path, "txt"))
    view = view_of(drafted(reading, plan.extract(reading), reiji), reading)
    base = "plan/16204/regional-revitalization-3/"
    names = short(thing.iri for thing in view.sort("element"))
    assert [f"{base}programme", f"{base}project/a", f"{base}project/b"] == [
        name for name in names if "/pro" in name
    ]
    by_iri = {short([thing.iri])[0]: thing for thing in view.things.values()}
    project = by_iri[f"{base}project/a"]
    assert short(project.all("directPartOf")) == [f"{base}programme"]
    assert short(project.all("carriesOut")) == [f"{base}goal/1"]
    assert short(by_iri[f"{base}kpi/1-1"].all("indicatorOf")) == [f"{base}goal/1", f"{base}project/a"]


WRAPPED = {
    "aims": """人口が減っているため、住まいと仕事と学びの場を整え、若い世代が戻る町をつくることを目指して取り組む。
・基本目標１ 地域の強みを生かした産業を振興し、若い世代が安心して働くことので
きる場をつくる
・基本目標２ 子どもを育てやすい町をつくる""",
    "projects": """５－２ 第５章の特別の措置を適用して行う事業
① 事業の名称
見本まちづくり推進事業
ア 地域の強みを生かした産業を振興し、若い世代が安心して働くことのできる場
をつくる事業
イ 子どもを育てやすい町をつくる事業② 事業の内容
ア 地域の強みを生かした産業を振興し、若い世代が安心して働くことのできる場
をつくる事業
事業の承継を支える。
【具体的な取組】
・後継者を探す窓口の
開設 等
イ 子どもを育てやすい町をつくる事業
【具体的な取組】
・集いの場の整備
③ 事業の実施状況に関する客観的な指標
４の【数値目標】に同じ。""",
}


def test_names_that_are_wrapped_are_whole(tmp_path: Path) -> None:
    """A goal and a project go on in the next line; a heading may be glued to the line before it."""
    findings = form(tmp_path, **WRAPPED)
    assert [goal.name.text for goal in elements(findings, "BasicGoal")] == [
        "地域の強みを生かした産業を振興し、若い世代が安心して働くことのできる場をつくる",
        "子どもを育てやすい町をつくる",
    ]
    assert [project.name.text for project in elements(findings, "Project")] == [
        "地域の強みを生かした産業を振興し、若い世代が安心して働くことのできる場をつくる事業",
        "子どもを育てやすい町をつくる事業",
    ]


def test_an_entry_whose_end_is_not_told_is_doubtful(tmp_path: Path) -> None:
    """A short line below an entry of a list may be the rest of it."""
    found = {each.name.text: each.doubt for each in elements(form(tmp_path, **WRAPPED), "Initiative")}
    assert found["後継者を探す窓口の"].remarks == (CUT,)
    assert found["集いの場の整備"].confidence == 1


GRANT = """５－２ 第５章の特別の措置を適用して行う事業
○ 地方創生推進交付金（内閣府）：【Ａ３００７】
① 事業主体
２に同じ。
② 事業の名称
見本の森をいかす交流事業
③ 事業の内容
森の案内人を育てる。
④ 事業が先導的であると認められる理由
【自立性】
ア 利用料により運営する事業とする
５－３ その他の事業
５－３－１ 地域再生基本方針に基づく支援措置
該当なし。
５－３－２ 支援措置によらない独自の取組
（１）森の学校を開く事業
ア 事業概要
子どもが森に親しむ。
イ 事業実施主体
魚津市
ウ 事業実施期間
令和７年４月から令和12年３月まで
（２）森の道を直す事業
ア 事業概要
道を直す。"""


def test_a_measure_with_one_project_is_that_project(tmp_path: Path) -> None:
    """②事業の名称 without ア, イ is a project; what 5-3-2 numbers are projects, what it asks of each are none."""
    assert only(form(tmp_path, projects=GRANT), "Programme", "Project") == [
        ("Project", "見本の森をいかす交流事業", []),
        ("Programme", "地域再生基本方針に基づく支援措置", []),
        (
            "Programme",
            "支援措置によらない独自の取組",
            [("Project", "森の学校を開く事業", []), ("Project", "森の道を直す事業", [])],
        ),
    ]


def test_a_heading_without_projects_says_so(reiji: Workspace, tmp_path: Path) -> None:
    """該当なし below 5-3-1 is the reason why nothing stands there, in the draft and on the review page."""
    path = tmp_path / "plan.txt"
    path.write_text(
        FORM.format(makers="富山県魚津市", area="魚津市の全域", aims="", projects=GRANT), encoding="utf-8"
    )
    reading = read(path)
    findings = plan.extract(reading)
    view = view_of(drafted(reading, findings, reiji), reading)
    empty = next(thing for thing in view.sort("element") if thing.iri.endswith("/programme/5-3-1"))
    assert empty.one("absenceReason").endswith("/not-applicable")
    assert empty.one("statedValue") == "該当なし"
    told = entries_of(findings, reading, lambda _: None)[-1]
    shown = {part.printed: [inner.printed for inner in part.parts] for part in told.parts}
    assert shown["地域再生基本方針に基づく支援措置"] == ["該当なし"]


def test_projects_are_found_without_the_headings_of_the_form(tmp_path: Path) -> None:
    """Titles ア and イ that name projects; a label below them is none."""
    projects = "ア 森をいかす仕事づくりの事業\n森を育てる。\nイ 海をいかす仕事づくりの事業\n海を守る。"
    assert only(form(tmp_path, projects=projects), "Programme", "Project") == [
        ("Project", "森をいかす仕事づくりの事業", []),
        ("Project", "海をいかす仕事づくりの事業", []),
    ]


MAKERS = {
    "富山県魚津市及び黒部市並びに富山県下新川郡入善町": ["16204", "16207", "16342"],
    "富山県、魚津市": ["16", "16204"],
    "魚津市\n黒部市": ["16204", "16207"],
    """富山県並びに富山県魚津市、黒部市、滑川市、砺波市及び小矢部市並びに富山県下新川郡入善
町及び富山県下新川郡朝日町""": ["16", "16204", "16207", "16206", "16208", "16209", "16342", "16343"],
}


@pytest.mark.parametrize("makers", MAKERS)
def test_makers_are_read_from_lists_and_over_line_ends(makers: str, tmp_path: Path) -> None:
    """A prefecture is one of them unless it tells whose city follows; a name may be wrapped; each is told once."""
    (found,) = form(tmp_path, makers=makers).plans
    assert [each.code for each in found.adopted_by] == MAKERS[makers]


def test_the_area_is_that_of_the_plan_and_not_of_its_maker(reiji: Workspace, tmp_path: Path) -> None:
    """A prefecture's plan for two cities covers these."""
    path = tmp_path / "plan.txt"
    area = "富山県魚津市の全域及び黒部市の区域の一部"
    path.write_text(FORM.format(makers="富山県", area=area, aims="", projects=""), encoding="utf-8")
    reading = read(path)
    findings = plan.extract(reading)
    (found,) = findings.plans
    assert [each.code for each in found.adopted_by] == ["16"]
    assert [each.code for each in found.area] == ["16204", "16207"]
    draft = drafted(reading, findings, reiji)
    spatial = [fact.object.value for fact in draft.notes.facts if fact.predicate.endswith("/spatial")]
    assert [iri.rsplit("/", 1)[-1] for iri in spatial] == ["16204", "16207"]
    assert "一部" in found.doubt.remarks[0].ja
    path.write_text(path.read_text().replace("の区域の一部", "の全域"), encoding="utf-8")
    assert not plan.extract(read(path)).plans[0].doubt.remarks


SEVERAL_GOALS = """・基本目標１ 仕事をつくる
・基本目標２ 人を呼ぶ
【数値目標】
５－２の①に掲げる事業
ＫＰＩ
現状値（計画開始時点）
目標値（2029年度）
達成に寄与する地方版総合戦略の基本目標
{rows}"""


@pytest.mark.parametrize(
    "rows",
    [
        "ア 雇われた人の数 100人 120人 基本目標１、２\nイ 移り住んだ人の数 30人 35人 基本目標２",
        "ア\n雇われた人の数\n100人\n120人\n基本目標１、２\nイ\n移り住んだ人の数\n30人\n35人\n基本目標２",
        "ア 雇われた人の数 100人 120人 基本目標１ 基本目標２\nイ 移り住んだ人の数 30人 35人 基本目標２",
    ],
)
def test_a_row_may_name_several_goals(rows: str, tmp_path: Path) -> None:
    """The indicator stands at the first, and the others are measured by it."""
    goals = elements(form(tmp_path, aims=SEVERAL_GOALS.format(rows=rows)), "BasicGoal")
    assert [goal.name.text for goal in goals] == ["仕事をつくる", "人を呼ぶ"]
    assert [names(goal.indicators) for goal in goals] == [["雇われた人の数"], ["移り住んだ人の数"]]
    assert [names(goal.measured_by) for goal in goals] == [[], ["雇われた人の数"]]


def names(found: tuple[Indicator, ...]) -> list[str]:
    return [each.name.text for each in found]


def test_goals_that_only_the_table_names_are_read(tmp_path: Path) -> None:
    """基本目標１ with its title beside the KPIs; without a list in the aims."""
    path = tmp_path / "plan.html"
    rows = "".join(
        f"<tr><td>ア</td><td>{name}</td><td>1人</td><td>2人</td><td>{goal}</td></tr>"
        for name, goal in (
            ("働く人の数", "基本目標１ 仕事をつくる"),
            ("移り住む人の数", "基本目標２ 人を呼ぶ"),
        )
    )
    head = "<tr><th>事業</th><th>ＫＰＩ</th><th>基準値</th><th>目標値（R11）</th><th>基本目標</th></tr>"
    path.write_text(
        f"<p>１ 地域再生計画の名称</p><p>見本計画</p><table>{head}{rows}</table>", encoding="utf-8"
    )
    goals = elements(plan.extract(read(path)), "BasicGoal")
    assert [(goal.name.text, names(goal.indicators)) for goal in goals] == [
        ("仕事をつくる", ["働く人の数"]),
        ("人を呼ぶ", ["移り住む人の数"]),
    ]


def test_a_table_that_is_printed_twice_is_one(tmp_path: Path) -> None:
    """The table of section 4 again in section 7, without its goals."""
    table = "ＫＰＩ\n現状値（計画開始時点）\n目標値（2029年度）\n雇われた人の数\n100人\n120人\n"
    aims = SEVERAL_GOALS.format(rows="ア\n雇われた人の数\n100人\n120人\n基本目標１")
    findings = form(tmp_path, aims=aims, projects=f"５－２ 事業\n【数値目標】\n{table}")
    assert [each.name.text for each in indicators(findings)] == ["雇われた人の数"]
