"""How much longer `monitor --help` takes than an empty Python: `python -m tests.bench.start [ROUNDS]`.

The two are run in turn, so that a busy machine slows both; the least of each counts.
"""

from __future__ import annotations

import subprocess
import sys
import time

LIMIT = 0.3


def seconds(*words: str) -> float:
    """The wall-clock time of one start of Python."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main(rounds: int) -> None:
    """Print both times, their difference and their ratio; fail above the budget."""
    pairs = [(seconds("-c", "pass"), seconds("-m", "monitor", "--help")) for _ in range(rounds)]
    empty, start = (min(column) for column in zip(*pairs, strict=True))
    print(
        f"python -c pass {empty:.3f} s, monitor --help {start:.3f} s: {start - empty:+.3f} s, {start / empty:.1f} times"
    )
    sys.exit(start - empty > LIMIT)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
