"""From a file to a `Reading`: one module a format, chosen by what the file holds and not by its name.

Every reader runs in a process of its own with a limit on time and memory (see `sosei_graph.processes`): no file,
however damaged or malicious, ends or stops the caller. Nothing is fetched and nothing in a document is executed.
"""

import hashlib
import importlib
import pickle
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

from sosei_graph import processes
from sosei_graph.errors import SoseiError
from sosei_graph.ingest.document import MediaType, Reading
from sosei_graph.ingest.reading.composing import Composer
from sosei_graph.ingest.reading.encodings import decoded
from sosei_graph.ingest.reading.kinds import kind_of
from sosei_graph.ingest.reading.limits import LIMITS, Limits
from sosei_graph.ingest.reading.packages import checked
from sosei_graph.languages import Text

__all__ = ["LIMITS", "Limits", "Reading", "read"]

Progress = Callable[[int, int], None]
_MB = 2**20

_DAMAGED = Text("ファイルが壊れています", "the file is damaged")
_GET_AGAIN = Text("元のファイルを取り直してください", "get the file again")


def read(path: Path, progress: Progress | None = None, limits: Limits = LIMITS) -> Reading:
    """Reads a document: PDF, DOCX, XLSX, HTML, Markdown or plain text.

    `progress` is called with the pages that are done and how many there are (files of other kinds are one page).
    Raises `SoseiError` with one line for whatever cannot be read.

        >>> reading = read(Path("plan.pdf"))                    # doctest: +SKIP
        >>> [cell.text for cell in reading.tables[0].rows()[1]]   # doctest: +SKIP
        ['転入者数', '1,234人', '1,500人']
    """
    path = Path(path)
    try:
        data = _content(path, limits)
        kind = kind_of(data, path.name)
        composer = _composer(data, kind, (limits, progress))
        text = composer.text
        if len(text) > limits.characters:
            raise limits.too_many_characters(len(text))
        if not text.strip():
            raise SoseiError(Text("文字がありません", "there is no text in the file"), hint=_GET_AGAIN)
    except SoseiError as error:
        raise SoseiError(error.message, where=error.where or str(path), hint=error.hint) from error
    if progress and kind != "pdf":
        progress(1, 1)
    return Reading(
        path,
        kind,
        text,
        hashlib.sha256(data).hexdigest(),
        tuple(composer.pages),
        tuple(composer.lines),
        tuple(composer.tables),
        tuple(composer.outline),
        tuple(composer.warnings),
        tuple(composer.torn),
    )


def _content(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise SoseiError(
                Text("フォルダーです", "it is a folder"),
                hint=Text("文書のファイルを指定してください", "give the file of a document"),
            )
        if path.exists() and not path.is_file():  # a pipe would be waited for, and a device never ends
            raise SoseiError(
                Text("ファイルではありません（パイプや装置）", "it is no file, but a pipe or a device"),
                hint=Text("保存した文書を指定してください", "give a document that is saved as a file"),
            )
        with path.open("rb") as file:
            data = file.read(limits.megabytes * _MB + 1)
            if len(data) > limits.megabytes * _MB:
                raise limits.too_large(max(path.stat().st_size / _MB, limits.megabytes + 1))
    except FileNotFoundError as error:
        raise SoseiError(
            Text("ファイルがありません", "there is no such file"),
            hint=Text("場所と名前を確かめてください", "check its place and name"),
        ) from error
    except OSError as error:
        raise SoseiError(
            Text(f"ファイルを読めません（{error.strerror}）", f"the file cannot be read ({error.strerror})"),
            hint=Text("場所と権限を確かめてください", "check the place and its permissions"),
        ) from error
    if not data.strip(b"\0 \t\r\n\f"):
        raise SoseiError(Text("ファイルが空です", "the file is empty"), hint=_GET_AGAIN)
    return data


def _composer(data: bytes, kind: MediaType, how: tuple[Limits, Progress | None]) -> Composer:
    limits, progress = how
    if kind == "pdf":
        from sosei_graph.ingest.reading import pdf

        return pdf.compose(data, partial(_apart, limits), limits, progress)
    # Imported here, once: a process for each of many documents would import it each time.
    reader = importlib.import_module(f"sosei_graph.ingest.reading.{kind}")
    reply = _apart(limits, partial(_composed, data, (kind, reader), limits))
    composer = pickle.loads(reply)  # noqa: S301  a process of ours sent it
    assert isinstance(composer, Composer)  # noqa: S101
    return composer


def _composed(data: bytes, how: tuple[MediaType, ModuleType], limits: Limits) -> bytes:
    """What the reader of a kind makes of the bytes."""
    kind, reader = how
    if kind in ("docx", "xlsx"):
        return pickle.dumps(reader.compose(checked(data, limits)))
    if kind == "html":
        return pickle.dumps(reader.compose(data))
    text = decoded(data)
    if len(text) > limits.characters:
        raise limits.too_many_characters(len(text))
    return pickle.dumps(reader.compose(text))


def _apart(limits: Limits, job: Callable[[], bytes]) -> bytes:
    """The bytes of a job that runs in a process of its own; a fault of the file is a `SoseiError`."""
    guarded = partial(_guarded, job)
    if processes.can_fork():
        status, reply = processes.apart(guarded, seconds=limits.seconds, megabytes=limits.memory_megabytes)
    else:
        status, reply = processes.beside(guarded, seconds=limits.seconds)
    if status == "late":
        raise SoseiError(
            Text(
                f"読み込みが {limits.seconds:.0f} 秒で終わりません",
                f"reading takes longer than {limits.seconds:.0f} s",
            ),
            hint=Text("必要なページだけに分けてください", "split it, and give the pages that are needed"),
        )
    if status == "large":
        raise SoseiError(
            Text(
                f"読み込みに {limits.memory_megabytes:,} MB を超えるメモリが要ります",
                f"reading needs more than {limits.memory_megabytes:,} MB of memory",
            ),
            hint=Text("必要な部分だけに分けてください", "split it, and give the part that is needed"),
        )
    if status != "fine":
        raise SoseiError(_DAMAGED, hint=_GET_AGAIN)
    if reply[:1] == b"E":
        message, hint, cause = pickle.loads(reply[1:])  # noqa: S301  a process of ours sent it
        raise SoseiError(message, hint=hint) from (RuntimeError(cause) if cause else None)
    return reply[1:]


def _guarded(job: Callable[[], bytes]) -> bytes:
    """The job's bytes after `R`, or its error after `E`: an exception does not travel between processes as it is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # the libraries warn of what a reader of the document need not know
            return b"R" + job()
    except SoseiError as error:
        return b"E" + pickle.dumps((error.message, error.hint, ""))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  what the libraries raise on a damaged file is of every kind
        cause = f"{type(error).__name__}: {error}"
        name = type(error).__name__
        message = Text(f"{_DAMAGED.ja}（{name}）", f"{_DAMAGED.en} ({name})")
        return b"E" + pickle.dumps((message, _GET_AGAIN, cause))
