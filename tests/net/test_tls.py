"""TLS: verified, and every refusal named; no secret goes to whom we do not trust."""

from __future__ import annotations

import asyncio
import ssl

import pytest
import trustme

from monitor.errors import FetchError
from monitor.net import Client
from tests.net.conftest import server_tls
from tests.peers.http import Outlet


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


# Those without forward secrecy, and one whose sum is SHA-1: servers of 2012 have no others.
@pytest.mark.parametrize("cipher", ["AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES256-SHA"])
async def test_old_ciphers_of_tls_1_2_are_spoken(cipher: str, authority: trustme.CA, trusting: Client) -> None:
    tls = server_tls(authority, "outlet.example", key=trustme.KeyType.RSA)
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.set_ciphers(cipher)
    async with Outlet(tls=tls) as old:
        old.page("/", b"old and safe")
        assert (await trusting.get(old.url("/", "outlet.example"))).body == b"old and safe"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
async def test_tls_before_1_2_is_not_spoken(version: ssl.TLSVersion, authority: trustme.CA, trusting: Client) -> None:
    tls = server_tls(authority, "outlet.example")
    tls.set_ciphers("ALL:@SECLEVEL=0")
    tls.minimum_version = tls.maximum_version = version
    async with Outlet(tls=tls) as older:
        older.page("/", b"x")
        with pytest.raises(FetchError, match=r"^(tls|connect): "):
            await trusting.get(older.url("/", "outlet.example"))
    assert older.requests == []


@pytest.mark.parametrize("cipher", ["aNULL:@SECLEVEL=0", "eNULL:@SECLEVEL=0"])
async def test_ciphers_that_hide_nothing_are_not_spoken(cipher: str, authority: trustme.CA, trusting: Client) -> None:
    tls = server_tls(authority, "outlet.example")
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    tls.set_ciphers(cipher)
    async with Outlet(tls=tls) as open_to_all:
        open_to_all.page("/", b"x")
        with pytest.raises(FetchError, match=r"^(tls|connect): "):
            await trusting.get(open_to_all.url("/", "outlet.example"))
    assert open_to_all.requests == []


async def test_a_server_that_ends_without_saying_so_is_read(secure: Outlet, trusting: Client) -> None:
    async def serve(_: object, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss></rss>")
        await writer.drain()
        below = writer.transport.get_extra_info("socket")
        below.shutdown(2)  # no close_notify: the connection below just ends
        return False

    secure.routes["/"] = serve
    assert (await trusting.get(secure.url("/", "outlet.example"))).body == b"<rss></rss>"
