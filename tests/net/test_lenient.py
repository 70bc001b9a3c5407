"""Answers that break HTTP: read where their bytes prove them whole, refused with the header or length at fault."""

from __future__ import annotations

import asyncio

import pytest

from monitor.errors import FetchError
from monitor.net import Client
from monitor.net.client import MAX_LENIENT_HOSTS
from tests.net.answers import FEED, JSON, LENGTH, NOTED, REFUSED, WHOLE, answer
from tests.net.conftest import Make
from tests.peers.http import Outlet

ODD = WHOLE["space before a colon"]


@pytest.mark.parametrize("name", WHOLE)
async def test_what_is_whole_by_its_bytes_is_read(name: str, outlet: Outlet, client: Client) -> None:
    outlet.raw("/rss", WHOLE[name])
    page = await client.get(outlet.url("/rss"))
    assert (page.body, page.note) == (FEED, "")


@pytest.mark.parametrize("name", NOTED)
async def test_what_lies_beyond_a_length_too_small_is_read_with_a_note(
    name: str, outlet: Outlet, client: Client
) -> None:
    outlet.raw("/rss", NOTED[name])
    page = await client.get(outlet.url("/rss"))
    assert page.body == FEED
    assert page.note.startswith("Content-Length states ")


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused_says_what_is_wrong(name: str, outlet: Outlet, client: Client) -> None:
    raw, words = REFUSED[name]
    outlet.raw("/rss", raw)
    with pytest.raises(FetchError) as caught:
        await client.get(outlet.url("/rss"))
    assert str(caught.value) == words


@pytest.mark.parametrize("end", [b"</channel></rss>", b"</rss>"])
async def test_a_text_that_was_cut_is_taken_with_a_note(end: bytes, outlet: Outlet, client: Client) -> None:
    cut = FEED[: FEED.index(end)]
    outlet.page("/stated", cut)
    outlet.raw("/until-close", answer(body=cut))
    for path in ("/stated", "/until-close"):
        page = await client.get(outlet.url(path))
        assert (page.body, page.note) == (cut, "the text ends before its last element does")


async def test_a_length_too_small_is_noticed_also_where_the_rest_comes_later(outlet: Outlet, client: Client) -> None:
    stated = len(FEED.decode())
    raw = answer(f"Content-Length: {stated}")
    first = len(raw) - len(FEED) + stated

    async def serve(_: object, writer: asyncio.StreamWriter) -> bool:
        writer.write(raw[:first])
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(raw[first:])
        return False

    outlet.routes["/rss"] = serve
    page = await client.get(outlet.url("/rss"))
    assert (page.body, page.note) == (FEED, f"Content-Length states {stated} of its {len(FEED)} bytes")


