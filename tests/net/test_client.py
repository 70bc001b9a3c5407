"""The client against a real server: what goes out, what comes in, and every way in which it can go wrong."""

from __future__ import annotations

import asyncio
import gzip
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.net import Client
from tests.net.conftest import Make
from tests.peers.http import Outlet, Request, answer_bytes


async def fails(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await client.get(url)
    return caught.value


async def test_a_page_comes_whole(outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"<rss/>", headers={"Content-Type": "text/xml", "X-Twice": "a", "ETag": '"1"'})
    page = await client.get(outlet.url("/rss?a=1"), {"if-none-match": '"0"'})
    assert (page.url, page.status, page.body, page.moved_to) == (outlet.url("/rss?a=1"), 200, b"<rss/>", None)
    assert page.headers["content-type"] == "text/xml"
    assert page.headers["etag"] == '"1"'
    asked = outlet.requests[0].headers
    assert asked["user-agent"] == "monitor-test/1 (+https://example.org)"
    assert asked["accept-encoding"] == "gzip, deflate"
    assert asked["if-none-match"] == '"0"'


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("straße.test", "xn--strae-oqa.test"),
        ("ＳＴＲＡẞＥ.test", "xn--strae-oqa.test"),
        ("نامه\u200cای.test", "xn--mgba3gch31f060k.test"),
    ],
)
async def test_an_international_host_is_the_one_that_browsers_ask(
    written: str, asked: str, outlet: Outlet, make: Make
) -> None:
    looked_up: list[str] = []

    async def resolve(host: str) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    outlet.page("/a", b"x")
    client = make(written, resolver=resolve)
    assert (await client.get(f"http://{written}:{outlet.port}/a")).body == b"x"
    assert looked_up == [asked]
    assert outlet.requests[0].headers["host"] == f"{asked}:{outlet.port}"


@pytest.mark.parametrize("status", [304, 404, 410, 429, 500, 503])
async def test_every_status_is_an_answer(status: int, outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"" if status == 304 else b"sorry", status, {"Retry-After": "120"})
    page = await client.get(outlet.url("/"))
    assert (page.status, page.headers["retry-after"]) == (status, "120")


async def test_connections_are_kept_and_cookies_are_not(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"x", headers={"Set-Cookie": "id=1; Path=/"})
    for _ in range(3):
        await client.get(outlet.url("/", "outlet.example"))  # by name: jars keep nothing from bare addresses
    assert outlet.connections == 1
    assert all("cookie" not in request.headers for request in outlet.requests)


async def test_a_kept_connection_that_the_server_dropped_is_replaced(outlet: Outlet, client: Client) -> None:
    outlet.raw("/", answer_bytes(200, b"x", {}))  # closes without saying so
    assert (await client.get(outlet.url("/"))).body == b"x"
    assert (await client.get(outlet.url("/"))).body == b"x"


async def all_closed(outlet: Outlet) -> bool:
    """Whether no connection is open, once what lies in the sockets was read."""
    for _ in range(100):
        if not outlet.open_now:
            break
        await asyncio.sleep(0.01)
    return not outlet.open_now


async def test_one_that_is_replaced_closes_with_its_last_request(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"x")
    asked, answered = asyncio.Event(), asyncio.Event()

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        asked.set()
        await answered.wait()
        writer.write(answer_bytes(200, b"late", {}))
        return True

    outlet.routes["/late"] = serve
    task = asyncio.create_task(client.get(outlet.url("/late")))
    await asked.wait()
    await client.close_when_idle()
    assert (outlet.open_now, client.is_idle) == (1, False)
    answered.set()
    assert (await task).body == b"late"
    assert await all_closed(outlet)
    assert (await client.get(outlet.url("/"))).body == b"x", "who still has it may ask"
    assert await all_closed(outlet)
    other = client.variant(user_agent="", proxy=None, personal=lambda _: {})
    await other.get(outlet.url("/"))
    assert outlet.open_now == 1, "its variants live on"
    await other.close()


