"""Runs a command and writes what it used: `python -I -S launcher.py USAGE COMMAND…`.

The system gives a process the peak memory of the one that started it, if that is higher. This one is small, so that
what it starts has a peak of its own. It imports next to nothing for that reason.
"""

import os
import sys
import time


def main(usage: str, command: list[str]) -> None:
    """Writes exit code, seconds, CPU seconds, and the peak as the system counts it, to the file."""
    start = time.perf_counter()
    process = os.fork()
    if process == 0:
        try:
            os.execv(command[0], command)  # noqa: S606 - no shell is wanted
        finally:
            os._exit(127)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    with open(usage, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib is large
        file.write(f"{code} {wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
