"""What a person sees of the coverage: a table of the sources, the omissions, and the numbers nobody explains."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sosei_graph.blocks import Block, Grid, Note
from sosei_graph.languages import Lang, Text

if TYPE_CHECKING:
    from sosei_graph.evidence import CoverageReport, Number, SourceCoverage
    from sosei_graph.store.memory import Store

TITLE = Text("原文の数字の対応", "Coverage of the numbers in the sources")
#: The columns of the table of sources.
SOURCE = Text("原文", "Source")
COUNTED = Text("数え方", "Counted")
ALL = Text("全体", "All")
FIGURES = Text("事実の数字", "Figures")
IN_EVIDENCE = Text("根拠の中", "In evidence")
OMITTED = Text("対象外", "Omitted")
UNEXPLAINED = Text("説明なし", "Unexplained")
EXPLAINED = Text("説明あり", "Explained")
COLUMNS = (SOURCE, COUNTED, ALL, FIGURES, IN_EVIDENCE, OMITTED, UNEXPLAINED, EXPLAINED)

REASON = Text("対象外とした理由", "Reason for omission")
NO_REASON = Text("（理由なし）", "(no reason)")
DIGITS = Text("字数", "digits")
NUMBERS = Text("個数", "numbers")
TOTAL = Text("合計", "total")
LONG = Text("長い箇所の中だけにある", "only in a long passage")

_MEANING = Text(
    "事実の数字: 根拠の箇所にあり、その数を事実が持つ。根拠の中: 箇所にあるが、その数は持たない。"
    "字数は数字の文字、個数はひと続きの数を数える。",
    "Figures: in a span of evidence, and the fact has this number. In evidence: in such a span, but the fact "
    "does not have it. Digits are characters, numbers are runs of them.",
)
_PLACES = Text("説明のない数字（行:文字）", "Unexplained numbers (line:column)")
_NONE = Text("説明のない数字はありません", "every number is explained")
_SOME = Text("説明のない数字が{n}個あります", "{n} numbers are unexplained")
_ONE = Text("説明のない数字が1個あります", "1 number is unexplained")


def coverage_view(report: "CoverageReport", store: "Store", lang: Lang) -> list[Block]:
    """The coverage: a table of the sources, their omissions by reason, each unexplained number, and the count."""
    blocks: list[Block] = [
        Note(TITLE.in_(lang), "heading"),
        Grid(
            tuple(tuple(cell.in_(lang) for cell in row) for row in source_rows(report)),
            tuple(title.in_(lang) for title in COLUMNS),
            frozenset(range(2, len(COLUMNS))),
        ),
        Note(_MEANING.in_(lang), "faint"),
    ]
    if omissions := _omission_rows(report, store, lang):
        head = tuple(title.in_(lang) for title in (SOURCE, REASON, DIGITS, NUMBERS))
        blocks += [Note(""), Grid(omissions, head, frozenset({2, 3}))]
    if places := _unexplained_rows(report, lang):
        blocks += [Note(""), Note(_PLACES.in_(lang), "heading"), Grid(places, indent=2)]
    count = report.count("unexplained")
    told = (_SOME if count > 1 else _ONE if count else _NONE).fill(n=f"{count:,}")
    return [*blocks, Note(told.in_(lang), "bad" if count else "good")]


def source_rows(report: "CoverageReport") -> list[tuple[Text, ...]]:
    """Two rows a source, and for several sources two of all of them: what is counted, and how much of each kind."""
    rows = [row for source in report.sources for row in _rows(_same(source.file), source)]
    return [*rows, *_rows(TOTAL, report)] if len(report.sources) > 1 else rows


def _rows(name: Text, part: "CoverageReport | SourceCoverage") -> list[tuple[Text, ...]]:
    rows = []
    for counted, of in ((DIGITS, part.digits), (NUMBERS, part.count)):
        counts = (of(), of("figure"), of("evidence"), of("omitted"), of("unexplained"))
        cells = [_same(f"{count:,}") for count in counts]
        rows.append((name, counted, *cells, _same(share(counts[0] - counts[-1], counts[0]))))
    return rows


def _same(text: str) -> Text:
    return Text(text, text)


def share(part: int, whole: int) -> str:
    """A part in per cent with one place, rounded down, so that 100.0% means all; of nothing it is all."""
    tenths = part * 1000 // whole if whole else 1000
    return f"{tenths // 10}.{tenths % 10}%"


def reason_of(store: "Store", iri: str, lang: Lang) -> str:
    """The label of a reason for omission."""
    return store.label(iri, lang) if iri else NO_REASON.in_(lang)


def around(number: "Number", length: int) -> tuple[str, str]:
    """At most so many characters before and after a number, on one line."""
    before = number.before[-length:] if length else ""
    return _on_one_line(before), _on_one_line(number.after[:length])


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _omission_rows(report: "CoverageReport", store: "Store", lang: Lang) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (source.file, reason_of(store, reason, lang), f"{_digits(numbers):,}", f"{len(numbers):,}")
        for source in report.sources
        for reason, numbers in source.omissions().items()
    )


def _digits(numbers: "Sequence[Number]") -> int:
    return sum(number.digits for number in numbers)


def _unexplained_rows(report: "CoverageReport", lang: Lang) -> tuple[tuple[str, ...], ...]:
    rows = []
    for source in report.sources:
        for number in source.of("unexplained"):
            before, after = around(number, 15)
            long = LONG.in_(lang) if number.only_in_a_long_passage else ""
            place = f"{source.file}:{number.line}:{number.column}"
            rows.append((place, number.text, f"{before.lstrip()}【{number.text}】{after.rstrip()}", long))
    return tuple(rows)
