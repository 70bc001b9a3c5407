"""The DATA of one mail: in blocks, under the deadlines of RFC 5321, and it is known whether the final dot has left."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from monitor.channels.channel import Commit

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse
    from aiosmtplib.protocol import SMTPProtocol

    Answer = asyncio.Future[SMTPResponse]

BLOCK = 1 << 16
BLOCK_SECONDS = 180.0  # RFC 5321, 4.5.3.2.5
FINAL_SECONDS = 600.0  # RFC 5321, 4.5.3.2.6: a server may take its time before it answers for a mail
LOOK_AGAIN = 0.02  # seconds; asyncio tells nobody when the last byte has left
GO_ON = 354
FINAL_DOT = b".\r\n"


class UnconfirmedError(Exception):
    """The final dot has left, and what came back does not say whether the mail was taken."""


async def transmit(client: SMTP, raw: bytes, commit: Commit) -> SMTPResponse:
    """Send DATA and the mail; return the answer by which the server takes it.

    Raises SMTPDataError for a refusal, UnconfirmedError where the mail may have been taken, and anything else where it
    cannot have been. `commit` is awaited before the final dot, without which no server takes a mail.
    """
    from aiosmtplib import SMTPDataError

    go_on = await client.execute_command(b"DATA")
    if go_on.code != GO_ON or client.protocol is None:
        raise SMTPDataError(go_on.code, go_on.message)
    # It listens from now on: a server that has seen enough may refuse in the middle.
    answer = asyncio.ensure_future(client.protocol.read_response())
    answer.add_done_callback(lambda done: done.cancelled() or done.exception())
    wire = _Wire(client.protocol, cast(asyncio.WriteTransport, client.protocol.transport), answer)
    try:
        await wire.hand_over(_stuffed(raw), commit)
    except BaseException:
        wire.cut()
        raise
    try:
        return await _final(answer)
    except (UnconfirmedError, asyncio.CancelledError):
        wire.cut()
        raise


@dataclass(frozen=True, slots=True)
class _Wire:
    """A connection in the middle of DATA, and the answer that may come at any moment."""

    protocol: SMTPProtocol
    transport: asyncio.WriteTransport
    answer: Answer

    async def hand_over(self, stuffed: bytes, commit: Commit) -> None:
        """Let the whole mail leave this process, and then its final dot."""
        for start in range(0, len(stuffed), BLOCK):
            await self._write(stuffed[start : start + BLOCK])
        await commit()
        if not await self._write(FINAL_DOT) and (lost := self.answer.exception()):
            raise lost

    def cut(self) -> None:
        """End the connection at once: closing it would still send what has not left, and with it the dot."""
        self.answer.cancel()
        self.transport.abort()

    async def _write(self, block: bytes) -> bool:
        """Write a block and wait until none of it is left here; False where the server spoke before."""
        if self.answer.done():
            raise _too_early(self.answer.result())
        self.protocol.write(block)
        try:
            async with asyncio.timeout(BLOCK_SECONDS):
                while not (left := self._has_left()) and not self.answer.done():
                    await asyncio.wait([self.answer], timeout=LOOK_AGAIN)
        except TimeoutError:
            raise TimeoutError(f"the server took no more of the mail for {BLOCK_SECONDS:.0f} s") from None
        return left

    def _has_left(self) -> bool:
        """Whether the kernel has taken all; a connection that is lost has lost what waited here, too.

        Under TLS some may wait encrypted in the transport below, to which asyncio gives no public way.
        """
        layers = [self.transport]
        if tls := getattr(self.transport, "_ssl_protocol", None):
            layers.append(tls._transport)
        return not any(layer is None or layer.is_closing() or layer.get_write_buffer_size() for layer in layers)


def _too_early(response: SMTPResponse) -> Exception:
    from aiosmtplib import SMTPDataError, SMTPServerDisconnected

    if _refuses(response):
        return SMTPDataError(response.code, response.message)
    return SMTPServerDisconnected(f"answered {response.code} {response.message} before the end of the mail")


async def _final(answer: Answer) -> SMTPResponse:
    """The answer to the final dot: what neither takes nor refuses the mail leaves that open."""
    from aiosmtplib import SMTPDataError, SMTPException

    try:
        async with asyncio.timeout(FINAL_SECONDS):
            response = await answer
    except (SMTPException, OSError, TimeoutError) as error:
        raise UnconfirmedError(str(error) or f"no answer within {FINAL_SECONDS:.0f} s") from error
    if _refuses(response):
        raise SMTPDataError(response.code, response.message)
    if not 200 <= response.code < 300:
        raise UnconfirmedError(f"answered {response.code} {response.message}")
    return response


def _refuses(response: SMTPResponse) -> bool:
    return 400 <= response.code < 600


def _stuffed(raw: bytes) -> bytes:
    """The message as it travels, but for the final dot: a dot more before lines that start with one."""
    lines = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    stuffed = lines.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed
