"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

Content = str | bytes | Iterable[bytes]
"""What a file holds, as a whole or in portions."""


def write(path: Path, content: Content) -> None:
    """Writes one file: to a temporary one beside it, then renamed. An earlier file stays until that moment."""
    write_all({path: content})


def write_all(contents: Mapping[Path, Content]) -> None:
    """Writes several files so that none is renamed into place before all of them are written.

    They are written in their order, and portions are asked for when their turn has come.
    """
    waiting: dict[Path, str] = {}
    try:
        for path, content in contents.items():
            waiting[path] = _beside(path, portions(content))
        for path, temporary in waiting.items():
            Path(temporary).replace(path)
    except OSError as error:
        raise SoseiError(
            Text(f"書き込めません（{error.strerror}）", f"cannot be written ({error.strerror})"),
            where=str(error.filename2 or path),
            hint=Text("場所と権限を確かめてください", "check the place and its permissions"),
        ) from error
    finally:
        for temporary in waiting.values():
            Path(temporary).unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Makes a folder and those above it; a file in its place is one line."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SoseiError(
            Text("フォルダーを作れません", f"the folder cannot be made ({error.strerror})"),
            where=str(path),
            hint=Text(
                "同じ名前のファイルと権限を確かめてください",
                "check for a file of that name, and the permissions",
            ),
        ) from error


def portions(content: Content) -> Iterable[bytes]:
    """The same in portions."""
    if isinstance(content, str):
        return (content.encode(),)
    return (content,) if isinstance(content, bytes) else content


def _beside(path: Path, content: Iterable[bytes]) -> str:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
        Path(temporary).chmod(0o644)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return temporary
