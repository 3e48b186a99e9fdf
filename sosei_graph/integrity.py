"""What has to hold before a file becomes part of the graph: readable, in our terms, well typed, described once.

These are faults of the file, not gaps of the document: each stops the load with one line. What the shapes find
(`validate`) is about the content and stops nothing.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.locate import line_of_term, lines_of_blocks
from sosei_graph.vocab import NS, PREFIXES

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RANGE = "http://www.w3.org/2000/01/rdf-schema#range"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_BASE = re.compile(r"^\s*@?base\s*<", re.MULTILINE | re.IGNORECASE)
#: xsd:date is no datatype of OWL 2 RL, so the ontology cannot give it as a range.
_DATES = {NS + name: f"{_XSD}date" for name in ("startDate", "endDate", "signedOn", "heldOn")}
_DERIVED = {f"{_XSD}decimal": {f"{_XSD}integer"}}


@dataclass(frozen=True)
class TurtleFile:
    """One file as read: its text, triples (as quads of the default graph), prefixes and base."""

    path: Path
    shown: str
    text: str
    quads: tuple[ox.Quad, ...]
    prefixes: dict[str, str]
    base: str

    @property
    def declared_base(self) -> str | None:
        """The base that the file itself declares."""
        return self.base if _BASE.search(self.text) else None

    def where(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple, term: str = "") -> str:
        """`file:line` of the block about a subject, or of a term in it."""
        name = subject.value if isinstance(subject, ox.NamedNode) else ""
        line = lines_of_blocks(self.text, self.base).get(name, 1)
        if term:
            line = line_of_term(self.text, term, self.prefixes, self.base, line)
        return f"{self.shown}:{line}"


def read(path: Path, base: str, shown: str = "") -> TurtleFile:
    """Parses one Turtle file; what is not UTF-8 or not Turtle is an error with its line."""
    shown = shown or str(path)
    return parse(read_text(path, shown), path, base, shown)


def parse(text: str, path: Path, base: str, shown: str) -> TurtleFile:
    """The same of a text that has been read already."""
    parser = ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base)
    try:
        quads = tuple(parser)
    except SyntaxError as error:
        raise syntax_error(error, shown) from error
    if any(isinstance(term, ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise triple_term(text, shown)
    return TurtleFile(
        path, shown, text, _kept_apart(quads, shown), dict(parser.prefixes), parser.base_iri or base
    )


def triple_term(text: str, shown: str) -> SoseiError:
    """What RDF 1.2 adds as a value is nothing that the graph can hold."""
    return SoseiError(
        Text("RDF 1.2 の三つ組を値にする書き方は使えません", "triple terms of RDF 1.2 are not supported"),
        where=f"{shown}:{text.count(chr(10), 0, text.find('<<')) + 1}",
        hint=Text("<<( … )>> を使わずに書いてください", "write it without <<( … )>>"),
    )


def _kept_apart(quads: tuple[ox.Quad, ...], shown: str) -> tuple[ox.Quad, ...]:
    """The same triples with blank nodes that no other file has and that are named alike at every reading."""
    nodes = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, ox.BlankNode)}
    if not nodes:
        return quads
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    file = hashlib.sha256(shown.encode()).hexdigest()[:12]

    names: dict[object, ox.BlankNode] = {
        term: ox.BlankNode(f"f{file}{term.value}")
        for quad in dataset
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.BlankNode)
    }
    return tuple(
        ox.Quad(names.get(quad.subject, quad.subject), quad.predicate, names.get(quad.object, quad.object))
        for quad in dataset
    )


def read_text(path: Path, shown: str = "") -> str:
    """The text of a UTF-8 file; another encoding or a missing file is one line."""
    shown = shown or str(path)
    return decode(read_bytes(path, shown), shown)


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file; a missing one is one line."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SoseiError(
            Text("ファイルを読めません", f"the file cannot be read: {error.strerror}"),
            where=shown,
            hint=Text("パスを確かめてください", "check the path"),
        ) from error


def decode(data: bytes, shown: str) -> str:
    """The text of a file's bytes; another encoding than UTF-8 is one line."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SoseiError(
            Text("UTF-8 ではない文字があります", f"not UTF-8: byte 0x{data[error.start]:02x}"),
            where=f"{shown}:{line}",
            hint=Text("UTF-8 で保存し直してください", "save the file as UTF-8"),
        ) from error


