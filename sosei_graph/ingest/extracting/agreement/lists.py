"""Lists inside of what a label without a mark stands over, which are no headings of the agreement.

    甲の役割
    ア　医師会との連絡調整を行う。
    イ　診療所を運営する。
    乙の役割
    診療所に医師を送る。

Read as headings, ア and イ would take the role of 乙 for a part of theirs.
"""

from collections.abc import Callable, Sequence

from sosei_graph.ingest.extracting.agreement.labels import Label
from sosei_graph.ingest.extracting.headings import OUTERMOST, Mark, read_marks
from sosei_graph.ingest.extracting.wording import Wording

ReadLabel = Callable[[Wording], tuple[Label, Wording] | None]


def texts_to_nest(lines: Sequence[Wording], read: ReadLabel) -> list[str]:
    """The lines as their marks are to nest them: those of inner lists are empty.

    A marked line belongs to the label over it if it is a sentence, or if the label after it goes on with the same
    item; and only if it opens a list there or goes on with one, and with no heading.
    """
    every = [read_marks(line.text) for line in lines]
    labels = [None if marks else _label(line, read) for line, marks in zip(lines, every, strict=True)]
    texts = list[str]()
    headings, inner, seen = list[Mark](), list[Mark](), set[Label]()
    for at, (line, marks, label) in enumerate(zip(lines, every, labels, strict=True)):
        if label is not None:
            seen = {label} if label.kind == "content" or label in seen else {*seen, label}
            inner = []
        elif marks and seen:
            mark = _in_list(marks, inner, headings)
            after = _next_label(every, labels, at + 1, headings)
            same_item = after is None or (after.kind != "content" and after not in seen)
            new = mark is not None and mark.style not in [each.style for each in headings]
            if mark is not None and ("。" in line.text or (same_item and new)):
                inner.append(mark)
                texts.append("")
                continue
            seen = set()
        if marks:
            headings = _opened(headings, marks)
        texts.append(line.text)
    return texts


def _in_list(marks: Sequence[Mark], inner: Sequence[Mark], headings: Sequence[Mark]) -> Mark | None:
    """The reading of a mark that goes on with the list or opens one; none where it goes on with a heading."""
    going = [mark for mark in marks if any(mark.follows(each) for each in inner)]
    goes_on = any(mark.follows(each) for mark in marks for each in headings)
    opening = [mark for mark in marks if mark.opens and mark.style not in OUTERMOST and not goes_on]
    return next(iter([*going, *opening]), None)


def _label(line: Wording, read: ReadLabel) -> Label | None:
    found = read(line)
    return found[0] if found else None


def _next_label(
    every: Sequence[Sequence[Mark]], labels: Sequence[Label | None], first: int, headings: Sequence[Mark]
) -> Label | None:
    """The next label of the section: none where a heading beside or over it comes first."""
    styles = (*(mark.style for mark in headings), *OUTERMOST)
    for marks, label in zip(every[first:], labels[first:], strict=True):
        if label or (marks and marks[0].style in styles):
            return label
    return None


def _opened(headings: list[Mark], marks: Sequence[Mark]) -> list[Mark]:
    """The marks of the headings that are open after a further one."""
    if marks[0].style in OUTERMOST:
        return [marks[0]]
    for at, open_mark in reversed(list(enumerate(headings))):
        for mark in marks:
            if mark.follows(open_mark) or mark.style == open_mark.style:
                return [*headings[:at], mark]
    return [*headings, marks[0]]
