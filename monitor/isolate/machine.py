"""Tell how large the machine is, or the container that we run in, and how many pages are understood at a time there."""

from __future__ import annotations

import os
from pathlib import Path

USUAL_PARSERS = 2
SMALL = 1_500_000_000
"""Bytes of memory of which less is a small machine: the daemon, its feed workers and two pages of the worst kind."""
_LIMIT = Path("/sys/fs/cgroup/memory.max")


def usual_parsers(processors: int, memory: int) -> int:
    """Return how many pages are understood at a time where the files do not say."""
    return 1 if processors < USUAL_PARSERS or memory < SMALL else USUAL_PARSERS


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory(limit_file: Path = _LIMIT) -> int:
    """Return the bytes of memory of the machine, or of the container where that has less (cgroup v2)."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = limit_file.read_text().strip()
    except OSError:
        return physical
    return min(physical, int(limit)) if limit.isdecimal() else physical
