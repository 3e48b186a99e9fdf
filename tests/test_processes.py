"""Work in forked processes."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from sosei_graph import processes
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.processes import apart, beside, spread, spread_apart

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


@pytest.fixture
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine with three cores."""
    monkeypatch.setattr(processes, "_cores", lambda: 3)


def double(number: int) -> tuple[int, int]:
    """The double, and the process that found it."""
    return 2 * number, os.getpid()


@forking
@pytest.mark.usefixtures("three_cores")
def test_work_is_spread_over_processes_and_comes_back_in_order() -> None:
    """Each core has a process, and the results stand in the order of the items."""
    found = spread(double, [5, 1, 4, 2, 3], [5, 1, 4, 2, 3])
    assert [number for number, _ in found] == [10, 2, 8, 4, 6]
    assert len({process for _, process in found}) == 3


@forking
@pytest.mark.usefixtures("three_cores")
def test_the_heaviest_items_go_to_different_processes() -> None:
    """No process gets two heavy items while another has only light ones."""
    found = spread(double, [1, 2, 3, 4, 5], [90, 80, 70, 1, 1])
    assert len({process for _, process in found[:3]}) == 3


@forking
@pytest.mark.usefixtures("three_cores", "no_process_is_left")
def test_an_error_of_the_work_is_raised_here() -> None:
    """Bad input that a child meets is told by the caller, as itself, and no process is left."""

    def refuse(number: int) -> int:
        if number == 3:
            raise SoseiError(Text("だめ", "no"), where=f"{number}.ttl")
        return number

    with pytest.raises(SoseiError, match=r"3\.ttl: no"):
        spread(refuse, [1, 2, 3, 4], [4, 3, 2, 1])


@forking
@pytest.mark.usefixtures("three_cores")
def test_an_item_whose_process_dies_is_done_again() -> None:
    """The death of a child costs time, not results."""
    parent = os.getpid()

    def fall(number: int) -> int:
        if os.getpid() != parent:
            os._exit(9)
        return number

    assert spread(fall, [1, 2, 3], [3, 2, 1]) == [1, 2, 3]


@pytest.mark.usefixtures("three_cores")
@forking
@pytest.mark.usefixtures("three_cores", "no_process_is_left")
def test_an_item_that_breaks_processes_down_takes_no_other_with_it() -> None:
    """Work that kills its process costs its own result and no other, and never this process."""
    caller = os.getpid()

    def work(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        assert os.getpid() != caller
        return 2 * number

    looks: list[None] = []
    found = spread_apart(
        work, [1, 2, 3, 4, 5, 6, 7], [1] * 7, lambda number: -number, lambda: looks.append(None)
    )
    assert found == [2, 4, -3, 8, 10, 12, 14]
    assert looks


def test_nothing_to_do_is_done() -> None:
    """No items, no processes, no results."""
    assert spread(double, [], []) == []


def test_one_core_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one core everything is done where it is asked for."""
    monkeypatch.setattr(processes, "_cores", lambda: 1)
    assert spread(double, [1, 2], [1, 1]) == [(2, os.getpid()), (4, os.getpid())]


# Limits


@forking
@pytest.mark.usefixtures("no_process_is_left")
@pytest.mark.parametrize("disposition", [signal.SIG_DFL, signal.SIG_IGN])
def test_a_job_ends_with_its_time(disposition: signal.Handlers) -> None:
    """The system ends it, whatever the caller does with alarms, and leaves no process."""
    before = signal.signal(signal.SIGALRM, disposition)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    try:
        assert apart(lambda: bytes(threading.Event().wait(60)), seconds=0.05) == ("late", b"")
        assert apart(lambda: b"done", seconds=60) == ("fine", b"done")
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGALRM, before)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.skipif(not processes.limits_memory(), reason="the system cannot limit the memory")
def test_memory_is_counted_from_what_the_caller_has() -> None:
    """A caller that holds much itself gives a job no less, and is not limited."""
    held = bytearray(200 * 2**20)
    assert apart(lambda: b"%d" % len(bytearray(20 * 2**20)), megabytes=50) == ("fine", b"20971520")
    assert apart(lambda: bytes(80 * 2**20), megabytes=50) == ("large", b"")
    assert len(bytes(80 * 2**20)) + len(held) == 280 * 2**20


@forking
@pytest.mark.parametrize(
    ("last", "status"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "killed"),
        (os.abort, "died"),
        (lambda: os._exit(3), "died"),
        (lambda: os.write(2, b"memory allocation of 240 bytes failed\n") and os.abort(), "large"),
        (lambda: os.write(2, b"x" * 10**6) and os.abort(), "died"),
    ],
)
def test_how_a_job_ended_is_told(last: Callable[[], object], status: str) -> None:
    """By the signal and its last words, of which it may say more than anybody reads."""
    assert apart(lambda: bytes(str(last()), "ascii")) == (status, b"")


def test_a_job_in_place_is_not_waited_for_forever() -> None:
    """It goes on, but whoever asked is told; what it raises in time is raised here."""
    gate = threading.Event()
    try:
        assert beside(lambda: bytes(gate.wait(60)), seconds=0.05) == ("late", b"")
    finally:
        gate.set()
    assert beside(lambda: b"done", seconds=60) == ("fine", b"done")
    assert beside(lambda: b"done") == ("fine", b"done")
    with pytest.raises(ZeroDivisionError):
        beside(lambda: bytes(1 // 0), seconds=60)
