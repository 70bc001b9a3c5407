"""Pass requests from commands to the daemon over a local socket that only its owner can open.

SQLite has one writer. While a daemon holds the database, commands such as `monitor alerts retry` send a line of JSON
and the daemon does the work between its own transactions; without a daemon the command opens the database itself.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from monitor.errors import MonitorError

Request = Callable[..., Awaitable[Any]]

# A socket's address holds 108 bytes on Linux and 104 elsewhere.
_MAX_PATH = 100
_MAX_REQUEST = 1 << 17
"""Bytes of the longest request; the ids of ten thousand mails take fewer."""
_TIMEOUT = 60.0
"""Seconds for each part of an exchange: to read the request, to carry it out, to write the answer."""
SHORT_TIMEOUT = 5.0
"""Seconds to wait for an answer that a command can do without."""


def socket_path(data: Path) -> Path:
    """Return where the daemon of this data folder listens."""
    beside_data = data.resolve() / "monitor.sock"
    if len(os.fsencode(beside_data)) <= _MAX_PATH:
        return beside_data
    name = hashlib.blake2b(os.fsencode(beside_data), digest_size=12).hexdigest()
    return Path(tempfile.gettempdir()) / f"monitor-{os.getuid()}" / f"{name}.sock"


async def listen(data: Path, requests: Mapping[str, Request]) -> asyncio.Server:
    """Answer the requests of the table until the returned server is closed."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await asyncio.wait_for(reader.readline(), _TIMEOUT)
            writer.write(json.dumps(await _reply(requests, line), default=str).encode() + b"\n")
            await asyncio.wait_for(writer.drain(), _TIMEOUT)
        except (TimeoutError, ConnectionError, ValueError):
            # A client that closes the connection, sends nothing or sends too much gets no answer.
            return
        finally:
            writer.close()

    path = socket_path(data)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A daemon that was killed leaves its socket, and a second one cannot be bound to that name.
    path.unlink(missing_ok=True)
    # The umask belongs to the whole process: it is changed only while the socket's file is created.
    mask = os.umask(0o177)
    try:
        return await asyncio.start_unix_server(answer, path=str(path), limit=_MAX_REQUEST)
    finally:
        os.umask(mask)


async def _reply(requests: Mapping[str, Request], line: bytes) -> dict[str, Any]:
    """Carry out a request; whatever is wrong with it becomes an answer, since the daemon must not fail of it."""
    try:
        body = json.loads(line)
        request = requests[body["do"]]
        async with asyncio.timeout(_TIMEOUT):
            return {"ok": True, "result": await request(**body.get("with", {}))}
    except MonitorError as error:
        return {"ok": False, "error": str(error)}
    except TimeoutError:
        return {"ok": False, "error": f"not done within {_TIMEOUT:.0f} seconds; it may be later"}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return {"ok": False, "error": f"the daemon does not understand this request: {error}"}


def ask(data: Path, do: str, *, timeout: float = _TIMEOUT, **arguments: Any) -> Any | None:
    """Return the daemon's answer to a request, or None where no daemon listens; raise MonitorError where it fails."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(timeout)
        try:
            line.connect(str(socket_path(data)))
        # No socket, or one that a killed daemon left.
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        try:
            line.sendall(json.dumps({"do": do, "with": arguments}).encode() + b"\n")
            with line.makefile("rb") as answer:
                reply = json.loads(answer.readline())
        except (OSError, ValueError) as error:
            raise MonitorError(f"the daemon broke off: {error}") from error
    if not reply["ok"]:
        raise MonitorError(reply["error"])
    return reply
