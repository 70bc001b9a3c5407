"""Serve SMTP on loopback for the demo: refuse the first message temporarily, then accept all."""

from __future__ import annotations

import asyncio


class DemoMailServer:
    """Accepts mail over SMTP into `mails`; its answer to the first message is a temporary refusal (451)."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.refused = 0
        self.arrived = asyncio.Event()
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 demo ready\r\n")
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                writer.write(await self._message(reader, writer) if verb == b"DATA" else _ANSWERS.get(verb, b"250 ok"))
                writer.write(b"\r\n")
                await writer.drain()
                if verb == b"QUIT":
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()

    async def _message(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"354 go on\r\n")
        await writer.drain()
        lines = []
        while (line := await reader.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if not self.refused:
            self.refused += 1
            return b"451 4.3.0 try again later"
        self.mails.append(b"".join(lines))
        self.arrived.set()
        return b"250 2.0.0 kept"


_ANSWERS = {b"EHLO": b"250-demo\r\n250 8BITMIME", b"QUIT": b"221 bye"}
