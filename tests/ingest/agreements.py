"""One fictional agreement in the forms that cities write theirs in, and short ways to ask what was read of one."""

from pathlib import Path

from sosei_graph.ingest.extracting.agreement import extract
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Agreement, Findings, Item, RoleCell

CLOSING = "この協約の締結を証するため、本書２通を作成し、甲及び乙が記名押印の上、各自その１通を保有する。"

#: Content, and the text of each party.
ROWS = (
    (
        "地域の産物を使った新しい商品をつくる。",
        "新しい商品の開発に主体的に取り組む。",
        "甲と連携して新しい商品の販路を広げる。",
    ),
    ("観光の案内をそろえる。", "案内の看板をつくる。", "甲と協力して看板を手入れする。"),
    ("休日の救急の医療を保つ。", "当番の医師を送る。", "診療所の運営に主体的に取り組む。"),
)
_ROLES = (("lead", "partner"), ("partner", "partner"), ("partner", "lead"))
_FIELDS = (("１", "経済成長のけん引", (0, 1)), ("２", "生活機能の強化", (2,)))

#: Field by field what every form says.
ITEMS = [
    (name, [(ROWS[n][0], (_ROLES[n][0], ROWS[n][1]), (_ROLES[n][1], ROWS[n][2])) for n in numbers])
    for _, name, numbers in _FIELDS
]


def preamble() -> str:
    """Title, parties and two articles."""
    return (
        "例示市及び見本町における連携中枢都市圏形成に係る連携協約\n\n"
        "例示市（以下「甲」という。）及び見本町（以下「乙」という。）は、地方自治法の規定に基づき、次のとおり連携協約を締結する。\n\n"
        "（目的）\n第１条　この協約は、住民の暮らしを支えることを目的とする。\n"
        "（基本方針）\n第２条　甲及び乙は、次条の取組において連携する。\n２　前項の連携は、毎年度見直す。\n"
    )


def agreement_text(form: str) -> str:
    """The agreement in one of `FORMS`."""
    return FORMS[form]()


_ANNEX = "（取組）\n第３条　取組の内容及び役割は、別表に定める。\n別表（第３条関係）\n"
_HEAD = ("取組の内容", "甲の役割", "乙の役割")


def _annexed(table: list[str]) -> str:
    return preamble() + _ANNEX + "".join(table)


def _tabs() -> str:
    table = []
    for mark, name, numbers in _FIELDS:
        table += [f"{mark}　{name}\n", "\t".join(_HEAD) + "\n", *("\t".join(ROWS[n]) + "\n" for n in numbers)]
    return _annexed(table)


def _wrapped(text: str, width: int = 12) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def _apart() -> str:
    """Columns kept apart by spaces, as in the layout text of a PDF."""
    table = []
    for mark, name, numbers in _FIELDS:
        table += [f"{mark}　{name}\n", "".join(f"{head:　<15}" for head in _HEAD).rstrip() + "\n"]
        for n in numbers:
            cells = [_wrapped(cell) for cell in ROWS[n]]
            height = max(map(len, cells))
            for line in range(height):
                pieces = [cell[line] if line < len(cell) else "" for cell in cells]
                table.append("".join(f"{piece:　<15}" for piece in pieces).rstrip() + "\n")
    return _annexed(table)


def _interleaved() -> str:
    """Lines of the columns beside each other, with one space between: raw text of a PDF."""
    table = []
    for mark, name, numbers in _FIELDS:
        table += [f"{mark} {name}\n", " ".join(_HEAD) + "\n"]
        for n in numbers:
            cells = [_wrapped(cell) for cell in ROWS[n]]
            for line in range(max(map(len, cells))):
                table.append(" ".join(cell[line] for cell in cells if line < len(cell)) + "\n")
    return _annexed(table)


def _stacked() -> str:
    """Cell after cell, each on lines of its own."""
    table = []
    for mark, name, numbers in _FIELDS:
        table += [f"{mark}　{name}\n", *(f"{head}\n" for head in _HEAD)]
        table += [f"{part}\n" for n in numbers for cell in ROWS[n] for part in _wrapped(cell, 14)]
    return _annexed(table)


def _nested() -> str:
    """Clauses: １ > (1) > ア 取組内容, イ 役割分担 > (ア) 甲の役割 …, with the names of items."""
    lines = ["（取組）\n第３条　取組の内容及び役割は、次のとおりとする。\n"]
    for mark, name, numbers in _FIELDS:
        lines.append(f"{mark}　{name}\n")
        for place, n in enumerate(numbers, 1):
            content, first, second = ROWS[n]
            lines += [f"({place})　{place}番目の取組\n", f"ア　取組内容\n{content}\n", "イ　役割分担\n"]
            lines += [f"(ア)　甲の役割\n{first}\n", f"(イ)　乙の役割\n{second}\n"]
    return (
        preamble()
        + "".join(lines)
        + "（費用負担）\n第４条　費用は、別に定める。\n"
        + CLOSING
        + "\n令和７年３月25日\n"
    )


def _labelled() -> str:
    """Clauses whose labels are in brackets and have no marks."""
    lines = ["第３条　取組の内容及び役割は、次のとおりとする。\n"]
    for mark, name, numbers in _FIELDS:
        lines.append(f"{mark}　{name}\n")
        for place, n in enumerate(numbers, 1):
            content, first, second = ROWS[n]
            lines += [f"({place})　{place}番目の取組\n", f"（取組内容）\n{content}\n"]
            lines += [f"（甲の役割）\n{first}\n", f"（乙の役割）\n{second}\n"]
    return preamble() + "".join(lines) + CLOSING + "\n令和７年３月25日\n"


FORMS = {
    "tabs": _tabs,
    "apart": _apart,
    "interleaved": _interleaved,
    "stacked": _stacked,
    "nested": _nested,
    "labelled": _labelled,
}


def findings(text: str, folder: Path, name: str = "agreement.txt") -> Findings:
    """What is read of a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return extract(read(path))


def agreement(text: str, folder: Path, name: str = "agreement.txt") -> Agreement:
    """The agreement that is read of a text."""
    found = findings(text, folder, name).agreement
    assert found is not None
    return found


def items(found: Agreement) -> list[Item]:
    """The items of all fields."""
    return [item for field in found.fields for item in field.items]


def roles(item: Item) -> list[tuple[str, str | None, str]]:
    """Assignee, role and words of each role."""
    return [(cell.assignee.name.text, cell.role, cell.passage.text) for cell in item.roles]


def whom(cell: RoleCell) -> list[str]:
    """The names of those that a role's text names."""
    return [each.name.text for each in cell.with_whom]


def reasons(found: Findings) -> list[str]:
    """Why parts were not read."""
    return [each.reason.en for each in found.unread]
