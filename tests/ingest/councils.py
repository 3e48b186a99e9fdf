"""One fictional meeting with the same opinions in the forms that councils print them in."""

from pathlib import Path

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.council import extract
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Findings, Meeting, Opinion
from tests.ingest.blocks import Document, Entry, Grid, Heading, Merged, PageBreak, Paragraph

HEAD = (
    "第３回例示市総合戦略推進会議　次第",
    "日時　令和６年11月20日（水）14時00分から",
    "場所　例示市役所３階　大会議室",
    "議題",
    "（１）前回会議の意見と対応について",
    "（２）総合戦略（素案）について",
    "（３）その他",
)
AGENDA = ["前回会議の意見と対応について", "総合戦略（素案）について", "その他"]

JOBS = "働く場が町の中心部に偏っているので、周辺の地区にも仕事をつくるべきではないか。"
FARM = "農業を始める若者への住まいの支援もあるとよいと思う。"
JOBS_ANSWER = "周辺の地区での働く場づくりを施策に追加し、空き家の活用と合わせて取り組む。"
CARE = "病児保育の場所が足りないと感じる。"
CARE_ANSWER = "病児保育の実施箇所を増やすことを検討する。（素案P18）"
BUS = "バスの便が減っており、高校生の通学が心配だ。"

#: Category, opinion, response and pages of each opinion.
OPINIONS = [
    ("しごと", JOBS, JOBS_ANSWER, ("P12",)),
    ("しごと", FARM, JOBS_ANSWER, ("P12",)),
    ("子育て", CARE, CARE_ANSWER, ("P18", "素案P18")),
    ("交通", BUS, None, ()),
]

HEADS = ("No.", "区分", "意見", "市の考え方", "該当ページ")
ROWS: tuple[tuple[Entry, ...], ...] = (
    ("1", Merged("しごと", rows=2), JOBS, Merged(JOBS_ANSWER, rows=2), Merged("P12", rows=2)),
    ("2", None, FARM, None, None),
    ("3", "子育て", CARE, CARE_ANSWER, "P18"),
    ("4", "交通", BUS, "－", "－"),
)
SCHEDULE: tuple[tuple[Entry, ...], ...] = (
    ("時期", "内容"),
    ("10月", "骨子の協議"),
    ("11月20日（本日）", "素案の協議"),
    ("12月～1月", "パブリックコメントの実施"),
    ("２月", "原案の協議"),
)
STEPS = [
    ("骨子の協議", "2024-10-01", "2024-10-31"),
    ("素案の協議", "2024-11-20", "2024-11-20"),
    ("パブリックコメントの実施", "2024-12-01", "2025-01-31"),
    ("原案の協議", "2025-02-01", "2025-02-28"),
]


def head() -> tuple[Heading | Paragraph, ...]:
    """The title and the lines below it."""
    return (Heading(HEAD[0]), *(Paragraph(line) for line in HEAD[1:]))


TABLE = Document(
    (
        *head(),
        Heading("１ 前回会議の意見と対応", 2),
        Grid((HEADS, *ROWS), (30, 60, 160, 160, 60)),
        Heading("２ 今後のスケジュール", 2),
        Grid(SCHEDULE, (140, 260)),
    )
)

#: The table goes on over the end of a page without its head, in the middle of an opinion.
OVER_PAGES = Document(
    (
        *head(),
        Grid((HEADS, ("1", "子育て", CARE[:12], CARE_ANSWER, "P18")), (30, 60, 160, 160, 60)),
        PageBreak(),
        Grid((("", "", CARE[12:], "", ""), ("2", "交通", BUS, "－", "－")), (30, 60, 160, 160, 60)),
    )
)


def text(*lines: str) -> str:
    """The head and further lines."""
    return "\n".join([*HEAD, "", *lines, ""])


def found(body: str, folder: Path, name: str = "council.txt") -> Findings:
    """What is read of a text."""
    path = folder / name
    path.write_text(body, encoding="utf-8")
    return extract(read(path))


def meeting(findings: Findings) -> Meeting:
    """The meeting, which every reading of council material has."""
    assert findings.meeting is not None
    return findings.meeting


def told(findings: Findings) -> list[tuple[str | None, str, list[str]]]:
    """Category, words and answers of each opinion."""
    return [
        (_text(each), each.passage.text, [response.passage.text for response in each.responses])
        for each in meeting(findings).opinions
    ]


def _text(opinion: Opinion) -> str | None:
    return opinion.category.text if opinion.category else None


def passages_hold(findings: Findings, reading: Reading) -> bool:
    """Whether every opinion and response is made of characters of the document and of nothing else."""
    parts = [
        passage
        for opinion in meeting(findings).opinions
        for passage in (opinion.passage, *(each.passage for each in opinion.responses))
    ]
    bare = [(_bare(part.text), _bare("".join(reading.at(span) for span in part.spans))) for part in parts]
    return bool(bare) and all(words == printed for words, printed in bare)


def _bare(words: str) -> str:
    return "".join(words.split())
