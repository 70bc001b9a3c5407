"""Cookies live within one chain of redirects, go to the host that set them alone, and are few and small."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from monitor.errors import FetchError
from monitor.net import Client
from monitor.net.cookies import LONGEST, ROOM, Cookies
from tests.peers.http import Outlet, Request, answer_bytes


def wall(outlet: Outlet, *cookies: str, at: str = "/rss", status: int = 302, to: str = "") -> None:
    """Send whoever brings no cookie to `to`, or back to the same address, with some to bring."""
    lines = "".join(f"Set-Cookie: {cookie}\r\n" for cookie in cookies)
    refused = f"HTTP/1.1 {status} Found\r\n{lines}Location: {to or at}\r\nContent-Length: 0\r\n\r\n".encode()

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(answer_bytes(200, b"<rss/>", {}) if "cookie" in request.headers else refused)
        return True

    outlet.routes[at] = serve


def sent(outlet: Outlet) -> list[str]:
    """The cookies that came with each request."""
    return [request.headers.get("cookie", "") for request in outlet.requests]


@pytest.mark.parametrize("host", ["outlet.example", "127.0.0.1"])
@pytest.mark.parametrize(
    ("cookies", "brought"),
    [
        (["seen=1; Path=/"], "seen=1"),
        (["seen=1"], "seen=1"),
        (["a=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", 'b="x y"; Path=/'], 'a=1; b="x y"'),
        (["a=1; Path=/", "a=2; Path=/"], "a=2"),
        (["a=b=c=="], "a=b=c=="),
        (["gone=1; Path=/", "gone=; Path=/; Max-Age=0", "a=1"], "a=1"),
        (["a=1", "old=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "далее=1"], "a=1"),
    ],
)
async def test_a_cookie_is_brought_back(
    cookies: list[str], brought: str, host: str, outlet: Outlet, client: Client
) -> None:
    wall(outlet, *cookies)
    assert (await client.get(outlet.url("/rss", host))).body == b"<rss/>"
    assert sorted(sent(outlet)[1].split("; ")) == sorted(brought.split("; "))


async def test_a_cookie_is_forgotten_with_its_chain(outlet: Outlet, client: Client) -> None:
    wall(outlet, "seen=1")
    for _ in range(2):
        await client.get(outlet.url("/rss", "outlet.example"))
    assert sent(outlet) == ["", "seen=1", "", "seen=1"]


@pytest.mark.parametrize("domain", ["", "; Domain=example", "; Domain=other.example", "; Domain=.outlet.example"])
async def test_a_cookie_stays_with_its_host(domain: str, outlet: Outlet, client: Client) -> None:
    wall(outlet, f"seen=1; Path=/{domain}", to=outlet.url("/away", "other.example"))
    outlet.redirect("/away", outlet.url("/end", "outlet.example"))
    outlet.page("/end", b"x")
    await client.get(outlet.url("/rss", "outlet.example"))
    assert sent(outlet) == ["", "", "" if domain in ("; Domain=example", "; Domain=other.example") else "seen=1"]


@pytest.mark.parametrize("scope", ["Path=/elsewhere", "Secure"])
async def test_a_cookie_for_another_place_is_not_sent(scope: str, outlet: Outlet, client: Client) -> None:
    wall(outlet, f"seen=1; {scope}")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        await client.get(outlet.url("/rss", "outlet.example"))
    assert not any(sent(outlet))


async def test_cookies_are_few_and_small(outlet: Outlet, client: Client) -> None:
    wall(outlet, "huge=" + "x" * LONGEST, *(f"c{number}={'y' * 900}" for number in range(20)))
    await client.get(outlet.url("/rss", "outlet.example"))
    assert 8 * 900 < len(sent(outlet)[1]) <= ROOM
    assert "huge" not in sent(outlet)[1]


async def test_a_login_keeps_the_cookies_of_its_hosts_and_no_others(outlet: Outlet, client: Client) -> None:
    set_ = {"Set-Cookie": "sid=1; Path=/"}
    outlet.page("/login", b"x", headers=set_)
    outlet.page("/other", b"x", headers=set_)
    with client.logging_in():
        await client.get(outlet.url("/login", "outlet.example"))
    await client.get(outlet.url("/other", "other.example"))
    for host in ("other.example", "outlet.example"):
        await client.get(outlet.url("/end", host))
    assert sent(outlet) == ["", "", "", "sid=1"]
    assert [client.has_session(outlet.url("/", host)) for host in ("other.example", "outlet.example")] == [False, True]
    with pytest.raises(FetchError), client.logging_in():
        raise FetchError("timeout")
    assert client.has_session(), "one that fails leaves the session of before"


def test_what_was_set_over_https_never_goes_over_http() -> None:
    kept = Cookies()
    kept.takes_hosts = True
    chain = Cookies(kept)
    chain.keep(httpx.URL("https://a.test/"), ["sid=1; Path=/"])
    assert chain.sent_to(httpx.URL("https://a.test/x")) == {"cookie": "sid=1"}
    assert chain.sent_to(httpx.URL("http://a.test/x")) == {}


async def test_what_needed_a_cookie_is_not_remembered(outlet: Outlet, client: Client) -> None:
    wall(outlet, "seen=1; Path=/", status=301, to="/end")
    wall(outlet, "seen=1; Path=/", at="/end", status=301)
    assert (await client.get(outlet.url("/rss"))).moved_to is None


async def test_an_odd_answer_sets_cookies_too(outlet: Outlet, client: Client) -> None:
    wall(outlet, "seen=1\r\nServer : x")
    assert (await client.get(outlet.url("/rss", "outlet.example"))).body == b"<rss/>"
