"""Turn the addresses in feeds into absolute http(s) addresses."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

_LONGEST = 4_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_WWW = re.compile(r"www\.(?:[\w-]+\.)*[a-z]{2,}(?:[/?#]|\Z)", re.I)
# What publishing systems write where they have no address.
_PLACEHOLDERS = frozenset(
    {"n/a", "na", "none", "null", "nil", "undefined", "false", "nan", "-", "--", "—", "#", "?", "0"}
)
_FRONT_PATH = re.compile(r"(?:(?:index|default|home)(?:\.\w{2,5})?/*)?(?:#.*)?", re.I)
_MEDIA_FILE = re.compile(r"\.(?:mp[34]|m4[av]|ogg|opus|wav|aac|flac|mov|webm|avi|jpe?g|png|gif|webp)(?:[?#]|\Z)", re.I)
# Hosts that serve feeds for other sites: feeds.example.org, feedburner, rss.app, storage and caches.
_FEED_HOST = re.compile(r"feed|rss|atom|xml|syndicat|podcast|cdn|static|storage|proxy|amazonaws|cloudfront|\bapi\b")


def absolute(address: str, base: str) -> str:
    """Return the absolute address, resolved against `base`; empty if it is not an http(s) address."""
    address = address.strip()
    if not address.isprintable() or " " in address:
        address = _CONTROLS.sub("", address).strip().replace(" ", "%20")
    if "&amp;" in address:
        address = unescape(address)
    if not address or len(address) > _LONGEST:
        return ""
    if address[:7].lower() != "http://" and address[:8].lower() != "https://":
        address = "" if address.lower() in _PLACEHOLDERS else _joined(address, base)
    return address if is_web(address) else ""


def is_web(address: str) -> bool:
    """Tell whether this is an http(s) address with a host."""
    scheme, _, rest = address.partition("://")
    return scheme.lower() in ("http", "https") and rest[:1] not in ("", "/", "?", "#")


def is_page_address(address: str) -> bool:
    """Tell whether this is an http(s) address that does not end like a recording or a picture."""
    return is_web(address) and not _MEDIA_FILE.search(address)


def is_front_page(address: str, site: str) -> bool:
    """Tell whether an address is the site's front page, or the page that the whole feed belongs to."""
    host, _, path = _without_scheme(address).partition("/")
    home = _without_scheme(site)
    return host == home.partition("/")[0] and bool(_FRONT_PATH.fullmatch(path) or f"{host}/{path}" == home)


def base_of(url: str, site: str) -> str:
    """Return the base of a feed's relative addresses: the site's address if another host serves the feed for it.

    Otherwise it is the feed's own address; Content-Location is no base any more (RFC 9110, section 8.7).
    """
    host, home = _host(url), _host(site)
    return site if home and host != home and _FEED_HOST.search(host) else url


def _without_scheme(address: str) -> str:
    return address.partition("://")[2].lower().removeprefix("www.").rstrip("/")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _joined(address: str, base: str) -> str:
    # "www.example.org/news" lacks a scheme far more often than it is a relative path.
    if _WWW.match(address) and not base.endswith(address):
        return f"https://{address}"
    try:
        return urljoin(base, address)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
