"""Hold the clock that all steps go by, and what it says of the time in which monitor did not run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of more than two hours in which monitor did not run; what was published then is told in one mail."""

    began: datetime
    ended: datetime


@dataclass(slots=True)
class Clock:
    """`now` returns the present moment in UTC."""

    now: Callable[[], datetime]
    # The latest moment that the clock has shown: a clock that shows less was set back.
    latest: datetime | None = None
    # The time before this start in which monitor did not run, until its news are read.
    outage: Outage | None = None
