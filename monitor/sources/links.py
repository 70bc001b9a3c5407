"""Addresses as feeds write them in; absolute http(s) addresses, or nothing, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import quote, urljoin

_LONGEST = 4_000
_UNWANTED = re.compile(r"[\x00-\x1f\x7f]+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|\Z)", re.I)


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
        address = _joined(address, base)
    return address if is_web(address) else ""


def is_web(address: str) -> bool:
    """Whether this is an http(s) address with a host."""
    scheme, _, rest = address.partition("://")
    return scheme.lower() in ("http", "https") and rest[:1] not in ("", "/", "?", "#")


def base_of(url: str, headers: Mapping[str, str]) -> str:
    """What relative addresses of a page are relative to: its Content-Location, else its own address."""
    location = headers.get("content-location", "").strip()
    if not location:
        return url
    base = _joined(location, url)
    return base if is_web(base) else url


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
