"""Describe one request of a chain of redirects and its answer, and write a request as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import httpx

from monitor.errors import FetchError
from monitor.hostnames import host_of
from monitor.net.inflate import LIMIT
from monitor.net.request_urls import origin

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEPS_METHOD = frozenset({307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a chain of redirects.

    `whole` says that the body of its answer is read, and `by_status` that an answer which refuses counts without it.
    """

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    body: bytes | None = None
    whole: bool = True
    by_status: bool = False
    largest: int = LIMIT

    def redirected(self, status: int, target: httpx.URL) -> Request:
        """Return the request that follows a redirect (RFC 9110, 15.4).

        Raises FetchError where a form would be sent to another origin.
        """
        if self.body is None:
            return replace(self, url=target)
        if status in _KEEPS_METHOD and origin(target) != origin(self.url):
            raise FetchError("redirect", f"the form would be sent on to {host_of(str(target))}")
        if status in _KEEPS_METHOD:
            return replace(self, url=target)
        headers = {name: value for name, value in self.headers.items() if name != "content-type"}
        return replace(self, method="GET", url=target, headers=headers, body=None)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: headers with lower-case names, the decoded body, and in `note` what it lacks although it is used."""

    status: int
    headers: httpx.Headers
    body: bytes
    note: str = ""

    @property
    def location(self) -> str:
        """The target of a redirect; empty for other answers."""
        stated = self.headers.get_list("location") if self.status in REDIRECTS else []
        return stated[0].strip() if stated else ""


def serialise(request: httpx.Request, target: bytes) -> bytes:
    """Return the bytes of a request over a connection that closes after the answer."""
    fields = [name + b": " + value for name, value in request.headers.raw]
    if any(b"\r" in field or b"\n" in field for field in fields):
        raise FetchError("address", "a header of the request would be two")
    return b"\r\n".join(
        [request.method.encode() + b" " + target + b" HTTP/1.1", *fields, b"Connection: close", b"", b""]
    )
