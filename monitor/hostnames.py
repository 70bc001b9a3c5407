"""Spell host names as DNS, TLS and mail do, however people write them (IDNA 2008 with the mapping of UTS 46).

Python's own codec is IDNA 2003, which makes other domains of ß, ς and the joiners of Persian and Hindi.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

_AUTHORITY = re.compile(r"(?P<before>[a-z][a-z0-9+.-]*://(?:[^/?#]*@)?)(?P<host>[^/?#@:\[\]]+)", re.IGNORECASE)
_LONGEST_HOST = 253
_NO_HOST = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^|]")  # WHATWG URL: the forbidden domain code points
# Registries of countries sell names below these: co.uk is no site, bbc.co.uk is one (publicsuffix.org lists all).
_SECOND_LEVEL_DOMAINS = frozenset({"ac", "co", "com", "edu", "gen", "go", "gov", "in", "ne", "net", "or", "org"})
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[\w-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[\w-]{0,61}[a-z0-9])?", re.ASCII)


@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """Return one host in lower case and ASCII, as browsers ask for it. Raises ValueError where it can be no domain.

    Symbols that IDNA 2008 leaves out and browsers take (emoji domains are sold) are spelled as browsers do.
    """
    if host.isascii():
        return host.lower()
    import idna  # its tables take as long as all else here, and most hosts never need them

    mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
    if _NO_HOST.search(mapped):  # a wide slash would end the host
        raise ValueError(f"{host!r} is not a host")
    return ".".join(map(_ascii_label, mapped.split(".")))


def plain_spelling(host: str) -> str:
    """Return a host as `ascii_host` does, and one that can be no domain in lower case alone."""
    try:
        return ascii_host(host)
    except ValueError:
        return host.lower()


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host that an address names, the same for every spelling of it; empty where it names none.

    In lower case and ASCII, without port and without the dot that ends an absolute name (RFC 1034, 3.1). What is longer
    than 253 characters (RFC 1035, 2.3.4) or has control characters names none: as a key of a table, PostgreSQL would
    refuse it.
    """
    try:
        host = ascii_host(urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if len(host) <= _LONGEST_HOST and host.isprintable() else ""


def registered_from(labels: list[str]) -> int:
    """Return where, among the labels of a host name, the name that somebody registered begins."""
    at = max(len(labels) - 2, 0)
    return at - 1 if at > 0 and labels[at] in _SECOND_LEVEL_DOMAINS and len(labels[-1]) == 2 else at


def site_of(url: str) -> str:
    """Return the part of a host that a publisher's feeds and pages share (bbc.co.uk of feeds.bbc.co.uk), without port.

    Empty where the address names no host.
    """
    host = host_of(url if "://" in url else f"https://{url}")
    labels = host.split(".")
    # An IP address is part of no larger site; the last label of a name is never all digits (RFC 3696, 2).
    if ":" in host or labels[-1].isdigit():
        return host
    return ".".join(labels[registered_from(labels) :])


def is_domain(text: str) -> bool:
    """Whether this can be the name of a host or mail domain, in any script."""
    try:
        return _DOMAIN.fullmatch(ascii_host(text)) is not None
    except ValueError:
        return False


def ascii_url(url: str) -> str:
    """Return the address with its host in ASCII; as it was where it names none, or none that can be spelled."""
    found = None if url.isascii() else _AUTHORITY.match(url)
    if found is None or found["host"].isascii():
        return url
    try:
        return f"{found['before']}{ascii_host(found['host'])}{url[found.end() :]}"
    except ValueError:
        return url


def _ascii_label(label: str) -> str:
    import idna

    if label.isascii():
        return label
    try:
        return idna.alabel(label).decode("ascii")
    except idna.InvalidCodepoint:
        return "xn--" + label.encode("punycode").decode("ascii")
