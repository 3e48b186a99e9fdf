"""Fictional strategies, reports and plans in the forms that municipalities use, and what should be found in them."""

from pathlib import Path

from tests.ingest.blocks import Document, Grid, Heading, Merged, PageBreak, Paragraph
from tests.ingest.documents import write

#: A strategy with chapters: numeric targets, directions and measures of each goal below their labels, a table for each.
STRATEGY = Document(
    (
        Heading("第２期例示市まち・ひと・しごと創生総合戦略"),
        Paragraph("令和２年３月"),
        Paragraph("例示市"),
        PageBreak(),
        Heading("第１章 基本的な考え方", 2),
        Paragraph("１ 計画期間"),
        Paragraph("令和２年度から令和６年度までの５年間とします。"),
        Heading("第２章 基本目標と施策", 2),
        Heading("基本目標１ 地域の産業を育て、安心して働けるまちをつくる", 2),
        Paragraph("（１）数値目標"),
        Grid(
            (
                ("指標", "基準値（平成30年度）", "目標値（令和６年度）"),
                ("市内の事業所に新しく雇われた人の数", "1,204人", "1,400人"),
                ("製造品出荷額等", "約835億円", "900億円以上"),
            ),
            (220, 110, 110),
        ),
        Paragraph("（２）講ずべき施策に関する基本的方向"),
        Paragraph("○ 市内の中小企業が続けて稼げるように、設備と人への投資を支えます。"),
        Paragraph("○ 若い世代が市内で働き先を選べるように、企業と学校を結びます。"),
        Paragraph("（３）具体的な施策と重要業績評価指標（KPI）"),
        Paragraph("① 中小企業の経営の安定"),
        Paragraph("経営の相談窓口を設け、専門家を派遣します。"),
        Grid(
            (
                ("KPI", "現状値（H30）", "目標値（R6）"),
                ("専門家を派遣した企業の数（累計）", "12社", "60社"),
                ("事業承継の相談件数", "－", "20件／年"),
            ),
            (220, 110, 110),
        ),
        Paragraph("② 若い世代の就職の支援"),
        Paragraph("企業の見学会を開き、奨学金の返還を支えます。"),
        Grid(
            (
                ("KPI", "現状値（H30）", "目標値（R6）"),
                ("企業見学会に参加した高校生の数", "58人", "120人"),
            ),
            (220, 110, 110),
        ),
        PageBreak(),
        Heading("基本目標２ ひとの流れをつくり、住み続けたいまちをつくる", 2),
        Paragraph("（１）数値目標"),
        Grid(
            (
                ("指標", "基準値（平成30年度）", "目標値（令和６年度）"),
                ("転入者数から転出者数を引いた数", "▲86人", "０人"),
            ),
            (220, 110, 110),
        ),
        Paragraph("（２）講ずべき施策に関する基本的方向"),
        Paragraph("○ 住まいと仕事の情報を一つの窓口で届けます。"),
        Paragraph("（３）具体的な施策と重要業績評価指標（KPI）"),
        Paragraph("① 移住と定住の促進"),
        Grid(
            (
                ("KPI", "現状値（H30）", "目標値（R6）"),
                ("空き家バンクで成約した件数（累計）", "9件", "45件"),
            ),
            (220, 110, 110),
        ),
        Heading("第３章 推進体制", 2),
        Paragraph("１ 市民や企業と連携して進めます。"),
    ),
    running_head="第２期例示市総合戦略",
)

#: Goal → measure (or `""` for the goal itself) → indicator → baseline and target as printed.
STRATEGY_FOUND = {
    "地域の産業を育て、安心して働けるまちをつくる": {
        "": {
            "市内の事業所に新しく雇われた人の数": ("1,204人", "1,400人"),
            "製造品出荷額等": ("約835億円", "900億円以上"),
        },
        "中小企業の経営の安定": {
            "専門家を派遣した企業の数（累計）": ("12社", "60社"),
            "事業承継の相談件数": ("－", "20件／年"),
        },
        "若い世代の就職の支援": {"企業見学会に参加した高校生の数": ("58人", "120人")},
    },
    "ひとの流れをつくり、住み続けたいまちをつくる": {
        "": {"転入者数から転出者数を引いた数": ("▲86人", "０人")},
        "移住と定住の促進": {"空き家バンクで成約した件数（累計）": ("9件", "45件")},
    },
}

#: An old regional revitalization plan: a project, and targets by year as increases.
YEARLY_PLAN = Document(
    (
        Heading("地域再生計画"),
        Heading("１ 地域再生計画の名称", 2),
        Paragraph("見本の森と水をいかす交流のまちづくり計画"),
        Heading("２ 地域再生計画の作成主体の名称", 2),
        Paragraph("富山県中新川郡立山町"),
        Heading("３ 地域再生計画の区域", 2),
        Paragraph("富山県中新川郡立山町の全域"),
        Heading("４ 地域再生計画の目標", 2),
        Paragraph("４－３ 数値目標"),
        Grid(
            (
                (
                    "",
                    "事業開始前（現時点）",
                    "令和３年度増加分（１年目）",
                    "令和４年度増加分（２年目）",
                    "ＫＰＩ増加分の累計",
                ),
                ("町内の宿泊者数", "4,200人", "100人", "300人", "400人"),
                ("体験プログラムの数", "３件", "０件", "２件", "２件"),
            ),
            (120, 90, 90, 90, 90),
        ),
        Heading("５ 地域再生を図るために行う事業", 2),
        Paragraph("５－１ 全体の概要"),
        Paragraph("交流の拠点を整えます。"),
        Heading("６ 計画期間", 2),
        Paragraph("地域再生計画の認定の日から令和５年３月31日まで"),
    ),
    running_head="",
)

