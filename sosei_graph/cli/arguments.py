"""What was typed, as text and as names of files, whatever the locale is."""

import os
from collections.abc import Sequence
from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text


def decoded(arguments: Sequence[str]) -> list[str]:
    """The arguments as text.

    In a locale that is not UTF-8, Python hands on the bytes it could not read; they are read as UTF-8. What is
    not UTF-8 either is an error.
    """
    return [_decoded(argument, place) for place, argument in enumerate(arguments, start=1)]


def _decoded(argument: str, place: int) -> str:
    if not any("\ud800" <= letter <= "\udfff" for letter in argument):
        return argument
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError as error:
        raise SoseiError(
            Text(f"{place} 番目の引数が UTF-8 ではありません", f"argument {place} is not UTF-8"),
            where="sosei",
            hint=Text(
                "端末の文字コードを UTF-8 にしてください", "set the terminal's character encoding to UTF-8"
            ),
        ) from error


def path_of(name: str) -> Path:
    """The file of that name, in the form in which this locale names files."""
    try:
        return Path(os.fsdecode(name.encode("utf-8", "surrogateescape")))
    except UnicodeError:  # the name is no text at all, and is nobody's
        return Path(name)
