"""`cite`: finds a text in the source of a document and writes the evidence for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.evidence.sources import Source, digest, read_source, sources_folder
from sosei_graph.languages import Text
from sosei_graph.names import resolve
from sosei_graph.store.memory import Store
from sosei_graph.text import fold, widths_folded
from sosei_graph.vocab import NS, PREFIXES
from sosei_graph.workspace import Workspace

_CONTEXT = 30
_IN_NAME = re.compile(r"[\w.-]*\w", re.ASCII)
_NOT_IN_IRI = re.compile(r'[\s<>"{}|\\^`#?%]')


@dataclass(frozen=True)
class Citation:
    """One place of a text in a source: code points `start` to `end` (not included), with what is around."""

    document: str
    base: str
    start: int
    end: int
    text: str
    line: int
    before: str
    after: str

    @property
    def iri(self) -> str:
        """The IRI of the evidence (RFC 5147)."""
        return f"{self.document}#char={self.start},{self.end}"

    @property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return digest(self.text)

    def turtle(self) -> str:
        """The evidence and its selector as Turtle to paste into a data file with the project's prefixes."""
        selector = f"{self.document}/selector/char-{self.start}-{self.end}"
        return (
            f"{self._written(self.iri)} a sosei:Evidence ;\n"
            f"    oa:hasSource {self._written(self.document)} ;\n"
            f"    oa:hasSelector {self._written(selector)} ;\n"
            f'    sosei:digest "{self.digest}" .\n'
            f"\n"
            f"{self._written(selector)} a oa:FragmentSelector ;\n"
            f"    dcterms:conformsTo <http://tools.ietf.org/rfc/rfc5147> ;\n"
            f'    rdf:value "char={self.start},{self.end}" .\n'
        )

    def _written(self, iri: str) -> str:
        local = iri.removeprefix(PREFIXES["doc"])
        if local != iri and _IN_NAME.fullmatch(local):
            return f"doc:{local}"
        return f"<{iri.removeprefix(self.base)}>"


def cite(workspace: Workspace, document: str, text: str, sources: Path | None = None) -> list[Citation]:
    """Every place where the text stands in the source of a document, in order.

    `document` is a slug, an IRI, a label, or a text file that need not be in the graph yet. The text is
    looked for as given; where it does not stand so, white space, line breaks and widths do not count. What is
    not found is a `SoseiError` that shows the nearest line.
    """
    path, iri = _source_of(workspace, document, sources)
    source = read_source(path)
    if not text.strip():
        raise SoseiError(Text("探す文字列が空です", "there is no text to look for"))
    places = list(_exact(source.text, text)) or list(_loose(source.text, text))
    if not places:
        raise _not_found(source, text)
    return [_citation(source.text, iri, workspace.base, place) for place in places]


def _source_of(workspace: Workspace, document: str, sources: Path | None) -> tuple[Path, str]:
    """The file of a document and the document's IRI."""
    given = Path(document)
    if given.is_file():
        return given, f"{workspace.base}id/doc/{_slug(given)}"
    folder = sources_folder(workspace, sources)
    slug = document.strip("<>").removeprefix(f"{workspace.base}id/doc/").removeprefix("doc:")
    for name in (slug, f"{slug}.txt"):
        # Looked up before the graph is read: while a data file is being written it may not load.
        if Path(name).name == name and (folder / name).is_file():
            return folder / name, f"{workspace.base}id/doc/{_slug(folder / name)}"
    store = Store.load(workspace)
    iri = resolve(store, document, "document")
    names = store.ox.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(f"{NS}fileName"), None)
    name = next((quad.object.value for quad in names if isinstance(quad.object, ox.Literal)), "")
    if not name or Path(name).name != name:
        raise SoseiError(
            Text("この文書には原文のファイル名がありません", "this document has no file name of a source"),
            where=iri,
        )
    return folder / name, iri


def _slug(path: Path) -> str:
    if _NOT_IN_IRI.search(path.stem):
        raise SoseiError(
            Text("このファイル名は IRI に使えません", "this file name cannot be part of an IRI"),
            where=str(path),
            hint=Text("英数字と - の名前にしてください", "rename it: letters, digits and -"),
        )
    return path.stem


def _exact(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    start = text.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = text.find(wanted, start + len(wanted))


def _loose(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Places in compatibility form without white space, as places in the text itself."""
    folded, places = widths_folded(text)
    wanted = widths_folded(wanted)[0]
    for start, end in _exact(folded, wanted) if wanted else ():
        first, last = places[start], places[end]
        # A character that folds into several (㌔ → キロ) is taken whole; white space after it is not.
        if last == places[end - 1]:
            last = next((place for place in places[end:] if place > last), len(text))
        while last > first + 1 and text[last - 1].isspace():
            last -= 1
        yield first, last


def _citation(text: str, iri: str, base: str, place: tuple[int, int]) -> Citation:
    start, end = place
    return Citation(
        document=iri,
        base=base,
        start=start,
        end=end,
        text=text[start:end],
        line=text.count("\n", 0, start) + 1,
        before=text[max(0, start - _CONTEXT) : start],
        after=text[end : end + _CONTEXT],
    )


def _not_found(source: Source, text: str) -> SoseiError:
    wanted = fold(text)

    def likeness(line: str) -> float:
        matcher = SequenceMatcher(None, wanted, fold(line), autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks() if block.size > 1) / max(
            len(wanted), 1
        )

    lines = [
        (number, line.strip()) for number, line in enumerate(source.text.split("\n"), start=1) if line.strip()
    ]
    number, line = max(lines, key=lambda entry: (likeness(entry[1]), -entry[0]), default=(0, ""))
    hint = None
    if line and likeness(line) >= 0.3:
        shown = line if len(line) <= 80 else f"{line[:80]}…"
        hint = Text(f"最も近いのは{number}行目: {shown}", f"nearest is line {number}: {shown}")
    return SoseiError(
        Text(f"「{text}」は原文にありません", f"the source does not have “{text}”"),
        where=str(source.path),
        hint=hint,
    )