#: A report with a target and an actual row for each indicator, by year, and the town's own rating.
ALTERNATING = Document(
    (
        Heading("仮名村総合戦略 進捗状況報告書"),
        Paragraph("令和５年10月"),
        Heading("基本目標１ 村で暮らし続ける", 2),
        Grid(
            (
                ("指標名", "単位", "区分", "R3", "R4", "R5", "評価"),
                (
                    Merged("村営住宅に入居した世帯の数", rows=2),
                    Merged("世帯", rows=2),
                    "目標",
                    "2",
                    "4",
                    "6",
                    Merged("Ｂ", rows=2),
                ),
                (None, None, "実績", "1", "4", "集計中", None),
                (
                    Merged("健康診断を受けた人の割合", rows=2),
                    Merged("％", rows=2),
                    "目標",
                    "50.0",
                    "55.0",
                    "60.0",
                    Merged("Ａ", rows=2),
                ),
                (None, None, "実績", "51.2", "56.8", "61.0", None),
            ),
            (150, 50, 50, 50, 50, 50, 40),
        ),
        Heading("基本目標２ 村の仕事をつくる", 2),
        Grid(
            (
                ("指標名", "単位", "区分", "R3", "R4", "R5", "評価"),
                (
                    Merged("直売所の売上額", rows=2),
                    Merged("千円", rows=2),
                    "目標",
                    "1,000",
                    "1,200",
                    "1,500",
                    Merged("Ｃ", rows=2),
                ),
                (None, None, "実績", "980", "1,050", "1,100", None),
            ),
            (150, 50, 50, 50, 50, 50, 40),
        ),
    ),
    running_head="",
)


#: A regional revitalization plan for donations of companies: projects ア and イ, KPIs tied to them and to basic goals.
GIFT_PLAN = Document(
    (
        Heading("地域再生計画"),
        Heading("１ 地域再生計画の名称", 2),
        Paragraph("第３期魚津市まち・ひと・しごと創生推進計画"),
        Heading("２ 地域再生計画の作成主体の名称", 2),
        Paragraph("富山県魚津市"),
        Heading("３ 地域再生計画の区域", 2),
        Paragraph("富山県魚津市の全域"),
        Heading("４ 地域再生計画の目標", 2),
        Paragraph("人口が減り続けているため、次の基本目標を掲げて取り組む。"),
        Paragraph("・基本目標１ 仕事をつくり、働く人をふやす"),
        Paragraph("・基本目標２ 子どもを育てやすいまちをつくる"),
        Paragraph("【数値目標】"),
        Grid(
            (
                (
                    "５－２の①に掲げる事業",
                    "ＫＰＩ",
                    "現状値（計画開始時点）",
                    "目標値（2029年度）",
                    "達成に寄与する地方版総合戦略の基本目標",
                ),
                (
                    Merged("ア", rows=2),
                    "新しく雇われた人の数",
                    "120人",
                    "150人",
                    Merged("基本目標１", rows=2),
                ),
                (None, "起業した件数（累計）", "８件", "40件", None),
                (Merged("イ", rows=2), "合計特殊出生率", "1.38", "1.50", Merged("基本目標２", rows=2)),
                (None, "待機児童の数", "０人", "０人", None),
            ),
            (80, 140, 90, 90, 90),
        ),
        PageBreak(),
        Heading("５ 地域再生を図るために行う事業", 2),
        Paragraph("５－１ 全体の概要"),
        Paragraph("５－２及び５－３のとおり。"),
        Paragraph("５－２ 第５章の特別の措置を適用して行う事業"),
        Paragraph("① 事業の名称"),
        Paragraph("第３期魚津市まち・ひと・しごと創生推進事業"),
        Paragraph("ア 仕事をつくり、働く人をふやす事業"),
        Paragraph("イ 子どもを育てやすいまちをつくる事業"),
        Paragraph("② 事業の内容"),
        Paragraph("ア 仕事をつくり、働く人をふやす事業"),
        Paragraph("市内の企業と学校を結び、若い世代が働き先を選べるようにする。"),
        Paragraph("【具体的な事業】"),
        Paragraph("・企業の見学会の開催"),
        Paragraph("・起業を支える窓口の設置 等"),
        Paragraph("イ 子どもを育てやすいまちをつくる事業"),
        Paragraph("相談の窓口を一つにまとめ、家庭を支える。"),
        Paragraph("【具体的な事業】"),
        Paragraph("・子育てを支える拠点の整備 等"),
        Paragraph("③ 事業の実施状況に関する客観的な指標（重要業績評価指標(ＫＰＩ)）"),
        Paragraph("４の【数値目標】に同じ。"),
        Heading("６ 計画期間", 2),
        Paragraph("地域再生計画の認定の日から2030年３月31日まで"),
    ),
)


def raw(document: Document, path: Path, *, by_row: bool) -> Path:
    """The document as text whose columns are lost: each cell, or all cells of a row, on a line."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            lines += [block.text, ""]
        elif isinstance(block, Grid):
            for row in block.rows:
                cells = [entry.text if isinstance(entry, Merged) else entry for entry in row if entry]
                lines += [" ".join(cells)] if by_row else cells
            lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def written(document: Document, folder: Path, layout: str) -> Path:
    """The document in a layout: a format of `documents`, `rows` or `cells`."""
    if layout in ("rows", "cells"):
        return raw(document, folder / f"{layout}.txt", by_row=layout == "rows")
    path = folder / f"document.{layout}"
    write(document, path)
    return path
