"""Read the answer to a request of the pool: its status, its headers and, where it is wanted, its body."""

from __future__ import annotations

import asyncio

import aiohttp
import httpx

from monitor.errors import FetchError
from monitor.net.completeness import is_cut
from monitor.net.exchange import REDIRECTS, Reply, Request
from monitor.net.inflate import Body, coding_of
from monitor.net.lenient import BODILESS, CUT, is_framed_oddly

REFUSAL_SECONDS = 5.0
"""How long the body of an answer that refuses is waited for, where its status says enough."""


async def read_reply(response: aiohttp.ClientResponse, request: Request) -> Reply:
    """Return an answer whose headers are there, with its body decoded. Raises what the body breaks by.

    Where the status alone refuses what was posted, a body that is endless, cut or odd is an empty one.
    """
    status, headers = response.status, httpx.Headers(response.raw_headers)
    is_refusal = request.by_status and status >= 300
    try:
        async with asyncio.timeout(REFUSAL_SECONDS if is_refusal else None):
            body = await _body(response, headers, request)
    except (TimeoutError, FetchError, aiohttp.ClientError, OSError, ValueError):
        if not is_refusal:
            raise
        body = b""
    return Reply(status, headers, body, CUT if status < 300 and is_cut(body) else "")


async def _body(response: aiohttp.ClientResponse, headers: httpx.Headers, request: Request) -> bytes:
    if request.whole and is_framed_oddly(headers.get("transfer-encoding", "")):
        raise FetchError("protocol", "Transfer-Encoding does not end with chunked")
    if not request.whole or response.status in REDIRECTS or response.status in BODILESS:
        return b""
    received = Body(coding_of(headers.get("content-encoding", "")), request.largest)
    async for chunk in response.content.iter_any():
        received.feed(chunk)
    return received.finish()
