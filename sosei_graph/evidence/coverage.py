"""Coverage: for every number of a source, whether a fact was read from it, and if not, why.

What is counted as a number is said in `sosei_graph.evidence.numerals`. A number is

- a *figure* where it lies in a span of a node that carries this very number in a literal: as printed (value,
  period, name, mark, place …), as an amount (`5350000` for `535万件`), in a date, in its Japanese label;
- *omitted* where it lies in a span of a `sosei:Omission`, which says why no fact was read from it;
- *in evidence* where it lies in a span of a fact, though none of its literals carries it;
- *unexplained* otherwise.

The first that holds counts. A span of more than `LONGEST` characters explains nothing: it would be evidence for
everything in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.evidence.carrying import Carried
from sosei_graph.evidence.numerals import Numeral, numerals
from sosei_graph.evidence.sources import Source, digest, read_source
from sosei_graph.languages import Text
from sosei_graph.names import compact
from sosei_graph.store.memory import Store
from sosei_graph.vocab import NS

#: The characters of a span that can count: a sentence of an official document, or a cell of a table.
LONGEST = 400

Kind = Literal["figure", "evidence", "omitted", "unexplained"]
KINDS: tuple[Kind, ...] = ("figure", "evidence", "omitted", "unexplained")
EXPLAINED: tuple[Kind, ...] = ("figure", "omitted", "evidence")  # the first that holds counts

_AROUND = 15
_PLACE = re.compile(r".*#char=([0-9]+),([0-9]+)")
#: Not printed but computed or chosen; a printed mark is the `skos:notation`, and an ordinal just counts.
_NOT_PRINTED = frozenset(NS + name for name in ("sha256", "digest", "fileName", "ordinal"))


@dataclass(frozen=True)
class Number:
    """A number of a source and what stands behind it.

    `line` and `column` count from 1 and, as `start` does, in characters. `nodes` explain it; those of an
    unexplained number have it only in a passage longer than `LONGEST`. `reasons` are those of its omission.
    """

    start: int
    text: str
    digits: int
    line: int
    column: int
    before: str
    after: str
    kind: Kind
    nodes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)

    @property
    def only_in_a_long_passage(self) -> bool:
        """Whether something was read from around it, but from too long a passage to count."""
        return self.kind == "unexplained" and bool(self.nodes)


@dataclass(frozen=True)
class SourceCoverage:
    """The numbers of one source: the document's IRI, the name of its file, the numbers in their order."""

    document: str
    file: str
    numbers: tuple[Number, ...]

    def of(self, *kinds: Kind) -> tuple[Number, ...]:
        """The numbers of some kinds."""
        return tuple(number for number in self.numbers if number.kind in kinds)

    def digits(self, *kinds: Kind) -> int:
        """How many digits the numbers of some kinds have; without a kind, all of them."""
        return sum(number.digits for number in self.of(*(kinds or KINDS)))

    def count(self, *kinds: Kind) -> int:
        """How many numbers are of some kinds; without a kind, all of them."""
        return len(self.of(*(kinds or KINDS)))

    def omissions(self) -> dict[str, tuple[Number, ...]]:
        """The omitted numbers by the IRI of the reason, sorted; a number with two reasons stands under both."""
        found: dict[str, list[Number]] = defaultdict(list)
        for number in self.of("omitted"):
            for reason in number.reasons or ("",):
                found[reason].append(number)
        return {reason: tuple(found[reason]) for reason in sorted(found)}


@dataclass(frozen=True)
class CoverageReport:
    """What was measured, a source each, by the names of the files."""

    sources: tuple[SourceCoverage, ...]

    @property
    def ok(self) -> bool:
        """Whether every number is explained."""
        return not any(source.of("unexplained") for source in self.sources)

    def digits(self, *kinds: Kind) -> int:
        """How many digits the numbers of some kinds have in all sources together."""
        return sum(source.digits(*kinds) for source in self.sources)

    def count(self, *kinds: Kind) -> int:
        """How many numbers of some kinds there are in all sources together."""
        return sum(source.count(*kinds) for source in self.sources)


def measure_coverage(store: Store, sources: Path, document: str | None = None) -> CoverageReport:
    """What stands behind each number in the sources of all documents, or of the one whose IRI is given.

    A folder or file that is missing, or a file that is not the one recorded, is a `SoseiError`: places in another
    text say nothing.
    """
    if not sources.is_dir():
        message = Text("原文のフォルダーがありません", "there is no such folder of sources")
        raise SoseiError(message, where=str(sources))
    read = _read(store, sources, document)
    spans = _spans(store)
    facts = _Facts(store)
    measured = [
        SourceCoverage(iri, source.path.name, tuple(_explained(source.text, spans.get(iri, ()), facts)))
        for iri, source in read.items()
    ]
    return CoverageReport(tuple(sorted(measured, key=lambda each: each.file)))


