"""Parse the scalars of the files.

Each parser takes the text as written and returns a typed value, or raises PydanticCustomError with a hint (`refuse`).
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic_core import PydanticCustomError

from monitor.config.codes import COUNTRIES, LANGUAGES, country_meant, language_meant
from monitor.text import without_credentials
from monitor.text.similar_names import did_you_mean

FOREVER = timedelta.max
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
TRUE = frozenset({"yes", "true", "on", "1"})
FALSE = frozenset({"no", "false", "off", "0"})
MEANT_FLAG = {"always": "yes", "all": "yes", "every": "yes", "never": "no", "none": "no", "default": "no"}
"""What people write instead of yes and no: own list."""
MAX_NAME_CHARS = 100
MIN_INTERVAL = timedelta(minutes=1)
MAX_INTERVAL = timedelta(days=7)
MOST_PARSERS = 16
MOST_AT_ONCE = 16

_DURATION = re.compile(r"(\d{1,9})\s*(s|m|h|d|w)[a-z]*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def refuse(message: str, hint: str = "") -> PydanticCustomError:
    """Return an error for pydantic that carries a hint; braces in user text stay as they are."""
    return PydanticCustomError("monitor", "{message}", {"message": message, "hint": hint})


def reason(error: ValueError) -> str:
    """Return an error's message with its hint, for callers that do not report problems of files."""
    context = getattr(error, "context", None) or {}
    message, hint = str(context.get("message", error)), context.get("hint")
    return f"{message} ({hint})" if hint else message


def quoted(text: str) -> str:
    """Return user text for a message: one line, at most 60 characters, quoted, without the credentials of addresses."""
    flat = " ".join(without_credentials(text).split())
    return f"“{flat[:60]}…”" if len(flat) > 60 else f"“{flat}”"


def list_meant(text: str) -> str:
    """Return the hint that a text holds several values (`a@b.org, c@d.org` is a list of two), or an empty string."""
    parts = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    several = len(parts) > 1 and ("://" not in text or all("://" in part for part in parts))
    return f"several are a list: [{', '.join(parts)}]" if several else ""


def text_of(value: Any) -> str:
    """Return a scalar's text without the space around it; anything else is an error."""
    if not isinstance(value, str):
        raise refuse(f"expected text, found {kind_of(value)}")
    return value.strip()


def kind_of(value: Any) -> str:
    """Return what a person calls this kind of YAML value."""
    kinds: dict[type, str] = {dict: "a mapping", list: "a list", str: "text"}
    return kinds.get(type(value), "nothing")


def parse_duration(value: Any) -> timedelta:
    """Parse `30s`, `5m`, `2h`, `400d`, `6w` or `forever`."""
    text = text_of(value)
    if text.lower() == "forever":
        return FOREVER
    found = _DURATION.fullmatch(text)
    if not found:
        raise refuse(f"{quoted(text)} is not a length of time", "write a number and a unit: 30s, 5m, 2h, 400d, 6w")
    seconds = int(found[1]) * UNITS[found[2].lower()]
    return timedelta(seconds=seconds) if seconds < UNITS["d"] * 999_999 else FOREVER


def within_a_week(value: timedelta) -> timedelta:
    """Check that an interval is from one minute to one week."""
    if not MIN_INTERVAL <= value <= MAX_INTERVAL:
        raise refuse("an interval must be between 1m and 7d", "for example every 5m")
    return value


def within_ten_minutes(value: timedelta) -> timedelta:
    """Check that a silence is from one second to ten minutes."""
    if not timedelta(seconds=1) <= value <= timedelta(minutes=10):
        raise refuse("a silence must be between 1s and 10m", "for example 20s")
    return value


def at_least_a_day(value: timedelta) -> timedelta:
    """Check that a retention time is a day or longer."""
    if value < timedelta(days=1):
        raise refuse("nothing can be kept for less than a day", "for example 400d, or forever")
    return value


def parse_clock(value: Any) -> time:
    """Parse a time of day such as `08:30`."""
    text = text_of(value)
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise refuse(f"{quoted(text)} is not a time of day", "write hours and minutes, 00:00 to 23:59")
    return time(int(found[1]), int(found[2]))


def parse_quiet(value: Any) -> tuple[time, time] | str:
    """Parse `22:00-07:00` to start and end; `no` gives "none", which overrides a default."""
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
    """Validate a name of the time zone database (IANA) and return it."""
    text = text_of(value)
    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError; a directory is an OSError
        raise refuse(f"unknown time zone {quoted(text)}", _zone_meant(text)) from None
    return text


