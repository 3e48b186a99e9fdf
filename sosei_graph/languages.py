"""The two languages of every label and message: Japanese and English."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, Lang] = ("ja", "en")


@dataclass(frozen=True)
class Text:
    """One message in both languages."""

    ja: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The message in the language asked for."""
        return self.ja if lang == "ja" else self.en

    def fill(self, **values: object) -> "Text":
        """The message with its ``{placeholders}`` filled; a `Text` value is filled in each language."""
        ja = {name: value.ja if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.ja.format(**ja), self.en.format(**en))


def preferred(environ: Mapping[str, str] = os.environ) -> Lang:
    """The language of the environment's locale, read in POSIX order: LC_ALL, LC_MESSAGES, LANG."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"
