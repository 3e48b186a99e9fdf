"""Writes data/curation/omissions.ttl from reviewed lists of the numbers that are not read as facts.

    python tools/omissions.py draft FOLDER [SOURCES]
    python tools/omissions.py write FOLDER [SOURCES]

FOLDER has one list a document, `<slug>.csv` in UTF-8 with a header line: `start` and `end` (characters of the source,
END not included), `reason` (the end of a concept's IRI, such as `page-number`); other columns are for the reader.
`draft` writes such a list for each document: what is omitted so far, and the numbers that nothing explains, whose
reason is to be filled in. Reasons in a list that is there already are kept. `write` makes the Turtle of all lists.
SOURCES is the folder of the source documents (default: the variable SOSEI_SOURCES, the workspace's settings).
"""

import csv
import io
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.coverage_view import around
from sosei_graph.errors import SoseiError
from sosei_graph.evidence import SourceCoverage, measure_coverage, read_source, sources_folder
from sosei_graph.evidence.coverage import LONGEST
from sosei_graph.evidence.sources import digest
from sosei_graph.integrity import read
from sosei_graph.languages import LANGS, Text
from sosei_graph.store.memory import Store, quads_of
from sosei_graph.turtle import canonical
from sosei_graph.vocab import NS, PREFIXES
from sosei_graph.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
NAME = "data/curation/omissions.ttl"
COLUMNS = ("start", "end", "reason", "line", "number", "around")
RFC5147 = ox.NamedNode("http://tools.ietf.org/rfc/rfc5147")

HEAD = """\
# The numbers of the sources that are not read as facts, one node a document and reason. docs/coverage.md lists them.
# 原文の数字のうち事実として読み取らないもの。文書と理由ごとに一つにまとめる。docs/coverage.md に一覧がある。
"""
LABELS = Text("{reason}（{document}）", "{reason} ({document})")


@dataclass(frozen=True)
class Row:
    """One span of a list: characters `start` to `end`, the local name of the reason, and where that is said."""

    start: int
    end: int
    reason: str
    where: str = ""


@dataclass(frozen=True)
class Lists:
    """What the lists are held against: the graph without its omissions, and the numbers of each source by slug."""

    store: Store
    folder: Path
    sources: dict[str, SourceCoverage]

    def text(self, slug: str) -> str:
        """The text of a source."""
        return read_source(self.folder / self.sources[slug].file).text


def load(workspace: Workspace, sources: Path) -> Lists:
    """Reads the workspace, leaving aside the omissions that it has so far."""
    paths = (*workspace.schemes(), *workspace.data())
    chosen = [path for path in paths if path != workspace.root / NAME]
    parsed = [read(path, workspace.base, workspace.short(path)) for path in chosen]
    store = Store(workspace, quads_of(workspace, parsed))
    measured = measure_coverage(store, sources).sources
    return Lists(store, sources, {Path(source.file).stem: source for source in measured})


def rows_of(path: Path, *, drafted: bool = False) -> list[Row]:
    """The rows of a list; of one that is `drafted`, those that have their reason."""
    rows = []
    lines = csv.DictReader(io.StringIO(read_source(path).text.removeprefix("\ufeff"), newline=""))
    if missing := [name for name in COLUMNS[:3] if name not in (lines.fieldnames or ())]:
        listed = ", ".join(missing)
        raise SoseiError(Text(f"列がありません: {listed}", f"no column {listed}"), where=str(path))
    for line in lines:
        where = f"{path}:{lines.line_num}"
        try:
            row = Row(int(line["start"]), int(line["end"]), (line["reason"] or "").strip(), where)
        except (TypeError, ValueError):
            message = Text("start と end は整数です", "start and end have to be whole numbers")
            raise SoseiError(message, where=where) from None
        if row.reason or not drafted:
            rows.append(row)
    return rows


def draft(lists: Lists, folder: Path) -> dict[Path, str]:
    """The lists to review, by their files: the omissions known, and what else is unexplained."""
    written = _written(lists)
    drafts = {}
    for slug, source in lists.sources.items():
        path = folder / f"{slug}.csv"
        known = rows_of(path, drafted=True) if path.is_file() else written[source.document]
        open_ = [
            Row(each.start, each.end, "")
            for each in source.of("unexplained")
            if not any(row.start <= each.start and each.end <= row.end for row in known)
        ]
        if rows := sorted((*known, *open_), key=lambda row: (row.start, row.end)):
            drafts[path] = _csv(rows, source, lists.text(slug))
    return drafts


def _written(lists: Lists) -> dict[str, list[Row]]:
    """What the file of omissions has so far, by the IRI of the document."""
    workspace = lists.store.workspace
    path = workspace.root / NAME
    rows: dict[str, list[Row]] = defaultdict(list)
    if not path.is_file():
        return rows
    quads = read(path, workspace.base, workspace.short(path)).quads
    reasons = {
        quad.subject: quad.object.value.rpartition("/")[2]
        for quad in quads
        if quad.predicate.value == f"{NS}omissionReason" and isinstance(quad.object, ox.NamedNode)
    }
    for quad in quads:
        if quad.predicate.value == f"{NS}evidence" and isinstance(quad.object, ox.NamedNode):
            document, _, place = quad.object.value.partition("#char=")
            start, _, end = place.partition(",")
            rows[document].append(Row(int(start), int(end), reasons.get(quad.subject, "")))
    return rows


