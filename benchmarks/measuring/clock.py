"""Seconds on the wall and of all cores, of what is to be timed and of nothing else."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Sums up what is timed in one process, and in those that it has waited for."""

    def __init__(self) -> None:
        self.wall = 0.0
        self.cpu = 0.0
        self.steps: dict[str, float] = {}

    @contextmanager
    def timed(self, step: str = "") -> Iterator[None]:
        """Times the block, and notes its seconds under the name of a step."""
        cpu, wall = cpu_seconds(), time.perf_counter()
        yield
        spent = time.perf_counter() - wall
        self.wall += spent
        self.cpu += cpu_seconds() - cpu
        if step:
            self.steps[step] = self.steps.get(step, 0.0) + spent


def cpu_seconds() -> float:
    """Of this process and of its children that have ended, in user mode and in the system."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
