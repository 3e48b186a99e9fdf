"""Runs the W3C test suite of SHACL on the engine that is not pySHACL, and writes docs/shacl.md.

    python tools/w3c_shacl.py [FOLDER]

The suite (https://w3c.github.io/data-shapes/data-shapes-test-suite/) is no part of the project: FOLDER, SOSEI_W3C_SHACL
or ../shared/w3c-shacl has it. A case is right when the engine has the very results that the suite expects, and left
to pySHACL when the engine says that it does not know enough; anything else is wrong.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.validation.asking import rows
from sosei_graph.validation.graph import Graph
from sosei_graph.validation.literals import Literals, UnsureError
from sosei_graph.validation.results import SH, SPARQL_COMPONENT
from sosei_graph.validation.shacl import Shapes
from sosei_graph.validation.targets import Classes, Term
from sosei_graph.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "shacl.md"
FOLDER = ROOT.parent / "shared" / "w3c-shacl"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
_SEVERITY = ox.NamedNode(f"{SH}severity")

Verdict = Literal["right", "left", "wrong"]


@dataclass(frozen=True)
class Case:
    """A case of the suite: its group (`core/property`), its name, and its file."""

    group: str
    name: str
    path: Path


@dataclass(frozen=True)
class Outcome:
    """What came of a case, and why if it was left or wrong."""

    verdict: Verdict
    why: str = ""


Row = tuple[str, str, str, str, str, str]
"""Focus node, path, value, severity, component and shape of a result; a shape without an IRI is empty."""


class LeftError(Exception):
    """The engine leaves the case to pySHACL."""


def folder(given: str | None = None) -> Path:
    """Where the suite is; that it is absent is a `SoseiError`."""
    path = Path(given or os.environ.get("SOSEI_W3C_SHACL") or FOLDER)
    if not (path / "core" / "manifest.ttl").is_file():
        raise SoseiError(
            Text("W3C の SHACL テスト一式がありません", "the W3C test suite of SHACL is absent"),
            where=str(path),
            hint=Text("SOSEI_W3C_SHACL で場所を指定してください", "say with SOSEI_W3C_SHACL where it is"),
        )
    return path


def cases(suite: Path) -> list[Case]:
    """Every case that the manifests list, in the order of the groups and names."""
    found = [
        Case(path.parent.relative_to(suite).as_posix(), path.stem, path)
        for path in sorted(suite.rglob("*.ttl"))
        if path.name != "manifest.ttl" and _File(path).entry is not None
    ]
    return sorted(found, key=lambda case: (case.group, case.name))


def run(case: Case) -> Outcome:
    """Runs a case."""
    file = _File(case.path)
    try:
        found = _found(file)
    except SoseiError as error:
        return Outcome("right" if file.expected() is None else "wrong", error.line("en"))
    except UnsureError:
        return Outcome("left", _both(VALUES))
    except LeftError as reason:
        return Outcome("left", f"`{reason}`")
    expected = file.expected()
    if expected is None:
        return Outcome("wrong", "the suite expects a failure")
    missing, extra = expected - found, found - expected
    if missing or extra:
        return Outcome("wrong", f"missing {sorted(missing)}, extra {sorted(extra)}")
    return Outcome("right")


class _File:
    """A file of the suite: statements, and a case if there is one in it."""

    def __init__(self, path: Path) -> None:
        self._path, self._base = path, path.resolve().as_uri()
        quads = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=self._base)
        self.triples = [quad.triple for quad in quads]
        self._about: dict[Term, dict[str, list[Term]]] = {}
        for triple in self.triples:
            if not isinstance(triple.object, ox.Triple) and not isinstance(triple.subject, ox.Triple):
                said = self._about.setdefault(triple.subject, {})
                said.setdefault(triple.predicate.value, []).append(triple.object)
        self.entry = next((node for node, said in self._about.items() if f"{_MF}action" in said), None)

    def of(self, name: str) -> list[ox.Triple]:
        """The statements of the data graph or of the shapes graph."""
        iri = self._one(self._one(self.entry, f"{_MF}action"), f"{_SHT}{name}")
        if iri is None or iri.value == self._base:
            return self.triples
        return _File(self._path.parent / iri.value.rsplit("/", 1)[1]).triples

    def expected(self) -> Counter[Row] | None:
        """The results that the suite expects; None for a failure."""
        report = self._one(self.entry, f"{_MF}result")
        if report == ox.NamedNode(f"{_SHT}Failure"):
            return None
        paths = Shapes(self.triples)
        told: Counter[Row] = Counter()
        for result in self._about.get(report, {}).get(f"{SH}result", []) if report is not None else []:
            path, shape = self._one(result, f"{SH}resultPath"), self._one(result, f"{SH}sourceShape")
            told[
                (
                    _shown(self._one(result, f"{SH}focusNode")),
                    "" if path is None else paths.path_text(path, top=True),
                    _shown(self._one(result, f"{SH}value")),
                    _shown(self._one(result, f"{SH}resultSeverity")),
                    _shown(self._one(result, f"{SH}sourceConstraintComponent")),
                    str(shape) if isinstance(shape, ox.NamedNode) else "",
                )
            ] += 1
        return told

    def _one(self, node: Term | None, name: str) -> Term | None:
        return next(iter(self._about.get(node, {}).get(name, ())), None) if node is not None else None


def _shown(term: Term | None) -> str:
    return "" if term is None else str(term)


def _found(file: _File) -> Counter[Row]:
    """What the engine finds, all of it; `LeftError` or `UnsureError` where it has no say."""
    shapes = Shapes(file.of("shapesGraph"))
    graph = Graph(Classes(()), Literals())
    graph.add(file.of("dataGraph"))
    told = [*_of_core(shapes, graph), *_of_queries(shapes, graph)]
    return Counter(told)


def _of_core(shapes: Shapes, graph: Graph) -> Iterator[Row]:
    program = shapes.compiled
    for reason in program.left.values():
        raise LeftError(reason)
    for shape, _ in program.shapes:
        for found in shape.results(graph, program.focus_nodes(shape.node, graph, None)):
            path = found.path.value if found.path is not None else shapes.path(found.shape)
            yield (
                str(found.focus),
                path,
                _shown(found.value),
                _severity(shapes, found.shape),
                f"<{found.component}>",
                str(found.shape) if isinstance(found.shape, ox.NamedNode) else "",
            )


def _severity(shapes: Shapes, shape: Term) -> str:
    stated = (each.object for each in shapes.triples if each.subject == shape and each.predicate == _SEVERITY)
    return str(next(stated, ox.NamedNode(f"{SH}Violation")))


def _of_queries(shapes: Shapes, graph: Graph) -> Iterator[Row]:
    store = ox.Store()
    store.bulk_extend(graph.quads(graph.predicates()))
    for constraint in shapes.constraints:
        focus = graph.targeted(constraint.targets)
        if not all(isinstance(node, ox.NamedNode) for node in focus):
            raise LeftError("sh:sparql about nodes without an IRI")
        found: set[Row] = set()
        for row in rows(store, constraint, constraint.candidates(graph, focus)) if focus else ():
            path, shape = row.get("path"), ox.NamedNode(constraint.shape)
            found.add(
                (
                    str(row["this"]),
                    path.value if isinstance(path, ox.NamedNode) else "",
                    _shown(row.get("value", row["this"])),
                    _severity(shapes, shape),
                    f"<{SPARQL_COMPONENT}>",
                    str(shape),
                )
            )
        yield from found


# The page

TITLE = Text("SHACL のエンジン", "The SHACL engines")
INTRO = Text(
    "検証は [SHACL](https://www.w3.org/TR/shacl/) のシェイプで行います。基準とする実装は "
    "[pySHACL](https://github.com/RDFLib/pySHACL) です。sosei-graph は同じ結果をずっと速く出すために、SHACL Core の"
    "制約を関数に、`sh:sparql` の制約を文書ごとに一つの問い合わせに直します。直せないシェイプと、判断の分かれうる値を"
    "含む文書は pySHACL に任せます。どちらで調べたかで結果が変わることはありません。",
    "Validation holds data against shapes of [SHACL](https://www.w3.org/TR/shacl/). The reference is "
    "[pySHACL](https://github.com/RDFLib/pySHACL). To come to the same results much sooner, sosei-graph makes "
    "functions of the constraints of SHACL Core and one query a document of those of `sh:sparql`. A shape that it "
    "cannot do that with, and a document with values that can be judged one way or the other, are left to pySHACL. "
    "Which of them looked makes no difference to the results.",
)
SUITE = Text(
    "下の表は、W3C の SHACL テスト一式を pySHACL でない方のエンジンで実行した結果です（`tools/w3c_shacl.py` が"
    "書き出しました）。「任せる」は、そのテストのシェイプや値をこのエンジンが引き受けず、pySHACL に渡すことです。",
    "The table is what came of the W3C test suite of SHACL on the engine that is not pySHACL. Written by "
    "`tools/w3c_shacl.py`. “Left” means that this engine does not take the shapes or values of the case and hands "
    "them to pySHACL.",
)
OWN = Text(
    "同梱のシェイプ {n} 個のうち、pySHACL に任せるものは {left} 個です。`sh:message` のないシェイプは、エンジンが作る"
    "文を伝えるため、いつも pySHACL に任せます。",
    "Of the {n} shapes that come with the package {left} are left to pySHACL. Shapes without `sh:message` always are, "
    "so that what the engine itself says is reported.",
)
GROUP, NUMBER = Text("組", "Group"), Text("数", "Cases")
VERDICTS: dict[Verdict, Text] = {
    "right": Text("正しい", "Right"),
    "left": Text("任せる", "Left"),
    "wrong": Text("誤り", "Wrong"),
}
TOTAL = Text("合計", "Total")
LEFT = Text("pySHACL に任せるもの", "What is left to pySHACL")
CASE, WHY = Text("テスト", "Case"), Text("わけ", "Why")
VALUES = Text("エンジンによって読み方の違う値", "a value that engines read differently")


def page(outcomes: dict[Case, Outcome], own: Shapes) -> str:
    """The page as Markdown."""
    groups = list(dict.fromkeys(case.group for case in outcomes))
    table = [
        _counted(group, [outcomes[case] for case in outcomes if case.group == group]) for group in groups
    ]
    table.append(_counted(_both(TOTAL), list(outcomes.values())))
    head = [GROUP, NUMBER, *VERDICTS.values()]
    told = OWN.fill(n=len(own.names()), left=len(own.program.left))
    lines = [
        f"# {_both(TITLE)}",
        "",
        INTRO.ja,
        "",
        INTRO.en,
        "",
        told.ja,
        "",
        told.en,
        "",
        SUITE.ja,
        "",
        SUITE.en,
        "",
    ]
    lines += _table([_both(each) for each in head], table, "| --- | --: | --: | --: | --: |")
    left = [
        [f"`{case.group}/{case.name}`", outcome.why]
        for case, outcome in outcomes.items()
        if outcome.verdict == "left"
    ]
    lines += ["", f"## {_both(LEFT)}", ""]
    lines += _table([_both(CASE), _both(WHY)], left, "| --- | --- |")
    return "\n".join(lines) + "\n"


def _counted(name: str, outcomes: list[Outcome]) -> list[str]:
    numbers = Counter(outcome.verdict for outcome in outcomes)
    return [name, str(len(outcomes)), *(str(numbers[verdict]) for verdict in VERDICTS)]


def _table(head: list[str], table: list[list[str]], rule: str) -> list[str]:
    return [f"| {' | '.join(head)} |", rule, *(f"| {' | '.join(row)} |" for row in table)]


def _both(text: Text) -> str:
    return f"{text.ja} / {text.en}"


def main(arguments: list[str]) -> int:
    """Runs the suite and writes the page; 2 means bad input or usage."""
    if len(arguments) > 1:
        sys.stderr.write("usage: python tools/w3c_shacl.py [FOLDER]\n")
        return 2
    try:
        suite = folder(*arguments)
        outcomes = {case: run(case) for case in cases(suite)}
        own = Shapes.read(Workspace.find(ROOT).shapes())
        files.write(PAGE, page(outcomes, own))
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return 2
    return int(any(outcome.verdict == "wrong" for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