def syntax_error(error: SyntaxError, shown: str) -> SoseiError:
    """The parser's complaint with its line, and what to do."""
    where = f"{shown}:{error.lineno}" if error.lineno else shown
    said = re.sub(r"^Parser error at .*?: ", "", error.msg)
    if missing := re.search(r"prefix (\S*): has not been declared", said):
        name = missing[1]
        known = PREFIXES.get(name)
        declaration = f"@prefix {name}: <{known or '…'}> ."
        return SoseiError(
            Text(f"接頭辞「{name}:」が宣言されていません", f"the prefix {name}: is not declared"),
            where=where,
            hint=Text(f"先頭に {declaration} を加えてください", f"add {declaration} at the top"),
        )
    return SoseiError(
        Text(f"Turtle として読めません: {said}", f"not valid Turtle: {said}"),
        where=where,
        hint=Text("この行か直前の行を直してください", "mend this line or the one before it"),
    )


@dataclass
class Vocabulary:
    """What the ontology declares: terms, kinds of property, ranges of datatype properties."""

    terms: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    datatypes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> "Vocabulary":
        """Reads the declarations from the ontology's triples."""
        vocabulary = cls()
        data_properties, ranges = set(), {}
        for quad in quads:
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
                continue
            if quad.predicate.value == _RDF_TYPE:
                vocabulary.terms.add(quad.subject.value)
                if quad.object.value == f"{_OWL}ObjectProperty":
                    vocabulary.objects.add(quad.subject.value)
                elif quad.object.value == f"{_OWL}DatatypeProperty":
                    data_properties.add(quad.subject.value)
            elif quad.predicate.value == _RANGE:
                ranges[quad.subject.value] = quad.object.value
        vocabulary.datatypes = {name: ranges.get(name, "") for name in data_properties} | _DATES
        return vocabulary

    def declares(self, term: str) -> bool:
        """Whether a name in our namespace is a term, or the namespace itself."""
        return term in self.terms or term == NS

    def admits(self, predicate: str, datatype: str) -> bool:
        """Whether the property may have a literal of this datatype."""
        wanted = self.datatypes.get(predicate, "")
        fits = not wanted.startswith(_XSD) or datatype == wanted or datatype in _DERIVED.get(wanted, ())
        return predicate not in self.objects and fits


def check(file: TurtleFile, vocabulary: Vocabulary) -> None:
    """Stops at the first term that the ontology does not declare or literal that its datatype does not admit."""
    if not file.quads:
        raise states_nothing(file.shown)
    for quad in file.quads:
        check_quad(file, quad, vocabulary)


def check_quad(file: TurtleFile, quad: ox.Quad, vocabulary: Vocabulary) -> None:
    """The same for one statement of a file."""
    _check_terms(file, quad, vocabulary)
    if isinstance(quad.object, ox.Literal):
        _check_literal(file, quad, quad.object, vocabulary)
    elif quad.predicate.value in vocabulary.datatypes:
        raise _wrong_kind(file, quad, Text("文字列や数値", "a literal"))


def states_nothing(shown: str) -> SoseiError:
    """A file without a single statement is an oversight."""
    return SoseiError(
        Text("ファイルに何も書かれていません", "the file states nothing"),
        where=shown,
        hint=Text("内容を書くか、ファイルを除いてください", "fill it in, or take it away"),
    )


