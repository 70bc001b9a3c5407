"""`python3 -m monitor` in a checkout: sets itself up, then does what is asked, by default `run`."""

from __future__ import annotations

import sys

from monitor import bootstrap


def start() -> None:
    """Enter the environment that holds the dependencies, then hand over to the command line."""
    bootstrap.enter("monitor")
    from monitor.cli import main

    if len(sys.argv) == 1:
        sys.argv.append("run")
    main()


if __name__ == "__main__":
    start()
