"""The review page: one HTML file that needs nothing else, in Japanese with English a key away.

The page forbids itself everything but its own style, script and pictures (Content Security Policy, level 3, and
Trusted Types), and every word of the document is escaped by the template.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import count

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sosei_graph.ingest.records import Doubt, Span, Unread
from sosei_graph.ingest.reviewing import wording
from sosei_graph.ingest.reviewing.characters import visible
from sosei_graph.ingest.reviewing.images import marks, pictures
from sosei_graph.ingest.reviewing.markup import line, said, words
from sosei_graph.ingest.reviewing.pieces import Pieces
from sosei_graph.ingest.reviewing.review import Entry, Review
from sosei_graph.languages import Lang, Text
from sosei_graph.validation.report_formats import full_message
from sosei_graph.vocab import BASE

_PACKAGE = "sosei_graph.ingest.reviewing"


@dataclass(frozen=True)
class Node:
    """A node of the draft, and the line of its file on which it begins."""

    iri: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Row:
    """An entry on the page: its id, where it stands, the node of the draft in which it is written, the rows below."""

    id: str
    entry: Entry
    href: str
    where: Text | None
    node: "Node"
    rows: tuple["Row", ...]

    @cached_property
    def worst(self) -> float:
        """The lowest confidence here and below; what has remarks or findings comes before what has none."""
        own = self.entry.doubt.confidence - (0.001 if self.entry.doubtful or self.entry.findings else 0)
        return min([own, *(row.worst for row in self.rows)])

    @property
    def kinds(self) -> str:
        """What filters look for."""
        return f"{'doubt ' if self.entry.doubtful else ''}{'finding' if self.entry.findings else ''}".strip()


@dataclass(frozen=True)
class UnreadRow:
    """A passage that could not be read, on the page."""

    id: str
    unread: Unread
    href: str
    where: Text | None


def review_page(review: Review, *, lang: Lang = "ja", images: bool = True) -> str:
    """The page as HTML. `lang` is the language that it opens in; `images` adds pictures of a PDF's pages."""
    page = _Page(review)
    template = _environment(lang).get_template("review.html.jinja")
    return template.render(
        review=review,
        family=wording.FAMILIES[review.family],
        rows=page.rows,
        unread=page.unread,
        counts=page.counts,
        key=page.key,
        sheets=page.pieces.sheets(),
        doubtful=page.doubtful,
        pictures=pictures(review.reading, page.pages_by_need()) if images else {},
        marks=marks(review.reading, page.places) if images else {},
        **_own_parts(),
    )


class _Page:
    """The rows of a review, and where they stand in the text."""

    def __init__(self, review: Review) -> None:
        self.review = review
        numbers = count(1)
        self.places: dict[str, Sequence[Span]] = {}
        self.doubtful: set[str] = set()
        ids = self._numbered(review.entries, numbers)
        unread_ids = [f"u{number}" for number, _ in enumerate(review.unread, 1)]
        self.places |= {
            name: each.passage.spans for name, each in zip(unread_ids, review.unread, strict=True)
        }
        self.pieces = Pieces(review.reading, self.places)
        self.rows = tuple(self._rows(review.entries, iter(ids), Node()))
        self.unread = tuple(
            UnreadRow(name, each, *self._place(each.passage.spans))
            for name, each in zip(unread_ids, review.unread, strict=True)
        )

    def _numbered(self, entries: Iterable[Entry], numbers: Iterator[int]) -> list[str]:
        ids = []
        for entry in (below for above in entries for below in above.walk()):
            ids.append(f"f{next(numbers)}")
            self.places[ids[-1]] = entry.spans
            if entry.doubtful:
                self.doubtful.add(ids[-1])
        return ids

    def _rows(self, entries: Iterable[Entry], ids: Iterator[str], above: Node) -> Iterator[Row]:
        for entry in entries:
            name = next(ids)
            # What has no node of its own (a period, an edition) is written at what it belongs to.
            node = Node(entry.iri, entry.line) if entry.iri else above
            yield Row(name, entry, *self._place(entry.spans), node, tuple(self._rows(entry.parts, ids, node)))

    @property
    def key(self) -> str:
        """What tells this state of the review from any other, so that marks are kept for it alone."""
        said = hashlib.sha256(self.review.reading.original_sha256.encode())
        for entry in self.review.walk():
            read = entry.read.ja if entry.read else ""
            said.update(repr((entry.kind.ja, entry.mark, entry.printed, read)).encode())
        return said.hexdigest()[:16]

    def _place(self, spans: Sequence[Span]) -> tuple[str, Text | None]:
        if not spans:
            return "", None
        start = spans[0].start
        page, line = self.review.reading.page_of(start), self.pieces.line_number(start)
        if page is None:
            return f"#c{start}", Text("{line}行", "line {line}").fill(line=line)
        return f"#c{start}", Text("{page}ページ {line}行", "p. {page}, line {line}").fill(
            page=page, line=line
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many facts there are, and how many of them ask for a look."""
        entries = list(self.review.walk())
        return {
            "all": len(entries),
            "doubt": sum(entry.doubtful for entry in entries),
            "unread": len(self.review.unread),
            "finding": len(self.review.findings)
            + len(self.review.shared)
            + sum(len(entry.findings) for entry in entries),
        }

    def pages_by_need(self) -> list[int]:
        """The pages with something on them, those with doubts and unread passages first."""
        entries = list(self.review.walk())
        spans = [
            *(span for entry in entries if entry.doubtful or entry.findings for span in entry.spans),
            *(span for unread in self.review.unread for span in unread.passage.spans),
            *(span for entry in entries for span in entry.spans),
        ]
        numbers = (self.review.reading.page_of(span.start) for span in spans)
        return list(dict.fromkeys(number for number in numbers if number is not None))


def _environment(lang: Lang) -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(text: Text) -> Markup:
        return said(text, lang)

    def ui(ja: str, en: str) -> Markup:
        return said(Text(ja, en), lang)

    environment.filters |= {"say": say, "visible": visible, "words": words, "node": _node}
    environment.globals |= {
        "ui": ui,
        "lang": lang,
        "line": line,
        "severity_names": wording.SEVERITIES,
        "full_message": full_message,
        "sure": _sure,
    }
    return environment


def _sure(doubt: Doubt) -> Text:
    percent = f"{doubt.confidence * 100:.0f}%"
    return Text("確からしさ {percent}", "{percent} sure").fill(percent=percent)


def _node(iri: str) -> str:
    """An IRI without the base."""
    return iri.removeprefix(BASE)


def _own_parts() -> dict[str, object]:
    """Style and script with the hashes by which the page admits them."""
    style, script = (
        files(_PACKAGE).joinpath(name).read_text(encoding="utf-8") for name in ("review.css", "review.js")
    )
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return {"policy": policy, "style": Markup(style), "script": Markup(script)}  # noqa: S704  our own files


def _hash(part: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
