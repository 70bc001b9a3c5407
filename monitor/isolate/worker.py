"""The other end of a pipe: jobs come in, results go out, until the pipe closes. Run as a script, never imported.

It imports nothing of this program but the job itself, so that a worker stays small.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import gc
import importlib
import json
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from operator import attrgetter
from typing import Any, BinaryIO

HEADER = struct.Struct(">I")
_DIE_WITH_PARENT = 1
_SPARE_SECONDS = 10
_CIRCLES = 50_000
_PIPE = 2**20


def main() -> None:
    """Serve the job named in the arguments: `worker.py "package.module:function" memory seconds parent sys.path`."""
    name, memory, seconds, parent, path = sys.argv[1:6]
    _die_with(int(parent))
    sys.path[:] = json.loads(path)
    _widen(0)
    _widen(1)
    inward, outward = sys.stdin.buffer, _private_output()
    try:
        job = _job(name)
    except Exception as error:
        _write(outward, _pickled((False, "crashed", f"{name} cannot be imported: {error}")))
        return
    _write(outward, _pickled((True, "ready")))
    # What is imported stays; what a page becomes is gone with it, and has next to no circles to look for.
    gc.freeze()
    gc.set_threshold(_CIRCLES)
    _limit(resource.RLIMIT_AS, int(memory))
    while message := _read(inward):
        for argument in pickle.loads(message):  # noqa: S301 - what the parent writes is trusted, not what we write
            _limit_time(float(seconds))
            _write(outward, _answer(job, argument))


def _job(name: str) -> Callable[[Any], Any]:
    module, _, function = name.partition(":")
    return attrgetter(function)(importlib.import_module(module))  # type: ignore[no-any-return]


def _die_with(parent: int) -> None:
    """Ask the kernel to end this process when its parent ends; where it cannot, the closed pipe does it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.getppid() != parent:
        sys.exit(0)


def _widen(pipe: int) -> None:
    """Let a pipe hold a few pages, so that neither side waits for the other's every 64 KB; Linux can, others need not.

    It spares a twentieth of a first poll's processor time.
    """
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _limit(what: int, amount: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (amount, amount))


def _limit_time(seconds: float) -> None:
    """A job that nobody is left to kill ends by itself: processor time, counted from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + _SPARE_SECONDS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _private_output() -> BinaryIO:
    """The pipe to the parent, out of reach of a library that prints."""
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return outward


def _read(inward: BinaryIO) -> bytes | None:
    header = inward.read(HEADER.size)
    return inward.read(HEADER.unpack(header)[0]) if len(header) == HEADER.size else None


def _write(outward: BinaryIO, message: bytes) -> None:
    outward.write(HEADER.pack(len(message)))
    outward.write(message)
    outward.flush()


def _answer(job: Callable[[Any], Any], argument: Any) -> bytes:
    """(True, value), or (False, reason, detail) for an error that the job raised or returned."""
    try:
        value = job(argument)
        if isinstance(value, Exception):
            raise value
        return _pickled((True, value))
    except MemoryError:
        return _pickled((False, "memory", "the job wanted more memory than a worker may have"))
    except RecursionError:
        return _pickled((False, "crashed", "nested too deep"))
    except Exception as error:
        reason = getattr(error, "reason", None)
        if isinstance(reason, str) and type(error).__name__ == "ParseError":
            return _pickled((False, reason, str(error).partition(": ")[2][:500]))
        return _pickled((False, "crashed", f"{type(error).__name__}: {error}"[:500]))


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


if __name__ == "__main__":
    main()
