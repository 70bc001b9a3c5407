"""Redirects: how far, what is remembered, and what never crosses to another host."""

from __future__ import annotations

import base64

import pytest

from monitor.errors import FetchError
from monitor.net import Client
from tests.peers.http import Outlet, reply

SECRET = "reader:s3cret"
BASIC = "Basic " + base64.b64encode(SECRET.encode()).decode()


def with_secret(url: str) -> str:
    return url.replace("://", f"://{SECRET}@")


async def test_five_redirects_are_followed_and_six_are_not(outlet: Outlet, client: Client) -> None:
    for step in range(9):
        outlet.redirect(f"/{step}", f"/{step + 1}")
    outlet.page("/9", b"end")
    assert (await client.get(outlet.url("/4"))).body == b"end"
    with pytest.raises(FetchError, match="more than 5 redirects"):
        await client.get(outlet.url("/3"))


async def test_a_circle_ends(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", "/")
    with pytest.raises(FetchError, match="redirect"):
        await client.get(outlet.url("/"))
    assert len(outlet.requests) == 6


@pytest.mark.parametrize(
    ("statuses", "remembered"),
    [((301,), True), ((308,), True), ((301, 308), True), ((302,), False), ((301, 302), False), ((307, 308), False)],
)
async def test_an_address_is_remembered_when_the_whole_chain_is_permanent(
    statuses: tuple[int, ...], remembered: bool, outlet: Outlet, client: Client
) -> None:
    for step, status in enumerate(statuses):
        outlet.redirect(f"/{step}", f"/{step + 1}", status)
    outlet.page(f"/{len(statuses)}", b"end")
    page = await client.get(outlet.url("/0"))
    end = outlet.url(f"/{len(statuses)}")
    assert (page.url, page.moved_to) == (end, end if remembered else None)


async def test_the_end_of_a_chain_is_not_remembered_when_it_is_an_error(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", "/gone", 301)
    page = await client.get(outlet.url("/"))
    assert (page.status, page.moved_to) == (404, None)


async def test_nothing_moved_without_a_redirect_or_in_a_circle(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"x")
    assert (await client.get(outlet.url("/"))).moved_to is None


async def test_relative_and_foreign_locations_resolve(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/a/old", "../новости?q=Песков#top")
    page = await client.get(outlet.url("/a/old"))
    assert (
        outlet.requests[1].path == "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%9F%D0%B5%D1%81%D0%BA%D0%BE%D0%B2"
    )
    assert "#" not in page.url


@pytest.mark.parametrize(
    ("to", "asked"),
    [
        ("/a b?c=d e", "/a%20b?c=d%20e"),
        ("  /x  ", "/x"),
        ("x#top", "/f/x"),
        ("?page=1", "/f/old?page=1"),
        ("//outlet.example:{port}/x", "/x"),
        ("HTTP://OUTLET.example:{port}/x", "/x"),
    ],
)
async def test_careless_locations_are_followed(to: str, asked: str, outlet: Outlet, client: Client) -> None:
    outlet.redirect("/f/old", to.format(port=outlet.port))
    outlet.page(asked, b"<rss/>")
    assert (await client.get(outlet.url("/f/old", "outlet.example"))).body == b"<rss/>"


async def test_a_location_stated_twice_counts_once(outlet: Outlet, client: Client) -> None:
    outlet.raw("/", b"HTTP/1.1 302 Found\r\nLocation: /x\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")
    outlet.page("/x", b"<rss/>")
    assert (await client.get(outlet.url("/"))).body == b"<rss/>"


@pytest.mark.parametrize("to", ["ftp://outlet.example/", "file:///etc/passwd", "http://[", "javascript:1"])
async def test_only_the_web_is_followed(to: str, outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", to)
    with pytest.raises(FetchError):
        await client.get(outlet.url("/"))
    assert len(outlet.requests) == 1


async def test_a_redirect_without_a_location_is_an_answer(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"", 302)
    assert (await client.get(outlet.url("/"))).status == 302


async def test_conditions_go_along(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", outlet.url("/rss", "other.example"))
    outlet.feed("/rss", b"<rss/>", etag='"1"')
    page = await client.get(outlet.url("/", "outlet.example"), {"if-none-match": '"1"'})
    assert page.status == 304


async def test_credentials_stay_with_their_host(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", "/same")
    outlet.redirect("/same", outlet.url("/away", "other.example"))
    outlet.redirect("/away", outlet.url("/back", "outlet.example"))
    outlet.page("/back", b"x")
    page = await client.get(with_secret(outlet.url("/", "outlet.example")), {"authorization-note": "kept"})
    sent = {request.path: request.headers.get("authorization") for request in outlet.requests}
    assert sent == {"/": BASIC, "/same": BASIC, "/away": None, "/back": None}
    assert "s3cret" not in page.url


async def test_personal_headers_stay_with_their_host(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", outlet.url("/away", "other.example"))
    outlet.page("/away", b"x")
    await client.get(outlet.url("/", "outlet.example"), {"Authorization": "Bearer t", "X-Kept": "1"})
    assert outlet.requests[0].headers["authorization"] == "Bearer t"
    assert "authorization" not in outlet.requests[1].headers
    assert outlet.requests[1].headers["x-kept"] == "1"


async def test_a_redirect_gives_no_credentials(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", with_secret(outlet.url("/end", "other.example")), 301)
    outlet.page("/end", b"x")
    page = await client.get(outlet.url("/", "outlet.example"))
    assert "authorization" not in outlet.requests[1].headers
    assert page.moved_to == outlet.url("/end", "other.example")


async def test_an_address_with_credentials_is_not_forgotten_for_one_without(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/", "/end", 301)
    outlet.page("/end", b"x")
    assert (await client.get(with_secret(outlet.url("/")))).moved_to is None


@pytest.mark.parametrize("path", ["/reset", "/loop", "/ftp", "/big"])
async def test_no_error_tells_a_secret(path: str, outlet: Outlet, client: Client) -> None:
    outlet.reset("/reset")
    outlet.redirect("/loop", "/loop")
    outlet.redirect("/ftp", "ftp://reader:s3cret@x.example/")
    outlet.raw("/big", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 99_999 + b"\r\n\r\n")
    with pytest.raises(FetchError) as caught:
        await client.get(with_secret(outlet.url(path)))
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None  # the library's own words, which may hold the address


def _personal(client: Client, outlet: Outlet, user_agent: str = "") -> Client:
    """Return a client that gives outlet.example, and nobody else, headers of its own."""
    own = outlet.url("/", "outlet.example")
    given = {"x-api-key": "s3cret", "cookie": "session=s3cret"}
    return client.variant(user_agent=user_agent, proxy=None, personal=lambda url: given if url.startswith(own) else {})


async def test_headers_of_an_outlet_leave_its_origin_neither_across_a_redirect_nor_back(
    outlet: Outlet, client: Client
) -> None:
    outlet.redirect("/", "/same", 301)
    outlet.redirect("/same", outlet.url("/away", "other.example"), 301)
    outlet.redirect("/away", outlet.url("/back", "outlet.example"), 301)
    outlet.page("/back", b"x")
    asking = _personal(client, outlet, user_agent="own/1")
    page = await asking.get(outlet.url("/", "outlet.example"))
    keys = {one.path: (one.headers.get("x-api-key"), one.headers["user-agent"]) for one in outlet.requests}
    assert keys == {
        "/": ("s3cret", "own/1"),
        "/same": ("s3cret", "own/1"),
        "/away": (None, "own/1"),
        "/back": (None, "own/1"),
    }
    assert {one.path for one in outlet.requests if "cookie" in one.headers} == {"/", "/same"}
    assert page.moved_to == outlet.url("/back", "outlet.example")
    await asking.close()


async def test_a_move_to_another_host_is_not_remembered_where_headers_would_be_lost(
    outlet: Outlet, client: Client
) -> None:
    outlet.redirect("/", outlet.url("/end", "other.example"), 301)
    outlet.redirect("/old", "/new", 301)
    outlet.page("/end", b"x")
    outlet.page("/new", b"x")
    asking = _personal(client, outlet)
    assert (await asking.get(outlet.url("/", "outlet.example"))).moved_to is None
    assert (await asking.get(outlet.url("/old", "outlet.example"))).moved_to == outlet.url("/new", "outlet.example")
    assert (await client.get(outlet.url("/", "outlet.example"))).moved_to == outlet.url("/end", "other.example")
    await asking.close()


async def test_a_cookie_of_the_chain_is_sent_beside_those_of_the_outlet(outlet: Outlet, client: Client) -> None:
    outlet.routes["/"] = reply(302, b"", {"Location": "/end", "Set-Cookie": "seen=1"})
    outlet.page("/end", b"x")
    asking = _personal(client, outlet)
    await asking.get(outlet.url("/", "outlet.example"))
    assert outlet.asked("/end")[0].headers["cookie"] == "session=s3cret; seen=1"
    await asking.close()


async def test_a_variant_shares_no_connection(outlet: Outlet, client: Client) -> None:
    outlet.page("/", b"x")
    await client.get(outlet.url("/", "outlet.example"))
    asking = _personal(client, outlet)
    for one in (asking, client, asking):
        await one.get(outlet.url("/", "outlet.example"))
    assert outlet.connections == 2
    await asking.close()


async def test_headers_are_sent_where_an_answer_is_read_leniently(outlet: Outlet, client: Client) -> None:
    outlet.raw("/", b"ICY 200 OK\r\nContent-Length: 1\r\n\r\nx")
    asking = _personal(client, outlet)
    await asking.get(outlet.url("/", "outlet.example"))
    assert [one.headers.get("x-api-key") for one in outlet.requests] == ["s3cret", "s3cret"]
    await asking.close()


@pytest.mark.parametrize(
    ("status", "asked"),
    [(301, ("GET", b"")), (302, ("GET", b"")), (303, ("GET", b"")), (307, ("POST", b"a=1")), (308, ("POST", b"a=1"))],
)
async def test_a_form_leads_on_as_in_browsers(
    status: int, asked: tuple[str, bytes], outlet: Outlet, client: Client
) -> None:
    outlet.redirect("/in", "/end", status)
    outlet.page("/end", b"x")
    assert (await client.submit(outlet.url("/in"), {"a": "1"}, {"referer": "r"})).body == b"x"
    (last,) = outlet.asked("/end")
    assert (last.method, last.body) == asked
    assert ("content-type" in last.headers, last.headers["referer"]) == (bool(last.body), "r")


async def test_a_form_goes_to_no_other_host_and_once(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/in", outlet.url("/in", "other.example"), 307)
    with pytest.raises(FetchError, match=r"sent on to other\.example"):
        await client.submit(outlet.url("/in", "outlet.example"), {"a": "1"})
    outlet.raw("/odd", b"HTTP/1.1 200 OK\r\nServer : x\r\n\r\n")
    with pytest.raises(FetchError, match="protocol"):
        await client.submit(outlet.url("/odd", "outlet.example"), {"a": "1"})
    assert len(outlet.requests) == 2
    outlet.raw("/odd", b"HTTP/1.1 200 OK\r\nServer : x\r\n\r\nyes")
    await client.get(outlet.url("/odd", "outlet.example"))
    page = await client.submit(outlet.url("/odd", "outlet.example"), {"a": "2"})
    assert (page.body, outlet.requests[-1].body) == (b"yes", b"a=2"), "one that is read leniently gets the whole form"