def _check_terms(file: TurtleFile, quad: ox.Quad, vocabulary: Vocabulary) -> None:
    for term in (quad.predicate, quad.object, quad.subject):
        if not isinstance(term, ox.NamedNode) or not term.value.startswith(NS):
            continue
        if not vocabulary.declares(term.value):
            name = term.value[len(NS) :]
            nearest = _nearest(name, (known[len(NS) :] for known in vocabulary.terms if known.startswith(NS)))
            raise SoseiError(
                Text(f"sosei:{name} は語彙にありません", f"sosei:{name} is not a term of the vocabulary"),
                where=file.where(quad.subject, term.value),
                hint=Text(f"sosei:{nearest} ではありませんか", f"did you mean sosei:{nearest}?")
                if nearest
                else None,
            )


def _check_literal(file: TurtleFile, quad: ox.Quad, literal: ox.Literal, vocabulary: Vocabulary) -> None:
    predicate, datatype = quad.predicate.value, literal.datatype.value
    if predicate in vocabulary.objects:
        raise _wrong_kind(file, quad, Text("IRI", "an IRI"))
    valid = LEXICAL.get(datatype)
    wanted = vocabulary.datatypes.get(predicate, "")
    if vocabulary.admits(predicate, datatype) and (valid is None or valid(literal.value)):
        return
    expected = (wanted if wanted.startswith(_XSD) else datatype).removeprefix(_XSD)
    name = _short(predicate)
    raise SoseiError(
        Text(
            f"{name} の値「{literal.value}」は xsd:{expected} ではありません",
            f"the value “{literal.value}” of {name} is not an xsd:{expected}",
        ),
        where=file.where(quad.subject, predicate),
        hint=Text(f"例: {_EXAMPLES.get(expected, '…')}", f"such as {_EXAMPLES.get(expected, '…')}"),
    )


def _wrong_kind(file: TurtleFile, quad: ox.Quad, wanted: Text) -> SoseiError:
    name = _short(quad.predicate.value)
    shown = quad.object.value if isinstance(quad.object, ox.Literal | ox.NamedNode) else "[]"
    return SoseiError(
        Text(f"{name} の値は{wanted.ja}です: {shown}", f"the value of {name} has to be {wanted.en}: {shown}"),
        where=file.where(quad.subject, quad.predicate.value),
    )


def described_twice(subject: ox.NamedNode, file: TurtleFile, other: TurtleFile) -> SoseiError:
    """A thing is described in one file of data: an IRI that two files give a type is an error in the second."""
    place = other.where(subject)
    return SoseiError(
        Text(
            f"<{subject.value}> は {place} でも記述されています",
            f"<{subject.value}> is described in {place} already",
        ),
        where=file.where(subject),
        hint=Text("どちらか一方だけに書いてください", "describe it in one of the two only"),
    )


def _short(iri: str) -> str:
    return f"sosei:{iri[len(NS) :]}" if iri.startswith(NS) else f"<{iri}>"


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(known), n=1)), "")


def _is_date(text: str) -> bool:
    return _parses(date.fromisoformat, text) and re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _is_datetime(text: str) -> bool:
    return "T" in text and _parses(datetime.fromisoformat, text)


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


#: Lexical spaces of XML Schema Part 2 for the datatypes that this graph uses; dates as calendars have them.
LEXICAL: dict[str, Callable[[str], bool]] = {
    f"{_XSD}integer": _matches(r"[+-]?\d+"),
    f"{_XSD}nonNegativeInteger": _matches(r"\+?\d+"),
    f"{_XSD}decimal": _matches(r"[+-]?(\d+\.?\d*|\.\d+)"),
    f"{_XSD}boolean": _matches(r"true|false|0|1"),
    f"{_XSD}gYear": _matches(r"-?\d{4,}"),
    f"{_XSD}date": _is_date,
    f"{_XSD}dateTime": _is_datetime,
}
_EXAMPLES = {
    "integer": "12",
    "decimal": "12.5",
    "boolean": "true",
    "date": '"2026-04-01"^^xsd:date',
    "string": '"…"',
}
