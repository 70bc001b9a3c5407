"""What was posted and refused counts by its status, however the body of the answer breaks; what was taken does not."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import pytest

from monitor.errors import FetchError
from monitor.model import Receipt
from monitor.net import ANYWHERE, Client, Gate
from tests.channels.chats import SECRET, attempt, concern
from tests.peers.http import Outlet, Request, answer_bytes

SERVICES = {
    "telegram": (f"/bot{SECRET}/sendMessage", {"chat": "7"}),
    "slack": ("/chat.postMessage", {"channel": "C07"}),
    "ntfy": ("/", {"topic": "news"}),
}


def _hang(outlet: Outlet, path: str, status: int) -> None:
    async def serve(request: Request, writer: asyncio.StreamWriter) -> bool:
        writer.write(answer_bytes(status, b"{", {"Content-Length": "100"}))
        await asyncio.Event().wait()
        return False

    outlet.routes[path] = serve


def _endless(outlet: Outlet, path: str, status: int) -> None:
    outlet.flood(path, answer_bytes(status, b"", {"Content-Length": "1000000000"}), b"x" * 65536)


def _cut(outlet: Outlet, path: str, status: int) -> None:
    outlet.raw(path, answer_bytes(status, b"{", {"Content-Length": "100"}))


def _bomb(outlet: Outlet, path: str, status: int) -> None:
    body = gzip.compress(bytes(11 << 20), 9)
    outlet.page(path, body, status, {"Content-Encoding": "gzip"})


BREAKS: list[Callable[[Outlet, str, int], None]] = [_hang, _endless, _cut, _bomb]


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.net.pool_reply.REFUSAL_SECONDS", 0.05)


@pytest.mark.usefixtures("brief")
@pytest.mark.parametrize("broken", BREAKS)
async def test_a_refusal_counts_without_its_body(outlet: Outlet, broken: Callable[[Outlet, str, int], None]) -> None:
    client = Client(Gate(ANYWHERE), user_agent="monitor")
    client.deadline = 10.0
    broken(outlet, "/in", 503)
    page = await client.post(outlet.url("/in"), b"news")
    assert (page.status, page.body) == (503, b"")
    broken(outlet, "/in", 200)
    client.deadline = 0.2
    with pytest.raises(FetchError):
        await client.post(outlet.url("/in"), b"news")
    await client.close()


@pytest.mark.usefixtures("brief")
@pytest.mark.parametrize("service", SERVICES)
async def test_no_service_makes_perhaps_of_a_refusal(service: str) -> None:
    path, options = SERVICES[service]
    async with Outlet() as outlet:
        more: dict[str, Any] = {**options, "server": outlet.url("")}
        _hang(outlet, path, 500)
        assert concern(await attempt(service, more)) == "address"
        outlet.raw(path, answer_bytes(429, b"{", {"Content-Length": "100", "Retry-After": "30"}))
        outcome = await attempt(service, more)
        assert not isinstance(outcome, Receipt)
        assert outcome.retry_after == 30
