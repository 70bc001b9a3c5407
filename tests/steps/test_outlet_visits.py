"""A command's requests to outlets: in turn, by robots.txt, and bounded where a host is not well."""

from __future__ import annotations

import asyncio

import pytest

from monitor.errors import FetchError, ParseError
from tests.peers.http import Outlet, Request
from tests.steps.visiting import visiting


async def test_a_host_is_asked_for_one_page_at_a_time() -> None:
    most = now = 0

    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        return True

    async with Outlet() as outlet, visiting() as visits:
        outlet.routes.update(dict.fromkeys(("/a", "/b", "/c"), serve))
        pages = await asyncio.gather(*(visits.get(outlet.url(path)) for path in ("/a", "/b", "/c")))
    assert ([page.body for page in pages], most) == ([b"ok"] * 3, 1)


async def test_two_hosts_that_lead_to_each_other_wait_for_each_other_in_vain_only_briefly() -> None:
    async with Outlet(("127.0.0.1", "127.0.0.2")) as outlet, visiting() as visits:
        both = asyncio.Barrier(2)

        async def lead(request: Request, writer: asyncio.StreamWriter) -> bool:
            await both.wait()
            other = "127.0.0.2" if request.headers["host"].startswith("127.0.0.1") else "127.0.0.1"
            location = outlet.url("/page", other)
            writer.write(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
            return True

        outlet.routes["/old"] = lead
        outlet.page("/page", b"there")
        urls = [outlet.url("/old", host) for host in outlet.hosts]
        found = await asyncio.gather(*map(visits.get, urls), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["FetchError", "Page"]


async def test_a_host_that_hung_is_not_asked_again() -> None:
    async with Outlet() as outlet, visiting() as visits:
        outlet.hang("/slow")
        outlet.page("/fast", b"here")
        visits.access.client.deadline = 0.2
        for path in ("/slow", "/fast"):
            with pytest.raises(FetchError, match="timeout"):
                await visits.get(outlet.url(path))
        assert not outlet.asked("/fast")


async def test_a_host_that_asks_to_wait_for_long_is_left_alone() -> None:
    async with Outlet() as outlet, visiting() as visits:
        outlet.page("/a", status=429, headers={"Retry-After": "3600"})
        with pytest.raises(FetchError, match="429"):
            await visits.get(outlet.url("/a"))
        with pytest.raises(FetchError, match="busy"):
            await visits.get(outlet.url("/b"))


async def test_robots_txt_is_read_once_and_its_crawl_delay_is_kept() -> None:
    async with Outlet() as outlet, visiting() as visits:
        outlet.page("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nDisallow: /no\n")
        await visits.refuse_forbidden(outlet.url("/yes?no"))
        with pytest.raises(ParseError, match="robots"):
            await visits.refuse_forbidden(outlet.url("/no?yes"))
        assert len(outlet.asked("/robots.txt")) == 1
        assert visits.access.host_limiter.gap("127.0.0.1") == 7


async def test_a_robots_txt_that_cannot_be_had_forbids_everything() -> None:
    async with Outlet() as outlet, visiting() as visits:
        outlet.reset("/robots.txt")
        with pytest.raises(ParseError, match="robots"):
            await visits.refuse_forbidden(outlet.url("/page"))
