"""Where in a Turtle file a thing stands: RDF parsers forget the line, a message needs it."""

import re
from collections.abc import Iterator, Mapping


def spellings(iri: str, prefixes: Mapping[str, str], base: str | None) -> Iterator[str]:
    """The ways in which a Turtle file with these prefixes and this base can write the IRI."""
    yield f"<{iri}>"
    if base and iri.startswith(base):
        yield f"<{iri[len(base) :]}>"
    for name, namespace in prefixes.items():
        if iri.startswith(namespace):
            yield f"{name}:{iri[len(namespace) :]}"


def line_of_block(text: str, subject: str, prefixes: Mapping[str, str], base: str | None) -> int:
    """The line, from 1, on which the block of statements about `subject` begins; 1 where it is not found."""
    for spelling in spellings(subject, prefixes, base):
        if found := re.search(rf"^{re.escape(spelling)}(?=\s|$)", text, re.MULTILINE):
            return text.count("\n", 0, found.start()) + 1
    return 1


def line_of_term(text: str, term: str, prefixes: Mapping[str, str], base: str | None, start_line: int = 1) -> int:
    """The line, from `start_line`, on which the IRI or the printed literal `term` next stands."""
    start = _offset(text, start_line)
    places = [
        found.start()
        for spelling in (*spellings(term, prefixes, base), term)
        if (found := re.compile(rf"(?<![\w:/.-]){re.escape(spelling)}(?![\w/-])").search(text, start))
    ]
    return text.count("\n", 0, min(places)) + 1 if places else start_line


def _offset(text: str, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    return offset
