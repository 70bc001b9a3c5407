"""`monitor` as people run it, but in a hurry: what waits a minute waits a second, and its clock may be ahead.

python -m tests.crash.daemon SECONDS_AHEAD run --config DIR --data DIR
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.crash.later_version import VARIABLE, become_later

SECOND = timedelta(seconds=1)


def hurry() -> None:
    """Shorten every wait that is there for the sake of others: outlets, mail servers, people."""
    from monitor.alerts import retry
    from monitor.config import values
    from monitor.fetching import host_limiter, poll_interval
    from monitor.run import shared_clock, startup
    from monitor.steps import host_turns, poll_result, read_page, storage_outage
    from monitor.steps.meanings import Meanings

    values.MIN_INTERVAL = SECOND
    poll_interval.SHORTEST = poll_interval.NETWORK_RETRY = SECOND
    startup.GAP = 0.05
    host_limiter.HUNG = 1.0
    read_page.AGAIN_AFTER = SECOND
    retry.DELAYS = (SECOND,) * len(retry.DELAYS)
    retry.ACCOUNT_PAUSE = SECOND
    storage_outage.PAUSE = 4.0
    # The model takes seconds to load, which is as long as many a life here.
    startup.open_meanings = Meanings
    # A feed at a host that others ask first.
    poll_result.PATIENCE, host_turns.BORROW_EVERY = 2.0, 0.1
    # Else that of the database would be gone by, which is never ahead.
    shared_clock._TOLERATED = timedelta(days=1)


def set_clock(ahead: timedelta) -> None:
    """Put the program's only clock ahead."""
    from monitor.run import startup

    startup.utc_now = lambda: datetime.now(UTC) + ahead


def read_only_while(flag: str) -> None:
    """Let SQLite refuse every write as long as this file is there: to root, no file is read-only."""
    import sqlalchemy as sa

    def before(conn: sa.Connection) -> None:
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql(f"PRAGMA query_only={int(Path(flag).exists())}")

    sa.event.listen(sa.Engine, "begin", before)


def end_with(parent: int) -> None:
    """End this process and all that it started once its parent is gone: a test run that is killed cannot do so."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Run the command line."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    hurry()
    set_clock(timedelta(seconds=float(sys.argv.pop(1))))
    if later := os.environ.get(VARIABLE):
        become_later(Path(later))
    if flag := os.environ.get("READ_ONLY_WHILE"):
        read_only_while(flag)
    from monitor.cli import main as command

    command()


if __name__ == "__main__":
    main()
