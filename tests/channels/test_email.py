"""SMTP against a real server on loopback: what each refusal means, at each phase, and what arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.channels import CHANNELS, probe, smtp_data
from monitor.channels.email import SmtpSession
from monitor.channels.mail_options import MailOptions
from monitor.errors import SendError
from monitor.model import Message, Receipt
from tests.peers.smtp import Peer, certificate

RAW = (
    b"From: <monitor@example.org>\r\nTo: <a@example.org>\r\nSubject: x\r\n\r\n"
    b".\r\n..two dots\r\n.a\r\n\r\ntrailing  \r\n.\r\n"
)
USER = {"monitor": "s3cret"}


def message(recipient: str = "a@example.org", raw: bytes = RAW, number: int = 1) -> Message:
    return Message(recipient, "monitor@example.org", f"<{number}@example.org>", "x", raw)


def options(peer: Peer, **more: object) -> MailOptions:
    given = {"from": "monitor@example.org", "host": "localhost", "port": peer.port, "security": "none", "timeout": 5}
    return MailOptions.model_validate({**given, **more})


def no_secret(name: str) -> str:
    raise LookupError(name)


async def send(peer: Peer, *messages: Message, **more: object) -> list[Receipt | SendError]:
    """What each message of one session came to."""
    answers: list[Receipt | SendError] = []
    async with CHANNELS["email"].open(options(peer, **more), lambda name: "s3cret") as session:
        for one in messages or (message(),):
            try:
                answers.append(await session.send(one))
            except SendError as error:
                answers.append(error)
    return answers


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer() as server:
        yield server


async def test_a_message_arrives_byte_for_byte(peer: Peer) -> None:
    [receipt] = await send(peer)
    assert receipt == Receipt("250 2.0.0 taken")
    assert [(one.sender, one.recipients, one.raw) for one in peer.accepted] == [
        ("monitor@example.org", ("a@example.org",), RAW)
    ]


async def test_one_connection_carries_several_messages_each_to_one_recipient(peer: Peer) -> None:
    people = [f"{name}@example.org" for name in "abc"]
    await send(peer, *(message(person) for person in people))
    assert [one.recipients for one in peer.accepted] == [(person,) for person in people]
    assert sum(line.startswith("EHLO") for line in peer.heard) == 1


async def test_nothing_connects_before_there_is_something_to_send(peer: Peer) -> None:
    async with CHANNELS["email"].open(options(peer), no_secret):
        pass
    assert peer.heard == []


# fault -> phase, permanent, account, perhaps
REFUSALS = {
    "connect=421": ("connect", False, True, False),
    "connect=554": ("connect", False, True, False),
    "connect=drop": ("connect", False, True, False),
    "connect=hang": ("connect", False, True, False),
    "ehlo=421": ("EHLO", False, True, False),
    "ehlo=550": ("EHLO", False, True, False),
    "ehlo=hang": ("EHLO", False, True, False),
    "mail=421": ("MAIL FROM", False, True, False),
    "mail=451": ("MAIL FROM", False, True, False),
    "mail=550": ("MAIL FROM", False, True, False),
    "mail=drop": ("MAIL FROM", False, True, False),
    "mail=hang": ("MAIL FROM", False, True, False),
    "mail=552": ("MAIL FROM", True, False, False),
    "rcpt=421": ("RCPT TO", False, False, False),
    "rcpt=451": ("RCPT TO", False, False, False),
    "rcpt=550": ("RCPT TO", True, False, False),
    "rcpt=drop": ("RCPT TO", False, False, False),
    "rcpt=hang": ("RCPT TO", False, False, False),
    "data=421": ("DATA", False, False, False),
    "data=451": ("DATA", False, False, False),
    "data=554": ("DATA", True, False, False),
    "data=250": ("DATA", False, False, False),
    "data=drop": ("DATA", False, False, False),
    "data=hang": ("DATA", False, False, False),
    "dot=421": ("DATA", False, False, False),
    "dot=451": ("DATA", False, False, False),
    "dot=552": ("DATA", True, False, False),
    "dot=drop": ("DATA", False, False, True),
    "dot=lost": ("DATA", False, False, True),
    "dot=hang": ("DATA", False, False, True),
}


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No ten minutes for the answer to the final dot."""
    monkeypatch.setattr(smtp_data, "FINAL_SECONDS", 0.4)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("fault", REFUSALS)
async def test_a_refusal_says_whom_it_concerns(peer: Peer, fault: str) -> None:
    peer.fault(fault)
    [error] = await send(peer, timeout=0.4)
    assert isinstance(error, SendError)
    assert (error.phase, error.permanent, error.account, error.maybe_delivered) == REFUSALS[fault]
    assert len(peer.accepted) == (fault == "dot=lost")


