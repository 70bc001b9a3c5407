"""Parse robots.txt (RFC 9309, and `Crawl-delay`, which it does not define): what an agent may request and how fast.

Configured feeds are polled whatever it allows, but keep its crawl-delay; article pages obey it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from monitor.errors import ParseError

MAX_SIZE = 500 * 1024  # bytes that are parsed (RFC 9309, 2.5)
MAX_RULES = 10_000
MAX_DELAY = 300.0  # seconds; a longer crawl-delay is cut

# The product token has letters, `_` and `-` only (RFC 9309, 2.2.1).
_PRODUCT = re.compile(r"[a-zA-Z_-]+")
_UNQUOTED = "/%?&=+:;,@!'()~[]"
# Spellings that are common enough for Google's parser to take them, too (AllowFrequentTypos in its robots.cc).
_TYPOS = {
    **dict.fromkeys(("useragent", "user agent"), "user-agent"),
    **dict.fromkeys(("dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
}


@dataclass(frozen=True, slots=True)
class RobotsRule:
    """One `Allow` or `Disallow` line."""

    allow: bool
    pattern: str


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site for one agent, and its crawl-delay in seconds."""

    rules: tuple[RobotsRule, ...] = ()
    crawl_delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether the agent may request a path (with query): the longest rule that fits decides, `Allow` at a tie.

        RFC 9309, 2.2.2.
        """
        normalised = _normalised(path or "/")
        fitting = [(len(rule.pattern), rule.allow) for rule in self.rules if fits(rule.pattern, normalised)]
        # A tuple, so that at the same length `Allow` (True) is larger; /robots.txt is always allowed (2.2.2).
        return max(fitting, default=(0, True))[1] or normalised == "/robots.txt"


def robots_url(url: str) -> str:
    """Return the address of the robots.txt for an address."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "/robots.txt", "", ""))


def require_allowed(robots: Robots, url: str) -> None:
    """Raise ParseError where a robots.txt forbids an address of its host, which nobody configured."""
    parts = urlsplit(url)
    if not robots.allows(f"{parts.path}?{parts.query}" if parts.query else parts.path):
        raise ParseError("robots.txt", "its host asks not to read it")


def robots_of(status: int, body: bytes, agent: str) -> Robots:
    """Return the rules of an answer for robots.txt: a 4xx allows everything, a 5xx or 429 nothing for now.

    RFC 9309, 2.3.1; 429 counts as a server that is busy.
    """
    if status == 200:
        return parse(body[:MAX_SIZE].decode("utf-8", "replace"), agent)
    return Robots((RobotsRule(False, "/"),)) if status >= 500 or status == 429 else Robots()


def parse(text: str, agent: str) -> Robots:
    """Return the rules for an agent, given as its User-Agent: all its own groups, else those for `*`."""
    product = _product(agent)
    groups = list(_groups(text))
    named = [group for group in groups if product and product in group.agents]
    chosen = named or [group for group in groups if "*" in group.agents]
    rules = [rule for group in chosen for rule in group.rules]
    delays = [group.delay for group in chosen if group.delay is not None]
    return Robots(tuple(rules[:MAX_RULES]), max(delays, default=None))


@dataclass(slots=True)
class _Group:
    agents: set[str]
    rules: list[RobotsRule]
    delay: float | None = None


def _groups(text: str) -> Iterator[_Group]:
    """Yield the groups of a file: agents on successive lines share the rules that follow."""
    group: _Group | None = None
    for line in text.lstrip("\ufeff").splitlines():
        written, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = _TYPOS.get(written.lower(), written.lower()) if colon else ""
        if key == "user-agent":
            if group is None or group.rules or group.delay is not None:
                group = _Group(set(), [])
                yield group
            group.agents.add("*" if value.startswith("*") else _product(value))
        elif group is None:
            continue
        elif key in ("allow", "disallow"):
            # "Disallow:" forbids nothing, but ends the list of agents.
            group.rules.append(RobotsRule(key == "allow", _pattern(value)) if value else RobotsRule(True, ""))
        elif key == "crawl-delay":
            group.delay = _delay(value)


def _product(agent: str) -> str:
    found = _PRODUCT.match(agent.strip())
    return found[0].lower() if found else ""


def _delay(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return min(seconds, MAX_DELAY) if seconds >= 0 else None


def _pattern(value: str) -> str:
    """Return the one spelling of a rule's path: `*`, and `$` at its end, stay signs; escaped they are characters."""
    body = value.removesuffix("$")
    return "*".join(map(_normalised, body.split("*"))) + value[len(body) :]


def _normalised(path: str) -> str:
    """Return the one spelling of a path: percent-encoded where a character, `*` or `$` needs it and nowhere else."""
    parts = re.split("(%2[Ff])", path)  # an escaped slash is no slash
    return "".join(
        part.upper() if at % 2 else quote(unquote_to_bytes(part), safe=_UNQUOTED) for at, part in enumerate(parts)
    )


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern, with `*` for anything and `$` for the end, fits the beginning of a path, in linear time."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not others:
        return path == first if anchored else path.startswith(first)
    if not path.startswith(first):
        return False
    last = others.pop() if anchored else ""
    at = len(first)
    for part in others:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(path) - len(last) >= at and path.endswith(last)
