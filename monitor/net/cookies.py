"""Keep cookies within one chain of redirects: each is sent to the host that set it, and none after the chain."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

LONGEST = 4096  # bytes of one cookie (RFC 6265, 6.1)
ROOM = 8192
"""Bytes of all `Set-Cookie` lines of a chain: servers accept no more in a request."""


class Cookies:
    """The cookies of one chain (RFC 6265, without `Domain`: no host gets another's cookies)."""

    def __init__(self) -> None:
        self._jars: dict[bytes, httpx.Cookies] = {}
        self._room = ROOM

    def keep(self, url: httpx.URL, stated: Sequence[str]) -> None:
        """Store the `Set-Cookie` lines of an answer from `url`; those too long or too many are ignored."""
        for line in stated:
            if len(line) <= min(LONGEST, self._room) and line.isascii():
                self._room -= len(line)
                answer = httpx.Response(200, headers={"set-cookie": line}, request=httpx.Request("GET", url))
                self._jars.setdefault(url.raw_host, httpx.Cookies()).extract_cookies(answer)

    def sent_to(self, url: httpx.URL, besides: str = "") -> dict[str, str]:
        """Return the Cookie header for a request to `url` that sends other cookies besides; empty without its own."""
        if url.raw_host not in self._jars:
            return {}
        request = httpx.Request("GET", url)
        self._jars[url.raw_host].set_cookie_header(request)
        kept = request.headers.get("cookie", "")
        return {"cookie": "; ".join(filter(None, (besides, kept)))} if kept else {}
