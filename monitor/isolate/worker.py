"""Run the jobs that come through a pipe and write their results, until the pipe closes. A script, never imported.

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
_PR_SET_PDEATHSIG = 1  # prctl(2)
_GC_THRESHOLD = 50_000
_PIPE_BYTES = 2**20
_LARGE = 2**20  # bytes of a message


def main() -> None:
    """Run the job named in the arguments: `worker.py "package.module:function" memory seconds parent sys.path`.

    `memory` is in bytes, `seconds` a job's processor time, `parent` a process id, `sys.path` a JSON list.
    """
    name, memory, seconds, parent, path = sys.argv[1:6]
    _end_with_parent(int(parent))
    sys.path[:] = json.loads(path)
    _enlarge_pipe(0)
    _enlarge_pipe(1)
    job_pipe, answer_pipe = sys.stdin.buffer, _private_output()
    try:
        module, _, function = name.partition(":")
        job: Callable[[Any], Any] = attrgetter(function)(importlib.import_module(module))
    except Exception as error:
        _write(answer_pipe, _pickle((False, "crashed", f"{name} cannot be imported: {error}")))
        return
    _write(answer_pipe, _pickle((True, "ready")))
    # Imported modules stay; the objects of a page go with it and have hardly any reference cycles.
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    while message := _read(job_pipe):
        is_large = len(message) > _LARGE
        arguments = pickle.loads(message)  # noqa: S301 - the parent is trusted
        # Nothing of a message is kept while the next one is waited for.
        del message
        while arguments:
            _limit_time(float(seconds))
            answer = _answer(job, arguments.pop(0))
            _limit_time(0)
            _write(answer_pipe, answer)
            del answer
        if is_large:
            _give_memory_back()


def _end_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends; elsewhere the closed pipe ends it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.getppid() != parent:
        sys.exit(0)


def _enlarge_pipe(pipe: int) -> None:
    """Enlarge a pipe so that it holds a few pages and neither side waits for every 64 KB, where the system can (Linux).

    It saves a twentieth of a first poll's processor time.
    """
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _give_memory_back() -> None:
    """Give the system back what a large page took: the C library keeps more than half of it (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _limit_time(seconds: float) -> None:
    """End this process once it has used so many seconds of processor time from now on; 0 lifts the limit.

    The kernel sees to it, whatever the job does and whether or not a parent is left. Processor time is what a page
    costs; how long that takes depends on what else the machine does.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _private_output() -> BinaryIO:
    """Return the pipe to the parent, and redirect what libraries print to standard error."""
    answer_pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer_pipe


def _read(job_pipe: BinaryIO) -> bytes | None:
    """Return the next message, or None where the parent closed the pipe."""
    header = job_pipe.read(HEADER.size)
    return job_pipe.read(HEADER.unpack(header)[0]) if len(header) == HEADER.size else None


def _write(answer_pipe: BinaryIO, message: bytes) -> None:
    answer_pipe.write(HEADER.pack(len(message)))
    answer_pipe.write(message)
    answer_pipe.flush()


def _answer(job: Callable[[Any], Any], argument: Any) -> bytes:
    """Return the pickled (True, value), or (False, reason, detail) for an error that the job raised or returned."""
    try:
        value = job(argument)
        if isinstance(value, Exception):
            raise value
        return _pickle((True, value))
    except MemoryError:
        return _pickle((False, "memory", "the job wanted more memory than a worker may have"))
    except RecursionError:
        return _pickle((False, "crashed", "nested too deep"))
    except Exception as error:
        reason = getattr(error, "reason", None)
        if isinstance(reason, str) and type(error).__name__ == "ParseError":
            return _pickle((False, reason, str(error).partition(": ")[2][:500]))
        return _pickle((False, "crashed", f"{type(error).__name__}: {error}"[:500]))


def _pickle(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


if __name__ == "__main__":
    main()
