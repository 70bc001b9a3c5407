"""Look up host names in daemon threads, so that dead name servers delay neither other look-ups nor the exit."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable

Resolve = Callable[[str], Awaitable[list[str]]]
"""Returns every address of a host name; raises OSError (`socket.gaierror`) where there is none."""

LOOK_UPS = 32
"""Look-ups at a time."""


def system_resolver(look_ups: int = LOOK_UPS) -> Resolve:
    """Return a resolver that uses the system's, at most `look_ups` at a time, counting those whose callers gave up."""
    free = asyncio.Semaphore(look_ups)

    async def resolve(host: str) -> list[str]:
        # Released when the thread ends: a caller that gives up leaves its look-up running.
        await free.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()
        threading.Thread(target=_look_up, args=(host, loop, answer, free), daemon=True).start()
        return await answer

    return resolve


def _look_up(
    host: str, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[list[str]], free: asyncio.Semaphore
) -> None:
    # An address keeps its zone: "fe80::1%eth0".
    numeric = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
    found: list[str] | OSError
    try:
        # AI_ADDRCONFIG: IPv6 addresses only where this machine has one itself.
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        found = [socket.getnameinfo(sockaddr, numeric)[0] for *_, sockaddr in answers]
    except OSError as error:
        found = error
    except UnicodeError as error:  # IDNA encoding fails, for example for a label of 64 letters
        found = socket.gaierror(socket.EAI_NONAME, str(error))
    try:
        loop.call_soon_threadsafe(_resolve_future, answer, found, free)
    except RuntimeError:
        return  # the loop was closed: nobody waits


def _resolve_future(answer: asyncio.Future[list[str]], found: list[str] | OSError, free: asyncio.Semaphore) -> None:
    free.release()
    if answer.done():
        return
    if isinstance(found, OSError):
        answer.set_exception(found)
    else:
        answer.set_result(found)
