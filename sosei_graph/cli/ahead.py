"""The built graph, loaded while the rest of the program is imported: the engine needs no lock of Python's for it."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

    from sosei_graph.workspace import Workspace

_ASKING = ("query", "show")
#: What is asked elsewhere, or is no question at all.
_ELSEWHERE = ("--endpoint", "--store", "--help")


class Ahead:
    """A graph that will be wanted. Whatever goes wrong here goes wrong again, and is told, where it is wanted."""

    def __init__(self, workspace: "Workspace", digest: str) -> None:
        self._workspace = workspace
        self._found: ox.Store | None = None
        self._thread = threading.Thread(target=self._load, args=(digest,))
        self._thread.start()

    @classmethod
    def of(cls, arguments: Sequence[str]) -> "Ahead | None":
        """For arguments that begin with a question, `query NAME …` or `show THING …`, to a workspace that is built."""
        name, first = (*arguments, "", "")[:2]
        if name not in _ASKING or not first or (first != "-" and first.startswith("-")):
            return None
        if any(argument.partition("=")[0] in _ELSEWHERE for argument in arguments):
            return None
        from sosei_graph import built
        from sosei_graph.errors import SoseiError
        from sosei_graph.workspace import Workspace

        try:
            workspace = Workspace.find(_folder(arguments))
            digest = built.expected(workspace)
        except (SoseiError, OSError, ValueError):
            return None
        return cls(workspace, digest) if digest else None

    def store(self, workspace: "Workspace") -> "ox.Store | None":
        """The graph, if it is that of the workspace."""
        self.settle()
        return self._found if self._workspace == workspace else None

    def settle(self) -> None:
        """Waits until nothing runs here any more: only a program without a second thread can be forked."""
        self._thread.join()

    def _load(self, digest: str) -> None:
        from sosei_graph import built

        self._found = built.load(self._workspace, digest)


def _folder(arguments: Sequence[str]) -> Path | None:
    """What `--workspace` says; however it is written, the session reads it again and compares."""
    folder = None
    for place, argument in enumerate(arguments):
        if argument == "--workspace":
            folder = (*arguments, "")[place + 1]
        elif argument.startswith("--workspace="):
            folder = argument.partition("=")[2]
    return None if folder is None else Path(folder)
