"""Where in a Turtle file a thing stands: RDF parsers forget the line, a message needs it."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

_BLOCK = re.compile(r"^(?:<([^>\s]*)>|([\w-]*):([^\s;,]*))(?=\s|$)", re.MULTILINE)
_BELOW = re.compile(r"[\w-][^:/?]*(?:/[^./:?][^:/?]*)*")
_PREFIX = re.compile(r"^[ \t]*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_BASE = re.compile(r"^[ \t]*@?base\s+<([^>]*)>", re.MULTILINE | re.IGNORECASE)


def spellings(iri: str, prefixes: Mapping[str, str], base: str | None) -> Iterator[str]:
    """The ways in which a Turtle file with these prefixes and this base can write the IRI."""
    yield f"<{iri}>"
    if base and iri.startswith(base):
        yield f"<{iri[len(base) :]}>"
    for name, namespace in prefixes.items():
        if iri.startswith(namespace):
            yield f"{name}:{iri[len(namespace) :]}"


def lines_of_blocks(text: str, base: str) -> dict[str, int]:
    """The line, from 1, on which the block of each subject begins: one pass over a Turtle file."""
    prefixes = dict(_PREFIX.findall(text))
    base = next(iter(_BASE.findall(text)), base)
    lines: dict[str, int] = {}
    line, place = 1, 0
    for found in _BLOCK.finditer(text):
        line += text.count("\n", place, found.start())
        place = found.start()
        iri = _resolved(base, found[1]) if found[2] is None else f"{prefixes.get(found[2], '')}{found[3]}"
        lines.setdefault(iri, line)
    return lines


def line_of_block(text: str, iri: str, prefixes: Mapping[str, str], base: str | None) -> int:
    """The line on which the block of one subject begins, as `lines_of_blocks` has it; 0 where it is not found.

    It is looked for as these prefixes and this base spell it, which takes no pass over the whole file.
    """
    places = [_start_of_line(text, spelling) for spelling in spellings(iri, prefixes, base)]
    found = [place for place in places if place >= 0]
    return text.count("\n", 0, min(found)) + 1 if found else 0


def _start_of_line(text: str, word: str) -> int:
    """Where a line begins with a word, from 0; -1 if none does."""
    if text.startswith(word) and text[len(word) : len(word) + 1].strip() == "":
        return 0
    place = text.find(f"\n{word}")
    while place >= 0:
        end = place + 1 + len(word)
        if text[end : end + 1].strip() == "":
            return place + 1
        place = text.find(f"\n{word}", end)
    return -1


def _resolved(base: str, iri: str) -> str:
    """An IRI reference in full; most are a plain path below the base, which needs no parsing."""
    return base + iri if base.endswith("/") and _BELOW.fullmatch(iri) else urljoin(base, iri)


def line_of_term(
    text: str, term: str, prefixes: Mapping[str, str], base: str | None, start_line: int = 1
) -> int:
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
