"""What a scalar of the files means: the text that the user wrote in, a typed value or a refusal with its fix out."""

from __future__ import annotations

import re
from datetime import time, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic_core import PydanticCustomError

from monitor.config.codes import COUNTRIES, LANGUAGES, country_meant, language_meant
from monitor.text import without_credentials

FOREVER = timedelta.max
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
TRUE = frozenset({"yes", "true", "on", "1"})
FALSE = frozenset({"no", "false", "off", "0"})
LONGEST_NAME = 100
SHORTEST_INTERVAL = timedelta(minutes=1)
LONGEST_INTERVAL = timedelta(days=7)

_DURATION = re.compile(r"(\d{1,9})\s*(s|m|h|d|w)[a-z]*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def refuse(message: str, hint: str = "") -> PydanticCustomError:
    """An error for pydantic that carries its hint beside the message; braces in user text stay as they are."""
    return PydanticCustomError("monitor", "{message}", {"message": message, "hint": hint})


def reason(error: ValueError) -> str:
    """A refusal in words, with its hint where it has one, for whoever answers outside the files."""
    context = getattr(error, "context", None) or {}
    message, hint = str(context.get("message", error)), context.get("hint")
    return f"{message} ({hint})" if hint else message


def nearest(word: str, choices: list[str] | tuple[str, ...]) -> str:
    """`did you mean ...` for the choice that looks most like `word`, or nothing."""
    folded = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(word.casefold()[:LONGEST_NAME], folded, n=1, cutoff=0.6)
    return f"did you mean {folded[close[0]]}?" if close else ""


def quoted(text: str) -> str:
    """User text for a message: on one line, short, in quotation marks, without the credentials of addresses."""
    flat = " ".join(without_credentials(text).split())
    return f"“{flat[:60]}…”" if len(flat) > 60 else f"“{flat}”"


def list_meant(text: str) -> str:
    """What to write where several things stand in one text: `a@b.org, c@d.org` is a list of two; nothing for one."""
    parts = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    several = len(parts) > 1 and ("://" not in text or all("://" in part for part in parts))
    return f"several are a list: [{', '.join(parts)}]" if several else ""


def text_of(value: Any) -> str:
    """A scalar's text without the space around it; anything else is refused."""
    if not isinstance(value, str):
        raise refuse(f"expected text, found {kind_of(value)}")
    return value.strip()


def kind_of(value: Any) -> str:
    """What a person calls this piece of YAML."""
    kinds: dict[type, str] = {dict: "a mapping", list: "a list", str: "text"}
    return kinds.get(type(value), "nothing")


def parse_duration(value: Any) -> timedelta:
    """`30s`, `5m`, `2h`, `400d`, `6w` or `forever` in, a span of time out."""
    text = text_of(value)
    if text.lower() == "forever":
        return FOREVER
    found = _DURATION.fullmatch(text)
    if not found:
        raise refuse(f"{quoted(text)} is not a length of time", "write a number and a unit: 30s, 5m, 2h, 400d, 6w")
    seconds = int(found[1]) * UNITS[found[2].lower()]
    return timedelta(seconds=seconds) if seconds < UNITS["d"] * 999_999 else FOREVER


def within_a_week(value: timedelta) -> timedelta:
    """An interval that is neither rude nor useless."""
    if not SHORTEST_INTERVAL <= value <= LONGEST_INTERVAL:
        raise refuse("an interval must be between 1m and 7d", "for example every 5m")
    return value


def at_least_a_day(value: timedelta) -> timedelta:
    """A time to keep things for."""
    if value < timedelta(days=1):
        raise refuse("nothing can be kept for less than a day", "for example 400d, or forever")
    return value


def parse_clock(value: Any) -> time:
    """`08:30` in, a time of day out."""
    text = text_of(value)
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise refuse(f"{quoted(text)} is not a time of day", "write hours and minutes, 00:00 to 23:59")
    return time(int(found[1]), int(found[2]))


def parse_quiet(value: Any) -> tuple[time, time] | str:
    """`22:00-07:00` in, start and end out; `no` means no quiet hours where a default has some."""
    text = text_of(value)
    if text.lower() in FALSE:
        return "none"
    start, dash, end = (part.strip() for part in text.replace("\N{EN DASH}", "-").partition("-"))
    if not dash:
        raise refuse(f"{quoted(text)} are not quiet hours", 'write start and end: "22:00-07:00", or no')
    hours = parse_clock(start), parse_clock(end)
    if hours[0] == hours[1]:
        raise refuse("quiet hours that start and end at the same time", 'write "22:00-07:00", or no')
    return hours


def parse_zone(value: Any) -> str:
    """A name of the time zone database in, the same out."""
    text = text_of(value)
    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError; a directory is an OSError
        raise refuse(f"unknown time zone {quoted(text)}", _zone_meant(text)) from None
    return text


def _zone_meant(text: str) -> str:
    zones = sorted(available_timezones())
    by_city = {zone.rpartition("/")[2]: zone for zone in zones}
    city = get_close_matches(text.replace(" ", "_").title()[:60], by_city, n=1, cutoff=0.75)
    if city:
        return f"did you mean {by_city[city[0]]}?"
    return nearest(text, zones) or "a name like Europe/Istanbul or UTC"


def parse_flag(value: Any) -> bool:
    """yes or no in any of YAML's spellings, out as a truth value."""
    text = text_of(value).lower()
    if text not in TRUE | FALSE:
        raise refuse(f"{quoted(text)} is neither yes nor no", "yes or no")
    return text in TRUE


def parse_count(value: Any) -> int:
    """A whole number from 1 up."""
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) < 1:
        raise refuse(f"{quoted(text)} is not a number from 1 to 999999", "write a whole number, for example 30")
    return int(text)


def parse_name(value: Any) -> str:
    """A name: anything on one line that can be printed."""
    text = text_of(value)
    if not text:
        raise refuse("expected a name, found nothing")
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise refuse(f"{quoted(text)} is not a name", f"one line of at most {LONGEST_NAME} printable characters")
    return text


def parse_line(value: Any) -> str:
    """Text on one line, without control characters."""
    text = " ".join(text_of(value).split())
    if not text or not text.isprintable():
        raise refuse("expected text without control characters")
    return text


def parse_language(value: Any) -> str:
    """A two- or three-letter language code (`uk`, `pt-br`) in, lower case out."""
    text = text_of(value).lower().replace("_", "-")
    if text.split("-")[0] not in LANGUAGES:
        raise refuse(f"unknown language {quoted(text_of(value))}", language_meant(text))
    return text


def parse_country(value: Any) -> str:
    """A two-letter country code in, lower case out (`no` is Norway)."""
    text = text_of(value).lower()
    if text not in COUNTRIES:
        raise refuse(f"unknown country {quoted(text_of(value))}", country_meant(text))
    return text


def parse_port(value: Any) -> int:
    """A port, 1 to 65535."""
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) not in range(1, 65536):
        raise refuse(f"{quoted(text)} is not a port", "a number from 1 to 65535, for example 587")
    return int(text)


def parse_wait(value: Any) -> bool:
    """`text`: judge on the full text; `no`: do not wait."""
    text = text_of(value).lower()
    if text not in FALSE | {"text"}:
        raise refuse(f"{quoted(text)} is nothing to wait for", "text, or no")
    return text == "text"


def parse_term(value: Any) -> str:
    """One term of a list, as queries write it."""
    text = text_of(value)
    if not text:
        raise refuse("expected a term, found nothing")
    return text


def listed(value: Any) -> Any:
    """One thing where a list is expected is a list of one."""
    return [value] if isinstance(value, str | dict) else value
