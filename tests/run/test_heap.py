"""A process that keeps its heap small has one heap, whatever its threads hold, and large blocks apart from it."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOOK = """
import ctypes, sys, threading
from monitor.run.heap import keep_heap_small
if sys.argv[1] == "small":
    keep_heap_small()
body = bytes(4 << 20)
del body
body = bytes(3 << 20)
blocks, all_have_one = [], threading.Barrier(4)
def hold():
    blocks.append(bytes(5000))
    all_have_one.wait()
threads = [threading.Thread(target=hold) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the heap is as the system has it")
def test_threads_share_a_heap_and_large_blocks_lie_apart() -> None:
    (usual, few), (shared, more) = heaps("as it is"), heaps("small")
    assert (usual > 1, shared, more > few) == (True, 1, True)


def heaps(how: str) -> tuple[int, int]:
    """Return how many heaps a process has in which four threads allocate, and how many blocks that lie apart."""
    told = subprocess.run([sys.executable, "-c", _LOOK, how], capture_output=True, text=True, check=True, timeout=60)
    if "<malloc" not in told.stdout:
        pytest.skip("the C library tells nothing of its heaps")
    apart = told.stdout.rpartition('type="mmap" count="')[2].partition('"')[0]
    return told.stdout.count("<heap "), int(apart)
