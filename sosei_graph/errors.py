"""What is said when the input is at fault: one line, where, what, and what to do."""

from functools import partial
from typing import Any

from sosei_graph.languages import Lang, Text


class SoseiError(Exception):
    """Bad input or usage (exit code 2). Anything else that is raised is a bug of ours.

    `where` is a file with its line, or a cell; `hint` says what to do next.
    """

    exit_code = 2

    def __init__(self, message: Text, *, where: str = "", hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.where = where
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        # Another process may be the one that meets bad input.
        return partial(type(self), where=self.where, hint=self.hint), (self.message,)

    def line(self, lang: Lang) -> str:
        """The error as one line in the language asked for."""
        text = self.message.in_(lang)
        if self.hint:
            text += f"（{self.hint.ja}）" if lang == "ja" else f" ({self.hint.en})"
        return " ".join(f"{self.where}: {text}".split() if self.where else text.split())

    def __str__(self) -> str:
        return self.line("en")
