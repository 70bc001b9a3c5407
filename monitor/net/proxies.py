"""Tell what a configured proxy says of itself from what an outlet says through it."""

from __future__ import annotations

import base64

import httpx

from monitor.errors import FetchError

_WANTS_CREDENTIALS = 407
_GATEWAY_ERRORS = frozenset({502, 503, 504})
_OWN_HEADERS = ("x-squid-error", "proxy-agent")
"""Headers of the error pages that Squid and Privoxy write themselves."""


def basic_auth(url: httpx.URL) -> str:
    """Return the Authorization header for the credentials in an address (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{url.username}:{url.password}".encode()).decode("ascii")


def proxy_of(url: str) -> httpx.Proxy:
    """Return the proxy with its credentials as a header, since the library's way is deprecated."""
    address = httpx.URL(url)
    headers = {"proxy-authorization": basic_auth(address)} if address.userinfo else {}
    return httpx.Proxy(address.copy_with(userinfo=b""), headers=headers)


def proxy_name(proxy: httpx.Proxy) -> str:
    """Return a proxy's host with the port of its address, for messages."""
    return proxy.url.netloc.decode("ascii")


def relay_for(proxy: httpx.Proxy | None, url: httpx.URL) -> httpx.Proxy | None:
    """Return the proxy if it reads the request itself; a tunnelled one must not show the outlet its credentials."""
    return proxy if url.scheme == "http" else None


def refused(name: str, status: int = 0) -> FetchError:
    """Return the error for a proxy, by its name, that answered so instead of asking the outlet; 0 is not known."""
    told = f": {status}" if status else ""
    wish = ", it wants another user or password" if status == _WANTS_CREDENTIALS else ""
    return FetchError("proxy", " ".join(filter(None, ("the proxy", name, "refused"))) + told + wish)


def check_relayed(proxy: httpx.Proxy | None, status: int, headers: httpx.Headers) -> None:
    """Raise FetchError for an answer over plain http that is the proxy's own and not the outlet's; none without one.

    A gateway error is its own only where it says so: by the `Proxy-Status` of RFC 9209, or as well-known proxies do.
    """
    if proxy is None:
        return
    says_so = "error=" in headers.get("proxy-status", "") or any(name in headers for name in _OWN_HEADERS)
    says_so = says_so or headers.get("server", "").startswith("tinyproxy")
    if status == _WANTS_CREDENTIALS or (status in _GATEWAY_ERRORS and says_so):
        raise refused(proxy_name(proxy), status)
