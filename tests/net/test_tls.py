"""TLS: verified, and every refusal named; no secret goes to whom we do not trust."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from monitor.errors import FetchError
from monitor.net import Client
from tests.net.conftest import Make
from tests.peers.http import Outlet


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


def server_tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture
async def secure(authority: trustme.CA) -> AsyncIterator[Outlet]:
    """An outlet that speaks https as outlet.example."""
    async with Outlet(tls=server_tls(authority, "outlet.example")) as peer:
        peer.page("/", b"safe")
        yield peer


@pytest.fixture
def trusting(authority: trustme.CA, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """A client on a system that trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return make()


async def test_a_trusted_certificate_is_accepted(secure: Outlet, trusting: Client) -> None:
    assert (await trusting.get(secure.url("/", "outlet.example"))).body == b"safe"


async def test_a_certificate_for_another_name_is_refused(secure: Outlet, trusting: Client) -> None:
    with pytest.raises(FetchError, match=r"tls: the certificate is not trusted: Hostname mismatch"):
        await trusting.get(secure.url("/", "other.example"))
    assert secure.requests == []


async def test_an_unknown_authority_is_refused(secure: Outlet, client: Client) -> None:
    with pytest.raises(FetchError, match=r"tls: the certificate is not trusted: unable to get local issuer") as caught:
        await client.get(secure.url("/", "outlet.example"))
    assert caught.value.reason == "tls"
    assert secure.requests == []


async def test_https_at_a_port_that_speaks_none_is_named(client: Client) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    with pytest.raises(FetchError, match=r"tls: the TLS handshake failed: WRONG_VERSION_NUMBER"):
        await client.get(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    server.close()


async def test_https_is_not_remembered_away(secure: Outlet, outlet: Outlet, trusting: Client) -> None:
    secure.redirect("/down", outlet.url("/plain", "outlet.example"), 301)
    outlet.redirect("/up", secure.url("/", "outlet.example"), 301)
    outlet.page("/plain", b"x")
    assert (await trusting.get(secure.url("/down", "outlet.example"))).moved_to is None
    assert (await trusting.get(outlet.url("/up", "outlet.example"))).moved_to == secure.url("/", "outlet.example")


async def test_credentials_do_not_follow_from_https_to_http(secure: Outlet, outlet: Outlet, trusting: Client) -> None:
    secure.redirect("/down", outlet.url("/plain", "outlet.example"))
    outlet.page("/plain", b"x")
    await trusting.get(secure.url("/down", "reader:s3cret@outlet.example").replace("[", "").replace("]", ""))
    assert "authorization" in secure.requests[0].headers
    assert "authorization" not in outlet.requests[0].headers
