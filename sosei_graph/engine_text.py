"""Terms in the Turtle that the engine writes, as canonical Turtle has them, and what they sort by.

That text is UTF-8 read as Latin-1: a character is a byte, and bytes sort as characters do.
"""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from sosei_graph.turtle import (
    HEADS,
    LOCAL_NAME,
    RANK,
    Names,
    Term,
    is_plain_reference,
    literal_rank,
    object_rank,
)
from sosei_graph.vocab import PREFIXES

_NIL, _RDF_TYPE, _TYPE = PREFIXES["rdf"] + "nil", PREFIXES["rdf"] + "type", "a"
_PREFIXED = re.compile(rf"([\w-]+):(?:{LOCAL_NAME.pattern})", re.ASCII)
_STRING = re.compile(r'"([^"\\]*)"(?:@([\w-]+))?')
_TYPED = re.compile(r'"([^"\\]*)"\^\^(\S+)')
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?|true|false")
_DIGITS = re.compile(r"([0-9]+)")
#: Of texts longer than this, parts are seldom met again.
_SHORT = 100
#: What `subject_rank` puts after evidence and its selectors.
_ENDS = frozenset("!~")


class OddError(Exception):
    """Something that the engine's text does not say, or not sort, the way the document does."""


class Terms:
    """Terms as the engine writes them, and as the document does."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self.names = Names(prefixes, base)
        self.known: dict[str, str] = {}
        """What has been found out of a term."""
        self._base = latin(base)
        # The engine takes any name that it can escape: of those below a document, it must not make names of `doc:`.
        # Those properties that have a rank get names that sort by it.
        ranks = {f"{'a' if place < 0 else 'zz'}{place + 100:03}": iri for iri, place in RANK.items()}
        ranks.pop("a000")
        self._engine_prefixes = {name: iri for name, iri in prefixes.items() if name != "doc"} | ranks
        self._namespaces = {name: latin(iri) for name, iri in self._engine_prefixes.items()}
        self._below = {
            latin(iri[len(base) :]): name
            for name, iri in prefixes.items()
            if iri.startswith(base) and name not in self._engine_prefixes
        }
        self._head = f"@base <{base}> .\n" + "".join(
            f"@prefix {n}: <{iri}> .\n" for n, iri in self._engine_prefixes.items()
        )
        self.heads = frozenset(map(self.token, HEADS))

    def dump(self, store: ox.Store, graph: ox.NamedNode) -> str:
        """A graph as the engine writes it, without the head."""
        written = store.dump(
            format=ox.RdfFormat.TURTLE,
            from_graph=graph,
            prefixes=self._engine_prefixes,
            base_iri=self.names.base,
        )
        text = (written or b"").decode("latin-1")
        start = 0
        while text.startswith("@", start):
            start = text.index("\n", start) + 1
        return text[start:]

    def parsed(self, text: str) -> list[ox.Triple]:
        """The statements of a piece of the engine's text."""
        whole = self._head.encode() + text.encode("latin-1")
        return [
            quad.triple
            for quad in ox.parse(whole, ox.RdfFormat.TURTLE, base_iri=self.names.base, lenient=True)
        ]

    def token(self, iri: str) -> str:
        """What the engine writes for a name of ours or of a vocabulary."""
        return next(
            f"{name}:{iri[len(namespace) :]}"
            for name, namespace in self._engine_prefixes.items()
            if iri.startswith(namespace)
        )

    def shown(self, token: str) -> str:
        """A term as the document writes it."""
        if token[0] == "<":
            return token if self.is_plain(token) else self._reference(token)
        if token[0] == '"' and "\\" not in token and "^^" not in token:
            return token
        if token not in self.known:
            self.known[token] = self._found_out(token)
        return self.known[token]

    def is_plain(self, token: str) -> bool:
        """Whether the token of an IRI surely is one below the base that has no shorter name; seen at a glance."""
        if token[0] != "<" or ":" in token or "." in token or not token[1].isalpha():
            return False
        return "#" in token or token[1 : token.rfind("/") + 1] not in self._below

    def subject(self, token: str) -> tuple[str, str]:
        """The IRI of a subject, and the subject as the document writes it."""
        if self.is_plain(token):
            return self._base + token[1:-1], token
        iri = self.absolute(token)
        return iri, latin(self.names.iri(unicode(iri)))

    def _reference(self, token: str) -> str:
        inner = token[1:-1]
        cut = max(inner.rfind("/"), inner.rfind("#")) + 1
        name = self._below.get(inner[:cut])
        if name is not None and LOCAL_NAME.fullmatch(inner, cut):
            self.names.used.add(name)
            return self.known.setdefault(token, f"{name}:{inner[cut:]}")
        if inner and is_plain_reference(inner):
            return token
        if token not in self.known:
            self.known[token] = self._found_out(token)
        return self.known[token]

    def _found_out(self, token: str) -> str:
        if _NUMBER.fullmatch(token):
            return token
        term: Term
        if typed := _TYPED.fullmatch(token):
            datatype = ox.NamedNode(unicode(self.absolute(typed[2])))
            term = ox.Literal(unicode(typed[1]), datatype=datatype)
        else:
            term = (
                ox.NamedNode(unicode(self.absolute(token)))
                if _PREFIXED.fullmatch(token)
                else self._term(token)
            )
        if isinstance(term, ox.Literal):
            return latin(self.names.literal(term))
        if isinstance(term, ox.NamedNode):
            return "()" if term.value == _NIL else latin(self.names.iri(term.value))
        return token

    def absolute(self, token: str) -> str:
        """The IRI of a token that is one, character by byte."""
        inner = token[1:-1]
        if token[0] == "<" and (self.is_plain(token) or is_plain_reference(inner or ".")):
            return self._base + inner
        prefixed = _PREFIXED.fullmatch(token)
        if prefixed and prefixed[1] in self._namespaces:
            return self._namespaces[prefixed[1]] + token[prefixed.end(1) + 1 :]
        return latin(self._term(token).value)

    def object_rank(self, token: str) -> tuple[int, str, str]:
        """What an object is sorted by, as in `turtle.object_rank`."""
        if plain := _STRING.fullmatch(token):
            return literal_rank(plain[2] or ""), plain[1], token
        if token[0] == "<" or _PREFIXED.fullmatch(token):
            iri = self.absolute(token)
            return 0, iri, iri
        term = self._term(token)
        if isinstance(term, ox.BlankNode):
            return 9, token, token
        rank, text, exact = object_rank(term)
        return rank, latin(text), latin(exact)

    def _term(self, token: str) -> Term:
        return self.parsed(f"<x:> <x:> {token} .")[0].object  # type: ignore[return-value] # no triple terms here


