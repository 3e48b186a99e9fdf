"""What every command knows: the language, the workspace, and where results and messages go."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sosei_graph.languages import LANGS, Lang, Text, preferred

if TYPE_CHECKING:
    from sosei_graph.cli.ahead import Ahead
    from sosei_graph.store.memory import Store
    from sosei_graph.workspace import Workspace


_NOT_TAKEN = Text(
    "このフォルダーの data/ は使わず、同梱のデータを使います（sosei.toml を置くと作業フォルダーになります）",
    "data/ of this folder is not used, but the data that come with the package "
    "(a sosei.toml makes the folder a workspace)",
)


@dataclass
class Session:
    """One call of `sosei`. The workspace and its store are opened when a command first asks for them."""

    lang: Lang
    folder: str | None = None
    store_folder: str | None = None
    ahead: "Ahead | None" = None
    """The store, on its way since before the command was known."""

    @classmethod
    def of(cls, arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> "Session":
        """Read `--lang`, `--workspace` and `--store` wherever they stand, before anything is parsed.

        The language of `--help` and of errors, and the questions that `sosei query` knows, depend on them.
        """
        asked = _last("--lang", arguments)
        lang = next((lang for lang in LANGS if lang == asked), preferred(environ))
        return cls(lang, _last("--workspace", arguments), _last("--store", arguments))

    @cached_property
    def workspace(self) -> "Workspace":
        """The workspace asked for, or the one that `Workspace.find` comes upon."""
        from sosei_graph.cli.arguments import path_of
        from sosei_graph.workspace import Workspace

        workspace = Workspace.find(None if self.folder is None else path_of(self.folder))
        return replace(workspace, store=path_of(self.store_folder)) if self.store_folder else workspace

    @cached_property
    def store(self) -> "Store":
        """The loaded workspace with everything that follows from it."""
        if graph := self.ahead and self.ahead.store(self.workspace):
            from sosei_graph.store.memory import Store

            return Store.of(self.workspace, graph)
        from sosei_graph.building import open_store

        return open_store(self.workspace)

    def tell_what_is_not_used(self) -> None:
        """Say so where the current folder looks like a workspace but the package's own is used."""
        from sosei_graph.console import comes_with_the_package

        if self.folder is None and comes_with_the_package(self.workspace) and Path("data").is_dir():
            self.tell(_NOT_TAKEN)

    def tell(self, message: Text) -> None:
        """Say something that is not a result, on standard error."""
        print(message.in_(self.lang), file=sys.stderr)  # noqa: T201 - this is where messages are printed


def _last(option: str, arguments: Sequence[str]) -> str | None:
    """The value of the option's last use; everything after `--` is no option."""
    value = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
        elif argument == option and position + 1 < len(arguments):
            value = arguments[position + 1]
    return value