async def test_a_refused_recipient_costs_no_connection(peer: Peer) -> None:
    peer.fault("rcpt:a@example.org=550")
    refused, second = await send(peer, message(), message("b@example.org", number=2))
    assert isinstance(refused, SendError)
    assert second == Receipt("250 2.0.0 taken")
    assert [line.split()[0] for line in peer.heard] == ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "QUIT"]


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("fault", [fault + "x1" for fault in REFUSALS])
async def test_after_a_refusal_the_next_message_of_the_session_goes_out(peer: Peer, fault: str) -> None:
    peer.fault(fault)
    _, second = await send(peer, message(number=1), message("b@example.org", number=2), timeout=0.4)
    assert second == Receipt("250 2.0.0 taken")
    assert peer.accepted[-1].recipients == ("b@example.org",)


@pytest.mark.parametrize("code", [500, 502])
async def test_a_server_that_does_not_know_ehlo_is_greeted_as_of_old(peer: Peer, code: int) -> None:
    peer.fault(f"ehlo={code}")
    [receipt] = await send(peer)
    assert receipt == Receipt("250 2.0.0 taken")
    assert [line.split()[0] for line in peer.heard[:3]] == ["EHLO", "HELO", "MAIL"]
    assert "SIZE" not in peer.heard[2], "it has no extensions"


async def test_the_old_greeting_opens_no_way_around_encryption(peer: Peer) -> None:
    peer.fault("ehlo=502")
    [error] = await send(peer, security="starttls")
    assert isinstance(error, SendError)
    assert (error.phase, error.account) == ("STARTTLS", True)
    assert "nothing is sent in clear" in str(error)
    assert {line.split()[0] for line in peer.heard} <= {"EHLO", "HELO", "QUIT"}


async def test_a_refused_recipient_does_not_touch_the_next(peer: Peer) -> None:
    peer.fault("rcpt:b@example.org=550")
    answers = await send(peer, *(message(f"{name}@example.org") for name in "abc"))
    assert [isinstance(answer, Receipt) for answer in answers] == [True, False, True]
    assert [one.recipients[0] for one in peer.accepted] == ["a@example.org", "c@example.org"]


@pytest.mark.parametrize("fault", ["mail=421x1", "mail=dropx1"])
async def test_a_server_that_ends_a_used_connection_is_asked_again(peer: Peer, fault: str) -> None:
    async with CHANNELS["email"].open(options(peer), no_secret) as session:
        await session.send(message())
        peer.fault(fault)
        await session.send(message(number=2))
    assert len(peer.accepted) == 2


async def test_a_server_that_is_not_there_is_the_accounts_trouble(peer: Peer) -> None:
    peer.close()
    [error] = await send(peer)
    assert isinstance(error, SendError)
    assert (error.account, error.phase) == (True, "connect")


async def test_a_slow_server_is_waited_for_within_the_deadline(peer: Peer) -> None:
    peer.fault("rcpt=slow:0.2", "dot=slow:0.2")
    assert await send(peer) == [Receipt("250 2.0.0 taken")]


async def test_a_size_that_the_server_states_is_told_at_mail_from(peer: Peer) -> None:
    await send(peer)
    assert f"MAIL FROM:<monitor@example.org> SIZE={len(RAW)}" in peer.heard


@pytest.mark.parametrize("recipient", ["a@example.org>\r\nRCPT TO:<evil@example.org", "a\nb@example.org", ""])
async def test_an_address_cannot_smuggle_a_command(peer: Peer, recipient: str) -> None:
    [error] = await send(peer, message(recipient))
    assert isinstance(error, SendError)
    assert error.permanent
    assert not any("evil" in line for line in peer.heard)


# --- TLS and login


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> tuple[Peer, Path]:
    context, authority = certificate()
    file = tmp_path_factory.mktemp("tls") / "ca.pem"
    file.write_bytes(authority)
    return Peer(security="starttls", tls=context, users=USER), file


@pytest.fixture
def tls(secure: tuple[Peer, Path], request: pytest.FixtureRequest) -> Iterator[tuple[Peer, Path]]:
    template, file = secure
    with Peer(security=getattr(request, "param", "starttls"), tls=template.tls, users=USER) as server:
        yield server, file


@pytest.mark.parametrize("tls", ["starttls", "tls"], indirect=True)
async def test_both_kinds_of_tls_with_login(tls: tuple[Peer, Path]) -> None:
    peer, authority = tls
    answers = await send(peer, security=peer.security, ca_file=authority, user="monitor")
    assert answers == [Receipt("250 2.0.0 taken")]
    assert (peer.accepted[0].tls, peer.accepted[0].user) == (True, "monitor")


@pytest.mark.parametrize("fault", ["starttls=missing", "starttls=454", "starttls=garbage", "starttls=drop"])
async def test_starttls_never_falls_back_to_clear(tls: tuple[Peer, Path], fault: str) -> None:
    peer, authority = tls
    peer.fault(fault)
    [error] = await send(peer, security="starttls", ca_file=authority, user="monitor", timeout=1)
    assert isinstance(error, SendError)
    assert error.account
    assert {line.split(" ")[0] for line in peer.heard} <= {"EHLO", "STARTTLS", "QUIT"}


