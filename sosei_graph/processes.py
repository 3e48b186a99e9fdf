"""Work in forked processes: a job that can be ended whatever it does, and many jobs on all cores.

A fork has everything that the caller has in memory, the store included, so nothing is sent to it; what it finds
comes back through a pipe.
"""

import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, TypeVar

_Handlers = dict[signal.Signals, Any]
#: The signals that end a process from outside, where the system has them.
_ENDINGS = {signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
_PR_SET_PDEATHSIG = 1
Status = Literal["fine", "refused", "died"]

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")


def can_fork() -> bool:
    """Whether a forked copy of this process would work."""
    # A fork copies only the calling thread: locks that other threads hold would never open in the child.
    alone = threading.active_count() == 1 and threading.current_thread() is threading.main_thread()
    return hasattr(os, "fork") and alone


def here(job: Callable[[], bytes]) -> tuple[Status, bytes]:
    """The job's bytes, or what refused it, without a process of its own."""
    try:
        return "fine", job()
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return "refused", str(error).encode()


def apart(job: Callable[[], bytes]) -> tuple[Status, bytes]:
    """Runs it in a forked process, which ends with the caller's interruption or its own fault."""
    return _Child(job).reply()


def spread(work: Callable[[_Item], _Found], items: Sequence[_Item], weights: Sequence[int]) -> list[_Found]:
    """`work` done on every item, in the order of the items, on all cores where the system can fork.

    `weights` say how long the items take compared with each other. What `work` finds must be picklable. An error
    that it raises is raised here.
    """
    shares = _shares(weights, _cores()) if can_fork() else [list(range(len(items)))]
    found: dict[int, _Found] = {}
    children: list[_Child] = []
    try:
        for share in shares[1:]:
            child = _Child(partial(_dumped, work, [items[index] for index in share]))
            children.append(child)
        found.update((index, work(items[index])) for index in shares[0])
        # The last one first: each set its signal handlers over those of the one before.
        for child, share in reversed(list(zip(children, shares[1:], strict=True))):
            status, reply = child.reply()
            # What failed there is done again here, where its error can be raised.
            results = _loaded(reply) if status == "fine" else [work(items[index]) for index in share]
            found.update(zip(share, results, strict=True))
    finally:
        for child in reversed(children):
            child.end()
    return [found[index] for index in range(len(items))]


def _dumped(work: Callable[[_Item], _Found], items: Sequence[_Item]) -> bytes:
    return pickle.dumps([work(item) for item in items])


def _loaded(reply: bytes) -> Any:
    return pickle.loads(reply)  # noqa: S301  a child of ours sent it


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shares(weights: Sequence[int], workers: int) -> list[list[int]]:
    """The indices of the items in shares of about the same weight: the heaviest first, to whoever has least."""
    shares: list[list[int]] = [[] for _ in range(max(1, workers))]
    loads = [0] * len(shares)
    for index in sorted(range(len(weights)), key=lambda index: (-weights[index], index)):
        least = loads.index(min(loads))
        shares[least].append(index)
        loads[least] += weights[index]
    return [share for share in shares if share] or [[]]


class _Child:
    """A forked process that does one job and sends its bytes."""

    def __init__(self, job: Callable[[], bytes]) -> None:
        reader, writer = os.pipe()
        parent = os.getpid()
        # A signal that comes between the fork and the handlers waits for them.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
        try:
            with warnings.catch_warnings():
                # Python 3.12 counts the engine's idle worker threads; they take no part in a query.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._process = os.fork()
            if self._process == 0:
                _serve(job, reader, writer, parent)
            self._handlers = {each: signal.getsignal(each) for each in _ENDINGS}
            _end_together(self._process, self._handlers)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(writer)
        self._reader = reader

    def reply(self) -> tuple[Status, bytes]:
        """Waits for the end of the job: its bytes, or why it was refused."""
        try:
            with os.fdopen(self._reader, "rb", closefd=False) as pipe:
                sent = pipe.read()
        except BaseException:
            self.end()
            raise
        if self._ended() != 0:
            return "died", b""
        return ("fine" if sent[:1] == b"+" else "refused"), sent[1:]

    def end(self) -> None:
        """Ends the process if it still runs."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            self._ended()

    def _ended(self) -> int:
        os.close(self._reader)
        _restore(self._handlers)
        _, code = os.waitpid(self._process, 0)
        self._process = 0
        return code


def _end_together(child: int, handlers: _Handlers) -> None:
    """Lets the signals that end this process end the child first. What is ignored (`nohup`) stays so."""

    def end(number: int, _frame: object) -> None:
        os.kill(child, signal.SIGKILL)
        _restore(handlers)
        os.kill(os.getpid(), number)

    for number, handler in handlers.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, end)


def _restore(handlers: _Handlers) -> None:
    for number, handler in handlers.items():
        signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _serve(job: Callable[[], bytes], reader: int, writer: int, parent: int) -> None:
    """The child's whole life: it leaves by `os._exit`, or it would run on as a second copy of the caller."""
    code = 1
    try:
        _die_with(parent)
        _die_quietly()
        os.close(reader)
        status, payload = here(job)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write((b"+" if status == "fine" else b"-") + payload)
        code = 0
    finally:
        os._exit(code)


def _die_with(parent: int) -> None:
    """Lets signals end the child, and on Linux also the end of its parent, whatever it came from (prctl(2))."""
    for number in _ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it was gone before it could tell
            os._exit(1)


def _die_quietly() -> None:
    """No traces of stacks and no core file when the engine aborts: the caller says what happened."""
    import faulthandler
    import resource

    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
