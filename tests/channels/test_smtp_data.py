"""The DATA of a mail: what was not wholly sent was not taken, and what was may have been."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from types import SimpleNamespace
from typing import cast

import pytest
from aiosmtplib import SMTPResponse, SMTPServerDisconnected
from aiosmtplib.protocol import SMTPProtocol

from monitor.channels import CHANNELS, smtp_data
from monitor.channels.channel import NOT_RECORDED, Commit
from monitor.channels.mail_options import MailOptions
from monitor.errors import SendError, StoreError
from monitor.model import Message, Receipt
from tests.peers.smtp import Peer, certificate

SMALL = b"Subject: x\r\n\r\nhello\r\n"
# More than the buffers of both kernels hold.
LARGE = b"Subject: x\r\n\r\n" + (b"x" * 900 + b"\r\n") * 15_000
SOON = 10.0


async def send(port: int, raw: bytes = SMALL, commit: Commit = NOT_RECORDED, **more: object) -> Receipt | SendError:
    """What one mail came to."""
    given = {"from": "m@example.org", "host": "localhost", "port": port, "security": "none", "timeout": 5, **more}
    message = Message("a@example.org", "m@example.org", "<1@example.org>", "x", raw)
    async with asyncio.timeout(SOON), CHANNELS["email"].open(MailOptions.model_validate(given), str) as session:
        try:
            return await session.send(message, commit)
        except SendError as error:
            return error


def kind_of(outcome: Receipt | SendError) -> str:
    """Taken, or whether and how it comes again."""
    if isinstance(outcome, Receipt):
        return "taken"
    assert not outcome.account
    assert outcome.phase == "DATA"
    return "maybe_delivered" if outcome.maybe_delivered else "failed" if outcome.permanent else "later"


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minutes for a block or the answer to the final dot."""
    monkeypatch.setattr(smtp_data, "BLOCK_SECONDS", 0.5)
    monkeypatch.setattr(smtp_data, "FINAL_SECONDS", 0.5)


# --- before the final dot has left ---------------------------------------------------------------------------


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("body=drop", "later"),
        ("body=hang", "later"),
        ("body=451", "later"),
        ("body=421", "later"),
        ("body=552", "failed"),
        ("body=250", "later"),
    ],
)
async def test_what_ends_in_the_middle_of_a_mail_was_not_taken(
    tmp_path_factory: pytest.TempPathFactory, security: str, fault: str, kind: str
) -> None:
    context, authority = certificate() if security != "none" else (None, b"")
    file = tmp_path_factory.mktemp("tls") / "ca.pem"
    file.write_bytes(authority)
    trust = {"ca_file": file} if security != "none" else {}
    with Peer([fault + "x1"], security, context) as peer:
        assert kind_of(await send(peer.port, LARGE, security=security, **trust)) == kind
        assert peer.accepted == []
        assert kind_of(await send(peer.port, LARGE, security=security, **trust)) == "taken"
        assert peer.accepted[0].raw == LARGE


@pytest.mark.usefixtures("hurry")
async def test_a_mail_that_the_network_has_taken_whole_may_have_arrived() -> None:
    with Peer(["body=hang"]) as peer:
        assert kind_of(await send(peer.port, SMALL)) == "maybe_delivered"


async def test_before_the_final_dot_it_is_recorded_that_the_server_may_have_the_mail() -> None:
    heard: list[bytes] = []

    async def commit() -> None:
        heard.append(bytes(server.heard))

    async with scripted([b"250 ok\r\n"]) as server:
        assert kind_of(await send(server.port, SMALL, commit)) == "taken"
    assert [said.endswith(b"\r\n.\r\n") for said in heard] == [False]


async def test_what_cannot_be_recorded_is_not_sent() -> None:
    async def commit() -> None:
        raise StoreError("the disk is full")

    with Peer() as peer:
        with pytest.raises(StoreError):
            await send(peer.port, SMALL, commit)
        assert peer.accepted == []
        assert kind_of(await send(peer.port)) == "taken"


# --- after it --------------------------------------------------------------------------------------------------


