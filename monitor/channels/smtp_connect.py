"""Connect a socket to a host, trying every address that it has, not only the first."""

from __future__ import annotations

import socket
from typing import cast

from monitor.hostnames import ascii_host
from monitor.net import system_resolver

ATTEMPT_DELAY = 0.25  # seconds until the next address is tried beside the ones before (RFC 8305, sections 5 and 8)

Target = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
"""One address as `socket.getaddrinfo` describes it."""


async def targets(host: str, port: int) -> list[Target]:
    """Return every address of the host, in the system's order of preference. Raises OSError if it has none."""
    found = await system_resolver()(ascii_host(host))
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    infos = [socket.getaddrinfo(one, port, type=socket.SOCK_STREAM, flags=numeric)[0] for one in dict.fromkeys(found)]
    return cast(list[Target], infos)


async def connect_first(found: list[Target]) -> socket.socket:
    """Return the first connection that succeeds, of attempts that alternate between IPv6 and IPv4 (RFC 8305).

    Raises OSError if none does. There is no time limit: the caller sets one.
    """
    from aiohappyeyeballs import start_connection

    return await start_connection(found, happy_eyeballs_delay=ATTEMPT_DELAY, interleave=1)


def other_targets(found: list[Target], sock: socket.socket) -> list[Target]:
    """Return the addresses but the one that a socket is connected to: those left to try if it fails later."""
    try:
        peer = sock.getpeername()
    except OSError:
        return found[1:]
    return [target for target in found if target[4] != peer]
