"""What the machine is and which versions were measured; never what it is called."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sosei_graph

#: The distributions whose versions the page states, where they are installed.
_DISTRIBUTIONS = ("pyoxigraph", "rdflib", "pyshacl", "owlrl", "pyshacl-turbo", "pyshifty", "reasonable")


def machine() -> dict[str, str]:
    """Cores, memory, CPU, system and Python."""
    return {
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory_gib": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f}",
        "cpu": _cpu(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def versions() -> dict[str, str]:
    """Of the package and of everything that it is held against."""
    found = {"sosei-graph": sosei_graph.__version__}
    for name in _DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
