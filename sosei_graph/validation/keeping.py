"""Results kept from one validation to the next: a file a document, in the build folder.

A file says of what bytes, shapes, code and context the results are. It is used if all of these are as they were;
whatever else stands there, or nothing, only means that the document is judged again.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.validation.context import Basis, Needs
from sosei_graph.validation.findings import SEVERITIES
from sosei_graph.validation.judging import Placed
from sosei_graph.validation.results import Result
from sosei_graph.validation.targets import Term

_ENDING = ".kept"
_STATE = "state"
_DAMAGED = (OSError, ValueError, KeyError, TypeError, zlib.error, SyntaxError, RecursionError)


@dataclass(frozen=True)
class Kept:
    """The results of a document, and of what they are."""

    document: str
    judge: str
    basis: Basis
    needs: Needs
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class State:
    """What was found to hold together: the digest of each graph's file, and of each document's context."""

    graphs: dict[str, str]
    contexts: dict[str, str]


class Keeping:
    """The kept results in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, judge: str) -> None:
        self._folder = folder
        self.judge = judge

    @property
    def is_open(self) -> bool:
        """Whether anything is kept at all."""
        return self._folder is not None

    def find(self, shown: str, digest: str) -> Kept | None:
        """What is kept of a document with these bytes, by the judge of today. Its context may have changed."""
        if self._folder is None:
            return None
        try:
            kept = _read((self._folder / _name(shown)).read_bytes())
        except _DAMAGED:
            return None
        return kept if (kept.document, kept.judge) == (digest, self.judge) else None

    def keep(self, results: Mapping[str, Kept]) -> None:
        """Puts the results of documents in the place of earlier ones. A folder that takes none is no fault."""
        if self._folder is None or not results:
            return
        try:
            files.make_folder(self._folder)
            files.write_all({self._folder / _name(shown): _written(kept) for shown, kept in results.items()})
        except SoseiError:
            return

    def state(self) -> State | None:
        """The state of the last validation of everything, if it is known."""
        if self._folder is None:
            return None
        try:
            told = _opened((self._folder / _STATE).read_bytes())
            return State(_texts(told["graphs"]), _texts(told["contexts"]))
        except _DAMAGED:
            return None

    def keep_state(self, state: State) -> None:
        """Puts the state in the place of the earlier one, if it is another."""
        if self._folder is None or state == self.state():
            return
        try:
            files.make_folder(self._folder)
            told = {"graphs": state.graphs, "contexts": state.contexts}
            files.write(self._folder / _STATE, _closed(told))
        except SoseiError:
            return

    def drop_others(self, shown: Iterable[str]) -> None:
        """Removes what is kept of any other document than these."""
        if self._folder is None or not self._folder.is_dir():
            return
        known = {_name(each) for each in shown}
        for path in self._folder.glob(f"*{_ENDING}"):
            if path.name not in known:
                try:
                    path.unlink()
                except OSError:
                    return


def _name(shown: str) -> str:
    return sha256(shown.encode()).hexdigest()[:32] + _ENDING


def _written(kept: Kept) -> bytes:
    told = {
        "document": kept.document,
        "judge": kept.judge,
        "basis": [kept.basis.digest, kept.basis.graphs, kept.basis.beyond],
        "needs": [kept.needs.nodes, kept.needs.areas, kept.needs.units],
        "placed": [_told(placed) for placed in kept.placed],
    }
    return _closed(told)


def _closed(told: dict[str, Any]) -> bytes:
    """As it is written: the digest, and the text."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return sha256(body).digest() + zlib.compress(body, 1)


def _opened(data: bytes) -> dict[str, Any]:
    body = zlib.decompress(data[32:])
    if sha256(body).digest() != data[:32]:
        raise ValueError("damaged")
    told: dict[str, Any] = json.loads(body)
    return told


def _texts(told: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(text) for name, text in told.items()}


def _read(data: bytes) -> Kept:
    told = _opened(data)
    nodes, areas, units = (tuple(map(str, each)) for each in told["needs"])
    digest, graphs, beyond = told["basis"]
    basis = Basis(str(digest), tuple(map(str, graphs)), tuple(map(str, beyond)))
    placed = tuple(_placed(each) for each in told["placed"])
    return Kept(
        str(told["document"]),
        str(told["judge"]),
        basis,
        Needs(nodes, areas, units),
        placed,
    )


def _told(placed: Placed) -> list[Any]:
    result = placed.result
    value = None if result.value is None else str(result.value)
    bindings = [[name, str(term)] for name, term in result.bindings]
    return [
        placed.line,
        result.shape,
        str(result.focus),
        result.path,
        value,
        result.severity,
        [result.message.ja, result.message.en],
        result.component,
        bindings,
    ]


def _placed(told: list[Any]) -> Placed:
    line, shape, focus, path, value, severity, (ja, en), component, bindings = told
    node = _term(focus)
    if isinstance(node, ox.Literal) or severity not in SEVERITIES:
        raise ValueError("not a result")
    result = Result(
        str(shape),
        node,
        str(path),
        None if value is None else _term(value),
        severity,
        Text(str(ja), str(en)),
        str(component),
        tuple((str(name), _term(term)) for name, term in bindings),
    )
    return Placed(result, int(line))


def _term(text: str) -> Term:
    """A term as N-Triples writes it."""
    (quad,) = ox.parse(f"_:s <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    term = quad.object
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise TypeError("not a term")
    return term
