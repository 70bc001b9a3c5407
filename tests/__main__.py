"""`python3 -m tests` in a checkout: sets itself up with what the tests need, then runs them; options go to pytest.

One process more than there are cores: some tests wait for processes that they stop, or for servers that fall silent.
Python keeps what it compiled, whatever the environment says: hundreds of processes are started, by tests and as tests.
"""

from __future__ import annotations

import os
import sys

from monitor import bootstrap


def start() -> None:
    """Enter the environment that holds the tests' dependencies, then become pytest in several processes."""
    bootstrap.enter("tests", bootstrap.DEV_LOCK)
    os.chdir(bootstrap.ROOT)
    processes = str((os.cpu_count() or 1) + 1)
    spread = ["-n", processes, "--dist", "worksteal"]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-q", *spread, *sys.argv[1:]])


if __name__ == "__main__":
    start()
