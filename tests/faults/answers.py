"""Faults: answers of servers that curl reads."""

from __future__ import annotations

import asyncio
import os
import ssl
from pathlib import Path
from unittest import mock

import trustme

from monitor.fetching import Validators, fetch
from monitor.model import Page
from monitor.net import Client, Gate
from monitor.sources import parse
from tests.faults.check import Check
from tests.peers.http import Outlet, Request, answer_bytes

_FEED = b"<rss><channel><item><title>Peskov case</title><link>http://news.test/1</link></item></channel></rss>"


async def _read(outlet: Outlet, path: str) -> tuple[Page, Validators]:
    """The page at a path, as a poll gets it."""
    client = Client(Gate(["127.0.0.1", "localhost"]), user_agent="monitor-test")
    try:
        fetched = await fetch(client, outlet.url(path, "localhost"), Validators())
    finally:
        await client.close()
    assert fetched.page is not None
    return fetched.page, fetched.validators


def _titles(page: Page) -> list[str]:
    return [entry.title for entry in parse("feed", page).entries]


def _answers(folder: Path) -> list[tuple[str, bytes]]:
    return [(file.stem, file.read_bytes()) for file in sorted(folder.glob("*.bin"))]


async def _answers_are_read(folder: Path, _: Path) -> None:
    """Every `.bin` is served as the whole answer."""
    for name, raw in _answers(folder):
        async with Outlet() as outlet:
            outlet.raw("/f", raw)
            page, _validators = await _read(outlet, "/f")
            assert _titles(page) == ["Peskov case"], name
            assert bool(parse("feed", page).notes) == (name == "in-characters"), name


async def _a_cookie_leads_to_the_feed(_: Path, __: Path) -> None:
    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        wall = b"HTTP/1.1 302 Found\r\nSet-Cookie: seen=1; Path=/\r\nLocation: /f\r\nContent-Length: 0\r\n\r\n"
        writer.write(answer_bytes(200, _FEED, {}) if request.headers.get("cookie") == "seen=1" else wall)
        return True

    async with Outlet() as outlet:
        outlet.routes["/f"] = serve
        page, _validators = await _read(outlet, "/f")
        assert _titles(page) == ["Peskov case"]


async def _old_ciphers_are_spoken(_: Path, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    for cipher in ("AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES256-SHA"):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", key_type=trustme.KeyType.RSA).configure_cert(tls)
        tls.maximum_version = ssl.TLSVersion.TLSv1_2
        tls.set_ciphers(cipher)
        async with Outlet(tls=tls) as outlet:
            outlet.page("/f", _FEED)
            with mock.patch.dict(os.environ, {"SSL_CERT_FILE": str(tmp_path / "ca.pem")}):
                page, _validators = await _read(outlet, "/f")
            assert _titles(page) == ["Peskov case"], cipher


CHECKS: dict[str, Check] = {
    "content-length-wrong": _answers_are_read,
    "content-encoding-nonsense": _answers_are_read,
    "loose-headers": _answers_are_read,
    "gzip-without-its-end": _answers_are_read,
    "tls-without-forward-secrecy": _old_ciphers_are_spoken,
    "cookie-then-feed": _a_cookie_leads_to_the_feed,
}
