"""Graphs of a store as canonical Turtle, whatever their size: byte for byte what `turtle.canonical` makes of them.

The engine writes a graph in a second where a loop over its statements takes a minute, but in an order of its own. So
its Turtle is taken to pieces, subject by subject and line by line, and put together again in ours. What it says in a
few plain ways, which is nearly everything, is handled as text (`engine_text`); the rest (escapes, long strings, blank
nodes) is parsed and left to `turtle`.
"""

import gc
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from sosei_graph.catalog import Counts
from sosei_graph.engine_text import OddError, Order, Properties, Terms, latin, unicode
from sosei_graph.turtle import HEADS, Writer, subject_rank
from sosei_graph.vocab import NS, PREFIXES

_RDF_TYPE, _STATES = PREFIXES["rdf"] + "type", NS + "states"
#: An object as the engine writes it; in a string, ends of lines and tabs are escaped.
_OBJECT = re.compile(r'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^\S+)?|[^\s,"]\S*')
_PAIR = re.compile(r'("[^"\\]*"@en) , ("[^"\\]*"@ja)')
_NEXT_OBJECT, _NEXT_FACT = " , ", " ;\n\t"
#: How many subjects are handed on at a time.
_PORTION = 5_000


class Document:
    """The statements of some graphs, each once, on their way into one Turtle document."""

    def __init__(
        self, store: ox.Store, graphs: Sequence[str], prefixes: Mapping[str, str], base: str
    ) -> None:
        self._store, self._graphs = store, dict.fromkeys(map(ox.NamedNode, graphs))
        self._terms = Terms(prefixes, base)
        self._properties = Properties(self._terms)
        self._fixed: dict[str, str] = {}
        self._states = f"{self._terms.token(_STATES)} "
        self._order = Order()
        self._subjects = self._triples = 0
        self._types: Counter[str] = Counter()
        self._sources: list[str] = []
        self._texts: dict[str, str] = {}
        """What is said of each subject, by what it sorts by."""
        with _without_collector():
            self._write_all(self._pieces())

    def counts(self) -> Counts:
        """How much there is of what, for the description of the dataset."""
        absolute = self._terms.absolute
        types: Counter[str] = Counter()
        for things, count in self._types.items():
            for each in filter(_is_iri, set(_OBJECT.findall(things))):
                types[unicode(absolute(each))] += count
        return Counts(
            triples=self._triples,
            subjects=self._subjects,
            entities=self._types.total(),
            properties=frozenset(self._properties.iris),
            types=types,
            sources=tuple(unicode(absolute(source)) for source in filter(_is_iri, self._sources)),
        )

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Adds statements about things."""
        added = set(triples)
        for subject in {triple.subject for triple in added}:
            added |= self.find(subject, None, None)
        self._write(added)

    def find(self, subject: Any, predicate: Any, thing: Any) -> set[ox.Triple]:
        """The statements of a pattern that the graphs have."""
        quads = self._store.quads_for_pattern(subject, predicate, thing, None)
        return {quad.triple for quad in quads if quad.graph_name in self._graphs}

    def head(self) -> list[str]:
        """The lines of the head: the base and the prefixes."""
        return self._terms.names.head()

    def blocks(self) -> Iterator[bytes]:
        """All below the head, in portions that begin with an empty line."""
        keys = sorted(self._texts)
        for start in range(0, len(keys), _PORTION):
            blocks = [f"\n{self._texts[key]}\n" for key in keys[start : start + _PORTION]]
            yield "".join(blocks).encode("latin-1")

    def text(self) -> Iterator[bytes]:
        """The document, in portions."""
        yield "".join(f"{line}\n" for line in self.head()).encode()
        yield from self.blocks()

    def _pieces(self) -> dict[str, str]:
        """What the engine writes of each subject."""
        pieces: dict[str, str] = {}
        for graph in self._graphs:
            for block in self._terms.dump(self._store, graph).split(" .\n"):
                subject, _, said = block.partition(" ")
                if subject in pieces:
                    pieces[subject] += _NEXT_FACT + said
                else:
                    pieces[subject] = said
        pieces.pop("", None)
        return pieces

    def _write_all(self, pieces: dict[str, str]) -> None:
        self._subjects = len(pieces)
        fixed, fix, texts, odd = self._fixed, self._fix, self._texts, []
        while pieces:
            subject, said = pieces.popitem()
            lines = said.split(_NEXT_FACT)
            if len({line.partition(" ")[0] for line in lines}) < len(lines):
                lines = _merged(lines)
            lines.sort()
            count = self._triples
            try:
                if subject[0] == "_" or " _:" in said:
                    raise OddError
                block = " ;\n    ".join([fixed.get(line) or fix(line) for line in lines])
                iri, name = self._terms.subject(subject)
                texts[self._key(iri, lines[0])] = f"{name}\n    {block} ."
            except OddError:
                odd.append(f"{subject} {said} .\n")
                self._triples = count + self._count_objects(lines)
            self._note(subject, lines, said)
        if odd:
            self._write(self._terms.parsed("".join(odd)))

    def _note(self, subject: str, lines: Sequence[str], said: str) -> None:
        """What the description of the dataset will tell of a subject."""
        self._triples += len(lines)
        first = lines[0]
        if first[0] == "<":  # properties without a prefix come even before `a`
            first = next((line for line in lines if line.startswith("a ")), "")
        if first.startswith("a "):
            self._types[first[2:]] += 1
        if self._states in said and any(line.startswith(self._states) for line in lines):
            self._sources.append(subject)

    def _count_objects(self, lines: Iterable[str]) -> int:
        """How many more there are than properties."""
        count = 0
        for name, _, things in (line.partition(" ") for line in lines):
            self._properties.iri(name)
            count += len(set(_OBJECT.findall(things))) - 1
        return count

    def _fix(self, line: str) -> str:
        """A property and its objects as the engine writes them, in the form of the document."""
        name, _, things = line.partition(" ")
        shown = self._properties[name]
        if things[0] == '"':
            plain = not ("\\" in things or "^" in things or _NEXT_OBJECT in things)
        else:
            plain = _NEXT_OBJECT not in things and self._terms.is_plain(things)
        if plain:
            return line if shown == name else f"{shown} {things}"
        if _NEXT_OBJECT in things:
            return f"{shown} {self._several(things)}"
        self._fixed[line] = f"{shown} {self._terms.shown(things)}"
        return self._fixed[line]

    def _several(self, things: str) -> str:
        """Several objects in their order, each once; or a single string with a comma in it."""
        if pair := _PAIR.fullmatch(things):
            self._triples += 1
            return f"{pair[2]}, {pair[1]}"
        if '"' not in things and all(map(self._terms.is_plain, names := set(things.split(_NEXT_OBJECT)))):
            self._triples += len(names) - 1
            order = self._order.of
            return ", ".join(sorted(names, key=lambda name: (order(name[1:-1]), name)))
        found = set(_OBJECT.findall(things))
        self._triples += len(found) - 1
        ranked = [(self._terms.object_rank(token), token) for token in found]
        if len({rank for (rank, *_), _ in ranked}) < len(ranked):
            order = self._order.of
            ranked = [((rank, order(text), exact), token) for (rank, text, exact), token in ranked]
        return ", ".join([self._terms.shown(token) for _, token in sorted(ranked)])

    def _key(self, iri: str, first: str) -> str:
        kinds = first[2:].split(_NEXT_OBJECT) if first.startswith("a ") else ()
        is_head = not self._terms.heads.isdisjoint(kinds)
        rank, text = subject_rank(iri, is_head=is_head)
        return f"{chr(1 + rank)}{self._order.of(text)}\0{iri}"

    def _write(self, triples: Iterable[ox.Triple]) -> None:
        """The same of statements that have been parsed."""
        triples = list(triples)
        kinds: dict[object, set[str]] = {}
        for each in triples:
            if each.predicate.value == _RDF_TYPE and isinstance(each.object, ox.NamedNode):
                kinds.setdefault(each.subject, set()).add(each.object.value)
        for node, text in Writer(triples, self._terms.names).blocks():
            name = latin(node.value)
            if isinstance(node, ox.BlankNode):
                rank, by = 2, name
            else:
                rank, by = subject_rank(name, is_head=not HEADS.isdisjoint(kinds.get(node, ())))
            self._texts[f"{chr(1 + rank)}{self._order.of(by)}\0{name}"] = latin(text)


def _is_iri(token: str) -> bool:
    return token[0] == "<" or (":" in token and token[0] not in '"_')


def _merged(lines: Iterable[str]) -> list[str]:
    """The same with one line for each property."""
    facts: dict[str, str] = {}
    for line in lines:
        name, _, things = line.partition(" ")
        facts[name] = f"{facts[name]}{_NEXT_OBJECT}{things}" if name in facts else things
    return [f"{name} {things}" for name, things in facts.items()]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Around work that makes millions of objects, none of which refers to itself: looking for such costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