def _csv(rows: list[Row], source: SourceCoverage, text: str) -> str:
    numbers = {number.start: number for number in source.numbers}
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for row in rows:
        line = text.count("\n", 0, row.start) + 1
        number = numbers.get(row.start)
        before, after = around(number, 15) if number else ("", "")
        spanned = " ".join(text[row.start : row.end].split())
        lines.writerow([row.start, row.end, row.reason, line, spanned, f"{before}【{spanned}】{after}"])
    return out.getvalue()


def turtle(lists: Lists, folder: Path) -> str:
    """The omissions of all lists in a folder. What is wrong with rows of theirs is told in one `SoseiError`."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    faults = []
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in lists.sources:
            raise SoseiError(Text("その名前の文書がありません", "no document of that name"), where=str(path))
        text, seen = lists.text(path.stem), set()
        for row in rows_of(path):
            place = row.start, row.end
            fault = "stands twice" if place in seen else _fault(lists, path.stem, row, text)
            faults += [f"{row.where}: {fault}"] if fault else []
            seen.add(place)
            groups[path.stem, row.reason].append(row)
    if faults:
        raise SoseiError(Text("\n".join(faults), "\n".join(faults)))
    if not groups:
        raise SoseiError(Text("一覧がありません", "there is no list (<slug>.csv)"), where=str(folder))
    facts = {fact for (slug, _), rows in groups.items() for fact in _facts(lists, slug, rows)}
    return canonical(facts, PREFIXES, lists.store.workspace.base, HEAD)


def _fault(lists: Lists, slug: str, row: Row, text: str) -> str:
    """What is wrong with a row; nothing where all is well."""
    if not 0 <= row.start < row.end <= len(text):
        return f"{row.start},{row.end} is not a span of the text of {len(text)} characters"
    if row.end - row.start > LONGEST:
        return f"more than {LONGEST} characters: give the spans of the numbers"
    if not row.reason or not _is_reason(lists.store, _reason(row.reason)):
        return f"no such reason “{row.reason}” (see ontology/schemes/omission-reasons.ttl)"
    inside = [each for each in lists.sources[slug].numbers if row.start <= each.start and each.end <= row.end]
    if not any(number.kind != "figure" for number in inside):
        what = "is read as a fact" if inside else "has no number"
        return f"nothing to omit: “{' '.join(text[row.start : row.end].split())}” {what} (delete the row)"
    return ""


def _reason(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["omission"] + name)


def _is_reason(store: Store, reason: ox.NamedNode) -> bool:
    kinds = store.ox.quads_for_pattern(reason, _rdf("type"), _sosei("OmissionReason"))
    return next(kinds, None) is not None


def _facts(lists: Lists, slug: str, rows: list[Row]) -> Iterator[ox.Triple]:
    """The node of one document and reason, and the spans that the document's own file does not describe."""
    store, document = lists.store, lists.sources[slug].document
    reason = _reason(rows[0].reason)
    node = ox.NamedNode(f"{store.workspace.base}id/omission/{slug}/{rows[0].reason}")
    yield ox.Triple(node, _rdf("type"), _sosei("Omission"))
    yield ox.Triple(node, _sosei("omissionReason"), reason)
    for lang in LANGS:
        names = {"reason": store.label(reason.value, lang), "document": store.label(document, lang)}
        label = ox.Literal(LABELS.fill(**names).in_(lang), language=lang)
        yield ox.Triple(node, ox.NamedNode(f"{PREFIXES['rdfs']}label"), label)
    text = lists.text(slug)
    for row in rows:
        span = ox.NamedNode(f"{document}#char={row.start},{row.end}")
        yield ox.Triple(node, _sosei("evidence"), span)
        if next(store.ox.quads_for_pattern(span, _rdf("type"), None), None) is None:
            yield from _evidence(span, document, row, text[row.start : row.end])


def _evidence(span: ox.NamedNode, document: str, row: Row, passage: str) -> Iterator[ox.Triple]:
    selector = ox.NamedNode(f"{document}/selector/char-{row.start}-{row.end}")
    yield ox.Triple(span, _rdf("type"), _sosei("Evidence"))
    yield ox.Triple(span, _oa("hasSource"), ox.NamedNode(document))
    yield ox.Triple(span, _oa("hasSelector"), selector)
    yield ox.Triple(span, _sosei("digest"), ox.Literal(digest(passage)))
    yield ox.Triple(selector, _rdf("type"), _oa("FragmentSelector"))
    yield ox.Triple(selector, ox.NamedNode(f"{PREFIXES['dcterms']}conformsTo"), RFC5147)
    yield ox.Triple(selector, _rdf("value"), ox.Literal(f"char={row.start},{row.end}"))


def _rdf(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["rdf"] + name)


def _oa(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["oa"] + name)


def _sosei(name: str) -> ox.NamedNode:
    return ox.NamedNode(NS + name)


def main(arguments: list[str]) -> int:
    """Writes the lists, or the Turtle of the lists; 2 means bad input or usage."""
    if len(arguments) not in (2, 3) or arguments[0] not in ("draft", "write"):
        sys.stderr.write("usage: python tools/omissions.py (draft|write) FOLDER [SOURCES]\n")
        return 2
    folder = Path(arguments[1])
    given = arguments[2] if len(arguments) > 2 else os.environ.get("SOSEI_SOURCES")
    try:
        workspace = Workspace.find(ROOT)
        lists = load(workspace, sources_folder(workspace, Path(given) if given else None))
        if arguments[0] == "draft":
            files.make_folder(folder)
            files.write_all(draft(lists, folder))
        else:
            files.write(workspace.root / NAME, turtle(lists, folder))
    except SoseiError as error:
        sys.stderr.write(f"{error.message.en if not error.where else error.line('en')}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
