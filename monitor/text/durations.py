"""Write spans of time in English."""

from __future__ import annotations

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def duration_text(seconds: float) -> str:
    """Return a span as people say it, in its largest unit that it has one and a half of: `40 s`, `75 min`, `3 d`."""
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= 1.5 * size), _UNITS[-1])
    return f"{round(seconds / size)} {unit}"
