"""No connection to what is not public, however it is spelt: proven by the interpreter's own record of `connect`."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.errors import FetchError, RefusedError
from monitor.net import Client, Gate
from tests.net.conftest import NAMES, Make
from tests.peers.http import Outlet

DATA = Path(__file__).parent.parent / "data" / "net"

# Spellings that are recognised before any look-up: the outlet's owner gets the line to paste.
LITERALS = (DATA / "literals.txt").read_text(encoding="utf-8").split()

# Spellings that no address parser should take; whatever becomes of them, nothing is connected.
ODDITIES = (DATA / "oddities.txt").read_text(encoding="utf-8").split()

# What a name may answer; the socket must see the numbers whatever the name.
ANSWERS = (DATA / "answers.txt").read_text(encoding="utf-8").split()


@pytest.fixture
async def trap() -> AsyncIterator[Outlet]:
    """Listens on every address of this machine; nobody may come."""
    hosts = ("0.0.0.0", "::") if socket.has_ipv6 else ("0.0.0.0",)
    async with contextlib.AsyncExitStack() as stack:
        try:
            peer = await stack.enter_async_context(Outlet(hosts=hosts[::-1][:1]))
        except OSError:
            peer = await stack.enter_async_context(Outlet(hosts=hosts[:1]))
        yield peer
        assert peer.connections == 0


@pytest.fixture
def outlet_only(make: Make, outlet: Outlet) -> Client:
    """A client that may ask the outlet by its name and port, and nothing else that is private."""
    return make(f"outlet.example:{outlet.port}")


def test_there_are_at_least_forty_spellings() -> None:
    assert len(set(LITERALS)) >= 40
    assert len(set(ANSWERS)) >= 25


@pytest.mark.parametrize("host", LITERALS)
async def test_a_redirect_to_a_literal_is_refused(
    host: str, outlet: Outlet, trap: Outlet, outlet_only: Client, connects: list[str]
) -> None:
    outlet.redirect("/go", f"http://{host}:{trap.port}/")
    with pytest.raises(RefusedError) as refused:
        await outlet_only.get(outlet.url("/go", "outlet.example"))
    # No line to paste: whoever redirects would choose what the operator opens.
    assert (refused.value.paste, "outlet.example leads there" in str(refused.value)) == ("", True)
    assert connects == ["127.0.0.1"]  # to the outlet itself, which is allowed under its name
    assert len(outlet.requests) == 1


@pytest.mark.parametrize("host", [*LITERALS, *ODDITIES])
async def test_a_configured_address_is_refused(host: str, trap: Outlet, make: Make, connects: list[str]) -> None:
    client = make("outlet.example")
    with pytest.raises(FetchError):
        await client.get(f"http://{host}:{trap.port}/")
    assert connects == []


@pytest.mark.parametrize("host", ODDITIES)
async def test_a_redirect_to_an_oddity_connects_nothing(
    host: str, outlet: Outlet, trap: Outlet, outlet_only: Client, connects: list[str]
) -> None:
    outlet.redirect("/go", f"http://{host}:{trap.port}/")
    with pytest.raises(FetchError):
        await outlet_only.get(outlet.url("/go", "outlet.example"))
    assert connects == ["127.0.0.1"]


@pytest.mark.parametrize("answer", ANSWERS)
async def test_a_name_that_leads_inside_is_refused(
    answer: str, trap: Outlet, make: Make, connects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMES, "evil.example", [answer])
    client = make("outlet.example")
    with pytest.raises(RefusedError, match=r"evil\.example"):
        await client.get(f"http://evil.example:{trap.port}/")
    assert connects == []


async def test_of_a_name_with_both_kinds_of_address_the_private_is_never_tried(
    trap: Outlet, make: Make, connects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # 127.0.0.9 stands in for the public address: it is allowed, and nobody listens there.
    for answers in (["127.0.0.9", "127.0.0.1"], ["127.0.0.1", "127.0.0.9"], ["::1", "127.0.0.9", "10.0.0.1"]):
        monkeypatch.setitem(NAMES, "both.example", answers)
        client = make("127.0.0.9/32")
        with pytest.raises(FetchError, match="connect"):
            await client.get("http://both.example:9/")
    assert set(connects) == {"127.0.0.9"}


async def test_a_name_that_changes_between_look_ups_is_caught_at_the_socket(
    outlet: Outlet, make: Make, connects: list[str]
) -> None:
    answers = iter([["127.0.0.9"], ["127.0.0.1"]])

    async def rebinding(host: str) -> list[str]:
        return next(answers)

    client = make("127.0.0.9/32", resolver=rebinding)
    async with Outlet(hosts=("127.0.0.9",), port=outlet.port) as public:
        public.raw("/", b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        with pytest.raises(RefusedError):
            await client.get(public.url("/", "rebinding.example"))
    assert connects == ["127.0.0.9"]


async def test_an_allowance_opens_neither_another_name_nor_another_port(
    outlet: Outlet, make: Make, trap: Outlet
) -> None:
    client = make(f"outlet.example:{outlet.port}")
    outlet.page("/", b"in")
    assert (await client.get(outlet.url("/", "outlet.example"))).body == b"in"
    for target in (outlet.url("/", "other.example"), outlet.url("/"), trap.url("/", "outlet.example")):
        with pytest.raises(RefusedError):
            await client.get(target)
    assert outlet.connections == 1


async def test_many_at_once_do_not_borrow_each_others_allowance(outlet: Outlet, make: Make) -> None:
    client = make("outlet.example")
    outlet.page("/", b"in")
    hosts = ["outlet.example", "other.example"] * 20
    answers = await asyncio.gather(*(client.get(outlet.url("/", host)) for host in hosts), return_exceptions=True)
    assert [isinstance(answer, RefusedError) for answer in answers] == [host == "other.example" for host in hosts]


async def test_a_new_gate_is_obeyed_at_the_next_connection(outlet: Outlet, make: Make) -> None:
    client = make("nothing.example")
    with pytest.raises(RefusedError):
        await client.get(outlet.url("/", "outlet.example"))
    client.gate = Gate(["outlet.example"])
    assert (await client.get(outlet.url("/", "outlet.example"))).status == 404


@pytest.mark.parametrize("is_broken", [False, True], ids=["kept", "read leniently"])
async def test_nothing_is_sent_once_requests_are_refused(is_broken: bool, outlet: Outlet, client: Client) -> None:
    """Refused where the connection stands: a process may have been stopped while it was opened."""
    outlet.page("/rss", b"<rss/>")
    if is_broken:
        outlet.raw("/rss", b"ICY 200 OK\r\n\r\n<rss/>")
    await client.get(outlet.url("/rss"))
    asked = len(outlet.requests)

    def refuse() -> None:
        raise FetchError("busy")

    client.before_request = refuse
    with pytest.raises(FetchError, match="busy"):
        await client.get(outlet.url("/rss"))
    assert len(outlet.requests) == asked
    client.before_request = lambda: None
    await client.get(outlet.url("/rss"))
    assert outlet.connections == (4 if is_broken else 1), "it was given back"
