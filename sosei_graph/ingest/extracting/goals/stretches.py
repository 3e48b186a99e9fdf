"""Lines put together to the entries of a list: by their bullets, or by full lines that go on in the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sosei_graph.ingest.extracting.goals.labels import LabelKind, read_label
from sosei_graph.ingest.extracting.goals.lines import Line
from sosei_graph.ingest.extracting.headings import read_bullet, read_marks
from sosei_graph.ingest.extracting.indicators.lines import starts_with_key
from sosei_graph.ingest.extracting.indicators.naming import is_marked
from sosei_graph.ingest.extracting.indicators.wrapped import display_width
from sosei_graph.ingest.extracting.wording import Wording, join

#: The labels below which indicators stand.
OF_INDICATORS: frozenset[LabelKind] = frozenset({"targets", "kpi", "reference"})

_NOTE = re.compile(r"^\s*[※＊]")
#: What a line goes on with when the line before it was cut in the middle of a value.
_GOES_ON = re.compile(r"[\s0-9０-９,，.．人件%％円社回年度以→⇒➡〜～)）」】/／]")
_CUT = re.compile(r"(?:[→⇒➡〜～(（,，.．:：]|[(（][^()（）]*)$")
#: Columns of a display that a full line may lack.
_SLACK = 4
_MOST_LINES = 5


@dataclass(frozen=True)
class Stretch:
    """Lines that are one entry: `first` and `last` are their numbers, `section` the label over them.

    `labelled`: it stands beside the label. `example`: the label says 例. `begun`: it has a bullet or a mark. `tabled`:
    the label is that of the table right below it, and this comes after the table.
    """

    parts: tuple[Wording, ...]
    first: int
    last: int
    section: LabelKind | None
    labelled: bool = False
    example: bool = False
    begun: bool = False
    tabled: bool = False

    def words(self, count: int | None = None) -> Wording:
        """The first lines, or all of them, as one."""
        return wrapped(self.parts[:count])

    def is_cut_at(self, count: int) -> bool:
        """Whether the line after the first ones may belong to them: their last word or figure can go on in it."""
        if count >= len(self.parts):
            return False
        before, after = self.parts[count - 1].text, self.parts[count].text
        return _GOES_ON.match(after) is not None or _CUT.search(before) is not None


def wrapped(parts: Sequence[Wording]) -> Wording:
    """Lines as one; nothing stands between the digits of a number that a line end divides."""
    whole = Wording()
    for part in parts:
        digits = bool(whole) and (whole.text[-1].isdigit() or part.text[:1].isdigit())
        whole = join([whole, part], "" if digits else None)
    return whole


def stretches(lines: Sequence[Line], apart: frozenset[int]) -> Iterator[Stretch]:
    """The entries of lines in order. `apart` are the numbers of lines that are titles."""
    for section, example, inside in _sections(lines, apart):
        widest = max((display_width(lines[at].words.text) for at, _, _ in inside), default=0)
        current: Stretch | None = None
        tabled = bool(inside) and lines[inside[0][0]].tabled and not inside[0][2]
        for at, words, labelled in inside:
            begun = begins(words)
            if current is not None and _goes_on(current, (words, begun), lines[at], widest) and not labelled:
                current = Stretch(
                    (*current.parts, words),
                    current.first,
                    at,
                    section,
                    current.labelled,
                    example,
                    current.begun,
                    tabled,
                )
                if at not in apart:
                    continue
            if current is not None:
                yield current
            current = Stretch((words,), at, at, section, labelled, example, begun, tabled)
            if at in apart:
                current = None
        if current is not None:
            yield current


def _sections(
    lines: Sequence[Line], apart: frozenset[int]
) -> Iterator[tuple[LabelKind | None, bool, list[tuple[int, Wording, bool]]]]:
    """The lines below each label (with what stands beside it), the label's kind, and whether it says 例."""
    section: LabelKind | None = None
    example = inline = False
    inside: list[tuple[int, Wording, bool]] = []
    style: str | None = None
    for at, line in enumerate(lines):
        label = read_label(line.words)
        if label is not None:
            yield section, example, inside
            section, inline, inside, style = label.kind, bool(label.rest), [], _style(label.rest)
            example = "例" in line.words.text[: len(line.words) - len(label.rest)]
            if label.rest:
                inside.append((at, label.rest, True))
            continue
        if section in OF_INDICATORS and (
            at in apart or _leaves(lines, at, inline=inline, example=example) or _changes(style, line)
        ):
            yield section, example, inside
            section, inside, style = None, [], None
        if line.words:
            inside.append((at, line.words, False))
            style = style or _style(line.words)
    yield section, example, inside


def _changes(style: str | None, line: Line) -> bool:
    """Whether a new list begins, whose entries begin in another way than those before it: `（１）…` after `○…`."""
    return line.parted and style is not None and _style(line.words) not in (None, style)


def _style(words: Wording) -> str | None:
    """How an entry begins: with a bullet, or the style of its mark."""
    if read_bullet(words.text) is not None:
        return "bullet"
    marks = [mark for mark in read_marks(words.text) if not mark.tight]
    return marks[0].style if marks else None


def _leaves(lines: Sequence[Line], at: int, *, inline: bool, example: bool) -> bool:
    """Whether a list that began beside its label, or one of examples, is over."""
    line = lines[at]
    if inline and line.parted and read_bullet(line.words.text) is None:
        return True
    apart = line.parted or (at > 0 and line.weak != lines[at - 1].weak)
    return example and apart and at > 0 and read_label(lines[at - 1].words) is None


def _goes_on(current: Stretch, after: tuple[Wording, bool], line: Line, widest: int) -> bool:
    words, begun = after
    if begun or line.number == -1 or len(current.parts) >= _MOST_LINES or _is_key(words):
        return False
    if line.joined:
        return True
    if line.parted:
        return False
    full = display_width(current.parts[-1].text) >= widest - _SLACK
    return full or (current.begun and not current.labelled)


def _is_key(words: Wording) -> bool:
    return starts_with_key(words) or _NOTE.match(words.text) is not None


def begins(words: Wording) -> bool:
    """Whether words begin with a bullet or a mark."""
    if read_bullet(words.text) is not None or is_marked(words):
        return True
    return any(not mark.tight for mark in read_marks(words.text))
