"""Work in forked processes."""

import os

import pytest

from sosei_graph import processes
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text
from sosei_graph.processes import spread

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
@pytest.mark.usefixtures("three_cores")
def test_an_error_of_the_work_is_raised_here() -> None:
    """Bad input that a child meets is told by the caller, as itself, and no process is left."""

    def refuse(number: int) -> int:
        if number == 3:
            raise SoseiError(Text("だめ", "no"), where=f"{number}.ttl")
        return number

    with pytest.raises(SoseiError, match=r"3\.ttl: no"):
        spread(refuse, [1, 2, 3, 4], [4, 3, 2, 1])
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


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
def test_nothing_to_do_is_done() -> None:
    """No items, no processes, no results."""
    assert spread(double, [], []) == []


def test_one_core_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one core everything is done where it is asked for."""
    monkeypatch.setattr(processes, "_cores", lambda: 1)
    assert spread(double, [1, 2], [1, 1]) == [(2, os.getpid()), (4, os.getpid())]
