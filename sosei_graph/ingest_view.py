"""What a person sees of an ingest: what was read of each document, what has to be mended, what differs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sosei_graph.blocks import Block, Grid, Note
from sosei_graph.languages import Lang, Text

if TYPE_CHECKING:
    from sosei_graph.ingest.accepting import Accepted
    from sosei_graph.ingest.differing import Difference
    from sosei_graph.ingest.ingesting import Outcome
    from sosei_graph.workspace import Workspace

_LISTED = 10
#: The shape that asks for every remark to be dealt with; the remarks themselves are told.
_REMARK_LEFT = "RemarkLeft"
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
_WHOSE = Text(
    "どの自治体の文書か分かりません。--city にコードか名前を付けて、取り込み直してください: {files}",
    "Whose document this is could not be told: ingest it again with --city CODE or NAME: {files}",
)
_STEPS = (
    Text(
        "{page} をブラウザーで開き、原文と見比べる",
        "open {page} in a browser and compare it with the document",
    ),
    Text(
        "誤りがあれば {draft} をテキストエディターで直し、sosei validate {draft} で確かめる",
        "mend mistakes in {draft} with a text editor, and check it with sosei validate {draft}",
    ),
    Text("sosei ingest --accept {draft} で data/ に移す", "sosei ingest --accept {draft} moves it to data/"),
)
_WAITING = Text(
    "対応付けの提案が残っています。要るものだけを残して sosei ingest --accept {file}",
    "suggested alignments are left: keep what is right, then sosei ingest --accept {file}",
)
_LOOK = Text(
    "確認事項が残っていた {n} 件も受け入れました",
    "{n} of them still asked for a look (sosei:remark); they were accepted as they were",
)
_BUILD = Text("次は sosei build", "next: sosei build")
_SAME = Text(
    "{slug}: 確認済みのデータと違いはありません。受け入れるものもありません",
    "{slug}: nothing differs from the reviewed data, and there is nothing to accept",
)
_MORE = Text("… ほか {n} 件（{page} に全件）", "… and {n} more ({page} has them all)")


def outcomes_view(outcomes: Sequence["Outcome"], workspace: "Workspace", lang: Lang) -> list[Block]:
    """A row for each draft; what has to be mended where there is only one; what differs; the files; what to do next."""
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
    blocks += _unsettled_view(done, lang)
    for outcome in done:
        blocks += _differences_view(outcome, workspace, lang)
    folders = sorted({str(outcome.written[0].parent) for outcome in done if outcome.written})
    files = [workspace.short(path) for path in done[0].written] if len(done) == 1 else folders
    blocks.append(Note(Text("書き出し先", "Written").in_(lang), "heading"))
    blocks += [Note(file, indent=2) for file in files]
    return [*blocks, *_next_view(done, workspace, lang)]


def _unsettled_view(done: Sequence["Outcome"], lang: Lang) -> Iterator[Block]:
    """Whose documents some are could not be told; that has to be said before anything is mended by hand."""
    unsettled = [outcome.path.name for outcome in done if outcome.lacks_government]
    if unsettled:
        said = _WHOSE.fill(files="、".join(unsettled) if lang == "ja" else ", ".join(unsettled))
        yield Note(said.in_(lang), "bad")


def _next_view(done: Sequence["Outcome"], workspace: "Workspace", lang: Lang) -> Iterator[Block]:
    """The steps from a draft to data; there are none where the data say the same already."""
    done = [outcome for outcome in done if outcome.differences or not outcome.is_reviewed]
    if not done:
        return
    yield Note(Text("次にすること", "What to do next").in_(lang), "heading")
    draft = (
        workspace.short(done[0].written[0]) if len(done) == 1 else Text("下書き.ttl", "DRAFT.ttl").in_(lang)
    )
    page = (
        workspace.short(done[0].written[2]) if len(done) == 1 else Text("下書き.html", "DRAFT.html").in_(lang)
    )
    for number, step in enumerate(_STEPS, 1):
        yield Note(f"{number}. {step.fill(draft=draft, page=page).in_(lang)}", indent=2)


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
    blocks += _counted(Text("要確認の内訳", "Doubtful by kind"), outcome.remarks, lang)
    first = {finding.shape_name: finding.message for finding in reversed(outcome.findings)}
    warnings = [
        first[finding.shape_name]
        for finding in outcome.findings
        if finding.severity == "warning" and finding.shape_name != _REMARK_LEFT
    ]
    blocks += _counted(Text("注意の内訳", "Warnings by kind"), warnings, lang)
    return blocks


def _counted(heading: Text, messages: Iterable[Text], lang: Lang) -> Iterator[Block]:
    """How often each message is given, the most frequent first."""
    counts = Counter(message.in_(lang) for message in messages)
    if counts:
        yield Note(heading.in_(lang), "warning")
        rows = tuple((f"{count:,}", message) for message, count in counts.most_common(_LISTED))
        yield Grid(rows, right=frozenset({0}), indent=2)


def _differences_view(outcome: "Outcome", workspace: "Workspace", lang: Lang) -> list[Block]:
    """What is read otherwise and what is new, the first of them; of what was not read, how much it is."""
    if not outcome.differences:
        same = _SAME.fill(slug=outcome.slug).in_(lang)
        return [Note(same, "good")] if outcome.is_reviewed else []
    heading = Text(
        "確認済みのデータと違うところ（確認済みのほうを残します）: {slug}",
        "Where the reviewed data say otherwise (they are kept): {slug}",
    )
    page = workspace.short(outcome.written[2])
    told = [each for each in outcome.differences if each.sign != "-"]
    left = len(outcome.differences) - len(told)
    blocks: list[Block] = [Note(heading.fill(slug=outcome.slug).in_(lang), "warning")]
    blocks += [Note(f"{each.sign} {_difference(each, lang)}", indent=2) for each in told[: _LISTED * 2]]
    if len(told) > _LISTED * 2:
        more = _MORE.fill(n=len(told) - _LISTED * 2, page=page)
        blocks.append(Note(more.in_(lang), "faint", indent=2))
    if left:
        blocks.append(Note(_NOT_READ.fill(n=left, page=page).in_(lang), "faint", indent=2))
    return blocks


def _difference(difference: "Difference", lang: Lang) -> str:
    name, message = difference.name.in_(lang), difference.message.in_(lang)
    quoted = f"「{name}」" if lang == "ja" else f"“{name}”"
    what = (
        f"{quoted}{difference.what.in_(lang)}" if lang == "ja" else f"{quoted} {difference.what.en}".rstrip()
    )
    return f"{what}: {message}"


def accepted_view(accepted: "Accepted", workspace: "Workspace", lang: Lang) -> list[Block]:
    """Where a draft has gone, and what of it still waits."""
    said = Text(
        "{file} に {added} 件を加えました（そのまま残したもの {kept} 件、注意 {warnings} 件）",
        "{added} things were added to {file} (kept as they were: {kept}; warnings: {warnings})",
    ).fill(
        file=workspace.short(accepted.data),
        added=f"{accepted.added:,}",
        kept=f"{accepted.kept:,}",
        warnings=f"{accepted.warnings:,}",
    )
    blocks: list[Block] = [Note(said.in_(lang), "good")]
    blocks += [Note(f"+ {name}", indent=2) for name in accepted.names[:_LISTED]]
    if len(accepted.names) > _LISTED:
        more = Text("… ほか {n} 件", "… and {n} more").fill(n=len(accepted.names) - _LISTED)
        blocks.append(Note(more.in_(lang), "faint", indent=2))
    if accepted.remarks:
        blocks.append(Note(_LOOK.fill(n=f"{accepted.remarks:,}").in_(lang), "warning", indent=2))
    if accepted.text:
        text = Text("本文: {file}", "its text: {file}").fill(file=workspace.short(accepted.text))
        blocks.append(Note(text.in_(lang), indent=2))
    if accepted.suggestions:
        waiting = _WAITING.fill(file=workspace.short(accepted.suggestions))
        blocks.append(Note(waiting.in_(lang), indent=2))
    return blocks


def build_next_view(lang: Lang) -> list[Block]:
    """What to do when everything has been accepted."""
    return [Note(_BUILD.in_(lang))]
