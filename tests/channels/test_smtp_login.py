"""The way in: the name that we greet with, and what the settings have to do with a failure."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.channels import CHANNELS
from monitor.channels.email import probe
from monitor.channels.mail_options import MailOptions
from monitor.errors import SendError
from monitor.model import Message
from tests.peers.smtp import Peer, certificate

MESSAGE = Message("a@example.org", "m@example.org", "<1@example.org>", "x", b"From: <m@example.org>\r\n\r\nx\r\n")


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer() as server:
        yield server


def options(**more: object) -> MailOptions:
    return MailOptions.model_validate({"from": "m@example.org", "host": "localhost", "security": "none", **more})


async def send(chosen: MailOptions) -> None:
    async with CHANNELS["email"].open(chosen, lambda name: "s3cret") as session:
        await session.send(MESSAGE)


@pytest.mark.parametrize(
    ("hello", "said"),
    [
        ("monitor.example.org", "monitor.example.org"),
        ("Straße.test", "xn--strae-oqa.test"),
        ("monitor", "monitor"),
        ("192.0.2.1", "[192.0.2.1]"),
        ("[192.0.2.1]", "[192.0.2.1]"),
        ("2001:db8::1", "[IPv6:2001:db8::1]"),
        ("[IPv6:2001:DB8::1]", "[IPv6:2001:db8::1]"),
    ],
)
async def test_we_greet_with_the_name_that_is_set(peer: Peer, hello: str, said: str) -> None:
    await send(options(port=peer.port, hello=hello))
    assert peer.heard[0] == f"EHLO {said}"


@pytest.mark.parametrize(
    "hello", ["a b", "x\r\nMAIL FROM:<a@b>", "[", "monitor_.example.org", "http://a.test", "a@b.test"]
)
def test_what_is_no_name_to_greet_with_is_refused(hello: str) -> None:
    with pytest.raises(ValidationError, match="greet"):
        options(hello=hello)


async def test_without_one_it_is_the_machines_full_name(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: "news.example.org")
    await send(options(port=peer.port))
    assert peer.heard[0] == "EHLO news.example.org"


@pytest.mark.parametrize(
    "name", ["localhost", "3f2a9c", "localhost.localdomain", "mac.local", "1.0.0.127.in-addr.arpa", "a_.b"]
)
async def test_a_machine_without_a_full_name_gives_its_address(
    peer: Peer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: name)
    await send(options(port=peer.port))
    assert peer.heard[0] == "EHLO [127.0.0.1]"


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"port": 465, "security": "starttls"}, "security: tls"),
        ({"port": 465, "security": "none"}, "security: tls"),
        ({"port": 587, "security": "tls"}, "security: starttls"),
        ({"port": 25, "security": "tls"}, "security: starttls"),
        ({"port": 465, "security": "tls"}, ""),
        ({"port": 587, "security": "starttls"}, ""),
        ({"port": 25, "security": "none"}, ""),
        ({"port": 8025, "security": "tls"}, ""),
        ({"security": "starttls"}, ""),
    ],
)
def test_ports_whose_encryption_is_another_are_known(settings: dict[str, object], wrong: str) -> None:
    mismatch = options(**settings).mismatch
    assert wrong in mismatch
    assert bool(mismatch) == bool(wrong)


async def test_a_server_that_waits_for_tls_is_recognised(peer: Peer) -> None:
    peer.fault("connect=hang")
    with pytest.raises(SendError, match=r"Timed out waiting for server ready message \(.*security: tls\)"):
        await send(options(port=peer.port, security="starttls", timeout=0.3))


async def test_a_port_that_nobody_listens_at_is_not_blamed_on_the_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    monkeypatch.setattr("monitor.channels.mail_options.IMPLICIT_TLS_PORTS", (port,))
    with pytest.raises(SendError) as caught:
        await send(options(port=port, security="starttls", timeout=5))
    assert ("Connect call failed" in str(caught.value), "security:" in str(caught.value)) == (True, False)


async def test_a_server_that_hangs_up_at_its_tls_port_is_told_with_both(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.channels.mail_options.IMPLICIT_TLS_PORTS", (peer.port,))
    peer.fault("connect=drop")
    with pytest.raises(SendError, match=rf"on port {peer.port}: .* \(port {peer.port} is TLS .* security: tls\)"):
        await send(options(port=peer.port, security="starttls", timeout=5))


async def test_a_server_that_begins_in_clear_is_recognised(peer: Peer) -> None:
    with pytest.raises(SendError, match=r"\(the server begins in clear there: security: starttls\)"):
        await send(options(port=peer.port, security="tls", timeout=5))


async def test_a_wrong_certificate_is_no_matter_of_ports() -> None:
    with Peer(security="tls", tls=certificate()[0]) as peer, pytest.raises(SendError) as caught:
        await send(options(port=peer.port, security="tls", timeout=5))
    assert "security:" not in str(caught.value)


async def test_a_server_without_ehlo_is_greeted_with_helo(peer: Peer) -> None:
    peer.fault("ehlo=502")
    phases = await probe(options(port=peer.port), MESSAGE, str)
    assert [(phase.name, phase.ok) for phase in phases][:3] == [("connect", True), ("EHLO", False), ("HELO", True)]


async def test_the_variable_has_the_password_where_the_file_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "s3cret")
    asked: list[str] = []

    def secrets(name: str) -> str:
        asked.append(name)
        if name == "/nowhere":
            raise LookupError(name)
        return "s3cret"

    context, authority = certificate()
    file = tmp_path / "ca.pem"
    file.write_bytes(authority)
    with Peer(security="starttls", tls=context, users={"monitor": "s3cret"}) as peer:
        chosen = options(port=peer.port, security="starttls", ca_file=file, user="monitor", password_file="/nowhere")
        async with CHANNELS["email"].open(chosen, secrets) as session:
            await session.send(MESSAGE)
    assert asked == ["/nowhere", "MONITOR_SMTP_PASSWORD"]
