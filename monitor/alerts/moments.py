"""Moments as a reader sees them: a time and a zone in, words with the zone's name out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from monitor.alerts.schedule import zone

Show = Callable[[datetime, str], str]  # how a moment is written for a zone

# Our own names: strftime's follow the locale of the machine.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def clock(moment: datetime, timezone: str) -> str:
    """`14:05 Europe/Istanbul (+03)`."""
    local = moment.astimezone(zone(timezone))
    return f"{local:%H:%M} {_zone_name(local, timezone)}"


def full(moment: datetime, timezone: str) -> str:
    """`Mon 23 November 2026, 14:05 Europe/Istanbul (+03)`."""
    return f"{day(moment, timezone)}, {clock(moment, timezone)}"


def day(moment: datetime, timezone: str) -> str:
    """`Mon 23 November 2026`."""
    local = moment.astimezone(zone(timezone))
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"


def brief(moment: datetime, timezone: str) -> str:
    """`23 Nov 14:05`, for lists whose head names the zone."""
    local = moment.astimezone(zone(timezone))
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local:%H:%M}"


def zone_of(moment: datetime, timezone: str) -> str:
    """`Europe/Istanbul (+03)`."""
    return _zone_name(moment.astimezone(zone(timezone)), timezone)


def _zone_name(local: datetime, timezone: str) -> str:
    key = getattr(local.tzinfo, "key", timezone)
    offset = f"{local:%z}"
    offset = offset[:3] if offset.endswith("00") else f"{offset[:3]}:{offset[3:5]}"
    return "UTC" if key == "UTC" else f"{key} ({offset})"
