"""The source files: read as they stand, so that offsets into them mean the same to everyone."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.workspace import Workspace


@dataclass(frozen=True)
class Source:
    """A source file: its text, in which nothing was translated, and the SHA-256 of its bytes."""

    path: Path
    text: str
    sha256: str


def read_source(path: Path) -> Source:
    """A UTF-8 file as it is: line ends are kept and a byte order mark stays a character, for both count."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SoseiError(
            Text("原文ファイルを読めません", f"the source file cannot be read: {error.strerror}"),
            where=str(path),
            hint=Text("原文のフォルダーを確かめてください", "check the folder of the sources"),
        ) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SoseiError(
            Text("UTF-8 のテキストではありません", f"this is no UTF-8 text: byte 0x{data[error.start]:02x}"),
            where=f"{path}:{line}",
            hint=Text(
                "文書から取り出したテキストを指定してください", "give the text taken from the document"
            ),
        ) from error
    return Source(path, text, hashlib.sha256(data).hexdigest())


def digest(text: str) -> str:
    """The SHA-256 of a span's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sources_folder(workspace: Workspace, given: Path | None = None) -> Path:
    """The folder of the source files: the one given, else that of the workspace's settings."""
    folder = given or workspace.sources
    hint = Text(
        "--sources か sosei.toml の sources で指定してください",
        "give it as --sources or as sources in sosei.toml",
    )
    if folder is None:
        raise SoseiError(
            Text("原文のフォルダーが分かりません", "the folder of the sources is not known"), hint=hint
        )
    if not folder.is_dir():
        raise SoseiError(
            Text("原文のフォルダーがありません", "there is no such folder of sources"),
            where=str(folder),
            hint=hint,
        )
    return folder
