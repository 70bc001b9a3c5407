"""Write moments for logs and terminals, which show UTC, and the zone in which somebody types times, beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def when(moment: datetime | None) -> str:
    """Return a time in UTC, to the minute, as the log has it; “-” for None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else "-"


def when_typed(moment: datetime, zone: str) -> str:
    """Return a time as who types times in this zone reads it, to the minute, and in UTC; a zone must be a known one."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.utcoffset() == timedelta():
        return when(moment)
    return f"{local:%Y-%m-%d %H:%M} {zone} ({when(moment)})"
