"""Moments as a reader sees them: a time and a zone in, words with the zone's name out."""

from __future__ import annotations

from datetime import UTC, datetime, time

from monitor.alerts.schedule import zone

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


def is_day(moment: datetime) -> bool:
    """Whether it stands for a whole day: what is given as a date without a time is kept as midnight in UTC."""
    return moment.astimezone(UTC).time() == time()


def full(moment: datetime, timezone: str) -> str:
    """`Mon 23 November 2026, 14:05 Europe/Istanbul (+03)`; of a whole day only its date."""
    return day(moment, "UTC") if is_day(moment) else f"{day(moment, timezone)}, {clock(moment, timezone)}"


def day(moment: datetime, timezone: str) -> str:
    """`Mon 23 November 2026`."""
    local = moment.astimezone(zone(timezone))
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"


def brief(moment: datetime, timezone: str, now: datetime) -> str:
    """`23 Nov 14:05`, for lists whose head names the zone; `3 Mar 2015 14:05` where the year is another than now."""
    local = moment.astimezone(UTC if is_day(moment) else zone(timezone))
    year = "" if local.year == now.astimezone(zone(timezone)).year else f" {local.year}"
    date = f"{local.day} {MONTHS[local.month - 1][:3]}{year}"
    return date if is_day(moment) else f"{date} {local:%H:%M}"


def zone_of(moment: datetime, timezone: str) -> str:
    """`Europe/Istanbul (+03)`."""
    return _zone_name(moment.astimezone(zone(timezone)), timezone)


def _zone_name(local: datetime, timezone: str) -> str:
    key = getattr(local.tzinfo, "key", timezone)
    offset = f"{local:%z}"
    offset = offset[:3] if offset.endswith("00") else f"{offset[:3]}:{offset[3:5]}"
    return "UTC" if key == "UTC" else f"{key} ({offset})"
