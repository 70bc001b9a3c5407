"""Format moments for the readers of mails, in their zone and with its name."""

from __future__ import annotations

from datetime import UTC, datetime, time

from monitor.alerts.schedule import zone

# Written out because strftime's names depend on the locale of the machine.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def clock(moment: datetime, timezone: str) -> str:
    """Format as `14:05 Europe/Istanbul (+03)`."""
    local = moment.astimezone(zone(timezone))
    return f"{local:%H:%M} {_zone_name(local, timezone)}"


def is_day(moment: datetime) -> bool:
    """Tell whether a moment stands for a whole day: a date without a time is stored as midnight in UTC."""
    return moment.astimezone(UTC).time() == time()


def full(moment: datetime, timezone: str) -> str:
    """Format as `Mon 23 November 2026, 14:05 Europe/Istanbul (+03)`; a whole day as its date alone."""
    return day(moment, "UTC") if is_day(moment) else f"{day(moment, timezone)}, {clock(moment, timezone)}"


def day(moment: datetime, timezone: str) -> str:
    """Format as `Mon 23 November 2026`."""
    local = moment.astimezone(zone(timezone))
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"


def brief(moment: datetime, timezone: str, now: datetime) -> str:
    """Format as `23 Nov 14:05`, for lists whose heading names the zone; `3 Mar 2015 14:05` in another year than now."""
    local = moment.astimezone(UTC if is_day(moment) else zone(timezone))
    year = "" if local.year == now.astimezone(zone(timezone)).year else f" {local.year}"
    date = f"{local.day} {MONTHS[local.month - 1][:3]}{year}"
    return date if is_day(moment) else f"{date} {local:%H:%M}"


def zone_of(moment: datetime, timezone: str) -> str:
    """Format the zone as `Europe/Istanbul (+03)`."""
    return _zone_name(moment.astimezone(zone(timezone)), timezone)


def _zone_name(local: datetime, timezone: str) -> str:
    key = getattr(local.tzinfo, "key", timezone)
    offset = f"{local:%z}"
    offset = offset[:3] if offset.endswith("00") else f"{offset[:3]}:{offset[3:5]}"
    return "UTC" if key == "UTC" else f"{key} ({offset})"