def _read(store: Store, folder: Path, document: str | None) -> dict[str, Source]:
    """The source of each document that has one, or of one; what cannot be read is told in one error."""
    recorded = {
        iri: (name, sha256)
        for iri, name, sha256 in _rows(
            store,
            "?document sosei:fileName ?name . OPTIONAL { ?document sosei:sha256 ?sha256 }",
            "?document ?name ?sha256",
        )
        if document in (None, iri)
    }
    # The name of a file and nothing else: data must not lead out of the folder.
    if not recorded or any(Path(name).name != name for name, _ in recorded.values()):
        raise SoseiError(
            Text("文書に原文のファイル名がありません", "the document has no file name of a source"),
            where=compact(document, store.workspace.base) if document else "",
            hint=Text("sosei:fileName で加えてください", "add it with sosei:fileName"),
        )
    missing = sorted(name for name, _ in recorded.values() if not (folder / name).is_file())
    if missing:
        listed = ", ".join(missing)
        raise SoseiError(
            Text(f"原文ファイルがありません: {listed}", f"source files are missing: {listed}"),
            where=str(folder),
            hint=Text(
                "--sources で原文のフォルダーを指定するか、文書を一つ指定してください",
                "give their folder as --sources, or name one document",
            ),
        )
    found = {iri: read_source(folder / name) for iri, (name, _) in recorded.items()}
    changed = sorted(source.path.name for iri, source in found.items() if source.sha256 != recorded[iri][1])
    if changed:
        listed = ", ".join(changed)
        raise SoseiError(
            Text(f"記録と違う原文ファイルです: {listed}", f"not the source files recorded: {listed}"),
            where=str(folder),
            hint=Text("sosei trace で違いを確かめてください", "sosei trace tells what changed"),
        )
    return found


def _rows(store: Store, pattern: str, variables: str) -> Iterator[tuple[str, ...]]:
    """The distinct solutions of a pattern as strings; an unbound variable is an empty one."""
    query = f"SELECT DISTINCT {variables} WHERE {{ {pattern} }}"
    for row in store.select(query):
        yield tuple("" if term is None else term.value for term in row)


@dataclass(frozen=True)
class _Span:
    """A span of a document: its place, the digest of what has to stand there, and what was read from it."""

    start: int
    end: int
    digest: str
    nodes: tuple[str, ...]


def _spans(store: Store) -> dict[str, list[_Span]]:
    """The spans of every document."""
    nodes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    pattern = "?node sosei:evidence ?span . ?span oa:hasSource ?document ; sosei:digest ?digest"
    for document, span, found, node in _rows(store, pattern, "?document ?span ?digest ?node"):
        nodes[document, span, found].add(node)
    spans: dict[str, list[_Span]] = defaultdict(list)
    for (document, span, found), read in nodes.items():
        if place := _PLACE.fullmatch(span):
            spans[document].append(_Span(int(place[1]), int(place[2]), found, tuple(sorted(read))))
    return spans


class _Facts:
    """What the graph says of the nodes that have evidence."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reasons: dict[str, set[str]] = defaultdict(set)
        pattern = "?omission a sosei:Omission . OPTIONAL { ?omission sosei:omissionReason ?reason }"
        for omission, reason in _rows(store, pattern, "?omission ?reason"):
            self.reasons[omission] |= {reason} - {""}
        self._carried: dict[str, Carried] = {}

    def carried(self, node: str) -> Carried:
        """The numbers in the literals of a node."""
        if node not in self._carried:
            quads = self.store.ox.quads_for_pattern(ox.NamedNode(node), None, None)
            literals = (
                quad.object
                for quad in quads
                if isinstance(quad.object, ox.Literal) and quad.predicate.value not in _NOT_PRINTED
            )
            self._carried[node] = Carried(literals)
        return self._carried[node]

    def kinds(self, node: str, passage: str, inside: Sequence[Numeral]) -> list[Kind]:
        """What the numbers in a passage are by a node that was read from it; the passage begins at place 0."""
        if len(passage) > LONGEST:
            return ["unexplained"] * len(inside)
        if node in self.reasons:
            return ["omitted"] * len(inside)
        carried = self.carried(node)
        divided = carried.divided(passage)

        def stands(numeral: Numeral) -> bool:
            return any(start <= numeral.start and numeral.end <= end for start, end in divided)

        return ["figure" if carried.has(each) or stands(each) else "evidence" for each in inside]


def _explained(text: str, spans: Sequence[_Span], facts: _Facts) -> Iterator[Number]:
    """The numbers of a text, each with what explains it."""
    found = numerals(text)
    lines = [0, *(place.end() for place in re.finditer("\n", text))]
    for numeral, nodes in zip(found, _explanations(text, found, spans, facts), strict=True):
        kind: Kind = next((each for each in EXPLAINED if each in nodes), "unexplained")
        read = nodes.get(kind, set())
        reasons = {reason for node in read for reason in facts.reasons.get(node, ())}
        line = bisect_right(lines, numeral.start)
        yield Number(
            start=numeral.start,
            text=numeral.text,
            digits=numeral.digits,
            line=line,
            column=numeral.start - lines[line - 1] + 1,
            before=text[max(0, numeral.start - _AROUND) : numeral.start],
            after=text[numeral.end : numeral.end + _AROUND],
            kind=kind,
            nodes=tuple(sorted(read)),
            reasons=tuple(sorted(reasons)),
        )


def _explanations(
    text: str, found: Sequence[Numeral], spans: Sequence[_Span], facts: _Facts
) -> list[dict[Kind, set[str]]]:
    """For each number the nodes that have it in a span, by what they make of it; long spans make nothing of it."""
    explanations: list[dict[Kind, set[str]]] = [{} for _ in found]
    starts = [numeral.start for numeral in found]
    for span in spans:
        passage = text[span.start : span.end]
        if digest(passage) != span.digest:
            continue  # another text stands there now, which `trace` tells
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        places = [place for place in range(first, last) if found[place].end <= span.end]
        inside = [replace(found[place], start=starts[place] - span.start) for place in places]
        for node in span.nodes:
            for place, kind in zip(places, facts.kinds(node, passage, inside), strict=True):
                explanations[place].setdefault(kind, set()).add(node)
    return explanations
