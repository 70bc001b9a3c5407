"""`monitor` as people run it, but in a hurry: what waits a minute waits a second, and its clock may be ahead.

python -m tests.crash.daemon SECONDS_AHEAD run --config DIR --data DIR
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

SECOND = timedelta(seconds=1)


def hurry() -> None:
    """Shorten every wait that is there for the sake of others: outlets, mail servers, people."""
    from monitor.alerts import retry
    from monitor.config import values
    from monitor.fetching import visits
    from monitor.run import opening
    from monitor.steps import deliver

    values.SHORTEST_INTERVAL = SECOND
    visits.SHORTEST = visits.NETWORK_RETRY = SECOND
    opening.GAP = 0.05
    retry.DELAYS = (SECOND,) * len(retry.DELAYS)
    deliver.ACCOUNT_PAUSE = SECOND


def set_clock(ahead: timedelta) -> None:
    """Put the program's only clock ahead."""
    from monitor.run import opening

    opening.utc_now = lambda: datetime.now(UTC) + ahead


def main() -> None:
    """Run the command line."""
    hurry()
    set_clock(timedelta(seconds=float(sys.argv.pop(1))))
    from monitor.cli import main as command

    command()


if __name__ == "__main__":
    main()
