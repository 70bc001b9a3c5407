"""Convert the `send:` of the files to a Cadence, and back."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import time
from difflib import get_close_matches
from itertools import takewhile
from typing import Any

from monitor.config.values import parse_clock, parse_duration, quoted, refuse, text_of, within_a_week
from monitor.model import Cadence

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKDAYS = (0, 1, 2, 3, 4)
ALL_FORMS = "at once, every 30m, hourly, daily 08:00, daily 08:00 and 16:30, workdays 08:00, weekly Mon, Thu 09:00"

_EXAMPLES = {
    "at": "at once",
    "once": "at once",
    "every": "every 30m",
    "hourly": "hourly",
    "daily": "daily 08:00",
    "workdays": "workdays 08:00",
    "weekdays": "workdays 08:00",
    "weekly": "weekly Mon 09:00",
}
_DASH = re.compile("\\s*[-\N{EN DASH}]\\s*")


def parse_cadence(value: Any) -> Cadence:
    """Parse when mails are sent.

    `at once`, `hourly`, `every` and a length of time; or days and times: `daily`, `workdays` (Monday to Friday) or
    `weekly` with days or ranges of days (`Mon, Thu`, `Sun-Thu`), then one or several times (`08:00, 13:00 and 18:00`).
    Raises PydanticCustomError with a hint for anything else.
    """
    text = text_of(value)
    words = [word for word in _DASH.sub("-", text.lower()).replace(",", " ").split() if word != "and"]
    cadence = _parse(words)
    if cadence is None:
        raise refuse(f"{quoted(text)} does not say when to send", _suggestion(words) or f"one of: {ALL_FORMS}")
    return cadence


def _parse(words: list[str]) -> Cadence | None:
    match words:
        case ["at", "once"]:
            return Cadence()
        case ["hourly"]:
            return Cadence("hourly")
        case ["every", *length] if length:
            return Cadence("every", every=within_a_week(parse_duration(" ".join(length))))
        case ["daily", *clocks] if clocks:
            return Cadence("daily", times=_times(clocks))
        case ["workdays" | "weekdays", *clocks] | ["working", "days", *clocks] if clocks:
            return Cadence("weekly", times=_times(clocks), weekdays=WORKDAYS)
        case ["weekly", *rest] if rest:
            return _weekly(rest)
    return None


def _suggestion(words: list[str]) -> str:
    """Return “did you mean …” for the kind most similar to the first word, with the other words where they fit."""
    near = get_close_matches(words[0], _EXAMPLES, n=1, cutoff=0.8) if words else []
    if not near:
        return ""
    as_written = [near[0], *words[1:]]
    with suppress(ValueError):
        if _parse(as_written):
            return f"did you mean {' '.join(as_written)}?"
    return f"did you mean {_EXAMPLES[near[0]]}?"


def show_cadence(cadence: Cadence) -> str:
    """Return a cadence as the files write it."""
    if cadence.kind == "every" and cadence.every:
        return f"every {int(cadence.every.total_seconds() // 60)}m"
    times = ", ".join(f"{at:%H:%M}" for at in cadence.times)
    if cadence.weekdays == WORKDAYS:
        return f"workdays {times}"
    days = ", ".join(WEEKDAYS[day][:3].title() for day in cadence.weekdays)
    return " ".join(part for part in (cadence.kind, days, times) if part)


def _weekly(words: list[str]) -> Cadence:
    days = list(takewhile(lambda word: not word[0].isdigit(), words))
    clocks = words[len(days) :]
    if not days or not clocks:
        raise refuse("weekly needs days and times", "weekly Mon 09:00, or weekly Mon, Thu 09:00, 15:00")
    return Cadence(
        "weekly", times=_times(clocks), weekdays=tuple(sorted({day for word in days for day in _days(word)}))
    )


def _times(words: list[str]) -> tuple[time, ...]:
    return tuple(sorted({parse_clock(word) for word in words}))


def _days(word: str) -> list[int]:
    """Return the weekdays (0 is Monday) of `mon` or `fri-mon`, which may cross the end of the week."""
    first, dash, last = word.partition("-")
    start = _weekday(first)
    length = (_weekday(last) - start) % 7 if dash else 0
    return [(start + more) % 7 for more in range(length + 1)]


def _weekday(word: str) -> int:
    days = [number for number, day in enumerate(WEEKDAYS) if len(word) >= 2 and day.startswith(word.removesuffix("."))]
    if not days:
        raise refuse(f"{quoted(word)} is not a day of the week", "Mon, Tue, Wed, Thu, Fri, Sat or Sun")
    return days[0]
