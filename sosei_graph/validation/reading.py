"""Reads the WHERE of a query into `patterns`, as far as that is understood."""

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from sosei_graph.validation.literals import BOOLEAN, is_sure
from sosei_graph.validation.paths import Alternative, InTurn, Path, Repeated, Step
from sosei_graph.validation.patterns import (
    Exists,
    Filter,
    Group,
    Maybe,
    Operand,
    Other,
    Part,
    Query,
    Token,
    Triple,
    Variable,
    names_its_predicates,
    reversed_path,
)
from sosei_graph.validation.targets import TYPE, Term

_TOKEN = re.compile(
    r"""\s+|\#[^\n]*
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<var>[?$]\w+)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<tag>@[A-Za-z][\w-]*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>[A-Za-z][\w-]*:[\w.-]*\w|[A-Za-z][\w-]*:|:[\w.-]*\w)
    |(?P<word>[A-Za-z]\w*)
    |(?P<mark>\^\^|\|\||&&|!=|<=|>=|[{}()\[\].;,|/^*+?!=<>-])""",
    re.VERBOSE,
)
_ESCAPES = {"\\\\": "\\", '\\"': '"', "\\'": "'", "\\n": "\n", "\\t": "\t"}


class _UnreadError(Exception):
    """Something that is not read."""


def read(pattern: str, prefixes: Mapping[str, str]) -> Query | None:
    """The WHERE of a query from behind its opening brace; None for what is not understood."""
    try:
        reader = _Reader(tuple(_tokens(pattern)), prefixes)
        group = reader.group()
        reader.end()
    except _UnreadError:
        return None
    named = frozenset(reader.named)
    return Query(group, named if names_its_predicates(group) else None)


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found or found.end() == place:
            raise _UnreadError(text[place:])
        place = found.end()
        if found.lastgroup:
            yield Token(found.lastgroup, found[found.lastgroup])


class _Reader:
    """Reads tokens from the left; `named` are the IRIs on the way."""

    def __init__(self, tokens: tuple[Token, ...], prefixes: Mapping[str, str]) -> None:
        self._tokens, self._prefixes = tokens, prefixes
        self._place = 0
        self.named: set[Term] = {TYPE}

    def _next(self) -> Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else Token("end", "")

    def _take(self) -> Token:
        token = self._next()
        self._place += 1
        return token

    def _is(self, text: str) -> bool:
        token = self._next()
        return token.kind in {"mark", "word"} and token.text.upper() == text

    def _took(self, *texts: str) -> bool:
        start = self._place
        for text in texts:
            if not self._is(text):
                self._place = start
                return False
            self._place += 1
        return True

    def _demand(self, text: str) -> None:
        if not self._took(text):
            raise _UnreadError(self._next().text)

    def end(self) -> None:
        """Nothing follows the WHERE: no GROUP BY, which would make rows where nothing matches."""
        if self._next().kind != "end":
            raise _UnreadError(self._next().text)

    def group(self) -> Group:
        """What stands in braces, the opening one taken already."""
        group = Group()
        start = self._place
        while not self._took("}"):
            group.parts += self._part()
            self._took(".")
        for token in self._tokens[start : self._place]:
            if token.kind == "var":
                group.variables.add(token.text[1:])
        return group

    def _part(self) -> Iterator[Part]:
        if self._took("FILTER"):
            for words, wanted in ((("NOT", "EXISTS"), False), (("EXISTS",), True)):
                if self._took(*words):
                    self._demand("{")
                    yield Exists(self.group(), wanted)
                    return
            yield Filter(self._condition())
        elif self._took("OPTIONAL"):
            self._demand("{")
            yield Maybe(self.group())
        elif self._took("MINUS"):
            self._demand("{")
            yield Other("minus", (self.group(),))
        elif self._took("BIND"):
            # In a filter of nothing: what it asks for counts, what it says does not.
            yield Other("bind", (Group([Filter(self._condition())]),))
        elif self._took("{"):
            groups = [self.group()]
            while self._took("UNION"):
                self._demand("{")
                groups.append(self.group())
            yield Other("groups", tuple(groups))
        else:
            yield from self._triples()

    def _condition(self) -> tuple[Token, ...]:
        """A bracketted expression, or a function with its arguments."""
        start = self._place
        while not self._is("("):
            if self._take().kind not in {"word", "name", "iri", "mark"}:
                raise _UnreadError("condition")
        depth = 0
        while True:
            token = self._take()
            if token.kind == "end":
                raise _UnreadError("condition")
            if token.kind in {"iri", "name"}:
                self.named.add(self._iri(token))
            if token.kind == "mark":
                depth += (token.text in "({") - (token.text in ")}")
                if not depth:
                    return self._resolved(self._tokens[start : self._place])

    def _resolved(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(
            Token("iri", self._iri(token).value) if token.kind in {"iri", "name"} else token
            for token in tokens
        )

    def _iri(self, token: Token) -> ox.NamedNode:
        if token.kind == "iri":
            try:
                return ox.NamedNode(token.text[1:-1])
            except ValueError as error:
                raise _UnreadError(token.text) from error
        prefix, _, local = token.text.partition(":")
        if prefix not in self._prefixes:
            raise _UnreadError(token.text)
        return ox.NamedNode(self._prefixes[prefix] + local)

    # Triples

    def _triples(self) -> Iterator[Triple]:
        subject = self._operand()
        while True:
            variable = self._next().text if self._next().kind == "var" else None
            path = self._verb()
            while True:
                yield Triple(subject, path, self._operand(), variable)
                if not self._took(","):
                    break
            if not self._took(";") or self._is(".") or self._is("}"):
                return

    def _verb(self) -> Path | None:
        if self._next().kind == "var":
            self._take()
            return None
        return self._path()

    def _operand(self) -> Operand:
        token = self._take()
        if token.kind == "var":
            return Variable(token.text[1:])
        if token.kind in {"iri", "name"}:
            node = self._iri(token)
            self.named.add(node)
            return node
        if token.kind == "word" and token.text in {"true", "false"}:
            return ox.Literal(token.text, datatype=BOOLEAN)
        if token.kind == "text" and self._next().text != "^^":
            tag = self._take().text[1:] if self._next().kind == "tag" else None
            literal = ox.Literal(unquoted(token.text), language=tag)
            if is_sure(literal):
                return literal
        raise _UnreadError(token.text)

    def _path(self) -> Path:
        parts = [self._in_sequence()]
        while self._took("|"):
            parts.append(self._in_sequence())
        return parts[0] if len(parts) == 1 else Alternative(parts)

    def _in_sequence(self) -> Path:
        parts = [self._repeated()]
        while self._took("/"):
            parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else InTurn(parts)

    def _repeated(self) -> Path:
        backward = self._took("^")
        part = self._primary(backward=backward)
        for mark in "*+?":
            if self._took(mark):
                return Repeated(part, mark)
        return part

    def _primary(self, *, backward: bool) -> Path:
        if self._took("("):
            path = self._path()
            self._demand(")")
            return reversed_path(path) if backward else path
        token = self._take()
        if token.kind == "word" and token.text == "a":
            node: Term = TYPE
        elif token.kind in {"iri", "name"}:
            node = self._iri(token)
        else:
            raise _UnreadError(token.text)
        self.named.add(node)
        return Step(node, backward=backward)


def unquoted(text: str) -> str:
    """The text of a quoted string."""

    def plain(found: re.Match[str]) -> str:
        if found[0] not in _ESCAPES:
            raise _UnreadError(found[0])
        return _ESCAPES[found[0]]

    return re.sub(r"\\.", plain, text[1:-1])
