"""Have the C library give memory back that a large feed or digest has used (glibc; elsewhere nothing is changed)."""

from __future__ import annotations

import contextlib
import ctypes

# mallopt(3)
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE_BLOCK = 1 << 20
_KEPT_FREE = 16 << 20


def keep_heap_small() -> None:
    """Have one heap for all threads, and blocks from 1 MB on apart from it; call it before the first thread starts.

    By default each thread has a heap of its own, which keeps free what the thread once needed at most, and a freed body
    of some megabytes lets the next ones be cut from the heap, which cannot shrink below what lies behind them: with
    100,000 articles at once that was half of the process. One thread at a time runs Python, so that they do not wait
    for one heap.
    """
    with contextlib.suppress(OSError, AttributeError):
        set_option = ctypes.CDLL(None).mallopt
        for option, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE_BLOCK), (_TRIM_THRESHOLD, _KEPT_FREE)):
            set_option(option, value)
