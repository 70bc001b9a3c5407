"""The watch over hosts that crash tests have sees what it is there for."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.crash.host_watch import HostWatch
from tests.peers.http import Request

FEED, PAGE = (Request("GET", path, {"host": "one.test"}) for path in ("/feed", "/page"))
OTHER = Request("GET", "/feed", {"host": "two.test"})


def client(*, is_gone: bool = False) -> asyncio.StreamReader:
    """The end of a connection on which a request came."""
    reader = asyncio.StreamReader()
    if is_gone:
        reader.feed_eof()
    return reader


@pytest.mark.parametrize(
    ("second", "is_gone", "found"),
    [
        (PAGE, False, ["one.test was asked for /page while it was asked for /feed"]),
        (PAGE, True, []),
        (OTHER, False, []),
    ],
    ids=["one host", "after a kill", "two hosts"],
)
async def test_a_request_beside_another_one_to_its_host_is_noted(
    second: Request, is_gone: bool, found: list[str]
) -> None:
    watch = HostWatch(random.Random(1))
    async with watch.answering(FEED, client(is_gone=is_gone)), watch.answering(second, client()):
        pass
    assert watch.overlaps == found


async def test_one_after_the_other_is_as_it_should_be() -> None:
    watch = HostWatch(random.Random(1))
    for request in (FEED, PAGE):
        async with watch.answering(request, client()):
            pass
    assert watch.overlaps == []
    assert watch.requests == 2
