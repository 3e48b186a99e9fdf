"""What a person sees of an ingest: what was read of each document, what has to be mended, what differs."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sosei_graph.blocks import Block, Grid, Note, Style
from sosei_graph.languages import Lang, Text

if TYPE_CHECKING:
    from sosei_graph.ingest.accepting import Accepted
    from sosei_graph.ingest.ingesting import Outcome
    from sosei_graph.workspace import Workspace

_LISTED = 10
_FAMILIES = {
    "plan": Text("地域再生計画", "regional revitalization plan"),
    "agreement": Text("連携協約", "cooperation agreement"),
    "strategy": Text("総合戦略", "comprehensive strategy"),
    "progress": Text("取組状況報告", "progress report"),
    "council": Text("会議資料", "meeting material"),
}
_HEAD = (
    Text("文書", "Document"),
    Text("種類", "Kind"),
    Text("読み取った物事", "Things read"),
    Text("要確認", "Doubtful"),
    Text("読めず", "Unread"),
    Text("提案", "Suggested"),
    Text("違反", "Violations"),
    Text("注意", "Warnings"),
)
_NOT_READ = Text(
    "- 今回は読み取れなかったもの {n} 件（そのまま残ります。{page} に全件）",
    "- not read this time: {n} (they stay as they are; {page} has them all)",
)
_MORE = Text("… ほか {n} 件（{page} に全件）", "… and {n} more ({page} has them all)")


def outcomes_view(outcomes: Sequence["Outcome"], workspace: "Workspace", lang: Lang) -> list[Block]:
    """A row for each draft, then what has to be mended and what differs where there is only one; at last the files."""
    done = [outcome for outcome in outcomes if outcome.error is None]
    if not done:
        return []
    rows = tuple(_row(outcome, lang) for outcome in done)
    blocks: list[Block] = [
        Note(Text("下書きを作りました", "Drafts were made").in_(lang), "heading"),
        Grid(rows, tuple(head.in_(lang) for head in _HEAD), frozenset(range(2, len(_HEAD)))),
    ]
    for outcome in done:
        blocks += [Note(f"{outcome.path.name}: {each.in_(lang)}", "warning") for each in outcome.warnings]
    if len(done) == 1:
        blocks += _mend_view(done[0], workspace, lang)
    differing = [outcome for outcome in done if outcome.differences]
    for outcome in differing:
        blocks += _differences_view(outcome, workspace, lang)
    folders = sorted({str(outcome.written[0].parent) for outcome in done if outcome.written})
    files = [workspace.short(path) for path in done[0].written] if len(done) == 1 else folders
    blocks.append(Note(Text("書き出し先", "Written").in_(lang), "heading"))
    blocks += [Note(file, indent=2) for file in files]
    return blocks


def _row(outcome: "Outcome", lang: Lang) -> tuple[str, ...]:
    counts = outcome.counts
    family = _FAMILIES[outcome.family].in_(lang) if outcome.family else ""
    numbers = (
        outcome.things,
        outcome.doubtful,
        outcome.unread,
        outcome.suggestions,
        counts["violation"],
        counts["warning"],
    )
    return outcome.slug, family, *(f"{number:,}" for number in numbers)


def _mend_view(outcome: "Outcome", workspace: "Workspace", lang: Lang) -> list[Block]:
    """The violations, the first at least; warnings by their kind."""
    from sosei_graph.validation.report_formats import text_line

    page = workspace.short(outcome.written[2])
    violations = [finding for finding in outcome.findings if finding.severity == "violation"]
    blocks: list[Block] = []
    if violations:
        heading = Text("直してから --accept するもの", "To be mended before --accept").in_(lang)
        blocks.append(Note(heading, "bad"))
        blocks += [Note(text_line(finding, lang), indent=2) for finding in violations[:_LISTED]]
    if len(violations) > _LISTED:
        blocks.append(Note(_MORE.fill(n=len(violations) - _LISTED, page=page).in_(lang), "faint", indent=2))
    kinds = Counter(
        (finding.shape_name, finding.message.in_(lang) if finding.shape_name != "RemarkLeft" else "")
        for finding in outcome.findings
        if finding.severity == "warning"
    )
    short = Counter({shape: 0 for shape, _ in kinds})
    for (shape, _), count in kinds.items():
        short[shape] += count
    if short:
        blocks.append(Note(Text("注意の内訳", "Warnings by kind").in_(lang), "warning"))
        first = {finding.shape_name: finding.message.in_(lang) for finding in reversed(outcome.findings)}
        rows = tuple((f"{count:,}", first[shape]) for shape, count in short.most_common(_LISTED))
        blocks.append(Grid(rows, right=frozenset({0}), indent=2))
    return blocks


def _differences_view(outcome: "Outcome", workspace: "Workspace", lang: Lang) -> list[Block]:
    """What is read otherwise and what is new, the first of them; of what was not read, how much it is."""
    heading = Text(
        "確認済みのデータと違うところ（確認済みのほうを残します）: {slug}",
        "Where the reviewed data say otherwise (they are kept): {slug}",
    )
    page = workspace.short(outcome.written[2])
    told = [each for each in outcome.differences if each.sign != "-"]
    left = len(outcome.differences) - len(told)
    blocks: list[Block] = [Note(heading.fill(slug=outcome.slug).in_(lang), "warning")]
    for each in told[: _LISTED * 2]:
        what = f" {each.property}" if each.property else ""
        blocks.append(Note(f"{each.sign} {each.name}{what}: {each.message.in_(lang)}", indent=2))
    if len(told) > _LISTED * 2:
        more = _MORE.fill(n=len(told) - _LISTED * 2, page=page)
        blocks.append(Note(more.in_(lang), "faint", indent=2))
    if left:
        blocks.append(Note(_NOT_READ.fill(n=left, page=page).in_(lang), "faint", indent=2))
    return blocks


def accepted_view(accepted: "Accepted", workspace: "Workspace", lang: Lang) -> list[Block]:
    """Where a draft has gone."""
    style: Style = "good"
    said = Text(
        "{file} に {added} 件を加えました（そのまま残したもの {kept} 件、注意 {warnings} 件）",
        "{added} things were added to {file} (kept as they were: {kept}; warnings: {warnings})",
    ).fill(
        file=workspace.short(accepted.data),
        added=f"{accepted.added:,}",
        kept=f"{accepted.kept:,}",
        warnings=f"{accepted.warnings:,}",
    )
    blocks: list[Block] = [Note(said.in_(lang), style)]
    if accepted.text:
        text = Text("本文: {file}", "its text: {file}").fill(file=workspace.short(accepted.text))
        blocks.append(Note(text.in_(lang), indent=2))
    return blocks
