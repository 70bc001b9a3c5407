"""Conditional requests against a real server: what is asked, what is kept, what is an error."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from monitor.errors import FetchError
from monitor.fetching import Validators, fetch
from monitor.net import BODY_LIMIT, Client, Gate
from tests.peers.http import Outlet

DATE = "Mon, 23 Nov 2026 12:00:00 GMT"
NOTHING = Validators()


@pytest.fixture
async def outlet() -> AsyncIterator[Outlet]:
    async with Outlet() as peer:
        yield peer


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    one = Client(Gate(["127.0.0.1"]), user_agent="monitor-test")
    yield one
    await one.close()


async def test_the_second_time_nothing_comes(outlet: Outlet, client: Client) -> None:
    outlet.feed("/rss", b"<rss/>", etag='"1"', last_modified=DATE)
    first = await fetch(client, outlet.url("/rss"), NOTHING)
    assert first.page is not None
    assert first.page.body == b"<rss/>"
    assert (first.validators.etag, first.validators.last_modified) == ('"1"', DATE)
    second = await fetch(client, outlet.url("/rss"), first.validators)
    assert (second.page, second.validators) == (None, first.validators)
    asked = outlet.requests
    assert {"if-none-match", "if-modified-since"}.isdisjoint(asked[0].headers)
    assert (asked[1].headers["if-none-match"], asked[1].headers["if-modified-since"]) == ('"1"', DATE)
    assert "application/rss+xml" in asked[0].headers["accept"]


async def test_a_full_fetch_asks_without_conditions_and_still_knows_the_body(outlet: Outlet, client: Client) -> None:
    outlet.feed("/rss", b"<rss/>", etag='"1"')
    known = (await fetch(client, outlet.url("/rss"), NOTHING)).validators
    again = await fetch(client, outlet.url("/rss"), Validators(body_hash=known.body_hash))
    assert again.page is None
    assert "if-none-match" not in outlet.requests[1].headers
    outlet.feed("/rss", b"<rss>new</rss>", etag='"1"')  # a server whose ETag stands still
    assert (await fetch(client, outlet.url("/rss"), known)).page is None
    found = await fetch(client, outlet.url("/rss"), Validators(body_hash=known.body_hash))
    assert found.page is not None
    assert found.page.body == b"<rss>new</rss>"


async def test_the_same_body_under_new_validators_is_not_parsed_again(outlet: Outlet, client: Client) -> None:
    outlet.feed("/rss", b"<rss/>", etag='"1"')
    known = (await fetch(client, outlet.url("/rss"), NOTHING)).validators
    outlet.feed("/rss", b"<rss/>", etag='"2"')
    again = await fetch(client, outlet.url("/rss"), known)
    assert (again.page, again.validators.etag) == (None, '"2"')


async def test_validators_stay_those_of_the_body_whatever_a_304_says(outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"", 304, {"ETag": '"2"', "Last-Modified": "Tue, 24 Nov 2026 12:00:00 GMT"})
    known = Validators('"1"', DATE, b"hash")
    assert (await fetch(client, outlet.url("/rss"), known)).validators == known


async def test_a_304_that_nobody_asked_for_is_an_error(outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"", 304)
    for known in (NOTHING, Validators(body_hash=b"hash")):
        with pytest.raises(FetchError, match="status: 304"):
            await fetch(client, outlet.url("/rss"), known)


@pytest.mark.parametrize("status", [204, 206, 400, 403, 404, 410, 500, 502])
async def test_other_answers_are_errors_with_their_status(status: int, outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"" if status == 204 else b"<rss>", status)
    with pytest.raises(FetchError) as caught:
        await fetch(client, outlet.url("/rss"), NOTHING)
    assert (caught.value.reason, caught.value.status) == ("status", status)


@pytest.mark.parametrize("status", [429, 503])
async def test_how_long_to_stay_away_is_read(status: int, outlet: Outlet, client: Client) -> None:
    for stated, seconds in (("120", 120), (DATE, 60), ("soon", None)):
        outlet.page("/rss", b"", status, {"Retry-After": stated})
        with pytest.raises(FetchError) as caught:
            await fetch(client, outlet.url("/rss"), NOTHING, now=datetime(2026, 11, 23, 11, 59, tzinfo=UTC))
        assert caught.value.retry_after == seconds


async def test_no_validators_come_with_half_a_body(outlet: Outlet, client: Client) -> None:
    outlet.raw("/rss", b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 100\r\n\r\n<rss>')
    with pytest.raises(FetchError, match="incomplete"):
        await fetch(client, outlet.url("/rss"), NOTHING)


async def test_a_move_is_passed_on_whole_or_unchanged(outlet: Outlet, client: Client) -> None:
    outlet.redirect("/old", "/rss", 301)
    outlet.feed("/rss", b"<rss/>", etag='"1"')
    first = await fetch(client, outlet.url("/old"), NOTHING)
    second = await fetch(client, outlet.url("/old"), first.validators)
    assert (first.moved_to, second.moved_to, second.page) == (outlet.url("/rss"), outlet.url("/rss"), None)


@pytest.mark.parametrize("etag", ['"' + "x" * 2000 + '"', '"é"', '"\t"'])
async def test_validators_that_cannot_be_sent_back_are_forgotten(etag: str, outlet: Outlet, client: Client) -> None:
    outlet.feed("/rss", b"<rss/>", etag=etag)
    assert (await fetch(client, outlet.url("/rss"), NOTHING)).validators.etag == ""


async def test_headers_are_there_for_the_policy(outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"<rss/>", headers={"Cache-Control": "max-age=60"})
    assert (await fetch(client, outlet.url("/rss"), NOTHING)).headers["cache-control"] == "max-age=60"


@pytest.mark.parametrize("status", [203, 206])
async def test_other_names_for_the_whole_feed_are_taken(status: int, outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"<rss></rss>", status)
    fetched = await fetch(client, outlet.url("/rss"), NOTHING)
    assert fetched.page is not None


async def test_a_text_that_was_cut_is_read_and_its_validators_are_not_kept(outlet: Outlet, client: Client) -> None:
    outlet.page("/rss", b"<rss><channel>", headers={"ETag": '"1"', "Last-Modified": DATE})
    first = await fetch(client, outlet.url("/rss"), NOTHING)
    assert first.page is not None
    assert (first.validators.etag, first.validators.last_modified) == ("", "")
    again = await fetch(client, outlet.url("/rss"), first.validators)
    assert again.page is None
    assert "if-none-match" not in outlet.requests[-1].headers


async def test_a_body_may_be_as_large_as_is_asked_for(outlet: Outlet, client: Client) -> None:
    body = b"<urlset>" + b" " * 11_000_000 + b"</urlset>"
    outlet.page("/sitemap.xml", gzip.compress(body))
    fetched = await fetch(client, outlet.url("/sitemap.xml"), NOTHING, largest=len(body))
    assert fetched.page is not None
    assert fetched.page.body == body
    for largest in (BODY_LIMIT, len(body) - 1):
        with pytest.raises(FetchError, match="too large"):
            await fetch(client, outlet.url("/sitemap.xml"), NOTHING, largest=largest)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x>", " (captcha: Just a moment...)"),
        (b"<p>Attention required", " (captcha)"),
        ("<title>Доступ \x1b ограничен</title> captcha".encode(), " (captcha: Доступ   ограничен)"),
        (
            b"<title>Just a moment, " + b"please " * 60 + b"</title>",
            f" (captcha: Just a moment, {'please ' * 9}p\u2026)",
        ),
        (b"<title>Forbidden</title>", ""),
        (b"\xff\x00", ""),
        (b"<title>News</title> captcha" + b" " * 60_000, ""),
        (b"", ""),
    ],
)
async def test_a_captcha_in_place_of_a_page_is_named(outlet: Outlet, client: Client, page: bytes, said: str) -> None:
    outlet.page("/rss", page, 403)
    with pytest.raises(FetchError) as caught:
        await fetch(client, outlet.url("/rss"), NOTHING)
    assert str(caught.value) == f"status: 403{said}"