async def test_an_answer_that_nobody_asked_for_answers_nothing(outlet: Outlet, client: Client) -> None:
    """It comes while the connection rests: each later request would get the answer to the one before."""
    again: list[asyncio.StreamWriter] = []

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        again.append(writer)
        writer.write(answer_bytes(200, request.path.encode(), {}))
        return True

    outlet.routes = dict.fromkeys(("/a", "/b", "/c"), serve)
    for path in outlet.routes:
        assert (await client.get(outlet.url(path))).body == path.encode()
        again[-1].write(answer_bytes(200, path.encode(), {}))
        for _ in range(5):
            await asyncio.sleep(0)  # the loop reads what lies in the socket
    assert outlet.connections == 3


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/a%7Eb%2c%41?x=%41&y=a%20b+c;d", "/a%7Eb%2c%41?x=%41&y=a%20b+c;d"),
        ("/a%2Fb?at=1%3A00&&q=a=b", "/a%2Fb?at=1%3A00&&q=a=b"),
        ("/talks in|Istanbul?q=ü", "/talks%20in|Istanbul?q=%C3%BC"),
    ],
)
async def test_an_address_is_asked_for_as_it_is_written(
    written: str, asked: str, outlet: Outlet, client: Client
) -> None:
    """A signed address is another one when it is quoted anew."""
    await client.get(outlet.url(written))
    assert outlet.requests[0].path == asked