class Server:
    """A server that says what it is told to after the final dot, each piece by itself."""

    def __init__(self, pieces: Sequence[bytes], before: bytes = b"354 go on\r\n") -> None:
        self.pieces, self.before = pieces, before
        self.heard = bytearray()
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it leaves."""
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            if not line.startswith(b"DATA"):
                writer.write(b"250 ok\r\n")
                continue
            writer.write(self.before)
            while line and line != b".\r\n":
                line = await reader.readline()
                self.heard += line
            for piece in self.pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            break
        writer.close()


@asynccontextmanager
async def scripted(pieces: Sequence[bytes], before: bytes = b"354 go on\r\n") -> AsyncIterator[Server]:
    """Such a server, for one mail."""
    script = Server(pieces, before)
    server = await asyncio.start_server(script.talk, "127.0.0.1", 0)
    script.port = server.sockets[0].getsockname()[1]
    async with server:
        yield script


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        ([b"250 2.0.0 taken\r\n"], "taken"),
        ([b"299 taken, too\r\n"], "taken"),
        ([b"300 more\r\n"], "maybe_delivered"),
        ([b"399 more\r\n"], "maybe_delivered"),
        ([b"400 later\r\n"], "later"),
        ([b"599 never\r\n"], "failed"),
        ([b"2", b"50", b" ta", b"ken", b"\r", b"\n"], "taken"),
        ([b"250-2.0.0 taken\r\n", b"250 as 4711\r\n"], "taken"),
        ([b"550-5.7.1 no\r\n550 5.7.1 never\r\n"], "failed"),
        ([b"451 4.3.0 not now\r\n"], "later"),
        ([b"421 4.3.2 closing\r\n"], "later"),
        ([], "maybe_delivered"),
        ([b"250-2.0.0 taken\r\n"], "maybe_delivered"),
        ([b"250"], "maybe_delivered"),
        ([b"what?\r\n"], "maybe_delivered"),
        ([b"\x16\x03\x01\x00\xff\r\n"], "maybe_delivered"),
        ([b"354 go on\r\n"], "maybe_delivered"),
        ([b"250-" + b"x" * 40_000], "maybe_delivered"),
    ],
)
async def test_only_an_answer_says_what_became_of_a_whole_mail(pieces: list[bytes], kind: str) -> None:
    async with scripted(pieces) as server:
        assert kind_of(await send(server.port)) == kind
    assert server.heard == SMALL + b".\r\n"


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ([b"550 5.7.1 never\r\n"], "550 5.7.1 never"),
        ([b"354 go on\r\n"], "answered 354 go on"),
        ([], "Unexpected EOF received"),
    ],
)
async def test_what_the_server_said_is_told(pieces: list[bytes], said: str) -> None:
    async with scripted(pieces) as server:
        assert said in str(await send(server.port))


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize(
    ("fault", "raw", "said"),
    [
        ("body=hang", LARGE, "the server took no more of the mail for 0 s"),
        ("dot=hang", SMALL, "no answer within 0 s"),
        ("body=552", LARGE, "552 5.3.4 too much"),
        ("body=250", LARGE, "answered 250 5.3.4 too much"),
        ("data=250", SMALL, "250 "),
    ],
)
async def test_a_silence_and_an_early_answer_are_told(fault: str, raw: bytes, said: str) -> None:
    with Peer([fault], words={"body": "5.3.4 too much"}) as peer:
        assert said in str(await send(peer.port, raw))
        assert peer.accepted == []


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        (b"a\r\n", b"a\r\n"),
        (b"a", b"a\r\n"),
        (b".a\r\n", b"..a\r\n"),
        (b"a\r\n.\r\n.b", b"a\r\n..\r\n..b\r\n"),
        (b"a.\n.b\r\n", b"a.\n.b\r\n"),
        (b"", b"\r\n"),
    ],
)
def test_a_dot_that_begins_a_line_is_doubled(raw: bytes, sent: bytes) -> None:
    assert smtp_data._dot_stuffed(raw) == sent


def test_the_answer_to_the_final_dot_has_the_ten_minutes_of_rfc_5321() -> None:
    assert (smtp_data.BLOCK_SECONDS, smtp_data.FINAL_SECONDS) == (180, 600)


async def test_that_answer_is_waited_for_longer_than_others() -> None:
    with Peer(["dot=slow:1"]) as peer:
        assert kind_of(await send(peer.port, timeout=0.5)) == "taken"


async def test_a_mail_that_is_given_up_before_the_dot_never_arrives() -> None:
    """What waits in our buffers goes with the connection: nothing flushes it behind our back."""
    with Peer(["body=slow:0.5"]) as peer:
        sending = asyncio.create_task(send(peer.port, LARGE))
        async with asyncio.timeout(SOON):
            for _ in iter(lambda: "DATA" in peer.heard, True):
                await asyncio.sleep(0.01)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        assert kind_of(await send(peer.port)) == "taken"
    assert [one.raw for one in peer.accepted] == [SMALL]


async def test_what_the_server_said_before_the_dot_is_read_before_it() -> None:
    """A kernel that takes every block at once: nothing in the mail waits, so nothing would be read on the way."""
    loop, written = asyncio.get_running_loop(), list[bytes]()
    answer: asyncio.Future[SMTPResponse] = loop.create_future()

    def write(block: bytes) -> None:
        written.append(block)
        if len(written) == 1:
            # As through TLS, the stream and the parser: three turns of the loop after the bytes have come.
            turn = partial(loop.call_soon, answer.set_result, SMTPResponse(250, "too soon"))
            loop.call_soon(loop.call_soon, turn)

    transport = SimpleNamespace(is_closing=lambda: False, get_write_buffer_size=lambda: 0)
    transfer = smtp_data._DataTransfer(
        cast(SMTPProtocol, SimpleNamespace(write=write)), cast(asyncio.WriteTransport, transport), answer
    )
    with pytest.raises(SMTPServerDisconnected, match="before the end of the mail"):
        await transfer.send(b"x" * 200_000, NOT_RECORDED)
    assert smtp_data.FINAL_DOT not in written


@pytest.mark.parametrize(
    ("closing", "waiting", "below", "is_sent"),
    [
        (False, 0, (), True),
        (False, 1, (), False),
        (True, 0, (), False),
        (False, 0, (SimpleNamespace(is_closing=lambda: False, get_write_buffer_size=lambda: 0),), True),
        (False, 0, (SimpleNamespace(is_closing=lambda: False, get_write_buffer_size=lambda: 9),), False),
        # TLS lets go of the transport below it when the connection is lost.
        (False, 0, (None,), False),
    ],
)
async def test_all_is_sent_when_no_layer_holds_any_of_it(
    closing: bool, waiting: int, below: tuple[object, ...], is_sent: bool
) -> None:
    transport = SimpleNamespace(is_closing=lambda: closing, get_write_buffer_size=lambda: waiting)
    for layer in below:
        transport._ssl_protocol = SimpleNamespace(_transport=layer)
    answer: asyncio.Future[SMTPResponse] = asyncio.get_running_loop().create_future()
    transfer = smtp_data._DataTransfer(cast(SMTPProtocol, None), cast(asyncio.WriteTransport, transport), answer)
    assert transfer._is_sent() is is_sent
