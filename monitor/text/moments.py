"""Write moments for logs and terminals, which all show UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def when(moment: datetime | None) -> str:
    """Return a time in UTC, to the minute, as the log has it; “-” for None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else "-"