async def test_environment_proxies_are_ignored(outlet: Outlet, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    outlet.page("/", b"direct")
    assert (await client.get(outlet.url("/"))).body == b"direct"


async def test_gzip_is_inflated(outlet: Outlet, client: Client) -> None:
    outlet.page("/", gzip.compress(b"<rss/>" * 10_000), headers={"Content-Encoding": "gzip"})
    assert (await client.get(outlet.url("/"))).body == b"<rss/>" * 10_000


async def test_a_bomb_is_an_error(outlet: Outlet, client: Client) -> None:
    outlet.bomb("/", 64 * 1024 * 1024)
    assert (await fails(client, outlet.url("/"))).reason == "too large"


async def test_a_plain_body_beyond_the_limit_is_an_error(outlet: Outlet, client: Client) -> None:
    outlet.drip("/", piece=bytes(1 << 20), every=0)
    assert (await fails(client, outlet.url("/"))).reason == "too large"


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br"])
async def test_a_coding_that_nobody_asked_for_is_an_error(coding: str, outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"\x8b", headers={"Content-Encoding": coding})
    assert (await fails(client, outlet.url("/"))).reason == "coding"


async def test_a_body_shorter_than_stated_is_an_error(outlet: Outlet, client: Client) -> None:
    outlet.cut("/", b"<rss>", stated=100)
    assert (await fails(client, outlet.url("/"))).reason == "incomplete"


async def test_chunks_cut_short_are_an_error(outlet: Outlet, client: Client) -> None:
    outlet.raw("/", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")
    assert (await fails(client, outlet.url("/"))).reason == "incomplete"


async def test_gzip_cut_short_without_a_stated_length_is_an_error(outlet: Outlet, client: Client) -> None:
    outlet.raw("/", b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss/>" * 99)[:20])
    assert (await fails(client, outlet.url("/"))).reason == "incomplete"


async def test_a_reset_is_named(outlet: Outlet, client: Client) -> None:
    outlet.reset("/")
    assert (await fails(client, outlet.url("/"))).reason == "reset"
    outlet.reset("/half", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
    assert (await fails(client, outlet.url("/half"))).reason in ("incomplete", "reset")


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nX-Big: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: x\r\n" * 5000 + b"\r\n",
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    ],
)
async def test_what_is_no_proper_answer_is_an_error(raw: bytes, outlet: Outlet, client: Client) -> None:
    outlet.raw("/", raw)
    assert (await fails(client, outlet.url("/"))).reason in ("protocol", "incomplete", "reset")


async def test_large_headers_within_reason_are_read(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"x", headers={"Content-Security-Policy": "x" * 20_000})
    assert (await client.get(outlet.url("/"))).status == 200


@pytest.mark.parametrize("misbehave", ["hang", "drip"])
async def test_the_deadline_ends_everything(misbehave: str, outlet: Outlet, client: Client) -> None:
    getattr(outlet, misbehave)("/")
    client.deadline = 0.2
    assert (await fails(client, outlet.url("/"))).reason == "timeout"


async def test_the_deadline_counts_over_all_redirects(outlet: Outlet, client: Client) -> None:
    outlet.hang("/end")
    outlet.redirect("/", "/end")
    client.deadline = 0.2
    assert (await fails(client, outlet.url("/"))).reason == "timeout"


async def test_waiting_for_the_turn_of_a_redirect_does_not_count_against_the_deadline(make: Make) -> None:
    client = make("127.0.0.1", "127.0.0.2")

    @asynccontextmanager
    async def turn(host: str) -> AsyncIterator[None]:
        await asyncio.sleep(1.2)
        yield

    client.host_turn, client.deadline = turn, 1.0
    async with Outlet(hosts=("127.0.0.1", "127.0.0.2")) as outlet:
        outlet.redirect("/a", outlet.url("/b", "127.0.0.2"))
        outlet.page("/b", b"came")
        assert (await client.get(outlet.url("/a"))).body == b"came"
        outlet.hang("/b")
        with pytest.raises(FetchError, match="timeout"):
            await client.get(outlet.url("/a"))


async def test_waiting_for_a_connection_does_not_count_against_the_deadline(outlet: Outlet, make: Make) -> None:
    client = make("127.0.0.1", connections=1)
    client.deadline = 0.3
    outlet.hang("/hang")
    outlet.page("/", b"x")
    hangs = [asyncio.ensure_future(client.get(outlet.url("/hang"))) for _ in range(2)]
    assert (await client.get(outlet.url("/"))).body == b"x"  # 0.6 s later
    assert all(isinstance(end, FetchError) for end in await asyncio.gather(*hangs, return_exceptions=True))


FRAMES = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FLOODS = {
    "interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: " + b"x" * 8000 + b"\r\n\r\n"),
    "blank lines": (b"", b"\r\n"),
    "the size of a chunk": (FRAMES, b"0"),
    "the extension of a chunk": (FRAMES + b"5;", b"x"),
}


@pytest.mark.parametrize("name", FLOODS)
async def test_all_that_comes_for_one_answer_is_bounded(name: str, outlet: Outlet, client: Client) -> None:
    first, piece = FLOODS[name]
    outlet.flood("/", first, piece * (65536 // len(piece)))
    assert str(await fails(client, outlet.url("/"))) == "too large: more than 20 MiB came for one answer"


async def test_no_more_connections_than_allowed(outlet: Outlet, make: Make) -> None:
    client = make("127.0.0.1", connections=3)
    outlet.page("/", b"x")
    await asyncio.gather(*(client.get(outlet.url("/")) for _ in range(30)))
    assert outlet.connections <= 3


async def test_a_closed_port_is_named(client: Client) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    error = await fails(client, f"http://127.0.0.1:{port}/")
    assert (error.reason, str(error)) == ("connect", "connect: Connection refused")


async def test_an_unknown_name_is_named(client: Client) -> None:
    assert (await fails(client, "http://nowhere.example/")).reason == "dns"


@pytest.mark.parametrize("url", ["ftp://x.example/", "file:///etc/passwd", "/rss", "", "http://", "javascript:1", "x"])
async def test_only_web_addresses_are_asked(url: str, client: Client, connects: list[str]) -> None:
    assert (await fails(client, url)).reason == "address"
    assert connects == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(text=st.text(max_size=80), prefix=st.sampled_from(["", "http://", "https://", "http://a.example/", "http://["]))
def test_any_text_as_an_address_gives_a_fetch_error(text: str, prefix: str) -> None:
    async def nobody(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def ask() -> None:
        from monitor.net import Gate

        client = Client(Gate(), user_agent="test", resolver=nobody)
        try:
            with pytest.raises(FetchError):
                await client.get(prefix + text)
        finally:
            await client.close()

    asyncio.run(ask())


async def test_a_body_is_posted_and_redirects_are_not_followed(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/hook", "/elsewhere", 308)
    page = await client.post(outlet.url("/hook"), "Песков".encode(), {"x-token": "1"})
    assert page.status == 308
    request = outlet.requests[0]
    assert (request.method, request.body) == ("POST", "Песков".encode())
    assert request.headers["x-token"] == "1"
    assert len(outlet.requests) == 1


async def test_closing_twice_is_fine_and_the_next_request_opens_again(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"x")
    await client.close()
    await client.get(outlet.url("/"))
    await client.close()
    await client.close()
    assert (await client.get(outlet.url("/"))).body == b"x"


def test_the_door_opens_without_the_libraries() -> None:
    code = 'import sys, monitor.net, monitor.fetching; print({"httpx", "aiohttp"} & set(sys.modules))'
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
