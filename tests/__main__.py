"""`python3 -m tests` in a checkout: sets itself up with what the tests need, then runs them; options go to pytest."""

from __future__ import annotations

import os
import sys

from monitor import bootstrap


def start() -> None:
    """Enter the environment that holds the tests' dependencies, then become pytest over all cores."""
    bootstrap.enter("tests", bootstrap.DEV_LOCK)
    os.chdir(bootstrap.ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-q", "-n", "auto", *sys.argv[1:]])


if __name__ == "__main__":
    start()
