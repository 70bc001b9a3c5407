"""A mail host with several addresses: those that swallow, refuse or say nothing do not keep mail from the others."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from monitor.channels import CHANNELS, smtp_connect
from monitor.channels.mail_options import MailOptions
from monitor.errors import SendError
from monitor.model import Message, Receipt
from tests.peers.smtp import Peer, certificate

MESSAGE = Message("a@example.org", "m@example.org", "<1@example.org>", "x", b"From: <m@example.org>\r\n\r\nx\r\n")
TAKEN = Receipt("250 2.0.0 taken")
SILENT, WORKING, OTHER = "127.0.0.4", "127.0.0.2", "127.0.0.3"
"""None is 127.0.0.1, where any other test may hold the port that these share."""


@contextmanager
def black_hole(port: int) -> Iterator[None]:
    """The silent address at this port swallows every SYN: a listener whose queue is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((SILENT, port))
        listener.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex((SILENT, port))
        yield


@contextmanager
def listener(port: int) -> Iterator[None]:
    """The silent address at this port takes connections into its queue and never says anything."""
    with socket.create_server((SILENT, port), backlog=8):
        yield


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Host names with their addresses."""
    known: dict[str, list[str]] = {}

    async def resolve(host: str) -> list[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known[host]

    monkeypatch.setattr(smtp_connect, "system_resolver", lambda: resolve)
    return known


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer(host=WORKING) as server:
        yield server


async def send(port: int, **more: object) -> Receipt:
    given = {"from": "m@example.org", "host": "mail.two.test", "port": port, "security": "none", "timeout": 5}
    options = MailOptions.model_validate({**given, **more})
    async with CHANNELS["email"].open(options, lambda name: "s3cret") as session:
        return await session.send(MESSAGE)


async def test_a_first_address_that_swallows_everything(names: dict[str, list[str]], peer: Peer) -> None:
    names["mail.two.test"] = [SILENT, WORKING]
    with black_hole(peer.port):
        began = time.monotonic()
        assert await send(peer.port, timeout=60) == TAKEN
        assert time.monotonic() - began < 50, "the first address was not waited for"


async def test_where_every_address_swallows_everything_the_deadline_of_a_connection_is_told(
    names: dict[str, list[str]], peer: Peer
) -> None:
    names["mail.two.test"] = [SILENT]
    with black_hole(peer.port), pytest.raises(SendError) as caught:
        await send(peer.port, timeout=0.2)
    assert str(caught.value) == f"connect: Timed out connecting to mail.two.test on port {peer.port}"


async def test_a_first_address_that_refuses(names: dict[str, list[str]], peer: Peer) -> None:
    names["mail.two.test"] = [SILENT, OTHER, WORKING]
    assert await send(peer.port) == TAKEN


async def test_a_first_address_that_connects_and_says_nothing(names: dict[str, list[str]], peer: Peer) -> None:
    names["mail.two.test"] = [SILENT, WORKING]
    with listener(peer.port):
        assert await send(peer.port, timeout=0.5) == TAKEN


@pytest.mark.parametrize("fault", ["connect=421", "connect=554", "connect=drop"])
async def test_a_first_address_that_turns_us_away(names: dict[str, list[str]], peer: Peer, fault: str) -> None:
    names["mail.two.test"] = [SILENT, WORKING]
    with Peer(faults=[fault], host=SILENT, port=peer.port) as first:
        assert await send(peer.port) == TAKEN
    assert first.accepted == []


async def test_where_no_address_takes_us_every_reason_is_told(names: dict[str, list[str]], peer: Peer) -> None:
    names["mail.two.test"] = [SILENT, WORKING]
    peer.fault("connect=421")
    with (
        Peer(faults=["connect=554"], host=SILENT, port=peer.port),
        pytest.raises(SendError, match=r"connect: 554 .*; 421 ") as caught,
    ):
        await send(peer.port)
    assert (caught.value.account, caught.value.phase) == (True, "connect")


async def test_a_name_without_an_address_is_the_accounts_trouble(names: dict[str, list[str]]) -> None:
    with pytest.raises(SendError, match="Name or service not known") as caught:
        await send(25)
    assert (caught.value.account, caught.value.phase) == (True, "connect")


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_the_certificate_must_name_the_host_whatever_address_answers(
    names: dict[str, list[str]], tmp_path: Path, security: str
) -> None:
    context, authority = certificate()
    (tmp_path / "ca.pem").write_bytes(authority)
    names["localhost"] = names["mail.two.test"] = [SILENT, WORKING]
    with Peer(security=security, tls=context, host=WORKING) as peer:
        chosen = {"security": security, "ca_file": tmp_path / "ca.pem"}
        assert await send(peer.port, host="localhost", **chosen) == TAKEN
        with pytest.raises(SendError, match="certificate"):
            await send(peer.port, **chosen)
    assert len(peer.accepted) == 1


async def test_an_international_host_is_looked_up_in_ascii(names: dict[str, list[str]], peer: Peer) -> None:
    names["xn--strae-oqa.test"] = [WORKING]
    assert await send(peer.port, host="straße.test") == TAKEN


async def test_targets_are_each_address_once_and_numbers_only(names: dict[str, list[str]]) -> None:
    names["mail.two.test"] = ["127.0.0.1", "::1", "127.0.0.1"]
    found = await smtp_connect.targets("mail.two.test", 25)
    assert [target[4][:2] for target in found] == [("127.0.0.1", 25), ("::1", 25)]
    assert {target[1] for target in found} == {socket.SOCK_STREAM}
    # An answer that is a name again is not looked up a second time, past the gate.
    names["mail.two.test"] = ["localhost"]
    with pytest.raises(socket.gaierror):
        await smtp_connect.targets("mail.two.test", 25)


async def test_what_is_left_to_try_is_all_but_the_address_that_answered(names: dict[str, list[str]]) -> None:
    names["mail.two.test"] = [OTHER, SILENT, WORKING]
    with socket.create_server((SILENT, 0)) as server:
        found = await smtp_connect.targets("mail.two.test", server.getsockname()[1])
        with socket.create_connection(server.getsockname()) as connected:
            assert smtp_connect.other_targets(found, connected) == [found[0], found[2]]
    with socket.socket() as unconnected:
        assert smtp_connect.other_targets(found, unconnected) == found[1:]