async def test_the_strict_way_is_tried_once_a_day_only(
    outlet: Outlet, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.raw("/rss", ODD)
    for asked in (2, 3, 4):
        await client.get(outlet.url("/rss"))
        assert len(outlet.requests) == asked
    loop = asyncio.get_running_loop()
    tomorrow = loop.time() + 86_401
    monkeypatch.setattr(loop, "time", lambda: tomorrow)
    await client.get(outlet.url("/rss"))
    assert len(outlet.requests) == 6


async def test_few_hosts_are_remembered(outlet: Outlet, client: Client) -> None:
    client._lenient_until.update((b"%d.example" % number, 1e12) for number in range(MAX_LENIENT_HOSTS))
    outlet.raw("/rss", ODD)
    await client.get(outlet.url("/rss"))
    assert len(client._lenient_until) == MAX_LENIENT_HOSTS
    assert b"0.example" not in client._lenient_until


async def test_an_odd_answer_is_asked_for_as_any_other(outlet: Outlet, client: Client) -> None:
    outlet.raw("/rss", ODD)
    secret = outlet.url("/rss?a=1", "outlet.example").replace("://", "://reader:s3cret@")
    page = await client.get(secret, {"if-none-match": '"1"'})
    strict, lenient = outlet.requests
    assert "s3cret" not in page.url
    assert (lenient.method, lenient.path) == ("GET", "/rss?a=1")
    assert {**lenient.headers, "connection": ""} == {**strict.headers, "connection": ""}
    assert lenient.headers["connection"] == "close"
    assert lenient.headers["authorization"].startswith("Basic ")


async def test_a_host_that_is_read_leniently_is_guarded_all_the_same(outlet: Outlet, make: Make) -> None:
    client = make("outlet.example")
    outlet.raw("/rss", ODD)
    await client.get(outlet.url("/rss", "outlet.example"))
    client.gate = type(client.gate)([])
    with pytest.raises(FetchError, match="refused"):
        await client.get(outlet.url("/rss", "outlet.example"))
    assert len(outlet.requests) == 2


async def test_an_odd_redirect_is_followed_under_the_gate(outlet: Outlet, make: Make) -> None:
    client = make("outlet.example")
    to = outlet.url("/rss", "other.example")
    outlet.raw("/", answer(f"Location : {to}", body=b"", status="HTTP/1.1 302 Found"))
    outlet.raw("/rss", ODD)
    with pytest.raises(FetchError, match=r"refused: other\.example \(127\.0\.0\.1\) is loopback"):
        await client.get(outlet.url("/", "outlet.example"))
    client.gate = type(client.gate)(["outlet.example", "other.example"])
    assert (await client.get(outlet.url("/", "outlet.example"))).body == FEED


@pytest.mark.parametrize("status", ["404 Not Found", "503 Unavailable"])
async def test_a_broken_body_does_not_hide_the_status(status: str, outlet: Outlet, client: Client) -> None:
    outlet.raw("/", answer("Content-Length: 999", "Retry-After: 7", status=f"HTTP/1.1 {status}", body=b"sorry"))
    page = await client.get(outlet.url("/"))
    assert (page.status, page.headers["retry-after"]) == (int(status[:3]), "7")


def remember(client: Client, outlet: Outlet) -> None:
    """Let the client read an outlet leniently from the first request on."""
    client._lenient_until[f"127.0.0.1:{outlet.port}".encode()] = 1e12


ENDLESS = {
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "blank lines": (b"", b"\r\n"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
    "header": (b"HTTP/1.1 200 OK\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "lines between chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"\r\n"),
}


@pytest.mark.parametrize("name", ENDLESS)
async def test_whatever_does_not_end_is_bounded(name: str, outlet: Outlet, client: Client) -> None:
    start, piece = ENDLESS[name]

    async def serve(_: object, writer: asyncio.StreamWriter) -> bool:
        writer.write(start)
        while not writer.is_closing():
            writer.write(piece * (65536 // len(piece)))
            await writer.drain()
        return False

    outlet.routes["/"] = serve
    remember(client, outlet)
    with pytest.raises(FetchError, match=r"^protocol: (a header of|more than)|^too large: "):
        await client.get(outlet.url("/"))


async def test_an_odd_answer_that_hangs_ends_at_the_deadline(outlet: Outlet, client: Client) -> None:
    async def serve(_: object, writer: asyncio.StreamWriter) -> bool:
        writer.write(answer("Server : x", LENGTH, body=b""))
        await asyncio.Event().wait()
        return False

    outlet.routes["/"] = serve
    client.deadline = 0.3
    with pytest.raises(FetchError, match="timeout"):
        await client.get(outlet.url("/"))


async def test_no_connection_of_an_odd_answer_stays_open(outlet: Outlet, client: Client) -> None:
    outlet.page("/", FEED, headers={"Server ": "x"})  # the server would keep it
    await client.get(outlet.url("/"))
    await asyncio.sleep(0)
    for _ in range(100):
        if not outlet.open_now:
            break
        await asyncio.sleep(0.01)
    assert outlet.open_now == 0


async def test_odd_answers_come_over_tls_too(secure: Outlet, trusting: Client) -> None:
    secure.raw("/rss", ODD)
    assert (await trusting.get(secure.url("/rss", "outlet.example"))).body == FEED
    trusting._lenient_until[f"other.example:{secure.port}".encode()] = 1e12
    with pytest.raises(FetchError, match=r"tls: the certificate is not trusted: Hostname mismatch"):
        await trusting.get(secure.url("/rss", "other.example"))


async def test_json_is_whole_when_it_is_a_value(outlet: Outlet, client: Client) -> None:
    outlet.raw("/", answer("Content-Length: 999", body=JSON + b"\n"))
    assert (await client.get(outlet.url("/"))).body == JSON + b"\n"
