"""One writer or many readers: a lock on a file that ends with whoever holds it, however that ends."""

import errno
import os
import sys
import time
import weakref
from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

#: Seconds that a lock is waited for, and between two tries.
_PATIENCE = 10.0
_PAUSE = 0.05


class Lock:
    """A lock on what lies beside its file.

    Where the system has no such locks, nothing is locked; nor is it where no file can be made, as there nothing else
    can be written either.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = _opened(path)
        if self._handle is not None:
            weakref.finalize(self, os.close, self._handle)

    def share(self, patience: float | None = None) -> None:
        """For reading: others may read as well. An own lock for writing becomes one for reading."""
        self._take(patience, shared=True)

    def own(self, patience: float | None = None) -> None:
        """For writing: nobody else reads or writes. Whoever has it for more than some seconds is an error."""
        self._take(patience, shared=False)

    def _take(self, patience: float | None, *, shared: bool) -> None:
        if sys.platform == "win32" or self._handle is None:
            return
        import fcntl

        end = time.monotonic() + (_PATIENCE if patience is None else patience)
        while True:
            try:
                fcntl.flock(self._handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() < end:
                    time.sleep(_PAUSE)
                    continue
                raise SoseiError(
                    Text("別のプロセスが使っています", "another process is using it"),
                    where=str(self._path.with_suffix("")),
                    hint=Text("終わってからもう一度実行してください", "try again when it has ended"),
                ) from error
            return


def _opened(path: Path) -> int | None:
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(path, flags, 0o644)
        except OSError as error:
            if error.errno not in {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT}:
                raise
    return None
