"""Addresses as feeds write them in; absolute http(s) addresses, or nothing, out."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

_LONGEST = 4_000
_UNWANTED = re.compile(r"[\x00-\x1f\x7f]+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|\Z)", re.I)
# What systems write where they have no address.
_NONE = frozenset({"n/a", "na", "none", "null", "nil", "undefined", "false", "nan", "-", "--", "—", "#", "?", "0"})
_FRONT = re.compile(r"(?:(?:index|default|home)(?:\.\w{2,5})?/*)?(?:#.*)?", re.I)
_FILE = re.compile(r"\.(?:mp[34]|m4[av]|ogg|opus|wav|aac|flac|mov|webm|avi|jpe?g|png|gif|webp)(?:[?#]|\Z)", re.I)
# Hosts that hand out feeds of sites that live elsewhere: feeds.example.org, feedburner, rss.app, storage and caches.
_FEED_HOST = re.compile(r"feed|rss|atom|xml|syndicat|podcast|cdn|static|storage|proxy|amazonaws|cloudfront|\bapi\b")


def absolute(address: str, base: str) -> str:
    """The address seen from `base`; empty when it is no http(s) address."""
    address = address.strip()
    if not address.isprintable() or " " in address:
        address = _UNWANTED.sub("", address).strip().replace(" ", "%20")
    if "&amp;" in address:
        address = unescape(address)
    if not address or len(address) > _LONGEST:
        return ""
    if address[:7].lower() != "http://" and address[:8].lower() != "https://":
        address = "" if address.lower() in _NONE else _joined(address, base)
    return address if is_web(address) else ""


def is_web(address: str) -> bool:
    """Whether this is an http(s) address with a host."""
    scheme, _, rest = address.partition("://")
    return scheme.lower() in ("http", "https") and rest[:1] not in ("", "/", "?", "#")


def names_a_page(address: str) -> bool:
    """Whether this is an http(s) address and, by its ending, that of a page and not of a recording or picture."""
    return is_web(address) and not _FILE.search(address)


def is_front(address: str, site: str) -> bool:
    """Whether an address leads to the site's front page, or to the page that the whole feed stands for."""
    host, _, path = _folded(address).partition("/")
    home = _folded(site)
    return host == home.partition("/")[0] and bool(_FRONT.fullmatch(path) or f"{host}/{path}" == home)


def base_of(url: str, site: str) -> str:
    """What relative addresses of a feed are relative to: the site's address where the feed is handed out for it by
    another host, else the feed's own (RFC 9110, 8.7: Content-Location is no base any more).
    """
    host, home = _host(url), _host(site)
    return site if home and host != home and _FEED_HOST.search(host) else url


def _folded(address: str) -> str:
    return address.partition("://")[2].lower().removeprefix("www.").rstrip("/")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _joined(address: str, base: str) -> str:
    if not address.startswith(("/", "?", "#", ".")) and _HOST.match(address) and not base.endswith(address):
        # "www.example.org/news" without its scheme, far more often than a file of that name.
        return f"https://{address}" if address.lower().startswith("www.") else _safe_join(address, base)
    return _safe_join(address, base)


def _safe_join(address: str, base: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return quote(address) if is_web(address) else ""
