"""Keep cookies within one chain of redirects, or as long as a login: each is sent to the host that set it alone."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

LONGEST = 4096  # bytes of one cookie (RFC 6265, 6.1)
ROOM = 8192
"""Bytes of the cookies of one host: servers accept no more in a request."""


class Cookies:
    """The cookies of one chain (RFC 6265, without `Domain`: no host gets another's cookies).

    Those of hosts that have some in `kept` are read and stored there instead, and of every host while that
    `takes_hosts`. What was set over https is then sent over https only, whatever the server says.
    """

    def __init__(self, kept: Cookies | None = None) -> None:
        self.takes_hosts = False
        self._jars: dict[bytes, httpx.Cookies] = {}
        self._kept = kept

    def keep(self, url: httpx.URL, stated: Sequence[str]) -> None:
        """Store the `Set-Cookie` lines of an answer from `url`; those too long or too many are ignored."""
        if self._kept is not None and (self._kept.takes_hosts or self._kept.has_any(url)):
            self._kept.keep(url, [f"{line}; Secure" for line in stated] if url.scheme == "https" else stated)
            return
        for line in stated:
            jar = self._jars.get(url.raw_host, httpx.Cookies())
            if len(line) <= LONGEST and line.isascii() and len(line) + _size(jar) <= ROOM:
                answer = httpx.Response(200, headers={"set-cookie": line}, request=httpx.Request("GET", url))
                jar.extract_cookies(answer)
                self._jars[url.raw_host] = jar

    def has_any(self, url: httpx.URL | None) -> bool:
        """Whether the host of an address has set cookies that are still here; any host where None is given."""
        return any(self._jars.values()) if url is None else bool(self._jars.get(url.raw_host))

    def sent_to(self, url: httpx.URL, besides: str = "") -> dict[str, str]:
        """Return the Cookie header for a request to `url` that sends other cookies besides; empty without its own."""
        if self._kept is not None and self._kept.has_any(url):
            return self._kept.sent_to(url, besides)
        if url.raw_host not in self._jars:
            return {}
        request = httpx.Request("GET", url)
        self._jars[url.raw_host].set_cookie_header(request)
        kept = request.headers.get("cookie", "")
        return {"cookie": "; ".join(filter(None, (besides, kept)))} if kept else {}


def _size(jar: httpx.Cookies) -> int:
    return sum(len(cookie.name) + len(cookie.value or "") for cookie in jar.jar)
