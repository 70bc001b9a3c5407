"""A configured proxy: everything goes through it, and the gate still has its word."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from monitor.errors import FetchError, RefusedError
from tests.net.answers import FEED, WHOLE
from tests.net.conftest import NAMES, Make, server_tls
from tests.peers.http import Outlet, Request, answer_bytes, read_request


class Proxy:
    """Answers plain requests itself and joins CONNECT to one address, whatever name is asked for."""

    def __init__(self, target_port: int = 0) -> None:
        self.requests: list[Request] = []
        self.answer = answer_bytes(200, b"by proxy", {"Connection": "close"})
        self.target_port = target_port
        self.port = 0
        self.refuses = False
        self.server: asyncio.Server | None = None

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            request = await read_request(reader)
            self.requests.append(request)
            if request.method == "CONNECT" and not self.refuses:
                await self._join(reader, writer)
            else:
                writer.write(self.answer)
                await writer.drain()
        writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.target_port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pour(reader, back), pour(there, writer))


async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """A proxy on loopback, which the operator chose: the gate does not ask who it is."""
    one = Proxy()
    server = await asyncio.start_server(one.talk, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    one.server = server
    yield one
    server.close()


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "public.example", ["8.8.8.8"])
    monkeypatch.setitem(NAMES, "inside.example", ["8.8.8.8", "10.0.0.1"])
    monkeypatch.setitem(NAMES, "other.example", ["8.8.8.8"])


async def test_requests_go_through_it_with_its_own_credentials(proxy: Proxy, make: Make) -> None:
    client = make("nothing.example", proxy=f"http://me:pass@127.0.0.1:{proxy.port}")
    assert (await client.get("http://public.example/rss")).body == b"by proxy"
    request = proxy.requests[0]
    assert (request.path, request.headers["proxy-authorization"]) == ("http://public.example/rss", "Basic bWU6cGFzcw==")


async def test_a_variant_may_go_without_it(proxy: Proxy, outlet: Outlet, make: Make) -> None:
    client = make(proxy=f"http://127.0.0.1:{proxy.port}")
    outlet.page("/rss", b"directly")
    for given, body in (("", b"directly"), (None, b"by proxy")):
        variant = client.variant(user_agent="", proxy=given, personal=lambda _: {})
        assert (await variant.get(outlet.url("/rss"))).body == body
        await variant.close()
    assert len(proxy.requests) == 1


async def test_a_name_that_only_the_proxy_knows_is_asked(proxy: Proxy, make: Make) -> None:
    client = make("nothing.example", proxy=f"http://127.0.0.1:{proxy.port}")
    assert (await client.get("http://only-outside.example/")).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "[::ffff:10.0.0.1]", "inside.example", "outlet.example"])
async def test_what_is_not_public_is_refused_all_the_same(host: str, proxy: Proxy, make: Make) -> None:
    client = make("nothing.example", proxy=f"http://127.0.0.1:{proxy.port}")
    with pytest.raises(RefusedError):
        await client.get(f"http://{host}/")
    assert proxy.requests == []


async def test_an_odd_answer_comes_through_it_too(proxy: Proxy, make: Make) -> None:
    proxy.answer = WHOLE["space before a colon"]
    client = make("nothing.example", proxy=f"http://me:pass@127.0.0.1:{proxy.port}")
    assert (await client.get("http://public.example/rss?a=1")).body == FEED
    assert {request.path for request in proxy.requests} == {"http://public.example/rss?a=1"}
    assert {request.headers["proxy-authorization"] for request in proxy.requests} == {"Basic bWU6cGFzcw=="}


@pytest.mark.parametrize("name", ["space before a colon", "bytes after the last chunk"])
async def test_an_odd_answer_is_tunnelled_too(
    name: str, proxy: Proxy, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    async with Outlet(tls=server_tls(authority, "public.example")) as outlet:
        outlet.raw("/", WHOLE[name])
        proxy.target_port = outlet.port
        client = make("nothing.example", proxy=f"http://me:pass@127.0.0.1:{proxy.port}")
        assert (await client.get("https://public.example/")).body == FEED
        assert [request.headers["proxy-authorization"] for request in proxy.requests] == ["Basic bWU6cGFzcw=="] * 2
        assert all("proxy-authorization" not in request.headers for request in outlet.requests)
        client._lenient_until[b"other.example"] = 1e12
        with pytest.raises(FetchError, match="tls: the certificate is not trusted"):
            await client.get("https://other.example/")
        await client.close()


async def test_https_is_tunnelled_and_verified(
    proxy: Proxy, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    async with Outlet(tls=server_tls(authority, "public.example")) as outlet:
        outlet.page("/", b"tunnelled")
        proxy.target_port = outlet.port
        client = make("nothing.example", proxy=f"http://me:pass@127.0.0.1:{proxy.port}")
        assert (await client.get("https://public.example/")).body == b"tunnelled"
        assert proxy.requests[0].path == "public.example:443"
        assert proxy.requests[0].headers["proxy-authorization"] == "Basic bWU6cGFzcw=="
        assert "proxy-authorization" not in outlet.requests[0].headers
        await client.close()


@pytest.mark.parametrize("url", ["http://public.example/", "https://public.example/"])
async def test_a_proxy_that_is_away_is_named_without_its_password(make: Make, url: str) -> None:
    client = make("nothing.example", proxy="http://me:pass@127.0.0.1:9")
    with pytest.raises(FetchError) as caught:
        await client.get(url)
    assert str(caught.value) == "proxy: the proxy 127.0.0.1:9 cannot be reached"


async def test_one_that_goes_away_before_the_second_reading_is_named_too(proxy: Proxy, make: Make) -> None:
    client = make("nothing.example", proxy=f"http://me:pass@127.0.0.1:{proxy.port}")
    proxy.answer = WHOLE["space before a colon"]
    await client.get("http://public.example/")
    assert proxy.server is not None
    proxy.server.close()
    for url in ("http://public.example/", "http://public.example/more"):
        with pytest.raises(FetchError) as caught:
            await client.get(url)
        assert str(caught.value) == f"proxy: the proxy 127.0.0.1:{proxy.port} cannot be reached"


@pytest.mark.parametrize("url", ["http://public.example/", "https://public.example/"])
async def test_a_proxy_that_takes_no_such_password_is_named(proxy: Proxy, make: Make, url: str) -> None:
    proxy.answer = answer_bytes(407, b"", {"Proxy-Authenticate": "Basic", "Connection": "close"})
    proxy.refuses = True
    client = make("nothing.example", proxy=f"http://me:pass@127.0.0.1:{proxy.port}")
    with pytest.raises(FetchError) as caught:
        await client.get(url)
    told = f"proxy: the proxy 127.0.0.1:{proxy.port} refused: 407, it wants another user or password"
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({"X-Squid-Error": "ERR_CONNECT_FAIL 111"}, True),
        ({"Proxy-Status": "gw; error=connection_refused"}, True),
        ({"Server": "tinyproxy/1.11.1"}, True),
        ({"Proxy-Status": "cdn; received-status=502"}, False),
        ({}, False),
    ],
)
async def test_a_gateway_error_is_the_proxys_only_where_it_says_so(
    proxy: Proxy, make: Make, headers: dict[str, str], is_own: bool
) -> None:
    proxy.answer = answer_bytes(502, b"", {**headers, "Connection": "close"})
    client = make("nothing.example", proxy=f"http://127.0.0.1:{proxy.port}")
    if not is_own:
        assert (await client.get("http://public.example/")).status == 502
        return
    with pytest.raises(FetchError, match=f"proxy: the proxy 127.0.0.1:{proxy.port} refused: 502"):
        await client.get("http://public.example/")


async def test_an_outlet_is_taken_at_its_word_without_a_proxy(make: Make) -> None:
    async with Outlet() as outlet:
        outlet.page("/", b"", status=407)
        assert (await make().get(f"http://outlet.example:{outlet.port}/")).status == 407
