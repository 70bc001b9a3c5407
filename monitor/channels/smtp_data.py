"""Send the DATA of one mail in blocks, with the deadlines of RFC 5321, and know whether the final dot was sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from monitor.channels.channel import Commit

if TYPE_CHECKING:
    from aiosmtplib import SMTP, SMTPResponse
    from aiosmtplib.protocol import SMTPProtocol

    Answer = asyncio.Future[SMTPResponse]

BLOCK = 1 << 16  # bytes
BLOCK_SECONDS = 180.0  # RFC 5321, 4.5.3.2.5
FINAL_SECONDS = 600.0  # RFC 5321, 4.5.3.2.6: a server may need long before it accepts a mail
POLL_SECONDS = 0.02  # asyncio has no event for "the last byte was sent"
_TURNS_TO_READ = 8  # of the event loop
START_INPUT = 354
FINAL_DOT = b".\r\n"


class UnconfirmedError(Exception):
    """The final dot was sent, and no answer says whether the mail was accepted."""


async def transmit(client: SMTP, raw: bytes, commit: Commit) -> SMTPResponse:
    """Send DATA and the mail; return the answer by which the server accepts it.

    Raises SMTPDataError for a refusal, UnconfirmedError where the mail may have been accepted, and anything else where
    it cannot have been. `commit` is awaited before the final dot, without which no server accepts a mail.
    """
    from aiosmtplib import SMTPDataError

    reply = await client.execute_command(b"DATA")
    if reply.code != START_INPUT or client.protocol is None:
        raise SMTPDataError(reply.code, reply.message)
    # Read from now on: a server may refuse in the middle of the mail.
    answer = asyncio.ensure_future(client.protocol.read_response())
    # Takes its error, which asyncio would log where nobody awaits the answer.
    answer.add_done_callback(lambda done: done.cancelled() or done.exception())
    transfer = _DataTransfer(client.protocol, cast(asyncio.WriteTransport, client.protocol.transport), answer)
    try:
        await transfer.send(_dot_stuffed(raw), commit)
    except BaseException:
        transfer.abort()
        raise
    try:
        return await _final_answer(answer)
    except (UnconfirmedError, asyncio.CancelledError):
        transfer.abort()
        raise


@dataclass(frozen=True, slots=True)
class _DataTransfer:
    """A connection in the middle of DATA, and the answer, which may come at any moment."""

    protocol: SMTPProtocol
    transport: asyncio.WriteTransport
    answer: Answer

    async def send(self, dot_stuffed: bytes, commit: Commit) -> None:
        """Send the whole mail out of this process, and then its final dot."""
        for start in range(0, len(dot_stuffed), BLOCK):
            await self._write(dot_stuffed[start : start + BLOCK])
        await commit()
        # A kernel that takes every block at once never lets the loop read: what the server said meanwhile would be
        # taken for the answer to the final dot. TLS, the stream and the parser need a turn of the loop each.
        for _ in range(_TURNS_TO_READ):
            await asyncio.sleep(0)
        if not await self._write(FINAL_DOT) and (lost := self.answer.exception()):
            raise lost

    def abort(self) -> None:
        """Abort the connection: closing it would still send what is buffered, and with it the final dot."""
        self.answer.cancel()
        self.transport.abort()

    async def _write(self, block: bytes) -> bool:
        """Write a block and wait until the kernel has all of it; return False if the server answered before."""
        if self.answer.done():
            from aiosmtplib import SMTPDataError, SMTPServerDisconnected

            early = self.answer.result()
            if _refuses(early):
                raise SMTPDataError(early.code, early.message)
            raise SMTPServerDisconnected(f"answered {early.code} {early.message} before the end of the mail")
        self.protocol.write(block)
        try:
            async with asyncio.timeout(BLOCK_SECONDS):
                while not (is_sent := self._is_sent()) and not self.answer.done():
                    await asyncio.wait([self.answer], timeout=POLL_SECONDS)
        except TimeoutError:
            raise TimeoutError(f"the server took no more of the mail for {BLOCK_SECONDS:.0f} s") from None
        return is_sent

    def _is_sent(self) -> bool:
        """Tell whether the kernel has taken all; so it counts if the connection is lost, and with it what was buffered.

        Under TLS, encrypted data may wait in the transport below, to which asyncio gives no public access.
        """
        layers = [self.transport]
        if tls := getattr(self.transport, "_ssl_protocol", None):
            layers.append(tls._transport)
        return not any(layer is None or layer.is_closing() or layer.get_write_buffer_size() for layer in layers)


async def _final_answer(answer: Answer) -> SMTPResponse:
    """Wait for the answer to the final dot; one that neither accepts nor refuses the mail is unconfirmed."""
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


def _dot_stuffed(raw: bytes) -> bytes:
    """Return the message without its final dot: lines that start with a dot get another one (RFC 5321, 4.5.2)."""
    lines = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    dot_stuffed = lines.replace(b"\r\n.", b"\r\n..")
    return b"." + dot_stuffed if dot_stuffed.startswith(b".") else dot_stuffed
