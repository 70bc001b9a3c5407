"""Jobs for the workers of the tests, the ill-behaved ones included."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import ParseError


def echo(argument: object) -> object:
    return argument


def resident(_: object) -> int:
    """The memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def modules(_: object) -> list[str]:
    return sorted(sys.modules)


def environment(_: object) -> dict[str, str]:
    return dict(os.environ)


def values(title: str) -> list[tuple[object, ...]]:
    return [(title, None, 1.5, (b"k",), datetime(2026, 11, 16, tzinfo=UTC)), ()]


def misbehave(how: object) -> object:
    """What the argument says: die, hang, spin, be late, eat memory, raise, print, or answer with what is no value."""
    if how == "be late":
        time.sleep(0.3)
    if how in ("die", "hang", "spin", "eat"):
        return _ruin(str(how))
    if how == "raise":
        raise RuntimeError("no\x1b[2J\nreason")
    if how == "refuse":
        raise ParseError("captcha", "prove it")
    if how == "hand back":
        return ParseError("captcha", "prove it")
    if how == "print":
        print("noise" * 1000, flush=True)
    if how == "class":
        return Evil()
    if how == "huge":
        os.write(_pipe(), b"\xff\xff\xff\xff")
    return how


def _ruin(how: str) -> object:
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "eat":
        return len(bytearray(2**30))
    while True:
        time.sleep(0 if how == "spin" else 60)


def pid(_: object) -> int:
    return os.getpid()


def _pipe() -> int:
    return max(int(link.name) for link in Path("/proc/self/fd").iterdir() if link.exists())


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)
