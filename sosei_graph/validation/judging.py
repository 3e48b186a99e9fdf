"""One document → what is wrong with it: the unit of work, wherever it is done.

A `Judge` is made of bytes and plain data and so is everything that it is given and gives back: all of it can be
pickled. This process, a forked one and a machine of a cluster come to the same results.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.integrity import decode, parse, syntax_error
from sosei_graph.locate import line_of_block, lines_of_blocks
from sosei_graph.validation.context import Context, Needs, needs_of
from sosei_graph.validation.figures import figure_results
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.literals import Literals
from sosei_graph.validation.results import Result, each_once
from sosei_graph.validation.shacl import Shapes, Source
from sosei_graph.validation.targets import Classes, Term

#: So many things are looked for one by one; of more, all lines are found at once.
_FEW = 40


@dataclass(frozen=True)
class Document:
    """A file to be judged: how messages name it, its bytes, and the base of its IRIs."""

    shown: str
    data: bytes
    base: str
    printed: bytes | None = None
    """The bytes in which lines are counted, where they are not the same."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()

    def fill(self, graph: Graph) -> "Spelling":
        """Adds its statements to a graph, and says how it spells IRIs. A fault is a `SoseiError`.

        Blank nodes are named as in a store.
        """
        text = decode(self.data, self.shown)
        parser = ox.parse(text, ox.RdfFormat.TURTLE, base_iri=self.base)
        try:
            graph.add(parser)
        except SyntaxError as error:
            raise syntax_error(error, self.shown) from error
        if graph.has_others:
            graph.clear()
            graph.add(parse(text, Path(self.shown), self.base, self.shown).quads)
        return Spelling(dict(parser.prefixes), parser.base_iri or self.base)

    def lines(self, things: set[str], spelling: "Spelling") -> dict[str, int]:
        """The line on which the block of each of these things begins, 1 where there is none."""
        text = decode(self.data if self.printed is None else self.printed, self.shown)
        if len(things) <= _FEW:
            found = {thing: line_of_block(text, thing, spelling.prefixes, spelling.base) for thing in things}
            if all(found.values()):
                return found
        lines = lines_of_blocks(text, self.base)
        return {thing: lines.get(thing, 1) for thing in things}


@dataclass(frozen=True)
class Spelling:
    """How a document spells IRIs."""

    prefixes: dict[str, str]
    base: str


@dataclass
class Reading:
    """A document that was read: its own statements, what it describes, and what it refers to."""

    document: Document
    graph: Graph
    spelling: Spelling
    described: set[Term]
    needs: Needs

    @property
    def survey(self) -> "Survey":
        """What has to be known elsewhere of the document."""
        return Survey(self.needs, frozenset(_iris(self.described)))


@dataclass(frozen=True)
class Placed:
    """A result with the line of the document on which its focus node is described."""

    result: Result
    line: int


@dataclass(frozen=True)
class Survey:
    """What a document refers to, and the IRIs of what it describes."""

    needs: Needs
    described: frozenset[str]


@dataclass(frozen=True)
class Task:
    """Everything that a judge has to be given."""

    document: Document
    context: Context


def _iris(nodes: Iterable[Term]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ox.NamedNode))


@dataclass
class Judge:
    """The shapes and the vocabulary's classes; called with a document and its context it gives the results."""

    shapes_files: tuple[Source, ...]
    subclasses: tuple[tuple[str, str], ...]
    """Of each axiom the class and the one that it stands below, as IRIs."""
    _parts: tuple[Shapes, Classes, Literals] | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> tuple[tuple[Source, ...], tuple[tuple[str, str], ...]]:
        return self.shapes_files, self.subclasses

    def __setstate__(self, state: tuple[tuple[Source, ...], tuple[tuple[str, str], ...]]) -> None:
        self.shapes_files, self.subclasses = state
        self._parts = None

    def __call__(self, document: Document, context: Context) -> tuple[Placed, ...]:
        """The unit of work."""
        return self.judge(self.read(document), context)

    def survey(self, document: Document) -> Survey:
        """What a document needs to know before it can be judged, for whoever knows the rest of the graph elsewhere."""
        return self.read(document).survey

    def task(self, task: Task) -> tuple[Placed, ...]:
        """The unit of work of one argument."""
        return self(task.document, task.context)

    def prepare(self) -> "Judge":
        """Reads and compiles the shapes now rather than at the first document."""
        _ = self.shapes.program
        return self

    @property
    def shapes(self) -> Shapes:
        """The shapes, read once."""
        return self._made()[0]

    def read(self, document: Document) -> Reading:
        """A document by itself: what it needs to know before it can be judged."""
        _, classes, literals = self._made()
        graph = Graph(classes, literals)
        spelling = document.fill(graph)
        described = graph.described()
        return Reading(document, graph, spelling, described, needs_of(graph, described))

    def judge(self, reading: Reading, context: Context) -> tuple[Placed, ...]:
        """What is wrong with a document, together with what the rest of the graph tells it."""
        graph = reading.graph
        graph.add(context.triples)
        results = self.shapes.results(graph, reading.described)
        results += figure_results(graph, dict(context.forms))
        things = {result.focus.value for result in results}
        lines = reading.document.lines(things, reading.spelling) if things else {}
        return tuple(Placed(result, lines[result.focus.value]) for result in each_once(results))

    def digest(self) -> str:
        """Of everything but documents that results depend on: shapes, classes, our code and the engines."""
        found = sha256()
        for part in (*(part for source in self.shapes_files for part in source), *_engines()):
            data = part.encode() if isinstance(part, str) else part
            found.update(len(data).to_bytes(8, "big") + data)
        found.update(repr(self.subclasses).encode())
        return found.hexdigest()

    def _made(self) -> tuple[Shapes, Classes, Literals]:
        if self._parts is None:
            axioms = (
                ox.Triple(ox.NamedNode(below), _SUBCLASS, ox.NamedNode(above))
                for below, above in self.subclasses
            )
            self._parts = (Shapes.parsed(self.shapes_files), Classes(tuple(axioms)), Literals())
        return self._parts


_SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


def _engines() -> list[str]:
    """The code that judges, and the versions of the engines it uses."""
    package = Path(__file__).parent.parent
    modules = [*sorted(Path(__file__).parent.glob("*.py")), *sorted((package / "text").glob("*.py"))]
    modules += [package / name for name in ("integrity.py", "locate.py", "vocab.py")]
    code = [path.read_text(encoding="utf-8") for path in modules]
    return [*code, ox.__version__, version("pyshacl"), version("rdflib")]