class Properties(dict[str, str]):
    """Property, as the engine writes it, to its name in the document."""

    def __init__(self, terms: Terms) -> None:
        super().__init__()
        self._terms = terms
        self.iris: set[str] = set()

    def iri(self, token: str) -> str:
        """The IRI, which counts as used from now on."""
        iri = _RDF_TYPE if token == _TYPE else unicode(self._terms.absolute(token))
        self.iris.add(iri)
        # As in `turtle`, where the IRI of every property is looked at: the prefix of `a` counts as used.
        self._terms.names.iri(iri)
        return iri

    def __missing__(self, token: str) -> str:
        iri = self.iri(token)
        name = latin(self._terms.names.predicate(iri))
        if token[0] == "<" or (name != token and iri not in RANK):
            raise OddError
        self[token] = name
        return name


class Order(dict[str, str]):
    """Pieces of texts, numbers and others, as they sort the way `turtle.natural` has it: by value, before letters."""

    def __init__(self) -> None:
        super().__init__()
        self._folders: dict[str, str] = {}

    def of(self, text: str) -> str:
        """A text of such pieces; many are alike up to their last slash, or (evidence and selectors) up to their end."""
        folder, slash, name = text.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = "".join(map(self.__getitem__, _DIGITS.split(folder)))
        stem, end = (name[:-1], name[-1]) if name[-1:] in _ENDS else (name, "")
        found = self.get(stem)
        if found is None:
            found = "".join(map(self.__getitem__, _DIGITS.split(stem)))
            if end:
                self[stem] = found
        return f"{self._folders[folder]}{slash}{found}{end}"

    def __missing__(self, piece: str) -> str:
        found = _marked(piece) if piece.isascii() and piece.isdigit() else piece
        if len(piece) < _SHORT:
            self[piece] = found
        return found


def _marked(number: str) -> str:
    digits = number.lstrip("0")
    # No term has these characters unescaped, and they come before all others.
    return f"{chr(1 + len(digits))}{digits}" if len(digits) < 30 else f"{chr(31)}{len(digits):09}{digits}"


def latin(text: str) -> str:
    """A text as its UTF-8 bytes."""
    return text if text.isascii() else text.encode().decode("latin-1")


def unicode(text: str) -> str:
    """The text that such bytes are."""
    return text if text.isascii() else text.encode("latin-1").decode()
