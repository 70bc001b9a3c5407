"""Cookies within one chain of redirects: each goes back to the very host that set it, and none outlives the chain."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

LONGEST = 4096  # RFC 6265, 6.1
ROOM = 8192
"""Bytes of `Set-Cookie` lines that one chain may fill: what servers take in a request is not more."""


class Cookies:
    """What the hosts of one chain want to be told again (RFC 6265, but for `Domain`: no host sees another's)."""

    def __init__(self) -> None:
        self._jars: dict[bytes, httpx.Cookies] = {}
        self._room = ROOM

    def keep(self, url: httpx.URL, stated: Sequence[str]) -> None:
        """Take the `Set-Cookie` lines of an answer from `url`, those that are too long or too many left out."""
        for line in stated:
            if len(line) <= min(LONGEST, self._room) and line.isascii():
                self._room -= len(line)
                answer = httpx.Response(200, headers={"set-cookie": line}, request=httpx.Request("GET", url))
                self._jars.setdefault(url.raw_host, httpx.Cookies()).extract_cookies(answer)

    def sent_to(self, url: httpx.URL) -> dict[str, str]:
        """The header that a request for `url` carries; empty without cookies for it."""
        if url.raw_host not in self._jars:
            return {}
        request = httpx.Request("GET", url)
        self._jars[url.raw_host].set_cookie_header(request)
        return {"cookie": request.headers["cookie"]} if "cookie" in request.headers else {}
