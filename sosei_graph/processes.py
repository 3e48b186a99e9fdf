"""Work in forked processes: a job that can be ended whatever it does, and many jobs on all cores.

A fork has everything that the caller has in memory, the store included, so nothing is sent to it; what it finds
comes back through a pipe. Its limits are kept by the system (an alarm, a resource limit), not by the caller, so that
they hold whatever becomes of the caller.
"""

import os
import pickle
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

_Handlers = dict[signal.Signals, Any]
#: The signals that end a process from outside, where the system has them.
_ENDINGS = {signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
_SIGNALS = {*_ENDINGS, signal.SIGINT}
_PR_SET_PDEATHSIG = 1
_MB = 2**20
_LONGEST = 10**8
#: Seconds between two looks at what has been done.
_A_MOMENT = 0.2
#: What the engine's runtimes print before they abort for want of memory: Rust's and C++'s.
_NO_MEMORY = (b"memory allocation of ", b"std::bad_alloc")
#: How a job ended: done, refused by an error of its own, too late, too large, killed by the system, or broken down.
Status = Literal["fine", "refused", "late", "large", "killed", "died"]

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
    except MemoryError:
        return "large", b""
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return "refused", str(error).encode()


def apart(job: Callable[[], bytes], *, seconds: float = 0, megabytes: float = 0) -> tuple[Status, bytes]:
    """Runs it in a forked process, which ends with the caller's interruption, its own fault or at its limits.

    `megabytes` are beyond what this process has; 0 is no limit. Only Linux can limit the memory (`limits_memory`).
    """
    return _Child(job, seconds, megabytes).reply()


def beside(job: Callable[[], bytes], *, seconds: float = 0) -> tuple[Status, bytes]:
    """Runs it here, where no process can be forked, and no longer waits for it when its time is up.

    A job that is late goes on in a thread until this process ends; nothing can stop it before.
    """
    if not seconds:
        return here(job)
    replies: list[tuple[Status, bytes] | BaseException] = []

    def work() -> None:
        try:
            replies.append(here(job))
        except BaseException as error:  # noqa: BLE001 - raised again by the caller
            replies.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    end = time.monotonic() + min(seconds, _LONGEST)
    # In short waits: Windows tells of Ctrl-C only between them.
    while thread.is_alive() and (left := end - time.monotonic()) > 0:
        thread.join(min(left, 0.1))
    reply = replies[0] if replies else ("late", b"")
    if isinstance(reply, BaseException):
        raise reply
    return reply


def limits_memory() -> bool:
    """Whether the memory of a forked process can be limited here."""
    return can_fork() and _data_size() is not None


def _data_size() -> int | None:
    """The bytes of memory that this process has for itself to write in, as RLIMIT_DATA counts them: proc(5)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def spread(
    work: Callable[[_Item], _Found],
    items: Sequence[_Item],
    weights: Sequence[int],
    progress: Callable[[int], None] | None = None,
) -> list[_Found]:
    """`work` done on every item, in the order of the items, on all cores where the system can fork.

    `weights` say how long the items take compared with each other. What `work` finds must be picklable. An error
    that it raises is raised here. `progress` is told about how many are done: this process knows of its own share,
    and the others have as much to do.
    """
    shares = _shares(weights, _cores()) if can_fork() else [list(range(len(items)))]
    found: dict[int, _Found] = {}
    children: list[_Child] = []
    try:
        for share in shares[1:]:
            child = _Child(partial(_dumped, work, [items[index] for index in share]))
            children.append(child)
        for done, index in enumerate(shares[0], start=1):
            found[index] = work(items[index])
            if progress is not None:
                progress(len(items) * done // len(shares[0]))
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


def spread_apart(
    work: Callable[[_Item], _Found],
    items: Sequence[_Item],
    weights: Sequence[int],
    lost: Callable[[_Item], _Found],
    waiting: Callable[[], None] | None = None,
) -> list[_Found]:
    """The same of work that may break down the process it is done in: this one does none of it.

    The items of a process that broke down are done again one by one, each in a process of its own; `lost` says what
    stands for an item that breaks down that one too. `waiting` is called again and again until all is done.
    """
    waiting = waiting or (lambda: None)
    if not can_fork():
        return list(_one_by_one(work, items, waiting))
    found: dict[int, _Found] = {}
    shares = [share for share in _shares(weights, _cores()) if share]
    children: list[_Child] = []
    try:
        children.extend(_Child(partial(_dumped, work, [items[at] for at in share])) for share in shares)
        for child, share in reversed(list(zip(children, shares, strict=True))):
            status, reply = child.reply(waiting)
            again = partial(_alone, work, lost)
            results = (
                _loaded(reply)
                if status == "fine"
                else _one_by_one(again, [items[at] for at in share], waiting)
            )
            found.update(zip(share, results, strict=True))
    finally:
        for child in reversed(children):
            child.end()
    return [found[index] for index in range(len(items))]


def _one_by_one(
    work: Callable[[_Item], _Found], items: Iterable[_Item], waiting: Callable[[], None]
) -> Iterator[_Found]:
    for item in items:
        yield work(item)
        waiting()


def _alone(work: Callable[[_Item], _Found], lost: Callable[[_Item], _Found], item: _Item) -> _Found:
    status, reply = apart(partial(_dumped, work, [item]))
    return cast(_Found, _loaded(reply)[0]) if status == "fine" else lost(item)


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

    def __init__(self, job: Callable[[], bytes], seconds: float = 0, megabytes: float = 0) -> None:
        self._reader, writer = os.pipe()
        # What it says when it breaks down. Nobody reads along, so neither end may wait.
        self._last_words, mouth = os.pipe()
        os.set_blocking(self._last_words, False)
        os.set_blocking(mouth, False)
        parent, self._process = os.getpid(), 0
        # A signal that comes between the fork and the handlers waits for them.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            with warnings.catch_warnings():
                # Python 3.12 counts the engine's idle worker threads; they take no part in a query.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._process = os.fork()
            if self._process == 0:
                os.close(self._reader)
                _serve(partial(_within, job, seconds, megabytes), writer, mouth, parent)
            self._handlers = {each: signal.getsignal(each) for each in _ENDINGS}
            _end_together(self._process, self._handlers)
        finally:
            os.close(writer)
            os.close(mouth)
            self._let_signals_in(mask)

    def _let_signals_in(self, mask: Iterable[int]) -> None:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        except BaseException:  # Ctrl-C while it was held off
            self.end()
            raise

    def reply(self, waiting: Callable[[], None] | None = None) -> tuple[Status, bytes]:
        """Waits for the end of the job: its bytes, or why it was refused."""
        try:
            while waiting and not select.select([self._reader], [], [], _A_MOMENT)[0]:
                waiting()
            with os.fdopen(self._reader, "rb", closefd=False) as pipe:
                sent = pipe.read()
        except BaseException:
            self.end()
            raise
        return _outcome(*self._ended(), sent)

    def end(self) -> None:
        """Ends the process if it still runs."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            self._ended()

    def _ended(self) -> tuple[int, bytes]:
        """Waits for its end: the exit code, negative if it was a signal, and what it said."""
        os.close(self._reader)
        _restore(self._handlers)
        _, code = os.waitpid(self._process, 0)
        self._process = 0
        try:
            said = os.read(self._last_words, 65536)
        except BlockingIOError:
            said = b""
        os.close(self._last_words)
        return os.waitstatus_to_exitcode(code), said


def _outcome(code: int, said: bytes, sent: bytes) -> tuple[Status, bytes]:
    """How a child ended, from its exit code, its last words and what it sent."""
    if code == 0:
        status, _, payload = sent.partition(b"\n")
        return cast(Status, status.decode()), payload
    if code == -signal.SIGALRM:
        return "late", b""
    if any(words in said for words in _NO_MEMORY):
        return "large", b""
    return ("killed" if code == -signal.SIGKILL else "died"), b""


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


def _serve(job: Callable[[], bytes], writer: int, mouth: int, parent: int) -> None:
    """The child's whole life: it leaves by `os._exit`, or it would run on as a second copy of the caller."""
    code = 1
    try:
        _die_with(parent)
        _die_quietly(mouth)
        status, payload = here(job)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(status.encode() + b"\n")
            pipe.write(payload)
        code = 0
    finally:
        os._exit(code)


def _within(job: Callable[[], bytes], seconds: float, megabytes: float) -> bytes:
    """Does the job within limits that the system keeps: past its time it is killed, too much memory is not given."""
    import resource

    size = _data_size()
    if megabytes and size is not None:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = size + int(min(megabytes, _LONGEST) * _MB)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if most < 0 else min(limit, most), most))
    if seconds:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
        signal.setitimer(signal.ITIMER_REAL, min(seconds, _LONGEST))
    return job()


def _die_with(parent: int) -> None:
    """Lets signals end the child, and on Linux also the end of its parent, whatever it came from (prctl(2))."""
    # Ctrl-C reaches both; what the job is in the middle of would not let Python see it here.
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it was gone before it could tell
            os._exit(1)


def _die_quietly(mouth: int) -> None:
    """No traces of stacks and no core file when the engine aborts: the caller says what happened."""
    import faulthandler
    import resource

    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(mouth, 2)
