"""Look-ups: the system's answers, and what is left when nobody waits for them."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from monitor.net.resolver import system_resolver


async def test_localhost_is_found() -> None:
    found = await system_resolver()("localhost")
    assert set(found) <= {"127.0.0.1", "::1"}
    assert found


async def test_a_zone_stays_with_its_address() -> None:
    assert await system_resolver()("fe80::1%lo") == ["fe80::1%lo"]


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "", "."])
async def test_names_that_cannot_exist_are_not_found(host: str) -> None:
    # An empty name means this machine to the system; whatever it answers goes through the gate.
    try:
        found = await system_resolver()(host)
    except socket.gaierror:
        return
    assert all(address.startswith(("127.", "::1")) for address in found)


async def test_abandoned_look_ups_keep_their_places_until_they_end(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    real = socket.getaddrinfo

    def slow(host: str, *rest: object, **more: object) -> object:
        if host == "slow.example":
            let_go.wait(10)
            raise socket.gaierror(socket.EAI_NONAME, "gone")
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", slow)  # the outermost wire: a name server that does not answer
    resolve = system_resolver(look_ups=2)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(resolve("slow.example"), 0.01)
    queued = asyncio.ensure_future(resolve("localhost"))
    done, _ = await asyncio.wait([queued], timeout=0.05)
    assert not done
    let_go.set()
    assert await asyncio.wait_for(queued, 5)


def test_a_look_up_that_outlives_the_loop_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go, ended = threading.Event(), threading.Event()

    def slow(*rest: object, **more: object) -> object:
        let_go.wait(10)
        raise socket.gaierror(socket.EAI_NONAME, "gone")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(threading, "excepthook", lambda arguments: ended.set())

    async def abandon() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(system_resolver()("slow.example"), 0.01)

    before = set(threading.enumerate())
    asyncio.run(abandon())
    threads = set(threading.enumerate()) - before
    assert threads
    let_go.set()
    for thread in threads:
        assert thread.daemon
        thread.join(10)
    assert not ended.is_set()