def parse_feed_zone(value: Any) -> str:
    """Parse the zone of a feed's clock, UTC for `no`."""
    return "UTC" if text_of(value).lower() in FALSE else parse_zone(value)


def _zone_meant(text: str) -> str:
    zones = sorted(available_timezones())
    by_city = {zone.rpartition("/")[2]: zone for zone in zones}
    city = get_close_matches(text.replace(" ", "_").title()[:60], by_city, n=1, cutoff=0.75)
    if city:
        return f"did you mean {by_city[city[0]]}?"
    return did_you_mean(text, zones) or "a name like Europe/Istanbul or UTC"


def parse_flag(value: Any) -> bool:
    """Parse yes or no in any of YAML's spellings."""
    text = text_of(value).lower()
    if text not in TRUE | FALSE:
        meant = f"did you mean {MEANT_FLAG[text]}?" if text in MEANT_FLAG else did_you_mean(text, ("yes", "no"))
        raise refuse(f"{quoted(text)} is neither yes nor no", meant or "yes or no")
    return text in TRUE


def no_flag(value: Any) -> Any:
    """Return what `fulltext` is set to; yes and no, which other keys take, are errors that say what is meant."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in TRUE | FALSE:
        raise refuse(f"{quoted(text)} is not possible here", f"did you mean {'always' if text in TRUE else 'never'}?")
    return value


def parse_count(value: Any) -> int:
    """Parse a whole number from 1 to 999,999."""
    return _number(value, 999_999, "for example 30")


def parse_parsers(value: Any) -> int:
    """Parse a number of processes from 1 to 16."""
    return _number(value, MOST_PARSERS, "for example 2")


def parse_at_once(value: Any) -> int:
    """Parse a number of requests from 1 to 16."""
    return _number(value, MOST_AT_ONCE, "for example 4")


def _number(value: Any, most: int, example: str) -> int:
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) not in range(1, most + 1):
        raise refuse(f"{quoted(text)} is not a number from 1 to {most}", f"write a whole number, {example}")
    return int(text)


def parse_name(value: Any) -> str:
    """Validate a name: one line of printable characters."""
    text = text_of(value)
    if not text:
        raise refuse("expected a name, found nothing")
    if len(text) > MAX_NAME_CHARS or not text.isprintable():
        raise refuse(f"{quoted(text)} is not a name", f"one line of at most {MAX_NAME_CHARS} printable characters")
    return text


def parse_line(value: Any) -> str:
    """Return a text as one line; control characters are an error."""
    text = " ".join(text_of(value).split())
    if not text:
        raise refuse("this text is empty", "write one, or take the key out")
    if not text.isprintable():
        raise refuse("expected text without control characters")
    return text


def parse_language(value: Any) -> str:
    """Parse a language code (`uk`, `pt-br`) and return it in lower case."""
    text = text_of(value).lower().replace("_", "-")
    if text.split("-")[0] not in LANGUAGES:
        raise refuse(f"unknown language {quoted(text_of(value))}", language_meant(text))
    return text


def parse_country(value: Any) -> str:
    """Parse a two-letter country code and return it in lower case (`no` is Norway)."""
    text = text_of(value).lower()
    if text not in COUNTRIES:
        raise refuse(f"unknown country {quoted(text_of(value))}", country_meant(text))
    return text


def parse_port(value: Any) -> int:
    """Parse a port from 1 to 65535."""
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) not in range(1, 65536):
        raise refuse(f"{quoted(text)} is not a port", "a number from 1 to 65535, for example 587")
    return int(text)


def parse_wait(value: Any) -> bool:
    """Parse what a rule waits for: true for `text`, false for `no`."""
    text = text_of(value).lower()
    if text not in FALSE | {"text"}:
        raise refuse(f"{quoted(text)} is nothing to wait for", "text, or no")
    return text == "text"


def parse_meaning(value: Any) -> bool:
    """Parse whether articles are compared by what they mean: true for `auto` (where the extra is there), or `no`."""
    text = text_of(value).lower()
    if text not in FALSE | {"auto"}:
        raise refuse(f"{quoted(text)} does not say whether meanings are compared", "auto, or no")
    return text == "auto"


def parse_term(value: Any) -> str:
    """Validate one term of a list."""
    text = text_of(value)
    if not text:
        raise refuse("expected a term, found nothing")
    return text


def as_list(value: Any) -> Any:
    """Return a single value as a list of one."""
    return [value] if isinstance(value, str | dict) else value
