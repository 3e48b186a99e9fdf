"""Documents are told by their form; what is none of ours is refused with one line that names the way out."""

import re
from pathlib import Path

import pytest

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.extracting import extract
from sosei_graph.ingest.extracting.recognise import recognise
from sosei_graph.ingest.reading import read

#: Documents of each kind: a line `== kind: form`, and the lines of the document below.
DOCUMENTS = """\
== council: labels without a name of the meeting
日時
令和６年11月１日（金）10時から
場所
市役所４階
出席委員
見本委員、例示委員
議題
答申書（案）について
傍聴人数
４人
== council: labels with spread letters
会　議　録
開 催 日 時　令和６年７月30日
開 催 場 所　別館４階
欠 席 者　なし
案 件 名　総合戦略（骨子）について
== council: heads of opinions and answers
寄せられた意見を公表します。
意見（抜粋） | 対応 | 回答 |
道を広げてはどうか。 | 原案どおり | 検討する。 |
== council: the result of public comments
見本町景観計画（素案）に関するパブリックコメントの実施結果
募集期間　令和４年11月15日から12月14日まで
== council: when comments were invited, and how many came
計画（案）へのご意見
募集期間　４月１日から30日まで
意見提出者数　８人
１　道について
== council: a schedule
総合計画策定スケジュール（案）
４月　審議会の設置
６月　アンケート
10月　素案
１月　パブリックコメント
== council: the name of the meeting and speakers
総合計画審議会（第１回第４部会）
１ 総合戦略の進捗状況について
【委員】
よいと思う。
【事務局】
検討する。
【委員】
お願いする。
【部会長】
次へ移る。
== council: a text without line ends
第２次模範町総合計画（第４回）審議会 要点録 開催日時：令和６年10月31日（金）午後７時 \
開催場所：模範町民文化センター 出席者 例示 太郎、見本 次郎、模範 三郎、例示 花子、見本 桜子 \
事務局 企画課長ほか５名 欠席者 なし 傍聴者 ６人 会議次第 １開会 ２報告
== progress: a sheet of figures named after its strategy
例示市総合戦略 KPI進捗一覧
基本目標１ しごとをつくる
指標名 現状値 実績値 目標値
相談の件数 10件 12件 20件
== progress: a sheet of assessment that names measures and their KPIs
具体的な施策・重要業績評価指標（ＫＰＩ）進捗状況評価票（対象：令和５年度）
基本目標１ しごとをつくる
主担当課 商工課
== progress: a sheet of review with figures
検証シート
（令和５年度）
〔基本目標〕 つくる
基準値
目標値
実績値
== council: a council that reviews a strategy
第３回例示市総合戦略効果検証委員会
次第
１ 開会
== progress: the title over what is reported on
第２次
例示版総合戦略
取組状況
令和６年10月
基本目標１ 働く場
数値目標 100人
具体的な施策：働く場
令和５年度の実施状況
KPI
== progress: a paper of a meeting
第７回例示市まち・ひと・しごと創生懇談会　資料４
総合戦略における数値目標・重要業績評価指標の現状値
例示市総合戦略では、
基本目標Ⅰ 子育て
出生数：3,823人→4,107人
== progress: a sheet
② 令和６年度実績評価シート【重要業績評価指標（KPI）】
数値の
基準年度 目標年度
== strategy: a paper of a meeting
第２回例示市総合戦略推進会議　資料１
第３期例示市総合戦略（素案）
基本目標１　働く場をつくる
数値目標　就業者数
== strategy: a title over lines
模範町
しごと
ひと
創生総合戦略
令和６年10月
== agreement: parties by name only
○例示市と見本町との間における連携中枢都市圏形成に係る連携協約
（目的）
第１条　この連携協約は、例示市及び見本町が、事務を協力して処理することを目的とする。
== none: a news item on an agreement
圏域の定住自立圏形成協定を締結しました
令和６年６月29日 例示市役所にて
圏域の市町が相互に役割分担し、連携する制度です。
== none: a page on how agreements are made
定住自立圏形成協定について
「定住自立圏形成協定」は、市町村が１対１で締結するもので、議会の議決を経たものをいいます。
== none: news on a strategy
政府は、地方創生の施策を盛り込んだ「まち・ひと・しごと創生総合戦略」の改定版を決定した。
観光を重視する。
== none: news of how a plan goes, with its figures
県の総合計画の現状をお知らせします
指標名 進捗状況（令和４年度） 目標
観光客の数 実績値 120人 150人
主な指標の進捗は、次の表のとおりです。
== none: an interview
５月11日質問事項３
３総合戦略
○記者：地方版の総合戦略についてお尋ねします。
○知事：これから発表します。
== none: an ordinance
○例示市基本構想に関する条例
令和６年12月24日
条例第19号
（目的）
第１条　この条例は、基本構想について定める。
== none: a budget
■令和６年度 当初予算の概要
○歳入
○歳出
・議会費 3,309円
== none: another plan that names the strategy
第６次見本町総合計画
基本目標１　働く場
具体的な施策
総合戦略と一体で進める。
KPI
計画期間　令和７年度から
== none: an account of a system
全国の定住自立圏の取組状況について
定住自立圏構想推進要綱の概要
中心市
近隣市町村
== none: minutes of an assembly
議会運営委員会記録（第７回）
１．日時　令和６年12月13日
１．場所　第１委員会室
１．出席委員　例示太郎
１．議題　議会基本条例について
◎見本委員長　ただいまより開会いたします。
== none: a newsletter of an assembly
一般質問
７名の議員が質問
第２回定例会６月会議の一般質問には、７議員が登壇しました。
== none: statistics
例示市統計書
人口の推移
総数 昭和39年 人 168318
== none: rules of an association
見本校区コミュニティ協議会会則
（名称）
第１条　この会は、見本校区コミュニティ協議会と称する。
== none: a recipe
豚汁の作り方
材料（４人分）
大根 １本
１ 大根を切る。
"""


