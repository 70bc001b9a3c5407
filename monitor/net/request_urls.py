"""Read the addresses of requests: what is asked, what is shown, and what goes along where a redirect leads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import httpx

from monitor.errors import FetchError
from monitor.hostnames import ascii_url
from monitor.net.connections import requested_host

_PERSONAL = ("authorization", "cookie", "proxy-authorization")


@lru_cache(maxsize=4096)
def parse_address(url: str | httpx.URL) -> httpx.URL:
    """Return the parsed address; cached, since the same few thousand are requested again and again.

    Raises FetchError for what is no address of the web.
    """
    try:
        address = httpx.URL(ascii_url(url) if isinstance(url, str) else url)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise FetchError("address", "this is not a web address") from None
    if address.scheme not in ("http", "https") or not address.raw_host:
        raise FetchError("address", f"only http and https are asked, not {address.scheme[:20]!r}")
    return address


def redirect_target(current: httpx.URL, location: str) -> httpx.URL:
    """Return the next address of a redirect; credentials are kept at the same origin only, and none are taken."""
    try:
        target = current.join(ascii_url(location))
    except (httpx.InvalidURL, ValueError):
        raise FetchError("redirect", f"to something that is no address: {location[:100]!r}") from None
    target = target.copy_with(userinfo=current.userinfo if origin(target) == origin(current) else b"")
    return parse_address(target)


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address (RFC 6454)."""
    return url.scheme, requested_host(url), url.port


def without_personal(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that any host may see."""
    return {name: value for name, value in headers.items() if name.lower() not in _PERSONAL}


def may_be_remembered(first: httpx.URL, last: httpx.URL, *, personal: bool) -> bool:
    """Whether a redirect may be stored: not where credentials would be lost or stored, nor from https to http.

    `personal` says that the first address was asked with headers that go to its origin alone.
    """
    if first.userinfo or (personal and origin(first) != origin(last)):
        return False
    return last.scheme == "https" or first.scheme == "http"


def public(url: httpx.URL) -> httpx.URL:
    """Return an address without credentials and fragment."""
    return url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url


def public_text(url: httpx.URL) -> str:
    """Return an address as text, without credentials and fragment."""
    return str(public(url))