@pytest.mark.parametrize("tls", ["starttls", "tls"], indirect=True)
async def test_a_certificate_that_nobody_vouches_for_is_refused(tls: tuple[Peer, Path]) -> None:
    peer, _ = tls
    [error] = await send(peer, security=peer.security, user="monitor", timeout=2)
    assert isinstance(error, SendError)
    assert error.account
    assert peer.accepted == []
    assert not any(line.startswith(("AUTH", "MAIL")) for line in peer.heard)


async def test_a_certificate_for_another_host_is_refused(tls: tuple[Peer, Path]) -> None:
    peer, authority = tls
    [error] = await send(peer, host="127.0.0.1", security="starttls", ca_file=authority, timeout=2)
    assert isinstance(error, SendError)
    assert error.account
    assert peer.accepted == []


async def test_a_wrong_password_is_the_accounts_trouble_and_stays_out_of_the_words(tls: tuple[Peer, Path]) -> None:
    peer, authority = tls
    chosen = options(peer, security="starttls", ca_file=authority, user="monitor")
    async with CHANNELS["email"].open(chosen, lambda name: "hunter2") as session:
        with pytest.raises(SendError) as caught:
            await session.send(message())
    assert (caught.value.account, caught.value.phase) == (True, "AUTH")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(("code", "tries"), [(535, 1), (534, 1), (454, 1), (530, 1), (504, 3), (538, 3)])
async def test_a_refused_password_is_not_offered_in_another_way(tls: tuple[Peer, Path], code: int, tries: int) -> None:
    peer, authority = tls
    peer.mechanisms = "CRAM-MD5 LOGIN PLAIN"
    peer.fault(f"auth={code}")
    [error] = await send(peer, security="starttls", ca_file=authority, user="monitor")
    assert isinstance(error, SendError)
    assert (error.account, error.phase) == (True, "AUTH")
    assert sum(line.startswith("AUTH") for line in peer.heard) == tries


async def test_another_way_is_taken_where_the_first_is_not_known(tls: tuple[Peer, Path]) -> None:
    peer, authority = tls
    peer.fault("auth=504x1")
    assert await send(peer, security="starttls", ca_file=authority, user="monitor") == [Receipt("250 2.0.0 taken")]
    assert [line.split()[1] for line in peer.heard if line.startswith("AUTH")] == ["PLAIN", "LOGIN"]


async def test_a_missing_password_file_is_the_accounts_trouble(tls: tuple[Peer, Path]) -> None:
    peer, authority = tls
    chosen = options(peer, security="starttls", ca_file=authority, user="monitor", password_file="/nowhere")
    async with CHANNELS["email"].open(chosen, no_secret) as session:
        with pytest.raises(SendError, match="password") as caught:
            await session.send(message())
    assert caught.value.account


async def test_a_missing_authority_file_is_the_accounts_trouble(tls: tuple[Peer, Path]) -> None:
    [error] = await send(tls[0], security="starttls", ca_file="/nowhere.pem")
    assert isinstance(error, SendError)
    assert error.account


async def test_the_secret_is_asked_for_at_every_connection(tls: tuple[Peer, Path]) -> None:
    peer, authority = tls
    asked: list[str] = []

    def secret(name: str) -> str:
        asked.append(name)
        return "s3cret"

    chosen = options(peer, security="starttls", ca_file=authority, user="monitor")
    for _ in range(2):
        async with CHANNELS["email"].open(chosen, secret) as session:
            await session.send(message())
    assert asked == ["MONITOR_SMTP_PASSWORD"] * 2


# --- the rest


async def test_a_probe_tells_every_phase_with_the_servers_answer(peer: Peer) -> None:
    phases = await probe(options(peer), message(), no_secret)
    assert [(phase.name, phase.ok) for phase in phases] == [
        (name, True) for name in ("connect", "EHLO", "MAIL FROM", "RCPT TO", "DATA")
    ]
    assert phases[-1].answer == "250 2.0.0 taken"


async def test_a_probe_ends_with_the_refusal(peer: Peer) -> None:
    peer.fault("rcpt=550")
    last = (await probe(options(peer), message(), no_secret))[-1]
    assert (last.name, last.ok) == ("RCPT TO", False)
    assert "550" in last.answer


async def test_a_cancelled_session_leaves_no_connection(peer: Peer) -> None:
    peer.fault("dot=hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await send(peer, timeout=30)
    peer.fault()
    assert await send(peer) == [Receipt("250 2.0.0 taken")]


def test_a_session_is_what_channels_open() -> None:
    chosen = MailOptions.model_validate({"from": "m@example.org", "host": "h"})
    assert isinstance(SmtpSession(chosen, no_secret).phases, list)