def parted(text: str) -> dict[tuple[str, str], str]:
    """Kind and form → the document."""
    parts = re.findall(r"^== (\w+): (.*)\n((?:(?!== ).*\n)*)", text, re.MULTILINE)
    return {(kind, form): words for kind, form, words in parts}


BY_FORM = parted(DOCUMENTS)


def written(kind: str, form: str, folder: Path) -> Path:
    path = folder / "document.txt"
    path.write_text(BY_FORM[kind, form], encoding="utf-8")
    return path


@pytest.mark.parametrize(("kind", "form"), BY_FORM)
def test_document_is_told_by_its_form(kind: str, form: str, tmp_path: Path) -> None:
    """Papers, minutes, tables and schedules of councils; reports on strategies; what only looks like one of them."""
    assert (recognise(read(written(kind, form, tmp_path))).family or "none") == kind


def test_a_kind_as_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    """Of a report nothing is an agreement or a paper of a council; as a strategy it is read, with a warning."""
    reading = read(written("progress", "a sheet of figures named after its strategy", tmp_path))
    for wrong in ("agreement", "council"):
        with pytest.raises(SoseiError, match=wrong) as refused:
            extract(reading, wrong)
        assert refused.value.hint
        assert "progress" in refused.value.hint.ja
    as_told = extract(reading, "strategy")
    assert as_told.findings.plans
    assert "progress" in as_told.warnings[0].en


def test_refusal_names_the_way_out_and_the_nearest_family(tmp_path: Path) -> None:
    reading = read(written("none", "a page on how agreements are made", tmp_path))
    with pytest.raises(SoseiError) as refused:
        extract(reading)
    told = refused.value.hint
    assert told
    assert "--kind" in told.ja
    assert told.ja.endswith("（最も近いのは agreement）")
    assert extract(reading, "agreement").findings.family == "agreement"
